/*
 * The vault: sealing, opening, and who has it open.  The office's public half
 * and its number are read from the site row each time: another program may
 * have changed the pair since this handle was opened.
 */
#include "lib/vault.h"

#include <string.h>

#include "lib/box.h"
#include "lib/handle.h"
#include "lib/text.h"
#include "lib/tongue.h"
#include "lib/user.h"

#define PAD 256
#define TEXTS_LIMIT ((size_t)64 << 10)

/* The pair in force, as the database has it now. */
struct pair {
	unsigned char public[32];
	unsigned char blind[MR_BLIND_BOX];
	size_t blind_len;
	int64_t version;
};

static enum mr_status
load_pair(struct mr_call *c, struct pair *pair)
{
	struct sql_stmt *st;
	const void *public, *blind;
	size_t len = 0;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT vault_public, blind_box, vault_version "
	    "FROM site "
	    "WHERE id = :id");
	sql_int(st, ":id", c->site->id);
	if (sql_row(st)) {
		public = sql_col_blob(st, 0, &len);
		if (len == sizeof(pair->public))
			memcpy(pair->public, public, len);
		blind = sql_col_blob(st, 1, &pair->blind_len);
		if (pair->blind_len == sizeof(pair->blind))
			memcpy(pair->blind, blind, pair->blind_len);
		pair->version = sql_col_int(st, 2);
	}
	status = sql_done(st);
	if (status == MR_OK && len != sizeof(pair->public))
		return mr_fail(c, MR_DAMAGED,
		    "the site row holds no vault key; restore the last backup");
	return status;
}

enum mr_status
mr_vault_version(struct mr_call *c, int64_t *version)
{
	struct pair pair = {.version = 0};
	enum mr_status status = load_pair(c, &pair);

	if (status == MR_OK)
		*version = pair.version;
	return status;
}

enum mr_status
mr_vault_check(struct mr_call *c)
{
	struct pair pair = {.version = 0};
	enum mr_status status;

	if (c->vault == NULL)
		return mr_fail(c, MR_LOCKED,
		    "the vault is closed; this needs the passphrase of "
		    "somebody who holds its key");
	status = load_pair(c, &pair);
	if (status != MR_OK || pair.version == c->vault->version)
		return status;
	/* What this handle holds opens nothing any more. */
	mr_vault_close(c->mr);
	return mr_fail(c, MR_LOCKED,
	    "the vault got a new key a moment ago; give the passphrase again");
}

static struct mr_about
about_record(struct mr_call *c, const struct mr_context *context)
{
	return (struct mr_about){"record", c->site->office,
	    {context->table, context->row, context->kind, context->version}};
}

/* Count, then length and bytes of each, behind the place of the hash. */
static void
put_texts(unsigned char *at, const char *const *texts, size_t n)
{
	size_t len;

	*at++ = (unsigned char)n;
	for (size_t i = 0; i < n; i++) {
		len = texts[i] != NULL ? strlen(texts[i]) : 0;
		mr_put_number(at, len, 4);
		if (len > 0)
			memcpy(at + 4, texts[i], len);
		at += 4 + len;
	}
}

enum mr_status
mr_seal(struct mr_call *c, const struct mr_context *context,
    const char *const *texts, size_t n, const void **box, size_t *len,
    unsigned char hash[32])
{
	struct mr_about about = about_record(c, context);
	size_t size = MR_BOX_HEAD + 1 + 4 * n;
	unsigned char *plain, *sealed;
	struct pair pair;
	enum mr_status status;

	if (n > 255)
		return mr_fail(c, MR_BUG, "a record of %zu texts", n);
	for (size_t i = 0; i < n; i++)
		size += texts[i] != NULL ? strlen(texts[i]) : 0;
	if (size > TEXTS_LIMIT)
		return mr_fail(c, MR_INVALID,
		    "this is too long to keep: together the texts of a record "
		    "may have 64,000 characters");
	size += (PAD - size % PAD) % PAD;
	status = load_pair(c, &pair);
	if (status != MR_OK)
		return status;
	plain = mr_alloc(c->arena, size);
	sealed = mr_alloc(c->arena, size + MR_BOX_EXTRA);
	if (plain == NULL || sealed == NULL)
		return mr_nomem(c);
	put_texts(plain + MR_BOX_HEAD, texts, n);
	if (mr_box_seal(&about, pair.public, plain, size, sealed) != 0)
		return mr_fail(c, MR_DAMAGED,
		    "the vault's public key is none; restore the last backup");
	sodium_memzero(plain, size);
	crypto_generichash(hash, 32, sealed, size + MR_BOX_EXTRA, NULL, 0);
	*box = sealed;
	*len = size + MR_BOX_EXTRA;
	return MR_OK;
}

