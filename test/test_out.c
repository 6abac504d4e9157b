/*
 * The printers for programs and the tape: exact bytes for each shape of answer,
 * no value escapes from its place, and every failure is told by end.
 */
#include "test/paper.h"

static void
json_is_one_value_without_spaces(void **state)
{
	struct mr_out *out = json();

	(void)state;
	everything(out);
	expect(out,
	    "{\"code\":\"A17\",\"sheets\":-3,\"late\":true,\"lost\":false,"
	    "\"batch\":null,\"kinds\":[\"photo\",\"money\"],"
	    "\"from\":{\"pen_name\":\"WREN\",\"slots\":2},"
	    "\"events\":[{\"code\":\"A1\",\"sheets\":3,\"state\":\"held\","
	    "\"held_for\":\"x\"},{\"code\":\"A2\",\"sheets\":44,\"state\":"
	    "\"posted\",\"held_for\":null}],\"nothing\":[]}\n");
	out = json();
	out->begin_list(out, NULL);
	out->end_list(out);
	expect(out, "[]\n");
	expect(json(), "null\n");
	out = json();
	out->integer(out, NULL, INT64_MIN);
	expect(out, "-9223372036854775808\n");
}

static void
json_escapes_what_could_end_a_string_or_a_script(void **state)
{
	struct mr_out *out = json();

	(void)state;
	out->begin_map(out, NULL);
	out->text(out, "a\"b", "\"\\/\b\f\n\r\t\x01\x1F");
	out->text(out, "u", "\xE2\x80\xA8\xE2\x80\xA9\x7F\xC2\x85");
	out->text(out, "turn", "\xE2\x80\xAE");
	out->text(out, "plain", "Nguy\xE1\xBB\x85n \xF0\x9F\x98\x80");
	out->text(out, "bad", "a\xFF\xC3");
	out->end_map(out);
	expect(out,
	    "{\"a\\\"b\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\","
	    "\"u\":\"\\u2028\\u2029\\u007f\\u0085\",\"turn\":\"\\u202e\","
	    "\"plain\":\"Nguy\xE1\xBB\x85n \xF0\x9F\x98\x80\","
	    "\"bad\":\"a\xEF\xBF\xBD\xEF\xBF\xBD\"}\n");
}

static void
csv_has_a_header_and_a_line_for_each_map(void **state)
{
	struct mr_out *out = csv();

	(void)state;
	letters(out);
	expect(out,
	    "code,sheets,state,held_for\nA1,3,received,\n"
	    "A17,12,held,pairing paused\n");
	out = csv();
	everything(out);
	expect(out,
	    "code,sheets,late,lost,batch,kinds,from.pen_name,from.slots,"
	    "events,nothing\n"
	    "A17,-3,yes,no,,photo;money,WREN,2,"
	    "A1 3 held x;A2 44 posted,\n");
	out = csv();
	out->begin_list(out, NULL);
	out->end_list(out);
	expect(out, "");
}

static void
csv_keeps_columns_apart_when_rows_differ(void **state)
{
	struct mr_out *out = csv();

	(void)state;
	out->begin_list(out, NULL);
	out->begin_map(out, NULL);
	out->text(out, "a", "1");
	out->end_map(out);
	out->begin_map(out, NULL);
	out->text(out, "b", "2");
	out->text(out, "a", "3");
	out->end_map(out);
	out->end_list(out);
	expect(out, "a,b\n1,\n3,2\n");
	out = csv();
	out->begin_list(out, NULL);
	out->text(out, NULL, "x");
	out->text(out, NULL, NULL);
	out->end_list(out);
	expect(out, "value\nx\n\"\"\n");
}

