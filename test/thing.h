/*
 * A table of things in a house that stands on a server: for tests that look
 * at the driver and not at letters.
 */
#ifndef TEST_THING_H
#define TEST_THING_H

#include "test/house.h"

#define TABLE \
	"CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT UNIQUE, " \
	"bytes BLOB, parent INTEGER REFERENCES thing (id)) STRICT"

/* A call on the house's handle, in a transaction that is just begun. */
static inline struct mr_call *
begin(struct house *h, int write)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);

	if (sql_begin(h->mr->db, write) != MR_OK)
		fail_msg("%s", sql_message(h->mr->db));
	return c;
}

static inline void
commit(struct house *h)
{
	assert_int_equal(sql_commit(h->mr->db), MR_OK);
}

static inline enum mr_status
fill_in(struct sql_stmt *st, int64_t id, const char *word, const void *bytes,
    size_t len, int64_t parent)
{
	sql_int(st, ":id", id);
	sql_text(st, ":word", word);
	sql_blob(st, ":bytes", bytes, len);
	sql_int0(st, ":parent", parent);
	return sql_done(st);
}

/* Whether it went well is told by what asks next, or by the commit. */
static inline enum mr_status
put(struct mr_call *c, int64_t id, const char *word, const void *bytes,
    size_t len, int64_t parent)
{
	return fill_in(sql_prepare(c,
			   "INSERT INTO thing (id, word, bytes, parent) "
			   "VALUES (:id, :word, :bytes, :parent)"),
	    id, word, bytes, len, parent);
}

/* The same, told at once. */
static inline enum mr_status
put_told(struct mr_call *c, int64_t id, const char *word, int64_t parent)
{
	return fill_in(sql_prepare(c,
			   "INSERT INTO thing (id, word, bytes, parent) "
			   "VALUES (:id, :word, :bytes, :parent) RETURNING id"),
	    id, word, NULL, 0, parent);
}

/* Something is asked that is always so. */
static inline enum mr_status
asked(struct mr_call *c)
{
	int64_t one = 0;

	return sql_done_int(sql_prepare(c, "SELECT 1"), &one);
}

static inline int64_t
things(struct mr_call *c)
{
	int64_t n = -1;

	assert_int_equal(
	    sql_done_int(
		sql_prepare(c, SQL_SCAN "SELECT count(*) FROM thing"), &n),
	    MR_OK);
	return n;
}

static inline int
setup(void **state)
{
	struct house *h;

	house_setup(state);
	h = *state;
	assert_true(house_db(h) != NULL);
	assert_int_equal(sql_script(h->mr->db, TABLE), MR_OK);
	return 0;
}

static inline struct sql *
another(struct house *h, int readonly, int busy_ms)
{
	struct sql_options how = {.readonly = readonly, .busy_ms = busy_ms};
	struct sql *db = NULL;

	if (sql_open(h->db, &how, &db, &h->error) != MR_OK)
		fail_msg("%s", h->error.message);
	return db;
}

/* Every session but the asker's is ended, as an administrator does it. */
static inline void
cut(struct house *h)
{
	struct sql *db = another(h, 0, 5000);

	assert_int_equal(
	    sql_script(db,
		"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
		"WHERE pid <> pg_backend_pid() AND state IS NOT NULL"),
	    MR_OK);
	sql_close(db);
}

#endif
