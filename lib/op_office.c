/*
 * Operations on the office as a whole.
 */
#include <stdio.h>
#include <string.h>

#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/gap.h"
#include "lib/office_check.h"
#include "lib/op.h"
#include "lib/recovery.h"
#include "lib/rekey.h"
#include "lib/site.h"
#include "lib/tongue.h"
#include "lib/user.h"

/* The newest id's counter at a site, without gaps: how many there have
 * been. */
static enum mr_status
count_at(struct mr_call *c, int64_t site, const char *table, const char *newest,
    int64_t *count)
{
	struct mr_site place;
	enum mr_status status;
	int64_t next = 0;

	mr_site_as(c, site, &place);
	status = mr_gaps_load(c);
	if (status == MR_OK)
		status = mr_next_id(c, table, newest, &next);
	*count += MR_SEQ(next) - 1 - mr_gap_skipped(c, table);
	mr_site_back(c);
	return status == MR_OK ? mr_gaps_load(c) : status;
}

static enum mr_status
emit_count(struct mr_call *c, struct mr_out *out, const char *key,
    const char *table, const char *newest)
{
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(c, &sites);
	int64_t count = 0;

	for (int i = 0; status == MR_OK && i < sites->n; i++)
		status = count_at(c, sites->at[i].id, table, newest, &count);
	if (status == MR_OK)
		out->integer(out, key, count);
	return status;
}

static enum mr_status
emit_counts(struct mr_call *c, struct mr_out *out)
{
	enum mr_status status;

	status = emit_count(c, out, "users", MR_NEWEST("users"));
	if (status == MR_OK)
		status = emit_count(
		    c, out, "correspondents", MR_NEWEST("correspondent"));
	if (status == MR_OK)
		status = emit_count(c, out, "pairings", MR_NEWEST("pairing"));
	if (status == MR_OK)
		status = emit_count(c, out, "letters", MR_NEWEST("letter"));
	if (status == MR_OK)
		status = emit_count(c, out, "events", MR_NEWEST("event"));
	return status;
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct mr_site *site = c->site;
	enum mr_status status;

	(void)input;
	out->begin_map(out, NULL);
	out->text(out, "name", site->name);
	out->text(out, "street", site->street);
	out->text(out, "city", site->city);
	out->text(out, "state", site->state);
	out->text(out, "zip", site->zip);
	out->text(out, "zone", site->zone);
	status = mr_site_emit(c, out, site->id);
	if (status != MR_OK)
		return status;
	out->text(out, "office", mr_office_shown(c, site->office));
	out->integer(out, "vault", site->vault_version);
	status = emit_counts(c, out);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_office_show = {
    .name = "office show",
    .number = 131,
    .summary = "Show the office: name and address of this site, id, and how "
	       "much there is at all sites.",
    .roles = MR_EVERYONE,
    .returns = "name street city state zip zone site office vault users "
	       "correspondents pairings letters events",
    .spare = "site",
    .show = show,
};

struct findings {
	struct mr_out *out;
	int64_t n;
};

static void
emit_finding(void *arg, const char *check, const char *where, const char *what)
{
	struct findings *found = arg;
	struct mr_out *out = found->out;

	found->n += what != NULL;
	out->begin_map(out, NULL);
	out->text(out, "check", check);
	out->text(out, "where", where);
	out->text(out, "result", what != NULL ? what : mr_say("in order"));
	out->end_map(out);
}

static enum mr_status
check(struct mr_call *c, const void *input, struct mr_out *out)
{
	struct findings found = {out, 0};
	enum mr_status status;

	(void)input;
	out->begin_list(out, NULL);
	status = mr_office_check(c, emit_finding, &found);
	out->end_list(out);
	if (status != MR_OK || found.n == 0)
		return status;
	return mr_fail(c, MR_DAMAGED,
	    "the check found %lld thing%s that should not be; keep a copy of "
	    "the folder as it is, then run 'mailroom audit verify'",
	    (long long)found.n, found.n == 1 ? "" : "s");
}

const struct mr_op mr_op_office_check = {
    .name = "office check",
    .slow = 1,
    .number = 132,
    .summary = "Check that database and key file agree with themselves.",
    .roles = MR_COORDINATOR | MR_ADMIN,
    .keyless = 1,
    .each = "check where result",
    .show = check,
};

struct office_recover {
	int restore_keys;
	const char *coordinator;
};

/* What ready leaves for run. */
struct recovered {
	int keys;     /* enum mr_key_file; 0: restored */
	int64_t user; /* 0: nobody gets a new passphrase */
	int64_t before;
	struct mr_userkey key;
	struct mr_bundle bundle;
};

static enum mr_status
open_bundle(struct mr_call *c, struct mr_bundle *bundle)
{
	char words[512];
	unsigned char key[32];
	enum mr_status status;

	status = mr_ask_passphrase(c, "recovery", words, sizeof(words));
	if (status == MR_OK)
		status = mr_recovery_read(c, words, key);
	if (status == MR_OK)
		status = mr_recovery_open(c, key, bundle);
	sodium_memzero(words, sizeof(words));
	sodium_memzero(key, sizeof(key));
	return status;
}

/* Who gets a new passphrase: found before anything is asked. */
static enum mr_status
find_coordinator(struct mr_call *c, const char *name, struct mr_holder *holder)
{
	int64_t id = 0;
	enum mr_status status = mr_user_find(c, name, &id);

	if (status == MR_OK)
		status = mr_holder_load(c, id, holder);
	if (status != MR_OK)
		return status;
	if (holder->role != MR_COORDINATOR || holder->status != MR_USER_ACTIVE)
		return mr_fail(c, MR_REFUSED,
		    "%s is no active coordinator; the recovery sheet gives "
		    "the key to a coordinator, who grants it on",
		    holder->name);
	return MR_OK;
}

static enum mr_status
choose_passphrase(
    struct mr_call *c, const struct mr_holder *holder, struct recovered *told)
{
	char new[MR_PASSPHRASE_SIZE];
	unsigned char secret[32];
	enum mr_status status;

	status = mr_ask_passphrase(c, "new", new, sizeof(new));
	if (status == MR_OK)
		status = mr_passphrase_check(c, new, holder->name);
	if (status == MR_OK)
		status =
		    mr_userkey_make(c, holder->id, new, &told->key, secret);
	sodium_memzero(new, sizeof(new));
	sodium_memzero(secret, sizeof(secret));
	told->user = holder->id;
	told->before = holder->event;
	return status;
}

static enum mr_status
recover_ready(struct mr_call *c, const void *input)
{
	const struct office_recover *in = input;
	struct recovered *told = mr_alloc(c->arena, sizeof(*told));
	struct mr_holder holder;
	enum mr_status status = MR_OK;

	if (told == NULL)
		return mr_nomem(c);
	c->told = told;
	if (in->coordinator != NULL)
		status = find_coordinator(c, in->coordinator, &holder);
	if (status == MR_OK)
		status = open_bundle(c, &told->bundle);
	if (status == MR_OK && in->coordinator != NULL)
		status = choose_passphrase(c, &holder, told);
	if (status == MR_OK && in->restore_keys)
		status = mr_recovery_restore(c, &told->bundle);
	else if (status == MR_OK)
		told->keys = (int)mr_key_file_state(c);
	return status;
}

static enum mr_status
recover(struct mr_call *c, const void *input)
{
	const struct recovered *told = c->told;
	enum mr_status status = MR_OK;

	(void)input;
	if (told->user != 0) {
		status =
		    mr_user_set_key(c, told->user, told->before, &told->key);
		if (status == MR_OK)
			status = mr_user_grant_put(c, told->user,
			    told->bundle.vault, c->site->vault_version);
	}
	/* Last, so that the answer finds it behind the user's events. */
	if (status == MR_OK)
		status = mr_recovery_note(c, told->keys, told->user);
	return status;
}

static const char *
key_file_words(int64_t state)
{
	switch (state) {
	case 0:
		return "restored";
	case MR_KEY_FILE_FITS:
		return "fits";
	case MR_KEY_FILE_MISSING:
		return "missing";
	default:
		return "cannot be used";
	}
}

static enum mr_status
recover_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status =
	    mr_event_load(c, events.first + events.count - 1, &event);
	int64_t user;

	if (status != MR_OK)
		return status;
	user = mr_event_number(&event, MR_F_USER, 0);
	out->begin_map(out, NULL);
	out->text(out, "office", mr_office_shown(c, c->site->office));
	out->text(out, "words", "right");
	out->text(out, "key_file",
	    key_file_words(mr_event_number(&event, MR_F_VALUE, 0)));
	out->text(
	    out, "coordinator", user == 0 ? NULL : mr_user_shown(c, user));
	out->end_map(out);
	return MR_OK;
}

