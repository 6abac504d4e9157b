/*
 * Pairings: names, look-ups and the steps of a pairing's life after it was
 * opened.  Opening is in pairing_open.c, what went between the two in
 * pairing_traffic.c.
 */
#include "lib/pairing.h"

#include <string.h>

#include "lib/chain.h"
#include "lib/letter_wait.h"
#include "lib/tongue.h"
#include "lib/when.h"

static const struct {
	int number;
	const char *word;
	int status;
} reasons[] = {
#define X(name, number, word, status) {number, word, status},
    MR_PAIRING_REASONS(X)
#undef X
};
#define NREASONS (sizeof(reasons) / sizeof(reasons[0]))

static const char *const statuses[] = {
    [MR_PAIRING_PROPOSED] = "proposed",
    [MR_PAIRING_ACTIVE] = "active",
    [MR_PAIRING_PAUSED] = "paused",
    [MR_PAIRING_ENDED] = "ended",
};

const char *
mr_pairing_status_name(int status)
{
	if (status < MR_PAIRING_PROPOSED || status > MR_PAIRING_ENDED)
		return NULL;
	return statuses[status];
}

int
mr_pairing_status_read(const char *word)
{
	for (int i = MR_PAIRING_PROPOSED; i <= MR_PAIRING_ENDED; i++)
		if (strcmp(statuses[i], word) == 0)
			return i;
	return 0;
}

const char *
mr_pairing_reason_name(int reason)
{
	for (size_t i = 0; i < NREASONS; i++)
		if (reasons[i].number == reason)
			return reasons[i].word;
	return NULL;
}

/* A reason that goes with this status. */
static enum mr_status
read_reason(struct mr_call *c, const char *word, int status, int *reason)
{
	const char *list = "";

	for (size_t i = 0; i < NREASONS; i++) {
		if (reasons[i].status != status)
			continue;
		if (word != NULL && strcmp(reasons[i].word, word) == 0) {
			*reason = reasons[i].number;
			return MR_OK;
		}
		list = mr_printf(c->arena, "%s%s%s", list,
		    *list != '\0' ? ", " : "", reasons[i].word);
		if (list == NULL)
			return mr_nomem(c);
	}
	return mr_fail(c, MR_INVALID,
	    "that is no reason of the list; choose one of: %s", list);
}

const char *
mr_pairing_show_id(struct mr_call *c, int64_t id)
{
	return mr_show_id(c, 'P', id);
}

int
mr_pairing_today(const struct mr_call *c, const struct mr_pairing *pairing)
{
	if (pairing->status == MR_PAIRING_PAUSED && pairing->until != 0 &&
	    pairing->until < c->today)
		return MR_PAIRING_ACTIVE;
	return pairing->status;
}

int
mr_pairing_live(const struct mr_call *c, const struct mr_pairing *pairing)
{
	return mr_pairing_today(c, pairing) == MR_PAIRING_ACTIVE;
}

static void
read_row(struct sql_stmt *st, struct mr_pairing *pairing)
{
	pairing->id = sql_col_int(st, 0);
	pairing->outside = sql_col_int(st, 1);
	pairing->inside = sql_col_int(st, 2);
	pairing->status = (int)sql_col_int(st, 3);
	pairing->reason = (int)sql_col_int(st, 4);
	pairing->opened = (int)sql_col_int(st, 5);
	pairing->until = (int)sql_col_int(st, 6);
	pairing->version = sql_col_int(st, 7);
	pairing->event = sql_col_int(st, 8);
}

/* The one row of a statement, or MR_NOTFOUND. */
static enum mr_status
take_one(struct sql_stmt *st, struct mr_pairing *pairing)
{
	enum mr_status status;
	int found = sql_row(st);

	if (found)
		read_row(st, pairing);
	status = sql_done(st);
	return status == MR_OK && !found ? MR_NOTFOUND : status;
}

enum mr_status
mr_pairing_of(struct mr_call *c, int64_t person,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_pairing *pairing),
    void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_pairing pairing;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, outside, inside, status, reason, opened, until, "
	    "version, event FROM pairing "
	    "WHERE outside = :person "
	    "UNION ALL "
	    "SELECT id, outside, inside, status, reason, opened, until, "
	    "version, event FROM pairing "
	    "WHERE inside = :person");
	sql_int(st, ":person", person);
	while (status == MR_OK && sql_row(st)) {
		read_row(st, &pairing);
		status = each(c, arg, &pairing);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

enum mr_status
mr_pairing_load(struct mr_call *c, int64_t id, struct mr_pairing *pairing)
{
	enum mr_status status;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, outside, inside, status, reason, opened, until, "
	    "version, event "
	    "FROM pairing "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	status = take_one(st, pairing);
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND,
		    "there is no pairing %s; 'mailroom pairing list' shows "
		    "them",
		    mr_pairing_show_id(c, id));
	return status;
}

