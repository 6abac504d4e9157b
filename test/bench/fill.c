/* An office that has run for years.  See fill.h. */
#include "test/bench/fill.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/fid.h"
#include "lib/letter.h"
#include "lib/when.h"

#define ROW 200     /* bytes of a line of a file, at most */
#define GROUP 20000 /* letters in a transaction */
#define A_DAY 1000  /* letters */

static char *
new_file(struct bench_office *o, size_t lines)
{
	char *csv = malloc(lines * ROW);

	if (csv == NULL)
		bench_stop("memory ran out");
	o->csv = csv;
	return csv;
}

static void
import(
    struct bench_office *o, const char *op, char *csv, const char *end, int n)
{
	char want[32];
	double start = bench_now();

	o->csv_len = (size_t)(end - csv);
	snprintf(want, sizeof(want), "\"added\":%d,", n);
	bench_did(o, want, op, "file", "file.csv", NULL);
	if (n >= 1000) {
		char name[64];

		snprintf(name, sizeof(name), "%s, %d rows", op, n);
		bench_limit(name, n / (bench_now() - start), "/s", 0);
	}
	free(csv);
}

static void
places(struct bench_office *o)
{
	char *csv = new_file(o, FILL_PLACES + 1), *at = csv;

	at += sprintf(at,
	    "code,name,kind,security,gender,has_camp,street,"
	    "city,state,zip,population\n");
	for (int i = 0; i < FILL_PLACES; i++)
		at += sprintf(at,
		    "B%02d,FCI Benchfield %d,Federal "
		    "Correctional Institution,Low,female,no,P.O. Box %d,"
		    "Benchfield,AL,%05d,1200\n",
		    i, i, 4000 + i, 35000 + i);
	import(o, "facility import", csv, at, FILL_PLACES);
}

static void
people(struct bench_office *o, int n)
{
	char *csv = new_file(o, (size_t)n + 1), *at = csv;

	at += sprintf(at,
	    "ref,kind,pen_name,legal_name,register_number,"
	    "facility,street,unit,city,state,zip,country,language,interests,"
	    "about,slots\n");
	for (int i = 0; i < n / 2; i++) {
		at += sprintf(at,
		    "O-%05d,outside,Wren %c.,Amara Quillfeather,"
		    ",,%d Foundry Ct,,Osseo Lake,MN,56613,US,en,drawing,,"
		    "99\n",
		    i, 'A' + i % 26, 100 + i);
		at += sprintf(at,
		    "I-%05d,inside,Maria %c.,Elena Ostrander,"
		    "%05d-999,B%02d,,,,,,,en,chess,,99\n",
		    i, 'A' + i % 26, 10000 + i, i % FILL_PLACES);
	}
	import(o, "correspondent import", csv, at, n);
}

void
fill_people(struct bench_office *o, int n)
{
	o->now = BENCH_NOW - (BENCH_BACK - 1) * BENCH_DAY_US;
	places(o);
	people(o, n);
}

void
fill_pairings(struct bench_office *o, int n)
{
	char *csv = new_file(o, (size_t)n / 2 + 1), *at = csv;

	at += sprintf(at, "outside_ref,inside_ref,opened\n");
	for (int i = 0; i < n / 2; i++)
		at += sprintf(at, "O-%05d,I-%05d,2023-11-20\n", i, i);
	import(o, "pairing import", csv, at, n / 2);
}

void
fill_ids(struct bench_office *o, struct fill *fill, int n)
{
	struct mr_call *c = mr_call_start(o->mr, o->now, &o->error);
	struct fill_id *to;
	struct sql_stmt *st;

	memset(fill, 0, sizeof(*fill));
	fill->seed = 0x9E3779B97F4A7C15u;
	fill->ids = calloc((size_t)n, sizeof(*fill->ids));
	if (fill->ids == NULL)
		bench_stop("memory ran out");
	st = sql_prepare(c,
	    SQL_SCAN "SELECT f.id, f.pairing, f.writer = p.outside, f.code "
		     "FROM forwarding_id f JOIN pairing p ON p.id = f.pairing "
		     "WHERE f.status = 1 ORDER BY f.id");
	while (fill->nids < n && sql_row(st)) {
		to = &fill->ids[fill->nids++];
		to->id = sql_col_int(st, 0);
		to->pairing = sql_col_int(st, 1);
		to->direction =
		    sql_col_int(st, 2) ? MR_TO_INSIDE : MR_TO_OUTSIDE;
		snprintf(to->text, sizeof(to->text), "%s",
		    mr_fid_show_code(c, sql_col_int(st, 3)));
	}
	if (sql_done(st) != MR_OK)
		bench_stop("%s", o->error.message);
	mr_call_end(c);
	if (fill->nids != n)
		bench_stop("%d IDs for %d people", fill->nids, n);
}

void
fill_free(struct fill *fill)
{
	free(fill->ids);
}

const struct fill_id *
fill_any(struct fill *fill)
{
	uint64_t x = fill->seed;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	fill->seed = x;
	return &fill->ids[(x >> 11) % (uint64_t)fill->nids];
}

/* The n-th letter of the office. */
static enum mr_status
one(struct mr_call *c, struct fill *fill)
{
	const int64_t start = BENCH_NOW - (BENCH_BACK - 2) * BENCH_DAY_US;
	const struct fill_id *id = fill_any(fill);
	struct mr_letter letter = {.fid = id->id,
	    .pairing = id->pairing,
	    .direction = id->direction,
	    .way = MR_FORWARD,
	    .state = MR_L_POSTED,
	    .sheets = 3,
	    .stamps = 1,
	    .sheet_copy = 1};

	c->now = start + fill->letters * (BENCH_DAY_US / A_DAY);
	c->today = mr_day_of(c->now);
	letter.day = c->today;
	fill->letters++;
	return mr_letter_insert(c, &letter);
}

static void
group(struct bench_office *o, struct fill *fill, int64_t n)
{
	struct mr_call *c = mr_call_start(o->mr, 1, &o->error);
	enum mr_status status = mr_begin(c, 1);

	if (status == MR_OK) {
		while (n-- > 0 && status == MR_OK) {
			struct mr_mark mark = mr_mark(c->arena);

			status = one(c, fill);
			mr_release(c->arena, mark);
		}
		status = mr_end(c, status);
	}
	if (status != MR_OK)
		bench_stop("%s", o->error.message);
	mr_call_end(c);
}

void
fill_letters(struct bench_office *o, struct fill *fill, int64_t upto)
{
	bench_tell("writing letters");
	while (fill->letters < upto) {
		int64_t n = upto - fill->letters;

		group(o, fill, n < GROUP ? n : GROUP);
	}
}
