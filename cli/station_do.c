/*
 * What a station does with one line: the letter in hand, its flags, its
 * sheets.  The table, where stub and envelope meet, is in station_table.c.
 */
#include <stdio.h>
#include <string.h>

#include "cli/station.h"
#include "lib/code.h"

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

void
station_extra(struct station *station, const char *text)
{
	struct station_view *view = &station->view;

	if (view->extras < STATION_CHOICES)
		snprintf(view->extra[view->extras++], sizeof(view->extra[0]),
		    "%.238s", text);
}

/* The newest stands on top; a letter that is there already moves up. */
void
station_list(struct station *station, const struct station_letter *letter)
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

/* Show a letter that an operation answered, and keep it in hand. */
static void
show_letter(struct station *station, const struct answer *answer)
{
	struct station_letter letter;

	station_take(answer, "", &letter);
	station->last = letter;
	station_list(station, &letter);
	station_told(station, answer);
	if (station->view.verdict == MR_V_NO_ID)
		station_extra(station,
		    "Type both names as DEAR/SIGNED, such as "
		    "Wren/Maria. None to be seen? The next letter.");
	if (station->view.verdict != MR_V_DONE)
		return;
	if (station_sheet(station, &letter) != MR_OK) {
		station_extra(station, station->cli->error.message);
		station_extra(
		    station, "The letter is logged; print its sheet later.");
	}
}

/* A line to choose from; which is its number from 0. */
static void
add_choice(struct station *station, const char *code, const char *writer,
    const char *from, const char *to)
{
	struct station_choice *choice = &station->choice[station->choices++];
	char text[240];

	snprintf(choice->code, sizeof(choice->code), "%s", code);
	snprintf(choice->writer, sizeof(choice->writer), "%s",
	    writer != NULL ? writer : "");
	snprintf(text, sizeof(text), "%d  %s  %s to %s", station->choices, code,
	    from != NULL ? from : "?", to != NULL ? to : "?");
	station_extra(station, text);
}

/* What the ID may have been, for a person to compare with the envelope. */
static void
offer_ids(struct station *station, const char *typed)
{
	const struct station_word words[] = {{"code", typed}, {NULL, NULL}};
	struct answer *answer;
	const char *code;
	int i;

	if (station_run(station, "id resolve", words, &answer) != MR_OK)
		return;
	for (i = 0; i < STATION_CHOICES; i++) {
		code = answer_get(answer, "candidates.%d.code", i);
		if (code == NULL)
			break;
		add_choice(station, code, NULL,
		    answer_get(answer, "candidates.%d.from", i),
		    answer_get(answer, "candidates.%d.to", i));
	}
	if (i > 0)
		station_extra(station,
		    "Look at the envelope again. One of these? Type "
		    "its number. None? N.");
	else
		station_extra(
		    station, "Scan again or type. It cannot be read? N.");
}

/* DEAR/SIGNED, either of which may be empty: who is called like that? */
static void
offer_names(struct station *station, const char *typed)
{
	char dear[STATION_TEXT];
	const char *by = strchr(typed, '/') + 1;
	const struct station_word words[] = {{"dear", dear},
	    {by[0] != '\0' ? "signed_by" : NULL, by}, {NULL, NULL}};
	const char *pairing;
	struct answer *answer;
	enum mr_status status;
	int i;

	snprintf(dear, sizeof(dear), "%.*s", (int)(by - typed - 1), typed);
	status = station_run(
	    station, "letter candidates", words + !dear[0], &answer);
	if (status != MR_OK) {
		station_refused(station, status);
		return;
	}
	ask(station, "Whose letter is it?");
	for (i = 0; i < STATION_CHOICES; i++) {
		pairing = answer_get(answer, "%d.pairing", i);
		if (pairing == NULL)
			break;
		add_choice(station, pairing, answer_get(answer, "%d.writer", i),
		    answer_get(answer, "%d.from", i),
		    answer_get(answer, "%d.to", i));
	}
	station_extra(station,
	    i > 0 ? "One of these? Type its number; staff look "
		    "again. None? Yellow tray, the next letter."
		  : "Nobody is called like that. Yellow tray, the "
		    "next letter.");
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

	status = station_run(station, "letter receive", words, &answer);
	if (status == MR_OK || status == MR_STOP) {
		station->same = 0;
		show_letter(station, answer);
		return;
	}
	station_refused(station, status);
	if (id != NULL && (status == MR_INVALID || status == MR_NOTFOUND))
		offer_ids(station, id);
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
	if (station->stub.code[0] != '\0') {
		station_stub_held(station);
		return;
	}
	if (station->last.code[0] == '\0')
		ask(station,
		    "Sheets of which letter? Scan or type its ID "
		    "first, then count.");
	else
		run_on_letter(station, "letter finish", "sheets", input->text);
}

static void
identify(struct station *station, const struct station_choice *choice)
{
	const struct station_word words[] = {{"letter", station->last.code},
	    {"pairing", choice->code}, {"writer", choice->writer},
	    {NULL, NULL}};
	struct answer *answer;
	enum mr_status status;

	status = station_run(station, "letter identify", words, &answer);
	if (status == MR_OK || status == MR_STOP)
		show_letter(station, answer);
	else
		station_refused(station, status);
}

