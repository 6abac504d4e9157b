/* The measures, each of which prints its lines. */
#ifndef BENCH_MEASURES_H
#define BENCH_MEASURES_H

#include "test/bench/fill.h"

/* What one letter costs in an office of this size. */
struct cost {
	double single, group;
};

/* Letters one by one and in groups, scans, a list: in copies of `dir`, which
 * is closed; 0 where that was not asked for. */
struct cost
measure_letters(const char *dir, struct fill *fill, const char *size);
void measure_verify(const char *dir, const char *size);
void measure_cover(void);
void measure_sheets(const char *dir, struct fill *fill);
void measure_codes(void);
void measure_pairing(const char *dir);

#endif
