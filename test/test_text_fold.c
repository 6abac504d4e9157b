/*
 * Text: one spelling for every letter, how names compare, how wide they are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "lib/text.h"

static int
setup(void **state)
{
	*state = mr_arena_new(0);
	return *state == NULL;
}

static int
teardown(void **state)
{
	mr_arena_free(*state);
	return 0;
}

static void
names_fold_to_what_a_person_would_type(void **state)
{
	static const char *const pairs[][2] = {
	    {"Nguy\xE1\xBB\x85n Th\xE1\xBB\x8B \xC4\x90\xE1\xBA\xB7ng",
		"nguyen thi dang"},
	    {"Ho\xC3\xA0ng Ph\xC6\xB0\xC6\xA1ng", "hoang phuong"},
	    {"\xC5\x81ukasz \xC5\xBB\xC3\xB3\xC5\x82\xC4\x87", "lukasz zolc"},
	    {"\xC4\xB0stanbul I\xC5\x9F\xC4\xB1k \xC4\x9E", "istanbul isik g"},
	    {"\xC3\x85se S\xC3\xB8rensen \xC3\x86r\xC3\xB8",
		"ase sorensen aero"},
	    {"\xC3\x9E\xC3\xB3ra Gu\xC3\xB0r\xC3\xBAn", "thora gudrun"},
	    {"Stra\xC3\x9F"
	     "e \xE1\xBA\x9E \xC5\x92uvre",
		"strasse ss oeuvre"},
	    {"Jose\xCC\x81 Mun\xCC\x83oz", "jose munoz"},
	    {"Jos\xC3\xA9 Mu\xC3\xB1oz", "jose munoz"},
	    {"O'Neil, O\xE2\x80\x99Neil", "oneil oneil"},
	    {"  Anne-Marie\t(Annie) ", "anne marie annie"},
	    {"\xEF\xBC\xA1\xEF\xBD\x82\xEF\xBC\x93", "ab3"},
	    {"\xEF\xAC\x83x", "ffix"},
	    {"\xD0\x81\xD0\xBB\xD0\xBA\xD0\xB0 \xD0\x99",
		"\xD0\xB5\xD0\xBB\xD0\xBA\xD0\xB0 \xD0\xB8"},
	    {"\xCE\x86\xCE\xBD\xCE\xBD\xCE\xB1\xCF\x82",
		"\xCE\xB1\xCE\xBD\xCE\xBD\xCE\xB1\xCF\x83"},
	    {"\xE6\x9D\x8E\xE3\x80\x80\xE6\x98\x8E",
		"\xE6\x9D\x8E \xE6\x98\x8E"},
	    {"a\xFFz", "a z"},
	    {"so\xC2\xADlo", "solo"},
	    {" .,- ", ""},
	    {"", ""},
	};
	size_t i;

	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_equal(
		    mr_text_fold(*state, pairs[i][0]), pairs[i][1]);
	assert_null(mr_text_fold(*state, NULL));
}

static void
folding_twice_is_folding_once_and_never_longer(void **state)
{
	struct mr_mark mark = mr_mark(*state);
	char text[8] = "x", *once;
	uint32_t code;
	size_t n;

	for (code = 0x20; code < 0x30000; code++) {
		n = mr_text_put(text, code);
		text[n] = '\0';
		if (n == 0)
			continue;
		once = mr_text_fold(*state, text);
		assert_true(strlen(once) <= n);
		assert_string_equal(mr_text_fold(*state, once), once);
		mr_release(*state, mark);
	}
}

static void
letters_beyond_the_accents_fold_too(void **state)
{
	static const char *const pairs[][2] = {
	    {"Marcel\xC2\xB7l\xC3\xAD Marce\xC5\x80l\xC3\xAD",
		"marcelli marcelli"},
	    {"\xC5\x89"
	     "Dlovu",
		"ndlovu"},
	    {"\xC8\xBA\xC8\xBE \xC6\x81"
	     "ello \xC6\x8F",
		"at bello e"},
	    {"\xCE\x96\xCE\xB1\xCE\x90\xCE\xBC\xCE\xB7\xCF\x82 "
	     "\xCE\x96\xCE\x91\xCE\xAA\xCE\x9C\xCE\x97\xCE\xA3",
		"\xCE\xB6\xCE\xB1\xCE\xB9\xCE\xBC\xCE\xB7\xCF\x83 "
		"\xCE\xB6\xCE\xB1\xCE\xB9\xCE\xBC\xCE\xB7\xCF\x83"},
	    /* A syllable of Hangul, whole and in its letters. */
	    {"\xED\x95\x9C \xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB",
		"\xED\x95\x9C \xED\x95\x9C"},
	};
	size_t i;

	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_equal(
		    mr_text_fold(*state, pairs[i][0]), pairs[i][1]);
}

