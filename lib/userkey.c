/*
 * Passphrases, key pairs and grants.  Knows the bytes, not the table; secrets
 * pass through memory of libsodium or are wiped where they stood.
 */
#include "lib/userkey.h"

#include <string.h>

#include "lib/text.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
/* More than any of our programs stores; a changed row must not make a sign-in
 * eat all memory. */
#define COST_LIMIT_OPS 16
#define COST_LIMIT_MEM (INT64_C(1) << 30)

struct mr_cost mr_cost = {MR_COST_OPS, MR_COST_MEM};

/* Long ones that everybody tries first, folded, without blanks. */
static const char *const common[] = {
    "123456789012",
    "1234567890123",
    "12345678901234",
    "123456789012345",
    "1234567890123456",
    "012345678901",
    "0123456789012",
    "0987654321098",
    "123123123123",
    "abcdefghijkl",
    "abcdefghijklm",
    "abcdefghijklmnop",
    "abcdefghijklmnopqrstuvwxyz",
    "abc123abc123",
    "qwertyuiopas",
    "qwertyuiopasdf",
    "qwertyuiopasdfgh",
    "qwertyuiopasdfghjkl",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiop1234",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i",
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "qazwsxedcrfv",
    "zaq12wsxcde3",
    "asdfghjklzxc",
    "asdfghjkl123",
    "password1234",
    "password12345",
    "password123456",
    "passwordpassword",
    "password12password",
    "mypassword123",
    "mypassword1234",
    "newpassword1",
    "passphrase12",
    "passphrase123",
    "mypassphrase",
    "thisismypassword",
    "thisismypassphrase",
    "letmeinletmein",
    "letmein12345",
    "letmein123456",
    "iloveyou1234",
    "iloveyou12345",
    "iloveyou123456",
    "administrator",
    "administrator1",
    "adminadmin12",
    "adminadminadmin",
    "welcome12345",
    "welcome123456",
    "changeme1234",
    "changemechangeme",
    "pleasechangeme",
    "trustno1trustno1",
    "correcthorsebatterystaple",
    "tobeornottobe",
    "opensesame12",
    "mailroommailroom",
    "mailroom1234",
    "mailroom12345",
    "secretsecret",
    "secretpassword",
    "sunshine1234",
    "princess1234",
    "football1234",
    "baseball1234",
    "superman1234",
    "contrasena12",
    "contrasena123",
    "contrasena1234",
    "micontrasena",
    "abcd1234abcd",
    "abcd12345678",
    "monkeymonkey",
    "dragondragon",
    "iloveyouiloveyou",
    "whateverwhatever",
};

/* Is it one piece of up to four bytes again and again? */
static int
repeats(const char *s)
{
	size_t len = strlen(s), i;

	for (size_t period = 1; period <= 4; period++) {
		for (i = period; i < len && s[i] == s[i - period]; i++)
			;
		if (i == len)
			return 1;
	}
	return 0;
}

static size_t
characters(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void
drop_blanks(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++)
		if (*s != ' ')
			*to++ = *s;
	*to = '\0';
}

static enum mr_status
check_common(struct mr_call *c, const char *passphrase, const char *name)
{
	char *folded = mr_text_fold(c->arena, passphrase);
	char *own = mr_text_fold(c->arena, name);
	int known;

	if (folded == NULL || own == NULL)
		return mr_nomem(c);
	drop_blanks(folded);
	drop_blanks(own);
	known = repeats(folded) || strcmp(folded, own) == 0;
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		known |= strcmp(folded, common[i]) == 0;
	if (known)
		return mr_fail(c, MR_INVALID,
		    "this passphrase is one that is tried first; four or five "
		    "words that nobody would expect together are easy to keep "
		    "in mind and hard to guess");
	return MR_OK;
}

enum mr_status
mr_passphrase_check(struct mr_call *c, const char *passphrase, const char *name)
{
	size_t n = characters(passphrase);

	if (mr_text_check(passphrase, strlen(passphrase), 0, NULL) != 0)
		return mr_fail(c, MR_INVALID,
		    "the passphrase holds a control character or bytes that "
		    "are not UTF-8; use letters, digits, blanks and signs");
	if (n < MR_PASSPHRASE_MIN)
		return mr_fail(c, MR_INVALID,
		    "the passphrase has %zu characters; at least %d are "
		    "needed, and five words are better",
		    n, MR_PASSPHRASE_MIN);
	if (n > MR_PASSPHRASE_MAX)
		return mr_fail(c, MR_INVALID,
		    "the passphrase has %zu characters; %d are the most", n,
		    MR_PASSPHRASE_MAX);
	return check_common(c, passphrase, name);
}

struct mr_cost
mr_cost_now(void)
{
	struct mr_cost cost = mr_cost;

	if (cost.ops < MR_COST_FLOOR_OPS)
		cost.ops = MR_COST_FLOOR_OPS;
	if (cost.mem < MR_COST_FLOOR_MEM)
		cost.mem = MR_COST_FLOOR_MEM;
	return cost;
}