/* 0, or -1 when there are not just n texts and padding. */
static int
take_texts(struct mr_call *c, const unsigned char *at, size_t left,
    const char **texts, size_t n)
{
	size_t len;

	if (left == 0 || *at != n)
		return -1;
	at++, left--;
	for (size_t i = 0; i < n; i++) {
		if (left < 4)
			return -1;
		len = (size_t)mr_get_number(at, 4);
		at += 4, left -= 4;
		if (len > left)
			return -1;
		texts[i] = mr_strndup(c->arena, (const char *)at, len);
		if (texts[i] == NULL)
			return -1;
		at += len, left -= len;
	}
	return sodium_is_zero(at, left) ? 0 : -1;
}

enum mr_status
mr_unseal(struct mr_call *c, const struct mr_context *context, const void *box,
    size_t len, const char **texts, size_t n)
{
	struct mr_about about = about_record(c, context);
	size_t size = len > MR_BOX_EXTRA ? len - MR_BOX_EXTRA : 0;
	unsigned char *plain;
	enum mr_status status = mr_vault_check(c);
	int bad;

	if (status != MR_OK)
		return status;
	plain = mr_alloc(c->arena, size + 1);
	if (plain == NULL)
		return mr_nomem(c);
	bad = mr_box_open(
	    &about, c->vault->public, c->vault->secret, box, len, plain);
	if (!bad)
		bad = take_texts(
		    c, plain + MR_BOX_HEAD, size - MR_BOX_HEAD, texts, n);
	if (bad && mr_arena_failed(c->arena))
		return mr_nomem(c);
	if (bad)
		return mr_fail(c, MR_DAMAGED,
		    "a sealed record does not fit its row, it was changed or "
		    "moved from elsewhere; 'mailroom office check' tells "
		    "which");
	sodium_memzero(plain, size);
	return MR_OK;
}

enum mr_status
mr_reseal(struct mr_call *c, const struct mr_context *from,
    const struct mr_context *to, const unsigned char public[32],
    const void *old, size_t len, const void **box, unsigned char hash[32])
{
	struct mr_about was = about_record(c, from), is = about_record(c, to);
	unsigned char *plain = mr_alloc(c->arena, len);
	unsigned char *sealed = mr_alloc(c->arena, len);
	int bad;

	if (plain == NULL || sealed == NULL)
		return mr_nomem(c);
	if (c->vault == NULL)
		return mr_fail(c, MR_LOCKED, "the vault is closed");
	bad = mr_box_open(
	    &was, c->vault->public, c->vault->secret, old, len, plain);
	if (!bad)
		bad =
		    mr_box_seal(&is, public, plain, len - MR_BOX_EXTRA, sealed);
	sodium_memzero(plain, len);
	if (bad)
		return mr_fail(
		    c, MR_DAMAGED, "a sealed record does not fit its row");
	crypto_generichash(hash, 32, sealed, len, NULL, 0);
	*box = sealed;
	return MR_OK;
}

/* Letters and digits of the folded text, blanks gone. */
static char *
fold_for_tag(struct mr_call *c, const char *text)
{
	char *folded = mr_text_fold(c->arena, text), *to = folded;

	for (const char *s = folded; s != NULL && *s != '\0'; s++)
		if (*s != ' ')
			*to++ = *s;
	if (to != NULL)
		*to = '\0';
	return folded;
}

enum mr_status
mr_blind_tag(
    struct mr_call *c, int kind, const char *text, unsigned char tag[16])
{
	crypto_generichash_state state;
	enum mr_status status = mr_vault_check(c);
	unsigned char number[4];
	char *folded;

	if (status != MR_OK)
		return status;
	folded = fold_for_tag(c, text);
	if (folded == NULL)
		return mr_nomem(c);
	if (folded[0] == '\0')
		return mr_fail(c, MR_INVALID,
		    "there is no letter and no digit to look up by");
	mr_put_number(number, (uint64_t)kind, sizeof(number));
	crypto_generichash_init(&state, c->vault->blind, 32, 16);
	crypto_generichash_update(&state, number, sizeof(number));
	crypto_generichash_update(
	    &state, (const unsigned char *)folded, strlen(folded));
	crypto_generichash_final(&state, tag, 16);
	sodium_memzero(&state, sizeof(state));
	return MR_OK;
}

static struct mr_about
about_blind(struct mr_call *c, int64_t version)
{
	return (struct mr_about){
	    "blind", c->site->office, {c->site->id, version}};
}

enum mr_status
mr_blind_seal(struct mr_call *c, const unsigned char vault_public[32],
    int64_t version, const unsigned char blind[32],
    unsigned char box[MR_BLIND_BOX])
{
	struct mr_about about = about_blind(c, version);
	unsigned char plain[MR_BOX_HEAD + 32];
	int rc;

	_Static_assert(MR_BLIND_BOX == MR_BOX_SIZE(32), "size of the box");
	memcpy(plain + MR_BOX_HEAD, blind, 32);
	rc = mr_box_seal(&about, vault_public, plain, sizeof(plain), box);
	sodium_memzero(plain, sizeof(plain));
	if (rc != 0)
		return mr_fail(c, MR_BUG, "the vault's public key is none");
	return MR_OK;
}

