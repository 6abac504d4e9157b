/*
 * The users table.  Every change is one UPDATE and one event; the rules about
 * the last coordinator and the last key stand here, not in the handlers.
 */
#include "lib/user.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lib/chain.h"
#include "lib/invite.h"
#include "lib/pin.h"
#include "lib/tongue.h"
#include "lib/vault.h"

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
	/* A front end is asked for "new" and "recovery", or by a name. */
	if (strcasecmp(name, "new") == 0 || strcasecmp(name, "recovery") == 0)
		return mr_fail(c, MR_INVALID,
		    "%s cannot be a user's name, the program uses that word; "
		    "add a letter or a number",
		    name);
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

int
mr_holder_holds(const struct mr_holder *holder, int64_t pair)
{
	return holder->status == MR_USER_ACTIVE && holder->grant != NULL &&
	    holder->grant_version == pair;
}

/* What would be left without one user. */
struct census {
	int64_t but;
	int64_t vault_version;
	int coordinators, admins, keys; /* keys: coordinators with a grant */
};

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
	    mr_holder_holds(holder, census->vault_version);
	return MR_OK;
}

/* May this one stop being what it is?  key_only: only its key goes. */
static enum mr_status
check_last(struct mr_call *c, const struct mr_holder *holder, int key_only)
{
	struct census census = {.but = holder->id};
	enum mr_status status;

	if (holder->status != MR_USER_ACTIVE)
		return MR_OK;
	status = mr_vault_version(c, &census.vault_version);
	if (status == MR_OK)
		status = mr_user_list(c, count_one, &census);
	if (status != MR_OK)
		return status;
	if (holder->role == MR_COORDINATOR && census.keys == 0 &&
	    mr_holder_holds(holder, census.vault_version))
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
		    holder->name, mr_say(mr_role_name(holder->role)),
		    mr_say(mr_role_name(holder->role)));
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
	enum mr_status status = mr_row_proved(c, MR_USER, holder->id);

	if (status != MR_OK)
		return status;
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
	status =
	    change(c, &holder, role, holder.status, (role & MR_KEY_ROLES) != 0);
	if (status == MR_OK && (role & MR_PIN_ROLES) == 0)
		status = mr_pin_drop(c, id);
	return status;
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
	status = change(c, &holder, holder.role, MR_USER_DISABLED, 0);
	return status == MR_OK ? mr_invite_drop(c, id) : status;
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

static enum mr_status
forget_key(struct mr_call *c, const struct mr_holder *holder)
{
	struct sql_stmt *st;
	enum mr_status status = check_last(c, holder, 1);

	if (status == MR_OK)
		status = mr_row_proved(c, MR_USER, holder->id);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE users SET public = NULL, secret_box = NULL, salt = NULL, "
	    "ops = NULL, mem = NULL, grant_box = NULL, grant_version = NULL, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", holder->id);
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_USER, holder->id, holder->event, NULL);
}

enum mr_status
mr_user_reset(struct mr_call *c, int64_t id)
{
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, id, &holder);

	if (status == MR_OK && holder.has_key)
		status = forget_key(c, &holder);
	if (status == MR_OK)
		status = mr_pin_drop(c, id);
	return status == MR_OK ? mr_invite_drop(c, id) : status;
}
