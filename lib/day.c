/* Mail days: their rows, opening, counting, closing. */
#include "lib/day.h"

#include <stdio.h>
#include <string.h>

#include "lib/day_till.h"
#include "lib/when.h"

const char *
mr_day_state_name(int state)
{
	static const char *const names[] = {NULL, "open", "closed"};

	return state > 0 && state < 3 ? names[state] : NULL;
}

static const char *const accepts[] = {NULL,
#define X(number, word) [number] = word,
    MR_ACCEPTS(X)
#undef X
};
#define NACCEPTS ((int)(sizeof(accepts) / sizeof(accepts[0])))

const char *
mr_accept_name(int reason)
{
	return reason > 0 && reason < NACCEPTS ? accepts[reason] : NULL;
}

int
mr_accept_of(const char *word)
{
	for (int i = 1; i < NACCEPTS; i++)
		if (strcmp(accepts[i], word) == 0)
			return i;
	return 0;
}

static int64_t
row_id(const struct mr_call *c, int64_t day)
{
	return c->site->id << MR_SITE_SHIFT | day;
}

#define COLUMNS \
	"id, state, brought, pieces, sealed, stubs, red, yellow, blue, " \
	"bench, carried, difference, reason, version, event "

static void
read_row(struct sql_stmt *st, struct mr_day *row)
{
	row->day = MR_SEQ(sql_col_int(st, 0));
	row->state = (int)sql_col_int(st, 1);
	row->brought = sql_col_int(st, 2);
	row->pieces = sql_col_int(st, 3);
	row->hands.sealed = sql_col_int(st, 4);
	row->hands.stubs = sql_col_int(st, 5);
	for (int i = 0; i < MR_NTRAYS; i++)
		row->hands.tray[i] = sql_col_int(st, 6 + i);
	row->hands.cents = 0;
	row->carried = sql_col_int(st, 10);
	row->difference = sql_col_int(st, 11);
	row->reason = (int)sql_col_int(st, 12);
	row->version = sql_col_int(st, 13);
	row->event = sql_col_int(st, 14);
}

enum mr_status
mr_day_load(struct mr_call *c, int64_t day, struct mr_day *row)
{
	char text[MR_WHEN_SIZE];
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM day "
	    "WHERE id = :id");
	sql_int(st, ":id", row_id(c, day));
	if (sql_row(st)) {
		found = 1;
		read_row(st, row);
	}
	status = sql_done(st);
	if (status == MR_OK && !found)
		return mr_fail(c, MR_NOTFOUND,
		    "%s was never opened; 'mailroom day list' shows the days",
		    mr_day_iso(day, text));
	return status;
}

enum mr_status
mr_day_list(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_day *row),
    void *arg)
{
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;
	struct mr_day row;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM day "
	    "WHERE id >= :start AND id < :end "
	    "ORDER BY id DESC");
	sql_int(st, ":start", row_id(c, 0));
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	while (status == MR_OK && sql_row(st)) {
		read_row(st, &row);
		status = each(c, arg, &row);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

/* The newest row before that day; its day is -1 when there is none. */
static enum mr_status
newest_before(struct mr_call *c, int64_t end, struct mr_day *row)
{
	struct sql_stmt *st;

	row->day = -1;
	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM day "
	    "WHERE id >= :start AND id < :end "
	    "ORDER BY id DESC LIMIT 1");
	sql_int(st, ":start", row_id(c, 0));
	sql_int(st, ":end", end);
	if (sql_row(st))
		read_row(st, row);
	return sql_done(st);
}

enum mr_status
mr_day_newest(struct mr_call *c, struct mr_day *row)
{
	enum mr_status status =
	    newest_before(c, (c->site->id + 1) << MR_SITE_SHIFT, row);

	if (status == MR_OK && row->day < 0)
		return mr_fail(c, MR_NOTFOUND,
		    "no day was opened yet; count the pieces in the box, then "
		    "'mailroom day open 32'");
	return status;
}

enum mr_status
mr_day_before(struct mr_call *c, int64_t day, struct mr_day *row)
{
	return newest_before(c, row_id(c, day), row);
}

/* MR_REFUSED: none is open; the sentence says how to open one. */
static enum mr_status
open_day(struct mr_call *c, struct mr_day *row)
{
	enum mr_status status = mr_day_newest(c, row);

	if (status == MR_OK && row->state == MR_DAY_OPEN)
		return MR_OK;
	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	return mr_fail(c, MR_REFUSED,
	    "no day is open; count the pieces in the box, then 'mailroom day "
	    "open 32'");
}

static enum mr_status
insert(struct mr_call *c, int64_t brought, int64_t pieces)
{
	struct mr_field fields[] = {
	    {.tag = MR_F_TO, .number = MR_DAY_OPEN},
	    {.tag = MR_F_COUNT, .number = pieces},
	    {.tag = MR_F_VALUE, .number = brought},
	    {.tag = MR_F_END},
	};
	enum mr_status status;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO day (id, state, brought, pieces, reason, version, "
	    "event) "
	    "VALUES (:id, :state, :brought, :pieces, 0, 1, :event)");
	sql_int(st, ":id", row_id(c, c->today));
	sql_int(st, ":state", MR_DAY_OPEN);
	sql_int(st, ":brought", brought);
	sql_int(st, ":pieces", pieces);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_DAY, row_id(c, c->today), 0, fields);
}

