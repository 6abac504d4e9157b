/*
 * Codes, the cases one can read: folding, verdicts and their sentences,
 * suggestions, numbers, what is never issued.  The million is elsewhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/blocklist.h"
#include "lib/code.h"

#define EXAMPLE "K7M-4RP-TMK"

static struct mr_symbols
fold(const char *typed)
{
	struct mr_symbols s;

	assert_int_equal(mr_code_fold(typed, &s, NULL), MR_FOLD_OK);
	return s;
}

static void
expect_code(const struct mr_symbols *code, const char *text)
{
	char buf[MR_CODE_TEXT];

	assert_string_equal(mr_code_format(code, buf), text);
}

static struct mr_symbols
completed(const char *data, enum mr_code_kind kind)
{
	struct mr_symbols s = fold(data);

	assert_int_equal(mr_code_complete(&s, kind), 0);
	return s;
}

/* What a volunteer is told about typed text. */
static void
expect_sentence(const char *typed, enum mr_code_kind wanted, const char *text)
{
	struct mr_code_reading r;
	char buf[MR_CODE_SENTENCE];

	mr_code_read(typed, wanted, &r);
	assert_string_equal(mr_code_say(&r, buf, sizeof(buf)), text);
	assert_null(strstr(buf, "nvalid"));
	assert_true(strlen(buf) < MR_CODE_SENTENCE - 1);
}

static void
every_ascii_character_folds_as_the_table_says(void **state)
{
	static const char table[] =
	    "0DODQD17I7Z2S5G6B894A4UVYVEFNM" /* look-alikes */
	    "J?L???"                         /* unreadable */
	    "22334455667788CCDDFFHHKKMMPPRRTTVVWWXX";
	char want[128] = {0};

	(void)state;
	for (const char *p = table; *p != '\0'; p += 2) {
		want[(int)p[0]] = p[1];
		if (p[0] >= 'A' && p[0] <= 'Z')
			want[p[0] + 32] = p[1];
	}
	for (int c = 0; c < 128; c++) {
		int symbol = mr_code_symbol((char)c);

		if (want[c] == 0)
			assert_int_equal(symbol, -1);
		else if (want[c] == '?')
			assert_int_equal(symbol, MR_UNREADABLE);
		else
			assert_int_equal(mr_code_char(symbol), want[c]);
	}
	for (int c = 128; c < 256; c++)
		assert_int_equal(mr_code_symbol((char)c), -1);
}

static void
spaces_hyphens_and_case_do_not_matter(void **state)
{
	static const char *const typed[] = {EXAMPLE, "k7m4rptmk",
	    " K7M 4RP\tTMK ",
	    "k7m\xe2\x80\x93"
	    "4rp\xe2\x88\x92tmk",
	    "K7M\xc2\xa0"
	    "4RP\xe2\x80\x91TMK",
	    "ki n-4rp-tnk"};
	struct mr_symbols s;

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++) {
		s = fold(typed[i]);
		expect_code(&s, EXAMPLE);
	}
}

static void
the_example_of_the_design_is_a_forwarding_id(void **state)
{
	struct mr_code_reading r;

	(void)state;
	assert_int_equal(mr_code_read(EXAMPLE, MR_CODE_ID, &r), MR_READ_OK);
	assert_int_equal(r.kind, MR_CODE_ID);
	expect_code(&r.likely, EXAMPLE);
	assert_true(mr_code_fit_to_issue(&r.symbols));
	assert_int_equal(mr_code_number(&r.symbols), 531468072);
}

static void
a_character_that_is_no_symbol_is_named_with_its_place(void **state)
{
	static const struct {
		const char *typed, *name;
		int place;
	} cases[] = {
	    {"K7M-\xc3\x89RP-TMK", "\xc3\x89", 4},
	    {"K7M-4RP-TM!", "!", 9},
	    {"K7M\n4RP", "U+000A", 4},
	    {"K7\xff", "byte FF", 3},
	    {"\xe2\x80\x8bK7M", "U+200B", 1},
	    {"K\xe2\x80\xaeM", "U+202E", 2},
	    {"\xf0\x9f\x93\xac", "\xf0\x9f\x93\xac", 1},
	    {"K\xc3", "byte C3", 2},
	};
	struct mr_code_fault fault;
	struct mr_symbols s;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(mr_code_fold(cases[i].typed, &s, &fault),
		    MR_FOLD_CHARACTER);
		assert_string_equal(fault.character, cases[i].name);
		assert_int_equal(fault.place, cases[i].place);
		assert_int_equal(s.n, cases[i].place - 1);
	}
}

