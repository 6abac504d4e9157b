/* Weight, postage and the ledger.  See postage.h. */
#include "lib/postage.h"

#include "lib/enclosure.h"
#include "lib/setting.h"
#include "lib/text.h"

#define GRAMS_MAX 5000

static enum mr_status
refuse_weight(struct mr_call *c, const struct mr_price *price)
{
	return mr_fail(c, MR_REFUSED,
	    "it is heavier than a large envelope may be (%lld.%02lld oz): it "
	    "goes as a parcel. Ask at the post office, and say with --stamps "
	    "how many they took",
	    (long long)(price->most / 100), (long long)(price->most % 100));
}

/* The price of that day, as its event wrote it: somebody pays it. */
static enum mr_status
proved_price(struct mr_call *c, int kind, int64_t day, struct mr_price *price)
{
	enum mr_status status = mr_price(c, kind, day, price);

	if (status == MR_OK && price->id != 0)
		status = mr_row_proved(c, MR_PRICE, price->id);
	return status;
}

enum mr_status
mr_postage_reckon(
    struct mr_call *c, int64_t day, int64_t weight, struct mr_fare *cost)
{
	struct mr_price letter, price;
	enum mr_status status = proved_price(c, MR_PRICE_LETTER, day, &letter);

	if (status != MR_OK)
		return status;
	price = letter;
	if (mr_price_over(&letter, weight))
		status = proved_price(c, MR_PRICE_LARGE, day, &price);
	if (status != MR_OK)
		return status;
	if (mr_price_over(&price, weight))
		return refuse_weight(c, &price);
	*cost = (struct mr_fare){.kind = price.kind,
	    .price = price.id,
	    .weight = weight,
	    .cents = mr_price_of(&price, weight)};
	cost->stamps = (cost->cents + letter.first - 1) / letter.first;
	return MR_OK;
}

enum mr_status
mr_postage_by_stamps(struct mr_call *c, int64_t day, int64_t weight,
    int64_t stamps, struct mr_fare *cost)
{
	struct mr_price letter;
	enum mr_status status = proved_price(c, MR_PRICE_LETTER, day, &letter);

	if (status == MR_OK)
		*cost = (struct mr_fare){.kind = letter.kind,
		    .price = letter.id,
		    .weight = weight,
		    .cents = stamps * letter.first,
		    .stamps = stamps};
	return status;
}

/* What goes along besides paper: photos, cards, objects. */
static enum mr_status
goes_along(struct mr_call *c, const struct mr_letter *letter, int64_t *n)
{
	static const int kinds[] = {MR_E_PHOTO, MR_E_OBJECT, MR_E_CARD};
	enum mr_status status = MR_OK;
	int64_t some;

	*n = 0;
	for (size_t i = 0;
	     i < sizeof(kinds) / sizeof(kinds[0]) && status == MR_OK; i++) {
		status = mr_letter_enclosed(
		    c, letter->id, kinds[i], MR_E_FORWARD, &some);
		*n += status == MR_OK ? some : 0;
	}
	return status;
}

enum mr_status
mr_postage_guess(struct mr_call *c, const struct mr_letter *letter,
    int64_t *weight, int *sure)
{
	int64_t sheet = 0, weigh = 0, more = 0;
	enum mr_status status = mr_setting_int(c, MR_SET_SHEET_WEIGHT, &sheet);

	if (status == MR_OK)
		status = mr_setting_int(c, MR_SET_WEIGH_FROM, &weigh);
	if (status == MR_OK)
		status = goes_along(c, letter, &more);
	if (status != MR_OK)
		return status;
	*weight =
	    MR_OWN_WEIGHT + sheet * (letter->sheets > 0 ? letter->sheets : 1);
	*sure = letter->sheets > 0 && letter->sheets < weigh && more == 0;
	return MR_OK;
}

enum mr_status
mr_postage_grams(struct mr_call *c, const char *text, int64_t *weight)
{
	int64_t hundredths;

	if (mr_text_cents(text, &hundredths) != MR_NUMBER_OK ||
	    text[0] == '$' || hundredths < 1 || hundredths > GRAMS_MAX * 100)
		return mr_fail(c, MR_INVALID,
		    "grams: what the scale says, from 0.1 to %d, such as 31.5",
		    GRAMS_MAX);
	*weight = (hundredths + 9) / 10;
	return MR_OK;
}

enum mr_status
mr_postage_load(struct mr_call *c, int64_t letter, struct mr_postage *postage)
{
	struct mr_postage found = {0};
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT id, day, price, weight, weighed, cents, stamps, version, "
	    "event FROM postage "
	    "WHERE id = :id");
	sql_int(st, ":id", letter);
	if (sql_row(st)) {
		found.id = sql_col_int(st, 0);
		found.day = sql_col_int(st, 1);
		found.price = sql_col_int(st, 2);
		found.weight = sql_col_int(st, 3);
		found.weighed = (int)sql_col_int(st, 4);
		found.cents = sql_col_int(st, 5);
		found.stamps = sql_col_int(st, 6);
		found.version = sql_col_int(st, 7);
		found.event = sql_col_int(st, 8);
	}
	status = sql_done(st);
	if (status == MR_OK && found.id == 0)
		return MR_NOTFOUND;
	if (status == MR_OK)
		*postage = found;
	return status;
}

