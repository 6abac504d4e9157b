/*
 * Undo: one's own last step at this station, within ten minutes; and what
 * came back from the post, which is no undoing.
 */
#include "test/mail.h"

#include "lib/enclosure.h"

/* The step is taken back: the letter is as it was, the books are sound. */
static void
undone(struct house *h, const char *number, const char *want)
{
	did(h, run(h, "letter undo", NULL), "\"verdict\":\"UNDONE\"");
	stands(h, number, want);
	mail_sound(h);
}

static int64_t
in_hand(struct house *h)
{
	struct mr_call *c = house_begin(h);
	int64_t cents = -1;

	assert_int_equal(mr_money_in_hand(c, &cents), MR_OK);
	house_end(c);
	return cents;
}

static void
receiving_is_taken_back_as_if_it_had_never_been(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h, run(h, "letter undo", NULL), "Strike the number out");
	stands(h, number, "closed logged-by-mistake");
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT CAST(SUM(count) AS BIGINT) FROM day_count"),
	    0);
	refused(
	    h, run(h, "letter undo", NULL), MR_REFUSED, "nothing to take back");
	mail_receive(h, 1, MR_OUTSIDE, number);
	assert_string_equal(number, "A2"); /* a number is not used twice */
	mail_sound(h);
}

static void
steps_are_taken_back_one_by_one(void **state)
{
	struct house *h = *state;
	char id[32];

	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_OUTSIDE, id), NULL),
	    "A1");
	did(h, run(h, "letter finish", "letter", "A1", "sheets", "3", NULL),
	    "cleared");
	did(h,
	    run(h, "letter hold", "letter", "A1", "reason", "request", "until",
		"2026-12-01", NULL),
	    "held");
	did(h,
	    run(h, "letter hold", "letter", "A1", "reason", "language", NULL),
	    "language");
	did(h, run(h, "letter release", "letter", "A1", NULL), "cleared");
	undone(h, "A1", "held language");
	undone(h, "A1", "held request");
	assert_int_equal(mail_letter(h, "A1").until, mr_day_of(h->now) + 8);
	undone(h, "A1", "cleared");
	undone(h, "A1", "received");
	assert_int_equal(mail_letter(h, "A1").sheets, -1);
	did(h, run(h, "letter undo", NULL), "Strike the number out");
	refused(
	    h, run(h, "letter undo", NULL), MR_REFUSED, "nothing to take back");
	mail_sound(h);
}

/* The photo that was flagged was never there. */
static void
a_flag_is_taken_back_with_what_it_noted(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter flag", "letter", number, "flag", "M", "money", "20",
		NULL),
	    "held");
	assert_int_equal(in_hand(h), 2000);
	undone(h, number, "cleared");
	assert_int_equal(mail_letter(h, number).marks, 0);
	assert_int_equal(in_hand(h), 0);
	did(h, run(h, "enclosure list", "open", "", NULL), "[]");
	refused(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition", "bank",
		NULL),
	    MR_REFUSED, "mistake");
	mail_seal(h, number);
	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h, run(h, "letter flag", "letter", number, "flag", "P", NULL),
	    "held");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E2", "disposition",
		"destroyed", NULL),
	    "destroyed");
	refused(h, run(h, "letter undo", NULL), MR_REFUSED, "enclosure");
	stands(h, number, "held photo");
}

static void
sealing_and_unsealing_are_taken_back(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_seal(h, number);
	undone(h, number, "cleared");
	assert_int_equal(mail_letter(h, number).batch, 0);
	refused(h, run(h, "letter undo", NULL), MR_REFUSED,
	    "is printed, what is posted is posted. Was it the count?");
	did(h,
	    mail_try(h, number,
		mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 1, (char[32]){0})),
	    "MATCH");
	did(h, run(h, "letter unseal", "letter", number, NULL), "cleared");
	undone(h, number, "sealed");
	assert_int_equal(mail_letter(h, number).batch, 1);
	did(h, run(h, "batch close", NULL), "\"letters\":1");
	mail_sound(h);
}