static void
choose(struct station *station, int n)
{
	struct station_choice choice;

	if (n < 1 || n > station->choices) {
		ask(station,
		    "That is none of the numbers shown. Type the ID "
		    "or the names once more to see them again.");
		return;
	}
	choice = station->choice[n - 1];
	if (choice.writer[0] != '\0')
		identify(station, &choice);
	else
		receive(station, choice.code);
}

static void
undo(struct station *station)
{
	const struct station_word words[] = {{NULL, NULL}};
	struct station_letter letter;
	struct answer *answer;
	enum mr_status status;

	if (station->stub.code[0] != '\0') {
		station_stub_down(station);
		return;
	}
	status = station_run(station, "letter undo", words, &answer);
	if (status != MR_OK) {
		station_refused(station, status);
		return;
	}
	station_take(answer, "", &letter);
	station_list(station, &letter);
	station_told(station, answer);
	/* A count is for a letter at the bench, not for one at the table. */
	if (strcmp(letter.state, "closed") == 0 ||
	    (strcmp(letter.state, "cleared") == 0 &&
		strcmp(letter.code, station->last.code) != 0))
		memset(&station->last, 0, sizeof(station->last));
	else
		station->last = letter;
}

/*
 * Our own envelope: the one that was scanned just now, else a piece without a
 * code.  A letter that was logged by the ID in its corner is taken back first:
 * it was no letter.
 */
static void
came_back(struct station *station)
{
	const struct station_word words[] = {
	    {station->seen.code[0] != '\0' ? "letter" : NULL,
		station->seen.code},
	    {NULL, NULL}};
	const struct station_word none[] = {{NULL, NULL}};
	enum mr_status status = MR_OK;
	struct station_letter letter;
	struct answer *answer;
	char strike[80] = "";

	if (words[0].name == NULL &&
	    strcmp(station->last.state, "received") == 0) {
		snprintf(strike, sizeof(strike),
		    "%s is taken back: strike that number out.",
		    station->last.number);
		status = station_run(station, "letter undo", none, &answer);
		if (status == MR_OK) {
			station_take(answer, "", &letter);
			station_list(station, &letter);
		}
	}
	if (status == MR_OK)
		status = station_run(station, "letter back", words, &answer);
	if (status != MR_OK && status != MR_STOP) {
		station_refused(station, status);
		return;
	}
	show_letter(station, answer);
	if (strike[0] != '\0')
		station_extra(station, strike);
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
	if (station->stub.code[0] != '\0') {
		if (key == 'P' && station->envelope_queue != NULL)
			station_envelope_again(station);
		else
			station_stub_held(station);
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
	    "A scan or 9 symbols: the ID; ? for an unreadable symbol.",
	    "A stub, then its envelope: are they a pair?"};
	size_t i;

	station_say(station, MR_V_READY, NULL, (struct mr_verdict_facts){0});
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		station_extra(station, text[i]);
	if (station->envelope_queue != NULL)
		station_extra(station,
		    "P with a stub in the hand: its envelope once more");
}

/* Too few or too many symbols of ours, or something else altogether. */
static void
unclear(struct station *station, const struct station_input *input)
{
	char why[160];

	if (input->n == 0 && strlen(input->text) > 1) {
		station_look(station, input->text);
		return;
	}
	if (input->n == 0)
		snprintf(why, sizeof(why),
		    "%.1s is no key here; ? shows those that are.",
		    input->text);
	else
		snprintf(why, sizeof(why),
		    "That is %d symbols; an ID has 9, a letter code 12. Scan "
		    "again or type it whole, with ? for what you cannot read.",
		    input->n);
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
	if (input->letter == 'U')
		station_badge(station, input->text);
	else if (input->letter == 'L')
		station_stub(station, input->text);
	else if (input->letter == 'E')
		station_envelope(station, input->text);
	else if (input->letter == 'S')
		receive(station, input->text);
	else
		station_look(station, input->text);
}

int
station_do(struct station *station, const char *line)
{
	struct station_input input;
	int at_table = station->stub.code[0] != '\0', offered;

	station_read(line, &input);
	if (input.kind == STATION_SCAN && input.letter == 'B' &&
	    !station_card(station, &input)) {
		station->choices = 0;
		return 1;
	}
	/* What was offered is for this line, or for none. */
	offered = station->choices;
	if (input.kind != STATION_EMPTY && input.kind != STATION_SHEETS)
		station->choices = 0;
	switch (input.kind) {
	case STATION_EMPTY:
		break;
	case STATION_LEAVE:
		return 0;
	case STATION_KEYS:
		keys(station);
		break;
	case STATION_SHEETS:
		if (offered > 0)
			choose(station, input.n);
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
			station_look(station, input.text);
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
		if (station_zip(station, input.text))
			break;
		if (strchr(input.text, '/') != NULL &&
		    strcmp(station->last.state, "unidentified") == 0)
			offer_names(station, input.text);
		else
			unclear(station, &input);
		break;
	}
	if (input.kind == STATION_SHEETS)
		station->choices = 0;
	/* What was scanned counts for the next line only. */
	if (input.kind != STATION_SCAN && input.kind != STATION_EMPTY)
		memset(&station->seen, 0, sizeof(station->seen));
	return 1;
}
