/*
 * Words on paper: checkpoint words and recovery words come back, and an error
 * is named by word and symbol.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/words.h"

#define ROUNDS 20000

/* The bytes 00 01 02 .. 1f, of the vectors in the manual. */
static void
counting(uint8_t *bytes)
{
	for (int i = 0; i < 32; i++)
		bytes[i] = (uint8_t)i;
}

/* All words as one text, with this between them. */
static void
join(const struct mr_symbols *word, int count, const char *between, char *text)
{
	char buf[MR_CODE_TEXT];

	*text = '\0';
	for (int i = 0; i < count; i++) {
		strcat(text, i == 0 ? "" : between);
		strcat(text, mr_code_format(&word[i], buf));
	}
}

static void
expect_words(const struct mr_symbols *word, int count, const char *text)
{
	char buf[256];

	join(word, count, " ", buf);
	assert_string_equal(buf, text);
}

static void
witness_words_are_those_of_the_manual(void **state)
{
	uint8_t hash[32];
	struct mr_symbols word[MR_WITNESS_WORDS];

	(void)state;
	counting(hash);
	mr_witness_make(hash, word);
	expect_words(
	    word, MR_WITNESS_WORDS, "222-2VF-FH5 R44-DP6-HF6 HMW-3FK-CM8");
	crypto_generichash(
	    hash, sizeof(hash), (const unsigned char *)"mailroom", 8, NULL, 0);
	mr_witness_make(hash, word);
	expect_words(
	    word, MR_WITNESS_WORDS, "8CM-5C6-3C2 43K-FV7-F4K 23P-T63-865");
}

static void
recovery_words_are_those_of_the_manual(void **state)
{
	uint8_t key[32];
	struct mr_symbols word[MR_RECOVERY_WORDS];

	(void)state;
	counting(key);
	mr_recovery_make(key, word);
	expect_words(word, MR_RECOVERY_WORDS,
	    "222-35V-HPD 67P-WT7-CCV 36T-KD8-RH3 26M-VTT-6RF H2F-T6W-588 "
	    "3KK-PM4-TCW 53V-RM8-H75 DX3-HT8-8FV 37M-HRT-RP7");
}

static void
witness_words_come_back(void **state)
{
	uint8_t hash[32], back[MR_WITNESS_BYTES];
	struct mr_symbols word[MR_WITNESS_WORDS];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		randombytes_buf(hash, sizeof(hash));
		if (i < 2)
			memset(hash, i == 0 ? 0 : 0xff, sizeof(hash));
		mr_witness_make(hash, word);
		assert_int_equal(mr_witness_bytes(word, back), 0);
		assert_memory_equal(back, hash, sizeof(back));
		assert_int_equal(mr_witness_differs(word, hash), 0);
	}
}

static void
recovery_words_come_back(void **state)
{
	uint8_t key[32], back[32];
	struct mr_symbols word[MR_RECOVERY_WORDS];

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		randombytes_buf(key, sizeof(key));
		if (i < 2)
			memset(key, i == 0 ? 0 : 0xff, sizeof(key));
		mr_recovery_make(key, word);
		assert_int_equal(mr_recovery_key(word, back), 0);
		assert_memory_equal(back, key, sizeof(back));
	}
}

/* Give a word other data, well-formed again. */
static void
replace_data(struct mr_symbols *word, uint64_t value, enum mr_code_kind kind)
{
	mr_code_digits(value, word->s, 7);
	word->n = 7;
	assert_int_equal(mr_code_complete(word, kind), 0);
}

static void
a_number_that_is_no_hash_is_refused(void **state)
{
	uint8_t hash[32], back[MR_WITNESS_BYTES];
	struct mr_symbols word[MR_WITNESS_WORDS];

	(void)state;
	/* One more than 88 bits of ones. */
	memset(hash, 0xff, sizeof(hash));
	mr_witness_make(hash, word);
	replace_data(
	    &word[2], mr_code_value(word[2].s, 7) + 1, MR_CODE_WITNESS);
	assert_int_equal(mr_witness_bytes(word, back), -1);
	for (int i = 0; i < MR_WITNESS_WORDS; i++)
		replace_data(&word[i], UINT64_C(893871738), MR_CODE_WITNESS);
	assert_int_equal(mr_witness_bytes(word, back), -1);
	word[1].s[3] ^= 1;
	assert_int_equal(mr_witness_bytes(word, back), -1);
}

static void
the_word_that_differs_is_told(void **state)
{
	uint8_t hash[32];
	struct mr_symbols word[MR_WITNESS_WORDS];

	(void)state;
	counting(hash);
	for (int i = 0; i < MR_WITNESS_WORDS; i++) {
		mr_witness_make(hash, word);
		replace_data(&word[i], 12345, MR_CODE_WITNESS);
		assert_int_equal(mr_witness_differs(word, hash), 1 << i);
	}
	mr_witness_make(hash, word);
	hash[31] ^= 1; /* beyond the 88 bits */
	assert_int_equal(mr_witness_differs(word, hash), 0);
	hash[10] ^= 1; /* their last bit */
	assert_int_equal(mr_witness_differs(word, hash), 4);
	hash[0] ^= 0x80;
	assert_true(mr_witness_differs(word, hash) & 1);
}

