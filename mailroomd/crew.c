/* Threads and handles that read.  See work.h. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "mailroomd/queue.h"

#define MOST_THREADS 8

struct crew {
	struct queue queue;
	struct readers *readers;
	pthread_t thread[MOST_THREADS];
	int threads;
};

struct readers {
	pthread_mutex_t lock;
	struct mr_options at;
	struct mr **idle;
	int count, room;
};

static void *
work_on(void *arg)
{
	struct crew *crew = arg;
	struct mr_error error = {0};
	struct work *work;
	struct mr *mr;

	while ((work = queue_take(&crew->queue, 1)) != NULL) {
		mr = reader_take(crew->readers, &error);
		if (mr == NULL) {
			work->done(work, &error);
			continue;
		}
		work->run(work, mr);
		reader_give(crew->readers, mr);
		work->done(work, NULL);
	}
	return NULL;
}

struct crew *
crew_start(
    const struct mr_options *at, int threads, int queue, struct mr_error *error)
{
	struct crew *crew = calloc(1, sizeof(*crew));

	error->status = MR_NOMEM;
	snprintf(error->message, sizeof(error->message), "memory ran out");
	if (crew == NULL)
		return NULL;
	queue_init(&crew->queue, queue);
	crew->readers = readers_new(at);
	if (threads > MOST_THREADS)
		threads = MOST_THREADS;
	while (crew->readers != NULL && crew->threads < threads) {
		if (pthread_create(
			&crew->thread[crew->threads], NULL, work_on, crew) != 0)
			break;
		crew->threads++;
	}
	if (crew->readers != NULL && crew->threads > 0)
		return crew;
	crew_stop(crew);
	return NULL;
}

int
crew_add(struct crew *crew, struct work *work)
{
	return queue_add(&crew->queue, work);
}

void
crew_stop(struct crew *crew)
{
	if (crew == NULL)
		return;
	queue_stop(&crew->queue);
	for (int i = 0; i < crew->threads; i++)
		pthread_join(crew->thread[i], NULL);
	readers_free(crew->readers);
	queue_destroy(&crew->queue);
	free(crew);
}

struct readers *
readers_new(const struct mr_options *at)
{
	struct readers *readers = calloc(1, sizeof(*readers));

	if (readers == NULL)
		return NULL;
	pthread_mutex_init(&readers->lock, NULL);
	/* Who reads is told at once that no server is there. */
	readers->at = (struct mr_options){.dir = at->dir,
	    .db = at->db,
	    .readonly = 1,
	    .patience_ms = 1,
	    .no_checkpoint = 1};
	return readers;
}

struct mr *
reader_take(struct readers *readers, struct mr_error *error)
{
	struct mr *mr = NULL;

	pthread_mutex_lock(&readers->lock);
	if (readers->count > 0)
		mr = readers->idle[--readers->count];
	pthread_mutex_unlock(&readers->lock);
	if (mr == NULL && mr_open(&readers->at, &mr, error) != MR_OK)
		return NULL;
	return mr;
}

void
reader_give(struct readers *readers, struct mr *mr)
{
	struct mr **more;

	pthread_mutex_lock(&readers->lock);
	if (readers->count == readers->room) {
		more = realloc(
		    readers->idle, (size_t)(readers->room + 8) * sizeof(*more));
		if (more != NULL) {
			readers->idle = more;
			readers->room += 8;
		}
	}
	if (readers->count < readers->room) {
		readers->idle[readers->count++] = mr;
		mr = NULL;
	}
	pthread_mutex_unlock(&readers->lock);
	mr_close(mr);
}

void
readers_free(struct readers *readers)
{
	if (readers == NULL)
		return;
	while (readers->count > 0)
		mr_close(readers->idle[--readers->count]);
	free(readers->idle);
	pthread_mutex_destroy(&readers->lock);
	free(readers);
}
