/* A pairing's letters with the days that they came and went.  See exchange.h. */
#include "lib/exchange.h"

#include "lib/when.h"

/* One event, from the newest back.  What turned out not to have been posted
 * takes the posting before it away. */
static void
look(const struct mr_event *event, struct mr_exchange *line, int *unposted)
{
	int to = (int)mr_event_number(event, MR_F_TO, 0);
	int day = (int)mr_day_of(event->at);

	line->came = (int)mr_event_number(event, MR_F_DAY_WAS, line->came);
	if (to == MR_L_CLEARED &&
	    mr_event_number(event, MR_F_FROM, 0) == MR_L_POSTED)
		*unposted = 1;
	if (to == MR_L_RETURNED && line->returned == 0)
		line->returned = day;
	if (to != MR_L_POSTED)
		return;
	if (*unposted)
		*unposted = 0;
	else if (line->returned == 0 && line->again == 0)
		line->again = day;
	else
		line->posted = day;
}

/* When it came and went, by the letter's own events. */
static enum mr_status
days(struct mr_call *c, const struct mr_letter *l, struct mr_exchange *line)
{
	int64_t id = l->event;
	struct mr_event event;
	int unposted = 0;

	line->came = (int)l->day;
	while (id != 0) {
		struct mr_mark mark = mr_mark(c->arena);
		enum mr_status status = mr_event_load(c, id, &event);

		if (status != MR_OK)
			return status;
		if (event.dropped)
			break;
		look(&event, line, &unposted);
		id = mr_event_back(&event);
		mr_release(c->arena, mark);
	}
	/* It never came back: its one posting is the first. */
	if (line->returned == 0) {
		line->posted = line->posted != 0 ? line->posted : line->again;
		line->again = 0;
	}
	return MR_OK;
}

/* How many days it was with us; of one that never went, until now. */
static void
count(const struct mr_call *c, const struct mr_letter *l,
    struct mr_exchange *line)
{
	int64_t until = line->posted != 0 ? line->posted
	    : l->state == MR_L_CLOSED     ? mr_day_of(l->stepped)
					  : c->today;

	line->days = until > line->came ? (int)(until - line->came) : 0;
}

static enum mr_status
tell(struct mr_call *c, int64_t id, mr_exchange_each each, void *arg)
{
	struct mr_exchange line = {.posted = 0};
	enum mr_status status = mr_letter_load(c, id, &line.letter);

	if (status == MR_OK)
		status = days(c, &line.letter, &line);
	if (status != MR_OK)
		return status;
	count(c, &line.letter, &line);
	return each(c, arg, &line);
}

enum mr_status
mr_pairing_exchange(struct mr_call *c, int64_t pairing, int64_t last,
    mr_exchange_each each, void *arg)
{
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id FROM letter "
	    "WHERE pairing = :pairing "
	    "ORDER BY id DESC LIMIT :last");
	sql_int(st, ":pairing", pairing);
	sql_int(st, ":last", last);
	while (status == MR_OK && sql_row(st)) {
		struct mr_mark mark = mr_mark(c->arena);

		status = tell(c, sql_col_int(st, 0), each, arg);
		mr_release(c->arena, mark);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}
