/*
 * A hand in the database: an office with a row in every audited table, and
 * somebody with a right to the file, a program of their own, and perhaps the
 * office's key.
 */
#ifndef TEST_INTRUDER_H
#define TEST_INTRUDER_H

#include "test/house.h"

#include <sodium.h>
#include <sqlite3.h>

#include "lib/audit.h"
#include "lib/event.h"

/* Somebody with a right to the file and a program of their own. */
static inline sqlite3 *
intruder(struct house *h)
{
	char path[128];
	sqlite3 *db = NULL;

	snprintf(path, sizeof(path), "%s/mailroom.db", h->dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db,
	    "PRAGMA foreign_keys = OFF;"
	    "PRAGMA ignore_check_constraints = ON;"
	    "PRAGMA synchronous = OFF",
	    NULL, NULL, NULL);
	return db;
}

static inline void
does(sqlite3 *db, const char *format, ...)
{
	char *sql, *why = NULL;
	va_list ap;

	va_start(ap, format);
	sql = sqlite3_vmprintf(format, ap);
	va_end(ap);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	sqlite3_free(sql);
}

static inline int64_t
number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int64_t n;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	n = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return n;
}

static inline enum mr_status
verify_paper(struct house *h, const char *words, int64_t event)
{
	struct mr_audit_paper paper = {words, event};
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = mr_out_json(arena, house_write, h, NULL);
	enum mr_status status = mr_begin(c, 0);

	assert_int_equal(status, MR_OK);
	c->role = MR_COORDINATOR;
	h->len = 0;
	h->answer[0] = '\0';
	status = mr_audit_verify(c, &paper, out);
	if (status == MR_OK || status == MR_DAMAGED)
		assert_int_equal(out->end(out), 0);
	assert_int_equal(mr_end(c, status), status);
	mr_call_end(c);
	mr_arena_free(arena);
	return status;
}

static inline enum mr_status
verify(struct house *h)
{
	return verify_paper(h, NULL, 0);
}

#define sound(h) \
	do { \
		if (verify(h) != MR_OK) \
			fail_msg("%s", (h)->answer); \
	} while (0)

#define damage(h, text) \
	do { \
		assert_int_equal(verify(h), MR_DAMAGED); \
		if (strstr((h)->answer, text) == NULL) \
			fail_msg("no %s in %s", text, (h)->answer); \
	} while (0)

/* A row of each table that needs no noun to make it, with its event. */
static inline void
plant(struct house *h, enum mr_subject subject, int64_t id, const char *insert)
{
	struct mr_call *c = house_begin(h);
	struct sql_stmt *st = sql_prepare(c, insert);

	sql_int(st, ":event", mr_event_next(c));
	if (sql_done(st) != MR_OK)
		fail_msg("%s: %s", insert, h->error.message);
	assert_int_equal(mr_event(c, subject, id, 0, NULL), MR_OK);
	house_end(c);
}

static inline void
plant_box(
    struct house *h, enum mr_subject subject, int64_t id, const char *insert)
{
	struct mr_call *c = house_begin(h);
	struct sql_stmt *st = sql_prepare(c, insert);
	unsigned char box[256], hash[32];

	memset(box, (int)id, sizeof(box));
	mr_chain_digest(box, sizeof(box), hash);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", id);
	sql_blob(st, ":box", box, sizeof(box));
	sql_blob(st, ":hash", hash, sizeof(hash));
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(mr_event(c, subject, id, 0, NULL), MR_OK);
	house_end(c);
}

/* Rows of what is printed and posted. */
static inline void
fill_printing(struct house *h)
{
	plant(h, MR_PRICE, 1,
	    "INSERT INTO price VALUES (1, 1, 20000, 78, 29, 350, 'usps.com', "
	    "1, :event)");
	plant(h, MR_POSTAGE, 1,
	    "INSERT INTO postage VALUES (1, 20780, 1, 135, 0, 78, 1, 1, "
	    ":event)");
	plant(h, MR_PRINTER, 1,
	    "INSERT INTO printer VALUES (1, 'bench', 1, 120, -50, 1000000, "
	    "1000000, 1, :event)");
	plant(h, MR_PAGE, 9,
	    "INSERT INTO page VALUES (9, 20780, 1, 1, 1, :event)");
	plant(h, MR_BADGE, 1, "INSERT INTO badge VALUES (1, 1, 1, :event)");
	plant(h, MR_WRITING, 1,
	    "INSERT INTO writing VALUES (1, 1, NULL, NULL, 'welcome', 0, NULL, "
	    "NULL, 0, 1, :event)");
	plant(h, MR_PIN, 1,
	    "INSERT INTO pin VALUES (1, x'0102', x'0304', 3, 67108864, 1, "
	    ":event)");
	plant(h, MR_INVITE, 1,
	    "INSERT INTO invite VALUES (1, 1, 1795448580000000, 1, :event)");
}

