/*
 * /api/station: a station in a browser.  POST does one line, GET tells where
 * the station stands; docs/mailroomd.8 has what is sent and what is answered.
 */
#ifndef MAILROOMD_BENCH_H
#define MAILROOMD_BENCH_H

#include "lib/bench.h"
#include "mailroomd/office.h"

void bench_serve(struct office *office, struct http_request *request);
/* That session is over, and so is its bench. */
void bench_forget(struct office *office, const struct session *session);

/* bench_view.c: what is to be seen, as JSON, in this thread's language.  0, or
 * -1: no memory. */
int bench_write(const struct mr_bench *bench, struct reply *reply);

#endif
