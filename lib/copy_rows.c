/*
 * Rows from the source to the target, in the order of their primary keys and
 * so many to a transaction, so that the last key in the target says
 * where to go on.
 */
#include <string.h>

#include "lib/copy_work.h"
#include "lib/migrate.h"

/* One table on its way. */
struct mover {
	struct copying *k;
	struct copy_table *table;
	struct sql_stmt *st;
	int left;  /* of this transaction */
	int ended; /* the source has no more */
	int failed;
};

static const char *const keys[SQL_KEYS] = {":a", ":b", ":c"};

/* Columns that refer to their own table ask one integer key of it: which of
 * two rows comes first can then be told. */
static int
fits(const struct sql_table *t)
{
	for (int i = 0; i < t->columns; i++)
		if (t->column[i].own &&
		    (t->keys != 1 || t->column[t->key[0]].kind != SQL_INT))
			return 0;
	return 1;
}

enum mr_status
mr_copy_tables(struct copying *k)
{
	const char *text = mr_schema_text();
	struct copy_table *t;
	int more = 0;

	while (k->tables < MR_COPY_TABLES) {
		t = &k->table[k->tables];
		more = sql_table_next(&text, &t->t);
		if (more <= 0 || !fits(&t->t))
			break;
		/* Who served the old database does not serve the new one. */
		if (strcmp(t->t.name, "instance") == 0)
			continue;
		t->walk = sql_table_walk(k->arena, &t->t, 0);
		t->walk_on = sql_table_walk(k->arena, &t->t, 1);
		t->last = sql_table_last(k->arena, &t->t);
		t->count = sql_table_count(k->arena, &t->t);
		k->tables++;
	}
	if (mr_arena_failed(k->arena))
		return mr_error(k->error, MR_NOMEM, "memory ran out");
	k->out->tables = k->tables;
	return more == 0 ? MR_OK
			 : mr_error(k->error, MR_BUG,
			       "the schema has a table that cannot be copied");
}

enum mr_status
mr_copy_count(struct copying *k)
{
	enum mr_status status = MR_OK;

	for (int i = 0; i < k->tables && status == MR_OK; i++) {
		struct copy_table *t = &k->table[i];

		status =
		    sql_done_int(sql_prepare(k->from.c, t->count), &t->rows);
		k->total += t->rows;
	}
	k->out->rows = k->total;
	return mr_copy_told(k, &k->from, status);
}

static void
tell(struct copying *k)
{
	/* Rows of a table without events may have come since it was begun. */
	mr_progress(k->from.c, "rows copied",
	    k->done < k->total ? k->done : k->total, k->total);
}

/* What refers forward waits until that row is there: set_ahead. */
static int
next(void *arg, struct sql_value *values)
{
	struct mover *m = arg;
	const struct sql_table *t = &m->table->t;

	if (m->left == 0 || m->ended)
		return 0;
	if (!sql_row(m->st)) {
		m->ended = 1;
		m->failed =
		    mr_copy_told(m->k, &m->k->from, sql_done(m->st)) != MR_OK;
		m->st = NULL;
		return m->failed ? -1 : 0;
	}
	for (int i = 0; i < t->columns; i++) {
		values[i] = (struct sql_value){.kind = -1};
		sql_col(m->st, i, &values[i]);
	}
	for (int i = 0; i < t->columns; i++)
		if (t->column[i].own && values[i].kind == SQL_INT &&
		    values[i].number > values[t->key[0]].number)
			values[i].kind = -1;
	m->left--;
	m->table->here++;
	m->k->done++;
	return 1;
}

static enum mr_status
bind_key(struct copying *k, struct sql_stmt *st, int i,
    const struct sql_value *value)
{
	const void *bytes;

	if (value->kind == SQL_INT) {
		sql_int(st, keys[i], value->number);
		return MR_OK;
	}
	/* Its statement is done before this one runs. */
	bytes = value->kind == SQL_TEXT
	    ? mr_strndup(k->from.c->arena, value->bytes, value->len)
	    : mr_memdup(k->from.c->arena, value->bytes, value->len);
	if (value->kind == SQL_TEXT)
		sql_text(st, keys[i], bytes);
	else
		sql_blob(st, keys[i], bytes, value->len);
	return bytes != NULL ? MR_OK : mr_nomem(k->from.c);
}

