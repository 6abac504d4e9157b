/*
 * The runner, with operations of our own: request keys, groups and their
 * savepoints, trying again, the clock, reading only, writing without an event.
 */
#include "test/house.h"

#include <pthread.h>
#include <time.h>

#include "lib/chain.h"

#define HOUR (INT64_C(3600) * 1000000)
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

static enum mr_status
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

static enum mr_status
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

static enum mr_status
no_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	(void)events;
	out->begin_map(out, NULL);
	out->integer(out, "event", 1);
	return mr_fail(c, MR_REFUSED, "no answer, says the test");
}

/* Changes a row and tells nobody. */
static enum mr_status
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

static enum mr_status
nothing(struct mr_call *c, const void *input)
{
	(void)c;
	(void)input;
	return MR_OK;
}

static enum mr_status
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
static enum mr_status
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
	struct mr_options options = {.dir = h->dir, .check_scans = 1};
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
	    .dir = h->dir, .check_scans = 1, .busy_ms = 40};
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
	    .dir = h->dir, .check_scans = 1, .readonly = 1};

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
