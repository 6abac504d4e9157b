/* A letter that is not sent on: closed, or turned round.  See letter_steps.h. */
#include "lib/letter_steps.h"
#include "lib/route.h"

/* What staff read off the sticker: the slip to the writer tells it. */
static int
on_the_sticker(const struct mr_letter *l)
{
	return l->state == MR_L_RETURNED && l->reason != MR_R_P_CAME_BACK
	    ? l->reason
	    : 0;
}

/* Round it goes: to its writer, with a fresh page and a fresh envelope. */
static enum mr_status
turn_back(struct mr_call *c, const struct mr_letter *was)
{
	struct mr_letter now = *was;
	const char *say = NULL;
	int reason = 0, rule = 0;
	int64_t from, to;
	enum mr_status status;

	if (was->state != MR_L_RECEIVED && was->state != MR_L_HELD &&
	    was->state != MR_L_RETURNED)
		return mr_letter_not_from_here(c, was, "hold it first");
	now.way = MR_BACK;
	now.state = MR_L_CLEARED;
	now.reason = on_the_sticker(was);
	now.until = 0;
	now.batch = 0;
	now.marks |= MR_MARK_REPRINT;
	if (now.sheets < 0)
		now.sheets = 0;
	status = mr_letter_parties(c, &now, &from, &to);
	if (status == MR_OK && to == 0)
		return mr_letter_not_from_here(c, was,
		    "nobody knows whose it is: "
		    "'letter identify' first, or close it with a disposition");
	if (status == MR_OK)
		status = mr_letter_gate(c, &now, &reason, &rule);
	if (status == MR_OK && reason != 0)
		status = mr_route_why(c, &now, reason, rule, &say);
	if (status == MR_OK && reason != 0)
		return mr_letter_not_from_here(c, was, say);
	if (status == MR_OK)
		status = mr_letter_store(c, was, &now, NULL);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}

enum mr_status
mr_letter_refuse(struct mr_call *c, const struct mr_letter_refuse *in)
{
	const struct mr_reason_row *why = NULL;
	struct mr_letter letter;
	enum mr_status status;

	if (in->disposition != NULL)
		why = mr_reason_named(in->disposition, MR_WHY_CLOSED);
	if (!in->back == (in->disposition == NULL) ||
	    (in->disposition != NULL && why == NULL))
		return mr_fail(c, MR_USAGE,
		    "say what becomes of it: --back "
		    "(to its writer), or --disposition handed-back, "
		    "thrown-away, destroyed, given-to-authority, "
		    "logged-by-mistake or lost");
	status = mr_letter_find_here(c, in->letter, &letter, NULL);
	if (status != MR_OK)
		return status;
	if (in->back)
		return turn_back(c, &letter);
	if (letter.state == MR_L_CLEARED || letter.state == MR_L_SEALED)
		return mr_letter_not_from_here(c, &letter,
		    "hold it first: "
		    "'letter hold'");
	if (letter.state == MR_L_POSTED || letter.state == MR_L_CLOSED)
		return mr_letter_not_from_here(
		    c, &letter, "it is no longer in the house");
	status = mr_letter_move(c, &letter, MR_L_CLOSED, why->number);
	return status == MR_OK ? mr_letter_keep(c, &letter) : status;
}
