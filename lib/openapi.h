/*
 * The table of operations as OpenAPI 3.1, for whoever writes a program against
 * a mailroomd: openapi.json holds what is not in the table.  Public, as op.h
 * is.
 */
#ifndef MR_OPENAPI_H
#define MR_OPENAPI_H

#include "lib/out.h"

/* All of it, in English, an operation a line.  0, or -1: memory or write
 * failed. */
int mr_openapi(mr_write write, void *to);

#endif