static const struct mr_param recover_params[] = {
    MR_PARAM(
	office_recover, restore_keys, 0, "write a missing office.key anew"),
    MR_PARAM(office_recover, coordinator, 0,
	"give this coordinator a new passphrase and the vault's key"),
};

const struct mr_op mr_op_office_recover = {
    .name = "office recover",
    .number = 133,
    .summary = "Prove that the recovery sheet opens this office, and help "
	       "where key file or passphrase were lost.",
    .roles = MR_COORDINATOR | MR_ADMIN,
    .writes = 1,
    .keyless = 1,
    MR_PARAMS(recover_params),
    .input_size = sizeof(struct office_recover),
    .returns = "office words key_file coordinator",
    .ready = recover_ready,
    .run = recover,
    .answer = recover_answer,
};

static enum mr_status
rekey(struct mr_call *c, const void *input)
{
	(void)input;
	return mr_office_rekey(c);
}

static enum mr_status
rekey_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event = {.id = 0};
	enum mr_status status = MR_OK;

	/* The indexing that follows it writes events of its own. */
	for (int i = 0; i < events.count && status == MR_OK; i++) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, events.first + i, &event);
		if (status == MR_OK && event.subject == MR_SITE)
			break;
		mr_release(c->arena, mark);
	}
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->integer(out, "vault", mr_event_number(&event, MR_F_VALUE, 0));
	out->integer(out, "records", mr_event_number(&event, MR_F_COUNT, 0));
	out->integer(out, "holders", mr_event_number(&event, MR_F_CHANGED, 0));
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_office_rekey = {
    .name = "office rekey",
    .slow = 1,
    .number = 134,
    .summary = "Make a new vault key and seal everything anew, so that old "
	       "keys open nothing.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .vault = 1,
    .returns = "vault records holders",
    .run = rekey,
    .answer = rekey_answer,
};
