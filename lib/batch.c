/* Batches.  See batch.h. */
#include "lib/batch.h"

#include <string.h>

#include "lib/chain.h"
#include "lib/site.h"

enum mr_status
mr_batch_load(struct mr_call *c, int64_t id, struct mr_batch *batch)
{
	struct mr_batch found = {0};
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT id, day, state, letters, checkpoint, version, event "
	    "FROM batch "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found.id = sql_col_int(st, 0);
		found.day = sql_col_int(st, 1);
		found.state = (int)sql_col_int(st, 2);
		found.letters = sql_col_int(st, 3);
		found.checkpoint = sql_col_int(st, 4);
		found.version = sql_col_int(st, 5);
		found.event = sql_col_int(st, 6);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (found.id == 0)
		return mr_fail(c, MR_NOTFOUND,
		    "there is no such batch; "
		    "'mailroom batch list' shows them");
	*batch = found;
	return MR_OK;
}

enum mr_status
mr_batch_current(struct mr_call *c, struct mr_batch *batch)
{
	struct sql_stmt *st;
	enum mr_status status;
	int64_t id = 0;

	st = sql_prepare(c,
	    "SELECT id FROM batch "
	    "WHERE state = 1 AND id >= :low AND id < :end "
	    "ORDER BY id LIMIT 1");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	status = sql_done_int(st, &id);
	return status == MR_OK ? mr_batch_load(c, id, batch) : status;
}

enum mr_status
mr_batch_new(struct mr_call *c, int64_t *id)
{
	struct mr_field fields[] = {
	    {MR_F_TO, MR_BATCH_OPEN, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	struct mr_batch open;
	struct sql_stmt *st;
	enum mr_status status = mr_batch_current(c, &open);

	if (status == MR_OK)
		return mr_fail(c, MR_REFUSED,
		    "batch %s is open; close it "
		    "first",
		    mr_show_id(c, 'B', open.id));
	if (status == MR_NOTFOUND)
		status = mr_next_id(c, MR_NEWEST("batch"), id);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO batch (id, day, state, letters, checkpoint, version, "
	    "event) "
	    "VALUES (:id, :day, 1, 0, NULL, 1, :event)");
	sql_int(st, ":id", *id);
	sql_int(st, ":day", c->today);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	return status == MR_OK ? mr_event(c, MR_BATCH, *id, 0, fields) : status;
}

enum mr_status
mr_batch_letters(struct mr_call *c, int64_t id, mr_letter_each each, void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_letter letter;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id FROM letter "
	    "WHERE batch = :batch "
	    "ORDER BY id");
	sql_int(st, ":batch", id);
	while (status == MR_OK && sql_row(st)) {
		status = mr_letter_load(c, sql_col_int(st, 0), &letter);
		if (status == MR_OK)
			status = each(c, arg, &letter);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

/* Ids first, steps afterwards: a step moves its letter within the very index
 * that is being read. */
struct posting {
	int64_t batch, *ids;
	size_t n, room;
};

static enum mr_status
choose(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct posting *p = arg;
	int64_t *more;

	if (letter->batch != p->batch)
		return MR_OK;
	if (p->n == p->room) {
		p->room = p->room * 2 + 64;
		more = mr_alloc(c->arena, p->room * sizeof(*more));
		if (more == NULL)
			return mr_nomem(c);
		if (p->n > 0)
			memcpy(more, p->ids, p->n * sizeof(*more));
		p->ids = more;
	}
	p->ids[p->n++] = letter->id;
	return MR_OK;
}

static enum mr_status
post_all(struct mr_call *c, const struct posting *p)
{
	enum mr_status status = MR_OK;
	struct mr_letter letter;

	for (size_t i = 0; i < p->n && status == MR_OK; i++) {
		status = mr_letter_load(c, p->ids[i], &letter);
		if (status == MR_OK)
			status = mr_letter_move(c, &letter, MR_L_POSTED, 0);
	}
	return status;
}

static enum mr_status
close_row(struct mr_call *c, const struct mr_batch *batch, int64_t letters)
{
	struct mr_field fields[] = {{MR_F_FROM, MR_BATCH_OPEN, NULL, 0},
	    {MR_F_TO, MR_BATCH_CLOSED, NULL, 0}, {MR_F_COUNT, letters, NULL, 0},
	    {MR_F_END, 0, NULL, 0}};
	struct sql_stmt *st;
	int64_t id = 0;
	enum mr_status status;

	/* The batch's event is the last of its closing, and so the position
	 * that the manifest's three words stand for. */
	st = sql_prepare(c,
	    "UPDATE batch SET state = 2, letters = :letters, "
	    "checkpoint = :event, version = version + 1, event = :event "
	    "WHERE id = :id AND version = :version "
	    "RETURNING id");
	sql_int(st, ":letters", letters);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", batch->id);
	sql_int(st, ":version", batch->version);
	status = sql_done_int(st, &id);
	if (status == MR_NOTFOUND)
		return mr_fail(
		    c, MR_REFUSED, "somebody else has just closed this batch");
	if (status == MR_OK)
		status = mr_event(c, MR_BATCH, batch->id, batch->event, fields);
	return status;
}

enum mr_status
mr_batch_counted(struct mr_call *c, int64_t stubs)
{
	struct posting posting = {0};
	struct mr_batch batch;
	enum mr_status status = mr_batch_current(c, &batch);

	/* Closing says it better. */
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status != MR_OK)
		return status;
	posting.batch = batch.id;
	status = mr_letter_in_state(c, MR_L_SEALED, choose, &posting);
	if (status == MR_OK && posting.n > 0 && (int64_t)posting.n != stubs)
		return mr_fail(c, MR_REFUSED,
		    "stubs counted: %lld; letters in batch %s: %zu. Count "
		    "again, and look for the one that differs: 'batch show %s' "
		    "names them all",
		    (long long)stubs, mr_show_id(c, 'B', batch.id), posting.n,
		    mr_show_id(c, 'B', batch.id));
	return status;
}

enum mr_status
mr_batch_close(struct mr_call *c)
{
	struct posting posting = {0};
	struct mr_batch batch;
	int64_t checkpoint;
	enum mr_status status = mr_batch_current(c, &batch);

	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_REFUSED,
		    "no batch is open: nothing has "
		    "been sealed since the last one was closed");
	if (status != MR_OK)
		return status;
	posting.batch = batch.id;
	status = mr_letter_in_state(c, MR_L_SEALED, choose, &posting);
	if (status == MR_OK && posting.n == 0)
		return mr_fail(c, MR_REFUSED,
		    "batch %s is empty; seal letters "
		    "into it first",
		    mr_show_id(c, 'B', batch.id));
	/* Behind the letters' events stands the batch's, and nothing between
	 * (manifest.c). */
	if (status == MR_OK)
		status = mr_heads_log(c);
	if (status == MR_OK)
		status = post_all(c, &posting);
	if (status == MR_OK)
		status = close_row(c, &batch, (int64_t)posting.n);
	if (status == MR_OK)
		status = mr_checkpoint(c, &checkpoint);
	return status;
}
