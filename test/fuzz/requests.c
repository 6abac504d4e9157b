/* A request as our code sees it, in place of http.c. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/handle.h"
#include "lib/op_parse.h"
#include "mailroomd/param.h"
#include "mailroomd/strict.h"
#include "test/fuzz/fuzz.h"

#define PAIRS 64

/* Names and values, of the query or of the headers. */
struct http_exchange {
	int n;
	char *name[PAIRS], *value[PAIRS];
};

static void
each(const struct http_request *request,
    int (*tell)(void *arg, const char *name, const char *value), void *arg)
{
	const struct http_exchange *x = request->exchange;

	for (int i = 0; i < x->n && tell(arg, x->name[i], x->value[i]) == 0;)
		i++;
}

void
http_query_each(const struct http_request *request,
    int (*tell)(void *arg, const char *name, const char *value), void *arg)
{
	each(request, tell, arg);
}

void
http_header_each(const struct http_request *request,
    int (*tell)(void *arg, const char *name, const char *value), void *arg)
{
	each(request, tell, arg);
}

const char *
http_query(const struct http_request *request, const char *name)
{
	const struct http_exchange *x = request->exchange;

	for (int i = 0; i < x->n; i++)
		if (strcmp(x->name[i], name) == 0)
			return x->value[i];
	return NULL;
}

const char *
http_header(const struct http_request *request, const char *name)
{
	const struct http_exchange *x = request->exchange;

	for (int i = 0; i < x->n; i++)
		if (strcasecmp(x->name[i], name) == 0)
			return x->value[i];
	return NULL;
}

/* Parts of a text at a sign, and each in two at another. */
static void
part(struct http_exchange *x, char *text, const char *between, char is)
{
	char *rest = text, *name;

	while (x->n < PAIRS && (name = strsep(&rest, between)) != NULL) {
		char *value = strchr(name, is);

		if (value != NULL)
			*value++ = '\0';
		x->name[x->n] = name;
		x->value[x->n++] = value != NULL ? value : name + strlen(name);
	}
}

static void
no_control(const char *s)
{
	for (; *s != '\0'; s++)
		fuzz_holds((unsigned char)*s >= ' ' && *s != 0x7F);
}

/* What fits has one meaning. */
void
fuzz_request(const uint8_t *bytes, size_t len)
{
	char *text = fuzz_text(bytes, len), *rest = text;
	struct http_exchange x = {.n = 0};
	struct http_request request = {.exchange = &x};
	int lengths = 0;

	request.method = strsep(&rest, " ");
	request.path = rest != NULL ? strsep(&rest, " ") : "";
	request.version = rest != NULL ? strsep(&rest, "\n") : "";
	if (request.path[0] != '\0')
		fuzz_holds(strict_unescape((char *)(uintptr_t)request.path) ==
		    strlen(request.path));
	if (rest != NULL)
		part(&x, rest, "\n", ':');
	strict_is_for_us(http_header(&request, "Host"), "mail.example");
	if (strict_fits(&request)) {
		fuzz_holds(request.path[0] == '/');
		no_control(request.path);
		no_control(request.method);
		for (int i = 0; i < x.n; i++) {
			fuzz_holds(x.name[i][0] != '\0');
			lengths += strcasecmp(x.name[i], "Content-Length") == 0;
			lengths +=
			    strcasecmp(x.name[i], "Transfer-Encoding") == 0;
		}
		fuzz_holds(lengths <= 1);
	}
	free(text);
}

static const char *
get(void *arg, const char *name)
{
	return param_get(arg, name);
}

static enum mr_status
file(void *arg, const char *place, const char **bytes, size_t *len,
    struct mr_error *error)
{
	return param_file(arg, place, bytes, len, error);
}

/* As far as mr_op_run goes before it does anything. */
static void
parse(const struct mr_op *op, struct param_values *values)
{
	struct mr_error error = {0};
	struct mr_ask ask = {.arg = values, .get = get, .file = file};
	struct mr_call *c = mr_call_start(fuzz_office(), 0, &error);
	unsigned char hash[MR_INPUT_HASH];
	const void *input = NULL;
	enum mr_status status = mr_op_parse(c, op, &ask, &input, hash);

	fuzz_holds(status == MR_OK ? op->nparams == 0 || input != NULL
				   : error.message[0] != '\0');
	mr_call_end(c);
}

static void
read_request(struct http_request *request, size_t which, unsigned writes)
{
	struct mr_error error = {0};
	struct param_values values;
	const struct mr_op *op;
	size_t i = which % mr_nops;

	while (mr_ops[i]->writes != writes)
		i = (i + 1) % mr_nops;
	op = mr_ops[i];
	if (param_read(&values, op, request, &error) == MR_OK)
		parse(op, &values);
	else
		fuzz_holds(error.message[0] != '\0');
	param_free(&values);
}

/* The first byte says which operation. */
void
fuzz_query(const uint8_t *bytes, size_t len)
{
	char *text = len > 0 ? fuzz_text(bytes + 1, len - 1) : NULL;
	struct http_exchange x = {.n = 0};
	struct http_request request = {.exchange = &x};

	if (text == NULL)
		return;
	part(&x, text, "&", '=');
	for (int i = 0; i < x.n; i++) {
		strict_unescape(x.name[i]);
		strict_unescape(x.value[i]);
	}
	read_request(&request, bytes[0], 0);
	free(text);
}

void
fuzz_json(const uint8_t *bytes, size_t len)
{
	char *text = len > 0 ? fuzz_text(bytes + 1, len - 1) : NULL;
	struct http_request request = {.body = text, .len = len - 1};

	if (text == NULL)
		return;
	read_request(&request, bytes[0], 1);
	free(text);
}
