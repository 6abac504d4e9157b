/*
 * Correspondents: who writes.  The record holds what may stand in the clear;
 * legal name, register number, address and story are sealed (sealed.h,
 * address.h).  Records live in the call's arena.
 */
#ifndef MR_PERSON_H
#define MR_PERSON_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/value.h"

#define MR_INSIDE 1
#define MR_OUTSIDE 2
/* "inside", "outside"; NULL: no such.  And back; 0: no such. */
const char *mr_person_kind_name(int kind);
int mr_person_kind_of(const char *name);

enum mr_person_status {
	MR_PERSON_ACTIVE = 1,
	MR_PERSON_PAUSED = 2,
	MR_PERSON_CLOSED = 3
};
const char *mr_person_status_name(int status);
int mr_person_status_of(const char *name);

/* Why somebody is paused or closed: name, number, word, may it pause, may it
 * close. */
#define MR_PERSON_REASONS(X) \
	X(AWAY, 1, "away", 1, 0) \
	X(ASKED, 2, "asked", 1, 1) \
	X(LOST_CONTACT, 3, "lost-contact", 1, 1) \
	X(ADDRESS_UNKNOWN, 4, "address-unknown", 1, 1) \
	X(IN_TRANSIT, 5, "in-transit", 1, 0) \
	X(RELEASED, 6, "released", 1, 1) \
	X(ILL, 7, "ill", 1, 1) \
	X(RULES, 8, "broke-rules", 1, 1) \
	X(SAFETY, 9, "safety", 1, 1) \
	X(DIED, 10, "died", 0, 1) \
	X(DOUBLE, 11, "double-record", 0, 1) \
	X(ENDED, 12, "programme-ended", 0, 1)

enum mr_person_reason {
#define X(name, number, word, pause, close) MR_PERSON_##name = number,
	MR_PERSON_REASONS(X)
#undef X
};
/* NULL for 0 and what is no reason. */
const char *mr_person_reason_name(int reason);
/* Of those that may lead to that status; 0: no such. */
int mr_person_reason_of(const char *word, int status);
/* Those words, ", " between: for messages. */
const char *mr_person_reason_words(struct mr_call *c, int status);

struct mr_correspondent {
	int64_t id;
	int kind;
	const char *ref; /* the office's own number, or NULL */
	const char *pen_name, *language;
	int slots, status, reason;
	const char *interests; /* sorted words joined by ';' */
	int64_t version, event;
	int until; /* day a pause ends by itself; 0: none */
};

/* Who is meant by "C12" or by the office's ref.  MR_NOTFOUND, with a
 * sentence. */
enum mr_status
mr_person_find(struct mr_call *c, struct mr_person person, int64_t *id);
/* The same; c->found then points to the id, for the operation's answer. */
enum mr_status
mr_person_found(struct mr_call *c, struct mr_person person, int64_t *id);
/* MR_NOTFOUND: no such correspondent. */
enum mr_status
mr_person_load(struct mr_call *c, int64_t id, struct mr_correspondent *person);
/* Does this one take part today?  Active, or a pause that is over. */
int mr_person_takes_part(
    const struct mr_call *c, const struct mr_correspondent *person);
/* How many pairings that are not ended. */
enum mr_status mr_person_pairings(struct mr_call *c, int64_t id, int64_t *n);

/*
 * Pause or close (with a reason of the list) or make active again.  until:
 * day a pause ends by itself, 0: none.  Nothing happens when it is so
 * already.  MR_REFUSED: a closed record cannot be paused.
 */
enum mr_status mr_person_set_status(
    struct mr_call *c, int64_t id, int status, int reason, int until);

/* Which ones to list; NULL and 0 mean any. */
struct mr_person_filter {
	int kind, status;
	int64_t facility; /* where they live today */
	const char *interest;
	int waiting; /* 1: active with a free slot */
};
/* Each in the order of their numbers; the record is valid during `each`,
 * whose failure ends the listing.  n: pairings not ended. */
enum mr_status
mr_person_list(struct mr_call *c, const struct mr_person_filter *filter,
    enum mr_status (*each)(struct mr_call *c, void *arg,
	const struct mr_correspondent *person, int64_t n),
    void *arg);

#endif
