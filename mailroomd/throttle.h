/*
 * How often somebody may try to sign in (security.md 3.3): five tries are
 * free, then each wait is twice the one before, up to a quarter of an hour;
 * and all together thirty a minute, of which one address may use twenty.
 * Names that signed in well since the start have thirty of their own, so that
 * a flood of others does not keep them out; and where a name signed in well
 * from an address, what others try under it elsewhere makes nobody wait there.
 * Nobody is shut out for ever.
 */
#ifndef MAILROOMD_THROTTLE_H
#define MAILROOMD_THROTTLE_H

#include <stdint.h>

#define THROTTLE_FREE 5
#define THROTTLE_MOST 900 /* seconds */
#define THROTTLE_MINUTE 30
#define THROTTLE_PEER 20 /* of them, from one address */

struct throttle;
struct throttle *throttle_new(void); /* NULL: no memory */
void throttle_free(struct throttle *throttle);

/* Seconds to wait before this name may be tried from that address; 0: now,
 * and the try is counted as a failure until throttle_good. */
int throttle_try(struct throttle *throttle, const char *name,
    unsigned long peer, int64_t now);
/* It was the right one. */
void
throttle_good(struct throttle *throttle, const char *name, unsigned long peer);
/* It was not tried after all. */
void
throttle_back(struct throttle *throttle, const char *name, unsigned long peer);

#endif
