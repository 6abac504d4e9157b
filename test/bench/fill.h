/* An office that has run for years: people, pairings, letters. */
#ifndef BENCH_FILL_H
#define BENCH_FILL_H

#include "test/bench/bench.h"

#define FILL_PEOPLE 20000 /* half of them inside, each in one pairing */
#define FILL_PLACES 100

/* An active forwarding ID and where its mail goes. */
struct fill_id {
	int64_t id, pairing;
	int direction;
	char text[20];
};

struct fill {
	struct fill_id *ids;
	int nids;
	uint64_t seed;
	int64_t letters;
};

/* Places and so many people, O-00000, I-00000, O-00001 ..., which are C1, C2,
 * C3 ...; pairings of so many people.  Through the imports, which takes o->now
 * to the beginning; tells how fast. */
void fill_people(struct bench_office *o, int n);
void fill_pairings(struct bench_office *o, int n);
/* Read the IDs of an office of so many. */
void fill_ids(struct bench_office *o, struct fill *fill, int n);
void fill_free(struct fill *fill);
/* Letters up to so many, posted, a thousand a day, with events and counts. */
void fill_letters(struct bench_office *o, struct fill *fill, int64_t upto);
/* Any of them; the same sequence in every run. */
const struct fill_id *fill_any(struct fill *fill);

#endif
