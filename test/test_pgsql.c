/*
 * The PostgreSQL driver against a real server, which $MAILROOM_TEST_DB names
 * (test/pgsql.sh starts one).  A second connection takes the first one's away
 * where a test is about losing it.
 */
#include "lib/job.h"
#include "test/thing.h"

static void
every_kind_of_value_comes_back_as_it_went(void **state)
{
	static const int64_t numbers[] = {
	    0, 1, -1, INT64_MAX, INT64_MIN, INT64_C(1) << 42, -65536};
	const unsigned char bytes[] = {0, 1, 0, 255, 39, 92};
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct sql_stmt *st = sql_prepare(c,
		    "SELECT :a, :b, :c, :a = :a, 7, 'it''s :a', :a + 1 < :a "
		    "WHERE :a IS NOT NULL");
		struct sql_value value;
		size_t len;

		sql_int(st, ":a", numbers[i] - (numbers[i] == INT64_MAX));
		sql_text(st, ":b", "Wren's \\x41 Ñandú :a $1");
		sql_blob(st, ":c", bytes, sizeof(bytes));
		assert_int_equal(sql_row(st), 1);
		assert_int_equal(sql_cols(st), 7);
		assert_int_equal(
		    sql_col_int(st, 0), numbers[i] - (numbers[i] == INT64_MAX));
		assert_string_equal(
		    sql_col_text(st, 1), "Wren's \\x41 Ñandú :a $1");
		assert_memory_equal(
		    sql_col_blob(st, 2, &len), bytes, sizeof(bytes));
		assert_int_equal(len, sizeof(bytes));
		assert_int_equal(sql_col_int(st, 3), 1);
		assert_int_equal(sql_col_int(st, 4), 7);
		assert_string_equal(sql_col_text(st, 5), "it's :a");
		sql_col(st, 6, &value);
		assert_int_equal(value.kind, SQL_INT);
		assert_int_equal(value.number, 0);
		assert_int_equal(sql_row(st), 0);
		assert_int_equal(sql_done(st), MR_OK);
	}
	commit(h);
}

static void
a_null_has_the_kind_that_it_was_bound_with(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	/* The first time only NULLs, then values, in the same statement. */
	assert_int_equal(put(c, 1, NULL, NULL, 0, 0), MR_OK);
	assert_int_equal(put(c, 2, "two", "", 0, 1), MR_OK);
	for (int64_t id = 1; id <= 2; id++) {
		struct sql_stmt *st = sql_prepare(
		    c, "SELECT word, bytes, parent FROM thing WHERE id = :id");
		size_t len = 9;

		sql_int(st, ":id", id);
		assert_int_equal(sql_row(st), 1);
		assert_int_equal(sql_col_null(st, 0), id == 1);
		assert_int_equal(sql_col_null(st, 1), id == 1);
		assert_int_equal(sql_col_null(st, 2), id == 1);
		assert_int_equal(sql_col_int(st, 2), id - 1);
		assert_int_equal(sql_col_text(st, 0) == NULL, id == 1);
		assert_int_equal(sql_col_blob(st, 1, &len) == NULL, id == 1);
		assert_int_equal(len, 0);
		assert_int_equal(sql_done(st), MR_OK);
	}
	commit(h);
}

static void
a_statement_may_be_bound_with_other_kinds(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 0);

	for (int i = 0; i < 4; i++) {
		struct sql_stmt *st = sql_prepare(c, "SELECT :a WHERE :b = :b");

		if (i % 2 == 0)
			sql_int(st, ":a", 40 + i);
		else
			sql_text(st, ":a", "odd");
		sql_int(st, ":b", i);
		assert_int_equal(sql_row(st), 1);
		assert_int_equal(sql_col_int(st, 0), i % 2 == 0 ? 40 + i : 0);
		assert_int_equal(sql_done(st), MR_OK);
	}
	commit(h);
}

/* Longer than one fetch, read while other statements run on the connection
 * and while rows come to the table that is walked. */
