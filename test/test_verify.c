/*
 * audit verify against a hand in the database: every byte of the chain, every
 * column of every audited table, rows and entries taken away, put in, put
 * back; and what it cannot see, which is said in docs/chain.md.
 */
#include "test/house.h"

#include <sodium.h>
#include <sqlite3.h>

#include "lib/audit.h"
#include "lib/event.h"
#include "lib/rows.h"

/* Somebody with a right to the file and a program of their own. */
static sqlite3 *
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

static void
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

static int64_t
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

static enum mr_status
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

static enum mr_status
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
static void
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

static void
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

/* An office with a row in every audited table and some hundred events. */
static void
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
	did(h, run(h, "audit checkpoint", NULL), "words");
}

/* n more events about one row. */
static void
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

static int
setup(void **state)
{
	if (house_setup(state) != 0)
		return -1;
	fill(*state);
	return 0;
}

static void
an_untouched_office_is_sound(void **state)
{
	struct house *h = *state;

	sound(h);
	assert_non_null(strstr(h->answer, "\"found\":0,\"findings\":[]"));
	did(h, run(h, "audit verify", NULL), "\"witness\":null");
}

/* Save one table, and put it back after each blow. */
static void
keep(sqlite3 *db, const char *table)
{
	does(db, "CREATE TABLE kept AS SELECT * FROM %s", table);
}

static void
put_back(sqlite3 *db, const char *table)
{
	does(db, "DELETE FROM %s", table);
	does(db, "INSERT INTO %s SELECT * FROM kept", table);
}

/* Flip bits of byte `at` of a blob column. */
static void
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

static int
length(sqlite3 *db, const char *column, int64_t id)
{
	char sql[128];

	snprintf(sql, sizeof(sql), "SELECT length(%s) FROM event WHERE id = %d",
	    column, (int)id);
	return (int)number(db, sql);
}

static void
every_byte_of_every_event_counts(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	int64_t events;
	int flips = 0;
	char named[32];

	notes(h, 90);
	sound(h);
	events = number(db, "SELECT max(id) FROM event");
	assert_true(events >= 100);
	for (int64_t id = 1; id <= events; id++) {
		static const char *const columns[] = {"body", "hash"};

		snprintf(named, sizeof(named), "\"event %d\"", (int)id);
		for (int i = 0; i < 2; i++) {
			int len = length(db, columns[i], id);

			for (int at = 0; at < len; at++, flips++) {
				int bits = 1 + (flips * 37) % 255;

				flip(db, columns[i], id, at, bits);
				damage(h, named);
				flip(db, columns[i], id, at, bits);
			}
		}
	}
	assert_true(flips > 10000);
	sound(h);
	sqlite3_close(db);
}

static void
entries_cannot_be_taken_away_put_in_or_moved(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	int64_t last = number(db, "SELECT max(id) FROM event");

	keep(db, "event");
	does(db, "DELETE FROM event WHERE id = 5");
	damage(h, "\"event 5\",\"what\":\"is missing\"");
	put_back(db, "event");
	does(db, "DELETE FROM event WHERE id BETWEEN 5 AND 9");
	damage(h, "is missing, and all up to 9");
	put_back(db, "event");
	does(db, "DELETE FROM event WHERE id = 1");
	damage(h, "\"event 1\",\"what\":\"is missing\"");
	put_back(db, "event");
	does(db, "DELETE FROM event WHERE id = %d", (int)last);
	damage(h, "shows an event that does not exist");
	put_back(db, "event");
	does(db, "DELETE FROM event WHERE id > 3");
	damage(h, "signs an event that is not there");
	put_back(db, "event");
	does(db, "DELETE FROM event");
	damage(h, "shows an event that does not exist");
	put_back(db, "event");
	does(db,
	    "INSERT INTO event SELECT %d, body, digest, hash FROM event "
	    "WHERE id = 5",
	    (int)last + 1);
	damage(h, "does not follow");
	put_back(db, "event");
	does(db,
	    "INSERT INTO event SELECT 68719476000, body, digest, hash "
	    "FROM event WHERE id = 5");
	damage(h, "is missing, and all up to");
	put_back(db, "event");
	for (int id = -1; id <= 0; id++) {
		does(db,
		    "INSERT INTO event SELECT %d, body, digest, hash "
		    "FROM event WHERE id = 5",
		    id);
		damage(h, "not of this site");
		put_back(db, "event");
	}
	does(db,
	    "INSERT INTO event SELECT (1 << 36) + 1, body, digest, hash "
	    "FROM event WHERE id = 5");
	damage(h, "not of this site");
	put_back(db, "event");
	does(db, "UPDATE event SET id = -7 WHERE id = 7");
	does(db, "UPDATE event SET id = 7 WHERE id = 8");
	does(db, "UPDATE event SET id = 8 WHERE id = -7");
	damage(h, "\"event 7\",\"what\":\"does not follow");
	put_back(db, "event");
	sound(h);
	sqlite3_close(db);
}

