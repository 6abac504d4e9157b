/*
 * Undo: one's own last step with a letter at this station, within 10 minutes,
 * taken back by an event of its own that names the one it reverses.
 */
#include "lib/handle.h"
#include "lib/letter_steps.h"
#include "lib/op.h"

#define UNDO_US (INT64_C(600) * 1000000)
#define LOOK_BACK 500 /* events; more do not happen in 10 minutes here */

/* Steps that stay: papers exist, or the batch has left the house. */
static int
can_be_undone(const struct mr_event *event)
{
	const struct mr_op *op = mr_op_by_number(event->op);

	return op != NULL && op->undo &&
	    mr_event_number(event, MR_F_WHAT, 0) == 0;
}

struct search {
	int64_t undone[32]; /* events that were taken back already */
	int nundone;
};

static int
was_undone(const struct search *s, int64_t id)
{
	for (int i = 0; i < s->nundone; i++)
		if (s->undone[i] == id)
			return 1;
	return 0;
}

/* One event, newest first.  *found: this is the step to take back. */
static enum mr_status
consider(struct mr_call *c, struct search *s, const struct mr_event *event,
    int *found)
{
	int64_t undoes;

	*found = 0;
	if (event->dropped || event->user != c->user ||
	    event->station != c->station || event->subject != MR_LETTER)
		return MR_OK;
	undoes = mr_event_number(event, MR_F_UNDOES, 0);
	if (undoes != 0) {
		if (s->nundone == sizeof(s->undone) / sizeof(s->undone[0]))
			return mr_fail(c, MR_REFUSED, "too much was taken back "
			    "already; ask the coordinator");
		s->undone[s->nundone++] = undoes;
		return MR_OK;
	}
	if (was_undone(s, event->id))
		return MR_OK;
	if (!can_be_undone(event))
		return mr_fail(c, MR_REFUSED, "your last step here cannot be "
		    "taken back: what is printed is printed, what is posted is "
		    "posted; ask the coordinator");
	*found = 1;
	return MR_OK;
}

static enum mr_status
last_step(struct mr_call *c, struct mr_event *event)
{
	struct search search = {.nundone = 0};
	int64_t id = mr_event_next(c) - 1, first;
	enum mr_status status = MR_OK;
	int found = 0;

	first = c->site->id << MR_SITE_SHIFT;
	for (int i = 0; i < LOOK_BACK && id > first && !found; i++, id--) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, id, event);
		if (status != MR_OK)
			return status;
		if (!event->dropped && event->at < c->now - UNDO_US)
			break;
		status = consider(c, &search, event, &found);
		if (status != MR_OK)
			return status;
		if (!found)
			mr_release(c->arena, mark);
	}
	if (!found)
		return mr_fail(c, MR_REFUSED, "there is nothing to take back: "
		    "you did no step here in the last 10 minutes");
	return MR_OK;
}

/* The letter as it was before the event. */
static enum mr_status
before(struct mr_call *c, const struct mr_event *event,
    const struct mr_letter *was, struct mr_letter *now)
{
	int64_t from = mr_event_number(event, MR_F_FROM, 0);

	*now = *was;
	if (mr_event_number(event, MR_F_PAIRING, 0) != 0 ||
	    mr_event_number(event, MR_F_PERSON, 0) != 0)
		return mr_fail(c, MR_REFUSED, "whose letter it is cannot be "
		    "taken back; say it again with 'letter identify'");
	if (from == 0) { /* it was logged with this step */
		now->state = MR_L_CLOSED;
		now->reason = MR_R_C_MISTAKE;
		now->until = 0;
		return MR_OK;
	}
	now->state = (int)from;
	now->reason = (int)mr_event_number(event, MR_F_REASON_WAS, 0);
	now->until = mr_event_number(event, MR_F_UNTIL_WAS, 0);
	now->sheets = (int)mr_event_number(event, MR_F_SHEETS_WAS,
	    was->sheets + 1) - 1;
	now->marks = (int)mr_event_number(event, MR_F_MARKS_WAS, was->marks);
	now->way = (int)mr_event_number(event, MR_F_WAY_WAS, was->way);
	now->batch = mr_event_number(event, MR_F_BATCH_WAS, was->batch);
	return MR_OK;
}

enum mr_status
mr_letter_undo(struct mr_call *c)
{
	struct mr_letter was, now;
	struct mr_event event;
	struct mr_field extra[2] = {{MR_F_UNDOES, 0, NULL, 0},
	    {MR_F_END, 0, NULL, 0}};
	enum mr_status status = last_step(c, &event);

	if (status == MR_OK)
		status = mr_letter_load(c, event.subject_id, &was);
	if (status != MR_OK)
		return status;
	if (was.event != event.id)
		return mr_fail(c, MR_REFUSED, "letter %s has moved on since "
		    "your step; ask the coordinator",
		    mr_letter_number(c, was.number));
	status = before(c, &event, &was, &now);
	if (status != MR_OK)
		return status;
	extra[0].number = event.id;
	status = mr_letter_store_undo(c, &was, &now, extra);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}
