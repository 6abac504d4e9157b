/*
 * The sites of an office: reading their rows, and which of them a handle
 * works for.  See site.h; making one: site_add.c.
 */
#include "lib/site.h"

#include <string.h>

#include "lib/handle.h"
#include "lib/text.h"
#include "lib/tongue.h"

/* Copies a text column where it outlives the statement. */
static const char *
keep(struct mr_arena *arena, struct sql_stmt *st, int col)
{
	const char *s = mr_strdup(arena, sql_col_text(st, col));

	return s != NULL ? s : "";
}

static void
keep_bytes(struct sql_stmt *st, int col, unsigned char *to, size_t want)
{
	size_t len;
	const void *bytes = sql_col_blob(st, col, &len);

	if (bytes != NULL && len == want)
		memcpy(to, bytes, want);
}

static void
take(struct mr *mr, struct sql_stmt *st)
{
	struct mr_site *site = &mr->site;

	mr_arena_reset(mr->lasting);
	mr->day_from = mr->day_to = 0;
	site->id = sql_col_int(st, 0);
	keep_bytes(st, 1, site->office, sizeof(site->office));
	site->name = keep(mr->lasting, st, 2);
	site->street = keep(mr->lasting, st, 3);
	site->city = keep(mr->lasting, st, 4);
	site->state = keep(mr->lasting, st, 5);
	site->zip = keep(mr->lasting, st, 6);
	site->zone = keep(mr->lasting, st, 7);
	keep_bytes(st, 8, site->vault_public, sizeof(site->vault_public));
	keep_bytes(st, 9, site->sign_public, sizeof(site->sign_public));
	site->vault_version = sql_col_int(st, 10);
}

enum mr_status
mr_site_load(struct mr_call *c)
{
	struct sql_stmt *st;
	int found = 0;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT id, office, name, street, city, state, zip, zone, "
	    "vault_public, sign_public, vault_version "
	    "FROM site "
	    "WHERE id = :id");
	sql_int(st, ":id", c->mr->site.id);
	if (sql_row(st)) {
		found = 1;
		take(c->mr, st);
	}
	status = sql_done(st);
	if (status == MR_OK && !found)
		return mr_fail(c, MR_DAMAGED,
		    "the database holds no office; restore the last backup");
	return status == MR_OK ? mr_gaps_load(c) : status;
}

enum mr_status
mr_sites_load(struct mr_call *c, struct mr_sites **out)
{
	struct mr_sites *sites = mr_alloc(c->arena, sizeof(*sites));
	struct mr_site_row *row;
	struct sql_stmt *st;
	enum mr_status status;

	if (sites == NULL)
		return mr_nomem(c);
	memset(sites, 0, sizeof(*sites));
	/* A few rows, and all are wanted. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT id, office, name, street, city, state, zip, "
		     "zone, sign_public "
		     "FROM site "
		     "ORDER BY id");
	while (sites->n < MR_SITES && sql_row(st)) {
		row = &sites->at[sites->n++];
		row->id = sql_col_int(st, 0);
		keep_bytes(st, 1, row->office, sizeof(row->office));
		row->name = keep(c->arena, st, 2);
		row->street = keep(c->arena, st, 3);
		row->city = keep(c->arena, st, 4);
		row->state = keep(c->arena, st, 5);
		row->zip = keep(c->arena, st, 6);
		row->zone = keep(c->arena, st, 7);
		keep_bytes(st, 8, row->sign_public, sizeof(row->sign_public));
	}
	status = sql_done(st);
	if (status == MR_OK)
		*out = sites;
	return status;
}

enum mr_status
mr_sites_count(struct mr_call *c, int64_t *count)
{
	struct sql_stmt *st;

	st = sql_prepare(c, SQL_SCAN "SELECT COUNT(*) FROM site");
	return sql_done_int(st, count);
}

enum mr_status
mr_site_emit(struct mr_call *c, struct mr_out *out, int64_t id)
{
	int64_t sites = 0;
	enum mr_status status = mr_sites_count(c, &sites);

	if (status != MR_OK)
		return status;
	if (sites > 1)
		out->integer(out, "site", id);
	else
		out->text(out, "site", NULL);
	return MR_OK;
}

const struct mr_site_row *
mr_sites_find(const struct mr_sites *sites, int64_t id)
{
	for (int i = 0; i < sites->n; i++)
		if (sites->at[i].id == id)
			return &sites->at[i];
	return NULL;
}

const char *
mr_site_words(struct mr_call *c, int64_t id)
{
	const struct mr_site_row *row = NULL;
	struct mr_sites *sites;
	const char *s;

	if (mr_sites_load(c, &sites) == MR_OK)
		row = mr_sites_find(sites, id);
	s = row == NULL
	    ? mr_printf(c->arena, mr_say("site %lld"), (long long)id)
	    : mr_printf(
		  c->arena, mr_say("site %lld (%s)"), (long long)id, row->city);
	return s != NULL ? s : "";
}

void
mr_site_as(struct mr_call *c, int64_t id, struct mr_site *place)
{
	*place = c->mr->site;
	place->id = id;
	c->site = place;
}

void
mr_site_back(struct mr_call *c)
{
	c->site = &c->mr->site;
}

static enum mr_status
by_keys(
    struct mr_call *c, const struct mr_sites *sites, const struct mr_keys *keys)
{
	for (int i = 0; i < sites->n; i++)
		if (memcmp(sites->at[i].sign_public, keys->verify, 32) == 0) {
			c->mr->site.id = sites->at[i].id;
			return mr_site_load(c);
		}
	return mr_fail(c, MR_REFUSED,
	    "office.key does not sign for this office, at no site of it; put "
	    "the right key file back, or restore it with 'mailroom office "
	    "recover --restore-keys'");
}

static enum mr_status
by_name(struct mr_call *c, const struct mr_sites *sites, const char *named)
{
	int64_t id = -1;

	if (mr_text_integer(named, 0, MR_SITES - 1, &id) != MR_NUMBER_OK ||
	    mr_sites_find(sites, id) == NULL)
		return mr_fail(c, MR_NOTFOUND,
		    "this office has no site %.20s; 'mailroom site list' shows "
		    "them",
		    named);
	c->mr->site.id = id;
	return mr_site_load(c);
}

enum mr_status
mr_site_choose(struct mr_call *c, const struct mr_keys *keys, const char *named)
{
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(c, &sites);

	if (status != MR_OK)
		return status;
	if (keys != NULL)
		return by_keys(c, sites, keys);
	if (named != NULL)
		return by_name(c, sites, named);
	if (sites->n > 1)
		return mr_fail(c, MR_USAGE,
		    "this office has %d sites, and no office.key tells which "
		    "of them this is; say its number in MAILROOM_SITE, as in "
		    "MAILROOM_SITE=1",
		    sites->n);
	/* None: the load says so. */
	c->mr->site.id = sites->n == 1 ? sites->at[0].id : 0;
	return mr_site_load(c);
}