static void
a_stop_is_nothing_to_take_back(void **state)
{
	struct house *h = *state;
	char number[64], other[64], scan[32];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_receive(h, 2, MR_INSIDE, other);
	mail_print(h, number);
	mail_print(h, other);
	assert_int_equal(mail_try(h, number,
			     mail_scan(h, other, MR_PAYLOAD_ENVELOPE, 1, scan)),
	    MR_STOP);
	refused(h, run(h, "letter undo", NULL), MR_REFUSED,
	    "what is printed is printed");
	stands(h, number, "cleared");
	stands(h, other, "cleared");
	h->now += 11 * 60 * INT64_C(1000000);
	assert_int_equal(mail_try(h, number,
			     mail_scan(h, other, MR_PAYLOAD_ENVELOPE, 1, scan)),
	    MR_STOP);
	refused(
	    h, run(h, "letter undo", NULL), MR_REFUSED, "nothing to take back");
	stands(h, number, "cleared");
}

static void
what_was_refused_or_reopened_is_taken_back(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "request", NULL),
	    "held");
	did(h,
	    run(h, "letter refuse", "letter", number, "disposition",
		"thrown-away", NULL),
	    "closed");
	undone(h, number, "held request");
	did(h,
	    run(h, "letter refuse", "letter", number, "disposition",
		"thrown-away", NULL),
	    "closed");
	did(h, run(h, "letter reopen", "letter", number, NULL), "held");
	undone(h, number, "closed thrown-away");
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT CAST(SUM(count) AS BIGINT) "
				      "FROM day_count WHERE what = 6"),
	    1); /* thrown once */
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT CAST(SUM(count) AS BIGINT) "
				      "FROM day_count WHERE what = 10"),
	    0);
	did(h, run(h, "letter reopen", "letter", number, NULL), "held");
	did(h, run(h, "letter refuse", "letter", number, "back", "", NULL),
	    "\"way\":\"back\"");
	did(h, run(h, "letter undo", NULL), "\"way\":\"forward\"");
	stands(h, number, "held staff-query");
	did(h,
	    run(h, "letter refuse", "letter", number, "disposition",
		"logged-by-mistake", NULL),
	    "closed");
	did(h, run(h, "letter reopen", "letter", number, NULL), "held");
	undone(h, number, "closed logged-by-mistake");
}

static void
coming_back_and_not_being_posted_are_taken_back(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	refused(h, run(h, "letter undo", NULL), MR_REFUSED, "posted is posted");
	/* It reached us once more, and gets a number of today. */
	did(h, run(h, "letter back", "letter", number, NULL), "A2. Blue tray");
	stands(h, "A2", "returned not-looked-at");
	undone(h, number, "posted");
	did(h, run(h, "letter unpost", "letter", number, NULL), "cleared");
	undone(h, number, "posted");
	assert_int_equal(mail_letter(h, number).batch, 1);
	did(h, run(h, "letter back", NULL), "CAME BACK");
	did(h, run(h, "letter undo", NULL), "Strike the number out");
	stands(h, "A3", "closed logged-by-mistake");
	mail_sound(h);
}

static void
prints_and_closed_batches_are_not_taken_back(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h, run(h, "sheet print", "letter", number, NULL), "");
	refused(h, run(h, "letter undo", NULL), MR_REFUSED,
	    "what is printed is printed");
	did(h, run(h, "envelope print", "letter", number, NULL), "");
	refused(h, run(h, "letter undo", NULL), MR_REFUSED,
	    "what is printed is printed");
}

