/*
 * What the files of the door share: door.c knows sessions and who asks,
 * visit.c signs people in, errand.c asks for a passphrase once more.
 */
#ifndef MAILROOMD_DOOR_H
#define MAILROOMD_DOOR_H

#include "mailroomd/office.h"

/* What a page is told of the office. */
struct door_office {
	char name[128];
	int practice;
};
void door_know_office(struct mr *mr, struct door_office *office);

/* visit.c: POST /api/session. */
void visit_begin(struct office *office, struct http_request *request);

/* 0, or -1: it was sent by a page that is not ours, or is no JSON; told. */
int
door_change_allowed(const struct http_request *request, struct reply *reply);
void door_put_session(struct reply *reply, const struct session *session,
    const struct door_office *office);
void
door_put_cookie(struct office *office, struct reply *reply, const char *cookie);
/* What mr_still_signed says no with: 401 and the session is over where the
 * user was changed, else a problem as its status has it. */
void door_turn_away(struct office *office, struct http_request *request,
    const struct mr_error *error);
/* 429: wait so many seconds. */
void door_too_often(struct reply *reply, int wait);
/* End the session of the request's cookie, if there is one. */
void
door_end_session(struct office *office, const struct http_request *request);

#endif
