/* Paths and bodies.  See remote_body.h. */
#include "cli/remote_body.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* A path or a query while it grows. */
struct path {
	char *at;
	size_t len, size;
	int full;
};

static void
put(struct path *path, const char *s, size_t n)
{
	if (path->full || n >= path->size - path->len) {
		path->full = 1;
		return;
	}
	memcpy(path->at + path->len, s, n);
	path->len += n;
	path->at[path->len] = '\0';
}

/* A value: what RFC 3986 does not leave as it is becomes %XX. */
static void
put_value(struct path *path, const char *s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-._~";
	char code[4];

	for (; *s != '\0'; s++) {
		if (strchr(plain, *s) != NULL) {
			put(path, s, 1);
			continue;
		}
		snprintf(code, sizeof(code), "%%%02X", (unsigned char)*s);
		put(path, code, 3);
	}
}

int
remote_path(
    const struct mr_op *op, const struct mr_ask *ask, char *path, size_t size)
{
	struct path to = {path, 0, size, 0};
	const char *value, *mark = "?";

	put(&to, "/api/", 5);
	for (const char *s = op->name; *s != '\0'; s++)
		put(&to, *s == ' ' ? "/" : s, 1);
	for (size_t i = 0; i < op->nparams && !op->writes; i++) {
		value = ask->get(ask->arg, op->params[i].name);
		if (value == NULL)
			continue;
		put(&to, mark, 1);
		put(&to, op->params[i].name, strlen(op->params[i].name));
		put(&to, "=", 1);
		put_value(&to, value);
		mark = "&";
	}
	return to.full ? -1 : 0;
}

static enum mr_status
no_memory(struct mr_error *error)
{
	error->status = MR_NOMEM;
	snprintf(error->message, sizeof(error->message), "memory ran out");
	return MR_NOMEM;
}

static enum mr_status
add_value(json_t *body, const struct mr_param *param, const char *value,
    const struct mr_ask *ask, struct mr_error *error)
{
	enum mr_status status;
	const char *bytes = NULL;
	json_t *json;
	size_t len = 0;

	if (param->type != MR_T_FILE) {
		json = json_string(value);
	} else {
		status = ask->file(ask->arg, value, &bytes, &len, error);
		if (status != MR_OK)
			return status;
		json =
		    json_pack("{s:s, s:s%}", "name", value, "text", bytes, len);
	}
	/* jansson refuses what is no UTF-8, as the office does. */
	if (json == NULL || json_object_set_new(body, param->name, json) != 0) {
		error->status = MR_INVALID;
		snprintf(error->message, sizeof(error->message),
		    "%.60s: this is not UTF-8 text", param->name);
		return MR_INVALID;
	}
	return MR_OK;
}

enum mr_status
remote_body(const struct mr_op *op, const struct mr_ask *ask, char **text,
    struct mr_error *error)
{
	json_t *body = json_object();
	enum mr_status status = MR_OK;
	const char *value;

	if (body == NULL)
		return no_memory(error);
	for (size_t i = 0; i < op->nparams && status == MR_OK; i++) {
		value = ask->get(ask->arg, op->params[i].name);
		if (value != NULL)
			status =
			    add_value(body, &op->params[i], value, ask, error);
	}
	if (status == MR_OK)
		*text = json_dumps(body, JSON_COMPACT);
	json_decref(body);
	return status == MR_OK && *text == NULL ? no_memory(error) : status;
}
