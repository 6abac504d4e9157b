/*
 * A station whose server dies under it, for test/failover.sh: logs letters
 * until it is told to end by SIGTERM, and writes a line "KEY CODE" for each,
 * outside the database, when it was confirmed and not before.  What is not
 * confirmed is sent again with the same key.
 *	failover_client OFFICE DB NAME STATION ID ID
 * On standard error at the end: "# sent again N, longest wait M ms".
 */
#include <signal.h>
#include <time.h>

#include "test/receive.h"

static volatile sig_atomic_t over;

static void
end(int signal)
{
	(void)signal;
	over = 1;
}

static long
clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
log_letters(struct mr *mr, char **argv)
{
	const struct timespec little = {0, 50000000};
	long longest = 0, again = 0, since, n;
	char key[64];

	for (n = 1; !over; n++) {
		snprintf(key, sizeof(key), "%s-%ld", argv[3], n);
		since = clock_ms();
		while (receive(mr, key, argv[4][0], argv[5 + n % 2]) != 0) {
			again++;
			nanosleep(&little, NULL);
		}
		if (clock_ms() - since > longest)
			longest = clock_ms() - since;
	}
	fprintf(
	    stderr, "# sent again %ld, longest wait %ld ms\n", again, longest);
}

int
main(int argc, char **argv)
{
	struct mr_options options = {.busy_ms = 60000};
	struct sigaction action = {.sa_handler = end};
	struct mr_error error;
	struct mr *mr = NULL;

	if (argc != 7)
		return 2;
	options.dir = argv[1];
	options.db = argv[2];
	sigaction(SIGTERM, &action, NULL);
	if (mr_open(&options, &mr, &error) != MR_OK) {
		fprintf(stderr, "# %s\n", error.message);
		return 1;
	}
	log_letters(mr, argv);
	mr_close(mr);
	return 0;
}
