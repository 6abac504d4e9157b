/*
 * The runner, with operations of our own: request keys, groups and their
 * savepoints, trying again, the clock, reading only, writing without an event.
 */
#include "test/op_rows.h"

#include <pthread.h>
#include <time.h>

#define HOUR (INT64_C(3600) * 1000000)

static int64_t
events(struct house *h)
{
	return house_count(h, "SELECT id FROM event ORDER BY id DESC LIMIT 1");
}

static void
sound(struct house *h)
{
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static int
setup(void **state)
{
	runs = busy_times = 0;
	end = MR_OK;
	return house_setup(state);
}

static void
the_same_request_again_gives_the_same_answer_and_does_nothing(void **state)
{
	struct house *h = *state;
	char first[256];
	int64_t before;

	h->request = "once";
	did(h, act(h, &op_note, "7"), "\"n\":7");
	snprintf(first, sizeof(first), "%.255s", h->answer);
	before = events(h);
	h->now += HOUR;
	did(h, act(h, &op_note, "7"), first);
	assert_string_equal(h->answer, first);
	assert_int_equal(runs, 1);
	assert_int_equal(events(h), before);
}

static void
the_same_key_with_other_words_is_refused(void **state)
{
	struct house *h = *state;

	h->request = "once";
	did(h, act(h, &op_note, "7"), "");
	refused(h, act(h, &op_note, "8"), MR_REFUSED, "take a new key");
	assert_int_equal(runs, 1);
}

static void
a_key_is_of_one_user_and_one_operation(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	did(h, run(h, "user add", "name", "vera", "role", "staff", NULL), "");
	h->user = NULL;
	h->request = "once";
	did(h, act(h, &op_note, "7"), "");
	did(h, act(h, &op_other, "7"), "");
	h->user = "vera";
	did(h, act(h, &op_note, "7"), "");
	assert_int_equal(runs, 3);
}

/* A register number has few values: a plain hash of it would tell it. */
static void
what_is_kept_of_the_words_tells_nothing_of_them(void **state)
{
	struct house *h = *state;

	h->request = "once";
	did(h, act(h, &op_note, "7"), "");
	h->request = "twice";
	did(h, act(h, &op_note, "7"), "");
	assert_int_equal(runs, 2);
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT COUNT(DISTINCT input) FROM request"),
	    2);
}

static void
after_a_week_a_key_is_a_new_one(void **state)
{
	struct house *h = *state;

	h->request = "once";
	did(h, act(h, &op_note, "7"), "");
	h->now += 6 * 24 * HOUR;
	did(h, act(h, &op_note, "7"), "");
	assert_int_equal(runs, 1);
	h->now += 2 * 24 * HOUR;
	did(h, act(h, &op_note, "7"), "");
	assert_int_equal(runs, 2);
	sound(h);
}

static void
a_refusal_takes_back_what_was_written_and_its_key(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);

	end = MR_REFUSED;
	h->request = "once";
	refused(h, act(h, &op_note, "7"), MR_REFUSED, "so says the test");
	assert_int_equal(events(h), before);
	end = MR_OK;
	did(h, act(h, &op_note, "7"), "\"n\":7");
	assert_int_equal(events(h), before + 1);
	sound(h);
}

static void
an_answer_that_fails_takes_everything_back(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);

	refused(h, act(h, &op_mute, "7"), MR_REFUSED, "no answer");
	assert_int_equal(events(h), before);
}

static void
a_stop_is_written_down_and_answered(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);

	end = MR_STOP;
	assert_int_equal(act(h, &op_note, "7"), MR_STOP);
	assert_non_null(strstr(h->answer, "\"n\":7"));
	assert_int_equal(events(h), before + 1);
}

static void
in_a_group_a_refusal_takes_back_only_itself(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);
	char want[64];

	assert_int_equal(mr_group_begin(h->mr, &h->error), MR_OK);
	did(h, act(h, &op_note, "1"), "\"n\":1");
	end = MR_REFUSED;
	refused(h, act(h, &op_note, "2"), MR_REFUSED, "so says the test");
	end = MR_OK;
	/* The head of the chain is where the first left it. */
	snprintf(want, sizeof(want), "{\"event\":%d,\"n\":3}", (int)before + 2);
	did(h, act(h, &op_note, "3"), want);
	assert_int_equal(mr_group_commit(h->mr, &h->error), MR_OK);
	assert_int_equal(events(h), before + 2);
	did(h, act(h, &op_note, "4"), "\"n\":4");
	assert_int_equal(events(h), before + 3);
	sound(h);
}

