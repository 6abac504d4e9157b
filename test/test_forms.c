/*
 * The forms: same bytes for the same input, text that cannot be shown, long
 * names, wording files, and documents that fail.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "forms/wording.h"
#include "test/people.h"

extern const char embed_forms_wording_en_txt[];
extern const char embed_forms_wording_es_txt[];

static struct form_fault fault;

/* What a document gave; left counts down to a failing write. */
struct sink {
	char bytes[600000];
	size_t len;
	int left;
};

static int
to_sink(void *to, const void *bytes, size_t len)
{
	struct sink *sink = to;

	if (sink->left-- == 0 || len > sizeof(sink->bytes) - sink->len)
		return -1;
	memcpy(sink->bytes + sink->len, bytes, len);
	sink->len += len;
	return 0;
}

static int
setup(void **state)
{
	*state = form_open(&people_setup, &fault);
	return *state == NULL;
}

static int
teardown(void **state)
{
	form_free(*state);
	return 0;
}

static void
draw_some(struct sink *sink, struct form_date date)
{
	struct form_doc *doc = form_open(&people_setup, &fault);
	struct form_cover cover = cover_out();
	struct form_outer outer = inside();

	assert_non_null(doc);
	cover.date = outer.date = date;
	assert_int_equal(form_cover_add(doc, &cover, &fault), FORM_OK);
	assert_int_equal(
	    form_envelope_add(doc, number10(), &outer, &fault), FORM_OK);
	sink->len = 0;
	sink->left = -1;
	assert_int_equal(form_finish(doc, to_sink, sink, &fault), FORM_OK);
	form_free(doc);
}

static void
the_same_input_gives_the_same_bytes(void **state)
{
	static struct sink one, two;
	struct form_date next = {2026, 7, 15};

	(void)state;
	draw_some(&one, day);
	draw_some(&two, day);
	assert_int_equal(one.len, two.len);
	assert_memory_equal(one.bytes, two.bytes, one.len);
	draw_some(&two, next);
	assert_true(
	    one.len != two.len || memcmp(one.bytes, two.bytes, one.len) != 0);
}

static int
contains(const struct sink *sink, const char *s)
{
	size_t i, n = strlen(s);

	for (i = 0; i + n <= sink->len; i++)
		if (memcmp(sink->bytes + i, s, n) == 0)
			return 1;
	return 0;
}

static void
the_file_names_no_author_title_time_or_path(void **state)
{
	static struct sink sink;

	(void)state;
	draw_some(&sink, day);
	assert_true(contains(&sink, "%PDF-"));
	assert_false(contains(&sink, "/Author"));
	assert_false(contains(&sink, "/Title"));
	assert_false(contains(&sink, "/CreationDate"));
	assert_false(contains(&sink, "/ModDate"));
	assert_false(contains(&sink, "/usr/"));
}

/* A cover sheet whose writer's pen name is name. */
static enum form_status
name_writer(struct form_doc *doc, const char *name)
{
	struct form_cover cover = cover_in();

	cover.from.s = name;
	return form_cover_add(doc, &cover, &fault);
}

static void
refuse_name(struct form_doc *doc, const char *name, const char *told)
{
	assert_int_equal(name_writer(doc, name), FORM_BADTEXT);
	assert_non_null(strstr(fault.message, "pen name of the writer"));
	assert_non_null(strstr(fault.message, told));
	assert_int_equal(form_pages(doc), 0);
}

static void
a_character_that_the_font_lacks_is_named(void **state)
{
	refuse_name(*state, "WREN \xF0\x9F\xA6\x9C", "U+1F99C");
	refuse_name(*state, "鳥", "U+9CE5 鳥");
	refuse_name(*state, "Wren \xE0\xB8\x81", "U+0E01");
}

static void
a_script_from_the_right_is_refused(void **state)
{
	refuse_name(*state, "نور", "U+0646");
	refuse_name(*state, "שלום", "U+05E9");
}

static void
bad_utf8_is_refused_with_its_byte(void **state)
{
	refuse_name(*state, "W\xFFREN", "0xFF");
	refuse_name(*state, "W\xC0\xAFREN", "0xC0");
	refuse_name(*state, "WREN\xE1\xBB", "0xE1");
	refuse_name(*state, "W\xED\xA0\x80", "0xED");
	refuse_name(*state, "W\xF4\x90\x80\x80", "0xF4");
}

