/* Envelopes that were printed before.  See seal_past.h. */
#include "lib/seal_past.h"

#include "lib/address.h"
#include "lib/facility.h"
#include "lib/paper_stock.h"
#include "lib/route.h"
#include "lib/when.h"

/* What was not torn up may lie on the bench for some days. */
#define LIES_ABOUT_US (7 * MR_DAY_US)

enum mr_status
mr_past_zip(struct mr_call *c, int64_t address_id, const char **zip)
{
	struct mr_facility facility;
	struct mr_address address;
	enum mr_status status = mr_address_load(c, address_id, &address);

	*zip = NULL;
	if (status == MR_OK && address.facility != 0) {
		status = mr_facility_load(c, address.facility, &facility);
		*zip = status == MR_OK ? facility.zip : NULL;
	}
	return status;
}

static enum mr_status
any_row(struct sql_stmt *st, int *yes)
{
	int64_t id = 0;
	enum mr_status status = sql_done_int(st, &id);

	*yes = status == MR_OK;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
of_this_letter(struct mr_call *c, const struct mr_letter *l, int *yes)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id FROM print "
	    "WHERE letter = :letter AND what > 1 AND address <> :address "
	    "LIMIT 1");
	sql_int(st, ":letter", l->id);
	sql_int(st, ":address", l->envelope_address);
	return any_row(st, yes);
}

static enum mr_status
of_another_letter(struct mr_call *c, const struct mr_letter *l, int *yes)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT p.id FROM letter l "
	    "JOIN print p ON p.letter = l.id "
	    "WHERE l.pairing = :pairing "
	    "AND (l.state < :posted OR l.stepped > :since) AND p.what > 1 "
	    "AND p.forwarding_id = :fid AND p.address <> :address "
	    "LIMIT 1");
	sql_int(st, ":pairing", l->pairing);
	sql_int(st, ":posted", MR_L_POSTED);
	sql_int(st, ":since", c->now - LIES_ABOUT_US);
	sql_int(st, ":fid", l->envelope_id);
	sql_int(st, ":address", l->envelope_address);
	return any_row(st, yes);
}

enum mr_status
mr_past_elsewhere(
    struct mr_call *c, const struct mr_letter *l, int scanned, int *yes)
{
	enum mr_status status = of_this_letter(c, l, yes);

	/* A scan tells whose envelope it is; a corner does not. */
	if (status == MR_OK && !*yes && !scanned)
		status = of_another_letter(c, l, yes);
	return status;
}

enum mr_status
mr_past_twin_copy(struct mr_call *c, const struct mr_letter *l, int *yes)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id FROM print "
	    "WHERE letter = :letter AND what > 1 AND copy < :copy "
	    "AND (:copy - copy) % 19 = 0 "
	    "AND (address <> :address OR forwarding_id <> :fid) "
	    "LIMIT 1");
	sql_int(st, ":letter", l->id);
	sql_int(st, ":copy", l->envelope_copy);
	sql_int(st, ":address", l->envelope_address);
	sql_int(st, ":fid", l->envelope_id);
	return any_row(st, yes);
}

/* What was printed last, by its event; MR_NOTFOUND: that is gone. */
static enum mr_status
newest_print(
    struct mr_call *c, const struct mr_letter *l, struct mr_event *event)
{
	struct sql_stmt *st;
	int64_t id = 0;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT event FROM print "
	    "WHERE letter = :letter AND what > 1 AND copy = :copy");
	sql_int(st, ":letter", l->id);
	sql_int(st, ":copy", l->envelope_copy);
	status = sql_done_int(st, &id);
	if (status == MR_OK)
		status = mr_event_load(c, id, event);
	return status == MR_OK && event->dropped ? MR_NOTFOUND : status;
}

/* A rule as it stood when that was printed: its row may have begun, been
 * written or been mended since. */
static enum mr_status
value_then(struct mr_call *c, const struct mr_route *route, int rule,
    const struct mr_event *print, int64_t *value)
{
	const struct mr_rule_source *why = &route->rules.why[rule];
	int64_t day = mr_day_of(print->at), id = why->event;
	struct mr_event event = {.id = 0};
	enum mr_status status = MR_OK;

	*value = route->rules.value[rule];
	if (why->from_day <= day) {
		if (id <= print->id)
			return MR_OK;
		while (status == MR_OK && id > print->id) {
			status = mr_event_load(c, id, &event);
			id = event.before;
		}
		if (status == MR_OK && id != 0)
			status = mr_event_load(c, id, &event);
		if (status != MR_OK || id != 0) {
			*value = mr_event_number(&event, MR_F_VALUE, *value);
			return status;
		}
		day = why->from_day - 1;
	}
	return mr_rule(c, route->facility, rule, (int)day, value, NULL);
}

/* Does the outside show what a rule no longer says? */
static enum mr_status
shows_old_rule(struct mr_call *c, const struct mr_letter *l,
    const struct mr_route *route, const struct mr_event *print, int *rule)
{
	static const int shown[] = {
	    MR_RULE_CODE_ON_PIECE, MR_RULE_ENDORSEMENT, MR_RULE_SENDER_LINE};
	enum mr_status status = MR_OK;
	int64_t now, then;

	for (int i = 0; i < 3 && status == MR_OK && *rule == 0; i++) {
		now = route->rules.value[shown[i]];
		/* No code does no harm; our own letters name nobody. */
		if ((shown[i] == MR_RULE_CODE_ON_PIECE && now) ||
		    (shown[i] == MR_RULE_SENDER_LINE && l->way != MR_FORWARD))
			continue;
		status = value_then(c, route, shown[i], print, &then);
		if (status == MR_OK && then != now)
			*rule = shown[i];
	}
	return status;
}

/* The size and the window of an envelope: one was ever a #10 unless its event
 * names another. */
static enum mr_status
forbids_envelope(struct mr_call *c, const struct mr_route *route,
    const struct mr_event *print, int *rule)
{
	const char *name = mr_event_text(c, print, MR_F_PIECE);
	struct form_envelope e;
	enum mr_status status;

	status = mr_envelope_named(c, name != NULL ? name : "10", &e);
	if (status == MR_OK)
		*rule = mr_route_envelope(route, e.w, e.h, e.window.w > 0);
	return status;
}

static enum mr_status
broken_rule(struct mr_call *c, const struct mr_letter *l, int *rule)
{
	struct mr_event print;
	struct mr_route route;
	enum mr_status status;

	status = mr_route_of_address(c, l->envelope_address, c->today, &route);
	if (status != MR_OK || route.facility == 0)
		return status;
	status = newest_print(c, l, &print);
	if (status != MR_OK)
		return status == MR_NOTFOUND ? MR_OK : status;
	if (mr_event_number(&print, MR_F_WHAT, 0) != MR_P_LABEL)
		status = forbids_envelope(c, &route, &print, rule);
	else if (!mr_route_label(&route))
		*rule = MR_RULE_LABELS;
	if (status == MR_OK && *rule == 0)
		status = shows_old_rule(c, l, &route, &print, rule);
	return status;
}

enum mr_status
mr_past_rule(struct mr_call *c, const struct mr_letter *l, int *rule)
{
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_status status;

	*rule = 0;
	status = broken_rule(c, l, rule);
	/* A run asks this of every envelope on the table. */
	mr_release(c->arena, mark);
	return status;
}
