/* Envelopes that were printed before.  See seal_past.h. */
#include "lib/seal_past.h"

#include "lib/address.h"
#include "lib/facility.h"

/* What was not torn up may lie on the bench for some days. */
#define LIES_ABOUT_US (7 * MR_DAY_US)

enum mr_status
mr_past_zip(struct mr_call *c, int64_t address_id, const char **zip)
{
	struct mr_facility facility;
	struct mr_address address;
	enum mr_status status = mr_address_load(c, address_id, &address);

	*zip = NULL;
	if (status == MR_OK && address.facility != 0) {
		status = mr_facility_load(c, address.facility, &facility);
		*zip = status == MR_OK ? facility.zip : NULL;
	}
	return status;
}

static enum mr_status
any_row(struct sql_stmt *st, int *yes)
{
	int64_t id = 0;
	enum mr_status status = sql_done_int(st, &id);

	*yes = status == MR_OK;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
of_this_letter(struct mr_call *c, const struct mr_letter *l, int *yes)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id FROM print "
	    "WHERE letter = :letter AND what > 1 AND address <> :address "
	    "LIMIT 1");
	sql_int(st, ":letter", l->id);
	sql_int(st, ":address", l->envelope_address);
	return any_row(st, yes);
}

static enum mr_status
of_another_letter(struct mr_call *c, const struct mr_letter *l, int *yes)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT p.id FROM letter l "
	    "JOIN print p ON p.letter = l.id "
	    "WHERE l.pairing = :pairing "
	    "AND (l.state < :posted OR l.stepped > :since) AND p.what > 1 "
	    "AND p.forwarding_id = :fid AND p.address <> :address "
	    "LIMIT 1");
	sql_int(st, ":pairing", l->pairing);
	sql_int(st, ":posted", MR_L_POSTED);
	sql_int(st, ":since", c->now - LIES_ABOUT_US);
	sql_int(st, ":fid", l->envelope_id);
	sql_int(st, ":address", l->envelope_address);
	return any_row(st, yes);
}

enum mr_status
mr_past_elsewhere(
    struct mr_call *c, const struct mr_letter *l, int scanned, int *yes)
{
	enum mr_status status = of_this_letter(c, l, yes);

	/* A scan tells whose envelope it is; a corner does not. */
	if (status == MR_OK && !*yes && !scanned)
		status = of_another_letter(c, l, yes);
	return status;
}

enum mr_status
mr_past_twin_copy(struct mr_call *c, const struct mr_letter *l, int *yes)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id FROM print "
	    "WHERE letter = :letter AND what > 1 AND copy < :copy "
	    "AND (:copy - copy) % 19 = 0 "
	    "AND (address <> :address OR forwarding_id <> :fid) "
	    "LIMIT 1");
	sql_int(st, ":letter", l->id);
	sql_int(st, ":copy", l->envelope_copy);
	sql_int(st, ":address", l->envelope_address);
	sql_int(st, ":fid", l->envelope_id);
	return any_row(st, yes);
}
