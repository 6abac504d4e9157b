/*
 * A real mailroomd on a real office: started as a process on a port of its
 * own, asked over HTTP, ended by its process id.
 */
#ifndef TEST_DAEMON_H
#define TEST_DAEMON_H

#include "lib/job.h"
#include "test/house.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

extern const char *daemon_path; /* set by main */

struct daemon {
	struct house *house;
	pid_t pid;
	const char *listen; /* set before; NULL: 127.0.0.1:0 */
	const char *ca;     /* TLS, by the authority in that file */
	_Atomic int port;   /* 0: a Unix socket.  Another once it was killed and
	                   * started, while stations go on asking */
	char log[128];
};

/* Somebody who asks: with a cookie and a token once they signed in. */
struct asker {
	struct daemon *daemon;
	char cookie[128], token[64];
	const char *origin, *type; /* sent where they are not NULL */
	const char *line; /* headers more, whole, a newline between two */
	const char *from; /* another address of ours; NULL: any */
	CURL *curl;       /* its connection, kept for the next request */
	int no_token;
	size_t bytes; /* of a body that is no text; 0: up to its NUL */
	char station; /* signs in there; 0: A */
	long status;
	char answer[1 << 18], headers[4096];
	size_t len, headers_len;
};

static inline int
daemon_said(struct daemon *d, const char *what, char *line, size_t size)
{
	char text[65536] = "";
	const char *at;
	FILE *f = fopen(d->log, "r");

	if (f != NULL) {
		text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
		fclose(f);
	}
	at = strstr(text, what);
	if (at != NULL && line != NULL)
		snprintf(line, size, "%.*s", (int)strcspn(at, "\n"), at);
	return at != NULL;
}

static inline void
daemon_hears(struct daemon *d, const char *what, char *line, size_t size)
{
	const struct timespec little = {0, 20000000};

	for (int i = 0; i < 1500 && !daemon_said(d, what, NULL, 0); i++)
		nanosleep(&little, NULL);
	if (!daemon_said(d, what, line, size))
		fail_msg("the daemon does not say: %s", what);
}

