/*
 * The office as a whole: sealed anew by a rekey, shown, and checked against
 * itself.
 */
#include <sqlite3.h>
#include <sys/stat.h>

#include "test/office.h"

#include "lib/address.h"
#include "lib/sealed.h"

/* The check finds nothing. */
static void
in_order(struct house *h)
{
	did(h, run(h, "office check", NULL), "\"check\":\"keys\"");
}

static const char *const name_and_number[] = {
    "Amara Quillfeather", "40312-999"};
static const char *const lines[MR_A_LINES] = {
    "2374 Foundry Ct", "Apt 55", "Osseo Lake", "MN", "56613", ""};

static void
store_person(struct house *h)
{
	struct mr_call *c = house_begin(h);
	int64_t person = house_add(c, MR_OUTSIDE, "V1", 1), address;
	int status;

	assert_int_equal(
	    mr_sealed_store(c, person, MR_SEALED_IDENTITY, name_and_number),
	    MR_OK);
	assert_int_equal(mr_address_add(c, person, (int)c->today, 0, lines,
			     &address, &status),
	    MR_OK);
	/* The status moves on without the box. */
	assert_int_equal(
	    mr_address_set_status(c, address, MR_ADDRESS_SUSPECT), MR_OK);
	house_end(c);
}

/* Everything of C1 opens, and is found. */
static void
check_person(struct house *h)
{
	struct mr_call *c;
	const char *identity[2], *address[MR_A_LINES];
	int64_t found[2] = {0, 0};
	size_t n = 0;

	c = house_begin(h);
	c->user = 1;
	assert_int_equal(mr_vault_open(c, HOUSE_PASSPHRASE), MR_OK);
	assert_int_equal(mr_blind_catch_up(c), MR_OK);
	assert_int_equal(
	    mr_sealed_open(c, 1, MR_SEALED_IDENTITY, identity), MR_OK);
	assert_string_equal(identity[0], name_and_number[0]);
	assert_string_equal(identity[1], name_and_number[1]);
	assert_int_equal(mr_address_open(c, 1, address), MR_OK);
	for (int i = 0; i < MR_A_LINES; i++)
		assert_string_equal(address[i], lines[i]);
	assert_int_equal(
	    mr_blind_find(c, MR_BLIND_NUMBER, "40312999", found, 2, &n), MR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(found[0], 1);
	house_end(c);
	mr_vault_close(h->mr);
}

static void
add_cora(struct house *h)
{
	h->user = "admin";
	did(h, run(h, "user add", "name", "cora", "role", "coordinator", NULL),
	    "cora");
	h->user = "cora";
	h->new_passphrase = CORA;
	did(h, run(h, "user passphrase", NULL), "cora");
	h->user = NULL;
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user grant", "name", "cora", NULL), "cora");
}

static void
change(struct house *h, const char *sql)
{
	struct mr_call *c = house_begin(h);

	assert_int_equal(sql_done(sql_prepare(c, sql)), MR_OK);
	house_end(c);
}

static void
a_rekey_keeps_everything_that_can_be_opened(void **state)
{
	struct house *h = *state;
	char typed[256];

	store_person(h);
	add_cora(h);
	check_person(h);
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "office rekey", NULL),
	    "{\"vault\":2,\"records\":2,\"holders\":2}");
	check_person(h);
	assert_int_equal(opens(h, "cora", CORA), MR_OK);
	in_order(h);
	h->words = all_words(h, typed);
	did(h, run(h, "office recover", NULL), "\"words\":\"right\"");
	did(h, run(h, "office rekey", NULL), "\"vault\":3");
	check_person(h);
}

