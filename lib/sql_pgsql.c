/*
 * The PostgreSQL driver: connection and transactions.  Turns SQLSTATEs into
 * our statuses; a server's own words about a statement go nowhere, for they
 * repeat the row.  Statements and schema have files of their own.
 */
#include "lib/sql_pgsql.h"

#include <stdio.h>
#include <string.h>

#include "lib/call.h"
#include "lib/tongue.h"

/* Who holds a write transaction and is heard of no more lets go after this. */
#define IDLE_MS "60000"

/* The first that fits decides. */
static const struct {
	const char *prefix;
	enum mr_status status;
} classes[] = {
    {"23505", MR_UNIQUE},
    {"42P07", MR_UNIQUE}, /* two that make an office at once */
    {"40003", MR_UNCERTAIN},
    {"40", MR_BUSY},
    {"55P03", MR_BUSY},
    {"57014", MR_BUSY},
    {"53300", MR_BUSY},
    {"08", MR_LOST},
    {"57P", MR_LOST},
    {"25P03", MR_LOST},
    {"25P04", MR_LOST}, /* a limit of PostgreSQL 17 */
    {"25006", MR_READONLY},
    {"53100", MR_FULL},
    {"53", MR_NOMEM},
    {"58", MR_IO},
    {"42501", MR_DENIED},
    {"3F000", MR_NOTFOUND}, /* no schema of the search_path is there */
    {"42P01", MR_DAMAGED},  /* a table or column of schema.sql is not there */
    {"42703", MR_DAMAGED},
    {"XX", MR_DAMAGED},
};

static enum mr_status
classify(const char *state)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strncmp(state, classes[i].prefix,
			strlen(classes[i].prefix)) == 0)
			return classes[i].status;
	return MR_BUG;
}

enum mr_status
pg_failed(struct pg_conn *conn, enum mr_status status)
{
	conn->last = status;
	if (conn->failed == MR_OK)
		conn->failed = status;
	return status;
}

int
pg_lost(const struct pg_conn *conn, const PGresult *answer)
{
	const char *state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);

	if (answer != NULL && PQresultStatus(answer) != PGRES_FATAL_ERROR)
		return 0;
	return PQstatus(conn->pq) == CONNECTION_BAD ||
	    (state != NULL && classify(state) == MR_LOST);
}

enum mr_status
pg_told(struct pg_conn *conn, const PGresult *answer)
{
	const char *state;

	switch (PQresultStatus(answer)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_PIPELINE_SYNC:
		return MR_OK;
	default:
		break;
	}
	if (PQstatus(conn->pq) == CONNECTION_BAD)
		return pg_failed(conn, MR_LOST);
	state = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
	/* In a transaction that has failed already, the first failure counts. */
	if (state != NULL && strcmp(state, "25P02") == 0)
		return pg_failed(
		    conn, conn->failed != MR_OK ? conn->failed : MR_BUG);
	return pg_failed(conn, state != NULL ? classify(state) : MR_NOMEM);
}

enum mr_status
pg_run(struct pg_conn *conn, const char *text)
{
	enum mr_status status = pg_plain(conn);
	PGresult *answer;

	if (status != MR_OK)
		return status;
	answer = PQexec(conn->pq, text);
	status = pg_told(conn, answer);
	PQclear(answer);
	return status;
}

enum mr_status
pg_ask(struct pg_conn *conn, const char *text, int64_t *value)
{
	enum mr_status status = pg_plain(conn);
	PGresult *answer;

	if (status != MR_OK)
		return status;
	answer = PQexec(conn->pq, text);
	status = pg_told(conn, answer);
	if (status == MR_OK && PQntuples(answer) == 1) {
		const char *s = PQgetvalue(answer, 0, 0);

		*value = s[0] == 't';
		for (; *s >= '0' && *s <= '9'; s++)
			*value = *value * 10 + (*s - '0');
	}
	PQclear(answer);
	return status;
}

static void
hear(void *arg, const PGresult *notice)
{
	struct pg_conn *conn = arg;
	const char *word =
	    PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (word != NULL && strcmp(word, "WARNING") == 0)
		conn->warned = 1;
}

/*
 * What every session of ours is like.  A commit is never cancelled, and is
 * never told before it is on disk; whoever chose more than that keeps it.
 */
