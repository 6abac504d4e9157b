/*
 * The mark of an unfinished copy: a table of its own in the target, that says
 * of which office and from which heads, and how far each table is; and a
 * schema number that no program takes for an office's.  Both go in the
 * transaction that ends the copy.
 */
#include <string.h>

#include "lib/copy_work.h"
#include "lib/migrate.h"

/* '' is the office, whose mark says which. */
static const char table[] = "CREATE TABLE copying ("
			    "name TEXT PRIMARY KEY,"
			    "count INTEGER NOT NULL,"
			    "done INTEGER NOT NULL,"
			    "mark BLOB"
			    ") STRICT";

static enum mr_status
set(struct copying *k, const char *name, int64_t count, int done,
    const unsigned char *mark)
{
	struct sql_stmt *st = sql_prepare(k->to.c,
	    "INSERT INTO copying (name, count, done, mark) "
	    "VALUES (:name, :count, :done, :mark) "
	    "ON CONFLICT (name) DO UPDATE "
	    "SET count = excluded.count, done = excluded.done");

	sql_text(st, ":name", name);
	sql_int(st, ":count", count);
	sql_int(st, ":done", done);
	sql_blob(st, ":mark", mark, MR_COPY_MARK);
	return mr_copy_told(k, &k->to, sql_done(st));
}

enum mr_status
mr_copy_mark_table(struct copying *k, const struct copy_table *t)
{
	return set(k, t->t.name, t->here, t->done, NULL);
}

enum mr_status
mr_copy_mark(struct copying *k)
{
	struct sql *db = k->to.mr->db;
	enum mr_status status = mr_copy_begin(k, &k->to, 1);

	if (status != MR_OK)
		return status;
	status = sql_script(db, mr_schema_text());
	if (status == MR_OK)
		status = sql_script(db, table);
	if (status == MR_OK)
		status = sql_set_version(
		    db, MR_SCHEMA_COPYING + mr_schema_version());
	status = mr_copy_said(k, &k->to, status);
	if (status == MR_OK)
		status = set(k, "", 0, 0, k->mark);
	return status == MR_OK ? mr_copy_commit(k, &k->to) : status;
}

/* Is it of this office, and from where the office stands now? */
static enum mr_status
compare(struct copying *k)
{
	struct sql_stmt *st =
	    sql_prepare(k->to.c, "SELECT mark FROM copying WHERE name = ''");
	int office = 0, heads = 0;
	const unsigned char *mark;
	enum mr_status status;
	size_t len = 0;

	if (sql_row(st)) {
		mark = sql_col_blob(st, 0, &len);
		if (len == MR_COPY_MARK) {
			office = memcmp(mark, k->mark, 16) == 0;
			heads = memcmp(mark, k->mark, MR_COPY_MARK) == 0;
		}
	}
	status = sql_done(st);
	if (status != MR_OK)
		return mr_copy_told(k, &k->to, status);
	if (!office)
		return mr_error(k->error, MR_REFUSED,
		    "in the new database is an unfinished copy of another "
		    "office; name an empty database");
	if (!heads)
		return mr_error(k->error, MR_REFUSED,
		    "in the new database is an unfinished copy, and the old "
		    "office was worked with since it was begun; stop that "
		    "work, and copy again into an empty database");
	k->out->went_on = 1;
	return MR_OK;
}

static enum mr_status
read_table(struct copying *k, struct copy_table *t)
{
	struct sql_stmt *st = sql_prepare(
	    k->to.c, "SELECT count, done FROM copying WHERE name = :name");

	sql_text(st, ":name", t->t.name);
	if (sql_row(st)) {
		t->here = sql_col_int(st, 0);
		t->done = sql_col_int(st, 1) != 0;
	}
	return mr_copy_told(k, &k->to, sql_done(st));
}

/* A job that ran at the source meanwhile wrote that down, and no event: its few
 * rows come anew. */
static enum mr_status
jobs_anew(struct copying *k, struct copy_table *t)
{
	enum mr_status status = mr_copy_begin(k, &k->to, 1);

	if (status != MR_OK)
		return status;
	t->here = t->done = 0;
	status = mr_copy_said(
	    k, &k->to, sql_script(k->to.mr->db, "DELETE FROM job"));
	if (status == MR_OK)
		status = mr_copy_mark_table(k, t);
	return status == MR_OK ? mr_copy_commit(k, &k->to) : status;
}

static enum mr_status
go_on(struct copying *k)
{
	enum mr_status status = compare(k);

	for (int i = 0; i < k->tables && status == MR_OK; i++) {
		status = strcmp(k->table[i].t.name, "job") == 0
		    ? jobs_anew(k, &k->table[i])
		    : read_table(k, &k->table[i]);
		k->done += k->table[i].here;
	}
	return status;
}

enum mr_status
mr_copy_look(struct copying *k)
{
	int64_t version = 0;
	int empty = 0;
	enum mr_status status = sql_version(k->to.mr->db, &version);

	if (status == MR_OK && version == 0)
		status = sql_empty(k->to.mr->db, &empty);
	if (status != MR_OK)
		return mr_copy_said(k, &k->to, status);
	if (version == MR_SCHEMA_COPYING + mr_schema_version())
		return go_on(k);
	if (version >= MR_SCHEMA_COPYING)
		return mr_error(k->error, MR_REFUSED,
		    "in the new database is an unfinished copy that another "
		    "version of Mailroom began; go on with that one, or name "
		    "an empty database");
	if (version != 0)
		return mr_error(k->error, MR_REFUSED,
		    "there is an office in the new database already; name an "
		    "empty one");
	if (!empty)
		return mr_error(k->error, MR_REFUSED,
		    "the new database is not empty: an office needs one of "
		    "its own, or on a server a schema of its own");
	return MR_OK;
}

enum mr_status
mr_copy_unmark(struct copying *k)
{
	struct sql *db = k->to.mr->db;
	enum mr_status status = mr_copy_begin(k, &k->to, 1);

	if (status != MR_OK)
		return status;
	status = sql_script(db, "DROP TABLE copying");
	if (status == MR_OK)
		status = sql_set_version(db, mr_schema_version());
	if (status == MR_OK)
		status = sql_commit(db);
	return mr_copy_said(k, &k->to, status);
}
