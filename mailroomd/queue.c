/* A queue of work between threads.  See queue.h. */
#include "mailroomd/queue.h"

#include <stddef.h>

void
queue_init(struct queue *queue, int most)
{
	pthread_mutex_init(&queue->lock, NULL);
	pthread_cond_init(&queue->wake, NULL);
	queue->first = NULL;
	queue->last = &queue->first;
	queue->waiting = queue->stop = 0;
	queue->most = most;
}

void
queue_destroy(struct queue *queue)
{
	pthread_cond_destroy(&queue->wake);
	pthread_mutex_destroy(&queue->lock);
}

int
queue_add(struct queue *queue, struct work *work)
{
	int full;

	pthread_mutex_lock(&queue->lock);
	full = queue->stop || queue->waiting >= queue->most;
	if (!full) {
		work->next = NULL;
		*queue->last = work;
		queue->last = &work->next;
		queue->waiting++;
		pthread_cond_signal(&queue->wake);
	}
	pthread_mutex_unlock(&queue->lock);
	return full ? -1 : 0;
}

/* Under the lock: the first ones as a list of their own; NULL: there is none. */
static struct work *
part(struct queue *queue, int most)
{
	struct work *list = queue->first, **end;

	for (end = &list; *end != NULL && most > 0; most--) {
		queue->waiting--;
		end = &(*end)->next;
	}
	queue->first = *end;
	*end = NULL;
	if (queue->first == NULL)
		queue->last = &queue->first;
	return list;
}

struct work *
queue_take(struct queue *queue, int most)
{
	struct work *list;

	pthread_mutex_lock(&queue->lock);
	while (queue->first == NULL && !queue->stop)
		pthread_cond_wait(&queue->wake, &queue->lock);
	list = part(queue, most);
	pthread_mutex_unlock(&queue->lock);
	return list;
}

int
queue_next(struct queue *queue, struct work **work)
{
	int goes_on;

	pthread_mutex_lock(&queue->lock);
	*work = part(queue, 1);
	goes_on = *work != NULL || !queue->stop;
	pthread_mutex_unlock(&queue->lock);
	return goes_on;
}

void
queue_wait(struct queue *queue, const struct timespec *until)
{
	pthread_mutex_lock(&queue->lock);
	if (queue->first == NULL && !queue->stop)
		pthread_cond_timedwait(&queue->wake, &queue->lock, until);
	pthread_mutex_unlock(&queue->lock);
}

void
queue_stop(struct queue *queue)
{
	pthread_mutex_lock(&queue->lock);
	queue->stop = 1;
	pthread_cond_broadcast(&queue->wake);
	pthread_mutex_unlock(&queue->lock);
}
