/*
 * Where a correspondent lives, from a day on.  Rows are dated and never
 * overwritten, only their status changes; street and unit are sealed, which
 * facility somebody is in is not.
 */
#ifndef MR_ADDRESS_H
#define MR_ADDRESS_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/vault.h"

enum mr_address_status {
	MR_ADDRESS_PENDING = 1, /* waits for a second person */
	MR_ADDRESS_CURRENT = 2,
	MR_ADDRESS_SUSPECT = 3, /* mail came back: nothing is sent there */
	MR_ADDRESS_FORMER = 4
};
const char *mr_address_status_name(int status);

struct mr_address {
	int64_t id, person;
	int from_day, status;
	int64_t facility; /* 0: outside */
	int64_t version, event;
};

/* What stands on an envelope; "" where there is nothing. */
struct mr_address_text {
	const char *legal_name, *register_number; /* 12345-678 */
	const char *facility;                     /* its name */
	const char *street, *unit, *city, *state, *zip, *country;
};

/* The texts of a box, in this order. */
enum mr_address_line {
	MR_A_STREET,
	MR_A_UNIT,
	MR_A_CITY,
	MR_A_STATE,
	MR_A_ZIP,
	MR_A_COUNTRY,
	MR_A_LINES
};

/* MR_NOTFOUND: no such address. */
enum mr_status
mr_address_load(struct mr_call *c, int64_t id, struct mr_address *address);

/*
 * The row that counts on that day: the newest that had begun by then and is
 * not pending.  Its status is as it is now.  MR_NOTFOUND: none, without a
 * message.
 */
enum mr_status mr_address_on(
    struct mr_call *c, int64_t person, int day, struct mr_address *address);

/* The same with pending rows counted: what was written down last. */
enum mr_status mr_address_written(
    struct mr_call *c, int64_t person, int day, struct mr_address *address);

/* Nothing happens when it has that status. */
enum mr_status mr_address_set_status(struct mr_call *c, int64_t id, int status);

/*
 * What to write on a piece for that address: for somebody inside the
 * facility's public address and the unit.  Never for a log.
 * MR_LOCKED: the vault is closed.  MR_DAMAGED: the box does not open.
 */
enum mr_status
mr_address_lines(struct mr_call *c, int64_t id, struct mr_address_text *text);

/* The sealed name and number; "" where there is none.  As above. */
enum mr_status mr_identity(struct mr_call *c, int64_t person,
    const char **legal_name, const char **register_number);

/* The box's own texts; as above. */
enum mr_status
mr_address_open(struct mr_call *c, int64_t id, const char *lines[MR_A_LINES]);

/*
 * Say which box: its context's version is 1 whatever the row's version, for
 * the box stays when the status changes.  (A rekey replaces it, and then the
 * old one opens no more.)
 */
struct mr_context mr_address_context(int64_t id);

/*
 * Store a new row; *id and *status tell which and how it counts.  The first
 * address of a person counts at once.  A later one is a change: with the
 * setting second-person `now` it is pending until a second person confirms,
 * with `later` it counts and stands on the countersign list.  Rows that it
 * takes over from today become former.
 * facility: 0 outside.
 */
enum mr_status mr_address_add(struct mr_call *c, int64_t person, int from_day,
    int64_t facility, const char *const lines[MR_A_LINES], int64_t *id,
    int *status);

/*
 * A second person says that a pending address is right: it counts.
 * MR_REFUSED: it is not pending.
 */
enum mr_status mr_address_confirm(struct mr_call *c, int64_t id);

#endif
