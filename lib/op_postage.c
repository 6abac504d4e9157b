/* Operations on postage: prices, the ledger, its report. */
#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/letter_verdict.h"
#include "lib/op.h"
#include "lib/postage.h"
#include "lib/seal.h"
#include "lib/text.h"
#include "lib/when.h"

struct postage_price {
	const char *kind;
	struct mr_date from;
	struct mr_count first, more;
	const char *most, *source;
};

static const struct mr_param price_params[] = {
    MR_PARAM(postage_price, kind, 1, "letter or large-envelope"),
    MR_PARAM(postage_price, from, 1, "day the price holds from"),
    MR_NUMBER(
	postage_price, first, 1, 1, 99999, "cents for up to the first ounce"),
    MR_NUMBER(postage_price, more, 1, 0, 99999,
	"cents for each ounce begun after it"),
    MR_PARAM(postage_price, most, 1, "ounces that it may weigh, such as 3.5"),
    MR_PARAM(postage_price, source, 1, "where the price is written"),
};

static enum mr_status
price_run(struct mr_call *c, const void *input)
{
	const struct postage_price *in = input;
	struct mr_price *price = mr_alloc(c->arena, sizeof(*price));

	if (price == NULL)
		return mr_nomem(c);
	*price = (struct mr_price){.kind = mr_price_kind_of(in->kind),
	    .from_day = (int)in->from.day,
	    .first = in->first.n,
	    .more = in->more.n,
	    .source = in->source};
	if (mr_text_cents(in->most, &price->most) != MR_NUMBER_OK)
		price->most = 0;
	c->found = price;
	return mr_price_set(c, price);
}

static void
emit_price(struct mr_out *out, const struct mr_price *price)
{
	char ounces[MR_MONEY_SIZE];

	out->text(out, "kind", mr_price_kind_name(price->kind));
	mr_emit_day(out, "from", price->from_day);
	out->integer(out, "first", price->first);
	out->integer(out, "more", price->more);
	out->text(out, "most", mr_text_money(price->most, ounces));
}

/* A price tells as much as its event. */
static enum mr_status
price_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_price price = {0};
	struct mr_event event;
	enum mr_status status = MR_OK;

	if (events.count == 0 && c->found != NULL) {
		price = *(const struct mr_price *)c->found;
	} else {
		status = mr_event_load(c, events.first, &event);
		price.kind = (int)mr_event_number(&event, MR_F_KIND, 0);
		price.from_day = (int)mr_event_number(&event, MR_F_DAY, 0);
		price.first = mr_event_number(&event, MR_F_CENTS, 0);
		price.more = mr_event_number(&event, MR_F_VALUE, 0);
		price.most = mr_event_number(&event, MR_F_WEIGHT, 0);
	}
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	emit_price(out, &price);
	out->boolean(out, "changed", events.count > 0);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_postage_price = {
    .name = "postage price",
    .number = 460,
    .summary = "Set what the post office asks, from a day on.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(price_params),
    .input_size = sizeof(struct postage_price),
    .returns = "kind from first more most changed",
    .run = price_run,
    .answer = price_answer,
};

