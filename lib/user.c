/*
 * The users table.  Every change is one UPDATE and one event; the rules about
 * the last coordinator and the last key stand here, not in the handlers.
 */
#include "lib/user.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/chain.h"
#include "lib/vault.h"

#define HOLDERS (MR_STAFF | MR_COORDINATOR) /* roles that may hold the key */

#define COLUMNS \
	"id, name, role, status, public, secret_box, salt, ops, mem, " \
	"grant_box, grant_version, version, event"

const char *
mr_user_status_name(int status)
{
	return status == MR_USER_ACTIVE ? "active" : "disabled";
}

/* A blob of just that length into to; 0, or -1. */
static int
take_blob(struct sql_stmt *st, int col, void *to, size_t want)
{
	size_t len;
	const void *bytes = sql_col_blob(st, col, &len);

	if (bytes == NULL || len != want)
		return -1;
	memcpy(to, bytes, want);
	return 0;
}

static enum mr_status
read_holder(struct mr_call *c, struct sql_stmt *st, struct mr_holder *holder)
{
	struct mr_userkey *key = &holder->key;
	const void *grant;

	memset(holder, 0, sizeof(*holder));
	holder->id = sql_col_int(st, 0);
	holder->name = mr_strdup(c->arena, sql_col_text(st, 1));
	holder->role = (unsigned)sql_col_int(st, 2);
	holder->status = (int)sql_col_int(st, 3);
	holder->has_key = !sql_col_null(st, 4);
	key->cost = (struct mr_cost){sql_col_int(st, 7), sql_col_int(st, 8)};
	grant = sql_col_blob(st, 9, &holder->grant_len);
	holder->grant = grant == NULL
	    ? NULL
	    : mr_memdup(c->arena, grant, holder->grant_len);
	holder->grant_version = sql_col_int(st, 10);
	holder->version = sql_col_int(st, 11);
	holder->event = sql_col_int(st, 12);
	if (holder->has_key &&
	    (take_blob(st, 4, key->public, sizeof(key->public)) != 0 ||
		take_blob(st, 5, key->box, sizeof(key->box)) != 0 ||
		take_blob(st, 6, key->salt, sizeof(key->salt)) != 0))
		return mr_fail(c, MR_DAMAGED,
		    "the stored keys of a user have a wrong length; the users "
		    "table was changed from outside");
	return mr_arena_failed(c->arena) ? mr_nomem(c) : MR_OK;
}

enum mr_status
mr_holder_load(struct mr_call *c, int64_t id, struct mr_holder *holder)
{
	struct sql_stmt *st;
	enum mr_status status = MR_NOTFOUND, done;

	st = sql_prepare(c,
	    "SELECT " COLUMNS " FROM users "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st))
		status = read_holder(c, st, holder);
	done = sql_done(st);
	if (done != MR_OK)
		return done;
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND, "there is no such user");
	return status;
}

