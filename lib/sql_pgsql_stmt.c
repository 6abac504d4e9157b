/*
 * The PostgreSQL driver: statements.  Named parameters become numbers once,
 * their types come from the bind calls, values travel in binary both ways.
 * A long result comes through a cursor, a few hundred rows at a time.
 */
#include <stdio.h>
#include <string.h>

#include "lib/call.h"
#include "lib/sql_pgsql.h"

#define PARAMS 40
#define FETCH 500 /* rows at a time */

/* Types as the server numbers them (pg_type.dat). */
enum { BOOL = 16, BYTEA = 17, INT8 = 20, INT2 = 21, INT4 = 23, TEXT = 25 };

struct stmt {
	struct pg_conn *conn;
	char *text; /* with $1 for a name */
	size_t size;
	unsigned keep : 1, writes : 1, long_answer : 1;
	unsigned walk : 1;  /* a table's, so it is never brief */
	unsigned brief : 1; /* long it can be, but was not the last time */
	unsigned quiet : 1; /* changes rows and answers none */
	unsigned sent : 1;  /* and that was queued */
	int n;
	const char *name[PARAMS]; /* in the caller's literal */
	size_t name_len[PARAMS];
	Oid type[PARAMS], prepared_type[PARAMS];
	const char *value[PARAMS];
	int length[PARAMS];
	int binary[PARAMS]; /* all 1 */
	unsigned char number[PARAMS][8];
	struct pg_name there;   /* its name on the server */
	unsigned cursor, scope; /* open cursor's name; 0: none */
	PGresult *answer;
	int row;
};

static size_t
name_at(const char *s)
{
	size_t n = 1;

	while ((s[n] >= 'a' && s[n] <= 'z') || s[n] == '_' ||
	    (n > 1 && s[n] >= '0' && s[n] <= '9'))
		n++;
	return n;
}

static int
find(const struct stmt *st, const char *name, size_t len)
{
	for (int i = 0; i < st->n; i++)
		if (st->name_len[i] == len &&
		    memcmp(st->name[i], name, len) == 0)
			return i + 1;
	return 0;
}

/* The text with numbers for names.  0: it has too many. */
static int
number(struct stmt *st, const char *s)
{
	char *to = st->text;
	size_t n;
	int at;

	for (; *s != '\0'; s += n) {
		n = 1;
		if (*s == '\'') {
			n += strcspn(s + 1, "'");
			n += s[n] == '\'';
		} else if (*s == ':' && (n = name_at(s)) > 1) {
			at = find(st, s, n);
			if (at == 0 && st->n == PARAMS)
				return 0;
			if (at == 0) {
				st->name[st->n] = s;
				st->name_len[st->n] = n;
				at = ++st->n;
			}
			to += sprintf(to, "$%d", at);
			continue;
		}
		memcpy(to, s, n);
		to += n;
	}
	*to = '\0';
	return 1;
}

static int
is_walk(const char *text)
{
	return strncmp(text, SQL_SCAN, strlen(SQL_SCAN)) == 0;
}

/* A list without a limit of its own can be of any length, and so can what
 * walks a table. */
static int
is_long(const char *text)
{
	const char *limit = strstr(text, "LIMIT");

	if (limit != NULL && strchr(limit, ')') == NULL)
		return 0;
	return is_walk(text) || strstr(text, "ORDER BY") != NULL;
}

static int
is_change(const char *text)
{
	if (is_walk(text))
		text += strlen(SQL_SCAN);
	return strncmp(text, "INSERT ", 7) == 0 ||
	    strncmp(text, "UPDATE ", 7) == 0 ||
	    strncmp(text, "DELETE ", 7) == 0;
}

enum mr_status
pg_prepare(void *arg, const char *text, int keep, void **out)
{
	struct pg_conn *conn = arg;
	struct stmt *st = mr_calloc(sizeof(*st));

	*out = NULL;
	if (st == NULL)
		return pg_failed(conn, MR_NOMEM);
	st->conn = conn;
	st->keep = keep != 0;
	for (int i = 0; i < PARAMS; i++)
		st->binary[i] = 1;
	st->size = 2 * strlen(text) + 1; /* ":a" may become "$40" */
	st->text = mr_calloc(st->size);
	if (st->text == NULL || !number(st, text)) {
		enum mr_status status = st->text == NULL ? MR_NOMEM : MR_BUG;

		pg_finalize(st);
		return pg_failed(conn, status);
	}
	st->writes = strstr(st->text, "INSERT ") != NULL ||
	    strstr(st->text, "UPDATE ") != NULL ||
	    strstr(st->text, "DELETE ") != NULL;
	st->quiet =
	    is_change(st->text) && strstr(st->text, "RETURNING") == NULL;
	st->walk = is_walk(text) != 0;
	st->long_answer = !st->writes && is_long(text);
	*out = st;
	return MR_OK;
}

