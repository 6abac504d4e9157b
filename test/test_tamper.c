/*
 * Somebody with a right to the database file and a program of their own: what
 * they write there moves no letter, shows nobody's address and is not vouched
 * for by the next honest step.
 */
#include <sqlite3.h>

#include "test/mail.h"

static void
hand(struct house *h, const char *sql)
{
	char path[128], *why = NULL;
	sqlite3 *db = NULL;

	snprintf(path, sizeof(path), "%s/mailroom.db", h->dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

#define is_damage(h, status) \
	refused(h, status, MR_DAMAGED, "was changed from outside")

static void
a_planted_trigger_does_not_run_and_is_told(void **state)
{
	struct house *h = *state;
	char number[64];

	hand(h,
	    "CREATE TRIGGER turn AFTER INSERT ON letter BEGIN "
	    "UPDATE letter SET pairing = 2 WHERE id = new.id; END");
	mail_receive(h, 1, MR_OUTSIDE, number);
	assert_int_equal(mail_letter(h, number).pairing, 1);
	assert_int_equal(run(h, "office check", NULL), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "a trigger that is not ours"));
	hand(h, "DROP TRIGGER turn");
	mail_sound(h);
}

/* Paper is refused, whichever way the mail was turned to another house. */
static void
nothing_is_printed(void **state, const char *sql, const char *cure)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	hand(h, sql);
	is_damage(h, run(h, "envelope print", "letter", number, NULL));
	is_damage(h,
	    run(h, "label print", "letter", number, "stock", "avery-5163",
		NULL));
	hand(h, cure);
	mail_print(h, number);
	mail_sound(h);
}

#define SWAP(table) \
	"UPDATE OR IGNORE " table " SET person = 1000 WHERE person = 1; " \
	"UPDATE " table " SET person = 1 WHERE person = 2; " \
	"UPDATE " table " SET person = 2 WHERE person = 1000"

static void
addresses_of_two_people_exchanged_print_nothing(void **state)
{
	nothing_is_printed(state, SWAP("address"), SWAP("address"));
}

static void
names_of_two_people_exchanged_print_nothing(void **state)
{
	nothing_is_printed(state, SWAP("sealed"), SWAP("sealed"));
}

static void
a_pairing_turned_to_somebody_else_prints_nothing(void **state)
{
	nothing_is_printed(state, "UPDATE pairing SET outside = 3 WHERE id = 1",
	    "UPDATE pairing SET outside = 1 WHERE id = 1");
}

static void
a_letter_given_another_pairing_is_not_sealed(void **state)
{
	struct house *h = *state;
	char number[64], stub[32], envelope[32];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_print(h, number);
	mail_scan(h, number, MR_PAYLOAD_STUB, 1, stub);
	mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 1, envelope);
	hand(h, "UPDATE letter SET pairing = 2");
	is_damage(
	    h, run(h, "letter seal", "stub", stub, "envelope", envelope, NULL));
	hand(h, "UPDATE letter SET pairing = 1");
	did(h, run(h, "letter seal", "stub", stub, "envelope", envelope, NULL),
	    "MATCH");
}

/* Each of these steps would write an event with the row's digest. */
static void
no_honest_step_vouches_for_a_changed_row(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	hand(h,
	    "UPDATE correspondent SET pen_name = 'Rook' WHERE id = 1;"
	    "UPDATE letter SET sheets = 9; "
	    "UPDATE pairing SET outside = 3 WHERE id = 1; "
	    "UPDATE address SET from_day = 1 WHERE person = 1; ");
	is_damage(h,
	    run(h, "correspondent reveal", "person", "C1", "reason", "delivery",
		NULL));
	is_damage(h,
	    run(h, "correspondent pause", "person", "C1", "reason", "away",
		NULL));
	is_damage(h,
	    run(h, "correspondent move", "person", "C1", "street", "1 Elm St",
		"city", "Quillet", "state", "WA", "zip", "98101", NULL));
	is_damage(h,
	    run(h, "letter hold", "letter", number, "reason", "staff-query",
		NULL));
	is_damage(h,
	    run(h, "pairing pause", "pairing", "P1", "reason", "asked", NULL));
	assert_int_equal(run(h, "audit verify", NULL), MR_DAMAGED);
}

