/*
 * A station, line by line: what is in the hand, what is offered, what is
 * asked for, and what it takes up again after a restart.
 */
#include "test/stand.h"

static void
what_is_wanted_next_is_told(void **state)
{
	struct stand *s = *state;
	struct mr_bench *b = &s->bench;

	assert_int_equal(mr_bench_begin(b, &s->front, &s->h->error), MR_OK);
	assert_int_equal(b->view.verdict, MR_V_READY);
	assert_int_equal(b->view.wants, MR_WANTS_ID);
	stand_says(s, s->m.inside, MR_V_FIRST, "Maria to Wren");
	assert_int_equal(b->view.wants, MR_WANTS_SHEETS);
	assert_true(b->view.done);
	stand_says(s, "2", MR_V_DONE, "sheets: 2");
	assert_int_equal(b->view.wants, MR_WANTS_ID);
	stand_says(s, "E", MR_V_SAME, "A1");
	assert_int_equal(b->view.wants, MR_WANTS_ID);
	stand_says(s, "N", MR_V_NO_ID, "DEAR/SIGNED");
	assert_int_equal(b->view.wants, MR_WANTS_NAMES);
	stand_says(s, "Wren/Maria", MR_V_LOOK_AGAIN, "Whose letter is it?");
	assert_int_equal(b->view.wants, MR_WANTS_CHOICE);
	assert_false(b->view.done);
	assert_int_equal(b->choices, 1);
	stand_says(s, "1", MR_V_GOES_ON, "A2");
	assert_int_equal(b->listed, 2);
	assert_string_equal(b->list[0].number, "A2");
}

static void
a_line_that_does_nothing_is_not_done(void **state)
{
	static const char *const lines[] = {
	    "7", "M", "hello", "", "K7M-4R", "5", "LXXXXXXXXXXXXXXXXXXX", "U"};
	struct stand *s = *state;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (stand_line(s, lines[i])->done)
			fail_msg("'%s' is told as done", lines[i]);
	assert_int_equal(s->writes, 0);
	assert_true(stand_line(s, "?")->done);
}

/* An ID with two symbols exchanged for look-alikes of the hand. */
static void
a_choice_is_for_the_next_line_only(void **state)
{
	struct stand *s = *state;
	char typed[64];

	snprintf(typed, sizeof(typed), "%s", s->m.inside);
	typed[0] = '?';
	stand_says(s, typed, MR_V_LOOK_AGAIN, "One of these?");
	assert_int_equal(s->bench.choices, 1);
	stand_says(s, "9", MR_V_LOOK_AGAIN, "none of the numbers shown");
	assert_int_equal(s->bench.choices, 0);
	stand_says(s, "1", MR_V_LOOK_AGAIN, "Sheets of which letter?");
	stand_says(s, typed, MR_V_LOOK_AGAIN, "One of these?");
	stand_says(s, "hello", MR_V_LOOK_AGAIN, "");
	stand_says(s, "1", MR_V_LOOK_AGAIN, "Sheets of which letter?");
	stand_says(s, typed, MR_V_LOOK_AGAIN, "One of these?");
	stand_says(s, "1", MR_V_FIRST, "Maria to Wren");
}

static void
a_sheet_that_cannot_be_printed_is_said(void **state)
{
	struct stand *s = *state;

	s->front.sheets = 1;
	stand_says(s, s->m.inside, MR_V_FIRST, "");
	stand_says(s, "1", MR_V_DONE, "");
	assert_int_equal(s->printed, 1);
	assert_int_equal(s->bench.view.extras, 0);
	s->broken = "the printer is out of paper";
	s->front.page = 1;
	stand_says(s, s->m.outside, MR_V_FIRST, "");
	stand_says(s, "1", MR_V_DONE, "out of paper");
	assert_true(stand_has(&s->bench.view, "print its sheet later"));
	assert_string_equal(s->bench.view.sheet, s->bench.last.code);
	assert_int_equal(s->printed, 1);
}

/* A letter that is cleared and has its sheet; its stub into scan. */
static void
clear_one(struct stand *s, char code[64], char scan[MR_PAYLOAD_LEN + 1])
{
	struct house *h = s->h;

	h->now += 60000000;
	did(h,
	    run(h, "letter receive", "id", s->m.outside, "sheets", "2", NULL),
	    "");
	house_value(h, "code", 0, code);
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, scan);
}

