/*
 * Codes, a million of them: the promises of the check symbols, of the letter
 * codes and of what is issued.  One seed, so that a failure comes back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "lib/blocklist.h"
#include "lib/code.h"
#include "lib/lettercode.h"

#define SAMPLE 1000
#define LAST_ID (MR_LETTERCODE_IDS - 1)

/* With MR_QUICK in the environment (valgrind) a hundredth of it. */
static int million = 1000000;

/* A form that a code can have. */
static const struct form {
	enum mr_code_kind kind;
	int n;
} forms[] = {
    {MR_CODE_ID, 9},
    {MR_CODE_ID, 12},
    {MR_CODE_LETTER, 12},
    {MR_CODE_WITNESS, 9},
    {MR_CODE_RECOVERY, 9},
};

#define FORMS (sizeof(forms) / sizeof(forms[0]))

/* xorshift64*: fast and the same everywhere. */
static uint64_t seed = UINT64_C(0x4d61696c726f6f6d);

static uint64_t
draw(void)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return seed * UINT64_C(0x2545f4914f6cdd1d);
}

static int
below(int limit)
{
	return (int)((draw() >> 32) % (unsigned)limit);
}

static struct mr_symbols
generate(const struct form *form)
{
	struct mr_symbols code = {.n = (uint8_t)(form->n - 2)};

	for (int i = 0; i < code.n; i++)
		code.s[i] = (uint8_t)below(MR_BASE);
	if (mr_code_complete(&code, form->kind) != 0)
		fail();
	return code;
}

static void
fail_at(const char *what, const struct mr_symbols *code)
{
	char buf[MR_CODE_TEXT];

	fail_msg("%s: %s", what, mr_code_format(code, buf));
}

/* Change place (from 0) by `by`, 1 to 18: caught, located, mended. */
static void
one_wrong(
    const struct mr_symbols *code, enum mr_code_kind kind, int place, int by)
{
	struct mr_symbols bad = *code;
	int right = -1;

	bad.s[place] = (uint8_t)((bad.s[place] + by) % MR_BASE);
	if (mr_code_kind_of(&bad) != -1)
		fail_at("one wrong symbol passes", &bad);
	if (mr_code_locate(&bad, kind, &right) != place + 1 ||
	    right != code->s[place])
		fail_at("one wrong symbol is not located", &bad);
}

static void
two_wrong(const struct mr_symbols *code, enum mr_code_kind kind, int p, int q,
    int by_p, int by_q)
{
	struct mr_symbols bad = *code;
	int right, place;

	bad.s[p] = (uint8_t)((bad.s[p] + by_p) % MR_BASE);
	bad.s[q] = (uint8_t)((bad.s[q] + by_q) % MR_BASE);
	if (mr_code_valid(&bad, kind))
		fail_at("two wrong symbols pass", &bad);
	place = mr_code_locate(&bad, kind, &right);
	if (place == p + 1 && right == code->s[p])
		fail_at("one change mends two wrong symbols", &bad);
}

static void
exchanged(const struct mr_symbols *code, int p, int q)
{
	struct mr_symbols bad = *code;

	bad.s[p] = code->s[q];
	bad.s[q] = code->s[p];
	if (bad.s[p] != bad.s[q] && mr_code_kind_of(&bad) != -1)
		fail_at("two exchanged symbols pass", &bad);
}

static void
unread(const struct mr_symbols *code, enum mr_code_kind kind, int p, int q)
{
	struct mr_symbols bad = *code;

	bad.s[p] = bad.s[q] = MR_UNREADABLE;
	if (mr_code_valid(&bad, kind) ||
	    mr_code_solve(&bad, kind) != 1 + (p != q) ||
	    memcmp(bad.s, code->s, code->n) != 0)
		fail_at("unreadable places are not filled", code);
}

static void
one_error_of_each_sort_in_a_million_codes_is_caught(void **state)
{
	(void)state;
	for (int i = 0; i < million; i++) {
		const struct form *form = &forms[(unsigned)i % FORMS];
		struct mr_symbols code = generate(form);
		int p = below(form->n), q = below(form->n - 1);

		if (mr_code_kind_of(&code) != (int)form->kind)
			fail_at("taken for another kind", &code);
		q += q >= p;
		one_wrong(&code, form->kind, p, 1 + below(18));
		two_wrong(
		    &code, form->kind, p, q, 1 + below(18), 1 + below(18));
		unread(&code, form->kind, p, i % 2 ? p : q);
		p = below(form->n - 1);
		exchanged(&code, p, p + 1);
		p = below(form->n - 2);
		exchanged(&code, p, p + 2);
	}
}

static void
every_single_error_and_exchange_of_a_sample_is_caught(void **state)
{
	(void)state;
	for (int i = 0; i < SAMPLE; i++) {
		const struct form *form = &forms[(unsigned)i % FORMS];
		struct mr_symbols code = generate(form);

		for (int p = 0; p < form->n; p++) {
			for (int by = 1; by < MR_BASE; by++)
				one_wrong(&code, form->kind, p, by);
			for (int q = p + 1; q < form->n; q++)
				exchanged(&code, p, q);
		}
	}
}

