/*
 * A request at a station: is it one, and whose?  What it does is in turn.h.
 * Where it names a printer that was not seen for a while, the press asks for
 * that first; then the writer does the line with all its operations; and what
 * they drew goes to the press when it is committed.
 */
#include "mailroomd/bench.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib/queue.h"
#include "lib/tongue.h"
#include "mailroomd/answer.h"
#include "mailroomd/api.h"
#include "mailroomd/turn.h"

/* Text fields of the body, and how long they may be. */
static const struct field {
	const char *name;
	size_t most;
} fields[] = {
    {"line", 4096},
    {"request", BENCH_REQUEST - 1},
    {"hand", MR_BENCH_CODE - 1},
    {"stub", MR_BENCH_CODE - 1},
    {"wants", 16},
    {"sheets", MR_QUEUE_NAME - 1},
    {"envelopes", MR_QUEUE_NAME - 1},
};

static int
field_is_right(const char *name, const json_t *value)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(fields[i].name, name) == 0)
			return json_is_null(value) ||
			    (json_is_string(value) &&
				json_string_length(value) <= fields[i].most);
	return 0;
}

static int
key_is_right(const char *key)
{
	if (key == NULL || key[0] == '\0')
		return 0;
	for (; *key != '\0'; key++)
		if (!isgraph((unsigned char)*key))
			return 0;
	return 1;
}

/* A printer's name; NULL: none was named. */
static const char *
queue_of(const struct turn *turn, const char *name)
{
	const char *queue = turn_field(turn, name);

	return queue != NULL && queue[0] != '\0' ? queue : NULL;
}

/* NULL, or what is wrong. */
static const char *
read_body(struct turn *turn)
{
	const struct http_request *request = turn->request;
	const char *name;
	json_t *value;

	turn->body = json_loadb(
	    request->body, request->len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(turn->body))
		return MR_SAID("the body is not a JSON object in UTF-8");
	json_object_foreach(turn->body, name, value)
	{
		if (!field_is_right(name, value))
			return MR_SAID("a station takes line, request, hand, "
				       "stub, wants, sheets and envelopes, "
				       "each a text");
	}
	turn->line = turn_field(turn, "line");
	turn->key = turn_field(turn, "request");
	turn->queue[MR_BENCH_SHEET] = queue_of(turn, "sheets");
	turn->queue[MR_BENCH_ENVELOPE] = queue_of(turn, "envelopes");
	if (turn->line == NULL)
		return MR_SAID("line: what was typed or scanned is not there");
	if (!key_is_right(turn->key))
		return MR_SAID("request: a key for this line, 1 to 64 letters, "
			       "digits or marks");
	return NULL;
}

static void
begin(struct office *office, struct http_request *request,
    const struct session *session, int change)
{
	struct turn *turn = calloc(1, sizeof(*turn));
	const char *wrong = NULL;

	if (turn != NULL)
		turn->arena = mr_arena_new(0);
	if (turn == NULL || turn->arena == NULL) {
		free(turn);
		request->reply.failed = 1;
		return;
	}
	turn->office = office;
	turn->request = request;
	turn->session = *session;
	turn->language = request->reply.language;
	bench_id(session, turn->id);
	if (change)
		wrong = read_body(turn);
	if (wrong != NULL) {
		answer_problem(&request->reply, 400, MR_USAGE, wrong);
		turn_release(turn);
	} else {
		http_later(request);
		turn_ask_printers(turn);
	}
}

void
bench_serve(struct office *office, struct http_request *request)
{
	int change = strcmp(request->method, "POST") == 0;
	struct session session;

	if (!change && strcmp(request->method, "GET") != 0) {
		answer_problem(&request->reply, 405, MR_USAGE, "GET or POST");
		reply_header(&request->reply, "Allow", "GET, POST");
		return;
	}
	if (door_check(office, request, change, &session) == 0)
		begin(office, request, &session, change);
	session_wipe(&session);
}

void
bench_forget(struct office *office, const struct session *session)
{
	unsigned char id[BENCH_ID];

	bench_id(session, id);
	benches_drop(office->benches, id);
}
