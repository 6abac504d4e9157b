/*
 * The squares of a bench card: a key of the station, a number of sheets, or a
 * test that a scanner is set up right.  Each is a payload of kind B with a
 * number that stays for ever, so that any card ever printed is understood.
 */
#ifndef MR_CARD_H
#define MR_CARD_H

#include "lib/payload.h"

/* Counted up when a key changes its meaning; older cards are then refused. */
#define MR_CARD_EDITION 1

#define MR_CARD_KEYS "NMPAWEBLU" /* see design 10 */
#define MR_CARD_SHEETS 12        /* 1 to 12 */
#define MR_CARD_TESTS 2          /* every symbol stands in one of them */

enum mr_card_kind { MR_CARD_KEY, MR_CARD_COUNT, MR_CARD_TEST };

/* key: a letter of MR_CARD_KEYS; n: sheets, or the test's number from 1. */
struct mr_card {
	enum mr_card_kind kind;
	char key;
	int n;
};

/* The payload of a square, into text of MR_PAYLOAD_LEN + 1.  0, or -1: there
 * is no such square. */
int mr_card_make(const uint8_t *key, const struct mr_card *card, char *text);

/* The square of a payload that was read.  0, or -1: no square of ours. */
int mr_card_read(const struct mr_payload *in, struct mr_card *card);

#endif
