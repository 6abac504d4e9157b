/*
 * The recovery box and the words that open it.
 */
#include "lib/recovery.h"

#include <string.h>

#include "lib/handle.h"
#include "lib/site.h"
#include "lib/words.h"

static struct mr_about
about_bundle(struct mr_call *c, int64_t site, int64_t version)
{
	return (struct mr_about){"recovery", c->site->office, {site, version}};
}

enum mr_status
mr_recovery_seal(struct mr_call *c, const unsigned char public[32],
    const struct mr_keys *keys, const unsigned char vault_secret[32],
    int64_t version, unsigned char box[MR_RECOVERY_BOX])
{
	struct mr_about about = about_bundle(c, c->site->id, version);
	unsigned char plain[MR_BOX_HEAD + sizeof(struct mr_bundle)];
	struct mr_bundle bundle;
	int rc;

	memcpy(bundle.code, keys->code, sizeof(bundle.code));
	memcpy(bundle.tag, keys->tag, sizeof(bundle.tag));
	memcpy(bundle.sign, keys->sign, sizeof(bundle.sign));
	memcpy(bundle.vault, vault_secret, sizeof(bundle.vault));
	memcpy(plain + MR_BOX_HEAD, &bundle, sizeof(bundle));
	rc = mr_box_seal(&about, public, plain, sizeof(plain), box);
	sodium_memzero(&bundle, sizeof(bundle));
	sodium_memzero(plain, sizeof(plain));
	if (rc != 0)
		return mr_fail(c, MR_DAMAGED,
		    "the recovery key in the site row is none; restore the "
		    "last backup");
	return MR_OK;
}

/* The sentence for a group that cannot be read; repeats no other group. */
static enum mr_status
refuse_group(struct mr_call *c, int group, const struct mr_code_reading *fault)
{
	char sentence[MR_CODE_SENTENCE];

	if (group > MR_RECOVERY_WORDS)
		return mr_fail(c, MR_INVALID,
		    "there is more than the nine groups of the recovery "
		    "sheet; type the nine only, a blank between them");
	if (fault->symbols.n == 0)
		return mr_fail(c, MR_INVALID,
		    "group %d of the recovery sheet is missing; type all "
		    "nine, a blank between them",
		    group);
	mr_code_say(fault, sentence, sizeof(sentence));
	return mr_fail(c, MR_INVALID, "group %d of the recovery sheet: %s",
	    group, sentence);
}

enum mr_status
mr_recovery_read(struct mr_call *c, const char *typed, unsigned char key[32])
{
	struct mr_symbols word[MR_RECOVERY_WORDS];
	struct mr_code_reading fault;
	enum mr_status status = MR_OK;
	int bad;

	memset(&fault, 0, sizeof(fault));
	bad = mr_words_read(
	    typed, MR_CODE_RECOVERY, MR_RECOVERY_WORDS, word, &fault);
	if (bad != 0)
		status = refuse_group(c, bad, &fault);
	else if (mr_recovery_key(word, key) != 0)
		status = mr_fail(c, MR_INVALID,
		    "each group is right by itself, but together they are no "
		    "key: type them in the order of their numbers, all from "
		    "the same sheet");
	sodium_memzero(word, sizeof(word));
	sodium_memzero(&fault, sizeof(fault));
	return status;
}

/* The site row's side of it. */
struct stored {
	unsigned char public[32], box[MR_RECOVERY_BOX];
	int64_t version;
};

static enum mr_status
load(struct mr_call *c, int64_t site, struct stored *stored)
{
	size_t public_len = 0, box_len = 0;
	const void *public, *box;
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT recovery_public, recovery_box, vault_version "
	    "FROM site "
	    "WHERE id = :id");
	sql_int(st, ":id", site);
	if (sql_row(st)) {
		public = sql_col_blob(st, 0, &public_len);
		if (public_len == sizeof(stored->public))
			memcpy(stored->public, public, public_len);
		box = sql_col_blob(st, 1, &box_len);
		if (box_len == sizeof(stored->box))
			memcpy(stored->box, box, box_len);
		stored->version = sql_col_int(st, 2);
	}
	status = sql_done(st);
	if (status == MR_OK &&
	    (public_len != sizeof(stored->public) ||
		box_len != sizeof(stored->box)))
		return mr_fail(c, MR_DAMAGED,
		    "the recovery box in the site row has a wrong length; "
		    "restore the last backup");
	return status;
}

enum mr_status
mr_recovery_public(struct mr_call *c, unsigned char public[32])
{
	struct stored stored;
	enum mr_status status = load(c, c->site->id, &stored);

	if (status == MR_OK)
		memcpy(public, stored.public, 32);
	return status;
}

static int
signs(struct mr_call *c, const struct mr_bundle *bundle)
{
	unsigned char sign[32];

	crypto_sign_ed25519_sk_to_pk(sign, bundle->sign);
	return memcmp(sign, c->site->sign_public, 32) == 0;
}

static int
opens_vault(struct mr_call *c, const struct mr_bundle *bundle)
{
	unsigned char vault[32];

	crypto_scalarmult_base(vault, bundle->vault);
	return memcmp(vault, c->site->vault_public, 32) == 0;
}

/*
 * A new vault key is sealed for recovery only where it was made: the other
 * sites' sign keys are not there to be sealed with it.  So a box may be older
 * than the vault.
 */
