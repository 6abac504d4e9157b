/*
 * mailroomd: keeps an office in order while nobody asks.  Moves the log on a
 * thread of its own and signs the chain once a day.  Says on stderr what it
 * did, in event numbers and other integers only.  See mailroomd(8).
 */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/mailroom.h"
#include "mailroomd/move.h"

#define USAGE "usage: mailroomd [--office DIR]\n"

/* The folder that the words name.  NULL: *code is what to exit with. */
static const char *
office(int argc, char **argv, int *code)
{
	static const struct option options[] = {
	    {"office", required_argument, NULL, 'o'},
	    {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
	const char *dir = getenv("MAILROOM_OFFICE");
	int option;

	*code = mr_status_exit(MR_USAGE);
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(USAGE, stdout);
			*code = 0;
			return NULL;
		}
		if (option != 'o') {
			fputs(USAGE, stderr);
			return NULL;
		}
		dir = optarg;
	}
	if (optind < argc) {
		fputs(USAGE, stderr);
		return NULL;
	}
	if (dir == NULL)
		fputs("mailroomd: which office?  Name its folder with "
		      "--office or $MAILROOM_OFFICE\n",
		    stderr);
	return dir;
}

static void
sign(struct mr *mr)
{
	struct mr_error error;
	int64_t event = 0;
	enum mr_status status = mr_checkpoint_daily(mr, 0, &event, &error);

	if (status != MR_OK)
		fprintf(stderr, "mailroomd: checkpoint: status %d, %s\n",
		    (int)status, mr_status_text(status));
	else if (event != 0)
		fprintf(stderr, "mailroomd: checkpoint: event %lld\n",
		    (long long)event);
}

/* To the next full minute, or to a signal that ends us: its number, or 0. */
static int
wait_a_minute(const sigset_t *ends)
{
	struct timespec now, rest;
	int number;

	clock_gettime(CLOCK_REALTIME, &now);
	rest.tv_sec = 59 - now.tv_sec % 60;
	rest.tv_nsec = 999999999 - now.tv_nsec;
	number = sigtimedwait(ends, NULL, &rest);
	return number > 0 ? number : 0;
}

static int
serve(struct mr *mr, const sigset_t *ends)
{
	int number = 0;

	fprintf(stderr, "mailroomd: open\n");
	while (number == 0) {
		sign(mr);
		number = wait_a_minute(ends);
	}
	fprintf(stderr, "mailroomd: signal %d, closing\n", number);
	return 0;
}

int
main(int argc, char **argv)
{
	struct mr_options options = {.no_checkpoint = 1};
	struct mover *mover = NULL;
	struct mr_error error = {0};
	struct mr *mr = NULL;
	sigset_t ends;
	int code;

	options.dir = office(argc, argv, &code);
	if (options.dir == NULL)
		return code;
	/* Before any thread, so that all of them leave it to the wait. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	signal(SIGPIPE, SIG_IGN);

	if (mr_open(&options, &mr, &error) == MR_OK)
		mover = mover_start(options.dir, &error);
	if (mover != NULL)
		code = serve(mr, &ends);
	else
		code = mr_status_exit(error.status);
	if (mover == NULL)
		fprintf(stderr, "mailroomd: %s\n", error.message);
	mover_stop(mover);
	mr_close(mr);
	return code;
}
