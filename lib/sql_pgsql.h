/*
 * The PostgreSQL driver from the inside: what its files share.  Nobody
 * else includes this, nor libpq's header.
 */
#ifndef MR_SQL_PGSQL_H
#define MR_SQL_PGSQL_H

#include <libpq-fe.h>

#include "lib/sql_driver.h"

/* A statement that the server keeps under a name; number 0: it does not. */
struct pg_name {
	unsigned number, session;
	char text[12];
};

/* What is sent by itself. */
enum pg_word {
	PG_BEGIN,
	PG_BEGIN_READ,
	PG_UNHURRIED, /* no time limit between the statements of this one */
	PG_LOCK,      /* one writer at a time */
	PG_COMMIT,
	PG_ROLLBACK,
	PG_SAVE,
	PG_RELEASE,
	PG_TAKE_BACK,
	PG_NWORDS
};

/* What a result in the pipeline is to us. */
enum pg_use {
	PG_DONE,  /* only failing is of interest */
	PG_SURE,  /* and that cannot fail by itself */
	PG_NAME,  /* a statement has its name; if it failed, not */
	PG_HELD,  /* the lock: one row, or this is no office */
	PG_KEPT,  /* a COMMIT */
	PG_ASKED, /* its rows are handed out */
	PG_MARK   /* up to here the server skips what follows a failure */
};

#define PG_QUEUE 64

struct pg_queued {
	enum pg_use use;
	struct pg_name *name; /* of PG_NAME */
};

struct pg_conn {
	PGconn *pq;
	struct sql_options options;
	enum mr_status last;   /* for the sentence */
	enum mr_status failed; /* what ended the transaction; MR_OK: nothing */
	unsigned made;         /* there is a table with the schema's number */
	unsigned inside;       /* a transaction is at work */
	unsigned writing;      /* and it may change rows */
	unsigned stale;        /* the server is none for us any more */
	unsigned warned;       /* the server sent a warning */
	unsigned session;      /* counts reconnections: statements go with it */
	unsigned scope;        /* counts what may have closed cursors */
	unsigned names;        /* the last number given to a statement */
	unsigned fresh; /* inside, and nothing is lost if it is begun anew */
	unsigned doubt; /* something queued may fail */
	int nqueue;     /* sent, results not read */
	struct pg_queued queue[PG_QUEUE];
	struct pg_name lock;
};

/* After a lost connection the next unit of work begins on a new one. */
enum mr_status pg_connected(struct pg_conn *conn);
/* A transaction's beginning into the pipeline. */
enum mr_status pg_begun(struct pg_conn *conn, int write);
/* Is it the connection that this answer tells of, or that none is there? */
int pg_lost(const struct pg_conn *conn, const PGresult *answer);
/* The status of an answer (NULL allowed), kept for the sentence and as what
 * ended the transaction. */
enum mr_status pg_told(struct pg_conn *conn, const PGresult *answer);
/* The same for a failure that the driver itself finds. */
enum mr_status pg_failed(struct pg_conn *conn, enum mr_status status);
/* One text of one or more statements without parameters; answer forgotten. */
enum mr_status pg_run(struct pg_conn *conn, const char *text);

/* The one integer or truth that a text answers; left alone without a row. */
enum mr_status pg_ask(struct pg_conn *conn, const char *text, int64_t *value);

/*
 * The pipeline: sql_pgsql_pipe.c.  libpq copies what it is given to send, so
 * nothing bound has to outlive the call.
 *
 * Before something is queued: room for it, its statement's name, its mark.
 */
enum mr_status pg_room(struct pg_conn *conn);
/* It was given to libpq (sent: what that returned). */
enum mr_status pg_queued(
    struct pg_conn *conn, enum pg_use use, struct pg_name *name, int sent);
/* The name of a text in this session, preparing it there. */
const char *pg_named(struct pg_conn *conn, struct pg_name *name,
    const char *text, int n, const Oid *types, enum mr_status *status);
enum mr_status pg_say(struct pg_conn *conn, enum pg_word word);
enum mr_status pg_mark(struct pg_conn *conn);
/* One round trip: read all results.  The first failure, and the answer of what
 * was asked (may be NULL; the caller's to clear). */
enum mr_status pg_sync(struct pg_conn *conn, PGresult **answer);
/* The same, and out of the pipeline, for texts of several statements. */
enum mr_status pg_plain(struct pg_conn *conn);
/* As sql_driver.h has it. */
enum mr_status pg_savepoint(void *conn, enum sql_save what);

/* The schema: sql_pgsql_schema.c, as sql_driver.h has it; pg_look sets
 * conn->made. */
enum mr_status pg_look(struct pg_conn *conn);
enum mr_status pg_script(void *conn, const char *text);
enum mr_status pg_version(void *conn, int64_t *version);
enum mr_status pg_set_version(void *conn, int64_t version);
enum mr_status pg_empty(void *conn, int *empty);
enum mr_status
pg_quick_check(void *conn, void (*say)(void *, const char *), void *arg);

/* Many rows at once: sql_pgsql_fill.c, as sql_driver.h has it. */
enum mr_status pg_fill(void *conn, const struct sql_table *table,
    int (*next)(void *arg, struct sql_value *values), void *arg);

/* The statements: sql_pgsql_stmt.c, as sql_driver.h has them. */
enum mr_status pg_prepare(void *conn, const char *text, int keep, void **stmt);
void pg_finalize(void *stmt);
int pg_parameter(void *stmt, const char *name);
enum mr_status pg_bind_int(void *conn, void *stmt, int at, int64_t v);
enum mr_status pg_bind_text(void *conn, void *stmt, int at, const char *v);
enum mr_status
pg_bind_blob(void *conn, void *stmt, int at, const void *v, size_t len);
enum mr_status pg_bind_null(void *conn, void *stmt, int at, enum sql_kind kind);
enum mr_status pg_step(void *conn, void *stmt, int *row);
void pg_reset(void *stmt, int *scanned);
int pg_writes(void *stmt);
int pg_columns(void *stmt);
int64_t pg_col_int(void *stmt, int col);
const char *pg_col_text(void *stmt, int col);
void pg_col(void *stmt, int col, struct sql_value *value);

/* The address as libpq takes it, url itself; NULL: it names no such server. */
const char *pg_place(const char *url);

/* 1: the address names several hosts. */
int pg_several(const char *place);

/*
 * 1: a password may stand in the address.  One with a '/' or '@' in it is read
 * as part of the host, one before an '@' that was forgotten as a port, and
 * libpq's words repeat that.
 */
int pg_secret(const char *place);

#endif
