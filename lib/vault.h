/*
 * The vault (design 7): records sealed to the office's public key, opened only
 * while somebody who holds a grant is here.  Anyone may seal; the secret half
 * is in memory of its own, wiped and locked, for as long as a handle has it.
 */
#ifndef MR_VAULT_H
#define MR_VAULT_H

#include <stddef.h>
#include <stdint.h>

#include "lib/chain.h"
#include "lib/mailroom.h"

/* The opened vault; lives in sodium_malloc memory. */
struct mr_vault {
	unsigned char public[32], secret[32];
	unsigned char blind[32]; /* key of the blind index */
	int64_t version;         /* of the office's vault pair */
};

/*
 * What a box is about.  Its hash is inside the box, so that a box moved to
 * another row, or an older one put back, does not open.
 */
struct mr_context {
	enum mr_subject table; /* MR_ADDRESS or MR_SEALED */
	int64_t row;
	int kind; /* of the record, 0 where the table has one kind */
	/* MR_ADDRESS: 1, for its box stays as it was made while its status
	 * moves on.  MR_SEALED: the row's version; whoever changes the row
	 * seals it anew. */
	int64_t version;
};

/*
 * Seal n texts (NULL counts as empty) as one box, padded to a multiple of 256
 * bytes.  box and hash (BLAKE2b-256 of the box) are in the call's arena.
 * MR_NOMEM; MR_INVALID: longer than 64 KiB together.
 */
enum mr_status mr_seal(struct mr_call *c, const struct mr_context *context,
    const char *const *texts, size_t n, const void **box, size_t *len,
    unsigned char hash[32]);

/*
 * Open a box that holds n texts, into the call's arena, which is wiped at the
 * end of the call.  MR_LOCKED: the vault is closed.  MR_DAMAGED: not this
 * row's box, or changed.
 */
enum mr_status mr_unseal(struct mr_call *c, const struct mr_context *context,
    const void *box, size_t len, const char **texts, size_t n);

/*
 * The blind tag of a text: legal name (kind 1) or register number (kind 2).
 * It is folded here: letters and digits count, not accents, case, blanks or
 * hyphens.  MR_LOCKED: the vault is closed.  MR_INVALID: nothing is left of it.
 */
enum mr_status mr_blind_tag(
    struct mr_call *c, int kind, const char *text, unsigned char tag[16]);

/*
 * Open the vault of this handle for the call's user by the passphrase.  It
 * stays open until mr_vault_close or mr_close.
 * MR_LOCKED: wrong passphrase, none set yet, or no grant; the sentence says
 * which and what to do.  MR_DAMAGED: a stored box does not fit.
 */
enum mr_status mr_vault_open(struct mr_call *c, const char *passphrase);
/* The same by the secret half of the user's key pair, as mr_sign_in gave it.
 * MR_LOCKED also: it is of a pair that the user no longer has. */
enum mr_status
mr_vault_open_key(struct mr_call *c, const unsigned char secret[32]);
void mr_vault_close(struct mr *mr);

/* The number of the vault pair in force. */
enum mr_status mr_vault_version(struct mr_call *c, int64_t *version);

/* Is it open, and of the pair that is in force?  MR_LOCKED. */
enum mr_status mr_vault_check(struct mr_call *c);

/*
 * Open a box with the open vault and seal what it holds to another public
 * half and context.  box has len bytes, as the old one, in the arena.
 * MR_LOCKED, MR_DAMAGED, MR_NOMEM.
 */
enum mr_status mr_reseal(struct mr_call *c, const struct mr_context *from,
    const struct mr_context *to, const unsigned char public[32],
    const void *old, size_t len, const void **box, unsigned char hash[32]);

/* The key of the blind index, sealed to the vault pair of that number. */
#define MR_BLIND_BOX (32 + 32 + 48)
enum mr_status mr_blind_seal(struct mr_call *c,
    const unsigned char vault_public[32], int64_t version,
    const unsigned char blind[32], unsigned char box[MR_BLIND_BOX]);

/* Open it with the vault's secret itself (recovery, rekey). */
enum mr_status mr_vault_use(struct mr_call *c, const unsigned char secret[32]);

#endif
