/*
 * The server goes away at the worst moments, on a real server behind a wire
 * that is cut: whatever was told is there once.  test/pgsql.sh runs it.
 */
#define _GNU_SOURCE /* memmem */
#include "test/lost.h"

#include "lib/again.h"

static void
a_commit_without_an_answer_was_kept_once(void **state)
{
	struct house *h = *state;
	char code[64];

	proxy_cut(CUT_AFTER, "COMMIT", 1);
	did(h, receive(h, 0, "key-1"), "\"code\"");
	house_value(h, "code", 0, code);
	/* The answer is that of the letter, and stays it. */
	did(h, receive(h, 0, "key-1"), code);
	/* And without a key: the chain knows. */
	proxy_cut(CUT_AFTER, "COMMIT", 1);
	did(h, receive(h, 1, NULL), "\"code\"");
	holds(h, 2);
}

static void
a_commit_that_never_came_is_done_again(void **state)
{
	struct house *h = *state;

	proxy_cut(CUT_BEFORE, "COMMIT", 1);
	did(h, receive(h, 0, "key-1"), "\"code\"");
	proxy_cut(CUT_BEFORE, "COMMIT", 3);
	did(h, receive(h, 1, NULL), "\"code\"");
	holds(h, 2);
}

static void
a_server_that_goes_in_the_middle_is_waited_for(void **state)
{
	static const char *const words[] = {"FROM users", "BEGIN",
	    "INSERT INTO letter", "FROM request", "INSERT INTO event"};
	static const char *const keys[] = {NULL, NULL, NULL, "a", "b"};
	struct house *h = *state;
	int n = (int)(sizeof(words) / sizeof(words[0]));

	for (int i = 0; i < n; i++) {
		/* What is prepared already goes by a number. */
		by_wire(h, 0);
		proxy_cut(i % 2 ? CUT_AFTER : CUT_BEFORE, words[i], 1);
		did(h, receive(h, i, keys[i]), "\"code\"");
		assert_int_equal(proxy.left, 0);
	}
	holds(h, n);
}

/* Three letters, which come as the answers of one group. */
struct three {
	struct house *h;
	int times;
	enum mr_status status[3];
	char code[3][64];
};

static void
log_three(void *arg, struct mr *mr)
{
	struct three *three = arg;

	assert_ptr_equal(three->h->mr, mr);
	three->times++;
	for (int i = 0; i < 3; i++) {
		three->status[i] = receive(three->h, i, NULL);
		if (three->status[i] == MR_OK)
			house_value(three->h, "code", 0, three->code[i]);
	}
}

static void
a_group_without_an_answer_is_not_done_twice(void **state)
{
	struct three three = {.h = *state};
	struct house *h = *state;

	proxy_cut(CUT_AFTER, "COMMIT", 1);
	assert_int_equal(
	    mr_group_run(h->mr, log_three, &three, &h->error), MR_OK);
	assert_int_equal(three.times, 1);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(three.status[i], MR_OK);
		did(h, run(h, "letter show", "letter", three.code[i], NULL),
		    three.code[i]);
	}
	holds(h, 3);
}

static void
a_group_that_never_came_is_done_again_whole(void **state)
{
	struct three three = {.h = *state};
	struct house *h = *state;

	proxy_cut(CUT_BEFORE, "COMMIT", 1);
	assert_int_equal(
	    mr_group_run(h->mr, log_three, &three, &h->error), MR_OK);
	assert_int_equal(three.times, 2);
	for (int i = 0; i < 3; i++)
		did(h, run(h, "letter show", "letter", three.code[i], NULL),
		    three.code[i]);
	holds(h, 3);
}

static void
another_may_write_between_the_commit_and_the_question(void **state)
{
	struct mr_options options = {.dir = NULL};
	struct house *h = *state;
	struct mr *wire = h->mr, *own = NULL;
	struct mr_call *c;

	options.dir = h->dir;
	options.db = h->db;
	assert_int_equal(mr_open(&options, &own, &h->error), MR_OK);
	c = mr_call_start(wire, h->now, &h->error);
	assert_int_equal(mr_begin(c, 1), MR_OK);
	(void)house_add(c, MR_INSIDE, "X-1", 1);
	assert_int_equal(sql_commit(wire->db), MR_OK);
	h->mr = own;
	did(h, receive(h, 0, NULL), "\"code\"");
	assert_int_equal(mr_was_kept(c), MR_OK);
	/* An event that is not ours has the number, and another hash. */
	c = mr_call_start(wire, h->now, &h->error);
	assert_int_equal(mr_begin(c, 1), MR_OK);
	(void)house_add(c, MR_INSIDE, "X-2", 1);
	sql_rollback(wire->db);
	assert_int_equal(mr_was_kept(c), MR_LOST);
	did(h, receive(h, 1, NULL), "\"code\"");
	assert_int_equal(mr_was_kept(c), MR_LOST);
	mr_close(own);
	h->mr = wire;
}

