/*
 * The thread that moves the log into the database, so that nobody at a bench
 * waits for it: every 15 seconds, and when the log is long.  Under a writer
 * that never pauses it would grow for ever, since there is always a page that
 * came meanwhile; so the writer moves that rest itself, which is short, and
 * the log begins anew.
 */
#ifndef MAILROOMD_MOVE_H
#define MAILROOMD_MOVE_H

#include "lib/mailroom.h"

struct mover;

/*
 * Start it on an office, with a handle of its own.  NULL: it could not start,
 * *error says why.  mover_stop ends it after one last move, and frees it.
 */
struct mover *mover_start(const struct mr_options *at, struct mr_error *error);
void mover_stop(struct mover *mover);

/* The writer, after each commit: its log has so many pages.  1: move the rest
 * now. */
int mover_rest(struct mover *mover, int64_t pages);

#endif