/* All 18 x 18 changes in every pair of places. */
static void
every_double_error(const struct mr_symbols *code, enum mr_code_kind kind)
{
	for (int p = 0; p < code->n; p++)
		for (int q = p + 1; q < code->n; q++)
			for (int by = 0; by < 18 * 18; by++)
				two_wrong(
				    code, kind, p, q, 1 + by / 18, 1 + by % 18);
}

static void
every_double_error_of_a_few_is_caught(void **state)
{
	struct mr_symbols code;

	(void)state;
	for (int i = 0; i < 50; i++) {
		code = generate(&forms[(unsigned)i % FORMS]);
		every_double_error(&code, forms[(unsigned)i % FORMS].kind);
	}
}

static void
no_code_is_of_two_kinds(void **state)
{
	(void)state;
	for (int i = 0; i < SAMPLE * 10; i++) {
		const struct form *form = &forms[(unsigned)i % FORMS];
		struct mr_symbols code = generate(form);
		int right;

		for (unsigned j = 0; j < FORMS; j++) {
			int same = forms[j].kind == form->kind;

			if (mr_code_valid(&code, forms[j].kind) != same)
				fail_at("of two kinds", &code);
			/* Nor is it one symbol away from another kind. */
			if (mr_code_locate(&code, forms[j].kind, &right) != 0)
				fail_at("near another kind", &code);
		}
	}
}

static int
slow_distance(const struct mr_symbols *a, const struct mr_symbols *b)
{
	int differ = 0;

	for (int i = 0; i < a->n; i++)
		differ += a->s[i] != b->s[i];
	return differ;
}

static void
packed_distance_is_the_count_of_differing_symbols(void **state)
{
	(void)state;
	for (int i = 0; i < million; i++) {
		const struct form *form = &forms[(unsigned)i % FORMS];
		struct mr_symbols a = generate(form), b = a;

		for (int k = below(form->n + 1); k > 0; k--)
			b.s[below(form->n)] = (uint8_t)below(MR_BASE);
		if (mr_code_distance(mr_code_pack(&a), mr_code_pack(&b)) !=
		    slow_distance(&a, &b))
			fail_at("distance", &a);
	}
}

static void
every_id_is_a_number_and_back(void **state)
{
	struct mr_symbols code, back;

	(void)state;
	for (int i = 0; i < million; i++) {
		code = generate(&forms[i % 2]);
		if (mr_code_from_number(mr_code_number(&code), &back) != 0 ||
		    back.n != code.n || memcmp(back.s, code.s, code.n) != 0)
			fail_at("number", &code);
	}
}

/* Does any entry of the list stand in this text, hyphens gone? */
static int
spells_a_blocked_word(const struct mr_symbols *code)
{
	char text[MR_SYMBOLS_MAX + 1];
	const char *word;
	int i;

	for (i = 0; i < code->n; i++)
		text[i] = mr_code_char(code->s[i]);
	text[i] = '\0';
	for (size_t e = 0; (word = mr_blocklist_entry(e, NULL)) != NULL; e++)
		if (strstr(text, word) != NULL)
			return 1;
	return 0;
}

static void
a_million_drawn_ids_are_all_fit_to_issue(void **state)
{
	struct mr_symbols id;
	int64_t low = INT64_MAX, high = 0, number;

	(void)state;
	for (int i = 0; i < million; i++) {
		if (mr_code_random(i % 2 ? 9 : 12, &id) != 0 ||
		    !mr_code_valid(&id, MR_CODE_ID) ||
		    mr_code_group_without_letter(&id) ||
		    mr_code_three_running(&id) || spells_a_blocked_word(&id))
			fail_at("not fit to issue", &id);
		number = mr_code_number(&id);
		low = number < low ? number : low;
		high = number > high ? number : high;
	}
	/* They fill their ranges: a generator that is stuck does not. */
	assert_true(low < INT64_C(100000000));
	assert_true(high > INT64_C(6000000000000));
}

static void
come_back(const uint8_t *key, int64_t id)
{
	struct mr_symbols code;
	int64_t back = -1;

	if (mr_lettercode_make(key, id, &code) != 0 ||
	    !mr_code_valid(&code, MR_CODE_LETTER) ||
	    mr_lettercode_id(key, &code, &back) != 0 || back != id)
		fail_msg("letter id %lld comes back as %lld", (long long)id,
		    (long long)back);
}

static void
a_million_letter_ids_come_back(void **state)
{
	static const int64_t edges[] = {0, 1, 2, (1 << 21) - 1, 1 << 21,
	    INT64_C(1) << 36, INT64_C(1) << 41, LAST_ID - 1, LAST_ID};
	uint8_t key[MR_LETTERCODE_KEY];

	(void)state;
	for (size_t i = 0; i < sizeof(key); i++)
		key[i] = (uint8_t)draw();
	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
		come_back(key, edges[i]);
	for (int i = 0; i < million; i++)
		come_back(key, (int64_t)(draw() >> 22));
}

