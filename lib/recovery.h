/*
 * The recovery key: nine words on a sheet in the safe.  It opens one box in
 * the site row with the office keys and the vault's secret.
 */
#ifndef MR_RECOVERY_H
#define MR_RECOVERY_H

#include "lib/box.h"
#include "lib/call.h"

/* What the recovery box holds. */
struct mr_bundle {
	unsigned char code[16], tag[32], sign[64], vault[32];
};
#define MR_RECOVERY_BOX MR_BOX_SIZE(sizeof(struct mr_bundle))

/* Seal keys and vault secret for a vault pair number. */
enum mr_status
mr_recovery_seal(struct mr_call *c, const unsigned char public[32],
    const struct mr_keys *keys, const unsigned char vault_secret[32],
    int64_t version, unsigned char box[MR_RECOVERY_BOX]);

/*
 * Typed words to the key.  MR_INVALID names the group and, where it can, the
 * symbol.
 */
enum mr_status
mr_recovery_read(struct mr_call *c, const char *typed, unsigned char key[32]);

/* The public half of the recovery key, as the site's row has it: prove the row
 * first.  MR_DAMAGED: it holds none. */
enum mr_status mr_recovery_public(struct mr_call *c, unsigned char public[32]);

/*
 * Open this site's box.  After a new vault key was made at another site, the
 * vault's secret comes out of that one's.
 * MR_REFUSED: the words of another office's sheet.
 * MR_DAMAGED: the box does not open or does not fit the office.
 */
enum mr_status mr_recovery_open(
    struct mr_call *c, const unsigned char key[32], struct mr_bundle *bundle);

/* How the key file of this office stands. */
enum mr_key_file { MR_KEY_FILE_FITS = 1, MR_KEY_FILE_MISSING, MR_KEY_FILE_BAD };
enum mr_key_file mr_key_file_state(struct mr_call *c);

/* Write the key file anew from the bundle.  MR_REFUSED: one is there. */
enum mr_status
mr_recovery_restore(struct mr_call *c, const struct mr_bundle *bundle);

/*
 * Write down that the words were used: `keys` is an enum mr_key_file, or 0
 * when the file was restored; user: who got a new passphrase, 0: nobody.
 */
enum mr_status mr_recovery_note(struct mr_call *c, int keys, int64_t user);

/* The office's id in groups of eight, as the recovery sheet shows it: 35
 * characters; and the same in the arena. */
#define MR_OFFICE_SHOWN 36
void mr_office_spell(const unsigned char office[16], char out[MR_OFFICE_SHOWN]);
const char *mr_office_shown(struct mr_call *c, const unsigned char office[16]);

#endif
