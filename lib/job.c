/* The jobs of a program that stays.  See job.h. */
#include "lib/job.h"

#include <string.h>

#include "lib/again.h"
#include "lib/attention.h"
#include "lib/backup.h"
#include "lib/handle.h"
#include "lib/when.h"

#define MINUTE INT64_C(60000000)

const char *
mr_job_name(enum mr_job job)
{
	static const char *const names[MR_NJOBS] = {
	    [MR_JOB_CHECKPOINT] = "checkpoint",
	    [MR_JOB_BACKUP] = "backup",
	    [MR_JOB_CHECK] = "check",
	    [MR_JOB_LATE] = "late",
	    [MR_JOB_QUIET] = "quiet",
	};

	return names[job];
}

enum mr_status
mr_job_load(struct mr_call *c, enum mr_job job, struct mr_job_row *row)
{
	struct sql_stmt *st;

	memset(row, 0, sizeof(*row));
	st = sql_prepare(c,
	    "SELECT begun, ended, good, status, number FROM job "
	    "WHERE id = :id");
	sql_int(st, ":id", c->site->id << MR_SITE_SHIFT | (int64_t)job);
	if (sql_row(st)) {
		row->begun = sql_col_int(st, 0);
		row->ended = sql_col_int(st, 1);
		row->good = sql_col_int(st, 2);
		row->status = (enum mr_status)sql_col_int(st, 3);
		row->number = sql_col_int(st, 4);
	}
	return sql_done(st);
}

static enum mr_status
store(struct mr_call *c, enum mr_job job, const struct mr_job_row *row)
{
	struct sql_stmt *st;
	enum mr_status status = mr_begin(c, 1);

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO job (id, begun, ended, good, status, number) "
	    "VALUES (:id, :begun, :ended, :good, :status, :number) "
	    "ON CONFLICT (id) DO UPDATE SET "
	    "begun = excluded.begun, ended = excluded.ended, "
	    "good = excluded.good, status = excluded.status, "
	    "number = excluded.number");
	sql_int(st, ":id", c->site->id << MR_SITE_SHIFT | (int64_t)job);
	sql_int(st, ":begun", row->begun);
	sql_int(st, ":ended", row->ended);
	sql_int(st, ":good", row->good);
	sql_int(st, ":status", row->status);
	sql_int(st, ":number", row->number);
	return mr_end(c, sql_done(st));
}

enum mr_status
mr_job_look(struct mr *mr, enum mr_job job, struct mr_job_row *row,
    struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, 0, error);
	enum mr_status status = mr_job_load(c, job, row);

	mr_call_end(c);
	return status;
}

/* When the office was made; 0: its first event's body was dropped. */
static enum mr_status
made_at(struct mr_call *c, int64_t *at)
{
	struct mr_event event = {.at = 0};
	enum mr_status status =
	    mr_event_load(c, (c->site->id << MR_SITE_SHIFT) + 1, &event);

	*at = event.dropped ? 0 : event.at;
	return status;
}

/* The newest instant up to now at which the clock showed that minute. */
static int64_t
last_time(const struct mr_call *c, int minute)
{
	int64_t at = mr_day_start(c->today) + minute * MINUTE;

	return at <= c->now ? at : mr_day_start(c->today - 1) + minute * MINUTE;
}

/* The instant that the last good run must not be older than. */
static int64_t
wanted_since(const struct mr_call *c, enum mr_job job, int minute)
{
	switch (job) {
	case MR_JOB_BACKUP:
		return last_time(c, minute);
	case MR_JOB_CHECK:
		return c->now - 7 * MR_DAY_US;
	default:
		return mr_day_start(c->today);
	}
}

enum mr_status
mr_job_due(struct mr *mr, enum mr_job job, int64_t now, int minute, int *due,
    struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, now, error);
	struct mr_job_row row;
	enum mr_status status = MR_OK;

	*due = 0;
	/* A server's own means do that. */
	if (job == MR_JOB_BACKUP && !sql_is_file(mr->db))
		goto out;
	status = mr_job_load(c, job, &row);
	/* A new office has nothing to keep or to look through yet. */
	if (status == MR_OK && row.good == 0 &&
	    (job == MR_JOB_BACKUP || job == MR_JOB_CHECK))
		status = made_at(c, &row.good);
	if (status == MR_OK)
		*due = row.good < wanted_since(c, job, minute);
out:
	mr_call_end(c);
	return status;
}

static enum mr_status
run_backup(struct mr *mr, int64_t now, int64_t *number, struct mr_error *error)
{
	struct mr_backup_made made;
	enum mr_status status = mr_backup_daily(mr, now, &made, error);

	if (status != MR_OK)
		return status;
	*number = made.size;
	if (made.sound)
		return MR_OK;
	return mr_error(error, MR_DAMAGED,
	    "the backup was made, but the audit of it finds something: run "
	    "'mailroom audit verify'");
}

static void
count_finding(void *arg, const char *what)
{
	(void)what;
	++*(int64_t *)arg;
}

static enum mr_status
run_check(struct mr *mr, int64_t *number, struct mr_error *error)
{
	enum mr_status status = sql_quick_check(mr->db, count_finding, number);

	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(mr->db));
	return MR_OK;
}

static enum mr_status
run_count(struct mr *mr, int64_t now,
    enum mr_status (*count)(struct mr_call *c, int64_t *n), int64_t *number,
    struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, now, error);
	enum mr_status status = mr_begin(c, 0);

	if (status == MR_OK)
		status = mr_end(c, count(c, number));
	mr_call_end(c);
	return status;
}

static enum mr_status
run(struct mr *mr, enum mr_job job, int64_t now, int64_t *number,
    struct mr_error *error)
{
	switch (job) {
	case MR_JOB_CHECKPOINT:
		return mr_checkpoint_daily(mr, now, number, error);
	case MR_JOB_BACKUP:
		return run_backup(mr, now, number, error);
	case MR_JOB_CHECK:
		return run_check(mr, number, error);
	case MR_JOB_LATE:
		return run_count(mr, now, mr_late_count, number, error);
	case MR_JOB_QUIET:
		return run_count(mr, now, mr_quiet_count, number, error);
	default:
		return mr_error(error, MR_BUG, "there is no such job");
	}
}

/* In a transaction of its own, for a job has its own too. */
static enum mr_status
write_row(struct mr *mr, enum mr_job job, int64_t now,
    const struct mr_job_row *row, struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, now, error);
	struct mr_again again = {0};
	enum mr_status status;

	do
		status = store(c, job, row);
	while (mr_again(mr, &again, status));
	mr_call_end(c);
	return status;
}

enum mr_status
mr_job_run(struct mr *mr, enum mr_job job, int64_t now, int64_t *number,
    struct mr_error *error)
{
	struct mr_job_row row;
	struct mr_error later;
	enum mr_status status = mr_job_look(mr, job, &row, error), kept;

	*number = 0;
	if (status != MR_OK)
		return status;
	row.begun = now != 0 ? now : mr_now();
	row.ended = 0;
	status = write_row(mr, job, now, &row, error);
	if (status != MR_OK)
		return status;
	status = run(mr, job, now, number, error);
	row.ended = now != 0 ? now : mr_now();
	row.status = status;
	row.number = *number;
	/* Damage was found by a run that did what it should. */
	if (status == MR_OK || status == MR_DAMAGED)
		row.good = row.begun;
	kept = write_row(mr, job, now, &row, &later);
	return status != MR_OK ? status : kept;
}
