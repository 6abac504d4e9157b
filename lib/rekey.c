/*
 * The rekey: rows one by one in the order of their ids, so that memory does
 * not grow with the office.
 */
#include "lib/rekey.h"

#include <string.h>

#include "lib/address.h"
#include "lib/box.h"
#include "lib/chain.h"
#include "lib/keys.h"
#include "lib/recovery.h"
#include "lib/sealed.h"
#include "lib/site.h"
#include "lib/tongue.h"
#include "lib/user.h"
#include "lib/vault.h"

#define PROGRESS_EVERY 64
#define HOLDERS_MAX 1024

/* One rekey.  fresh is in memory of libsodium. */
struct rekey {
	struct mr_call *c;
	struct mr_vault *fresh;
	int64_t records, total, grants;
};

/* A sealed row at work. */
struct row {
	int64_t id, person, version, event;
	int kind;
	const void *box;
	size_t len;
};

static enum mr_status
count_rows(struct rekey *r)
{
	struct sql_stmt *st;

	st = sql_prepare(r->c,
	    SQL_SCAN "SELECT "
		     "(SELECT COUNT(*) FROM address) + "
		     "(SELECT COUNT(*) FROM sealed)");
	return sql_done_int(st, &r->total);
}

/* The row after row->id; its id is 0 at the end. */
static enum mr_status
next_address(struct mr_call *c, struct row *row)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, person, version, event, box "
	    "FROM address "
	    "WHERE id > :after "
	    "ORDER BY id LIMIT 1");
	sql_int(st, ":after", row->id);
	memset(row, 0, sizeof(*row));
	if (sql_row(st)) {
		row->id = sql_col_int(st, 0);
		row->person = sql_col_int(st, 1);
		row->version = sql_col_int(st, 2);
		row->event = sql_col_int(st, 3);
		row->box = sql_col_blob(st, 4, &row->len);
		row->box = mr_memdup(c->arena, row->box, row->len);
	}
	return sql_done(st);
}

static enum mr_status
next_sealed(struct mr_call *c, struct row *row)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, person, kind, version, event, box "
	    "FROM sealed "
	    "WHERE id > :after "
	    "ORDER BY id LIMIT 1");
	sql_int(st, ":after", row->id);
	memset(row, 0, sizeof(*row));
	if (sql_row(st)) {
		row->id = sql_col_int(st, 0);
		row->person = sql_col_int(st, 1);
		row->kind = (int)sql_col_int(st, 2);
		row->version = sql_col_int(st, 3);
		row->event = sql_col_int(st, 4);
		row->box = sql_col_blob(st, 5, &row->len);
		row->box = mr_memdup(c->arena, row->box, row->len);
	}
	return sql_done(st);
}

static enum mr_status
store_address(struct mr_call *c, const struct row *row, const void *box,
    const unsigned char hash[32])
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "UPDATE address SET box = :box, hash = :hash, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_blob(st, ":box", box, row->len);
	sql_blob(st, ":hash", hash, 32);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", row->id);
	return sql_done(st);
}

/* The blind index goes with its key: what has tags waits for new ones. */
static enum mr_status
store_sealed(struct mr_call *c, const struct row *row, const void *box,
    const unsigned char hash[32])
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "UPDATE sealed SET box = :box, hash = :hash, "
	    "indexed = :indexed, version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_blob(st, ":box", box, row->len);
	sql_blob(st, ":hash", hash, 32);
	sql_int(st, ":indexed", row->kind != MR_SEALED_IDENTITY);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", row->id);
	return sql_done(st);
}

/* What differs between the two tables. */
struct kind {
	enum mr_subject subject;
	enum mr_status (*next)(struct mr_call *c, struct row *row);
	enum mr_status (*store)(struct mr_call *c, const struct row *row,
	    const void *box, const unsigned char hash[32]);
};

static void
contexts(enum mr_subject subject, const struct row *row,
    struct mr_context *from, struct mr_context *to)
{
	if (subject == MR_ADDRESS) {
		*from = *to = mr_address_context(row->id);
		return;
	}
	*from = mr_sealed_context(row->id, row->kind, row->version);
	*to = mr_sealed_context(row->id, row->kind, row->version + 1);
}

