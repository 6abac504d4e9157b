/* The bare libraries over HTTP.  See bare_http.h. */
#include "test/bench/bare_http.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "test/bench/bench.h"

#define THREADS 2
#define ANSWER 512 /* bytes, about as many as ours */

struct bare_http {
	struct MHD_Daemon *daemon;
	struct bare *bare;
	const int *marks;
	int n, at;
	pthread_mutex_t lock; /* one connection to one file */
	char answer[ANSWER];
};

/* One letter; 0, or -1: the tape is at its end. */
static int
log_one(struct bare_http *http)
{
	int done = -1;

	pthread_mutex_lock(&http->lock);
	if (http->at < http->n) {
		bare_run(http->bare, http->marks[http->at],
		    http->marks[http->at + 1]);
		http->at++;
		done = 0;
	}
	pthread_mutex_unlock(&http->lock);
	return done;
}

static enum MHD_Result
handle(void *arg, struct MHD_Connection *connection, const char *path,
    const char *method, const char *version, const char *upload, size_t *len,
    void **state)
{
	static int begun;
	struct bare_http *http = arg;
	struct MHD_Response *response;
	enum MHD_Result result;
	int failed;

	(void)path, (void)method, (void)version, (void)upload;
	if (*state == NULL) {
		*state = &begun;
		return MHD_YES;
	}
	if (*len > 0) {
		*len = 0;
		return MHD_YES;
	}
	failed = log_one(http);
	response = MHD_create_response_from_buffer(
	    ANSWER, http->answer, MHD_RESPMEM_PERSISTENT);
	result = MHD_queue_response(connection, failed ? 503 : 200, response);
	MHD_destroy_response(response);
	return result;
}

struct bare_http *
bare_http_start(
    const char *dir, const struct tape *tape, const int *marks, int n)
{
	struct bare_http *http = calloc(1, sizeof(*http));

	if (http == NULL)
		bench_stop("memory ran out");
	http->bare = bare_open(dir, tape);
	http->marks = marks;
	http->n = n;
	pthread_mutex_init(&http->lock, NULL);
	memset(http->answer, 'x', ANSWER);
	http->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL,
	    NULL, handle, http, MHD_OPTION_THREAD_POOL_SIZE, THREADS,
	    MHD_OPTION_END);
	if (http->daemon == NULL)
		bench_stop("libmicrohttpd does not start");
	return http;
}

int
bare_http_port(const struct bare_http *http)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info != NULL ? info->port : 0;
}

int
bare_http_stop(struct bare_http *http)
{
	int done = http->at;

	MHD_stop_daemon(http->daemon);
	done = http->at;
	bare_close(http->bare);
	pthread_mutex_destroy(&http->lock);
	free(http);
	return done;
}
