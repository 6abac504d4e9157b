/*
 * The argument reader against a small table of its own, and what a station
 * makes of a line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/args.h"
#include "lib/bench_read.h"

struct words {
	struct mr_typed id;
	struct mr_count sheets;
	const char *name, *station;
	int no_id;
	struct mr_file list;
};

static const struct mr_param receive_params[] = {
    MR_PARAM(words, id, 1, "the forwarding ID on the envelope"),
    MR_NUMBER(words, sheets, 0, 1, 99, "sheets of paper"),
    MR_PARAM(words, no_id, 0, "there is none"),
    MR_PARAM(words, station, 0, "where it was seen"),
};
static const struct mr_param add_params[] = {
    MR_PARAM(words, list, 1, "the list"),
    MR_PARAM(words, name, 1, "a name"),
};

static const struct mr_param back_params[] = {
    MR_PARAM(words, id, MR_PLACED, "its code, where it has one"),
};

static const struct mr_param new_params[] = {
    MR_PARAM(words, station, MR_PLACED, "to whom"),
    MR_PARAM(words, name, 1, "which letter"),
};

static const struct mr_op receive = {
    .name = "letter receive", MR_PARAMS(receive_params)};
static const struct mr_op add = {.name = "person add", MR_PARAMS(add_params)};
static const struct mr_op scan = {.name = "scan", MR_PARAMS(receive_params)};
static const struct mr_op scan_all = {.name = "scan all"};
static const struct mr_op back = {
    .name = "letter back", MR_PARAMS(back_params)};
static const struct mr_op new_letter = {
    .name = "letter new", MR_PARAMS(new_params)};
static const struct mr_op *const rows[] = {
    &receive, &add, &scan, &scan_all, &back, &new_letter};
static const struct args_table table = {rows, 6};

/* Read a call, given as its words up to NULL. */
static int
read_call(struct args *args, const char *first, ...)
{
	char *argv[20] = {"mailroom"};
	const char *word;
	va_list ap;
	int n = 1;

	va_start(ap, first);
	for (word = first; word != NULL; word = va_arg(ap, const char *))
		argv[n++] = (char *)word;
	va_end(ap);
	return args_read(args, &table, n, argv);
}

static void
assert_message(const struct args *args, const char *part)
{
	if (strstr(args->message, part) == NULL)
		fail_msg("\"%s\" does not hold \"%s\"", args->message, part);
}

static void
required_parameters_come_by_position(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "letter", "receive", "K7M-4RP-TMK",
			     "--sheets", "3", NULL),
	    0);
	assert_ptr_equal(args.op, &receive);
	assert_string_equal(args.values[0], "K7M-4RP-TMK");
	assert_string_equal(args.values[1], "3");
	assert_null(args.values[2]);
	assert_int_equal(args_complete(&args, 0), 0);
}

static void
a_single_word_is_for_the_one_that_must_be_given(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "letter", "new", "welcome", NULL), 0);
	assert_null(args.values[0]);
	assert_string_equal(args.values[1], "welcome");
	assert_int_equal(
	    read_call(&args, "letter", "new", "C12", "welcome", NULL), 0);
	assert_string_equal(args.values[0], "C12");
	assert_string_equal(args.values[1], "welcome");
	assert_int_equal(
	    read_call(&args, "letter", "new", "C12", "--name", "welcome", NULL),
	    0);
	assert_string_equal(args.values[0], "C12");
	assert_string_equal(args.values[1], "welcome");
}

static void
a_required_one_given_by_flag_takes_no_word(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(
	    read_call(&args, "person", "add", "--list=a.csv", "Wren", NULL), 0);
	assert_string_equal(args.values[0], "a.csv");
	assert_string_equal(args.values[1], "Wren");
	assert_int_equal(args_complete(&args, 0), 0);
}

static void
a_flag_may_come_before_the_words(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "--json", "letter", "receive",
			     "--no-id", "x", "--office", "/o", NULL),
	    0);
	assert_int_equal(args.json, 1);
	assert_string_equal(args.office, "/o");
	assert_string_equal(args.values[0], "x");
	assert_string_equal(args.values[2], "yes");
}

static void
a_parameter_wins_over_the_option_of_its_name(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "--station", "B", "letter", "receive",
			     "x", "--station", "C", NULL),
	    0);
	assert_string_equal(args.station, "B");
	assert_string_equal(args.values[3], "C");
}

