/*
 * What the post office asks, as dated rows with a source.  A row is never
 * replaced: a later one of its kind takes over from its day.  Where no row
 * reaches the day the built-in prices hold.
 */
#ifndef MR_PRICE_NOUN_H
#define MR_PRICE_NOUN_H

#include <stdint.h>

#include "lib/call.h"

/* Numbers stand in rows and events. */
enum mr_price_kind {
	MR_PRICE_LETTER = 1,
	MR_PRICE_LARGE = 2 /* a large envelope, or too heavy for a letter */
};
/* "letter", "large-envelope"; NULL: no such.  And back; 0: no such. */
const char *mr_price_kind_name(int kind);
int mr_price_kind_of(const char *word);

struct mr_price {
	int64_t id; /* 0: built in */
	int kind, from_day;
	int64_t first; /* cents up to the first ounce */
	int64_t more;  /* cents for each ounce begun after it */
	int64_t most;  /* hundredths of an ounce that it may weigh */
	const char *source;
	int64_t version, event;
};

/*
 * What holds on a day.  Built in: USPS prices for First-Class Mail from 13
 * July 2025 (stamped letters 78 and 29 cents up to 3.5 oz; large envelopes
 * 1.63 and 27 cents up to 13 oz), for every day that no row reaches.
 * MR_BUG: no such kind.
 */
enum mr_status
mr_price(struct mr_call *c, int kind, int64_t day, struct mr_price *price);

/* Is that weight, in tenths of a gram, more than the price is for? */
int mr_price_over(const struct mr_price *price, int64_t weight);
/* What it asks for a weight, in cents. */
int64_t mr_price_of(const struct mr_price *price, int64_t weight);

/*
 * Set kind, from_day, first, more, most and source; id, version and event
 * follow.  Nothing happens where the same price holds from that day already
 * (id is the row's).
 * MR_INVALID: not a price.  MR_REFUSED: another one is set from that very day
 * and was not set today: what was posted by it stays explained.
 */
enum mr_status mr_price_set(struct mr_call *c, struct mr_price *price);

/* Every row, newest first, then the built-in ones; a failure of `each` ends
 * it. */
enum mr_status mr_price_list(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_price *price),
    void *arg);

#endif
