/*
 * Pages for a day without power: the letter that is keyed in later gets the
 * code of its page, once, and everything that asks for letters finds it.
 */
#include "test/mail.h"

#include "lib/page.h"
#include "test/text_of.h"

/* Three pages, and then two letters of days with power. */
static void
printed(struct house *h)
{
	char number[64];

	did(h, run(h, "sheet blank", "count", "3", NULL), "\"printed\":3");
	did(h, MR_OK, "\"first\":1");
	did(h, MR_OK, "\"last\":3");
	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_receive(h, 2, MR_INSIDE, number);
}

/* The id of page n (from 1); of none: one that no page and no letter has. */
static int64_t
id_of(struct house *h, int n)
{
	struct mr_call *c = house_begin(h);
	struct sql_stmt *st;
	int64_t id = 9999;

	st = sql_prepare(c,
	    SQL_SCAN "SELECT id FROM page "
		     "WHERE number = :number");
	sql_int(st, ":number", n);
	if (sql_row(st))
		id = sql_col_int(st, 0);
	assert_int_equal(sql_done(st), MR_OK);
	house_end(c);
	return id;
}

static const char *
code_of(struct house *h, int n, char code[64])
{
	int64_t id = id_of(h, n);
	struct mr_call *c = house_begin(h);

	snprintf(code, 64, "%s", mr_letter_code(c, id));
	house_end(c);
	return code;
}

static enum mr_status
key_in(struct house *h, int n, int64_t pairing, int kind, const char *sheets)
{
	char code[64], id[32];

	return run(h, "letter receive", "id", mail_id(h, pairing, kind, id),
	    "page", code_of(h, n, code), "sheets", sheets, NULL);
}

static void
a_page_lends_its_code_to_the_letter(void **state)
{
	struct house *h = *state;
	char code[64], scan[32];

	printed(h);
	did(h, key_in(h, 2, 3, MR_OUTSIDE, "3"), "\"number\":\"A3\"");
	did(h, MR_OK, code_of(h, 2, code));
	did(h, MR_OK, "Write A3 on the stub of page 2");
	did(h, MR_OK, "above the tear line DEPT ");
	stands(h, "A3", "cleared");
	assert_int_equal(mail_letter(h, "A3").id, id_of(h, 2));
	assert_int_equal(mail_letter(h, "A3").sheet_copy, 1);
	/* Its stub is the cover sheet: no other is printed, and it seals. */
	did(h,
	    run(h, "scan", "code", mail_scan(h, "A3", MR_PAYLOAD_STUB, 1, scan),
		NULL),
	    "envelope or label is next");
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":2");
	did(h, run(h, "envelope print", "letter", "A3", NULL), "\"printed\":1");
	did(h, mail_try(h, "A3", mail_envelope(h, "A3", scan)),
	    "\"verdict\":\"MATCH\"");
	mail_sound(h);
}

static void
a_page_is_used_once(void **state)
{
	struct house *h = *state;
	char code[64];

	printed(h);
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "A3");
	refused(h, key_in(h, 1, 1, MR_OUTSIDE, "1"), MR_REFUSED,
	    "page 1 is taken: it is letter A3");
	did(h, run(h, "sheet void", "code", code_of(h, 2, code), NULL),
	    "\"page\":2");
	refused(h, key_in(h, 2, 1, MR_OUTSIDE, "1"), MR_REFUSED,
	    "page 2 was given up");
	refused(h, run(h, "sheet void", "code", code_of(h, 1, code), NULL),
	    MR_REFUSED, "is taken");
	refused(h, run(h, "sheet void", NULL), MR_USAGE, "--all");
	did(h, run(h, "sheet void", "all", "", NULL), "\"page\":3");
	refused(
	    h, run(h, "sheet void", "all", "", NULL), MR_REFUSED, "no page");
	mail_sound(h);
}

static void
a_code_of_no_page_is_refused_and_nothing_is_logged(void **state)
{
	struct house *h = *state;
	char code[64], id[32];
	int64_t events;

	printed(h);
	events = mail_events(h);
	mail_id(h, 3, MR_OUTSIDE, id);
	refused(h,
	    run(h, "letter receive", "id", id, "page", code_of(h, 4, code),
		NULL),
	    MR_NOTFOUND, "no page for a day without power");
	refused(h, run(h, "letter receive", "id", id, "page", "2", NULL),
	    MR_INVALID, "");
	refused(h, run(h, "letter receive", "page", code_of(h, 1, code), NULL),
	    MR_USAGE, "needs the ID");
	refused(h, run(h, "letter show", "letter", code_of(h, 1, code), NULL),
	    MR_NOTFOUND, "page 1 for a day without power has no letter yet");
	refused(h, run(h, "sheet blank", "language", "fr", NULL), MR_INVALID,
	    "English");
	assert_int_equal(mail_events(h), events);
}