static void
a_body_goes_only_by_a_retention(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	struct mr_call *c;
	const struct mr_field range[] = {{MR_F_FROM, 20, NULL, 0},
	    {MR_F_TO, 40, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	unsigned char body[MR_EVENT_MAX], digest[32];
	sqlite3_stmt *st = NULL;

	notes(h, 60);
	keep(db, "event");
	does(db, "UPDATE event SET body = NULL WHERE id = 30");
	damage(h, "\"event 30\",\"what\":\"has lost its body\"");
	put_back(db, "event");
	/* A digest in its place, as retention leaves it. */
	sqlite3_prepare_v2(
	    db, "SELECT body FROM event WHERE id = 30", -1, &st, NULL);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	memcpy(body, sqlite3_column_blob(st, 0),
	    (size_t)sqlite3_column_bytes(st, 0));
	mr_chain_digest(body, (size_t)sqlite3_column_bytes(st, 0), digest);
	sqlite3_finalize(st);
	sqlite3_prepare_v2(db,
	    "UPDATE event SET body = NULL, digest = ? "
	    "WHERE id = 30",
	    -1, &st, NULL);
	sqlite3_bind_blob(st, 1, digest, 32, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	damage(h, "no retention names it");
	c = house_begin(h);
	c->op = MR_AUDIT_DROP;
	assert_int_equal(mr_event_note(c, MR_SITE, 0, range), MR_OK);
	house_end(c);
	sound(h);
	/* Its digest still counts. */
	does(db, "UPDATE event SET digest = zeroblob(32) WHERE id = 30");
	damage(h, "\"event 30\",\"what\":\"does not follow");
	does(db, "UPDATE event SET digest = zeroblob(31) WHERE id = 30");
	damage(h, "\"event 30\",\"what\":\"has lost its body");
	does(db, "UPDATE event SET digest = zeroblob(32) WHERE id = 50");
	damage(h, "\"event 50\",\"what\":\"has a body and");
	sqlite3_close(db);
}

/* What another value of this kind would be. */
static const char *
other_value(sqlite3 *db, const char *table, const char *column)
{
	char *sql = sqlite3_mprintf("SELECT typeof(%s) FROM %s "
				    "ORDER BY rowid DESC LIMIT 1",
	    column, table);
	const char *sets = NULL;
	sqlite3_stmt *st = NULL;

	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	switch (sqlite3_column_text(st, 0)[0]) {
	case 'i':
		sets = "%s + 1";
		break;
	case 't':
		sets = "%s || 'x'";
		break;
	case 'b':
		sets = "zeroblob(length(%s))";
		break;
	}
	sqlite3_finalize(st);
	sqlite3_free(sql);
	return sets;
}

/* Columns that no digest covers, for they repeat what is known elsewhere. */
static int
is_derived(const char *table, const char *column)
{
	return strcmp(table, "sealed") == 0 && strcmp(column, "indexed") == 0;
}

static int
strike_column(struct house *h, sqlite3 *db, const char *table,
    const char *column, const char *type)
{
	const char *sets = other_value(db, table, column);
	char *value;

	/* NULL in every row: anything else is a change. */
	if (sets == NULL)
		sets = strcmp(type, "INTEGER") == 0 ? "1"
		    : strcmp(type, "TEXT") == 0     ? "'x'"
						    : "x'00'";
	value = sqlite3_mprintf(sets, column);
	does(db,
	    "UPDATE %s SET %s = %s WHERE rowid = "
	    "(SELECT max(rowid) FROM %s)",
	    table, column, value, table);
	sqlite3_free(value);
	if (verify(h) != MR_DAMAGED)
		fail_msg("%s.%s was changed and nobody saw it", table, column);
	put_back(db, table);
	return 1;
}

static void
every_column_of_every_audited_table_counts(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	int struck = 0;

	for (int subject = 1; subject < MR_NSUBJECTS; subject++) {
		const char *table = mr_table(subject)->name;
		char *sql = sqlite3_mprintf("PRAGMA table_info(%s)", table);
		sqlite3_stmt *st = NULL;

		keep(db, table);
		sqlite3_prepare_v2(db, sql, -1, &st, NULL);
		while (sqlite3_step(st) == SQLITE_ROW) {
			const char *column =
			    (const char *)sqlite3_column_text(st, 1);

			if (!is_derived(table, column))
				struck += strike_column(h, db, table, column,
				    (const char *)sqlite3_column_text(st, 2));
		}
		sqlite3_finalize(st);
		sqlite3_free(sql);
		does(db, "DROP TABLE kept");
		sound(h);
	}
	assert_true(struck > 140);
	sqlite3_close(db);
}

static void
a_row_that_is_gone_or_put_in_is_named(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	for (int subject = 1; subject < MR_NSUBJECTS; subject++) {
		const char *table = mr_table(subject)->name;

		/* Without its site row nothing opens at all. */
		if (subject == MR_SITE)
			continue;
		keep(db, table);
		does(db,
		    "DELETE FROM %s WHERE rowid = "
		    "(SELECT max(rowid) FROM %s)",
		    table, table);
		damage(h, "is gone; event ");
		put_back(db, table);
		does(db,
		    "UPDATE %s SET id = id + 1000 WHERE rowid = "
		    "(SELECT max(rowid) FROM %s)",
		    table, table);
		damage(h, "about something else");
		put_back(db, table);
		does(db,
		    "UPDATE %s SET id = -id WHERE rowid = "
		    "(SELECT max(rowid) FROM %s)",
		    table, table);
		damage(h, "about something else");
		put_back(db, table);
		does(db, "DROP TABLE kept");
	}
	does(db, "INSERT INTO batch VALUES (9, 20780, 1, 0, NULL, 1, 3)");
	damage(h, "\"B9\",\"what\":\"shows an event that is about something");
	does(db, "UPDATE batch SET event = 999999 WHERE id = 9");
	damage(h, "\"B9\",\"what\":\"shows an event that does not exist");
	does(db, "DELETE FROM batch WHERE id = 9");
	sound(h);
	sqlite3_close(db);
}

static void
a_row_put_back_to_an_older_state_is_seen(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	keep(db, "pairing");
	did(h, run(h, "pairing pause", "pairing", "P1", "reason", "away", NULL),
	    "");
	sound(h);
	put_back(db, "pairing");
	damage(h, "\"P1\",\"what\":\"shows an event that is not its newest");
	sqlite3_close(db);
}

static void
sealed_boxes_cannot_change_places(void **state)
{
	static const char *const columns[] = {"box", "hash",
	    "box = (SELECT "
	    "k.box FROM kept k WHERE k.id = 3 - t.id), hash"};
	static const char *const tables[] = {"address", "sealed"};
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	for (int i = 0; i < 2; i++) {
		keep(db, tables[i]);
		for (int j = 0; j < 3; j++) {
			does(db,
			    "UPDATE %s AS t SET %s = (SELECT k.hash FROM "
			    "kept k WHERE k.id = 3 - t.id)",
			    tables[i], columns[j]);
			damage(h, "\"found\":");
			put_back(db, tables[i]);
		}
		/* Rows as wholes, under each other's number. */
		does(db, "DELETE FROM %s", tables[i]);
		if (i == 0)
			does(db,
			    "INSERT INTO address SELECT 3 - id, person, "
			    "from_day, status, facility, box, hash, "
			    "version, event FROM kept");
		else
			does(db,
			    "INSERT INTO sealed SELECT 3 - id, person, "
			    "kind, box, hash, indexed, version, event "
			    "FROM kept");
		damage(h, "about something else");
		put_back(db, tables[i]);
		does(db, "DROP TABLE kept");
	}
	sound(h);
	sqlite3_close(db);
}

static void
a_box_is_held_against_its_hash(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	does(db, "UPDATE address SET box = zeroblob(256) WHERE id = 1");
	damage(h, "not the one its hash names");
	sqlite3_close(db);
}

static void
a_checkpoint_is_held_against_chain_and_signature(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	keep(db, "checkpoint");
	does(db, "UPDATE checkpoint SET signature = zeroblob(64)");
	damage(h, "does not carry this office's signature");
	put_back(db, "checkpoint");
	does(db, "UPDATE checkpoint SET signature = x''");
	damage(h, "does not carry this office's signature");
	put_back(db, "checkpoint");
	does(db, "UPDATE checkpoint SET hash = zeroblob(32)");
	damage(h, "does not carry this office's signature");
	put_back(db, "checkpoint");
	does(db, "UPDATE checkpoint SET hash = x'00'");
	damage(h, "has no hash");
	put_back(db, "checkpoint");
	does(db,
	    "UPDATE checkpoint SET id = id - 1 WHERE id = "
	    "(SELECT max(id) FROM checkpoint)");
	damage(h, "was asked for and is missing");
	put_back(db, "checkpoint");
	does(db, "DELETE FROM checkpoint");
	damage(h, "was asked for and is missing");
	put_back(db, "checkpoint");
	sound(h);
	does(db, "UPDATE site SET sign_public = zeroblob(32)");
	damage(h, "site 0");
	sqlite3_close(db);
}

static void
the_register_must_hold_what_was_issued(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	keep(db, "id_chunk");
	does(db, "UPDATE id_chunk SET codes = zeroblob(length(codes))");
	damage(h, "does not hold the codes");
	put_back(db, "id_chunk");
	does(db, "DELETE FROM id_chunk");
	damage(h, "does not hold the codes");
	put_back(db, "id_chunk");
	does(db, "UPDATE id_chunk SET count = count + 1");
	damage(h, "another length");
	put_back(db, "id_chunk");
	sound(h);
	sqlite3_close(db);
}

/* The chain again from `first` on, as somebody with the office key would. */
static void
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

/* And its checkpoints, with the office's own key. */
static void
sign_again(struct house *h, sqlite3 *db, int64_t first)
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
		    signature, NULL, bytes, sizeof(bytes), h->mr->keys->sign);
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

static void
a_chain_written_again_breaks_its_checkpoints(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);

	/* Another minute in an early event. */
	flip(db, "body", 6, 15, 1);
	hash_again(h, db, 6);
	damage(h, "signs another hash than the chain has");
	sqlite3_close(db);
}

/* The limit that docs/chain.md states, from both of its sides. */
static void
only_paper_shows_an_edit_by_who_holds_the_key(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	char first[64], second[64];
	int64_t edited;

	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, first);
	notes(h, 5);
	edited = number(db, "SELECT max(id) FROM event") - 2;
	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, second);
	assert_int_equal(verify_paper(h, first, 0), MR_OK);
	assert_int_equal(verify_paper(h, second, 0), MR_OK);
	/* Who did it, in an event after the first words, before the second. */
	flip(db, "body", edited, 24, 2);
	damage(h, "does not follow");
	hash_again(h, db, edited);
	sign_again(h, db, edited);
	sound(h);
	assert_int_equal(verify_paper(h, first, 0), MR_OK);
	assert_int_equal(verify_paper(h, second, 0), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "stand at no event"));
	sqlite3_close(db);
}

