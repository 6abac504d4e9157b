/* Postage prices.  See price.h. */
#include "lib/price.h"

#include <string.h>

#include "lib/chain.h"
#include "lib/tongue.h"
#include "lib/when.h"

/* An ounce in micrograms; weights are tenths of a gram, 100,000 of them. */
#define OUNCE INT64_C(28349523)
#define TENTH INT64_C(100000)

#define CENTS_MAX 99999
#define WEIGHT_MAX 7000 /* 70 lb is the most that any mail weighs */

static const struct mr_price built_in[] = {
    {.kind = MR_PRICE_LETTER,
	.from_day = 20282,
	.first = 78,
	.more = 29,
	.most = 350,
	.source = "USPS, from 2025-07-13"},
    {.kind = MR_PRICE_LARGE,
	.from_day = 20282,
	.first = 163,
	.more = 27,
	.most = 1300,
	.source = "USPS, from 2025-07-13"},
};
#define NBUILT_IN (sizeof(built_in) / sizeof(built_in[0]))

static const char *const names[] = {NULL, "letter", "large-envelope"};

const char *
mr_price_kind_name(int kind)
{
	return kind == MR_PRICE_LETTER || kind == MR_PRICE_LARGE ? names[kind]
								 : NULL;
}

int
mr_price_kind_of(const char *word)
{
	for (int kind = MR_PRICE_LETTER; kind <= MR_PRICE_LARGE; kind++)
		if (strcmp(names[kind], word) == 0)
			return kind;
	return 0;
}

#define COLUMNS "id, kind, from_day, first, more, most, source, version, event "

static void
read_row(struct mr_call *c, struct sql_stmt *st, struct mr_price *price)
{
	price->id = sql_col_int(st, 0);
	price->kind = (int)sql_col_int(st, 1);
	price->from_day = (int)sql_col_int(st, 2);
	price->first = sql_col_int(st, 3);
	price->more = sql_col_int(st, 4);
	price->most = sql_col_int(st, 5);
	price->source = mr_strdup(c->arena, sql_col_text(st, 6));
	price->version = sql_col_int(st, 7);
	price->event = sql_col_int(st, 8);
}

enum mr_status
mr_price(struct mr_call *c, int kind, int64_t day, struct mr_price *price)
{
	struct sql_stmt *st;
	enum mr_status status;

	if (mr_price_kind_name(kind) == NULL)
		return mr_fail(c, MR_BUG, "there is no price of kind %d", kind);
	*price = built_in[kind - 1];
	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM price "
	    "WHERE kind = :kind AND from_day <= :day "
	    "ORDER BY from_day DESC LIMIT 1");
	sql_int(st, ":kind", kind);
	sql_int(st, ":day", day);
	/* A row from before the built-in price does not take over from it. */
	if (sql_row(st) &&
	    (sql_col_int(st, 2) >= price->from_day || day < price->from_day))
		read_row(c, st, price);
	status = sql_done(st);
	return status == MR_OK && price->source == NULL ? mr_nomem(c) : status;
}

int
mr_price_over(const struct mr_price *price, int64_t weight)
{
	return weight * TENTH * 100 > price->most * OUNCE;
}

int64_t
mr_price_of(const struct mr_price *price, int64_t weight)
{
	int64_t ounces = (weight * TENTH + OUNCE - 1) / OUNCE;

	return price->first + (ounces > 1 ? ounces - 1 : 0) * price->more;
}

/* The row from that very day, or was->id 0. */
static enum mr_status
find_row(struct mr_call *c, const struct mr_price *price, struct mr_price *was)
{
	struct sql_stmt *st;

	*was = (struct mr_price){0};
	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM price "
	    "WHERE kind = :kind AND from_day = :from_day");
	sql_int(st, ":kind", price->kind);
	sql_int(st, ":from_day", price->from_day);
	if (sql_row(st))
		read_row(c, st, was);
	return sql_done(st);
}

