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
#include "mailroomd/errand.h"
#include "mailroomd/log.h"
#include "mailroomd/param.h"

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
int
errand_passphrase(void *arg, const char *which, char *buf, size_t size)
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
	    .passphrase = errand_passphrase,
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
forget(struct work *work)
{
	struct errand *errand = (struct errand *)work;

	reply_clear(&errand->answer);
	reply_clear(&errand->paper);
	mr_arena_reset(errand->arena);
	errand->asked = NULL;
	errand->ended = 0;
}

static void
run(struct work *work, struct mr *mr)
{
	struct errand *errand = (struct errand *)work;
	const char *before = mr_tongue_set(errand->request->reply.language);

	operate(errand, mr);
	mr_tongue_set(before);
}

void
errand_release(struct errand *errand)
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
	errand_release(errand);
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
	errand_release(errand);
}

void
errand_go(struct errand *errand)
{
	struct office *office = errand->office;
	struct http_request *request = errand->request;
	int full;

	errand->work.run = run;
	errand->work.forget = forget;
	errand->work.done = done;
	errand->work.alone = errand->op->slow || api_brings_file(errand->op);
	full = errand->op->aside ? jobs_add(office->jobs, &errand->work)
	    : errand->op->writes ? writer_add(office->writer, &errand->work)
				 : crew_add(office->desk, &errand->work);
	if (!full)
		return;
	answer_busy(&request->reply);
	errand_release(errand);
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
		errand_release(errand);
		return;
	}
	if (param_read(&errand->values, op, request, &errand->error) != MR_OK) {
		answer_problem(&request->reply, 0, errand->error.status,
		    errand->error.message);
		errand_release(errand);
	} else if (retype_wanted(errand)) {
		retype_ask(errand);
	} else if (op->writes || takes_long(op)) {
		http_later(request);
		errand_go(errand);
	} else {
		read_now(errand);
	}
}
