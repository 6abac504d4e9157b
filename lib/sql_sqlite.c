/*
 * The SQLite driver.  Opens a file the careful way (docs/security.md), turns
 * SQLite's codes into our statuses, and knows no table and no noun.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/call.h"
#include "lib/sql_sqlite.h"

enum mr_status
lite_classify(int rc)
{
	if (rc == SQLITE_CONSTRAINT_UNIQUE ||
	    rc == SQLITE_CONSTRAINT_PRIMARYKEY || rc == SQLITE_CONSTRAINT_ROWID)
		return MR_UNIQUE;
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return MR_OK;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return MR_BUSY;
	case SQLITE_READONLY:
		return MR_READONLY;
	case SQLITE_FULL:
		return MR_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return MR_DAMAGED;
	case SQLITE_NOMEM:
		return MR_NOMEM;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_PERM:
		return MR_IO;
	default:
		return MR_BUG;
	}
}

enum mr_status
lite_told(struct lite_conn *conn, int rc)
{
	enum mr_status status = lite_classify(rc);

	if (status != MR_OK)
		conn->last = status;
	return status;
}

/* Nothing that a file brought in by someone else could make us run. */
int
lite_authorize(void *arg, int action, const char *a, const char *b,
    const char *c, const char *d)
{
	(void)arg, (void)c, (void)d;
	if (action == SQLITE_ATTACH || action == SQLITE_DETACH)
		return SQLITE_DENY;
	if (action == SQLITE_CREATE_TRIGGER ||
	    action == SQLITE_CREATE_TEMP_TRIGGER ||
	    action == SQLITE_CREATE_VTABLE)
		return SQLITE_DENY;
	if (action == SQLITE_FUNCTION && b != NULL &&
	    strcasecmp(b, "load_extension") == 0)
		return SQLITE_DENY;
	if (action == SQLITE_PRAGMA && a != NULL &&
	    strcasecmp(a, "writable_schema") == 0)
		return SQLITE_DENY;
	return SQLITE_OK;
}

static int
harden(sqlite3 *db, const struct sql_options *options)
{
	static const char pragmas[] = "PRAGMA trusted_schema = OFF;"
				      "PRAGMA cell_size_check = ON;"
				      "PRAGMA foreign_keys = ON;"
				      "PRAGMA secure_delete = ON;"
				      "PRAGMA temp_store = MEMORY;"
				      "PRAGMA mmap_size = 0;"
				      "PRAGMA case_sensitive_like = ON;"
				      "PRAGMA synchronous = FULL;";
	int rc;

	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, options->busy_ms);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 64 << 20);
	sqlite3_set_authorizer(db, lite_authorize, NULL);
	rc = sqlite3_exec(db, pragmas, NULL, NULL, NULL);
	/* A file on a read-only disk keeps the journal mode that it has. */
	if (rc == SQLITE_OK && !options->readonly)
		rc = sqlite3_exec(
		    db, "PRAGMA journal_mode = WAL;", NULL, NULL, NULL);
	return rc;
}

static int
keep(sqlite3 *db, const char *text, sqlite3_stmt **st)
{
	return sqlite3_prepare_v3(
	    db, text, -1, SQLITE_PREPARE_PERSISTENT, st, NULL);
}

static int
ready(struct lite_conn *conn)
{
	const struct {
		const char *text;
		sqlite3_stmt **st;
	} texts[] = {
	    {"BEGIN", &conn->begin_read},
	    {"BEGIN IMMEDIATE", &conn->begin_write},
	    {"COMMIT", &conn->commit},
	    {"ROLLBACK", &conn->rollback},
	    {"SAVEPOINT op", &conn->save[SQL_SAVE]},
	    {"RELEASE SAVEPOINT op", &conn->save[SQL_RELEASE]},
	    {"ROLLBACK TO SAVEPOINT op", &conn->save[SQL_TAKE_BACK]},
	};
	int rc = SQLITE_OK;

	for (size_t i = 0;
	     i < sizeof(texts) / sizeof(texts[0]) && rc == SQLITE_OK; i++)
		rc = keep(conn->db, texts[i].text, texts[i].st);
	return rc;
}

