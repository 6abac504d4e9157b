/* Bare libpq beside ours.  See bare_pgsql.h. */
#define _GNU_SOURCE /* RTLD_NEXT */
#ifdef MR_PGSQL
#include "test/bench/bare_pgsql.h"

#include <dlfcn.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/bench/bench.h"

#define TEXTS 256 /* different statements */
#define NAMES 4096
#define VALUES 40 /* of one statement */

struct text {
	char *sql;
	int n;
	Oid types[VALUES];
};

/* A statement with its values, or (text -1) a place to wait. */
struct step {
	int text, n;
	int length[VALUES]; /* -1: NULL */
	char *bytes;
};

struct pgtape {
	int ntexts, nsteps, room, statements, waits;
	struct text texts[TEXTS];
	struct step *steps;
};

struct pgbare {
	PGconn *pq;
	const struct pgtape *tape;
};

static struct pgtape *at_work; /* NULL: nothing is written down */

/* What the names of the newest session stand for. */
static struct {
	char name[16];
	struct text text;
} names[NAMES];
static int nnames;

static void *
taken(void *p)
{
	if (p == NULL)
		bench_stop("memory ran out");
	return p;
}

static void
keep_text(struct text *to, const char *sql, int n, const Oid *types)
{
	if (n > VALUES)
		bench_stop("a statement has more values than there is room");
	to->sql = taken(strdup(sql));
	to->n = n;
	if (n > 0)
		memcpy(to->types, types, (size_t)n * sizeof(*types));
}

static int
text_of(struct pgtape *tape, const char *sql, int n, const Oid *types)
{
	for (int i = 0; i < tape->ntexts; i++)
		if (tape->texts[i].n == n &&
		    strcmp(tape->texts[i].sql, sql) == 0 &&
		    (n == 0 ||
			memcmp(tape->texts[i].types, types,
			    (size_t)n * sizeof(*types)) == 0))
			return i;
	if (tape->ntexts == TEXTS)
		bench_stop("more statements than the tape has room for");
	keep_text(&tape->texts[tape->ntexts], sql, n, types);
	return tape->ntexts++;
}

static struct step *
new_step(struct pgtape *tape)
{
	if (tape->nsteps == tape->room) {
		tape->room = tape->room * 2 + 4096;
		tape->steps = taken(realloc(
		    tape->steps, (size_t)tape->room * sizeof(*tape->steps)));
	}
	return &tape->steps[tape->nsteps++];
}

static void
write_down(const char *sql, int n, const Oid *types, const char *const *values,
    const int *lengths)
{
	struct step *step = new_step(at_work);
	size_t size = 1, used = 0;

	step->text = text_of(at_work, sql, n, types);
	step->n = n;
	for (int i = 0; i < n; i++)
		size += values[i] != NULL ? (size_t)lengths[i] : 0;
	step->bytes = taken(malloc(size));
	for (int i = 0; i < n; i++) {
		step->length[i] = values[i] != NULL ? lengths[i] : -1;
		if (step->length[i] > 0)
			memcpy(
			    step->bytes + used, values[i], (size_t)lengths[i]);
		used += step->length[i] > 0 ? (size_t)lengths[i] : 0;
	}
	at_work->statements++;
}

/*
 * libpq's functions, on their way: the program's own come before a library's.
 */
#define REAL(name) (*(void **)&real = dlsym(RTLD_NEXT, name))

int
PQsendPrepare(
    PGconn *conn, const char *name, const char *sql, int n, const Oid *types)
{
	int (*real)(PGconn *, const char *, const char *, int, const Oid *);
	int i = 0;

	while (i < nnames && strcmp(names[i].name, name) != 0)
		i++;
	if (i == NAMES)
		bench_stop("more names than there is room for");
	if (i == nnames)
		snprintf(
		    names[nnames++].name, sizeof(names[0].name), "%s", name);
	free(names[i].text.sql);
	keep_text(&names[i].text, sql, n, types);
	REAL("PQsendPrepare");
	return real(conn, name, sql, n, types);
}

int
PQsendQueryPrepared(PGconn *conn, const char *name, int n,
    const char *const *values, const int *lengths, const int *formats,
    int format)
{
	int (*real)(PGconn *, const char *, int, const char *const *,
	    const int *, const int *, int);

	for (int i = 0; at_work != NULL && i < nnames; i++)
		if (strcmp(names[i].name, name) == 0)
			write_down(names[i].text.sql, n, names[i].text.types,
			    values, lengths);
	REAL("PQsendQueryPrepared");
	return real(conn, name, n, values, lengths, formats, format);
}

int
PQsendQueryParams(PGconn *conn, const char *sql, int n, const Oid *types,
    const char *const *values, const int *lengths, const int *formats,
    int format)
{
	int (*real)(PGconn *, const char *, int, const Oid *,
	    const char *const *, const int *, const int *, int);

	if (at_work != NULL)
		write_down(sql, n, types, values, lengths);
	REAL("PQsendQueryParams");
	return real(conn, sql, n, types, values, lengths, formats, format);
}

int
PQpipelineSync(PGconn *conn)
{
	int (*real)(PGconn *);

	if (at_work != NULL) {
		new_step(at_work)->text = -1;
		at_work->waits++;
	}
	REAL("PQpipelineSync");
	return real(conn);
}

struct pgtape *
pgtape_new(void)
{
	return taken(calloc(1, sizeof(struct pgtape)));
}

void
pgtape_on(struct pgtape *tape)
{
	at_work = tape;
}

int
pgtape_at(const struct pgtape *tape)
{
	return tape->nsteps;
}

int
pgtape_statements(const struct pgtape *tape)
{
	return tape->statements;
}

int
pgtape_waits(const struct pgtape *tape)
{
	return tape->waits;
}

