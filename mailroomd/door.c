/*
 * The door: signing in and out, and who asks.  /api/session.
 */
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/op.h"
#include "mailroomd/answer.h"
#include "mailroomd/api.h"
#include "mailroomd/bench.h"
#include "mailroomd/log.h"

#define TOKEN_HEADER "Mailroom-Token"

/* Somebody at the door: waits for the one thread that hashes. */
struct visit {
	struct work work; /* first: the one casts to the other */
	struct office *office;
	struct http_request *request;
	json_t *body;
	struct mr_signed who;
	struct mr_error error;
};

const char *
door_cookie_name(const struct office *office)
{
	return office->secure ? "__Host-mailroom" : "mailroom";
}

static void
put_session(struct reply *reply, const struct session *session)
{
	char station[2] = {(char)session->station, '\0'};
	json_t *o =
	    json_pack("{s:s, s:s, s:s, s:s, s:b}", "user", session->who.name,
		"role", mr_role_name(session->who.role), "station", station,
		"token", session->token, "vault", session->who.holds);
	char *text = o != NULL ? json_dumps(o, JSON_COMPACT) : NULL;

	if (text != NULL)
		reply_text(reply, 200, JSON_TYPE, text);
	else
		reply->failed = 1;
	free(text);
	json_decref(o);
}

