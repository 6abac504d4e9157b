/*
 * The keys of one person who works here (design 7): a key pair whose secret
 * half is wrapped under the passphrase, and a grant, which is the vault's
 * secret sealed to the public half.  Also what a passphrase must be like.
 */
#ifndef MR_USERKEY_H
#define MR_USERKEY_H

#include <stddef.h>
#include <stdint.h>

#include "lib/box.h"
#include "lib/call.h"

#define MR_PASSPHRASE_MIN 12                           /* characters */
#define MR_PASSPHRASE_MAX 128                          /* characters */
#define MR_PASSPHRASE_SIZE (4 * MR_PASSPHRASE_MAX + 2) /* bytes, with NUL */

/* Cost of Argon2id: passes, bytes of memory. */
struct mr_cost {
	int64_t ops, mem;
};
#define MR_COST_OPS 3
#define MR_COST_MEM (INT64_C(64) << 20)
#define MR_COST_FLOOR_OPS 2
#define MR_COST_FLOOR_MEM (INT64_C(19) << 20)

/* What a new passphrase costs.  Tests lower it; under the floor it is the
 * floor. */
extern struct mr_cost mr_cost;
/* The same, and never under the floor. */
struct mr_cost mr_cost_now(void);

/*
 * Argon2id: 32 bytes in memory of libsodium, for the caller to sodium_free;
 * salt has crypto_pwhash_SALTBYTES.  NULL with *status: MR_DAMAGED, a cost
 * that this program never stores; MR_NOMEM.
 */
unsigned char *
mr_stretch(struct mr_call *c, const char *text, const unsigned char *salt,
    const struct mr_cost *cost, enum mr_status *status);

/* The key columns of a users row. */
struct mr_userkey {
	unsigned char public[32];
	unsigned char salt[crypto_pwhash_SALTBYTES];
	unsigned char box[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + 32 +
	    crypto_aead_xchacha20poly1305_ietf_ABYTES];
	struct mr_cost cost;
};

#define MR_GRANT_SIZE MR_BOX_SIZE(32)

/*
 * May this be a passphrase of the user?  MR_INVALID tells why not and never
 * repeats it.
 */
enum mr_status mr_passphrase_check(
    struct mr_call *c, const char *passphrase, const char *name);

/* Fresh pair for a user, wrapped; secret gets its secret half. */
enum mr_status mr_userkey_make(struct mr_call *c, int64_t user,
    const char *passphrase, struct mr_userkey *key, unsigned char secret[32]);

/* Wrap a secret half under another passphrase; key->public is kept. */
enum mr_status
mr_userkey_wrap(struct mr_call *c, int64_t user, const char *passphrase,
    const unsigned char secret[32], struct mr_userkey *key);

/*
 * The secret half.  MR_LOCKED: wrong passphrase, or keys of another user.
 * MR_DAMAGED: a cost that this program never stores.  MR_NOMEM.
 */
enum mr_status
mr_userkey_open(struct mr_call *c, int64_t user, const char *passphrase,
    const struct mr_userkey *key, unsigned char secret[32]);

/* The vault's secret for a user, of the vault pair number `version`. */
enum mr_status mr_grant_seal(struct mr_call *c, int64_t user,
    const unsigned char public[32], int64_t version,
    const unsigned char vault_secret[32], unsigned char box[MR_GRANT_SIZE]);
/* And back.  0, or -1: not this user's, or of another version. */
int mr_grant_open(struct mr_call *c, int64_t user, int64_t version,
    const struct mr_userkey *key, const unsigned char secret[32],
    const void *box, size_t len, unsigned char vault_secret[32]);

#endif
