/*
 * The code of a first sign-in: an admin makes it for a user who has no
 * passphrase yet, tells it to them, and they choose one with it.  It is
 * nowhere at rest: the office's key and the event that made it give it again.
 */
#ifndef MR_INVITE_NOUN_H
#define MR_INVITE_NOUN_H

#include <stdint.h>

#include "lib/call.h"

#define MR_INVITE_SYMBOLS 12 /* of the alphabet: 2^50 of them */
#define MR_INVITE_DAYS 3

/* A row; id is the user's.  made 0: used up, or taken back. */
struct mr_invite {
	int64_t id;
	int64_t made;  /* the event that made it */
	int64_t until; /* microseconds UTC */
	int64_t version, event;
};

/* MR_NOTFOUND: the user never had one. */
enum mr_status
mr_invite_load(struct mr_call *c, int64_t user, struct mr_invite *invite);

/*
 * A fresh code for a user; one before it is worth nothing from then on.
 * MR_REFUSED: the user is disabled, or has a passphrase.
 */
enum mr_status mr_invite_new(struct mr_call *c, int64_t user);
/* Used up, or taken back; without one nothing happens. */
enum mr_status mr_invite_drop(struct mr_call *c, int64_t user);

/* The code that an event made for a user, in groups of three, in the arena.
 * NULL: no office key, or memory is short. */
const char *mr_invite_code(struct mr_call *c, int64_t user, int64_t made);
/* Is it the code, and in time?  Look-alikes are folded. */
int mr_invite_match(
    struct mr_call *c, const struct mr_invite *invite, const char *typed);

#endif