static enum mr_status
one_row(struct rekey *r, const struct kind *kind, const struct row *row)
{
	struct mr_call *c = r->c;
	unsigned char hash[32];
	struct mr_field fields[] = {{MR_F_PERSON, row->person, NULL, 0},
	    {MR_F_KIND, row->kind, NULL, 0}, {MR_F_HASH, 0, hash, 32},
	    {MR_F_END, 0, NULL, 0}};
	struct mr_context from, to;
	enum mr_status status;
	const void *box;

	if (row->box == NULL)
		return mr_nomem(c);
	contexts(kind->subject, row, &from, &to);
	status = mr_row_proved(c, kind->subject, row->id);
	if (status != MR_OK)
		return status;
	status = mr_reseal(
	    c, &from, &to, r->fresh->public, row->box, row->len, &box, hash);
	if (status == MR_DAMAGED)
		return mr_fail(c, MR_DAMAGED,
		    "the box of %s row %lld does not open, so nothing was "
		    "changed; 'mailroom office check' and 'mailroom audit "
		    "verify' tell more",
		    mr_say(mr_subject_name(kind->subject)), (long long)row->id);
	if (status == MR_OK)
		status = kind->store(c, row, box, hash);
	if (status == MR_OK)
		status =
		    mr_event(c, kind->subject, row->id, row->event, fields);
	return status;
}

static enum mr_status
all_rows(struct rekey *r, const struct kind *kind)
{
	struct mr_mark mark = mr_mark(r->c->arena);
	struct row row = {.id = 0};
	enum mr_status status;

	for (;;) {
		status = kind->next(r->c, &row);
		if (status == MR_OK && row.id != 0)
			status = one_row(r, kind, &row);
		if (status != MR_OK || row.id == 0)
			return status;
		mr_release(r->c->arena, mark);
		if (++r->records % PROGRESS_EVERY == 0)
			mr_progress(
			    r->c, "records sealed anew", r->records, r->total);
	}
}

/* Ids are gathered first: granting changes the rows that are listed. */
struct holders {
	int64_t id[HOLDERS_MAX];
	int keeps[HOLDERS_MAX];
	int n;
	int64_t version;
};

static enum mr_status
gather(struct mr_call *c, void *arg, const struct mr_holder *holder)
{
	struct holders *all = arg;

	if (holder->grant == NULL)
		return MR_OK;
	if (all->n == HOLDERS_MAX)
		return mr_fail(c, MR_REFUSED,
		    "more than %d users hold the key; disable some first",
		    HOLDERS_MAX);
	all->id[all->n] = holder->id;
	all->keeps[all->n++] = mr_holder_holds(holder, all->version) &&
	    (holder->role & MR_KEY_ROLES) != 0;
	return MR_OK;
}

static enum mr_status
all_grants(struct rekey *r)
{
	struct holders *all = mr_alloc(r->c->arena, sizeof(*all));
	enum mr_status status;

	if (all == NULL)
		return mr_nomem(r->c);
	all->version = r->c->vault->version;
	status = mr_user_list(r->c, gather, all);
	for (int i = 0; i < all->n && status == MR_OK; i++) {
		if (all->keeps[i])
			status = mr_user_grant_put(r->c, all->id[i],
			    r->fresh->secret, r->fresh->version);
		else
			status = mr_user_grant_drop(r->c, all->id[i]);
		r->grants += all->keeps[i];
	}
	return status;
}

static enum mr_status
site_event(struct mr_call *c, int64_t id, int64_t *event)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT event FROM site "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	return sql_done_int(st, event);
}

static enum mr_status
store_site(struct rekey *r, const unsigned char *blind,
    const unsigned char *recovery, int64_t *before)
{
	struct mr_call *c = r->c;
	enum mr_status status = site_event(c, c->site->id, before);
	struct sql_stmt *st;

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE site SET vault_public = :public, vault_version = :pair, "
	    "blind_box = :blind, recovery_box = :recovery, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_blob(st, ":public", r->fresh->public, 32);
	sql_int(st, ":pair", r->fresh->version);
	sql_blob(st, ":blind", blind, MR_BLIND_BOX);
	sql_blob(st, ":recovery", recovery, MR_RECOVERY_BOX);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", c->site->id);
	return sql_done(st);
}

