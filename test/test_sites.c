/*
 * Several sites on one database: two handles on it, each with its own key
 * file; a site's lists are its own, a letter changes hands, and the chains
 * vouch for one another.
 */
#include "test/site.h"

#include <sys/stat.h>

/* The office, and a handle on its second site. */
static struct mr *west;

static int
setup(void **state)
{
	struct house *h;

	if (mail_setup(state) != 0)
		return -1;
	h = *state;
	did(h, site_make(h), "\"site\":1,\"name\":\"Bridge Letters West\"");
	west = NULL;
	if (site_open(h, &west) != MR_OK)
		fail_msg("%s", h->error.message);
	return 0;
}

static int
teardown(void **state)
{
	struct house *h = *state;

	site_remove(h);
	mr_close(west);
	return house_teardown(state);
}

static void
sound(struct house *h)
{
	for (int i = 0; i < 2; i++) {
		mail_sound(h);
		did(h, run(h, "office check", NULL), "in order");
		site_go(h, &west);
	}
}

static void
go(struct house *h)
{
	site_go(h, &west);
}

static void
damaged(struct house *h, const char *what)
{
	assert_int_equal(run(h, "audit verify", NULL), MR_DAMAGED);
	if (strstr(h->answer, what) == NULL)
		fail_msg("no %s in %s", what, h->answer);
}

/* A statement from outside, by nobody's step. */
static void
meddle(struct house *h, const char *text)
{
	if (sql_script(h->mr->db, text) != MR_OK)
		fail_msg("%s", sql_message(h->mr->db));
}

static void
a_site_has_its_number_its_key_and_a_chain_of_its_own(void **state)
{
	struct house *h = *state;
	char folder[200], path[256];
	struct stat st;

	assert_int_equal(mr_office_site(h->mr), 0);
	assert_int_equal(mr_office_site(west), 1);
	snprintf(path, sizeof(path), "%s/office.key", site_folder(h, folder));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_memory_not_equal(h->mr->keys->sign, west->keys->sign, 64);
	assert_memory_equal(h->mr->keys->code, west->keys->code, 16);
	assert_memory_equal(h->mr->keys->tag, west->keys->tag, 32);
	did(h, run(h, "site list", NULL), "\"city\":\"Boise\"");
	go(h);
	did(h, run(h, "office show", NULL), "\"name\":\"Bridge Letters West\"");
	did(h, run(h, "site show", NULL), "\"here\":true,\"events\":1");
	sound(h);
}

static void
a_site_that_cannot_be_leaves_nothing_behind(void **state)
{
	struct house *h = *state;
	char folder[200];

	refused(h, site_make(h), MR_REFUSED, "not empty");
	refused(h,
	    run(h, "site add", "name", "North", "street", "1 Elm St", "city",
		"Barre", "state", "VT", "zip", "05641", "zone", "Here/There",
		NULL),
	    MR_INVALID, "time zone");
	h->user = "sam";
	refused(h, site_make(h), MR_DENIED, "");
	h->user = NULL;
	snprintf(folder, sizeof(folder), "%.80s/site-2", h->dir);
	assert_int_not_equal(access(folder, F_OK), 0);
	did(h, run(h, "site list", NULL), "\"site\":1");
	sound(h);
}

static void
without_keys_the_site_must_be_named(void **state)
{
	struct house *h = *state;
	char file[200], folder[200];
	struct mr_options options = {
	    .dir = "/nowhere", .db = site_db(h, file), .no_keys = 1};
	struct mr *mr = NULL;

	assert_int_equal(mr_open(&options, &mr, &h->error), MR_USAGE);
	assert_non_null(strstr(h->error.message, "2 sites"));
	options.site = "5";
	assert_int_equal(mr_open(&options, &mr, &h->error), MR_NOTFOUND);
	options.site = "1";
	assert_int_equal(mr_open(&options, &mr, &h->error), MR_OK);
	assert_int_equal(mr_office_site(mr), 1);
	mr_close(mr);
	/* A key file that is there tells it. */
	options.site = NULL;
	options.dir = site_folder(h, folder);
	assert_int_equal(mr_open(&options, &mr, &h->error), MR_OK);
	assert_int_equal(mr_office_site(mr), 1);
	mr_close(mr);
}