/* An office with a row in every audited table and some hundred events. */
static inline void
fill(struct house *h)
{
	house_person(h, MR_OUTSIDE, "V-1", 3);
	house_person(h, MR_INSIDE, "M-1", 3);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
	plant(h, MR_SETTING, 1,
	    "INSERT INTO setting VALUES (1, 'read', 1, "
	    ":event)");
	plant(h, MR_FACILITY, 1,
	    "INSERT INTO facility VALUES (1, 'DAN', 'FCI Danbury', 'FCI', "
	    "'low', 'women', 0, '33 1/2 PEMBROKE RD', 'DANBURY', 'CT', "
	    "'06811', 900, 'bop.gov', 20000, 1, 1, :event)");
	plant(h, MR_RULE, 1,
	    "INSERT INTO facility_rule VALUES (1, 1, 2, 20000, 1, 'bop.gov', "
	    "1, :event)");
	plant_box(h, MR_ADDRESS, 1,
	    "INSERT INTO address VALUES (:id, 2, 20000, 2, 1, :box, :hash, 1, "
	    ":event)");
	plant_box(h, MR_ADDRESS, 2,
	    "INSERT INTO address VALUES (:id, 1, 20000, 2, NULL, :box, :hash, "
	    "1, :event)");
	plant_box(h, MR_SEALED, 1,
	    "INSERT INTO sealed VALUES (:id, 1, 1, :box, :hash, 1, 1, "
	    ":event)");
	plant_box(h, MR_SEALED, 2,
	    "INSERT INTO sealed VALUES (:id, 2, 1, :box, :hash, 1, 1, "
	    ":event)");
	plant(h, MR_LETTER, 1,
	    "INSERT INTO letter VALUES (1, 1, 1, NULL, 1, 1, 0, 20780, "
	    "4259841, NULL, 2, 0, NULL, 2, 0, 0, 0, NULL, NULL, NULL, NULL, "
	    "65, 1795448580000000, 1, :event)");
	plant(h, MR_ENCLOSURE, 1,
	    "INSERT INTO enclosure VALUES (1, 1, 1, 1, 2000, 1, 1, NULL, "
	    "20780, 1, :event)");
	plant(h, MR_BATCH, 1,
	    "INSERT INTO batch VALUES (1, 20780, 1, 0, NULL, 1, :event)");
	plant(h, MR_DAY, 20780,
	    "INSERT INTO day (id, state, brought, pieces, reason, version, event) "
	    "VALUES (20780, 1, 0, 32, 0, 1, :event)");
	plant(h, MR_COUNTERSIGN, 1,
	    "INSERT INTO countersign VALUES (1, 7, 1, 1, 20780, NULL, 1, "
	    ":event)");
	fill_printing(h);
	did(h, run(h, "audit checkpoint", NULL), "words");
}

/* n more events about one row. */
static inline void
notes(struct house *h, int n)
{
	struct mr_call *c = house_begin(h);
	const struct mr_field fields[] = {
	    {MR_F_COUNT, 7, NULL, 0}, {MR_F_END, 0, NULL, 0}};

	for (int i = 0; i < n; i++)
		assert_int_equal(
		    mr_event_note(c, MR_CORRESPONDENT, 1, fields), MR_OK);
	house_end(c);
}

static inline int
setup(void **state)
{
	if (house_setup(state) != 0)
		return -1;
	fill(*state);
	return 0;
}

/* Save one table, and put it back after each blow. */
static inline void
keep(sqlite3 *db, const char *table)
{
	does(db, "CREATE TABLE kept AS SELECT * FROM %s", table);
}

