/*
 * What a letter's steps count as on their day.  See letter_count.h.
 */
#include "lib/letter_count.h"
#include "lib/site.h"
#include "lib/when.h"

static const char *const counted[MR_N_END] = {
    [MR_N_PIECES] = "pieces logged",
    [MR_N_EXTRA] = "extra letters found inside",
    [MR_N_OFFICE] = "office letters",
    [MR_N_POSTED] = "posted",
    [MR_N_HANDED] = "handed back",
    [MR_N_THROWN] = "thrown away",
    [MR_N_FROM_OUTSIDE] = "from outside",
    [MR_N_FROM_INSIDE] = "from inside",
    [MR_N_BACK] = "came back",
    [MR_N_REFOUND] = "found in the house again",
    [MR_N_TO_SITE] = "to another site",
    [MR_N_FROM_SITE] = "from another site",
};

const char *
mr_counted_name(int what)
{
	return what > 0 && what < MR_N_END ? counted[what] : NULL;
}

enum mr_status
mr_count_add(struct mr_call *c, int64_t day, int what, int n)
{
	return mr_count_add_at(c, c->site->id, day, what, n);
}

enum mr_status
mr_count_add_at(struct mr_call *c, int64_t site, int64_t day, int what, int n)
{
	struct sql_stmt *st;

	if (n == 0)
		return MR_OK;
	st = sql_prepare(c,
	    "INSERT INTO day_count (day, what, count) "
	    "VALUES (:day, :what, :n) "
	    "ON CONFLICT (day, what) "
	    "DO UPDATE SET count = day_count.count + excluded.count");
	sql_int(st, ":day", site << MR_SITE_SHIFT | day);
	sql_int(st, ":what", what);
	sql_int(st, ":n", n);
	return sql_done(st);
}

enum mr_status
mr_count_get(struct mr_call *c, int64_t day, int what, int64_t *n)
{
	struct sql_stmt *st;
	enum mr_status status;

	*n = 0;
	st = sql_prepare(c,
	    "SELECT count FROM day_count "
	    "WHERE day = :day AND what = :what");
	sql_int(st, ":day", c->site->id << MR_SITE_SHIFT | day);
	sql_int(st, ":what", what);
	status = sql_done_int(st, n);
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* By who wrote it, as far as that is known. */
static enum mr_status
count_writer(struct mr_call *c, const struct mr_letter *l, int sign)
{
	if (l->way == MR_OFFICE || l->direction == MR_TO_NOBODY)
		return MR_OK;
	return mr_count_add(c, c->today,
	    l->direction == MR_TO_INSIDE ? MR_N_FROM_OUTSIDE : MR_N_FROM_INSIDE,
	    sign);
}

enum mr_status
mr_letter_count_new(struct mr_call *c, const struct mr_letter *l, int sign)
{
	int what = l->way == MR_OFFICE ? MR_N_OFFICE
	    : l->parent != 0           ? MR_N_EXTRA
				       : MR_N_PIECES;
	enum mr_status status = mr_count_add(c, c->today, what, sign);

	return status == MR_OK ? count_writer(c, l, sign) : status;
}

static int
was_thrown(int reason)
{
	return reason == MR_R_C_THROWN || reason == MR_R_C_DESTROYED;
}

/* A letter that was closed so left the house: opened again, it is one that was
 * found.  A mistake never was one. */
static int
left_the_house(int reason)
{
	return reason != MR_R_C_MISTAKE && reason != MR_R_C_MERGED;
}

/* What a closing counts as; a mistake takes the piece back. */
static enum mr_status
count_closed(struct mr_call *c, const struct mr_letter *l, int reason, int sign)
{
	if (!left_the_house(reason))
		return mr_letter_count_new(c, l, -sign);
	return mr_count_add(
	    c, c->today, was_thrown(reason) ? MR_N_THROWN : MR_N_HANDED, sign);
}

/* The day at another site: of its own zone, for its till goes by that.  Where
 * it is not known, the day here is at most one off. */
static enum mr_status
day_there(struct mr_call *c, int64_t site, int64_t *day)
{
	const struct mr_site_row *there;
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(c, &sites);

	*day = c->today;
	if (status != MR_OK)
		return status;
	there = mr_sites_find(sites, site);
	if (there != NULL)
		(void)mr_day_in(there->zone, c->now, day);
	return MR_OK;
}

/* Out of one house, into this one.  What had left the house counts as what
 * its step is. */
static enum mr_status
count_taken(
    struct mr_call *c, const struct mr_letter *was, const struct mr_letter *now)
{
	int64_t there = MR_DAYNO_SITE(was->number), day;
	enum mr_status status;

	if (was->state >= MR_L_POSTED || now->state >= MR_L_POSTED ||
	    mr_letter_here(c, was))
		return MR_OK;
	status = day_there(c, there, &day);
	if (status == MR_OK)
		status = mr_count_add_at(c, there, day, MR_N_TO_SITE, 1);
	if (status == MR_OK)
		status = mr_count_add(c, c->today, MR_N_FROM_SITE, 1);
	return status;
}

/* The day's counts follow the step. */
enum mr_status
mr_letter_count_step(
    struct mr_call *c, const struct mr_letter *was, const struct mr_letter *now)
{
	enum mr_status status = count_taken(c, was, now);

	if (status == MR_OK &&
	    was->direction != now->direction) { /* identified */
		status = count_writer(c, was, -1);
		if (status == MR_OK)
			status = count_writer(c, now, 1);
	}
	if (status != MR_OK || was->state == now->state)
		return status;
	if (now->state == MR_L_POSTED)
		return mr_count_add(c, c->today, MR_N_POSTED, 1);
	if (now->state == MR_L_CLOSED)
		return count_closed(c, was, now->reason, 1);
	if (was->state == MR_L_CLOSED)
		return left_the_house(was->reason)
		    ? mr_count_add(c, c->today, MR_N_REFOUND, 1)
		    : mr_letter_count_new(c, now, 1);
	if (was->state != MR_L_POSTED)
		return MR_OK;
	if (now->state == MR_L_RETURNED) {
		status = mr_count_add(c, c->today, MR_N_BACK, 1);
		if (status == MR_OK)
			status = mr_count_add(c, c->today, MR_N_PIECES, 1);
		return status;
	}
	return mr_count_add(c, c->today, MR_N_REFOUND, 1);
}

/* A step taken back takes its count back. */
enum mr_status
mr_letter_count_undo(
    struct mr_call *c, const struct mr_letter *was, const struct mr_letter *now)
{
	enum mr_status status;

	if (was->state == MR_L_CLOSED)
		return count_closed(c, now, was->reason, -1);
	/* It was closed before, opened again by the step, and is not now. */
	if (now->state == MR_L_CLOSED && left_the_house(now->reason))
		return mr_count_add(c, c->today, MR_N_REFOUND, -1);
	if (now->state == MR_L_CLOSED)
		return mr_letter_count_new(c, was, -1);
	if (now->state != MR_L_POSTED)
		return MR_OK;
	if (was->state != MR_L_RETURNED)
		return mr_count_add(c, c->today, MR_N_REFOUND, -1);
	status = mr_count_add(c, c->today, MR_N_BACK, -1);
	if (status == MR_OK)
		status = mr_count_add(c, c->today, MR_N_PIECES, -1);
	return status;
}