static void
the_vault_is_not_granted_to_a_planted_key(void **state)
{
	struct house *h = *state;

	mail_as(h, "admin");
	did(h, run(h, "user add", "name", "nia", "role", "staff", NULL), "nia");
	mail_as(h, "nia");
	h->new_passphrase = MAIL_STAFF;
	did(h, run(h, "user passphrase", NULL), "nia");
	mail_as(h, NULL);
	hand(h,
	    "UPDATE users SET public = "
	    "x'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"
	    "' WHERE name = 'nia'");
	is_damage(h, run(h, "user grant", "name", "nia", NULL));
}

/* These are under no event: the check compares them with what is. */
static void
prints_and_day_numbers_that_were_changed_are_told(void **state)
{
	static const struct {
		const char *table, *sql;
	} changes[] = {
	    {"print", "UPDATE print SET address = 2 WHERE what = 2"},
	    {"print", "UPDATE print SET copy = 2"},
	    {"print", "UPDATE print SET letter = (SELECT max(id) FROM letter)"},
	    {"print", "DELETE FROM print WHERE what = 2"},
	    {"station", "UPDATE station SET count = 0"},
	    {"station",
		"UPDATE station SET count = 1, letter = (SELECT min(id) FROM letter)"},
	};
	struct house *h = *state;
	char number[64], sql[200];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_receive(h, 2, MR_INSIDE, number);
	mail_print(h, "A1");
	did(h, run(h, "office check", NULL), "\"keys\"");
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		snprintf(sql, sizeof(sql),
		    "CREATE TABLE kept AS SELECT * "
		    "FROM %s; %s",
		    changes[i].table, changes[i].sql);
		hand(h, sql);
		if (run(h, "office check", NULL) != MR_DAMAGED)
			fail_msg("not told: %s", changes[i].sql);
		snprintf(sql, sizeof(sql),
		    "DELETE FROM %s; INSERT INTO %s "
		    "SELECT * FROM kept; DROP TABLE kept",
		    changes[i].table, changes[i].table);
		hand(h, sql);
		did(h, run(h, "office check", NULL), "\"keys\"");
	}
}

static void
a_person_is_not_sealed_to_a_foreign_vault(void **state)
{
	struct house *h = *state;

	hand(h,
	    "UPDATE site SET vault_public = "
	    "x'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"
	    "'");
	is_damage(h,
	    run(h, "correspondent add", "kind", "outside", "pen_name", "Robin",
		"legal_name", "Amara Quillnew", "street", "1 Elm St", "city",
		"Quillet", "state", "WA", "zip", "98101", NULL));
}

static void
a_search_index_turned_to_others_finds_nobody(void **state)
{
	struct house *h = *state;

	hand(h, SWAP("blind"));
	refused(h,
	    run(h, "correspondent find", "name", "Amara Quillaafeather", NULL),
	    MR_DAMAGED, "another person");
	hand(h, SWAP("blind"));
	did(h,
	    run(h, "correspondent find", "name", "Amara Quillaafeather", NULL),
	    "\"C1\"");
}

static void
what_was_revealed_is_not_shown_again_without_an_event(void **state)
{
	struct house *h = *state;

	h->request = "look";
	did(h,
	    run(h, "correspondent reveal", "person", "C1", "reason", "delivery",
		NULL),
	    "Foundry");
	later(h, 601);
	refused(h,
	    run(h, "correspondent reveal", "person", "C1", "reason", "delivery",
		NULL),
	    MR_REFUSED, "a new key");
	assert_null(strstr(h->answer, "Foundry"));
	h->request = NULL;
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, mail_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_planted_trigger_does_not_run_and_is_told),
	    TEST(addresses_of_two_people_exchanged_print_nothing),
	    TEST(names_of_two_people_exchanged_print_nothing),
	    TEST(a_pairing_turned_to_somebody_else_prints_nothing),
	    TEST(a_letter_given_another_pairing_is_not_sealed),
	    TEST(no_honest_step_vouches_for_a_changed_row),
	    TEST(the_vault_is_not_granted_to_a_planted_key),
	    TEST(prints_and_day_numbers_that_were_changed_are_told),
	    TEST(a_person_is_not_sealed_to_a_foreign_vault),
	    TEST(a_search_index_turned_to_others_finds_nobody),
	    TEST(what_was_revealed_is_not_shown_again_without_an_event),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