static void
control_characters_are_refused(void **state)
{
	refuse_name(*state, "WREN\n", "U+000A");
	refuse_name(*state, "W\tREN", "U+0009");
	refuse_name(*state, "W\x7FREN", "U+007F");
	refuse_name(*state, "W\xE2\x80\xAEREN", "U+202E");
	refuse_name(*state, "W\xE2\x80\x8BREN", "U+200B");
	refuse_name(*state, "\xEF\xBB\xBFWREN", "U+FEFF");
}

static void
names_in_latin_greek_and_cyrillic_are_drawn(void **state)
{
	static const char *const names[] = {"Zoë", "Łukasz", "Nguyễn Thị Ánh",
	    "Şeyma İ.", "Ελένη", "Наталья", "D'Artagnan-O’Neil",
	    "Jose\xCC\x81"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(name_writer(*state, names[i]), FORM_OK);
}

static void
names_of_60_characters_fit_everywhere(void **state)
{
	static const char name[] =
	    "Maximiliana Wilhelmina Wolfeschlegelsteinhausenbergerdorff W";
	struct form_cover cover;
	struct form_outer outer = inside();
	int lang;

	assert_int_equal(strlen(name), 60);
	for (lang = 0; lang < FORM_LANGS; lang++) {
		cover = cover_out();
		cover.lang = (enum form_lang)lang;
		cover.from.s = cover.to.s = name;
		assert_int_equal(
		    form_cover_add(*state, &cover, &fault), FORM_OK);
		cover = cover_in();
		cover.lang = (enum form_lang)lang;
		cover.from.s = cover.to.s = name;
		assert_int_equal(
		    form_cover_add(*state, &cover, &fault), FORM_OK);
	}
	outer.to.name.secret = name;
	assert_int_equal(
	    form_envelope_add(*state, number10(), &outer, &fault), FORM_OK);
}

static void
a_name_without_end_is_refused_not_cut(void **state)
{
	char name[800];

	memset(name, 'W', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_int_equal(name_writer(*state, name), FORM_TOOLONG);
	assert_null(strstr(fault.message, "WWW"));
	assert_int_equal(form_pages(*state), 0);
}

static void
a_cover_sheet_with_a_field_missing_is_refused(void **state)
{
	struct form_cover cover = cover_out();

	cover.code.s = NULL;
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_BADVALUE);
	cover = cover_out();
	cover.payload.s = "L2CD4HFKMP7RT3WXTVH";
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_BADVALUE);
	cover = cover_out();
	cover.payload.s = "l2cd4hfkmp7rt3wxtvhk";
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_BADVALUE);
	cover = cover_out();
	cover.date.month = 13;
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_BADVALUE);
	cover = cover_out();
	cover.sheets = 1000;
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_BADVALUE);
	cover = cover_out();
	cover.copy = 0;
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_BADVALUE);
	cover = cover_out();
	cover.piece.addressee = 0;
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_BADVALUE);
	assert_int_equal(form_pages(*state), 0);
}

static void
an_address_without_name_city_or_zip_is_refused(void **state)
{
	struct form_outer outer = outside();

	outer.to.name.secret = NULL;
	assert_int_equal(form_envelope_add(*state, number10(), &outer, &fault),
	    FORM_BADVALUE);
	outer = outside();
	outer.to.city.secret = "";
	assert_int_equal(form_envelope_add(*state, number10(), &outer, &fault),
	    FORM_BADVALUE);
	outer = outside();
	outer.to.zip.secret = NULL;
	assert_int_equal(form_envelope_add(*state, number10(), &outer, &fault),
	    FORM_BADVALUE);
	assert_non_null(strstr(fault.message, "ZIP"));
}

static void
a_thousand_sheets_go_into_one_document(void **state)
{
	struct form_cover cover = cover_out();
	static struct sink sink;
	char number[16];
	int i;

	for (i = 1; i <= 1000; i++) {
		snprintf(number, sizeof(number), "A%d", i);
		cover.number.s = number;
		assert_int_equal(
		    form_cover_add(*state, &cover, &fault), FORM_OK);
	}
	assert_int_equal(form_pages(*state), 1000);
	sink.left = 1;
	assert_int_equal(
	    form_finish(*state, to_sink, &sink, &fault), FORM_WRITE);
}

