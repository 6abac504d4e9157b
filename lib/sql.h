/*
 * SQL as the nouns see it: prepare, bind by name, read rows, done.  The text
 * is a literal inside the one function that runs it and is the same on every
 * engine (rules: docs/sql.md).  The first failure sticks in the statement and
 * is told once by sql_done, so a query needs a single check.
 *
 *	st = sql_prepare(c,
 *	    "SELECT state, version FROM letter "
 *	    "WHERE id = :id");
 *	sql_int(st, ":id", id);
 *	if (sql_row(st)) {
 *		state = sql_col_int(st, 0); ...
 *	}
 *	return sql_done(st);
 *
 * A statement that is meant to walk a whole table says so in its text with
 * the words of SQL_SCAN; tests fail any other that does.
 */
#ifndef MR_SQL_H
#define MR_SQL_H

#include <stddef.h>
#include <stdint.h>

#include "lib/mailroom.h"

struct sql;      /* a connection */
struct sql_stmt; /* a statement at work */

#define SQL_SCAN "/* scan */ "

enum sql_kind { SQL_INT, SQL_TEXT, SQL_BLOB };

/*
 * A statement ready for binding; from the connection's cache, or fresh when
 * that one is busy.  Never NULL: a failure waits for sql_done.  Valid until
 * sql_done, which every statement must get exactly once.
 */
struct sql_stmt *sql_prepare(struct mr_call *c, const char *text);

/* Bind.  name with its colon, a literal.  Text and blob bytes must stay until
 * sql_done, not longer;
 * NULL text and a NULL blob bind NULL of that kind. */
void sql_int(struct sql_stmt *st, const char *name, int64_t value);
void sql_text(struct sql_stmt *st, const char *name, const char *value);
void
sql_blob(struct sql_stmt *st, const char *name, const void *value, size_t len);
void sql_null(struct sql_stmt *st, const char *name, enum sql_kind kind);
/* An integer, or NULL where it is 0: for optional references. */
void sql_int0(struct sql_stmt *st, const char *name, int64_t value);

/* The next row: 1, or 0 at the end or after a failure. */
int sql_row(struct sql_stmt *st);

/* Columns of the row, from 0.  Bytes are the statement's until the next
 * sql_row or sql_done.  NULL reads as 0, NULL, NULL with length 0. */
int64_t sql_col_int(struct sql_stmt *st, int col);
const char *sql_col_text(struct sql_stmt *st, int col);
const void *sql_col_blob(struct sql_stmt *st, int col, size_t *len);
int sql_col_null(struct sql_stmt *st, int col);
int sql_cols(struct sql_stmt *st);
/* Kind and content at once, for who reads very many. */
struct sql_value {
	int kind;          /* enum sql_kind, or -1: NULL */
	int64_t number;    /* SQL_INT */
	const void *bytes; /* SQL_TEXT, SQL_BLOB */
	size_t len;
};
void sql_col(struct sql_stmt *st, int col, struct sql_value *value);

/*
 * End the statement (running it first when no row was asked for) and tell
 * the first failure, whose sentence is then the call's.
 * Inside a write transaction an INSERT, UPDATE or DELETE without RETURNING may
 * be on its way still: its failure is then told by the next statement that
 * answers, by the savepoint's end or by the commit, and by all that follow.
 * Who must know at once writes RETURNING.
 * MR_UNIQUE: a uniqueness rule of the schema said no.  MR_BUSY, MR_LOST,
 * MR_UNCERTAIN, MR_READONLY, MR_FULL, MR_DAMAGED, MR_NOMEM, MR_IO: the engine.
 * MR_BUG: the statement itself is wrong, or scans without saying so.
 */
enum mr_status sql_done(struct sql_stmt *st);

/* For a statement that answers at most one integer: *value is that, or is
 * left alone when there is no row (MR_NOTFOUND, without a message). */
enum mr_status sql_done_int(struct sql_stmt *st, int64_t *value);

/*
 * Only mailroom.c and migrate.c call what stands below.
 */
struct sql_options {
	int readonly, create, check_scans, busy_ms, no_checkpoint;
};

/* url: sqlite:FILE, or what libpq takes (postgresql://..., "host=... dbname=...").
 * The message of a failure goes to error. */
enum mr_status sql_open(const char *url, const struct sql_options *options,
    struct sql **db, struct mr_error *error);
void sql_close(struct sql *db);
/* 1: a password may stand in that address, so it is written nowhere. */
int sql_url_secret(const char *url);
/* 1: it names several servers, so that one which is away may soon have another
 * in its place. */
int sql_url_several(const char *url);

/* Transactions and savepoints; speak through call.h, not from a noun.  That
 * another holds the lock (MR_BUSY), or that there is no server (MR_LOST), may
 * be told by the first statement instead of sql_begin. */
enum mr_status sql_begin(struct sql *db, int write);
enum mr_status sql_commit(struct sql *db);
void sql_rollback(struct sql *db);
/* 1: a failure of this status passes by itself, when a server is back or another
 * has taken its place; the next sql_begin asks for it. */
int sql_passes(struct sql *db, enum mr_status status);
enum mr_status sql_savepoint(struct sql *db);
enum mr_status sql_release(struct sql *db);
enum mr_status sql_rollback_to(struct sql *db);
int sql_in_transaction(const struct sql *db);

/* Several statements of schema text, one after the other. */
enum mr_status sql_script(struct sql *db, const char *text);
/* The number of the newest migration in the database, and to set it.  0: there
 * is no office. */
enum mr_status sql_version(struct sql *db, int64_t *version);
enum mr_status sql_set_version(struct sql *db, int64_t version);
/* *empty: 1 where a new office may go, since nothing stands there. */
enum mr_status sql_empty(struct sql *db, int *empty);
/* 1: the database is a file, to be copied and its log to be moved by us; 0: a
 * server does both by its own means. */
int sql_is_file(const struct sql *db);
/*
 * Very many rows into a table (sql_table.h), the fastest way that the engine
 * has, inside a write transaction.  next gives one value for each column, in
 * the order of the table: 1, a row; 0, there are no more; -1, it gives up, and
 * the answer is MR_STOP.  Bytes stay its own until it is asked again.
 * MR_DAMAGED: a value of another kind than its column.  Else as sql_done; after
 * a failure the transaction can only be rolled back.
 */
struct sql_table;
enum mr_status sql_fill(struct sql *db, const struct sql_table *table,
    int (*next)(void *arg, struct sql_value *values), void *arg);
/* How many statements changed something since the connection was opened. */
int64_t sql_writes(const struct sql *db);
/* The engine's own check of the file: "ok", or what is wrong, to say. */
enum mr_status
sql_quick_check(struct sql *db, void (*say)(void *, const char *), void *arg);
/* Move the log into the file as far as readers allow; truncate: all of it,
 * leaving no old bytes behind (after an erasure). */
enum mr_status sql_checkpoint(struct sql *db, int truncate);
/* Pages in the log after this connection's last commit, where it was opened
 * with no_checkpoint; 0 where an engine looks after its own. */
int64_t sql_log_pages(const struct sql *db);
/*
 * A whole and tidy copy of the database as it stands now into a new file
 * (path: not there, or empty), without holding up who writes.  Not inside a
 * transaction.  MR_FULL, MR_IO: then what is there of it is of no use.
 */
enum mr_status sql_copy(struct sql *db, const char *path);
/* The sentence for the last failure on this connection.  Never a value. */
const char *sql_message(const struct sql *db);

#endif
