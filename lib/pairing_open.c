/*
 * Opening a pairing: who may, the row, its two forwarding IDs, and the letters
 * that waited for it.
 */
#include "lib/pairing.h"

#include "lib/chain.h"
#include "lib/letter_wait.h"
#include "lib/person.h"
#include "lib/tongue.h"

static enum mr_status
insert(struct mr_call *c, const struct mr_pairing *pairing)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO pairing (id, outside, inside, status, reason, "
	    "opened, until, version, event) "
	    "VALUES (:id, :outside, :inside, :status, 0, "
	    ":opened, NULL, 1, :event)");
	sql_int(st, ":id", pairing->id);
	sql_int(st, ":outside", pairing->outside);
	sql_int(st, ":inside", pairing->inside);
	sql_int(st, ":status", pairing->status);
	sql_int(st, ":opened", pairing->opened);
	sql_int(st, ":event", mr_event_next(c));
	return sql_done(st);
}

static enum mr_status
tell(struct mr_call *c, const struct mr_pairing *pairing)
{
	struct mr_field fields[MR_WAIT_FIELDS + 2] = {
	    {MR_F_TO, MR_PAIRING_ACTIVE, NULL, 0},
	    {MR_F_DAY, pairing->opened, NULL, 0},
	};
	enum mr_status status;

	status =
	    mr_wait_unpaired(c, pairing->outside, pairing->inside, fields + 2);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_PAIRING, pairing->id, 0, fields);
}

enum mr_status
mr_pairing_add(struct mr_call *c, struct mr_register *reg, int64_t outside,
    int64_t inside, int opened, int64_t *id)
{
	struct mr_pairing pairing = {.outside = outside,
	    .inside = inside,
	    .status = MR_PAIRING_ACTIVE,
	    .opened = opened};
	enum mr_status status;
	int64_t fid;

	status = mr_next_id(c, MR_NEWEST("pairing"), &pairing.id);
	if (status == MR_OK)
		status = insert(c, &pairing);
	if (status == MR_OK)
		status = tell(c, &pairing);
	if (status == MR_OK)
		status = mr_fid_issue(c, reg, pairing.id, outside, &fid);
	if (status == MR_OK)
		status = mr_fid_issue(c, reg, pairing.id, inside, &fid);
	if (status == MR_OK)
		*id = pairing.id;
	return status;
}

enum mr_status
mr_pairing_person(struct mr_call *c, struct mr_person ref, int kind,
    struct mr_correspondent *person)
{
	enum mr_status status;
	int64_t id;

	status = mr_person_find(c, ref, &id);
	if (status == MR_OK)
		status = mr_person_load(c, id, person);
	if (status != MR_OK)
		return status;
	if (person->kind != kind)
		return mr_fail(c, MR_INVALID,
		    "%s is an %s correspondent; a pairing is between one "
		    "outside and one inside, in this order",
		    mr_show_id(c, 'C', id),
		    mr_say(mr_person_kind_name(person->kind)));
	return MR_OK;
}

enum mr_status
mr_pairing_takes_part(struct mr_call *c, const struct mr_correspondent *person)
{
	const char *reason = mr_person_reason_name(person->reason);

	if (mr_person_takes_part(c, person))
		return MR_OK;
	return mr_fail(c, MR_REFUSED,
	    "%s is %s (%s); make the record active first, then open the "
	    "pairing",
	    mr_show_id(c, 'C', person->id),
	    mr_say(mr_person_status_name(person->status)),
	    reason != NULL ? reason : mr_say("no reason given"));
}

enum mr_status
mr_pairing_full(
    struct mr_call *c, const struct mr_correspondent *person, int64_t taken)
{
	return mr_fail(c, MR_REFUSED,
	    "%s has no place free: %lld of %d %s taken; end a pairing, raise "
	    "the slots, or say --over-slots",
	    mr_show_id(c, 'C', person->id), (long long)taken, person->slots,
	    person->slots == 1 ? mr_say("is") : mr_say("are"));
}

static enum mr_status
check_slots(struct mr_call *c, const struct mr_correspondent *person)
{
	enum mr_status status;
	int64_t taken;

	status = mr_person_pairings(c, person->id, &taken);
	if (status == MR_OK && taken >= person->slots)
		status = mr_pairing_full(c, person, taken);
	return status;
}

/* Both of the right kind, both taking part, and not paired yet. */
static enum mr_status
check(struct mr_call *c, const struct mr_pairing_open *in,
    struct mr_correspondent *outside, struct mr_correspondent *inside)
{
	struct mr_pairing living;
	enum mr_status status;

	status = mr_pairing_person(c, in->outside, MR_OUTSIDE, outside);
	if (status == MR_OK)
		status = mr_pairing_person(c, in->inside, MR_INSIDE, inside);
	if (status == MR_OK)
		status = mr_pairing_takes_part(c, outside);
	if (status == MR_OK)
		status = mr_pairing_takes_part(c, inside);
	if (status != MR_OK)
		return status;
	status = mr_pairing_between(c, outside->id, inside->id, &living);
	if (status == MR_OK)
		return mr_fail(c, MR_REFUSED,
		    "%s and %s are paired already: %s is %s",
		    mr_show_id(c, 'C', outside->id),
		    mr_show_id(c, 'C', inside->id),
		    mr_pairing_show_id(c, living.id),
		    mr_say(
			mr_pairing_status_name(mr_pairing_today(c, &living))));
	return status == MR_NOTFOUND ? MR_OK : status;
}

enum mr_status
mr_pairing_open(
    struct mr_call *c, const struct mr_pairing_open *in, int64_t *id)
{
	struct mr_correspondent outside, inside;
	struct mr_register *reg;
	enum mr_status status;

	status = check(c, in, &outside, &inside);
	if (status == MR_OK && !in->over_slots)
		status = check_slots(c, &outside);
	if (status == MR_OK && !in->over_slots)
		status = check_slots(c, &inside);
	if (status == MR_OK)
		status = mr_register_load(c, &reg);
	if (status == MR_OK)
		status = mr_pairing_add(
		    c, reg, outside.id, inside.id, (int)c->today, id);
	if (status == MR_OK)
		status = mr_register_save(c, reg);
	return status;
}
