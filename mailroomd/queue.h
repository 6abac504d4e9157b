/* A queue of work between threads, with a bound. */
#ifndef MAILROOMD_QUEUE_H
#define MAILROOMD_QUEUE_H

#include <pthread.h>
#include <time.h>

#include "mailroomd/work.h"

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct work *first, **last;
	int waiting, most, stop;
};

void queue_init(struct queue *queue, int most);
void queue_destroy(struct queue *queue);
/* 0, or -1: full, or stopped. */
int queue_add(struct queue *queue, struct work *work);
/* Waits; up to `most` works as a list.  NULL: stopped, and nothing is left. */
struct work *queue_take(struct queue *queue, int most);
/* Does not wait.  1: *work is the first, NULL where there is none.  0: stopped,
 * and nothing is left. */
int queue_next(struct queue *queue, struct work **work);
/* Until there is a work, it is stopped, or CLOCK_REALTIME says `until`. */
void queue_wait(struct queue *queue, const struct timespec *until);
void queue_stop(struct queue *queue);

#endif
