/*
 * What a bench and staff do with a letter that is here: counted, flagged,
 * held, released, identified, refused, written by us; and two people at once.
 */
#include "test/mail.h"

#include "lib/enclosure.h"

static int64_t
counted(struct house *h, int what)
{
	return house_count(h,
	    what == MR_N_FROM_OUTSIDE ? SQL_SCAN
		"SELECT COALESCE(SUM(count), 0) FROM day_count "
		"WHERE what = 7"
		: what == MR_N_FROM_INSIDE
		? SQL_SCAN "SELECT COALESCE(SUM(count), 0) FROM day_count "
			   "WHERE what = 8"
		: SQL_SCAN "SELECT COALESCE(SUM(count), 0) FROM day_count "
			   "WHERE what = 1");
}

static void
finishing_again_mends_the_count(void **state)
{
	struct house *h = *state;
	char number[64];
	int64_t events;

	mail_receive(h, 1, MR_OUTSIDE, number);
	events = mail_events(h);
	did(h, run(h, "letter finish", "letter", number, "sheets", "2", NULL),
	    "\"sheets\":2");
	assert_int_equal(mail_events(h), events);
	did(h, run(h, "letter finish", "letter", number, "sheets", "5", NULL),
	    "\"sheets\":5");
	mail_seal(h, number);
	refused(h,
	    run(h, "letter finish", "letter", number, "sheets", "6", NULL),
	    MR_REFUSED, "sealed");
	refused(h, run(h, "letter finish", "letter", "A9", "sheets", "6", NULL),
	    MR_NOTFOUND, "A9");
	refused(h, run(h, "letter clear", "letter", number, NULL), MR_REFUSED,
	    "received");
}

static void
every_flag_holds_with_its_reason(void **state)
{
	static const char *const flags[][3] = {{"M", "money", "money"},
	    {"p", "photo", "photo"}, {"A", "moved", "moved"},
	    {"w", "wrong-name", "wrong-name"},
	    {"L", "legal-mail", "legal-mail"}};
	struct house *h = *state;
	char number[64], want[64];

	for (size_t i = 0; i < 5; i++)
		for (int key = 0; key < 2; key++) {
			mail_receive(h, 1, MR_OUTSIDE, number);
			did(h,
			    run(h, "letter flag", "letter", number, "flag",
				flags[i][key], NULL),
			    "\"verdict\":\"HELD\"");
			snprintf(want, sizeof(want), "held %s", flags[i][2]);
			stands(h, number, want);
		}
	refused(h, run(h, "letter flag", "letter", number, "flag", "B", NULL),
	    MR_INVALID, "letter back");
	refused(h, run(h, "letter flag", "letter", number, "flag", "", NULL),
	    MR_USAGE, "flag");
	refused(h,
	    run(h, "letter flag", "letter", number, "flag", "moneys", NULL),
	    MR_INVALID, "flags are");
	mail_seal(h, mail_receive(h, 1, MR_OUTSIDE, number));
	did(h, run(h, "batch close", NULL), "");
	refused(h, run(h, "letter flag", "letter", number, "flag", "M", NULL),
	    MR_REFUSED, "posted");
}

static void
release_wants_what_was_in_it_decided(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h, run(h, "letter flag", "letter", number, "flag", "M", NULL),
	    "held");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_REFUSED,
	    "enclosure add");
	did(h,
	    run(h, "enclosure add", "letter", number, "kind", "money", "cents",
		"20", NULL),
	    "E1");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_REFUSED,
	    "enclosure settle");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "bank");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
}

static void
with_two_people_now_money_waits_for_the_signature(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_set(h, "second-person", "now");
	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter flag", "letter", number, "flag", "M", "cents", "20",
		NULL),
	    "held");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    "forward");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_REFUSED,
	    "decide first");
	refused(h, run(h, "enclosure sign", "enclosure", "E1", NULL),
	    MR_REFUSED, "");
	mail_as(h, "sam");
	did(h, run(h, "enclosure sign", "enclosure", "E1", NULL), "sam");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
	mail_sound(h);
}

/* Written down without a flag: the letter still waits for the decision. */
static void
nothing_leaves_with_an_enclosure_that_nobody_decided_on(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_print(h, number);
	did(h,
	    run(h, "enclosure add", "letter", number, "kind", "money", "cents",
		"20", NULL),
	    "E1");
	assert_int_equal(run(h, "letter seal", "stub", number, NULL),
	    MR_REFUSED); /* by number: no */
	assert_int_equal(mail_try(h, number, "234"), MR_STOP);
	stands(h, number, "held money");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    "bank");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
	mail_seal(h, number);
	mail_receive(h, 2, MR_OUTSIDE, number);
	did(h, run(h, "enclosure add", "letter", number, "kind", "photo", NULL),
	    "E2");
	did(h, run(h, "sheet print", "letter", number, NULL),
	    "\"reason\":\"photo\"");
	stands(h, number, "held photo");
}

