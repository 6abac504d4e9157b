/*
 * A bar on standard error for work that takes long, if that is a terminal.
 */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

#define CELLS 24

/* What earlier runs of the same words did, and all that is done by now. */
static int64_t before, reached;
static int shown;

/* A tenth of a second apart is as fast as anyone reads. */
static int
is_due(void)
{
	static struct timespec last;
	struct timespec now;
	long ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (long)(now.tv_sec - last.tv_sec) * 1000 +
	    (now.tv_nsec - last.tv_nsec) / 1000000;
	if (ms < 100)
		return 0;
	last = now;
	return 1;
}

void
cli_progress_next(void)
{
	before = reached;
}

void
cli_progress_end(void)
{
	if (shown)
		fputs("\r\033[K", stderr);
	shown = 0;
}

void
cli_progress(void *arg, const char *what, int64_t done, int64_t total)
{
	char bar[CELLS + 1];
	int full, i;

	(void)arg;
	done += before;
	total += before;
	reached = done;
	if (!isatty(STDERR_FILENO) || total <= 0)
		return;
	if (done >= total) {
		cli_progress_end();
		return;
	}
	if (done < 0 || !is_due())
		return;
	shown = 1;
	full = (int)((double)done / (double)total * CELLS);
	for (i = 0; i < CELLS; i++)
		bar[i] = i < full ? '#' : '.';
	bar[CELLS] = '\0';
	fprintf(stderr, "\r%.40s [%s] %d%%\033[K", what, bar,
	    (int)((double)done / (double)total * 100));
	fflush(stderr);
}
