/*
 * The PostgreSQL driver's pipeline against a real server: what answers no row
 * is sent and not waited for.  See test_pgsql.c.
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <libpq-fe.h>

#include "lib/sql_table.h"
#include "test/thing.h"

/* How often the server was waited for: libpq's own function, counted. */
static int waits;

int
PQpipelineSync(PGconn *conn)
{
	int (*real)(PGconn *);

	*(void **)&real = dlsym(RTLD_NEXT, "PQpipelineSync");
	waits++;
	return real(conn);
}

/* What holds this text is refused, as by a server that is short of memory. */
static const char *refused_text;

PGresult *
PQexec(PGconn *conn, const char *text)
{
	PGresult *(*real)(PGconn *, const char *);

	*(void **)&real = dlsym(RTLD_NEXT, "PQexec");
	if (refused_text != NULL && strstr(text, refused_text) != NULL)
		text = "SELECT 1 / 0";
	return real(conn, text);
}

/* So often a stream cannot be ended. */
static int endless;

int
PQputCopyEnd(PGconn *conn, const char *why)
{
	int (*real)(PGconn *, const char *);

	*(void **)&real = dlsym(RTLD_NEXT, "PQputCopyEnd");
	return endless-- > 0 ? -1 : real(conn, why);
}

static void
a_failure_is_told_by_what_asks_next(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 2, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 3, "egret", NULL, 0, 0), MR_OK);
	assert_int_equal(asked(c), MR_UNIQUE);
	assert_string_equal(h->error.message, "it is there already");
	/* The first failure stays the reason, whatever is tried after it. */
	assert_int_equal(put(c, 4, "wren", NULL, 0, 0), MR_UNIQUE);
	assert_int_equal(asked(c), MR_UNIQUE);
	assert_int_equal(sql_savepoint(h->mr->db), MR_UNIQUE);
	assert_int_equal(sql_commit(h->mr->db), MR_UNIQUE);
	c = begin(h, 1);
	assert_int_equal(things(c), 0);
	/* What was prepared behind the failure is prepared again. */
	assert_int_equal(put_told(c, 5, "kite", 0), MR_OK);
	assert_int_equal(put(c, 6, "rail", NULL, 0, 5), MR_OK);
	assert_int_equal(things(c), 2);
	commit(h);
}

static void
a_failure_that_nobody_asked_about_is_told_by_the_commit(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 2, "wren", NULL, 0, 99), MR_OK);
	assert_int_equal(put(c, 3, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(sql_commit(h->mr->db), MR_BUG);
	c = begin(h, 0);
	assert_int_equal(things(c), 0);
	commit(h);
	/* Rolled back, it is nobody's. */
	c = begin(h, 1);
	assert_int_equal(put(c, 1, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 2, "heron", NULL, 0, 0), MR_OK);
	sql_rollback(h->mr->db);
	c = begin(h, 1);
	assert_int_equal(asked(c), MR_OK);
	commit(h);
}

/* More than the driver keeps unread, values gone when they are sent. */
static void
a_long_run_of_changes_arrives_whole_and_in_order(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);
	struct sql_stmt *st;
	char word[16];

	for (int64_t id = 1; id <= 1000; id++) {
		unsigned char bytes[2] = {id & 0xff, id >> 8 & 0xff};

		snprintf(word, sizeof(word), "w%03lld", (long long)id % 1000);
		assert_int_equal(put(c, id, word, bytes, 2, id / 2), MR_OK);
		memset(word, 'x', sizeof(word) - 1);
		memset(bytes, 'x', sizeof(bytes));
	}
	st = sql_prepare(
	    c, SQL_SCAN "SELECT id, word, bytes FROM thing ORDER BY id");
	for (int64_t id = 1; id <= 1000; id++) {
		const unsigned char *bytes;
		size_t len;

		assert_int_equal(sql_row(st), 1);
		assert_int_equal(sql_col_int(st, 0), id);
		snprintf(word, sizeof(word), "w%03lld", (long long)id % 1000);
		assert_string_equal(sql_col_text(st, 1), word);
		bytes = sql_col_blob(st, 2, &len);
		assert_int_equal(bytes[0] | bytes[1] << 8, id);
	}
	assert_int_equal(sql_done(st), MR_OK);
	/* One that fails in the midst of many is found as surely. */
	for (int64_t id = 1001; id <= 1020; id++)
		assert_int_equal(put(c, id, NULL, NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 1000, NULL, NULL, 0, 0), MR_OK);
	for (int64_t id = 1021; id <= 1030; id++)
		assert_int_equal(put(c, id, NULL, NULL, 0, 0), MR_OK);
	assert_int_equal(sql_commit(h->mr->db), MR_UNIQUE);
	assert_int_equal(things(begin(h, 0)), 0);
	commit(h);
}

