/*
 * What a bench and staff do with a letter that is here: counted, flagged,
 * held, released, identified, refused, written by us; and two people at once.
 */
#include "test/mail.h"

#include "lib/enclosure.h"

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
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
	did(h, run(h, "letter finish", "letter", number, "sheets", "5", NULL),
	    "\"sheets\":5");
	/* The stub tells another number: a new one is due. */
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":1");
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
	    run(h, "enclosure add", "letter", number, "kind", "money", "money",
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
	    run(h, "letter flag", "letter", number, "flag", "M", "money", "20",
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
	    run(h, "enclosure add", "letter", number, "kind", "money", "money",
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

/* Who flags it as well, or scans its stub, did not hold it. */
static void
what_others_note_on_a_held_letter_does_not_release_it(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_set(h, "second-person", "now");
	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "threat", NULL),
	    "threat");
	mail_as(h, "val");
	did(h, run(h, "letter flag", "letter", number, "flag", "W", NULL), "");
	mail_as(h, NULL);
	refused(h, run(h, "letter release", "letter", number, NULL), MR_REFUSED,
	    "second person");
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

static void
legal_mail_stays_legal_mail_whatever_else_is_seen(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h, run(h, "letter flag", "letter", number, "flag", "L", NULL),
	    "Do not open it");
	did(h, run(h, "letter flag", "letter", number, "flag", "A", NULL),
	    "Do not open it");
	mail_as(h, "val");
	did(h, run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    "Do not open it");
	mail_as(h, NULL);
	stands(h, number, "held legal-mail");
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
	    MAIL_TEST(what_others_note_on_a_held_letter_does_not_release_it),
	    MAIL_TEST(with_two_people_later_it_stands_on_the_list),
	    MAIL_TEST(legal_mail_stays_legal_mail_whatever_else_is_seen),
	    MAIL_TEST(two_people_race_for_one_letter),
	};

	return cmocka_run_group_tests_name("letter steps", tests, NULL, NULL);
}
