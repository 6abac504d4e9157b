/*
 * What a request gives an operation: the query of a GET, the JSON object of a
 * POST, by the names of the row's parameters.  Values reach an operation only
 * after they were found in its row.
 */
#ifndef MAILROOMD_PARAM_H
#define MAILROOMD_PARAM_H

#include <jansson.h>

#include "lib/op.h"
#include "mailroomd/http.h"

struct param_values {
	const struct mr_op *op;
	const struct http_request *request;
	json_t *body;        /* of a POST; NULL: none */
	char number[32][24]; /* numbers of the body as text */
	int numbers;
};

/*
 * Read them.  MR_OK, or *error says what is wrong: no JSON object, a name
 * that the operation does not have, a value that is no text, number or
 * boolean.  A file is {"name": ..., "text": ...}.
 */
enum mr_status param_read(struct param_values *values, const struct mr_op *op,
    const struct http_request *request, struct mr_error *error);
void param_free(struct param_values *values);

/* For mr_ask: arg is the values. */
const char *param_get(struct param_values *values, const char *name);
enum mr_status param_file(struct param_values *values, const char *place,
    const char **bytes, size_t *len, struct mr_error *error);
#endif
