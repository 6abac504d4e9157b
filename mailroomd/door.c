/*
 * The door: who asks, signing out, /api/session.  Signing in is in visit.c.
 */
#include "mailroomd/door.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/op.h"
#include "lib/tongue.h"
#include "mailroomd/answer.h"
#include "mailroomd/api.h"
#include "mailroomd/bench.h"
#include "mailroomd/log.h"

#define TOKEN_HEADER "Mailroom-Token"

const char *
door_cookie_name(const struct office *office)
{
	return office->secure ? "__Host-mailroom" : "mailroom";
}

void
door_put_session(struct reply *reply, const struct session *session,
    const struct door_office *office)
{
	static const char *const by[] = {[MR_BY_PASSPHRASE] = "passphrase",
	    [MR_BY_BADGE] = "badge",
	    [MR_BY_CODE] = "code"};
	char station[2] = {(char)session->station, '\0'};
	int64_t left = session->ends - office_clock();
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:b, s:s?, s:b, s:s, s:b, "
			      "s:s#, s:i, s:I}",
	    "user", session->who.name, "role", mr_role_name(session->who.role),
	    "station", station, "token", session->token, "vault",
	    session->who.holds, "by", by[session->who.by], "first",
	    session->who.by == MR_BY_CODE, "office", office->name, "practice",
	    office->practice, "language",
	    reply->language != NULL ? reply->language : "en", 2, "idle",
	    session->idle, "left", (json_int_t)(session->local ? 0 : left));
	char *text = o != NULL ? json_dumps(o, JSON_COMPACT) : NULL;

	if (text != NULL)
		reply_text(reply, 200, JSON_TYPE, text);
	else
		reply->failed = 1;
	if (text != NULL)
		explicit_bzero(text, strlen(text));
	free(text);
	json_decref(o);
}

void
door_put_cookie(struct office *office, struct reply *reply, const char *cookie)
{
	reply_header(reply, "Set-Cookie",
	    "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
	    door_cookie_name(office), cookie, office->secure ? "; Secure" : "",
	    cookie[0] == '\0' ? "; Max-Age=0" : "");
}

void
door_know_office(struct mr *mr, struct door_office *office)
{
	office->practice = mr_is_practice(mr);
	snprintf(office->name, sizeof(office->name), "%s", mr_office_name(mr));
}

void
door_too_often(struct reply *reply, int wait)
{
	const char *before = mr_tongue_set(reply->language);
	char text[200];

	snprintf(text, sizeof(text),
	    mr_say("that was tried too often; wait %d second%s, then type it "
		   "slowly"),
	    wait, wait == 1 ? "" : "s");
	mr_tongue_set(before);
	answer_problem(reply, 429, MR_DENIED, text);
	reply_header(reply, "Retry-After", "%d", wait);
	log_line(LOG_SIGN_IN_REFUSED, MR_DENIED, wait, 0);
}

void
door_end_session(struct office *office, const struct http_request *request)
{
	char cookie[SESSION_TOKEN];

	if (http_cookie(
		request, door_cookie_name(office), cookie, sizeof(cookie)) == 0)
		session_end(office->sessions, cookie);
	sodium_memzero(cookie, sizeof(cookie));
}

void
door_turn_away(struct office *office, struct http_request *request,
    const struct mr_error *error)
{
	int ended = error->status == MR_DENIED;

	if (ended)
		door_end_session(office, request);
	answer_problem(
	    &request->reply, ended ? 401 : 0, error->status, error->message);
}

static void
signed_out(struct reply *reply)
{
	answer_problem(reply, 401, MR_DENIED,
	    "nobody is signed in here, or it was too long ago; sign in again");
}

/* A page of somebody else's may send a browser here; it cannot read our
 * token, and a browser says where it comes from. */
static int
from_outside(const struct http_request *request)
{
	const char *site = http_header(request, "Sec-Fetch-Site");
	const char *origin = http_header(request, "Origin");
	const char *host = http_header(request, "Host");
	const char *at;

	if (site != NULL && strcmp(site, "same-origin") != 0 &&
	    strcmp(site, "none") != 0)
		return 1;
	if (origin == NULL)
		return 0;
	at = strstr(origin, "://");
	return at == NULL || host == NULL || strcmp(at + 3, host) != 0;
}

static int
has_token(const struct http_request *request, const struct session *session)
{
	const char *token = http_header(request, TOKEN_HEADER);

	return token != NULL && strlen(token) == SESSION_TOKEN - 1 &&
	    sodium_memcmp(token, session->token, SESSION_TOKEN - 1) == 0;
}

/* No form of another page can send such a type unasked. */
static int
is_expected(const struct http_request *request)
{
	const char *type = http_header(request, "Content-Type");
	const char *wanted = strcmp(request->path, "/api/photo") == 0
	    ? "application/octet-stream"
	    : JSON_TYPE;

	return request->len == 0 ||
	    (type != NULL && strncmp(type, wanted, strlen(wanted)) == 0);
}

int
door_change_allowed(const struct http_request *request, struct reply *reply)
{
	if (from_outside(request)) {
		answer_problem(reply, 403, MR_DENIED,
		    "this was sent by a page that is not ours");
		return -1;
	}
	if (!is_expected(request)) {
		answer_problem(reply, 415, MR_USAGE,
		    "send the parameters as application/json");
		return -1;
	}
	return 0;
}