static inline void
daemon_start(struct daemon *d, struct house *h)
{
	char line[80];
	int fd;

	d->house = h;
	snprintf(d->log, sizeof(d->log), "%s/said", h->dir);
	d->pid = fork();
	assert_true(d->pid >= 0);
	if (d->pid == 0) {
		/* A test that broke off leaves none behind. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		fd = open(d->log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(fd, STDERR_FILENO);
		if (house_db(h) != NULL)
			setenv("MAILROOM_DB", house_db(h), 1);
		execl(daemon_path, "mailroomd", "--office", h->dir, "--listen",
		    d->listen != NULL ? d->listen : "127.0.0.1:0",
		    (char *)NULL);
		_exit(126);
	}
	daemon_hears(d, "open: port ", line, sizeof(line));
	d->port = atoi(line + strlen("open: port "));
	assert_true(d->port > 0 || d->listen != NULL);
}

/* Until the daily jobs, which write as everybody does, had their turn; quiet
 * is the last of them. */
static inline void
daemon_jobs_are_done(struct house *h)
{
	const struct timespec little = {0, 20000000};
	struct mr_job_row row = {0};

	for (int i = 0; i < 1500 && row.good == 0; i++) {
		nanosleep(&little, NULL);
		assert_int_equal(
		    mr_job_look(h->mr, MR_JOB_QUIET, &row, &h->error), MR_OK);
	}
	assert_true(row.good != 0);
}

/* 0 after a signal that it knows. */
static inline int
daemon_stop(struct daemon *d, int signal)
{
	int status = -1;

	if (d->pid == 0)
		return 0;
	kill(d->pid, signal);
	assert_int_equal(waitpid(d->pid, &status, 0), d->pid);
	d->pid = 0;
	unlink(d->log);
	return status;
}

static inline size_t
asker_take(char *p, size_t one, size_t n, void *arg)
{
	struct asker *a = arg;

	n *= one;
	if (n >= sizeof(a->answer) - a->len)
		return 0;
	memcpy(a->answer + a->len, p, n);
	a->len += n;
	a->answer[a->len] = '\0';
	return n;
}

static inline size_t
asker_header(char *p, size_t one, size_t n, void *arg)
{
	struct asker *a = arg;
	size_t len = one * n;

	if (len >= sizeof(a->headers) - a->headers_len)
		return len;
	memcpy(a->headers + a->headers_len, p, len);
	a->headers_len += len;
	a->headers[a->headers_len] = '\0';
	if (strncasecmp(p, "Set-Cookie: ", 12) == 0)
		snprintf(a->cookie, sizeof(a->cookie), "%.*s",
		    (int)strcspn(p + 12, ";\r\n"), p + 12);
	return len;
}

/* Handles live as long as the program: askers are copied and forgotten. */
static struct {
	pthread_mutex_t lock;
	CURL *handle[1024];
	int n;
} daemon_curls = {.lock = PTHREAD_MUTEX_INITIALIZER};

static inline void
daemon_hang_up(void)
{
	while (daemon_curls.n > 0)
		curl_easy_cleanup(daemon_curls.handle[--daemon_curls.n]);
}

static inline CURL *
asker_curl(struct asker *a)
{
	if (a->curl != NULL) {
		curl_easy_reset(a->curl);
		return a->curl;
	}
	pthread_mutex_lock(&daemon_curls.lock);
	assert_true(daemon_curls.n < 1024);
	if (daemon_curls.n == 0)
		atexit(daemon_hang_up);
	a->curl = curl_easy_init();
	daemon_curls.handle[daemon_curls.n++] = a->curl;
	pthread_mutex_unlock(&daemon_curls.lock);
	return a->curl;
}

static inline struct curl_slist *
asker_lines(struct curl_slist *list, const char *lines)
{
	char line[1024];
	size_t n;

	while (lines != NULL && *lines != '\0') {
		n = strcspn(lines, "\n");
		snprintf(line, sizeof(line), "%.*s", (int)n, lines);
		list = curl_slist_append(list, line);
		lines += n + (lines[n] == '\n');
	}
	return list;
}

static inline struct curl_slist *
asker_headers(const struct asker *a, const char *body)
{
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");
	char line[256];

	if (body != NULL || a->type != NULL) {
		snprintf(line, sizeof(line), "Content-Type: %s",
		    a->type != NULL ? a->type : "application/json");
		list = curl_slist_append(list, line);
	}
	if (a->cookie[0] != '\0') {
		snprintf(line, sizeof(line), "Cookie: %s", a->cookie);
		list = curl_slist_append(list, line);
	}
	if (a->token[0] != '\0' && !a->no_token) {
		snprintf(line, sizeof(line), "Mailroom-Token: %s", a->token);
		list = curl_slist_append(list, line);
	}
	if (a->origin != NULL) {
		snprintf(line, sizeof(line), "Origin: %s", a->origin);
		list = curl_slist_append(list, line);
	}
	return asker_lines(list, a->line);
}

/* method path [body]; the status. */
static inline long
ask(struct asker *a, const char *method, const char *path, const char *body)
{
	struct curl_slist *list = asker_headers(a, body);
	CURL *curl = asker_curl(a);
	char url[2048];
	CURLcode code;

	snprintf(url, sizeof(url), "%s://127.0.0.1:%d%s",
	    a->daemon->ca != NULL ? "https" : "http", a->daemon->port, path);
	a->len = a->headers_len = 0;
	a->answer[0] = a->headers[0] = '\0';
	curl_easy_setopt(curl, CURLOPT_URL, url);
	if (a->daemon->ca != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, a->daemon->ca);
	if (a->daemon->port == 0)
		curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH,
		    a->daemon->listen + strlen("unix:"));
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, asker_take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, a);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, asker_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, a);
	if (a->from != NULL)
		curl_easy_setopt(curl, CURLOPT_INTERFACE, a->from);
	if (strcmp(method, "HEAD") == 0)
		curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
	if (body != NULL)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	if (a->bytes > 0)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, (long)a->bytes);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
	code = curl_easy_perform(curl);
	a->status = 0;
	if (code == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &a->status);
	curl_slist_free_all(list);
	return a->status;
}

/* The answer has that status and that text. */
#define answers(a, want, text) \
	do { \
		if ((a)->status != (want) || \
		    strstr((a)->answer, text) == NULL) \
			fail_msg("%ld: %s", (a)->status, (a)->answer); \
	} while (0)

static inline long
sign_in(struct asker *a, const char *user, const char *passphrase)
{
	char body[300];
	const char *at;

	snprintf(body, sizeof(body),
	    "{\"user\":\"%s\",\"passphrase\":\"%s\",\"station\":\"%c\"}", user,
	    passphrase, a->station != 0 ? a->station : 'A');
	a->cookie[0] = a->token[0] = '\0';
	ask(a, "POST", "/api/session", body);
	at = strstr(a->answer, "\"token\":\"");
	if (a->status == 200 && at != NULL)
		snprintf(a->token, sizeof(a->token), "%.*s",
		    (int)strcspn(at + 9, "\""), at + 9);
	return a->status;
}

#endif
