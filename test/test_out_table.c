/*
 * The table printer: aligned, wrapped, never cut, and no byte of a value that
 * could move a cursor.
 */
#include "test/paper.h"

#include "lib/text.h"

static void
a_table_is_aligned_under_capitals(void **state)
{
	struct mr_out *out = table(80, 0);

	(void)state;
	letters(out);
	expect(out,
	    "CODE  SHEETS  STATE     HELD FOR\n"
	    "A1         3  received\n"
	    "A17       12  held      pairing paused\n");
}

static void
a_table_wraps_inside_its_column_and_cuts_nothing(void **state)
{
	struct mr_out *out = table(40, 0);

	(void)state;
	out->begin_list(out, NULL);
	letter(
	    out, "K7M-4RP", 3, "held", "pairing paused, ask the coordinator");
	letter(out, "A2", 4, "held", NULL);
	out->end_list(out);
	expect(out,
	    "CODE     SHEETS  STATE  HELD FOR\n"
	    "K7M-4RP       3  held   pairing paused,\n"
	    "                        ask the\n"
	    "                        coordinator\n"
	    "A2            4  held\n");
}

static void
a_table_too_wide_for_columns_becomes_blocks(void **state)
{
	struct mr_out *out = table(24, 0);

	(void)state;
	letters(out);
	expect(out,
	    "code      A1\nsheets    3\nstate     received\n\n"
	    "code      A17\nsheets    12\nstate     held\n"
	    "held for  pairing paused\n");
}

static void
a_map_is_lines_and_what_is_nested_sections(void **state)
{
	struct mr_out *out = table(80, 0);

	(void)state;
	everything(out);
	expect(out,
	    "code     A17\nsheets   -3\nlate     yes\nlost     no\n"
	    "batch    -\nkinds    photo, money\nnothing  none\n"
	    "\nFROM\n  pen name  WREN\n  slots     2\n"
	    "\nEVENTS\n"
	    "  CODE  SHEETS  STATE   HELD FOR\n"
	    "  A1         3  held    x\n"
	    "  A2        44  posted\n");
}

static void
a_long_value_of_a_map_wraps_under_itself(void **state)
{
	struct mr_out *out = table(30, 0);

	(void)state;
	out->begin_map(out, NULL);
	out->text(out, "next_step", "Red tray, ask the coordinator.\nThen A.");
	out->text(out, "k", "123456789012345678901234567890");
	out->end_map(out);
	expect(out,
	    "next step  Red tray, ask the\n"
	    "           coordinator.\n"
	    "           Then A.\n"
	    "k          1234567890123456789\n"
	    "           01234567890\n");
}

static void
nothing_to_show_is_said(void **state)
{
	struct mr_out *out = table(80, 0);

	(void)state;
	out->begin_list(out, NULL);
	out->end_list(out);
	expect(out, "Nothing to show.\n");
	out = table(80, 0);
	out->begin_map(out, NULL);
	out->end_map(out);
	expect(out, "Nothing to show.\n");
	expect(table(80, 0), "");
}

static void
a_list_of_words_is_a_word_a_line(void **state)
{
	struct mr_out *out = table(80, 0);

	(void)state;
	out->begin_list(out, NULL);
	out->text(out, NULL, "photo");
	out->text(out, NULL, "money");
	out->end_list(out);
	expect(out, "photo\nmoney\n");
}

static void
wide_and_combining_characters_keep_columns_straight(void **state)
{
	struct mr_out *out = table(80, 0);

	(void)state;
	out->begin_list(out, NULL);
	letter(out, "Jose\xCC\x81", 1, "held", "x");
	letter(out, "\xE6\x9D\x8E\xE6\x98\x8E", 2, "held", "x");
	letter(out, "plain", 3, "held", "x");
	out->end_list(out);
	expect(out,
	    "CODE   SHEETS  STATE  HELD FOR\n"
	    "Jose\xCC\x81        1  held   x\n"
	    "\xE6\x9D\x8E\xE6\x98\x8E        2  held   x\n"
	    "plain       3  held   x\n");
}

