/* One daemon a site.  See instance.h. */
#include "mailroomd/instance.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include "lib/instance.h"
#include "mailroomd/log.h"

static struct mr_instance own;
static atomic_int asked; /* and the writer has not answered yet */
static atomic_int taken; /* our place, by another */

/* Nothing is begun yet, so who is told to end may end where it stands. */
static enum mr_status
watch(struct mr *mr, const struct mr_instance *there, struct mr_error *error)
{
	enum mr_status status;
	sigset_t ends;

	fprintf(stderr,
	    "mailroomd: another mailroomd has served this site; looking for "
	    "%d seconds whether it still does\n",
	    MR_INSTANCE_WATCH);
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_UNBLOCK, &ends, NULL);
	status = mr_instance_watch(mr, there, error);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	return status;
}

int
instance_begin(struct mr *mr, int force, struct mr_error *error)
{
	struct mr_instance there, *was = NULL;
	enum mr_status status;

	mr_instance_own(&own);
	status = mr_instance_look(mr, &there, error);
	if (status == MR_OK && !force && !mr_instance_gone(&there, &own))
		status = watch(mr, &there, error);
	if (status == MR_OK)
		was = &there;
	if (status == MR_OK || status == MR_NOTFOUND)
		status = mr_instance_take(mr, &own, was, force, error);
	if (status == MR_OK && was != NULL)
		log_line(LOG_TAKEN, was->process, was->beats, 0);
	error->status = status;
	return status == MR_OK ? 0 : -1;
}

static void
run(struct work *work, struct mr *mr)
{
	struct mr_error error;

	(void)work;
	if (mr_instance_beat(mr, &own, &error) == MR_REFUSED)
		atomic_store(&taken, 1);
}

/* Starting anew brings no server back, and signs everybody out. */
static int
waits_for_server(const struct mr_error *lost)
{
	return lost->status == MR_LOST || lost->status == MR_UNCERTAIN ||
	    lost->status == MR_READONLY;
}

static void
done(struct work *work, const struct mr_error *lost)
{
	uint64_t usec;

	(void)work;
	if ((lost == NULL || waits_for_server(lost)) &&
	    sd_watchdog_enabled(0, &usec) > 0)
		sd_notify(0, "WATCHDOG=1");
	if (instance_lost()) {
		log_line(LOG_REPLACED, own.process, 0, 0);
		kill(getpid(), SIGTERM);
	}
	atomic_store(&asked, 0);
}

void
instance_beat(struct writer *writer)
{
	static struct work work = {.run = run, .done = done};

	if (atomic_exchange(&asked, 1))
		return;
	if (writer_add(writer, &work) != 0)
		atomic_store(&asked, 0);
}

int
instance_lost(void)
{
	return atomic_load(&taken);
}

static void
leave(struct work *work, struct mr *mr)
{
	struct mr_error error;

	(void)work;
	(void)mr_instance_leave(mr, &own, &error);
}

static void
left(struct work *work, const struct mr_error *lost)
{
	(void)work, (void)lost;
}

void
instance_end(struct writer *writer)
{
	static struct work work = {.run = leave, .done = left};

	if (writer != NULL)
		(void)writer_add(writer, &work);
}
