/* The thread of the jobs.  See jobs.h. */
#include "mailroomd/jobs.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/backup.h"
#include "mailroomd/log.h"
#include "mailroomd/office.h"
#include "mailroomd/queue.h"

#define MOST_WAITING 4
#define LONGEST_PAUSE 60 /* minutes */

struct jobs {
	pthread_t thread;
	struct queue queue; /* asked for */
	int minute;
	struct mr *mr;
	/* Of each job: how often it failed in a row, and until when it rests,
	 * in seconds of office_clock. */
	int failed[MR_NJOBS];
	int64_t rests[MR_NJOBS];
};

static void
tell(enum mr_job job, enum mr_status status, int64_t number)
{
	if (status != MR_OK && job == MR_JOB_CHECKPOINT)
		log_line(LOG_CHECKPOINT_FAILED, status, 0, 0);
	else if (status != MR_OK)
		log_line(LOG_JOB_FAILED, job, status, number);
	else if (job == MR_JOB_CHECKPOINT && number != 0)
		log_line(LOG_CHECKPOINT, number, 0, 0);
	else if (job == MR_JOB_BACKUP)
		log_line(LOG_BACKUP, number, 0, 0);
	else if (job == MR_JOB_CHECK)
		log_line(LOG_CHECKED, number, 0, 0);
}

/* 1, 2, 4 ... minutes, an hour at most.  Damage does not go away by looking
 * again. */
static void
rest(struct jobs *jobs, enum mr_job job, enum mr_status status)
{
	int pause = LONGEST_PAUSE;

	if (status == MR_OK || status == MR_DAMAGED) {
		jobs->failed[job] = 0;
		return;
	}
	if (jobs->failed[job] < 6)
		pause = 1 << jobs->failed[job]++;
	jobs->rests[job] = office_clock() + 60 * (int64_t)pause;
}

static void
run_if_due(struct jobs *jobs, enum mr_job job)
{
	struct mr_error error = {0};
	int64_t number = 0;
	enum mr_status status;
	int due = 0;

	if (jobs->rests[job] > office_clock() ||
	    (job == MR_JOB_BACKUP && jobs->minute == JOBS_NEVER))
		return;
	status = mr_job_due(jobs->mr, job, 0, jobs->minute, &due, &error);
	if (status == MR_OK && !due)
		return;
	if (status == MR_OK)
		status = mr_job_run(jobs->mr, job, 0, &number, &error);
	tell(job, status, number);
	rest(jobs, job, status);
}

/* What somebody waits for comes before what nobody waits for.  0: the end. */
static int
run_asked(struct jobs *jobs)
{
	struct work *work;
	int goes_on;

	while ((goes_on = queue_next(&jobs->queue, &work)) && work != NULL) {
		work->run(work, jobs->mr);
		work->done(work, NULL);
	}
	return goes_on;
}

/* To the next full minute, or until somebody asks. */
static void
wait_a_minute(struct jobs *jobs)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += 60 - until.tv_sec % 60;
	until.tv_nsec = 0;
	queue_wait(&jobs->queue, &until);
}

static void *
run(void *arg)
{
	struct jobs *jobs = arg;

	while (run_asked(jobs)) {
		for (int job = 1; job < MR_NJOBS && run_asked(jobs); job++)
			run_if_due(jobs, (enum mr_job)job);
		wait_a_minute(jobs);
	}
	return NULL;
}

static void
release(struct jobs *jobs)
{
	mr_close(jobs->mr);
	queue_destroy(&jobs->queue);
	free(jobs);
}

struct jobs *
jobs_start(const struct mr_options *at, int minute, struct mr_error *error)
{
	struct mr_options options = {
	    .dir = at->dir, .db = at->db, .no_checkpoint = 1};
	struct jobs *jobs = calloc(1, sizeof(*jobs));

	error->status = MR_NOMEM;
	snprintf(error->message, sizeof(error->message), "memory ran out");
	if (jobs == NULL)
		return NULL;
	queue_init(&jobs->queue, MOST_WAITING);
	jobs->minute = minute;
	if (mr_backup_clean(at->dir) != 0)
		log_line(LOG_JOB_FAILED, MR_JOB_BACKUP, MR_IO, 0);
	if (mr_open(&options, &jobs->mr, error) != MR_OK)
		goto fail;
	if (pthread_create(&jobs->thread, NULL, run, jobs) == 0)
		return jobs;
	error->status = MR_IO;
	snprintf(error->message, sizeof(error->message),
	    "no thread could be started");
fail:
	release(jobs);
	return NULL;
}

int
jobs_add(struct jobs *jobs, struct work *work)
{
	return queue_add(&jobs->queue, work);
}

void
jobs_stop(struct jobs *jobs)
{
	if (jobs == NULL)
		return;
	queue_stop(&jobs->queue);
	pthread_join(jobs->thread, NULL);
	release(jobs);
}
