/* The thread that prints.  See press.h. */
#include "mailroomd/press.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/queue.h"
#include "mailroomd/office.h"
#include "mailroomd/queue.h"

#define KNOWN 16 /* printers that are remembered */

struct press {
	pthread_t thread;
	struct queue queue;
	pthread_mutex_t lock;
	struct {
		char name[MR_QUEUE_NAME];
		int64_t until;
	} known[KNOWN];
	int next;
};

static void *
print_on(void *arg)
{
	struct press *press = arg;
	struct work *work;

	while ((work = queue_take(&press->queue, 1)) != NULL) {
		work->run(work, NULL);
		work->done(work, NULL);
	}
	return NULL;
}

struct press *
press_start(struct mr_error *error)
{
	struct press *press = calloc(1, sizeof(*press));

	error->status = MR_NOMEM;
	snprintf(error->message, sizeof(error->message), "memory ran out");
	if (press == NULL)
		return NULL;
	queue_init(&press->queue, PRESS_QUEUE);
	pthread_mutex_init(&press->lock, NULL);
	if (pthread_create(&press->thread, NULL, print_on, press) == 0)
		return press;
	pthread_mutex_destroy(&press->lock);
	queue_destroy(&press->queue);
	free(press);
	return NULL;
}

void
press_stop(struct press *press)
{
	if (press == NULL)
		return;
	queue_stop(&press->queue);
	pthread_join(press->thread, NULL);
	pthread_mutex_destroy(&press->lock);
	queue_destroy(&press->queue);
	free(press);
}

int
press_add(struct press *press, struct work *work)
{
	return queue_add(&press->queue, work);
}

int
press_knows(struct press *press, const char *queue)
{
	int64_t now = office_clock();
	int knows = 0;

	pthread_mutex_lock(&press->lock);
	for (int i = 0; i < KNOWN; i++)
		if (strcmp(press->known[i].name, queue) == 0 &&
		    now < press->known[i].until)
			knows = 1;
	pthread_mutex_unlock(&press->lock);
	return knows;
}

/* until 0: it is not to be trusted any more. */
static void
remember(struct press *press, const char *queue, int64_t until)
{
	int at = -1;

	pthread_mutex_lock(&press->lock);
	for (int i = 0; i < KNOWN; i++)
		if (strcmp(press->known[i].name, queue) == 0)
			at = i;
	if (at < 0 && until != 0) {
		at = press->next;
		press->next = (press->next + 1) % KNOWN;
		snprintf(press->known[at].name, sizeof(press->known[at].name),
		    "%s", queue);
	}
	if (at >= 0)
		press->known[at].until = until;
	pthread_mutex_unlock(&press->lock);
}

enum mr_status
press_ask(struct press *press, const char *queue, struct mr_error *error)
{
	enum mr_status status = mr_queue_ready(queue, error);

	remember(
	    press, queue, status == MR_OK ? office_clock() + PRESS_FRESH : 0);
	return status;
}

enum mr_status
press_send(struct press *press, const char *queue, const char *name,
    const void *bytes, size_t len, struct mr_error *error)
{
	char title[MR_QUEUE_TITLE];
	enum mr_status status;

	mr_queue_title(name, title);
	status = mr_queue_send(queue, title, bytes, len, error);
	if (status != MR_OK)
		remember(press, queue, 0);
	return status;
}
