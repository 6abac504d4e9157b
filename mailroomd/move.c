/* The thread that moves the log.  See move.h. */
#include "mailroomd/move.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "mailroomd/log.h"

#define EVERY_SECONDS 2

struct mover {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	int stop;
	struct mr *mr;
	enum mr_status last; /* told once, not every two seconds */
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

static void *
run(void *arg)
{
	struct mover *mover = arg;
	struct timespec until;

	pthread_mutex_lock(&mover->lock);
	while (!mover->stop) {
		pthread_mutex_unlock(&mover->lock);
		move(mover);
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_sec += EVERY_SECONDS;
		pthread_mutex_lock(&mover->lock);
		if (!mover->stop)
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
mover_start(const char *dir, struct mr_error *error)
{
	struct mr_options options = {.dir = dir, .no_keys = 1};
	struct mover *mover = calloc(1, sizeof(*mover));

	if (mover == NULL) {
		error->status = MR_NOMEM;
		snprintf(
		    error->message, sizeof(error->message), "memory ran out");
		return NULL;
	}
	pthread_mutex_init(&mover->lock, NULL);
	pthread_cond_init(&mover->wake, NULL);
	if (mr_open(&options, &mover->mr, error) != MR_OK)
		goto fail;
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
	pthread_mutex_lock(&mover->lock);
	mover->stop = 1;
	pthread_cond_signal(&mover->wake);
	pthread_mutex_unlock(&mover->lock);
	pthread_join(mover->thread, NULL);
	release(mover);
}
