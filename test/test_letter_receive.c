/*
 * Logging letters: it fails closed, it always logs, and what is no code at
 * all is read again by a person.
 */
#include "test/mail.h"

#include "lib/code.h"

static int64_t
letters(struct house *h)
{
	return house_count(h, SQL_SCAN "SELECT COUNT(*) FROM letter");
}

static int64_t
counted(struct house *h, int what)
{
	struct mr_call *c = house_begin(h);
	int64_t n;

	assert_int_equal(mr_count_get(c, c->today, what, &n), MR_OK);
	house_end(c);
	return n;
}

static void
a_good_id_gives_the_next_day_number(void **state)
{
	struct house *h = *state;
	char id[32];

	mail_id(h, 1, MR_OUTSIDE, id);
	did(h, run(h, "letter receive", "id", id, NULL),
	    "\"number\":\"A1\",\"state\":\"received\",\"reason\":null,"
	    "\"way\":\"forward\",\"direction\":\"to inside\","
	    "\"pairing\":\"P1\",\"from\":\"Wren AA\",\"to\":\"Maria AA\","
	    "\"received\":\"2026-11-23\",\"sheets\":null,\"batch\":null");
	did(h, MR_OK, "\"verdict\":\"FIRST LETTER\"");
	later(h, 10);
	did(h, run(h, "letter receive", "id", id, NULL), "\"A2\"");
	did(h, MR_OK, "\"verdict\":\"SECOND TODAY\"");
	h->station = 'C';
	did(h, run(h, "letter receive", "id", id, NULL), "\"C1\"");
	h->station = 0;
	h->now += MR_DAY_US;
	did(h, run(h, "letter receive", "id", id, NULL),
	    "\"number\":\"A1\",\"state\":\"received\"");
	did(h, MR_OK, "\"verdict\":\"GOOD\"");
	mail_sound(h);
}

static void
mail_from_inside_reminds_of_our_own_envelope(void **state)
{
	struct house *h = *state;
	char id[32];

	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_INSIDE, id), NULL),
	    "If OUR address is printed top left: B.");
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_OUTSIDE, id), NULL),
	    "\"verdict\"");
	assert_null(strstr(h->answer, "OUR address"));
}

static void
any_spelling_that_folds_is_read(void **state)
{
	struct house *h = *state;
	char id[32], typed[64];
	int n = 0;

	mail_id(h, 1, MR_OUTSIDE, id);
	for (const char *s = id; *s != '\0'; s++)
		if (*s != '-')
			n += snprintf(typed + n, sizeof(typed) - (size_t)n,
			    "%c ",
			    *s == 'D'       ? 'o'
				: *s == '5' ? 's'
				: *s == '2' ? 'z'
					    : *s);
	did(h, run(h, "letter receive", "id", typed, NULL), "\"P1\"");
}

static void
a_misread_id_writes_nothing_and_names_the_symbol(void **state)
{
	struct house *h = *state;
	int64_t events;
	char id[32];

	mail_id(h, 1, MR_OUTSIDE, id);
	id[4] = id[4] == 'K' ? 'H' : 'K';
	events = mail_events(h);
	refused(
	    h, run(h, "letter receive", "id", id, NULL), MR_INVALID, "symbol");
	id[4] = '#';
	refused(h, run(h, "letter receive", "id", id, NULL), MR_INVALID, "4");
	id[4] = 'J'; /* one that cannot be read */
	refused(h, run(h, "letter receive", "id", id, NULL), MR_INVALID, "4");
	refused(
	    h, run(h, "letter receive", "id", "K7M-4R", NULL), MR_INVALID, "");
	refused(h, run(h, "letter receive", "id", "", NULL), MR_INVALID, "");
	assert_int_equal(mail_events(h), events);
	assert_int_equal(letters(h), 0);
	assert_int_equal(counted(h, MR_N_PIECES), 0);
}