static void
csv_quotes_and_disarms_formulas(void **state)
{
	static const char *const cells[][2] = {
	    {"=1+1", "\"'=1+1\""},
	    {"+cmd|'/C calc'!A0", "\"'+cmd|'/C calc'!A0\""},
	    {"-2+3", "\"'-2+3\""},
	    {"@SUM(A1)", "\"'@SUM(A1)\""},
	    {"\t=1", "\"'\t=1\""},
	    {"\r=1", "\"'\r=1\""},
	    {"  =1", "\"'  =1\""},
	    {"\xEF\xBC\x9D"
	     "1",
		"\"'\xEF\xBC\x9D"
		"1\""},
	    {"=\"a\",b", "\"'=\"\"a\"\",b\""},
	    {"-", "\"'-\""},
	    {"-12.50", "-12.50"},
	    {"+1555", "+1555"},
	    {"a=1", "a=1"},
	    {"a,b", "\"a,b\""},
	    {"say \"hi\"", "\"say \"\"hi\"\"\""},
	    {"two\nlines", "\"two\nlines\""},
	    {" edge", "\" edge\""},
	    {"edge ", "\"edge \""},
	    {"\033[2J", "\xEF\xBF\xBD[2J"},
	    {"a\xFF", "a\xEF\xBF\xBD"},
	};
	char line[128];
	struct mr_out *out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		out = csv();
		out->begin_map(out, NULL);
		out->text(out, "k", cells[i][0]);
		out->end_map(out);
		snprintf(line, sizeof(line), "k\n%s\n", cells[i][1]);
		expect(out, line);
	}
}

static void
a_long_list_needs_no_more_memory_than_500_rows(void **state)
{
	struct mr_arena *small = mr_arena_new(1 << 20);
	struct mr_look look = {80, 0};
	struct mr_out *out;
	int i;

	(void)state;
	paper.room = 1 << 20;
	for (i = 0; i < 2; i++) {
		mr_arena_reset(small);
		out = i == 0 ? mr_out_table(small, to_paper, &paper, NULL, look)
			     : mr_out_csv(small, to_paper, &paper, NULL);
		paper.len = 0;
		many(out, 30000);
		assert_int_equal(out->end(out), 0);
		assert_false(mr_arena_failed(small));
	}
	assert_non_null(strstr(paper.text, "\nC30000,30000,unidentified,\n"));
	mr_arena_free(small);
}

static void
a_key_that_is_new_after_500_rows_is_a_failure(void **state)
{
	struct mr_out *out = csv();
	int i;

	(void)state;
	out->begin_list(out, NULL);
	for (i = 0; i < 501; i++) {
		out->begin_map(out, NULL);
		out->integer(out, i < 500 ? "a" : "b", i);
		out->end_map(out);
	}
	out->end_list(out);
	assert_int_equal(out->end(out), -1);
	assert_true(out->failed);
}

static void
a_tape_plays_into_every_printer_what_was_said(void **state)
{
	struct mr_out *tape = mr_out_tape(arena), *out;
	char *direct;
	int i;

	(void)state;
	everything(tape);
	assert_int_equal(tape->end(tape), 0);
	assert_int_equal(paper.len, 0);
	for (i = 0; i < 3; i++) {
		out = i == 0 ? json() : i == 1 ? csv() : table(60, 1);
		everything(out);
		assert_int_equal(out->end(out), 0);
		direct = mr_strdup(arena, paper.text);
		paper.len = 0;
		out = i == 0 ? json() : i == 1 ? csv() : table(60, 1);
		mr_out_play(tape, out);
		expect(out, direct);
	}
}

static void
a_tape_keeps_copies_of_what_it_was_given(void **state)
{
	struct mr_out *tape = mr_out_tape(arena), *out = json();
	char key[] = "key", value[] = "value";

	(void)state;
	tape->begin_map(tape, NULL);
	tape->text(tape, key, value);
	tape->end_map(tape);
	memset(key, 'x', 3);
	memset(value, 'x', 5);
	mr_out_play(tape, out);
	expect(out, "{\"key\":\"value\"}\n");
}

static void
documents_go_where_documents_go(void **state)
{
	struct mr_out *tape = mr_out_tape(arena), *out;
	struct mr_look look = {80, 0};
	char bytes[] = "%PDF";
	int i;

	(void)state;
	tape->document(tape, "a.pdf", "application/pdf", bytes, 4, 1);
	memset(bytes, 'x', 4);
	for (i = 0; i < 3; i++) {
		out = i == 0
		    ? mr_out_json(arena, to_paper, &paper, file_document)
		    : i == 1
		    ? mr_out_csv(arena, to_paper, &paper, file_document)
		    : mr_out_table(
			  arena, to_paper, &paper, file_document, look);
		mr_out_play(tape, out);
		assert_int_equal(out->end(out), 0);
		assert_int_equal(paper.documents, i + 1);
		assert_string_equal(
		    paper.document, "a.pdf application/pdf %PDF 1");
	}
	out = json();
	mr_out_play(tape, out);
	assert_int_equal(out->end(out), -1);
}

