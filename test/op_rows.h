/*
 * Operations of our own for test_op.c: one that notes a number, and ones that
 * do what no operation may.
 */
#ifndef TEST_OP_ROWS_H
#define TEST_OP_ROWS_H

#include "test/house.h"

#include "lib/chain.h"

#define MEMO 9999 /* number of a setting that nothing else uses */

struct note {
	struct mr_count n;
};

static const struct mr_param note_params[] = {
    MR_PARAM(note, n, 1, "a number to write down"),
};

static int runs;           /* of a handler, since the test began */
static enum mr_status end; /* what the handler says at its end */
static int busy_times;     /* so often it says MR_BUSY first */

static inline enum mr_status
note(struct mr_call *c, const void *input)
{
	const struct note *in = input;
	const struct mr_field fields[] = {
	    {MR_F_COUNT, in->n.n, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	enum mr_status status;

	runs++;
	status = mr_event_note(c, MR_SITE, c->site->id, fields);
	if (status != MR_OK)
		return status;
	if (busy_times > 0) {
		busy_times--;
		return mr_fail(c, MR_BUSY, "busy, says the test");
	}
	return end == MR_OK ? end : mr_fail(c, end, "so says the test");
}

static inline enum mr_status
note_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->integer(out, "event", event.id);
	out->integer(out, "n", mr_event_number(&event, MR_F_COUNT, -1));
	out->end_map(out);
	return MR_OK;
}

static inline enum mr_status
no_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	(void)events;
	out->begin_map(out, NULL);
	out->integer(out, "event", 1);
	return mr_fail(c, MR_REFUSED, "no answer, says the test");
}

/* Changes a row and tells nobody. */
static inline enum mr_status
silent(struct mr_call *c, const void *input)
{
	struct sql_stmt *st;

	(void)input;
	st = sql_prepare(c,
	    "INSERT INTO setting (id, value, version, event) "
	    "VALUES (:id, '', 1, 1)");
	sql_int(st, ":id", MEMO);
	return sql_done(st);
}

static inline enum mr_status
nothing(struct mr_call *c, const void *input)
{
	(void)c;
	(void)input;
	return MR_OK;
}

static inline enum mr_status
nothing_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	(void)c;
	assert_int_equal(events.count, 0);
	out->begin_map(out, NULL);
	out->end_map(out);
	return MR_OK;
}

#define A_ROW(id, runs_it, answers_it) \
	{ \
		.name = "test row", .number = id, .summary = "Be a test.", \
		.roles = MR_FROM_STAFF, .writes = 1, MR_PARAMS(note_params), \
		.input_size = sizeof(struct note), .returns = "event n", \
		.run = runs_it, .answer = answers_it \
	}

static const struct mr_op op_note = A_ROW(60001, note, note_answer);
static const struct mr_op op_other = A_ROW(60002, note, note_answer);
static const struct mr_op op_mute = A_ROW(60003, note, no_answer);
static const struct mr_op op_silent = A_ROW(60004, silent, nothing_answer);
static const struct mr_op op_nothing = A_ROW(60005, nothing, nothing_answer);

/* Run a row with one number; what it answers is in the house. */
static inline enum mr_status
act(struct house *h, const struct mr_op *op, const char *n)
{
	struct mr_ask ask = {.user = h->user,
	    .now = h->now,
	    .arg = h,
	    .request = h->request,
	    .get = house_get};
	struct mr_arena *arena = mr_arena_new(0);
	enum mr_status status;
	struct mr_out *out;

	memset(h->word, 0, sizeof(h->word));
	h->word[0] = "n";
	h->word[1] = n;
	h->len = 0;
	h->answer[0] = '\0';
	out = mr_out_json(arena, house_write, h, NULL);
	status = mr_op_run(h->mr, op, &ask, out, &h->error);
	if (status == MR_OK || status == MR_STOP)
		assert_int_equal(out->end(out), 0);
	mr_arena_free(arena);
	return status;
}

#endif
