/*
 * Importing pairings: outside_ref, inside_ref and the day of opening.  The two
 * refs are the key; the frame is in import.c.
 */
#include <stddef.h>

#include "lib/import.h"
#include "lib/pairing.h"
#include "lib/person.h"
#include "lib/tongue.h"
#include "lib/when.h"

enum { OUTSIDE, INSIDE, OPENED };

static const struct mr_csv_column columns[] = {
    [OUTSIDE] = {"outside_ref", 1},
    [INSIDE] = {"inside_ref", 1},
    [OPENED] = {"opened", 1},
};

/* How many places somebody has taken, earlier rows of the file included:
 * a dry run does not store those. */
struct taken {
	int64_t person, n;
};

struct work {
	struct mr_register *reg;
	struct taken *taken;
	size_t mask;
	int over_slots;
};

/* One row, read. */
struct entry {
	struct mr_correspondent outside, inside;
	int64_t opened;
};

static enum mr_status
find_person(struct mr_import *import, struct mr_call *c,
    const struct mr_csv_row *row, int column, struct mr_correspondent *person)
{
	struct mr_person ref = {row->field[column]};
	enum mr_status status;

	if (ref.s == NULL || *ref.s == '\0') {
		mr_import_fault(import, column, "a ref is missing");
		return MR_NOTFOUND;
	}
	status = mr_pairing_person(
	    c, ref, column == OUTSIDE ? MR_OUTSIDE : MR_INSIDE, person);
	if (status == MR_NOTFOUND)
		mr_import_fault(import, column,
		    "no correspondent has this ref; import the correspondents "
		    "first");
	else if (status == MR_INVALID)
		mr_import_fault(import, column, c->error->message);
	return status;
}

/* A fault that was told is MR_INVALID here and goes no further. */
static enum mr_status
read_day(struct mr_import *import, struct mr_call *c,
    const struct mr_csv_row *row, int64_t *day)
{
	const char *text = row->field[OPENED];
	const char *fault = text == NULL
	    ? MR_SAID("write a day such as 2026-11-23")
	    : mr_day_parse(text, day);

	if (fault == NULL && *day > c->today)
		fault = MR_SAID("that day is still to come");
	if (fault == NULL)
		return MR_OK;
	mr_import_fault(import, OPENED, fault);
	return MR_INVALID;
}

static enum mr_status
worse(enum mr_status a, enum mr_status b)
{
	int a_is_fault = a == MR_OK || a == MR_NOTFOUND || a == MR_INVALID;

	return a_is_fault && b != MR_OK ? b : a;
}

/* All three fields, so that one look shows all faults of a row. */
static enum mr_status
read_row(struct mr_import *import, struct mr_call *c,
    const struct mr_csv_row *row, struct entry *entry)
{
	enum mr_status a, b, day;

	a = find_person(import, c, row, OUTSIDE, &entry->outside);
	b = find_person(import, c, row, INSIDE, &entry->inside);
	day = read_day(import, c, row, &entry->opened);
	return worse(worse(a, b), day);
}

static enum mr_status
check_twice(
    struct mr_import *import, struct mr_call *c, const struct entry *entry)
{
	const char *key = mr_printf(c->arena, "%lld %lld",
	    (long long)entry->outside.id, (long long)entry->inside.id);
	const char *sentence;
	size_t line;

	if (key == NULL)
		return mr_nomem(c);
	line = mr_import_seen(import, OUTSIDE, key);
	if (line == 0)
		return MR_OK;
	sentence = mr_printf(c->arena,
	    mr_say(
		"the same two are on line %zu already; keep one of the rows"),
	    line);
	mr_import_fault(import, -1, sentence != NULL ? sentence : "twice");
	return MR_INVALID;
}

/* The entry of a person; filled from the database at first sight. */
static enum mr_status
find_taken(
    struct mr_call *c, struct work *work, int64_t person, struct taken **out)
{
	enum mr_status status = MR_OK;
	struct taken *taken;

	for (size_t at = (size_t)person * 2654435761u;; at++) {
		taken = &work->taken[at & work->mask];
		if (taken->person == 0 || taken->person == person)
			break;
	}
	if (taken->person == 0) {
		status = mr_person_pairings(c, person, &taken->n);
		taken->person = person;
	}
	*out = taken;
	return status;
}

static enum mr_status
take_place(struct mr_import *import, struct mr_call *c,
    const struct mr_correspondent *person, int column)
{
	struct work *work = mr_import_arg(import);
	struct taken *taken;
	enum mr_status status;

	status = mr_pairing_takes_part(c, person);
	if (status == MR_OK)
		status = find_taken(c, work, person->id, &taken);
	if (status == MR_OK && !work->over_slots && taken->n >= person->slots)
		status = mr_pairing_full(c, person, taken->n);
	if (status == MR_OK)
		taken->n++;
	if (status == MR_REFUSED)
		mr_import_fault(import, column, c->error->message);
	return status;
}

