/*
 * Somebody at the door: a passphrase, a badge with a PIN, or the code of a
 * first sign-in is shown, and a session begins.
 */
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/tongue.h"
#include "mailroomd/answer.h"
#include "mailroomd/door.h"
#include "mailroomd/log.h"

#define WHO_MAX 64
#define PROOF_MAX 512

/* What may be shown: the two strings of the body, and who looks at them. */
static const struct way {
	const char *who, *proof;
	const char *mark; /* before a badge's name for the throttle */
	enum mr_status (*look)(struct mr *mr, const char *who,
	    const char *proof, struct mr_signed *signed_in,
	    struct mr_error *error);
} ways[] = {
    {"user", "passphrase", "", mr_sign_in},
    {"badge", "pin", "#", mr_sign_in_badge},
    {"user", "code", "", mr_sign_in_code},
};
#define WAYS (sizeof(ways) / sizeof(ways[0]))

/* Waits for the one thread that hashes. */
struct visit {
	struct work work; /* first: the one casts to the other */
	struct office *office;
	struct http_request *request;
	const struct way *way;
	json_t *body;
	char name[WHO_MAX + 2]; /* for the throttle */
	struct door_office known;
	struct mr_signed who;
	struct mr_error error;
};

static const char *
text_of(const json_t *body, const char *name)
{
	return json_string_value(json_object_get(body, name));
}

/* On the door's own thread: one at a time, for each costs 64 MiB. */
static void
look(struct work *work, struct mr *mr)
{
	struct visit *visit = (struct visit *)work;
	const struct way *way = visit->way;
	const char *before = mr_tongue_set(visit->request->reply.language);

	door_know_office(mr, &visit->known);
	way->look(mr, text_of(visit->body, way->who),
	    text_of(visit->body, way->proof), &visit->who, &visit->error);
	mr_tongue_set(before);
}

static int
station_of(const json_t *body)
{
	const char *station = text_of(body, "station");

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

	throttle_good(office->throttle, visit->name, http_peer(visit->request));
	/* Whoever sat here before is signed out by it. */
	door_end_session(office, visit->request);
	if (session_begin(office->sessions, &visit->who, station,
		office_clock(), cookie) != 0 ||
	    session_find(office->sessions, cookie, office_clock(), &session) !=
		0) {
		answer_problem(reply, 503, MR_BUSY,
		    "too many people are signed in; somebody must sign out");
		return;
	}
	door_put_session(reply, &session, &visit->known);
	door_put_cookie(office, reply, cookie);
	log_line(LOG_SIGNED_IN, session.who.user, station, session.who.by);
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
done(struct work *work, const struct mr_error *lost)
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

static const struct way *
way_of(const json_t *body)
{
	for (size_t i = 0; i < WAYS; i++) {
		const char *who = text_of(body, ways[i].who);
		const char *proof = text_of(body, ways[i].proof);

		if (who != NULL && proof != NULL && strlen(who) < WHO_MAX &&
		    strlen(proof) < PROOF_MAX)
			return &ways[i];
	}
	return NULL;
}

static struct visit *
make_visit(struct office *office, struct http_request *request)
{
	struct visit *visit = calloc(1, sizeof(*visit));

	if (visit == NULL) {
		request->reply.failed = 1;
		return NULL;
	}
	visit->office = office;
	visit->request = request;
	visit->work.run = look;
	visit->work.done = done;
	visit->body = json_loadb(
	    request->body, request->len, JSON_REJECT_DUPLICATES, NULL);
	visit->way = way_of(visit->body);
	if (visit->way != NULL) {
		snprintf(visit->name, sizeof(visit->name), "%s%s",
		    visit->way->mark, text_of(visit->body, visit->way->who));
		return visit;
	}
	answer_problem(&request->reply, 400, MR_USAGE,
	    "send a user and a passphrase, a badge and a pin, or a user and a "
	    "code, as JSON");
	forget(visit);
	return NULL;
}

void
visit_begin(struct office *office, struct http_request *request)
{
	struct visit *visit;
	int wait;

	if (door_change_allowed(request, &request->reply) != 0)
		return;
	visit = make_visit(office, request);
	if (visit == NULL)
		return;
	wait = throttle_try(
	    office->throttle, visit->name, http_peer(request), office_clock());
	if (wait > 0) {
		door_too_often(&request->reply, wait);
		forget(visit);
		return;
	}
	http_later(request);
	if (crew_add(office->door, &visit->work) == 0)
		return;
	throttle_back(office->throttle, visit->name, http_peer(request));
	door_too_often(&request->reply, 1);
	forget(visit);
	http_ready(request);
}
