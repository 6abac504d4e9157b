/* A sign of life.  See beat.h. */
#include "mailroomd/beat.h"

#include <stdatomic.h>
#include <stdint.h>
#include <systemd/sd-daemon.h>

static atomic_int asked; /* and the writer has not answered yet */

static void
nothing(struct work *work, struct mr *mr)
{
	(void)work;
	(void)mr;
}

static void
alive(struct work *work, const struct mr_error *lost)
{
	(void)work;
	if (lost == NULL)
		sd_notify(0, "WATCHDOG=1");
	atomic_store(&asked, 0);
}

void
beat(struct writer *writer)
{
	static struct work work = {.run = nothing, .done = alive};
	uint64_t usec;

	if (sd_watchdog_enabled(0, &usec) <= 0 || atomic_load(&asked))
		return;
	atomic_store(&asked, 1);
	if (writer_add(writer, &work) != 0)
		atomic_store(&asked, 0);
}