static void
what_starts_with_a_digit_is_never_a_flag(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(
	    read_call(&args, "letter", "receive", "-7M4RPTMK", NULL), 0);
	assert_string_equal(args.values[0], "-7M4RPTMK");
	assert_int_equal(read_call(&args, "letter", "receive", "-", NULL), 0);
	assert_string_equal(args.values[0], "-");
}

static void
two_hyphens_end_the_flags(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(
	    read_call(&args, "person", "add", "a.csv", "--", "--Wren", NULL),
	    0);
	assert_string_equal(args.values[1], "--Wren");
}

static void
a_missing_parameter_is_named_with_its_help(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "letter", "receive", NULL), 0);
	assert_int_equal(args_complete(&args, 0), -1);
	assert_message(&args, "ID");
	assert_message(&args, "the forwarding ID on the envelope");
}

static void
a_placed_parameter_takes_a_word_and_may_be_left_out(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "letter", "back", NULL), 0);
	assert_null(args.values[0]);
	assert_int_equal(args_complete(&args, 0), 0);
	assert_int_equal(read_call(&args, "letter", "back", "x", NULL), 0);
	assert_string_equal(args.values[0], "x");
	assert_int_equal(args_complete(&args, 0), 0);
}

static void
a_word_too_many_is_shown(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(
	    read_call(&args, "letter", "receive", "x", "surplus", NULL), 0);
	assert_int_equal(args_complete(&args, 0), -1);
	assert_message(&args, "'surplus'");
	assert_int_equal(args_complete(&args, 1), 0);
}

static void
an_unknown_flag_lists_the_nearest_first(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(
	    read_call(&args, "letter", "receive", "x", "--sheet", "3", NULL),
	    -1);
	assert_message(&args, "possible: --sheets,");
}

static void
an_unknown_verb_lists_those_of_its_noun(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "letter", "recieve", NULL), -1);
	assert_message(&args, "possible: receive");
	assert_null(strstr(args.message, "add"));
	assert_int_equal(read_call(&args, "leter", NULL), -1);
	assert_message(&args, "possible: letter,");
}

static void
flags_without_their_value_are_refused(void **state)
{
	static const char *const flags[] = {
	    "--sheets", "--office", "-o", "--passphrase-file"};
	struct args args;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		assert_int_equal(
		    read_call(&args, "letter", "receive", flags[i], NULL), -1);
		assert_message(&args, "wants a value");
		assert_int_equal(read_call(&args, "letter", "receive", flags[i],
				     "--json", NULL),
		    -1);
	}
}

static void
a_switch_takes_no_value(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(
	    read_call(&args, "letter", "receive", "--no-id=1", NULL), -1);
	assert_message(&args, "takes no value");
	assert_int_equal(read_call(&args, "scan", "--json=1", NULL), -1);
}

static void
a_flag_given_twice_is_refused(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "letter", "receive", "--sheets=1",
			     "--sheets=2", NULL),
	    -1);
	assert_message(&args, "twice");
	assert_int_equal(read_call(&args, "scan", "-o", "a", "-ob", NULL), -1);
}

static void
a_row_of_one_word_yields_to_longer_names(void **state)
{
	struct args args;

	(void)state;
	assert_int_equal(read_call(&args, "scan", "all", NULL), 0);
	assert_ptr_equal(args.op, &scan_all);
	assert_int_equal(read_call(&args, "scan", "K7M", NULL), 0);
	assert_ptr_equal(args.op, &scan);
	assert_string_equal(args.values[0], "K7M");
	assert_int_equal(
	    read_call(&args, "scan", "--sheets", "3", "all", NULL), 0);
	assert_ptr_equal(args.op, &scan);
	assert_string_equal(args.values[0], "all");
}

static void
more_words_than_there_is_room_for_are_refused(void **state)
{
	char *argv[ARGS_WORDS + 4];
	struct args args;
	int i;

	(void)state;
	for (i = 0; i < ARGS_WORDS + 4; i++)
		argv[i] = "x";
	argv[1] = "letter";
	argv[2] = "receive";
	assert_int_equal(args_read(&args, &table, ARGS_WORDS + 4, argv), -1);
	assert_message(&args, "too many");
}

struct line {
	const char *typed;
	enum mr_line_kind kind;
	int n;
};

