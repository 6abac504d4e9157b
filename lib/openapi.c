/* The table as OpenAPI.  See openapi.h. */
#include "lib/openapi.h"

#include <stdio.h>
#include <string.h>

#include "lib/mailroom.h"
#include "lib/op.h"

/* Where the operations stand in the text, between two others. */
#define PLACE "\"operations of the table\": {}"

extern const char embed_lib_openapi_json[];

static void
refer(struct mr_out *out, const char *key, const char *kind, const char *name)
{
	char text[80];

	snprintf(text, sizeof(text), "#/components/%s/%s", kind, name);
	out->begin_map(out, key);
	out->text(out, "$ref", text);
	out->end_map(out);
}

/* " yellow white" */
static void
put_choices(struct mr_out *out, const char *choices)
{
	char word[40];
	size_t len;

	out->begin_list(out, "enum");
	for (; *choices != '\0'; choices += len) {
		choices++;
		len = strcspn(choices, " ");
		snprintf(word, sizeof(word), "%.*s", (int)len, choices);
		out->text(out, NULL, word);
	}
	out->end_list(out);
}

static void
put_type(struct mr_out *out, const struct mr_param *param)
{
	static const char *const named[] = {[MR_T_DATE] = "Day",
	    [MR_T_CENTS] = "Money",
	    [MR_T_CODE] = "Code",
	    [MR_T_PERSON] = "Person",
	    [MR_T_PAIRING] = "Pairing",
	    [MR_T_FILE] = "File"};
	char text[64];

	switch (param->type) {
	case MR_T_TEXT:
		out->text(out, "type", "string");
		if (param->choices != NULL)
			put_choices(out, param->choices);
		break;
	case MR_T_SWITCH:
		out->text(out, "type", "boolean");
		break;
	case MR_T_COUNT:
		out->text(out, "type", "integer");
		out->integer(out, "minimum", param->min);
		if (param->min != 0 || param->max != 0)
			out->integer(out, "maximum", param->max);
		break;
	default:
		snprintf(text, sizeof(text), "#/components/schemas/%s",
		    named[param->type]);
		out->text(out, "$ref", text);
	}
}

static void
put_schema(struct mr_out *out, const char *key, const struct mr_param *param)
{
	out->begin_map(out, key);
	put_type(out, param);
	out->text(out, "description", param->help);
	out->end_map(out);
}

/* Of an operation that reads, in the query. */
static void
put_query(struct mr_out *out, const struct mr_op *op)
{
	for (size_t i = 0; i < op->nparams; i++) {
		out->begin_map(out, NULL);
		out->text(out, "name", op->params[i].name);
		out->text(out, "in", "query");
		if (op->params[i].required == 1)
			out->boolean(out, "required", 1);
		put_schema(out, "schema", &op->params[i]);
		out->end_map(out);
	}
}

static void
put_headers(struct mr_out *out, const struct mr_op *op)
{
	refer(out, NULL, "parameters", "Language");
	refer(out, NULL, "parameters", "Protocol");
	if (op->writes)
		refer(out, NULL, "parameters", "Request");
	if (op->vault || op->retype)
		refer(out, NULL, "parameters", "Passphrase");
	if (op->retype)
		refer(out, NULL, "parameters", "Pin");
	if (op->document)
		refer(out, NULL, "parameters", "Printer");
}

/* Of an operation that writes, in the body. */
static void
put_body(struct mr_out *out, const struct mr_op *op)
{
	int required = 0;

	for (size_t i = 0; i < op->nparams; i++)
		required += op->params[i].required == 1;
	out->begin_map(out, "requestBody");
	out->boolean(out, "required", required > 0);
	out->begin_map(out, "content");
	out->begin_map(out, "application/json");
	out->begin_map(out, "schema");
	out->text(out, "type", "object");
	out->boolean(out, "additionalProperties", 0);
	if (required > 0) {
		out->begin_list(out, "required");
		for (size_t i = 0; i < op->nparams; i++)
			if (op->params[i].required == 1)
				out->text(out, NULL, op->params[i].name);
		out->end_list(out);
	}
	out->begin_map(out, "properties");
	for (size_t i = 0; i < op->nparams; i++)
		put_schema(out, op->params[i].name, &op->params[i]);
	out->end_map(out);
	out->end_map(out);
	out->end_map(out);
	out->end_map(out);
	out->end_map(out);
}

/* Its map has these keys, a space between. */
static void
put_keys(struct mr_out *out, const char *keys)
{
	char key[64];
	size_t len;

	out->text(out, "type", "object");
	out->begin_map(out, "properties");
	for (; *keys != '\0'; keys += len + (keys[len] == ' ')) {
		len = strcspn(keys, " ");
		snprintf(key, sizeof(key), "%.*s", (int)len, keys);
		out->begin_map(out, key);
		out->end_map(out);
	}
	out->end_map(out);
}

