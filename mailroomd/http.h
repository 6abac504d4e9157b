/*
 * HTTP as the daemon sees it: requests that are whole, answers that are
 * whole.  http.c alone sees libmicrohttpd and holds every bound on what a
 * stranger may send.  A request is served at once, or put aside with
 * http_later and answered from any thread by http_ready.
 */
#ifndef MAILROOMD_HTTP_H
#define MAILROOMD_HTTP_H

#include <stddef.h>

#include "mailroomd/reply.h"

#define HTTP_BODY_MAX (64 * 1024) /* where nobody allows more */
#define HTTP_HEADERS_MAX (8 * 1024)
#define HTTP_LARGE 4            /* bodies above that, at a time */
#define HTTP_LARGE_SECONDS 120  /* for the whole of one */
#define HTTP_DROPPED (64 << 20) /* bytes that are read to be dropped */
#define HTTP_CONNECTIONS 128
#define HTTP_CONNECTIONS_EACH 32 /* from one address, over TLS */
#define HTTP_SECONDS 10          /* of silence on a connection */

/* A request.  Strings live until it is answered; path and method are never
 * NULL, the body has a NUL after it. */
struct http_request {
	const char *method, *path, *version;
	const char *body;
	size_t len;
	struct http_exchange *exchange; /* http.c's */
	struct reply reply;             /* to be filled */
};

/* A header, or a value of the query: NULL where there is none. */
const char *http_header(const struct http_request *request, const char *name);
const char *http_query(const struct http_request *request, const char *name);
/* Every name and value of the query; the callback ends it by answering
 * nonzero. */
void http_query_each(const struct http_request *request,
    int (*each)(void *arg, const char *name, const char *value), void *arg);
/* And of the headers. */
void http_header_each(const struct http_request *request,
    int (*each)(void *arg, const char *name, const char *value), void *arg);
/* A cookie's value into size bytes; 0, or -1: not there, or too long. */
int http_cookie(const struct http_request *request, const char *name,
    char *value, size_t size);
/* 1: it came over a Unix socket from a process of our own user. */
int http_own_user(const struct http_request *request);
/* The other side's address for a throttle, an opaque number; 0: a socket. */
unsigned long http_peer(const struct http_request *request);

/* Put it aside; whoever has it calls http_ready once, from any thread. */
void http_later(struct http_request *request);
void http_ready(struct http_request *request);

/* Fills request->reply, or puts the request aside. */
typedef void (*http_serve)(void *arg, struct http_request *request);

/*
 * fd: a socket that listens.  certificate and key: PEM texts, or NULL.
 * limit: how many bytes the body may have, told by method, path and headers
 * before the body is read; NULL: HTTP_BODY_MAX for all.  What is larger gets
 * 413; what is allowed to be, while HTTP_LARGE others are on their way or at
 * work, 503.
 * host: a name besides addresses and localhost by which a socket without TLS
 * is asked, or NULL; another's gets 421.
 */
struct http_options {
	int fd, threads;
	const char *certificate, *key;
	const char *host;
	http_serve serve;
	size_t (*limit)(void *arg, const struct http_request *request);
	void (*answered)(void *arg, int status); /* NULL: nobody counts */
	void *arg;
};

struct http;
/* Takes the socket over.  NULL: it is none, or the certificate is none. */
struct http *http_start(const struct http_options *options);
/* No new connection; returns when all that was begun is answered. */
void http_stop(struct http *http);

#endif
