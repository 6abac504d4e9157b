/*
 * Storing letters: the one INSERT and the one step.  The counts of the day go
 * with them (letter_count.c).
 */
#include <string.h>

#include "lib/gap.h"
#include "lib/handle.h"
#include "lib/letter.h"
#include "lib/letter_count.h"
#include "lib/lettercode.h"
#include "lib/postage.h"
#include "lib/page.h"
#include "lib/tongue.h"

/* Ids whose code would spell something are skipped. */
static enum mr_status
fresh_id(struct mr_call *c, int64_t *id)
{
	enum mr_status status = mr_next_id(c, MR_NEWEST_LETTER, id);

	while (status == MR_OK && mr_lettercode_blocked(c->keys->code, *id))
		++*id;
	return status;
}

/* The station's next number of the day: A17. */
static enum mr_status
next_number(struct mr_call *c, struct mr_letter *l)
{
	int64_t count = 0;
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "INSERT INTO station (id, day, count, letter, forwarding_id, at) "
	    "VALUES (:id, :day, :first, :letter, :fid, :at) "
	    "ON CONFLICT (id) DO UPDATE SET "
	    "count = CASE WHEN station.day = excluded.day "
	    "THEN station.count + 1 ELSE excluded.count END, "
	    "day = excluded.day, letter = excluded.letter, "
	    "forwarding_id = excluded.forwarding_id, at = excluded.at "
	    "RETURNING count");
	sql_int(st, ":id", c->site->id << MR_SITE_SHIFT | c->station);
	sql_int(st, ":day", c->today);
	sql_int(st, ":first", mr_gap_number(c, c->today) + 1);
	sql_int(st, ":letter", l->id);
	sql_int0(st, ":fid", l->fid);
	sql_int(st, ":at", c->now);
	status = sql_done_int(st, &count);
	if (status != MR_OK)
		return status;
	if (count > 65535)
		return mr_fail(c, MR_REFUSED,
		    "this station has logged 65535 "
		    "letters today; go on at another station");
	l->number = MR_DAYNO(c->site->id, c->station, (int)count);
	return MR_OK;
}

enum mr_status
mr_letter_renumber(struct mr_call *c, struct mr_letter *letter)
{
	/* Without its ID: a true answer may follow within three seconds. */
	struct mr_letter piece = {.id = letter->id};
	enum mr_status status = next_number(c, &piece);

	if (status == MR_OK) {
		letter->number = piece.number;
		letter->day = c->today;
	}
	return status;
}

static void
bind_moving(struct sql_stmt *st, const struct mr_letter *l)
{
	sql_int(st, ":state", l->state);
	sql_int(st, ":reason", l->reason);
	sql_int0(st, ":until", l->until);
	if (l->sheets < 0)
		sql_null(st, ":sheets", SQL_INT);
	else
		sql_int(st, ":sheets", l->sheets);
	sql_int(st, ":marks", l->marks);
	sql_int(st, ":sheet_copy", l->sheet_copy);
	sql_int(st, ":envelope_copy", l->envelope_copy);
	sql_int0(st, ":envelope_address", l->envelope_address);
	sql_int0(st, ":envelope_id", l->envelope_id);
	if (l->stamps < 0)
		sql_null(st, ":stamps", SQL_INT);
	else
		sql_int(st, ":stamps", l->stamps);
	sql_int(st, ":station", l->station);
	sql_int(st, ":stepped", l->stepped);
	sql_int(st, ":event", l->event);
	sql_int(st, ":id", l->id);
}

static void
bind_owned(struct sql_stmt *st, const struct mr_letter *l)
{
	sql_int0(st, ":fid", l->fid);
	sql_int0(st, ":pairing", l->pairing);
	sql_int0(st, ":person", l->person);
	sql_int(st, ":direction", l->direction);
	sql_int(st, ":way", l->way);
	sql_int0(st, ":batch", l->batch);
	sql_int(st, ":day", l->day);
	sql_int(st, ":number", l->number);
}

static enum mr_status
insert_row(struct mr_call *c, const struct mr_letter *l)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO letter (id, forwarding_id, pairing, person, "
	    "direction, way, form, day, number, parent, state, reason, until, "
	    "sheets, marks, sheet_copy, envelope_copy, envelope_address, "
	    "envelope_id, batch, stamps, station, stepped, version, event) "
	    "VALUES (:id, :fid, :pairing, :person, "
	    ":direction, :way, :form, :day, :number, :parent, :state, "
	    ":reason, :until, :sheets, :marks, :sheet_copy, :envelope_copy, "
	    ":envelope_address, :envelope_id, :batch, :stamps, :station, "
	    ":stepped, 1, :event)");
	bind_moving(st, l);
	bind_owned(st, l);
	sql_int(st, ":form", l->form);
	sql_int0(st, ":parent", l->parent);
	return sql_done(st);
}

