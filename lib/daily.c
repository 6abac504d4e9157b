/*
 * What the program does of itself, with nobody asking: a checkpoint a day, the
 * log moved into the file.  Contracts in mailroom.h.
 */
#include "lib/again.h"
#include "lib/audit.h"
#include "lib/handle.h"
#include "lib/when.h"

static enum mr_status
newest_checkpoint(struct mr_call *c, int64_t *at)
{
	struct sql_stmt *st;
	enum mr_status status;

	*at = 0;
	st = sql_prepare(c,
	    "SELECT at FROM checkpoint "
	    "WHERE id >= :low AND id < :end "
	    "ORDER BY id DESC LIMIT 1");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	status = sql_done_int(st, at);
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* Between begin and commit, so that of two programs one signs. */
static enum mr_status
sign_today(struct mr_call *c, int64_t *event)
{
	enum mr_status status;
	int64_t at;

	status = newest_checkpoint(c, &at);
	if (status != MR_OK || mr_day_of(at) >= c->today)
		return status;
	status = mr_audit_checkpoint(c);
	if (status == MR_OK)
		*event = MR_SEQ(c->first_event);
	return status;
}

enum mr_status
mr_checkpoint_daily(
    struct mr *mr, int64_t now, int64_t *event, struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, now, error);
	struct mr_again again = {0};
	int64_t signed_at = 0;
	enum mr_status status;

	c->op = MR_AUDIT_CHECKPOINT;
	c->station = 0;
	if (c->keys == NULL) {
		status = mr_fail(c, MR_BUG, "nothing to sign with");
		goto out;
	}
	do {
		signed_at = c->first_event = 0;
		c->events = 0;
		status = mr_begin(c, 1);
		if (status == MR_OK)
			status = mr_end(c, sign_today(c, &signed_at));
	} while (mr_again(mr, &again, status));
	if (status == MR_OK)
		*event = signed_at;
out:
	mr_call_end(c);
	return status;
}

enum mr_status
mr_log_move(struct mr *mr, struct mr_error *error)
{
	enum mr_status status = sql_checkpoint(mr->db, 0);

	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(mr->db));
	return MR_OK;
}

int64_t
mr_log_pages(const struct mr *mr)
{
	return sql_log_pages(mr->db);
}

int
mr_has_log(const struct mr *mr)
{
	return sql_is_file(mr->db);
}