static void
a_long_result_is_walked_while_others_work(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);
	struct sql_stmt *st;
	int64_t seen = 0;

	for (int64_t id = 1; id <= 1000; id++)
		assert_int_equal(put(c, id, NULL, "x", 1, 0), MR_OK);
	for (int pass = 0; pass < 2; pass++) {
		seen = 0;
		st =
		    sql_prepare(c, SQL_SCAN "SELECT id FROM thing ORDER BY id");
		while (sql_row(st)) {
			assert_int_equal(sql_col_int(st, 0), ++seen);
			if (seen % 250 != 0 || pass == 1)
				continue;
			assert_int_equal(things(c), 1000 + seen / 250 - 1);
			assert_int_equal(
			    put(c, 2000 + seen, NULL, NULL, 0, 0), MR_OK);
			if (seen == 500)
				break;
		}
		assert_int_equal(sql_done(st), MR_OK);
		if (pass == 0)
			assert_int_equal(seen, 500);
		else
			break;
		st = sql_prepare(
		    c, SQL_SCAN "DELETE FROM thing WHERE id > 1000");
		assert_int_equal(sql_done(st), MR_OK);
	}
	assert_int_equal(seen, 1000);
	commit(h);
	/* Outside a transaction it comes whole. */
	seen = 0;
	st = sql_prepare(c, SQL_SCAN "SELECT id FROM thing ORDER BY id");
	while (sql_row(st))
		assert_int_equal(sql_col_int(st, 0), ++seen);
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(seen, 1000);
}

/* Short at first, then longer than a fetch, then longer than before. */
static void
a_list_that_was_short_may_be_long_the_next_time(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);
	int64_t id = 0;

	for (int64_t most = 10; most <= 10000; most *= 10) {
		int64_t seen = 0;
		struct sql_stmt *st;

		while (id < most)
			assert_int_equal(put(c, ++id, NULL, NULL, 0, 0), MR_OK);
		for (int pass = 0; pass < 2; pass++) {
			st = sql_prepare(c,
			    "SELECT id FROM thing WHERE id > :zero "
			    "ORDER BY id");
			sql_int(st, ":zero", 0);
			for (seen = 0; sql_row(st);)
				assert_int_equal(sql_col_int(st, 0), ++seen);
			assert_int_equal(sql_done(st), MR_OK);
			assert_int_equal(seen, most);
		}
	}
	commit(h);
}

static void
what_is_there_already_is_told_without_its_value(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "heron", NULL, 0, 0), MR_OK);
	assert_int_equal(put_told(c, 2, "heron", 0), MR_UNIQUE);
	assert_string_equal(h->error.message, "it is there already");
	/* The transaction is over; the first failure stays the reason. */
	assert_int_equal(put(c, 3, "egret", NULL, 0, 0), MR_UNIQUE);
	assert_int_equal(sql_commit(h->mr->db), MR_UNIQUE);
	c = begin(h, 1);
	assert_int_equal(things(c), 0);
	assert_int_equal(put_told(c, 4, "wren", 99), MR_BUG);
	assert_null(strstr(h->error.message, "99"));
	sql_rollback(h->mr->db);
}

static void
a_savepoint_takes_back_only_what_came_after_it(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);
	struct sql_stmt *st;

	for (int64_t id = 1; id <= 600; id++)
		assert_int_equal(put(c, id, NULL, NULL, 0, 0), MR_OK);
	assert_int_equal(sql_savepoint(h->mr->db), MR_OK);
	assert_int_equal(put(c, 601, "kite", NULL, 0, 0), MR_OK);
	st = sql_prepare(c, SQL_SCAN "SELECT id FROM thing ORDER BY id");
	assert_int_equal(sql_row(st), 1);
	assert_int_equal(put_told(c, 602, "kite", 0), MR_UNIQUE);
	assert_int_equal(sql_rollback_to(h->mr->db), MR_OK);
	/* Its cursor went with the savepoint. */
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(things(c), 600);
	assert_int_equal(sql_savepoint(h->mr->db), MR_OK);
	assert_int_equal(put(c, 601, "kite", NULL, 0, 0), MR_OK);
	assert_int_equal(sql_release(h->mr->db), MR_OK);
	commit(h);
	c = begin(h, 0);
	assert_int_equal(things(c), 601);
	commit(h);
}

static void
a_lost_connection_is_told_and_the_next_work_has_a_new_one(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	cut(h);
	assert_int_equal(put_told(c, 2, "two", 0), MR_LOST);
	assert_int_equal(put(c, 3, "three", NULL, 0, 0), MR_LOST);
	sql_rollback(h->mr->db);
	c = begin(h, 1);
	assert_int_equal(things(c), 0);
	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	commit(h);
}

static void
a_connection_lost_between_works_is_found_by_the_next(void **state)
{
	struct house *h = *state;

	cut(h);
	/* Also for who only asks. */
	did(h, run(h, "user list", NULL), "ruth");
	cut(h);
	h->user = "admin";
	did(h, run(h, "user add", "name", "iris", "role", "staff", NULL), "");
	did(h, run(h, "user list", NULL), "iris");
	h->user = NULL;
	did(h, run(h, "audit verify", NULL), "");
}

