/*
 * CSV: what is read, and the sentence with line and column for what is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "lib/csv.h"

static const struct mr_csv_column columns[] = {
    {"ref", 1}, {"name", 1}, {"street", 0}, {"zip", 0}};

#define N (sizeof(columns) / sizeof(columns[0]))
#define HEADER "ref,name,street,zip\n"

static struct mr_csv *csv;
static struct mr_csv_row row;
static struct mr_csv_fault fault;

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

static int
open_bytes(void **state, const char *bytes, size_t len)
{
	return mr_csv_open(*state, bytes, len, columns, N, &csv, &fault);
}

static int
open_text(void **state, const char *text)
{
	return open_bytes(state, text, strlen(text));
}

/* The next row is (ref, name) from this line. */
static void
expect_row(size_t line, const char *ref, const char *name)
{
	assert_int_equal(mr_csv_next(csv, &row), 1);
	assert_int_equal(row.line, line);
	assert_string_equal(row.field[0], ref);
	assert_string_equal(row.field[1], name);
}

static void
expect_end(void)
{
	assert_int_equal(mr_csv_next(csv, &row), 0);
	assert_int_equal(mr_csv_next(csv, &row), 0);
}

/* Reading this file ends in this fault. */
static void
expect_bytes_fault(void **state, const char *bytes, size_t len, size_t line,
    size_t column, const char *message)
{
	int status = open_bytes(state, bytes, len);

	while (status >= 0)
		if ((status = mr_csv_next(csv, &row)) == 0)
			break;
	assert_int_equal(status, -1);
	assert_string_equal(fault.message, message);
	assert_int_equal(fault.line, line);
	assert_int_equal(fault.column, column);
}

static void
expect_fault(void **state, const char *text, size_t line, size_t column,
    const char *message)
{
	expect_bytes_fault(state, text, strlen(text), line, column, message);
}

static void
columns_are_found_by_name_in_any_order(void **state)
{
	assert_int_equal(open_text(state, "Name , REF\nMaria,c1\n"), 0);
	expect_row(2, "c1", "Maria");
	assert_null(row.field[2]);
	assert_null(row.field[3]);
	expect_end();
}

static void
every_line_end_reads_the_same(void **state)
{
	static const char *const files[] = {"ref,name\na,b\nc,\"d\ne\"\nf,g\n",
	    "ref,name\r\na,b\r\nc,\"d\r\ne\"\r\nf,g\r\n",
	    "ref,name\ra,b\rc,\"d\re\"\rf,g\r",
	    "ref,name\na,b\r\nc,\"d\re\"\nf,g",
	    "\xEF\xBB\xBFref,name\r\na,b\r\nc,\"d\ne\"\r\nf,g"};
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(open_text(state, files[i]), 0);
		expect_row(2, "a", "b");
		expect_row(3, "c", "d\ne");
		expect_row(5, "f", "g");
		expect_end();
		assert_int_equal(mr_csv_position(csv), strlen(files[i]));
	}
}

static void
quotes_hold_commas_lines_and_doubled_quotes(void **state)
{
	assert_int_equal(open_text(state,
			     "\"ref\",\"name\"\n"
			     "\"a,b\",\"say \"\"hi\"\"\"\n\"\",\"\"\"\"\n"),
	    0);
	expect_row(2, "a,b", "say \"hi\"");
	expect_row(3, "", "\"");
	expect_end();
}

static void
empty_lines_are_skipped_and_counted(void **state)
{
	assert_int_equal(open_text(state, "\n\nref,name\n\r\n\na,b\n\n\n"), 0);
	expect_row(6, "a", "b");
	expect_end();
}

static void
a_header_alone_has_no_rows(void **state)
{
	assert_int_equal(open_text(state, "ref,name"), 0);
	expect_end();
	assert_int_equal(open_text(state, "ref,name\r\n"), 0);
	expect_end();
}

static void
an_empty_file_names_the_columns(void **state)
{
	static const char message[] =
	    "line 1: the file is empty; its first line names the columns: "
	    "ref, name, street, zip";

	expect_fault(state, "", 1, 0, message);
	expect_fault(state, "\n\r\n", 1, 0, message);
	expect_fault(state, "\xEF\xBB\xBF", 1, 0, message);
}

