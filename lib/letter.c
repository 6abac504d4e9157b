/*
 * Letters: names of states and ways, reading a row, finding the letter that a
 * code means, who wrote and whom it goes to.
 */
#include "lib/letter.h"

#include <stdio.h>
#include <string.h>

#include "lib/handle.h"
#include "lib/gap.h"
#include "lib/lettercode.h"
#include "lib/page.h"
#include "lib/pairing.h"
#include "lib/payload.h"
#include "lib/person.h"
#include "lib/text.h"

static const char *const states[] = {NULL, "unidentified", "received", "held",
    "cleared", "sealed", "returned", "posted", "closed"};
#define NSTATES ((int)(sizeof(states) / sizeof(states[0])))

const char *
mr_letter_state_name(int state)
{
	return state > 0 && state < NSTATES ? states[state] : NULL;
}

int
mr_letter_state_of(const char *name)
{
	for (int i = 1; i < NSTATES; i++)
		if (strcmp(states[i], name) == 0)
			return i;
	return 0;
}

int
mr_letter_may(int from, int to)
{
#define TO(state) (1u << MR_L_##state)
	static const unsigned may[] = {
	    [0] = TO(UNIDENTIFIED) | TO(RECEIVED) | TO(HELD) | TO(CLEARED),
	    [MR_L_UNIDENTIFIED] = TO(RECEIVED) | TO(HELD) | TO(CLOSED),
	    [MR_L_RECEIVED] = TO(CLEARED) | TO(HELD) | TO(CLOSED),
	    [MR_L_HELD] = TO(RECEIVED) | TO(CLEARED) | TO(CLOSED),
	    [MR_L_CLEARED] = TO(SEALED) | TO(HELD) | TO(RECEIVED),
	    [MR_L_SEALED] = TO(POSTED) | TO(CLEARED) | TO(HELD),
	    [MR_L_RETURNED] = TO(CLEARED) | TO(HELD) | TO(CLOSED),
	    [MR_L_POSTED] = TO(RETURNED) | TO(CLEARED),
	    [MR_L_CLOSED] = TO(HELD),
	};
#undef TO
	return from >= 0 && from <= MR_L_CLOSED && (may[from] >> to & 1u);
}

const char *
mr_letter_way_name(int way)
{
	static const char *const names[] = {NULL, "forward", "back", "office"};

	return way > 0 && way < 4 ? names[way] : NULL;
}

const char *
mr_direction_name(int direction)
{
	static const char *const names[] = {
	    "unknown", "to inside", "to outside"};

	return direction >= 0 && direction < 3 ? names[direction] : NULL;
}

static int64_t
or_none(struct sql_stmt *st, int col)
{
	return sql_col_null(st, col) ? -1 : sql_col_int(st, col);
}

static void
read_row(struct sql_stmt *st, struct mr_letter *l)
{
	l->id = sql_col_int(st, 0);
	l->fid = sql_col_int(st, 1);
	l->pairing = sql_col_int(st, 2);
	l->person = sql_col_int(st, 3);
	l->direction = (int)sql_col_int(st, 4);
	l->way = (int)sql_col_int(st, 5);
	l->form = (int)sql_col_int(st, 6);
	l->day = sql_col_int(st, 7);
	l->number = (int)sql_col_int(st, 8);
	l->parent = sql_col_int(st, 9);
	l->state = (int)sql_col_int(st, 10);
	l->reason = (int)sql_col_int(st, 11);
	l->until = sql_col_int(st, 12);
	l->sheets = (int)or_none(st, 13);
	l->marks = (int)sql_col_int(st, 14);
	l->sheet_copy = (int)sql_col_int(st, 15);
	l->envelope_copy = (int)sql_col_int(st, 16);
	l->envelope_address = sql_col_int(st, 17);
	l->envelope_id = sql_col_int(st, 18);
	l->batch = sql_col_int(st, 19);
	l->stamps = (int)or_none(st, 20);
	l->station = (int)sql_col_int(st, 21);
	l->stepped = sql_col_int(st, 22);
	l->version = sql_col_int(st, 23);
	l->event = sql_col_int(st, 24);
}

#define COLUMNS \
	"id, forwarding_id, pairing, person, direction, way, form, day, " \
	"number, parent, state, reason, until, sheets, marks, sheet_copy, " \
	"envelope_copy, envelope_address, envelope_id, batch, stamps, " \
	"station, stepped, version, event "

enum mr_status
mr_letter_load(struct mr_call *c, int64_t id, struct mr_letter *letter)
{
	struct mr_letter found = {0};
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM letter "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st))
		read_row(st, &found);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (found.id == 0)
		return mr_fail(c, MR_NOTFOUND,
		    "there is no such letter here; "
		    "after a restored backup, log it again");
	*letter = found;
	return MR_OK;
}