static void
an_old_grant_is_useless_after_a_rekey(void **state)
{
	struct house *h = *state;

	store_person(h);
	add_cora(h);
	change(h,
	    "CREATE TABLE kept AS SELECT grant_box, grant_version "
	    "FROM users WHERE name = 'cora'");
	h->user = "admin";
	did(h, run(h, "user disable", "name", "cora", NULL), "disabled");
	h->user = NULL;
	did(h, run(h, "office rekey", NULL), "\"holders\":1");
	/* Somebody puts the old grant back, number and all. */
	change(h,
	    SQL_SCAN "UPDATE users SET status = 1, "
		     "grant_box = (SELECT grant_box FROM kept), "
		     "grant_version = (SELECT grant_version FROM kept) "
		     "WHERE name = 'cora'");
	assert_int_equal(opens(h, "cora", CORA), MR_LOCKED);
	assert_non_null(strstr(h->error.message, "since it was changed"));
	change(h, "UPDATE users SET grant_version = 2 WHERE name = 'cora'");
	assert_int_equal(opens(h, "cora", CORA), MR_DAMAGED);
}

static void
an_open_vault_of_the_old_pair_opens_nothing_more(void **state)
{
	struct house *h = *state;
	const char *identity[2];
	struct mr_call *c;

	store_person(h);
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "office rekey", NULL), "\"vault\":2");
	assert_non_null(h->mr->vault);
	c = house_begin(h);
	assert_int_equal(
	    mr_sealed_open(c, 1, MR_SEALED_IDENTITY, identity), MR_LOCKED);
	assert_non_null(strstr(h->error.message, "again"));
	house_end(c);
	assert_null(h->mr->vault);
	did(h, run(h, "office rekey", NULL), "\"vault\":3");
}

static void
what_another_program_stored_after_a_rekey_is_sealed_to_the_new_pair(
    void **state)
{
	struct house *h = *state;
	struct mr_options options = {
	    .dir = h->dir, .db = house_db(h), .check_scans = 1};
	struct mr *other = NULL, *own = h->mr;

	/* Opened before, so its copy of the site row is old. */
	assert_int_equal(mr_open(&options, &other, &h->error), MR_OK);
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "office rekey", NULL), "\"records\":0");
	h->mr = other;
	store_person(h);
	h->mr = own;
	check_person(h);
	mr_close(other);
}

static void
a_rekey_that_meets_damage_changes_nothing(void **state)
{
	struct house *h = *state;

	store_person(h);
	h->passphrase = HOUSE_PASSPHRASE;
	change(h, "UPDATE sealed SET version = 5 WHERE id = 1");
	refused(h, run(h, "office rekey", NULL), MR_DAMAGED,
	    "sealed 1 was changed");
	assert_int_equal(
	    house_count(h, "SELECT vault_version FROM site WHERE id = 0"), 1);
	change(h, "UPDATE sealed SET version = 1 WHERE id = 1");
	check_person(h);
}

static void
only_a_coordinator_rekeys(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	refused(h, run(h, "office rekey", NULL), MR_DENIED, "coordinator");
}

static void
show_tells_the_office_to_everyone(void **state)
{
	struct house *h = *state;

	h->user = "admin";
	did(h, run(h, "office show", NULL),
	    "\"name\":\"Bridge Letters\",\"street\":\"PO BOX 1138\"");
	did(h, run(h, "office show", NULL), h->sheet.office);
	store_person(h);
	did(h, run(h, "office show", NULL),
	    "\"users\":2,\"correspondents\":1,\"pairings\":0,\"letters\":0");
}

