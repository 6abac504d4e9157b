/* An office from one database to another.  See copy.h. */
#include "lib/copy.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/copy_work.h"
#include "lib/migrate.h"
#include "lib/tongue.h"

#define BUSY_MS 5000

static enum mr_status
check_schema(struct copying *k)
{
	int64_t version = 0, ours = mr_schema_version();
	enum mr_status status = sql_version(k->from.mr->db, &version);

	if (status != MR_OK)
		return mr_copy_said(k, &k->from, status);
	if (version == 0)
		return mr_error(k->error, MR_NOTFOUND,
		    "there is no office of Mailroom in the old database");
	if (version >= MR_SCHEMA_COPYING)
		return mr_error(k->error, MR_REFUSED,
		    "the old database is itself a copy that is not finished; "
		    "name the one that it was copied from");
	if (version > ours)
		return mr_error(k->error, MR_NEWER,
		    "this office was made by a newer Mailroom (schema %lld, "
		    "this program knows %lld); install the newer program",
		    (long long)version, (long long)ours);
	if (version < ours)
		return mr_error(k->error, MR_REFUSED,
		    "the old database is of an older Mailroom (schema %lld, "
		    "now it is %lld), and a copy changes nothing there; run "
		    "'mailroom office check' on it once, which brings it up "
		    "to date, and copy then",
		    (long long)version, (long long)ours);
	return MR_OK;
}

/* Which office, and where its chains end. */
static void
make_mark(struct copying *k)
{
	crypto_generichash_state state;

	memcpy(k->mark, k->from.c->site->office, 16);
	crypto_generichash_init(&state, NULL, 0, MR_COPY_HASH);
	for (int i = 0; i < k->out->sites; i++) {
		const struct mr_copy_head *h = &k->out->from[i];
		uint64_t id = (uint64_t)(h->site << MR_SITE_SHIFT | h->event);
		unsigned char bytes[8];

		for (int j = 7; j >= 0; j--, id >>= 8)
			bytes[j] = id & 0xff;
		crypto_generichash_update(&state, bytes, sizeof(bytes));
		crypto_generichash_update(&state, h->hash, sizeof(h->hash));
		k->out->events += h->event;
	}
	crypto_generichash_final(&state, k->mark + 16, MR_COPY_HASH);
}

/* The source's transaction is one for all that is read there. */
static enum mr_status
look_at_source(struct copying *k)
{
	struct sql_options options = {.readonly = 1, .busy_ms = BUSY_MS};
	enum mr_status status =
	    mr_copy_open(k, &k->from, k->in->from, &options);

	if (status == MR_OK)
		status = check_schema(k);
	if (status == MR_OK)
		status = mr_copy_unserved(k);
	if (status == MR_OK)
		status = mr_copy_begin(k, &k->from, 0);
	if (status != MR_OK)
		return status;
	status = mr_copy_heads(k, &k->from, k->out->from, &k->out->sites);
	if (status == MR_OK)
		status = mr_copy_site(k, &k->from);
	if (status == MR_OK)
		status = mr_copy_may(k);
	if (status != MR_OK)
		return status;
	snprintf(
	    k->out->name, sizeof(k->out->name), "%s", k->from.c->site->name);
	make_mark(k);
	return MR_OK;
}

/* Rows are compared, and the audit is made, on what the target has kept. */
static enum mr_status
check_target(struct copying *k)
{
	enum mr_status status = mr_copy_begin(k, &k->to, 0);
	int n = 0;

	if (status == MR_OK)
		status = mr_copy_compare(k);
	if (status == MR_OK)
		status = mr_copy_site(k, &k->to);
	if (status == MR_OK)
		status = mr_copy_audit(k, &k->to);
	if (status == MR_OK)
		status = mr_copy_heads(k, &k->to, k->out->to, &n);
	return status == MR_OK ? mr_copy_commit(k, &k->to) : status;
}

/* Who worked at the source meanwhile did it in vain. */
static enum mr_status
check_source(struct copying *k)
{
	struct mr_copy_head now[MR_COPY_SITES];
	enum mr_status status = mr_copy_commit(k, &k->from);
	int n = 0, same;

	if (status == MR_OK)
		status = mr_copy_begin(k, &k->from, 0);
	if (status == MR_OK)
		status = mr_copy_heads(k, &k->from, now, &n);
	if (status != MR_OK)
		return status;
	same = n == k->out->sites;
	for (int i = 0; i < n && same; i++)
		same = now[i].site == k->out->from[i].site &&
		    now[i].event == k->out->from[i].event &&
		    memcmp(now[i].hash, k->out->from[i].hash, MR_COPY_HASH) ==
			0;
	if (same)
		return MR_OK;
	return mr_error(k->error, MR_REFUSED,
	    "somebody worked in the old office while it was copied, and that "
	    "is not in the copy; stop mailroomd and all work, and copy again "
	    "into an empty database");
}

static enum mr_status
copy(struct copying *k)
{
	struct sql_options options = {.create = 1, .busy_ms = BUSY_MS};
	enum mr_status status = mr_copy_tables(k);

	if (status == MR_OK)
		status = look_at_source(k);
	if (status == MR_OK)
		status = mr_copy_open(k, &k->to, k->in->to, &options);
	if (status == MR_OK)
		status = mr_copy_look(k);
	if (status == MR_OK)
		status = mr_copy_audit(k, &k->from);
	if (status == MR_OK)
		status = mr_copy_count(k);
	if (status == MR_OK && !k->out->went_on)
		status = mr_copy_mark(k);
	if (status == MR_OK)
		status = mr_copy_rows(k);
	if (status == MR_OK)
		status = check_target(k);
	if (status == MR_OK)
		status = check_source(k);
	if (status == MR_OK)
		status = mr_copy_unmark(k);
	/* So that the file alone is the office. */
	if (status == MR_OK)
		status =
		    mr_copy_said(k, &k->to, sql_checkpoint(k->to.mr->db, 1));
	return status;
}

enum mr_status
mr_office_copy(
    const struct mr_copy *in, struct mr_copied *out, struct mr_error *error)
{
	struct copying *k;
	enum mr_status status = MR_NOMEM;

	memset(out, 0, sizeof(*out));
	if (sodium_init() < 0)
		return mr_error(error, MR_BUG, "libsodium does not start");
	k = mr_calloc(sizeof(*k));
	if (k == NULL || (k->arena = mr_arena_new(0)) == NULL) {
		mr_error(error, MR_NOMEM, "memory ran out");
		goto out;
	}
	k->in = in;
	k->out = out;
	k->error = error;
	k->from.which = MR_SAID("the old database");
	k->to.which = MR_SAID("the new database");
	status = copy(k);
	mr_copy_close(&k->to);
	mr_copy_close(&k->from);
out:
	if (k != NULL)
		mr_arena_free(k->arena);
	mr_cfree(k, sizeof(*k));
	return status;
}
