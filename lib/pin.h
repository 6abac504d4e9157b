/*
 * The six digits that a volunteer types after scanning the badge.  A PIN opens
 * no vault: it only says who works.  It is stored as Argon2id and then a keyed
 * hash with a key of the office's key file, so that a stolen database cannot
 * be asked a million times.
 */
#ifndef MR_PIN_NOUN_H
#define MR_PIN_NOUN_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/userkey.h"

#define MR_PIN_DIGITS 6

/* Who may have one: whoever opens an address or changes users may not. */
#define MR_PIN_ROLES MR_VOLUNTEER

/* A row; id is the user's.  set 0: the PIN was taken away. */
struct mr_pin {
	int64_t id;
	int set;
	unsigned char salt[crypto_pwhash_SALTBYTES], proof[32];
	struct mr_cost cost;
	int64_t version, event;
};

/*
 * May these be a PIN?  MR_INVALID tells why not and never repeats it: not six
 * digits, or one of those that are tried first.  Of the million about one in
 * nine is refused: a digit, pair or triple again and again, pairs, a mirror,
 * steps up or down, and every day of the year with its year, in the orders
 * that people write, and a month with a year from 1900 to 2099.
 */
enum mr_status mr_pin_check(struct mr_call *c, const char *digits);

/* The row that it makes, but for version and event.  Takes about 0.1 s.
 * MR_NOMEM. */
enum mr_status mr_pin_make(
    struct mr_call *c, int64_t user, const char *digits, struct mr_pin *pin);
/* Is it the one?  MR_OK with *same.  Takes as long as making one did. */
enum mr_status mr_pin_match(
    struct mr_call *c, const struct mr_pin *pin, const char *typed, int *same);

/* MR_NOTFOUND: the user never had one.  MR_DAMAGED: of a wrong length. */
enum mr_status mr_pin_load(struct mr_call *c, int64_t user, struct mr_pin *pin);

/* May that user have one?  MR_REFUSED: disabled, or no volunteer. */
enum mr_status mr_pin_may(struct mr_call *c, int64_t user);
/*
 * Store one.  MR_REFUSED: as above, or the row moved on since `before`, its
 * event (0: there was none), was read.
 */
enum mr_status
mr_pin_set(struct mr_call *c, const struct mr_pin *pin, int64_t before);
/* Take it away; without one nothing happens. */
enum mr_status mr_pin_drop(struct mr_call *c, int64_t user);

#endif
