/*
 * What a station does with one line.  See bench.h.  The letter in hand is in
 * bench_letter.c; the table, where stub and envelope meet, in bench_table.c.
 */
#include "lib/bench.h"

#include <stdio.h>
#include <string.h>

#include "lib/bench_fault.h"
#include "lib/bench_work.h"
#include "lib/code.h"
#include "lib/tongue.h"

static void
keys(struct mr_bench_work *w)
{
	static const char *const text[] = {
	    MR_SAID("1 or 2 digits   so many sheets: the letter is finished"),
	    MR_SAID("N no ID         M money          P photo"),
	    MR_SAID("A moved         W wrong name     L legal mail"),
	    MR_SAID("E same envelope as the last      B came back"),
	    MR_SAID("U undo          ? these keys     Q leave"),
	    MR_SAID("A scan or 9 symbols: the ID; ? for an unreadable symbol."),
	    MR_SAID("A stub, then its envelope: are they a pair?")};
	size_t i;

	mr_bench_say(w, MR_V_READY, NULL, (struct mr_verdict_facts){0});
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		mr_bench_more(w, mr_say(text[i]));
	if (mr_bench_sites(w))
		mr_bench_more(
		    w, mr_say("T takes over a letter of another site"));
	if (w->front->envelopes != NULL)
		mr_bench_more(w,
		    mr_say(
			"P with a stub in the hand: its envelope once more"));
	w->bench->view.done = 1;
}

void
mr_bench_no_key(struct mr_bench_work *w, char key)
{
	char why[200];

	snprintf(why, sizeof(why),
	    mr_say("%.1s is no key here; ? shows those that are."),
	    (const char[]){key, '\0'});
	mr_bench_ask(w, why);
}

int
mr_bench_sites(struct mr_bench_work *w)
{
	const struct mr_bench_word none[] = {{NULL, NULL}};
	struct mr_answer *answer;

	return mr_bench_run(w, "site list", none, &answer) == MR_OK &&
	    mr_answer_get(answer, "%d.site", 1) != NULL;
}

/* Too few or too many symbols of ours, or something else altogether. */
static void
unclear(struct mr_bench_work *w, const struct mr_line *line)
{
	char why[200];

	if (line->n == 0 && strlen(line->text) > 1) {
		mr_bench_look(w, line->text);
		return;
	}
	if (line->n == 0) {
		mr_bench_no_key(w,
		    (unsigned char)line->text[0] < 0x80 ? line->text[0] : '?');
		return;
	}
	snprintf(why, sizeof(why),
	    mr_say("That is %d symbols; an ID has 9, a letter code 12. Scan "
		   "again or type it whole, with ? for what you cannot read."),
	    line->n);
	mr_bench_ask(w, why);
}

/* A code of twelve symbols is an ID or a letter; its check symbols tell. */
static void
typed_code(struct mr_bench_work *w, const struct mr_line *line)
{
	struct mr_symbols symbols;

	if (mr_code_fold(line->text, &symbols, NULL) == MR_FOLD_OK &&
	    mr_code_kind_of(&symbols) == MR_CODE_LETTER)
		mr_bench_stub(w, line->text);
	/* All of the ID in an envelope's corner is no letter that came in. */
	else if (w->bench->stub.code[0] != '\0')
		mr_bench_stub_held(w);
	else
		mr_bench_receive(w, line->text);
}

static void
scanned(struct mr_bench_work *w, const struct mr_line *line)
{
	if (line->letter == 'U')
		mr_bench_badge(w, line->text);
	else if (line->letter == 'L')
		mr_bench_stub(w, line->text);
	else if (line->letter == 'E')
		mr_bench_envelope(w, line->text);
	else if (line->letter == 'S')
		mr_bench_receive(w, line->text);
	else
		mr_bench_look(w, line->text);
}

/* Three symbols in a corner while an envelope is waited for; else a number
 * looks a letter up, and three symbols are too few. */
static void
short_code(struct mr_bench_work *w, const struct mr_line *line)
{
	if (w->bench->stub.code[0] != '\0' && strlen(line->text) >= 3)
		mr_bench_envelope(w, line->text);
	else if (line->kind == MR_LINE_NUMBER)
		mr_bench_look(w, line->text);
	else
		unclear(w, line);
}

static void
other(struct mr_bench_work *w, const struct mr_line *line)
{
	if (mr_bench_zip(w, line->text))
		return;
	if (strchr(line->text, '/') != NULL &&
	    strcmp(w->bench->last.state, "unidentified") == 0)
		mr_bench_offer_names(w, line->text);
	else
		unclear(w, line);
}

/* Digits choose where there is a choice, or was. */
static void
digits(struct mr_bench_work *w, const struct mr_line *line, int offered)
{
	if (offered == 0) {
		mr_bench_count(w, line);
	} else {
		w->bench->choices = offered;
		mr_bench_choose(w, line->n);
	}
}

static void
leave(struct mr_bench_work *w)
{
	w->bench->view.leave = 1;
	w->bench->view.done = 1;
	if (!w->front->page)
		return;
	mr_bench_say(w, MR_V_READY, NULL, (struct mr_verdict_facts){0});
	mr_bench_more(w, mr_say("To leave this station: sign out."));
}

static void
act(struct mr_bench_work *w, const struct mr_line *line, int offered)
{
	switch (line->kind) {
	case MR_LINE_EMPTY:
		break;
	case MR_LINE_LEAVE:
		leave(w);
		break;
	case MR_LINE_KEYS:
		keys(w);
		break;
	case MR_LINE_SHEETS:
		digits(w, line, offered);
		break;
	case MR_LINE_FLAG:
		mr_bench_flag(w, line->letter);
		break;
	case MR_LINE_SYMBOLS:
	case MR_LINE_NUMBER:
		short_code(w, line);
		break;
	case MR_LINE_CODE:
		typed_code(w, line);
		break;
	case MR_LINE_SCAN:
		scanned(w, line);
		break;
	case MR_LINE_UNCLEAR:
		other(w, line);
		break;
	}
}