static void
an_empty_document_and_a_second_finish_are_refused(void **state)
{
	struct form_cover cover = cover_out();
	static struct sink sink;

	sink.left = -1;
	assert_int_equal(
	    form_finish(*state, to_sink, &sink, &fault), FORM_BADVALUE);
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_OK);
	assert_int_equal(form_finish(*state, to_sink, &sink, &fault), FORM_OK);
	assert_int_equal(
	    form_finish(*state, to_sink, &sink, &fault), FORM_BADVALUE);
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_BADVALUE);
}

static void
without_fonts_nothing_is_opened(void **state)
{
	struct form_setup bare = people_setup;

	(void)state;
	bare.font_dir = "/nonexistent";
	assert_null(form_open(&bare, &fault));
	assert_int_equal(fault.status, FORM_NOFONT);
	assert_non_null(strstr(fault.message, "DejaVuSans.ttf"));
}

static void
an_office_without_a_box_is_refused(void **state)
{
	struct form_setup bare = people_setup;

	(void)state;
	bare.office.street = "";
	assert_null(form_open(&bare, &fault));
	assert_int_equal(fault.status, FORM_BADVALUE);
}

static void
the_built_in_wording_is_complete(void **state)
{
	(void)state;
	assert_int_equal(
	    wording_check(embed_forms_wording_en_txt, "wording-en.txt", &fault),
	    FORM_OK);
	assert_int_equal(
	    wording_check(embed_forms_wording_es_txt, "wording-es.txt", &fault),
	    FORM_OK);
	assert_int_equal(
	    wording_check("page = {n} of {total}\n", "own.txt", &fault),
	    FORM_WORDING);
	assert_non_null(strstr(fault.message, "own.txt: the key date"));
}

static void
refuse_wording(const char *text, const char *told)
{
	struct form_setup own = people_setup;

	own.wording[FORM_EN] = text;
	own.wording_name[FORM_EN] = "own.txt";
	assert_null(form_open(&own, &fault));
	assert_int_equal(fault.status, FORM_WORDING);
	assert_non_null(strstr(fault.message, told));
}

static void
a_fault_in_a_wording_file_is_named_with_its_line(void **state)
{
	(void)state;
	refuse_wording("# ours\ncover.for = {whom}\n",
	    "own.txt:2: unknown placeholder {whom}");
	refuse_wording("cover.for = A letter for {to\n", "own.txt:1: ");
	refuse_wording(
	    "\n\nno.such.key = x\n", "own.txt:3: unknown key no.such.key");
	refuse_wording("cover.for\n", "own.txt:1: not `key = text`");
	refuse_wording("cover.for =  \n", "own.txt:1: no text");
	refuse_wording("letter.welcome.1 = Hello {zip}\n", "{zip}");
	refuse_wording("letter.welcome.0 = x\n", "own.txt:1: unknown key");
	refuse_wording("letter.welcome.100 = x\n", "own.txt:1: unknown key");
	refuse_wording("letter.welcome.1.above = x\n", "own.txt:1: unknown");
	refuse_wording("letter..1 = x\n", "own.txt:1: unknown key");
	refuse_wording("letter.welcome.6 = It is {address}.\n",
	    "own.txt:1: {address} has many lines");
}

/* Pages of a welcome with these measures of the office. */
static size_t
welcome_pages(const char *layout)
{
	struct form_setup own = people_setup;
	struct form_letter letter = {.piece = {MARIA, FORM_INSIDE, NULL, 0, 0},
	    .date = day,
	    .to = inside().to,
	    .dear = SHARED("MARIA", MARIA),
	    .form = "welcome"};
	struct form_doc *doc;
	size_t pages;

	own.layout = layout;
	doc = form_open(&own, &fault);
	assert_non_null(doc);
	assert_int_equal(form_letter_add(doc, &letter, &fault), FORM_OK);
	pages = form_pages(doc);
	form_free(doc);
	return pages;
}

