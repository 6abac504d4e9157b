/*
 * Operations on the people who work here.
 */
#include <string.h>

#include "lib/chain.h"
#include "lib/op.h"
#include "lib/pin.h"
#include "lib/user.h"
#include "lib/vault.h"

struct user_name {
	const char *name;
};

#define ROLES " volunteer staff coordinator admin"

static const struct mr_param name_params[] = {
    MR_PARAM(user_name, name, 1, "the user's name"),
};

struct user_role {
	const char *name, *role;
};

/* What an answer tells; from the event, or from c->found. */
struct told {
	int64_t id;
	unsigned role;
	int status;
};

static enum mr_status
read_role(struct mr_call *c, const char *word, unsigned *role)
{
	*role = mr_role_of(word);
	if (*role != 0)
		return MR_OK;
	return mr_fail(c, MR_INVALID,
	    "%.32s is no role; write volunteer, staff, coordinator or admin",
	    word);
}

/* Where nothing was written, the answer is how it stands. */
static enum mr_status
leave_found(struct mr_call *c, int64_t id)
{
	struct told *told = mr_alloc(c->arena, sizeof(*told));
	struct mr_holder holder;
	enum mr_status status;

	if (told == NULL)
		return mr_nomem(c);
	status = mr_holder_load(c, id, &holder);
	if (status != MR_OK)
		return status;
	*told = (struct told){id, holder.role, holder.status};
	c->found = told;
	return MR_OK;
}

static enum mr_status
find_told(struct mr_call *c, struct mr_events events, struct told *told,
    struct mr_holder *holder)
{
	struct mr_event event;
	enum mr_status status;

	if (events.count == 0) {
		*told = *(const struct told *)c->found;
		return mr_holder_load(c, told->id, holder);
	}
	status = mr_event_load(c, events.first, &event);
	if (status != MR_OK)
		return status;
	told->id = event.subject_id;
	told->role = (unsigned)mr_event_number(&event, MR_F_ROLE, 0);
	told->status = (int)mr_event_number(&event, MR_F_TO, MR_USER_ACTIVE);
	return mr_holder_load(c, told->id, holder);
}

static enum mr_status
answer_role(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_holder holder;
	struct told told;
	enum mr_status status = find_told(c, events, &told, &holder);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "name", holder.name);
	out->text(out, "role", mr_role_name(told.role));
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
answer_status(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_holder holder;
	struct told told;
	enum mr_status status = find_told(c, events, &told, &holder);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "name", holder.name);
	out->text(out, "status", mr_user_status_name(told.status));
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
answer_name(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_holder holder;
	struct told told;
	enum mr_status status = find_told(c, events, &told, &holder);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "name", holder.name);
	out->end_map(out);
	return MR_OK;
}

/* Find the user, do it, leave how it stands. */
static enum mr_status
by_name(struct mr_call *c, const void *input,
    enum mr_status (*step)(struct mr_call *c, int64_t id))
{
	const struct user_name *in = input;
	int64_t id = 0;
	enum mr_status status = mr_user_find(c, in->name, &id);

	if (status == MR_OK)
		status = step(c, id);
	return status == MR_OK ? leave_found(c, id) : status;
}

static enum mr_status
add(struct mr_call *c, const void *input)
{
	const struct user_role *in = input;
	unsigned role = 0;
	int64_t id;
	enum mr_status status = read_role(c, in->role, &role);

	if (status != MR_OK)
		return status;
	return mr_user_add(c, in->name, role, &id);
}

static const struct mr_param add_params[] = {
    MR_PARAM(user_role, name, 1, "2 to 32 letters, digits, hyphens, dots"),
    MR_CHOICE(
	user_role, role, 1, ROLES, "volunteer, staff, coordinator or admin"),
};

const struct mr_op mr_op_user_add = {
    .name = "user add",
    .number = 100,
    .summary = "Add somebody who works here; they then set a passphrase.",
    .roles = MR_ADMIN,
    .writes = 1,
    MR_PARAMS(add_params),
    .input_size = sizeof(struct user_role),
    .returns = "name role",
    .run = add,
    .answer = answer_role,
};