static void
lists_and_tills_are_of_one_site(void **state)
{
	struct house *h = *state;
	char a[64], b[64];

	did(h, run(h, "day open", "pieces", "2", NULL), "");
	mail_receive(h, 1, MR_INSIDE, a);
	assert_string_equal(a, "A1");
	mail_receive(h, 2, MR_INSIDE, a);
	go(h);
	did(h, run(h, "day open", "pieces", "1", NULL), "\"brought\":0");
	mail_receive(h, 1, MR_INSIDE, b);
	assert_string_equal(b, "A1");
	did(h, run(h, "day balance", NULL), "\"carried\":1,\"difference\":0");
	did(h, run(h, "site show", "site", "0", NULL), "\"letters\":2");
	did(h, run(h, "site show", NULL), "\"letters\":1");
	did(h, run(h, "letter list", NULL), "\"number\":\"A1\"");
	assert_null(strstr(h->answer, "A0.1"));
	assert_null(strstr(h->answer, "\"number\":\"A2\""));
	did(h, run(h, "letter outgoing", NULL), "\"number\":\"A1\"");
	assert_null(strstr(h->answer, "\"number\":\"A2\""));
	go(h);
	did(h, run(h, "day balance", NULL), "\"carried\":2,\"difference\":0");
	did(h, run(h, "letter list", "pairing", "P1", NULL),
	    "\"number\":\"A1.1\"");
	/* Correspondents are everybody's: one was added there. */
	go(h);
	did(h,
	    run(h, "correspondent add", "kind", "outside", "pen_name", "Robin",
		"legal_name", "Robina Marshfeather", "street", "12 Mill Ln",
		"city", "Bethel", "state", "CT", "zip", "06801", NULL),
	    "C1.1");
	go(h);
	did(h, run(h, "correspondent show", "person", "C1.1", NULL), "Robin");
	did(h,
	    run(h, "correspondent pause", "person", "C1.1", "reason", "away",
		NULL),
	    "");
	go(h);
	did(h, run(h, "correspondent resume", "person", "C1.1", NULL), "");
	did(h, run(h, "correspondent history", "person", "C1.1", NULL), "");
	sound(h);
}

/* A letter of the first site that the second has taken over, printed; both
 * days are open. */
static void
taken(struct house *h, char code[64], char stub[64])
{
	char number[64];

	did(h, run(h, "day open", "pieces", "2", NULL), "");
	mail_receive(h, 1, MR_INSIDE, number);
	mail_receive(h, 2, MR_INSIDE, number);
	house_value(h, "code", 0, code);
	mail_print(h, number);
	mail_scan(h, number, MR_PAYLOAD_STUB, mail_letter(h, number).sheet_copy,
	    stub);
	go(h);
	did(h, run(h, "day open", "pieces", "1", NULL), "\"brought\":0");
	mail_receive(h, 3, MR_INSIDE, number);
	/* The bench says where it is and what to do. */
	did(h, run(h, "scan", "code", stub, NULL),
	    "\"verdict\":\"OTHER SITE\",\"say\":\"Letter ");
	did(h, run(h, "scan", "code", stub, NULL), "\"take\":true");
	refused(h, run(h, "letter take", "letter", "A1", NULL), MR_REFUSED,
	    "here already");
	did(h, run(h, "letter take", "letter", stub, NULL),
	    "\"number\":\"A2\"");
}

/* Over by letter take, and both tills hold: here first, then there. */
static void
taken_and_counted(struct house *h, char code[64], char stub[64])
{
	taken(h, code, stub);
	did(h, run(h, "day balance", NULL),
	    "\"carried\":2,\"difference\":0,\"logged\":1");
	did(h, run(h, "day balance", NULL), "\"from_site\":1,\"to_site\":0");
	go(h);
	did(h, run(h, "day balance", NULL),
	    "\"carried\":1,\"difference\":0,\"logged\":2");
	did(h, run(h, "day balance", NULL), "\"from_site\":0,\"to_site\":1");
	go(h);
}

static void
a_letter_that_is_taken_over_counts_at_one_site(void **state)
{
	struct house *h = *state;
	char code[64], stub[64];

	taken_and_counted(h, code, stub);
	refused(h, run(h, "letter take", "letter", stub, NULL), MR_REFUSED,
	    "here already, as A2");
	did(h, run(h, "day balance", NULL), "\"numbers\":2,\"missing\":0");
	did(h, run(h, "letter outgoing", NULL), code);
	did(h, run(h, "letter list", NULL), code);
	did(h, run(h, "letter show", "letter", "A2", NULL), code);
	go(h);
	did(h, run(h, "day balance", NULL), "\"numbers\":2,\"missing\":0");
	did(h, run(h, "letter outgoing", NULL), "");
	assert_null(strstr(h->answer, code));
	did(h, run(h, "letter show", "letter", code, NULL),
	    "\"number\":\"A1.2\"");
	refused(
	    h, run(h, "letter show", "letter", "A2", NULL), MR_NOTFOUND, "A2");
	did(h, run(h, "scan", "code", stub, NULL), "lies at site 1 (Boise)");
	sound(h);
}