static void
words_from_paper_name_their_event(void **state)
{
	struct house *h = *state;
	char words[64], event[64], other[80];
	sqlite3 *db = intruder(h);

	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, words);
	house_value(h, "event", 0, event);
	notes(h, 3);
	did(h, run(h, "audit verify", "witness", words, "event", event, NULL),
	    "\"witness\":");
	assert_string_equal(house_value(h, "witness", 0, other), event);
	assert_int_equal(verify_paper(h, words, atoll(event) + 1), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "stand at event"));
	refused(h, run(h, "audit verify", "event", "3", NULL), MR_USAGE,
	    "--witness");
	words[5] = words[5] == '2' ? '3' : '2';
	refused(h, run(h, "audit verify", "witness", words, NULL), MR_INVALID,
	    "word 1 of three");
	refused(h, run(h, "audit verify", "witness", "222-2VF-FH5", NULL),
	    MR_INVALID, "word ");
	/* Well-formed words of another office. */
	assert_int_equal(
	    verify_paper(h, "8CM-5C6-3C2 43K-FV7-F4K 23P-T63-865", 0),
	    MR_DAMAGED);
	assert_non_null(strstr(h->answer, "stand at no event"));
	sqlite3_close(db);
}

static void
a_rollback_is_shown_by_paper(void **state)
{
	struct house *h = *state;
	char words[64], backup[160];
	sqlite3 *db = intruder(h), *copy = NULL;
	sqlite3_backup *b;

	snprintf(backup, sizeof(backup), "%s/mailroom.conf", h->dir);
	sqlite3_open(backup, &copy);
	b = sqlite3_backup_init(copy, "main", db, "main");
	sqlite3_backup_step(b, -1);
	sqlite3_backup_finish(b);
	notes(h, 10);
	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, words);
	/* Yesterday's database in the place of today's. */
	b = sqlite3_backup_init(db, "main", copy, "main");
	sqlite3_backup_step(b, -1);
	sqlite3_backup_finish(b);
	sound(h);
	assert_int_equal(verify_paper(h, words, 0), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "stand at no event"));
	sqlite3_close(copy);
	sqlite3_close(db);
}