/* As on the command line: named, not proved.  The socket is the office's, and
 * whoever is its owner can read its file. */
static void
local_session(const struct http_request *request, struct session *session)
{
	const char *user = http_header(request, "Mailroom-User");
	const char *station = http_header(request, "Mailroom-Station");

	memset(session, 0, sizeof(*session));
	session->local = 1;
	snprintf(session->who.name, sizeof(session->who.name), "%s",
	    user != NULL ? user : "");
	session->station = 'A';
	if (station != NULL && strlen(station) == 1 && station[0] >= 'A' &&
	    station[0] <= 'Z')
		session->station = station[0];
}

/* By a proxy that runs as our user, for somebody whom we cannot see. */
static int
was_passed_on(const struct http_request *request)
{
	static const char *const signs[] = {
	    "Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (http_header(request, signs[i]) != NULL)
			return 1;
	return 0;
}

static int
by_cookie(struct office *office, const struct http_request *request, int quiet,
    struct session *session)
{
	char cookie[SESSION_TOKEN];
	int failed = http_cookie(
	    request, door_cookie_name(office), cookie, sizeof(cookie));

	if (failed == 0 && quiet)
		failed = session_peek(
		    office->sessions, cookie, office_clock(), session);
	else if (failed == 0)
		failed = session_find(
		    office->sessions, cookie, office_clock(), session);
	sodium_memzero(cookie, sizeof(cookie));
	return failed;
}

int
door_may(
    struct office *office, const struct http_request *request, unsigned roles)
{
	struct session session;
	int may;

	if (http_header(request, "Cookie") == NULL)
		return http_own_user(request) && !was_passed_on(request);
	may = by_cookie(office, request, 1, &session) == 0 &&
	    (session.who.role & roles) != 0 && has_token(request, &session);
	session_wipe(&session);
	return may;
}

/* With a code somebody does one thing: choose the first passphrase. */
static int
may_with_code(const struct http_request *request)
{
	return strcmp(request->path, "/api/session") == 0 ||
	    strcmp(request->path, "/api/user/passphrase") == 0;
}

/* A page that only looks, to see whether the session lasts, keeps it not
 * alive. */
static int
is_quiet(const struct http_request *request)
{
	return strcmp(request->method, "HEAD") == 0 ||
	    http_header(request, "Mailroom-Quiet") != NULL ||
	    (strcmp(request->path, "/api/session") == 0 &&
		http_query(request, "quiet") != NULL);
}

int
door_check(struct office *office, struct http_request *request, int change,
    struct session *session)
{
	struct reply *reply = &request->reply;

	memset(session, 0, sizeof(*session));
	if (http_header(request, "Cookie") == NULL && http_own_user(request) &&
	    !was_passed_on(request)) {
		local_session(request, session);
		return change ? door_change_allowed(request, reply) : 0;
	}
	if (by_cookie(office, request, !change && is_quiet(request), session) !=
	    0) {
		signed_out(reply);
		return -1;
	}
	if (session->who.by == MR_BY_CODE && !may_with_code(request)) {
		answer_problem(reply, 403, MR_DENIED,
		    "first choose a passphrase; then sign in with it");
		return -1;
	}
	if (!change)
		return 0;
	if (door_change_allowed(request, reply) != 0)
		return -1;
	if (has_token(request, session))
		return 0;
	answer_problem(reply, 403, MR_DENIED,
	    "the page is older than your sign-in; load it again");
	return -1;
}

static void
sign_out(struct office *office, struct http_request *request)
{
	struct session session;

	if (door_check(office, request, 1, &session) == 0) {
		door_end_session(office, request);
		bench_forget(office, &session);
		log_line(LOG_SIGNED_OUT, session.who.user, 0, 0);
		request->reply.status = 204;
		door_put_cookie(office, &request->reply, "");
		/* Not the storage: lines that wait for the network are in it,
		 * and they are their writer's also tomorrow. */
		reply_header(&request->reply, "Clear-Site-Data", "\"cache\"");
	}
	session_wipe(&session);
}

/* Who am I, and for how long?  Asked of the office, too: its word counts. */
static void
tell_session(struct office *office, struct http_request *request)
{
	struct reply *reply = &request->reply;
	struct door_office known;
	struct mr_error error = {0};
	struct session session;
	struct mr *mr = NULL;

	if (door_check(office, request, 0, &session) != 0)
		goto out;
	mr = reader_take(office->readers, &error);
	if (mr == NULL) {
		answer_problem(reply, 0, error.status, error.message);
		goto out;
	}
	door_know_office(mr, &known);
	if (session.local || mr_still_signed(mr, &session.who, &error) == MR_OK)
		door_put_session(reply, &session, &known);
	else
		door_turn_away(office, request, &error);
	reader_give(office->readers, mr);
out:
	session_wipe(&session);
}

void
door_serve(struct office *office, struct http_request *request)
{
	const char *method = request->method;

	if (strcmp(method, "POST") == 0)
		visit_begin(office, request);
	else if (strcmp(method, "DELETE") == 0)
		sign_out(office, request);
	else if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		tell_session(office, request);
	else {
		answer_problem(
		    &request->reply, 405, MR_USAGE, "GET, POST or DELETE");
		reply_header(
		    &request->reply, "Allow", "GET, HEAD, POST, DELETE");
	}
}
