/*
 * The letter in hand: logged, counted, flagged, taken back.
 */
#include <stdio.h>
#include <string.h>

#include "lib/bench_work.h"
#include "lib/tongue.h"

/* Flags that are marks of the letter in hand, as `letter flag` has them. */
static const struct {
	char key;
	const char *flag;
} marks[] = {
    {'M', "money"},
    {'P', "photo"},
    {'A', "moved"},
    {'W', "wrong-name"},
    {'L', "legal-mail"},
};

/* The cover sheet of a letter that is finished. */
static void
print_sheet(struct mr_bench_work *w, const struct mr_bench_letter *letter)
{
	const struct mr_bench_word words[] = {
	    {"letter", letter->code}, {NULL, NULL}};
	struct mr_bench_view *view = &w->bench->view;
	struct mr_answer *answer;

	if (w->front->sheets) {
		if (mr_bench_print(w, MR_BENCH_SHEET, letter, "sheet print",
			words, &answer) == MR_OK)
			return;
		mr_bench_more(w, w->error.message);
		mr_bench_more(
		    w, mr_say("The letter is logged; print its sheet later."));
	}
	if (w->front->page)
		memcpy(view->sheet, letter->code, sizeof(view->sheet));
}

/* Of mail from inside that goes on: for eyes to compare. */
static void
say_facility(struct mr_bench_work *w, const char *facility)
{
	enum mr_verdict verdict = w->bench->view.verdict;
	char text[240];

	if (facility == NULL ||
	    (verdict != MR_V_GOOD && verdict != MR_V_FIRST &&
		verdict != MR_V_SECOND))
		return;
	snprintf(text, sizeof(text),
	    mr_say("On file: %.100s. Nothing to press when the envelope "
		   "agrees; A when it names another place."),
	    facility);
	mr_bench_more(w, text);
}

void
mr_bench_show(struct mr_bench_work *w, const struct mr_answer *answer)
{
	struct mr_bench_letter letter;

	mr_bench_take(answer, "", &letter);
	w->bench->last = letter;
	mr_bench_list(w, &letter);
	mr_bench_told(w, answer);
	say_facility(w, mr_answer_get(answer, "facility"));
	if (w->bench->view.verdict == MR_V_NO_ID)
		mr_bench_more(w,
		    mr_say("Type both names as DEAR/SIGNED, such as "
			   "Wren/Maria. None to be seen? The next letter."));
	if (w->bench->view.verdict == MR_V_DONE)
		print_sheet(w, &letter);
}

/* The next letter came before the last one was counted. */
static void
say_uncounted(struct mr_bench_work *w, const struct mr_bench_letter *before)
{
	char text[240];

	if (strcmp(before->state, "received") != 0 || before->away ||
	    before->sheets[0] != '\0' ||
	    strcmp(before->code, w->bench->last.code) == 0)
		return;
	snprintf(text, sizeof(text),
	    mr_say("%s has no count yet: afterwards type %s, then how many "
		   "sheets."),
	    before->number, before->number);
	mr_bench_more(w, text);
}

void
mr_bench_receive(struct mr_bench_work *w, const char *id)
{
	struct mr_bench *bench = w->bench;
	struct mr_bench_letter before = bench->last;
	const struct mr_bench_word words[] = {
	    {id != NULL ? "id" : "no_id", id != NULL ? id : "yes"},
	    {bench->same ? "with" : NULL, bench->last.code}, {NULL, NULL}};
	struct mr_answer *answer;
	enum mr_status status;

	status = mr_bench_run(w, "letter receive", words, &answer);
	if (status == MR_OK || status == MR_STOP) {
		bench->same = 0;
		mr_bench_show(w, answer);
		say_uncounted(w, &before);
		return;
	}
	mr_bench_refused(w, status);
	if (id != NULL && (status == MR_INVALID || status == MR_NOTFOUND))
		mr_bench_offer_ids(w, id);
}

static void
run_on_letter(
    struct mr_bench_work *w, const char *op, const char *key, const char *value)
{
	const struct mr_bench_word words[] = {
	    {"letter", w->bench->last.code}, {key, value}, {NULL, NULL}};
	struct mr_answer *answer;
	enum mr_status status = mr_bench_run(w, op, words, &answer);

	if (status == MR_OK || status == MR_STOP)
		mr_bench_show(w, answer);
	else
		mr_bench_refused(w, status);
}

void
mr_bench_count(struct mr_bench_work *w, const struct mr_line *line)
{
	if (w->bench->stub.code[0] != '\0')
		mr_bench_stub_held(w);
	else if (w->bench->last.code[0] == '\0')
		mr_bench_ask(w,
		    mr_say("Sheets of which letter? Scan or type its ID "
			   "first, then count."));
	else
		run_on_letter(w, "letter finish", "sheets", line->text);
}