static void
a_letter_is_as_large_as_the_office_wants_it(void **state)
{
	(void)state;
	assert_int_equal(welcome_pages(NULL), 2);
	assert_int_equal(welcome_pages("letter.type.body = 12\n"), 1);
}

static void
a_letter_is_whole_and_in_every_language(void **state)
{
	(void)state;
	refuse_wording("# ours\nletter.summer.1 = We are away.\n",
	    "wording-es.txt: the key letter.summer.1 is missing; own.txt:2");
	refuse_wording("letter.welcome.1 = Hello\nletter.welcome.12 = x\n",
	    "own.txt:2: letter.welcome.12 stands here, but paragraph 11");
	refuse_wording("letter.summer.1.inside = We are away.\n",
	    "wording-es.txt: the key letter.summer.1 is missing; own.txt:1");
}

static void
an_office_may_change_a_sentence_and_add_a_letter(void **state)
{
	struct form_setup own = people_setup;
	struct form_letter letter = {.piece = {WREN, FORM_OUTSIDE, NULL, 0, 0},
	    .date = day,
	    .to = outside().to,
	    .dear = SHARED("WREN", WREN),
	    .form = "welcome"};
	struct form_doc *doc;
	unsigned names = 0;

	(void)state;
	own.wording[FORM_EN] = "cover.from = by the hand of {from}\r\n"
			       "letter.welcome.1 = Welcome, {name}.\n";
	doc = form_open(&own, &fault);
	assert_non_null(doc);
	assert_int_equal(form_letter_add(doc, &letter, &fault), FORM_OK);
	letter.form = "farewell";
	assert_int_equal(form_letter_add(doc, &letter, &fault), FORM_BADVALUE);
	form_free(doc);
	assert_int_equal(form_letter_names(&people_setup, "add-your-id",
			     FORM_INSIDE, &names, &fault),
	    FORM_OK);
	assert_int_equal(names, FORM_NAMES_ID);
	assert_int_equal(form_letter_names(&people_setup, "add-your",
			     FORM_INSIDE, &names, &fault),
	    FORM_BADVALUE);
}

static void
a_long_letter_runs_over_pages(void **state)
{
	struct form_text extra[40];
	struct form_letter letter = {.piece = {WREN, FORM_OUTSIDE, NULL, 0, 0},
	    .date = day,
	    .to = outside().to,
	    .extra = extra,
	    .nextra = 40};
	size_t i;

	for (i = 0; i < 40; i++) {
		extra[i].s = "A paragraph of some words, long enough to take "
			     "two lines of the page, and then a little more.";
		extra[i].owner = 0;
		extra[i].shared = 0;
	}
	assert_int_equal(form_letter_add(*state, &letter, &fault), FORM_OK);
	assert_true(form_pages(*state) >= 3);
}

#define DRAWN(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_same_input_gives_the_same_bytes),
	    cmocka_unit_test(the_file_names_no_author_title_time_or_path),
	    DRAWN(a_character_that_the_font_lacks_is_named),
	    DRAWN(a_script_from_the_right_is_refused),
	    DRAWN(bad_utf8_is_refused_with_its_byte),
	    DRAWN(control_characters_are_refused),
	    DRAWN(names_in_latin_greek_and_cyrillic_are_drawn),
	    DRAWN(names_of_60_characters_fit_everywhere),
	    DRAWN(a_name_without_end_is_refused_not_cut),
	    DRAWN(a_cover_sheet_with_a_field_missing_is_refused),
	    DRAWN(an_address_without_name_city_or_zip_is_refused),
	    DRAWN(a_thousand_sheets_go_into_one_document),
	    DRAWN(an_empty_document_and_a_second_finish_are_refused),
	    cmocka_unit_test(without_fonts_nothing_is_opened),
	    cmocka_unit_test(an_office_without_a_box_is_refused),
	    cmocka_unit_test(the_built_in_wording_is_complete),
	    cmocka_unit_test(a_fault_in_a_wording_file_is_named_with_its_line),
	    cmocka_unit_test(a_letter_is_as_large_as_the_office_wants_it),
	    cmocka_unit_test(a_letter_is_whole_and_in_every_language),
	    cmocka_unit_test(an_office_may_change_a_sentence_and_add_a_letter),
	    DRAWN(a_long_letter_runs_over_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
