/*
 * The SQLite driver: the file as a whole.  Its schema and number, the engine's
 * check of it, its log, and a copy.
 */
#include <stdio.h>
#include <string.h>

#include "lib/sql_sqlite.h"

enum mr_status
lite_script(void *arg, const char *text)
{
	struct lite_conn *conn = arg;

	return lite_told(conn, sqlite3_exec(conn->db, text, NULL, NULL, NULL));
}

enum mr_status
lite_version(void *arg, int64_t *version)
{
	struct lite_conn *conn = arg;
	sqlite3_stmt *st = NULL;
	int rc;

	rc = sqlite3_prepare_v2(conn->db, "PRAGMA user_version", -1, &st, NULL);
	if (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW)
		*version = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return lite_told(conn, rc);
}

enum mr_status
lite_set_version(void *arg, int64_t version)
{
	char text[64];

	snprintf(text, sizeof(text), "PRAGMA user_version = %lld",
	    (long long)version);
	return lite_script(arg, text);
}

enum mr_status
lite_empty(void *arg, int *empty)
{
	struct lite_conn *conn = arg;
	sqlite3_stmt *st = NULL;
	int rc;

	rc = sqlite3_prepare_v2(
	    conn->db, "SELECT 1 FROM sqlite_schema LIMIT 1", -1, &st, NULL);
	if (rc == SQLITE_OK) {
		rc = sqlite3_step(st);
		*empty = rc == SQLITE_DONE;
	}
	sqlite3_finalize(st);
	return lite_told(conn, rc);
}

enum mr_status
lite_quick_check(void *arg, void (*say)(void *, const char *), void *to)
{
	struct lite_conn *conn = arg;
	enum mr_status found = MR_OK;
	sqlite3_stmt *st = NULL;
	int rc;

	rc = sqlite3_prepare_v2(conn->db,
	    "SELECT * FROM pragma_quick_check(20) UNION ALL "
	    "SELECT 'it holds a ' || type || ' that is not ours' "
	    "FROM sqlite_schema WHERE type IN ('trigger', 'view')",
	    -1, &st, NULL);
	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(st);
		if (rc != SQLITE_ROW)
			break;
		if (strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0)
			continue;
		found = MR_DAMAGED;
		say(to, (const char *)sqlite3_column_text(st, 0));
	}
	sqlite3_finalize(st);
	if (lite_classify(rc) != MR_OK)
		return lite_told(conn, rc);
	if (found != MR_OK)
		conn->last = found;
	return found;
}

enum mr_status
lite_checkpoint(void *arg, int truncate)
{
	struct lite_conn *conn = arg;

	return lite_told(conn,
	    sqlite3_wal_checkpoint_v2(conn->db, NULL,
		truncate ? SQLITE_CHECKPOINT_TRUNCATE
			 : SQLITE_CHECKPOINT_PASSIVE,
		NULL, NULL));
}

/* Instead of the engine's own, which would move the log there and then. */
int
lite_count_log(void *arg, sqlite3 *db, const char *name, int pages)
{
	(void)db, (void)name;
	((struct lite_conn *)arg)->log = pages;
	return SQLITE_OK;
}

int64_t
lite_log_pages(void *arg)
{
	return ((struct lite_conn *)arg)->log;
}

/* The engine attaches the new file for it, which nobody else may. */
enum mr_status
lite_copy(void *arg, const char *path)
{
	struct lite_conn *conn = arg;
	sqlite3_stmt *st = NULL;
	int rc;

	sqlite3_set_authorizer(conn->db, NULL, NULL);
	sqlite3_limit(conn->db, SQLITE_LIMIT_ATTACHED, 1);
	rc = sqlite3_prepare_v2(conn->db, "VACUUM INTO ?", -1, &st, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(st, 1, path, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	sqlite3_finalize(st);
	sqlite3_limit(conn->db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_set_authorizer(conn->db, lite_authorize, NULL);
	return lite_told(conn, rc);
}
