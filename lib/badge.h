/*
 * Badges: which copy of a user's badge is the newest.  An older one opens
 * nothing and is refused where it is scanned.
 */
#ifndef MR_BADGE_NOUN_H
#define MR_BADGE_NOUN_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/payload.h"

/* A row; id is the user's. */
struct mr_badge {
	int64_t id;
	int copy;
	int64_t version, event;
};

/* MR_NOTFOUND: the user never had one. */
enum mr_status
mr_badge_load(struct mr_call *c, int64_t user, struct mr_badge *badge);

/*
 * Another copy for a user, which is the one that counts from now on.
 * MR_REFUSED: the user is disabled.
 */
enum mr_status mr_badge_new(struct mr_call *c, int64_t user);

/* The payload of a copy, into text of MR_PAYLOAD_LEN + 1.  0, or -1. */
int mr_badge_make(const uint8_t *key, int64_t user, int copy, char *text);

#endif
