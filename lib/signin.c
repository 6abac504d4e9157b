/* Signing in.  See signin.h. */
#include "lib/signin.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/badge.h"
#include "lib/chain.h"
#include "lib/handle.h"
#include "lib/invite.h"
#include "lib/pin.h"
#include "lib/sql.h"
#include "lib/tongue.h"
#include "lib/user.h"

/* What was shown, as text. */
struct shown {
	const char *who;   /* name, or badge */
	const char *proof; /* passphrase, PIN, code */
};

typedef enum mr_status (*way)(
    struct mr_call *c, const struct shown *shown, struct mr_signed *who);

static enum mr_status
wrong(struct mr_call *c)
{
	return mr_fail(c, MR_DENIED,
	    "the name or the passphrase is not right; capital letters and "
	    "blanks count, so type it again slowly");
}

static enum mr_status
wrong_badge(struct mr_call *c)
{
	return mr_fail(c, MR_DENIED,
	    "the badge or the PIN is not right; scan your newest badge and "
	    "type the six digits slowly, or ask whoever runs the office for "
	    "new ones");
}

static enum mr_status
wrong_code(struct mr_call *c)
{
	return mr_fail(c, MR_DENIED,
	    "the name or the code is not right, or the code is over: it is "
	    "good once, for %d days; type it again slowly, or ask for a new "
	    "one",
	    MR_INVITE_DAYS);
}

/* The time that a real one takes, for a name that is none. */
static void
spend(struct mr_call *c, const char *proof)
{
	unsigned char salt[crypto_pwhash_SALTBYTES];
	struct mr_cost cost = mr_cost_now();
	enum mr_status status;

	randombytes_buf(salt, sizeof(salt));
	sodium_free(mr_stretch(c, proof, salt, &cost, &status));
}

static enum mr_status
load_proved(struct mr_call *c, int64_t id, struct mr_holder *holder)
{
	enum mr_status status = mr_holder_load(c, id, holder);

	/* A role that somebody wrote into the file opens nothing. */
	return status == MR_OK ? mr_row_proved(c, MR_USER, id) : status;
}

static void
welcome(
    const struct mr_holder *holder, enum mr_signed_by by, struct mr_signed *who)
{
	who->user = holder->id;
	who->role = holder->role;
	who->by = by;
	snprintf(who->name, sizeof(who->name), "%s", holder->name);
}

/* A new passphrase has a new salt. */
static int64_t
mark_of(const struct mr_userkey *key)
{
	int64_t mark;

	memcpy(&mark, key->salt, sizeof(mark));
	return mark;
}

static enum mr_status
by_passphrase(
    struct mr_call *c, const struct shown *shown, struct mr_signed *who)
{
	struct mr_holder holder = {0};
	int64_t version = 0, id = 0;
	enum mr_status status = mr_user_find(c, shown->who, &id);

	if (status == MR_OK)
		status = load_proved(c, id, &holder);
	if (status == MR_OK)
		status = mr_vault_version(c, &version);
	if (status == MR_NOTFOUND ||
	    (status == MR_OK &&
		(!holder.has_key || holder.status != MR_USER_ACTIVE))) {
		spend(c, shown->proof);
		return wrong(c);
	}
	if (status == MR_OK)
		status = mr_userkey_open(
		    c, holder.id, shown->proof, &holder.key, who->secret);
	if (status == MR_LOCKED)
		return wrong(c);
	if (status != MR_OK)
		return status;
	welcome(&holder, MR_BY_PASSPHRASE, who);
	who->holds = mr_holder_holds(&holder, version);
	who->mark[0] = mark_of(&holder.key);
	return MR_OK;
}

/* Everything that is read; MR_NOTFOUND: any of it is not as it must be. */
static enum mr_status
find_badge(struct mr_call *c, const char *scan, struct mr_holder *holder,
    struct mr_badge *badge, struct mr_pin *pin)
{
	struct mr_payload print;
	int64_t id = -1;
	enum mr_status status = MR_NOTFOUND;

	if (c->keys == NULL)
		return mr_fail(c, MR_LOCKED,
		    "badges need the office key file, which is not open here");
	if (mr_payload_read(c->keys->tag, scan, &print) == MR_PAYLOAD_OK &&
	    print.kind == MR_PAYLOAD_BADGE)
		id = mr_payload_number_of(&print);
	if (id >= 0)
		status = mr_badge_load(c, id, badge);
	if (status == MR_OK)
		status = mr_row_proved(c, MR_BADGE, id);
	if (status == MR_OK)
		status = load_proved(c, id, holder);
	if (status == MR_OK)
		status = mr_pin_load(c, id, pin);
	if (status == MR_OK)
		status = mr_row_proved(c, MR_PIN, id);
	if (status != MR_OK)
		return status;
	return print.copy == badge->copy % MR_BASE && pin->set &&
		holder->status == MR_USER_ACTIVE &&
		(holder->role & MR_PIN_ROLES) != 0
	    ? MR_OK
	    : MR_NOTFOUND;
}

static enum mr_status
by_badge(struct mr_call *c, const struct shown *shown, struct mr_signed *who)
{
	struct mr_holder holder;
	struct mr_badge badge;
	struct mr_pin pin;
	int same = 0;
	enum mr_status status =
	    find_badge(c, shown->who, &holder, &badge, &pin);

	if (status == MR_NOTFOUND) {
		spend(c, shown->proof);
		return wrong_badge(c);
	}
	if (status == MR_OK)
		status = mr_pin_match(c, &pin, shown->proof, &same);
	if (status == MR_OK && !same)
		status = wrong_badge(c);
	if (status == MR_OK) {
		welcome(&holder, MR_BY_BADGE, who);
		who->mark[0] = pin.version;
		who->mark[1] = badge.version;
	}
	sodium_memzero(&pin, sizeof(pin));
	return status;
}

