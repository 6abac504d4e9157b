/*
 * Tells the service manager that the daemon is alive: only when the writer,
 * which everybody waits for, has begun and ended a transaction just now.
 */
#ifndef MAILROOMD_BEAT_H
#define MAILROOMD_BEAT_H

#include "mailroomd/work.h"

/* Once a minute, from one thread.  Does nothing where no watchdog waits. */
void beat(struct writer *writer);

#endif
