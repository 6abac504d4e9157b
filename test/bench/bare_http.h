/*
 * The bare libraries over HTTP: a libmicrohttpd handler that does, for each
 * POST, the SQLite statements of one logged letter from a tape, one commit
 * each, and answers as many bytes as ours.
 */
#ifndef BENCH_BARE_HTTP_H
#define BENCH_BARE_HTTP_H

#include "test/bench/bare.h"

struct bare_http;
/* marks: n + 1 places of the tape, between which stands a letter.  The office
 * in dir is a copy of that which the tape was made on. */
struct bare_http *bare_http_start(
    const char *dir, const struct tape *tape, const int *marks, int n);
int bare_http_port(const struct bare_http *http);
/* How many letters it has done. */
int bare_http_stop(struct bare_http *http);

#endif