static void
a_volunteer_never_sees_a_safety_reason(void **state)
{
	static const char *const safety[] = {
	    "threat", "self-harm", "sexual", "substance"};
	struct house *h = *state;
	char number[64];

	mail_as(h, "val");
	for (size_t i = 0; i < 4; i++) {
		mail_receive(h, 1, MR_OUTSIDE, number);
		did(h,
		    run(h, "letter hold", "letter", number, "reason", safety[i],
			NULL),
		    "\"reason\":\"staff-query\"");
		did(h, MR_OK, "The coordinator has a question.");
		assert_null(strstr(h->answer, safety[i]));
		did(h, run(h, "letter show", "letter", number, NULL),
		    "staff-query");
		assert_null(strstr(h->answer, safety[i]));
		mail_as(h, "sam");
		did(h, run(h, "letter show", "letter", number, NULL),
		    safety[i]);
		mail_as(h, "val");
	}
	did(h, run(h, "letter reasons", NULL), "photo");
	for (size_t i = 0; i < 4; i++)
		assert_null(strstr(h->answer, safety[i]));
}

/* Whatever is said about such a letter afterwards, it stays with the
 * coordinator. */
static void
a_safety_hold_is_not_talked_away(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "self-harm",
		NULL),
	    "self-harm");
	mail_as(h, "val");
	did(h, run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    "\"reason\":\"staff-query\"");
	stands(h, number, "held self-harm");
	did(h, run(h, "letter flag", "letter", number, "flag", "photo", NULL),
	    "staff-query");
	stands(h, number, "held self-harm");
	assert_int_equal(mail_letter(h, number).marks, MR_MARK_PHOTO);
	did(h,
	    run(h, "letter identify", "letter", number, "pairing", "P2",
		"writer", "outside", NULL),
	    "staff-query");
	stands(h, number, "held self-harm");
	mail_as(h, "sam");
	refused(h,
	    run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    MR_DENIED, "coordinator");
	did(h,
	    run(h, "letter identify", "letter", number, "pairing", "P2",
		"writer", "outside", NULL),
	    "self-harm");
	stands(h, number, "held self-harm");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_REFUSED,
	    "enclosure");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    "forward");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_DENIED,
	    "coordinator");
	mail_as(h, NULL);
	did(h, run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    "photo");
	stands(h, number, "held photo");
}

static void
with_two_people_now_another_releases_a_safety_hold(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_set(h, "second-person", "now");
	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "threat", NULL),
	    "threat");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_REFUSED,
	    "second person");
	mail_as(h, "sam");
	refused(h, run(h, "letter release", "letter", number, NULL), MR_DENIED,
	    "coordinator");
	mail_as(h, "cora");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
}

static void
with_two_people_later_it_stands_on_the_list(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "threat", NULL),
	    "threat");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
	did(h, run(h, "day countersign", NULL), "S1");
	refused(h, run(h, "day sign", "signature", "S1", NULL), MR_REFUSED, "");
	mail_as(h, "cora");
	did(h, run(h, "day sign", "signature", "S1", NULL), "S1");
	mail_sound(h);
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

/* Both saw it cleared; the second is told. */
static void
two_people_race_for_one_letter(void **state)
{
	struct house *h = *state;
	struct mr_letter seen, now;
	struct mr_call *c;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	seen = mail_letter(h, number);
	did(h, run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    "held");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
	c = house_begin(h); /* the state is the same, the version is not */
	now = seen;
	now.state = MR_L_HELD;
	now.reason = MR_R_PHOTO;
	assert_int_equal(mr_letter_store(c, &seen, &now, NULL), MR_REFUSED);
	assert_non_null(strstr(h->error.message, "somebody else"));
	assert_int_equal(mr_end(c, MR_REFUSED), MR_REFUSED);
	mr_call_end(c);
	stands(h, number, "cleared");
	mail_sound(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(finishing_again_mends_the_count),
	    MAIL_TEST(every_flag_holds_with_its_reason),
	    MAIL_TEST(release_wants_what_was_in_it_decided),
	    MAIL_TEST(with_two_people_now_money_waits_for_the_signature),
	    MAIL_TEST(nothing_leaves_with_an_enclosure_that_nobody_decided_on),
	    MAIL_TEST(a_volunteer_never_sees_a_safety_reason),
	    MAIL_TEST(a_safety_hold_is_not_talked_away),
	    MAIL_TEST(with_two_people_now_another_releases_a_safety_hold),
	    MAIL_TEST(with_two_people_later_it_stands_on_the_list),
	    MAIL_TEST(a_volunteers_choice_waits_for_staff),
	    MAIL_TEST(identified_letters_count_by_who_wrote_them),
	    MAIL_TEST(
		identifying_does_not_release_what_was_held_for_its_contents),
	    MAIL_TEST(a_refused_letter_has_a_disposition),
	    MAIL_TEST(a_letter_turned_round_goes_to_its_writer),
	    MAIL_TEST(what_is_not_known_cannot_turn_round),
	    MAIL_TEST(an_office_letter_is_cleared_and_goes_its_way),
	    MAIL_TEST(what_was_not_posted_is_cleared_again),
	    MAIL_TEST(two_people_race_for_one_letter),
	};

	return cmocka_run_group_tests_name("letter steps", tests, NULL, NULL);
}
