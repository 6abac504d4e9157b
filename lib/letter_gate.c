/*
 * The gate: may a letter go on as things stand today?  Asked when it is
 * logged, printed and sealed.  What is not in order holds it; so does what is
 * not known.
 */
#include "lib/address.h"
#include "lib/enclosure.h"
#include "lib/facility.h"
#include "lib/letter.h"
#include "lib/pairing.h"
#include "lib/person.h"
#include "lib/route.h"
#include "lib/writing.h"

struct gate {
	struct mr_call *c;
	const struct mr_letter *letter;
	int64_t from, to;
	int reason, rule;
};

static enum mr_status
check_pairing(struct gate *g)
{
	struct mr_pairing pairing;
	enum mr_status status;

	if (g->letter->pairing == 0) {
		g->reason = MR_R_NO_PAIRING;
		return MR_OK;
	}
	status = mr_pairing_load(g->c, g->letter->pairing, &pairing);
	if (status != MR_OK)
		return status;
	switch (mr_pairing_today(g->c, &pairing)) {
	case MR_PAIRING_ACTIVE:
		break;
	case MR_PAIRING_PAUSED:
		g->reason = MR_R_PAUSED;
		break;
	case MR_PAIRING_PROPOSED:
		g->reason = MR_R_PROPOSED;
		break;
	default:
		g->reason = MR_R_ENDED;
		break;
	}
	return MR_OK;
}

static enum mr_status
check_person(struct gate *g, int64_t id, struct mr_correspondent *person)
{
	enum mr_status status = mr_person_load(g->c, id, person);

	if (status != MR_OK || g->reason != 0)
		return status;
	if (person->status == MR_PERSON_CLOSED)
		g->reason = MR_R_PERSON_CLOSED;
	else if (!mr_person_takes_part(g->c, person))
		g->reason = MR_R_PERSON_PAUSED;
	return MR_OK;
}