static void
a_savepoint_tells_which_side_a_failure_was_on(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(sql_savepoint(h->mr->db), MR_OK);
	assert_int_equal(put(c, 2, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 3, "kite", NULL, 0, 0), MR_OK);
	/* Within: the release tells, and it can be taken back. */
	assert_int_equal(sql_release(h->mr->db), MR_UNIQUE);
	assert_int_equal(sql_rollback_to(h->mr->db), MR_OK);
	assert_int_equal(sql_savepoint(h->mr->db), MR_OK);
	assert_int_equal(put(c, 4, "kite", NULL, 0, 0), MR_OK);
	/* Taken back without ever having been asked about. */
	assert_int_equal(put(c, 5, "kite", NULL, 0, 0), MR_OK);
	assert_int_equal(sql_rollback_to(h->mr->db), MR_OK);
	assert_int_equal(things(c), 1);
	/* Before: the savepoint tells, and nothing takes it back. */
	assert_int_equal(put(c, 6, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(sql_savepoint(h->mr->db), MR_UNIQUE);
	assert_int_not_equal(sql_rollback_to(h->mr->db), MR_OK);
	assert_int_equal(sql_commit(h->mr->db), MR_UNIQUE);
	assert_int_equal(things(begin(h, 0)), 0);
	commit(h);
}

/* A statement at work, another with the same text, a walk by a cursor, and
 * changes between them all. */
static void
changes_between_rows_and_nested_statements_are_kept(void **state)
{
	static const char text[] =
	    SQL_SCAN "SELECT id FROM thing WHERE id <= :most ORDER BY id";
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);
	struct sql_stmt *outer, *inner;
	int64_t seen = 0, within = 0;

	for (int64_t id = 1; id <= 600; id++)
		assert_int_equal(put(c, id, NULL, NULL, 0, 0), MR_OK);
	outer = sql_prepare(c, text);
	sql_int(outer, ":most", 600);
	while (sql_row(outer)) {
		seen++;
		assert_int_equal(
		    put(c, 1000 + seen, NULL, NULL, 0, seen), MR_OK);
		if (seen != 300)
			continue;
		inner = sql_prepare(c, text);
		sql_int(inner, ":most", 550);
		while (sql_row(inner))
			within++;
		assert_int_equal(sql_done(inner), MR_OK);
		assert_int_equal(things(c), 900);
	}
	assert_int_equal(sql_done(outer), MR_OK);
	assert_int_equal(seen, 600);
	assert_int_equal(within, 550);
	commit(h);
	c = begin(h, 1);
	assert_int_equal(things(c), 1200);
	/* And a failure between rows ends the walk, with its own reason. */
	outer = sql_prepare(c, text);
	sql_int(outer, ":most", 600);
	for (seen = 0; sql_row(outer); seen++)
		if (seen == 100)
			assert_int_equal(put(c, 1001, NULL, NULL, 0, 0), MR_OK);
	assert_int_equal(seen, 500);
	assert_int_equal(sql_done(outer), MR_UNIQUE);
	assert_int_equal(sql_commit(h->mr->db), MR_UNIQUE);
}

static void
what_asks_nothing_waits_for_nothing(void **state)
{
	struct house *h = *state;
	struct mr_call *c;

	c = begin(h, 1);
	waits = 0;
	for (int64_t id = 1; id <= 10; id++)
		assert_int_equal(put(c, id, NULL, NULL, 0, 0), MR_OK);
	assert_int_equal(waits, 0);
	assert_int_equal(asked(c), MR_OK);
	assert_int_equal(waits, 1);
	assert_int_equal(put(c, 11, NULL, NULL, 0, 0), MR_OK);
	commit(h);
	assert_int_equal(waits, 2);
}

static void
a_connection_lost_with_changes_on_their_way_is_told(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(asked(c), MR_OK);
	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	cut(h);
	assert_int_equal(put(c, 2, "two", NULL, 0, 0), MR_OK);
	assert_int_equal(asked(c), MR_LOST);
	assert_int_equal(put(c, 3, "three", NULL, 0, 0), MR_LOST);
	/* No COMMIT was sent, so nothing is uncertain. */
	assert_int_equal(sql_commit(h->mr->db), MR_LOST);
	/* Begun on the lost one, before anything was done: nobody notices. */
	cut(h);
	c = begin(h, 1);
	assert_int_equal(things(c), 0);
	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	commit(h);
	c = begin(h, 1);
	cut(h);
	assert_int_equal(things(c), 1);
	commit(h);
	/* Changes in front of what asks: they cannot be asked again. */
	c = begin(h, 1);
	assert_int_equal(put(c, 2, "two", NULL, 0, 0), MR_OK);
	cut(h);
	assert_int_equal(asked(c), MR_LOST);
	sql_rollback(h->mr->db);
	c = begin(h, 1);
	assert_int_equal(things(c), 1);
	commit(h);
}

static void
a_failure_that_was_told_is_no_uncertain_commit(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 2, "one", NULL, 0, 0), MR_OK);
	assert_int_equal(asked(c), MR_UNIQUE);
	cut(h);
	assert_int_equal(sql_commit(h->mr->db), MR_UNIQUE);
	/* Not told, it may have been a good one. */
	c = begin(h, 1);
	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 2, "one", NULL, 0, 0), MR_OK);
	cut(h);
	assert_int_equal(sql_commit(h->mr->db), MR_UNCERTAIN);
	c = begin(h, 1);
	assert_int_equal(things(c), 0);
	commit(h);
}

