/*
 * Undo: one's own last step with a letter at this station, within 10 minutes,
 * taken back by an event of its own that names the one it reverses.
 */
#include "lib/batch.h"
#include "lib/enclosure.h"
#include "lib/handle.h"
#include "lib/letter_steps.h"
#include "lib/op.h"
#include "lib/page.h"

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

/* A look at a letter that changed nothing, such as a STOP. */
static int
is_note(const struct mr_event *event)
{
	return mr_event_number(event, MR_F_TO, 0) == 0;
}

static enum mr_status
refuse_step(struct mr_call *c)
{
	return mr_fail(c, MR_REFUSED,
	    "your last step here cannot be taken back: what is printed is "
	    "printed, what is posted is posted. Was it the count? Type the "
	    "right one, or later use 'letter finish'. Anything else: ask the "
	    "coordinator");
}

/* One event, newest first.  *found: this is the step to take back. */
static enum mr_status
consider(struct mr_call *c, struct search *s, const struct mr_event *event,
    int *found)
{
	int64_t undoes;

	*found = 0;
	if (event->dropped || event->user != c->user ||
	    event->station != c->station)
		return MR_OK;
	/* What was written down about an enclosure by itself was a step too;
	 * what a flag noted goes with the flag. */
	if (event->subject == MR_ENCLOSURE)
		return mr_op_by_number(event->op) != NULL &&
			(mr_op_by_number(event->op)->undo || event->op == c->op)
		    ? MR_OK
		    : mr_fail(c, MR_REFUSED,
			  "your last step here was about an "
			  "enclosure; 'enclosure settle' decides anew");
	if (event->subject != MR_LETTER || is_note(event))
		return MR_OK;
	undoes = mr_event_number(event, MR_F_UNDOES, 0);
	if (undoes != 0) {
		if (s->nundone == sizeof(s->undone) / sizeof(s->undone[0]))
			return mr_fail(c, MR_REFUSED,
			    "too much was taken back "
			    "already; ask the coordinator");
		s->undone[s->nundone++] = undoes;
		return MR_OK;
	}
	if (was_undone(s, event->id))
		return MR_OK;
	if (!can_be_undone(event))
		return refuse_step(c);
	*found = 1;
	return MR_OK;
}

static enum mr_status
last_step(struct mr_call *c, struct search *search, struct mr_event *event)
{
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
		status = consider(c, search, event, &found);
		if (status != MR_OK)
			return status;
		if (!found)
			mr_release(c->arena, mark);
	}
	if (!found)
		return mr_fail(c, MR_REFUSED,
		    "there is nothing to take back: "
		    "you did no step here in the last 10 minutes");
	return MR_OK;
}

/* The letter as it was before the event. */
static enum mr_status
before(struct mr_call *c, const struct mr_event *event,
    const struct mr_letter *was, struct mr_letter *now)
{
	int64_t from = mr_event_number(event, MR_F_FROM, 0);
	int page = mr_event_number(event, MR_F_PAGE, 0) != 0;

	*now = *was;
	if (!page &&
	    (mr_event_number(event, MR_F_PAIRING, 0) != 0 ||
		mr_event_number(event, MR_F_PERSON, 0) != 0))
		return mr_fail(c, MR_REFUSED,
		    "whose letter it is cannot be "
		    "taken back; say it again with 'letter identify'");
	if (from == 0 || page) { /* it was logged with this step */
		now->state = MR_L_CLOSED;
		now->reason = MR_R_C_MISTAKE;
		now->until = 0;
		return MR_OK;
	}
	now->state = (int)from;
	now->reason = (int)mr_event_number(event, MR_F_REASON_WAS, 0);
	now->until = mr_event_number(event, MR_F_UNTIL_WAS, 0);
	now->sheets =
	    (int)mr_event_number(event, MR_F_SHEETS_WAS, was->sheets + 1) - 1;
	now->marks = (int)mr_event_number(event, MR_F_MARKS_WAS, was->marks);
	now->way = (int)mr_event_number(event, MR_F_WAY_WAS, was->way);
	now->batch = mr_event_number(event, MR_F_BATCH_WAS, was->batch);
	now->number = (int)mr_event_number(event, MR_F_NUMBER_WAS, was->number);
	now->day = mr_event_number(event, MR_F_DAY_WAS, was->day);
	return MR_OK;
}

/* Has the letter moved since that step, but for what was taken back and what
 * was only looked at? */
static enum mr_status
still_there(struct mr_call *c, struct search *s, const struct mr_event *step,
    const struct mr_letter *l)
{
	struct mr_event event;
	enum mr_status status;
	int64_t id = l->event;
	int same = 1;

	while (same && id > step->id) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, id, &event);
		if (status != MR_OK)
			return status;
		same = !event.dropped && event.subject == MR_LETTER &&
		    (is_note(&event) || was_undone(s, id) ||
			(event.user == c->user && event.station == c->station &&
			    mr_event_number(&event, MR_F_UNDOES, 0) != 0));
		id = event.before;
		mr_release(c->arena, mark);
	}
	if (!same || id != step->id)
		return mr_fail(c, MR_REFUSED,
		    "letter %s has moved on since "
		    "your step; ask the coordinator",
		    mr_letter_number(c, l->number));
	return MR_OK;
}

/* Back into its envelope and its batch, as long as that is here. */
static enum mr_status
batch_is_here(struct mr_call *c, const struct mr_letter *now)
{
	struct mr_batch batch;
	enum mr_status status;

	if (now->state != MR_L_SEALED)
		return MR_OK;
	status = mr_batch_load(c, now->batch, &batch);
	if (status == MR_OK && batch.state != MR_BATCH_OPEN)
		return mr_fail(c, MR_REFUSED,
		    "batch %s has left without letter "
		    "%s; seal it again",
		    mr_show_id(c, 'B', batch.id),
		    mr_letter_number(c, now->number));
	return status;
}

/* What the step noted as found in the letter stands right behind it. */
static enum mr_status
take_back_noted(struct mr_call *c, const struct mr_event *step)
{
	int64_t next = step->id + 1;
	struct mr_event event;
	enum mr_status status = MR_OK;

	/* Its postage may stand between. */
	do {
		if (status != MR_OK || next >= mr_event_next(c))
			return status;
		status = mr_event_load(c, next++, &event);
	} while (
	    status == MR_OK && !event.dropped && event.subject == MR_POSTAGE);
	if (status != MR_OK || event.dropped || event.op != step->op ||
	    event.subject != MR_ENCLOSURE || event.at != step->at ||
	    event.user != step->user)
		return status;
	return mr_enclosure_mistake(c, event.subject_id);
}

enum mr_status
mr_letter_undo(struct mr_call *c)
{
	struct search search = {.nundone = 0};
	struct mr_letter was, now;
	struct mr_event event;
	struct mr_field extra[2] = {
	    {MR_F_UNDOES, 0, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	enum mr_status status = last_step(c, &search, &event);

	if (status == MR_OK)
		status = mr_letter_load(c, event.subject_id, &was);
	if (status == MR_OK)
		status = still_there(c, &search, &event, &was);
	if (status == MR_OK)
		status = before(c, &event, &was, &now);
	if (status == MR_OK)
		status = batch_is_here(c, &now);
	if (status != MR_OK)
		return status;
	extra[0].number = event.id;
	status = mr_letter_store_undo(c, &was, &now, extra);
	if (status == MR_OK)
		status = take_back_noted(c, &event);
	if (status == MR_OK && mr_event_number(&event, MR_F_PAGE, 0) != 0)
		status = mr_page_free(c, now.id);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}
