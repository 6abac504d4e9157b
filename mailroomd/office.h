/* What the parts of the daemon share while it serves one office. */
#ifndef MAILROOMD_OFFICE_H
#define MAILROOMD_OFFICE_H

#include <stdatomic.h>

#include "mailroomd/http.h"
#include "mailroomd/jobs.h"
#include "mailroomd/move.h"
#include "mailroomd/session.h"
#include "mailroomd/throttle.h"
#include "mailroomd/work.h"

struct office {
	const char *dir;
	struct mover *mover;
	int secure;               /* TLS: the cookie says so */
	int64_t certificate_ends; /* seconds UTC */
	struct writer *writer;
	struct jobs *jobs;
	struct crew *desk; /* what reads long */
	struct crew *door; /* sign-in: one at a time */
	struct readers *readers;
	struct sessions *sessions;
	struct throttle *throttle;
	struct benches *benches; /* of the sessions */
	struct press *press;     /* what prints */
	atomic_ulong requests, refused, failed;
};

#define OFFICE_DOOR_QUEUE 4
#define OFFICE_DESK_QUEUE 64

/* 0, or -1: *error says why.  Close it either way. */
int office_open(
    struct office *office, const struct mr_options *at, struct mr_error *error);
/* Does what it confirmed, then ends.  No request may be served any more. */
void office_close(struct office *office);
/* For http_options. */
void office_serve(void *office, struct http_request *request);
size_t office_limit(void *office, const struct http_request *request);
void office_answered(void *office, int status);

/* Seconds of a clock that nobody sets. */
int64_t office_clock(void);

#endif
