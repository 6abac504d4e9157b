/*
 * Work on the office, done by threads that have a handle of their own.  The
 * writer is one thread that takes whatever waits and commits it as a group; a
 * crew is a few threads for what reads long or thinks hard.
 */
#ifndef MAILROOMD_WORK_H
#define MAILROOMD_WORK_H

#include "lib/mailroom.h"

#define WORK_GROUP 256  /* the most in one commit */
#define WORK_QUEUE 1024 /* the most that may wait for the writer */

struct work {
	struct work *next; /* the queue's */
	int alone;         /* long: a transaction of its own */
	/* Do it.  Then again, from the start, where a server went away before
	 * it was kept; before that, forget what came of it.  May be NULL. */
	void (*run)(struct work *work, struct mr *mr);
	void (*forget)(struct work *work);
	/* It is kept, and its answer may leave; or, lost, nothing of it is. */
	void (*done)(struct work *work, const struct mr_error *lost);
};

struct mover;
/* at, below: the office, by folder and database; the strings must stay. */
struct writer;
/* mover: outlives it.  NULL: *error says why. */
struct writer *writer_start(
    const struct mr_options *at, struct mover *mover, struct mr_error *error);
/* 0, or -1: too much waits already. */
int writer_add(struct writer *writer, struct work *work);
/* Does what waits, then ends. */
void writer_stop(struct writer *writer);
/* Commits, and works in them, since the start. */
void writer_counts(
    struct writer *writer, unsigned long *groups, unsigned long *works);

struct crew;
/* Threads that read; queue: the most that may wait. */
struct crew *crew_start(const struct mr_options *at, int threads, int queue,
    struct mr_error *error);
int crew_add(struct crew *crew, struct work *work);
void crew_stop(struct crew *crew);

/* Handles for reading on a thread that has none: taken and given back. */
struct readers;
struct readers *readers_new(const struct mr_options *at);
/* NULL: none could be opened, *error says why. */
struct mr *reader_take(struct readers *readers, struct mr_error *error);
void reader_give(struct readers *readers, struct mr *mr);
void readers_free(struct readers *readers);

#endif
