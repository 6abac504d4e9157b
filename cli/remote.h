/*
 * The same words, sent to a mailroomd: `mailroom --server URL`.  An operation
 * that runs there answers here as if it ran here.  remote.c alone sees
 * libcurl.
 */
#ifndef CLI_REMOTE_H
#define CLI_REMOTE_H

#include "lib/op.h"

struct remote;

/*
 * url: http://127.0.0.1:8025, https://host:port, or unix:PATH.  ca: a PEM file
 * to trust for it, or NULL.  NULL: *error says why.  Nothing is sent yet.
 */
struct remote *
remote_new(const char *url, const char *ca, struct mr_error *error);
void remote_free(struct remote *remote);

/* As mr_op_run.  Signs in first where the other side asks for it.  now: what
 * --now says, in an office to practise in; NULL: the clock. */
enum mr_status remote_run(struct remote *remote, const struct mr_op *op,
    const struct mr_ask *ask, const char *now, struct mr_out *out,
    struct mr_error *error);

/* 1: the last answer came from an office to practise in. */
int remote_practice(const struct remote *remote);

#endif