enum mr_status
mr_user_list(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_holder *holder),
    void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_holder holder;
	struct sql_stmt *st;

	/* As many rows as people work here. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT " COLUMNS " FROM users "
		     "ORDER BY status, name");
	while (status == MR_OK && sql_row(st)) {
		struct mr_mark mark = mr_mark(c->arena);

		status = read_holder(c, st, &holder);
		if (status == MR_OK)
			status = each(c, arg, &holder);
		mr_release(c->arena, mark);
	}
	done = sql_done(st);
	return done == MR_OK ? status : done;
}

struct wanted {
	const char *name;
	int64_t id;
};

static enum mr_status
match_name(struct mr_call *c, void *arg, const struct mr_holder *holder)
{
	struct wanted *wanted = arg;

	(void)c;
	if (strcasecmp(holder->name, wanted->name) == 0)
		wanted->id = holder->id;
	return MR_OK;
}

enum mr_status
mr_user_find(struct mr_call *c, const char *name, int64_t *id)
{
	struct wanted wanted = {name, 0};
	enum mr_status status = mr_user_list(c, match_name, &wanted);

	if (status != MR_OK)
		return status;
	if (wanted.id == 0)
		return mr_fail(c, MR_NOTFOUND,
		    "there is no user %.32s; 'mailroom user list' shows who "
		    "works here",
		    name);
	*id = wanted.id;
	return MR_OK;
}

static enum mr_status
check_name(struct mr_call *c, const char *name)
{
	size_t len = strlen(name), i = 0;

	while (i < len &&
	    ((unsigned char)name[i] < 128 &&
		(isalnum((unsigned char)name[i]) || name[i] == '-' ||
		    name[i] == '.')))
		i++;
	if (i < len || len < 2 || len > MR_USER_NAME_MAX ||
	    !isalpha((unsigned char)name[0]))
		return mr_fail(c, MR_INVALID,
		    "a user's name has 2 to %d letters, digits, hyphens and "
		    "dots without accents, a letter first: anna, j.smith",
		    MR_USER_NAME_MAX);
	return MR_OK;
}

enum mr_status
mr_user_add(struct mr_call *c, const char *name, unsigned role, int64_t *id)
{
	struct wanted taken = {name, 0};
	struct mr_field fields[] = {
	    {MR_F_ROLE, role, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	enum mr_status status = check_name(c, name);
	int64_t new = 0;
	struct sql_stmt *st;

	if (status == MR_OK)
		status = mr_user_list(c, match_name, &taken);
	if (status == MR_OK && taken.id != 0)
		return mr_fail(c, MR_REFUSED,
		    "there is a user %s already (perhaps disabled); choose "
		    "another name, or use 'mailroom user enable'",
		    name);
	if (status == MR_OK)
		status = mr_next_id(c, MR_NEWEST("users"), &new);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO users (id, name, role, status, version, event) "
	    "VALUES (:id, :name, :role, 1, 1, :event)");
	sql_int(st, ":id", new);
	sql_text(st, ":name", name);
	sql_int(st, ":role", role);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status == MR_OK)
		status = mr_event(c, MR_USER, new, 0, fields);
	if (status == MR_OK)
		*id = new;
	return status;
}

/* What would be left without one user. */
struct census {
	int64_t but;
	int64_t vault_version;
	int coordinators, admins, keys; /* keys: coordinators with a grant */
};

static int
holds_key(const struct mr_holder *holder, int64_t vault_version)
{
	return holder->status == MR_USER_ACTIVE && holder->grant != NULL &&
	    holder->grant_version == vault_version;
}

static enum mr_status
count_one(struct mr_call *c, void *arg, const struct mr_holder *holder)
{
	struct census *census = arg;

	(void)c;
	if (holder->id == census->but || holder->status != MR_USER_ACTIVE)
		return MR_OK;
	census->admins += holder->role == MR_ADMIN;
	census->coordinators += holder->role == MR_COORDINATOR;
	census->keys += holder->role == MR_COORDINATOR &&
	    holds_key(holder, census->vault_version);
	return MR_OK;
}

static enum mr_status
vault_version(struct mr_call *c, int64_t *version)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT vault_version FROM site "
	    "WHERE id = :id");
	sql_int(st, ":id", c->site->id);
	return sql_done_int(st, version);
}

/* May this one stop being what it is?  key_only: only its key goes. */
static enum mr_status
check_last(struct mr_call *c, const struct mr_holder *holder, int key_only)
{
	struct census census = {.but = holder->id};
	enum mr_status status;

	if (holder->status != MR_USER_ACTIVE)
		return MR_OK;
	status = vault_version(c, &census.vault_version);
	if (status == MR_OK)
		status = mr_user_list(c, count_one, &census);
	if (status != MR_OK)
		return status;
	if (holder->role == MR_COORDINATOR && census.keys == 0 &&
	    holds_key(holder, census.vault_version))
		return mr_fail(c, MR_REFUSED,
		    "%s is the last coordinator who can open the vault; first "
		    "give another coordinator the key with 'mailroom user "
		    "grant'",
		    holder->name);
	if (key_only)
		return MR_OK;
	if ((holder->role == MR_COORDINATOR && census.coordinators == 0) ||
	    (holder->role == MR_ADMIN && census.admins == 0))
		return mr_fail(c, MR_REFUSED,
		    "%s is the last %s; an office needs one, so first make "
		    "somebody else %s with 'mailroom user role'",
		    holder->name, mr_role_name(holder->role),
		    mr_role_name(holder->role));
	return MR_OK;
}