enum mr_status
mr_pairing_between(
    struct mr_call *c, int64_t a, int64_t b, struct mr_pairing *pairing)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, outside, inside, status, reason, opened, until, "
	    "version, event "
	    "FROM pairing "
	    "WHERE outside IN (:a, :b) AND inside IN (:a, :b) "
	    "AND status < 4");
	sql_int(st, ":a", a);
	sql_int(st, ":b", b);
	return take_one(st, pairing);
}

/* A pairing that has not ended, for a step of its life. */
static enum mr_status
load_living(struct mr_call *c, int64_t id, struct mr_pairing *pairing)
{
	enum mr_status status = mr_pairing_load(c, id, pairing);

	if (status == MR_OK && pairing->status == MR_PAIRING_ENDED)
		return mr_fail(c, MR_REFUSED,
		    "%s has ended (%s); open a new pairing if the two want "
		    "to write again",
		    mr_pairing_show_id(c, id),
		    mr_say(mr_pairing_reason_name(pairing->reason)));
	return status;
}

/* Write what became of a pairing.  Its event is told by the caller. */
static enum mr_status
store(struct mr_call *c, const struct mr_pairing *pairing)
{
	enum mr_status status = mr_row_proved(c, MR_PAIRING, pairing->id);
	struct sql_stmt *st;

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE pairing SET status = :status, reason = :reason, "
	    "opened = :opened, until = :until, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id AND version = :version");
	sql_int(st, ":status", pairing->status);
	sql_int(st, ":reason", pairing->reason);
	sql_int(st, ":opened", pairing->opened);
	sql_int0(st, ":until", pairing->until);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", pairing->id);
	sql_int(st, ":version", pairing->version);
	return sql_done(st);
}

/* Move a pairing and tell it: status before and after, reasons, days. */
static enum mr_status
change(struct mr_call *c, const struct mr_pairing *was, int status_now,
    int reason, int until)
{
	const struct mr_field fields[] = {
	    {MR_F_FROM, was->status, NULL, 0},
	    {MR_F_TO, status_now, NULL, 0},
	    {MR_F_REASON, reason, NULL, 0},
	    {MR_F_REASON_WAS, was->reason, NULL, 0},
	    {MR_F_UNTIL_WAS, was->until, NULL, 0},
	    {until != 0 ? MR_F_UNTIL : MR_F_END, until, NULL, 0},
	    {MR_F_END, 0, NULL, 0},
	};
	struct mr_pairing now = *was;
	enum mr_status status;

	now.status = status_now;
	now.reason = reason;
	now.until = until;
	status = store(c, &now);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_PAIRING, was->id, was->event, fields);
}

enum mr_status
mr_pairing_redate(
    struct mr_call *c, const struct mr_pairing *pairing, int opened)
{
	const struct mr_field fields[] = {
	    {MR_F_DAY, opened, NULL, 0},
	    {MR_F_END, 0, NULL, 0},
	};
	struct mr_pairing now = *pairing;
	enum mr_status status;

	now.opened = opened;
	status = store(c, &now);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_PAIRING, now.id, now.event, fields);
}

enum mr_status
mr_pairing_pause(struct mr_call *c, const struct mr_pairing_pause *in)
{
	int until = in->until.given ? (int)in->until.day : 0, reason;
	char day[MR_WHEN_SIZE];
	struct mr_pairing pairing;
	enum mr_status status;

	status = read_reason(c, in->reason, MR_PAIRING_PAUSED, &reason);
	if (status == MR_OK)
		status = load_living(c, in->pairing.id, &pairing);
	if (status != MR_OK)
		return status;
	if (in->until.given && in->until.day < c->today)
		return mr_fail(c, MR_INVALID,
		    "until: that day is over; a pause can last through %s or "
		    "any later day",
		    mr_day_iso(c->today, day));
	if (mr_pairing_today(c, &pairing) == MR_PAIRING_PAUSED &&
	    pairing.reason == reason && pairing.until == until)
		return mr_fail(c, MR_REFUSED,
		    "%s is paused already, for this reason and as long",
		    mr_pairing_show_id(c, pairing.id));
	return change(c, &pairing, MR_PAIRING_PAUSED, reason, until);
}

enum mr_status
mr_pairing_resume(struct mr_call *c, const struct mr_pairing_resume *in)
{
	struct mr_pairing pairing;
	enum mr_status status = load_living(c, in->pairing.id, &pairing);

	if (status != MR_OK)
		return status;
	if (pairing.status != MR_PAIRING_PAUSED)
		return mr_fail(c, MR_REFUSED, "%s is %s, not paused",
		    mr_pairing_show_id(c, pairing.id),
		    mr_say(mr_pairing_status_name(pairing.status)));
	return change(c, &pairing, MR_PAIRING_ACTIVE, MR_PAIRING_NO_REASON, 0);
}