static void
put_cookie(struct office *office, struct reply *reply, const char *cookie)
{
	reply_header(reply, "Set-Cookie",
	    "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
	    door_cookie_name(office), cookie, office->secure ? "; Secure" : "",
	    cookie[0] == '\0' ? "; Max-Age=0" : "");
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

static int
change_allowed(const struct http_request *request, struct reply *reply)
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

int
door_may(
    struct office *office, const struct http_request *request, unsigned roles)
{
	char cookie[SESSION_TOKEN];
	struct session session;
	int may;

	if (http_header(request, "Cookie") == NULL)
		return http_own_user(request) && !was_passed_on(request);
	if (http_cookie(request, door_cookie_name(office), cookie,
		sizeof(cookie)) != 0 ||
	    session_peek(office->sessions, cookie, office_clock(), &session) !=
		0)
		return 0;
	may = (session.who.role & roles) != 0 && has_token(request, &session);
	session_wipe(&session);
	return may;
}

int
door_check(struct office *office, struct http_request *request, int change,
    struct session *session)
{
	char cookie[SESSION_TOKEN];
	int none;

	if (http_header(request, "Cookie") == NULL && http_own_user(request) &&
	    !was_passed_on(request)) {
		local_session(request, session);
		return change ? change_allowed(request, &request->reply) : 0;
	}
	none = http_cookie(request, door_cookie_name(office), cookie,
		   sizeof(cookie)) != 0 ||
	    session_find(office->sessions, cookie, office_clock(), session) !=
		0;
	if (none) {
		signed_out(&request->reply);
		return -1;
	}
	if (!change)
		return 0;
	if (change_allowed(request, &request->reply) != 0)
		return -1;
	if (has_token(request, session))
		return 0;
	answer_problem(&request->reply, 403, MR_DENIED,
	    "the page is older than your sign-in; load it again");
	return -1;
}

/* On the door's own thread: one at a time, for each costs 64 MiB. */
static void
look(struct work *work, struct mr *mr)
{
	struct visit *visit = (struct visit *)work;

	mr_sign_in(mr, json_string_value(json_object_get(visit->body, "user")),
	    json_string_value(json_object_get(visit->body, "passphrase")),
	    &visit->who, &visit->error);
}

static int
station_of(const json_t *body)
{
	const char *station =
	    json_string_value(json_object_get(body, "station"));

	if (station == NULL || strlen(station) != 1 ||
	    (station[0] | 0x20) < 'a' || (station[0] | 0x20) > 'z')
		return 'A';
	return station[0] & ~0x20;
}

static void
welcome(struct visit *visit)
{
	struct office *office = visit->office;
	struct reply *reply = &visit->request->reply;
	int station = station_of(visit->body);
	char cookie[SESSION_TOKEN];
	struct session session;

	throttle_good(office->throttle,
	    json_string_value(json_object_get(visit->body, "user")));
	if (session_begin(office->sessions, &visit->who, station,
		office_clock(), cookie) != 0 ||
	    session_find(office->sessions, cookie, office_clock(), &session) !=
		0) {
		answer_problem(reply, 503, MR_BUSY,
		    "too many people are signed in; somebody must sign out");
		return;
	}
	put_session(reply, &session);
	put_cookie(office, reply, cookie);
	log_line(LOG_SIGNED_IN, session.who.user, station, 0);
	session_wipe(&session);
	sodium_memzero(cookie, sizeof(cookie));
}

static void
forget(struct visit *visit)
{
	json_decref(visit->body);
	sodium_memzero(visit, sizeof(*visit));
	free(visit);
}

static void
answer_visit(struct work *work, const struct mr_error *lost)
{
	struct visit *visit = (struct visit *)work;
	struct http_request *request = visit->request;
	const struct mr_error *error = lost != NULL ? lost : &visit->error;

	if (error->status == MR_OK)
		welcome(visit);
	else {
		answer_problem(&request->reply,
		    error->status == MR_DENIED ? 401 : 0, error->status,
		    error->message);
		log_line(LOG_SIGN_IN_REFUSED, error->status, 0, 0);
	}
	forget(visit);
	http_ready(request);
}

static int
body_fits(const json_t *body)
{
	const char *user = json_string_value(json_object_get(body, "user"));
	const char *passphrase =
	    json_string_value(json_object_get(body, "passphrase"));

	return user != NULL && passphrase != NULL && strlen(user) < 64 &&
	    strlen(passphrase) < 512;
}

static void
too_often(struct reply *reply, int wait)
{
	char text[120];

	snprintf(text, sizeof(text),
	    "that was tried too often; wait %d second%s, then type it slowly",
	    wait, wait == 1 ? "" : "s");
	answer_problem(reply, 429, MR_DENIED, text);
	reply_header(reply, "Retry-After", "%d", wait);
	log_line(LOG_SIGN_IN_REFUSED, MR_DENIED, wait, 0);
}

static void
sign_in(struct office *office, struct http_request *request)
{
	struct reply *reply = &request->reply;
	struct visit *visit;
	int wait;

	if (change_allowed(request, reply) != 0)
		return;
	visit = calloc(1, sizeof(*visit));
	if (visit == NULL) {
		reply->failed = 1;
		return;
	}
	visit->office = office;
	visit->request = request;
	visit->work.run = look;
	visit->work.done = answer_visit;
	visit->body = json_loadb(
	    request->body, request->len, JSON_REJECT_DUPLICATES, NULL);
	if (!body_fits(visit->body)) {
		answer_problem(reply, 400, MR_USAGE,
		    "send a user and a passphrase, as JSON");
		forget(visit);
		return;
	}
	wait = throttle_try(office->throttle,
	    json_string_value(json_object_get(visit->body, "user")),
	    office_clock());
	if (wait > 0) {
		too_often(reply, wait);
		forget(visit);
		return;
	}
	http_later(request);
	if (crew_add(office->door, &visit->work) == 0)
		return;
	too_often(reply, 1);
	forget(visit);
	http_ready(request);
}

static void
sign_out(struct office *office, struct http_request *request)
{
	char cookie[SESSION_TOKEN];
	struct session session;

	if (door_check(office, request, 1, &session) != 0)
		return;
	if (http_cookie(
		request, door_cookie_name(office), cookie, sizeof(cookie)) == 0)
		session_end(office->sessions, cookie);
	bench_forget(office, &session);
	log_line(LOG_SIGNED_OUT, session.who.user, 0, 0);
	session_wipe(&session);
	request->reply.status = 204;
	put_cookie(office, &request->reply, "");
	reply_header(
	    &request->reply, "Clear-Site-Data", "\"cache\", \"storage\"");
}

void
door_serve(struct office *office, struct http_request *request)
{
	struct session session;

	if (strcmp(request->method, "POST") == 0)
		sign_in(office, request);
	else if (strcmp(request->method, "DELETE") == 0)
		sign_out(office, request);
	else if (strcmp(request->method, "GET") == 0) {
		if (door_check(office, request, 0, &session) == 0)
			put_session(&request->reply, &session);
		session_wipe(&session);
	} else {
		answer_problem(
		    &request->reply, 405, MR_USAGE, "GET, POST or DELETE");
		reply_header(&request->reply, "Allow", "GET, POST, DELETE");
	}
}
