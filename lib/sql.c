/*
 * The face of SQL: statement cache, sticky failures, column access.  Engines
 * stand behind sql_driver.h; this file knows none of them.
 */
#include "lib/sql.h"

#include <stdio.h>
#include <string.h>

#include "lib/call.h"
#include "lib/sql_driver.h"
#include "lib/tongue.h"

#define CACHE_SIZE 256 /* a power of two, over the number of statements */

#define NAMES 32

struct sql_stmt {
	struct sql *db;
	struct mr_call *call;
	const char *text; /* the literal's address is the key */
	void *handle;
	enum mr_status status;
	unsigned busy : 1, kept : 1, run : 1, rows : 1;
	/* Parameters in the order in which they were bound first: nearly always
	 * the order of the next time, so that no name is looked up again. */
	int nnames, next;
	const char *name[NAMES];
	int number[NAMES];
};

struct sql {
	const struct sql_driver *driver;
	void *conn;
	struct sql_stmt cache[CACHE_SIZE];
	struct sql_stmt broken; /* answers when no statement could be made */
	int check_scans, in_transaction;
	int64_t writes;
};

static const struct sql_driver *const drivers[] = {
    &sql_sqlite,
#ifdef MR_PGSQL
    &sql_pgsql,
#endif
};

static const struct sql_driver *
driver_of(const char *url, const char **place)
{
	for (size_t i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++)
		if ((*place = drivers[i]->place(url)) != NULL)
			return drivers[i];
	return NULL;
}

int
sql_url_secret(const char *url)
{
	const char *place;
	const struct sql_driver *driver = driver_of(url, &place);

	return driver != NULL && driver->secret != NULL &&
	    driver->secret(place);
}

int
sql_url_several(const char *url)
{
	const char *place;
	const struct sql_driver *driver = driver_of(url, &place);

	return driver != NULL && driver->several != NULL &&
	    driver->several(place);
}

enum mr_status
sql_open(const char *url, const struct sql_options *options, struct sql **db,
    struct mr_error *error)
{
	const char *place = NULL;
	const struct sql_driver *driver = driver_of(url, &place);
	enum mr_status status;
	struct sql *new;

	if (driver == NULL)
		return mr_error(error, MR_USAGE,
		    "this is no database address that this program knows; "
		    "write sqlite:FILE, or postgresql://USER@HOST/NAME where "
		    "it was built with PostgreSQL");
	new = mr_calloc(sizeof(*new));
	if (new == NULL)
		return mr_error(error, MR_NOMEM, "memory ran out");
	new->driver = driver;
	new->check_scans = options->check_scans;
	status = driver->open(place, options, &new->conn, error);
	if (status != MR_OK) {
		mr_cfree(new, sizeof(*new));
		return status;
	}
	*db = new;
	return MR_OK;
}

void
sql_close(struct sql *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < CACHE_SIZE; i++)
		if (db->cache[i].handle != NULL)
			db->driver->finalize(db->cache[i].handle);
	db->driver->close(db->conn);
	mr_cfree(db, sizeof(*db));
}

static struct sql_stmt *
cache_slot(struct sql *db, const char *text)
{
	size_t at = ((uintptr_t)text * 0x9E3779B97F4A7C15u) >> 40;

	for (size_t i = 0; i < 8; i++) {
		struct sql_stmt *st = &db->cache[(at + i) % CACHE_SIZE];

		if (st->text == text)
			return st->busy ? NULL : st;
		if (st->text == NULL)
			return st;
	}
	return NULL;
}

static enum mr_status
stick(struct sql_stmt *st, enum mr_status status)
{
	if (st->status == MR_OK && status != MR_OK) {
		st->status = status;
		if (st->call != NULL)
			mr_fail(st->call, status, "%s",
			    mr_say(sql_message(st->db)));
	}
	return status;
}

