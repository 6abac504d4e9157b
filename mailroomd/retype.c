/*
 * What matters asks for the passphrase, or the PIN, once more: a session alone
 * may be somebody who sat down where another stood up.  See errand.h.
 */
#include <sodium.h>
#include <stdio.h>

#include "lib/tongue.h"
#include "mailroomd/answer.h"
#include "mailroomd/door.h"
#include "mailroomd/errand.h"
#include "mailroomd/log.h"

#define TYPED 520 /* bytes of what is typed again, with its NUL */

/*
 * Being signed in is not enough: the passphrase, or the PIN, comes with the
 * request.  A wrong one counts as at the door.
 */
int
retype_wanted(const struct errand *errand)
{
	const struct session *session = &errand->session;

	return errand->op->retype && !session->local &&
	    session->who.by != MR_BY_CODE &&
	    (errand->op->roles & session->who.role) != 0;
}

static const char *
retyped(const struct errand *errand)
{
	return errand->session.who.by == MR_BY_BADGE ? MR_ASK_OLD_PIN
						     : "passphrase";
}

static void
throttle_name(const struct errand *errand, char name[72])
{
	snprintf(name, 72, "%s%s",
	    errand->session.who.by == MR_BY_BADGE ? "#pin " : "",
	    errand->session.who.name);
}

/* On the door's own thread. */
static void
look_again(struct work *work, struct mr *mr)
{
	struct errand *errand = (struct errand *)work;
	char typed[TYPED], name[72];
	const char *before = mr_tongue_set(errand->request->reply.language);

	if (errand_passphrase(errand, retyped(errand), typed, sizeof(typed)) ==
		0 &&
	    mr_sign_again(mr, &errand->session.who, typed, &errand->error) ==
		MR_OK) {
		throttle_name(errand, name);
		throttle_good(
		    errand->office->throttle, name, http_peer(errand->request));
	}
	mr_tongue_set(before);
	sodium_memzero(typed, sizeof(typed));
}

static void
looked_again(struct work *work, const struct mr_error *lost)
{
	struct errand *errand = (struct errand *)work;
	struct http_request *request = errand->request;
	const struct mr_error *error = lost != NULL ? lost : &errand->error;

	if (error->status == MR_OK) {
		errand_go(errand);
		return;
	}
	log_line(LOG_SIGN_IN_REFUSED, error->status, 0, 0);
	answer_problem(&request->reply, error->status == MR_LOCKED ? 403 : 0,
	    error->status, error->message);
	if (error->status == MR_LOCKED)
		reply_header(
		    &request->reply, "Mailroom-Ask", "%s", retyped(errand));
	errand_release(errand);
	http_ready(request);
}

void
retype_ask(struct errand *errand)
{
	struct http_request *request = errand->request;
	struct reply *reply = &request->reply;
	struct throttle *throttle = errand->office->throttle;
	char typed[TYPED], name[72];
	int wait;

	if (errand_passphrase(errand, retyped(errand), typed, sizeof(typed)) !=
	    0) {
		answer_problem(reply, 0, MR_LOCKED,
		    "type your passphrase or PIN once more for this; another "
		    "may have sat down at your station");
		reply_header(reply, "Mailroom-Ask", "%s", retyped(errand));
		errand_release(errand);
		return;
	}
	sodium_memzero(typed, sizeof(typed));
	throttle_name(errand, name);
	wait = throttle_try(throttle, name, http_peer(request), office_clock());
	if (wait > 0) {
		door_too_often(reply, wait);
		errand_release(errand);
		return;
	}
	errand->work.run = look_again;
	errand->work.done = looked_again;
	http_later(request);
	if (crew_add(errand->office->door, &errand->work) == 0)
		return;
	throttle_back(throttle, name, http_peer(request));
	door_too_often(reply, 1);
	errand_release(errand);
	http_ready(request);
}