/* Closes the cursor, if the server has it still. */
static void
leave(struct stmt *st)
{
	struct pg_conn *conn = st->conn;
	char text[32];

	if (st->cursor != 0 && st->scope == conn->scope &&
	    conn->failed == MR_OK) {
		snprintf(text, sizeof(text), "CLOSE c%u", st->cursor);
		if (pg_room(conn) == MR_OK)
			(void)pg_queued(conn, PG_SURE, NULL,
			    PQsendQueryParams(
				conn->pq, text, 0, NULL, NULL, NULL, NULL, 1));
	}
	st->cursor = 0;
}

void
pg_finalize(void *arg)
{
	struct stmt *st = arg;

	PQclear(st->answer);
	mr_cfree(st->text, st->size);
	mr_cfree(st, sizeof(*st));
}

int
pg_parameter(void *arg, const char *name)
{
	return find(arg, name, strlen(name));
}

static enum mr_status
bind(void *arg, int at, Oid type, const void *value, size_t len)
{
	struct stmt *st = arg;

	if (at < 1 || at > st->n || len > INT32_MAX)
		return pg_failed(st->conn, MR_BUG);
	st->type[at - 1] = type;
	st->value[at - 1] = value;
	st->length[at - 1] = (int)len;
	return MR_OK;
}

enum mr_status
pg_bind_int(void *conn, void *arg, int at, int64_t v)
{
	struct stmt *st = arg;
	uint64_t u = (uint64_t)v;

	if (at < 1 || at > st->n)
		return pg_failed(conn, MR_BUG);
	for (int i = 7; i >= 0; i--, u >>= 8)
		st->number[at - 1][i] = (unsigned char)u;
	return bind(st, at, INT8, st->number[at - 1], 8);
}

enum mr_status
pg_bind_text(void *conn, void *st, int at, const char *v)
{
	(void)conn;
	return bind(st, at, TEXT, v, strlen(v));
}

enum mr_status
pg_bind_blob(void *conn, void *st, int at, const void *v, size_t len)
{
	(void)conn;
	return bind(st, at, BYTEA, v, len);
}

enum mr_status
pg_bind_null(void *conn, void *st, int at, enum sql_kind kind)
{
	(void)conn;
	return bind(st, at,
	    kind == SQL_INT        ? INT8
		: kind == SQL_BLOB ? BYTEA
				   : TEXT,
	    NULL, 0);
}

/* Wait for the answer of what was queued last. */
static enum mr_status
hear(struct stmt *st)
{
	struct pg_conn *conn = st->conn;
	PGresult *answer = NULL;
	enum mr_status status = pg_sync(conn, &answer);

	PQclear(st->answer);
	st->answer = answer;
	st->row = -1;
	for (int i = 0; status == MR_OK && i < PQnfields(answer); i++)
		switch (PQftype(answer, i)) {
		case BOOL:
		case BYTEA:
		case INT8:
		case INT2:
		case INT4:
		case TEXT:
			break;
		default: /* a sum without its CAST, most likely */
			status = pg_failed(conn, MR_BUG);
		}
	if (status == MR_OK)
		conn->fresh = 0;
	return status;
}

static enum mr_status
send(struct stmt *st, enum pg_use use)
{
	struct pg_conn *conn = st->conn;
	enum mr_status status = pg_room(conn);
	const char *name;

	if (status != MR_OK)
		return status;
	/* Bound with other kinds than before: another statement, once. */
	if (!st->keep ||
	    (st->there.number != 0 && st->there.session == conn->session &&
		memcmp(st->type, st->prepared_type, sizeof(st->type)) != 0))
		return pg_queued(conn, use, NULL,
		    PQsendQueryParams(conn->pq, st->text, st->n, st->type,
			st->value, st->length, st->binary, 1));
	memcpy(st->prepared_type, st->type, sizeof(st->type));
	name = pg_named(conn, &st->there, st->text, st->n, st->type, &status);
	if (status != MR_OK)
		return status;
	return pg_queued(conn, use, NULL,
	    PQsendQueryPrepared(
		conn->pq, name, st->n, st->value, st->length, st->binary, 1));
}

static enum mr_status
fetch(struct stmt *st)
{
	struct pg_conn *conn = st->conn;
	enum mr_status status = pg_room(conn);
	char text[48];

	snprintf(text, sizeof(text), "FETCH %d FROM c%u", FETCH, st->cursor);
	if (status == MR_OK)
		status = pg_queued(conn, PG_ASKED, NULL,
		    PQsendQueryParams(
			conn->pq, text, 0, NULL, NULL, NULL, NULL, 1));
	return status == MR_OK ? hear(st) : status;
}

