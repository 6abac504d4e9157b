/*
 * mailroomd: serves an office to several people at once, and keeps it in order
 * while nobody asks.  Says on stderr what it did, in event numbers and other
 * integers only.  See mailroomd(8).
 */
#include <jansson.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>
#include <time.h>

#include "lib/backup.h"
#include "lib/instance.h"
#include "lib/mailroom.h"
#include "mailroomd/conf.h"
#include "mailroomd/eye.h"
#include "mailroomd/instance.h"
#include "mailroomd/listen.h"
#include "mailroomd/log.h"
#include "mailroomd/metrics.h"
#include "mailroomd/office.h"
#include "mailroomd/pem.h"

/* To the next beat, or to a signal that ends us: its number, or 0. */
static int
wait_a_little(const sigset_t *ends)
{
	const struct timespec rest = {MR_INSTANCE_BEAT, 0};
	int number = sigtimedwait(ends, NULL, &rest);

	return number > 0 ? number : 0;
}

static int
serve(const struct office *office, const struct place *place,
    const sigset_t *ends)
{
	int number = 0;

	log_line(LOG_OPEN, place->port, 0, 0);
	sd_notify(0, "READY=1");
	while (number == 0) {
		pem_watch(office->certificate_ends);
		instance_beat(office->writer);
		number = wait_a_little(ends);
	}
	log_line(LOG_CLOSING, number, 0, 0);
	sd_notify(0, "STOPPING=1");
	return instance_lost() ? mr_status_exit(MR_REFUSED) : 0;
}

static int
say(const char *sentence)
{
	fprintf(stderr, "mailroomd: %s\n", sentence);
	return -1;
}

/* Everybody on the network would read what goes by. */
static int
check_place(const struct conf *conf, int far)
{
	if (!far || conf->certificate != NULL)
		return 0;
	return say("only 127.0.0.1, ::1 and unix:PATH go without a "
		   "certificate; make one with 'mailroom office certificate' "
		   "and name it with --certificate");
}

static struct http *
start_http(const struct conf *conf, struct office *office, int fd)
{
	struct http_options options = {.fd = fd,
	    .threads = conf->threads,
	    .host = conf->host,
	    .serve = office_serve,
	    .limit = office_limit,
	    .answered = office_answered,
	    .arg = office};
	struct http *http;
	struct pem pem;

	if (pem_read(conf, &pem) != 0)
		return NULL;
	options.certificate = pem.certificate;
	options.key = pem.key;
	office->secure = pem.certificate != NULL;
	office->certificate_ends = pem.ends;
	http = http_start(&options);
	pem_wipe(&pem);
	if (http == NULL)
		say("HTTP could not be started; is it a certificate and its "
		    "key?");
	return http;
}

/* Numbers for this machine alone.  0, or -1: it was told why not. */
static int
start_metrics(const struct conf *conf, struct office *office,
    struct place *place, struct http **http)
{
	struct http_options options = {.threads = 1,
	    .host = conf->host,
	    .serve = metrics_serve,
	    .arg = office};
	char why[256];

	if (conf->metrics == NULL)
		return 0;
	if (listen_at(conf->metrics, place, why, sizeof(why)) != 0)
		return say(why);
	if (!place->loopback)
		return say("--metrics is for this machine alone: 127.0.0.1, "
			   "::1 or unix:PATH");
	options.fd = place->fd;
	*http = http_start(&options);
	return *http != NULL ? 0 : say("--metrics could not be started");
}

/* Everything is open; serve until a signal, then in reverse. */
static int
run(const struct conf *conf, const sigset_t *ends)
{
	const struct mr_options at = {.dir = conf->office, .db = conf->db};
	struct mr_error error = {0};
	struct office office = {0};
	struct http *http = NULL, *numbers = NULL;
	struct place place, aside = {.path = NULL};
	char why[256];
	int code = mr_status_exit(MR_IO);

	if (check_place(conf, listen_far(conf->listen)) != 0)
		return mr_status_exit(MR_USAGE);
	if (listen_at(conf->listen, &place, why, sizeof(why)) != 0) {
		say(why);
		return code;
	}
	/* A service manager's socket may be another. */
	if (check_place(conf, !place.loopback) != 0) {
		code = mr_status_exit(MR_USAGE);
	} else if (office_open(&office, &at, &error) != 0 ||
	    (office.jobs = jobs_start(&at, conf->minute, &error)) == NULL) {
		say(error.message);
		code = mr_status_exit(error.status);
	} else {
		http = start_http(conf, &office, place.fd);
		if (http != NULL &&
		    start_metrics(conf, &office, &aside, &numbers) == 0)
			code = serve(&office, &place, ends);
	}
	http_stop(numbers);
	http_stop(http);
	jobs_stop(office.jobs);
	instance_end(office.writer);
	office_close(&office);
	listen_end(&place);
	listen_end(&aside);
	return code;
}

/* What the vault opened must not lie on the disk after a crash, nor be read
 * by another program of our user's. */
static void
keep_to_ourselves(void)
{
	const struct rlimit no_core = {0, 0};

	setrlimit(RLIMIT_CORE, &no_core);
#ifndef __SANITIZE_ADDRESS__ /* which looks for leaks from another process */
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* A passphrase comes as JSON, and jansson copies what it reads. */
static void *
json_take(size_t size)
{
	return malloc(size);
}

static void
json_give(void *p)
{
	if (p != NULL)
		explicit_bzero(p, malloc_usable_size(p));
	free(p);
}

int
main(int argc, char **argv)
{
	struct mr_options options = {.no_checkpoint = 1};
	struct mr_error error = {0};
	struct mr *mr = NULL;
	static struct conf conf; /* its strings last as long */
	sigset_t ends;
	int code;

	if (argc == 2 && strcmp(argv[1], EYE_ARGUMENT) == 0)
		return eye_main();
	if (conf_read(argc, argv, &conf, &code) != 0)
		return code;
	keep_to_ourselves();
	/* Before any thread, so that all of them leave it to the wait. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	signal(SIGPIPE, SIG_IGN);
	json_set_alloc_funcs(json_take, json_give);

	options.dir = conf.office;
	options.db = conf.db;
	mr_backup_folder(conf.backup);
	/* Once before there are threads: it may have to come to this schema. */
	if (mr_open(&options, &mr, &error) == MR_OK &&
	    instance_begin(mr, conf.takeover, &error) == 0) {
		mr_close(mr);
		code = run(&conf, &ends);
	} else {
		mr_close(mr);
		code = mr_status_exit(error.status);
		say(error.message);
	}
	return code;
}
