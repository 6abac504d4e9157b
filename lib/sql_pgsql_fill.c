/*
 * The PostgreSQL driver: many rows into one table, as one stream in the
 * server's binary form (COPY), so that no row waits for an answer.
 */
#include <stdio.h>
#include <string.h>

#include "lib/call.h"
#include "lib/sql_pgsql.h"
#include "lib/sql_table.h"

#define TEXT_SIZE (128 + SQL_COLUMNS * (SQL_NAME + 2))
#define STREAM 65536 /* bytes kept before they are sent */

/* One stream at work. */
struct stream {
	struct pg_conn *conn;
	const struct sql_table *table;
	enum mr_status status;
	size_t len;
	char *bytes; /* STREAM of them */
};

static enum mr_status
begin(struct pg_conn *conn, const struct sql_table *table)
{
	char text[TEXT_SIZE];
	size_t at = (size_t)snprintf(text, TEXT_SIZE, "COPY %s (", table->name);
	PGresult *answer;
	enum mr_status status;

	for (int i = 0; i < table->columns; i++)
		at += (size_t)snprintf(text + at, TEXT_SIZE - at, "%s%s",
		    i > 0 ? ", " : "", table->column[i].name);
	snprintf(text + at, TEXT_SIZE - at, ") FROM STDIN (FORMAT binary)");
	status = pg_plain(conn);
	if (status != MR_OK)
		return status;
	answer = PQexec(conn->pq, text);
	if (PQresultStatus(answer) != PGRES_COPY_IN)
		status = pg_told(conn, answer);
	PQclear(answer);
	return status;
}

static void
flush(struct stream *to)
{
	if (to->status == MR_OK && to->len > 0 &&
	    PQputCopyData(to->conn->pq, to->bytes, (int)to->len) != 1)
		to->status = pg_failed(to->conn, MR_LOST);
	to->len = 0;
}

static void
put(struct stream *to, const void *bytes, size_t len)
{
	const char *from = bytes;

	while (len > 0 && to->status == MR_OK) {
		size_t n = STREAM - to->len < len ? STREAM - to->len : len;

		memcpy(to->bytes + to->len, from, n);
		to->len += n;
		from += n;
		len -= n;
		if (to->len == STREAM)
			flush(to);
	}
}

/* The low bytes of a number, the highest first. */
static void
put_number(struct stream *to, uint64_t u, int bytes)
{
	unsigned char out[8];

	for (int i = bytes - 1; i >= 0; i--, u >>= 8)
		out[i] = (unsigned char)u;
	put(to, out, (size_t)bytes);
}

static void
put_row(struct stream *to, const struct sql_value *values)
{
	const struct sql_table *table = to->table;

	put_number(to, (uint64_t)table->columns, 2);
	for (int i = 0; i < table->columns && to->status == MR_OK; i++) {
		const struct sql_value *v = &values[i];

		if (v->kind < 0) {
			put_number(to, UINT32_MAX, 4);
		} else if (v->kind != (int)table->column[i].kind ||
		    v->len > INT32_MAX) {
			to->status = pg_failed(to->conn, MR_DAMAGED);
		} else if (v->kind == SQL_INT) {
			put_number(to, 8, 4);
			put_number(to, (uint64_t)v->number, 8);
		} else {
			put_number(to, v->len, 4);
			put(to, v->bytes, v->len);
		}
	}
}

/* What the server says to all of it.  why: what is wrong on our side. */
static enum mr_status
end(struct pg_conn *conn, const char *why)
{
	enum mr_status status = MR_OK;
	PGresult *answer;

	/* The stream is open still: it ends with the connection. */
	if (PQputCopyEnd(conn->pq, why) != 1) {
		conn->stale = 1;
		return pg_failed(conn, MR_LOST);
	}
	while ((answer = PQgetResult(conn->pq)) != NULL) {
		const char *state =
		    PQresultErrorField(answer, PG_DIAG_SQLSTATE);

		/* A value or a row that no rule of the schema allows. */
		if (state != NULL && strcmp(state, "23505") != 0 &&
		    (strncmp(state, "22", 2) == 0 ||
			strncmp(state, "23", 2) == 0))
			status = pg_failed(conn, MR_DAMAGED);
		else if (status == MR_OK)
			status = pg_told(conn, answer);
		PQclear(answer);
	}
	return status;
}

enum mr_status
pg_fill(void *arg, const struct sql_table *table,
    int (*next)(void *arg, struct sql_value *values), void *from)
{
	static const char heading[] = "PGCOPY\n\377\r\n"; /* and its NUL */
	struct pg_conn *conn = arg;
	struct stream to = {.conn = conn, .table = table};
	struct sql_value values[SQL_COLUMNS];
	enum mr_status told;
	int more = 1;

	to.bytes = mr_calloc(STREAM);
	if (to.bytes == NULL)
		return pg_failed(conn, MR_NOMEM);
	to.status = begin(conn, table);
	if (to.status != MR_OK)
		goto out;
	put(&to, heading, sizeof(heading));
	put_number(&to, 0, 8); /* no flags, nothing more in the heading */
	while (to.status == MR_OK && (more = next(from, values)) > 0)
		put_row(&to, values);
	put_number(&to, UINT16_MAX, 2);
	flush(&to);
	if (to.status == MR_OK && more < 0)
		to.status = MR_STOP;
	told = end(conn, to.status != MR_OK ? "given up" : NULL);
	if (to.status == MR_OK || to.status == MR_LOST)
		to.status = told != MR_OK ? told : to.status;
out:
	mr_cfree(to.bytes, STREAM);
	return to.status;
}
