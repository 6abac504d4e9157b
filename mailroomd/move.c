/* The thread that moves the log.  See move.h. */
#include "mailroomd/move.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "mailroomd/log.h"

#define EVERY_SECONDS 15 /* each time the disk is busy for a moment */
#define LONG 4000        /* pages, 16 MiB */

enum log { SHORT, LONG_ENOUGH, MOVED };

struct mover {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	int stop;
	atomic_int log;      /* enum log */
	int64_t next;        /* the writer's: at which length to ask */
	struct mr *mr;       /* NULL: there is no log to move */
	enum mr_status last; /* told once, not each time */
};

static void
move(struct mover *mover)
{
	struct mr_error error;
	enum mr_status status = mr_log_move(mover->mr, &error);

	/* Somebody else is moving it: as good. */
	if (status == MR_BUSY)
		status = MR_OK;
	if (status != mover->last)
		log_line(LOG_MOVE, status, 0, 0);
	mover->last = status;
}

int
mover_rest(struct mover *mover, int64_t pages)
{
	/* Who reads an old page holds the log back; asked for again later. */
	if (atomic_load(&mover->log) == MOVED) {
		mover->next = pages + LONG;
		atomic_store(&mover->log, SHORT);
		return 1;
	}
	if (pages < LONG)
		mover->next = LONG;
	if (pages >= mover->next && atomic_load(&mover->log) == SHORT) {
		pthread_mutex_lock(&mover->lock);
		atomic_store(&mover->log, LONG_ENOUGH);
		pthread_cond_signal(&mover->wake);
		pthread_mutex_unlock(&mover->lock);
	}
	return 0;
}

static void *
run(void *arg)
{
	struct mover *mover = arg;
	struct timespec until;
	int asked;

	pthread_mutex_lock(&mover->lock);
	while (!mover->stop) {
		asked = atomic_load(&mover->log) == LONG_ENOUGH;
		pthread_mutex_unlock(&mover->lock);
		move(mover);
		if (asked)
			atomic_store(&mover->log, MOVED);
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += EVERY_SECONDS;
		pthread_mutex_lock(&mover->lock);
		if (!mover->stop && atomic_load(&mover->log) != LONG_ENOUGH)
			pthread_cond_timedwait(
			    &mover->wake, &mover->lock, &until);
	}
	pthread_mutex_unlock(&mover->lock);
	move(mover);
	return NULL;
}

static void
release(struct mover *mover)
{
	mr_close(mover->mr);
	pthread_cond_destroy(&mover->wake);
	pthread_mutex_destroy(&mover->lock);
	free(mover);
}

struct mover *
mover_start(const struct mr_options *at, struct mr_error *error)
{
	struct mr_options options = {
	    .dir = at->dir, .db = at->db, .no_keys = 1};
	struct mover *mover = calloc(1, sizeof(*mover));

	if (mover == NULL) {
		error->status = MR_NOMEM;
		snprintf(
		    error->message, sizeof(error->message), "memory ran out");
		return NULL;
	}
	pthread_mutex_init(&mover->lock, NULL);
	pthread_cond_init(&mover->wake, NULL);
	mover->next = LONG;
	if (mr_open(&options, &mover->mr, error) != MR_OK)
		goto fail;
	if (!mr_has_log(mover->mr)) {
		mr_close(mover->mr);
		mover->mr = NULL;
		return mover;
	}
	if (pthread_create(&mover->thread, NULL, run, mover) != 0) {
		error->status = MR_IO;
		snprintf(error->message, sizeof(error->message),
		    "no thread could be started");
		goto fail;
	}
	return mover;
fail:
	release(mover);
	return NULL;
}

void
mover_stop(struct mover *mover)
{
	if (mover == NULL)
		return;
	if (mover->mr == NULL) {
		release(mover);
		return;
	}
	pthread_mutex_lock(&mover->lock);
	mover->stop = 1;
	pthread_cond_signal(&mover->wake);
	pthread_mutex_unlock(&mover->lock);
	pthread_join(mover->thread, NULL);
	release(mover);
}
