/* Counters and their gaps.  See gap.h. */
#include "lib/gap.h"

#include <string.h>

#include "lib/handle.h"
#include "lib/page.h"

#define NUMBERS "number" /* the name that day numbers go by */

static const struct mr_gap *
find(const struct mr_call *c, const char *table)
{
	const struct mr_gaps *gaps = &c->mr->gaps;

	for (int i = 0; i < gaps->n; i++)
		if (strcmp(gaps->at[i].name, table) == 0)
			return &gaps->at[i];
	return NULL;
}

int64_t
mr_gap_after(const struct mr_call *c, const char *table)
{
	const struct mr_gap *gap = find(c, table);

	return gap != NULL ? gap->after : -1;
}

int64_t
mr_gap_skipped(const struct mr_call *c, const char *table)
{
	const struct mr_gap *gap = find(c, table);

	return gap != NULL ? gap->skipped : 0;
}

int64_t
mr_gap_back(
    const struct mr_call *c, const char *table, int64_t id, int64_t rows)
{
	const struct mr_gap *gap = find(c, table);
	int64_t back = id - rows;

	if (gap != NULL && back < gap->upto)
		back -= gap->upto - gap->after;
	return back;
}

int
mr_gap_number(const struct mr_call *c, int64_t day)
{
	const struct mr_gaps *gaps = &c->mr->gaps;

	return gaps->day == (c->site->id << MR_SITE_SHIFT | day) ? gaps->number
								 : 0;
}

enum mr_status
mr_next_id(struct mr_call *c, const char *table, const char *select_newest,
    int64_t *id)
{
	int64_t start = c->site->id << MR_SITE_SHIFT, newest = start;
	struct sql_stmt *st = sql_prepare(c, select_newest);
	const struct mr_gap *gap;
	enum mr_status status;

	sql_int(st, ":start", start);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	status = sql_done_int(st, &newest);
	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	gap = find(c, table);
	if (gap != NULL && newest < gap->upto)
		newest = gap->upto;
	*id = newest + 1;
	return MR_OK;
}

/* One row into what the handle knows; the newest of a name comes last. */
static void
take(struct mr_gaps *gaps, const char *name, int64_t after, int64_t upto)
{
	struct mr_gap *gap = gaps->n > 0 ? &gaps->at[gaps->n - 1] : NULL;

	if (name == NULL || strlen(name) >= sizeof(gap->name))
		return;
	if (strcmp(name, NUMBERS) == 0) {
		gaps->day = after;
		gaps->number = (int)upto;
		return;
	}
	if (gap == NULL || strcmp(gap->name, name) != 0) {
		if (gaps->n == MR_GAPS)
			return;
		gap = &gaps->at[gaps->n++];
		strcpy(gap->name, name);
	}
	gap->after = after;
	gap->upto = upto;
	gap->skipped += upto - after;
}

enum mr_status
mr_gaps_load(struct mr_call *c)
{
	struct mr_gaps *gaps = &c->mr->gaps;
	struct sql_stmt *st;

	memset(gaps, 0, sizeof(*gaps));
	/* A few rows, of restores. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT name, after, upto FROM gap "
		     "WHERE after >= :low AND after < :end "
		     "ORDER BY name, after");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	while (sql_row(st))
		take(gaps, sql_col_text(st, 0), sql_col_int(st, 1),
		    sql_col_int(st, 2));
	return sql_done(st);
}

static enum mr_status
insert(struct mr_call *c, const char *name, int64_t after, int64_t upto)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO gap (name, after, upto) "
	    "VALUES (:name, :after, :upto) "
	    "ON CONFLICT (name, after) DO UPDATE SET upto = excluded.upto");
	sql_text(st, ":name", name);
	sql_int(st, ":after", after);
	sql_int(st, ":upto", upto);
	return sql_done(st);
}

/* Letters that the backup knows of today go on above it, too. */
static enum mr_status
raise_numbers(struct mr_call *c)
{
	struct sql_stmt *st;
	enum mr_status status;

	status = insert(c, NUMBERS, c->site->id << MR_SITE_SHIFT | c->today,
	    MR_GAP_NUMBERS);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE station SET count = :count "
	    "WHERE id >= :low AND id < :end AND day = :day "
	    "AND count < :count");
	sql_int(st, ":count", MR_GAP_NUMBERS);
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	sql_int(st, ":day", c->today);
	return sql_done(st);
}

enum mr_status
mr_gaps_make(struct mr_call *c, int64_t letters, int64_t *width)
{
	static const struct {
		const char *table, *newest;
	} counters[] = {
	    {MR_NEWEST_LETTER},
	    {MR_NEWEST("users")},
	    {MR_NEWEST("facility")},
	    {MR_NEWEST("facility_rule")},
	    {MR_NEWEST("correspondent")},
	    {MR_NEWEST("address")},
	    {MR_NEWEST("sealed")},
	    {MR_NEWEST("pairing")},
	    {MR_NEWEST("forwarding_id")},
	    {MR_NEWEST("batch")},
	    {MR_NEWEST("enclosure")},
	    {MR_NEWEST("countersign")},
	    {MR_NEWEST("print")},
	};
	enum mr_status status = MR_OK;
	int64_t next = 0, count, wide;

	for (size_t i = 0;
	     i < sizeof(counters) / sizeof(counters[0]) && status == MR_OK;
	     i++) {
		status =
		    mr_next_id(c, counters[i].table, counters[i].newest, &next);
		count = MR_SEQ(next) - 1;
		wide = i == 0 ? letters : letters / 10;
		if (wide < count / 100)
			wide = count / 100;
		if (i == 0)
			*width = wide;
		if (status == MR_OK)
			status = insert(
			    c, counters[i].table, next - 1, next - 1 + wide);
	}
	return status == MR_OK ? raise_numbers(c) : status;
}
