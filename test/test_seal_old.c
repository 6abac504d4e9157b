/*
 * The match before gluing, later: old copies, old addresses, old IDs are told
 * from the newest; what was asked before is answered as before.
 */
#include "test/stuffing.h"

static void
old_copies_are_old_pages(void **state)
{
	struct house *h = *state;
	struct paper_of old;
	int64_t events;

	mail_receive(h, 1, MR_INSIDE, old.number);
	mail_print(h, old.number);
	lay_out(h, &old);
	did(h, run(h, "sheet print", "letter", old.number, NULL),
	    "\"printed\":1");
	events = mail_events(h);
	assert_int_equal(
	    run(h, "letter seal", "stub", old.stub, NULL), MR_STOP);
	assert_non_null(strstr(h->answer, "\"verdict\":\"OLD PAGE\""));
	assert_int_equal(mail_events(h), events + 1);
	mail_scan(h, old.number, MR_PAYLOAD_STUB, 2, old.stub);
	did(h, run(h, "envelope print", "letter", old.number, NULL),
	    "\"printed\":1");
	assert_int_equal(
	    run(h, "letter seal", "stub", old.stub, "envelope", old.scan, NULL),
	    MR_STOP);
	assert_non_null(strstr(h->answer, "OLD PAGE"));
	stands(h, old.number, "cleared");
	mail_scan(h, old.number, MR_PAYLOAD_ENVELOPE, 2, old.scan);
	did(h,
	    run(h, "letter seal", "stub", old.stub, "envelope", old.scan, NULL),
	    "MATCH");
	mail_sound(h);
}

static void
an_address_that_moved_makes_the_envelope_void(void **state)
{
	struct house *h = *state;
	struct paper_of p;

	mail_receive(h, 1, MR_OUTSIDE, p.number);
	mail_print(h, p.number);
	lay_out(h, &p);
	did(h,
	    run(h, "correspondent move", "person", "C4", "facility", "BEN",
		NULL),
	    "");
	assert_int_equal(
	    run(h, "letter seal", "stub", p.stub, "envelope", p.corner, NULL),
	    MR_STOP);
	assert_non_null(strstr(h->answer, "OLD PAGE"));
	stands(h, p.number, "cleared");
	did(h, run(h, "envelope print", "cleared", "", NULL),
	    "\"printed\":1"); /* the run knows that it is void */
	/* The corner is the same on both: the ZIP tells them apart. */
	refused(h,
	    run(h, "letter seal", "stub", p.stub, "envelope", p.corner, NULL),
	    MR_UNTOLD, "--zip");
	assert_int_equal(run(h, "letter seal", "stub", p.stub, "envelope",
			     p.corner, "zip", "35442", NULL),
	    MR_STOP);
	assert_non_null(strstr(h->answer, "OLD PAGE"));
	assert_int_equal(run(h, "letter seal", "stub", p.stub, "envelope",
			     p.corner, "zip", "2", NULL),
	    MR_STOP);
	did(h,
	    run(h, "letter seal", "stub", p.stub, "envelope", p.corner, "zip",
		"29512", NULL),
	    "MATCH");
	mail_sound(h);
}

static void
an_outside_envelope_of_two_addresses_is_scanned(void **state)
{
	struct house *h = *state;
	struct paper_of p;

	mail_receive(h, 1, MR_INSIDE, p.number);
	mail_print(h, p.number);
	did(h,
	    run(h, "correspondent move", "person", "C1", "street",
		"14 Willow Way", "city", "Quillet", "state", "WA", "zip",
		"98101", NULL),
	    "");
	did(h, run(h, "envelope print", "letter", p.number, NULL),
	    "\"printed\":1");
	lay_out(h, &p);
	refused(h,
	    run(h, "letter seal", "stub", p.stub, "envelope", p.corner, NULL),
	    MR_REFUSED, "scan the one of letter");
	did(h, run(h, "letter seal", "stub", p.stub, "envelope", p.scan, NULL),
	    "MATCH");
}

static void
an_old_envelope_of_another_letter_is_told_by_its_zip(void **state)
{
	struct house *h = *state;
	struct paper_of p, next;

	mail_receive(h, 1, MR_OUTSIDE, p.number);
	mail_print(h, p.number);
	did(h,
	    run(h, "correspondent move", "person", "C4", "facility", "BEN",
		NULL),
	    "");
	mail_receive(h, 1, MR_OUTSIDE, next.number);
	mail_print(h, next.number);
	lay_out(h, &next);
	/* The first letter's envelope has the same corner. */
	refused(h,
	    run(h, "letter seal", "stub", next.stub, "envelope", next.corner,
		NULL),
	    MR_UNTOLD, "--zip");
	assert_int_equal(run(h, "letter seal", "stub", next.stub, "envelope",
			     next.corner, "zip", "35442", NULL),
	    MR_STOP);
	did(h,
	    run(h, "letter seal", "stub", next.stub, "envelope", next.corner,
		"zip", "29512", NULL),
	    "MATCH");
	mail_sound(h);
}

