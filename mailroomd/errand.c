/*
 * An operation on its way: parameters, the thread that runs it, the answer.
 * What writes waits for the writer's commit; what reads is answered at once,
 * or by the desk where it takes long.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/op.h"
#include "lib/out.h"
#include "lib/tongue.h"
#include "lib/when.h"
#include "mailroomd/answer.h"
#include "mailroomd/api.h"
#include "mailroomd/door.h"
#include "mailroomd/log.h"
#include "mailroomd/param.h"

#define TYPED 520 /* bytes of what is typed again, with its NUL */

struct errand {
	struct work work; /* first: the one casts to the other */
	struct office *office;
	struct http_request *request;
	const struct mr_op *op;
	struct session session;
	struct param_values values;
	struct mr_arena *arena;
	struct reply answer, paper; /* the JSON, and the file if one is made */
	char paper_name[128], paper_type[64];
	int paper_secret, practice, ended;
	const char *asked; /* which passphrase was not sent; NULL: none */
	struct mr_error error;
};

static const char *
get(void *arg, const char *name)
{
	return param_get(&((struct errand *)arg)->values, name);
}

static enum mr_status
file(void *arg, const char *place, const char **bytes, size_t *len,
    struct mr_error *error)
{
	return param_file(
	    &((struct errand *)arg)->values, place, bytes, len, error);
}

/* What may be asked for, and the header that brings it. */
static const struct secret_header {
	const char *which, *header;
} secrets[] = {
    {"new", "Mailroom-New-Passphrase"},
    {"recovery", "Mailroom-Recovery"},
    {MR_ASK_OLD_PIN, "Mailroom-Pin"},
    {MR_ASK_NEW_PIN, "Mailroom-New-Pin"},
    {"passphrase", "Mailroom-Passphrase"},
};
#define OWN (sizeof(secrets) / sizeof(secrets[0]) - 1)

/*
 * What the vault's key does not answer: a header each, in base64 since a
 * header is no place for letters of all the world.  What is not there is
 * named to whoever asked, who may send it with the next try.
 */
static int
passphrase(void *arg, const char *which, char *buf, size_t size)
{
	struct errand *errand = arg;
	size_t i = 0, len = 0;
	const char *sent;

	while (i < OWN && strcmp(secrets[i].which, which) != 0)
		i++;
	sent = http_header(errand->request, secrets[i].header);
	errand->asked = secrets[i].which;
	if (sent == NULL ||
	    sodium_base642bin((unsigned char *)buf, size - 1, sent,
		strlen(sent), NULL, &len, NULL,
		sodium_base64_VARIANT_ORIGINAL) != 0)
		return -1;
	buf[len] = '\0';
	errand->asked = NULL;
	return 0;
}

/* Also without a grant, which may have come since they signed in: so nobody
 * is asked for a passphrase that they could try again and again here. */
static const unsigned char *
secret(void *arg)
{
	const struct errand *errand = arg;

	return errand->session.who.by == MR_BY_PASSPHRASE
	    ? errand->session.who.secret
	    : NULL;
}

static int
take_paper(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int is_secret)
{
	struct errand *errand = to;

	/* Held on a tape that is wiped before the answer leaves. */
	snprintf(errand->paper_type, sizeof(errand->paper_type), "%s", type);
	strncpy(errand->paper_name, name, sizeof(errand->paper_name) - 1);
	errand->paper_secret = is_secret;
	return reply_write(&errand->paper, bytes, len);
}

static int
write_answer(void *to, const void *bytes, size_t len)
{
	return reply_write(&((struct errand *)to)->answer, bytes, len);
}

/* What a read that broke off has said already is no answer (op.h). */
static int
has_answered(const struct errand *errand)
{
	enum mr_status status = errand->error.status;

	return status == MR_OK || status == MR_STOP ||
	    (status == MR_DAMAGED && !errand->op->writes);
}

/* Real mail has one clock; an office to practise in may be told a time. */
static enum mr_status
set_clock(struct errand *errand, struct mr *mr, struct mr_ask *ask)
{
	const char *now = http_header(errand->request, "Mailroom-Now");
	const char *wrong;

	errand->practice = mr_is_practice(mr);
	if (now == NULL)
		return MR_OK;
	wrong = errand->practice ? mr_time_parse(now, &ask->now)
				 : mr_say("this office does real mail and goes "
					  "by the clock");
	if (wrong == NULL)
		return MR_OK;
	errand->error.status = MR_REFUSED;
	snprintf(errand->error.message, sizeof(errand->error.message),
	    "--now: %s", wrong);
	return MR_REFUSED;
}

