/*
 * What a station says: every verdict has words, a next step and no blame.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "lib/verdict.h"

static const struct mr_verdict_facts facts = {.number = "A9",
    .from = "Maria",
    .to = "Ember J.",
    .sheets = "3",
    .stamps = "1",
    .other = "A12",
    .state = "cleared",
    .why = "It waits."};

static void
assert_says(enum mr_verdict verdict, const struct mr_verdict_facts *with,
    const char *words)
{
	char text[400];

	assert_string_equal(
	    mr_verdict_say(verdict, with, text, sizeof(text)), words);
}

static void
names_and_numbers_stand_in_the_words(void **state)
{
	(void)state;
	assert_says(MR_V_STOP, &facts,
	    "This envelope is A12's, you hold A9. Do not glue. Find A12.");
	assert_says(
	    MR_V_MATCH, &facts, "A9. Stub in the box. Glue. Stamps: 1.");
}

static void
a_name_that_ends_in_a_dot_is_not_followed_by_another(void **state)
{
	(void)state;
	assert_says(MR_V_GOOD, &facts,
	    "A9. Maria to Ember J. Does it say Dear Ember J.? Count the "
	    "sheets.");
}

static void
a_reason_that_is_not_told_leaves_no_gap(void **state)
{
	struct mr_verdict_facts untold = facts;

	(void)state;
	assert_says(
	    MR_V_HELD, &facts, "A9. It waits. Red tray, ask the coordinator.");
	untold.why = NULL;
	assert_says(MR_V_HELD, &untold, "A9. Red tray, ask the coordinator.");
}

static void
what_is_not_known_is_a_question_mark(void **state)
{
	struct mr_verdict_facts none = {0};

	(void)state;
	assert_says(MR_V_CAME_BACK, &none, "?. Blue tray, do not open.");
}

static void
no_verdict_lacks_words_or_says_invalid(void **state)
{
	char text[400];
	int i;

	(void)state;
	for (i = 0; i < MR_NVERDICTS; i++) {
		mr_verdict_say((enum mr_verdict)i, &facts, text, sizeof(text));
		assert_true(mr_verdict_big((enum mr_verdict)i)[0] != '\0');
		assert_true(text[0] != '\0');
		assert_null(strstr(text, "nvalid"));
		assert_null(strchr(text, '{'));
		assert_null(strstr(text, "?."));
	}
}

static void
a_verdict_is_found_by_its_big_words(void **state)
{
	(void)state;
	assert_int_equal(mr_verdict_named("CAME BACK"), MR_V_CAME_BACK);
	assert_int_equal(mr_verdict_named("STOP"), MR_V_STOP);
	assert_int_equal(mr_verdict_named("no such words"), MR_V_OURS);
}

static void
bad_news_rings_more_often_than_good(void **state)
{
	(void)state;
	assert_true(mr_verdict_bells(MR_V_STOP) > mr_verdict_bells(MR_V_HELD));
	assert_true(mr_verdict_bells(MR_V_HELD) > mr_verdict_bells(MR_V_GOOD));
	assert_int_equal(mr_verdict_colour(MR_V_MATCH), MR_VERDICT_GREEN);
	assert_int_equal(mr_verdict_colour(MR_V_STOP), MR_VERDICT_RED);
}

static void
words_are_cut_to_the_room(void **state)
{
	char text[8];

	(void)state;
	mr_verdict_say(MR_V_STOP, &facts, text, sizeof(text));
	assert_string_equal(text, "This en");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_and_numbers_stand_in_the_words),
	    cmocka_unit_test(
		a_name_that_ends_in_a_dot_is_not_followed_by_another),
	    cmocka_unit_test(a_reason_that_is_not_told_leaves_no_gap),
	    cmocka_unit_test(what_is_not_known_is_a_question_mark),
	    cmocka_unit_test(no_verdict_lacks_words_or_says_invalid),
	    cmocka_unit_test(a_verdict_is_found_by_its_big_words),
	    cmocka_unit_test(bad_news_rings_more_often_than_good),
	    cmocka_unit_test(words_are_cut_to_the_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
