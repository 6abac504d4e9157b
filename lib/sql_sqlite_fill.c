/*
 * The SQLite driver: many rows into one table, through one statement that is
 * prepared once.  Here a row more costs no round trip.
 */
#include <stdio.h>
#include <string.h>

#include "lib/sql_sqlite.h"
#include "lib/sql_table.h"

#define TEXT_SIZE (128 + SQL_COLUMNS * (SQL_NAME + 4))

/* INSERT INTO name (a, b) VALUES (?, ?) */
static void
write_text(const struct sql_table *table, char text[TEXT_SIZE])
{
	size_t at =
	    (size_t)snprintf(text, TEXT_SIZE, "INSERT INTO %s (", table->name);

	for (int i = 0; i < table->columns; i++)
		at += (size_t)snprintf(text + at, TEXT_SIZE - at, "%s%s",
		    i > 0 ? ", " : "", table->column[i].name);
	at += (size_t)snprintf(text + at, TEXT_SIZE - at, ") VALUES (");
	for (int i = 0; i < table->columns; i++)
		at += (size_t)snprintf(
		    text + at, TEXT_SIZE - at, "%s", i > 0 ? ", ?" : "?");
	snprintf(text + at, TEXT_SIZE - at, ")");
}

static int
bind(sqlite3_stmt *st, int at, const struct sql_value *v)
{
	if (v->kind < 0)
		return sqlite3_bind_null(st, at);
	if (v->kind == SQL_INT)
		return sqlite3_bind_int64(st, at, v->number);
	/* No bytes at NULL would be no value at all. */
	if (v->kind == SQL_BLOB)
		return v->len == 0 ? sqlite3_bind_zeroblob(st, at, 0)
				   : sqlite3_bind_blob64(st, at, v->bytes,
					 v->len, SQLITE_STATIC);
	return sqlite3_bind_text64(st, at, v->len == 0 ? "" : v->bytes, v->len,
	    SQLITE_STATIC, SQLITE_UTF8);
}

static enum mr_status
put_row(struct lite_conn *conn, sqlite3_stmt *st, const struct sql_table *table,
    const struct sql_value *values)
{
	int rc = SQLITE_OK;

	for (int i = 0; i < table->columns && rc == SQLITE_OK; i++) {
		if (values[i].kind >= 0 &&
		    values[i].kind != (int)table->column[i].kind)
			return conn->last = MR_DAMAGED;
		rc = bind(st, i + 1, &values[i]);
	}
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_DONE)
		rc = sqlite3_reset(st);
	/* A row that no rule of the schema allows. */
	if ((rc & 0xff) == SQLITE_CONSTRAINT && lite_classify(rc) == MR_BUG)
		return conn->last = MR_DAMAGED;
	return lite_told(conn, rc);
}

enum mr_status
lite_fill(void *arg, const struct sql_table *table,
    int (*next)(void *arg, struct sql_value *values), void *from)
{
	struct lite_conn *conn = arg;
	struct sql_value values[SQL_COLUMNS];
	sqlite3_stmt *st = NULL;
	char text[TEXT_SIZE];
	enum mr_status status;
	int more = 1;

	write_text(table, text);
	/* The pages of the indexes, which rows go into at random. */
	status = lite_script(conn, "PRAGMA cache_size = -131072");
	if (status == MR_OK)
		status = lite_told(
		    conn, sqlite3_prepare_v2(conn->db, text, -1, &st, NULL));
	while (status == MR_OK && (more = next(from, values)) > 0)
		status = put_row(conn, st, table, values);
	sqlite3_finalize(st);
	return status == MR_OK && more < 0 ? MR_STOP : status;
}
