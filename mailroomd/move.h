/*
 * The thread that moves the log into the database, so that nobody at a bench
 * waits for it.
 */
#ifndef MAILROOMD_MOVE_H
#define MAILROOMD_MOVE_H

#include "lib/mailroom.h"

struct mover;

/*
 * Start it on an office, with a handle of its own.  NULL: it could not start,
 * *error says why.  mover_stop ends it after one last move, and frees it.
 */
struct mover *mover_start(const char *dir, struct mr_error *error);
void mover_stop(struct mover *mover);

#endif