static void
a_time_that_runs_backwards_is_seen(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	int64_t last = number(db, "SELECT max(id) FROM event");

	/* Years earlier, hashed and signed again. */
	flip(db, "body", last, 10, 2);
	hash_again(h, db, last);
	sign_again(h, db, last);
	damage(h, "is older than the entry before it");
	sqlite3_close(db);
}

static void
long_chains_are_proved_by_several_threads(void **state)
{
	struct house *h = *state;
	sqlite3 *db = intruder(h);
	/* The last of one piece, the first of the next, and far in. */
	static const int places[] = {16384, 16385, 16386, 40000, 49152, 49153};

	notes(h, 50000);
	sound(h);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char named[32];

		snprintf(named, sizeof(named), "\"event %d\"", places[i]);
		flip(db, "body", places[i], 20, 4);
		damage(h, named);
		flip(db, "body", places[i], 20, 4);
		flip(db, "hash", places[i], 3, 4);
		damage(h, named);
		flip(db, "hash", places[i], 3, 4);
	}
	does(db,
	    "CREATE TABLE kept AS SELECT * FROM event WHERE id IN "
	    "(16384, 16385)");
	does(db, "DELETE FROM event WHERE id = 16384");
	damage(h, "\"event 16384\",\"what\":\"is missing");
	does(db, "DELETE FROM event WHERE id = 16385");
	damage(h, "\"event 16385\",\"what\":\"is missing");
	does(db, "INSERT INTO event SELECT * FROM kept");
	sound(h);
	/* All that is wrong is counted, the first are told. */
	does(db, "UPDATE event SET hash = zeroblob(32) WHERE id > 20000");
	damage(h, "\"event 20001\"");
	assert_null(strstr(h->answer, "\"found\":50,"));
	sqlite3_close(db);
}

