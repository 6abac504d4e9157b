/* What an operation is given, as a path, a query or a JSON body. */
#ifndef CLI_REMOTE_BODY_H
#define CLI_REMOTE_BODY_H

#include <stddef.h>

#include "lib/op.h"

/* "/api/letter/list?state=held": the query where it reads.  0, or -1: it does
 * not fit. */
int remote_path(
    const struct mr_op *op, const struct mr_ask *ask, char *path, size_t size);

/*
 * The values as a JSON object; *text is wiped and freed by the caller.
 * MR_INVALID: one is no UTF-8.  MR_NOMEM, and what ask->file answers.
 */
enum mr_status remote_body(const struct mr_op *op, const struct mr_ask *ask,
    char **text, struct mr_error *error);

#endif
