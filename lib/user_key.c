/*
 * Key columns of the users table: the pair behind a passphrase, and the grant
 * that is sealed to it.
 */
#include <string.h>

#include "lib/chain.h"
#include "lib/invite.h"
#include "lib/tongue.h"
#include "lib/user.h"
#include "lib/vault.h"

enum mr_status
mr_user_set_key(
    struct mr_call *c, int64_t id, int64_t before, const struct mr_userkey *key)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, id, &holder);
	struct sql_stmt *st;
	int same;

	if (status == MR_OK)
		status = mr_row_proved(c, MR_USER, id);
	if (status != MR_OK)
		return status;
	if (holder.event != before)
		return mr_fail(c, MR_REFUSED,
		    "the user %s was changed at the same moment; do it again",
		    holder.name);
	/* A grant is sealed to a public half: it dies with it. */
	same = holder.has_key &&
	    memcmp(holder.key.public, key->public, sizeof(key->public)) == 0;
	st = sql_prepare(c,
	    "UPDATE users SET public = :public, secret_box = :box, "
	    "salt = :salt, ops = :ops, mem = :mem, "
	    "grant_box = :grant, grant_version = :grant_version, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_blob(st, ":public", key->public, sizeof(key->public));
	sql_blob(st, ":box", key->box, sizeof(key->box));
	sql_blob(st, ":salt", key->salt, sizeof(key->salt));
	sql_int(st, ":ops", key->cost.ops);
	sql_int(st, ":mem", key->cost.mem);
	sql_blob(st, ":grant", same ? holder.grant : NULL, holder.grant_len);
	sql_int0(st, ":grant_version", same ? holder.grant_version : 0);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", id);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	status = mr_event(c, MR_USER, id, holder.event, NULL);
	return status == MR_OK ? mr_invite_drop(c, id) : status;
}

static enum mr_status
store_grant(struct mr_call *c, const struct mr_holder *holder,
    const unsigned char *box, int64_t version)
{
	struct mr_field fields[] = {
	    {MR_F_VALUE, version, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	struct sql_stmt *st;
	/* A key that somebody wrote there must not be given the vault. */
	enum mr_status status = mr_row_proved(c, MR_USER, holder->id);

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE users SET grant_box = :box, grant_version = :pair, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_blob(st, ":box", box, box != NULL ? MR_GRANT_SIZE : 0);
	sql_int0(st, ":pair", version);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", holder->id);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_USER, holder->id, holder->event, fields);
}

enum mr_status
mr_user_grant_put(struct mr_call *c, int64_t id,
    const unsigned char vault_secret[32], int64_t version)
{
	unsigned char box[MR_GRANT_SIZE];
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, id, &holder);

	if (status != MR_OK)
		return status;
	if (holder.status != MR_USER_ACTIVE)
		return mr_fail(c, MR_REFUSED,
		    "%s is disabled and gets no key; see 'mailroom user "
		    "enable'",
		    holder.name);
	if ((holder.role & MR_KEY_ROLES) == 0)
		return mr_fail(c, MR_REFUSED,
		    "%s is %s; only staff and coordinators hold the vault's "
		    "key",
		    holder.name, mr_say(mr_role_name(holder.role)));
	if (!holder.has_key)
		return mr_fail(c, MR_REFUSED,
		    "%s has no passphrase yet, so there is nothing to seal "
		    "the key to; they set one with 'mailroom user passphrase "
		    "--user %s'",
		    holder.name, holder.name);
	status =
	    mr_grant_seal(c, id, holder.key.public, version, vault_secret, box);
	if (status != MR_OK)
		return status;
	return store_grant(c, &holder, box, version);
}

enum mr_status
mr_user_grant(struct mr_call *c, int64_t id)
{
	struct mr_holder holder;
	int64_t version = 0;
	enum mr_status status = mr_holder_load(c, id, &holder);

	if (status == MR_OK)
		status = mr_vault_version(c, &version);
	if (status != MR_OK || mr_holder_holds(&holder, version))
		return status;
	if (c->vault == NULL || c->vault->version != version)
		return mr_fail(c, MR_LOCKED,
		    "the vault is closed; a grant needs the passphrase of a "
		    "coordinator who holds its key");
	return mr_user_grant_put(c, id, c->vault->secret, version);
}

enum mr_status
mr_user_grant_drop(struct mr_call *c, int64_t id)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, id, &holder);

	if (status != MR_OK || holder.grant == NULL)
		return status;
	return store_grant(c, &holder, NULL, 0);
}