static enum mr_status
settle(struct pg_conn *conn)
{
	char text[640];
	enum mr_status status;
	int64_t good = 0;

	conn->session++;
	conn->scope++;
	PQsetErrorVerbosity(conn->pq, PQERRORS_TERSE);
	PQsetErrorContextVisibility(conn->pq, PQSHOW_CONTEXT_NEVER);
	PQsetNoticeReceiver(conn->pq, hear, conn);
	snprintf(text, sizeof(text),
	    "SET client_min_messages = warning;"
	    "SET statement_timeout = 0;%s"
	    "SET standard_conforming_strings = on;"
	    "SET default_transaction_isolation = 'read committed';"
	    "SET lock_timeout = %d;"
	    "SET default_transaction_read_only = %s;"
	    "SET idle_in_transaction_session_timeout = %s;"
	    "SELECT count(set_config('synchronous_commit', 'on', false)) "
	    "WHERE current_setting('synchronous_commit') "
	    "NOT IN ('on', 'remote_apply')",
	    PQserverVersion(conn->pq) >= 170000 ? "SET transaction_timeout = 0;"
						: "",
	    conn->options.busy_ms, conn->options.readonly ? "on" : "off",
	    conn->options.readonly ? "DEFAULT" : IDLE_MS);
	status = pg_run(conn, text);
	if (status == MR_OK)
		status = pg_ask(conn,
		    "SELECT current_setting('server_encoding') = 'UTF8'",
		    &good);
	if (status == MR_OK && !good)
		status = pg_failed(conn, MR_REFUSED);
	return status;
}

static void
pg_close(void *arg)
{
	struct pg_conn *conn = arg;

	PQfinish(conn->pq);
	mr_cfree(conn, sizeof(*conn));
}

/* What stands before dbname can be said otherwise in the address.  Who only
 * reads also asks the server that takes changes: a standby may not show yet
 * what was confirmed. */
static PGconn *
connect_to(const char *place)
{
	const char *const names[] = {"connect_timeout", "tcp_user_timeout",
	    "keepalives_idle", "target_session_attrs",
	    "fallback_application_name", "dbname", "client_encoding", NULL};
	const char *const values[] = {
	    "5", "8000", "10", "read-write", "mailroom", place, "UTF8", NULL};

	return PQconnectdbParams(names, values, 1);
}

/* Nothing of an office is known yet, so the server's words may be shown. */
static enum mr_status
no_connection(struct pg_conn *conn, const char *place, struct mr_error *error)
{
	const char *why = PQerrorMessage(conn->pq);

	if (pg_secret(place))
		return mr_error(error, MR_LOST,
		    "the database server cannot be reached, or it refuses; "
		    "why is not shown, since a password stands in the "
		    "address: put it into ~/.pgpass instead");
	return mr_error(error, MR_LOST,
	    "the database server cannot be reached: %.*s",
	    (int)strcspn(why, "\n"), why);
}

static enum mr_status
pg_open(const char *place, const struct sql_options *options, void **out,
    struct mr_error *error)
{
	struct pg_conn *conn = mr_calloc(sizeof(*conn));
	enum mr_status status;

	if (conn == NULL)
		return mr_error(error, MR_NOMEM, "memory ran out");
	conn->options = *options;
	conn->pq = connect_to(place);
	if (conn->pq == NULL) {
		status = mr_error(error, MR_NOMEM, "memory ran out");
	} else if (PQstatus(conn->pq) != CONNECTION_OK) {
		status = no_connection(conn, place, error);
	} else {
		status = settle(conn);
		if (status == MR_OK)
			status = pg_look(conn);
		if (status == MR_REFUSED)
			mr_error(error, status,
			    "the database must keep its text as UTF8; make "
			    "one with ENCODING 'UTF8'");
		else if (status != MR_OK)
			mr_error(error, status, "%s", sql_sentence(status));
	}
	if (status != MR_OK) {
		pg_close(conn);
		return status;
	}
	*out = conn;
	return MR_OK;
}

enum mr_status
pg_connected(struct pg_conn *conn)
{
	enum mr_status status;

	if (PQstatus(conn->pq) == CONNECTION_OK && !conn->stale)
		return MR_OK;
	conn->nqueue = 0;
	conn->doubt = 0;
	/* Until it is settled it is none for us, whatever stopped that. */
	conn->stale = 1;
	PQreset(conn->pq);
	if (PQstatus(conn->pq) != CONNECTION_OK)
		return pg_failed(conn, MR_LOST);
	status = settle(conn);
	if (status == MR_OK)
		status = pg_look(conn);
	conn->stale = status != MR_OK;
	return status;
}

