/*
 * The people who work here: name, role, status, and the key columns behind a
 * passphrase.  Who may open the vault is told by the grant.
 */
#ifndef MR_USER_NOUN_H
#define MR_USER_NOUN_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/userkey.h"

enum mr_user_status { MR_USER_ACTIVE = 1, MR_USER_DISABLED = 2 };

/* Who may hold the vault's key. */
#define MR_KEY_ROLES (MR_STAFF | MR_COORDINATOR)

/* Names have 2 to 32 letters, digits, hyphens, dots, a letter first. */
#define MR_USER_NAME_MAX 32

/* A row.  grant is NULL where there is none; it counts while grant_version is
 * the number of the vault pair in force.  Strings and bytes are in the arena. */
struct mr_holder {
	int64_t id;
	const char *name;
	unsigned role;
	int status;
	int has_key; /* a passphrase was set: key is filled */
	struct mr_userkey key;
	const void *grant;
	size_t grant_len;
	int64_t grant_version;
	int64_t version, event;
};

/* Active, and with a grant of that vault pair. */
int mr_holder_holds(const struct mr_holder *holder, int64_t pair);

/* MR_NOTFOUND: no such user.  MR_DAMAGED: key columns of a wrong length. */
enum mr_status
mr_holder_load(struct mr_call *c, int64_t id, struct mr_holder *holder);
/* By name, letter case aside.  MR_NOTFOUND names the way to a list. */
enum mr_status mr_user_find(struct mr_call *c, const char *name, int64_t *id);

/*
 * A new user, active, without passphrase or grant.
 * MR_INVALID: no such name may be.  MR_REFUSED: it is taken, letter case
 * aside.
 */
enum mr_status
mr_user_add(struct mr_call *c, const char *name, unsigned role, int64_t *id);

/*
 * Another role.  For volunteer and admin the grant goes, for all but a
 * volunteer the PIN.  MR_REFUSED: the last active coordinator or admin, or
 * the last coordinator with the vault's key.  Nothing happens when it is so
 * already.
 */
enum mr_status mr_user_set_role(struct mr_call *c, int64_t id, unsigned role);

/* Disable: the grant goes, and a code for a first sign-in.  MR_REFUSED: as
 * above.  And let back in, without a grant.  Nothing happens when it is so
 * already. */
enum mr_status mr_user_disable(struct mr_call *c, int64_t id);
enum mr_status mr_user_enable(struct mr_call *c, int64_t id);

/* Forget passphrase, key pair, grant, PIN and code, so that the user starts
 * anew.  MR_REFUSED: the last coordinator with the vault's key. */
enum mr_status mr_user_reset(struct mr_call *c, int64_t id);

/*
 * Store a key pair: a fresh one (mr_userkey_make), whose user loses the grant,
 * or the same in another wrap.  A code for a first sign-in is used up.
 * MR_REFUSED: the row moved on since `before` (its event) was read.
 */
enum mr_status mr_user_set_key(struct mr_call *c, int64_t id, int64_t before,
    const struct mr_userkey *key);

/*
 * Seal the vault's secret to a user.  MR_LOCKED: the vault is closed.
 * MR_REFUSED: disabled, no passphrase yet, or a role that holds no key.
 * Again for a holder changes nothing.
 */
enum mr_status mr_user_grant(struct mr_call *c, int64_t id);
/* The same with a given secret of pair number `version`, whoever holds one
 * already; for recovery and rekey. */
enum mr_status mr_user_grant_put(struct mr_call *c, int64_t id,
    const unsigned char vault_secret[32], int64_t version);
/* Take a grant that no longer counts away. */
enum mr_status mr_user_grant_drop(struct mr_call *c, int64_t id);

/* Every user, disabled ones last, in the order of names; the record is valid
 * during `each`, whose failure ends the listing. */
enum mr_status mr_user_list(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_holder *holder),
    void *arg);

/* "active", "disabled". */
const char *mr_user_status_name(int status);

#endif
