/*
 * The benches of the daemon: what is kept, what is taken back, what goes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mailroomd/benches.h"

/* A group that was lost leaves the bench as it was before all of it. */
static void
a_lost_group_is_taken_back_on_the_bench(void **state)
{
	static const unsigned char id[BENCH_ID] = {1}, other[BENCH_ID] = {2};
	struct benches *benches = benches_new();
	struct reply answer = {0}, told = {0};
	struct bench *bench;

	(void)state;
	reply_write(&answer, "view", 4);
	bench = benches_take(benches, id, 100, 1);
	snprintf(bench->now.last.number, 16, "A1");
	benches_tell(benches, id, "k1", "3", &answer);
	benches_settle(benches, bench, 0);
	assert_int_equal(benches_told(benches, id, "k1", "3", &told), 1);
	assert_int_equal(benches_told(benches, id, "k1", "4", &told), -1);
	assert_int_equal(benches_told(benches, other, "k1", "3", &told), 0);
	/* Two lines in one group. */
	for (int i = 2; i < 4; i++) {
		assert_ptr_equal(benches_take(benches, id, 100, 1), bench);
		snprintf(bench->now.last.number, 16, "A%d", i);
		bench->started = 1;
		benches_tell(benches, id, i == 2 ? "k2" : "k3", "3", &answer);
	}
	/* At work it stays, whoever signs out. */
	benches_drop(benches, id);
	benches_settle(benches, bench, 1);
	benches_settle(benches, bench, 1);
	assert_string_equal(bench->now.last.number, "A1");
	assert_int_equal(bench->started, 0);
	assert_int_equal(benches_told(benches, id, "k2", "3", &told), 0);
	assert_int_equal(benches_told(benches, id, "k3", "3", &told), 0);
	assert_int_equal(benches_told(benches, id, "k1", "3", &told), 1);
	/* Its session is over: the next one begins afresh. */
	bench = benches_take(benches, other, 300, 200);
	benches_settle(benches, bench, 0);
	assert_int_equal(benches_told(benches, id, "k1", "3", &told), 0);
	reply_free(&answer);
	reply_free(&told);
	benches_free(benches);
}

static void
more_benches_than_can_be_open_push_the_oldest_out(void **state)
{
	struct benches *benches = benches_new();
	unsigned char id[BENCH_ID] = {0};
	struct bench *bench;

	(void)state;
	for (int i = 0; i < SESSION_MOST + 40; i++) {
		id[0] = (unsigned char)(i & 0xff);
		id[1] = (unsigned char)(i >> 8);
		bench = benches_take(benches, id, 1000 + i, 1);
		assert_non_null(bench);
		snprintf(bench->now.last.number, 16, "A%d", i);
		benches_settle(benches, bench, 0);
	}
	bench = benches_take(benches, id, 2000, 1);
	assert_string_equal(bench->now.last.number, "A295");
	benches_settle(benches, bench, 0);
	memset(id, 0, sizeof(id));
	bench = benches_take(benches, id, 2000, 1);
	assert_string_equal(bench->now.last.number, "");
	benches_settle(benches, bench, 0);
	benches_free(benches);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_lost_group_is_taken_back_on_the_bench),
	    cmocka_unit_test(more_benches_than_can_be_open_push_the_oldest_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