static enum mr_status
change_site(struct rekey *r)
{
	struct mr_call *c = r->c;
	struct mr_field fields[] = {{MR_F_VALUE, r->fresh->version, NULL, 0},
	    {MR_F_COUNT, r->records, NULL, 0},
	    {MR_F_CHANGED, r->grants, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	unsigned char blind[MR_BLIND_BOX], box[MR_RECOVERY_BOX], public[32];
	int64_t before = 0;
	enum mr_status status;

	/* Or the new vault would be sealed to whoever wrote their key there. */
	status = mr_row_proved(c, MR_SITE, c->site->id);
	if (status == MR_OK)
		status = mr_recovery_public(c, public);
	if (status == MR_OK)
		status = mr_blind_seal(c, r->fresh->public, r->fresh->version,
		    r->fresh->blind, blind);
	if (status == MR_OK)
		status = mr_recovery_seal(c, public, c->keys, r->fresh->secret,
		    r->fresh->version, box);
	if (status == MR_OK)
		status = store_site(r, blind, box, &before);
	if (status == MR_OK)
		status = mr_event(c, MR_SITE, c->site->id, before, fields);
	return status;
}

/* What opens the vault there.  Its recovery box stays: what it signs with is
 * not here to be sealed with the new key (recovery.c). */
static enum mr_status
change_other(struct rekey *r, int64_t id)
{
	struct mr_call *c = r->c;
	struct mr_field fields[] = {
	    {MR_F_VALUE, r->fresh->version, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	unsigned char blind[MR_BLIND_BOX];
	struct mr_site place;
	enum mr_status status = mr_row_proved(c, MR_SITE, id);
	struct sql_stmt *st;
	int64_t before = 0;

	mr_site_as(c, id, &place);
	if (status == MR_OK)
		status = mr_blind_seal(c, r->fresh->public, r->fresh->version,
		    r->fresh->blind, blind);
	mr_site_back(c);
	if (status == MR_OK)
		status = site_event(c, id, &before);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE site SET vault_public = :public, vault_version = :pair, "
	    "blind_box = :blind, version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_blob(st, ":public", r->fresh->public, 32);
	sql_int(st, ":pair", r->fresh->version);
	sql_blob(st, ":blind", blind, MR_BLIND_BOX);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", id);
	status = sql_done(st);
	return status == MR_OK ? mr_event(c, MR_SITE, id, before, fields)
			       : status;
}

static enum mr_status
change_others(struct rekey *r)
{
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(r->c, &sites);

	for (int i = 0; status == MR_OK && i < sites->n; i++)
		if (sites->at[i].id != r->c->site->id)
			status = change_other(r, sites->at[i].id);
	return status;
}

/* Old tags go; new ones come with the new key, which serves the call just
 * for that. */
static enum mr_status
index_anew(struct rekey *r)
{
	const struct mr_vault *old = r->c->vault;
	enum mr_status status;
	struct sql_stmt *st;

	st = sql_prepare(r->c, SQL_SCAN "DELETE FROM blind");
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	r->c->vault = r->fresh;
	status = mr_blind_catch_up(r->c);
	r->c->vault = old;
	return status;
}

static struct mr_vault *
new_vault(int64_t version)
{
	struct mr_vault *vault = sodium_malloc(sizeof(*vault));

	if (vault == NULL)
		return NULL;
	crypto_box_keypair(vault->public, vault->secret);
	randombytes_buf(vault->blind, sizeof(vault->blind));
	vault->version = version;
	return vault;
}

enum mr_status
mr_office_rekey(struct mr_call *c)
{
	static const struct kind kinds[] = {
	    {MR_ADDRESS, next_address, store_address},
	    {MR_SEALED, next_sealed, store_sealed},
	};
	struct rekey r = {.c = c};
	enum mr_status status = mr_vault_check(c);

	if (status != MR_OK)
		return status;
	r.fresh = new_vault(c->vault->version + 1);
	if (r.fresh == NULL)
		return mr_nomem(c);
	status = count_rows(&r);
	for (size_t i = 0; i < 2 && status == MR_OK; i++)
		status = all_rows(&r, &kinds[i]);
	if (status == MR_OK)
		status = all_grants(&r);
	if (status == MR_OK)
		status = change_site(&r);
	if (status == MR_OK)
		status = change_others(&r);
	if (status == MR_OK)
		status = index_anew(&r);
	sodium_free(r.fresh);
	return status;
}
