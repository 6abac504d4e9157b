/*
 * A station that logs letters as fast as it can, for test/kill.sh: every
 * confirmed letter is one line, "KEY CODE", written when mr_op_run has
 * returned and not before.
 *	intake OFFICE FIRST COUNT ID ID
 * FIRST is the number of the first request key, COUNT how many (0: without
 * end).  The two IDs take turns, so that none is a bounce.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/mailroom.h"
#include "lib/op.h"

struct answer {
	char text[4096];
	size_t len;
};

static int
take(void *to, const void *bytes, size_t len)
{
	struct answer *a = to;

	if (len >= sizeof(a->text) - a->len)
		return -1;
	memcpy(a->text + a->len, bytes, len);
	a->len += len;
	a->text[a->len] = '\0';
	return 0;
}

static const char *
get(void *arg, const char *name)
{
	return strcmp(name, "id") == 0 ? arg : NULL;
}

/* One letter; 0 when it is logged. */
static int
receive(struct mr *mr, long n, char *id)
{
	char key[32], line[64];
	struct mr_ask ask = {.request = key, .arg = id, .get = get};
	struct mr_arena *arena = mr_arena_new(0);
	struct answer answer = {.len = 0};
	struct mr_error error;
	struct mr_out *out;
	const char *code;
	enum mr_status status;
	int len;

	snprintf(key, sizeof(key), "key-%ld", n);
	out = mr_out_json(arena, take, &answer, NULL);
	status = mr_op_run(mr, mr_op_find("letter receive"), &ask, out, &error);
	if (status == MR_OK && out->end(out) != 0)
		status = MR_IO;
	mr_arena_free(arena);
	code = status == MR_OK ? strstr(answer.text, "\"code\":\"") : NULL;
	if (code == NULL) {
		fprintf(stderr, "intake: %s\n", error.message);
		return -1;
	}
	len = snprintf(line, sizeof(line), "%s %.15s\n", key, code + 8);
	return write(STDOUT_FILENO, line, (size_t)len) == len ? 0 : -1;
}

int
main(int argc, char **argv)
{
	struct mr_options options = {.dir = argv[1]};
	long first, count;
	struct mr_error error;
	struct mr *mr = NULL;
	int rc = 0;

	if (argc != 6)
		return 2;
	first = atol(argv[2]);
	count = atol(argv[3]);
	if (mr_open(&options, &mr, &error) != MR_OK) {
		fprintf(stderr, "intake: %s\n", error.message);
		return 1;
	}
	for (long n = first; rc == 0 && (count == 0 || n < first + count); n++)
		rc = receive(mr, n, argv[4 + n % 2]);
	mr_close(mr);
	return rc != 0;
}
