/*
 * Our own envelopes that came back.  First cut: anyone logs that one came
 * back, unopened; staff look at the sticker and say which letter it was.
 */
#include <string.h>

#include "lib/address.h"
#include "lib/letter_steps.h"
#include "lib/tongue.h"

#define APPEAL_DAYS 30

/* A piece for the blue tray; which letter it was is found out later. */
static enum mr_status
log_piece(struct mr_call *c)
{
	struct mr_letter piece = {
	    .way = MR_BACK,
	    .day = c->today,
	    .state = MR_L_UNIDENTIFIED,
	    .reason = MR_R_P_CAME_BACK,
	    .sheets = -1,
	    .stamps = -1,
	    .marks = MR_MARK_CAME_BACK,
	};
	enum mr_status status = mr_letter_insert(c, &piece);

	return status == MR_OK ? mr_letter_keep(c, &piece) : status;
}

enum mr_status
mr_letter_back(struct mr_call *c, const struct mr_letter_back *in)
{
	struct mr_letter letter, now;
	enum mr_status status;

	if (in->letter.s == NULL)
		return log_piece(c);
	status = mr_letter_find_here(c, in->letter, &letter, NULL);
	if (status != MR_OK)
		return status;
	if (letter.state == MR_L_RETURNED)
		return mr_letter_keep(c, &letter);
	if (letter.state != MR_L_POSTED)
		return mr_fail(c, MR_REFUSED,
		    "letter %s is %s: it was not "
		    "posted, so it cannot have come back; put it in the red "
		    "tray and ask the coordinator",
		    mr_letter_number(c, letter.number),
		    mr_say(mr_letter_state_name(letter.state)));
	now = letter;
	now.state = MR_L_RETURNED;
	now.reason = MR_R_P_CAME_BACK;
	now.until = 0;
	status = mr_letter_renumber(c, &now);
	if (status == MR_OK)
		status = mr_letter_store(c, &letter, &now, NULL);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}

static enum mr_status
read_sticker(struct mr_call *c, const struct mr_letter_return *in,
    const struct mr_reason_row **why)
{
	enum mr_reason_use use;

	if (strcmp(in->sticker, "yellow") == 0)
		use = MR_WHY_RETURNED;
	else if (strcmp(in->sticker, "white") == 0)
		use = MR_WHY_REFUSED;
	else
		return mr_fail(c, MR_INVALID,
		    "the sticker is yellow (post "
		    "office) or white (prison)");
	*why = mr_reason_named(in->reason, use);
	if (*why == NULL || (*why)->number == MR_R_P_CAME_BACK)
		return mr_fail(c, MR_INVALID,
		    "a %s sticker has no reason of "
		    "that name; 'mailroom letter reasons' lists them",
		    in->sticker);
	return MR_OK;
}

/* Does this reason speak against the address? */
static int
address_wrong(int reason)
{
	switch (reason) {
	case MR_R_P_POSTAGE:
	case MR_R_P_REFUSED:
		return 0;
	case MR_R_F_NO_ID:
	case MR_R_F_NAME:
	case MR_R_F_NOT_HERE:
	case MR_R_F_RELEASED:
	case MR_R_F_VENDOR:
		return 1;
	default:
		return reason >= MR_R_P_NOT_KNOWN;
	}
}

/* What came back from a former address says nothing about the one of now. */
static enum mr_status
suspect(struct mr_call *c, int64_t id)
{
	struct mr_address address;
	enum mr_status status = mr_address_load(c, id, &address);

	if (status == MR_OK && address.status == MR_ADDRESS_CURRENT)
		status = mr_address_set_status(c, id, MR_ADDRESS_SUSPECT);
	return status;
}

/* The piece that was logged without a code, which is that letter. */
static enum mr_status
find_piece(struct mr_call *c, struct mr_typed typed, struct mr_letter *piece)
{
	enum mr_status status = mr_letter_find_here(c, typed, piece, NULL);

	if (status != MR_OK)
		return status;
	if (piece->state != MR_L_UNIDENTIFIED || piece->way != MR_BACK)
		return mr_fail(c, MR_REFUSED,
		    "%s is not an envelope that came back without a code",
		    mr_letter_number(c, piece->number));
	return MR_OK;
}

static enum mr_status
merge_piece(struct mr_call *c, const struct mr_letter *piece,
    const struct mr_letter *letter)
{
	struct mr_letter now = *piece;
	struct mr_field extra[] = {
	    {MR_F_LETTER, letter->id, NULL, 0}, {MR_F_END, 0, NULL, 0}};

	now.state = MR_L_CLOSED;
	now.reason = MR_R_C_MERGED;
	return mr_letter_store(c, piece, &now, extra);
}

/* The number that stands on the envelope now: the piece's, or a new one. */
static enum mr_status
number_for(struct mr_call *c, const struct mr_letter *piece,
    const struct mr_letter *was, struct mr_letter *now)
{
	if (piece->id != 0) {
		now->number = piece->number;
		now->day = piece->day;
		return MR_OK;
	}
	return was->state == MR_L_POSTED ? mr_letter_renumber(c, now) : MR_OK;
}

enum mr_status
mr_letter_return(struct mr_call *c, const struct mr_letter_return *in)
{
	const struct mr_reason_row *why = NULL;
	struct mr_letter was, now, piece = {0};
	enum mr_status status = read_sticker(c, in, &why);

	if (status == MR_OK)
		status = mr_letter_find_here(c, in->letter, &was, NULL);
	if (status == MR_OK && in->piece.s != NULL)
		status = find_piece(c, in->piece, &piece);
	if (status != MR_OK)
		return status;
	if (was.state != MR_L_POSTED && was.state != MR_L_RETURNED)
		return mr_fail(c, MR_REFUSED,
		    "letter %s is %s: only a posted "
		    "letter can come back",
		    mr_letter_number(c, was.number),
		    mr_say(mr_letter_state_name(was.state)));
	now = was;
	now.state = MR_L_RETURNED;
	now.reason = why->number;
	now.until = why->use == MR_WHY_REFUSED ? c->today + APPEAL_DAYS : 0;
	status = number_for(c, &piece, &was, &now);
	if (status == MR_OK)
		status = mr_letter_store(c, &was, &now, NULL);
	if (status == MR_OK && was.envelope_address != 0 &&
	    address_wrong(why->number))
		status = suspect(c, was.envelope_address);
	if (status == MR_OK && piece.id != 0)
		status = merge_piece(c, &piece, &now);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}
