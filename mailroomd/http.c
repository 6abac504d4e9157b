/*
 * libmicrohttpd behind http.h.  A request is taken whole before it is served:
 * answering in the first call of the handler would close the connection.
 */
#define _GNU_SOURCE /* struct ucred */
#include "mailroomd/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "mailroomd/body.h"
#include "mailroomd/strict.h"

struct http {
	struct MHD_Daemon *daemon;
	http_serve serve;
	size_t (*limit)(void *arg, const struct http_request *request);
	void (*answered)(void *arg, int status);
	void *arg;
	const char *host;
	int secure, named; /* named: a browser may come by another's name */
	atomic_int aside;  /* requests that were put aside */
	atomic_int unsent; /* served, and the answer is not out */
	atomic_int large;  /* bodies above HTTP_BODY_MAX */
	atomic_int stopping;
};

enum step { TAKING, SERVED, ANSWERED };

struct http_exchange {
	struct http_request request;
	struct http *http;
	struct MHD_Connection *connection;
	enum step step;
	int later;
	struct body body;
};

const char *
http_header(const struct http_request *request, const char *name)
{
	return MHD_lookup_connection_value(
	    request->exchange->connection, MHD_HEADER_KIND, name);
}

const char *
http_query(const struct http_request *request, const char *name)
{
	return MHD_lookup_connection_value(
	    request->exchange->connection, MHD_GET_ARGUMENT_KIND, name);
}

struct walk {
	int (*each)(void *arg, const char *name, const char *value);
	void *arg;
};

static enum MHD_Result
one_value(
    void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct walk *walk = arg;

	(void)kind;
	return walk->each(walk->arg, name, value != NULL ? value : "")
	    ? MHD_NO
	    : MHD_YES;
}

static void
walk_on(const struct http_request *request, enum MHD_ValueKind kind,
    struct walk walk)
{
	MHD_get_connection_values(
	    request->exchange->connection, kind, one_value, &walk);
}

void
http_query_each(const struct http_request *request,
    int (*each)(void *arg, const char *name, const char *value), void *arg)
{
	walk_on(request, MHD_GET_ARGUMENT_KIND, (struct walk){each, arg});
}

void
http_header_each(const struct http_request *request,
    int (*each)(void *arg, const char *name, const char *value), void *arg)
{
	walk_on(request, MHD_HEADER_KIND, (struct walk){each, arg});
}

int
http_cookie(const struct http_request *request, const char *name, char *value,
    size_t size)
{
	const char *found = MHD_lookup_connection_value(
	    request->exchange->connection, MHD_COOKIE_KIND, name);

	if (found == NULL || strlen(found) >= size)
		return -1;
	strcpy(value, found);
	return 0;
}

unsigned long
http_peer(const struct http_request *request)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    request->exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr_in *in;
	const struct sockaddr_in6 *in6;
	unsigned long n = 0;

	if (info == NULL || info->client_addr == NULL)
		return 0;
	if (info->client_addr->sa_family == AF_INET) {
		in = (const void *)info->client_addr;
		return in->sin_addr.s_addr;
	}
	if (info->client_addr->sa_family != AF_INET6)
		return 0;
	/* A household has a /64. */
	in6 = (const void *)info->client_addr;
	memcpy(&n, in6->sin6_addr.s6_addr, sizeof(n));
	return n;
}

int
http_own_user(const struct http_request *request)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    request->exchange->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct ucred who = {0};
	socklen_t len = sizeof(who);

	return info != NULL &&
	    getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &who, &len) ==
	    0 &&
	    len == sizeof(who) && who.pid > 0 && who.uid == geteuid();
}

void
http_later(struct http_request *request)
{
	request->exchange->later = 1;
	atomic_fetch_add(&request->exchange->http->aside, 1);
	MHD_suspend_connection(request->exchange->connection);
}

void
http_ready(struct http_request *request)
{
	struct http *http = request->exchange->http;

	MHD_resume_connection(request->exchange->connection);
	atomic_fetch_sub(&http->aside, 1);
}

/* Versions that nobody has broken, keys that are forgotten after use, and
 * ciphers that prove what they hide. */
#define TLS \
	"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-DHE-RSA:" \
	"-CIPHER-ALL:+AES-256-GCM:+CHACHA20-POLY1305:+AES-128-GCM:" \
	"-MAC-ALL:+AEAD:%SERVER_PRECEDENCE"
#define TLS_ONLY "max-age=31536000" /* for a year */

