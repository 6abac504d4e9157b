/*
 * The office key file (design 7): the keys for letter codes, QR tags and
 * checkpoint signatures, in a small text file beside the database, mode 0600.
 */
#ifndef MR_KEYS_H
#define MR_KEYS_H

#include "lib/mailroom.h"

/* In sodium_malloc memory. */
struct mr_keys {
	unsigned char office[16]; /* whose they are */
	unsigned char code[16];   /* letter codes: SipHash */
	unsigned char tag[32];    /* QR tags: keyed BLAKE2b */
	unsigned char sign[64];   /* checkpoints: Ed25519 secret */
	unsigned char verify[32]; /* and its public half */
};

/* Fresh keys for a new office.  NULL: memory is short. */
struct mr_keys *mr_keys_new(const unsigned char office[16]);
/* Wipe and free.  NULL allowed. */
void mr_keys_free(struct mr_keys *keys);

/*
 * Read a key file.  The caller frees *keys.
 * MR_NOTFOUND: no such file.  MR_DENIED: others may read it.  MR_DAMAGED: not
 * a key file, or changed.  MR_REFUSED: of another office.  MR_IO, MR_NOMEM.
 */
enum mr_status mr_keys_read(const char *path, const unsigned char office[16],
    struct mr_keys **keys, struct mr_error *error);
/*
 * Write one, mode 0600, never over an existing file (MR_REFUSED), complete and
 * on the disk or not at all.  MR_IO, MR_FULL.
 */
enum mr_status mr_keys_write(
    const char *path, const struct mr_keys *keys, struct mr_error *error);

#endif
