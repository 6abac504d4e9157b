/*
 * Whose letter it is, when no code says so.  What is typed from the page
 * ("Dear ...", "signed ...") is compared and forgotten.
 */
#include <string.h>

#include "lib/address.h"
#include "lib/fid.h"
#include "lib/letter_steps.h"
#include "lib/pairing.h"
#include "lib/person.h"
#include "lib/setting.h"
#include "lib/tongue.h"

static enum mr_status
by_pairing(struct mr_call *c, const struct mr_letter_identify *in,
    struct mr_letter *now)
{
	struct mr_pairing pairing;
	struct mr_fid fid;
	enum mr_status status = mr_pairing_load(c, in->pairing.id, &pairing);
	int kind = in->writer != NULL ? mr_person_kind_of(in->writer) : 0;
	int64_t writer;

	if (status != MR_OK)
		return status;
	if (kind == 0)
		return mr_fail(c, MR_USAGE,
		    "say who of the two wrote it: "
		    "--writer inside or --writer outside");
	writer = kind == MR_INSIDE ? pairing.inside : pairing.outside;
	now->pairing = pairing.id;
	now->person = 0;
	now->direction = kind == MR_INSIDE ? MR_TO_OUTSIDE : MR_TO_INSIDE;
	now->fid = 0;
	status = mr_fid_of(c, pairing.id, writer, &fid);
	if (status == MR_OK)
		now->fid = fid.id;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
by_person(struct mr_call *c, const struct mr_letter_identify *in,
    struct mr_letter *now)
{
	struct mr_correspondent person;
	enum mr_status status = mr_person_find(c, in->person, &now->person);

	if (status == MR_OK)
		status = mr_person_load(c, now->person, &person);
	if (status != MR_OK)
		return status;
	now->pairing = 0;
	now->fid = 0;
	now->direction =
	    person.kind == MR_INSIDE ? MR_TO_OUTSIDE : MR_TO_INSIDE;
	return MR_OK;
}

/* Held for something that is answered by knowing whose it is, or asked again
 * by the gate?  What was held for its contents stays held. */
static int
answered(int reason)
{
	switch (reason) {
	case MR_NO_REASON:
	case MR_R_WRONG_PERSON:
	case MR_R_PAUSED:
	case MR_R_UNVERIFIED:
	case MR_R_ENDED:
	case MR_R_NO_PAIRING:
	case MR_R_ADDRESS_UNKNOWN:
	case MR_R_ADDRESS_SUSPECT:
	case MR_R_FACILITY_RULE:
	case MR_R_RETIRED_ID:
	case MR_R_BLOCKED_ID:
	case MR_R_PERSON_PAUSED:
	case MR_R_PERSON_CLOSED:
	case MR_R_CONFIRM:
	case MR_R_FACILITY_CLOSED:
	case MR_R_PROPOSED:
	case MR_R_OTHER_SIDE:
		return 1;
	default:
		return 0;
	}
}

/* The reason of what was flagged before anyone knew whose it was; the last of
 * the list weighs most. */
static int
flagged(int marks)
{
	int reason = 0;

#define X(name, bit, word, key, why) \
	if (marks & (bit)) \
		reason = MR_R_##why;
	MR_MARKS(X)
#undef X
	return reason;
}

/* What the letter becomes, now that it is known whose it is. */
static enum mr_status
decide(struct mr_call *c, struct mr_letter *now)
{
	int reason = 0;
	enum mr_status status;

	if (now->state == MR_L_HELD && !answered(now->reason))
		return MR_OK;
	status = mr_letter_gate(c, now, &reason, &now->rule);
	if (status != MR_OK)
		return status;
	if (reason == 0 && now->state == MR_L_UNIDENTIFIED)
		reason = flagged(now->marks);
	if (reason == 0 && c->role == MR_VOLUNTEER)
		reason = MR_R_CONFIRM;
	now->state = reason != 0 ? MR_L_HELD : MR_L_RECEIVED;
	now->reason = reason;
	now->until = reason != 0 ? c->today + mr_reason(reason)->days : 0;
	return MR_OK;
}

/* Its sheets were counted before anyone knew whose it was. */
static enum mr_status
looked_at(struct mr_call *c, struct mr_letter *letter)
{
	int64_t level = MR_SCREEN_READ;
	enum mr_status status;

	if (letter->state != MR_L_RECEIVED || letter->sheets < 0)
		return MR_OK;
	status = mr_setting_int(c, MR_SET_SCREENING, &level);
	if (status == MR_OK && level != MR_SCREEN_READ)
		status = mr_letter_move(c, letter, MR_L_CLEARED, 0);
	return status;
}

enum mr_status
mr_letter_identify(struct mr_call *c, const struct mr_letter_identify *in)
{
	struct mr_letter was, now;
	enum mr_status status = mr_letter_find_here(c, in->letter, &was, NULL);

	if (status != MR_OK)
		return status;
	if ((in->pairing.id != 0) == (in->person.s != NULL))
		return mr_fail(c, MR_USAGE,
		    "say whose it is: --pairing P45 "
		    "--writer inside|outside, or --person C12 for somebody "
		    "without a pen pal");
	if ((was.state != MR_L_UNIDENTIFIED && was.state != MR_L_HELD) ||
	    was.way != MR_FORWARD)
		return mr_fail(c, MR_REFUSED,
		    "letter %s is %s; only an "
		    "unidentified or held one can be given to somebody",
		    mr_letter_number(c, was.number),
		    mr_say(mr_letter_state_name(was.state)));
	now = was;
	status = in->pairing.id != 0 ? by_pairing(c, in, &now)
				     : by_person(c, in, &now);
	if (status == MR_OK)
		status = decide(c, &now);
	if (status == MR_OK)
		status = mr_letter_store(c, &was, &now, NULL);
	if (status == MR_OK)
		status = looked_at(c, &now);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}