static void
an_unknown_column_is_refused_with_the_nearest_name(void **state)
{
	expect_fault(state, "ref,name,stret\n", 1, 3,
	    "line 1, column 3: no column has this name; did you mean "
	    "\"street\"?");
	expect_fault(state, "ref,name,zpi\n", 1, 3,
	    "line 1, column 3: no column has this name; did you mean "
	    "\"zip\"?");
	expect_fault(state, "\nref,name,favourite colour\n", 2, 3,
	    "line 2, column 3: no column has this name; the names are ref, "
	    "name, street, zip");
	expect_fault(state, "ref,name,\n", 1, 3,
	    "line 1, column 3: no column has this name; the names are ref, "
	    "name, street, zip");
}

static void
a_doubled_or_missing_column_is_refused(void **state)
{
	expect_fault(state, "ref,name,zip,Name\n", 1, 4,
	    "line 1, column 4: \"name\" stands in column 2 already; take one "
	    "out");
	expect_fault(state, "zip\n", 1, 0,
	    "line 1: the header lacks a column that is needed: ref, name");
}

static void
another_separator_or_encoding_is_recognised(void **state)
{
	expect_fault(state, "ref;name;zip\na;b;c\n", 1, 1,
	    "line 1, column 1: the columns are parted by semicolons; save "
	    "the file with commas");
	expect_fault(state, "ref\tname\na\tb\n", 1, 1,
	    "line 1, column 1: the columns are parted by tabs; save the file "
	    "with commas");
	expect_bytes_fault(state, "\xFF\xFEr\0e\0f\0", 8, 1, 0,
	    "line 1: the file is UTF-16; save it as UTF-8");
}

static void
a_stray_quote_is_refused_where_it_stands(void **state)
{
	expect_fault(state, HEADER "a,b,c,d\na,6\" pipe,c,d\n", 3, 2,
	    "line 3, column 2 (name): a quote in the middle of a field; put "
	    "the whole field in quotes and double this one");
	expect_fault(state, HEADER "a, \"b\",c,d\n", 2, 2,
	    "line 2, column 2 (name): a quote in the middle of a field; put "
	    "the whole field in quotes and double this one");
	expect_fault(state, HEADER "a,\"b\nc\"d,e,f\n", 3, 2,
	    "line 3, column 2 (name): something stands between the closing "
	    "quote and the comma; a quote that belongs to the text is "
	    "doubled");
}

static void
an_open_quote_is_named_by_the_line_that_opens_it(void **state)
{
	static const char message[] =
	    "line 3, column 3 (street): the quote that opens this field is "
	    "never closed; put a quote at the end of the field";

	expect_fault(
	    state, HEADER "a,b,c,d\na,b,\"c,d\ne,f,g,h\n", 3, 3, message);
	expect_fault(state, HEADER "a,b,c,d\na,b,\"", 3, 3, message);
	expect_fault(state, HEADER "a,b,c,d\na,b,\"c\"\"", 3, 3, message);
}

static void
a_row_with_too_few_or_too_many_fields_is_refused(void **state)
{
	expect_fault(state, HEADER "a,b,c,d\na,b,c\n", 3, 0,
	    "line 3: 3 fields where the header has 4; a comma inside a field "
	    "needs quotes around the field");
	expect_fault(state, HEADER "a\n", 2, 0,
	    "line 2: 1 field where the header has 4; a comma inside a field "
	    "needs quotes around the field");
	expect_fault(state, HEADER "\"a\n\",b,c,d,e,f", 2, 0,
	    "line 2: 6 fields where the header has 4; a comma inside a field "
	    "needs quotes around the field");
	expect_fault(state, HEADER "a,b,c,d,\n", 2, 0,
	    "line 2: 5 fields where the header has 4; a comma inside a field "
	    "needs quotes around the field");
}

static void
a_nul_or_control_character_is_refused(void **state)
{
	static const char nul[] = HEADER "a,b\0c,d,e\n";

	expect_bytes_fault(state, nul, sizeof(nul) - 1, 2, 2,
	    "line 2, column 2 (name): character 2 is a NUL byte (U+0000); "
	    "take it out of the file");
	expect_fault(state, HEADER "a,b,\033[2J,e\n", 2, 3,
	    "line 2, column 3 (street): character 1 is a control character "
	    "(U+001B); take it out of the file");
}