static void
only_ones_own_step_at_this_station_within_ten_minutes(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_as(h, "val");
	refused(
	    h, run(h, "letter undo", NULL), MR_REFUSED, "nothing to take back");
	mail_as(h, NULL);
	h->station = 'B';
	refused(
	    h, run(h, "letter undo", NULL), MR_REFUSED, "nothing to take back");
	h->station = 0;
	h->now += 600 * INT64_C(1000000) + 1;
	refused(
	    h, run(h, "letter undo", NULL), MR_REFUSED, "nothing to take back");
	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_as(h, "sam"); /* somebody moved it on since */
	did(h, run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    "held");
	mail_as(h, NULL);
	refused(h, run(h, "letter undo", NULL), MR_REFUSED, "has moved on");
	stands(h, number, "held photo");
	mail_receive(h, 1, MR_OUTSIDE, number);
	h->now += 600 * INT64_C(1000000);
	did(h, run(h, "letter undo", NULL), "Strike");
}

static void
whose_it_is_is_not_taken_back(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter receive", "no_id", "", NULL), "A1");
	did(h,
	    run(h, "letter identify", "letter", "A1", "pairing", "P1", "writer",
		"inside", NULL),
	    "received");
	refused(h, run(h, "letter undo", NULL), MR_REFUSED, "");
	stands(h, "A1", "received");
}

static void
an_undo_asked_twice_is_done_once(void **state)
{
	struct house *h = *state;
	char number[64], first[sizeof(h->answer)];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h, run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    "held");
	h->request = "u1";
	did(h, run(h, "letter undo", NULL), "UNDONE");
	memcpy(first, h->answer, sizeof(first));
	did(h, run(h, "letter undo", NULL), "UNDONE");
	assert_string_equal(h->answer, first);
	h->request = NULL;
	stands(h, number, "cleared");
}

/* A post of ours, and where its envelope went. */
static void
posted(struct house *h, int kind, char number[64])
{
	mail_receive(h, 1, kind, number);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	h->now += 9 * MR_DAY_US;
}

static int
address_of(struct house *h, int64_t person)
{
	struct mr_call *c = house_begin(h);
	struct mr_address address;

	assert_int_equal(
	    mr_address_on(c, person, (int)c->today, &address), MR_OK);
	house_end(c);
	return address.status;
}

static void
a_yellow_sticker_makes_the_address_suspect(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	posted(h, MR_INSIDE, number);
	house_value(h, "batch", 0, code);
	did(h, run(h, "letter list", "state", "posted", NULL), "posted");
	house_value(h, "code", 0, code);
	did(h, run(h, "letter back", "letter", code, NULL), "\"blue\"");
	did(h, run(h, "letter back", "letter", code, NULL), "returned");
	refused(h,
	    run(h, "letter return", "letter", code, "sticker", "green",
		"reason", "vacant", NULL),
	    MR_INVALID, "yellow");
	refused(h,
	    run(h, "letter return", "letter", code, "sticker", "white",
		"reason", "vacant", NULL),
	    MR_INVALID, "letter reasons");
	refused(h,
	    run(h, "letter return", "letter", code, "sticker", "yellow",
		"reason", "not-looked-at", NULL),
	    MR_INVALID, "letter reasons");
	did(h,
	    run(h, "letter return", "letter", code, "sticker", "yellow",
		"reason", "vacant", NULL),
	    "\"reason\":\"vacant\"");
	assert_int_equal(address_of(h, 1), MR_ADDRESS_SUSPECT);
	mail_receive(h, 1, MR_INSIDE, number);
	stands(h, number, "held address-suspect");
	mail_sound(h);
}

static void
postage_due_says_nothing_about_the_address(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	posted(h, MR_INSIDE, number);
	did(h, run(h, "letter list", "state", "posted", NULL), "posted");
	house_value(h, "code", 0, code);
	did(h,
	    run(h, "letter return", "letter", code, "sticker", "yellow",
		"reason", "postage-due", NULL),
	    "returned");
	assert_int_equal(address_of(h, 1), MR_ADDRESS_CURRENT);
}