static enum MHD_Result
answer(struct http_exchange *x)
{
	struct reply *reply = &x->request.reply;
	struct MHD_Response *response;
	enum MHD_Result result;

	x->step = ANSWERED;
	if (reply->failed || reply->status == 0)
		reply_text(reply, 500, "text/plain", "memory ran out\n");
	/* The bytes stay ours until the exchange is over. */
	response = MHD_create_response_from_buffer(
	    reply->len, reply->bytes, MHD_RESPMEM_PERSISTENT);
	if (response == NULL)
		return MHD_NO;
	for (int i = 0; strict_headers[i][0] != NULL; i++)
		MHD_add_response_header(
		    response, strict_headers[i][0], strict_headers[i][1]);
	if (x->http->secure)
		MHD_add_response_header(
		    response, "Strict-Transport-Security", TLS_ONLY);
	if (reply->type != NULL)
		MHD_add_response_header(
		    response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->type);
	for (int i = 0; i < reply->nheaders; i++)
		MHD_add_response_header(
		    response, reply->headers[i].name, reply->headers[i].value);
	if (x->http->answered != NULL)
		x->http->answered(x->http->arg, reply->status);
	result = MHD_queue_response(
	    x->connection, (unsigned)reply->status, response);
	MHD_destroy_response(response);
	return result;
}

static struct http_exchange *
begin(struct http *http, struct MHD_Connection *connection, const char *method,
    const char *path, const char *version)
{
	struct http_exchange *x = calloc(1, sizeof(*x));

	if (x == NULL)
		return NULL;
	x->http = http;
	x->connection = connection;
	x->request.exchange = x;
	x->request.method = method;
	x->request.path = path;
	x->request.version = version;
	x->request.body = "";
	body_begin(&x->body,
	    http->limit != NULL ? http->limit(http->arg, &x->request) : 0,
	    &http->large);
	return x;
}

static size_t
header_size(const struct http_exchange *x)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	return info != NULL ? info->header_size : 0;
}

/* It is whole: to be served, or refused for what it is. */
static void
serve(struct http_exchange *x)
{
	struct reply *reply = &x->request.reply;

	if (atomic_load(&x->http->stopping)) {
		reply_text(reply, 503, "text/plain",
		    "closing; ask again in a moment\n");
		reply_header(reply, "Connection", "close");
	} else if (!strict_fits(&x->request)) {
		reply_text(reply, 400, "text/plain", "that is no request\n");
		reply_header(reply, "Connection", "close");
	} else if (x->http->named &&
	    !strict_is_for_us(
		http_header(&x->request, "Host"), x->http->host)) {
		reply_text(reply, 421, "text/plain",
		    "this is not asked for by that name; use the address, "
		    "localhost, or tell mailroomd its --host\n");
	} else if (header_size(x) > HTTP_HEADERS_MAX) {
		reply_text(reply, 431, "text/plain",
		    "the headers are more than a request may have\n");
	} else if (x->body.is == TOO_LARGE) {
		reply_text(reply, 413, "text/plain",
		    "that is more than a request may hold\n");
	} else if (x->body.is == TOO_MANY) {
		reply_text(reply, 503, "text/plain",
		    "other large files are being read; send it again in a "
		    "moment\n");
		reply_header(reply, "Retry-After", "5");
	} else {
		x->http->serve(x->http->arg, &x->request);
	}
}

static enum MHD_Result
handle(void *arg, struct MHD_Connection *connection, const char *path,
    const char *method, const char *version, const char *upload, size_t *len,
    void **state)
{
	struct http *http = arg;
	struct http_exchange *x = *state;

	if (x == NULL) {
		*state = x = begin(http, connection, method, path, version);
		return x != NULL ? MHD_YES : MHD_NO;
	}
	if (*len > 0) {
		int failed = body_take(&x->body, upload, *len);

		*len = 0;
		return failed ? MHD_NO : MHD_YES;
	}
	if (x->step == TAKING) {
		x->step = SERVED;
		x->request.len = x->body.len;
		if (x->body.bytes != NULL)
			x->request.body = x->body.bytes;
		atomic_fetch_add(&http->unsent, 1);
		serve(x);
		/* Its answer may be there already; the resumed call gives
		 * it. */
		if (x->later)
			return MHD_YES;
	}
	return x->step == SERVED ? answer(x) : MHD_NO;
}

static void
done(void *arg, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode how)
{
	struct http_exchange *x = *state;

	(void)arg;
	(void)connection;
	(void)how;
	if (x == NULL)
		return;
	if (x->step != TAKING)
		atomic_fetch_sub(&x->http->unsent, 1);
	body_end(&x->body);
	reply_free(&x->request.reply);
	free(x);
	*state = NULL;
}