static enum mr_status
write_row(struct mr_call *c, const struct mr_price *price, int64_t before)
{
	const struct mr_field fields[] = {
	    {.tag = MR_F_KIND, .number = price->kind},
	    {.tag = MR_F_DAY, .number = price->from_day},
	    {.tag = MR_F_CENTS, .number = price->first},
	    {.tag = MR_F_VALUE, .number = price->more},
	    {.tag = MR_F_WEIGHT, .number = price->most},
	    {.tag = MR_F_END},
	};
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "INSERT INTO price (id, kind, from_day, first, more, most, "
	    "source, version, event) "
	    "VALUES (:id, :kind, :from_day, :first, :more, :most, "
	    ":source, :version, :event) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET first = excluded.first, more = excluded.more, "
	    "most = excluded.most, source = excluded.source, "
	    "version = excluded.version, event = excluded.event");
	sql_int(st, ":id", price->id);
	sql_int(st, ":kind", price->kind);
	sql_int(st, ":from_day", price->from_day);
	sql_int(st, ":first", price->first);
	sql_int(st, ":more", price->more);
	sql_int(st, ":most", price->most);
	sql_text(st, ":source", price->source);
	sql_int(st, ":version", price->version);
	sql_int(st, ":event", price->event);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_PRICE, price->id, before, fields);
}

static enum mr_status
check(struct mr_call *c, const struct mr_price *price)
{
	if (mr_price_kind_name(price->kind) == NULL)
		return mr_fail(
		    c, MR_INVALID, "kind: write letter or large-envelope");
	if (price->from_day < 0)
		return mr_fail(
		    c, MR_INVALID, "from: a day before 1970 is too old");
	if (price->first < 1 || price->first > CENTS_MAX || price->more < 0 ||
	    price->more > CENTS_MAX)
		return mr_fail(
		    c, MR_INVALID, "prices are in cents: --first 78 --more 29");
	if (price->most < 100 || price->most > WEIGHT_MAX)
		return mr_fail(c, MR_INVALID,
		    "most: the heaviest that this price is for, in ounces, "
		    "from 1 to 70, such as 3.5");
	if (price->source[0] == '\0')
		return mr_fail(
		    c, MR_INVALID, "source: say where the price is written");
	return MR_OK;
}

/* Was the row written today?  Then a slip can be mended. */
static enum mr_status
mendable(struct mr_call *c, const struct mr_price *was)
{
	struct mr_event event;
	char day[MR_WHEN_SIZE];
	enum mr_status status = mr_event_load(c, was->event, &event);

	if (status != MR_OK ||
	    (!event.dropped && mr_day_of(event.at) == c->today))
		return status;
	return mr_fail(c, MR_REFUSED,
	    "a price of the %s is set from %s already, which explains what "
	    "was posted by it; give the day from which it is different",
	    mr_say(mr_price_kind_name(was->kind)),
	    mr_day_iso(was->from_day, day));
}

enum mr_status
mr_price_set(struct mr_call *c, struct mr_price *price)
{
	struct mr_price was;
	enum mr_status status = check(c, price);

	if (status == MR_OK)
		status = find_row(c, price, &was);
	if (status != MR_OK)
		return status;
	price->id = was.id;
	price->version = was.version + 1;
	price->event = mr_event_next(c);
	if (was.id == 0) {
		status = mr_next_id(c, MR_NEWEST("price"), &price->id);
	} else if (was.first == price->first && was.more == price->more &&
	    was.most == price->most) {
		*price = was;
		return MR_OK;
	} else {
		status = mendable(c, &was);
		if (status == MR_OK)
			status = mr_row_proved(c, MR_PRICE, was.id);
	}
	return status == MR_OK ? write_row(c, price, was.event) : status;
}

enum mr_status
mr_price_list(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_price *price),
    void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_price price;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    SQL_SCAN "SELECT " COLUMNS "FROM price ORDER BY from_day DESC, id");
	while (status == MR_OK && sql_row(st)) {
		read_row(c, st, &price);
		status =
		    price.source != NULL ? each(c, arg, &price) : mr_nomem(c);
	}
	done = sql_done(st);
	if (status == MR_OK)
		status = done;
	for (size_t i = 0; i < NBUILT_IN && status == MR_OK; i++)
		status = each(c, arg, &built_in[i]);
	return status;
}