static void
a_stub_prints_its_envelope_and_meets_it(void **state)
{
	struct stand *s = *state;
	struct mr_bench *b = &s->bench;
	char code[64], stub[32];

	clear_one(s, code, stub);
	s->front.envelopes = "upstairs";
	stand_says(s, stub, MR_V_STUB, "comes out of upstairs");
	assert_int_equal(s->printed, 1);
	assert_int_equal(b->view.wants, MR_WANTS_ENVELOPE);
	stand_says(s, stub, MR_V_STUB, "printed before");
	stand_says(s, "P", MR_V_STUB, "comes out of upstairs");
	assert_int_equal(s->printed, 3);
	stand_says(s, "4", MR_V_LOOK_AGAIN, "You hold the stub of A1");
	stand_says(s, "M", MR_V_LOOK_AGAIN, "You hold the stub of A1");
	stand_says(s, "KKK", MR_V_STOP, "Do not glue");
	assert_string_equal(b->stub.code, code);
	/* The whole ID off the envelope's corner is no letter that came in. */
	assert_false(stand_line(s, s->m.outside)->done);
	stand_says(
	    s, s->m.outside, MR_V_LOOK_AGAIN, "type the three symbols that");
	assert_string_equal(b->stub.code, code);
	stand_says(s, "U", MR_V_READY, "put down");
	assert_int_equal(b->stub.code[0], '\0');
}

static void
a_forgotten_count_is_told_and_made_up_for(void **state)
{
	struct stand *s = *state;
	struct mr_bench *b = &s->bench;

	stand_says(s, s->m.outside, MR_V_FIRST, "A1");
	assert_int_equal(b->view.extras, 0);
	stand_says(s, "N", MR_V_NO_ID,
	    "A1 has no count yet: afterwards type "
	    "A1, then how many sheets.");
	stand_says(s, "A1", MR_V_GOOD, "Wren to Maria");
	stand_says(s, "2", MR_V_DONE, "A1, sheets: 2");
	stand_says(s, s->m.inside, MR_V_FIRST, "A3");
	assert_false(stand_has(&b->view, "no count yet"));
}

/* What is typed next is for the letter that is on the screen. */
static void
a_letter_that_is_looked_at_is_in_the_hand(void **state)
{
	struct stand *s = *state;
	struct mr_bench *b = &s->bench;
	char code[64], stub[32];

	clear_one(s, code, stub);
	stand_says(s, s->m.inside, MR_V_FIRST, "A2");
	stand_says(s, "M", MR_V_HELD, "A2");
	stand_says(s, s->m.outside, MR_V_SECOND, "A3");
	stand_says(s, "A2", MR_V_HELD, "money");
	assert_string_equal(b->list[0].number, "A2");
	stand_says(s, "4", MR_V_HELD, "A2");
	stand_says(s, "A1", MR_V_OURS, "Counted wrong?");
	stand_says(s, "3", MR_V_DONE, "A1, sheets: 3");
	stand_says(s, "A3", MR_V_GOOD, "Wren to Maria");
	did(s->h,
	    run(s->h, "letter refuse", "letter", "A3", "disposition",
		"logged-by-mistake", NULL),
	    "closed");
	stand_says(s, "A3", MR_V_OURS, "Closed");
	stand_says(s, "2", MR_V_LOOK_AGAIN, "Sheets of which letter?");
}

static void
a_page_is_told_which_envelope_to_fetch(void **state)
{
	struct stand *s = *state;
	char code[64], stub[32];

	clear_one(s, code, stub);
	s->front.page = 1;
	stand_says(s, stub, MR_V_NOT_DONE, "no envelope yet");
	assert_string_equal(s->bench.view.envelope, code);
	did(s->h, run(s->h, "envelope print", "letter", code, NULL), "");
	stand_says(s, stub, MR_V_STUB, "You hold A1");
	assert_int_equal(s->bench.view.envelope[0], '\0');
}