static size_t
unescape(void *arg, struct MHD_Connection *connection, char *s)
{
	(void)arg;
	(void)connection;
	return strict_unescape(s);
}

/* libmicrohttpd's own words name addresses and paths: they are dropped. */
static void
say_nothing(void *arg, const char *format, va_list ap)
{
	(void)arg;
	(void)format;
	(void)ap;
}

#define MOST_OPTIONS 16
static void
put(struct MHD_OptionItem *items, int *n, enum MHD_OPTION option,
    intptr_t value, const void *pointer)
{
	items[(*n)++] = (struct MHD_OptionItem){option, value, (void *)pointer};
}

static unsigned
set_options(const struct http_options *options, struct MHD_OptionItem *items)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD |
	    MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
	int n = 0;

	put(items, &n, MHD_OPTION_THREAD_POOL_SIZE, options->threads, NULL);
	put(items, &n, MHD_OPTION_CONNECTION_LIMIT, HTTP_CONNECTIONS, NULL);
	put(items, &n, MHD_OPTION_CONNECTION_TIMEOUT, HTTP_SECONDS, NULL);
	put(items, &n, MHD_OPTION_CONNECTION_MEMORY_LIMIT, 32 * 1024, NULL);
	put(items, &n, MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL);
	put(items, &n, MHD_OPTION_LISTEN_SOCKET, options->fd, NULL);
	/* Without TLS only this machine comes, perhaps a proxy for all. */
	put(items, &n, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    options->certificate != NULL ? HTTP_CONNECTIONS_EACH
					 : HTTP_CONNECTIONS,
	    NULL);
	if (options->certificate != NULL) {
		flags |= MHD_USE_TLS;
		put(items, &n, MHD_OPTION_HTTPS_MEM_CERT, 0,
		    options->certificate);
		put(items, &n, MHD_OPTION_HTTPS_MEM_KEY, 0, options->key);
		put(items, &n, MHD_OPTION_HTTPS_PRIORITIES, 0, TLS);
	}
	put(items, &n, MHD_OPTION_END, 0, NULL);
	return flags;
}

/* A certificate is for our name alone, and no browser finds a Unix socket. */
static int
by_any_name(const struct http_options *options)
{
	struct sockaddr_storage at = {.ss_family = AF_UNSPEC};
	socklen_t len = sizeof(at);

	getsockname(options->fd, (struct sockaddr *)&at, &len);
	return options->certificate == NULL && at.ss_family != AF_UNIX;
}

struct http *
http_start(const struct http_options *options)
{
	struct MHD_OptionItem items[MOST_OPTIONS];
	struct http *http = calloc(1, sizeof(*http));
	unsigned flags;

	if (http == NULL)
		return NULL;
	http->serve = options->serve;
	http->limit = options->limit;
	http->host = options->host;
	http->secure = options->certificate != NULL;
	http->named = by_any_name(options);
	http->answered = options->answered;
	http->arg = options->arg;
	flags = set_options(options, items);
	http->daemon = MHD_start_daemon(flags, 0, NULL, NULL, handle, http,
	    MHD_OPTION_EXTERNAL_LOGGER, say_nothing, NULL,
	    MHD_OPTION_UNESCAPE_CALLBACK, unescape, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, done, NULL, MHD_OPTION_ARRAY, items,
	    MHD_OPTION_END);
	if (http->daemon == NULL) {
		free(http);
		return NULL;
	}
	return http;
}

void
http_stop(struct http *http)
{
	const struct timespec moment = {0, 2000000};
	MHD_socket fd;

	if (http == NULL)
		return;
	fd = MHD_quiesce_daemon(http->daemon);
	atomic_store(&http->stopping, 1);
	/* Whoever answers a request is not done with us when its answer is out.
	 * The library must not be stopped under one that was put aside,
	 * and would not wait for answers that somebody is slow to take. */
	for (time_t late = body_clock() + HTTP_SECONDS;
	     (atomic_load(&http->unsent) > 0 ||
		 atomic_load(&http->aside) > 0) &&
	     body_clock() < late;) {
		if (atomic_load(&http->aside) > 0)
			late = body_clock() + HTTP_SECONDS;
		nanosleep(&moment, NULL);
	}
	MHD_stop_daemon(http->daemon);
	if (fd != MHD_INVALID_SOCKET)
		close(fd);
	free(http);
}