void
pgtape_free(struct pgtape *tape)
{
	for (int i = 0; i < tape->nsteps; i++)
		if (tape->steps[i].text >= 0)
			free(tape->steps[i].bytes);
	for (int i = 0; i < tape->ntexts; i++)
		free(tape->texts[i].sql);
	free(tape->steps);
	free(tape);
}

static void
check(PGconn *pq, int good)
{
	if (!good)
		bench_stop("bare libpq: %s", PQerrorMessage(pq));
}

static void
simply(PGconn *pq, const char *text)
{
	PGresult *answer = PQexec(pq, text);

	check(pq,
	    PQresultStatus(answer) == PGRES_COMMAND_OK ||
		PQresultStatus(answer) == PGRES_TUPLES_OK);
	PQclear(answer);
}

static PGconn *
connected(const char *db)
{
	PGconn *pq = taken(PQconnectdb(db));

	check(pq, PQstatus(pq) == CONNECTION_OK);
	simply(pq,
	    "SET client_min_messages = warning;"
	    "SET lock_timeout = 60000;"
	    "SET idle_in_transaction_session_timeout = 60000;"
	    "SET synchronous_commit = on");
	return pq;
}

static const char *
named(int text, char name[16])
{
	snprintf(name, 16, "b%d", text);
	return name;
}

struct pgbare *
pgbare_open(const char *db, const struct pgtape *tape)
{
	struct pgbare *bare = taken(calloc(1, sizeof(*bare)));
	char name[16];

	bare->pq = connected(db);
	bare->tape = tape;
	for (int i = 0; i < tape->ntexts; i++) {
		const struct text *text = &tape->texts[i];
		PGresult *answer = PQprepare(
		    bare->pq, named(i, name), text->sql, text->n, text->types);

		check(bare->pq, PQresultStatus(answer) == PGRES_COMMAND_OK);
		PQclear(answer);
	}
	check(bare->pq, PQenterPipelineMode(bare->pq));
	return bare;
}

void
pgbare_close(struct pgbare *bare)
{
	PQfinish(bare->pq);
	free(bare);
}

static void
send_step(struct pgbare *bare, const struct step *step)
{
	static const int binary[VALUES] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	    1, 1, 1, 1, 1};
	static int (*real)(PGconn *, const char *, int, const char *const *,
	    const int *, const int *, int);
	const char *values[VALUES], *at = step->bytes;
	char name[16];

	for (int i = 0; i < step->n; i++) {
		values[i] = step->length[i] < 0 ? NULL : at;
		at += step->length[i] > 0 ? step->length[i] : 0;
	}
	/* Not by way of what writes down. */
	if (real == NULL)
		REAL("PQsendQueryPrepared");
	check(bare->pq,
	    real(bare->pq, named(step->text, name), step->n, values,
		step->length, binary, 1));
}

static int64_t
read_rows(const PGresult *answer)
{
	int64_t sum = 0;

	for (int row = 0; row < PQntuples(answer); row++)
		for (int i = 0; i < PQnfields(answer); i++)
			if (!PQgetisnull(answer, row, i))
				sum += *PQgetvalue(answer, row, i) +
				    PQgetlength(answer, row, i);
	return sum;
}

/* The results of so many statements, and of the mark behind them. */
static void
hear(struct pgbare *bare, int n)
{
	static volatile int64_t seen; /* so that the reading is done */
	static int (*real)(PGconn *);
	PGresult *answer;

	if (real == NULL)
		REAL("PQpipelineSync");
	check(bare->pq, real(bare->pq));
	for (int i = 0; i <= n; i++) {
		answer = PQgetResult(bare->pq);
		switch (PQresultStatus(answer)) {
		case PGRES_COMMAND_OK:
		case PGRES_TUPLES_OK:
		case PGRES_PIPELINE_SYNC:
			break;
		default:
			check(bare->pq, 0);
		}
		seen += read_rows(answer);
		PQclear(answer);
		if (i < n)
			check(bare->pq, PQgetResult(bare->pq) == NULL);
	}
	(void)seen;
}

void
pgbare_run(struct pgbare *bare, int from, int to)
{
	int n = 0;

	for (int i = from; i < to; i++) {
		const struct step *step = &bare->tape->steps[i];

		if (step->text >= 0) {
			send_step(bare, step);
			n++;
			continue;
		}
		hear(bare, n);
		n = 0;
	}
	if (n > 0)
		bench_stop("a letter ends before its commit");
}

void
pgbare_do(const char *db, const char *text)
{
	PGconn *pq = connected(db);

	simply(pq, text);
	PQfinish(pq);
}

static void
end_of(const char *db, int chain, char end[160])
{
	PGconn *pq = connected(db);
	PGresult *answer = PQexec(pq,
	    "SELECT (SELECT count(*) FROM letter), "
	    "(SELECT max(id) FROM letter), (SELECT count(*) FROM event), "
	    "(SELECT hash FROM event ORDER BY id DESC LIMIT 1)");

	check(pq, PQresultStatus(answer) == PGRES_TUPLES_OK);
	snprintf(end, 160, "%s %s %s %s", PQgetvalue(answer, 0, 0),
	    PQgetvalue(answer, 0, 1), PQgetvalue(answer, 0, 2),
	    chain ? PQgetvalue(answer, 0, 3) : "");
	PQclear(answer);
	PQfinish(pq);
}

void
pgbare_same(const char *db, const char *other, int chain)
{
	char a[160], b[160];

	end_of(db, chain, a);
	end_of(other, chain, b);
	if (strcmp(a, b) != 0)
		bench_stop(
		    "ours and bare did not write the same: %s and %s", a, b);
}

#else

typedef int no_postgresql_in_this_build;

#endif
