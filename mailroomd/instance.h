/*
 * One daemon a site: this one has its place, or does not begin.  The writer
 * beats for it, so that a daemon whose writer stands still is no longer taken
 * for alive, and a beat is part of whatever is written just then.
 */
#ifndef MAILROOMD_INSTANCE_H
#define MAILROOMD_INSTANCE_H

#include "mailroomd/work.h"

/*
 * Before there are threads.  0: the place is ours; -1: *error says why not.
 * Where another's heart has stopped to beat, that is watched for a while, and
 * told on standard error.  force: whoever has it.
 */
int instance_begin(struct mr *mr, int force, struct mr_error *error);
/*
 * Every few seconds, from one thread.  Also tells the service manager that the
 * daemon is alive: only when the writer, which everybody waits for, has begun
 * and ended a transaction just now, or found no server to do it.  Where
 * another has taken our place, that is logged and the process gets SIGTERM.
 */
void instance_beat(struct writer *writer);
/* 1: another has taken our place. */
int instance_lost(void);
/* When nothing more is to be written. */
void instance_end(struct writer *writer);

#endif