static void
an_envelope_of_nineteen_prints_ago_is_old(void **state)
{
	struct house *h = *state;
	struct paper_of p;
	char old[32];

	mail_receive(h, 1, MR_INSIDE, p.number);
	mail_print(h, p.number);
	mail_scan(h, p.number, MR_PAYLOAD_ENVELOPE, 1, old);
	did(h,
	    run(h, "correspondent move", "person", "C1", "street",
		"14 Willow Way", "city", "Quillet", "state", "WA", "zip",
		"98101", NULL),
	    "");
	for (int i = 0; i < 19; i++)
		did(h, run(h, "envelope print", "letter", p.number, NULL),
		    "\"printed\":1");
	lay_out(h, &p);
	assert_string_equal(old, p.scan);
	assert_int_equal(
	    run(h, "letter seal", "stub", p.stub, "envelope", old, NULL),
	    MR_STOP);
	assert_non_null(strstr(h->answer, "OLD PAGE"));
	did(h, run(h, "envelope print", "letter", p.number, NULL),
	    "\"printed\":1");
	lay_out(h, &p);
	did(h, run(h, "letter seal", "stub", p.stub, "envelope", p.scan, NULL),
	    "MATCH");
}

static void
a_rotated_id_makes_the_envelope_void(void **state)
{
	struct house *h = *state;
	struct paper_of p;

	mail_receive(h, 1, MR_OUTSIDE, p.number);
	mail_print(h, p.number);
	lay_out(h, &p);
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		NULL),
	    "");
	assert_int_equal(
	    run(h, "letter seal", "stub", p.stub, "envelope", p.corner, NULL),
	    MR_STOP);
	assert_non_null(strstr(h->answer, "OLD PAGE"));
}

static void
what_must_not_go_any_more_stops_and_is_held(void **state)
{
	struct house *h = *state;
	struct paper_of p;

	mail_receive(h, 1, MR_OUTSIDE, p.number);
	mail_print(h, p.number);
	lay_out(h, &p);
	did(h, run(h, "pairing pause", "pairing", "P1", "reason", "away", NULL),
	    "");
	assert_int_equal(
	    run(h, "letter seal", "stub", p.stub, "envelope", p.corner, NULL),
	    MR_STOP);
	assert_non_null(strstr(h->answer, "\"verdict\":\"HELD\""));
	stands(h, p.number, "held paused");
	mail_sound(h);
}

static void
a_stop_asked_again_stops_again_and_is_written_once(void **state)
{
	struct house *h = *state;
	char first[sizeof(h->answer)], scan[32];
	char number[64], other[64];
	int64_t events;

	mail_receive(h, 1, MR_INSIDE, number);
	mail_receive(h, 2, MR_INSIDE, other);
	mail_print(h, number);
	mail_print(h, other);
	mail_scan(h, other, MR_PAYLOAD_ENVELOPE, 1, scan);
	h->request = "s1";
	assert_int_equal(mail_try(h, number, scan), MR_STOP);
	memcpy(first, h->answer, sizeof(first));
	events = mail_events(h);
	assert_int_equal(mail_try(h, number, scan), MR_STOP);
	assert_string_equal(h->answer, first);
	assert_int_equal(mail_events(h), events);
	h->request = "s2";
	mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 1, scan);
	did(h, mail_try(h, number, scan), "MATCH");
	memcpy(first, h->answer, sizeof(first));
	h->request = NULL;
	did(h, run(h, "batch close", NULL), "");
	h->request = "s2";
	did(h, mail_try(h, number, scan), "MATCH");
	assert_string_equal(h->answer, first);
	h->request = "s1"; /* it stopped then, and stops now */
	mail_scan(h, other, MR_PAYLOAD_ENVELOPE, 1, scan);
	assert_int_equal(mail_try(h, number, scan), MR_STOP);
	h->request = NULL;
	stands(h, number, "posted");
	mail_sound(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(old_copies_are_old_pages),
	    MAIL_TEST(an_address_that_moved_makes_the_envelope_void),
	    MAIL_TEST(an_outside_envelope_of_two_addresses_is_scanned),
	    MAIL_TEST(an_old_envelope_of_another_letter_is_told_by_its_zip),
	    MAIL_TEST(an_envelope_of_nineteen_prints_ago_is_old),
	    MAIL_TEST(a_rotated_id_makes_the_envelope_void),
	    MAIL_TEST(what_must_not_go_any_more_stops_and_is_held),
	    MAIL_TEST(a_stop_asked_again_stops_again_and_is_written_once),
	};

	return cmocka_run_group_tests_name("seal old", tests, NULL, NULL);
}