static void
pg_rollback(void *arg)
{
	struct pg_conn *conn = arg;
	enum mr_status last = conn->last;

	if (PQstatus(conn->pq) == CONNECTION_OK && !conn->stale &&
	    (conn->nqueue > 0 ||
		PQtransactionStatus(conn->pq) != PQTRANS_IDLE)) {
		if (conn->nqueue > 0)
			(void)pg_mark(conn);
		if (pg_say(conn, PG_ROLLBACK) == MR_OK)
			(void)pg_sync(conn, NULL);
	}
	conn->last = last;
	conn->failed = MR_OK;
	conn->inside = conn->writing = conn->fresh = 0;
	conn->scope++;
}

/*
 * One writer at a time, as the nouns were written for: the row with the
 * schema's number is the lock, and each statement after it sees what the
 * writer before has committed.  Nothing waits here for the server.
 */
enum mr_status
pg_begun(struct pg_conn *conn, int write)
{
	enum mr_status status = pg_connected(conn);

	conn->failed = MR_OK;
	conn->inside = 1;
	conn->writing = write != 0;
	if (status == MR_OK && write && !conn->made)
		status = pg_look(conn);
	if (status == MR_OK)
		status = pg_say(conn, write ? PG_BEGIN : PG_BEGIN_READ);
	if (status == MR_OK && write && conn->made)
		status = pg_say(conn, PG_LOCK);
	if (status == MR_OK && !write && !conn->options.readonly)
		status = pg_say(conn, PG_UNHURRIED);
	conn->fresh = 1;
	return status;
}

static enum mr_status
pg_begin(void *arg, int write)
{
	enum mr_status status = pg_begun(arg, write);

	if (status != MR_OK)
		pg_rollback(arg);
	return status;
}

static enum mr_status
pg_commit(void *arg)
{
	struct pg_conn *conn = arg;
	enum mr_status status = conn->failed;

	conn->warned = 0; /* of what came before the commit */
	if (status == MR_OK)
		status = pg_say(conn, PG_COMMIT);
	else
		conn->last = status;
	if (status == MR_OK)
		status = pg_sync(conn, NULL);
	pg_rollback(conn);
	return status;
}

/* A standby is not the server that we want: the next work looks for it. */
static int
pg_passes(void *arg, enum mr_status status)
{
	struct pg_conn *conn = arg;
	int passes = status == MR_LOST ||
	    (status == MR_READONLY && !conn->options.readonly);

	conn->stale |= passes && status == MR_READONLY;
	return passes;
}

/* The server looks after its own log. */
static enum mr_status
pg_checkpoint(void *arg, int truncate)
{
	(void)arg, (void)truncate;
	return MR_OK;
}

static int64_t
pg_log_pages(void *arg)
{
	(void)arg;
	return 0;
}

static enum mr_status
pg_copy(void *arg, const char *path)
{
	(void)path;
	return pg_failed(arg, MR_REFUSED);
}

static const char *
pg_message(void *arg)
{
	struct pg_conn *conn = arg;

	switch (conn->last) {
	case MR_DENIED:
		return MR_SAID("the database user may not do that there: it "
			       "must own the schema that the office stands in");
	case MR_NOTFOUND:
		return MR_SAID("the schema that search_path names is not in "
			       "the database; make it with CREATE SCHEMA");
	case MR_READONLY:
		return MR_SAID("the database server takes no changes at the "
			       "moment; try again, and if it stays so, tell "
			       "who looks after it");
	case MR_DAMAGED:
		return MR_SAID("the database is damaged or is no office; stop, "
			       "and tell who looks after the server");
	default:
		return sql_sentence(conn->last);
	}
}

const struct sql_driver sql_pgsql = {
    .place = pg_place,
    .secret = pg_secret,
    .several = pg_several,
    .open = pg_open,
    .close = pg_close,
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .passes = pg_passes,
    .savepoint = pg_savepoint,
    .script = pg_script,
    .version = pg_version,
    .set_version = pg_set_version,
    .empty = pg_empty,
    .quick_check = pg_quick_check,
    .checkpoint = pg_checkpoint,
    .log_pages = pg_log_pages,
    .copy = pg_copy,
    .message = pg_message,
    .fill = pg_fill,
    .prepare = pg_prepare,
    .finalize = pg_finalize,
    .parameter = pg_parameter,
    .bind_int = pg_bind_int,
    .bind_text = pg_bind_text,
    .bind_blob = pg_bind_blob,
    .bind_null = pg_bind_null,
    .step = pg_step,
    .reset = pg_reset,
    .writes = pg_writes,
    .columns = pg_columns,
    .col_int = pg_col_int,
    .col_text = pg_col_text,
    .col = pg_col,
};
