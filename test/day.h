/* Beginning and ending a mail day, for its tests. */
#ifndef TEST_DAY_H
#define TEST_DAY_H

#include "test/post.h"

#include "lib/address.h"
#include "lib/day.h"
#include "lib/user.h"

static inline void
open_day(struct house *h, const char *pieces)
{
	did(h, run(h, "day open", "pieces", pieces, NULL), "\"day\":");
}

static inline enum mr_status
close_day(struct house *h, const char *envelopes, const char *trays)
{
	return run(h, "day close", "sealed", envelopes, "stubs", envelopes,
	    "trays", trays, NULL);
}

#endif
