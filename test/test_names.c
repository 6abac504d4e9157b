/*
 * Names as people have them, in Latin, Greek, Cyrillic and Vietnamese letters:
 * composed and decomposed they come out right and as the same bytes on every
 * piece, long ones legibly or not at all, and what cannot be shown is refused
 * by field and character.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <unistd.h>
#include <utf8proc.h>

#include "forms/utf8.h"
#include "lib/text.h"
#include "test/people.h"
#include "test/text_of.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static struct form_fault fault;

/* A name and its capitals in an address. */
static const char *const names[][2] = {
    {"José Núñez Ibáñez", "JOSÉ NÚÑEZ IBÁÑEZ"},
    {"Zoë Þóra Guðrún", "ZOË ÞÓRA GUÐRÚN"},
    {"Åse Ærø Sørensen", "ÅSE ÆRØ SØRENSEN"},
    {"Łukasz Żółć", "ŁUKASZ ŻÓŁĆ"},
    {"Dvořák Šťastný Ľuboš", "DVOŘÁK ŠŤASTNÝ ĽUBOŠ"},
    {"Ģirts Ķeņģis Šķēle", "ĢIRTS ĶEŅĢIS ŠĶĒLE"},
    {"Ștefan Țuțea Ăîâ", "ȘTEFAN ȚUȚEA ĂÎÂ"},
    {"Çağla Işık Öğün", "ÇAĞLA IŞIK ÖĞÜN"},
    {"Strauß Großmann", "STRAUSS GROSSMANN"},
    {"ŉDlovu", "NDLOVU"},
    {"O’Brien D'Angelo", "OBRIEN DANGELO"},
    {"Jean‐Luc Renée", "JEAN-LUC RENÉE"},
    {"Nguyễn Thị Hồng Ánh", "NGUYỄN THỊ HỒNG ÁNH"},
    {"Đặng Phượng Ửng Ộc", "ĐẶNG PHƯỢNG ỬNG ỘC"},
    {"Trần Quốc Ẵm Ỡm Ỹ", "TRẦN QUỐC ẴM ỠM Ỹ"},
    {"Οδυσσέας Σοφός", "ΟΔΥΣΣΈΑΣ ΣΟΦΌΣ"},
    {"Ζαΐμης Μαΰρος", "ΖΑΪΜΗΣ ΜΑΫΡΟΣ"},
    {"Ελένη Ἀθηνᾶ", "ΕΛΈΝΗ ἈΘΗΝΑ"},
    {"Пётр Йовович Ґонґадзе", "ПЁТР ЙОВОВИЧ ҐОНҐАДЗЕ"},
    {"Ђорђе Ћирић Ѓорѓи", "ЂОРЂЕ ЋИРИЋ ЃОРЃИ"},
    {"Їжак Ўладзімір Әлия", "ЇЖАК ЎЛАДЗІМІР ӘЛИЯ"},
    {"Kāne Ngāti Ōtaki", "KĀNE NGĀTI ŌTAKI"},
    {"Ĵaŭdo Ĉirkaŭ", "ĴAŬDO ĈIRKAŬ"},
    {"Ẹmí Ọláyínká", "ẸMÍ ỌLÁYÍNKÁ"},
    {"Ǎi Ǚe Ẁẃ Ŷŷ", "ǍI ǙE ẀẂ ŶŶ"},
    {"Marcel·lí Paŀlàs", "MARCELLÍ PAĿLÀS"},
};

/* 60 characters each. */
static const char *const lengthy[] = {
    "Maria Magdalena Wojciechowska Brzezinska Dominguez Fernandez",
    "Anne-Marie-Louise-Charlotte-Henriette-Wilhelmine-Amalie-Rose",
    "Nguyễn Phượng Ửng Trần Quốc Đặng Thị Hồng Ánh Lê Hoàng Bảo Y",
    "Донаудампфшиффартсгезельшафтскапитанская Анна Александровна Ф",
    "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
};

/* The last bytes that a document gave. */
struct sink {
	char bytes[400000];
	size_t len;
};

static int
to_sink(void *to, const void *bytes, size_t len)
{
	struct sink *sink = to;

	if (len > sizeof(sink->bytes) - sink->len)
		return -1;
	memcpy(sink->bytes + sink->len, bytes, len);
	sink->len += len;
	return 0;
}

enum piece { COVER, ENVELOPE, LABEL, LETTER, PIECES };

