/*
 * Boxes sealed to a public key that carry inside what they are about.  A
 * sealed box alone proves nothing about its place; the hash in front does.
 */
#ifndef MR_BOX_H
#define MR_BOX_H

#include <sodium.h>
#include <stddef.h>
#include <stdint.h>

#define MR_BOX_HEAD 32                      /* the hash in front */
#define MR_BOX_EXTRA (crypto_box_SEALBYTES) /* box over plain */
#define MR_BOX_SIZE(n) (MR_BOX_HEAD + (n) + MR_BOX_EXTRA)

/* What a box is about: its use, the office, and up to four numbers. */
struct mr_about {
	const char *use; /* "record", "grant" ...; at most 16 characters */
	const unsigned char *office;
	int64_t part[4];
};

/*
 * Seal size bytes at plain, of which the first MR_BOX_HEAD are filled in here,
 * into box of size + MR_BOX_EXTRA bytes.  0, or -1 for a bad public key.
 */
int mr_box_seal(const struct mr_about *about, const unsigned char public[32],
    unsigned char *plain, size_t size, unsigned char *box);

/*
 * Open a box of boxlen bytes into plain, which has boxlen - MR_BOX_EXTRA.
 * 0, or -1: changed, sealed to another key or about something else; plain is
 * then wiped.
 */
int mr_box_open(const struct mr_about *about, const unsigned char public[32],
    const unsigned char secret[32], const unsigned char *box, size_t boxlen,
    unsigned char *plain);

/* n bytes of a number, most significant first. */
void mr_put_number(unsigned char *to, uint64_t value, size_t n);
uint64_t mr_get_number(const unsigned char *from, size_t n);

#endif
