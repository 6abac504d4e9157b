/*
 * One row of the roster: check it, compare it with the opened record, store
 * it.  The frame is import.c, the fields are profile.h.
 */
#include "lib/roster_import.h"

#include <string.h>

#include "lib/facility.h"
#include "lib/import.h"
#include "lib/person.h"
#include "lib/profile.h"
#include "lib/sealed.h"
#include "lib/text.h"
#include "lib/tongue.h"

static const struct mr_csv_column columns[MR_P_FIELDS] = {
#define X(field, name, sealed, required) {#name, required},
    MR_PROFILE_FIELDS(X)
#undef X
};

/* A row at work. */
struct row {
	struct mr_import *import;
	int from_day;
	int64_t person; /* 0: new */
	struct mr_profile is, shall;
	int faulty;
};

static void
tell(void *arg, int field, const char *sentence)
{
	struct row *row = arg;

	row->faulty = 1;
	mr_import_fault(row->import, field, sentence);
}

/* Twice in one file: whichever came second is the fault. */
static void
check_seen(struct row *row, struct mr_call *c, int field)
{
	const char *text = row->shall.field[field], *sentence;
	size_t line;

	if (text[0] == '\0')
		return;
	line = mr_import_seen(row->import, field, text);
	if (line == 0)
		return;
	sentence = mr_printf(c->arena,
	    mr_say("line %zu has the same %s; keep one of them"), line,
	    field == MR_P_REF ? mr_say("ref") : mr_say("register number"));
	if (sentence != NULL)
		tell(row, field, sentence);
}

static enum mr_status
check_facility(struct row *row, struct mr_call *c)
{
	const char *code = row->shall.field[MR_P_FACILITY];
	enum mr_status status;
	int64_t id;

	if (code[0] == '\0')
		return MR_OK;
	status = mr_facility_by_code(c, code, &id);
	if (status != MR_NOTFOUND)
		return status;
	/* The value is not named: where columns slipped it is a name. */
	tell(row, MR_P_FACILITY,
	    "there is no facility of this code; 'mailroom facility list' "
	    "shows the codes");
	return MR_OK;
}

/* Whose row is it?  What the file does not tell stays as it is. */
static enum mr_status
load(struct row *row, struct mr_call *c)
{
	const char *ref = mr_text_trim(c->arena, row->shall.field[MR_P_REF]);
	enum mr_status status;

	if (ref == NULL)
		return mr_nomem(c);
	row->person = 0;
	status = mr_person_find(c, (struct mr_person){ref}, &row->person);
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status == MR_OK)
		status =
		    mr_profile_load(c, row->person, row->from_day, &row->is);
	for (int i = 0; status == MR_OK && i < MR_P_FIELDS; i++)
		if (row->shall.field[i] == NULL)
			row->shall.field[i] = row->is.field[i];
	return status;
}

static enum mr_status
check(struct row *row, struct mr_call *c)
{
	const struct mr_profile_faults faults = {tell, row};
	enum mr_status status;

	if (mr_profile_check(c, &row->shall, &faults) < 0)
		return mr_nomem(c);
	if (row->shall.field[MR_P_REF][0] == '\0')
		tell(row, MR_P_REF,
		    "a roster needs the office's own number for everybody");
	check_seen(row, c, MR_P_REF);
	if (!row->faulty)
		check_seen(row, c, MR_P_REGISTER_NUMBER);
	status = check_facility(row, c);
	if (status == MR_OK && !row->faulty)
		status = mr_profile_conflict(c, row->person, &row->shall);
	return status;
}

static void
tell_differences(struct row *row, unsigned bits)
{
	for (int i = 0; i < MR_P_FIELDS; i++) {
		if (!(bits & 1u << i))
			continue;
		if (mr_profile_sealed(i))
			mr_import_differs(row->import, i, NULL, NULL);
		else
			mr_import_differs(row->import, i, row->is.field[i],
			    row->shall.field[i]);
	}
}

static enum mr_status
store(struct row *row, struct mr_call *c, enum mr_import_row *result)
{
	unsigned bits;

	if (row->person == 0) {
		*result = MR_ROW_ADDED;
		if (mr_import_only(row->import))
			return MR_OK;
		return mr_profile_add(
		    c, &row->shall, row->from_day, &row->person);
	}
	bits = mr_profile_differs(&row->is, &row->shall);
	if (bits == 0)
		return MR_OK;
	*result = MR_ROW_CHANGED;
	tell_differences(row, bits);
	if (bits & 1u << MR_P_KIND)
		tell(row, MR_P_KIND,
		    "nobody changes sides; close the old record and give the "
		    "person a new ref");
	if (mr_import_only(row->import))
		return MR_OK;
	return mr_profile_change(
	    c, row->person, &row->is, &row->shall, row->from_day);
}

static enum mr_status
one_row(struct mr_import *import, struct mr_call *c,
    const struct mr_csv_row *csv, enum mr_import_row *result)
{
	const struct mr_roster_import *in = mr_import_arg(import);
	struct row row = {.import = import,
	    .from_day = (int)(in->from.given ? in->from.day : c->today)};
	enum mr_status status;

	for (int i = 0; i < MR_P_FIELDS; i++)
		row.shall.field[i] = csv->field[i];
	status = load(&row, c);
	if (status == MR_OK)
		status = check(&row, c);
	if (status == MR_OK && !row.faulty)
		status = store(&row, c, result);
	return status;
}

enum mr_status
mr_roster_import(struct mr_call *c, const struct mr_roster_import *in)
{
	struct mr_roster_import copy = *in;
	const struct mr_import_kind kind = {
	    .what = "correspondents",
	    .columns = columns,
	    .ncolumns = MR_P_FIELDS,
	    .key = MR_P_REF,
	    .row = one_row,
	    .arg = &copy,
	};
	enum mr_status status = MR_OK;

	if (in->from.given && in->from.day < 0)
		return mr_fail(c, MR_INVALID,
		    "from: addresses cannot count from before 1970");
	/* Numbers that wait to be indexed could hide somebody known. */
	if (!in->dry_run)
		status = mr_blind_catch_up(c);
	if (status == MR_OK)
		status = mr_import_run(c, &kind, in->file, in->dry_run);
	return status;
}