static void
the_longest_text_folds_and_one_more_does_not(void **state)
{
	struct mr_code_reading r;
	struct mr_symbols s = fold("222222222222222222222222");

	(void)state;
	assert_int_equal(s.n, MR_SYMBOLS_MAX);
	expect_code(&s, "222-222-222-222-222-222-222-222");
	assert_int_equal(
	    mr_code_fold("2222222222222222222222223", &s, NULL), MR_FOLD_LONG);
	assert_int_equal(
	    mr_code_read("2222222222222222222222223", MR_CODE_ID, &r),
	    MR_READ_LENGTH);
	assert_int_equal(r.symbols.n, MR_SYMBOLS_MAX + 1);
}

static void
a_volunteer_is_told_what_to_look_at(void **state)
{
	(void)state;
	expect_sentence(EXAMPLE, MR_CODE_ID, "");
	expect_sentence("K7M-HRP-TMK", MR_CODE_ID,
	    "The 4th symbol, H, does not fit: look again, it may be 4.");
	expect_sentence("k7m-4rp-tmg", MR_CODE_ID,
	    "The 9th symbol, G, does not fit: look again, it may be K.");
	expect_sentence("L7M-4RP-TMK", MR_CODE_ID,
	    "The 1st symbol cannot be read: look again, it may be K.");
	expect_sentence("K?M-4?P-TMK", MR_CODE_ID,
	    "The 2nd and 5th symbols cannot be read: look again, they may be "
	    "7 and R.");
	expect_sentence("K?M-4?P-?MK", MR_CODE_ID,
	    "Too little of this can be read: look again, symbol by symbol.");
	expect_sentence("K7?-4RP-TM2", MR_CODE_ID,
	    "Too little of this can be read: look again, symbol by symbol.");
	expect_sentence("X7M-HRP-TMK", MR_CODE_ID,
	    "Two or more symbols do not fit: compare each one with the "
	    "paper.");
	expect_sentence("K7M-\xc3\x89RP-TMK", MR_CODE_ID,
	    "\"\xc3\x89\" at place 4 is not one of our symbols: look again, "
	    "or type ? for what cannot be read.");
}

static void
a_volunteer_is_told_how_long_a_code_is(void **state)
{
	(void)state;
	expect_sentence("K7M-4RP-TM", MR_CODE_ID,
	    "This has 8 symbols, a forwarding ID has 9 or 12: look whether "
	    "one was left out or typed twice.");
	expect_sentence("K", MR_CODE_WITNESS,
	    "This has 1 symbol, a checkpoint word has 9: look whether one was "
	    "left out or typed twice.");
	expect_sentence(" - ", MR_CODE_LETTER,
	    "Nothing was typed: a letter code has 12 symbols.");
	expect_sentence("K7M4RPTMKK7M4RPTMKK7M4RPTMK", MR_CODE_RECOVERY,
	    "This has more than 24 symbols, a recovery word has 9: type the "
	    "code alone.");
}

static void
another_kind_is_named_before_anything_is_located(void **state)
{
	static const enum mr_code_kind kinds[] = {
	    MR_CODE_ID, MR_CODE_LETTER, MR_CODE_WITNESS, MR_CODE_RECOVERY};
	struct mr_code_reading r;
	char buf[MR_CODE_TEXT];

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct mr_symbols s = completed(
		    kinds[i] == MR_CODE_LETTER ? "K7M4RPTMK2" : "K7M4RPT",
		    kinds[i]);

		mr_code_format(&s, buf);
		for (int j = 0; j < 4; j++) {
			assert_int_equal(mr_code_read(buf, kinds[j], &r),
			    i == j ? MR_READ_OK : MR_READ_OTHER_KIND);
			assert_int_equal(r.kind, kinds[i]);
		}
	}
	expect_sentence(buf, MR_CODE_ID,
	    "This is a recovery word; what is wanted here is a forwarding "
	    "ID.");
}