/* What a scanner or a stranger's code left there.  1: it is told, and nothing
 * is done. */
static int
faulty(struct mr_bench_work *w, const char *typed, const struct mr_line *line)
{
	enum mr_line_fault fault = mr_line_fault(typed);
	struct mr_bench_view *view = &w->bench->view;

	if (fault == MR_FAULT_NONE || line->kind == MR_LINE_NUMBER)
		return 0;
	mr_bench_ask(w, mr_line_fault_say(fault));
	if (fault == MR_FAULT_ADDRESS || fault == MR_FAULT_NUMBER)
		view->verdict = MR_V_NOT_OURS;
	/* It may have been typed after all. */
	if (fault == MR_FAULT_CUT && line->kind == MR_LINE_CODE)
		mr_bench_offer_ids(w, line->text);
	return 1;
}

static enum mr_bench_wants
wanted(const struct mr_bench *bench)
{
	if (bench->choices > 0)
		return MR_WANTS_CHOICE;
	if (bench->stub.code[0] != '\0')
		return bench->envelope[0] != '\0' ? MR_WANTS_ZIP
						  : MR_WANTS_ENVELOPE;
	if (bench->same || bench->last.away)
		return MR_WANTS_ID;
	if (strcmp(bench->last.state, "unidentified") == 0)
		return MR_WANTS_NAMES;
	return strcmp(bench->last.state, "received") == 0 ? MR_WANTS_SHEETS
							  : MR_WANTS_ID;
}

void
mr_bench_do(struct mr_bench *bench, const struct mr_bench_front *front,
    const char *line)
{
	struct mr_bench_work work = {.bench = bench, .front = front};
	struct mr_bench_view *view = &bench->view;
	struct mr_line in;
	int offered = bench->choices;

	view->done = view->leave = 0;
	view->sheet[0] = view->envelope[0] = '\0';
	mr_line_read(line, &in);
	if (in.kind == MR_LINE_EMPTY)
		return;
	/* What was offered is for this line, or for none. */
	bench->choices = 0;
	if (faulty(&work, line, &in)) {
		view->wants = wanted(bench);
		return;
	}
	if (in.kind != MR_LINE_SCAN || in.letter != 'B' ||
	    mr_bench_card(&work, &in))
		act(&work, &in, offered);
	/* What was scanned counts for the next line only. */
	if (in.kind != MR_LINE_SCAN)
		memset(&bench->seen, 0, sizeof(bench->seen));
	view->wants = wanted(bench);
}

enum mr_status
mr_bench_begin(struct mr_bench *bench, const struct mr_bench_front *front,
    struct mr_error *error)
{
	const struct mr_bench_word none[] = {{NULL, NULL}};
	struct mr_bench_work work = {.bench = bench, .front = front};
	struct mr_bench_view *view = &bench->view;
	struct mr_answer *answer;
	enum mr_status status;
	const char *say;

	status = mr_bench_run(&work, "letter last", none, &answer);
	*error = work.error;
	if (status != MR_OK)
		return status;
	bench->choices = bench->same = 0;
	bench->envelope[0] = '\0';
	memset(&bench->seen, 0, sizeof(bench->seen));
	memset(view, 0, sizeof(*view));
	mr_bench_say(&work, MR_V_READY, NULL, (struct mr_verdict_facts){0});
	say = mr_answer_get(answer, "say");
	if (say != NULL)
		mr_bench_more(&work, say);
	view->wants = wanted(bench);
	return MR_OK;
}

int
mr_bench_find(
    struct mr_bench_work *w, const char *code, struct mr_bench_letter *letter)
{
	const struct mr_bench_word words[] = {{"letter", code}, {NULL, NULL}};
	struct mr_answer *answer;

	memset(letter, 0, sizeof(*letter));
	if (code == NULL || code[0] == '\0' ||
	    mr_bench_run(w, "letter show", words, &answer) != MR_OK)
		return 0;
	mr_bench_take(answer, "", letter);
	return letter->code[0] != '\0';
}

void
mr_bench_take_up(struct mr_bench *bench, const struct mr_bench_front *front,
    const char *hand, const char *stub, const char *wants)
{
	struct mr_bench_work work = {.bench = bench, .front = front};
	struct mr_bench_letter letter;

	if (mr_bench_find(&work, hand, &letter)) {
		/* A posted one is an envelope that was scanned. */
		if (strcmp(letter.state, "posted") == 0)
			bench->seen = letter;
		else if (strcmp(letter.state, "sealed") != 0 &&
		    strcmp(letter.state, "closed") != 0)
			bench->last = letter;
	}
	/* A sealed one may be the very line that is sent again. */
	if (mr_bench_find(&work, stub, &letter) &&
	    (strcmp(letter.state, "cleared") == 0 ||
		strcmp(letter.state, "sealed") == 0))
		bench->stub = letter;
	if (wants != NULL &&
	    strcmp(wants, mr_bench_wants_word(MR_WANTS_CHOICE)) == 0)
		bench->choices = -1;
}

const struct mr_bench_letter *
mr_bench_hand(const struct mr_bench *bench)
{
	if (bench->seen.code[0] != '\0')
		return &bench->seen;
	return bench->last.code[0] != '\0' ? &bench->last : NULL;
}