static void
a_station_decides_by_length(void **state)
{
	static const struct line lines[] = {
	    {"", MR_LINE_EMPTY, 0},
	    {"  \t", MR_LINE_EMPTY, 0},
	    {"3", MR_LINE_SHEETS, 3},
	    {" 12 ", MR_LINE_SHEETS, 12},
	    {"0", MR_LINE_SHEETS, 0},
	    {"?", MR_LINE_KEYS, 0},
	    {"q", MR_LINE_LEAVE, 0},
	    {"A17", MR_LINE_NUMBER, 0},
	    {"b1234", MR_LINE_NUMBER, 0},
	    {"A65535", MR_LINE_NUMBER, 0},
	    {"A0.17", MR_LINE_NUMBER, 0},
	    {" c127.1 ", MR_LINE_NUMBER, 0},
	    {"A65536", MR_LINE_UNCLEAR, 6},
	    {"A128.1", MR_LINE_UNCLEAR, 0},
	    {"A.17", MR_LINE_UNCLEAR, 0},
	    {"A0.", MR_LINE_UNCLEAR, 0},
	    {"A0.1.7", MR_LINE_UNCLEAR, 0},
	    {"477", MR_LINE_SYMBOLS, 3},
	    {"k7m", MR_LINE_SYMBOLS, 3},
	    {"K7M-4RP-TMK", MR_LINE_CODE, 9},
	    {"k7m4rptmk", MR_LINE_CODE, 9},
	    {"K7M 4R? TMK", MR_LINE_CODE, 9},
	    {"XXX-XXX-XXX-XXX", MR_LINE_CODE, 12},
	    {"SK7M4RPTMK2345678CDF", MR_LINE_SCAN, 0},
	    {"K7M-4RP-TM", MR_LINE_UNCLEAR, 8},
	    {"12345", MR_LINE_UNCLEAR, 5},
	    {"K7M-4R/-TMK", MR_LINE_UNCLEAR, 0},
	    {"x", MR_LINE_UNCLEAR, 0},
	    {"https://example.org/1", MR_LINE_UNCLEAR, 0},
	};
	struct mr_line input;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		mr_line_read(lines[i].typed, &input);
		if (input.kind != lines[i].kind || input.n != lines[i].n)
			fail_msg("\"%s\" gives kind %d, n %d", lines[i].typed,
			    (int)input.kind, input.n);
	}
}

static void
every_flag_is_one_letter_of_either_case(void **state)
{
	struct mr_line input;
	const char *flag;
	char line[2] = "";

	(void)state;
	for (flag = MR_LINE_FLAGS; *flag != '\0'; flag++) {
		line[0] = *flag;
		mr_line_read(line, &input);
		assert_int_equal(input.kind, MR_LINE_FLAG);
		line[0] = (char)(*flag | 0x20);
		mr_line_read(line, &input);
		assert_int_equal(input.kind, MR_LINE_FLAG);
		assert_int_equal(input.letter, *flag);
	}
}

static void
a_line_that_is_too_long_is_cut_and_unclear(void **state)
{
	char line[400];
	struct mr_line input;

	(void)state;
	memset(line, 'K', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	mr_line_read(line, &input);
	assert_int_equal(input.kind, MR_LINE_UNCLEAR);
	assert_int_equal(strlen(input.text), MR_BENCH_TEXT - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(required_parameters_come_by_position),
	    cmocka_unit_test(a_required_one_given_by_flag_takes_no_word),
	    cmocka_unit_test(a_single_word_is_for_the_one_that_must_be_given),
	    cmocka_unit_test(a_flag_may_come_before_the_words),
	    cmocka_unit_test(a_parameter_wins_over_the_option_of_its_name),
	    cmocka_unit_test(what_starts_with_a_digit_is_never_a_flag),
	    cmocka_unit_test(two_hyphens_end_the_flags),
	    cmocka_unit_test(a_missing_parameter_is_named_with_its_help),
	    cmocka_unit_test(
		a_placed_parameter_takes_a_word_and_may_be_left_out),
	    cmocka_unit_test(a_word_too_many_is_shown),
	    cmocka_unit_test(an_unknown_flag_lists_the_nearest_first),
	    cmocka_unit_test(an_unknown_verb_lists_those_of_its_noun),
	    cmocka_unit_test(flags_without_their_value_are_refused),
	    cmocka_unit_test(a_switch_takes_no_value),
	    cmocka_unit_test(a_flag_given_twice_is_refused),
	    cmocka_unit_test(a_row_of_one_word_yields_to_longer_names),
	    cmocka_unit_test(more_words_than_there_is_room_for_are_refused),
	    cmocka_unit_test(a_station_decides_by_length),
	    cmocka_unit_test(every_flag_is_one_letter_of_either_case),
	    cmocka_unit_test(a_line_that_is_too_long_is_cut_and_unclear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
