/*
 * A station that logs letters as fast as it can, for test/kill.sh: every
 * confirmed letter is one line, "KEY CODE", written when mr_op_run has
 * returned and not before.
 *	intake OFFICE FIRST COUNT ID ID
 * FIRST is the number of the first request key, COUNT how many (0: without
 * end).  The two IDs take turns, so that none is a bounce.
 */
#include "test/receive.h"

int
main(int argc, char **argv)
{
	struct mr_options options = {.dir = argv[1]};
	long first, count;
	struct mr_error error;
	struct mr *mr = NULL;
	char key[32];
	int rc = 0;

	if (argc != 6)
		return 2;
	first = atol(argv[2]);
	count = atol(argv[3]);
	if (mr_open(&options, &mr, &error) != MR_OK) {
		fprintf(stderr, "intake: %s\n", error.message);
		return 1;
	}
	for (long n = first; rc == 0 && (count == 0 || n < first + count);
	     n++) {
		snprintf(key, sizeof(key), "key-%ld", n);
		rc = receive(mr, key, 0, argv[4 + n % 2]);
	}
	mr_close(mr);
	return rc != 0;
}
