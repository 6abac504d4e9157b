/*
 * The tables as the text of the schema has them: what is read from it is held
 * against what an engine makes of the same text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "lib/migrate.h"
#include "lib/sql_table.h"

/* The engine's own answer about the columns of a table. */
static int
column_is(sqlite3 *db, const struct sql_table *t, int at)
{
	static const char *const types[] = {
	    [SQL_INT] = "INTEGER", [SQL_TEXT] = "TEXT", [SQL_BLOB] = "BLOB"};
	const struct sql_column *column = &t->column[at];
	sqlite3_stmt *st = NULL;
	int place = 0, found = 0;

	for (int i = 0; i < t->keys; i++)
		if (t->key[i] == at)
			place = i + 1;
	assert_int_equal(
	    sqlite3_prepare_v2(db,
		"SELECT 1 FROM pragma_table_info(?1) WHERE cid = ?2 "
		"AND name = ?3 AND type = ?4 AND pk = ?5 AND EXISTS ("
		"SELECT 1 FROM pragma_foreign_key_list(?1) AS f "
		"WHERE f.\"from\" = ?3 AND f.\"table\" = ?1) = ?6",
		-1, &st, NULL),
	    SQLITE_OK);
	sqlite3_bind_text(st, 1, t->name, -1, SQLITE_STATIC);
	sqlite3_bind_int(st, 2, at);
	sqlite3_bind_text(st, 3, column->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, types[column->kind], -1, SQLITE_STATIC);
	sqlite3_bind_int(st, 5, place);
	sqlite3_bind_int(st, 6, column->own);
	found = sqlite3_step(st) == SQLITE_ROW;
	sqlite3_finalize(st);
	return found;
}

static int
number(sqlite3 *db, const char *select, const char *name)
{
	sqlite3_stmt *st = NULL;
	int n;

	assert_int_equal(
	    sqlite3_prepare_v2(db, select, -1, &st, NULL), SQLITE_OK);
	if (name != NULL)
		sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* No second list of tables: the text is read, and held against what an engine
 * makes of it. */
static void
the_schema_is_read_as_an_engine_reads_it(void **state)
{
	const char *text = mr_schema_text();
	struct sql_table t;
	sqlite3 *db = NULL;
	int tables = 0, more;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	while ((more = sql_table_next(&text, &t)) > 0) {
		tables++;
		assert_int_equal(
		    number(db, "SELECT count(*) FROM pragma_table_info(?1)",
			t.name),
		    t.columns);
		for (int i = 0; i < t.columns; i++)
			if (!column_is(db, &t, i))
				fail_msg("%s.%s", t.name, t.column[i].name);
	}
	assert_int_equal(more, 0);
	assert_int_equal(number(db,
			     "SELECT count(*) FROM sqlite_schema "
			     "WHERE type = 'table'",
			     NULL),
	    tables);
	sqlite3_close(db);
}

static void
a_table_that_cannot_be_read_is_no_table(void **state)
{
	static const char *const bad[] = {
	    "CREATE TABLE a (b REAL PRIMARY KEY) STRICT;",
	    "CREATE TABLE a (b INTEGER) STRICT;",
	    "CREATE TABLE a (b INTEGER PRIMARY KEY, FOREIGN KEY (b)) STRICT;",
	    "CREATE TABLE a (b INTEGER, PRIMARY KEY (c)) STRICT;",
	    "CREATE TABLE a (b INTEGER PRIMARY KEY",
	    "CREATE TABLE a_name_that_is_far_too_long_for_a_table (b);",
	};
	struct sql_table t;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *text = bad[i];

		assert_int_equal(sql_table_next(&text, &t), -1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_schema_is_read_as_an_engine_reads_it),
	    cmocka_unit_test(a_table_that_cannot_be_read_is_no_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
