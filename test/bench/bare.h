/*
 * The bare library beside ours: what a connection of ours does is written
 * down, statement by statement with its values, and done again by plain SQLite
 * calls on a copy of the same file: each statement prepared once, every value
 * bound by its number, every column of every row read.  So the two do the
 * same statements in the same order with the same bytes, and end in the same
 * file, which bare_same proves.
 */
#ifndef BENCH_BARE_H
#define BENCH_BARE_H

#include <sqlite3.h>

struct tape;

/* Write down what the next connection that is opened does, while it is on. */
struct tape *tape_new(void);
void tape_on(struct tape *tape, int on);
/* How many statements stand on it. */
int tape_at(const struct tape *tape);
void tape_free(struct tape *tape);

struct bare;

/* Plain SQLite on an office's file, with the pragmas of our driver, and the
 * statements of a tape (may be NULL) prepared. */
struct bare *bare_open(const char *dir, const struct tape *tape);
void bare_close(struct bare *bare);
sqlite3 *bare_db(struct bare *bare);
/* Do again what stands between two places of the tape. */
void bare_run(struct bare *bare, int from, int to);
/* Stop the bench unless two files have the same chain and as many letters. */
void bare_same(const char *dir, const char *other);

#endif
