/* A letter in an answer.  See letter.h. */
#include "lib/emit.h"
#include "lib/fid.h"
#include "lib/letter.h"
#include "lib/pairing.h"
#include "lib/person.h"

/* Pen name; null for nobody. */
static enum mr_status
emit_person(struct mr_call *c, struct mr_out *out, const char *key, int64_t id)
{
	struct mr_correspondent person;
	enum mr_status status;

	if (id == 0) {
		out->text(out, key, NULL);
		return MR_OK;
	}
	status = mr_person_load(c, id, &person);
	if (status == MR_OK)
		out->text(out, key, person.pen_name);
	return status;
}

const struct mr_reason_row *
mr_reason_shown(const struct mr_call *c, int number)
{
	const struct mr_reason_row *why = mr_reason(number);

	if (why != NULL && why->safety && c->role == MR_VOLUNTEER)
		why = mr_reason(MR_R_STAFF);
	return why;
}

enum mr_status
mr_letter_emit_keys(
    struct mr_call *c, struct mr_out *out, const struct mr_letter *l)
{
	const struct mr_reason_row *why = mr_reason_shown(c, l->reason);
	enum mr_status status;
	int64_t from, to;

	status = mr_letter_parties(c, l, &from, &to);
	if (status != MR_OK)
		return status;
	out->text(out, "code", mr_letter_code(c, l->id));
	out->text(out, "number", mr_letter_number(c, l->number));
	out->text(out, "state", mr_letter_state_name(l->state));
	out->text(out, "reason", why != NULL ? why->word : NULL);
	out->text(out, "way", mr_letter_way_name(l->way));
	out->text(out, "direction", mr_direction_name(l->direction));
	mr_emit_id(c, out, "pairing", 'P', l->pairing);
	status = emit_person(c, out, "from", from);
	if (status == MR_OK)
		status = emit_person(c, out, "to", to);
	if (status != MR_OK)
		return status;
	mr_emit_day(out, "received", l->day);
	if (l->sheets < 0)
		out->text(out, "sheets", NULL);
	else
		out->integer(out, "sheets", l->sheets);
	mr_emit_id(c, out, "batch", 'B', l->batch);
	mr_emit_day0(out, "until", l->until);
	return MR_OK;
}

enum mr_status
mr_letter_emit(struct mr_call *c, struct mr_out *out, const char *key,
    const struct mr_letter *letter)
{
	enum mr_status status;

	out->begin_map(out, key);
	status = mr_letter_emit_keys(c, out, letter);
	out->end_map(out);
	return status;
}

/* Take one later step off the letter. */
static void
unwind(struct mr_letter *l, const struct mr_event *event)
{
	if (mr_event_number(event, MR_F_TO, 0) == 0)
		return; /* a note: it changed nothing */
	l->state = (int)mr_event_number(event, MR_F_FROM, 0);
	l->reason = (int)mr_event_number(event, MR_F_REASON_WAS, 0);
	l->until = mr_event_number(event, MR_F_UNTIL_WAS, 0);
	l->sheets =
	    (int)mr_event_number(event, MR_F_SHEETS_WAS, l->sheets + 1) - 1;
	l->marks = (int)mr_event_number(event, MR_F_MARKS_WAS, l->marks);
	l->way = (int)mr_event_number(event, MR_F_WAY_WAS, l->way);
	l->batch = mr_event_number(event, MR_F_BATCH_WAS, l->batch);
	l->number = (int)mr_event_number(event, MR_F_NUMBER_WAS, l->number);
	l->day = mr_event_number(event, MR_F_DAY_WAS, l->day);
	/* Before it was known whose it is, nothing was. */
	if (l->state != MR_L_UNIDENTIFIED)
		return;
	if (mr_event_number(event, MR_F_PAIRING, 0) != 0 ||
	    mr_event_number(event, MR_F_PERSON, 0) != 0) {
		l->pairing = l->person = l->fid = 0;
		l->direction = MR_TO_NOBODY;
	}
}