enum mr_status
mr_letter_insert(struct mr_call *c, struct mr_letter *l)
{
	int page = l->id != 0; /* that was printed before it came */
	enum mr_status status = page ? MR_OK : fresh_id(c, &l->id);
	struct mr_field fields[12], *f = fields;

	if (status == MR_OK)
		status = next_number(c, l);
	if (status != MR_OK)
		return status;
	l->station = c->station;
	l->stepped = c->now;
	l->version = 1;
	l->event = mr_event_next(c);
	status = insert_row(c, l);
	if (status != MR_OK)
		return status;
	*f++ = (struct mr_field){MR_F_TO, l->state, NULL, 0};
	*f++ = (struct mr_field){MR_F_NUMBER, l->number, NULL, 0};
	if (l->reason != 0)
		*f++ = (struct mr_field){MR_F_REASON, l->reason, NULL, 0};
	if (l->sheets >= 0)
		*f++ = (struct mr_field){MR_F_SHEETS, l->sheets, NULL, 0};
	if (l->fid != 0)
		*f++ = (struct mr_field){MR_F_FORWARDING_ID, l->fid, NULL, 0};
	if (l->way != MR_FORWARD)
		*f++ = (struct mr_field){MR_F_WAY, l->way, NULL, 0};
	if (l->parent != 0)
		*f++ = (struct mr_field){MR_F_LETTER, l->parent, NULL, 0};
	if (page)
		*f++ = (struct mr_field){MR_F_PAGE, 1, NULL, 0};
	if (l->rule != 0)
		*f++ = (struct mr_field){MR_F_RULE, l->rule, NULL, 0};
	if (l->form != 0)
		*f++ = (struct mr_field){MR_F_FORM, l->form, NULL, 0};
	l->rule = 0;
	*f = (struct mr_field){MR_F_END, 0, NULL, 0};
	status = mr_event(c, MR_LETTER, l->id, 0, fields);
	if (status == MR_OK)
		status = mr_letter_count_new(c, l, 1);
	return status;
}

/* What a step changed, as fields; room for 20. */
static struct mr_field *
changes(struct mr_field *f, const struct mr_letter *was,
    const struct mr_letter *now)
{
#define WAS(tag, value) *f++ = (struct mr_field){MR_F_##tag, value, NULL, 0}
	WAS(FROM, was->state);
	WAS(TO, now->state);
	if (now->reason != 0)
		WAS(REASON, now->reason);
	if (was->reason != 0)
		WAS(REASON_WAS, was->reason);
	if (was->until != 0)
		WAS(UNTIL_WAS, was->until);
	if (was->sheets != now->sheets) {
		WAS(SHEETS, now->sheets + 1);
		WAS(SHEETS_WAS, was->sheets + 1);
	}
	if (was->stamps != now->stamps)
		WAS(STAMPS, now->stamps + 1);
	if (was->marks != now->marks) {
		WAS(MARKS, now->marks);
		WAS(MARKS_WAS, was->marks);
	}
	if (was->batch != now->batch) {
		WAS(BATCH, now->batch);
		WAS(BATCH_WAS, was->batch);
	}
	if (was->way != now->way) {
		WAS(WAY, now->way);
		WAS(WAY_WAS, was->way);
	}
	if (was->number != now->number || was->day != now->day) {
		WAS(NUMBER, now->number);
		WAS(NUMBER_WAS, was->number);
		WAS(DAY_WAS, was->day);
	}
	if (was->pairing != now->pairing)
		WAS(PAIRING, now->pairing);
	if (was->person != now->person)
		WAS(PERSON, now->person);
	if (now->rule != 0)
		WAS(RULE, now->rule);
#undef WAS
	return f;
}

static int
owned_changed(const struct mr_letter *was, const struct mr_letter *now)
{
	return was->fid != now->fid || was->pairing != now->pairing ||
	    was->person != now->person || was->direction != now->direction ||
	    was->way != now->way || was->batch != now->batch ||
	    was->number != now->number || was->day != now->day;
}

/*
 * Two texts for one step: an index is written again for every column that an
 * UPDATE names, changed or not, and most steps change none of the indexed.
 */
static enum mr_status
update_row(
    struct mr_call *c, const struct mr_letter *was, const struct mr_letter *now)
{
	int64_t id = 0;
	struct sql_stmt *st;
	enum mr_status status;