static struct mr_out *
printer(int i)
{
	return i == 0 ? json() : i == 1 ? csv() : table(80, 0);
}

static void
a_shape_that_is_no_answer_fails(void **state)
{
	struct mr_out *out;
	int i, shape;

	(void)state;
	for (i = 0; i < 3; i++)
		for (shape = 0; shape < 6; shape++) {
			out = printer(i);
			if (shape != 0)
				out->begin_map(out, NULL);
			if (shape == 0) {
				out->text(out, NULL, "a");
				out->text(out, NULL, "b");
			} else if (shape == 1)
				out->text(out, NULL, "no key");
			else if (shape == 2)
				out->end_list(out);
			else if (shape == 3) {
				out->begin_list(out, "l");
				out->text(out, "key", "in a list");
			} else if (shape == 4) {
				out->end_map(out);
				out->end_map(out);
			}
			assert_int_equal(out->end(out), -1);
			assert_true(out->failed);
		}
}

static void
nesting_without_end_fails_and_does_not_crash(void **state)
{
	struct mr_out *out;
	int i, depth;

	(void)state;
	for (i = 0; i < 3; i++) {
		out = printer(i);
		for (depth = 0; depth < 100; depth++)
			out->begin_list(out, NULL);
		for (depth = 0; depth < 100; depth++)
			out->end_list(out);
		assert_int_equal(out->end(out), -1);
	}
}

static void
a_full_sink_is_told_by_end(void **state)
{
	struct mr_out *out;
	int i;

	(void)state;
	for (i = 0; i < 3; i++) {
		out = printer(i);
		paper.len = 0;
		paper.room = 10000;
		many(out, 2000);
		assert_int_equal(out->end(out), -1);
		assert_true(paper.len <= 10000);
		assert_true(out->failed);
	}
}

static void
short_memory_is_told_by_end_at_every_size(void **state)
{
	struct mr_look look = {40, 0};
	struct mr_arena *small;
	struct mr_out *out;
	size_t limit;
	int i, good = 0, bad = 0;

	(void)state;
	for (limit = 16384; limit <= 1 << 18; limit += 16384)
		for (i = 0; i < 3; i++) {
			small = mr_arena_new(limit);
			paper.len = 0;
			out = i == 0 ? mr_out_tape(small)
			    : i == 1
			    ? mr_out_csv(small, to_paper, &paper, NULL)
			    : mr_out_table(small, to_paper, &paper, NULL, look);
			assert_non_null(out);
			many(out, 400);
			if (out->end(out) == 0) {
				assert_false(mr_arena_failed(small));
				good++;
			} else {
				assert_true(mr_arena_failed(small));
				bad++;
			}
			mr_arena_free(small);
		}
	assert_true(good > 3 && bad > 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(json_is_one_value_without_spaces),
	    TEST(json_escapes_what_could_end_a_string_or_a_script),
	    TEST(csv_has_a_header_and_a_line_for_each_map),
	    TEST(csv_keeps_columns_apart_when_rows_differ),
	    TEST(csv_quotes_and_disarms_formulas),
	    TEST(a_long_list_needs_no_more_memory_than_500_rows),
	    TEST(a_key_that_is_new_after_500_rows_is_a_failure),
	    TEST(a_tape_plays_into_every_printer_what_was_said),
	    TEST(a_tape_keeps_copies_of_what_it_was_given),
	    TEST(documents_go_where_documents_go),
	    TEST(a_shape_that_is_no_answer_fails),
	    TEST(nesting_without_end_fails_and_does_not_crash),
	    TEST(a_full_sink_is_told_by_end),
	    TEST(short_memory_is_told_by_end_at_every_size),
	};

	return cmocka_run_group_tests_name("out", tests, NULL, NULL);
}