/* An event says the stamps it left, not those before: look further back. */
static enum mr_status
stamps_at(struct mr_call *c, int64_t id, struct mr_letter *letter)
{
	struct mr_event event;

	letter->stamps = -1;
	while (id != 0) {
		struct mr_mark mark = mr_mark(c->arena);
		enum mr_status status = mr_event_load(c, id, &event);
		int64_t said;

		if (status != MR_OK || event.dropped)
			return status;
		said = mr_event_number(&event, MR_F_STAMPS, -1);
		if (said >= 0) {
			letter->stamps = (int)said - 1;
			return MR_OK;
		}
		id = event.before;
		mr_release(c->arena, mark);
	}
	return MR_OK;
}

/* Whose it was by the ID that it was keyed in with; of a page that has been
 * used again, whose letter is no more. */
static enum mr_status
owner_at(struct mr_call *c, int64_t id, struct mr_letter *letter)
{
	struct mr_letter owned = {.direction = MR_TO_NOBODY};
	struct mr_event event = {.id = 0};
	struct mr_pairing pairing;
	struct mr_fid fid;
	enum mr_status status = MR_OK;

	for (; id != 0 && status == MR_OK; id = event.before) {
		status = mr_event_load(c, id, &event);
		if (event.dropped || mr_event_number(&event, MR_F_PAGE, 0) != 0)
			break;
	}
	if (status != MR_OK || event.dropped)
		return status;
	letter->fid = mr_event_number(&event, MR_F_FORWARDING_ID, 0);
	if (letter->fid != 0) {
		status = mr_fid_load(c, letter->fid, &fid);
		if (status == MR_OK)
			status = mr_pairing_load(c, fid.pairing, &pairing);
		if (status != MR_OK)
			return status;
		owned.pairing = fid.pairing;
		owned.direction = fid.writer == pairing.outside ? MR_TO_INSIDE
								: MR_TO_OUTSIDE;
	} else if (letter->parent != 0 && letter->state != MR_L_UNIDENTIFIED) {
		status = mr_letter_load(c, letter->parent, &owned);
	}
	letter->pairing = owned.pairing;
	letter->person = owned.person;
	letter->direction = owned.direction;
	return status;
}

/* The letter as that event left it: an answer that is asked for again is the
 * first one, wherever the letter is by now. */
static enum mr_status
rewind_to(struct mr_call *c, int64_t event, struct mr_letter *letter)
{
	struct mr_event later;
	enum mr_status status;
	int64_t id = letter->event;
	int stamped = 0, used_again = 0;

	while (id != event && id != 0) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, id, &later);
		if (status != MR_OK)
			return status;
		if (later.dropped || later.subject != MR_LETTER)
			return MR_OK;
		unwind(letter, &later);
		stamped |= mr_event_number(&later, MR_F_STAMPS, -1) >= 0;
		used_again |= mr_event_number(&later, MR_F_PAGE, 0) != 0;
		id = mr_event_back(&later);
		mr_release(c->arena, mark);
	}
	status = stamped ? stamps_at(c, id, letter) : MR_OK;
	return status == MR_OK && used_again ? owner_at(c, id, letter) : status;
}

enum mr_status
mr_letter_of_events(struct mr_call *c, struct mr_events events,
    struct mr_letter *letter, struct mr_event *event)
{
	struct mr_event one;
	enum mr_status status;

	event->id = 0;
	for (int i = 0; i < events.count; i++) {
		status = mr_event_load(c, events.first + i, &one);
		if (status != MR_OK)
			return status;
		if (one.dropped || one.subject != MR_LETTER)
			continue;
		if (event->id == 0 || event->subject_id == one.subject_id)
			*event = one;
	}
	if (event->id == 0)
		return mr_fail(c, MR_BUG, "this answer has lost its letter");
	status = mr_letter_load(c, event->subject_id, letter);
	return status == MR_OK ? rewind_to(c, event->id, letter) : status;
}

enum mr_status
mr_letter_keep(struct mr_call *c, const struct mr_letter *letter)
{
	c->found = mr_memdup(c->arena, letter, sizeof(*letter));
	return c->found != NULL ? MR_OK : mr_nomem(c);
}