enum mr_status
mr_letter_in_state(struct mr_call *c, int state, mr_letter_each each, void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_letter letter;
	struct sql_stmt *st;

	/* The condition on the partial index is said twice so that it serves. */
	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM letter "
	    "WHERE number >> 24 = :site AND state = :state AND state < 7 "
	    "ORDER BY id");
	sql_int(st, ":site", c->site->id);
	sql_int(st, ":state", state);
	while (status == MR_OK && sql_row(st)) {
		read_row(st, &letter);
		status = each(c, arg, &letter);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

enum mr_status
mr_letter_strangers(
    struct mr_call *c, int64_t since, mr_letter_each each, void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_letter letter;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM letter "
	    "WHERE number >> 24 = :site AND day >= :since "
	    "AND (number >> 24) <> (id >> 36) "
	    "AND NOT EXISTS (SELECT 1 FROM page WHERE page.id = letter.id) "
	    "ORDER BY day DESC, id DESC");
	sql_int(st, ":site", c->site->id);
	sql_int(st, ":since", since);
	while (status == MR_OK && sql_row(st)) {
		read_row(st, &letter);
		status = each(c, arg, &letter);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

int
mr_letter_here(const struct mr_call *c, const struct mr_letter *letter)
{
	return MR_DAYNO_SITE(letter->number) == c->site->id;
}

const char *
mr_letter_code(struct mr_call *c, int64_t id)
{
	struct mr_symbols code;
	char text[MR_CODE_TEXT];
	const char *copy;

	if (c->keys == NULL ||
	    mr_lettercode_make(c->keys->code, id, &code) != 0)
		return "";
	copy = mr_strdup(c->arena, mr_code_format(&code, text));
	return copy != NULL ? copy : "";
}

const char *
mr_letter_number(struct mr_call *c, int number)
{
	int64_t site = MR_DAYNO_SITE(number);
	char station = (char)MR_DAYNO_STATION(number);
	const char *s;

	if (site == c->site->id)
		return mr_show_id(c, station, MR_DAYNO_COUNT(number));
	s = mr_printf(
	    c->arena, "%c%d.%d", station, (int)site, MR_DAYNO_COUNT(number));
	return s != NULL ? s : "";
}

/* Nothing lies in a tray for longer. */
#define STRANGER_DAYS 1000

/* A day number that is looked for, and the letter that has it. */
struct numbered {
	int number;
	struct mr_letter found;
};

/* One that was keyed in with a page has an id from long before; one that
 * another site logged has one of theirs. */
static enum mr_status
other_id(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct numbered *want = arg;

	if (letter->number != want->number ||
	    (letter->state >= MR_L_POSTED &&
		letter->stepped < c->now - 2 * MR_DAY_US))
		return MR_OK;
	if (want->found.id == 0 || letter->day > want->found.day)
		want->found = *letter;
	return MR_OK;
}

/* The same of another site, whose number a page shows or somebody reads out:
 * what still lies there. */
static enum mr_status
find_there(struct mr_call *c, int number, struct mr_letter *letter)
{
	struct sql_stmt *st;

	/* The plus keeps SQLite from putting the known number into the first
	 * condition, which is what the index answers. */
	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM letter "
	    "WHERE number >> 24 = :site AND +number = :number AND state < 7 "
	    "ORDER BY day DESC, id DESC LIMIT 1");
	sql_int(st, ":site", MR_DAYNO_SITE(number));
	sql_int(st, ":number", number);
	if (sql_row(st))
		read_row(st, letter);
	return sql_done(st);
}

/* The newest letter with that day number: today's, or one still here. */
static enum mr_status
find_here(struct mr_call *c, int number, struct mr_letter *letter)
{
	struct numbered want = {number, {0}};
	struct sql_stmt *st;
	enum mr_status status;
	int64_t newest = 0;

	status = mr_next_id(c, MR_NEWEST("letter"), &newest);
	if (status != MR_OK)
		return status;
	/* A day number is of today or of a letter still in a tray, and both
	 * are among the last few thousand. */
	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM letter "
	    "WHERE id > :low AND id < :end AND number = :number "
	    "AND (state < 7 OR stepped >= :since) "
	    "ORDER BY id DESC LIMIT 1");
	sql_int(st, ":low", mr_gap_back(c, "letter", newest, 20000));
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	sql_int(st, ":number", number);
	sql_int(st, ":since", c->now - 2 * MR_DAY_US);
	if (sql_row(st))
		read_row(st, &want.found);
	status = sql_done(st);
	if (status == MR_OK)
		status = mr_page_letters(c, other_id, &want);
	if (status == MR_OK)
		status = mr_letter_strangers(
		    c, c->today - STRANGER_DAYS, other_id, &want);
	*letter = want.found;
	return status;
}

static enum mr_status
find_number(
    struct mr_call *c, int number, const char *shown, struct mr_letter *letter)
{
	struct mr_letter found = {0};
	enum mr_status status = MR_DAYNO_SITE(number) == c->site->id
	    ? find_here(c, number, &found)
	    : find_there(c, number, &found);