unsigned char *
mr_stretch(struct mr_call *c, const char *text, const unsigned char *salt,
    const struct mr_cost *cost, enum mr_status *status)
{
	unsigned char *key;

	if (cost->ops < MR_COST_FLOOR_OPS || cost->ops > COST_LIMIT_OPS ||
	    cost->mem < MR_COST_FLOOR_MEM || cost->mem > COST_LIMIT_MEM) {
		*status = mr_fail(c, MR_DAMAGED,
		    "the stored cost of this passphrase or PIN is none that "
		    "Mailroom uses; the database was changed from outside");
		return NULL;
	}
	key = sodium_malloc(32);
	if (key != NULL &&
	    crypto_pwhash(key, 32, text, strlen(text), salt,
		(unsigned long long)cost->ops, (size_t)cost->mem,
		crypto_pwhash_ALG_ARGON2ID13) == 0)
		return key;
	sodium_free(key);
	*status = mr_nomem(c);
	return NULL;
}

/* What the wrapped key is bound to: office, user, public half. */
#define BOUND (16 + 8 + 32)
static void
bind_to(struct mr_call *c, int64_t user, const struct mr_userkey *key,
    unsigned char bound[BOUND])
{
	memcpy(bound, c->site->office, 16);
	mr_put_number(bound + 16, (uint64_t)user, 8);
	memcpy(bound + 24, key->public, 32);
}

enum mr_status
mr_userkey_wrap(struct mr_call *c, int64_t user, const char *passphrase,
    const unsigned char secret[32], struct mr_userkey *key)
{
	unsigned char bound[BOUND], *wrap;
	enum mr_status status = MR_OK;

	key->cost = mr_cost_now();
	randombytes_buf(key->salt, sizeof(key->salt));
	randombytes_buf(key->box, NONCE);
	wrap = mr_stretch(c, passphrase, key->salt, &key->cost, &status);
	if (wrap == NULL)
		return status;
	bind_to(c, user, key, bound);
	crypto_aead_xchacha20poly1305_ietf_encrypt(key->box + NONCE, NULL,
	    secret, 32, bound, sizeof(bound), NULL, key->box, wrap);
	sodium_free(wrap);
	return MR_OK;
}

enum mr_status
mr_userkey_make(struct mr_call *c, int64_t user, const char *passphrase,
    struct mr_userkey *key, unsigned char secret[32])
{
	crypto_box_keypair(key->public, secret);
	return mr_userkey_wrap(c, user, passphrase, secret, key);
}

enum mr_status
mr_userkey_open(struct mr_call *c, int64_t user, const char *passphrase,
    const struct mr_userkey *key, unsigned char secret[32])
{
	unsigned char bound[BOUND], *wrap;
	enum mr_status status = MR_OK;

	wrap = mr_stretch(c, passphrase, key->salt, &key->cost, &status);
	if (wrap == NULL)
		return status;
	bind_to(c, user, key, bound);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret, NULL, NULL,
		key->box + NONCE, sizeof(key->box) - NONCE, bound,
		sizeof(bound), key->box, wrap) != 0)
		status = mr_fail(c, MR_LOCKED,
		    "this is not the passphrase; capital letters and blanks "
		    "count, so type it again slowly");
	sodium_free(wrap);
	return status;
}

static struct mr_about
grant_about(struct mr_call *c, int64_t user, int64_t version)
{
	return (struct mr_about){"grant", c->site->office, {user, version}};
}

enum mr_status
mr_grant_seal(struct mr_call *c, int64_t user, const unsigned char public[32],
    int64_t version, const unsigned char vault_secret[32],
    unsigned char box[MR_GRANT_SIZE])
{
	struct mr_about about = grant_about(c, user, version);
	unsigned char plain[MR_BOX_HEAD + 32];
	int rc;

	memcpy(plain + MR_BOX_HEAD, vault_secret, 32);
	rc = mr_box_seal(&about, public, plain, sizeof(plain), box);
	sodium_memzero(plain, sizeof(plain));
	if (rc != 0)
		return mr_fail(c, MR_DAMAGED,
		    "the user's public key is none; let them set a new "
		    "passphrase");
	return MR_OK;
}

int
mr_grant_open(struct mr_call *c, int64_t user, int64_t version,
    const struct mr_userkey *key, const unsigned char secret[32],
    const void *box, size_t len, unsigned char vault_secret[32])
{
	struct mr_about about = grant_about(c, user, version);
	unsigned char plain[MR_BOX_HEAD + 32];
	int rc;

	if (len != MR_GRANT_SIZE)
		return -1;
	rc = mr_box_open(&about, key->public, secret, box, len, plain);
	if (rc == 0)
		memcpy(vault_secret, plain + MR_BOX_HEAD, 32);
	sodium_memzero(plain, sizeof(plain));
	return rc;
}
