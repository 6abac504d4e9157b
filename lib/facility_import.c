/*
 * One row of the list of facilities: check it, compare it with what is known,
 * store it.  The frame is import.c.
 */
#include "lib/facility_import.h"

#include <string.h>
#include <strings.h>

#include "lib/facility.h"
#include "lib/import.h"
#include "lib/place.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/when.h"

enum column {
	CODE,
	NAME,
	KIND,
	SECURITY,
	GENDER,
	HAS_CAMP,
	STREET,
	CITY,
	STATE,
	ZIP,
	POPULATION,
	NCOLUMNS
};

static const struct mr_csv_column columns[NCOLUMNS] = {
    [CODE] = {"code", 1},
    [NAME] = {"name", 1},
    [KIND] = {"kind", 1},
    [SECURITY] = {"security", 1},
    [GENDER] = {"gender", 0},
    [HAS_CAMP] = {"has_camp", 0},
    [STREET] = {"street", 1},
    [CITY] = {"city", 1},
    [STATE] = {"state", 1},
    [ZIP] = {"zip", 1},
    [POPULATION] = {"population", 0},
};

/* A row, trimmed, and its values that are not text. */
struct row {
	const char *text[NCOLUMNS]; /* "" where the file has none */
	int given[NCOLUMNS];        /* has the file that column? */
	int has_camp;
	int64_t population;
};

static int
is_code(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

	return n >= 1 && n <= 16 && s[n] == '\0';
}

static void
check_texts(struct mr_import *import, const struct row *row)
{
	for (int i = 0; i < NCOLUMNS; i++) {
		if (columns[i].required && row->text[i][0] == '\0')
			mr_import_fault(import, i, "this must not be empty");
		else if (mr_text_width(row->text[i], strlen(row->text[i])) >
		    100)
			mr_import_fault(
			    import, i, "at most 100 characters fit");
		else if (mr_text_check(
			     row->text[i], strlen(row->text[i]), 0, NULL) != 0)
			mr_import_fault(import, i,
			    "a line end or control character stands here; "
			    "write it on one line");
	}
}

static void
check(struct mr_import *import, struct row *row)
{
	const char *camp = row->text[HAS_CAMP];

	check_texts(import, row);
	if (row->text[CODE][0] != '\0' && !is_code(row->text[CODE]))
		mr_import_fault(import, CODE,
		    "a code is 1 to 16 letters, digits and hyphens");
	if (row->text[STATE][0] != '\0' && !mr_place_is_state(row->text[STATE]))
		mr_import_fault(import, STATE, MR_STATE_WANTS);
	if (row->text[ZIP][0] != '\0' && !mr_place_is_zip(row->text[ZIP]))
		mr_import_fault(import, ZIP, MR_ZIP_WANTS);
	row->has_camp = strcasecmp(camp, "yes") == 0;
	if (!row->has_camp && camp[0] != '\0' && strcasecmp(camp, "no") != 0)
		mr_import_fault(import, HAS_CAMP, "write yes or no");
	row->population = -1;
	if (row->text[POPULATION][0] != '\0' &&
	    mr_text_integer(row->text[POPULATION], 0, 1000000,
		&row->population) != MR_NUMBER_OK)
		mr_import_fault(import, POPULATION,
		    "a population is a whole number from 0 to 1000000, or "
		    "nothing");
}

static void
check_seen(struct mr_import *import, struct mr_call *c, const struct row *row)
{
	size_t line = mr_import_seen(import, CODE, row->text[CODE]);
	const char *s;

	if (line == 0)
		return;
	s = mr_printf(c->arena,
	    mr_say("line %zu has the same code; keep one of them"), line);
	if (s != NULL)
		mr_import_fault(import, CODE, s);
}

/* Nobody lives in an office; a halfway house takes no mail through us. */
static int
status_of(const struct row *row)
{
	if (strcasecmp(row->text[KIND], "Residential Reentry Office") == 0 ||
	    strcasecmp(row->text[KIND], "Central Office") == 0)
		return MR_FACILITY_NO_MAIL;
	return MR_FACILITY_TAKES_MAIL;
}