void
mr_bench_undo(struct mr_bench_work *w)
{
	const struct mr_bench_word words[] = {{NULL, NULL}};
	struct mr_bench *bench = w->bench;
	struct mr_bench_letter letter;
	struct mr_answer *answer;
	enum mr_status status;

	if (bench->stub.code[0] != '\0') {
		mr_bench_stub_down(w);
		return;
	}
	status = mr_bench_run(w, "letter undo", words, &answer);
	if (status != MR_OK) {
		mr_bench_refused(w, status);
		return;
	}
	mr_bench_take(answer, "", &letter);
	mr_bench_list(w, &letter);
	mr_bench_told(w, answer);
	/* A count is for a letter at the bench, not for one at the table. */
	if (strcmp(letter.state, "closed") == 0 ||
	    (strcmp(letter.state, "cleared") == 0 &&
		strcmp(letter.code, bench->last.code) != 0))
		memset(&bench->last, 0, sizeof(bench->last));
	else
		bench->last = letter;
}

/* It was no letter: what was logged by the ID in its corner is taken back.
 * What to strike out, into text. */
static enum mr_status
take_back(struct mr_bench_work *w, char *text, size_t size)
{
	const struct mr_bench_word none[] = {{NULL, NULL}};
	struct mr_bench_letter letter;
	struct mr_answer *answer;
	enum mr_status status;

	snprintf(text, size,
	    mr_say("%s is taken back: strike that number out."),
	    w->bench->last.number);
	status = mr_bench_run(w, "letter undo", none, &answer);
	if (status == MR_OK) {
		mr_bench_take(answer, "", &letter);
		mr_bench_list(w, &letter);
	}
	return status;
}

/* Our own envelope: the one that was scanned just now, else a piece without a
 * code. */
void
mr_bench_back(struct mr_bench_work *w)
{
	struct mr_bench *bench = w->bench;
	const struct mr_bench_word words[] = {
	    {bench->seen.code[0] != '\0' ? "letter" : NULL, bench->seen.code},
	    {NULL, NULL}};
	enum mr_status status = MR_OK;
	struct mr_answer *answer;
	char strike[160] = "";

	if (words[0].name == NULL && !bench->last.away &&
	    strcmp(bench->last.state, "received") == 0)
		status = take_back(w, strike, sizeof(strike));
	if (status == MR_OK)
		status = mr_bench_run(w, "letter back", words, &answer);
	if (status != MR_OK && status != MR_STOP) {
		mr_bench_refused(w, status);
		return;
	}
	mr_bench_show(w, answer);
	if (strike[0] != '\0')
		mr_bench_more(w, strike);
}

/* A flag of the letter in hand. */
static void
mark(struct mr_bench_work *w, char key)
{
	struct mr_bench *bench = w->bench;
	size_t i;

	if (bench->last.code[0] == '\0') {
		mr_bench_ask(w,
		    mr_say("Of which letter? Scan or type its ID first, then "
			   "the flag."));
		return;
	}
	if (key == 'E') {
		bench->same = 1;
		bench->view.done = 1;
		mr_bench_say(
		    w, MR_V_SAME, &bench->last, (struct mr_verdict_facts){0});
		return;
	}
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i].key == key)
			run_on_letter(w, "letter flag", "flag", marks[i].flag);
}

/* What comes next with a letter that was taken over. */
static const char *
next_of(const struct mr_bench_letter *letter)
{
	if (strcmp(letter->state, "received") == 0 && letter->sheets[0] == '\0')
		return mr_say("Count its sheets and type the number.");
	if (strcmp(letter->state, "cleared") == 0)
		return mr_say("At this station: its stub, then the envelope.");
	return NULL;
}

/* The letter that was looked at lies at another site, and is here. */
static void
take_over(struct mr_bench_work *w)
{
	struct mr_bench *bench = w->bench;
	const struct mr_bench_word words[] = {
	    {"letter", bench->last.code}, {NULL, NULL}};
	struct mr_answer *answer;
	enum mr_status status;

	if (!bench->last.away) {
		if (mr_bench_sites(w))
			mr_bench_ask(w,
			    mr_say("Scan a letter of another site first, "
				   "then T."));
		else
			mr_bench_no_key(w, 'T');
		return;
	}
	status = mr_bench_run(w, "letter take", words, &answer);
	if (status != MR_OK) {
		mr_bench_refused(w, status);
		return;
	}
	mr_bench_show(w, answer);
	if (next_of(&bench->last) != NULL)
		mr_bench_more(w, next_of(&bench->last));
}

void
mr_bench_flag(struct mr_bench_work *w, char key)
{
	if (key == 'T')
		take_over(w);
	else if (key == 'U')
		mr_bench_undo(w);
	else if (key == 'N')
		mr_bench_receive(w, NULL);
	else if (key == 'B')
		mr_bench_back(w);
	else if (w->bench->stub.code[0] == '\0')
		mark(w, key);
	else if (key == 'P' && w->front->envelopes != NULL)
		mr_bench_envelope_again(w);
	else
		mr_bench_stub_held(w);
}
