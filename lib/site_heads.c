/*
 * Sites vouch for one another: where the chains of the others stand, written
 * into this one.  See site.h.
 */
#include <string.h>

#include "lib/event.h"
#include "lib/handle.h"
#include "lib/site.h"

/* The newest event of a site: 0 when there is none. */
static enum mr_status
newest(
    struct mr_call *c, int64_t site, int64_t *id, unsigned char hash[MR_HASH])
{
	struct sql_stmt *st;
	const void *bytes;
	size_t len;

	*id = 0;
	st = sql_prepare(c,
	    "SELECT id, hash FROM event "
	    "WHERE id > :start AND id < :end "
	    "ORDER BY id DESC LIMIT 1");
	sql_int(st, ":start", site << MR_SITE_SHIFT);
	sql_int(st, ":end", (site + 1) << MR_SITE_SHIFT);
	if (sql_row(st)) {
		bytes = sql_col_blob(st, 1, &len);
		if (len == MR_HASH) {
			memcpy(hash, bytes, len);
			*id = sql_col_int(st, 0);
		}
	}
	return sql_done(st);
}

static enum mr_status
log_one(struct mr_call *c, int64_t site)
{
	unsigned char hash[MR_HASH];
	struct mr_field fields[] = {{MR_F_SITE, site, NULL, 0},
	    {MR_F_EVENT, 0, NULL, 0}, {MR_F_HEAD, 0, hash, sizeof(hash)},
	    {MR_F_END, 0, NULL, 0}};
	enum mr_status status = newest(c, site, &fields[1].number, hash);

	if (status != MR_OK || fields[1].number == 0)
		return status;
	return mr_event_note(c, MR_SITE, c->site->id, fields);
}

enum mr_status
mr_heads_log(struct mr_call *c)
{
	const unsigned char *request = c->request;
	int op = c->op, station = c->station;
	int64_t user = c->user;
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(c, &sites);

	/* The program does that, whoever gave the occasion. */
	c->request = NULL;
	c->op = MR_SITE_HEADS;
	c->station = 0;
	c->user = 0;
	for (int i = 0; status == MR_OK && i < sites->n; i++)
		if (sites->at[i].id != c->site->id)
			status = log_one(c, sites->at[i].id);
	c->request = request;
	c->op = op;
	c->station = station;
	c->user = user;
	return status;
}