static void
a_group_that_begins_with_a_refusal_goes_on(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);

	assert_int_equal(mr_group_begin(h->mr, &h->error), MR_OK);
	refused(h, act(h, &op_mute, "1"), MR_REFUSED, "no answer");
	refused(h, act(h, &op_note, "word"), MR_USAGE, "n");
	did(h, act(h, &op_note, "2"), "\"n\":2");
	assert_int_equal(mr_group_commit(h->mr, &h->error), MR_OK);
	assert_int_equal(events(h), before + 1);
	sound(h);
}

static void
a_request_may_come_twice_in_one_group(void **state)
{
	struct house *h = *state;
	char first[256];

	assert_int_equal(mr_group_begin(h->mr, &h->error), MR_OK);
	h->request = "once";
	did(h, act(h, &op_note, "1"), "\"n\":1");
	snprintf(first, sizeof(first), "%.255s", h->answer);
	did(h, act(h, &op_note, "1"), first);
	assert_int_equal(runs, 1);
	assert_int_equal(mr_group_commit(h->mr, &h->error), MR_OK);
}

static void
nobody_sees_a_group_before_its_end(void **state)
{
	struct house *h = *state, other = {.now = h->now};
	struct mr_options options = {
	    .dir = h->dir, .db = house_db(h), .check_scans = 1};
	int64_t before = events(h);

	assert_int_equal(mr_open(&options, &other.mr, &h->error), MR_OK);
	assert_int_equal(mr_group_begin(h->mr, &h->error), MR_OK);
	did(h, act(h, &op_note, "1"), "");
	assert_int_equal(events(&other), before);
	assert_int_equal(mr_group_commit(h->mr, &h->error), MR_OK);
	assert_int_equal(events(&other), before + 1);
	/* And the other one goes on from there. */
	did(&other, act(&other, &op_note, "2"), "");
	did(h, act(h, &op_note, "3"), "");
	assert_int_equal(events(h), before + 3);
	sound(h);
	mr_close(other.mr);
}

static void
a_handler_that_was_in_the_way_runs_again(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);

	busy_times = 2;
	did(h, act(h, &op_note, "7"), "\"n\":7");
	assert_int_equal(runs, 3);
	assert_int_equal(events(h), before + 1);
	sound(h);
}

static void
who_is_always_busy_is_told_so(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);

	busy_times = 1000;
	refused(h, act(h, &op_note, "7"), MR_BUSY, "busy");
	assert_true(runs > 1 && runs < 20);
	assert_int_equal(events(h), before);
}

/* Another desk that writes, and is done after a while. */
static void *
lets_go(void *arg)
{
	const struct timespec while_ = {0, 120000000};
	struct mr_call *c = arg;

	nanosleep(&while_, NULL);
	mr_end(c, MR_OK);
	return NULL;
}

static void
two_desks_wait_for_each_other(void **state)
{
	struct house *h = *state, other = {.now = h->now};
	struct mr_options options = {
	    .dir = h->dir, .db = house_db(h), .check_scans = 1, .busy_ms = 40};
	int64_t before = events(h);
	struct mr_call *c;
	pthread_t thread;

	assert_int_equal(mr_open(&options, &other.mr, &other.error), MR_OK);
	c = house_begin(h);
	refused(&other, act(&other, &op_note, "1"), MR_BUSY, "writing");
	assert_int_equal(runs, 0);
	assert_int_equal(pthread_create(&thread, NULL, lets_go, c), 0);
	did(&other, act(&other, &op_note, "1"), "\"n\":1");
	assert_int_equal(pthread_join(thread, NULL), 0);
	mr_call_end(c);
	assert_int_equal(events(h), before + 1);
	mr_close(other.mr);
}

static int64_t
time_of_newest(struct house *h)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	struct mr_event event;
	unsigned char hash[32];
	int64_t id;

	assert_int_equal(mr_begin(c, 0), MR_OK);
	assert_int_equal(mr_head_load(c), MR_OK);
	mr_event_head(c, &id, hash);
	assert_int_equal(mr_event_load(c, id, &event), MR_OK);
	house_end(c);
	return event.at;
}

static void
the_clock_never_runs_backwards(void **state)
{
	struct house *h = *state;
	int64_t late = h->now + 5 * HOUR;

	h->now = late;
	did(h, act(h, &op_note, "1"), "");
	assert_int_equal(time_of_newest(h), late);
	h->now = late - 4 * HOUR;
	did(h, act(h, &op_note, "2"), "");
	assert_int_equal(time_of_newest(h), late);
	assert_int_equal(mr_group_begin(h->mr, &h->error), MR_OK);
	did(h, act(h, &op_note, "3"), "");
	assert_int_equal(mr_group_commit(h->mr, &h->error), MR_OK);
	assert_int_equal(time_of_newest(h), late);
	h->now = late + 1;
	did(h, act(h, &op_note, "4"), "");
	assert_int_equal(time_of_newest(h), late + 1);
	sound(h);
}

