/*
 * What the measures share: clock, rounds, the line of a measure, an office on
 * the disk and its operations by their words.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>

#include "lib/handle.h"
#include "lib/op.h"

#define BENCH_ROUNDS 31
#define BENCH_WORDS 12
#define BENCH_PASSPHRASE "seven grey geese over the ferry"
#define BENCH_DAY_US (INT64_C(86400) * 1000000)
/* Mon 2026-11-23, 10:43 in Danbury: when letters are measured. */
#define BENCH_NOW INT64_C(1795448580000000)
#define BENCH_BACK 1100 /* days before that the office was made */

/* Seconds of a clock that never goes back. */
double bench_now(void);
/* Seconds that this thread was at work: for what waits for nothing, so that
 * other programs do not count. */
double bench_cpu(void);
/* The bench itself broke: say so and leave with 1. */
void bench_stop(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));
/* What is under way, to stderr where that is a terminal. */
void bench_tell(const char *what);

/* Is this measure asked for?  BENCH_ONLY: part of its name. */
int bench_wanted(const char *name);

/* Seconds of ours and of the bare library, round by round. */
struct bench_rounds {
	double ours[BENCH_ROUNDS], bare[BENCH_ROUNDS];
	int n;
};

/* The line of a measure: per second, from the medians of rounds of `each`
 * things.  The ratio is the median of the rounds' own ratios. */
void bench_ratio(const char *name, const struct bench_rounds *rounds,
    double each, double target);
/* A value with a limit above (0: none), and a value for its own sake. */
void
bench_limit(const char *name, double value, const char *unit, double limit);
/* Seconds in a large office (ours) by those in a small one (bare). */
void
bench_growth(const char *name, const struct bench_rounds *rounds, double limit);
/* Bytes of ours and of the bare side, which must be more. */
void bench_bytes(const char *name, double ours, double bare);
/* A measure for which something is not there: what. */
void bench_missing(const char *name, const char *what);
/* Names of the measures that missed their targets, and how many there were. */
void bench_summary(void);

double bench_median(const double *values, int n);

/* An open office, and what its last operation answered. */
struct bench_office {
	struct mr *mr;
	char dir[256];
	int64_t now;         /* what the clock says to the next operation */
	int station;         /* 'A' to 'Z'; 0: 'A' */
	const char *request; /* its key; NULL: none */
	struct mr_arena *arena;
	const char *word[BENCH_WORDS];
	const char *csv; /* the bytes of any file */
	size_t csv_len;
	size_t bytes; /* of documents */
	size_t len;
	char answer[65536];
	struct mr_error error;
};

/* Where the offices that are made and opened from now on keep their rows; NULL:
 * in a file.  The text must stay. */
void bench_use(const char *db);
/* Make an office in a folder that is not there; open one; close it. */
void bench_init(const char *dir);
void bench_open(struct bench_office *o, const char *dir);
void bench_close(struct bench_office *o);
/* Copy a closed office; remove one. */
void bench_copy(const char *from, const char *to);
void bench_remove(const char *dir);
/* dir/name in a buffer. */
const char *bench_path(char path[512], const char *dir, const char *name);

/* Run an operation: words in pairs, ending in NULL.  Anything but MR_OK stops
 * the bench. */
void bench_op(struct bench_office *o, const struct mr_op *op, ...);
/* The same by name, and its answer must hold a text. */
void bench_did(struct bench_office *o, const char *text, const char *op, ...);
void bench_group_begin(struct bench_office *o);
void bench_group_commit(struct bench_office *o);

#endif