/* The row of a letter; one of its own where there is none yet. */
static enum mr_status
load(struct mr_call *c, int64_t letter, struct mr_postage *row)
{
	enum mr_status status = mr_postage_load(c, letter, row);

	if (status == MR_NOTFOUND) {
		*row = (struct mr_postage){.id = letter};
		return MR_OK;
	}
	return status == MR_OK ? mr_row_proved(c, MR_POSTAGE, letter) : status;
}

/* What its last event says that the last sealing cost. */
static enum mr_status
last_cost(struct mr_call *c, const struct mr_postage *row, struct mr_fare *cost,
    int64_t *before)
{
	struct mr_event event;
	enum mr_status status;

	*cost = (struct mr_fare){.cents = row->cents, .stamps = row->stamps};
	*before = 0;
	if (row->event == 0)
		return MR_OK;
	status = mr_event_load(c, row->event, &event);
	if (status != MR_OK || event.dropped)
		return status;
	cost->cents = mr_event_number(&event, MR_F_CENTS, 0);
	cost->stamps = mr_event_number(&event, MR_F_STAMPS, 0);
	*before = event.before;
	return MR_OK;
}

/* The event tells the cost of this sealing, the row their sum. */
static enum mr_status
store(struct mr_call *c, struct mr_postage *row, int64_t cents, int64_t stamps)
{
	const struct mr_field fields[] = {
	    {.tag = MR_F_DAY, .number = row->day},
	    {.tag = MR_F_PRICE, .number = row->price},
	    {.tag = MR_F_WEIGHT, .number = row->weight},
	    {.tag = MR_F_CENTS, .number = cents},
	    {.tag = MR_F_STAMPS, .number = stamps},
	    {.tag = MR_F_END},
	};
	int64_t before = row->event;
	struct sql_stmt *st;
	enum mr_status status;

	row->event = mr_event_next(c);
	row->version++;
	st = sql_prepare(c,
	    "INSERT INTO postage (id, day, price, weight, weighed, cents, "
	    "stamps, version, event) "
	    "VALUES (:id, :day, :price, :weight, :weighed, :cents, :stamps, "
	    ":version, :event) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET day = excluded.day, price = excluded.price, "
	    "weight = excluded.weight, weighed = excluded.weighed, "
	    "cents = excluded.cents, stamps = excluded.stamps, "
	    "version = excluded.version, event = excluded.event");
	sql_int(st, ":id", row->id);
	sql_int(st, ":day", row->day);
	sql_int0(st, ":price", row->price);
	sql_int(st, ":weight", row->weight);
	sql_int(st, ":weighed", row->weighed);
	sql_int(st, ":cents", row->cents);
	sql_int(st, ":stamps", row->stamps);
	sql_int(st, ":version", row->version);
	sql_int(st, ":event", row->event);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_POSTAGE, row->id, before, fields);
}

static enum mr_status
add(struct mr_call *c, struct mr_postage *row, const struct mr_fare *cost)
{
	row->day = c->today;
	row->price = cost->price;
	row->weight = cost->weight;
	row->weighed = cost->weighed;
	row->cents += cost->cents;
	row->stamps += cost->stamps;
	return store(c, row, cost->cents, cost->stamps);
}

enum mr_status
mr_postage_pay(struct mr_call *c, int64_t letter, const struct mr_fare *cost)
{
	struct mr_postage row;
	enum mr_status status = load(c, letter, &row);

	return status == MR_OK ? add(c, &row, cost) : status;
}

static void
subtract(struct mr_postage *row, const struct mr_fare *cost)
{
	row->cents -= cost->cents < row->cents ? cost->cents : row->cents;
	row->stamps -= cost->stamps < row->stamps ? cost->stamps : row->stamps;
}

enum mr_status
mr_postage_mend(struct mr_call *c, int64_t letter, const struct mr_fare *cost)
{
	struct mr_postage row;
	struct mr_fare last;
	int64_t before;
	enum mr_status status = load(c, letter, &row);

	if (status == MR_OK)
		status = last_cost(c, &row, &last, &before);
	if (status != MR_OK)
		return status;
	subtract(&row, &last);
	return add(c, &row, cost);
}

enum mr_status
mr_postage_take_back(struct mr_call *c, int64_t letter)
{
	struct mr_postage row;
	struct mr_fare last;
	int64_t before;
	enum mr_status status = load(c, letter, &row);

	if (status == MR_OK)
		status = last_cost(c, &row, &last, &before);
	if (status != MR_OK || row.event == 0 || last.cents == 0)
		return status;
	subtract(&row, &last);
	return store(c, &row, 0, 0);
}

enum mr_status
mr_postage_give_again(struct mr_call *c, int64_t letter)
{
	struct mr_postage row;
	struct mr_fare last;
	struct mr_event event;
	int64_t before;
	enum mr_status status = load(c, letter, &row);

	if (status == MR_OK)
		status = last_cost(c, &row, &last, &before);
	if (status != MR_OK || before == 0 || last.cents != 0)
		return status;
	status = mr_event_load(c, before, &event);
	if (status != MR_OK || event.dropped)
		return status;
	last.cents = mr_event_number(&event, MR_F_CENTS, 0);
	last.stamps = mr_event_number(&event, MR_F_STAMPS, 0);
	row.cents += last.cents;
	row.stamps += last.stamps;
	return store(c, &row, last.cents, last.stamps);
}
