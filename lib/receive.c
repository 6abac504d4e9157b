/*
 * Logging a letter.  It fails closed and it always logs: what is not in order
 * is held with its reason, what cannot be told is unidentified.  Only text
 * that is no code at all is refused, so that a person reads it again.
 */
#include <string.h>

#include "lib/fid.h"
#include "lib/handle.h"
#include "lib/letter_steps.h"
#include "lib/page.h"
#include "lib/pairing.h"
#include "lib/payload.h"
#include "lib/person.h"
#include "lib/setting.h"

#define BOUNCE_US INT64_C(3000000)
#define BACKDATED 30

struct receive {
	struct mr_call *c;
	const struct mr_letter_receive *in;
	struct mr_letter letter;
	int bounced;
};

static enum mr_status
refuse_scan(struct mr_call *c, const struct mr_payload *scan)
{
	switch (scan->kind) {
	case MR_PAYLOAD_ENVELOPE:
		return mr_fail(c, MR_REFUSED,
		    "this is our own envelope: it "
		    "came back. Do not open it; log it with 'letter back' "
		    "(at the station: B) and put it in the blue tray");
	case MR_PAYLOAD_STUB:
		return mr_fail(c, MR_REFUSED,
		    "this is a stub of ours, of a "
		    "letter that is logged already; scan the reply label, or "
		    "type the ID from the envelope");
	case MR_PAYLOAD_CARD:
	case MR_PAYLOAD_BADGE:
		return mr_fail(c, MR_REFUSED,
		    "this is a bench card or a "
		    "badge; scan the reply label, or type the ID from the "
		    "envelope");
	case MR_PAYLOAD_REPLY:
		break;
	}
	return MR_OK;
}

static enum mr_status
refuse_foreign(struct mr_call *c, const char *typed)
{
	struct mr_payload scan;
	enum mr_payload_answer answer;

	answer = mr_payload_read(c->keys->tag, typed, &scan);
	if (answer == MR_PAYLOAD_OK)
		return refuse_scan(c, &scan);
	if (answer == MR_PAYLOAD_LAYOUT || answer == MR_PAYLOAD_BADTAG)
		return mr_fail(c, MR_REFUSED, "%s", mr_payload_say(answer));
	return MR_OK;
}

static void
hold(struct mr_letter *l, int reason, int64_t today)
{
	if (reason != MR_R_FACILITY_RULE)
		l->rule = 0;
	l->state = MR_L_HELD;
	l->reason = reason;
	l->until = today + mr_reason(reason)->days;
}

/* The direction of what this writer of this pairing sends. */
static enum mr_status
belongs_to(
    struct mr_call *c, struct mr_letter *l, int64_t pairing_id, int64_t writer)
{
	struct mr_pairing pairing;
	enum mr_status status = mr_pairing_load(c, pairing_id, &pairing);

	if (status != MR_OK)
		return status;
	l->pairing = pairing_id;
	l->direction = writer == pairing.outside ? MR_TO_INSIDE : MR_TO_OUTSIDE;
	return MR_OK;
}

/* The same ID at the same station within 3 seconds is a bounce. */
static enum mr_status
look_for_bounce(struct receive *r)
{
	struct mr_call *c = r->c;
	struct mr_letter found;
	struct sql_stmt *st;
	enum mr_status status;
	int64_t letter = 0;

	st = sql_prepare(c,
	    "SELECT letter FROM station "
	    "WHERE id = :id AND forwarding_id = :fid AND at > :since");
	sql_int(st, ":id", c->site->id << MR_SITE_SHIFT | c->station);
	sql_int(st, ":fid", r->letter.fid);
	sql_int(st, ":since", c->now - BOUNCE_US);
	status = sql_done_int(st, &letter);
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status == MR_OK)
		status = mr_letter_load(c, letter, &found);
	/* One that was taken back since is no letter to bounce off. */
	r->bounced = status == MR_OK && found.state != MR_L_CLOSED;
	if (r->bounced)
		r->letter = found;
	return status;
}

static enum mr_status
by_id(struct receive *r)
{
	struct mr_call *c = r->c;
	struct mr_letter *l = &r->letter;
	struct mr_fid_reading reading;
	enum mr_status status;
	struct mr_fid fid;

	status = refuse_foreign(c, r->in->id.s);
	if (status == MR_OK)
		status = mr_fid_read(c, r->in->id.s, &fid, &reading);
	if (status != MR_OK)
		return status;
	switch (reading.answer) {
	case MR_FID_IS_BAD:
		return mr_fail(c, MR_INVALID, "%s", reading.sentence);
	case MR_FID_IS_OTHER:
		return mr_fail(c, MR_REFUSED, "%s", reading.sentence);
	case MR_FID_IS_UNKNOWN:
		l->state = MR_L_UNIDENTIFIED;
		return MR_OK;
	case MR_FID_IS_STOPPED:
		hold(l,
		    fid.status == MR_FID_BLOCKED ? MR_R_BLOCKED_ID
						 : MR_R_RETIRED_ID,
		    c->today);
		break;
	case MR_FID_IS_GOOD:
	case MR_FID_IS_OLD:
		l->state = MR_L_RECEIVED;
		break;
	}
	l->fid = fid.id;
	status = belongs_to(c, l, fid.pairing, fid.writer);
	/* Two pages are two letters, however fast they are keyed in. */
	if (status == MR_OK && l->parent == 0 && r->in->page.s == NULL)
		status = look_for_bounce(r);
	return status;
}