static void
a_commit_without_an_answer_is_uncertain(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	cut(h);
	assert_int_equal(sql_commit(h->mr->db), MR_UNCERTAIN);
	assert_non_null(strstr(sql_message(h->mr->db), "look whether"));
	c = begin(h, 1);
	assert_int_equal(things(c), 0);
	commit(h);
	/* Who only read has nothing to be uncertain about. */
	c = begin(h, 0);
	assert_int_equal(things(c), 0);
	cut(h);
	assert_int_equal(sql_commit(h->mr->db), MR_LOST);
}

static void
a_warning_at_commit_is_uncertain(void **state)
{
	struct house *h = *state;

	(void)begin(h, 1);
	/* The server answers the second COMMIT with success and a warning. */
	assert_int_equal(sql_script(h->mr->db, "COMMIT"), MR_OK);
	assert_int_equal(sql_commit(h->mr->db), MR_UNCERTAIN);
}

static void
a_warning_before_the_commit_is_none_of_it(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	assert_int_equal(
	    sql_script(h->mr->db, "SELECT pg_advisory_unlock(1)"), MR_OK);
	commit(h);
}

static void
a_reader_writes_nothing_and_sees_one_moment(void **state)
{
	struct house *h = *state, *own = *state;
	struct mr *reader = NULL;
	struct mr_call *c, *r;

	assert_int_equal(mr_reader_open(h->mr, &reader, &h->error), MR_OK);
	r = mr_call_start(reader, h->now, &h->error);
	assert_int_equal(sql_begin(reader->db, 0), MR_OK);
	assert_int_equal(things(r), 0);
	c = begin(own, 1);
	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	commit(own);
	assert_int_equal(things(r), 0);
	assert_int_equal(put(r, 2, "two", NULL, 0, 0), MR_READONLY);
	sql_rollback(reader->db);
	assert_int_equal(sql_begin(reader->db, 0), MR_OK);
	assert_int_equal(things(r), 1);
	assert_int_equal(sql_commit(reader->db), MR_OK);
	mr_close(reader);
}

static void
one_writes_at_a_time_and_the_other_is_told_so(void **state)
{
	struct house *h = *state;
	struct sql *db = another(h, 0, 30);
	struct mr_call *c = begin(h, 1);

	assert_int_equal(put(c, 1, "one", NULL, 0, 0), MR_OK);
	assert_int_equal(asked(c), MR_OK);
	/* Told by what comes next, here the commit: nothing was to be kept. */
	assert_int_equal(sql_begin(db, 1), MR_OK);
	assert_int_equal(sql_commit(db), MR_BUSY);
	assert_int_equal(sql_in_transaction(db), 0);
	commit(h);
	assert_int_equal(sql_begin(db, 1), MR_OK);
	assert_int_equal(sql_commit(db), MR_OK);
	sql_close(db);
}

static void
text_is_ordered_by_its_bytes(void **state)
{
	static const char *const words[] = {
	    "a", "B", "Z", "b", "Ñ", "A-", "AA"};
	static const char *const sorted[] = {
	    "A-", "AA", "B", "Z", "a", "b", "Ñ"};
	struct house *h = *state;
	struct mr_call *c = begin(h, 1);
	struct sql_stmt *st;

	for (int i = 0; i < 7; i++)
		assert_int_equal(put(c, i + 1, words[i], NULL, 0, 0), MR_OK);
	st = sql_prepare(c,
	    SQL_SCAN "SELECT word FROM thing WHERE word >= :low ORDER BY word");
	sql_text(st, ":low", "");
	for (int i = 0; i < 7; i++) {
		assert_int_equal(sql_row(st), 1);
		assert_string_equal(sql_col_text(st, 0), sorted[i]);
	}
	assert_int_equal(sql_done(st), MR_OK);
	commit(h);
}

static void
a_wrong_statement_is_the_programs_fault(void **state)
{
	struct house *h = *state;
	struct mr_call *c = begin(h, 0);
	struct sql_stmt *st = sql_prepare(c, "SELECT 1 WHERE :a = 1");

	sql_int(st, ":b", 1);
	assert_int_equal(sql_done(st), MR_BUG);
	sql_rollback(h->mr->db);
	/* A sum of integers is no integer there unless it is cast. */
	c = begin(h, 0);
	st = sql_prepare(c, SQL_SCAN "SELECT sum(id) FROM thing");
	assert_int_equal(sql_done(st), MR_BUG);
	sql_rollback(h->mr->db);
	c = begin(h, 0);
	st = sql_prepare(c, "SELECT feather FROM thing WHERE id = 1");
	assert_int_equal(sql_done(st), MR_DAMAGED);
	sql_rollback(h->mr->db);
}

