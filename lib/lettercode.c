/*
 * Letter codes: an 8-round Feistel network over two halves of 21 bits, with
 * SipHash as its round function, then base 19.
 */
#include "lib/lettercode.h"

#include <sodium.h>

#include "lib/blocklist.h"

#define ROUNDS 8
#define HALF_BITS 21
#define HALF ((UINT32_C(1) << HALF_BITS) - 1)
#define DATA 10 /* symbols before the check */

_Static_assert(crypto_shorthash_KEYBYTES == MR_LETTERCODE_KEY, "key size");

/* The low 21 bits of SipHash(round byte, half as 4 bytes little-endian). */
static uint32_t
scramble(const uint8_t *key, int round, uint32_t half)
{
	const uint8_t in[5] = {(uint8_t)round, (uint8_t)half,
	    (uint8_t)(half >> 8), (uint8_t)(half >> 16), (uint8_t)(half >> 24)};
	uint8_t out[crypto_shorthash_BYTES];

	crypto_shorthash(out, in, sizeof(in), key);
	return ((uint32_t)out[0] | (uint32_t)out[1] << 8 |
		   (uint32_t)out[2] << 16) &
	    HALF;
}

static uint64_t
shuffle(const uint8_t *key, uint64_t id)
{
	uint32_t left = (uint32_t)(id >> HALF_BITS), right = id & HALF, next;

	for (int round = 0; round < ROUNDS; round++) {
		next = left ^ scramble(key, round, right);
		left = right;
		right = next;
	}
	return (uint64_t)left << HALF_BITS | right;
}

static uint64_t
unshuffle(const uint8_t *key, uint64_t value)
{
	uint32_t left = (uint32_t)(value >> HALF_BITS), right = value & HALF;
	uint32_t before;

	for (int round = ROUNDS - 1; round >= 0; round--) {
		before = right ^ scramble(key, round, left);
		right = left;
		left = before;
	}
	return (uint64_t)left << HALF_BITS | right;
}

int
mr_lettercode_make(const uint8_t *key, int64_t id, struct mr_symbols *code)
{
	struct mr_symbols made = {.n = DATA};

	if (id < 0 || id >= MR_LETTERCODE_IDS)
		return -1;
	mr_code_digits(shuffle(key, (uint64_t)id), made.s, DATA);
	mr_code_complete(&made, MR_CODE_LETTER);
	*code = made;
	return 0;
}

int
mr_lettercode_id(const uint8_t *key, const struct mr_symbols *code, int64_t *id)
{
	uint64_t value;

	if (!mr_code_valid(code, MR_CODE_LETTER))
		return -1;
	value = mr_code_value(code->s, DATA);
	if (value >= (uint64_t)MR_LETTERCODE_IDS)
		return -1;
	*id = (int64_t)unshuffle(key, value);
	return 0;
}

int
mr_lettercode_blocked(const uint8_t *key, int64_t id)
{
	struct mr_symbols code;

	return mr_lettercode_make(key, id, &code) != 0 ||
	    mr_blocklist_hit(&code) != NULL;
}