/* Vault secret to the open vault; the blind key comes out of its box. */
static enum mr_status
fill_vault(struct mr_call *c, const struct pair *pair, struct mr_vault *vault)
{
	struct mr_about about = about_blind(c, pair->version);
	unsigned char plain[MR_BOX_HEAD + 32];

	crypto_scalarmult_base(vault->public, vault->secret);
	if (sodium_memcmp(vault->public, pair->public, 32) != 0 ||
	    pair->blind_len != sizeof(pair->blind) ||
	    mr_box_open(&about, vault->public, vault->secret, pair->blind,
		pair->blind_len, plain) != 0)
		return mr_fail(c, MR_DAMAGED,
		    "the vault's keys do not belong together; the site row "
		    "was changed from outside: restore the last backup");
	memcpy(vault->blind, plain + MR_BOX_HEAD, 32);
	sodium_memzero(plain, sizeof(plain));
	vault->version = pair->version;
	return MR_OK;
}

enum mr_status
mr_vault_use(struct mr_call *c, const unsigned char secret[32])
{
	struct mr_vault *vault = sodium_malloc(sizeof(*vault));
	struct pair pair;
	enum mr_status status;

	if (vault == NULL)
		return mr_nomem(c);
	memcpy(vault->secret, secret, 32);
	status = load_pair(c, &pair);
	if (status == MR_OK)
		status = fill_vault(c, &pair, vault);
	if (status == MR_OK) {
		mr_vault_close(c->mr);
		c->mr->vault = vault;
		c->mr->vault_user = c->user;
		c->vault = vault;
	} else {
		sodium_free(vault);
	}
	return status;
}

/* The vault's secret out of the grant of a user, by their own secret half. */
static enum mr_status
open_grant(struct mr_call *c, const unsigned char own[32],
    const struct mr_holder *holder, unsigned char secret[32])
{
	if (mr_grant_open(c, holder->id, holder->grant_version, &holder->key,
		own, holder->grant, holder->grant_len, secret) != 0)
		return mr_fail(c, MR_DAMAGED,
		    "the stored vault key of %s does not fit; let a "
		    "coordinator grant it again",
		    holder->name);
	return MR_OK;
}

/* The call's user with a passphrase and a grant that counts; told apart: none
 * yet, and an old one. */
static enum mr_status
load_holder(struct mr_call *c, struct mr_holder *holder)
{
	struct pair pair;
	enum mr_status status = mr_holder_load(c, c->user, holder);

	if (status == MR_OK)
		status = load_pair(c, &pair);
	if (status != MR_OK)
		return status;
	if (!holder->has_key)
		return mr_fail(c, MR_LOCKED,
		    "%s has no passphrase yet: set one with 'mailroom user "
		    "passphrase --user %s', then a coordinator opens the "
		    "vault to them with 'mailroom user grant %s'",
		    holder->name, holder->name, holder->name);
	if (holder->grant == NULL || holder->grant_version != pair.version)
		return mr_fail(c, MR_LOCKED,
		    "%s holds no key to the vault%s; a coordinator who does "
		    "gives it with 'mailroom user grant %s'",
		    holder->name,
		    holder->grant == NULL ? ""
					  : mr_say(" since it was changed"),
		    holder->name);
	return MR_OK;
}

static enum mr_status
open_with(struct mr_call *c, const struct mr_holder *holder,
    const unsigned char own[32])
{
	unsigned char secret[32];
	enum mr_status status = open_grant(c, own, holder, secret);

	if (status == MR_OK)
		status = mr_vault_use(c, secret);
	sodium_memzero(secret, sizeof(secret));
	return status;
}

enum mr_status
mr_vault_open(struct mr_call *c, const char *passphrase)
{
	struct mr_holder holder;
	unsigned char own[32];
	enum mr_status status = load_holder(c, &holder);

	if (status == MR_OK)
		status =
		    mr_userkey_open(c, holder.id, passphrase, &holder.key, own);
	if (status == MR_OK)
		status = open_with(c, &holder, own);
	sodium_memzero(own, sizeof(own));
	return status;
}

enum mr_status
mr_vault_open_key(struct mr_call *c, const unsigned char own[32])
{
	struct mr_holder holder;
	unsigned char public[32];
	enum mr_status status = load_holder(c, &holder);

	if (status != MR_OK)
		return status;
	crypto_scalarmult_base(public, own);
	if (memcmp(public, holder.key.public, sizeof(public)) != 0)
		return mr_fail(c, MR_LOCKED,
		    "the passphrase of %s was set anew; sign in again",
		    holder.name);
	return open_with(c, &holder, own);
}

void
mr_vault_close(struct mr *mr)
{
	sodium_free(mr->vault);
	mr->vault = NULL;
	mr->vault_user = 0;
	mr->call.vault = NULL;
}
