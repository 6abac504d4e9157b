/*
 * The one writer: takes what waits, runs it in one transaction, and lets the
 * answers go when it is on the disk.  See work.h.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/op.h"
#include "mailroomd/move.h"
#include "mailroomd/queue.h"

struct writer {
	pthread_t thread;
	struct queue queue;
	struct mr *mr;
	struct mover *mover;
	unsigned long groups, works; /* under the queue's lock */
};

static void
tell(struct work *list, const struct mr_error *lost)
{
	struct work *next;

	/* done() may give the work back. */
	for (; list != NULL; list = next) {
		next = list->next;
		list->done(list, lost);
	}
}

static void
count(struct writer *writer, const struct work *list)
{
	pthread_mutex_lock(&writer->queue.lock);
	writer->groups++;
	for (; list != NULL; list = list->next)
		writer->works++;
	pthread_mutex_unlock(&writer->queue.lock);
}

struct group {
	struct work *list;
	int times;
};

static void
run_each(void *arg, struct mr *mr)
{
	struct group *group = arg;
	struct work *work;

	/* All of them first: some share what they work on. */
	if (group->times++ > 0)
		for (work = group->list; work != NULL; work = work->next)
			if (work->forget != NULL)
				work->forget(work);
	for (work = group->list; work != NULL; work = work->next)
		work->run(work, mr);
}

/* Together; when the commit fails, none of it is kept. */
static void
run_group(struct writer *writer, struct work *list)
{
	struct mr_error error = {0};
	struct group group = {.list = list};

	if (list == NULL)
		return;
	count(writer, list);
	if (mr_group_run(writer->mr, run_each, &group, &error) == MR_OK)
		tell(list, NULL);
	else
		tell(list, &error);
}

static void
run_alone(struct writer *writer, struct work *work)
{
	work->next = NULL;
	count(writer, work);
	work->run(work, writer->mr);
	work->done(work, NULL);
}

/* In their order; those that want to be alone part the others. */
static void
run_all(struct writer *writer, struct work *list)
{
	struct work *group = list, **end = &group, *work;

	while ((work = *end) != NULL) {
		struct work *rest = work->next;

		if (!work->alone) {
			end = &work->next;
			continue;
		}
		*end = NULL;
		run_group(writer, group);
		run_alone(writer, work);
		group = rest;
		end = &group;
	}
	run_group(writer, group);
}

static void *
write_on(void *arg)
{
	struct writer *writer = arg;
	struct work *list;
	struct mr_error error;

	while ((list = queue_take(&writer->queue, WORK_GROUP)) != NULL) {
		run_all(writer, list);
		/* Whoever reads keeps it from that: another time then. */
		if (mover_rest(writer->mover, mr_log_pages(writer->mr)))
			(void)mr_log_move(writer->mr, &error);
	}
	return NULL;
}

struct writer *
writer_start(
    const struct mr_options *at, struct mover *mover, struct mr_error *error)
{
	struct mr_options options = {
	    .dir = at->dir, .db = at->db, .no_checkpoint = 1};
	struct writer *writer = calloc(1, sizeof(*writer));

	error->status = MR_NOMEM;
	snprintf(error->message, sizeof(error->message), "memory ran out");
	if (writer == NULL)
		return NULL;
	writer->mover = mover;
	queue_init(&writer->queue, WORK_QUEUE);
	if (mr_open(&options, &writer->mr, error) != MR_OK)
		goto fail;
	if (pthread_create(&writer->thread, NULL, write_on, writer) == 0)
		return writer;
	error->status = MR_IO;
	snprintf(error->message, sizeof(error->message),
	    "no thread could be started");
fail:
	mr_close(writer->mr);
	queue_destroy(&writer->queue);
	free(writer);
	return NULL;
}

int
writer_add(struct writer *writer, struct work *work)
{
	return queue_add(&writer->queue, work);
}

void
writer_counts(
    struct writer *writer, unsigned long *groups, unsigned long *works)
{
	pthread_mutex_lock(&writer->queue.lock);
	*groups = writer->groups;
	*works = writer->works;
	pthread_mutex_unlock(&writer->queue.lock);
}

void
writer_stop(struct writer *writer)
{
	if (writer == NULL)
		return;
	queue_stop(&writer->queue);
	pthread_join(writer->thread, NULL);
	mr_close(writer->mr);
	queue_destroy(&writer->queue);
	free(writer);
}