static void
put_answer(struct mr_out *out, const struct mr_op *op)
{
	out->begin_map(out, "200");
	out->text(out, "description", "What it did or found");
	out->begin_map(out, "content");
	out->begin_map(out, "application/json");
	if (op->document) {
		refer(out, "schema", "schemas", "Document");
	} else {
		out->begin_map(out, "schema");
		if (op->each != NULL) {
			out->text(out, "type", "array");
			out->begin_map(out, "items");
			put_keys(out, op->each);
			out->end_map(out);
		} else if (op->returns != NULL) {
			put_keys(out, op->returns);
		}
		out->end_map(out);
	}
	out->end_map(out);
	if (op->document) {
		out->begin_map(out, "*/*");
		out->end_map(out);
	}
	out->end_map(out);
	out->end_map(out);
}

/* What the status list and the daemon can refuse with, each once. */
static void
put_refusals(struct mr_out *out, const struct mr_op *op)
{
	char code[12], name[16];
	int told;

	for (int http = 400; http < 600; http++) {
		told =
		    http == 401 || (op->writes && (http == 413 || http == 415));
		for (int status = 0; status < MR_NSTATUS; status++)
			told |= mr_status_http((enum mr_status)status) == http;
		if (!told)
			continue;
		snprintf(code, sizeof(code), "%d", http);
		snprintf(name, sizeof(name), "R%d", http);
		refer(out, code, "responses", name);
	}
}

static void
put_about(struct mr_out *out, const struct mr_op *op)
{
	char id[64], noun[64];

	snprintf(id, sizeof(id), "%s", op->name);
	for (char *at = id; *at != '\0'; at++)
		if (*at == ' ')
			*at = '_';
	snprintf(
	    noun, sizeof(noun), "%.*s", (int)strcspn(op->name, " "), op->name);
	out->text(out, "operationId", id);
	out->begin_list(out, "tags");
	out->text(out, NULL, noun);
	out->end_list(out);
	out->text(out, "summary", op->summary);
	out->begin_list(out, "x-roles");
	for (unsigned role = MR_VOLUNTEER; role <= MR_ADMIN; role <<= 1)
		if (op->roles & role)
			out->text(out, NULL, mr_role_name(role));
	out->end_list(out);
	out->boolean(out, "x-vault", op->vault);
}

static void
put_security(struct mr_out *out)
{
	out->begin_list(out, "security");
	out->begin_map(out, NULL);
	out->begin_list(out, "cookie");
	out->end_list(out);
	out->begin_list(out, "token");
	out->end_list(out);
	out->end_map(out);
	out->end_list(out);
}

static void
put_op(struct mr_out *out, const struct mr_op *op)
{
	out->begin_map(out, NULL);
	out->begin_map(out, op->writes ? "post" : "get");
	put_about(out, op);
	if (op->writes)
		put_security(out);
	out->begin_list(out, "parameters");
	if (!op->writes)
		put_query(out, op);
	put_headers(out, op);
	out->end_list(out);
	if (op->writes)
		put_body(out, op);
	out->begin_map(out, "responses");
	put_answer(out, op);
	put_refusals(out, op);
	out->end_map(out);
	out->end_map(out);
	out->end_map(out);
}

/* "/api/letter/receive": { ... } and a newline. */
static int
write_op(const struct mr_op *op, mr_write write, void *to)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;
	char path[96];
	int failed;

	failed = snprintf(path, sizeof(path), "\"/api/%s\": ", op->name) >=
	    (int)sizeof(path);
	for (char *at = path; *at != ':' && *at != '\0'; at++)
		if (*at == ' ')
			*at = '/';
	if (arena != NULL)
		out = mr_out_json(arena, write, to, NULL);
	failed = failed || out == NULL || write(to, path, strlen(path)) != 0;
	if (!failed) {
		put_op(out, op);
		failed = out->end(out) != 0;
	}
	mr_arena_free(arena);
	return failed ? -1 : 0;
}

int
mr_openapi(mr_write write, void *to)
{
	const char *all = embed_lib_openapi_json;
	const char *place = strstr(all, PLACE);
	int failed =
	    place == NULL || write(to, all, (size_t)(place - all)) != 0;

	for (size_t i = 0; i < mr_nops && !failed; i++)
		failed = (i > 0 && write(to, ",", 1) != 0) ||
		    write_op(mr_ops[i], write, to) != 0;
	place = failed ? NULL : place + strlen(PLACE "\n");
	return failed || write(to, place, strlen(place)) != 0 ? -1 : 0;
}
