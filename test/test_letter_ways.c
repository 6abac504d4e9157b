/* Letters that take another way: identified, refused, turned round, ours. */
#include "test/mail.h"
#include "lib/enclosure.h"

static int64_t
counted(struct house *h, int what)
{
	return house_count(h,
	    what == MR_N_FROM_OUTSIDE ? SQL_SCAN
		"SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM day_count "
		"WHERE what = 7"
		: what == MR_N_FROM_INSIDE ? SQL_SCAN
		"SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM day_count "
		"WHERE what = 8"
					   : SQL_SCAN
		"SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM day_count "
		"WHERE what = 1");
}

static void
a_volunteers_choice_waits_for_staff(void **state)
{
	struct house *h = *state;

	mail_as(h, "val");
	did(h, run(h, "letter receive", "no_id", "", "sheets", "1", NULL),
	    "A1");
	refused(h, run(h, "letter identify", "letter", "A1", NULL), MR_USAGE,
	    "--pairing");
	refused(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P1", NULL),
	    MR_USAGE, "--writer");
	refused(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P9", "writer",
		"inside", NULL),
	    MR_NOTFOUND, "P9");
	did(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P1", "writer",
		"inside", NULL),
	    "\"reason\":\"confirm-identity\"");
	did(h, MR_OK, "\"direction\":\"to outside\"");
	mail_as(h, "sam");
	/* Not Maria's after all. */
	did(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P1", "writer",
		"outside", NULL),
	    "\"direction\":\"to inside\"");
	stands(h, "A1", "cleared");
	assert_int_equal(counted(h, MR_N_FROM_OUTSIDE), 1);
	assert_int_equal(counted(h, MR_N_FROM_INSIDE), 0);
	refused(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P1", "writer",
		"outside", NULL),
	    MR_REFUSED, "only an unidentified");
}

/* Counted before it was known whose it is, it is cleared in the same step. */
static void
the_answer_is_where_identifying_left_it(void **state)
{
	struct house *h = *state;

	mail_set(h, "screening", "open");
	did(h, run(h, "letter receive", "no_id", "", "sheets", "1", NULL),
	    "A1");
	did(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P1", "writer",
		"outside", NULL),
	    "\"state\":\"cleared\"");
	stands(h, "A1", "cleared");
}

/* The day's and the month's numbers by who wrote. */
static void
identified_letters_count_by_who_wrote_them(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter receive", "no_id", "", NULL), "A1");
	assert_int_equal(counted(h, MR_N_FROM_INSIDE), 0);
	did(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P1", "writer",
		"inside", NULL),
	    "received");
	assert_int_equal(counted(h, MR_N_FROM_INSIDE), 1);
	did(h,
	    run(h, "letter refuse", "letter", "A1", "disposition",
		"logged-by-mistake", NULL),
	    "closed");
	assert_int_equal(counted(h, MR_N_FROM_INSIDE), 0);
	assert_int_equal(counted(h, MR_N_PIECES), 0);
}

/* Whose it is says nothing about what is in it. */
static void
identifying_does_not_release_what_was_held_for_its_contents(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter receive", "no_id", "", "sheets", "1", NULL),
	    "A1");
	did(h, run(h, "letter identify", "letter", "A1", "person", "C2", NULL),
	    "no-pairing");
	did(h,
	    run(h, "letter hold", "letter", "A1", "reason", "contact-details",
		NULL),
	    "contact-details");
	did(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P2", "writer",
		"outside", NULL),
	    "\"pairing\":\"P2\"");
	stands(h, "A1", "held contact-details");
	did(h, run(h, "letter release", "letter", "A1", NULL), "cleared");
	did(h, run(h, "letter receive", "no_id", "", "sheets", "1", NULL),
	    "A2");
	did(h, run(h, "letter flag", "letter", "A2", "flag", "L", NULL),
	    "unidentified");
	did(h,
	    run(h, "letter identify", "letter", "A2", "pairing", "P2", "writer",
		"outside", NULL),
	    "\"reason\":\"legal-mail\"");
}

static void
a_refused_letter_has_a_disposition(void **state)
{
	static const char *const how[] = {"handed-back", "thrown-away",
	    "destroyed", "given-to-authority", "logged-by-mistake", "lost"};
	struct house *h = *state;
	char number[64], want[64];

	for (size_t i = 0; i < 6; i++) {
		mail_receive(h, 1, MR_OUTSIDE, number);
		refused(h,
		    run(h, "letter refuse", "letter", number, "disposition",
			how[i], NULL),
		    MR_REFUSED, "hold it first");
		did(h,
		    run(h, "letter hold", "letter", number, "reason",
			"third-party", NULL),
		    "held");
		did(h,
		    run(h, "letter refuse", "letter", number, "disposition",
			how[i], NULL),
		    "closed");
		snprintf(want, sizeof(want), "closed %s", how[i]);
		stands(h, number, want);
		refused(h,
		    run(h, "letter refuse", "letter", number, "disposition",
			how[i], NULL),
		    MR_REFUSED, "no longer");
		did(h, run(h, "letter reopen", "letter", number, NULL),
		    "\"reason\":\"staff-query\"");
		did(h, run(h, "letter release", "letter", number, NULL),
		    "cleared");
	}
	did(h, run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    "held");
	refused(h, run(h, "letter refuse", "letter", number, NULL), MR_USAGE,
	    "--back");
	refused(h,
	    run(h, "letter refuse", "letter", number, "disposition", "lost",
		"back", "", NULL),
	    MR_USAGE, "--back");
	refused(h,
	    run(h, "letter refuse", "letter", number, "disposition",
		"same-as-anothers", NULL),
	    MR_USAGE, "--back");
	mail_sound(h);
}

