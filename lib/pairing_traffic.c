/*
 * What went between the two of a pairing, whose turn it is, and the list that
 * shows it.  Reads letters, changes nothing.
 */
#include "lib/pairing.h"

#include "lib/letter.h"
#include "lib/when.h"

const char *
mr_pairing_turn_name(enum mr_pairing_turn turn)
{
	static const char *const names[] = {
	    [MR_TURN_NONE] = NULL,
	    [MR_TURN_INSIDE] = "inside",
	    [MR_TURN_OUTSIDE] = "outside",
	    [MR_TURN_OFFICE] = "office",
	};

	return names[turn];
}

/* The newest letter says whose turn it is: our posting starts their clock. */
static void
judge(const struct mr_pairing *pairing, int direction, int state,
    int64_t stepped, struct mr_pairing_traffic *t)
{
	if (pairing->status == MR_PAIRING_ENDED)
		return;
	if (state < MR_L_POSTED) {
		t->turn = MR_TURN_OFFICE;
		t->quiet_since = 0;
		return;
	}
	t->turn = direction == MR_TO_INSIDE ? MR_TURN_INSIDE : MR_TURN_OUTSIDE;
	t->quiet_since = (int)mr_day_of(stepped);
}

enum mr_status
mr_pairing_traffic(struct mr_call *c, const struct mr_pairing *pairing, int all,
    struct mr_pairing_traffic *t)
{
	int direction, way, state, judged = 0;
	struct sql_stmt *st;

	*t = (struct mr_pairing_traffic){.quiet_since = pairing->opened};
	st = sql_prepare(c,
	    "SELECT direction, way, state, day, stepped FROM letter "
	    "WHERE pairing = :pairing "
	    "ORDER BY id DESC");
	sql_int(st, ":pairing", pairing->id);
	while ((all || !judged) && sql_row(st)) {
		direction = (int)sql_col_int(st, 0);
		way = (int)sql_col_int(st, 1);
		state = (int)sql_col_int(st, 2);
		t->in_house += state < MR_L_POSTED;
		if (way != MR_FORWARD || state == MR_L_CLOSED ||
		    direction <= MR_TO_NOBODY || direction > MR_TO_OUTSIDE)
			continue;
		if (t->letters[direction]++ == 0)
			t->last[direction] = (int)sql_col_int(st, 3);
		if (!judged)
			judge(pairing, direction, state, sql_col_int(st, 4), t);
		judged = 1;
	}
	return sql_done(st);
}

#define LINE \
	"SELECT p.id, p.outside, p.inside, p.status, p.reason, p.opened, " \
	"p.until, p.version, p.event, o.pen_name, i.pen_name " \
	"FROM pairing p " \
	"JOIN correspondent o ON o.id = p.outside " \
	"JOIN correspondent i ON i.id = p.inside "

static struct sql_stmt *
select_lines(struct mr_call *c, int64_t person)
{
	struct sql_stmt *st;

	if (person == 0)
		return sql_prepare(c, SQL_SCAN LINE "ORDER BY p.id");
	st = sql_prepare(c,
	    LINE "WHERE p.outside = :outside OR p.inside = :inside "
		 "ORDER BY p.id");
	sql_int(st, ":outside", person);
	sql_int(st, ":inside", person);
	return st;
}

static void
take(struct sql_stmt *st, struct mr_pairing_line *line)
{
	struct mr_pairing *p = &line->pairing;

	p->id = sql_col_int(st, 0);
	p->outside = sql_col_int(st, 1);
	p->inside = sql_col_int(st, 2);
	p->status = (int)sql_col_int(st, 3);
	p->reason = (int)sql_col_int(st, 4);
	p->opened = (int)sql_col_int(st, 5);
	p->until = (int)sql_col_int(st, 6);
	p->version = sql_col_int(st, 7);
	p->event = sql_col_int(st, 8);
	line->outside = sql_col_text(st, 9);
	line->inside = sql_col_text(st, 10);
}

static int
status_fits(const struct mr_call *c, const struct mr_pairing_filter *filter,
    const struct mr_pairing *pairing)
{
	int today = mr_pairing_today(c, pairing);

	if (filter->status == 0)
		return today != MR_PAIRING_ENDED;
	return today == filter->status;
}

static int
quiet_fits(const struct mr_call *c, const struct mr_pairing_filter *filter,
    const struct mr_pairing_traffic *t)
{
	return filter->quiet == 0 ||
	    (t->quiet_since != 0 && c->today - t->quiet_since >= filter->quiet);
}

enum mr_status
mr_pairing_list(struct mr_call *c, const struct mr_pairing_filter *filter,
    enum mr_status (*each)(
	struct mr_call *c, const struct mr_pairing_line *line, void *arg),
    void *arg)
{
	struct sql_stmt *st = select_lines(c, filter->person);
	enum mr_status status = MR_OK, done;
	struct mr_pairing_line line;

	while (status == MR_OK && sql_row(st)) {
		take(st, &line);
		if (!status_fits(c, filter, &line.pairing))
			continue;
		status = mr_pairing_traffic(c, &line.pairing, 0, &line.traffic);
		if (status == MR_OK && quiet_fits(c, filter, &line.traffic))
			status = each(c, &line, arg);
	}
	done = sql_done(st);
	return status == MR_OK ? done : status;
}
