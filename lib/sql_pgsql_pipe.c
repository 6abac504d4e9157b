/*
 * The PostgreSQL driver: the pipeline.  What answers no row is sent without
 * waiting; its result is read when something is asked, and the first failure
 * stays the transaction's.  The server skips what comes after a failure, up
 * to the next mark, so that nothing is done on top of one.
 */
#include <stdio.h>
#include <string.h>

#include "lib/call.h"
#include "lib/sql_pgsql.h"

static const char *const texts[PG_NWORDS] = {
    [PG_BEGIN] = "BEGIN",
    [PG_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    /* A long list may wait for whoever reads it. */
    [PG_UNHURRIED] = "SET LOCAL idle_in_transaction_session_timeout TO DEFAULT",
    [PG_LOCK] = "SELECT version FROM mailroom_schema WHERE id = 1 FOR UPDATE",
    [PG_COMMIT] = "COMMIT",
    [PG_ROLLBACK] = "ROLLBACK",
    [PG_SAVE] = "SAVEPOINT op",
    [PG_RELEASE] = "RELEASE SAVEPOINT op",
    [PG_TAKE_BACK] = "ROLLBACK TO SAVEPOINT op",
};

enum mr_status
pg_queued(struct pg_conn *conn, enum pg_use use, struct pg_name *name, int sent)
{
	if (!sent)
		return pg_told(conn, NULL);
	conn->queue[conn->nqueue++] = (struct pg_queued){use, name};
	conn->doubt |= use != PG_SURE;
	return MR_OK;
}

enum mr_status
pg_room(struct pg_conn *conn)
{
	enum mr_status status = MR_OK;

	/* What is asked for takes three places: prepare, run, mark. */
	if (conn->nqueue + 3 > PG_QUEUE)
		status = pg_sync(conn, NULL);
	if (status == MR_OK && PQpipelineStatus(conn->pq) == PQ_PIPELINE_OFF &&
	    !PQenterPipelineMode(conn->pq))
		status = pg_told(conn, NULL);
	return status;
}

const char *
pg_named(struct pg_conn *conn, struct pg_name *name, const char *text, int n,
    const Oid *types, enum mr_status *status)
{
	int there = name->number != 0 && name->session == conn->session;

	if (!there) {
		name->number = ++conn->names;
		name->session = conn->session;
		snprintf(name->text, sizeof(name->text), "m%u", name->number);
		*status = pg_queued(conn, PG_NAME, name,
		    PQsendPrepare(conn->pq, name->text, text, n, types));
		if (*status != MR_OK)
			name->number = 0;
	}
	return name->text;
}

enum mr_status
pg_say(struct pg_conn *conn, enum pg_word word)
{
	static const enum pg_use uses[PG_NWORDS] = {
	    [PG_COMMIT] = PG_KEPT,
	    [PG_SAVE] = PG_SURE,
	    [PG_RELEASE] = PG_SURE,
	};
	enum mr_status status = pg_room(conn);
	const char *name;

	if (status != MR_OK)
		return status;
	/* The rest is parsed in no time, and so needs no name. */
	if (word != PG_LOCK)
		return pg_queued(conn, uses[word], NULL,
		    PQsendQueryParams(
			conn->pq, texts[word], 0, NULL, NULL, NULL, NULL, 1));
	name = pg_named(conn, &conn->lock, texts[word], 0, NULL, &status);
	if (status != MR_OK)
		return status;
	return pg_queued(conn, PG_HELD, NULL,
	    PQsendQueryPrepared(conn->pq, name, 0, NULL, NULL, NULL, 1));
}

enum mr_status
pg_mark(struct pg_conn *conn)
{
	return pg_queued(conn, PG_MARK, NULL, PQpipelineSync(conn->pq));
}

/*
 * What became of a COMMIT.  "ROLLBACK" comes as a success, from a transaction
 * that had failed: nothing was kept.  A warning means that the row may be on
 * this server only.
 */
static enum mr_status
committed(struct pg_conn *conn, PGresult *answer)
{
	enum mr_status failed = conn->failed, status = pg_told(conn, answer);

	if (!conn->writing || status != MR_OK)
		return status;
	if (strcmp(PQcmdStatus(answer), "ROLLBACK") == 0)
		return pg_failed(conn, failed != MR_OK ? failed : MR_BUSY);
	return conn->warned ? pg_failed(conn, MR_UNCERTAIN) : MR_OK;
}

/* The connection went before the result of that one came.  Whoever sent a
 * COMMIT behind it cannot know, unless the server had said no before. */
static enum mr_status
gone(struct pg_conn *conn, int from)
{
	int commit = 0;

	for (int i = from; i < conn->nqueue; i++)
		commit |= conn->queue[i].use == PG_KEPT;
	if (conn->failed != MR_OK)
		return pg_failed(conn, conn->failed);
	return pg_failed(
	    conn, commit && conn->writing ? MR_UNCERTAIN : MR_LOST);
}

/* The status of a result that came. */
static enum mr_status
weigh(struct pg_conn *conn, const struct pg_queued *it, PGresult *result)
{
	enum mr_status status;

	if (PQresultStatus(result) == PGRES_PIPELINE_ABORTED)
		return pg_failed(
		    conn, conn->failed != MR_OK ? conn->failed : MR_BUG);
	status = it->use == PG_KEPT ? committed(conn, result)
				    : pg_told(conn, result);
	if (it->use == PG_HELD && status == MR_OK && PQntuples(result) != 1)
		return pg_failed(conn, MR_DAMAGED);
	return status;
}

static enum mr_status
take(struct pg_conn *conn, int at, PGresult **answer)
{
	const struct pg_queued *it = &conn->queue[at];
	PGresult *result = PQgetResult(conn->pq), *rest;
	enum mr_status status;

	if (pg_lost(conn, result)) {
		status = gone(conn, at);
	} else {
		status = weigh(conn, it, result);
		conn->warned = 0;
	}
	if (status != MR_OK && it->name != NULL)
		it->name->number = 0;
	if (status == MR_OK && it->use == PG_ASKED && answer != NULL)
		*answer = result;
	else
		PQclear(result);
	/* Each result but a mark's ends with none. */
	while (it->use != PG_MARK && (rest = PQgetResult(conn->pq)) != NULL)
		PQclear(rest);
	return status;
}

enum mr_status
pg_sync(struct pg_conn *conn, PGresult **answer)
{
	enum mr_status status, first = MR_OK;
	int kept = 0;

	if (conn->nqueue == 0)
		return MR_OK;
	if (!conn->stale && conn->queue[conn->nqueue - 1].use != PG_MARK)
		first = pg_mark(conn);
	/* No result would ever end, or it is not to be heard. */
	if (first != MR_OK || conn->stale) {
		conn->stale = 1;
		conn->failed = MR_OK;
		first = gone(conn, 0);
	}
	for (int i = 0; i < conn->nqueue && !conn->stale; i++) {
		status = take(conn, i, answer);
		kept |= status == MR_OK && conn->queue[i].use == PG_KEPT;
		if (first == MR_OK)
			first = status;
		if (PQstatus(conn->pq) != CONNECTION_OK)
			break;
	}
	conn->nqueue = 0;
	conn->doubt = 0;
	/* What is lost after a COMMIT has been answered was kept. */
	return kept ? MR_OK : first;
}

enum mr_status
pg_plain(struct pg_conn *conn)
{
	enum mr_status status = pg_sync(conn, NULL);

	conn->fresh = 0;
	if (PQpipelineStatus(conn->pq) != PQ_PIPELINE_OFF)
		PQexitPipelineMode(conn->pq);
	return status;
}

/* What failed since the savepoint is what is taken back; what failed otherwise
 * has ended the transaction. */
static enum mr_status
take_back(struct pg_conn *conn)
{
	enum mr_status failed, status;

	(void)pg_sync(conn, NULL);
	failed = conn->failed;
	conn->failed = MR_OK;
	status = pg_say(conn, PG_TAKE_BACK);
	if (status == MR_OK)
		status = pg_sync(conn, NULL);
	if (status != MR_OK && failed != MR_OK)
		conn->failed = conn->last = failed;
	conn->scope++;
	return status;
}

/* Failing belongs to the side of a savepoint on which it was caused. */
enum mr_status
pg_savepoint(void *arg, enum sql_save what)
{
	struct pg_conn *conn = arg;
	enum mr_status status;

	if (what == SQL_TAKE_BACK)
		return take_back(conn);
	if (conn->failed != MR_OK)
		return pg_failed(conn, conn->failed);
	if (what == SQL_SAVE) {
		/* Begun anew, there would be no mark. */
		conn->fresh = 0;
		status = conn->doubt ? pg_sync(conn, NULL) : MR_OK;
		return status == MR_OK ? pg_say(conn, PG_SAVE) : status;
	}
	status = pg_say(conn, PG_RELEASE);
	return status == MR_OK && conn->doubt ? pg_sync(conn, NULL) : status;
}