static inline void
put_back(sqlite3 *db, const char *table)
{
	does(db, "DELETE FROM %s", table);
	does(db, "INSERT INTO %s SELECT * FROM kept", table);
}

/* Flip bits of byte `at` of a blob column. */
static inline void
flip(sqlite3 *db, const char *column, int64_t id, int at, int bits)
{
	sqlite3_blob *blob = NULL;
	unsigned char byte;

	assert_int_equal(
	    sqlite3_blob_open(db, "main", "event", column, id, 1, &blob),
	    SQLITE_OK);
	assert_int_equal(sqlite3_blob_read(blob, &byte, 1, at), SQLITE_OK);
	byte ^= (unsigned char)bits;
	assert_int_equal(sqlite3_blob_write(blob, &byte, 1, at), SQLITE_OK);
	assert_int_equal(sqlite3_blob_close(blob), SQLITE_OK);
}

static inline int
length(sqlite3 *db, const char *column, int64_t id)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT length(%s) FROM event WHERE id = %d",
	    column, (int)id);
	return (int)number(db, sql);
}

/* The chain again from `first` on, as somebody with the office key would. */
static inline void
hash_again(struct house *h, sqlite3 *db, int64_t first)
{
	unsigned char before[32], digest[32], hash[32];
	int64_t last = number(db, "SELECT max(id) FROM event");
	sqlite3_stmt *get, *set;

	sqlite3_prepare_v2(
	    db, "SELECT body, hash FROM event WHERE id = ?", -1, &get, NULL);
	sqlite3_prepare_v2(
	    db, "UPDATE event SET hash = ?2 WHERE id = ?1", -1, &set, NULL);
	for (int64_t id = first - 1; id <= last; id++) {
		sqlite3_bind_int64(get, 1, id);
		assert_int_equal(sqlite3_step(get), SQLITE_ROW);
		if (id >= first) {
			mr_chain_digest(sqlite3_column_blob(get, 0),
			    (size_t)sqlite3_column_bytes(get, 0), digest);
			mr_chain_link(before, id, digest, hash);
			sqlite3_bind_int64(set, 1, id);
			sqlite3_bind_blob(set, 2, hash, 32, SQLITE_STATIC);
			assert_int_equal(sqlite3_step(set), SQLITE_DONE);
			sqlite3_reset(set);
			memcpy(before, hash, 32);
		} else {
			memcpy(before, sqlite3_column_blob(get, 1), 32);
		}
		sqlite3_reset(get);
	}
	sqlite3_finalize(get);
	sqlite3_finalize(set);
	(void)h;
}

/* And its checkpoints. */
static inline void
sign_again(struct house *h, sqlite3 *db, int64_t first, const void *secret)
{
	unsigned char bytes[MR_CHECKPOINT_BYTES], signature[64];
	sqlite3_stmt *get, *set;

	sqlite3_prepare_v2(db,
	    "SELECT c.id, e.hash FROM checkpoint c, event e "
	    "WHERE e.id = c.id AND c.id >= ?",
	    -1, &get, NULL);
	sqlite3_prepare_v2(db,
	    "UPDATE checkpoint SET hash = ?2, signature = "
	    "?3 WHERE id = ?1",
	    -1, &set, NULL);
	sqlite3_bind_int64(get, 1, first);
	while (sqlite3_step(get) == SQLITE_ROW) {
		mr_checkpoint_bytes(h->mr->site.office,
		    sqlite3_column_int64(get, 0), sqlite3_column_blob(get, 1),
		    bytes);
		crypto_sign_detached(
		    signature, NULL, bytes, sizeof(bytes), secret);
		sqlite3_bind_int64(set, 1, sqlite3_column_int64(get, 0));
		sqlite3_bind_blob(
		    set, 2, sqlite3_column_blob(get, 1), 32, SQLITE_TRANSIENT);
		sqlite3_bind_blob(set, 3, signature, 64, SQLITE_STATIC);
		assert_int_equal(sqlite3_step(set), SQLITE_DONE);
		sqlite3_reset(set);
	}
	sqlite3_finalize(get);
	sqlite3_finalize(set);
}

#endif