/* Somebody writes for longer than we can wait to ask. */
static void
what_may_have_been_kept_is_not_done_again(void **state)
{
	struct mr_options options = {.dir = NULL};
	struct house *h = *state;
	struct mr *own = NULL;
	struct mr_again again = {0};
	struct mr_call *c, *o;

	options.dir = h->dir;
	options.db = h->db;
	assert_int_equal(mr_open(&options, &own, &h->error), MR_OK);
	c = mr_call_start(h->mr, h->now, &h->error);
	assert_int_equal(mr_begin(c, 1), MR_OK);
	(void)house_add(c, MR_INSIDE, "X-1", 1);
	assert_int_equal(sql_commit(h->mr->db), MR_OK);
	assert_int_equal(sql_script(h->mr->db, "SET lock_timeout = 20"), MR_OK);
	o = mr_call_start(own, h->now, &h->error);
	assert_int_equal(mr_begin(o, 1), MR_OK);
	assert_int_equal(mr_was_kept(c), MR_UNCERTAIN);
	assert_int_equal(mr_again(h->mr, &again, MR_UNCERTAIN), 0);
	assert_int_equal(mr_end(o, MR_OK), MR_OK);
	assert_int_equal(mr_was_kept(c), MR_OK);
	mr_close(own);
}

/* What of the chain's head was read before is read again. */
static void
time_goes_on_where_the_head_was_read_by_half(void **state)
{
	struct mr_options options = {.dir = NULL};
	struct house *h = *state;
	struct mr *wire = h->mr, *own = NULL;
	struct mr_event event;
	struct mr_call *c;
	int64_t at;

	options.dir = h->dir;
	options.db = h->db;
	assert_int_equal(mr_open(&options, &own, &h->error), MR_OK);
	h->mr = own;
	did(h, receive(h, 0, NULL), "\"code\"");
	at = h->now;
	h->mr = wire;
	/* Whoever waited for the lock comes from before that. */
	h->now -= 60000000;
	proxy_cut(CUT_BEFORE, "FROM event WHERE id = $1", 1);
	did(h, receive(h, 1, NULL), "\"code\"");
	assert_int_equal(proxy.left, 0);
	c = house_begin(h);
	assert_int_equal(mr_event_load(c, h->mr->head.id, &event), MR_OK);
	assert_true(event.at >= at);
	house_end(c);
	mr_close(own);
	holds(h, 2);
}

static void
it_is_told_when_nobody_is_there_for_long(void **state)
{
	struct house *h = *state;
	int met;

	by_wire(h, 200);
	proxy_cut(CUT_BEFORE, "INSERT INTO letter", 1);
	did(h, receive(h, 0, NULL), "\"code\"");
	proxy_cut(CUT_BEFORE, "COMMIT", 1000);
	refused(h, receive(h, 1, NULL), MR_UNCERTAIN, "look whether it is");
	proxy_cut(CUT_ALWAYS, "", 0);
	refused(h, receive(h, 1, NULL), MR_LOST, "nothing was changed");
	/* It has waited; the next one is told at once. */
	met = proxy.met;
	refused(h, receive(h, 1, NULL), MR_LOST, "nothing was changed");
	assert_in_range(proxy.met - met, 1, 3);
	proxy_cut(CUT_NEVER, "", 0);
	did(h, receive(h, 1, NULL), "\"code\"");
	holds(h, 2);
}

/* A moment later somebody is there. */
static void *
come_back(void *arg)
{
	while (proxy.met < 4)
		nanosleep(&(struct timespec){0, 1000000}, NULL);
	proxy_cut(CUT_NEVER, "", 0);
	return arg;
}

/* The address of both; one that names a single server is told at once. */
static void
who_comes_while_another_takes_over_waits_for_it(void **state)
{
	struct house *h = *state;
	char db[400], one[320];
	struct mr_options options = {
	    .dir = h->dir, .db = db, .patience_ms = 20000};
	struct mr *mr = NULL;
	pthread_t thread;

	snprintf(db, sizeof(db), "%s host=127.0.0.1,127.0.0.1 port=%d,%d",
	    h->db, proxy.port, proxy.port);
	proxy_cut(CUT_ALWAYS, "", 0);
	proxy.met = 0;
	assert_int_equal(pthread_create(&thread, NULL, come_back, NULL), 0);
	assert_int_equal(mr_open(&options, &mr, &h->error), MR_OK);
	pthread_join(thread, NULL);
	mr_close(mr);
	proxy_cut(CUT_ALWAYS, "", 0);
	options.patience_ms = 100;
	assert_int_equal(mr_open(&options, &mr, &h->error), MR_LOST);
	options.patience_ms = 0;
	options.db = proxy_db(h, one);
	proxy.met = 0;
	assert_int_equal(mr_open(&options, &mr, &h->error), MR_LOST);
	assert_int_equal(proxy.met, 1);
}

static void
a_server_that_became_a_standby_is_left(void **state)
{
	struct house *h = *state;

	assert_int_equal(
	    sql_script(h->mr->db, "SET default_transaction_read_only = on"),
	    MR_OK);
	did(h, receive(h, 0, NULL), "\"code\"");
	holds(h, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	    T(a_commit_without_an_answer_was_kept_once),
	    T(a_commit_that_never_came_is_done_again),
	    T(a_server_that_goes_in_the_middle_is_waited_for),
	    T(a_group_without_an_answer_is_not_done_twice),
	    T(a_group_that_never_came_is_done_again_whole),
	    T(another_may_write_between_the_commit_and_the_question),
	    T(what_may_have_been_kept_is_not_done_again),
	    T(time_goes_on_where_the_head_was_read_by_half),
	    T(it_is_told_when_nobody_is_there_for_long),
	    T(who_comes_while_another_takes_over_waits_for_it),
	    T(a_server_that_became_a_standby_is_left),
#undef T
	};
	int failed;

	proxy_start();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	proxy_stop();
	return failed;
}