static void
only_data_of_the_right_length_is_completed(void **state)
{
	struct mr_symbols s = fold("K7M4RP"), before = s;

	(void)state;
	assert_int_equal(mr_code_complete(&s, MR_CODE_ID), -1);
	assert_int_equal(s.n, before.n);
	assert_memory_equal(s.s, before.s, s.n);
	s = fold("K7M?RPT");
	assert_int_equal(mr_code_complete(&s, MR_CODE_ID), -1);
	s = fold("K7M4RPT");
	assert_int_equal(mr_code_complete(&s, MR_CODE_LETTER), -1);
	assert_int_equal(mr_code_complete(&s, MR_CODE_ID), 0);
	expect_code(&s, EXAMPLE);
	s.s[0] = 19;
	assert_int_equal(mr_code_kind_of(&s), -1);
	s.n = 200;
	assert_int_equal(mr_code_kind_of(&s), -1);
}

struct found {
	int calls, hits, changes, last, stop_at;
	struct mr_symbols want;
	enum mr_code_kind kind;
};

static int
note(void *arg, const struct mr_symbols *code, int changes)
{
	struct found *f = arg;

	assert_true(mr_code_valid(code, f->kind));
	assert_true(changes >= f->last);
	f->last = changes;
	if (memcmp(code->s, f->want.s, f->want.n) == 0) {
		f->hits++;
		f->changes = changes;
	}
	return ++f->calls == f->stop_at ? 7 : 0;
}

static struct found
suggest(const char *typed)
{
	struct found f = {.want = fold(EXAMPLE), .kind = MR_CODE_ID};
	struct mr_symbols s = fold(typed);

	assert_int_equal(mr_code_suggest(&s, MR_CODE_ID, note, &f), 0);
	assert_true(f.calls <= 67);
	return f;
}

static void
expect_found(const char *typed, int changes)
{
	struct found f = suggest(typed);

	assert_int_equal(f.hits, 1);
	assert_int_equal(f.changes, changes);
}

static void
what_was_meant_is_among_the_suggestions(void **state)
{
	(void)state;
	expect_found("X7M-4RP-TMK", 1); /* any one wrong */
	expect_found("27M-4RP-TMK", 1);
	expect_found("K7M-4RP-TM3", 1);
}

static void
two_wrong_are_suggested_only_if_both_look_alike(void **state)
{
	(void)state;
	expect_found("H7M-4RR-TMK", 2);                   /* K/H, P/R */
	expect_found("K7W-4RP-FMK", 2);                   /* M/W, T/F */
	assert_int_equal(suggest("H7M-4R2-TMK").hits, 0); /* P/2 */
	assert_int_equal(suggest("37M-4R2-TMK").hits, 0);
}

static void
unreadable_places_are_filled_in_suggestions(void **state)
{
	struct found f;

	(void)state;
	expect_found("?7M-4RP-TMK", 0);
	expect_found("?7M-4RP-T?K", 0);
	expect_found("37M-4R?-TMK", 1);
	expect_found("?7M-4RP-T3K", 1); /* one unreadable, one wrong */
	f = suggest("J?L-4RP-TMK");
	assert_int_equal(f.calls, 0);
}

static void
nothing_is_suggested_where_nothing_can_be(void **state)
{
	struct mr_symbols s = fold("27M-4RP-TMK");
	struct found f = {.kind = MR_CODE_ID, .stop_at = 1};

	(void)state;
	assert_int_equal(suggest(EXAMPLE).calls, 0);
	assert_int_equal(suggest("K7M-4RP-TM").calls, 0);
	assert_int_equal(mr_code_suggest(&s, MR_CODE_ID, note, &f), 7);
	assert_int_equal(f.calls, 1);
}

static void
look_alikes_are_pairs_of_two_symbols(void **state)
{
	int pairs = 0;

	(void)state;
	for (int a = 0; a < MR_BASE; a++) {
		int partners = 0;

		assert_false(mr_code_alike(a, a));
		assert_false(mr_code_alike(a, MR_UNREADABLE));
		for (int b = 0; b < MR_BASE; b++) {
			assert_int_equal(
			    mr_code_alike(a, b), mr_code_alike(b, a));
			partners += mr_code_alike(a, b);
		}
		assert_true(partners >= 1);
		pairs += partners;
	}
	assert_int_equal(pairs, 2 * 33);
}

static void
numbers_of_short_and_long_ids_never_meet(void **state)
{
	static const struct {
		int64_t number;
		const char *id;
	} cases[] = {
	    {0, "222-222-222"},
	    {1, "222-222-3W3"},
	    {531468072, EXAMPLE},
	    {893871738, "XXX-XXX-XVH"},
	    {893871739, "222-222-222-222"},
	    {INT64_C(6131960129539), "XXX-XXX-XXX-XD4"},
	};
	struct mr_symbols s;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(mr_code_from_number(cases[i].number, &s), 0);
		expect_code(&s, cases[i].id);
		assert_int_equal(mr_code_number(&s), cases[i].number);
	}
	assert_int_equal(mr_code_from_number(-1, &s), -1);
	assert_int_equal(mr_code_from_number(INT64_C(6131960129540), &s), -1);
	s = fold("K7M-4RP-TMM");
	assert_int_equal(mr_code_number(&s), -1);
	s = completed("K7M4RPTMK2", MR_CODE_LETTER);
	assert_int_equal(mr_code_number(&s), -1);
}