static enum mr_status
add(struct mr_import *import, struct mr_call *c, const struct entry *entry)
{
	struct work *work = mr_import_arg(import);
	enum mr_status a, b;
	int64_t id;

	a = take_place(import, c, &entry->outside, OUTSIDE);
	b = take_place(import, c, &entry->inside, INSIDE);
	if (a != MR_OK || b != MR_OK)
		return a != MR_OK && a != MR_REFUSED ? a : b != MR_OK ? b : a;
	if (mr_import_only(import))
		return MR_OK;
	return mr_pairing_add(c, work->reg, entry->outside.id, entry->inside.id,
	    (int)entry->opened, &id);
}

/* Did these two have a pairing, opened that day or later, that has ended? */
static enum mr_status
has_ended(struct mr_call *c, const struct entry *entry, int *ended)
{
	int64_t id = 0;
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT id FROM pairing "
	    "WHERE outside = :outside AND inside = :inside "
	    "AND opened >= :opened "
	    "LIMIT 1");
	sql_int(st, ":outside", entry->outside.id);
	sql_int(st, ":inside", entry->inside.id);
	sql_int(st, ":opened", entry->opened);
	status = sql_done_int(st, &id);
	*ended = id != 0;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
correct(struct mr_import *import, struct mr_call *c,
    const struct mr_pairing *known, const struct entry *entry)
{
	char was[MR_WHEN_SIZE], now[MR_WHEN_SIZE];

	mr_import_differs(import, OPENED, mr_day_iso(known->opened, was),
	    mr_day_iso(entry->opened, now));
	if (mr_import_only(import))
		return MR_OK;
	return mr_pairing_redate(c, known, (int)entry->opened);
}

/* Compare with what there is: the same, another day, or new. */
static enum mr_status
compare(struct mr_import *import, struct mr_call *c, const struct entry *entry,
    enum mr_import_row *result)
{
	struct mr_pairing known;
	enum mr_status status;
	int ended = 0;

	status =
	    mr_pairing_between(c, entry->outside.id, entry->inside.id, &known);
	if (status == MR_OK) {
		*result = known.opened == entry->opened ? MR_ROW_SAME
							: MR_ROW_CHANGED;
		if (*result == MR_ROW_SAME)
			return MR_OK;
		return correct(import, c, &known, entry);
	}
	if (status == MR_NOTFOUND)
		status = has_ended(c, entry, &ended);
	if (status != MR_OK)
		return status;
	*result = ended ? MR_ROW_SAME : MR_ROW_ADDED;
	return ended ? MR_OK : add(import, c, entry);
}

static enum mr_status
one_row(struct mr_import *import, struct mr_call *c,
    const struct mr_csv_row *row, enum mr_import_row *result)
{
	struct entry entry;
	enum mr_status status = read_row(import, c, row, &entry);

	if (status == MR_OK)
		status = check_twice(import, c, &entry);
	if (status == MR_OK)
		status = compare(import, c, &entry, result);
	/* These were told as faults of the row, each with its column. */
	if (status == MR_NOTFOUND || status == MR_INVALID ||
	    status == MR_REFUSED)
		return MR_OK;
	return status;
}

/* All memory for the rows is taken now: the frame gives back what a row
 * takes. */
static enum mr_status
prepare(
    struct mr_call *c, const struct mr_pairing_import *in, struct work *work)
{
	size_t lines = 1, size = 16;
	enum mr_status status;

	for (size_t i = 0; i < in->file.len; i++)
		lines += in->file.bytes[i] == '\n' || in->file.bytes[i] == '\r';
	if (lines > MR_IMPORT_ROWS)
		lines = MR_IMPORT_ROWS;
	while (size < 4 * lines)
		size *= 2;
	work->mask = size - 1;
	work->over_slots = in->over_slots;
	work->taken = mr_alloc(c->arena, size * sizeof(*work->taken));
	if (work->taken == NULL)
		return mr_nomem(c);
	if (in->dry_run)
		return MR_OK;
	status = mr_register_load(c, &work->reg);
	if (status == MR_OK)
		status = mr_register_room(c, work->reg, 2 * lines);
	return status;
}

enum mr_status
mr_pairing_import(struct mr_call *c, const struct mr_pairing_import *in)
{
	struct work work = {0};
	const struct mr_import_kind kind = {
	    .what = "pairings",
	    .columns = columns,
	    .ncolumns = sizeof(columns) / sizeof(columns[0]),
	    .key = OUTSIDE,
	    .row = one_row,
	    .arg = &work,
	};
	enum mr_status status = prepare(c, in, &work);

	if (status == MR_OK)
		status = mr_import_run(c, &kind, in->file, in->dry_run);
	if (status == MR_OK && !in->dry_run)
		status = mr_register_save(c, work.reg);
	return status;
}
