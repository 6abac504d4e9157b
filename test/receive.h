/*
 * A station outside the tests' own program that logs letters: what intake and
 * failover_client have in common.
 */
#ifndef TEST_RECEIVE_H
#define TEST_RECEIVE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/mailroom.h"
#include "lib/op.h"

struct received {
	char text[4096];
	size_t len;
};

static inline int
receive_take(void *to, const void *bytes, size_t len)
{
	struct received *a = to;

	if (len >= sizeof(a->text) - a->len)
		return -1;
	memcpy(a->text + a->len, bytes, len);
	a->len += len;
	a->text[a->len] = '\0';
	return 0;
}

static inline const char *
receive_get(void *arg, const char *name)
{
	return strcmp(name, "id") == 0 ? arg : NULL;
}

/*
 * One letter under that key, at station 'A' to 'Z' or 0: 0 when it is
 * confirmed, and "KEY CODE" was written down.
 */
static inline int
receive(struct mr *mr, const char *key, int station, char *id)
{
	struct mr_ask ask = {
	    .request = key, .station = station, .arg = id, .get = receive_get};
	struct mr_arena *arena = mr_arena_new(0);
	struct received answer = {.len = 0};
	struct mr_error error;
	struct mr_out *out;
	const char *code = NULL;
	enum mr_status status;
	char line[128];
	int len;

	out = mr_out_json(arena, receive_take, &answer, NULL);
	status = mr_op_run(mr, mr_op_find("letter receive"), &ask, out, &error);
	if (status == MR_OK && out->end(out) == 0)
		code = strstr(answer.text, "\"code\":\"");
	mr_arena_free(arena);
	if (code == NULL) {
		fprintf(stderr, "# %s: %s\n", key, error.message);
		return -1;
	}
	len = snprintf(line, sizeof(line), "%s %.15s\n", key, code + 8);
	return write(STDOUT_FILENO, line, (size_t)len) == len ? 0 : -1;
}

#endif
