/*
 * One of the two databases of a copy: its handle, and where its chains end.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/audit.h"
#include "lib/copy_work.h"
#include "lib/instance.h"
#include "lib/tongue.h"

/* Again is as good as at first: what was copied stays. */
static int
goes_on(enum mr_status status)
{
	return status == MR_LOST || status == MR_UNCERTAIN ||
	    status == MR_BUSY || status == MR_FULL || status == MR_IO ||
	    status == MR_NOMEM;
}

static enum mr_status
told(struct copying *k, struct copy_side *side, enum mr_status status,
    const char *sentence)
{
	if (status == MR_OK)
		return MR_OK;
	return mr_error(k->error, status, "%s: %.380s%s", mr_say(side->which),
	    sentence,
	    goes_on(status) && k->done > 0
		? mr_say("; the same copy begun again goes on from there")
		: "");
}

enum mr_status
mr_copy_told(struct copying *k, struct copy_side *side, enum mr_status status)
{
	return told(k, side, status, side->error.message);
}

enum mr_status
mr_copy_said(struct copying *k, struct copy_side *side, enum mr_status status)
{
	return told(k, side, status, mr_say(sql_message(side->mr->db)));
}

enum mr_status
mr_copy_open(struct copying *k, struct copy_side *side, const char *url,
    const struct sql_options *options)
{
	struct mr *mr = mr_calloc(sizeof(*mr));
	enum mr_status status;

	side->mr = mr;
	if (mr == NULL || (mr->lasting = mr_arena_new(0)) == NULL ||
	    (mr->arena = mr_arena_new(0)) == NULL ||
	    (mr->tape = mr_arena_new(0)) == NULL ||
	    (mr->url = mr_cstrdup(url)) == NULL)
		return mr_error(k->error, MR_NOMEM, "memory ran out");
	mr->readonly = options->readonly;
	status = sql_open(url, options, &mr->db, &side->error);
	side->c = mr_call_start(mr, 0, &side->error);
	side->c->progress = k->in->progress;
	side->c->progress_arg = k->in->arg;
	if (status == MR_IO)
		return told(k, side, status,
		    mr_say("it cannot be opened; is it there, and may you "
			   "read and write it?"));
	return mr_copy_told(k, side, status);
}

void
mr_copy_close(struct copy_side *side)
{
	if (side->mr != NULL && side->mr->db != NULL &&
	    sql_in_transaction(side->mr->db))
		sql_rollback(side->mr->db);
	mr_close(side->mr);
	side->mr = NULL;
}

enum mr_status
mr_copy_begin(struct copying *k, struct copy_side *side, int write)
{
	return mr_copy_said(k, side, sql_begin(side->mr->db, write));
}

enum mr_status
mr_copy_commit(struct copying *k, struct copy_side *side)
{
	return mr_copy_said(k, side, sql_commit(side->mr->db));
}

/* As everywhere on the command line, against mistakes only. */
enum mr_status
mr_copy_may(struct copying *k)
{
	struct sql_stmt *st;
	enum mr_status status;
	unsigned role = 0;

	if (k->in->user == NULL)
		return MR_OK;
	st = sql_prepare(k->from.c,
	    "SELECT role FROM users WHERE name = :name AND status = 1");
	sql_text(st, ":name", k->in->user);
	if (sql_row(st))
		role = (unsigned)sql_col_int(st, 0);
	status = sql_done(st);
	if (status != MR_OK)
		return mr_copy_told(k, &k->from, status);
	if ((role & (MR_COORDINATOR | MR_ADMIN)) != 0)
		return MR_OK;
	return mr_error(k->error, MR_DENIED,
	    "the office is copied by a coordinator or an admin; name one "
	    "with --user");
}

static enum mr_status
sites(struct copy_side *side, struct mr_copy_head heads[MR_COPY_SITES], int *n)
{
	struct sql_stmt *st =
	    sql_prepare(side->c, SQL_SCAN "SELECT id FROM site ORDER BY id");

	for (*n = 0; sql_row(st) && *n < MR_COPY_SITES; ++*n)
		heads[*n] = (struct mr_copy_head){.site = sql_col_int(st, 0)};
	return sql_done(st);
}

/* One that has nothing to do writes no event, but would go on there. */
enum mr_status
mr_copy_unserved(struct copying *k)
{
	struct mr_copy_head at[MR_COPY_SITES];
	struct mr_instance there;
	int n = 0;
	enum mr_status status = sites(&k->from, at, &n);

	for (int i = 0; i < n && status == MR_OK; i++)
		status = mr_instance_quiet(k->from.c, at[i].site, &there);
	if (status == MR_REFUSED)
		return mr_error(k->error, MR_REFUSED,
		    "a mailroomd serves the old office: on %s, process %lld; "
		    "stop it, let nobody work there, and copy then",
		    there.host, (long long)there.process);
	return mr_copy_told(k, &k->from, status);
}

/* Without an event it stays at 0. */
static enum mr_status
head(struct copy_side *side, struct mr_copy_head *h)
{
	struct sql_stmt *st = sql_prepare(side->c,
	    "SELECT id, hash FROM event "
	    "WHERE id > :start AND id < :end "
	    "ORDER BY id DESC LIMIT 1");
	const void *hash;
	size_t len;

	sql_int(st, ":start", h->site << MR_SITE_SHIFT);
	sql_int(st, ":end", (h->site + 1) << MR_SITE_SHIFT);
	if (sql_row(st)) {
		h->event = MR_SEQ(sql_col_int(st, 0));
		hash = sql_col_blob(st, 1, &len);
		if (hash != NULL && len == sizeof(h->hash))
			memcpy(h->hash, hash, len);
	}
	return sql_done(st);
}

enum mr_status
mr_copy_heads(struct copying *k, struct copy_side *side,
    struct mr_copy_head heads[MR_COPY_SITES], int *n)
{
	enum mr_status status = sites(side, heads, n);

	for (int i = 0; i < *n && status == MR_OK; i++)
		status = head(side, &heads[i]);
	return mr_copy_told(k, side, status);
}

static int
say_nothing(void *to, const void *bytes, size_t len)
{
	(void)to, (void)bytes, (void)len;
	return 0;
}

/* The first one: an audit from there looks at all chains. */
enum mr_status
mr_copy_site(struct copying *k, struct copy_side *side)
{
	side->mr->site.id = k->out->from[0].site;
	return mr_copy_told(k, side, mr_site_load(side->c));
}

enum mr_status
mr_copy_audit(struct copying *k, struct copy_side *side)
{
	const struct mr_audit_paper no_paper = {NULL, 0};
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;
	enum mr_status status;

	if (arena != NULL)
		out = mr_out_json(arena, say_nothing, NULL, NULL);
	if (out == NULL) {
		mr_arena_free(arena);
		return mr_error(k->error, MR_NOMEM, "memory ran out");
	}
	status = mr_audit_verify(side->c, &no_paper, out);
	mr_arena_free(arena);
	return mr_copy_told(k, side, status);
}
