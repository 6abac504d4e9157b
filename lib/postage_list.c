/* The postage ledger, read: lists, sums, what the scale said.  See
 * postage.h. */
#include "lib/postage.h"

#include "lib/emit.h"
#include "lib/letter_steps.h"
#include "lib/tongue.h"
#include "lib/when.h"

enum mr_status
mr_postage_grams_at(
    struct mr_call *c, const struct mr_event *posted, int *grams)
{
	struct mr_event event;
	int64_t id = posted->before, weight = -1;

	*grams = -1;
	while (id != 0 && weight < 0) {
		struct mr_mark mark = mr_mark(c->arena);
		enum mr_status status = mr_event_load(c, id, &event);

		if (status != MR_OK || event.dropped)
			return status;
		weight = mr_event_number(&event, MR_F_WEIGHT, -1);
		/* Sealed before anything was weighed or reckoned. */
		if (mr_event_number(&event, MR_F_TO, 0) == MR_L_CLEARED)
			break;
		id = event.before;
		mr_release(c->arena, mark);
	}
	if (weight >= 0)
		*grams = (int)((weight + 5) / 10);
	return MR_OK;
}

enum mr_status
mr_postage_emit(
    struct mr_call *c, struct mr_out *out, const struct mr_letter *letter)
{
	int weigh = letter->state == MR_L_SEALED && letter->stamps < 0;
	struct mr_postage p = {0};
	enum mr_status status = mr_postage_load(c, letter->id, &p);

	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	if (p.cents == 0) {
		out->text(out, "grams", NULL);
		out->text(out, "postage", NULL);
		out->text(out, "stamps", NULL);
	} else {
		out->text(out, "grams",
		    mr_printf(c->arena, "%lld.%lld", (long long)(p.weight / 10),
			(long long)(p.weight % 10)));
		mr_emit_money(out, "postage", p.cents);
		out->integer(out, "stamps", p.stamps);
	}
	out->boolean(out, "weigh", weigh);
	return MR_OK;
}

enum mr_status
mr_postage_list(struct mr_call *c, int64_t first, int64_t last,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_postage *postage),
    void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_postage postage;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id FROM postage "
	    "WHERE day >= :first AND day <= :last AND cents > 0 "
	    "AND event >> 36 = :site "
	    "ORDER BY day, id");
	/* A row of it is written where the stamps are. */
	sql_int(st, ":site", c->site->id);
	sql_int(st, ":first", first);
	sql_int(st, ":last", last);
	while (status == MR_OK && sql_row(st)) {
		status = mr_postage_load(c, sql_col_int(st, 0), &postage);
		if (status == MR_OK)
			status = each(c, arg, &postage);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

/* The months so far; days come in order, so one month ends before the next
 * begins. */
struct sums {
	struct mr_postage_sum side[2]; /* to outside, to inside */
	enum mr_status (*each)(
	    struct mr_call *c, void *arg, const struct mr_postage_sum *sum);
	void *arg;
};

static enum mr_status
end_month(struct mr_call *c, struct sums *s)
{
	enum mr_status status = MR_OK;

	for (int i = 1; i >= 0 && status == MR_OK; i--) {
		if (s->side[i].letters > 0)
			status = s->each(c, s->arg, &s->side[i]);
		s->side[i].letters = s->side[i].cents = s->side[i].stamps = 0;
	}
	return status;
}

static enum mr_status
add_day(struct mr_call *c, struct sums *s, struct sql_stmt *st)
{
	int inside = (sql_col_int(st, 1) == MR_TO_INSIDE) ==
	    (sql_col_int(st, 2) != MR_BACK);
	enum mr_status status = MR_OK;
	int year, month, mday;

	mr_day_split(sql_col_int(st, 0), &year, &month, &mday);
	if (year != s->side[0].year || month != s->side[0].month)
		status = end_month(c, s);
	for (int i = 0; i < 2; i++) {
		s->side[i].year = year;
		s->side[i].month = month;
		s->side[i].inside = i;
	}
	s->side[inside].letters += sql_col_int(st, 3);
	s->side[inside].cents += sql_col_int(st, 4);
	s->side[inside].stamps += sql_col_int(st, 5);
	return status;
}

enum mr_status
mr_postage_sums(struct mr_call *c, int64_t first, int64_t last,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_postage_sum *sum),
    void *arg)
{
	struct sums s = {.each = each, .arg = arg};
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT p.day, l.direction, l.way, COUNT(*), "
	    "CAST(SUM(p.cents) AS BIGINT), CAST(SUM(p.stamps) AS BIGINT) "
	    "FROM postage p "
	    "JOIN letter l ON l.id = p.id "
	    "WHERE p.day >= :first AND p.day <= :last AND p.cents > 0 "
	    "AND p.event >> 36 = :site "
	    "GROUP BY p.day, l.direction, l.way "
	    "ORDER BY p.day");
	sql_int(st, ":site", c->site->id);
	sql_int(st, ":first", first);
	sql_int(st, ":last", last);
	while (status == MR_OK && sql_row(st))
		status = add_day(c, &s, st);
	done = sql_done(st);
	if (status == MR_OK)
		status = done;
	return status == MR_OK ? end_month(c, &s) : status;
}

enum mr_status
mr_postage_weighed(struct mr_call *c, const struct mr_postage_weigh *in)
{
	struct mr_letter was, now;
	struct mr_fare cost;
	struct mr_field extra[] = {
	    {MR_F_WEIGHT, 0, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	int64_t weight;
	enum mr_status status = mr_letter_find_here(c, in->letter, &was, NULL);

	if (status == MR_OK && was.state != MR_L_SEALED)
		return mr_fail(c, MR_REFUSED,
		    "letter %s is %s; postage is said of a sealed letter, "
		    "before its batch is closed",
		    mr_letter_number(c, was.number),
		    mr_say(mr_letter_state_name(was.state)));
	if (status == MR_OK)
		status = mr_postage_grams(c, in->grams, &weight);
	if (status == MR_OK && in->stamps.given)
		status = mr_postage_by_stamps(
		    c, c->today, weight, in->stamps.n, &cost);
	else if (status == MR_OK)
		status = mr_postage_reckon(c, c->today, weight, &cost);
	if (status != MR_OK)
		return status;
	cost.weighed = 1;
	now = was;
	now.stamps = (int)cost.stamps;
	extra[0].number = weight;
	status = mr_letter_store(c, &was, &now, extra);
	if (status == MR_OK)
		status = mr_postage_mend(c, was.id, &cost);
	return status;
}
