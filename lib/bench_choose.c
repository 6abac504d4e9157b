/*
 * Choosing: what an ID that cannot be read may have been, whose letter one
 * without an ID is.
 */
#include <stdio.h>
#include <string.h>

#include "lib/bench_work.h"
#include "lib/tongue.h"

/* A line to choose from; which is its number from 0. */
static void
add_choice(struct mr_bench_work *w, const char *code, const char *writer,
    const char *from, const char *to)
{
	struct mr_bench *bench = w->bench;
	struct mr_bench_choice *choice = &bench->choice[bench->choices++];
	char text[240];

	snprintf(choice->code, sizeof(choice->code), "%s", code);
	snprintf(choice->writer, sizeof(choice->writer), "%s",
	    writer != NULL ? writer : "");
	snprintf(text, sizeof(text), mr_say("%d  %s  %s to %s"), bench->choices,
	    code, from != NULL ? from : "?", to != NULL ? to : "?");
	mr_bench_more(w, text);
}

/* For a person to compare with the envelope. */
void
mr_bench_offer_ids(struct mr_bench_work *w, const char *typed)
{
	const struct mr_bench_word words[] = {{"code", typed}, {NULL, NULL}};
	struct mr_answer *answer;
	const char *code;
	int i;

	if (mr_bench_run(w, "id resolve", words, &answer) != MR_OK)
		return;
	for (i = 0; i < MR_BENCH_CHOICES; i++) {
		code = mr_answer_get(answer, "candidates.%d.code", i);
		if (code == NULL)
			break;
		add_choice(w, code, NULL,
		    mr_answer_get(answer, "candidates.%d.from", i),
		    mr_answer_get(answer, "candidates.%d.to", i));
	}
	mr_bench_more(w,
	    i > 0 ? mr_say("Look at the envelope again. One of these? Type "
			   "its number. None? N.")
		  : mr_say("Scan again or type. It cannot be read? N."));
}

/* DEAR/SIGNED, either of which may be empty: who is called like that? */
void
mr_bench_offer_names(struct mr_bench_work *w, const char *typed)
{
	char dear[MR_BENCH_TEXT];
	const char *by = strchr(typed, '/') + 1;
	const struct mr_bench_word words[] = {{"dear", dear},
	    {by[0] != '\0' ? "signed_by" : NULL, by}, {NULL, NULL}};
	const char *pairing;
	struct mr_answer *answer;
	enum mr_status status;
	int i;

	snprintf(dear, sizeof(dear), "%.*s", (int)(by - typed - 1), typed);
	status =
	    mr_bench_run(w, "letter candidates", words + !dear[0], &answer);
	if (status != MR_OK) {
		mr_bench_refused(w, status);
		return;
	}
	mr_bench_ask(w, mr_say("Whose letter is it?"));
	for (i = 0; i < MR_BENCH_CHOICES; i++) {
		pairing = mr_answer_get(answer, "%d.pairing", i);
		if (pairing == NULL)
			break;
		add_choice(w, pairing, mr_answer_get(answer, "%d.writer", i),
		    mr_answer_get(answer, "%d.from", i),
		    mr_answer_get(answer, "%d.to", i));
	}
	mr_bench_more(w,
	    i > 0 ? mr_say("One of these? Type its number; staff look "
			   "again. None? Yellow tray, the next letter.")
		  : mr_say("Nobody is called like that. Yellow tray, the "
			   "next letter."));
}

static void
identify(struct mr_bench_work *w, const struct mr_bench_choice *choice)
{
	const struct mr_bench_word words[] = {{"letter", w->bench->last.code},
	    {"pairing", choice->code}, {"writer", choice->writer},
	    {NULL, NULL}};
	struct mr_answer *answer;
	enum mr_status status;

	status = mr_bench_run(w, "letter identify", words, &answer);
	if (status == MR_OK || status == MR_STOP)
		mr_bench_show(w, answer);
	else
		mr_bench_refused(w, status);
}

void
mr_bench_choose(struct mr_bench_work *w, int n)
{
	struct mr_bench *bench = w->bench;
	struct mr_bench_choice choice;
	int offered = bench->choices;

	bench->choices = 0;
	if (n < 1 || n > offered) {
		mr_bench_ask(w,
		    mr_say("That is none of the numbers shown. Type the ID or "
			   "the names once more to see them again."));
		return;
	}
	choice = bench->choice[n - 1];
	if (choice.writer[0] != '\0')
		identify(w, &choice);
	else
		mr_bench_receive(w, choice.code);
}
