/*
 * One answer made of several: numbers add up, lists are put together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/rounds.h"

struct bench {
	struct mr_arena *arena;
	struct mr_out *to, *sum;
	char said[4096];
	size_t len;
	int files;
};

static int
keep(void *to, const void *bytes, size_t len)
{
	struct bench *b = to;

	assert_true(b->len + len < sizeof(b->said));
	memcpy(b->said + b->len, bytes, len);
	b->len += len;
	return 0;
}

static int
take(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	struct bench *b = to;

	(void)name, (void)type, (void)bytes, (void)len, (void)secret;
	b->files++;
	return 0;
}

static int
setup(void **state)
{
	struct bench *b = calloc(1, sizeof(*b));

	if (b == NULL)
		return -1;
	b->arena = mr_arena_new(0);
	b->to = mr_out_json(b->arena, keep, b, take);
	b->sum = rounds_sum(b->arena, b->to, "left");
	*state = b;
	return b->sum == NULL;
}

static int
teardown(void **state)
{
	struct bench *b = *state;

	mr_arena_free(b->arena);
	free(b);
	return 0;
}

/* A run as an operation answers it. */
static void
run(struct mr_out *out, const char *held, int printed, int left)
{
	out->begin_map(out, NULL);
	out->begin_list(out, "held");
	if (held != NULL) {
		out->begin_map(out, NULL);
		out->text(out, "number", held);
		out->integer(out, "days", 3);
		out->end_map(out);
	}
	out->end_list(out);
	out->integer(out, "printed", printed);
	out->integer(out, "left", left);
	out->end_map(out);
	out->document(out, "sheets.pdf", "application/pdf", "x", 1, 0);
}

static const char *
told(struct bench *b)
{
	rounds_tell(b->sum);
	assert_int_equal(b->to->end(b->to), 0);
	return b->said;
}

static void
runs_are_told_as_one(void **state)
{
	struct bench *b = *state;

	run(b->sum, "A1", 2, 3);
	assert_int_equal(rounds_left(b->sum), 3);
	run(b->sum, NULL, 2, 1);
	run(b->sum, "A9", 1, 0);
	assert_int_equal(rounds_left(b->sum), 0);
	assert_int_equal(b->len, 0);
	assert_int_equal(b->files, 3);
	assert_string_equal(told(b),
	    "{\"held\":[{\"number\":\"A1\",\"days\":3},"
	    "{\"number\":\"A9\",\"days\":3}],\"printed\":5,\"left\":0}\n");
}

static void
one_run_is_told_as_it_is(void **state)
{
	struct bench *b = *state;

	run(b->sum, NULL, 7, 0);
	assert_string_equal(
	    told(b), "{\"held\":[],\"printed\":7,\"left\":0}\n");
}

static void
of_words_the_first_stays(void **state)
{
	struct bench *b = *state;

	for (int i = 0; i < 2; i++) {
		b->sum->begin_map(b->sum, NULL);
		b->sum->text(b->sum, "on", i == 0 ? "letter" : "a4");
		b->sum->boolean(b->sum, "marked", i == 0);
		b->sum->text(b->sum, "none", NULL);
		b->sum->end_map(b->sum);
	}
	assert_int_equal(rounds_left(b->sum), 0);
	assert_string_equal(
	    told(b), "{\"on\":\"letter\",\"marked\":true,\"none\":null}\n");
}

static void
what_cannot_be_added_up_is_a_failure(void **state)
{
	struct bench *b = *state;

	b->sum->begin_map(b->sum, NULL);
	b->sum->integer(b->sum, "left", 1);
	b->sum->text(b->sum, "left", "some");
	b->sum->begin_list(b->sum, "held");
	b->sum->text(b->sum, NULL, "A1");
	b->sum->end_list(b->sum);
	b->sum->end_map(b->sum);
	assert_int_equal(b->sum->end(b->sum), -1);
	rounds_tell(b->sum);
	assert_int_equal(b->to->end(b->to), -1);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(runs_are_told_as_one),
	    TEST(one_run_is_told_as_it_is),
	    TEST(of_words_the_first_stays),
	    TEST(what_cannot_be_added_up_is_a_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