static void
take_up(struct stand *s, const char *hand, const char *stub, const char *wants)
{
	memset(&s->bench, 0, sizeof(s->bench));
	mr_arena_reset(s->front.arena);
	mr_bench_take_up(&s->bench, &s->front, hand, stub, wants);
}

static void
what_was_in_the_hand_is_taken_up_again(void **state)
{
	struct stand *s = *state;
	struct mr_bench *b = &s->bench;
	char code[64];

	stand_says(s, s->m.inside, MR_V_FIRST, "");
	snprintf(code, sizeof(code), "%s", b->last.code);
	take_up(s, code, NULL, "sheets");
	assert_string_equal(b->last.number, "A1");
	assert_string_equal(b->last.from, "Maria");
	stand_says(s, "2", MR_V_DONE, "A1, sheets: 2");
	/* Not in the state that a stub needs is no stub. */
	stand_says(s, s->m.inside, MR_V_SECOND, "");
	take_up(s, NULL, b->last.code, NULL);
	assert_int_equal(b->stub.code[0], '\0');
	take_up(s, NULL, code, "envelope");
	assert_string_equal(b->stub.number, "A1");
	/* Nobody's code, and no code. */
	take_up(s, "XXX-XXX-XXX-XXX", "<script>", "id");
	assert_null(mr_bench_hand(b));
	assert_int_equal(b->stub.code[0], '\0');
}

static void
after_a_lost_choice_no_digit_counts_sheets(void **state)
{
	struct stand *s = *state;
	char code[64];

	stand_says(s, s->m.inside, MR_V_FIRST, "");
	snprintf(code, sizeof(code), "%s", s->bench.last.code);
	take_up(s, code, NULL, "choice");
	stand_says(s, "2", MR_V_LOOK_AGAIN, "none of the numbers shown");
	assert_string_equal(s->bench.last.state, "received");
	stand_says(s, "2", MR_V_DONE, "A1, sheets: 2");
}

static void
a_beginning_forgets_what_nobody_sees(void **state)
{
	struct stand *s = *state;
	struct mr_bench *b = &s->bench;

	stand_says(s, s->m.inside, MR_V_FIRST, "");
	stand_says(s, "E", MR_V_SAME, "");
	b->choices = 3;
	assert_int_equal(mr_bench_begin(b, &s->front, &s->h->error), MR_OK);
	assert_int_equal(b->choices, 0);
	assert_int_equal(b->same, 0);
	assert_string_equal(b->last.number, "A1");
	assert_true(stand_has(&b->view, "Last saved A1"));
	assert_int_equal(b->view.wants, MR_WANTS_SHEETS);
	s->h->user = "admin";
	assert_int_equal(mr_bench_begin(b, &s->front, &s->h->error), MR_DENIED);
}

static void
words_are_cut_between_characters(void **state)
{
	struct mr_bench_view view = {.extras = 0};
	char text[400];

	(void)state;
	for (size_t i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[sizeof(text) - 2] = '\0';
	for (int i = 0; i < MR_BENCH_EXTRAS + 3; i++)
		mr_bench_extra(&view, text);
	assert_int_equal(view.extras, MR_BENCH_EXTRAS);
	assert_int_equal(strlen(view.extra[0]), 238);
	assert_int_equal((unsigned char)view.extra[0][237], 0xa9);
}

int
main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, stand_setup, stand_teardown)
	const struct CMUnitTest tests[] = {
	    TEST(what_is_wanted_next_is_told),
	    TEST(a_line_that_does_nothing_is_not_done),
	    TEST(a_choice_is_for_the_next_line_only),
	    TEST(a_sheet_that_cannot_be_printed_is_said),
	    TEST(a_stub_prints_its_envelope_and_meets_it),
	    TEST(a_forgotten_count_is_told_and_made_up_for),
	    TEST(a_letter_that_is_looked_at_is_in_the_hand),
	    TEST(a_page_is_told_which_envelope_to_fetch),
	    TEST(what_was_in_the_hand_is_taken_up_again),
	    TEST(after_a_lost_choice_no_digit_counts_sheets),
	    TEST(a_beginning_forgets_what_nobody_sees),
	    cmocka_unit_test(words_are_cut_between_characters),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
