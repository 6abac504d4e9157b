/*
 * Envelopes that were printed before and may still lie on the bench: what the
 * match of a stub with its envelope must not take for the newest.
 */
#ifndef MR_SEAL_PAST_H
#define MR_SEAL_PAST_H

#include "lib/letter.h"

/* The ZIP of an address inside, as the facility has it; NULL: outside. */
enum mr_status
mr_past_zip(struct mr_call *c, int64_t address, const char **zip);

/*
 * Did an earlier envelope of this letter go to another address; or, where the
 * envelope was not scanned, one of another letter of the two with the same ID
 * in its corner?
 */
enum mr_status mr_past_elsewhere(
    struct mr_call *c, const struct mr_letter *letter, int scanned, int *yes);

/* Does an older envelope that went elsewhere have the same copy in its scan?
 * Copies count modulo 19 there. */
enum mr_status
mr_past_twin_copy(struct mr_call *c, const struct mr_letter *letter, int *yes);

/*
 * The rule of today that the newest envelope or label does not keep, as it was
 * printed: a label, a window, a size, a code, the endorsement, whose name
 * stands first.  0: it keeps them all, or the event of its print is gone.
 */
enum mr_status
mr_past_rule(struct mr_call *c, const struct mr_letter *letter, int *rule);

#endif
