/* Codes of a first sign-in.  See invite.h. */
#include "lib/invite.h"

#include <sodium.h>
#include <string.h>

#include "lib/blocklist.h"
#include "lib/chain.h"
#include "lib/code.h"
#include "lib/keys.h"
#include "lib/user.h"

enum mr_status
mr_invite_load(struct mr_call *c, int64_t user, struct mr_invite *invite)
{
	enum mr_status status, found = MR_NOTFOUND;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, made, until, version, event "
	    "FROM invite "
	    "WHERE id = :id");
	sql_int(st, ":id", user);
	if (sql_row(st)) {
		invite->id = sql_col_int(st, 0);
		invite->made = sql_col_int(st, 1);
		invite->until = sql_col_int(st, 2);
		invite->version = sql_col_int(st, 3);
		invite->event = sql_col_int(st, 4);
		found = MR_OK;
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (found == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND, "that user has no code");
	return MR_OK;
}

/* The row as it stands, proved; event 0: there is none. */
static enum mr_status
load_proved(struct mr_call *c, int64_t user, struct mr_invite *invite)
{
	enum mr_status status = mr_invite_load(c, user, invite);

	if (status == MR_OK)
		return mr_row_proved(c, MR_INVITE, user);
	if (status != MR_NOTFOUND)
		return status;
	memset(invite, 0, sizeof(*invite));
	invite->id = user;
	return MR_OK;
}

/* made and until as they shall be; 0 and 0: none. */
static enum mr_status
store(struct mr_call *c, const struct mr_invite *before, int64_t made,
    int64_t until)
{
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "INSERT INTO invite (id, made, until, version, event) "
	    "VALUES (:id, :made, :until, :version, :event) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET made = excluded.made, until = excluded.until, "
	    "version = excluded.version, event = excluded.event");
	sql_int(st, ":id", before->id);
	sql_int0(st, ":made", made);
	sql_int0(st, ":until", until);
	sql_int(st, ":version", before->version + 1);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_INVITE, before->id, before->event,
	    (const struct mr_field[]){
		{MR_F_TO, made != 0, NULL, 0}, {MR_F_END, 0, NULL, 0}});
}

enum mr_status
mr_invite_new(struct mr_call *c, int64_t user)
{
	struct mr_invite before;
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, user, &holder);

	if (status != MR_OK)
		return status;
	if (holder.status != MR_USER_ACTIVE)
		return mr_fail(c, MR_REFUSED,
		    "%s is disabled and gets no code; 'mailroom user enable "
		    "%s' comes first",
		    holder.name, holder.name);
	if (holder.has_key)
		return mr_fail(c, MR_REFUSED,
		    "%s has a passphrase; a code is for the first one. Where "
		    "it was forgotten, 'mailroom user reset %s' comes first",
		    holder.name, holder.name);
	status = load_proved(c, user, &before);
	if (status != MR_OK)
		return status;
	return store(
	    c, &before, mr_event_next(c), c->now + MR_INVITE_DAYS * MR_DAY_US);
}

enum mr_status
mr_invite_drop(struct mr_call *c, int64_t user)
{
	struct mr_invite before;
	enum mr_status status = load_proved(c, user, &before);

	if (status != MR_OK || before.made == 0)
		return status;
	return store(c, &before, 0, 0);
}

/* Deterministic, and without a word that hurts. */
static int
code_of(struct mr_call *c, int64_t user, int64_t made, struct mr_symbols *code)
{
	static const char what[] = "mailroom first code 1";
	unsigned char text[sizeof(what) + 16 + 8 + 8 + 1], bytes[32];
	uint64_t value;

	if (c->keys == NULL)
		return -1;
	memcpy(text, what, sizeof(what));
	memcpy(text + sizeof(what), c->site->office, 16);
	mr_put_number(text + sizeof(what) + 16, (uint64_t)user, 8);
	mr_put_number(text + sizeof(what) + 24, (uint64_t)made, 8);
	code->n = MR_INVITE_SYMBOLS;
	for (int i = 0; i < 256; i++) {
		text[sizeof(text) - 1] = (unsigned char)i;
		crypto_generichash(bytes, sizeof(bytes), text, sizeof(text),
		    c->keys->tag, sizeof(c->keys->tag));
		memcpy(&value, bytes, sizeof(value));
		for (int n = 0; n < MR_INVITE_SYMBOLS; n++) {
			code->s[n] = (uint8_t)(value % MR_BASE);
			value /= MR_BASE;
		}
		if (mr_blocklist_hit(code) == NULL)
			return 0;
	}
	return -1;
}

const char *
mr_invite_code(struct mr_call *c, int64_t user, int64_t made)
{
	struct mr_symbols code;
	char text[MR_CODE_TEXT];

	if (code_of(c, user, made, &code) != 0)
		return NULL;
	return mr_strdup(c->arena, mr_code_format(&code, text));
}

int
mr_invite_match(
    struct mr_call *c, const struct mr_invite *invite, const char *typed)
{
	struct mr_symbols code, read;

	if (invite->made == 0 || c->now >= invite->until ||
	    code_of(c, invite->id, invite->made, &code) != 0 ||
	    mr_code_fold(typed, &read, NULL) != MR_FOLD_OK || read.n != code.n)
		return 0;
	return sodium_memcmp(read.s, code.s, code.n) == 0;
}
