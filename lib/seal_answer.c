/* What the bench is told about a match, or a STOP.  See seal.h. */
#include "lib/letter_verdict.h"
#include "lib/postage.h"
#include "lib/route.h"
#include "lib/seal.h"
#include "lib/tongue.h"
#include "lib/when.h"

static enum mr_status
answer_question(struct mr_call *c, struct mr_out *out)
{
	const struct mr_seal_question *q = c->found;
	enum mr_status status;

	out->begin_map(out, NULL);
	if (q->ask != NULL)
		status =
		    mr_letter_say(c, out, MR_V_STUB, &q->letter, q->ask, NULL);
	else
		status = mr_letter_say(c, out, MR_V_OURS, &q->letter,
		    mr_printf(c->arena, mr_say("%s is sealed already."),
			mr_letter_number(c, q->letter.number)),
		    NULL);
	if (status == MR_OK)
		status = mr_letter_emit_keys(c, out, &q->letter);
	out->end_map(out);
	return status;
}

/* The event of this answer that is about a letter. */
static enum mr_status
letter_event(struct mr_call *c, struct mr_events events,
    struct mr_letter *letter, struct mr_event *event)
{
	enum mr_status status = MR_NOTFOUND;

	/* Sealing may open a batch first; the letter's is the last. */
	for (int i = events.count - 1; i >= 0; i--) {
		struct mr_events one = {events.first + i, 1};

		status = mr_event_load(c, one.first, event);
		if (status != MR_OK)
			return status;
		if (event->subject == MR_LETTER)
			return mr_letter_of_events(c, one, letter, event);
	}
	return mr_fail(c, MR_BUG, "a sealing left no event of its letter");
}

static enum mr_status
say_stop(struct mr_call *c, struct mr_out *out, const struct mr_letter *l,
    const struct mr_event *event)
{
	struct mr_letter other;
	const char *why = NULL;
	int rule;
	enum mr_status status;

	switch (mr_event_number(event, MR_F_KIND, 0)) {
	case MR_ENVELOPE_OTHERS:
		status = mr_letter_load(
		    c, mr_event_number(event, MR_F_OTHER, 0), &other);
		return status != MR_OK
		    ? status
		    : mr_letter_say(c, out, MR_V_STOP, l, NULL,
			  mr_letter_number(c, other.number));
	case MR_ENVELOPE_NOBODYS:
		return mr_letter_say(c, out, MR_V_STOP_UNKNOWN, l, NULL, NULL);
	case MR_OLD_STUB:
		return mr_letter_say(c, out, MR_V_OLD_PAGE, l,
		    mr_say("There is a newer cover sheet of it."), NULL);
	case MR_OLD_ENVELOPE:
		status = mr_route_told(c, l, event, &rule, &why);
		return status != MR_OK
		    ? status
		    : mr_letter_say(c, out, MR_V_OLD_PAGE, l,
			  why != NULL
			      ? why
			      : mr_say(
				    "The envelope or its label is no longer right."),
			  NULL);
	default:
		return mr_letter_verdict(c, out, l, 0); /* held */
	}
}

enum mr_status
mr_seal_say(struct mr_call *c, struct mr_out *out, const struct mr_letter *l,
    const struct mr_event *event)
{
	enum mr_verdict verdict = l->stamps < 0 ? MR_V_MATCH_HEAVY : MR_V_MATCH;
	struct mr_price price;
	enum mr_status status =
	    mr_price(c, MR_PRICE_LETTER, mr_day_of(event->at), &price);

	if (status != MR_OK)
		return status;
	if (l->stamps >= 0 &&
	    mr_price_over(&price, mr_event_number(event, MR_F_WEIGHT, 0)))
		verdict = MR_V_MATCH_LARGE;
	return mr_letter_say(c, out, verdict, l, NULL, NULL);
}

enum mr_status
mr_seal_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_letter letter;
	struct mr_event event;
	int sealed;
	enum mr_status status;

	if (events.count == 0)
		return answer_question(c, out);
	status = letter_event(c, events, &letter, &event);
	if (status != MR_OK)
		return status;
	sealed = mr_event_number(&event, MR_F_TO, 0) == MR_L_SEALED;
	out->begin_map(out, NULL);
	if (sealed)
		status = mr_seal_say(c, out, &letter, &event);
	else
		status = say_stop(c, out, &letter, &event);
	if (status == MR_OK)
		status = mr_letter_emit_keys(c, out, &letter);
	out->end_map(out);
	return status == MR_OK && !sealed ? MR_STOP : status;
}
