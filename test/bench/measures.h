/* The measures, each of which prints its lines. */
#ifndef BENCH_MEASURES_H
#define BENCH_MEASURES_H

#include "test/bench/fill.h"

/* Letters one by one and in groups, scans, a list: in copies of an office,
 * which is closed. */
void measure_letters(const char *dir, struct fill *fill, const char *size);
/* What a letter costs in copies of two offices. */
void measure_growth(const char *small, const char *large, struct fill *fill);
void measure_verify(const char *dir, const char *size);
/* First of all, while there is little in memory. */
void measure_long_run(void);
void measure_cover(void);
/* Labels beside glabels-3-batch, which works in the folder. */
void measure_labels(const char *dir);
void measure_sheets(const char *dir, struct fill *fill);
/* Over HTTP: the program's own path tells where the daemon is. */
void bench_program(const char *path);
void measure_http(const char *dir, struct fill *fill);
void measure_http_large(const char *dir, struct fill *fill);
/* Letters on a PostgreSQL server of the bench's own, in an office that it
 * makes in a folder that is not there. */
void measure_pgsql(const char *dir);
void measure_codes(void);
void measure_pairing(const char *dir);

#endif