/* Far from the register: an ID that was never given out. */
static void
unknown_id(struct house *h, char text[32])
{
	struct mr_call *c = house_begin(h);
	struct mr_fid_reading reading;
	struct mr_symbols code = {.n = 7};
	struct mr_fid fid;
	char shown[MR_CODE_TEXT];

	do {
		for (int i = 0; i < 7; i++)
			code.s[i] = (uint8_t)((code.s[i] * 7 + i + 3) % 19);
		code.n = 7;
		assert_int_equal(mr_code_complete(&code, MR_CODE_ID), 0);
		snprintf(text, 32, "%s", mr_code_format(&code, shown));
		assert_int_equal(mr_fid_read(c, text, &fid, &reading), MR_OK);
	} while (reading.answer != MR_FID_IS_UNKNOWN);
	house_end(c);
}

static void
a_well_formed_unknown_id_is_logged_unidentified(void **state)
{
	struct house *h = *state;
	char id[32];

	unknown_id(h, id);
	did(h, run(h, "letter receive", "id", id, "sheets", "2", NULL),
	    "\"state\":\"unidentified\"");
	did(h, MR_OK, "\"verdict\":\"NO ID\"");
	did(h, MR_OK, "\"tray\":\"yellow\"");
	assert_int_equal(letters(h), 1);
	assert_int_equal(counted(h, MR_N_PIECES), 1);
	/* The same again is another letter: nothing says whose it is. */
	did(h, run(h, "letter receive", "id", id, NULL), "\"A2\"");
}

static void
codes_and_scans_of_other_kinds_are_refused_with_a_hint(void **state)
{
	struct house *h = *state;
	char number[64], scan[32], code[64];
	int64_t events;
	struct mr_payload reply = {.kind = MR_PAYLOAD_REPLY};
	struct mr_code_fault fault;
	char text[MR_PAYLOAD_LEN + 1], id[32];

	mail_receive(h, 1, MR_OUTSIDE, number);
	house_value(h, "code", 0, code);
	events = mail_events(h);
	refused(h, run(h, "letter receive", "id", code, NULL), MR_REFUSED,
	    "letter code");
	refused(h,
	    run(h, "letter receive", "id",
		mail_scan(h, number, MR_PAYLOAD_STUB, 1, scan), NULL),
	    MR_REFUSED, "stub");
	refused(h,
	    run(h, "letter receive", "id",
		mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 1, scan), NULL),
	    MR_REFUSED, "letter back");
	refused(h,
	    run(h, "letter receive", "id",
		mail_scan(h, number, MR_PAYLOAD_CARD, 0, scan), NULL),
	    MR_REFUSED, "bench card");
	refused(h,
	    run(h, "letter receive", "id",
		mail_scan(h, number, MR_PAYLOAD_BADGE, 0, scan), NULL),
	    MR_REFUSED, "badge");
	scan[13] = scan[13] == '2' ? '3' : '2'; /* the tag no longer fits */
	refused(h, run(h, "letter receive", "id", scan, NULL), MR_REFUSED, "");
	for (char *s = scan; *s != '\0'; s++)
		*s = (char)(*s >= 'A' && *s <= 'Z' ? *s - 'A' + 'a' : *s);
	refused(h, run(h, "letter receive", "id", scan, NULL), MR_REFUSED, "");
	assert_int_equal(mail_events(h), events);
	/* But a reply label is the ID, scanned. */
	mail_id(h, 1, MR_OUTSIDE, id);
	assert_int_equal(mr_code_fold(id, &reply.code, &fault), MR_FOLD_OK);
	assert_int_equal(mr_payload_make(h->mr->keys->tag, &reply, text), 0);
	later(h, 10);
	did(h, run(h, "letter receive", "id", text, NULL), "\"A2\"");
}