static enum mr_status
by_code(struct mr_call *c, const struct shown *shown, struct mr_signed *who)
{
	struct mr_holder holder = {0};
	struct mr_invite invite = {0};
	int64_t id = 0;
	enum mr_status status = mr_user_find(c, shown->who, &id);

	if (status == MR_OK)
		status = load_proved(c, id, &holder);
	if (status == MR_OK)
		status = mr_invite_load(c, id, &invite);
	if (status == MR_OK)
		status = mr_row_proved(c, MR_INVITE, id);
	if (status == MR_NOTFOUND ||
	    (status == MR_OK &&
		(holder.has_key || holder.status != MR_USER_ACTIVE ||
		    !mr_invite_match(c, &invite, shown->proof)))) {
		spend(c, shown->proof);
		return wrong_code(c);
	}
	if (status != MR_OK)
		return status;
	spend(c, shown->proof);
	welcome(&holder, MR_BY_CODE, who);
	who->mark[0] = invite.made;
	return MR_OK;
}

static enum mr_status
sign_in(struct mr *mr, way by, const struct shown *shown, struct mr_signed *who,
    struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, 0, error);
	enum mr_status status;

	memset(who, 0, sizeof(*who));
	status = mr_begin(c, 0);
	if (status == MR_OK)
		status = mr_end(c, by(c, shown, who));
	mr_call_end(c);
	error->status = status;
	return status;
}

enum mr_status
mr_sign_in(struct mr *mr, const char *name, const char *passphrase,
    struct mr_signed *who, struct mr_error *error)
{
	const struct shown shown = {name, passphrase};

	return sign_in(mr, by_passphrase, &shown, who, error);
}

enum mr_status
mr_sign_in_badge(struct mr *mr, const char *badge, const char *pin,
    struct mr_signed *who, struct mr_error *error)
{
	const struct shown shown = {badge, pin};

	return sign_in(mr, by_badge, &shown, who, error);
}

enum mr_status
mr_sign_in_code(struct mr *mr, const char *name, const char *code,
    struct mr_signed *who, struct mr_error *error)
{
	const struct shown shown = {name, code};

	return sign_in(mr, by_code, &shown, who, error);
}

/* The PIN alone; its user's badge was shown before. */
static enum mr_status
by_pin(struct mr_call *c, const struct shown *shown, struct mr_signed *who)
{
	struct mr_pin pin;
	int64_t id = 0;
	int same = 0;
	enum mr_status status = mr_user_find(c, shown->who, &id);

	if (status == MR_OK)
		status = mr_pin_load(c, id, &pin);
	if (status == MR_OK)
		status = mr_row_proved(c, MR_PIN, id);
	if (status == MR_NOTFOUND || (status == MR_OK && !pin.set))
		return wrong_badge(c);
	if (status == MR_OK)
		status = mr_pin_match(c, &pin, shown->proof, &same);
	who->user = id;
	return status != MR_OK || same ? status : wrong_badge(c);
}

enum mr_status
mr_sign_again(struct mr *mr, const struct mr_signed *who, const char *proof,
    struct mr_error *error)
{
	const struct shown shown = {who->name, proof};
	struct mr_signed now;
	int pin = who->by == MR_BY_BADGE;
	enum mr_status status =
	    sign_in(mr, pin ? by_pin : by_passphrase, &shown, &now, error);

	if (status == MR_DENIED || (status == MR_OK && now.user != who->user))
		status = mr_error(error, MR_LOCKED, "%s",
		    mr_say(pin ? MR_SAID("this is not your PIN; type the six "
					 "digits again slowly")
			       : MR_SAID("this is not your passphrase; capital "
					 "letters and blanks count, so type it "
					 "again slowly")));
	sodium_memzero(&now, sizeof(now));
	return status;
}

/* What somebody signed in with is no longer what counts. */
static enum mr_status
check_marks(struct mr_call *c, const struct mr_signed *who,
    const struct mr_holder *holder, int *same)
{
	struct mr_invite invite = {0};
	struct mr_badge badge = {0};
	struct mr_pin pin = {0};
	enum mr_status status = MR_OK;

	switch (who->by) {
	case MR_BY_PASSPHRASE:
		*same =
		    holder->has_key && mark_of(&holder->key) == who->mark[0];
		return MR_OK;
	case MR_BY_BADGE:
		status = mr_pin_load(c, who->user, &pin);
		if (status == MR_OK)
			status = mr_badge_load(c, who->user, &badge);
		*same = pin.set && pin.version == who->mark[0] &&
		    badge.version == who->mark[1];
		sodium_memzero(&pin, sizeof(pin));
		break;
	case MR_BY_CODE:
		status = mr_invite_load(c, who->user, &invite);
		*same = invite.made == who->mark[0] && c->now < invite.until;
		break;
	}
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* The rows alone, in whatever transaction there is. */
static enum mr_status
still(struct mr_call *c, const struct mr_signed *who)
{
	struct mr_holder holder;
	int same = 0;
	enum mr_status status = mr_holder_load(c, who->user, &holder);

	if (status == MR_OK)
		status = check_marks(c, who, &holder, &same);
	if (status == MR_OK &&
	    (!same || holder.status != MR_USER_ACTIVE ||
		holder.role != who->role))
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