static enum mr_status
emit_user(struct mr_call *c, void *arg, const struct mr_holder *holder)
{
	struct mr_out *out = arg;
	struct mr_pin pin = {0};
	enum mr_status status = mr_pin_load(c, holder->id, &pin);

	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "name", holder->name);
	out->text(out, "role", mr_role_name(holder->role));
	out->text(out, "status", mr_user_status_name(holder->status));
	out->boolean(out, "passphrase", holder->has_key);
	out->boolean(out, "pin", pin.set);
	out->boolean(out, "vault", holder->grant != NULL);
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	enum mr_status status;

	(void)input;
	out->begin_list(out, NULL);
	status = mr_user_list(c, emit_user, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_user_list = {
    .name = "user list",
    .number = 101,
    .summary = "List who works here, and who can open the vault.",
    .roles = MR_EVERYONE,
    .each = "name role status passphrase pin vault",
    .show = list,
};

static enum mr_status
set_role(struct mr_call *c, const void *input)
{
	const struct user_role *in = input;
	unsigned role = 0;
	int64_t id = 0;
	enum mr_status status = read_role(c, in->role, &role);

	if (status == MR_OK)
		status = mr_user_find(c, in->name, &id);
	if (status == MR_OK)
		status = mr_user_set_role(c, id, role);
	return status == MR_OK ? leave_found(c, id) : status;
}

static const struct mr_param role_params[] = {
    MR_PARAM(user_role, name, 1, "the user's name"),
    MR_CHOICE(
	user_role, role, 1, ROLES, "volunteer, staff, coordinator or admin"),
};

const struct mr_op mr_op_user_role = {
    .name = "user role",
    .number = 102,
    .summary = "Give a user another role; volunteers and admins lose the "
	       "vault's key.",
    .roles = MR_ADMIN,
    .retype = 1,
    .writes = 1,
    MR_PARAMS(role_params),
    .input_size = sizeof(struct user_role),
    .returns = "name role",
    .run = set_role,
    .answer = answer_role,
};

/* The new wrap, made before the transaction; event: the row it is for. */
struct new_key {
	int64_t event;
	struct mr_userkey key;
};

/* Same pair, other passphrase; the old one opens it. */
static enum mr_status
unwrap_old(
    struct mr_call *c, const struct mr_holder *holder, unsigned char secret[32])
{
	char old[MR_PASSPHRASE_SIZE];
	enum mr_status status;

	status = mr_ask_passphrase(c, NULL, old, sizeof(old));
	if (status == MR_OK)
		status =
		    mr_userkey_open(c, holder->id, old, &holder->key, secret);
	sodium_memzero(old, sizeof(old));
	return status;
}

static enum mr_status
ask_new(struct mr_call *c, const struct mr_holder *holder,
    unsigned char secret[32], struct mr_userkey *key)
{
	char new[MR_PASSPHRASE_SIZE];
	enum mr_status status;

	status = mr_ask_passphrase(c, "new", new, sizeof(new));
	if (status == MR_OK)
		status = mr_passphrase_check(c, new, holder->name);
	if (status == MR_OK && holder->has_key)
		status = mr_userkey_wrap(c, holder->id, new, secret, key);
	else if (status == MR_OK)
		status = mr_userkey_make(c, holder->id, new, key, secret);
	sodium_memzero(new, sizeof(new));
	return status;
}

static enum mr_status
passphrase_ready(struct mr_call *c, const void *input)
{
	struct new_key *told = mr_alloc(c->arena, sizeof(*told));
	unsigned char secret[32];
	struct mr_holder holder;
	enum mr_status status;

	(void)input;
	if (told == NULL)
		return mr_nomem(c);
	status = mr_holder_load(c, c->user, &holder);
	if (status == MR_OK && holder.has_key)
		status = unwrap_old(c, &holder, secret);
	if (status == MR_OK) {
		told->event = holder.event;
		told->key = holder.key;
		status = ask_new(c, &holder, secret, &told->key);
	}
	sodium_memzero(secret, sizeof(secret));
	c->told = told;
	return status;
}

static enum mr_status
passphrase(struct mr_call *c, const void *input)
{
	const struct new_key *told = c->told;

	(void)input;
	return mr_user_set_key(c, c->user, told->event, &told->key);
}

const struct mr_op mr_op_user_passphrase = {
    .name = "user passphrase",
    .number = 103,
    .summary = "Choose your own passphrase; the old one is asked first.",
    .roles = MR_EVERYONE,
    .writes = 1,
    .retype = 1,
    .returns = "name",
    .ready = passphrase_ready,
    .run = passphrase,
    .answer = answer_name,
};

static enum mr_status
grant(struct mr_call *c, const void *input)
{
	return by_name(c, input, mr_user_grant);
}

const struct mr_op mr_op_user_grant = {
    .name = "user grant",
    .number = 104,
    .summary = "Give a user the key to the vault.",
    .roles = MR_COORDINATOR,
    .retype = 1,
    .writes = 1,
    .vault = 1,
    MR_PARAMS(name_params),
    .input_size = sizeof(struct user_name),
    .returns = "name",
    .run = grant,
    .answer = answer_name,
};

static enum mr_status
disable(struct mr_call *c, const void *input)
{
	return by_name(c, input, mr_user_disable);
}

const struct mr_op mr_op_user_disable = {
    .name = "user disable",
    .number = 105,
    .summary = "Shut a user out and take the vault's key away.",
    .roles = MR_ADMIN,
    .writes = 1,
    MR_PARAMS(name_params),
    .input_size = sizeof(struct user_name),
    .returns = "name status",
    .run = disable,
    .answer = answer_status,
};

static enum mr_status
enable(struct mr_call *c, const void *input)
{
	return by_name(c, input, mr_user_enable);
}

const struct mr_op mr_op_user_enable = {
    .name = "user enable",
    .number = 106,
    .summary = "Let a disabled user in again, without the vault's key.",
    .roles = MR_ADMIN,
    .retype = 1,
    .writes = 1,
    MR_PARAMS(name_params),
    .input_size = sizeof(struct user_name),
    .returns = "name status",
    .run = enable,
    .answer = answer_status,
};

static enum mr_status
reset(struct mr_call *c, const void *input)
{
	return by_name(c, input, mr_user_reset);
}

const struct mr_op mr_op_user_reset = {
    .name = "user reset",
    .number = 107,
    .summary = "Forget a user's passphrase and key, for a new start.",
    .roles = MR_ADMIN,
    .retype = 1,
    .writes = 1,
    MR_PARAMS(name_params),
    .input_size = sizeof(struct user_name),
    .returns = "name",
    .run = reset,
    .answer = answer_name,
};