static int
compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void
letter_codes_of_a_range_are_all_different(void **state)
{
	enum { RANGE = 200000 };
	static uint64_t packed[RANGE];
	const uint8_t key[MR_LETTERCODE_KEY] = {1, 2, 3};
	struct mr_symbols code;

	(void)state;
	for (int i = 0; i < RANGE; i++) {
		assert_int_equal(mr_lettercode_make(key, i, &code), 0);
		packed[i] = mr_code_pack(&code);
	}
	qsort(packed, RANGE, sizeof(packed[0]), compare);
	for (int i = 1; i < RANGE; i++)
		assert_true(packed[i] != packed[i - 1]);
}

static void
values_that_no_letter_has_are_refused(void **state)
{
	const uint64_t end = UINT64_C(6131066257801); /* 19^10 */
	const uint64_t first = UINT64_C(1) << 42;
	const uint8_t key[MR_LETTERCODE_KEY] = {0};
	struct mr_symbols code;
	int64_t id;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		uint64_t value = first + draw() % (end - first);

		value = i == 0 ? first : i == 1 ? end - 1 : value;
		code.n = 10;
		mr_code_digits(value, code.s, 10);
		assert_int_equal(mr_code_complete(&code, MR_CODE_LETTER), 0);
		id = -5;
		assert_int_equal(mr_lettercode_id(key, &code, &id), -1);
		assert_int_equal(id, -5);
	}
	mr_code_digits(first - 1, code.s, code.n = 10);
	assert_int_equal(mr_code_complete(&code, MR_CODE_LETTER), 0);
	assert_int_equal(mr_lettercode_id(key, &code, &id), 0);
	assert_int_equal(mr_lettercode_make(key, -1, &code), -1);
	assert_int_equal(mr_lettercode_make(key, LAST_ID + 1, &code), -1);
}

static void
a_code_of_another_kind_is_no_letter_code(void **state)
{
	const uint8_t key[MR_LETTERCODE_KEY] = {0};
	struct mr_symbols code = generate(&forms[1]);
	int64_t id = -5;

	(void)state;
	assert_int_equal(mr_lettercode_id(key, &code, &id), -1);
	assert_int_equal(id, -5);
}

static void
letter_codes_are_those_of_the_manual(void **state)
{
	static const struct {
		int64_t id;
		const char *code;
	} cases[] = {
	    {0, "7HF-5H4-V68-25P"},
	    {1, "H6H-4D5-H34-XRX"},
	    {12345, "3C7-W2C-P37-V3D"},
	    {LAST_ID, "6PV-R5X-DXT-8VC"},
	};
	uint8_t key[MR_LETTERCODE_KEY];
	char buf[MR_CODE_TEXT];
	struct mr_symbols code;

	(void)state;
	for (size_t i = 0; i < sizeof(key); i++)
		key[i] = (uint8_t)i;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    mr_lettercode_make(key, cases[i].id, &code), 0);
		assert_string_equal(mr_code_format(&code, buf), cases[i].code);
	}
}

static void
letter_ids_to_skip_are_those_with_a_blocked_word(void **state)
{
	const uint8_t key[MR_LETTERCODE_KEY] = {9};
	struct mr_symbols code;
	int skipped = 0;

	(void)state;
	for (int id = 0; id < 10000; id++) {
		int blocked = mr_lettercode_blocked(key, id);

		mr_lettercode_make(key, id, &code);
		assert_int_equal(blocked, spells_a_blocked_word(&code));
		skipped += blocked;
	}
	assert_in_range(skipped, 1000, 3000);
	assert_int_equal(mr_lettercode_blocked(key, -1), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		one_error_of_each_sort_in_a_million_codes_is_caught),
	    cmocka_unit_test(
		every_single_error_and_exchange_of_a_sample_is_caught),
	    cmocka_unit_test(every_double_error_of_a_few_is_caught),
	    cmocka_unit_test(no_code_is_of_two_kinds),
	    cmocka_unit_test(packed_distance_is_the_count_of_differing_symbols),
	    cmocka_unit_test(every_id_is_a_number_and_back),
	    cmocka_unit_test(a_million_drawn_ids_are_all_fit_to_issue),
	    cmocka_unit_test(a_million_letter_ids_come_back),
	    cmocka_unit_test(letter_codes_of_a_range_are_all_different),
	    cmocka_unit_test(values_that_no_letter_has_are_refused),
	    cmocka_unit_test(a_code_of_another_kind_is_no_letter_code),
	    cmocka_unit_test(letter_codes_are_those_of_the_manual),
	    cmocka_unit_test(letter_ids_to_skip_are_those_with_a_blocked_word),
	};

	if (sodium_init() < 0)
		return 1;
	if (getenv("MR_QUICK") != NULL)
		million /= 100;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