static void
the_same_id_within_three_seconds_is_a_bounce(void **state)
{
	struct house *h = *state;
	char id[32], other[32];
	int64_t events;

	mail_id(h, 1, MR_OUTSIDE, id);
	mail_id(h, 2, MR_OUTSIDE, other);
	did(h, run(h, "letter receive", "id", id, NULL), "\"A1\"");
	events = mail_events(h);
	h->now += 2999999;
	did(h, run(h, "letter receive", "id", id, NULL),
	    "\"verdict\":\"OURS\"");
	did(h, MR_OK, "A1 is logged already");
	assert_int_equal(mail_events(h), events);
	h->station = 'B'; /* another bench is another hand */
	did(h, run(h, "letter receive", "id", id, NULL), "\"B1\"");
	h->station = 0;
	h->now += 1; /* three seconds to the dot */
	did(h, run(h, "letter receive", "id", id, NULL), "\"A2\"");
	/* Another one in between, and it is no bounce any more. */
	did(h, run(h, "letter receive", "id", other, NULL), "\"A3\"");
	did(h, run(h, "letter receive", "id", id, NULL), "\"A4\"");
	assert_int_equal(counted(h, MR_N_PIECES), 5);
}

static void
a_bounce_that_is_sent_again_later_is_still_no_letter(void **state)
{
	struct house *h = *state;
	static char first[sizeof(h->answer)];
	char id[32];
	int64_t events;

	mail_id(h, 1, MR_OUTSIDE, id);
	did(h, run(h, "letter receive", "id", id, NULL), "\"A1\"");
	h->now += 1000000;
	h->request = "second-scan";
	did(h, run(h, "letter receive", "id", id, NULL), "\"OURS\"");
	memcpy(first, h->answer, h->len + 1);
	events = mail_events(h);
	h->now += 60000000;
	did(h, run(h, "letter receive", "id", id, NULL), "\"OURS\"");
	assert_string_equal(h->answer, first);
	assert_int_equal(mail_events(h), events);
	h->request = NULL;
	assert_int_equal(counted(h, MR_N_PIECES), 1);
}

static void
what_was_taken_back_is_no_letter_to_bounce_off(void **state)
{
	struct house *h = *state;
	char id[32];

	mail_id(h, 1, MR_OUTSIDE, id);
	did(h, run(h, "letter receive", "id", id, NULL), "\"A1\"");
	did(h, run(h, "letter undo", NULL), "Strike");
	did(h, run(h, "letter receive", "id", id, NULL), "\"A2\"");
	assert_int_equal(counted(h, MR_N_PIECES), 1);
}

static void
two_in_one_envelope_are_two_letters(void **state)
{
	struct house *h = *state;
	char id[32], other[32];

	mail_id(h, 1, MR_OUTSIDE, id);
	mail_id(h, 2, MR_OUTSIDE, other);
	did(h, run(h, "letter receive", "id", id, "sheets", "1", NULL),
	    "\"A1\"");
	/* Without an ID of its own it is the same writer's, at once. */
	did(h, run(h, "letter receive", "with", "A1", "sheets", "1", NULL),
	    "\"number\":\"A2\",\"state\":\"cleared\"");
	did(h, MR_OK, "\"pairing\":\"P1\"");
	did(h, run(h, "letter receive", "with", "A1", "id", other, NULL),
	    "\"pairing\":\"P2\"");
	did(h, run(h, "letter receive", "with", "A1", "no_id", "", NULL),
	    "\"state\":\"unidentified\"");
	assert_int_equal(counted(h, MR_N_PIECES), 1);
	assert_int_equal(counted(h, MR_N_EXTRA), 3);
	assert_int_equal(mail_letter(h, "A2").parent, mail_letter(h, "A1").id);
	mail_sound(h);
}

/* The writer is known, only a pen pal is missing: so it is for the second. */
static void
the_second_letter_of_a_writer_without_a_pairing_waits_like_the_first(
    void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter receive", "no_id", "", NULL), "\"A1\"");
	did(h, run(h, "letter identify", "letter", "A1", "person", "C2", NULL),
	    "no-pairing");
	did(h, run(h, "letter receive", "with", "A1", NULL),
	    "\"reason\":\"no-pairing\"");
	assert_int_equal(mail_letter(h, "A2").person, 2);
}

