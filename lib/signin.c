/* Signing in.  See signin.h. */
#include "lib/signin.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/handle.h"
#include "lib/sql.h"
#include "lib/user.h"

static enum mr_status
wrong(struct mr_call *c)
{
	return mr_fail(c, MR_DENIED,
	    "the name or the passphrase is not right; capital letters and "
	    "blanks count, so type it again slowly");
}

/* The time that a real one takes, for a name that is none. */
static void
spend(struct mr_call *c, const char *passphrase)
{
	struct mr_userkey key;
	unsigned char secret[32];

	memset(&key, 0, sizeof(key));
	randombytes_buf(key.salt, sizeof(key.salt));
	key.cost = mr_cost;
	if (key.cost.ops < MR_COST_FLOOR_OPS)
		key.cost.ops = MR_COST_FLOOR_OPS;
	if (key.cost.mem < MR_COST_FLOOR_MEM)
		key.cost.mem = MR_COST_FLOOR_MEM;
	mr_userkey_open(c, 0, passphrase, &key, secret);
}

static enum mr_status
find(struct mr_call *c, const char *name, struct mr_holder *holder)
{
	int64_t id = 0;
	enum mr_status status = mr_user_find(c, name, &id);

	if (status == MR_OK)
		status = mr_holder_load(c, id, holder);
	/* A role that somebody wrote into the file opens nothing. */
	if (status == MR_OK)
		status = mr_row_proved(c, MR_USER, id);
	return status;
}

static enum mr_status
sign_in(struct mr_call *c, const char *name, const char *passphrase,
    struct mr_signed *who)
{
	struct mr_holder holder = {0};
	int64_t version = 0;
	enum mr_status status = find(c, name, &holder);

	if (status == MR_OK)
		status = mr_vault_version(c, &version);
	if (status == MR_NOTFOUND ||
	    (status == MR_OK &&
		(!holder.has_key || holder.status != MR_USER_ACTIVE))) {
		spend(c, passphrase);
		return wrong(c);
	}
	if (status == MR_OK)
		status = mr_userkey_open(
		    c, holder.id, passphrase, &holder.key, who->secret);
	if (status == MR_LOCKED)
		return wrong(c);
	if (status != MR_OK)
		return status;
	who->user = holder.id;
	who->role = holder.role;
	who->holds = mr_holder_holds(&holder, version);
	snprintf(who->name, sizeof(who->name), "%s", holder.name);
	return MR_OK;
}

enum mr_status
mr_sign_in(struct mr *mr, const char *name, const char *passphrase,
    struct mr_signed *who, struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, 0, error);
	enum mr_status status;

	memset(who, 0, sizeof(*who));
	status = mr_begin(c, 0);
	if (status == MR_OK)
		status = mr_end(c, sign_in(c, name, passphrase, who));
	mr_call_end(c);
	error->status = status;
	return status;
}

/* The row alone, in whatever transaction there is. */
static enum mr_status
still(struct mr_call *c, const struct mr_signed *who)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, who->user, &holder);

	if (status == MR_OK &&
	    (holder.status != MR_USER_ACTIVE || holder.role != who->role))
		status = mr_fail(c, MR_DENIED,
		    "your sign-in has ended, for your user was changed; sign "
		    "in again");
	return status;
}

enum mr_status
mr_still_signed(
    struct mr *mr, const struct mr_signed *who, struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, 0, error);
	enum mr_status status = MR_OK;

	if (!mr->group)
		status = mr_begin(c, 0);
	if (status == MR_OK)
		status = still(c, who);
	if (!mr->group && sql_in_transaction(mr->db))
		status = mr_end(c, status);
	mr_call_end(c);
	error->status = status;
	return status;
}

void
mr_lock(struct mr *mr)
{
	mr_vault_close(mr);
}