static void
a_letter_turned_round_goes_to_its_writer(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "third-party",
		NULL),
	    "held");
	did(h, run(h, "letter refuse", "letter", number, "back", "", NULL),
	    "\"state\":\"cleared\",\"reason\":null,\"way\":\"back\"");
	did(h, MR_OK, "\"to\":\"Wren AA\"");
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	stands(h, number, "posted");
	did(h, run(h, "letter receive", "no_id", "", NULL), "");
	refused(h, run(h, "letter refuse", "letter", "A2", "back", "", NULL),
	    MR_REFUSED, "hold it first");
	mail_sound(h);
}

static void
what_is_not_known_cannot_turn_round(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter back", NULL), "A1");
	did(h,
	    run(h, "letter refuse", "letter", "A1", "disposition",
		"thrown-away", NULL),
	    "closed");
	did(h, run(h, "letter reopen", "letter", "A1", NULL), "held");
	refused(h, run(h, "letter refuse", "letter", "A1", "back", "", NULL),
	    MR_REFUSED, "nobody knows whose it is");
}

static void
an_office_letter_is_cleared_and_goes_its_way(void **state)
{
	struct house *h = *state;

	refused(h, run(h, "letter new", "to", "C1", "form", "greetings", NULL),
	    MR_INVALID, "add-your-id");
	refused(h,
	    run(h, "letter new", "to", "C99", "form", "add-your-id", NULL),
	    MR_NOTFOUND, "C99");
	did(h, run(h, "letter new", "to", "C1", "form", "add-your-id", NULL),
	    "\"number\":\"A1\",\"state\":\"cleared\"");
	did(h, MR_OK, "\"way\":\"office\"");
	did(h, MR_OK, "\"from\":null,\"to\":\"Wren AA\"");
	did(h, run(h, "letter print", "letter", "A1", NULL), "\"printed\":1");
	mail_seal(h, "A1");
	did(h, run(h, "letter new", "to", "C4", "form", "add-your-id", NULL),
	    "A2");
	did(h, run(h, "letter print", "letter", "A2", NULL), "\"printed\":1");
	mail_seal(h, "A2");
	did(h, run(h, "batch close", NULL), "\"letters\":2");
	mail_sound(h);
}

static void
what_was_not_posted_is_cleared_again(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	refused(h, run(h, "letter unpost", "letter", number, NULL), MR_REFUSED,
	    "posted");
	refused(h, run(h, "letter unseal", "letter", number, NULL), MR_REFUSED,
	    "sealed");
	mail_seal(h, number);
	did(h, run(h, "letter unseal", "letter", number, NULL),
	    "\"reason\":\"unsealed\"");
	did(h, MR_OK, "\"batch\":null");
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	did(h, run(h, "letter unpost", "letter", number, NULL),
	    "\"reason\":\"not-posted\"");
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	stands(h, number, "posted");
	mail_sound(h);
}

/* Until it is posted, it is in the box; and it goes back once. */
static void
money_on_its_way_back_is_still_here(void **state)
{
	struct house *h = *state;
	char held[64];

	did(h, run(h, "day open", "pieces", "1", NULL), "");
	mail_receive(h, 1, MR_OUTSIDE, held);
	did(h,
	    run(h, "enclosure add", "letter", held, "kind", "money", "money",
		"20", NULL),
	    "E1");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    "");
	did(h, run(h, "day balance", NULL), "\"money\":\"0.00\"");
	did(h,
	    run(h, "letter new", "form", "enclosure-returned", "enclosure",
		"E1", NULL),
	    "\"number\":\"A2\"");
	did(h, run(h, "day balance", NULL), "\"money\":\"20.00\"");
	refused(h,
	    run(h, "letter new", "form", "enclosure-returned", "enclosure",
		"E1", NULL),
	    MR_REFUSED, "goes back with letter A2");
	did(h,
	    run(h, "letter hold", "letter", "A2", "reason", "staff-query",
		NULL),
	    "held");
	did(h,
	    run(h, "letter refuse", "letter", "A2", "disposition",
		"logged-by-mistake", NULL),
	    "closed");
	did(h, run(h, "day balance", NULL), "\"money\":\"0.00\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(a_volunteers_choice_waits_for_staff),
	    MAIL_TEST(the_answer_is_where_identifying_left_it),
	    MAIL_TEST(identified_letters_count_by_who_wrote_them),
	    MAIL_TEST(
		identifying_does_not_release_what_was_held_for_its_contents),
	    MAIL_TEST(a_refused_letter_has_a_disposition),
	    MAIL_TEST(a_letter_turned_round_goes_to_its_writer),
	    MAIL_TEST(what_is_not_known_cannot_turn_round),
	    MAIL_TEST(an_office_letter_is_cleared_and_goes_its_way),
	    MAIL_TEST(what_was_not_posted_is_cleared_again),
	    MAIL_TEST(money_on_its_way_back_is_still_here),
	};

	return cmocka_run_group_tests_name("letter steps", tests, NULL, NULL);
}