static const char *
lite_place(const char *url)
{
	return strncmp(url, "sqlite:", 7) == 0 ? url + 7 : NULL;
}

static void
lite_close(void *arg)
{
	struct lite_conn *conn = arg;

	sqlite3_finalize(conn->begin_read);
	sqlite3_finalize(conn->begin_write);
	sqlite3_finalize(conn->commit);
	sqlite3_finalize(conn->rollback);
	for (int i = 0; i < 3; i++)
		sqlite3_finalize(conn->save[i]);
	sqlite3_close(conn->db);
	mr_cfree(conn, sizeof(*conn));
}

/* A new one is ours alone, whatever the umask says. */
static void
make_file(const char *place)
{
	int fd = -1;

	if (place[0] != ':')
		fd = open(place, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
}

static enum mr_status
lite_open(const char *place, const struct sql_options *options, void **out,
    struct mr_error *error)
{
	struct lite_conn *conn = mr_calloc(sizeof(*conn));
	int flags, rc;

	if (conn == NULL)
		return mr_error(error, MR_NOMEM, "memory ran out");
	flags =
	    options->readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (options->create) {
		flags |= SQLITE_OPEN_CREATE;
		make_file(place);
	}
	rc = sqlite3_open_v2(place, &conn->db,
	    flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
	if (rc == SQLITE_OK)
		rc = harden(conn->db, options);
	if (rc == SQLITE_OK)
		rc = ready(conn);
	if (rc == SQLITE_OK && options->no_checkpoint)
		sqlite3_wal_hook(conn->db, lite_count_log, conn);
	if (rc != SQLITE_OK) {
		enum mr_status status = lite_classify(rc);

		lite_close(conn);
		return mr_error(error, status, "%s", sql_sentence(status));
	}
	*out = conn;
	return MR_OK;
}

static enum mr_status
once(struct lite_conn *conn, sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);

	sqlite3_reset(st);
	return lite_told(conn, rc);
}

static enum mr_status
lite_begin(void *arg, int write)
{
	struct lite_conn *conn = arg;

	return once(conn, write ? conn->begin_write : conn->begin_read);
}

static enum mr_status
lite_commit(void *arg)
{
	struct lite_conn *conn = arg;
	enum mr_status status = once(conn, conn->commit);

	if (status != MR_OK && !sqlite3_get_autocommit(conn->db))
		(void)once(conn, conn->rollback);
	if (status != MR_OK)
		conn->last = status;
	return status;
}

static void
lite_rollback(void *arg)
{
	struct lite_conn *conn = arg;
	enum mr_status last = conn->last;

	/* A full disk has rolled back already; that is no second failure. */
	if (!sqlite3_get_autocommit(conn->db))
		(void)once(conn, conn->rollback);
	conn->last = last;
}

/* A file does not go away and come back. */
static int
lite_passes(void *conn, enum mr_status status)
{
	(void)conn, (void)status;
	return 0;
}

static enum mr_status
lite_savepoint(void *arg, enum sql_save what)
{
	struct lite_conn *conn = arg;

	return once(conn, conn->save[what]);
}

static const char *
lite_message(void *arg)
{
	struct lite_conn *conn = arg;

	return sql_sentence(conn->last);
}

static enum mr_status
lite_prepare(void *arg, const char *text, int keep, void **out)
{
	struct lite_conn *conn = arg;
	sqlite3_stmt *st = NULL;
	int rc;

	rc = sqlite3_prepare_v3(conn->db, text, -1,
	    keep ? SQLITE_PREPARE_PERSISTENT : 0, &st, NULL);
	if (rc == SQLITE_OK && st == NULL)
		rc = SQLITE_MISUSE;
	/* It compiles wherever the tables are as schema.sql made them. */
	if (rc == SQLITE_ERROR)
		rc = SQLITE_CORRUPT;
	*out = st;
	return lite_told(conn, rc);
}

static void
lite_finalize(void *st)
{
	sqlite3_finalize(st);
}

static int
lite_parameter(void *st, const char *name)
{
	return sqlite3_bind_parameter_index(st, name);
}

static enum mr_status
lite_bind_int(void *conn, void *st, int at, int64_t v)
{
	return lite_told(conn, sqlite3_bind_int64(st, at, v));
}

static enum mr_status
lite_bind_text(void *conn, void *st, int at, const char *v)
{
	return lite_told(conn, sqlite3_bind_text(st, at, v, -1, SQLITE_STATIC));
}

static enum mr_status
lite_bind_blob(void *conn, void *st, int at, const void *v, size_t len)
{
	return lite_told(
	    conn, sqlite3_bind_blob64(st, at, v, len, SQLITE_STATIC));
}

static enum mr_status
lite_bind_null(void *conn, void *st, int at, enum sql_kind kind)
{
	(void)kind;
	return lite_told(conn, sqlite3_bind_null(st, at));
}

static enum mr_status
lite_step(void *conn, void *st, int *row)
{
	int rc = sqlite3_step(st);

	*row = rc == SQLITE_ROW;
	return lite_told(conn, rc);
}

static void
lite_reset(void *st, int *scanned)
{
	if (scanned != NULL)
		*scanned = sqlite3_stmt_status(
			       st, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1) > 0;
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

static int
lite_writes(void *st)
{
	return !sqlite3_stmt_readonly(st);
}

static int
lite_columns(void *st)
{
	return sqlite3_column_count(st);
}

static int64_t
lite_col_int(void *st, int col)
{
	return sqlite3_column_int64(st, col);
}

static const char *
lite_col_text(void *st, int col)
{
	return (const char *)sqlite3_column_text(st, col);
}

/* One call into SQLite finds the column, for its kind and its content.  The
 * connection is without mutexes, so this value is as good as a protected one. */
static void
lite_col(void *st, int col, struct sql_value *value)
{
	sqlite3_value *v = sqlite3_column_value(st, col);
	int type = sqlite3_value_type(v);

	value->kind = type == SQLITE_INTEGER ? SQL_INT
	    : type == SQLITE_NULL            ? -1
	    : type == SQLITE_BLOB            ? SQL_BLOB
					     : SQL_TEXT;
	if (type == SQLITE_INTEGER)
		value->number = sqlite3_value_int64(v);
	else if (type != SQLITE_NULL) {
		value->bytes = type == SQLITE_BLOB
		    ? sqlite3_value_blob(v)
		    : (const void *)sqlite3_value_text(v);
		value->len = (size_t)sqlite3_value_bytes(v);
	}
}

const struct sql_driver sql_sqlite = {
    .file = 1,
    .place = lite_place,
    .open = lite_open,
    .close = lite_close,
    .begin = lite_begin,
    .commit = lite_commit,
    .rollback = lite_rollback,
    .passes = lite_passes,
    .savepoint = lite_savepoint,
    .script = lite_script,
    .version = lite_version,
    .set_version = lite_set_version,
    .empty = lite_empty,
    .quick_check = lite_quick_check,
    .checkpoint = lite_checkpoint,
    .log_pages = lite_log_pages,
    .copy = lite_copy,
    .message = lite_message,
    .fill = lite_fill,
    .prepare = lite_prepare,
    .finalize = lite_finalize,
    .parameter = lite_parameter,
    .bind_int = lite_bind_int,
    .bind_text = lite_bind_text,
    .bind_blob = lite_bind_blob,
    .bind_null = lite_bind_null,
    .step = lite_step,
    .reset = lite_reset,
    .writes = lite_writes,
    .columns = lite_columns,
    .col_int = lite_col_int,
    .col_text = lite_col_text,
    .col = lite_col,
};