/* Take over what differs, telling each.  How many. */
static int
compare(struct mr_import *import, struct mr_call *c, struct mr_facility *f,
    const struct row *row)
{
	const char **known[NCOLUMNS] = {[NAME] = &f->name,
	    [KIND] = &f->kind,
	    [SECURITY] = &f->security,
	    [GENDER] = &f->gender,
	    [STREET] = &f->street,
	    [CITY] = &f->city,
	    [STATE] = &f->state,
	    [ZIP] = &f->zip};
	int n = 0;

	for (int i = 0; i < NCOLUMNS; i++) {
		if (known[i] == NULL || !row->given[i] ||
		    strcmp(*known[i], row->text[i]) == 0)
			continue;
		mr_import_differs(import, i, *known[i], row->text[i]);
		*known[i] = row->text[i];
		n++;
	}
	if (row->given[HAS_CAMP] && f->has_camp != row->has_camp) {
		mr_import_differs(import, HAS_CAMP, f->has_camp ? "yes" : "no",
		    row->text[HAS_CAMP]);
		f->has_camp = row->has_camp;
		n++;
	}
	if (row->given[POPULATION] && f->population != row->population) {
		mr_import_differs(import, POPULATION,
		    f->population < 0
			? ""
			: mr_printf(c->arena, "%lld", (long long)f->population),
		    row->text[POPULATION]);
		f->population = row->population;
		n++;
	}
	return n;
}

static struct mr_facility
as_new(const struct row *row)
{
	return (struct mr_facility){
	    .code = row->text[CODE],
	    .name = row->text[NAME],
	    .kind = row->text[KIND],
	    .security = row->text[SECURITY],
	    .gender = row->text[GENDER],
	    .has_camp = row->has_camp,
	    .street = row->text[STREET],
	    .city = row->text[CITY],
	    .state = row->text[STATE],
	    .zip = row->text[ZIP],
	    .population = row->population,
	    .source = "imported list",
	    .status = status_of(row),
	};
}

static enum mr_status
store(struct mr_import *import, struct mr_call *c, int64_t id,
    const struct row *row, enum mr_import_row *result)
{
	const struct mr_facility_import *in = mr_import_arg(import);
	struct mr_facility f = as_new(row);
	enum mr_status status = MR_OK;
	int changes;

	if (id != 0)
		status = mr_facility_load(c, id, &f);
	if (status != MR_OK)
		return status;
	if (id != 0) {
		changes = compare(import, c, &f, row);
		changes +=
		    in->source != NULL && strcmp(in->source, f.source) != 0;
		changes += in->checked.given && in->checked.day != f.checked;
		*result = changes > 0 ? MR_ROW_CHANGED : MR_ROW_SAME;
	} else {
		changes = 1;
		*result = MR_ROW_ADDED;
	}
	if (changes == 0 || mr_import_only(import))
		return MR_OK;
	if (in->source != NULL)
		f.source = in->source;
	f.checked = (int)(in->checked.given ? in->checked.day : c->today);
	return mr_facility_store(c, &f);
}

static enum mr_status
one_row(struct mr_import *import, struct mr_call *c,
    const struct mr_csv_row *csv, enum mr_import_row *result)
{
	struct row row;
	enum mr_status status;
	int64_t id = 0;

	for (int i = 0; i < NCOLUMNS; i++) {
		const char *s = csv->field[i] != NULL ? csv->field[i] : "";

		row.given[i] = csv->field[i] != NULL;
		/* Trimming would hide a line end; checking comes later. */
		row.text[i] = mr_text_check(s, strlen(s), 0, NULL) == 0
		    ? mr_text_trim(c->arena, s)
		    : mr_strdup(c->arena, s);
	}
	row.text[CODE] = mr_place_upper(c->arena, row.text[CODE]);
	row.text[STATE] = mr_place_upper(c->arena, row.text[STATE]);
	if (mr_arena_failed(c->arena))
		return mr_nomem(c);
	check(import, &row);
	check_seen(import, c, &row);
	if (!is_code(row.text[CODE]))
		return MR_OK;
	status = mr_facility_by_code(c, row.text[CODE], &id);
	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	return store(import, c, id, &row, result);
}

enum mr_status
mr_facility_import(struct mr_call *c, const struct mr_facility_import *in)
{
	struct mr_facility_import copy = *in;
	const struct mr_import_kind kind = {
	    .what = "facilities",
	    .columns = columns,
	    .ncolumns = NCOLUMNS,
	    .key = CODE,
	    .row = one_row,
	    .arg = &copy,
	};

	return mr_import_run(c, &kind, in->file, in->dry_run);
}
