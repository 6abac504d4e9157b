/* What a request gives an operation.  See param.h. */
#include "mailroomd/param.h"

#include <stdio.h>
#include <string.h>

#include "lib/tongue.h"

static const struct mr_param *
find(const struct mr_op *op, const char *name)
{
	for (size_t i = 0; i < op->nparams; i++)
		if (strcmp(op->params[i].name, name) == 0)
			return &op->params[i];
	return NULL;
}

static enum mr_status
wrong(struct mr_error *error, const char *name, const char *why)
{
	error->status = MR_USAGE;
	snprintf(error->message, sizeof(error->message), "%.60s: %s", name,
	    mr_say(why));
	return MR_USAGE;
}

/* Any name that somebody sent may be told back: it is cut, and JSON. */
static enum mr_status
unknown(const struct mr_op *op, const char *name, struct mr_error *error)
{
	error->status = MR_USAGE;
	snprintf(error->message, sizeof(error->message),
	    mr_say("%s has no parameter %.60s"), op->name, name);
	return MR_USAGE;
}

struct query {
	const struct mr_op *op;
	struct mr_error *error;
	uint64_t seen; /* a bit for each parameter */
};

static int
check_query(void *arg, const char *name, const char *value)
{
	struct query *query = arg;
	const struct mr_param *param = find(query->op, name);
	uint64_t bit;

	(void)value;
	if (param == NULL) {
		unknown(query->op, name, query->error);
		return 1;
	}
	bit = UINT64_C(1) << ((param - query->op->params) & 63);
	if (query->seen & bit) {
		wrong(query->error, name, "it is there twice");
		return 1;
	}
	query->seen |= bit;
	return 0;
}

static int
is_file(const json_t *value)
{
	return json_is_object(value) && json_object_size(value) == 2 &&
	    json_is_string(json_object_get(value, "name")) &&
	    json_is_string(json_object_get(value, "text"));
}

static enum mr_status
check_value(const struct mr_param *param, const char *name, json_t *value,
    struct mr_error *error)
{
	if (json_is_null(value))
		return MR_OK;
	if (param->here)
		return wrong(error, name,
		    "a place on the office's own computer is named there, or "
		    "in mailroom.conf; leave it out here");
	if (param->type == MR_T_FILE)
		return is_file(value)
		    ? MR_OK
		    : wrong(error, name,
			  "a file is {\"name\": ..., \"text\": ...}");
	if (json_is_string(value) || json_is_boolean(value) ||
	    json_is_integer(value))
		return MR_OK;
	return wrong(error, name, "give a text, a whole number, true or false");
}

static enum mr_status
check_body(struct param_values *values, struct mr_error *error)
{
	enum mr_status status = MR_OK;
	const char *name;
	json_t *value;

	json_object_foreach(values->body, name, value)
	{
		const struct mr_param *param = find(values->op, name);

		if (status != MR_OK)
			break;
		if (param == NULL)
			return unknown(values->op, name, error);
		status = check_value(param, name, value, error);
	}
	return status;
}

enum mr_status
param_read(struct param_values *values, const struct mr_op *op,
    const struct http_request *request, struct mr_error *error)
{
	struct query query = {op, error, 0};
	json_error_t why;

	memset(values, 0, sizeof(*values));
	values->op = op;
	values->request = request;
	error->status = MR_OK;
	if (!op->writes) {
		http_query_each(request, check_query, &query);
		return error->status;
	}
	if (request->len == 0)
		return MR_OK;
	values->body = json_loadb(
	    request->body, request->len, JSON_REJECT_DUPLICATES, &why);
	if (!json_is_object(values->body)) {
		error->status = MR_USAGE;
		snprintf(error->message, sizeof(error->message), "%s",
		    mr_say("the body is not a JSON object in UTF-8"));
		return MR_USAGE;
	}
	return check_body(values, error);
}

void
param_free(struct param_values *values)
{
	json_decref(values->body);
	memset(values, 0, sizeof(*values));
}

static const char *
number(struct param_values *values, json_t *value)
{
	char *to = values->number[values->numbers % 32];

	values->numbers++;
	snprintf(to, sizeof(values->number[0]), "%lld",
	    (long long)json_integer_value(value));
	return to;
}

const char *
param_get(struct param_values *values, const char *name)
{
	json_t *value;

	if (!values->op->writes)
		return http_query(values->request, name);
	value = json_object_get(values->body, name);
	if (json_is_string(value))
		return json_string_value(value);
	if (json_is_integer(value))
		return number(values, value);
	if (json_is_boolean(value))
		return json_is_true(value) ? "true" : "false";
	return json_string_value(json_object_get(value, "name"));
}

enum mr_status
param_file(struct param_values *values, const char *place, const char **bytes,
    size_t *len, struct mr_error *error)
{
	const char *name;
	json_t *value, *text;

	json_object_foreach(values->body, name, value)
	{
		if (!is_file(value) ||
		    strcmp(json_string_value(json_object_get(value, "name")),
			place) != 0)
			continue;
		text = json_object_get(value, "text");
		*bytes = json_string_value(text);
		*len = json_string_length(text);
		return MR_OK;
	}
	return wrong(error, "file", "it was not sent");
}