/* Nobody writes inside an office letter, and what came back is not opened. */
static void
nothing_is_found_in_what_did_not_come_from_a_writer(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter back", NULL), "\"A1\"");
	did(h, run(h, "letter new", "to", "C2", "form", "add-your-id", NULL),
	    "\"A2\"");
	refused(
	    h, run(h, "letter receive", "with", "A1", NULL), MR_REFUSED, "A1");
	refused(h, run(h, "letter receive", "with", "A2", "no_id", "", NULL),
	    MR_REFUSED, "A2");
	assert_int_equal(letters(h), 2);
}

static void
without_an_id_it_is_unidentified(void **state)
{
	struct house *h = *state;
	char id[32];

	did(h, run(h, "letter receive", "no_id", "", "sheets", "3", NULL),
	    "\"number\":\"A1\",\"state\":\"unidentified\"");
	did(h, MR_OK, "\"sheets\":3");
	refused(h, run(h, "letter receive", NULL), MR_USAGE, "--no-id");
	refused(h,
	    run(h, "letter receive", "no_id", "", "id",
		mail_id(h, 1, MR_OUTSIDE, id), NULL),
	    MR_USAGE, "not both");
	refused(h, run(h, "letter receive", "id", id, "sheets", "0", NULL),
	    MR_USAGE, "not between 1 and 99");
	refused(h, run(h, "letter receive", "id", id, "sheets", "100", NULL),
	    MR_USAGE, "not between 1 and 99");
	assert_int_equal(letters(h), 1);
}

static void
a_hold_at_the_bench_has_its_day(void **state)
{
	struct house *h = *state;
	char id[32];
	int64_t today = mr_day_of(h->now);

	mail_id(h, 1, MR_OUTSIDE, id);
	did(h,
	    run(h, "letter receive", "id", id, "sheets", "1", "hold",
		"language", NULL),
	    "\"state\":\"held\",\"reason\":\"language\"");
	assert_int_equal(mail_letter(h, "A1").until, today + 14);
	later(h, 10);
	did(h,
	    run(h, "letter receive", "id", id, "hold", "language", "until",
		"2026-12-24", NULL),
	    "held");
	assert_int_equal(mail_letter(h, "A2").until, today + 31);
	later(h, 10);
	refused(h,
	    run(h, "letter receive", "id", id, "hold", "language", "until",
		"2026-11-22", NULL),
	    MR_INVALID, "over");
	refused(h, run(h, "letter receive", "id", id, "hold", "nosy", NULL),
	    MR_INVALID, "letter reasons");
	refused(h, run(h, "letter receive", "id", id, "hold", "vacant", NULL),
	    MR_INVALID, "letter reasons");
	assert_int_equal(letters(h), 2);
	/* What was seen in it counts before anybody knows whose it is. */
	did(h, run(h, "letter receive", "no_id", "", "hold", "threat", NULL),
	    "\"state\":\"held\",\"reason\":\"threat\"");
}

static void
a_letter_is_dated_back_thirty_days_and_no_more(void **state)
{
	struct house *h = *state;
	char id[32];

	mail_id(h, 1, MR_OUTSIDE, id);
	did(h, run(h, "letter receive", "id", id, "day", "2026-10-24", NULL),
	    "\"received\":\"2026-10-24\"");
	later(h, 10);
	refused(h,
	    run(h, "letter receive", "id", id, "day", "2026-10-23", NULL),
	    MR_REFUSED, "30 days");
	refused(h,
	    run(h, "letter receive", "id", id, "day", "2026-11-24", NULL),
	    MR_REFUSED, "future");
	did(h, run(h, "letter receive", "id", id, "day", "2026-11-23", NULL),
	    "\"A2\"");
	/* However it is dated, it was counted out of today's box. */
	assert_int_equal(counted(h, MR_N_PIECES), 2);
}

