/* Which request is whose.  See api.h. */
#include "mailroomd/api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/out.h"
#include "lib/op.h"
#include "lib/openapi.h"
#include "lib/tongue.h"
#include "mailroomd/answer.h"
#include "mailroomd/photo.h"
#include "mailroomd/bench.h"

#define ROOT "/api"
#define ROOT_LEN (sizeof(ROOT) - 1)

static const char *
type_word(enum mr_type type)
{
	static const char *const words[] = {[MR_T_TEXT] = "text",
	    [MR_T_SWITCH] = "boolean",
	    [MR_T_COUNT] = "number",
	    [MR_T_DATE] = "day",
	    [MR_T_CENTS] = "money",
	    [MR_T_CODE] = "code",
	    [MR_T_PERSON] = "person",
	    [MR_T_PAIRING] = "pairing",
	    [MR_T_FILE] = "file"};

	return words[type];
}

/* " yellow white" */
static void
emit_choices(struct mr_out *out, const char *choices)
{
	char word[40];
	size_t len;

	out->begin_list(out, "choices");
	for (; choices != NULL && *choices != '\0'; choices += len) {
		choices++;
		len = strcspn(choices, " ");
		snprintf(word, sizeof(word), "%.*s", (int)len, choices);
		out->text(out, NULL, word);
	}
	out->end_list(out);
}

static void
emit_op(struct mr_out *out, const struct mr_op *op)
{
	out->begin_map(out, NULL);
	out->text(out, "name", op->name);
	out->text(out, "method", op->writes ? "POST" : "GET");
	out->text(out, "summary", mr_say(op->summary));
	out->begin_list(out, "roles");
	for (unsigned role = MR_VOLUNTEER; role <= MR_ADMIN; role <<= 1)
		if (op->roles & role)
			out->text(out, NULL, mr_role_name(role));
	out->end_list(out);
	out->boolean(out, "vault", op->vault);
	out->boolean(out, "retype", op->retype);
	out->boolean(out, "document", op->document);
	out->boolean(out, "undo", op->undo);
	out->begin_list(out, "params");
	for (size_t i = 0; i < op->nparams; i++) {
		out->begin_map(out, NULL);
		out->text(out, "name", op->params[i].name);
		out->text(out, "type", type_word(op->params[i].type));
		out->boolean(out, "required", op->params[i].required == 1);
		out->text(out, "help", mr_say(op->params[i].help));
		emit_choices(out, op->params[i].choices);
		out->end_map(out);
	}
	out->end_list(out);
	out->end_map(out);
}

/* The table, for whoever writes a program against it. */
static void
list_operations(struct office *office, struct http_request *request)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;

	(void)office;

	if (arena != NULL)
		out = mr_out_json(arena, reply_write, &request->reply, NULL);
	if (out == NULL) {
		request->reply.failed = 1;
		mr_arena_free(arena);
		return;
	}
	request->reply.status = 200;
	request->reply.type = JSON_TYPE;
	out->begin_map(out, NULL);
	out->integer(out, "protocol", MR_PROTOCOL);
	out->begin_list(out, "operations");
	for (size_t i = 0; i < mr_nops; i++)
		emit_op(out, mr_ops[i]);
	out->end_list(out);
	out->end_map(out);
	if (out->end(out) != 0)
		request->reply.failed = 1;
	mr_arena_free(arena);
}

/* "/letter/receive" to the row of "letter receive". */
static const struct mr_op *
find_operation(const char *path)
{
	char name[64], *at;

	if (strlen(path) < 2 || strlen(path) >= sizeof(name))
		return NULL;
	strcpy(name, path + 1);
	at = strchr(name, '/');
	if (at != NULL)
		*at = ' ';
	return mr_op_find(name);
}

int
api_brings_file(const struct mr_op *op)
{
	for (size_t i = 0; i < op->nparams; i++)
		if (op->params[i].type == MR_T_FILE)
			return 1;
	return 0;
}

size_t
api_limit(struct office *office, const struct http_request *request)
{
	const struct mr_op *op;

	if (strcmp(request->method, "POST") != 0 ||
	    strncmp(request->path, ROOT "/", ROOT_LEN + 1) != 0)
		return 0;
	if (strcmp(request->path, ROOT "/photo") == 0)
		return door_may(office, request, ~0u) ? API_PHOTO : 0;
	op = find_operation(request->path + ROOT_LEN);
	return op != NULL && op->writes && api_brings_file(op) &&
		door_may(office, request, op->roles)
	    ? API_FILE
	    : 0;
}

/* A program of another age may mean another thing by the same words. */
static int
same_protocol(const struct http_request *request)
{
	const char *protocol = http_header(request, "Mailroom-Protocol");

	return protocol == NULL || strtol(protocol, NULL, 10) == MR_PROTOCOL;
}

static void
operate(
    struct office *office, struct http_request *request, const struct mr_op *op)
{
	const char *method = op->writes ? "POST" : "GET";
	struct session session;

	if (strcmp(request->method, method) != 0) {
		answer_problem(&request->reply, 405, MR_USAGE,
		    op->writes ? "this changes something: send it with POST"
			       : "this only reads: ask with GET");
		reply_header(&request->reply, "Allow", "%s", method);
		return;
	}
	if (!same_protocol(request)) {
		answer_problem(&request->reply, 400, MR_NEWER,
		    "this mailroom and this mailroomd are of different "
		    "versions; install the same on both machines");
		return;
	}
	if (door_check(office, request, op->writes, &session) == 0)
		errand_begin(office, request, op, &session);
	session_wipe(&session);
}

static void
describe(struct office *office, struct http_request *request)
{
	(void)office;
	request->reply.status = 200;
	request->reply.type = JSON_TYPE;
	if (mr_openapi(reply_write, &request->reply) != 0)
		request->reply.failed = 1;
}

/* What is there besides operations. */
static const struct {
	const char *path;
	void (*serve)(struct office *office, struct http_request *request);
} places[] = {{"", list_operations}, {"/", list_operations},
    {"/openapi.json", describe}, {"/session", door_serve},
    {"/station", bench_serve}, {"/photo", photo_serve}, {"/who", who_serve}};

int
api_serve(struct office *office, struct http_request *request)
{
	const char *path = request->path;
	const struct mr_op *op;

	if (strncmp(path, ROOT, ROOT_LEN) != 0 ||
	    (path[ROOT_LEN] != '\0' && path[ROOT_LEN] != '/'))
		return 0;
	path += ROOT_LEN;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(path, places[i].path) == 0) {
			places[i].serve(office, request);
			return 1;
		}
	op = find_operation(path);
	if (op == NULL)
		answer_problem(&request->reply, 404, MR_NOTFOUND,
		    "there is no such operation; GET /api lists them");
	else
		operate(office, request, op);
	return 1;
}