static void
money_stands_right_and_a_zip_left(void **state)
{
	struct mr_out *out = table(80, 0);
	static const char *const rows[][2] = {
	    {"5.00", "06810"}, {"120.50", "1"}};
	size_t i;

	(void)state;
	out->begin_list(out, NULL);
	for (i = 0; i < 2; i++) {
		out->begin_map(out, NULL);
		out->text(out, "amount", rows[i][0]);
		out->text(out, "zip", rows[i][1]);
		out->end_map(out);
	}
	out->end_list(out);
	expect(out, "AMOUNT  ZIP\n  5.00  06810\n120.50  1\n");
}

static void
colour_marks_states_only_and_only_when_asked(void **state)
{
	struct mr_out *out = table(80, 1);

	(void)state;
	out->begin_list(out, NULL);
	letter(out, "held", 1, "held", "held");
	letter(out, "A2", 2, "received", NULL);
	out->end_list(out);
	expect(out,
	    "\033[1mCODE\033[0m  \033[1mSHEETS\033[0m  \033[1mSTATE\033[0m"
	    "     \033[1mHELD FOR\033[0m\n"
	    "held       1  \033[31mheld\033[0m      held\n"
	    "A2         2  received\n");
	out = table(80, 1);
	out->begin_map(out, NULL);
	out->text(out, "verdict", "MATCH");
	out->end_map(out);
	expect(out, "\033[1mverdict\033[0m  \033[32mMATCH\033[0m\n");
}

static void
no_control_character_of_a_value_reaches_the_terminal(void **state)
{
	struct mr_out *out = table(80, 0);

	(void)state;
	out->begin_map(out, NULL);
	out->text(out, "esc", "\033[2J\033]0;title\a");
	out->text(out, "c1",
	    "\xC2\x9B"
	    "31m\x7F");
	out->text(out, "turn",
	    "\xE2\x80\xAE"
	    "abc");
	out->text(out, "back", "over\rwrite\b");
	out->text(out, "tab", "a\tb");
	out->text(out, "bad", "caf\xE9 \xC3");
	out->end_map(out);
	expect(out,
	    "esc   ^[[2J^[]0;title^G\nc1    <U+009B>31m^?\n"
	    "turn  <U+202E>abc\nback  over^Mwrite^H\n"
	    "tab   a b\nbad   caf<E9> <C3>\n");
}

static void
every_byte_is_harmless_in_a_table(void **state)
{
	struct mr_text_fault fault;
	struct mr_out *out = table(20, 0);
	char text[4] = "";
	int a, b;

	(void)state;
	out->begin_list(out, NULL);
	for (a = 1; a < 256; a += 5)
		for (b = 0; b < 256; b += 3) {
			text[0] = (char)a;
			text[1] = (char)b;
			text[2] = b == 0 ? '\0' : (char)0x80;
			out->begin_map(out, NULL);
			out->text(out, "k", text);
			out->end_map(out);
		}
	out->end_list(out);
	assert_int_equal(out->end(out), 0);
	assert_int_equal(
	    mr_text_check(paper.text, paper.len, MR_TEXT_LINES, &fault), 0);
	assert_null(strchr(paper.text, '\r'));
}

static void
a_long_list_streams_and_grows_its_columns(void **state)
{
	struct mr_out *out = table(80, 0);
	const char *last;

	(void)state;
	many(out, 10000);
	assert_int_equal(out->end(out), 0);
	assert_non_null(strstr(paper.text, "\nC1         1  held\n"));
	last = strstr(paper.text, "\nC9999 ");
	assert_non_null(last);
	assert_string_equal(
	    last, "\nC9999    9999  held\nC10000   10000  unidentified\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_table_is_aligned_under_capitals),
	    TEST(a_table_wraps_inside_its_column_and_cuts_nothing),
	    TEST(a_table_too_wide_for_columns_becomes_blocks),
	    TEST(a_map_is_lines_and_what_is_nested_sections),
	    TEST(a_long_value_of_a_map_wraps_under_itself),
	    TEST(nothing_to_show_is_said),
	    TEST(a_list_of_words_is_a_word_a_line),
	    TEST(wide_and_combining_characters_keep_columns_straight),
	    TEST(money_stands_right_and_a_zip_left),
	    TEST(colour_marks_states_only_and_only_when_asked),
	    TEST(no_control_character_of_a_value_reaches_the_terminal),
	    TEST(every_byte_is_harmless_in_a_table),
	    TEST(a_long_list_streams_and_grows_its_columns),
	};

	return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