/* From outside, past every rule of ours. */
static void
tamper(struct house *h, const char *sql)
{
	char path[128];
	sqlite3 *db;

	path_of(h, "mailroom.db", path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* The check finds this after that was done, and nothing before. */
static void
finds(struct house *h, const char *damage, const char *cure, const char *what)
{
	in_order(h);
	tamper(h, damage);
	assert_int_equal(run(h, "office check", NULL), MR_DAMAGED);
	assert_non_null(strstr(h->error.message, "the check found"));
	if (strstr(h->answer, what) == NULL)
		fail_msg("no %s in %s", what, h->answer);
	tamper(h, cure);
	in_order(h);
}

static void
check_finds_what_does_not_agree(void **state)
{
	struct house *h = *state;

	store_person(h);
	tamper(h, "CREATE TABLE kept AS SELECT hash, box FROM sealed");
	finds(h, "UPDATE sealed SET hash = (SELECT hash FROM address)",
	    "UPDATE sealed SET hash = (SELECT hash FROM kept)",
	    "\"where\":\"sealed 1\"");
	finds(h, "UPDATE address SET box = (SELECT box FROM kept)",
	    "UPDATE address SET box = (SELECT box FROM sealed), "
	    "hash = (SELECT hash FROM sealed)",
	    "\"where\":\"address 1\"");
	finds(h, "UPDATE address SET person = 77",
	    "UPDATE address SET person = 1", "person names a row");
	finds(h, "INSERT INTO interest (word, person) VALUES ('chess', 9)",
	    "DELETE FROM interest", "interest 9");
	finds(h, "INSERT INTO day_count (day, what, count) VALUES (5, 1, 1)",
	    "DELETE FROM day_count", "do not add up");
	finds(h, "UPDATE users SET grant_box = x'00' WHERE name = 'admin'",
	    "UPDATE users SET grant_box = NULL WHERE name = 'admin'",
	    "against the role");
	h->user = "admin";
	finds(h, "UPDATE users SET status = 2 WHERE id = 1",
	    "UPDATE users SET status = 1 WHERE id = 1",
	    "disabled, but holds a key");
}

static void
check_finds_a_register_that_differs_from_its_copy(void **state)
{
	struct house *h = *state;

	house_person(h, MR_OUTSIDE, "V1", 1);
	house_person(h, MR_INSIDE, "R1", 1);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "");
	tamper(h,
	    "CREATE TABLE kept AS SELECT codes FROM id_chunk;"
	    "CREATE TABLE code AS SELECT code FROM forwarding_id WHERE id = 1");
	finds(h, "UPDATE id_chunk SET codes = zeroblob(16)",
	    "UPDATE id_chunk SET codes = (SELECT codes FROM kept)",
	    "could come too near");
	finds(h, "UPDATE id_chunk SET count = 1",
	    "UPDATE id_chunk SET count = 2", "its count");
	finds(h, "UPDATE forwarding_id SET code = code + 1 WHERE id = 1",
	    "UPDATE forwarding_id SET code = (SELECT code FROM code) "
	    "WHERE id = 1",
	    "could come too near");
}

static void
check_finds_a_key_file_that_does_not_serve(void **state)
{
	struct house *h = *state;
	char key[128];

	path_of(h, "office.key", key);
	in_order(h);
	assert_int_equal(chmod(key, 0644), 0);
	assert_int_equal(run(h, "office check", NULL), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "readable by others"));
	assert_int_equal(unlink(key), 0);
	assert_int_equal(run(h, "office check", NULL), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "it is missing"));
}

static void
check_finds_a_page_that_was_overwritten(void **state)
{
	struct house *h = *state;
	long page = 4096, root;
	char path[128], zeros[4096] = "";
	FILE *f;

	store_person(h);
	page = (long)house_count(h, "PRAGMA page_size");
	root = (long)house_count(h,
	    SQL_SCAN "SELECT rootpage FROM sqlite_schema "
		     "WHERE name = 'address_by_person'");
	mr_close(h->mr);
	h->mr = NULL;
	path_of(h, "mailroom.db", path);
	f = fopen(path, "r+");
	assert_non_null(f);
	assert_int_equal(fseek(f, page * (root - 1), SEEK_SET), 0);
	assert_int_equal(fwrite(zeros, 1, (size_t)page, f), page);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(again(h, 0), MR_OK);
	assert_int_equal(run(h, "office check", NULL), MR_DAMAGED);
	assert_non_null(strstr(h->answer, "mailroom.db"));
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_rekey_keeps_everything_that_can_be_opened),
	    TEST(an_old_grant_is_useless_after_a_rekey),
	    TEST(an_open_vault_of_the_old_pair_opens_nothing_more),
	    TEST(
		what_another_program_stored_after_a_rekey_is_sealed_to_the_new_pair),
	    TEST(a_rekey_that_meets_damage_changes_nothing),
	    TEST(only_a_coordinator_rekeys),
	    TEST(show_tells_the_office_to_everyone),
	    TEST(check_finds_what_does_not_agree),
	    TEST(check_finds_a_register_that_differs_from_its_copy),
	    TEST(check_finds_a_key_file_that_does_not_serve),
	    TEST(check_finds_a_page_that_was_overwritten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
