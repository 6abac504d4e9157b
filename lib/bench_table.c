/*
 * The work at the table: the stub of a torn sheet is scanned, its envelope
 * prints elsewhere, and before anything is glued the two must be a pair.
 */
#include <stdio.h>
#include <string.h>

#include "lib/bench_work.h"
#include "lib/tongue.h"

/* The letter that an answer left in hand, or none when it is done with. */
static void
keep_stub(struct mr_bench_work *w, const struct mr_answer *answer)
{
	struct mr_bench *bench = w->bench;
	struct mr_bench_letter letter;

	mr_bench_take(answer, "", &letter);
	mr_bench_list(w, &letter);
	mr_bench_told(w, answer);
	/* After a STOP the stub is still in the hand: its envelope is to be
	 * found.  Sealed or held, it is put down. */
	if (strcmp(letter.state, "cleared") == 0)
		bench->stub = letter;
	else
		memset(&bench->stub, 0, sizeof(bench->stub));
	bench->envelope[0] = '\0';
}

/* Prints the envelope of a letter; what there is to say of it, into text. */
static void
print_envelope(struct mr_bench_work *w, const char *code, int again, char *text,
    size_t size)
{
	const struct mr_bench_word words[] = {
	    {"letter", code}, {again ? NULL : "once", "yes"}, {NULL, NULL}};
	const char *printed, *held;
	struct mr_answer *answer;

	if (mr_bench_print(w, MR_BENCH_ENVELOPE, NULL, "envelope print", words,
		&answer) != MR_OK) {
		snprintf(text, size, "%.230s", w->error.message);
		return;
	}
	printed = mr_answer_get(answer, "printed");
	held = mr_answer_get(answer, "held.0.say");
	if (held != NULL)
		snprintf(text, size,
		    mr_say("It must not go now: red tray. %.150s"), held);
	else if (printed != NULL && strcmp(printed, "0") == 0)
		snprintf(text, size, "%s",
		    mr_say("Its envelope was printed before. Is it lost? P "
			   "prints it once more."));
	else
		snprintf(text, size, mr_say("Its envelope comes out of %.60s."),
		    w->front->envelopes);
}

void
mr_bench_envelope_again(struct mr_bench_work *w)
{
	char text[240];

	print_envelope(w, w->bench->stub.code, 1, text, sizeof(text));
	w->bench->view.extras = 0;
	mr_bench_more(w, text);
}

/* A stub that is good, of a letter that may go: *letter is which.  0: none. */
static int
may_go(
    struct mr_bench_work *w, const char *typed, struct mr_bench_letter *letter)
{
	const struct mr_bench_word words[] = {{"code", typed}, {NULL, NULL}};
	struct mr_answer *answer;
	const char *big;

	if (mr_bench_run(w, "scan", words, &answer) != MR_OK)
		return 0;
	big = mr_answer_get(answer, "verdict");
	mr_bench_take(answer, "", letter);
	return big != NULL && mr_verdict_named(big) != MR_V_OLD_PAGE &&
	    !letter->away && strcmp(letter->state, "cleared") == 0;
}

/* It lacks its envelope, which a page fetches and then sends the stub again. */
static void
fetch_envelope(struct mr_bench_work *w, const struct mr_bench_letter *letter)
{
	struct mr_bench_view *view = &w->bench->view;

	memcpy(view->envelope, letter->code, sizeof(view->envelope));
}

/* The stub of a letter that lies at another site is looked at.  1: it was. */
static int
lies_elsewhere(struct mr_bench_work *w, const char *typed)
{
	const struct mr_bench_word words[] = {{"code", typed}, {NULL, NULL}};
	struct mr_error refused = w->error;
	struct mr_bench_letter letter;
	struct mr_answer *answer;

	memset(&letter, 0, sizeof(letter));
	if (mr_bench_run(w, "scan", words, &answer) == MR_OK)
		mr_bench_take(answer, "", &letter);
	w->error = refused;
	if (!letter.away)
		return 0;
	mr_bench_look(w, typed);
	return 1;
}

void
mr_bench_stub(struct mr_bench_work *w, const char *typed)
{
	const struct mr_bench_word words[] = {{"stub", typed}, {NULL, NULL}};
	struct mr_bench_letter letter = {.code = ""};
	struct mr_answer *answer;
	enum mr_status status;
	char text[240] = "";
	int goes = 0;

	if (w->front->envelopes != NULL || w->front->page)
		goes = may_go(w, typed, &letter);
	/* While the hands fold. */
	if (goes && w->front->envelopes != NULL)
		print_envelope(w, typed, 0, text, sizeof(text));
	status = mr_bench_run(w, "letter seal", words, &answer);
	if (status == MR_OK || status == MR_STOP)
		keep_stub(w, answer);
	else if ((status != MR_REFUSED && status != MR_DENIED) ||
	    !lies_elsewhere(w, typed))
		mr_bench_refused(w, status);
	if (status == MR_REFUSED && goes && w->front->page)
		fetch_envelope(w, &letter);
	if (text[0] != '\0')
		mr_bench_more(w, text);
}

