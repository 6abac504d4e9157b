/* A queue of work between threads, with a bound. */
#ifndef MAILROOMD_QUEUE_H
#define MAILROOMD_QUEUE_H

#include <pthread.h>

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
void queue_stop(struct queue *queue);

#endif
