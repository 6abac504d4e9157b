/* Health and numbers.  See metrics.h. */
#include "mailroomd/metrics.h"

#include <stdio.h>
#include <string.h>

#define TEXT "text/plain; version=0.0.4; charset=utf-8"

static void
number(struct reply *reply, const char *name, const char *kind,
    const char *help, unsigned long value)
{
	char text[400];
	int n = snprintf(text, sizeof(text),
	    "# HELP mailroom_%s %s\n# TYPE mailroom_%s %s\nmailroom_%s %lu\n",
	    name, help, name, kind, name, value);

	reply_write(reply, text, (size_t)n);
}

/* One number of every job: when it last went well, or how it last went. */
static void
put_job_rows(struct reply *reply, const char *name, const char *help,
    const struct mr_job_row *rows, int well)
{
	char text[400];
	int n = snprintf(text, sizeof(text),
	    "# HELP mailroom_job_%s %s\n# TYPE mailroom_job_%s gauge\n", name,
	    help, name);

	reply_write(reply, text, (size_t)n);
	for (int job = 1; job < MR_NJOBS; job++) {
		n = snprintf(text, sizeof(text),
		    "mailroom_job_%s{job=\"%s\"} %lld\n", name,
		    mr_job_name((enum mr_job)job),
		    well ? (long long)(rows[job].good / 1000000)
			 : (long long)rows[job].status);
		reply_write(reply, text, (size_t)n);
	}
}

static void
put_jobs(struct office *office, struct reply *reply)
{
	struct mr_job_row rows[MR_NJOBS] = {{.begun = 0}};
	struct mr_error error = {0};
	struct mr *mr = reader_take(office->readers, &error);
	enum mr_status status = MR_OK;

	if (mr == NULL)
		return;
	for (int job = 1; job < MR_NJOBS && status == MR_OK; job++)
		status = mr_job_look(mr, (enum mr_job)job, &rows[job], &error);
	reader_give(office->readers, mr);
	if (status != MR_OK)
		return;
	put_job_rows(reply, "success_timestamp_seconds",
	    "When a job last went well; 0: never.", rows, 1);
	put_job_rows(reply, "status",
	    "How it last went; 0: well, else a status of mailroom.h.", rows, 0);
}

static void
put_numbers(struct office *office, struct reply *reply)
{
	unsigned long groups = 0, works = 0;

	reply->status = 200;
	reply->type = TEXT;
	writer_counts(office->writer, &groups, &works);
	number(reply, "requests_total", "counter", "Requests answered.",
	    atomic_load(&office->requests));
	number(reply, "refused_total", "counter", "Requests answered with 4xx.",
	    atomic_load(&office->refused));
	number(reply, "failed_total", "counter", "Requests answered with 5xx.",
	    atomic_load(&office->failed));
	number(reply, "writes_total", "counter",
	    "Operations that the writer ran.", works);
	number(reply, "commits_total", "counter",
	    "Transactions that they were committed in.", groups);
	if (office->secure)
		number(reply, "certificate_end_seconds", "gauge",
		    "When the certificate ends, in seconds since 1970.",
		    (unsigned long)office->certificate_ends);
	number(reply, "sessions", "gauge", "People signed in.",
	    (unsigned long)session_count(office->sessions, office_clock()));
	put_jobs(office, reply);
}

/* Can the office be read? */
static void
put_health(struct office *office, struct reply *reply)
{
	struct mr_error error = {0};
	struct mr *mr = reader_take(office->readers, &error);

	if (mr == NULL) {
		reply_text(reply, 503, TEXT, "the office cannot be opened\n");
		return;
	}
	reader_give(office->readers, mr);
	reply_text(reply, 200, TEXT, "ok\n");
}

void
metrics_serve(void *arg, struct http_request *request)
{
	struct office *office = arg;

	if (strcmp(request->method, "GET") != 0)
		reply_text(&request->reply, 405, TEXT, "GET\n");
	else if (strcmp(request->path, "/health") == 0)
		put_health(office, &request->reply);
	else if (strcmp(request->path, "/metrics") == 0)
		put_numbers(office, &request->reply);
	else
		reply_text(&request->reply, 404, TEXT, "/health, /metrics\n");
}