struct sql_stmt *
sql_prepare(struct mr_call *c, const char *text)
{
	struct sql *db = mr_call_db(c);
	struct sql_stmt *st = cache_slot(db, text);
	int kept = st != NULL;

	if (st == NULL)
		st = mr_alloc(c->arena, sizeof(*st));
	if (st == NULL) {
		st = &db->broken;
		memset(st, 0, sizeof(*st));
		st->status = MR_NOMEM;
	}
	st->db = db;
	st->call = c;
	st->busy = 1;
	st->run = st->rows = 0;
	if (st == &db->broken)
		return st;
	st->status = MR_OK;
	st->kept = kept != 0;
	st->next = 0;
	if (st->handle == NULL) {
		st->nnames = 0;
		stick(
		    st, db->driver->prepare(db->conn, text, kept, &st->handle));
		st->text = st->handle != NULL ? text : NULL;
	}
	return st;
}

/* The number of a parameter.  Names are literals: their addresses will do. */
static int
number_of(struct sql_stmt *st, const char *name)
{
	int at = st->next, number;

	if (at < st->nnames && st->name[at] == name) {
		st->next++;
		return st->number[at];
	}
	number = st->db->driver->parameter(st->handle, name);
	if (at == st->nnames && at < NAMES) {
		st->name[at] = name;
		st->number[at] = number;
		st->nnames = st->next = at + 1;
	}
	return number;
}

void
sql_int(struct sql_stmt *st, const char *name, int64_t value)
{
	if (st->status == MR_OK)
		stick(st,
		    st->db->driver->bind_int(
			st->db->conn, st->handle, number_of(st, name), value));
}

void
sql_int0(struct sql_stmt *st, const char *name, int64_t value)
{
	if (value == 0)
		sql_null(st, name, SQL_INT);
	else
		sql_int(st, name, value);
}

void
sql_text(struct sql_stmt *st, const char *name, const char *value)
{
	if (value == NULL)
		sql_null(st, name, SQL_TEXT);
	else if (st->status == MR_OK)
		stick(st,
		    st->db->driver->bind_text(
			st->db->conn, st->handle, number_of(st, name), value));
}

void
sql_blob(struct sql_stmt *st, const char *name, const void *value, size_t len)
{
	if (value == NULL)
		sql_null(st, name, SQL_BLOB);
	else if (st->status == MR_OK)
		stick(st,
		    st->db->driver->bind_blob(st->db->conn, st->handle,
			number_of(st, name), value, len));
}

void
sql_null(struct sql_stmt *st, const char *name, enum sql_kind kind)
{
	if (st->status == MR_OK)
		stick(st,
		    st->db->driver->bind_null(
			st->db->conn, st->handle, number_of(st, name), kind));
}

int
sql_row(struct sql_stmt *st)
{
	int row = 0;

	if (st->status != MR_OK)
		return 0;
	/* Counted when it starts: a statement that changes and then fails is
	 * undone with its savepoint, so too high a count does no harm. */
	if (!st->run && st->db->driver->writes(st->handle))
		st->db->writes++;
	st->run = 1;
	stick(st, st->db->driver->step(st->db->conn, st->handle, &row));
	return st->status == MR_OK && row;
}

int64_t
sql_col_int(struct sql_stmt *st, int col)
{
	return st->db->driver->col_int(st->handle, col);
}

const char *
sql_col_text(struct sql_stmt *st, int col)
{
	return st->db->driver->col_text(st->handle, col);
}

const void *
sql_col_blob(struct sql_stmt *st, int col, size_t *len)
{
	struct sql_value value = {.len = 0};

	sql_col(st, col, &value);
	*len = value.len;
	return value.bytes;
}

int
sql_col_null(struct sql_stmt *st, int col)
{
	struct sql_value value;

	sql_col(st, col, &value);
	return value.kind < 0;
}

int
sql_cols(struct sql_stmt *st)
{
	return st->db->driver->columns(st->handle);
}

void
sql_col(struct sql_stmt *st, int col, struct sql_value *value)
{
	st->db->driver->col(st->handle, col, value);
}

