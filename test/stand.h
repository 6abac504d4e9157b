/*
 * A station in a test office: the bench of lib/bench.h with a front end that
 * runs operations at once.
 */
#ifndef TEST_STAND_H
#define TEST_STAND_H

#include "test/mailday.h"

#include "lib/bench.h"

struct stand {
	struct house *h;
	struct mailday m;
	struct mr_bench bench;
	struct mr_bench_front front;
	int printed;        /* papers that print() took */
	int writes;         /* operations that wrote, so far */
	const char *broken; /* print() fails with these words */
};

struct stand_call {
	struct stand *s;
	const struct mr_bench_word *words;
};

static inline const char *
stand_get(void *arg, const char *name)
{
	return mr_bench_word(((struct stand_call *)arg)->words, name);
}

static inline int
stand_passphrase(void *arg, const char *which, char *buf, size_t size)
{
	return house_passphrase(
	    ((struct stand_call *)arg)->s->h, which, buf, size);
}

static inline enum mr_status
stand_run(void *arg, const char *name, const struct mr_bench_word *words,
    struct mr_out *out, struct mr_error *error)
{
	struct stand *s = arg;
	struct stand_call call = {s, words};
	const struct mr_op *op = mr_op_find(name);
	struct mr_ask ask = {.user = s->h->user,
	    .station = s->h->station,
	    .now = s->h->now,
	    .arg = &call,
	    .get = stand_get,
	    .passphrase = stand_passphrase};
	enum mr_status status;

	assert_non_null(op);
	status = mr_op_run(s->h->mr, op, &ask, out, error);
	s->writes += op->writes && (status == MR_OK || status == MR_STOP);
	return status;
}

static inline enum mr_status
stand_print(void *arg, enum mr_bench_paper paper,
    const struct mr_bench_letter *letter, const char *op,
    const struct mr_bench_word *words, struct mr_out *out,
    struct mr_error *error)
{
	struct stand *s = arg;

	assert_true((letter != NULL) == (paper == MR_BENCH_SHEET));
	if (s->broken != NULL) {
		error->status = MR_REFUSED;
		snprintf(
		    error->message, sizeof(error->message), "%s", s->broken);
		return MR_REFUSED;
	}
	s->printed++;
	return stand_run(arg, op, words, out, error);
}

static inline int
stand_setup(void **state)
{
	struct stand *s = calloc(1, sizeof(*s));
	void *house = NULL;

	if (s == NULL || house_setup(&house) != 0)
		return -1;
	s->h = house;
	mailday_people_of(s->h, &s->m);
	s->front = (struct mr_bench_front){.arg = s,
	    .arena = mr_arena_new(0),
	    .document = mailday_document,
	    .run = stand_run,
	    .print = stand_print};
	assert_non_null(s->front.arena);
	*state = s;
	return 0;
}

static inline int
stand_teardown(void **state)
{
	struct stand *s = *state;
	void *house = s->h;

	mr_arena_free(s->front.arena);
	free(mailday_made.bytes);
	memset(&mailday_made, 0, sizeof(mailday_made));
	house_teardown(&house);
	free(s);
	return 0;
}

/* A line, a second after the one before. */
static inline const struct mr_bench_view *
stand_line(struct stand *s, const char *line)
{
	s->h->now += 4000000;
	mr_arena_reset(s->front.arena);
	mr_bench_do(&s->bench, &s->front, line);
	return &s->bench.view;
}

/* The piece of text in the view's words. */
static inline int
stand_has(const struct mr_bench_view *view, const char *text)
{
	int has = strstr(view->plain, text) != NULL;

	for (int i = 0; i < view->extras; i++)
		has |= strstr(view->extra[i], text) != NULL;
	return has;
}

/* A line, its verdict and a piece of its words. */
static inline void
stand_says(struct stand *s, const char *line, enum mr_verdict verdict,
    const char *text)
{
	const struct mr_bench_view *view = stand_line(s, line);

	if (view->verdict != verdict || !stand_has(view, text))
		fail_msg("%s: %s, %s %s", line, mr_verdict_name(view->verdict),
		    view->plain, view->extras > 0 ? view->extra[0] : "");
}

#endif