/* Where no sure address counts, one may wait to be confirmed. */
static enum mr_status
not_sure(struct gate *g, int reason)
{
	struct mr_address written;
	enum mr_status status;

	g->reason = reason;
	status = mr_address_written(g->c, g->to, (int)g->c->today, &written);
	if (status == MR_OK && written.status == MR_ADDRESS_PENDING)
		g->reason = MR_R_UNVERIFIED;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
check_address(struct gate *g, struct mr_address *address)
{
	enum mr_status status;

	status = mr_address_on(g->c, g->to, (int)g->c->today, address);
	if (status == MR_NOTFOUND)
		return not_sure(g, MR_R_ADDRESS_UNKNOWN);
	if (status != MR_OK)
		return status;
	/* The letter that asks for a new one is the one that may try. */
	if (address->status == MR_ADDRESS_SUSPECT &&
	    g->letter->way == MR_OFFICE &&
	    g->letter->form == MR_FORM_NEW_ADDRESS)
		return MR_OK;
	if (address->status == MR_ADDRESS_SUSPECT)
		return not_sure(g, MR_R_ADDRESS_SUSPECT);
	if (address->status != MR_ADDRESS_CURRENT)
		return not_sure(g, MR_R_ADDRESS_UNKNOWN);
	return MR_OK;
}

struct tally {
	int kind, disposition;
	int64_t n;
};

static enum mr_status
add_up(struct mr_call *c, void *arg, const struct mr_enclosure *enclosure)
{
	struct tally *tally = arg;

	(void)c;
	if (enclosure->kind == tally->kind &&
	    (tally->disposition == 0
		    ? enclosure->disposition != MR_E_MISTAKE
		    : enclosure->disposition == tally->disposition))
		tally->n += enclosure->count;
	return MR_OK;
}

enum mr_status
mr_letter_enclosed(
    struct mr_call *c, int64_t letter, int kind, int disposition, int64_t *n)
{
	struct mr_enclosure_filter filter = {.letter = letter};
	struct tally tally = {kind, disposition, 0};
	enum mr_status status;

	status = mr_enclosure_list(c, &filter, add_up, &tally);
	*n = tally.n;
	return status;
}

static enum mr_status
check_facility(
    struct gate *g, int64_t id, const struct mr_correspondent *writer)
{
	struct mr_facility facility;
	struct mr_route route;
	enum mr_status status = mr_facility_load(g->c, id, &facility);

	if (status != MR_OK)
		return status;
	if (facility.status != MR_FACILITY_TAKES_MAIL) {
		g->reason = MR_R_FACILITY_CLOSED;
		return MR_OK;
	}
	status = mr_route_to(g->c, id, g->c->today, &route);
	if (status == MR_OK)
		status =
		    mr_route_check(g->c, &route, g->letter, writer, &g->rule);
	if (status == MR_OK && g->rule != 0)
		g->reason = MR_R_FACILITY_RULE;
	return status;
}

/* What nobody has decided on cannot leave the house with its letter. */
static enum mr_status
check_enclosures(struct gate *g)
{
	int64_t open = 0, money = 0, photos = 0, id = g->letter->id;
	enum mr_status status = mr_enclosure_open(g->c, id, &open);

	if (status != MR_OK || open == 0)
		return status;
	status = mr_letter_enclosed(g->c, id, MR_E_MONEY, 0, &money);
	if (status == MR_OK)
		status = mr_letter_enclosed(g->c, id, MR_E_PHOTO, 0, &photos);
	g->reason = money > 0 ? MR_R_MONEY
	    : photos > 0      ? MR_R_PHOTO
			      : MR_R_ENCLOSURE;
	return status;
}

static enum mr_status
check_all(struct gate *g)
{
	struct mr_correspondent writer, reader;
	struct mr_address address;
	enum mr_status status = MR_OK;
	int forward = g->letter->way == MR_FORWARD;

	if (forward)
		status = check_pairing(g);
	if (status == MR_OK && g->reason == 0)
		status = mr_letter_parties(g->c, g->letter, &g->from, &g->to);
	if (status != MR_OK || g->reason != 0)
		return status;
	if (g->to == 0) {
		g->reason = MR_R_ADDRESS_UNKNOWN;
		return MR_OK;
	}
	/* What turns round goes back even to somebody who has left. */
	if (forward)
		status = check_person(g, g->to, &reader);
	if (status == MR_OK && forward && g->reason == 0)
		status = check_person(g, g->from, &writer);
	if (status == MR_OK && g->reason == 0)
		status = check_address(g, &address);
	if (status == MR_OK && g->reason == 0 && address.facility != 0)
		status = check_facility(
		    g, address.facility, forward ? &writer : NULL);
	if (status == MR_OK && g->reason == 0 && g->letter->id != 0)
		status = check_enclosures(g);
	return status;
}

enum mr_status
mr_letter_proved(struct mr_call *c, const struct mr_letter *letter)
{
	struct mr_address address;
	struct mr_route route;
	int64_t from, to;
	enum mr_status status = mr_row_proved(c, MR_LETTER, letter->id);

	if (status == MR_OK && letter->pairing != 0)
		status = mr_row_proved(c, MR_PAIRING, letter->pairing);
	if (status == MR_OK && letter->fid != 0)
		status = mr_row_proved(c, MR_FORWARDING_ID, letter->fid);
	if (status == MR_OK)
		status = mr_letter_parties(c, letter, &from, &to);
	if (status == MR_OK && from != 0)
		status = mr_row_proved(c, MR_CORRESPONDENT, from);
	if (status != MR_OK || to == 0)
		return status;
	status = mr_row_proved(c, MR_CORRESPONDENT, to);
	if (status == MR_OK)
		status = mr_address_on(c, to, (int)c->today, &address);
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status == MR_OK)
		status = mr_row_proved(c, MR_ADDRESS, address.id);
	if (status == MR_OK && address.facility != 0)
		status = mr_row_proved(c, MR_FACILITY, address.facility);
	if (status == MR_OK)
		status = mr_route_to(c, address.facility, c->today, &route);
	return status == MR_OK ? mr_route_proved(c, &route) : status;
}

enum mr_status
mr_letter_gate(
    struct mr_call *c, const struct mr_letter *letter, int *reason, int *rule)
{
	struct gate g = {.c = c, .letter = letter};
	enum mr_status status = check_all(&g);

	*reason = g.reason;
	*rule = g.rule;
	return status;
}