static void
bad_utf8_is_refused_on_its_own_line(void **state)
{
	expect_fault(state, HEADER "a,Jos\xE9,c,d\n", 2, 2,
	    "line 2, column 2 (name): character 4 is not UTF-8: a character "
	    "that is cut short (byte E9); save the file as UTF-8");
	expect_fault(state, HEADER "a,b,\"c\r\nd\n\xFFz\",d\n", 4, 3,
	    "line 4, column 3 (street): character 5 is not UTF-8: a byte "
	    "that never occurs (byte FF); save the file as UTF-8");
	expect_fault(state, "ref,n\xE9me\n", 1, 2,
	    "line 1, column 2: character 2 is not UTF-8: a character that is "
	    "cut short (byte E9); save the file as UTF-8");
}

static void
no_message_repeats_a_value(void **state)
{
	static const char *const files[] = {"CANARY,ref,name\n", "ref,CANARY\n",
	    "ref,name,CANARY;x\n", "CANARY-999\n", HEADER "CANARY,CANARY\n",
	    HEADER "a,\"CANARY\n", HEADER "CANARY,CAN\"ARY,c,d\n",
	    HEADER "a,\"b\"CANARY,c,d\n", HEADER "CANARY\x01,b,c,d\n",
	    HEADER "CANARY\xFF,b,c,d\n"};
	size_t i;
	int status;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		status = open_text(state, files[i]);
		if (status == 0)
			status = mr_csv_next(csv, &row);
		assert_int_equal(status, -1);
		assert_null(strstr(fault.message, "CAN"));
		assert_null(strstr(fault.message, "ARY"));
		assert_null(strstr(fault.message, "can"));
		assert_non_null(strstr(fault.message, "line "));
	}
}

static void
a_fault_stays_a_fault(void **state)
{
	assert_int_equal(open_text(state, HEADER "a,b\nc,d,e,f\n"), 0);
	assert_int_equal(mr_csv_next(csv, &row), -1);
	assert_int_equal(mr_csv_next(csv, &row), -1);
	assert_int_equal(fault.line, 2);
}

static void
a_caller_refuses_a_row_in_the_same_words(void **state)
{
	assert_int_equal(
	    open_text(state, "zip,ref,name\n06810,a,b\n1,c,d\n"), 0);
	expect_row(2, "a", "b");
	assert_int_equal(
	    mr_csv_refuse(csv, &row, 3, "a ZIP has five digits"), -1);
	assert_string_equal(
	    fault.message, "line 2, column 1 (zip): a ZIP has five digits");
	assert_int_equal(fault.column, 1);
	mr_csv_refuse(csv, &row, 2, "needed here");
	assert_string_equal(fault.message, "line 2 (street): needed here");
	mr_csv_refuse(csv, &row, -1, "stands twice in the file");
	assert_string_equal(fault.message, "line 2: stands twice in the file");
	expect_row(3, "c", "d");
}

static void
a_field_of_a_megabyte_comes_through_whole(void **state)
{
	enum { BIG = 1 << 20 };
	char *file = mr_alloc(*state, BIG + 64), *to = file;
	size_t i;

	to += sprintf(to, "ref,name\na,\"");
	for (i = 0; i < BIG; i++)
		*to++ = i % 61 == 60 ? '\n' : (char)('a' + i % 26);
	to += sprintf(to, "\"\nb,c\n");
	assert_int_equal(open_bytes(state, file, (size_t)(to - file)), 0);
	assert_int_equal(mr_csv_next(csv, &row), 1);
	assert_int_equal(strlen(row.field[1]), BIG);
	assert_memory_equal(row.field[1], file + 12, BIG);
	expect_row(3 + BIG / 61, "b", "c");
	expect_end();
}