/* What came back to the old address says nothing about the new one. */
static void
a_former_address_stays_former(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	posted(h, MR_OUTSIDE, number);
	did(h,
	    run(h, "correspondent move", "person", "C4", "facility", "BEN",
		NULL),
	    "current");
	did(h, run(h, "letter list", "state", "posted", NULL), "posted");
	house_value(h, "code", 0, code);
	did(h,
	    run(h, "letter return", "letter", code, "sticker", "white",
		"reason", "not-at-facility", NULL),
	    "returned");
	assert_int_equal(address_of(h, 4), MR_ADDRESS_CURRENT);
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT COUNT(*) FROM address "
				      "WHERE person = 4 AND status = 4"),
	    1);
	mail_sound(h);
}

static void
a_white_sticker_gets_its_appeal_date_and_goes_back_with_the_reason(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	posted(h, MR_OUTSIDE, number);
	did(h, run(h, "letter list", "state", "posted", NULL), "posted");
	house_value(h, "code", 0, code);
	did(h,
	    run(h, "letter return", "letter", code, "sticker", "white",
		"reason", "photos", NULL),
	    "\"reason\":\"photos\"");
	assert_int_equal(mail_letter(h, code).until, mr_day_of(h->now) + 30);
	assert_int_equal(address_of(h, 4), MR_ADDRESS_CURRENT);
	did(h, run(h, "letter refuse", "letter", code, "back", "", NULL),
	    "\"way\":\"back\"");
	stands(h, code, "cleared photos"); /* the slip says why */
	mail_seal(h, code);
	did(h, run(h, "batch close", NULL), "");
	mail_sound(h);
}

static void
a_piece_without_a_code_is_merged_into_its_letter(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	posted(h, MR_OUTSIDE, number);
	did(h, run(h, "letter list", "state", "posted", NULL), "posted");
	house_value(h, "code", 0, code);
	did(h, run(h, "letter back", NULL), "\"number\":\"A1\"");
	did(h, run(h, "letter receive", "no_id", "", NULL), "A2");
	refused(h,
	    run(h, "letter return", "letter", code, "sticker", "white",
		"reason", "photos", "piece", "A2", NULL),
	    MR_REFUSED, "A2");
	refused(h,
	    run(h, "letter return", "letter", "A2", "sticker", "white",
		"reason", "photos", NULL),
	    MR_REFUSED, "only a posted");
	did(h,
	    run(h, "letter return", "letter", code, "sticker", "white",
		"reason", "photos", "piece", "A1", NULL),
	    "returned");
	stands(h, "A1", "closed same-as-another");
	assert_int_equal(house_count(h,
			     SQL_SCAN "SELECT CAST(SUM(count) AS BIGINT) FROM "
				      "day_count WHERE what = 1"),
	    3); /* came, came back, A2 */
	mail_sound(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(receiving_is_taken_back_as_if_it_had_never_been),
	    MAIL_TEST(steps_are_taken_back_one_by_one),
	    MAIL_TEST(a_flag_is_taken_back_with_what_it_noted),
	    MAIL_TEST(sealing_and_unsealing_are_taken_back),
	    MAIL_TEST(a_stop_is_nothing_to_take_back),
	    MAIL_TEST(what_was_refused_or_reopened_is_taken_back),
	    MAIL_TEST(coming_back_and_not_being_posted_are_taken_back),
	    MAIL_TEST(prints_and_closed_batches_are_not_taken_back),
	    MAIL_TEST(only_ones_own_step_at_this_station_within_ten_minutes),
	    MAIL_TEST(whose_it_is_is_not_taken_back),
	    MAIL_TEST(an_undo_asked_twice_is_done_once),
	    MAIL_TEST(a_yellow_sticker_makes_the_address_suspect),
	    MAIL_TEST(postage_due_says_nothing_about_the_address),
	    MAIL_TEST(a_former_address_stays_former),
	    MAIL_TEST(
		a_white_sticker_gets_its_appeal_date_and_goes_back_with_the_reason),
	    MAIL_TEST(a_piece_without_a_code_is_merged_into_its_letter),
	};

	return cmocka_run_group_tests_name("letter undo", tests, NULL, NULL);
}
