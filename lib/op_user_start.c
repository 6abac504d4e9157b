/*
 * Operations that let somebody in: a volunteer's PIN, and the code with which
 * others choose their first passphrase.
 */
#include <string.h>

#include "lib/chain.h"
#include "lib/invite.h"
#include "lib/op.h"
#include "lib/pin.h"
#include "lib/user.h"
#include "lib/when.h"

struct start_of {
	const char *name;
};

static const struct mr_param pin_params[] = {
    MR_PARAM(start_of, name, MR_PLACED, "the user's name; without: your own"),
};

/* What was asked before the transaction; before: the row that it is for. */
struct new_pin {
	int64_t before;
	struct mr_pin pin;
};

static enum mr_status
whose(struct mr_call *c, const char *name, int64_t *id)
{
	enum mr_status status = MR_OK;

	*id = c->user;
	if (name != NULL)
		status = mr_user_find(c, name, id);
	if (status == MR_OK && *id != c->user && c->role != MR_ADMIN)
		return mr_fail(c, MR_DENIED,
		    "a PIN of somebody else is set by an admin; your own with "
		    "'mailroom user pin'");
	return status;
}

/* Whoever sits down at an open station must not be able to change it. */
static enum mr_status
ask_old(struct mr_call *c, const struct mr_pin *pin)
{
	char typed[MR_PASSPHRASE_SIZE];
	int same = 0;
	enum mr_status status =
	    mr_ask_passphrase(c, MR_ASK_OLD_PIN, typed, sizeof(typed));

	if (status == MR_OK)
		status = mr_pin_match(c, pin, typed, &same);
	sodium_memzero(typed, sizeof(typed));
	if (status == MR_OK && !same)
		return mr_fail(c, MR_LOCKED,
		    "this is not your PIN; type the six digits again slowly. "
		    "Where it was forgotten an admin sets a new one");
	return status;
}

static enum mr_status
ask_new(struct mr_call *c, int64_t id, struct mr_pin *pin)
{
	char typed[MR_PASSPHRASE_SIZE];
	enum mr_status status =
	    mr_ask_passphrase(c, MR_ASK_NEW_PIN, typed, sizeof(typed));

	if (status == MR_OK)
		status = mr_pin_check(c, typed);
	if (status == MR_OK)
		status = mr_pin_make(c, id, typed, pin);
	sodium_memzero(typed, sizeof(typed));
	return status;
}

static enum mr_status
pin_ready(struct mr_call *c, const void *input)
{
	const struct start_of *in = input;
	struct new_pin *told = mr_alloc(c->arena, sizeof(*told));
	struct mr_pin old = {0};
	int64_t id = 0;
	enum mr_status status;

	if (told == NULL)
		return mr_nomem(c);
	status = whose(c, in->name, &id);
	if (status == MR_OK)
		status = mr_pin_may(c, id);
	if (status != MR_OK)
		return status;
	status = mr_pin_load(c, id, &old);
	if (status == MR_NOTFOUND)
		status = MR_OK;
	if (status == MR_OK && old.set && id == c->user)
		status = ask_old(c, &old);
	if (status == MR_OK)
		status = ask_new(c, id, &told->pin);
	told->before = old.event;
	c->told = told;
	return status;
}

static enum mr_status
pin(struct mr_call *c, const void *input)
{
	const struct new_pin *told = c->told;

	(void)input;
	return mr_pin_set(c, &told->pin, told->before);
}

static enum mr_status
answer_pin(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_holder holder;
	struct mr_event event;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status == MR_OK)
		status = mr_holder_load(c, event.subject_id, &holder);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "name", holder.name);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_user_pin = {
    .name = "user pin",
    .number = 109,
    .summary = "Choose a volunteer's PIN: six digits to sign in with, beside "
	       "the badge.",
    .roles = MR_VOLUNTEER | MR_ADMIN,
    .writes = 1,
    .retype = 1,
    MR_PARAMS(pin_params),
    .input_size = sizeof(struct start_of),
    .returns = "name",
    .ready = pin_ready,
    .run = pin,
    .answer = answer_pin,
};

static const struct mr_param invite_params[] = {
    MR_PARAM(start_of, name, 1, "the user's name"),
};

static enum mr_status
invite(struct mr_call *c, const void *input)
{
	const struct start_of *in = input;
	int64_t id = 0;
	enum mr_status status = mr_user_find(c, in->name, &id);

	return status == MR_OK ? mr_invite_new(c, id) : status;
}

static enum mr_status
answer_invite(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	char day[MR_WHEN_SIZE], hour[MR_WHEN_SIZE];
	struct mr_holder holder;
	int64_t until;
	struct mr_event event;
	const char *code;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status == MR_OK)
		status = mr_holder_load(c, event.subject_id, &holder);
	if (status != MR_OK)
		return status;
	code = mr_invite_code(c, event.subject_id, event.id);
	if (code == NULL)
		return mr_fail(c, MR_BUG, "the code could not be made");
	out->begin_map(out, NULL);
	out->text(out, "name", holder.name);
	out->text(out, "code", code);
	until = event.at + MR_INVITE_DAYS * MR_DAY_US;
	out->text(out, "until",
	    mr_printf(c->arena, "%s %s", mr_day_iso(mr_day_of(until), day),
		mr_time_local(until, hour)));
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_user_invite = {
    .name = "user invite",
    .number = 110,
    .summary = "Make a code with which a user signs in once, to choose the "
	       "first passphrase.",
    .roles = MR_ADMIN,
    .writes = 1,
    .retype = 1,
    MR_PARAMS(invite_params),
    .input_size = sizeof(struct start_of),
    .returns = "name code until",
    .run = invite,
    .answer = answer_invite,
};
