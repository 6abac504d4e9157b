/*
 * Text: what is refused as UTF-8, what counts as a number or as money.
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

struct bad {
	const char *bytes;
	size_t len, byte, character;
	const char *message;
};

#define BAD(bytes, at, character, message) \
	{ \
		bytes, sizeof(bytes) - 1, at, character, message \
	}

static const struct bad malformed[] = {
    BAD("ab\x80", 2, 3,
	"character 3 is not UTF-8: a byte from the middle of a "
	"character (byte 80)"),
    BAD("\xC3\xA9\xBF", 2, 2,
	"character 2 is not UTF-8: a byte from the middle of a "
	"character (byte BF)"),
    BAD("a\xFF", 1, 2,
	"character 2 is not UTF-8: a byte that never occurs (byte "
	"FF)"),
    BAD("\xFE", 0, 1,
	"character 1 is not UTF-8: a byte that never occurs (byte "
	"FE)"),
    BAD("\xF8\x88\x80\x80\x80", 0, 1,
	"character 1 is not UTF-8: a byte that never occurs (byte "
	"F8)"),
    BAD("caf\xE9", 3, 4,
	"character 4 is not UTF-8: a character that is cut short "
	"(byte E9)"),
    BAD("\xE2\x82 x", 0, 1,
	"character 1 is not UTF-8: a character that is cut short "
	"(byte E2)"),
    BAD("\xC0\xAF", 0, 1,
	"character 1 is not UTF-8: a character written longer than "
	"needed (byte C0)"),
    BAD("\xC1\xBF", 0, 1,
	"character 1 is not UTF-8: a character written longer than "
	"needed (byte C1)"),
    BAD("\xE0\x9F\xBF", 0, 1,
	"character 1 is not UTF-8: a character written longer than "
	"needed (byte E0)"),
    BAD("\xF0\x8F\xBF\xBF", 0, 1,
	"character 1 is not UTF-8: a character written longer than "
	"needed (byte F0)"),
    BAD("\xED\xA0\x80", 0, 1,
	"character 1 is not UTF-8: half of a UTF-16 pair (byte ED)"),
    BAD("\xED\xBF\xBF", 0, 1,
	"character 1 is not UTF-8: half of a UTF-16 pair (byte ED)"),
    BAD("\xF4\x90\x80\x80", 0, 1,
	"character 1 is not UTF-8: a character beyond U+10FFFF (byte "
	"F4)"),
    BAD("\xF7\xBF\xBF\xBF", 0, 1,
	"character 1 is not UTF-8: a character beyond U+10FFFF (byte "
	"F7)"),
    BAD("a\0b", 1, 2, "character 2 is a NUL byte (U+0000)"),
    BAD("a\033[2J", 1, 2, "character 2 is a control character (U+001B)"),
    BAD("\x7F", 0, 1, "character 1 is a control character (U+007F)"),
    BAD("\xC2\x9B", 0, 1, "character 1 is a control character (U+009B)"),
    BAD("a\tb", 1, 2, "character 2 is a tab (U+0009)"),
    BAD("a\nb", 1, 2, "character 2 is a line end (U+000A)"),
    BAD("a\xE2\x80\xA8", 1, 2, "character 2 is a line end (U+2028)"),
    BAD("\xC3\xA9\xE2\x80\xAE", 2, 2,
	"character 2 is one that turns the direction (U+202E)"),
};

static void
each_kind_of_malformed_utf8_is_named_with_its_place(void **state)
{
	struct mr_text_fault fault;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
		const struct bad *bad = &malformed[i];

		assert_int_equal(
		    mr_text_check(bad->bytes, bad->len, 0, &fault), -1);
		assert_string_equal(fault.message, bad->message);
		assert_int_equal(fault.byte, bad->byte);
		assert_int_equal(fault.character, bad->character);
		assert_int_equal(
		    mr_text_check(bad->bytes, bad->len, 0, NULL), -1);
	}
}

static void
the_ends_of_each_length_pass(void **state)
{
	static const char good[] = " ~\xC2\xA0\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF"
				   "\xEE\x80\x80\xEF\xBF\xBF\xF0\x90\x80\x80"
				   "\xF4\x8F\xBF\xBF";

	(void)state;
	assert_int_equal(mr_text_check(good, sizeof(good) - 1, 0, NULL), 0);
	assert_int_equal(mr_text_check("", 0, 0, NULL), 0);
}

static void
tabs_and_lines_pass_only_where_they_are_allowed(void **state)
{
	struct mr_text_fault fault;

	(void)state;
	assert_int_equal(mr_text_check("a\tb", 3, MR_TEXT_TAB, NULL), 0);
	assert_int_equal(mr_text_check("a\r\nb", 4, MR_TEXT_LINES, NULL), 0);
	assert_int_equal(mr_text_check("a\tb", 3, MR_TEXT_LINES, NULL), -1);
	assert_int_equal(mr_text_check("a\nb", 3, MR_TEXT_TAB, NULL), -1);
	assert_int_equal(
	    mr_text_check("a\n\033", 3, MR_TEXT_TAB | MR_TEXT_LINES, &fault),
	    -1);
	assert_int_equal(fault.byte, 2);
}

static void
every_character_survives_encoding_and_decoding(void **state)
{
	char out[4];
	uint32_t code, back;
	size_t n;

	(void)state;
	for (code = 0; code <= 0x110000; code++) {
		n = mr_text_put(out, code);
		if ((code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) {
			assert_int_equal(n, 0);
			continue;
		}
		assert_int_equal(mr_text_next(out, n, &back), (int)n);
		assert_int_equal(back, code);
		if (n > 1)
			assert_int_equal(mr_text_next(out, n - 1, &back), -1);
	}
	assert_int_equal(mr_text_next("x", 0, &back), 0);
}

static void
trim_leaves_single_spaces_between_words_only(void **state)
{
	assert_string_equal(mr_text_trim(*state,
				"\xC2\xA0\t  12  Main\r\n St\xC2\xA0\xC2\xA0"
				"Apt 3 \n"),
	    "12 Main St Apt 3");
	assert_string_equal(mr_text_trim(*state, " \n "), "");
	assert_string_equal(mr_text_trim(*state, "a\xC2\xA1"), "a\xC2\xA1");
	assert_null(mr_text_trim(*state, NULL));
}

static void
a_swap_of_neighbours_is_one_edit(void **state)
{
	char lengthy[80];

	(void)state;
	memset(lengthy, 'x', sizeof(lengthy) - 1);
	lengthy[sizeof(lengthy) - 1] = '\0';
	assert_int_equal(mr_text_distance("stret", "street"), 1);
	assert_int_equal(mr_text_distance("zpi", "zip"), 1);
	assert_int_equal(mr_text_distance("", "zip"), 3);
	assert_int_equal(mr_text_distance("state", "state"), 0);
	assert_int_equal(mr_text_distance("kitten", "sitting"), 3);
	assert_int_equal(mr_text_distance(lengthy, "zip"), 64);
}

static void
expect_integer(const char *s, enum mr_number kind, int64_t expected)
{
	int64_t value = 4711;

	assert_int_equal(mr_text_integer(s, 1, 99, &value), kind);
	assert_true(value == (kind == MR_NUMBER_OK ? expected : 4711));
}

static void
a_number_is_taken_or_its_fault_is_named(void **state)
{
	(void)state;
	expect_integer("3", MR_NUMBER_OK, 3);
	expect_integer(" 99 ", MR_NUMBER_OK, 99);
	expect_integer("007", MR_NUMBER_OK, 7);
	expect_integer("+1", MR_NUMBER_OK, 1);
	expect_integer("", MR_NUMBER_EMPTY, 0);
	expect_integer("  ", MR_NUMBER_EMPTY, 0);
	expect_integer("0", MR_NUMBER_LOW, 0);
	expect_integer("-3", MR_NUMBER_LOW, 0);
	expect_integer("-0", MR_NUMBER_LOW, 0);
	expect_integer("100", MR_NUMBER_HIGH, 0);
	expect_integer("18446744073709551617", MR_NUMBER_HIGH, 0);
	expect_integer("-99999999999999999999", MR_NUMBER_LOW, 0);
	expect_integer("3x", MR_NUMBER_WORD, 0);
	expect_integer("x", MR_NUMBER_WORD, 0);
	expect_integer("3 4", MR_NUMBER_WORD, 0);
	expect_integer("3.0", MR_NUMBER_WORD, 0);
	expect_integer("0x10", MR_NUMBER_WORD, 0);
	expect_integer("+-3", MR_NUMBER_WORD, 0);
	expect_integer("-", MR_NUMBER_WORD, 0);
	expect_integer("\xD9\xA3", MR_NUMBER_WORD, 0);
}

static void
the_ends_of_64_bits_are_numbers_and_one_more_is_not(void **state)
{
	int64_t v;

	(void)state;
	assert_int_equal(
	    mr_text_integer("9223372036854775807", INT64_MIN, INT64_MAX, &v),
	    MR_NUMBER_OK);
	assert_true(v == INT64_MAX);
	assert_int_equal(
	    mr_text_integer("-9223372036854775808", INT64_MIN, INT64_MAX, &v),
	    MR_NUMBER_OK);
	assert_true(v == INT64_MIN);
	assert_int_equal(
	    mr_text_integer("9223372036854775808", INT64_MIN, INT64_MAX, &v),
	    MR_NUMBER_HIGH);
	assert_int_equal(
	    mr_text_integer("-9223372036854775809", INT64_MIN, INT64_MAX, &v),
	    MR_NUMBER_LOW);
}

static void
money_is_read_the_way_people_write_it(void **state)
{
	static const struct {
		const char *text;
		enum mr_number kind;
		int64_t cents;
	} rows[] = {
	    {"20", MR_NUMBER_OK, 2000},
	    {"20.00", MR_NUMBER_OK, 2000},
	    {"$20.50", MR_NUMBER_OK, 2050},
	    {" $ 20.5 ", MR_NUMBER_OK, 2050},
	    {"1,020.50", MR_NUMBER_OK, 102050},
	    {"1,234,567", MR_NUMBER_OK, 123456700},
	    {".78", MR_NUMBER_OK, 78},
	    {"0", MR_NUMBER_OK, 0},
	    {"999,999,999.99", MR_NUMBER_OK, 99999999999},
	    {"1000000000", MR_NUMBER_HIGH, 0},
	    {"99999999999999999999999", MR_NUMBER_HIGH, 0},
	    {"-5", MR_NUMBER_LOW, 0},
	    {"-$5.00", MR_NUMBER_LOW, 0},
	    {"", MR_NUMBER_EMPTY, 0},
	    {"$", MR_NUMBER_WORD, 0},
	    {".", MR_NUMBER_WORD, 0},
	    {"20.", MR_NUMBER_WORD, 0},
	    {"20.505", MR_NUMBER_WORD, 0},
	    {"20,5", MR_NUMBER_WORD, 0},
	    {"1020,500", MR_NUMBER_WORD, 0},
	    {"1,02,050", MR_NUMBER_WORD, 0},
	    {",500", MR_NUMBER_WORD, 0},
	    {"1,", MR_NUMBER_WORD, 0},
	    {"20 USD", MR_NUMBER_WORD, 0},
	    {"twenty", MR_NUMBER_WORD, 0},
	};
	int64_t cents;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cents = -1;
		assert_int_equal(
		    mr_text_cents(rows[i].text, &cents), rows[i].kind);
		assert_true(cents ==
		    (rows[i].kind == MR_NUMBER_OK ? rows[i].cents : -1));
	}
}

static void
money_is_written_with_two_digits_of_cents(void **state)
{
	char out[MR_MONEY_SIZE];

	(void)state;
	assert_string_equal(mr_text_money(2050, out), "20.50");
	assert_string_equal(mr_text_money(7, out), "0.07");
	assert_string_equal(mr_text_money(-50, out), "-0.50");
	assert_string_equal(
	    mr_text_money(INT64_MIN, out), "-92233720368547758.08");
}

static void
hex_comes_back_and_half_a_byte_does_not(void **state)
{
	unsigned char out[4];

	assert_string_equal(
	    mr_text_hex(*state, "\x00\x7F\xFF\xA5", 4), "007fffa5");
	assert_string_equal(mr_text_hex(*state, "", 0), "");
	assert_int_equal(mr_text_unhex("007FffA5", out, 4), 4);
	assert_memory_equal(out, "\x00\x7F\xFF\xA5", 4);
	assert_int_equal(mr_text_unhex("", out, 4), 0);
	assert_int_equal(mr_text_unhex("007", out, 4), -1);
	assert_int_equal(mr_text_unhex("0g", out, 4), -1);
	assert_int_equal(mr_text_unhex("00 7f", out, 4), -1);
	assert_int_equal(mr_text_unhex("0011223344", out, 4), -1);
}

static void
short_memory_is_told_by_null(void **state)
{
	struct mr_arena *small = mr_arena_new(16384);
	static char lengthy[20000];

	(void)state;
	memset(lengthy, 'x', sizeof(lengthy) - 1);
	assert_null(mr_text_fold(small, lengthy));
	assert_null(mr_text_trim(small, lengthy));
	assert_null(mr_text_hex(small, lengthy, sizeof(lengthy)));
	assert_int_equal(mr_text_same(small, lengthy, "x"), -1);
	assert_true(mr_arena_failed(small));
	mr_arena_free(small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		each_kind_of_malformed_utf8_is_named_with_its_place),
	    cmocka_unit_test(the_ends_of_each_length_pass),
	    cmocka_unit_test(tabs_and_lines_pass_only_where_they_are_allowed),
	    cmocka_unit_test(every_character_survives_encoding_and_decoding),
	    cmocka_unit_test(trim_leaves_single_spaces_between_words_only),
	    cmocka_unit_test(a_swap_of_neighbours_is_one_edit),
	    cmocka_unit_test(a_number_is_taken_or_its_fault_is_named),
	    cmocka_unit_test(
		the_ends_of_64_bits_are_numbers_and_one_more_is_not),
	    cmocka_unit_test(money_is_read_the_way_people_write_it),
	    cmocka_unit_test(money_is_written_with_two_digits_of_cents),
	    cmocka_unit_test(hex_comes_back_and_half_a_byte_does_not),
	    cmocka_unit_test(short_memory_is_told_by_null),
	};

	return cmocka_run_group_tests_name("text", tests, setup, teardown);
}