static void
rows_take_nothing_from_the_arena(void **state)
{
	enum { ROWS = 20000 };
	struct mr_arena *small = mr_arena_new(40000);
	char *file = mr_alloc(*state, ROWS * 24 + 64), *to = file, text[16];
	struct mr_mark mark;
	size_t i;

	to += sprintf(to, "ref,name\n");
	for (i = 0; i < ROWS; i++)
		to += sprintf(to, "r%zu,\"n\"\"%zu\"\n", i, i);
	assert_int_equal(mr_csv_open(small, file, (size_t)(to - file), columns,
			     N, &csv, &fault),
	    0);
	for (i = 0; i < ROWS; i++) {
		mark = mr_mark(small);
		assert_int_equal(mr_csv_next(csv, &row), 1);
		sprintf(text, "n\"%zu", i);
		assert_string_equal(row.field[1], text);
		assert_non_null(mr_strdup(small, row.field[1]));
		mr_release(small, mark);
	}
	expect_end();
	assert_false(mr_arena_failed(small));
	mr_arena_free(small);
}

static void
short_memory_is_a_fault_without_a_line(void **state)
{
	struct mr_arena *small = mr_arena_new(16384);
	static char file[40000];

	(void)state;
	memset(file, 'x', sizeof(file));
	assert_int_equal(
	    mr_csv_open(small, file, sizeof(file), columns, N, &csv, &fault),
	    -1);
	assert_int_equal(fault.line, 0);
	assert_string_equal(
	    fault.message, "memory is short: the file has 40000 bytes");
	mr_arena_free(small);
}

/* Cut and bend a good file everywhere: no crash, and a fault has a place. */
static void
any_damage_is_a_row_or_a_fault_with_a_line(void **state)
{
	static const char good[] =
	    "ref,name,street\r\na,\"b \"\"c\"\"\",\"d\ne\"\r\nf,g,\xC3\xA9\n";
	static const char damage[] = {'"', ',', '\n', '\r', '\0', '\xFF', 'x'};
	char bent[sizeof(good)];
	struct mr_mark mark = mr_mark(*state);
	size_t i, j, len;
	int status;

	for (i = 0; i < sizeof(good); i++)
		for (j = 0; j <= sizeof(damage); j++) {
			memcpy(bent, good, sizeof(good));
			len = j == sizeof(damage) ? i : sizeof(good) - 1;
			if (j < sizeof(damage))
				bent[i] = damage[j];
			status = open_bytes(
			    state, mr_memdup(*state, bent, len), len);
			while (status >= 0)
				if ((status = mr_csv_next(csv, &row)) == 0)
					break;
			assert_true(status == 0 ||
			    (fault.line >= 1 && fault.line <= 6 &&
				strncmp(fault.message, "line ", 5) == 0));
			mr_release(*state, mark);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(columns_are_found_by_name_in_any_order),
	    cmocka_unit_test(every_line_end_reads_the_same),
	    cmocka_unit_test(quotes_hold_commas_lines_and_doubled_quotes),
	    cmocka_unit_test(empty_lines_are_skipped_and_counted),
	    cmocka_unit_test(a_header_alone_has_no_rows),
	    cmocka_unit_test(an_empty_file_names_the_columns),
	    cmocka_unit_test(
		an_unknown_column_is_refused_with_the_nearest_name),
	    cmocka_unit_test(a_doubled_or_missing_column_is_refused),
	    cmocka_unit_test(another_separator_or_encoding_is_recognised),
	    cmocka_unit_test(a_stray_quote_is_refused_where_it_stands),
	    cmocka_unit_test(an_open_quote_is_named_by_the_line_that_opens_it),
	    cmocka_unit_test(a_row_with_too_few_or_too_many_fields_is_refused),
	    cmocka_unit_test(a_nul_or_control_character_is_refused),
	    cmocka_unit_test(bad_utf8_is_refused_on_its_own_line),
	    cmocka_unit_test(no_message_repeats_a_value),
	    cmocka_unit_test(a_fault_stays_a_fault),
	    cmocka_unit_test(a_caller_refuses_a_row_in_the_same_words),
	    cmocka_unit_test(a_field_of_a_megabyte_comes_through_whole),
	    cmocka_unit_test(rows_take_nothing_from_the_arena),
	    cmocka_unit_test(short_memory_is_a_fault_without_a_line),
	    cmocka_unit_test(any_damage_is_a_row_or_a_fault_with_a_line),
	};

	return cmocka_run_group_tests_name("csv", tests, setup, teardown);
}