static void
letters_never_take_a_reserved_code(void **state)
{
	struct house *h = *state;
	char number[64];
	int64_t last;

	printed(h);
	assert_true(mail_letter(h, "A1").id > id_of(h, 3));
	did(h, run(h, "sheet blank", "count", "2", NULL), "\"first\":4");
	assert_true(id_of(h, 4) > mail_letter(h, "A2").id);
	mail_receive(h, 3, MR_OUTSIDE, number);
	assert_true(mail_letter(h, number).id > id_of(h, 5));
	last = mail_letter(h, number).id;
	did(h, key_in(h, 1, 1, MR_INSIDE, "1"), "A4");
	mail_receive(h, 3, MR_INSIDE, number);
	assert_true(mail_letter(h, number).id > last);
	assert_string_equal(number, "A5");
}

static void
the_stub_of_an_unused_page_says_what_to_do(void **state)
{
	struct house *h = *state;
	struct mr_payload in = {.kind = MR_PAYLOAD_STUB, .copy = 1};
	char stub[32], code[64];

	printed(h);
	assert_int_equal(
	    mr_lettercode_make(h->mr->keys->code, id_of(h, 1), &in.code), 0);
	assert_int_equal(mr_payload_make(h->mr->keys->tag, &in, stub), 0);
	did(h, run(h, "scan", "code", stub, NULL),
	    "Page 1 for a day without power, not used yet");
	did(h, run(h, "scan", "code", code_of(h, 1, code), NULL),
	    "Type what is written on it");
	did(h, run(h, "sheet void", "code", stub, NULL), "\"page\":1");
	did(h, run(h, "scan", "code", stub, NULL), "OLD PAGE");
	did(h, MR_OK, "was given up");
}

static void
undo_gives_the_page_back(void **state)
{
	struct house *h = *state;
	char code[64];

	printed(h);
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "A3");
	did(h, run(h, "letter undo", NULL), "is taken back");
	did(h, run(h, "scan", "code", code_of(h, 1, code), NULL),
	    "not used yet");
	mail_sound(h);
	later(h, 30);
	did(h, key_in(h, 1, 2, MR_OUTSIDE, "4"), "\"number\":\"A4\"");
	did(h, MR_OK, "\"pairing\":\"P2\"");
	did(h, MR_OK, "\"sheets\":4");
	assert_int_equal(mail_letter(h, "A4").id, id_of(h, 1));
	did(h, run(h, "letter history", "letter", "A4", NULL),
	    "received at station A as A4, on a page for a day without power, "
	    "4 sheets counted");
	did(h, run(h, "letter undo", NULL), "is taken back");
	mail_sound(h);
	did(h, run(h, "sheet void", "code", code_of(h, 1, code), NULL),
	    "\"page\":1");
	refused(h, key_in(h, 1, 2, MR_OUTSIDE, "4"), MR_REFUSED, "given up");
	mail_sound(h);
}

static void
a_page_whose_letter_was_opened_again_is_taken(void **state)
{
	struct house *h = *state;
	char code[64];

	printed(h);
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "A3");
	did(h, run(h, "letter undo", NULL), "is taken back");
	did(h, run(h, "letter reopen", "letter", code_of(h, 1, code), NULL),
	    "held");
	refused(h, key_in(h, 1, 2, MR_OUTSIDE, "1"), MR_REFUSED, "is taken");
	mail_sound(h);
}

/* What is not in order is held, page or not; the page stays with it. */
static void
the_gate_runs_when_a_page_is_keyed_in(void **state)
{
	struct house *h = *state;
	char code[64];

	printed(h);
	did(h, run(h, "pairing pause", "pairing", "P3", "reason", "away", NULL),
	    "");
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "HELD");
	did(h, MR_OK, "on the stub of page 1 and keep the page");
	stands(h, "A3", "held paused");
	did(h,
	    run(h, "letter receive", "no_id", "", "page", code_of(h, 2, code),
		NULL),
	    "NO ID");
	assert_int_equal(mail_letter(h, "A4").id, id_of(h, 2));
	mail_sound(h);
}

/* Several may be typed within the three seconds of a bounce. */
static void
two_pages_are_two_letters(void **state)
{
	struct house *h = *state;

	printed(h);
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "A3");
	did(h, key_in(h, 2, 3, MR_OUTSIDE, "1"), "A4");
	assert_int_equal(mail_letter(h, "A4").id, id_of(h, 2));
}

