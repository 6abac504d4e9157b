/*
 * What a program that stays does of itself: which jobs there are, when each is
 * due, and how the last run of it went.
 */
#ifndef MR_JOB_H
#define MR_JOB_H

#include "lib/mailroom.h"

/* Numbers stand in the database for ever. */
enum mr_job {
	MR_JOB_CHECKPOINT = 1, /* daily; number: the event, 0: none was due */
	MR_JOB_BACKUP = 2,     /* daily at a time of day; number: its bytes */
	MR_JOB_CHECK = 3,      /* quick_check, weekly */
	MR_JOB_LATE = 4,       /* daily; number: late letters */
	MR_JOB_QUIET = 5,      /* daily; number: quiet pairings */
	MR_NJOBS
};
/* "checkpoint" ... */
const char *mr_job_name(enum mr_job job);

/* Of the last run; times in microseconds, 0: never.  ended = 0: it runs, or
 * the program was killed in it. */
struct mr_job_row {
	int64_t begun, ended, good;
	enum mr_status status;
	int64_t number;
};
/* All zeros where it never ran. */
enum mr_status
mr_job_load(struct mr_call *c, enum mr_job job, struct mr_job_row *row);
/* The same on a handle. */
enum mr_status mr_job_look(struct mr *mr, enum mr_job job,
    struct mr_job_row *row, struct mr_error *error);

/*
 * Is it due?  now = 0: the clock.  minute: of the day in the office's zone,
 * from which a backup is due; one that was missed is due at once, and in an
 * office that never made one, from the first such minute of its life on.  On a
 * server that makes its own backups none is ever due.
 */
enum mr_status mr_job_due(struct mr *mr, enum mr_job job, int64_t now,
    int minute, int *due, struct mr_error *error);

/*
 * Do it now, as the program, and write down how it went.  *number as above.
 * What comes back is the job's own status: MR_DAMAGED where the check found
 * damage or the backup's audit did (the backup is made all the same).
 */
enum mr_status mr_job_run(struct mr *mr, enum mr_job job, int64_t now,
    int64_t *number, struct mr_error *error);

#endif