/* The walk over the source, from the first row or behind the last one that is
 * in the target. */
static enum mr_status
start(struct mover *m)
{
	struct copying *k = m->k;
	struct copy_table *t = m->table;
	struct sql_stmt *last = sql_prepare(k->to.c, t->last);
	enum mr_status status = MR_OK, done;

	if (!sql_row(last)) {
		m->st = sql_prepare(k->from.c, t->walk);
		return mr_copy_told(k, &k->to, sql_done(last));
	}
	m->st = sql_prepare(k->from.c, t->walk_on);
	for (int i = 0; i < t->t.keys && status == MR_OK; i++) {
		struct sql_value value = {.kind = -1};

		sql_col(last, i, &value);
		status = bind_key(k, m->st, i, &value);
	}
	done = sql_done(last);
	if (status != MR_OK)
		return mr_copy_told(k, &k->from, status);
	return mr_copy_told(k, &k->to, done);
}

static enum mr_status
set_one(struct copying *k, const char *text, int64_t key, int64_t value)
{
	struct sql_stmt *st = sql_prepare(k->to.c, text);

	sql_int(st, ":value", value);
	sql_int(st, ":key", key);
	return mr_copy_told(k, &k->to, sql_done(st));
}

/* Few do, if any: all of them in one transaction. */
static enum mr_status
set_ahead(struct copying *k, const struct copy_table *t, int column)
{
	const char *text = sql_table_set(k->arena, &t->t, column);
	const char *ahead = sql_table_ahead(k->arena, &t->t, column);
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;

	if (text == NULL || ahead == NULL)
		return mr_error(k->error, MR_NOMEM, "memory ran out");
	st = sql_prepare(k->from.c, ahead);
	while (status == MR_OK && sql_row(st))
		status =
		    set_one(k, text, sql_col_int(st, 0), sql_col_int(st, 1));
	done = sql_done(st);
	return status != MR_OK ? status : mr_copy_told(k, &k->from, done);
}

/* When all rows of a table are there. */
static enum mr_status
settle(struct copying *k, struct copy_table *t)
{
	enum mr_status status = MR_OK;

	for (int i = 0; i < t->t.columns && status == MR_OK; i++)
		if (t->t.column[i].own)
			status = set_ahead(k, t, i);
	t->done = 1;
	return status;
}

static enum mr_status
some_rows(struct mover *m)
{
	struct copying *k = m->k;
	enum mr_status status = mr_copy_begin(k, &k->to, 1);

	if (status != MR_OK)
		return status;
	m->left = k->in->rows > 0 ? k->in->rows : MR_COPY_ROWS;
	status = sql_fill(k->to.mr->db, &m->table->t, next, m);
	if (m->failed)
		return k->error->status;
	if (status == MR_UNIQUE)
		return mr_error(k->error, MR_REFUSED,
		    "another program writes into the new database; let one "
		    "copy end before another is begun");
	if (status == MR_DAMAGED)
		return mr_error(k->error, MR_DAMAGED,
		    "table %s of the old database has a row that its schema "
		    "does not allow; keep it as it is and look at the last "
		    "backup",
		    m->table->t.name);
	status = mr_copy_said(k, &k->to, status);
	if (status == MR_OK && m->ended)
		status = settle(k, m->table);
	if (status == MR_OK)
		status = mr_copy_mark_table(k, m->table);
	if (status == MR_OK)
		status = mr_copy_commit(k, &k->to);
	if (status == MR_OK)
		tell(k);
	return status;
}

static enum mr_status
move(struct copying *k, struct copy_table *t)
{
	struct mover m = {.k = k, .table = t};
	enum mr_status status = start(&m);

	while (status == MR_OK && !m.ended)
		status = some_rows(&m);
	if (m.st != NULL)
		(void)sql_done(m.st);
	return status;
}

enum mr_status
mr_copy_rows(struct copying *k)
{
	enum mr_status status = MR_OK;

	for (int i = 0; i < k->tables && status == MR_OK; i++)
		if (!k->table[i].done)
			status = move(k, &k->table[i]);
	return status;
}
