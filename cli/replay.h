/* An answer that came as JSON, played into a printer of ours. */
#ifndef CLI_REPLAY_H
#define CLI_REPLAY_H

#include <stddef.h>

#include "lib/out.h"

/*
 * The answer of an operation; with a file where it is {"answer", "document",
 * "name", "secret"}.  0, or -1: it is no JSON, or the printer failed.
 */
int replay(const char *text, size_t len, struct mr_out *out);

#endif