static void
an_office_for_reading_only_shows_and_keeps_out(void **state)
{
	struct house *h = *state, other = {.now = h->now};
	struct mr_options options = {
	    .dir = h->dir, .db = house_db(h), .check_scans = 1, .readonly = 1};

	assert_int_equal(mr_open(&options, &other.mr, &other.error), MR_OK);
	refused(&other, act(&other, &op_note, "1"), MR_READONLY, "reading");
	assert_int_equal(runs, 0);
	did(&other, run(&other, "user list", NULL), "ruth");
	mr_close(other.mr);
}

static void
to_write_without_an_event_is_refused(void **state)
{
	struct house *h = *state;
	char select[80];

	refused(h, act(h, &op_silent, "1"), MR_BUG, "without an event");
	snprintf(select, sizeof(select),
	    "SELECT CAST(count(*) AS BIGINT) FROM setting WHERE id = %d", MEMO);
	assert_int_equal(house_count(h, select), 0);
	assert_int_equal(mr_group_begin(h->mr, &h->error), MR_OK);
	refused(h, act(h, &op_silent, "1"), MR_BUG, "without an event");
	assert_int_equal(mr_group_commit(h->mr, &h->error), MR_OK);
	assert_int_equal(house_count(h, select), 0);
}

static void
to_change_nothing_needs_no_event_and_keeps_no_key(void **state)
{
	struct house *h = *state;
	int64_t before = events(h);

	h->request = "once";
	did(h, act(h, &op_nothing, "1"), "{}");
	did(h, act(h, &op_nothing, "2"), "{}");
	assert_int_equal(events(h), before);
}

static void
the_first_write_of_a_day_signs_the_chain(void **state)
{
	struct house *h = *state;
	static const char count[] =
	    SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM checkpoint";
	int64_t before = house_count(h, count);

	did(h, act(h, &op_note, "1"), "");
	assert_int_equal(house_count(h, count), before);
	h->now += 24 * HOUR;
	did(h, act(h, &op_note, "2"), "");
	did(h, act(h, &op_note, "3"), "");
	assert_int_equal(house_count(h, count), before + 1);
	sound(h);
}

static void
who_is_not_known_or_gone_does_nothing(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	did(h, run(h, "user add", "name", "vera", "role", "staff", NULL), "");
	did(h, run(h, "user disable", "name", "vera", NULL), "");
	h->user = "vera";
	refused(h, act(h, &op_note, "1"), MR_DENIED, "disabled");
	h->user = "nobody-here";
	refused(h, act(h, &op_note, "1"), MR_DENIED, "no user of that name");
	h->user = "admin";
	refused(h, act(h, &op_note, "1"), MR_DENIED, "staff or coordinator");
	assert_int_equal(runs, 0);
}

#define on_an_office(f) \
	cmocka_unit_test_setup_teardown(f, setup, house_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    on_an_office(
		the_same_request_again_gives_the_same_answer_and_does_nothing),
	    on_an_office(the_same_key_with_other_words_is_refused),
	    on_an_office(what_is_kept_of_the_words_tells_nothing_of_them),
	    on_an_office(a_key_is_of_one_user_and_one_operation),
	    on_an_office(after_a_week_a_key_is_a_new_one),
	    on_an_office(a_refusal_takes_back_what_was_written_and_its_key),
	    on_an_office(an_answer_that_fails_takes_everything_back),
	    on_an_office(a_stop_is_written_down_and_answered),
	    on_an_office(in_a_group_a_refusal_takes_back_only_itself),
	    on_an_office(a_group_that_begins_with_a_refusal_goes_on),
	    on_an_office(a_request_may_come_twice_in_one_group),
	    on_an_office(nobody_sees_a_group_before_its_end),
	    on_an_office(a_handler_that_was_in_the_way_runs_again),
	    on_an_office(who_is_always_busy_is_told_so),
	    on_an_office(two_desks_wait_for_each_other),
	    on_an_office(the_clock_never_runs_backwards),
	    on_an_office(an_office_for_reading_only_shows_and_keeps_out),
	    on_an_office(to_write_without_an_event_is_refused),
	    on_an_office(to_change_nothing_needs_no_event_and_keeps_no_key),
	    on_an_office(the_first_write_of_a_day_signs_the_chain),
	    on_an_office(who_is_not_known_or_gone_does_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
