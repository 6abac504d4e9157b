/*
 * What a station does with one line: the letter in hand, its flags, its
 * sheets.  The table, where stub and envelope meet, is in station_table.c.
 */
#include <stdio.h>
#include <string.h>

#include "cli/station.h"
#include "lib/code.h"
#include "lib/reason.h"

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

/* Ask again in plain words; nothing was done. */
static void
ask(struct station *station, const char *why)
{
	station_say(station, MR_V_LOOK_AGAIN, NULL,
	    (struct mr_verdict_facts){.why = why});
}

static void
extra(struct station *station, const char *text)
{
	struct station_view *view = &station->view;

	if (view->extras < STATION_CHOICES)
		snprintf(view->extra[view->extras++], sizeof(view->extra[0]),
		    "%.238s", text);
}

/* The newest stands on top; a letter that is there already moves up. */
static void
list(struct station *station, const struct station_letter *letter)
{
	int i = 0, last;

	while (i < station->listed &&
	    strcmp(station->list[i].code, letter->code) != 0)
		i++;
	if (i == station->listed && station->listed < STATION_LIST)
		station->listed++;
	last = i < STATION_LIST ? i : STATION_LIST - 1;
	memmove(&station->list[1], &station->list[0],
	    (size_t)last * sizeof(station->list[0]));
	station->list[0] = *letter;
}

/* What the reason of a held letter means; "" when none is told. */
static const char *
why_held(const struct answer *answer)
{
	const char *word = answer_get(answer, "reason");
	const struct mr_reason_row *row =
	    word != NULL ? mr_reason_named(word, MR_WHY_HELD) : NULL;

	return row != NULL ? row->say : NULL;
}

/* The verdict that the state of a letter asks for. */
static enum mr_verdict
verdict_of(const struct answer *answer, const struct station_letter *letter)
{
	const char *seen = answer_get(answer, "seen");

	if (strcmp(letter->state, "held") == 0)
		return MR_V_HELD;
	if (strcmp(letter->state, "unidentified") == 0)
		return MR_V_NO_ID;
	if (strcmp(letter->state, "returned") == 0)
		return MR_V_CAME_BACK;
	if (strcmp(letter->state, "cleared") == 0)
		return MR_V_DONE;
	if (letter->sheets[0] != '\0')
		return MR_V_TO_READ;
	if (seen != NULL && strcmp(seen, "first") == 0)
		return MR_V_FIRST;
	if (seen != NULL && strcmp(seen, "again-today") == 0)
		return MR_V_SECOND;
	return MR_V_GOOD;
}

/* Show a letter that an operation answered, and keep it in hand. */
static void
show_letter(struct station *station, const struct answer *answer)
{
	struct station_letter letter;
	enum mr_verdict verdict;
	const char *direction = answer_get(answer, "direction");

	station_take(answer, "", &letter);
	verdict = verdict_of(answer, &letter);
	station->last = letter;
	list(station, &letter);
	station_say(station, verdict, &letter,
	    (struct mr_verdict_facts){.why = why_held(answer)});
	/* Our own envelope carries the very ID that a true answer carries. */
	if (direction != NULL && strcmp(direction, "to outside") == 0 &&
	    (verdict == MR_V_GOOD || verdict == MR_V_FIRST ||
		verdict == MR_V_SECOND))
		extra(station, "If OUR address is printed top left: B");
	if (verdict != MR_V_DONE || station->sheets == NULL)
		return;
	if (station_sheet(station, &letter) != MR_OK) {
		extra(station, station->cli->error.message);
		extra(station, "The letter is logged; print its sheet later.");
	}
}

/* What the ID may have been, for a person to compare with the envelope. */
static void
offer(struct station *station, const char *typed)
{
	const struct station_word words[] = {{"code", typed}, {NULL, NULL}};
	const char *code, *from, *to;
	struct answer *answer;
	char text[240];
	int i;

	if (station_run(station, "id resolve", words, &answer) != MR_OK)
		return;
	for (i = 0; i < STATION_CHOICES; i++) {
		code = answer_get(answer, "candidates.%d.code", i);
		from = answer_get(answer, "candidates.%d.from", i);
		to = answer_get(answer, "candidates.%d.to", i);
		if (code == NULL)
			break;
		snprintf(
		    station->choice[i], sizeof(station->choice[i]), "%s", code);
		snprintf(text, sizeof(text), "%d  %s  %s to %s", i + 1, code,
		    from != NULL ? from : "?", to != NULL ? to : "?");
		extra(station, text);
	}
	station->choices = i;
	if (i > 0)
		extra(station,
		    "Look at the envelope again. One of these? Type "
		    "its number. None? N.");
	else
		extra(station, "Scan again or type. It cannot be read? N.");
}

/* Log a letter by its ID, or by none. */
static void
receive(struct station *station, const char *id)
{
	const struct station_word words[] = {
	    {id != NULL ? "id" : "no_id", id != NULL ? id : "yes"},
	    {station->same ? "with" : NULL, station->last.code}, {NULL, NULL}};
	struct answer *answer;
	enum mr_status status;

	station->choices = 0;
	status = station_run(station, "letter receive", words, &answer);
	if (status == MR_OK || status == MR_STOP) {
		station->same = 0;
		show_letter(station, answer);
		return;
	}
	station_refused(station, status);
	if (id != NULL && (status == MR_INVALID || status == MR_NOTFOUND))
		offer(station, id);
}

static void
run_on_letter(
    struct station *station, const char *op, const char *key, const char *value)
{
	const struct station_word words[] = {
	    {"letter", station->last.code}, {key, value}, {NULL, NULL}};
	struct answer *answer;
	enum mr_status status = station_run(station, op, words, &answer);

	if (status == MR_OK || status == MR_STOP)
		show_letter(station, answer);
	else
		station_refused(station, status);
}