static enum mr_status
open_cursor(struct stmt *st)
{
	struct pg_conn *conn = st->conn;
	size_t size = strlen(st->text) + 64;
	char *text = mr_calloc(size);
	enum mr_status status = pg_room(conn);

	if (text == NULL)
		return pg_failed(conn, MR_NOMEM);
	st->cursor = ++conn->names;
	st->scope = conn->scope;
	snprintf(text, size, "DECLARE c%u NO SCROLL CURSOR FOR %s", st->cursor,
	    st->text);
	if (status == MR_OK)
		status = pg_queued(conn, PG_DONE, NULL,
		    PQsendQueryParams(conn->pq, text, st->n, st->type,
			st->value, st->length, st->binary, 1));
	mr_cfree(text, size);
	if (status == MR_OK)
		status = fetch(st);
	if (status != MR_OK)
		st->cursor = 0;
	else if (st->keep && !st->walk && PQntuples(st->answer) < FETCH)
		st->brief = 1;
	return status;
}

static enum mr_status
ask(struct stmt *st)
{
	enum mr_status status;

	if (st->conn->inside && st->long_answer && !st->brief)
		return open_cursor(st);
	status = send(st, PG_ASKED);
	if (status == MR_OK)
		status = hear(st);
	if (status == MR_OK && PQntuples(st->answer) >= FETCH)
		st->brief = 0;
	return status;
}

/* That a connection is gone shows when it is used.  Where nothing was done yet
 * it is asked again on another. */
static enum mr_status
start(struct stmt *st)
{
	struct pg_conn *conn = st->conn;
	int again = conn->inside ? conn->fresh : !st->writes;
	enum mr_status status = MR_OK;

	if (!conn->inside && conn->stale)
		status = pg_connected(conn);
	if (!conn->inside)
		conn->failed = MR_OK;
	if (status != MR_OK)
		return status;
	if (conn->inside && conn->writing && st->quiet) {
		conn->fresh = 0;
		st->sent = 1;
		return send(st, PG_DONE);
	}
	status = ask(st);
	if (status != MR_LOST || !again)
		return status;
	status = conn->inside ? pg_begun(conn, conn->writing != 0)
			      : pg_connected(conn);
	if (!conn->inside)
		conn->failed = MR_OK;
	return status == MR_OK ? ask(st) : status;
}

enum mr_status
pg_step(void *arg, void *stmt, int *row)
{
	struct pg_conn *conn = arg;
	struct stmt *st = stmt;
	enum mr_status status = MR_OK;

	*row = 0;
	if (st->sent)
		return MR_OK;
	if (st->answer == NULL) {
		status = conn->inside && conn->failed != MR_OK
		    ? pg_failed(conn, conn->failed)
		    : start(st);
	} else if (st->cursor != 0 && st->row + 1 == FETCH) {
		/* What was taken back has closed it: that walk is over. */
		status = st->scope == conn->scope ? fetch(st)
						  : pg_failed(conn, MR_BUG);
	}
	if (status != MR_OK)
		return status;
	if (st->row + 1 < PQntuples(st->answer)) {
		st->row++;
		*row = 1;
	}
	return MR_OK;
}

void
pg_reset(void *arg, int *scanned)
{
	struct stmt *st = arg;

	leave(st);
	PQclear(st->answer);
	st->answer = NULL;
	st->sent = 0;
	memset(st->value, 0, sizeof(st->value));
	memset(st->length, 0, sizeof(st->length));
	memset(st->type, 0, sizeof(st->type));
	if (scanned != NULL)
		*scanned = 0;
}

int
pg_writes(void *arg)
{
	const struct stmt *st = arg;

	return st->writes;
}

int
pg_columns(void *arg)
{
	const struct stmt *st = arg;

	return PQnfields(st->answer);
}

static int64_t
read_int(const struct stmt *st, int col)
{
	const unsigned char *p =
	    (const unsigned char *)PQgetvalue(st->answer, st->row, col);
	int len = PQgetlength(st->answer, st->row, col);
	uint64_t u = len > 1 && (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (int i = 0; i < len; i++)
		u = u << 8 | p[i];
	return (int64_t)u;
}

void
pg_col(void *arg, int col, struct sql_value *value)
{
	const struct stmt *st = arg;
	Oid type = PQftype(st->answer, col);

	value->kind = -1;
	if (PQgetisnull(st->answer, st->row, col))
		return;
	value->kind = type == TEXT ? SQL_TEXT
	    : type == BYTEA        ? SQL_BLOB
				   : SQL_INT;
	if (value->kind == SQL_INT) {
		value->number = read_int(st, col);
		return;
	}
	value->bytes = PQgetvalue(st->answer, st->row, col);
	value->len = (size_t)PQgetlength(st->answer, st->row, col);
}

int64_t
pg_col_int(void *arg, int col)
{
	struct sql_value value = {.number = 0};

	pg_col(arg, col, &value);
	return value.number;
}

const char *
pg_col_text(void *arg, int col)
{
	struct sql_value value = {.bytes = NULL};

	pg_col(arg, col, &value);
	return value.kind == SQL_TEXT ? value.bytes : NULL;
}