static enum form_status
add(struct form_doc *doc, enum piece piece, const char *name)
{
	struct form_cover cover = cover_out();
	struct form_outer outer = outside();
	struct form_stock stock;
	struct form_letter letter = {.piece = {WREN, FORM_OUTSIDE, NULL, 0, 0},
	    .date = day,
	    .to = outer.to,
	    .form = "add-your-id",
	    .dear = SHARED(name, WREN)};

	cover.piece.nforbidden = outer.piece.nforbidden = 0;
	cover.from.s = cover.to.s = name;
	outer.to.name.secret = letter.to.name.secret = name;
	switch (piece) {
	case COVER:
		return form_cover_add(doc, &cover, &fault);
	case ENVELOPE:
		return form_envelope_add(doc, number10(), &outer, &fault);
	case LABEL:
		assert_int_equal(
		    form_stock_find(NULL, NULL, "avery-5163", &stock, &fault),
		    FORM_OK);
		return form_labels_add(doc, &stock, 1, 1, &outer, 1, &fault);
	default:
		return form_letter_add(doc, &letter, &fault);
	}
}

/* One piece as a file; what adding it answered. */
static enum form_status
draw(enum piece piece, const char *name, struct sink *sink)
{
	struct form_doc *doc = form_open(&people_setup, &fault);
	enum form_status status;

	assert_non_null(doc);
	sink->len = 0;
	status = add(doc, piece, name);
	if (status == FORM_OK)
		assert_int_equal(
		    form_finish(doc, to_sink, sink, &fault), FORM_OK);
	else
		assert_int_equal(form_pages(doc), 0);
	form_free(doc);
	return status;
}

static void
drawn(enum piece piece, const char *name, struct sink *sink)
{
	if (draw(piece, name, sink) != FORM_OK)
		fail_msg("%s: %s", name, fault.message);
}

/* `text`, its runs of blanks and line ends as single spaces. */
static void
squeeze(void)
{
	char *to = text;

	for (const char *s = text; *s != '\0'; s++)
		if (strchr(" \n\f", *s) == NULL)
			*to++ = *s;
		else if (to != text && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
}

/* All names on one kind of piece, as they stand or taken apart. */
static void
all_names(enum piece piece, int apart, struct sink *sink)
{
	struct form_doc *doc = form_open(&people_setup, &fault);

	assert_non_null(doc);
	for (size_t i = 0; i < COUNT(names); i++) {
		utf8proc_uint8_t *marks =
		    utf8proc_NFD((const utf8proc_uint8_t *)names[i][0]);

		assert_non_null(marks);
		if (add(doc, piece, apart ? (char *)marks : names[i][0]) !=
		    FORM_OK)
			fail_msg("%s: %s", names[i][0], fault.message);
		free(marks);
	}
	sink->len = 0;
	assert_int_equal(form_finish(doc, to_sink, sink, &fault), FORM_OK);
	form_free(doc);
}

static void
both_spellings_give_the_same_bytes(void **state)
{
	static struct sink one, other;

	(void)state;
	for (int piece = 0; piece < PIECES; piece++) {
		all_names((enum piece)piece, 0, &one);
		all_names((enum piece)piece, 1, &other);
		assert_int_equal(one.len, other.len);
		assert_memory_equal(one.bytes, other.bytes, one.len);
	}
}

static void
a_name_is_read_back_as_it_was_given(void **state)
{
	static struct sink sink;

	(void)state;
	for (int piece = 0; piece < PIECES; piece++) {
		all_names((enum piece)piece, 0, &sink);
		text_of(sink.bytes, sink.len);
		squeeze();
		for (size_t i = 0; i < COUNT(names); i++) {
			int outer = piece == ENVELOPE || piece == LABEL;

			if (strstr(text, names[i][outer]) == NULL)
				fail_msg("no %s on piece %d", names[i][outer],
				    piece);
		}
	}
}

/* Every word of s, its hyphenated parts on their own. */
static void
says_all_of(const char *s)
{
	char copy[200], *save = NULL, *word;

	snprintf(copy, sizeof(copy), "%s", s);
	for (word = strtok_r(copy, " -", &save); word != NULL;
	     word = strtok_r(NULL, " -", &save))
		if (strstr(text, word) == NULL)
			fail_msg("no %s in %s", word, text);
}

static void
sixty_characters_are_legible_or_refused(void **state)
{
	static struct sink sink;
	enum form_status status;
	int fit = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(lengthy); i++)
		for (int piece = 0; piece < PIECES; piece++) {
			status = draw((enum piece)piece, lengthy[i], &sink);
			if (status != FORM_OK) {
				assert_int_equal(status, FORM_TOOLONG);
				continue;
			}
			fit++;
			if (piece != COVER || i + 1 == COUNT(lengthy))
				continue;
			text_of(sink.bytes, sink.len);
			says_all_of(lengthy[i]);
		}
	/* All but a word of 40 letters on a label and one of 60 anywhere but
	 * in a letter. */
	assert_int_equal(fit, PIECES * COUNT(lengthy) - 4);
}

