/*
 * What the daemon does while nobody asks, on a thread and a handle of its own,
 * so that no station waits for it: the checkpoint of the day, the backup, the
 * check of the file, counts of what lies too long.  What fails is tried again
 * after a pause that grows to an hour.
 */
#ifndef MAILROOMD_JOBS_H
#define MAILROOMD_JOBS_H

#include "lib/job.h"
#include "mailroomd/work.h"

#define JOBS_NEVER (-1)   /* as a minute of the day: no backups */
#define JOBS_EVENING 1200 /* 20:00 */

struct jobs;
/* minute: of the day in the office's zone, for the backup.  Also removes what
 * a crash left of one.  NULL: *error says why. */
struct jobs *
jobs_start(const struct mr_options *at, int minute, struct mr_error *error);
/* Long work that somebody asked for, done on that thread.  0, or -1: too much
 * waits already. */
int jobs_add(struct jobs *jobs, struct work *work);
/* Does what was asked for and the job it is at, then ends. */
void jobs_stop(struct jobs *jobs);

#endif
