/*
 * audit verify against a hand in the database: every byte of the chain, every
 * column of every audited table, rows and entries taken away, put in, put
 * back.  What is signed and what is on paper: test_verify_paper.c.
 */
#include "test/intruder.h"

#include "lib/rows.h"

static void
an_untouched_office_is_sound(void **state)
{
	struct house *h = *state;

	sound(h);
	assert_non_null(strstr(h->answer, "\"found\":0,\"findings\":[]"));
	did(h, run(h, "audit verify", NULL), "\"witness\":null");
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
		damage(h, "of no site");
		put_back(db, "event");
	}
	does(db,
	    "INSERT INTO event SELECT (1 << 36) + 1, body, digest, hash "
	    "FROM event WHERE id = 5");
	damage(h, "of no site");
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
	does(db, "UPDATE event SET body = NULL WHERE id = 38");
	damage(h, "\"event 38\",\"what\":\"has lost its body\"");
	put_back(db, "event");
	/* A digest in its place, as retention leaves it. */
	sqlite3_prepare_v2(
	    db, "SELECT body FROM event WHERE id = 38", -1, &st, NULL);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	memcpy(body, sqlite3_column_blob(st, 0),
	    (size_t)sqlite3_column_bytes(st, 0));
	mr_chain_digest(body, (size_t)sqlite3_column_bytes(st, 0), digest);
	sqlite3_finalize(st);
	sqlite3_prepare_v2(db,
	    "UPDATE event SET body = NULL, digest = ? "
	    "WHERE id = 38",
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
	does(db, "UPDATE event SET digest = zeroblob(32) WHERE id = 38");
	damage(h, "\"event 38\",\"what\":\"does not follow");
	does(db, "UPDATE event SET digest = zeroblob(31) WHERE id = 38");
	damage(h, "\"event 38\",\"what\":\"has lost its body");
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
	/* The box alone, its hash alone, both of them. */
	static const char *const columns[] = {"box", "hash",
	    "box = (SELECT k.box FROM kept k WHERE k.id = 3 - t.id), hash"};
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
	    TEST(the_register_must_hold_what_was_issued),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
