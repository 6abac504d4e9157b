/*
 * What is done to correspondents one at a time: add, update, move, pause,
 * close, find, reveal.  Each function is one operation's noun.
 */
#ifndef MR_CORRESPONDENT_NOUN_H
#define MR_CORRESPONDENT_NOUN_H

#include <stddef.h>
#include <stdint.h>

#include "lib/call.h"
#include "lib/value.h"

/*
 * Add one, active, whose address counts from a day (today when not given).
 * MR_INVALID: names the first field that will not do and what would.
 * MR_REFUSED: ref or register number belong to somebody.  MR_NOTFOUND: no
 * such facility.
 */
struct mr_correspondent_add {
	const char *kind, *pen_name, *legal_name, *register_number;
	const char *facility, *street, *unit, *city, *state, *zip, *country;
	const char *language, *interests, *about, *notes, *ref;
	struct mr_count slots;
	struct mr_date from;
};
enum mr_status mr_correspondent_add(
    struct mr_call *c, const struct mr_correspondent_add *in, int64_t *person);

/*
 * Change what is given; "" empties a field that may be empty.  c->found
 * points to the id.  Needs the vault.  Statuses as above; nothing happens
 * when all is so already.
 */
struct mr_correspondent_update {
	struct mr_person person;
	const char *pen_name, *legal_name, *register_number;
	const char *language, *interests, *about, *notes, *ref;
	struct mr_count slots;
};
enum mr_status mr_correspondent_update(
    struct mr_call *c, const struct mr_correspondent_update *in);

/*
 * A new address from a day on; what is not given is empty.  Needs the vault.
 * MR_INVALID: as above.  MR_REFUSED: that is the address already.
 */
struct mr_correspondent_move {
	struct mr_person person;
	const char *facility, *street, *unit, *city, *state, *zip, *country;
	struct mr_date from;
};
enum mr_status mr_correspondent_move(
    struct mr_call *c, const struct mr_correspondent_move *in);

/*
 * The call's user signs the newest address of a person that waits for a
 * second person; a pending one counts from then on.
 * MR_REFUSED: nothing waits, or the user wrote it down.
 */
struct mr_correspondent_one {
	struct mr_person person;
};
enum mr_status mr_correspondent_confirm(
    struct mr_call *c, const struct mr_correspondent_one *in);

/* Pause, close, take back.  c->found points to the id.  MR_INVALID: no such
 * reason; the sentence lists them.  MR_REFUSED: see mr_person_set_status. */
struct mr_correspondent_pause {
	struct mr_person person;
	const char *reason;
	struct mr_date until;
};
enum mr_status mr_correspondent_pause(
    struct mr_call *c, const struct mr_correspondent_pause *in);
struct mr_correspondent_close {
	struct mr_person person;
	const char *reason;
};
enum mr_status mr_correspondent_close(
    struct mr_call *c, const struct mr_correspondent_close *in);
enum mr_status mr_correspondent_resume(
    struct mr_call *c, const struct mr_correspondent_one *in);

/*
 * Who has exactly that legal name, or that register number.  Writes an event
 * for each one found, or one about the site.  MR_USAGE: not one of the two
 * was given.
 */
struct mr_correspondent_find {
	const char *name, *register_number;
};
enum mr_status mr_correspondent_find(
    struct mr_call *c, const struct mr_correspondent_find *in);

/* Why a coordinator may look at what is sealed. */
#define MR_REVEAL_REASONS(X) \
	X(1, "delivery") \
	X(2, "returned-mail") \
	X(3, "person-asked") \
	X(4, "correct-record") \
	X(5, "second-person") \
	X(6, "complaint") \
	X(7, "safety") \
	X(8, "legal-order")
/* NULL: no such. */
const char *mr_reveal_reason_name(int reason);

/* Write the event of a look; the answer of the operation is the look.
 * MR_INVALID: no such reason; the sentence lists them. */
struct mr_correspondent_reveal {
	struct mr_person person;
	const char *reason;
};
enum mr_status mr_correspondent_reveal(
    struct mr_call *c, const struct mr_correspondent_reveal *in);

#endif
