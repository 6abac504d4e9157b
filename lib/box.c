/*
 * Sealed boxes (crypto_box_seal) with a hash of their meaning inside.
 */
#include "lib/box.h"

#include <string.h>

#define USE_SIZE 16

void
mr_put_number(unsigned char *to, uint64_t value, size_t n)
{
	while (n > 0) {
		to[--n] = (unsigned char)value;
		value >>= 8;
	}
}

uint64_t
mr_get_number(const unsigned char *from, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | from[i];
	return value;
}

static void
about_hash(const struct mr_about *about, unsigned char hash[MR_BOX_HEAD])
{
	unsigned char bytes[USE_SIZE + 16 + sizeof(about->part)] = {0};
	unsigned char *at = bytes + USE_SIZE + 16;

	memcpy(bytes, about->use, strnlen(about->use, USE_SIZE));
	memcpy(bytes + USE_SIZE, about->office, 16);
	for (size_t i = 0; i < 4; i++, at += 8)
		mr_put_number(at, (uint64_t)about->part[i], 8);
	crypto_generichash(hash, MR_BOX_HEAD, bytes, sizeof(bytes), NULL, 0);
}

int
mr_box_seal(const struct mr_about *about, const unsigned char public[32],
    unsigned char *plain, size_t size, unsigned char *box)
{
	about_hash(about, plain);
	return crypto_box_seal(box, plain, size, public);
}

int
mr_box_open(const struct mr_about *about, const unsigned char public[32],
    const unsigned char secret[32], const unsigned char *box, size_t boxlen,
    unsigned char *plain)
{
	unsigned char hash[MR_BOX_HEAD];

	if (box == NULL || boxlen < MR_BOX_SIZE(0))
		return -1;
	if (crypto_box_seal_open(plain, box, boxlen, public, secret) != 0)
		return -1;
	about_hash(about, hash);
	if (sodium_memcmp(hash, plain, sizeof(hash)) == 0)
		return 0;
	sodium_memzero(plain, boxlen - MR_BOX_EXTRA);
	return -1;
}