static void
an_export_can_be_proved_without_us(void **state)
{
	struct house *h = *state;
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	struct mr_audit_export in = {.format = "xml"};
	struct mr_out *out = mr_out_tape(c->arena);

	assert_int_equal(mr_begin(c, 0), MR_OK);
	assert_int_equal(mr_audit_export(c, &in, out), MR_INVALID);
	in.format = NULL;
	in.from.given = 1;
	in.from.n = 100000;
	assert_int_equal(mr_audit_export(c, &in, out), MR_NOTFOUND);
	assert_int_equal(mr_end(c, MR_OK), MR_OK);
	mr_call_end(c);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(an_untouched_office_is_sound),
	    TEST(every_byte_of_every_event_counts),
	    TEST(entries_cannot_be_taken_away_put_in_or_moved),
	    TEST(a_body_goes_only_by_a_retention),
	    TEST(every_column_of_every_audited_table_counts),
	    TEST(a_row_that_is_gone_or_put_in_is_named),
	    TEST(a_row_put_back_to_an_older_state_is_seen),
	    TEST(sealed_boxes_cannot_change_places),
	    TEST(a_box_is_held_against_its_hash),
	    TEST(a_checkpoint_is_held_against_chain_and_signature),
	    TEST(the_register_must_hold_what_was_issued),
	    TEST(a_chain_written_again_breaks_its_checkpoints),
	    TEST(only_paper_shows_an_edit_by_who_holds_the_key),
	    TEST(words_from_paper_name_their_event),
	    TEST(a_rollback_is_shown_by_paper),
	    TEST(a_time_that_runs_backwards_is_seen),
	    TEST(long_chains_are_proved_by_several_threads),
	    TEST(an_export_can_be_proved_without_us),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