static void
operate(struct errand *errand, struct mr *mr)
{
	struct mr_ask ask = {
	    .user = errand->session.who.name[0] != '\0'
		? errand->session.who.name
		: NULL,
	    .station = errand->session.station,
	    .request = http_header(errand->request, "Mailroom-Request"),
	    .printer = http_header(errand->request, "Mailroom-Printer"),
	    .arg = errand,
	    .get = get,
	    .file = file,
	    .passphrase = passphrase,
	    .secret = secret,
	    .language = errand->request->reply.language,
	};
	struct mr_out *out;

	if (set_clock(errand, mr, &ask) != MR_OK)
		return;
	if (!errand->session.local &&
	    mr_still_signed(mr, &errand->session.who, &errand->error) !=
		MR_OK) {
		errand->ended = 1;
		return;
	}
	out = mr_out_json(errand->arena, write_answer, errand, take_paper);
	if (out == NULL) {
		errand->error.status = MR_NOMEM;
		return;
	}
	mr_op_run(mr, errand->op, &ask, out, &errand->error);
	mr_lock(mr);
	if (has_answered(errand) && out->end(out) != 0)
		errand->error.status = MR_NOMEM;
}

static void
run(struct work *work, struct mr *mr)
{
	struct errand *errand = (struct errand *)work;
	const char *before = mr_tongue_set(errand->request->reply.language);

	operate(errand, mr);
	mr_tongue_set(before);
}

/* A writer's answer must not outlive its key: another may sit down here. */
static void
release(struct errand *errand)
{
	session_wipe(&errand->session);
	param_free(&errand->values);
	reply_free(&errand->answer);
	reply_free(&errand->paper);
	mr_arena_free(errand->arena);
	free(errand);
}

static int
wants_paper(const struct http_request *request)
{
	const char *accept = http_header(request, "Accept");

	return accept == NULL || strstr(accept, "application/json") == NULL;
}

/* The file beside the answer, for a program that asked for both. */
static void
put_both(struct errand *errand, struct reply *reply)
{
	static const char head[] = "{\"answer\":",
			  middle[] = ",\"document\":\"";
	size_t size = sodium_base64_ENCODED_LEN(
	    errand->paper.len, sodium_base64_VARIANT_ORIGINAL);
	char *text = malloc(size);

	if (text == NULL) {
		reply->failed = 1;
		return;
	}
	sodium_bin2base64(text, size,
	    (const unsigned char *)errand->paper.bytes, errand->paper.len,
	    sodium_base64_VARIANT_ORIGINAL);
	reply_write(reply, head, sizeof(head) - 1);
	reply_write(reply, errand->answer.bytes, errand->answer.len);
	reply_write(reply, middle, sizeof(middle) - 1);
	reply_write(reply, text, size - 1);
	reply_write(reply, "\",\"name\":\"", 10);
	reply_write(reply, errand->paper_name, strlen(errand->paper_name));
	reply_write(reply, "\",\"secret\":", 11);
	reply_write(reply, errand->paper_secret ? "true}" : "false}",
	    errand->paper_secret ? 5 : 6);
	explicit_bzero(text, size);
	free(text);
}

static void
put_answer(struct errand *errand)
{
	struct reply *reply = &errand->request->reply;
	enum mr_status status = errand->error.status;

	reply->status = mr_status_http(status);
	reply_header(reply, ANSWER_STATUS_HEADER, "%s", mr_status_name(status));
	reply->type = JSON_TYPE;
	if (errand->paper.len == 0)
		reply_write(reply, errand->answer.bytes, errand->answer.len);
	else if (!wants_paper(errand->request))
		put_both(errand, reply);
	else {
		memcpy(reply->own_type, errand->paper_type,
		    sizeof(reply->own_type));
		reply->type = reply->own_type;
		reply_header(reply, "Content-Disposition",
		    "inline; filename=\"%s\"", errand->paper_name);
		reply_write(reply, errand->paper.bytes, errand->paper.len);
	}
}

