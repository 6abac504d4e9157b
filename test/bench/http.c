/*
 * Letters logged over HTTP: a mailroomd of its own on a copy of the office,
 * asked by wrk, beside a bare libmicrohttpd handler with the same statements
 * (bare_http.h) on another copy.  Rounds take turns.
 */
#include <curl/curl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/bench/bare_http.h"
#include "test/bench/measures.h"

#define SECONDS "2"
#define ROUNDS 5
#define TAPE 12000 /* letters: more than the bare one does in a round */
#define STATIONS 16
#define REST 100 /* ms */
#define VERDICT_MS 10

/* A daemon, and somebody who is signed in. */
static struct {
	pid_t pid;
	int port;
	char dir[512], cookie[100], token[64];
} served;

/* What wrk saw. */
struct seen {
	double seconds;  /* of a letter, by how many there were */
	double p50, p99; /* ms */
};

static const char *program = "";

void
bench_program(const char *path)
{
	program = path;
}

static void
start_daemon(const char *dir)
{
	char path[512], log[512], line[200];
	const char *slash = strrchr(program, '/');
	FILE *f = NULL;

	snprintf(path, sizeof(path), "%.*s../../mailroomd/mailroomd",
	    slash != NULL ? (int)(slash + 1 - program) : 0, program);
	snprintf(served.dir, sizeof(served.dir), "%s", dir);
	bench_path(log, dir, "../daemon.log");
	unlink(log);
	served.pid = fork();
	if (served.pid == 0) {
		/* A bench that broke off leaves none behind. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (freopen(log, "w", stderr) == NULL)
			_exit(126);
		execl(path, "mailroomd", "--office", dir, "--listen",
		    "127.0.0.1:0", "--backup-at", "never", (char *)NULL);
		_exit(126);
	}
	served.port = 0;
	for (int i = 0; i < 500 && served.port == 0; i++) {
		usleep(20000);
		f = fopen(log, "r");
		if (f == NULL)
			continue;
		while (fgets(line, sizeof(line), f) != NULL)
			sscanf(line, "mailroomd: open: port %d", &served.port);
		fclose(f);
	}
	if (served.port == 0)
		bench_stop("%s does not serve %s", path, dir);
	unlink(log);
}

static void
stop_daemon(void)
{
	int status = 0;

	kill(served.pid, SIGTERM);
	waitpid(served.pid, &status, 0);
	if (status != 0)
		bench_stop("the daemon ended with %d", status);
}

static size_t
take_header(char *p, size_t one, size_t n, void *arg)
{
	(void)arg;
	if (strncasecmp(p, "Set-Cookie: ", 12) == 0)
		snprintf(served.cookie, sizeof(served.cookie), "%.*s",
		    (int)strcspn(p + 12, ";\r\n"), p + 12);
	return one * n;
}

static size_t
take_body(char *p, size_t one, size_t n, void *arg)
{
	const char *at = strstr(p, "\"token\":\"");

	(void)arg;
	if (at != NULL)
		snprintf(served.token, sizeof(served.token), "%.43s", at + 9);
	return one * n;
}

/* A station logs 65,535 letters a day at most. */
static void
sign_in(char station)
{
	struct curl_slist *list =
	    curl_slist_append(NULL, "Content-Type: application/json");
	CURL *curl = curl_easy_init();
	char url[100], body[200];

	snprintf(body, sizeof(body),
	    "{\"user\":\"ruth\",\"passphrase\":\"" BENCH_PASSPHRASE
	    "\",\"station\":\"%c\"}",
	    station);
	snprintf(
	    url, sizeof(url), "http://127.0.0.1:%d/api/session", served.port);
	served.token[0] = '\0';
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	if (curl_easy_perform(curl) != CURLE_OK || served.token[0] == '\0')
		bench_stop("nobody can sign in");
	curl_easy_cleanup(curl);
	curl_slist_free_all(list);
}

static void
write_ids(const char *path, const struct fill *fill)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		bench_stop("%s cannot be written", path);
	for (int i = 0; i < fill->nids; i++)
		fprintf(f, "%s\n", fill->ids[i].text);
	fclose(f);
}

/* Nothing that it asks may fail. */
static struct seen
wrk(int port, int connections, const char *ids, int rest)
{
	long requests = 0, us = 0, p50 = 0, p99 = 0;
	long broken = -1, refused = 0, late = 0;
	char command[2048], line[300];
	static int salt;
	FILE *out;

	snprintf(command, sizeof(command),
	    "wrk -t%d -c%d -d" SECONDS " -s test/bench/http.lua "
	    "http://127.0.0.1:%d/ -- %s '%s' '%s' %d-%d %d",
	    connections > 1 ? 2 : 1, connections, port, ids, served.cookie,
	    served.token, (int)getpid(), salt++, rest);
	out = popen(command, "r");
	while (out != NULL && fgets(line, sizeof(line), out) != NULL)
		sscanf(line, "RESULT %ld %ld %ld %ld %ld %ld %ld", &requests,
		    &us, &p50, &p99, &broken, &refused, &late);
	if (out == NULL || pclose(out) != 0 || requests == 0 ||
	    broken + refused + late != 0)
		bench_stop("wrk: of %ld requests %ld broke, %ld were refused, "
			   "%ld came late",
		    requests, broken, refused, late);
	return (struct seen){(double)us / 1e6 / (double)requests,
	    (double)p50 / 1e3, (double)p99 / 1e3};
}

/* So many letters, one by one and with a request key each as the daemon's are,
 * and the places between them. */
static struct tape *
record(const char *dir, struct fill fill, int *marks)
{
	const struct mr_op *receive = mr_op_find("letter receive");
	struct tape *tape = tape_new();
	static struct bench_office o;
	char copy[512], key[32];

	bench_copy(dir, bench_path(copy, dir, "../record"));
	bench_open(&o, copy);
	tape_on(tape, 1);
	marks[0] = 0;
	for (int i = 0; i < TAPE; i++) {
		o.now += 4000000;
		snprintf(key, sizeof(key), "record-%d", i);
		o.request = key;
		bench_op(&o, receive, "id", fill_any(&fill)->text, "sheets",
		    "3", NULL);
		marks[i + 1] = tape_at(tape);
	}
	tape_on(tape, 0);
	bench_close(&o);
	bench_remove(copy);
	return tape;
}

/* A round of the bare one, on a fresh copy. */
static struct seen
bare_round(const char *dir, const struct tape *tape, const int *marks,
    int connections, const char *ids)
{
	struct bare_http *http;
	struct seen seen;
	char copy[512];

	bench_copy(dir, bench_path(copy, dir, "../bare"));
	http = bare_http_start(copy, tape, marks, TAPE);
	seen = wrk(bare_http_port(http), connections, ids, 0);
	bare_http_stop(http);
	bench_remove(copy);
	return seen;
}

static struct seen
our_round(const char *dir, int connections, const char *ids)
{
	struct seen seen;
	char copy[512];

	bench_copy(dir, bench_path(copy, dir, "../ours"));
	start_daemon(copy);
	sign_in('A');
	seen = wrk(served.port, connections, ids, 0);
	stop_daemon();
	bench_remove(copy);
	return seen;
}

static void
beside(const char *dir, const struct tape *tape, const int *marks,
    int connections, const char *ids, const char *names[3], double target)
{
	struct bench_rounds rounds = {.n = ROUNDS};
	double p50[ROUNDS], p99[ROUNDS];

	for (int i = 0; i < 2 * ROUNDS; i++) {
		int ours = (i + i / 2) % 2 == 0;
		struct seen seen = ours
		    ? our_round(dir, connections, ids)
		    : bare_round(dir, tape, marks, connections, ids);

		*(ours ? &rounds.ours[i / 2] : &rounds.bare[i / 2]) =
		    seen.seconds;
		if (ours) {
			p50[i / 2] = seen.p50;
			p99[i / 2] = seen.p99;
		}
	}
	bench_ratio(names[0], &rounds, 1, target);
	bench_limit(names[1], bench_median(p50, ROUNDS), "ms", 0);
	bench_limit(names[2], bench_median(p99, ROUNDS), "ms", 0);
}

static int
there_is_wrk(void)
{
	return system("command -v wrk >/dev/null 2>&1") == 0;
}

void
measure_http(const char *dir, struct fill *fill)
{
	static const char *one[] = {"log over HTTP, 1 connection",
	    "log over HTTP, 1 connection, half within",
	    "log over HTTP, 1 connection, 99 of 100 within"};
	static const char *many[] = {"log over HTTP, 64 connections",
	    "log over HTTP, 64 connections, half within",
	    "log over HTTP, 64 connections, 99 of 100"};
	int *marks = calloc(TAPE + 1, sizeof(*marks));
	struct tape *tape;
	char ids[512];

	if (marks == NULL || !bench_wanted("log over HTTP")) {
		free(marks);
		return;
	}
	if (!there_is_wrk()) {
		bench_missing(one[0], "wrk");
		free(marks);
		return;
	}
	bench_tell("log over HTTP");
	write_ids(bench_path(ids, dir, "../ids"), fill);
	tape = record(dir, *fill, marks);
	beside(dir, tape, marks, 1, ids, one, 0.8);
	beside(dir, tape, marks, 64, ids, many, 3);
	tape_free(tape);
	free(marks);
	unlink(ids);
}

/* Sixteen with ten scans a second each, as no hand has; and without a rest. */
void
measure_http_large(const char *dir, struct fill *fill)
{
	static const char name[] = "verdict over HTTP, 16 stations, 99 of 100";
	double p99[ROUNDS], most[ROUNDS];
	char ids[512], copy[512];

	if (!bench_wanted(name) || !there_is_wrk())
		return;
	bench_tell(name);
	write_ids(bench_path(ids, dir, "../ids"), fill);
	bench_copy(dir, bench_path(copy, dir, "../ours"));
	start_daemon(copy);
	sign_in('A');
	wrk(served.port, STATIONS, ids, 0); /* to warm it */
	for (int i = 0; i < ROUNDS; i++) {
		sign_in((char)('B' + i));
		p99[i] = wrk(served.port, STATIONS, ids, REST).p99;
		most[i] = wrk(served.port, STATIONS, ids, 0).p99;
	}
	stop_daemon();
	bench_remove(copy);
	unlink(ids);
	bench_limit(name, bench_median(p99, ROUNDS), "ms", VERDICT_MS);
	bench_limit("the same, and they never rest", bench_median(most, ROUNDS),
	    "ms", 0);
}