static void
count_sheets(struct station *station, const struct station_input *input)
{
	if (station->last.code[0] == '\0')
		ask(station,
		    "Sheets of which letter? Scan or type its ID "
		    "first, then count.");
	else
		run_on_letter(station, "letter finish", "sheets", input->text);
}

static void
choose(struct station *station, const struct station_input *input)
{
	if (input->n < 1 || input->n > station->choices) {
		ask(station,
		    "That is none of the numbers shown. Type the ID "
		    "once more to see them again, or N.");
		station->choices = 0;
		return;
	}
	receive(station, station->choice[input->n - 1]);
}

static void
undo(struct station *station)
{
	const struct station_word words[] = {{NULL, NULL}};
	struct station_letter letter;
	struct answer *answer;
	enum mr_status status;

	status = station_run(station, "letter undo", words, &answer);
	if (status != MR_OK) {
		station_refused(station, status);
		return;
	}
	station_take(answer, "", &letter);
	list(station, &letter);
	station->last = letter;
	station_say(
	    station, MR_V_UNDONE, &letter, (struct mr_verdict_facts){0});
	if (strcmp(letter.state, "closed") == 0)
		memset(&station->last, 0, sizeof(station->last));
}

/* Our own envelope: the one that was scanned, else the letter in hand that
 * was logged by the ID in its corner, else a piece without a code. */
static void
came_back(struct station *station)
{
	const struct station_letter *letter =
	    station->seen.code[0] != '\0' ? &station->seen : NULL;
	const struct station_word words[] = {
	    {letter != NULL ? "letter" : NULL,
		letter != NULL ? letter->code : NULL},
	    {NULL, NULL}};
	struct answer *answer;
	enum mr_status status;

	if (letter == NULL && strcmp(station->last.state, "received") == 0) {
		run_on_letter(station, "letter flag", "flag", "came-back");
		return;
	}
	status = station_run(station, "letter back", words, &answer);
	if (status == MR_OK || status == MR_STOP)
		show_letter(station, answer);
	else
		station_refused(station, status);
}

static void
flag(struct station *station, char key)
{
	size_t i;

	if (key == 'U') {
		undo(station);
		return;
	}
	if (key == 'N') {
		receive(station, NULL);
		return;
	}
	if (key == 'B') {
		came_back(station);
		return;
	}
	if (station->last.code[0] == '\0') {
		ask(station,
		    "Of which letter? Scan or type its ID first, "
		    "then the flag.");
		return;
	}
	if (key == 'E') {
		station->same = 1;
		station_say(station, MR_V_SAME, &station->last,
		    (struct mr_verdict_facts){0});
		return;
	}
	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i].key == key)
			run_on_letter(
			    station, "letter flag", "flag", marks[i].flag);
}

static void
keys(struct station *station)
{
	static const char *const text[] = {
	    "1 or 2 digits   so many sheets: the letter is finished",
	    "N no ID         M money          P photo",
	    "A moved         W wrong name     L legal mail",
	    "E same envelope as the last      B came back",
	    "U undo          ? these keys     Q leave",
	    "A scan or 9 symbols: the ID on the envelope. ? for an unreadable "
	    "one.",
	    "A stub, then its envelope: are they a pair?"};
	size_t i;

	station_say(station, MR_V_READY, NULL, (struct mr_verdict_facts){0});
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		extra(station, text[i]);
}

static void
unclear(struct station *station, const struct station_input *input)
{
	char why[160];

	if (input->n > 0)
		snprintf(why, sizeof(why),
		    "That is %d symbols; an ID has 9, a letter code 12. Scan "
		    "again or type it whole, with ? for what you cannot read.",
		    input->n);
	else
		snprintf(why, sizeof(why),
		    "That is no code of ours and no key. Scan again or type; "
		    "? shows the keys.");
	ask(station, why);
}

/* A code of twelve symbols is an ID or a letter; its check symbols tell. */
static void
typed_code(struct station *station, const struct station_input *input)
{
	struct mr_symbols symbols;

	if (mr_code_fold(input->text, &symbols, NULL) == MR_FOLD_OK &&
	    mr_code_kind_of(&symbols) == MR_CODE_LETTER)
		station_stub(station, input->text);
	else
		receive(station, input->text);
}

static void
scanned(struct station *station, const struct station_input *input)
{
	if (input->letter == 'L')
		station_stub(station, input->text);
	else if (input->letter == 'E')
		station_envelope(station, input->text);
	else
		receive(station, input->text);
}

int
station_do(struct station *station, const char *line)
{
	struct station_input input;
	int at_table = station->stub.code[0] != '\0';

	station_read(line, &input);
	switch (input.kind) {
	case STATION_EMPTY:
		break;
	case STATION_LEAVE:
		return 0;
	case STATION_KEYS:
		keys(station);
		break;
	case STATION_SHEETS:
		if (station->choices > 0)
			choose(station, &input);
		else
			count_sheets(station, &input);
		break;
	case STATION_FLAG:
		flag(station, input.letter);
		break;
	case STATION_SYMBOLS:
	case STATION_NUMBER:
		if (at_table && strlen(input.text) >= 3)
			station_envelope(station, input.text);
		else if (input.kind == STATION_NUMBER)
			station_stub(station, input.text);
		else
			unclear(station, &input);
		break;
	case STATION_CODE:
		typed_code(station, &input);
		break;
	case STATION_SCAN:
		scanned(station, &input);
		break;
	case STATION_UNCLEAR:
		unclear(station, &input);
		break;
	}
	/* What was scanned counts for the next line only. */
	if (input.kind != STATION_SCAN && input.kind != STATION_EMPTY)
		memset(&station->seen, 0, sizeof(station->seen));
	return 1;
}
