/* Answers that the API gives besides those of operations: problems. */
#ifndef MAILROOMD_ANSWER_H
#define MAILROOMD_ANSWER_H

#include "lib/mailroom.h"
#include "mailroomd/http.h"

#define JSON_TYPE "application/json"

/* problem+json (RFC 9457) with the sentence that the command line says, in the
 * reply's language.  http 0: as the status has it.  503 says when to come
 * again. */
void answer_problem(
    struct reply *reply, int http, enum mr_status status, const char *sentence);
/* 503: a queue is full; a moment later there may be room. */
void answer_busy(struct reply *reply);
/* Says beside any answer how it went, for `mailroom --server`. */
#define ANSWER_STATUS_HEADER "Mailroom-Status"

#endif