/* Found inside another's envelope, without an ID of its own: same writer. */
static enum mr_status
inside_another(struct receive *r)
{
	struct mr_letter parent;
	enum mr_status status;

	status = mr_letter_find_here(r->c, r->in->with, &parent, NULL);
	if (status != MR_OK)
		return status;
	/* What came back stays closed, and we put nothing into our own. */
	if (parent.way == MR_OFFICE ||
	    (parent.way == MR_BACK && parent.marks & MR_MARK_CAME_BACK))
		return mr_fail(r->c, MR_REFUSED,
		    "%s is no envelope that a "
		    "writer sent us: log what you hold without it",
		    mr_letter_number(r->c, parent.number));
	r->letter.parent = parent.id;
	if (r->in->id.s != NULL || r->in->no_id)
		return MR_OK;
	r->letter.fid = parent.fid;
	r->letter.pairing = parent.pairing;
	r->letter.person = parent.person;
	r->letter.direction = parent.direction;
	r->letter.state = parent.pairing != 0 || parent.person != 0
	    ? MR_L_RECEIVED
	    : MR_L_UNIDENTIFIED;
	return MR_OK;
}

static enum mr_status
check_gate(struct receive *r)
{
	struct mr_letter *l = &r->letter;
	int reason = 0;
	enum mr_status status;

	if (l->state != MR_L_RECEIVED)
		return MR_OK;
	status = mr_letter_gate(r->c, l, &reason, &l->rule);
	if (status == MR_OK && reason != 0)
		hold(l, reason, r->c->today);
	return status;
}

static enum mr_status
asked_to_hold(struct receive *r)
{
	const struct mr_reason_row *why = NULL;

	if (r->in->hold != NULL) {
		why = mr_reason_named(r->in->hold, MR_WHY_HELD);
		if (why == NULL)
			return mr_fail(r->c, MR_INVALID,
			    "there is no reason "
			    "of that name to hold a letter; 'mailroom letter "
			    "reasons' lists them");
	}
	if (r->in->until.given && r->in->until.day < r->c->today)
		return mr_fail(r->c, MR_INVALID,
		    "a letter cannot be held until a day that is over");
	/* Also without an ID: what was seen in it matters more. */
	if (why != NULL)
		hold(&r->letter, why->number, r->c->today);
	if (r->in->until.given && r->letter.state == MR_L_HELD)
		r->letter.until = r->in->until.day;
	return MR_OK;
}

/* Sheets counted and no flag: the volunteer has looked, nothing was found. */
static enum mr_status
looked_at(struct receive *r)
{
	struct mr_letter *l = &r->letter;
	int64_t screening = MR_SCREEN_READ;
	enum mr_status status;

	l->sheets = r->in->sheets.given ? (int)r->in->sheets.n : -1;
	if (l->state != MR_L_RECEIVED)
		return MR_OK;
	status = mr_setting_int(r->c, MR_SET_SCREENING, &screening);
	if (screening == MR_SCREEN_NONE ||
	    (screening == MR_SCREEN_OPEN && l->sheets >= 0))
		l->state = MR_L_CLEARED;
	return status;
}

static enum mr_status
choose_day(struct receive *r)
{
	int64_t today = r->c->today, day = r->in->day.day;

	r->letter.day = today;
	if (!r->in->day.given)
		return MR_OK;
	if (day > today || day < today - BACKDATED)
		return mr_fail(r->c, MR_REFUSED,
		    "a letter can be dated back "
		    "at most %d days, and not into the future",
		    BACKDATED);
	r->letter.day = day;
	return MR_OK;
}

static enum mr_status
read_input(struct receive *r)
{
	enum mr_status status = choose_day(r);

	if (status == MR_OK && r->in->with.s != NULL)
		status = inside_another(r);
	if (status != MR_OK)
		return status;
	if (r->in->id.s != NULL && r->in->no_id)
		return mr_fail(r->c, MR_USAGE,
		    "give the ID, or --no-id where there is none; not both");
	if (r->in->id.s != NULL)
		return by_id(r);
	if (!r->in->no_id && r->in->with.s == NULL)
		return mr_fail(r->c, MR_USAGE,
		    "letter receive needs the ID "
		    "from the envelope, or --no-id where there is none");
	if (r->letter.state == 0)
		r->letter.state = MR_L_UNIDENTIFIED;
	return MR_OK;
}

/* As the letter of its page, where it has one. */
static enum mr_status
store(struct receive *r)
{
	struct mr_page page;
	enum mr_status status;

	if (r->in->page.s == NULL)
		return mr_letter_insert(r->c, &r->letter);
	status = mr_page_find(r->c, r->in->page, &page);
	return status == MR_OK ? mr_page_use(r->c, &page, &r->letter) : status;
}

enum mr_status
mr_letter_receive(struct mr_call *c, const struct mr_letter_receive *in)
{
	struct receive r = {.c = c, .in = in};
	enum mr_status status;

	r.letter.way = MR_FORWARD;
	r.letter.stamps = -1;
	r.letter.sheets = -1;
	if (c->keys == NULL)
		return mr_fail(c, MR_BUG, "the office keys are not loaded");
	status = read_input(&r);
	if (status == MR_OK && !r.bounced) {
		r.letter.sheets = in->sheets.given ? (int)in->sheets.n : -1;
		status = check_gate(&r);
		if (status == MR_OK)
			status = asked_to_hold(&r);
		if (status == MR_OK)
			status = looked_at(&r);
		if (status == MR_OK)
			status = store(&r);
	}
	if (status != MR_OK)
		return status;
	if (r.bounced) /* asked again later, it is still no second letter */
		c->about = r.letter.event;
	return mr_letter_keep(c, &r.letter);
}