static void
what_is_not_ours_is_found_by_the_check(void **state)
{
	struct house *h = *state;

	did(h, run(h, "office check", NULL), "");
	assert_int_equal(
	    sql_script(h->mr->db, "CREATE VIEW feather AS SELECT 1 AS a"),
	    MR_OK);
	assert_int_equal(run(h, "office check", NULL), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "a view that is not ours"));
}

static void
a_backup_is_the_servers_own_affair(void **state)
{
	struct house *h = *state;
	int due = 1;

	h->user = "ruth";
	refused(h, run(h, "office backup", NULL), MR_REFUSED, "server's own");
	/* Nor does a daemon try, or anybody complain that there is none. */
	assert_int_equal(mr_job_due(h->mr, MR_JOB_BACKUP,
			     h->now + 30 * MR_DAY_US, 1200, &due, &h->error),
	    MR_OK);
	assert_int_equal(due, 0);
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"backup\",\"count\":0,\"look\":false");
	assert_non_null(strstr(h->answer, "ask who looks after it"));
	assert_int_equal(mr_has_log(h->mr), 0);
}

static void
a_database_has_one_office_and_a_failed_one_leaves_nothing(void **state)
{
	struct mr_office_new new = house_office(0);
	struct house *h = *state;
	char dir[96], db[256];

	snprintf(dir, sizeof(dir), "%s-second", h->dir);
	new.dir = dir;
	new.db = h->db;
	assert_int_equal(
	    mr_office_init(&new, &h->sheet, &h->error), MR_REFUSED);
	assert_int_not_equal(access(dir, F_OK), 0);
	/* Without a passphrase it fails when its tables are made already. */
	assert_int_equal(sql_script(h->mr->db, "CREATE SCHEMA second"), MR_OK);
	snprintf(db, sizeof(db), "%s options='-c search_path=second'",
	    getenv("MAILROOM_TEST_DB"));
	new.db = db;
	new.passphrase = NULL;
	assert_int_equal(
	    mr_office_init(&new, &h->sheet, &h->error), MR_INVALID);
	assert_int_equal(house_count(h,
			     "SELECT count(*) FROM pg_tables "
			     "WHERE schemaname = 'second'"),
	    0);
	assert_int_equal(sql_script(h->mr->db, "DROP SCHEMA second"), MR_OK);
}

static void
no_server_and_no_address_are_told(void **state)
{
	struct sql_options how = {.busy_ms = 5000};
	struct house *h = *state;
	struct sql *db = NULL;

	assert_int_equal(
	    sql_open("host=127.0.0.1 port=1 dbname=x", &how, &db, &h->error),
	    MR_LOST);
	assert_non_null(strstr(h->error.message, "cannot be reached"));
	assert_int_equal(sql_open("mysql://x", &how, &db, &h->error), MR_USAGE);
	assert_int_equal(
	    sql_open("colour=red", &how, &db, &h->error), MR_USAGE);
	assert_null(db);
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, house_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    T(every_kind_of_value_comes_back_as_it_went),
	    T(a_null_has_the_kind_that_it_was_bound_with),
	    T(a_statement_may_be_bound_with_other_kinds),
	    T(a_long_result_is_walked_while_others_work),
	    T(a_list_that_was_short_may_be_long_the_next_time),
	    T(what_is_there_already_is_told_without_its_value),
	    T(a_savepoint_takes_back_only_what_came_after_it),
	    T(a_lost_connection_is_told_and_the_next_work_has_a_new_one),
	    T(a_connection_lost_between_works_is_found_by_the_next),
	    T(a_commit_without_an_answer_is_uncertain),
	    T(a_warning_at_commit_is_uncertain),
	    T(a_warning_before_the_commit_is_none_of_it),
	    T(a_reader_writes_nothing_and_sees_one_moment),
	    T(one_writes_at_a_time_and_the_other_is_told_so),
	    T(text_is_ordered_by_its_bytes),
	    T(a_wrong_statement_is_the_programs_fault),
	    T(what_is_not_ours_is_found_by_the_check),
	    T(a_backup_is_the_servers_own_affair),
	    T(a_database_has_one_office_and_a_failed_one_leaves_nothing),
	    T(no_server_and_no_address_are_told),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