/* Whatever the server's own settings are; and more than that is kept. */
static void
a_commit_is_on_the_disk_of_the_standby(void **state)
{
	static const char *const theirs[] = {
	    "off", "local", "remote_write", "on", "remote_apply"};
	struct sql_options how = {.busy_ms = 5000};
	struct house *h = *state;
	char url[400], check[120];

	for (int i = 0; i < 5; i++) {
		struct sql *db = NULL;

		snprintf(url, sizeof(url),
		    "%s options='-c synchronous_commit=%s'",
		    getenv("MAILROOM_TEST_DB"), theirs[i]);
		snprintf(check, sizeof(check),
		    "SELECT 1 / CAST(current_setting('synchronous_commit') "
		    "= '%s' AS INT)",
		    i < 3 ? "on" : theirs[i]);
		assert_int_equal(sql_open(url, &how, &db, &h->error), MR_OK);
		assert_int_equal(sql_script(db, check), MR_OK);
		sql_close(db);
	}
}

/* What it says of nothing else is heard either. */
static void
a_standby_is_left_by_whoever_comes_next(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	commit(h);
	assert_int_equal(
	    sql_script(h->mr->db, "SET default_transaction_read_only = on"),
	    MR_OK);
	c = begin(h, 1);
	assert_int_equal(asked(c), MR_READONLY);
	sql_rollback(h->mr->db);
	assert_int_equal(sql_passes(h->mr->db, MR_READONLY), 1);
	assert_int_equal(things(c), 0);
	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	assert_int_equal(things(c), 1);
}

/* One that goes before anything was asked is found, and that the mark of a
 * savepoint went with it. */
static void
a_savepoint_is_not_lost_in_silence(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(sql_savepoint(h->mr->db), MR_OK);
	cut(h);
	assert_int_equal(asked(c), MR_LOST);
	sql_rollback(h->mr->db);
}

/* A session of which only half is as ours are does no work. */
static void
a_connection_that_could_not_be_settled_is_not_used(void **state)
{
	static const char *const texts[] = {
	    "SET client_min_messages", "to_regclass"};
	struct house *h = *state;
	struct mr_call *c;

	for (int i = 0; i < 2; i++) {
		cut(h);
		refused_text = texts[i];
		c = mr_call_start(h->mr, h->now, &h->error);
		assert_int_equal(asked(c), MR_BUG);
		assert_int_equal(asked(c), MR_BUG);
		refused_text = NULL;
		assert_int_equal(asked(c), MR_OK);
		c = begin(h, 0);
		assert_int_equal(sql_script(h->mr->db,
				     "SELECT 1 / CAST(current_setting("
				     "'client_min_messages') = 'warning' "
				     "AS INT)"),
		    MR_OK);
		assert_int_equal(things(c), 0);
		commit(h);
	}
}

static int
no_more(void *arg, struct sql_value *values)
{
	(void)arg, (void)values;
	return 0;
}

static void
a_stream_that_cannot_be_ended_ends_with_its_connection(void **state)
{
	const struct sql_table table = {.name = "thing",
	    .columns = 1,
	    .keys = 1,
	    .column = {{.name = "id", .kind = SQL_INT}}};
	struct house *h = *state;
	struct mr_call *c;

	(void)begin(h, 1);
	endless = 1;
	assert_int_equal(sql_fill(h->mr->db, &table, no_more, NULL), MR_LOST);
	sql_rollback(h->mr->db);
	c = begin(h, 1);
	assert_int_equal(sql_fill(h->mr->db, &table, no_more, NULL), MR_OK);
	assert_int_equal(things(c), 0);
	commit(h);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, house_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(a_failure_is_told_by_what_asks_next),
	    T(a_failure_that_nobody_asked_about_is_told_by_the_commit),
	    T(a_long_run_of_changes_arrives_whole_and_in_order),
	    T(a_savepoint_tells_which_side_a_failure_was_on),
	    T(changes_between_rows_and_nested_statements_are_kept),
	    T(what_asks_nothing_waits_for_nothing),
	    T(a_connection_lost_with_changes_on_their_way_is_told),
	    T(a_failure_that_was_told_is_no_uncertain_commit),
	    T(a_commit_is_on_the_disk_of_the_standby),
	    T(a_standby_is_left_by_whoever_comes_next),
	    T(a_savepoint_is_not_lost_in_silence),
	    T(a_connection_that_could_not_be_settled_is_not_used),
	    T(a_stream_that_cannot_be_ended_ends_with_its_connection),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
