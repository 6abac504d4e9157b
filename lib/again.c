/* Waiting for a server, and whether it kept what it was told.  See again.h. */
#include "lib/again.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

#define SHORTEST_MS 20
#define LONGEST_MS 500
#define BUSY_TRIES 5

/* Of a clock that nobody sets; never 0. */
static int64_t
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + 1;
}

/* From half of it to one and a half. */
static void
sleep_about(int ms)
{
	int64_t us =
	    500 * ms + (int64_t)randombytes_uniform(1000 * (uint32_t)ms);
	struct timespec t = {us / 1000000, us % 1000000 * 1000};

	nanosleep(&t, NULL);
}

/* 1: slept a little; 0: that was done for long enough. */
static int
patient(struct mr *mr, struct mr_again *again)
{
	int ms = SHORTEST_MS << (again->tries < 5 ? again->tries : 5);
	int64_t now = clock_ms();

	if (mr->away == 0)
		mr->away = now;
	if (now - mr->away >= mr->patience_ms)
		return 0;
	again->tries++;
	sleep_about(ms < LONGEST_MS ? ms : LONGEST_MS);
	return 1;
}

int
mr_again(struct mr *mr, struct mr_again *again, enum mr_status status)
{
	/* What may have been kept is never done again. */
	if (status == MR_UNCERTAIN)
		return 0;
	if (status == MR_OK || !sql_passes(mr->db, status)) {
		mr->away = 0;
		return 0;
	}
	return patient(mr, again);
}

int
mr_again_open(struct mr *mr, struct mr_again *again, enum mr_status status)
{
	return status == MR_LOST && sql_url_several(mr->url) &&
	    patient(mr, again);
}

/* Is the event there that the call appended last? */
static enum mr_status
look(struct mr_call *c)
{
	const struct mr_head *head = &c->mr->head;
	enum mr_status status;
	struct sql_stmt *st;
	const void *hash;
	int there = 0;
	size_t len;

	st = sql_prepare(c,
	    "SELECT hash FROM event "
	    "WHERE id = :id");
	sql_int(st, ":id", head->id);
	if (sql_row(st)) {
		hash = sql_col_blob(st, 0, &len);
		there = len == sizeof(head->hash) &&
		    memcmp(hash, head->hash, len) == 0;
	}
	status = sql_done(st);
	return status == MR_OK && !there ? MR_NOTFOUND : status;
}

/* Locks, and commits, though it changes nothing: the server tells that only
 * when all before it is as safe as it was told to be. */
static enum mr_status
look_locked(struct mr_call *c)
{
	enum mr_status status = sql_begin(c->mr->db, 1), kept;

	if (status != MR_OK)
		return status;
	status = look(c);
	if (status != MR_OK && status != MR_NOTFOUND) {
		sql_rollback(c->mr->db);
		return status;
	}
	kept = sql_commit(c->mr->db);
	/* It was a question: it can be asked again. */
	if (kept == MR_UNCERTAIN)
		kept = MR_LOST;
	return kept == MR_OK ? status : kept;
}

enum mr_status
mr_was_kept(struct mr_call *c)
{
	struct mr_again again = {0};
	enum mr_status status = MR_NOTFOUND;
	int busy = 0;

	if (c->mr->head.id != c->mr->began)
		do
			status = look_locked(c);
		while ((status == MR_BUSY && busy++ < BUSY_TRIES) ||
		    mr_again(c->mr, &again, status));
	if (status == MR_OK)
		return MR_OK;
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_LOST,
		    "the connection to the database was lost; nothing was "
		    "changed; do it again");
	return mr_fail(c, MR_UNCERTAIN,
	    "the connection to the database was lost while the change was "
	    "being kept; look whether it is there before you do it again");
}