/* Role and status of a row, its grant gone. */
static enum mr_status
change(struct mr_call *c, const struct mr_holder *holder, unsigned role,
    int status_after, int keep_grant)
{
	struct mr_field fields[] = {{MR_F_FROM, holder->status, NULL, 0},
	    {MR_F_TO, status_after, NULL, 0}, {MR_F_ROLE, role, NULL, 0},
	    {MR_F_END, 0, NULL, 0}};
	struct sql_stmt *st;
	enum mr_status status;

	if (keep_grant)
		st = sql_prepare(c,
		    "UPDATE users SET role = :role, status = :status, "
		    "version = version + 1, event = :event "
		    "WHERE id = :id");
	else
		st = sql_prepare(c,
		    "UPDATE users SET role = :role, status = :status, "
		    "grant_box = NULL, grant_version = NULL, "
		    "version = version + 1, event = :event "
		    "WHERE id = :id");
	sql_int(st, ":role", role);
	sql_int(st, ":status", status_after);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", holder->id);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_USER, holder->id, holder->event, fields);
}

enum mr_status
mr_user_set_role(struct mr_call *c, int64_t id, unsigned role)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, id, &holder);

	if (status != MR_OK || holder.role == role)
		return status;
	status = check_last(c, &holder, 0);
	if (status != MR_OK)
		return status;
	return change(c, &holder, role, holder.status, (role & HOLDERS) != 0);
}

enum mr_status
mr_user_disable(struct mr_call *c, int64_t id)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, id, &holder);

	if (status != MR_OK || holder.status == MR_USER_DISABLED)
		return status;
	status = check_last(c, &holder, 0);
	if (status != MR_OK)
		return status;
	return change(c, &holder, holder.role, MR_USER_DISABLED, 0);
}

enum mr_status
mr_user_enable(struct mr_call *c, int64_t id)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, id, &holder);

	if (status != MR_OK || holder.status == MR_USER_ACTIVE)
		return status;
	return change(c, &holder, holder.role, MR_USER_ACTIVE, 0);
}

enum mr_status
mr_user_reset(struct mr_call *c, int64_t id)
{
	struct mr_holder holder;
	struct sql_stmt *st;
	enum mr_status status = mr_holder_load(c, id, &holder);

	if (status != MR_OK || !holder.has_key)
		return status;
	status = check_last(c, &holder, 1);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE users SET public = NULL, secret_box = NULL, salt = NULL, "
	    "ops = NULL, mem = NULL, grant_box = NULL, grant_version = NULL, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", id);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_USER, id, holder.event, NULL);
}

enum mr_status
mr_user_set_key(
    struct mr_call *c, int64_t id, int64_t before, const struct mr_userkey *key)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, id, &holder);
	struct sql_stmt *st;
	int same;

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
	return mr_event(c, MR_USER, id, holder.event, NULL);
}

static enum mr_status
store_grant(struct mr_call *c, const struct mr_holder *holder,
    const unsigned char *box, int64_t version)
{
	struct mr_field fields[] = {
	    {MR_F_VALUE, version, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	struct sql_stmt *st;
	enum mr_status status;

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
	if ((holder.role & HOLDERS) == 0)
		return mr_fail(c, MR_REFUSED,
		    "%s is %s; only staff and coordinators hold the vault's "
		    "key",
		    holder.name, mr_role_name(holder.role));
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
		status = vault_version(c, &version);
	if (status != MR_OK || holds_key(&holder, version))
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
