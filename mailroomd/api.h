/*
 * The API: the table of operations over HTTP.  POST /api/noun/verb where it
 * writes, GET where not; GET /api lists them; /api/session signs in and out.
 */
#ifndef MAILROOMD_API_H
#define MAILROOMD_API_H

#include "lib/op.h"
#include "mailroomd/office.h"

/* Bytes of a body that brings a file, and of one that brings a photo. */
#define API_FILE ((size_t)32 << 20)
#define API_PHOTO (((size_t)2 << 20) + 4096)

/* For http_options.serve: everything under /api.  1: it was one of ours. */
int api_serve(struct office *office, struct http_request *request);
int api_brings_file(const struct mr_op *op);
/* How many bytes its body may have; 0: no more than others. */
size_t api_limit(struct office *office, const struct http_request *request);

/* door.c: /api/session. */
void door_serve(struct office *office, struct http_request *request);
/* The cookie of a session, and its name. */
const char *door_cookie_name(const struct office *office);
/*
 * Who asks?  0 and *session, or -1 and the problem is in the reply.  A change
 * must carry the session's token and come from our own pages.
 */
int door_check(struct office *office, struct http_request *request, int change,
    struct session *session);
/* 1: whoever asks may change something by one of these roles, as far as the
 * headers tell.  Touches no session and answers nothing. */
int door_may(
    struct office *office, const struct http_request *request, unsigned roles);

/* who.c: /api/who, who is signed in where, for an admin. */
void who_serve(struct office *office, struct http_request *request);

/* errand.c: run an operation for a session. */
void errand_begin(struct office *office, struct http_request *request,
    const struct mr_op *op, const struct session *session);

#endif
