/* The daemon's parts, started and stopped together.  See office.h. */
#include "mailroomd/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/tongue.h"
#include "mailroomd/answer.h"
#include "mailroomd/api.h"
#include "mailroomd/benches.h"
#include "mailroomd/page.h"
#include "mailroomd/press.h"

int64_t
office_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec;
}

void
office_serve(void *arg, struct http_request *request)
{
	struct office *office = arg;
	const char *language =
	    mr_tongue_of(http_header(request, "Accept-Language"));
	const char *before = mr_tongue_set(language);

	request->reply.language = language;
	if (!api_serve(office, request) && !page_serve(request))
		answer_problem(
		    &request->reply, 404, MR_NOTFOUND, "there is no such page");
	mr_tongue_set(before);
}

size_t
office_limit(void *arg, const struct http_request *request)
{
	return api_limit(arg, request);
}

void
office_answered(void *arg, int status)
{
	struct office *office = arg;

	atomic_fetch_add(&office->requests, 1);
	if (status >= 500)
		atomic_fetch_add(&office->failed, 1);
	else if (status >= 400)
		atomic_fetch_add(&office->refused, 1);
}

int
office_open(
    struct office *office, const struct mr_options *at, struct mr_error *error)
{
	office->dir = at->dir;
	office->sessions = sessions_new();
	office->throttle = throttle_new();
	office->readers = readers_new(at);
	office->benches = benches_new();
	if (office->sessions == NULL || office->throttle == NULL ||
	    office->readers == NULL || office->benches == NULL) {
		error->status = MR_NOMEM;
		snprintf(
		    error->message, sizeof(error->message), "memory ran out");
		return -1;
	}
	office->press = press_start(error);
	if (office->press != NULL)
		office->mover = mover_start(at, error);
	if (office->mover != NULL)
		office->writer = writer_start(at, office->mover, error);
	if (office->writer != NULL)
		office->desk = crew_start(at, 2, OFFICE_DESK_QUEUE, error);
	if (office->desk != NULL)
		office->door = crew_start(at, 1, OFFICE_DOOR_QUEUE, error);
	return office->door != NULL ? 0 : -1;
}

void
office_close(struct office *office)
{
	crew_stop(office->door);
	crew_stop(office->desk);
	press_stop(office->press);
	writer_stop(office->writer);
	mover_stop(office->mover);
	readers_free(office->readers);
	throttle_free(office->throttle);
	sessions_free(office->sessions);
	benches_free(office->benches);
}