static void
screening_decides_who_clears(void **state)
{
	struct house *h = *state;
	char id[32], number[64];

	mail_id(h, 1, MR_OUTSIDE, id);
	mail_set(h, "screening", "none");
	did(h, run(h, "letter receive", "id", id, NULL),
	    "\"state\":\"cleared\"");
	mail_set(h, "screening", "open");
	later(h, 10);
	did(h, run(h, "letter receive", "id", id, NULL),
	    "\"state\":\"received\"");
	mail_as(h, "val");
	did(h, run(h, "letter finish", "letter", "A2", "sheets", "4", NULL),
	    "\"state\":\"cleared\"");
	did(h, MR_OK, "\"verdict\":\"DONE\"");
	mail_as(h, NULL);
	mail_set(h, "screening", "read");
	mail_as(h, "val");
	mail_receive(h, 1, MR_OUTSIDE, number);
	stands(h, number, "received");
	did(h, run(h, "letter finish", "letter", number, "sheets", "4", NULL),
	    "\"verdict\":\"TO READ\"");
	stands(h, number, "received");
	refused(h, run(h, "letter clear", "letter", number, NULL), MR_DENIED,
	    "staff");
	mail_as(h, "sam");
	did(h, run(h, "letter clear", "letter", number, NULL), "cleared");
	/* Staff read it with its sheet count, not before. */
	later(h, 10);
	did(h, run(h, "letter receive", "id", id, NULL), "\"A4\"");
	refused(h, run(h, "letter clear", "letter", "A4", NULL), MR_REFUSED,
	    "count its sheets");
}

/* The same key again, after the letter has moved on. */
static void
a_request_key_gives_the_same_answer_and_logs_nothing(void **state)
{
	struct house *h = *state;
	char id[32], first[sizeof(h->answer)];
	int64_t events;

	mail_id(h, 1, MR_OUTSIDE, id);
	h->request = "r1";
	did(h, run(h, "letter receive", "id", id, NULL), "\"A1\"");
	memcpy(first, h->answer, sizeof(first));
	h->request = NULL;
	later(h, 10);
	did(h, run(h, "letter finish", "letter", "A1", "sheets", "3", NULL),
	    "cleared");
	mail_seal(h, "A1");
	did(h, run(h, "batch close", NULL), "");
	events = mail_events(h);
	later(h, 3600);
	h->request = "r1";
	did(h, run(h, "letter receive", "id", id, NULL), "");
	assert_string_equal(h->answer, first);
	h->now += 6 * MR_DAY_US; /* then it says of which day A1 is */
	did(h, run(h, "letter receive", "id", id, NULL),
	    "\"state\":\"received\"");
	assert_int_equal(mail_events(h), events);
	refused(h, run(h, "letter receive", "id", id, "sheets", "3", NULL),
	    MR_REFUSED, "used before");
	h->now += 2 * MR_DAY_US; /* kept 7 days */
	did(h, run(h, "letter receive", "id", id, NULL), "\"A1\"");
	assert_int_equal(letters(h), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(a_good_id_gives_the_next_day_number),
	    MAIL_TEST(mail_from_inside_reminds_of_our_own_envelope),
	    MAIL_TEST(any_spelling_that_folds_is_read),
	    MAIL_TEST(a_misread_id_writes_nothing_and_names_the_symbol),
	    MAIL_TEST(a_well_formed_unknown_id_is_logged_unidentified),
	    MAIL_TEST(codes_and_scans_of_other_kinds_are_refused_with_a_hint),
	    MAIL_TEST(the_same_id_within_three_seconds_is_a_bounce),
	    MAIL_TEST(a_bounce_that_is_sent_again_later_is_still_no_letter),
	    MAIL_TEST(what_was_taken_back_is_no_letter_to_bounce_off),
	    MAIL_TEST(two_in_one_envelope_are_two_letters),
	    MAIL_TEST(
		the_second_letter_of_a_writer_without_a_pairing_waits_like_the_first),
	    MAIL_TEST(nothing_is_found_in_what_did_not_come_from_a_writer),
	    MAIL_TEST(without_an_id_it_is_unidentified),
	    MAIL_TEST(a_hold_at_the_bench_has_its_day),
	    MAIL_TEST(a_letter_is_dated_back_thirty_days_and_no_more),
	    MAIL_TEST(screening_decides_who_clears),
	    MAIL_TEST(a_request_key_gives_the_same_answer_and_logs_nothing),
	};

	return cmocka_run_group_tests_name("letter receive", tests, NULL, NULL);
}