/* At half past six UTC it is half past one in Danbury, and still the day
 * before in Boise: each till counts it on its own day. */
static void
taken_over_at_night_it_counts_on_the_day_of_each(void **state)
{
	struct house *h = *state;
	char code[64], stub[64];

	h->now = INT64_C(1795501800000000);
	taken_and_counted(h, code, stub);
	sound(h);
}

static void
it_leaves_with_the_paper_of_the_first_site(void **state)
{
	struct house *h = *state;
	char code[64], stub[64];

	taken(h, code, stub);
	go(h);
	/* On from there, with the paper of the first site. */
	go(h);
	mail_seal(h, "A2");
	go(h);
	refused(h, run(h, "letter take", "letter", code, NULL), MR_REFUSED,
	    "sealed at site 1 (Boise)");
	did(h, run(h, "scan", "code", stub, NULL), "was sealed at site 1");
	refused(h, run(h, "batch close", NULL), MR_REFUSED, "no batch");
	go(h);
	did(h, run(h, "batch close", NULL), "\"letters\":1");
	did(h, run(h, "day balance", NULL), "\"posted\":1");
	did(h,
	    run(h, "day close", "sealed", "1", "stubs", "1", "trays", "bench=1",
		NULL),
	    "\"difference\":0");
	did(h, run(h, "letter history", "letter", code, NULL),
	    "taken over from site 0, as A2");
	did(h, run(h, "letter history", "letter", code, NULL), "posted");
	go(h);
	refused(h, run(h, "letter take", "letter", code, NULL), MR_REFUSED,
	    "was posted at site 1");
	did(h,
	    run(h, "day close", "sealed", "0", "stubs", "0", "trays", "bench=1",
		NULL),
	    "\"to_site\":1");
	/* It comes back to the first one's box. */
	h->user = "sam";
	did(h,
	    run(h, "letter return", "letter", code, "sticker", "yellow",
		"reason", "unclaimed", NULL),
	    "\"state\":\"");
	h->user = NULL;
	did(h, run(h, "letter show", "letter", code, NULL),
	    "\"number\":\"A3\"");
	did(h, run(h, "site show", NULL), "\"letters\":2");
	go(h);
	did(h, run(h, "site show", NULL), "\"letters\":1");
	sound(h);
}

static void
the_money_goes_with_the_letter(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	mail_receive(h, 1, MR_INSIDE, number);
	house_value(h, "code", 0, code);
	did(h,
	    run(h, "enclosure add", "letter", number, "kind", "money", "money",
		"20", NULL),
	    "");
	did(h, run(h, "day open", "pieces", "0", NULL), "");
	did(h, run(h, "day balance", NULL), "\"money\":\"20.00\"");
	go(h);
	did(h, run(h, "letter take", "letter", code, NULL), "Taken over");
	did(h, run(h, "day open", "pieces", "0", NULL), "");
	did(h, run(h, "day balance", NULL), "\"money\":\"20.00\"");
	did(h, run(h, "enclosure list", "open", "1", NULL), "E1");
	go(h);
	did(h, run(h, "day balance", NULL), "\"money\":\"0.00\"");
	did(h, run(h, "enclosure list", "open", "1", NULL), "[]");
	sound(h);
}

static void
a_new_vault_key_serves_both_and_the_sheet_still_opens_both(void **state)
{
	struct house *h = *state;
	static char nine[256];
	size_t n = 0;

	for (int i = 0; i < MR_RECOVERY_GROUPS; i++)
		n += (size_t)snprintf(
		    nine + n, sizeof(nine) - n, "%s ", h->sheet.group[i]);
	h->words = nine;
	go(h);
	did(h, run(h, "office recover", NULL), "\"key_file\":\"fits\"");
	did(h,
	    run(h, "correspondent reveal", "person", "C1", "reason",
		"complaint", NULL),
	    "");
	go(h);
	did(h, run(h, "office rekey", NULL), "\"vault\":2");
	for (int i = 0; i < 2; i++) {
		did(h, run(h, "office recover", NULL), "\"key_file\":\"fits\"");
		/* What a handle held opens nothing any more, and says so. */
		refused(h,
		    run(h, "correspondent find", "name", "Amara Quillaafeather",
			NULL),
		    MR_LOCKED, "passphrase again");
		did(h,
		    run(h, "correspondent find", "name", "Amara Quillaafeather",
			NULL),
		    "C1");
		go(h);
	}
	go(h);
	did(h, run(h, "office rekey", NULL), "\"vault\":3");
	go(h);
	did(h, run(h, "office recover", NULL), "\"key_file\":\"fits\"");
	sound(h);
}

