/*
 * The postage ledger: what each letter weighed and cost when it was sealed,
 * written in the same transaction as its sealing and taken back with it.  A
 * letter that was posted, came back and was sent once more has one row: the
 * sums, by the day it left last.
 */
#ifndef MR_POSTAGE_NOUN_H
#define MR_POSTAGE_NOUN_H

#include "lib/letter.h"
#include "lib/price.h"

/*
 * What we add to a letter, in tenths of a gram: the part of the cover sheet
 * that travels and the envelope, 4.5 g (0.16 oz) each, a #10 weighing about
 * as much as a sheet of 20-lb paper.
 */
#define MR_OWN_WEIGHT 90

struct mr_fare {
	int kind;       /* enum mr_price_kind */
	int64_t price;  /* its row; 0: built in */
	int64_t weight; /* tenths of a gram */
	int weighed;    /* 0: reckoned from its sheets */
	int64_t cents;  /* what the post office asks */
	int64_t stamps; /* of the first-ounce price of a letter that cover it */
};

/*
 * What a weight costs on that day.
 * MR_REFUSED: too heavy even for a large envelope; the sentence says so.
 */
enum mr_status mr_postage_reckon(
    struct mr_call *c, int64_t day, int64_t weight, struct mr_fare *cost);

/* The same where somebody says how many stamps it has: they are the cost. */
enum mr_status mr_postage_by_stamps(struct mr_call *c, int64_t day,
    int64_t weight, int64_t stamps, struct mr_fare *cost);

/*
 * A letter's weight from its sheets, by the setting sheet-weight.  *sure 0:
 * it must be weighed: as many sheets as the setting weigh-from-sheets says,
 * none counted, or more than paper goes along.
 */
enum mr_status mr_postage_guess(struct mr_call *c,
    const struct mr_letter *letter, int64_t *weight, int *sure);

/* "31.5" as tenths of a gram, rounded up.  MR_INVALID: no weight. */
enum mr_status
mr_postage_grams(struct mr_call *c, const char *text, int64_t *weight);

/* Write down what this sealing costs. */
enum mr_status
mr_postage_pay(struct mr_call *c, int64_t letter, const struct mr_fare *cost);
/* In place of what the last sealing was said to cost. */
enum mr_status
mr_postage_mend(struct mr_call *c, int64_t letter, const struct mr_fare *cost);
/* The last sealing was undone, its stamps come off; and: so it was not.
 * Nothing happens for a letter without a row. */
enum mr_status mr_postage_take_back(struct mr_call *c, int64_t letter);
enum mr_status mr_postage_give_again(struct mr_call *c, int64_t letter);

struct mr_postage {
	int64_t id; /* of the letter */
	int64_t day, price, weight;
	int weighed;
	int64_t cents, stamps, version, event;
};
/* MR_NOTFOUND (without a sentence): never sealed. */
enum mr_status
mr_postage_load(struct mr_call *c, int64_t letter, struct mr_postage *postage);

/* grams, postage and stamps of a letter, null where it was never sealed; and
 * weigh, whether the scale must still say them; into an open map. */
#define MR_POSTAGE_KEYS "grams postage stamps weigh"
enum mr_status mr_postage_emit(
    struct mr_call *c, struct mr_out *out, const struct mr_letter *letter);

/* What the letter weighed when that event moved it on, in grams, by the
 * nearest event before it that tells; -1: none does. */
enum mr_status mr_postage_grams_at(
    struct mr_call *c, const struct mr_event *event, int *grams);

/* Each row of the days from first to last that costs something, by day; a
 * failure of `each` ends it. */
enum mr_status mr_postage_list(struct mr_call *c, int64_t first, int64_t last,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_postage *postage),
    void *arg);

/* A month and a side in sum. */
struct mr_postage_sum {
	int year, month;
	int inside; /* 1: to inside */
	int64_t letters, cents, stamps;
};
enum mr_status mr_postage_sums(struct mr_call *c, int64_t first, int64_t last,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_postage_sum *sum),
    void *arg);

struct mr_postage_weigh {
	struct mr_typed letter;
	const char *grams;
	struct mr_count stamps; /* what somebody else reckoned */
};
/*
 * A sealed letter was weighed: its postage and stamps follow, unless stamps
 * are given.
 * MR_REFUSED: it is not sealed, or too heavy.
 */
enum mr_status
mr_postage_weighed(struct mr_call *c, const struct mr_postage_weigh *in);

#endif