/* A key or a count is for what was looked at last: a letter at work is in the
 * hand now, for another nothing is.  One that was released has no stub yet and
 * goes on as if it had come in just now. */
static void
take_up(struct mr_bench_work *w, const struct mr_bench_letter *seen)
{
	static const char *const at_work[] = {
	    "received", "unidentified", "held", "cleared"};
	struct mr_bench *bench = w->bench;
	struct mr_bench_letter letter;
	size_t i = 0, n = sizeof(at_work) / sizeof(at_work[0]);

	if (!mr_bench_find(w, seen->code, &letter))
		letter = *seen;
	mr_bench_list(w, &letter);
	if (letter.away) {
		bench->last = letter;
		mr_bench_more(w, mr_say("At this station: T takes it over."));
		return;
	}
	while (i < n && strcmp(letter.state, at_work[i]) != 0)
		i++;
	if (i == n)
		memset(&bench->last, 0, sizeof(bench->last));
	else
		bench->last = letter;
	if (i == 0 && letter.sheets[0] == '\0' && letter.to[0] != '\0')
		mr_bench_say(
		    w, MR_V_GOOD, &letter, (struct mr_verdict_facts){0});
}

void
mr_bench_look(struct mr_bench_work *w, const char *typed)
{
	const struct mr_bench_word words[] = {{"code", typed}, {NULL, NULL}};
	struct mr_bench *bench = w->bench;
	struct mr_bench_letter letter;
	struct mr_answer *answer;
	enum mr_status status;

	status = mr_bench_run(w, "scan", words, &answer);
	if (status != MR_OK) {
		mr_bench_refused(w, status);
		return;
	}
	mr_bench_told(w, answer);
	mr_bench_take(answer, "", &letter);
	if (letter.number[0] == '\0')
		return;
	bench->view.done = 1;
	take_up(w, &letter);
	if (letter.away)
		return;
	if (strcmp(letter.state, "cleared") == 0)
		mr_bench_more(w,
		    mr_say("At this station: its stub, then the envelope. "
			   "Counted wrong? Type the right count."));
	if (strcmp(letter.state, "posted") != 0)
		return;
	bench->seen = letter;
	mr_bench_more(w, mr_say("At this station: B."));
}

static void
seal(struct mr_bench_work *w, const char *envelope, const char *zip)
{
	struct mr_bench *bench = w->bench;
	const struct mr_bench_word words[] = {{"stub", bench->stub.code},
	    {"envelope", envelope}, {zip != NULL ? "zip" : NULL, zip},
	    {NULL, NULL}};
	char kept[MR_BENCH_TEXT];
	struct mr_answer *answer;
	enum mr_status status;

	snprintf(kept, sizeof(kept), "%s", envelope);
	status = mr_bench_run(w, "letter seal", words, &answer);
	if (status == MR_OK || status == MR_STOP) {
		keep_stub(w, answer);
		return;
	}
	if (status != MR_UNTOLD) {
		mr_bench_refused(w, status);
		return;
	}
	snprintf(bench->envelope, sizeof(bench->envelope), "%s", kept);
	mr_bench_ask(w,
	    mr_say("It was printed for another address before. Read the ZIP "
		   "on this envelope and type its five digits."));
}

/* With a stub in the hand nothing is done to another letter unseen. */
void
mr_bench_stub_held(struct mr_bench_work *w)
{
	char why[240];

	snprintf(why, sizeof(why),
	    mr_say("You hold the stub of %s. Scan its envelope, or type the "
		   "three symbols that are asked for; U puts the stub down."),
	    w->bench->stub.number);
	mr_bench_ask(w, why);
}

void
mr_bench_stub_down(struct mr_bench_work *w)
{
	struct mr_bench *bench = w->bench;
	char text[160];

	snprintf(text, sizeof(text),
	    mr_say("%s: the stub is put down, nothing was sealed."),
	    bench->stub.number);
	memset(&bench->stub, 0, sizeof(bench->stub));
	bench->envelope[0] = '\0';
	mr_bench_say(w, MR_V_READY, NULL, (struct mr_verdict_facts){0});
	mr_bench_more(w, text);
	bench->view.done = 1;
}

void
mr_bench_envelope(struct mr_bench_work *w, const char *typed)
{
	if (w->bench->stub.code[0] == '\0')
		mr_bench_look(w, typed);
	else
		seal(w, typed, NULL);
}

int
mr_bench_zip(struct mr_bench_work *w, const char *typed)
{
	struct mr_bench *bench = w->bench;

	if (bench->stub.code[0] == '\0' || bench->envelope[0] == '\0' ||
	    strlen(typed) != 5 || strspn(typed, "0123456789") != 5)
		return 0;
	seal(w, bench->envelope, typed);
	return 1;
}