static int
open_box(struct mr_call *c, int64_t site, const struct stored *stored,
    const unsigned char key[32], struct mr_bundle *bundle)
{
	unsigned char plain[MR_BOX_HEAD + sizeof(*bundle)];
	int64_t version = stored->version;
	int rc = -1;

	for (; rc != 0 && version > 0; version--) {
		struct mr_about about = about_bundle(c, site, version);

		rc = mr_box_open(&about, stored->public, key, stored->box,
		    sizeof(stored->box), plain);
	}
	if (rc == 0)
		memcpy(bundle, plain + MR_BOX_HEAD, sizeof(*bundle));
	sodium_memzero(plain, sizeof(plain));
	return rc;
}

/* The vault's secret out of the box of the site where it was made. */
static enum mr_status
fetch_vault(struct mr_call *c, const struct stored *own,
    const unsigned char key[32], struct mr_bundle *bundle)
{
	struct mr_bundle other = {.code = {0}};
	struct mr_sites *sites;
	struct stored stored;
	enum mr_status status = mr_sites_load(c, &sites);

	for (int i = 0;
	     status == MR_OK && !opens_vault(c, bundle) && i < sites->n; i++) {
		status = load(c, sites->at[i].id, &stored);
		if (status == MR_OK &&
		    memcmp(stored.public, own->public, 32) == 0 &&
		    open_box(c, sites->at[i].id, &stored, key, &other) == 0 &&
		    opens_vault(c, &other))
			memcpy(bundle->vault, other.vault, 32);
	}
	sodium_memzero(&other, sizeof(other));
	return status;
}

enum mr_status
mr_recovery_open(
    struct mr_call *c, const unsigned char key[32], struct mr_bundle *bundle)
{
	unsigned char public[32];
	struct stored stored;
	enum mr_status status = load(c, c->site->id, &stored);

	if (status == MR_OK)
		status = mr_site_load(c);
	if (status != MR_OK)
		return status;
	crypto_scalarmult_base(public, key);
	if (memcmp(public, stored.public, sizeof(public)) != 0)
		return mr_fail(c, MR_REFUSED,
		    "these nine groups are a recovery sheet, but of another "
		    "office; the sheet of this one shows the office id that "
		    "'mailroom office show' prints");
	if (open_box(c, c->site->id, &stored, key, bundle) != 0)
		return mr_fail(c, MR_DAMAGED,
		    "the recovery box was changed from outside; restore the "
		    "last backup and try there");
	status = fetch_vault(c, &stored, key, bundle);
	if (status == MR_OK && signs(c, bundle) && opens_vault(c, bundle))
		return MR_OK;
	sodium_memzero(bundle, sizeof(*bundle));
	if (status != MR_OK)
		return status;
	return mr_fail(c, MR_DAMAGED,
	    "the recovery box opens, but its keys are not this office's; "
	    "the site row was changed from outside: restore the last backup");
}

static const char *
key_path(struct mr_call *c)
{
	return mr_printf(c->arena, "%s/office.key", c->mr->dir);
}

enum mr_key_file
mr_key_file_state(struct mr_call *c)
{
	const char *path = key_path(c);
	struct mr_keys *keys = NULL;
	enum mr_key_file state = MR_KEY_FILE_BAD;
	enum mr_status status;
	struct mr_error why;

	if (path == NULL)
		return state;
	status = mr_keys_read(path, c->site->office, &keys, &why);
	if (status == MR_OK &&
	    memcmp(keys->verify, c->site->sign_public, 32) == 0)
		state = MR_KEY_FILE_FITS;
	if (status == MR_NOTFOUND)
		state = MR_KEY_FILE_MISSING;
	mr_keys_free(keys);
	return state;
}

enum mr_status
mr_recovery_restore(struct mr_call *c, const struct mr_bundle *bundle)
{
	struct mr_keys *keys = mr_keys_new(c->site->office);
	const char *path = key_path(c);
	enum mr_status status;

	if (keys == NULL || path == NULL) {
		mr_keys_free(keys);
		return mr_nomem(c);
	}
	memcpy(keys->code, bundle->code, sizeof(keys->code));
	memcpy(keys->tag, bundle->tag, sizeof(keys->tag));
	memcpy(keys->sign, bundle->sign, sizeof(keys->sign));
	crypto_sign_ed25519_sk_to_pk(keys->verify, keys->sign);
	status = mr_keys_write(path, keys, c->error);
	mr_keys_free(keys);
	return status;
}

enum mr_status
mr_recovery_note(struct mr_call *c, int keys, int64_t user)
{
	struct mr_field fields[] = {{MR_F_VALUE, keys, NULL, 0},
	    {MR_F_USER, user, NULL, 0}, {MR_F_END, 0, NULL, 0}};

	return mr_event_note(c, MR_SITE, c->site->id, fields);
}

/* Groups, so that it can be read to each other over the telephone. */
void
mr_office_spell(const unsigned char office[16], char out[MR_OFFICE_SHOWN])
{
	char hex[33], *to = out;

	sodium_bin2hex(hex, sizeof(hex), office, 16);
	for (int i = 0; i < 32; i++) {
		if (i > 0 && i % 8 == 0)
			*to++ = '-';
		*to++ = hex[i];
	}
	*to = '\0';
}

const char *
mr_office_shown(struct mr_call *c, const unsigned char office[16])
{
	char text[MR_OFFICE_SHOWN];

	mr_office_spell(office, text);
	return mr_strdup(c->arena, text);
}