static void
group_without_letter_and_runs_are_seen(void **state)
{
	struct mr_symbols s;

	(void)state;
	s = fold("K7M-432-TMK");
	assert_true(mr_code_group_without_letter(&s));
	s = fold("K74-32T-MK2");
	assert_false(mr_code_group_without_letter(&s));
	s = fold("K7M-4RT-TTK");
	assert_true(mr_code_three_running(&s));
	assert_false(mr_code_fit_to_issue(&s));
	s = fold("K7M-4TT-RTK");
	assert_false(mr_code_three_running(&s));
}

static void
every_word_of_the_block_list_is_found_across_hyphens(void **state)
{
	const char *word, *why;
	char typed[32];
	size_t count = 0;

	(void)state;
	for (; (word = mr_blocklist_entry(count, &why)) != NULL; count++) {
		struct mr_symbols s;

		for (const char *p = word; *p != '\0'; p++)
			assert_non_null(strchr(MR_ALPHABET, *p));
		assert_true(strlen(why) > 0);
		s = fold(word);
		assert_string_equal(mr_blocklist_hit(&s), word);
		for (int before = 0; before < 4; before++) {
			snprintf(typed, sizeof(typed), "%.*s%sR", before,
			    "XKXP", word);
			s = fold(typed);
			assert_non_null(mr_blocklist_hit(&s));
		}
	}
	assert_true(count > 80);
	assert_null(mr_blocklist_entry(count, NULL));
}

static void
named_hate_numbers_are_blocked(void **state)
{
	static const char *const bad[] = {"K7M-8RP-88K", "K78-8RP", "283",
	    "K38", "M2-8", "RK-KK", "M427", "F46"};
	struct mr_symbols s = fold(EXAMPLE);

	(void)state;
	assert_null(mr_blocklist_hit(&s));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		s = fold(bad[i]);
		assert_non_null(mr_blocklist_hit(&s));
	}
	s = fold("8?8");
	assert_null(mr_blocklist_hit(&s));
}

static void
only_ids_of_9_or_12_symbols_are_drawn(void **state)
{
	struct mr_symbols s;

	(void)state;
	assert_int_equal(mr_code_random(8, &s), -1);
	assert_int_equal(mr_code_random(9, &s), 0);
	assert_int_equal(s.n, 9);
	assert_int_equal(mr_code_random(12, &s), 0);
	assert_int_equal(s.n, 12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_ascii_character_folds_as_the_table_says),
	    cmocka_unit_test(spaces_hyphens_and_case_do_not_matter),
	    cmocka_unit_test(the_example_of_the_design_is_a_forwarding_id),
	    cmocka_unit_test(
		a_character_that_is_no_symbol_is_named_with_its_place),
	    cmocka_unit_test(the_longest_text_folds_and_one_more_does_not),
	    cmocka_unit_test(a_volunteer_is_told_what_to_look_at),
	    cmocka_unit_test(a_volunteer_is_told_how_long_a_code_is),
	    cmocka_unit_test(another_kind_is_named_before_anything_is_located),
	    cmocka_unit_test(only_data_of_the_right_length_is_completed),
	    cmocka_unit_test(what_was_meant_is_among_the_suggestions),
	    cmocka_unit_test(two_wrong_are_suggested_only_if_both_look_alike),
	    cmocka_unit_test(unreadable_places_are_filled_in_suggestions),
	    cmocka_unit_test(nothing_is_suggested_where_nothing_can_be),
	    cmocka_unit_test(look_alikes_are_pairs_of_two_symbols),
	    cmocka_unit_test(numbers_of_short_and_long_ids_never_meet),
	    cmocka_unit_test(group_without_letter_and_runs_are_seen),
	    cmocka_unit_test(
		every_word_of_the_block_list_is_found_across_hyphens),
	    cmocka_unit_test(named_hate_numbers_are_blocked),
	    cmocka_unit_test(only_ids_of_9_or_12_symbols_are_drawn),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
