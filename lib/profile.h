/*
 * All that an office writes down about a correspondent, as one list of
 * fields: the columns of the roster, the flags of `correspondent add`, the
 * names in a list of differences.
 */
#ifndef MR_PROFILE_H
#define MR_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "lib/call.h"

/* Field, its name, is it sealed, must the roster have it. */
#define MR_PROFILE_FIELDS(X) \
	X(REF, ref, 0, 1) \
	X(KIND, kind, 0, 1) \
	X(PEN_NAME, pen_name, 0, 1) \
	X(LEGAL_NAME, legal_name, 1, 1) \
	X(REGISTER_NUMBER, register_number, 1, 1) \
	X(FACILITY, facility, 0, 1) \
	X(STREET, street, 1, 1) \
	X(UNIT, unit, 1, 1) \
	X(CITY, city, 1, 1) \
	X(STATE, state, 1, 1) \
	X(ZIP, zip, 1, 1) \
	X(COUNTRY, country, 1, 0) \
	X(LANGUAGE, language, 0, 0) \
	X(INTERESTS, interests, 0, 0) \
	X(ABOUT, about, 1, 0) \
	X(NOTES, notes, 1, 0) \
	X(SLOTS, slots, 0, 0)

enum mr_profile_field {
#define X(field, name, sealed, required) MR_P_##field,
	MR_PROFILE_FIELDS(X)
#undef X
	    MR_P_FIELDS
};
const char *mr_profile_name(int field);
int mr_profile_sealed(int field);

/* A field that was not given is NULL; one that is empty "". */
struct mr_profile {
	const char *field[MR_P_FIELDS];
};

/* Somebody who collects faults.  The sentence holds no value of the field. */
struct mr_profile_faults {
	void (*tell)(void *arg, int field, const char *sentence);
	void *arg;
};

/*
 * Check what was typed and bring it into the one form that is stored (blanks
 * trimmed, register number 12345-678, interests sorted, defaults filled in).
 * Afterwards no field is NULL.  Returns how many faults were told; -1: memory
 * ran out.  Whether the facility exists is the caller's question.
 */
int mr_profile_check(struct mr_call *c, struct mr_profile *profile,
    const struct mr_profile_faults *faults);

/* Do the pen name's words show the surname?  1, 0, or -1: memory ran out. */
int mr_profile_shows_surname(
    struct mr_call *c, const char *pen_name, const char *legal_name);

/* Does the pen name hold the street, or more than two digits?  1 or 0. */
int mr_profile_shows_place(
    struct mr_call *c, const char *pen_name, const char *street);

/* Is an interest the surname, or does it hold the legal name, the street or
 * more than four digits?  1, 0, or -1: memory ran out. */
int mr_profile_shows_person(struct mr_call *c, const char *interest,
    const char *legal_name, const char *street);

/*
 * Is the ref, or (where the vault is open) the register number, that of
 * somebody else than `person` (0: of anybody)?  MR_REFUSED names who.
 */
enum mr_status mr_profile_conflict(
    struct mr_call *c, int64_t person, const struct mr_profile *profile);

/* All of a person, as stored; the address is the one that was written down
 * last for `day`, pending or not.
 * MR_NOTFOUND, MR_LOCKED, MR_DAMAGED. */
enum mr_status mr_profile_load(
    struct mr_call *c, int64_t person, int day, struct mr_profile *profile);

/* Which fields differ, a bit each (1 << field); both are checked ones. */
unsigned
mr_profile_differs(const struct mr_profile *a, const struct mr_profile *b);

/*
 * Store a new correspondent.  MR_UNIQUE never: MR_REFUSED names who has the
 * ref or the register number already (the latter where the vault is open).
 * MR_NOTFOUND: no such facility.
 */
enum mr_status mr_profile_add(struct mr_call *c,
    const struct mr_profile *profile, int from_day, int64_t *person);

/*
 * Store what differs between what is (as loaded) and what shall be (checked).
 * A changed address is a new row from from_day.  Needs the vault only where a
 * sealed record changes and the blind index is to follow.  As above; and
 * MR_REFUSED: the kind cannot change.
 */
enum mr_status mr_profile_change(struct mr_call *c, int64_t person,
    const struct mr_profile *is, const struct mr_profile *shall, int from_day);

/* Store the address of a checked profile as a new row, whatever stands
 * there.  MR_NOTFOUND: no such facility. */
enum mr_status mr_profile_move(struct mr_call *c, int64_t person,
    const struct mr_profile *shall, int from_day);

#endif