static void
composing_gives_one_spelling_and_never_grows(void **state)
{
	static const char *const pairs[][2] = {
	    {"Jose\xCC\x81", "Jos\xC3\xA9"},
	    {"Nguye\xCC\x82\xCC\x83n", "Nguy\xE1\xBB\x85n"},
	    /* marks in the order in which they were typed */
	    {"a\xCC\x82\xCC\xA3 a\xCC\xA3\xCC\x82",
		"\xE1\xBA\xAD \xE1\xBA\xAD"},
	    {"\xD0\xB8\xCC\x86\xCE\xB1\xCC\x81", "\xD0\xB9\xCE\xAC"},
	    /* no such letter, a mark alone, bytes that are no text */
	    {"M\xCC\x83", "M\xCC\x83"},
	    {"\xCC\x81", "\xCC\x81"},
	    {"e\xCC\x81\xFF", "\xC3\xA9\xFF"},
	    /* would grow */
	    {"\xE0\xA5\x98", "\xE0\xA5\x98"},
	    {"", ""},
	};
	char copy[32];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		strcpy(copy, pairs[i][0]);
		copy[mr_text_compose(copy, strlen(copy))] = '\0';
		assert_string_equal(copy, pairs[i][1]);
	}
}

/* More accents than anybody types: nothing is lost, nothing is overrun. */
static void
a_tower_of_marks_is_left_alone(void **state)
{
	char tower[1 + 2 * 400 + 1] = "a", *folded;

	for (size_t i = 0; i < 400; i++)
		memcpy(tower + 1 + 2 * i, "\xCC\x8B", 3);
	assert_int_equal(
	    mr_text_compose(tower, strlen(tower)), sizeof(tower) - 1);
	folded = mr_text_fold(*state, tower);
	assert_string_equal(folded, "a");
}

static void
same_compares_the_folded_names(void **state)
{
	assert_int_equal(
	    mr_text_same(*state, "JOSE\xCC\x81", "Jos\xC3\xA9"), 1);
	assert_int_equal(mr_text_same(*state, "Maria", "Marla"), 0);
}

static void
width_counts_columns_not_bytes(void **state)
{
	static const struct {
		const char *text;
		size_t width;
	} rows[] = {
	    {"abc", 3},
	    {"Jos\xC3\xA9", 4},
	    {"Jose\xCC\x81", 4},
	    {"\xE6\x9D\x8E\xE6\x98\x8E", 4},
	    {"\xF0\x9F\x98\x80", 2},
	    {"\xE2\x80\x8B", 0},
	    {"\xED\x95\x9C", 2},
	    {"\xE2\x80\x94", 1},
	    {"\xFFz", 2},
	    {"", 0},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
		    mr_text_width(rows[i].text, strlen(rows[i].text)),
		    rows[i].width);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_fold_to_what_a_person_would_type),
	    cmocka_unit_test(folding_twice_is_folding_once_and_never_longer),
	    cmocka_unit_test(letters_beyond_the_accents_fold_too),
	    cmocka_unit_test(composing_gives_one_spelling_and_never_grows),
	    cmocka_unit_test(a_tower_of_marks_is_left_alone),
	    cmocka_unit_test(same_compares_the_folded_names),
	    cmocka_unit_test(width_counts_columns_not_bytes),
	};

	return cmocka_run_group_tests_name("text_fold", tests, setup, teardown);
}