	if (!owned_changed(was, now)) {
		st = sql_prepare(c,
		    "UPDATE letter SET state = :state, reason = :reason, "
		    "until = :until, sheets = :sheets, marks = :marks, "
		    "sheet_copy = :sheet_copy, "
		    "envelope_copy = :envelope_copy, "
		    "envelope_address = :envelope_address, "
		    "envelope_id = :envelope_id, stamps = :stamps, "
		    "station = :station, stepped = :stepped, "
		    "version = version + 1, event = :event "
		    "WHERE id = :id AND state = :was AND version = :version "
		    "RETURNING id");
	} else {
		st = sql_prepare(c,
		    "UPDATE letter SET state = :state, reason = :reason, "
		    "until = :until, sheets = :sheets, marks = :marks, "
		    "sheet_copy = :sheet_copy, "
		    "envelope_copy = :envelope_copy, "
		    "envelope_address = :envelope_address, "
		    "envelope_id = :envelope_id, stamps = :stamps, "
		    "station = :station, stepped = :stepped, "
		    "version = version + 1, event = :event, "
		    "forwarding_id = :fid, pairing = :pairing, "
		    "person = :person, direction = :direction, way = :way, "
		    "batch = :batch, "
		    "day = :day, number = :number "
		    "WHERE id = :id AND state = :was AND version = :version "
		    "RETURNING id");
		bind_owned(st, now);
	}
	bind_moving(st, now);
	sql_int(st, ":was", was->state);
	sql_int(st, ":version", was->version);
	status = sql_done_int(st, &id);
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_REFUSED,
		    "somebody else has just moved "
		    "this letter; look at it again");
	return status;
}

/* Its stamps are on it. */
static int
paid(int state)
{
	return state == MR_L_SEALED || state == MR_L_POSTED ||
	    state == MR_L_RETURNED;
}

/* Out of the envelope again: off with its postage; what came back has spent
 * it.  An undo puts it on again. */
static enum mr_status
follow_postage(struct mr_call *c, const struct mr_letter *was,
    const struct mr_letter *now, int undo)
{
	if (paid(was->state) && !paid(now->state) &&
	    was->state != MR_L_RETURNED)
		return mr_postage_take_back(c, now->id);
	if (undo && !paid(was->state) && now->state != MR_L_RETURNED &&
	    paid(now->state))
		return mr_postage_give_again(c, now->id);
	return MR_OK;
}

static enum mr_status
store(struct mr_call *c, const struct mr_letter *was, struct mr_letter *now,
    const struct mr_field *extra, int undo)
{
	struct mr_field fields[24], *f;
	enum mr_status status;

	if (!mr_letter_here(c, now))
		return mr_letter_elsewhere(c, was);
	if (was->state != now->state && !undo &&
	    !mr_letter_may(was->state, now->state))
		return mr_fail(c, MR_REFUSED,
		    "letter %s is %s; from there it cannot become %s",
		    mr_letter_number(c, was->number),
		    mr_say(mr_letter_state_name(was->state)),
		    mr_say(mr_letter_state_name(now->state)));
	/* Out of the envelope, out of the batch that it would leave with. */
	if (was->state == MR_L_SEALED && now->state != MR_L_SEALED &&
	    now->state != MR_L_POSTED)
		now->batch = 0;
	now->station = c->station;
	now->stepped = c->now;
	now->event = mr_event_next(c);
	status = mr_row_proved(c, MR_LETTER, was->id);
	if (status == MR_OK)
		status = update_row(c, was, now);
	if (status != MR_OK)
		return status;
	f = changes(fields, was, now);
	for (; extra != NULL && extra->tag != MR_F_END; extra++)
		if (f < fields + 22)
			*f++ = *extra;
	*f = (struct mr_field){MR_F_END, 0, NULL, 0};
	status = mr_event(c, MR_LETTER, now->id, was->event, fields);
	if (status == MR_OK)
		status = undo ? mr_letter_count_undo(c, was, now)
			      : mr_letter_count_step(c, was, now);
	if (status == MR_OK)
		status = follow_postage(c, was, now, undo);
	now->version = was->version + 1;
	now->rule = 0;
	return status;
}

enum mr_status
mr_letter_store(struct mr_call *c, const struct mr_letter *was,
    struct mr_letter *now, const struct mr_field *extra)
{
	return store(c, was, now, extra, 0);
}

enum mr_status
mr_letter_store_undo(struct mr_call *c, const struct mr_letter *was,
    struct mr_letter *now, const struct mr_field *extra)
{
	return store(c, was, now, extra, 1);
}

enum mr_status
mr_letter_move(
    struct mr_call *c, struct mr_letter *letter, int state, int reason)
{
	struct mr_letter now = *letter;
	enum mr_status status;

	now.state = state;
	now.reason = reason;
	now.until = 0;
	status = mr_letter_store(c, letter, &now, NULL);
	if (status == MR_OK)
		*letter = now;
	return status;
}

enum mr_status
mr_letter_hold(struct mr_call *c, struct mr_letter *letter, int reason,
    int64_t until, const struct mr_field *extra)
{
	const struct mr_reason_row *why = mr_reason(reason);
	struct mr_letter now = *letter;
	enum mr_status status;

	if (why == NULL || why->use != MR_WHY_HELD)
		return mr_fail(c, MR_BUG, "%d is no reason to hold", reason);
	now.state = MR_L_HELD;
	now.reason = reason;
	now.until = until != 0 ? until : c->today + why->days;
	status = mr_letter_store(c, letter, &now, extra);
	if (status == MR_OK)
		*letter = now;
	return status;
}
