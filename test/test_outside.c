/*
 * What was printed before the match: a label, a window or a code does not go
 * where it is no longer taken, nothing is drawn by rows that were changed in
 * the file, and no envelope follows an old stub.
 */
#include "test/route.h"

/* "OLD PAGE" at the match, a fresh one from the run, then it leaves. */
static void
is_printed_again(struct house *h, const char *number, const char *why)
{
	char scan[32];

	assert_int_equal(
	    run(h, "letter seal", "stub",
		mail_scan(h, number, MR_PAYLOAD_STUB, 1, scan), NULL),
	    MR_STOP);
	assert_non_null(strstr(h->answer, "\"verdict\":\"OLD PAGE\""));
	assert_non_null(strstr(h->answer, why));
	stands(h, number, "cleared");
	did(h, run(h, "envelope print", "cleared", "yes", NULL),
	    "\"printed\":1");
	did(h, mail_try(h, number, mail_envelope(h, number, scan)),
	    "\"verdict\":\"MATCH\"");
	mail_sound(h);
}

static void
a_label_is_not_glued_once_the_facility_refuses_labels(void **state)
{
	struct house *h = *state;
	char number[64];

	rule(h, "labels", "yes");
	letter(h, "2", number);
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
	did(h,
	    run(h, "label print", "letter", number, "stock", "avery-5163",
		NULL),
	    "\"printed\":1");
	rule(h, "labels", "no");
	is_printed_again(h, number, "takes no adhesive labels");
}

static void
a_code_does_not_go_in_once_the_facility_takes_it_back(void **state)
{
	struct house *h = *state;
	char number[64];

	rule(h, "code_on_piece", "yes");
	letter(h, "2", number);
	mail_print(h, number);
	rule(h, "code_on_piece", "no");
	is_printed_again(h, number, "takes no code");
}

static void
a_window_does_not_go_in_on_a_day_that_forbids_it(void **state)
{
	struct house *h = *state;
	char number[64], scan[32];

	rule(h, "window", "yes");
	did(h,
	    run(h, "facility rule", "code", "ALI", "rule", "window", "value",
		"no", "from", "2026-11-24", "source", "their letter", NULL),
	    "no");
	letter(h, "2", number);
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
	did(h,
	    run(h, "envelope print", "letter", number, "envelope", "10-window",
		NULL),
	    "\"printed\":1");
	did(h,
	    run(h, "letter seal", "stub",
		mail_scan(h, number, MR_PAYLOAD_STUB, 1, scan), NULL),
	    "\"verdict\":\"STUB\"");
	later(h, 86400);
	is_printed_again(h, number, "takes no envelope with a window");
}

static void
an_envelope_outlives_rules_that_it_keeps(void **state)
{
	struct house *h = *state;
	char number[64], scan[32];

	letter(h, "2", number);
	mail_print(h, number);
	rule(h, "labels", "yes");
	rule(h, "window", "yes");
	rule(h, "largest_envelope", "10");
	rule(h, "code_on_piece", "yes");
	rule(h, "max_sheets", "4");
	did(h, mail_try(h, number, mail_envelope(h, number, scan)),
	    "\"verdict\":\"MATCH\"");
}

/* Somebody opens the way in the file itself. */
static void
a_rule_changed_from_outside_lets_nothing_be_printed(void **state)
{
	struct house *h = *state;
	struct mr_call *c;
	char number[64];

	letter(h, "2", number);
	c = house_begin(h);
	assert_int_equal(sql_done(sql_prepare(c,
			     SQL_SCAN "UPDATE facility_rule SET value = 1 "
				      "WHERE rule = 2")),
	    MR_OK);
	house_end(c);
	assert_int_equal(
	    run(h, "envelope print", "letter", number, NULL), MR_DAMAGED);
}

/* Whose pen name stands on the page, whose language a rule asks for. */
static void
a_writer_changed_from_outside_is_not_printed(void **state)
{
	struct house *h = *state;
	struct mr_call *c;
	char number[64];

	letter(h, "2", number);
	c = house_begin(h);
	assert_int_equal(
	    sql_done(sql_prepare(c,
		SQL_SCAN "UPDATE correspondent SET pen_name = 'Somebody' "
			 "WHERE id = 1")),
	    MR_OK);
	house_end(c);
	assert_int_equal(
	    run(h, "sheet print", "letter", number, NULL), MR_DAMAGED);
}

/* Nor does setting it once more cover the traces. */
static void
a_rule_changed_from_outside_cannot_be_set_over(void **state)
{
	struct house *h = *state;
	struct mr_call *c;

	rule(h, "max_sheets", "6");
	c = house_begin(h);
	assert_int_equal(sql_done(sql_prepare(c,
			     SQL_SCAN "UPDATE facility_rule SET value = 60 "
				      "WHERE rule = 5")),
	    MR_OK);
	house_end(c);
	assert_int_equal(
	    run(h, "facility rule", "code", "ALI", "rule", "max_sheets",
		"value", "6", "source", "their letter of today", NULL),
	    MR_DAMAGED);
	assert_int_equal(
	    run(h, "facility rule", "code", "ALI", "rule", "max_sheets",
		"value", "60", "source", "their letter of today", NULL),
	    MR_DAMAGED);
}

/* Two sheets of one letter in a pile, and the upper one is the old one. */
static void
no_envelope_follows_an_old_stub(void **state)
{
	struct house *h = *state;
	char number[64], stub[32];

	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
	refused(h,
	    run(h, "envelope print", "letter",
		mail_scan(h, number, MR_PAYLOAD_STUB, 1, stub), NULL),
	    MR_REFUSED,
	    "an old stub of letter A1: a newer sheet of it was printed");
	refused(h,
	    run(h, "label print", "letter", stub, "stock", "avery-5163", NULL),
	    MR_REFUSED, "an old stub of letter A1");
	assert_int_equal(mail_letter(h, number).envelope_copy, 0);
	did(h,
	    run(h, "envelope print", "letter",
		mail_scan(h, number, MR_PAYLOAD_STUB, 2, stub), NULL),
	    "\"printed\":1");
	/* A lost sheet is printed again from whatever stub is there. */
	did(h,
	    run(h, "sheet print", "letter",
		mail_scan(h, number, MR_PAYLOAD_STUB, 1, stub), NULL),
	    "\"printed\":1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(a_label_is_not_glued_once_the_facility_refuses_labels),
	    MAIL_TEST(a_code_does_not_go_in_once_the_facility_takes_it_back),
	    MAIL_TEST(a_window_does_not_go_in_on_a_day_that_forbids_it),
	    MAIL_TEST(an_envelope_outlives_rules_that_it_keeps),
	    MAIL_TEST(a_rule_changed_from_outside_lets_nothing_be_printed),
	    MAIL_TEST(a_writer_changed_from_outside_is_not_printed),
	    MAIL_TEST(a_rule_changed_from_outside_cannot_be_set_over),
	    MAIL_TEST(no_envelope_follows_an_old_stub),
	};

	return cmocka_run_group_tests_name("outside", tests, NULL, NULL);
}
