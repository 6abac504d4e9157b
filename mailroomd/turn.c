/* A line at a station, as the writer does it.  See turn.h. */
#include "mailroomd/turn.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/tongue.h"
#include "mailroomd/answer.h"
#include "mailroomd/bench.h"
#include "mailroomd/door.h"
#include "mailroomd/log.h"

/* What the functions of an ask get. */
struct call {
	struct turn *turn;
	const struct mr_bench_word *words;
};

static const char *
get(void *arg, const char *name)
{
	return mr_bench_word(((struct call *)arg)->words, name);
}

static const unsigned char *
secret(void *arg)
{
	const struct session *session = &((struct call *)arg)->turn->session;

	return session->who.holds ? session->who.secret : NULL;
}

/*
 * A key for each of the operations that a line runs: the line's own, which
 * means another thing to each operation, and with a number where one runs
 * again.  The same line, sent again, comes to the same keys.
 */
static const char *
operation_key(struct turn *turn, const struct mr_op *op, char *key, size_t n)
{
	int times = 1;

	if (turn->key == NULL || !op->writes)
		return NULL;
	for (int i = 0; i < turn->nran; i++)
		times += turn->ran[i] == op;
	if (turn->nran < OPS)
		turn->ran[turn->nran++] = op;
	if (times == 1)
		return turn->key;
	snprintf(key, n, "%s.%d", turn->key, times);
	return key;
}

static enum mr_status
run_op(void *arg, const char *name, const struct mr_bench_word *words,
    struct mr_out *out, struct mr_error *error)
{
	struct turn *turn = arg;
	struct call call = {turn, words};
	const struct mr_op *op = mr_op_find(name);
	const struct session *session = &turn->session;
	char key[BENCH_REQUEST + 8];
	struct mr_ask ask = {
	    .user = session->who.name[0] != '\0' ? session->who.name : NULL,
	    .station = session->station,
	    .language = turn->language,
	    .arg = &call,
	    .get = get,
	    .secret = secret,
	};

	if (turn->to != 0) {
		ask.printer = turn->queue[turn->to - 1];
		ask.queue = 1;
	}
	ask.request = operation_key(turn, op, key, sizeof(key));
	return mr_op_run(turn->mr, op, &ask, out, error);
}

/* Drawn now, sent to the printer when it is committed. */
static enum mr_status
print_op(void *arg, enum mr_bench_paper paper,
    const struct mr_bench_letter *letter, const char *op,
    const struct mr_bench_word *words, struct mr_out *out,
    struct mr_error *error)
{
	struct turn *turn = arg;
	enum mr_status status;

	(void)letter;
	if (turn->why[paper].status != MR_OK) {
		*error = turn->why[paper];
		return error->status;
	}
	turn->to = 1 + (int)paper;
	status = run_op(arg, op, words, out, error);
	turn->to = 0;
	return status;
}

static int
take_page(void *arg, const char *name, const char *type, const void *bytes,
    size_t len, int is_secret)
{
	struct turn *turn = arg;
	struct page *page = &turn->page[turn->pages];

	(void)is_secret;
	if (turn->to == 0 || turn->pages == PAGES ||
	    strcmp(type, "application/pdf") != 0)
		return -1;
	page->paper = (enum mr_bench_paper)(turn->to - 1);
	snprintf(page->name, sizeof(page->name), "%s", name);
	turn->pages++;
	return reply_write(&page->bytes, bytes, len);
}

void
turn_release(struct turn *turn)
{
	for (int i = 0; i < PAGES; i++)
		reply_free(&turn->page[i].bytes);
	session_wipe(&turn->session);
	json_decref(turn->body);
	mr_arena_free(turn->arena);
	free(turn);
}

const char *
turn_field(const struct turn *turn, const char *name)
{
	return json_string_value(json_object_get(turn->body, name));
}

void
turn_write(struct turn *turn)
{
	struct reply *reply = &turn->request->reply;

	reply_clear(reply);
	if (bench_write(&turn->shown, reply) != 0)
		reply->failed = 1;
	else if (turn->line != NULL)
		benches_tell(turn->office->benches, turn->id, turn->key,
		    turn->line, reply);
}

