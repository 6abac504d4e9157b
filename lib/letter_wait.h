/*
 * Letters that a pairing leaves waiting, as fields of its event: the answer
 * then names the same ones however often it is asked.
 */
#ifndef MR_LETTER_WAIT_H
#define MR_LETTER_WAIT_H

#include "lib/call.h"
#include "lib/chain.h"
#include "lib/out.h"

#define MR_WAIT_NAMED 12                   /* letters named one by one */
#define MR_WAIT_FIELDS (MR_WAIT_NAMED + 2) /* with the count and the end */

/* Letters of a pairing that are neither posted nor closed.  Fills fields:
 * COUNT, a LETTER each of the oldest, the end. */
enum mr_status mr_wait_in_house(
    struct mr_call *c, int64_t pairing, struct mr_field fields[MR_WAIT_FIELDS]);
/* The same for open letters of two writers that have no pairing yet. */
enum mr_status mr_wait_unpaired(struct mr_call *c, int64_t a, int64_t b,
    struct mr_field fields[MR_WAIT_FIELDS]);

/* What an event holds of it: `count` under that key, and a list "letters" of
 * letter codes. */
void mr_wait_emit(struct mr_call *c, const struct mr_event *event,
    struct mr_out *out, const char *count);

#endif
