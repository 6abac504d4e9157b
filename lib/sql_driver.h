/*
 * What an engine offers behind sql.h.  One driver is a file or three; nothing
 * outside a driver knows which engine is at work.  A driver reports failures as
 * statuses of the list in mailroom.h and one plain sentence without values.
 */
#ifndef MR_SQL_DRIVER_H
#define MR_SQL_DRIVER_H

#include "lib/sql.h"

enum sql_save { SQL_SAVE, SQL_RELEASE, SQL_TAKE_BACK };

struct sql_driver {
	int file; /* 1: a file of ours, 0: a server looks after it */
	/* What of an address is for the driver; NULL: it is of another. */
	const char *(*place)(const char *url);
	/* 1: a password may stand in such a place; NULL: never. */
	int (*secret)(const char *place);
	/* 1: it names several servers, which take each other's place; NULL:
	 * never. */
	int (*several)(const char *place);
	enum mr_status (*open)(const char *place,
	    const struct sql_options *options, void **conn,
	    struct mr_error *error);
	void (*close)(void *conn);
	enum mr_status (*begin)(void *conn, int write);
	enum mr_status (*commit)(void *conn);
	void (*rollback)(void *conn);
	/* 1: such a failure passes when the server is back. */
	int (*passes)(void *conn, enum mr_status status);
	/* One savepoint at a time, of which SQL_TAKE_BACK leaves the mark. */
	enum mr_status (*savepoint)(void *conn, enum sql_save what);
	/* One statement or a script, without parameters or rows. */
	enum mr_status (*script)(void *conn, const char *text);
	enum mr_status (*version)(void *conn, int64_t *version);
	enum mr_status (*set_version)(void *conn, int64_t version);
	enum mr_status (*empty)(void *conn, int *empty);
	enum mr_status (*quick_check)(
	    void *conn, void (*say)(void *, const char *), void *arg);
	enum mr_status (*checkpoint)(void *conn, int truncate);
	int64_t (*log_pages)(void *conn);
	enum mr_status (*copy)(void *conn, const char *path);
	const char *(*message)(void *conn);
	enum mr_status (*fill)(void *conn, const struct sql_table *table,
	    int (*next)(void *arg, struct sql_value *values), void *arg);

	/* keep: the statement will be cached. */
	enum mr_status (*prepare)(
	    void *conn, const char *text, int keep, void **stmt);
	void (*finalize)(void *stmt);
	/* The number that a parameter's name stands for; 0: no such. */
	int (*parameter)(void *stmt, const char *name);
	enum mr_status (*bind_int)(void *conn, void *stmt, int at, int64_t v);
	enum mr_status (*bind_text)(
	    void *conn, void *stmt, int at, const char *v);
	enum mr_status (*bind_blob)(
	    void *conn, void *stmt, int at, const void *v, size_t len);
	enum mr_status (*bind_null)(
	    void *conn, void *stmt, int at, enum sql_kind kind);
	/* *row: 1 a row is there, 0 the end. */
	enum mr_status (*step)(void *conn, void *stmt, int *row);
	/* Ready for other values; *scanned (or NULL): it walked a
	 * table. */
	void (*reset)(void *stmt, int *scanned);
	int (*writes)(void *stmt);
	int (*columns)(void *stmt);
	int64_t (*col_int)(void *stmt, int col);
	const char *(*col_text)(void *stmt, int col);
	void (*col)(void *stmt, int col, struct sql_value *value);
};

/* The plain sentence of a status, to be given to mr_say.  An engine's own can
 * repeat a row's values. */
const char *sql_sentence(enum mr_status status);

extern const struct sql_driver sql_sqlite, sql_pgsql;

#endif