static enum mr_status
price_one(struct mr_call *c, void *arg, const struct mr_price *price)
{
	struct mr_out *out = arg;

	(void)c;
	out->begin_map(out, NULL);
	emit_price(out, price);
	out->text(out, "source", price->source);
	out->boolean(out, "built_in", price->id == 0);
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
prices(struct mr_call *c, const void *input, struct mr_out *out)
{
	enum mr_status status;

	(void)input;
	out->begin_list(out, NULL);
	status = mr_price_list(c, price_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_postage_prices = {
    .name = "postage prices",
    .number = 461,
    .summary = "List the postage prices, the newest first.",
    .roles = MR_FROM_STAFF,
    .each = "kind from first more most source built_in",
    .show = prices,
};

struct postage_days {
	struct mr_date from, to;
};

static const struct mr_param list_params[] = {
    MR_PARAM(postage_days, from, 0,
	"first day; the first of this month when nothing is said"),
    MR_PARAM(postage_days, to, 0, "last day; today when nothing is said"),
};

/* From the first of this month, or of this year, to today. */
static enum mr_status
read_days(struct mr_call *c, const struct postage_days *in, int year,
    int64_t *first, int64_t *last)
{
	int y, m, d;

	mr_day_split(c->today, &y, &m, &d);
	mr_day_make(y, year ? 1 : m, 1, first);
	*last = c->today;
	if (in->from.given)
		*first = in->from.day;
	if (in->to.given)
		*last = in->to.day;
	if (*first > *last)
		return mr_fail(
		    c, MR_INVALID, "the first day is after the last one");
	return MR_OK;
}

static int
to_inside(const struct mr_letter *l)
{
	return (l->direction == MR_TO_INSIDE) == (l->way != MR_BACK);
}

static const char *
side_name(int inside)
{
	return inside ? "inside" : "outside";
}

static void
emit_grams(struct mr_call *c, struct mr_out *out, int64_t tenths)
{
	out->text(out, "grams",
	    mr_printf(c->arena, "%lld.%lld", (long long)(tenths / 10),
		(long long)(tenths % 10)));
}

static enum mr_status
emit_one(struct mr_call *c, struct mr_out *out, const struct mr_postage *p)
{
	struct mr_letter l;
	enum mr_status status = mr_letter_load(c, p->id, &l);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_day(out, "day", p->day);
	out->text(out, "number", mr_letter_number(c, l.number));
	out->text(out, "letter", mr_letter_code(c, l.id));
	out->text(out, "to", side_name(to_inside(&l)));
	emit_grams(c, out, p->weight);
	out->boolean(out, "weighed", p->weighed);
	mr_emit_money(out, "postage", p->cents);
	out->integer(out, "stamps", p->stamps);
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
list_one(struct mr_call *c, void *arg, const struct mr_postage *postage)
{
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_status status = emit_one(c, arg, postage);

	mr_release(c->arena, mark);
	return status;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	int64_t first, last;
	enum mr_status status = read_days(c, input, 0, &first, &last);

	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	status = mr_postage_list(c, first, last, list_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_postage_list = {
    .name = "postage list",
    .number = 462,
    .summary = "List what each letter weighed and cost.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(list_params),
    .input_size = sizeof(struct postage_days),
    .each = "day number letter to grams weighed postage stamps",
    .show = list,
};

static const struct mr_param weigh_params[] = {
    MR_PARAM(mr_postage_weigh, letter, 1,
	"the sealed letter: its code, its stub, or its day number A17"),
    MR_PARAM(mr_postage_weigh, grams, 1, "what the scale says: 31.5"),
    MR_NUMBER(mr_postage_weigh, stamps, 0, 1, 99,
	"stamps, when the post office reckoned them"),
};

static enum mr_status
weigh_run(struct mr_call *c, const void *input)
{
	return mr_postage_weighed(c, input);
}

static enum mr_status
weigh_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_letter letter;
	struct mr_event event;
	enum mr_status status = mr_letter_of_events(c, events, &letter, &event);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	status = mr_seal_say(c, out, &letter, &event);
	if (status == MR_OK)
		status = mr_letter_emit_keys(c, out, &letter);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_postage_weigh = {
    .name = "postage weigh",
    .number = 463,
    .summary = "Say what a sealed letter weighs; hear its stamps.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(weigh_params),
    .input_size = sizeof(struct mr_postage_weigh),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = weigh_run,
    .answer = weigh_answer,
};

static const struct mr_param report_params[] = {
    MR_PARAM(postage_days, from, 0,
	"first day; the first of this year when nothing is said"),
    MR_PARAM(postage_days, to, 0, "last day; today when nothing is said"),
};

static enum mr_status
sum_one(struct mr_call *c, void *arg, const struct mr_postage_sum *sum)
{
	struct mr_out *out = arg;

	out->begin_map(out, NULL);
	out->text(out, "month",
	    mr_printf(c->arena, "%04d-%02d", sum->year, sum->month));
	out->text(out, "to", side_name(sum->inside));
	out->integer(out, "letters", sum->letters);
	mr_emit_money(out, "postage", sum->cents);
	out->integer(out, "stamps", sum->stamps);
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
report(struct mr_call *c, const void *input, struct mr_out *out)
{
	int64_t first, last;
	enum mr_status status = read_days(c, input, 1, &first, &last);

	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	status = mr_postage_sums(c, first, last, sum_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_report_postage = {
    .name = "report postage",
    .number = 424,
    .summary = "Sum up letters, postage and stamps by month and side.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(report_params),
    .input_size = sizeof(struct postage_days),
    .each = "month to letters postage stamps",
    .show = report,
};