/* Another count for an open day, or for one that goes on after its close. */
static enum mr_status
recount(struct mr_call *c, const struct mr_day *row, int64_t pieces)
{
	struct mr_field fields[] = {
	    {.tag = MR_F_FROM, .number = row->state},
	    {.tag = MR_F_TO, .number = MR_DAY_OPEN},
	    {.tag = MR_F_COUNT, .number = pieces},
	    {.tag = MR_F_VALUE, .number = row->brought},
	    {.tag = MR_F_CHANGED, .number = row->pieces},
	    {.tag = MR_F_END},
	};
	enum mr_status status;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "UPDATE day "
	    "SET state = :state, pieces = :pieces, sealed = NULL, "
	    "stubs = NULL, red = NULL, yellow = NULL, blue = NULL, "
	    "bench = NULL, carried = NULL, difference = NULL, reason = 0, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":state", MR_DAY_OPEN);
	sql_int(st, ":pieces", pieces);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", row_id(c, row->day));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_DAY, row_id(c, row->day), row->event, fields);
}

enum mr_status
mr_day_open(struct mr_call *c, int64_t pieces)
{
	int64_t brought = 0;
	enum mr_status status;
	char text[MR_WHEN_SIZE];
	struct mr_day row;

	status = mr_day_newest(c, &row);
	if (status == MR_OK && row.state == MR_DAY_OPEN) {
		mr_day_iso(row.day, text);
		if (row.day == c->today)
			return mr_fail(c, MR_REFUSED,
			    "%s is open already; 'mailroom day tally --pieces "
			    "%lld' corrects its count",
			    text, (long long)pieces);
		return mr_fail(c, MR_REFUSED,
		    "%s is still open; count what is here and close it first: "
		    "'mailroom day close --sealed 0 --stubs 0 --trays "
		    "red=2,yellow=1,blue=1'",
		    text);
	}
	if (status == MR_OK && row.day == c->today)
		return recount(c, &row, row.pieces + pieces);
	if (status == MR_OK || status == MR_NOTFOUND)
		status = mr_day_brought(c, c->today, &brought);
	return status == MR_OK ? insert(c, brought, pieces) : status;
}

enum mr_status
mr_day_tally(struct mr_call *c, int64_t pieces)
{
	struct mr_day row;
	enum mr_status status = open_day(c, &row);

	return status == MR_OK ? recount(c, &row, pieces) : status;
}

static enum mr_status
update_closed(struct mr_call *c, const struct mr_day *row)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "UPDATE day "
	    "SET state = :state, sealed = :sealed, stubs = :stubs, "
	    "red = :red, yellow = :yellow, blue = :blue, bench = :bench, "
	    "carried = :carried, difference = :difference, reason = :reason, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":state", MR_DAY_CLOSED);
	sql_int(st, ":sealed", row->hands.sealed);
	sql_int(st, ":stubs", row->hands.stubs);
	sql_int(st, ":red", row->hands.tray[MR_TRAY_RED]);
	sql_int(st, ":yellow", row->hands.tray[MR_TRAY_YELLOW]);
	sql_int(st, ":blue", row->hands.tray[MR_TRAY_BLUE]);
	sql_int(st, ":bench", row->hands.tray[MR_TRAY_BENCH]);
	sql_int(st, ":carried", row->carried);
	sql_int(st, ":difference", row->difference);
	sql_int(st, ":reason", row->reason);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", row_id(c, row->day));
	return sql_done(st);
}

static enum mr_status
store_close(
    struct mr_call *c, const struct mr_day *row, const struct mr_till *till)
{
	char written[MR_DAY_WRITTEN];
	struct mr_field fields[] = {
	    {.tag = MR_F_FROM, .number = MR_DAY_OPEN},
	    {.tag = MR_F_TO, .number = MR_DAY_CLOSED},
	    {.tag = MR_F_REASON, .number = row->reason},
	    {.tag = MR_F_TEXT, .bytes = written},
	    {.tag = MR_F_END},
	};
	enum mr_status status = update_closed(c, row);

	if (status != MR_OK)
		return status;
	fields[3].len = mr_day_write(till, &row->hands, written);
	return mr_event(c, MR_DAY, row_id(c, row->day), row->event, fields);
}

enum mr_status
mr_day_close(struct mr_call *c, const struct mr_hands *hands, int accept)
{
	const char *differs = NULL;
	struct mr_house house;
	struct mr_till till;
	struct mr_day row;
	enum mr_status status = open_day(c, &row);

	if (status == MR_OK)
		status = mr_day_till(c, &row, &till);
	if (status == MR_OK)
		status = mr_day_house(c, row.day, &house);
	if (status == MR_OK)
		status = mr_day_compare(
		    c, row.day, &till, &house.should, hands, &differs);
	if (status != MR_OK)
		return status;
	if (*differs != '\0' && accept == 0)
		return mr_fail(c, MR_REFUSED,
		    "the day does not balance: %.330s. Count again; "
		    "'mailroom day balance' tells what to look for; --accept "
		    "miscount (lost, found-later, unexplained) closes it",
		    differs);
	row.hands = *hands;
	row.carried = till.carried;
	row.difference = till.difference;
	row.reason = *differs != '\0' ? accept : 0;
	return store_close(c, &row, &till);
}