	if (status != MR_OK)
		return status;
	if (found.id == 0)
		return mr_fail(c, MR_NOTFOUND,
		    "no letter of these days has "
		    "the number %s; look at the pencil mark again",
		    shown);
	*letter = found;
	return MR_OK;
}

static enum mr_status
find_code(
    struct mr_call *c, const struct mr_symbols *code, struct mr_letter *letter)
{
	enum mr_status status;
	struct mr_page page;
	int64_t id;

	if (mr_lettercode_id(c->keys->code, code, &id) != 0)
		return mr_fail(c, MR_NOTFOUND,
		    "this is a letter code, but of no letter of this office");
	status = mr_letter_load(c, id, letter);
	if (status == MR_NOTFOUND && mr_page_load(c, id, &page) == MR_OK)
		return mr_fail(c, MR_NOTFOUND,
		    "page %d for a day without power has no letter yet: "
		    "'mailroom letter receive ID --page %s' logs it",
		    page.number, mr_letter_code(c, id));
	return status;
}

static enum mr_status
find_typed(struct mr_call *c, const char *s, struct mr_letter *letter)
{
	struct mr_code_reading reading;
	char sentence[MR_CODE_SENTENCE];

	if (mr_code_read(s, MR_CODE_LETTER, &reading) == MR_READ_OK)
		return find_code(c, &reading.symbols, letter);
	mr_code_say(&reading, sentence, sizeof(sentence));
	return mr_fail(c, MR_INVALID, "%s", sentence);
}

static enum mr_status
find_scan(struct mr_call *c, const struct mr_payload *scan,
    struct mr_letter *letter, struct mr_letter_found *found)
{
	enum mr_status status;
	int newest;

	if (scan->kind == MR_PAYLOAD_REPLY)
		return mr_fail(c, MR_INVALID,
		    "this is a reply label with a forwarding ID; scan the stub "
		    "or the envelope of a letter");
	if (scan->kind != MR_PAYLOAD_STUB && scan->kind != MR_PAYLOAD_ENVELOPE)
		return mr_fail(c, MR_INVALID,
		    "this is a bench card or a badge; scan the stub or the "
		    "envelope of a letter");
	status = find_code(c, &scan->code, letter);
	if (status != MR_OK)
		return status;
	found->by = scan->kind == MR_PAYLOAD_STUB ? MR_BY_STUB : MR_BY_ENVELOPE;
	found->copy = scan->copy;
	newest = found->by == MR_BY_STUB ? letter->sheet_copy
					 : letter->envelope_copy;
	found->superseded = scan->copy != newest % 19;
	return MR_OK;
}

enum mr_status
mr_letter_find(struct mr_call *c, struct mr_typed typed,
    struct mr_letter *letter, struct mr_letter_found *found)
{
	struct mr_letter_found ignored;
	struct mr_payload scan;
	int number;

	if (found == NULL)
		found = &ignored;
	*found = (struct mr_letter_found){MR_BY_CODE, 0, 0};
	if (c->keys == NULL)
		return mr_fail(c, MR_BUG, "the office keys are not loaded");
	if (mr_dayno_read(typed.s, c->site->id, &number)) {
		found->by = MR_BY_NUMBER;
		return find_number(c, number, typed.s, letter);
	}
	switch (mr_payload_read(c->keys->tag, typed.s, &scan)) {
	case MR_PAYLOAD_OK:
		return find_scan(c, &scan, letter, found);
	case MR_PAYLOAD_BADTAG:
		return mr_fail(
		    c, MR_NOTFOUND, "%s", mr_payload_say(MR_PAYLOAD_BADTAG));
	case MR_PAYLOAD_LAYOUT:
		return mr_fail(
		    c, MR_INVALID, "%s", mr_payload_say(MR_PAYLOAD_LAYOUT));
	case MR_PAYLOAD_FOREIGN:
		break; /* no scan of ours: perhaps a code that was typed */
	}
	return find_typed(c, typed.s, letter);
}

enum mr_status
mr_letter_parties(struct mr_call *c, const struct mr_letter *letter,
    int64_t *from, int64_t *to)
{
	struct mr_pairing pairing;
	enum mr_status status;
	int64_t writer, reader;

	*from = letter->way == MR_OFFICE ? 0 : letter->person;
	*to = letter->way == MR_OFFICE || letter->way == MR_BACK
	    ? letter->person
	    : 0;
	if (letter->pairing == 0 || letter->way == MR_OFFICE)
		return MR_OK;
	status = mr_pairing_load(c, letter->pairing, &pairing);
	if (status != MR_OK)
		return status;
	/* direction says where the writer sent it, whichever way it goes. */
	writer = letter->direction == MR_TO_INSIDE ? pairing.outside
						   : pairing.inside;
	reader = letter->direction == MR_TO_INSIDE ? pairing.inside
						   : pairing.outside;
	*from = writer;
	*to = letter->way == MR_BACK ? writer : reader;
	return MR_OK;
}
