/*
 * Words on paper.  Witness: the first 88 bits of a hash as one number in base
 * 19 over 21 symbols.  Recovery: 256 bits of key and 5 of check, 29 to a word.
 */
#include "lib/words.h"

#include <sodium.h>
#include <string.h>

#define DATA 7 /* symbols of a word before its check */
#define WITNESS_DATA (MR_WITNESS_WORDS * DATA)
#define WORD_BITS 29
#define KEY_BITS (8 * MR_RECOVERY_KEY)
#define PIECE_MAX 256 /* bytes of one typed word, far over any that fits */

/* Where words may be split.  Bytes only: none of them is part of a longer
 * UTF-8 character. */
static const char gaps[] = " \t\r\n,;";

static int
pieces(const char *typed)
{
	int count = 0;

	for (typed += strspn(typed, gaps); *typed != '\0'; count++) {
		typed += strcspn(typed, gaps);
		typed += strspn(typed, gaps);
	}
	return count;
}

/* Take the next piece into buf; one that is too long is cut, and still far
 * too long to be a word. */
static void
take_piece(const char **typed, char *buf)
{
	const char *s = *typed + strspn(*typed, gaps);
	size_t len = strcspn(s, gaps), keep;

	keep = len < PIECE_MAX ? len : PIECE_MAX - 1;
	memcpy(buf, s, keep);
	buf[keep] = '\0';
	*typed = s + len;
}

/* Take characters until nine symbols are there, gaps dropped. */
static void
take_nine(const char **typed, char *buf)
{
	const char *s = *typed;
	size_t len = 0;
	int symbols = 0;

	for (; *s != '\0' && symbols < DATA + 2 && len < PIECE_MAX - 1; s++) {
		if (strchr(gaps, *s) != NULL)
			continue;
		buf[len++] = *s;
		symbols += mr_code_symbol(*s) >= 0;
	}
	buf[len] = '\0';
	*typed = s + strspn(s, " \t\r\n,;-");
}

int
mr_words_read(const char *typed, enum mr_code_kind kind, int count,
    struct mr_symbols *word, struct mr_code_reading *fault)
{
	int apart = pieces(typed) == count, at = 0;
	char buf[PIECE_MAX];

	while (at < count) {
		if (apart)
			take_piece(&typed, buf);
		else
			take_nine(&typed, buf);
		at++;
		if (mr_code_read(buf, kind, fault) != MR_READ_OK)
			goto out;
		word[at - 1] = fault->symbols;
	}
	at = 0;
	if (typed[strspn(typed, gaps)] != '\0') {
		at = count + 1;
		mr_code_read(typed, kind, fault);
		fault->answer = MR_READ_LENGTH;
	}
out:
	/* Words of a recovery sheet are a secret. */
	sodium_memzero(buf, sizeof(buf));
	return at;
}

void
mr_witness_make(const uint8_t *hash, struct mr_symbols *word)
{
	uint8_t number[MR_WITNESS_BYTES], data[WITNESS_DATA];
	unsigned rest;

	memcpy(number, hash, sizeof(number));
	for (int i = WITNESS_DATA - 1; i >= 0; i--) {
		rest = 0;
		for (int j = 0; j < MR_WITNESS_BYTES; j++) {
			rest = rest << 8 | number[j];
			number[j] = (uint8_t)(rest / MR_BASE);
			rest %= MR_BASE;
		}
		data[i] = (uint8_t)rest;
	}
	for (int i = 0; i < MR_WITNESS_WORDS; i++) {
		word[i].n = DATA;
		memcpy(word[i].s, data + i * DATA, DATA);
		mr_code_complete(&word[i], MR_CODE_WITNESS);
	}
}

/* number = number * 19 + symbol; what runs over is returned. */
static unsigned
push_symbol(uint8_t *number, unsigned symbol)
{
	unsigned carry = symbol;

	for (int j = MR_WITNESS_BYTES - 1; j >= 0; j--) {
		carry += number[j] * (unsigned)MR_BASE;
		number[j] = (uint8_t)carry;
		carry >>= 8;
	}
	return carry;
}

int
mr_witness_bytes(const struct mr_symbols *word, uint8_t *bytes)
{
	uint8_t number[MR_WITNESS_BYTES] = {0};

	for (int i = 0; i < MR_WITNESS_WORDS; i++) {
		if (!mr_code_valid(&word[i], MR_CODE_WITNESS))
			return -1;
		for (int j = 0; j < DATA; j++)
			if (push_symbol(number, word[i].s[j]) != 0)
				return -1;
	}
	memcpy(bytes, number, sizeof(number));
	return 0;
}

int
mr_witness_differs(const struct mr_symbols *word, const uint8_t *hash)
{
	struct mr_symbols right[MR_WITNESS_WORDS];
	int differs = 0;

	mr_witness_make(hash, right);
	for (int i = 0; i < MR_WITNESS_WORDS; i++)
		if (word[i].n != right[i].n ||
		    memcmp(word[i].s, right[i].s, right[i].n) != 0)
			differs |= 1 << i;
	return differs;
}

/* Five bits that tie the words together. */
static unsigned
key_check(const uint8_t *key)
{
	uint8_t hash[crypto_generichash_BYTES];
	unsigned check;

	crypto_generichash(hash, sizeof(hash), key, MR_RECOVERY_KEY, NULL, 0);
	check = hash[0] & 31;
	sodium_memzero(hash, sizeof(hash));
	return check;
}

void
mr_recovery_make(const uint8_t *key, struct mr_symbols *word)
{
	uint8_t bits[MR_RECOVERY_KEY + 1];
	uint64_t value;

	memcpy(bits, key, MR_RECOVERY_KEY);
	bits[MR_RECOVERY_KEY] = (uint8_t)(key_check(key) << 3);
	for (int i = 0; i < MR_RECOVERY_WORDS; i++) {
		value = 0;
		for (int b = i * WORD_BITS; b < (i + 1) * WORD_BITS; b++)
			value = value << 1 | (bits[b / 8] >> (7 - b % 8) & 1);
		word[i].n = DATA;
		mr_code_digits(value, word[i].s, DATA);
		mr_code_complete(&word[i], MR_CODE_RECOVERY);
	}
	sodium_memzero(bits, sizeof(bits));
}

int
mr_recovery_key(const struct mr_symbols *word, uint8_t *key)
{
	uint8_t bits[MR_RECOVERY_KEY + 1] = {0};
	uint64_t value;
	int status = -1;

	for (int i = 0; i < MR_RECOVERY_WORDS; i++) {
		if (!mr_code_valid(&word[i], MR_CODE_RECOVERY))
			goto out;
		value = mr_code_value(word[i].s, DATA);
		if (value >> WORD_BITS != 0)
			goto out;
		for (int j = 0; j < WORD_BITS; j++) {
			int b = i * WORD_BITS + j;
			unsigned bit = value >> (WORD_BITS - 1 - j) & 1;

			bits[b / 8] |= (uint8_t)(bit << (7 - b % 8));
		}
	}
	if (bits[KEY_BITS / 8] >> 3 != key_check(bits))
		goto out;
	memcpy(key, bits, MR_RECOVERY_KEY);
	status = 0;
out:
	sodium_memzero(bits, sizeof(bits));
	return status;
}