static void
a_long_name_ends_its_line_at_a_hyphen(void **state)
{
	static struct sink sink;

	(void)state;
	drawn(LABEL, lengthy[1], &sink);
	text_of(sink.bytes, sink.len);
	says_all_of("ANNE-MARIE-LOUISE-CHARLOTTE-HENRIETTE-WILHELMINE-AMALIE");
	assert_true(
	    strstr(text, "-\n") != NULL || strstr(text, "AMALIE-ROSE") != NULL);
}

static void
what_cannot_be_shown_is_refused_by_field_and_character(void **state)
{
	static const struct {
		const char *name, *point, *why;
	} bad[] = {
	    {"Wren \xF0\x9F\x98\x80", "U+1F600", "the font does not have"},
	    {"\xE6\x9D\x8E\xE6\x98\x8E", "U+674E", "the font does not have"},
	    {"\xD7\xA8\xD7\x95\xD7\xAA", "U+05E8", "runs from the right"},
	    {"\xD9\x84\xD9\x8A\xD9\x84\xD9\x89", "U+0644",
		"runs from the right"},
	    {"Wren\xE2\x80\x8D", "U+200D", "control character"},
	    {"\xE2\x80\xAE"
	     "Wren",
		"U+202E", "control character"},
	    {"Wr\ten", "U+0009", "control character"},
	    {"\xCC\x81Wren", "U+0301", "an accent that cannot be set"},
	    {"M\xCC\x83ro", "U+0303", "an accent that cannot be set"},
	    {"\xE0\xB9\x80\xE0\xB8\xA1\xE0\xB8\xA9\xE0\xB8\xB2", "U+0E40",
		"the font does not have"},
	    {"Wr\xC3", "0xC3", "not UTF-8"},
	};
	static struct sink sink;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++)
		for (int piece = 0; piece < PIECES; piece++) {
			assert_int_equal(
			    draw((enum piece)piece, bad[i].name, &sink),
			    FORM_BADTEXT);
			if (strstr(fault.message, bad[i].point) == NULL ||
			    strstr(fault.message, bad[i].why) == NULL)
				fail_msg("%zu: %s", i, fault.message);
			assert_non_null(strstr(fault.message, "name"));
			assert_null(strstr(fault.message, "Wren"));
		}
}

static void
a_character_with_its_marks_is_one(void **state)
{
	static const struct {
		const char *s;
		size_t len;
	} rows[] = {{"ab", 1}, {"e\xCC\x81\xCC\xA3x", 5}, {"\r\nx", 2},
	    {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7x", 11},
	    {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xABx", 9}, {"\xFF\xCC\x81", 1},
	    {"a\xFF", 1}};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(
		    utf8_cluster(rows[i].s, strlen(rows[i].s)), rows[i].len);
}

/* The guard and the search for a name fold alike, letter by letter. */
static void
both_layers_fold_every_character_alike(void **state)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_mark mark = mr_mark(arena);
	char s[16], small[4];
	enum utf8_part part;
	uint32_t c;
	size_t n, len;

	(void)state;
	for (c = 0x20; c < 0x30000; c++) {
		const char *folded;

		n = mr_text_put(s + 1, c);
		if (n == 0)
			continue;
		s[0] = 'x';
		strcpy(s + 1 + n, "y");
		/* Composing comes first where a letter is one of two. */
		n = mr_text_compose(s, n + 2);
		s[n] = '\0';
		if (utf8_get(s + 1, n - 2, &len) != c || len + 2 != n)
			continue;
		folded = mr_text_fold(arena, s);
		part = utf8_fold(c, small, &len);
		if (part == UTF8_PARTS)
			assert_string_equal(folded, "x y");
		else if (strlen(folded) != len + 2 ||
		    memcmp(folded + 1, small, len) != 0)
			fail_msg("U+%04X folds to %s", (unsigned)c, folded);
		mr_release(arena, mark);
	}
	mr_arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(both_spellings_give_the_same_bytes),
	    cmocka_unit_test(a_name_is_read_back_as_it_was_given),
	    cmocka_unit_test(sixty_characters_are_legible_or_refused),
	    cmocka_unit_test(a_long_name_ends_its_line_at_a_hyphen),
	    cmocka_unit_test(
		what_cannot_be_shown_is_refused_by_field_and_character),
	    cmocka_unit_test(a_character_with_its_marks_is_one),
	    cmocka_unit_test(both_layers_fold_every_character_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