/* Another day at both; the first site writes down where the second stands. */
static void
log_heads(struct house *h)
{
	char number[64];

	go(h);
	mail_receive(h, 1, MR_INSIDE, number);
	mail_receive(h, 2, MR_INSIDE, number);
	go(h);
	h->now += MR_DAY_US;
	mail_receive(h, 3, MR_INSIDE, number);
	did(h, run(h, "audit show", "last", "3", NULL), "site heads");
	sound(h);
}

static void
a_chain_that_is_cut_is_told_of_by_the_other_site(void **state)
{
	struct house *h = *state;
	char text[512];
	long long head;

	log_heads(h);
	head = (long long)house_count(
	    h, "SELECT id FROM event ORDER BY id DESC LIMIT 1");
	/* With all that the cut event left, as far as it can be undone: the
	 * letter and its numbers. */
	snprintf(text, sizeof(text),
	    "DELETE FROM letter WHERE id >> 36 = 1 AND event = %lld", head);
	meddle(h, text);
	snprintf(
	    text, sizeof(text), "DELETE FROM checkpoint WHERE id = %lld", head);
	meddle(h, text);
	snprintf(text, sizeof(text), "DELETE FROM event WHERE id = %lld", head);
	meddle(h, text);
	for (int i = 0; i < 2; i++) {
		damaged(h, "site 0 wrote it down");
		go(h);
	}
}

static void
a_chain_that_is_written_again_is_told_of_by_the_other_site(void **state)
{
	struct house *h = *state;
	unsigned char hash[32] = {7};
	struct sql_stmt *st;
	struct mr_call *c;

	log_heads(h);
	c = house_begin(h);
	st = sql_prepare(c,
	    SQL_SCAN "UPDATE event SET hash = :hash "
		     "WHERE id = (SELECT id FROM event "
		     "ORDER BY id DESC LIMIT 1)");
	sql_blob(st, ":hash", hash, sizeof(hash));
	assert_int_equal(sql_done(st), MR_OK);
	house_end(c);
	damaged(h, "another hash than site 0");
}

static void
a_site_row_and_a_letter_moved_from_outside_are_found(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	meddle(h, "UPDATE letter SET number = number + (1 << 24)");
	damaged(h, "changed without an event");
	meddle(h, "UPDATE letter SET number = number - (1 << 24)");
	sound(h);
	meddle(h, "UPDATE site SET city = 'Elsewhere' WHERE id = 1");
	damaged(h, "site 1");
}

static void
one_day_is_signed_at_each_site(void **state)
{
	struct house *h = *state;
	struct mr_error error;
	int64_t event = 0;

	h->now += MR_DAY_US;
	for (int i = 0; i < 2; i++) {
		event = 0;
		assert_int_equal(
		    mr_checkpoint_daily(h->mr, h->now, &event, &error), MR_OK);
		assert_int_not_equal(event, 0);
		event = 0;
		assert_int_equal(
		    mr_checkpoint_daily(h->mr, h->now, &event, &error), MR_OK);
		assert_int_equal(event, 0);
		go(h);
	}
	sound(h);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_site_has_its_number_its_key_and_a_chain_of_its_own),
	    TEST(a_site_that_cannot_be_leaves_nothing_behind),
	    TEST(without_keys_the_site_must_be_named),
	    TEST(lists_and_tills_are_of_one_site),
	    TEST(a_letter_that_is_taken_over_counts_at_one_site),
	    TEST(taken_over_at_night_it_counts_on_the_day_of_each),
	    TEST(it_leaves_with_the_paper_of_the_first_site),
	    TEST(the_money_goes_with_the_letter),
	    TEST(a_new_vault_key_serves_both_and_the_sheet_still_opens_both),
	    TEST(a_chain_that_is_cut_is_told_of_by_the_other_site),
	    TEST(a_chain_that_is_written_again_is_told_of_by_the_other_site),
	    TEST(a_site_row_and_a_letter_moved_from_outside_are_found),
	    TEST(one_day_is_signed_at_each_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