/* The IDs of a pairing, kept: they change while we walk. */
struct kept {
	struct kept *next;
	struct mr_fid fid;
};

static enum mr_status
keep(struct mr_call *c, const struct mr_fid *fid, void *arg)
{
	struct kept **first = arg, *new = mr_alloc(c->arena, sizeof(*new));

	if (new == NULL)
		return mr_nomem(c);
	new->fid = *fid;
	new->next = *first;
	*first = new;
	return MR_OK;
}

/*
 * Retire the IDs by which this writer (0: either) answers: those in use, and
 * with route_until = 0 also those that still route.
 */
static enum mr_status
retire(struct mr_call *c, int64_t pairing, int64_t writer,
    enum mr_fid_reason reason, int route_until)
{
	struct kept *first = NULL;
	enum mr_status status = mr_fid_list(c, pairing, keep, &first);

	for (struct kept *k = first; k != NULL && status == MR_OK;
	     k = k->next) {
		const struct mr_fid *fid = &k->fid;
		int stops = route_until == 0 && mr_fid_routes(c, fid);

		if (writer != 0 && fid->writer != writer)
			continue;
		/* A blocked one was stopped by a person: it stays stopped. */
		if (fid->status == MR_FID_BLOCKED)
			status = mr_fid_retire(c, fid, reason, 0);
		else if (fid->status == MR_FID_ACTIVE || stops)
			status = mr_fid_retire(c, fid, reason, route_until);
	}
	return status;
}

static enum mr_status
tell_end(struct mr_call *c, const struct mr_pairing *was, int reason)
{
	struct mr_field fields[MR_WAIT_FIELDS + 4] = {
	    {MR_F_FROM, was->status, NULL, 0},
	    {MR_F_TO, MR_PAIRING_ENDED, NULL, 0},
	    {MR_F_REASON, reason, NULL, 0},
	};
	enum mr_status status;

	status = mr_wait_in_house(c, was->id, fields + 3);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_PAIRING, was->id, was->event, fields);
}

enum mr_status
mr_pairing_end(struct mr_call *c, const struct mr_pairing_end *in)
{
	struct mr_pairing pairing, now;
	enum mr_status status;
	int reason;

	status = read_reason(c, in->reason, MR_PAIRING_ENDED, &reason);
	if (status == MR_OK)
		status = load_living(c, in->pairing.id, &pairing);
	if (status == MR_OK)
		status = retire(c, pairing.id, 0, MR_FID_PAIRING_ENDED, 0);
	if (status != MR_OK)
		return status;
	now = pairing;
	now.status = MR_PAIRING_ENDED;
	now.reason = reason;
	now.until = 0;
	status = store(c, &now);
	return status == MR_OK ? tell_end(c, &pairing, reason) : status;
}

/* The old ID of one writer out, a new one in. */
static enum mr_status
rotate(struct mr_call *c, struct mr_register *reg,
    const struct mr_pairing *pairing, int64_t writer, int reason)
{
	int until =
	    reason == MR_FID_ROUTINE ? (int)c->today + MR_FID_ROUTES : 0;
	enum mr_status status;
	int64_t id;

	status =
	    retire(c, pairing->id, writer, (enum mr_fid_reason)reason, until);
	if (status == MR_OK)
		status = mr_fid_issue(c, reg, pairing->id, writer, &id);
	return status;
}

enum mr_status
mr_pairing_rotate(struct mr_call *c, const struct mr_pairing_rotate *in)
{
	const char *side = in->side != NULL ? in->side : "both";
	int both = strcmp(side, "both") == 0, reason;
	int outside = both || strcmp(side, "outside") == 0;
	int inside = both || strcmp(side, "inside") == 0;
	struct mr_register *reg;
	struct mr_pairing pairing;
	enum mr_status status;

	if (!outside && !inside)
		return mr_fail(
		    c, MR_INVALID, "side: write inside, outside or both");
	status = mr_fid_reason_read(c, in->reason, MR_FID_ROTATE, &reason);
	if (status == MR_OK)
		status = load_living(c, in->pairing.id, &pairing);
	if (status == MR_OK)
		status = mr_register_load(c, &reg);
	if (status == MR_OK && outside)
		status = rotate(c, reg, &pairing, pairing.outside, reason);
	if (status == MR_OK && inside)
		status = rotate(c, reg, &pairing, pairing.inside, reason);
	if (status == MR_OK)
		status = mr_register_save(c, reg);
	return status;
}