static void
lists_and_numbers_know_them_as_todays(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	printed(h);
	h->now += 5 * MR_DAY_US;
	did(h, run(h, "day open", "pieces", "2", NULL), "");
	mail_receive(h, 2, MR_INSIDE, number);
	did(h, key_in(h, 3, 1, MR_OUTSIDE, "2"), "\"number\":\"A2\"");
	assert_int_equal(mail_letter(h, "A2").id, id_of(h, 3));
	did(h, run(h, "letter list", "limit", "1", NULL), code_of(h, 3, code));
	did(h, run(h, "letter list", "pairing", "P1", "limit", "1", NULL),
	    code_of(h, 3, code));
	did(h, run(h, "letter last", NULL), "\"number\":\"A2\"");
	did(h, run(h, "day balance", NULL), "\"logged\":2");
	did(h, MR_OK, "A2");
	assert_null(strstr(h->answer, "no letter has"));
	mail_sound(h);
}

static void
a_letter_can_be_dated_back_to_the_day_of_the_page(void **state)
{
	struct house *h = *state;
	char code[64], id[32];

	printed(h);
	h->now += 2 * MR_DAY_US;
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 3, MR_OUTSIDE, id),
		"page", code_of(h, 1, code), "sheets", "1", "day", "2026-11-23",
		NULL),
	    "\"received\":\"2026-11-23\"");
	did(h, MR_OK, "A1");
	mail_sound(h);
}

static unsigned char first[2 << 20];

static void
a_request_key_prints_the_same_pages(void **state)
{
	struct house *h = *state;
	size_t len;
	int64_t events;

	h->request = "p";
	did(h, run(h, "sheet blank", "count", "2", "language", "es", NULL),
	    "\"printed\":2");
	len = mail_paper.len;
	assert_true(len < sizeof(first));
	memcpy(first, mail_paper.bytes, len);
	events = mail_events(h);
	h->now += MR_DAY_US;
	did(h, run(h, "sheet blank", "count", "2", "language", "es", NULL),
	    "\"printed\":2");
	h->request = NULL;
	assert_int_equal(mail_events(h), events);
	assert_int_equal(mail_paper.len, len);
	assert_memory_equal(mail_paper.bytes, first, len);
	text_of(mail_paper.bytes, mail_paper.len);
	assert_non_null(strstr(text, "Una carta para"));
	assert_non_null(strstr(text, "Page 2"));
}

static void
a_request_key_keys_in_once(void **state)
{
	struct house *h = *state;

	printed(h);
	h->request = "k";
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "A3");
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "A3");
	did(h, MR_OK, "on the stub of page 1");
	h->request = NULL;
	refused(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), MR_REFUSED, "is taken");
}

static void
a_volunteer_keys_in_but_does_not_print_pages(void **state)
{
	struct house *h = *state;

	printed(h);
	mail_as(h, "val");
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "A3");
	refused(h, run(h, "sheet blank", NULL), MR_DENIED, "");
	refused(h, run(h, "sheet void", "all", "", NULL), MR_DENIED, "");
}

/* The key of a letter that was taken back names its own writer still. */
static void
an_answer_asked_for_again_is_of_the_letter_of_then(void **state)
{
	struct house *h = *state;
	char was[4096];

	printed(h);
	h->request = "first";
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "\"pairing\":\"P3\"");
	assert_true(strlen(h->answer) < sizeof(was));
	strcpy(was, h->answer);
	h->request = NULL;
	did(h, run(h, "letter undo", NULL), "UNDONE");
	later(h, 10);
	did(h, key_in(h, 1, 1, MR_INSIDE, "2"), "\"pairing\":\"P1\"");
	h->request = "first";
	did(h, key_in(h, 1, 3, MR_OUTSIDE, "1"), "\"pairing\":\"P3\"");
	h->request = NULL;
	assert_string_equal(h->answer, was);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(a_page_lends_its_code_to_the_letter),
	    MAIL_TEST(a_page_is_used_once),
	    MAIL_TEST(a_code_of_no_page_is_refused_and_nothing_is_logged),
	    MAIL_TEST(letters_never_take_a_reserved_code),
	    MAIL_TEST(the_stub_of_an_unused_page_says_what_to_do),
	    MAIL_TEST(undo_gives_the_page_back),
	    MAIL_TEST(a_page_whose_letter_was_opened_again_is_taken),
	    MAIL_TEST(the_gate_runs_when_a_page_is_keyed_in),
	    MAIL_TEST(two_pages_are_two_letters),
	    MAIL_TEST(lists_and_numbers_know_them_as_todays),
	    MAIL_TEST(a_letter_can_be_dated_back_to_the_day_of_the_page),
	    MAIL_TEST(a_request_key_prints_the_same_pages),
	    MAIL_TEST(a_request_key_keys_in_once),
	    MAIL_TEST(an_answer_asked_for_again_is_of_the_letter_of_then),
	    MAIL_TEST(a_volunteer_keys_in_but_does_not_print_pages),
	};

	return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