static struct mr_bench_front
front_of(struct turn *turn)
{
	struct mr_bench_front front = {.arg = turn,
	    .arena = turn->arena,
	    .sheets = turn->queue[MR_BENCH_SHEET] != NULL,
	    .envelopes = turn->queue[MR_BENCH_ENVELOPE],
	    .page = 1,
	    .document = take_page,
	    .run = run_op,
	    .print = print_op};

	return front;
}

static void
do_line(struct turn *turn)
{
	struct mr_bench_front front = front_of(turn);
	struct bench *bench = turn->bench;

	if (!bench->started)
		mr_bench_take_up(&bench->now, &front, turn_field(turn, "hand"),
		    turn_field(turn, "stub"), turn_field(turn, "wants"));
	bench->started = 1;
	mr_bench_do(&bench->now, &front, turn->line);
}

/* Who comes over the socket has no session that could end. */
static int64_t
ends(const struct turn *turn)
{
	return turn->session.local ? office_clock() + SESSION_ABSOLUTE
				   : turn->session.ends;
}

static void
forget(struct work *work)
{
	struct turn *turn = (struct turn *)work;

	if (turn->bench != NULL)
		benches_settle(turn->office->benches, turn->bench, 1);
	turn->bench = NULL;
	for (int i = 0; i < turn->pages; i++)
		reply_clear(&turn->page[i].bytes);
	turn->pages = turn->nran = turn->again = turn->ended = 0;
	reply_clear(&turn->request->reply);
	memset(&turn->error, 0, sizeof(turn->error));
	mr_arena_reset(turn->arena);
}

/* On the writer's thread, in its group. */
static void
run(struct work *work, struct mr *mr)
{
	struct turn *turn = (struct turn *)work;
	struct benches *benches = turn->office->benches;
	struct mr_bench_front front = front_of(turn);
	const char *tongue;

	turn->mr = mr;
	if (!turn->session.local &&
	    mr_still_signed(mr, &turn->session.who, &turn->error) != MR_OK) {
		turn->ended = 1;
		return;
	}
	if (turn->line != NULL) {
		turn->again = benches_told(benches, turn->id, turn->key,
		    turn->line, &turn->request->reply);
		if (turn->again != 0)
			return;
	}
	turn->bench =
	    benches_take(benches, turn->id, ends(turn), office_clock());
	if (turn->bench == NULL) {
		turn->error.status = MR_NOMEM;
		return;
	}
	tongue = mr_tongue_set(turn->language);
	if (turn->line != NULL)
		do_line(turn);
	else
		mr_bench_begin(&turn->bench->now, &front, &turn->error);
	mr_lock(mr);
	turn->shown = turn->bench->now;
	turn_write(turn);
	mr_tongue_set(tongue);
}

/* The view is written; let it go. */
void
turn_answer(struct turn *turn)
{
	struct http_request *request = turn->request;

	request->reply.status = 200;
	request->reply.type = JSON_TYPE;
	turn_release(turn);
	http_ready(request);
}

/* A problem is written; let it go. */
static void
refuse(struct turn *turn)
{
	struct http_request *request = turn->request;

	turn_release(turn);
	http_ready(request);
}

/* Committed, or lost. */
static void
done(struct work *work, const struct mr_error *lost)
{
	struct turn *turn = (struct turn *)work;
	const struct mr_error *error = lost != NULL ? lost : &turn->error;

	if (turn->bench != NULL)
		benches_settle(
		    turn->office->benches, turn->bench, lost != NULL);
	turn->bench = NULL;
	if (mr_status_exit(error->status) >= 3)
		log_line(LOG_FAILED, error->status, 0, turn->session.who.user);
	if (turn->ended) {
		door_turn_away(turn->office, turn->request, error);
		refuse(turn);
	} else if (error->status != MR_OK) {
		answer_problem(
		    &turn->request->reply, 0, error->status, error->message);
		refuse(turn);
	} else if (turn->again < 0) {
		answer_problem(&turn->request->reply, 0, MR_REFUSED,
		    "this request key was used before, for another line; take "
		    "a new key for a new line");
		refuse(turn);
	} else if (turn->pages == 0) {
		turn_answer(turn);
	} else {
		turn_print(turn);
	}
}

void
turn_begin(struct turn *turn)
{
	turn->work.run = run;
	turn->work.forget = forget;
	turn->work.done = done;
	if (writer_add(turn->office->writer, &turn->work) == 0)
		return;
	answer_busy(&turn->request->reply);
	refuse(turn);
}