static enum mr_status
fail_scan(struct sql_stmt *st)
{
	if (st->status == MR_OK)
		st->status = mr_fail(st->call, MR_BUG,
		    "a statement walks a whole table: %s", st->text);
	return st->status;
}

enum mr_status
sql_done(struct sql_stmt *st)
{
	enum mr_status status;
	int scanned = 0;

	if (!st->run)
		(void)sql_row(st);
	if (st->handle != NULL) {
		st->db->driver->reset(
		    st->handle, st->db->check_scans ? &scanned : NULL);
		if (scanned &&
		    strncmp(st->text, SQL_SCAN, strlen(SQL_SCAN)) != 0)
			fail_scan(st);
	}
	status = st->status;
	st->busy = 0;
	if (!st->kept && st->handle != NULL) {
		st->db->driver->finalize(st->handle);
		st->handle = NULL;
	}
	return status;
}

enum mr_status
sql_done_int(struct sql_stmt *st, int64_t *value)
{
	enum mr_status status;
	int64_t found = 0;
	int row = sql_row(st);

	if (row)
		found = sql_col_int(st, 0);
	status = sql_done(st);
	if (status == MR_OK && !row)
		return MR_NOTFOUND;
	if (status == MR_OK)
		*value = found;
	return status;
}

enum mr_status
sql_begin(struct sql *db, int write)
{
	enum mr_status status = db->driver->begin(db->conn, write);

	db->in_transaction = status == MR_OK;
	return status;
}

enum mr_status
sql_commit(struct sql *db)
{
	db->in_transaction = 0;
	return db->driver->commit(db->conn);
}

void
sql_rollback(struct sql *db)
{
	db->in_transaction = 0;
	db->driver->rollback(db->conn);
}

int
sql_passes(struct sql *db, enum mr_status status)
{
	return db->driver->passes(db->conn, status);
}

enum mr_status
sql_savepoint(struct sql *db)
{
	return db->driver->savepoint(db->conn, SQL_SAVE);
}

enum mr_status
sql_release(struct sql *db)
{
	return db->driver->savepoint(db->conn, SQL_RELEASE);
}

enum mr_status
sql_rollback_to(struct sql *db)
{
	enum mr_status status = db->driver->savepoint(db->conn, SQL_TAKE_BACK);

	return status == MR_OK ? sql_release(db) : status;
}

int
sql_in_transaction(const struct sql *db)
{
	return db->in_transaction;
}

enum mr_status
sql_script(struct sql *db, const char *text)
{
	return db->driver->script(db->conn, text);
}

enum mr_status
sql_version(struct sql *db, int64_t *version)
{
	return db->driver->version(db->conn, version);
}

enum mr_status
sql_set_version(struct sql *db, int64_t version)
{
	return db->driver->set_version(db->conn, version);
}

enum mr_status
sql_empty(struct sql *db, int *empty)
{
	return db->driver->empty(db->conn, empty);
}

int
sql_is_file(const struct sql *db)
{
	return db->driver->file;
}

enum mr_status
sql_fill(struct sql *db, const struct sql_table *table,
    int (*next)(void *arg, struct sql_value *values), void *arg)
{
	db->writes++;
	return db->driver->fill(db->conn, table, next, arg);
}

int64_t
sql_writes(const struct sql *db)
{
	return db->writes;
}

enum mr_status
sql_quick_check(struct sql *db, void (*say)(void *, const char *), void *arg)
{
	return db->driver->quick_check(db->conn, say, arg);
}

enum mr_status
sql_copy(struct sql *db, const char *path)
{
	return db->driver->copy(db->conn, path);
}

enum mr_status
sql_checkpoint(struct sql *db, int truncate)
{
	return db->driver->checkpoint(db->conn, truncate);
}

int64_t
sql_log_pages(const struct sql *db)
{
	return db->driver->log_pages(db->conn);
}

const char *
sql_message(const struct sql *db)
{
	return db->driver->message(db->conn);
}