static void
finish(struct errand *errand, const struct mr_error *lost)
{
	const struct mr_error *error = lost != NULL ? lost : &errand->error;
	int answered = lost == NULL && has_answered(errand);

	if (mr_status_exit(error->status) >= 3)
		log_line(LOG_FAILED, error->status, errand->op->number,
		    errand->session.who.user);
	if (answered)
		put_answer(errand);
	else if (errand->ended)
		door_turn_away(errand->office, errand->request, error);
	else
		answer_problem(
		    &errand->request->reply, 0, error->status, error->message);
	if (errand->practice)
		reply_header(
		    &errand->request->reply, "Mailroom-Practice", "yes");
	if (!answered && errand->asked != NULL)
		reply_header(&errand->request->reply, "Mailroom-Ask", "%s",
		    errand->asked);
}

/* Of what was put aside. */
static void
done(struct work *work, const struct mr_error *lost)
{
	struct errand *errand = (struct errand *)work;
	struct http_request *request = errand->request;

	finish(errand, lost);
	release(errand);
	http_ready(request);
}

static int
takes_long(const struct mr_op *op)
{
	return op->vault || op->document || op->slow;
}

static void
read_now(struct errand *errand)
{
	struct mr *mr = reader_take(errand->office->readers, &errand->error);

	if (mr != NULL) {
		run(&errand->work, mr);
		reader_give(errand->office->readers, mr);
	}
	finish(errand, NULL);
	release(errand);
}

/* To the thread that does it, after http_later. */
static void
hand_over(struct errand *errand)
{
	struct office *office = errand->office;
	struct http_request *request = errand->request;
	int full;

	errand->work.run = run;
	errand->work.done = done;
	errand->work.alone = errand->op->slow || api_brings_file(errand->op);
	full = errand->op->aside ? jobs_add(office->jobs, &errand->work)
	    : errand->op->writes ? writer_add(office->writer, &errand->work)
				 : crew_add(office->desk, &errand->work);
	if (!full)
		return;
	answer_busy(&request->reply);
	release(errand);
	http_ready(request);
}

/*
 * Being signed in is not enough: the passphrase, or the PIN, comes with the
 * request.  A wrong one counts as at the door.
 */
static int
must_retype(const struct errand *errand)
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

	if (passphrase(errand, retyped(errand), typed, sizeof(typed)) == 0 &&
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
		hand_over(errand);
		return;
	}
	log_line(LOG_SIGN_IN_REFUSED, error->status, 0, 0);
	answer_problem(&request->reply, error->status == MR_LOCKED ? 403 : 0,
	    error->status, error->message);
	if (error->status == MR_LOCKED)
		reply_header(
		    &request->reply, "Mailroom-Ask", "%s", retyped(errand));
	release(errand);
	http_ready(request);
}

static void
ask_again(struct errand *errand)
{
	struct http_request *request = errand->request;
	struct reply *reply = &request->reply;
	struct throttle *throttle = errand->office->throttle;
	char typed[TYPED], name[72];
	int wait;

	if (passphrase(errand, retyped(errand), typed, sizeof(typed)) != 0) {
		answer_problem(reply, 0, MR_LOCKED,
		    "type your passphrase or PIN once more for this; another "
		    "may have sat down at your station");
		reply_header(reply, "Mailroom-Ask", "%s", retyped(errand));
		release(errand);
		return;
	}
	sodium_memzero(typed, sizeof(typed));
	throttle_name(errand, name);
	wait = throttle_try(throttle, name, http_peer(request), office_clock());
	if (wait > 0) {
		door_too_often(reply, wait);
		release(errand);
		return;
	}
	errand->work.run = look_again;
	errand->work.done = looked_again;
	http_later(request);
	if (crew_add(errand->office->door, &errand->work) == 0)
		return;
	throttle_back(throttle, name, http_peer(request));
	door_too_often(reply, 1);
	release(errand);
	http_ready(request);
}

void
errand_begin(struct office *office, struct http_request *request,
    const struct mr_op *op, const struct session *session)
{
	struct errand *errand = calloc(1, sizeof(*errand));

	if (errand == NULL) {
		request->reply.failed = 1;
		return;
	}
	errand->office = office;
	errand->request = request;
	errand->op = op;
	errand->session = *session;
	errand->arena = mr_arena_new(0);
	if (errand->arena == NULL) {
		request->reply.failed = 1;
		release(errand);
		return;
	}
	if (param_read(&errand->values, op, request, &errand->error) != MR_OK) {
		answer_problem(&request->reply, 0, errand->error.status,
		    errand->error.message);
		release(errand);
	} else if (must_retype(errand)) {
		ask_again(errand);
	} else if (op->writes || takes_long(op)) {
		http_later(request);
		hand_over(errand);
	} else {
		read_now(errand);
	}
}