static void
words_are_read_with_anything_between_them(void **state)
{
	static const char *const between[] = {" ", "\n", ", ", "-", "", "  - "};
	uint8_t key[32], back[32];
	struct mr_symbols word[MR_RECOVERY_WORDS], read[MR_RECOVERY_WORDS];
	struct mr_code_reading fault;
	char text[256];

	(void)state;
	counting(key);
	mr_recovery_make(key, word);
	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++) {
		join(word, MR_RECOVERY_WORDS, between[i], text);
		strcat(text, "\n");
		assert_int_equal(mr_words_read(text, MR_CODE_RECOVERY,
				     MR_RECOVERY_WORDS, read, &fault),
		    0);
		assert_int_equal(mr_recovery_key(read, back), 0);
		assert_memory_equal(back, key, sizeof(key));
	}
}

static void
expect_fault(const char *typed, int at, const char *sentence)
{
	struct mr_symbols word[MR_WITNESS_WORDS];
	struct mr_code_reading fault;
	char buf[MR_CODE_SENTENCE];

	assert_int_equal(mr_words_read(typed, MR_CODE_WITNESS, MR_WITNESS_WORDS,
			     word, &fault),
	    at);
	assert_string_equal(mr_code_say(&fault, buf, sizeof(buf)), sentence);
}

static void
a_typing_error_is_named_by_word_and_symbol(void **state)
{
	(void)state;
	expect_fault("222-2VF-FH5 R44-DP6-HF6 HMW-3FK-CM8", 0, "");
	expect_fault("222-2VF-FH5 R44-8P6-HF6 HMW-3FK-CM8", 2,
	    "The 4th symbol, 8, does not fit: look again, it may be D.");
	expect_fault("222 2VF FH5 R44 DP6 HF6 HMW 3FK CM8", 0, "");
	expect_fault("222 2VF FH5 R44 DP6 HF6 HMW 3FK C48", 3,
	    "The 8th symbol, 4, does not fit: look again, it may be M.");
	expect_fault("2222VFFH5R448P6HF6HMW3FKCM8", 2,
	    "The 4th symbol, 8, does not fit: look again, it may be D.");
	expect_fault("222-2VF-FH5 R44-DP6-HF HMW-3FK-CM8", 2,
	    "This has 8 symbols, a checkpoint word has 9: look whether one "
	    "was left out or typed twice.");
	expect_fault("222-2VF-FH5 R44-DP6-HF6 HMW-3F!-CM8", 3,
	    "\"!\" at place 6 is not one of our symbols: look again, or type "
	    "? for what cannot be read.");
	expect_fault("222-2VF-FH5 R44-DP6-HF6", 3,
	    "Nothing was typed: a checkpoint word has 9 symbols.");
	expect_fault("K7M-4RP-TMK R44-DP6-HF6 HMW-3FK-CM8", 1,
	    "This is a forwarding ID; what is wanted here is a checkpoint "
	    "word.");
}

static void
more_text_than_words_is_a_fault(void **state)
{
	struct mr_symbols word[MR_WITNESS_WORDS];
	struct mr_code_reading fault;
	char text[1024];

	(void)state;
	assert_int_equal(mr_words_read("222-2VF-FH5 R44-DP6-HF6 HMW-3FK-CM8 2",
			     MR_CODE_WITNESS, MR_WITNESS_WORDS, word, &fault),
	    MR_WITNESS_WORDS + 1);
	assert_int_equal(fault.answer, MR_READ_LENGTH);
	memset(text, '2', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	text[500] = text[510] = ' ';
	assert_int_equal(mr_words_read(text, MR_CODE_WITNESS, MR_WITNESS_WORDS,
			     word, &fault),
	    1);
	assert_int_equal(fault.answer, MR_READ_LENGTH);
}

static void
recovery_words_that_do_not_belong_together_are_refused(void **state)
{
	uint8_t key[32], back[32] = {7}, before[32] = {7};
	struct mr_symbols word[MR_RECOVERY_WORDS], other;
	int refused = 0;

	(void)state;
	for (int i = 0; i < 320; i++) {
		randombytes_buf(key, sizeof(key));
		mr_recovery_make(key, word);
		other = word[i % 8];
		word[i % 8] = word[8];
		word[8] = other;
		refused += mr_recovery_key(word, back) != 0;
	}
	/* 31 in 32; fewer than 9 in 10 is a chance of 1e-9. */
	assert_true(refused > 288);
	counting(key);
	mr_recovery_make(key, word);
	replace_data(&word[4], UINT64_C(1) << 29, MR_CODE_RECOVERY);
	memcpy(back, before, sizeof(back));
	assert_int_equal(mr_recovery_key(word, back), -1);
	mr_recovery_make(key, word);
	word[8].s[0] = (uint8_t)((word[8].s[0] + 1) % MR_BASE);
	assert_int_equal(mr_recovery_key(word, back), -1);
	assert_memory_equal(back, before, sizeof(back));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(witness_words_are_those_of_the_manual),
	    cmocka_unit_test(recovery_words_are_those_of_the_manual),
	    cmocka_unit_test(witness_words_come_back),
	    cmocka_unit_test(recovery_words_come_back),
	    cmocka_unit_test(a_number_that_is_no_hash_is_refused),
	    cmocka_unit_test(the_word_that_differs_is_told),
	    cmocka_unit_test(words_are_read_with_anything_between_them),
	    cmocka_unit_test(a_typing_error_is_named_by_word_and_symbol),
	    cmocka_unit_test(more_text_than_words_is_a_fault),
	    cmocka_unit_test(
		recovery_words_that_do_not_belong_together_are_refused),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
