/* The badge table.  See badge.h. */
#include "lib/badge.h"

#include "lib/chain.h"
#include "lib/user.h"

enum mr_status
mr_badge_load(struct mr_call *c, int64_t user, struct mr_badge *badge)
{
	enum mr_status status, found = MR_NOTFOUND;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, copy, version, event "
	    "FROM badge "
	    "WHERE id = :id");
	sql_int(st, ":id", user);
	if (sql_row(st)) {
		badge->id = sql_col_int(st, 0);
		badge->copy = (int)sql_col_int(st, 1);
		badge->version = sql_col_int(st, 2);
		badge->event = sql_col_int(st, 3);
		found = MR_OK;
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (found == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND, "that user has no badge yet");
	return MR_OK;
}

/* before: the row as it stands; copy 0: there is none. */
static enum mr_status
store(struct mr_call *c, const struct mr_badge *before, unsigned role)
{
	const struct mr_field fields[] = {
	    {.tag = MR_F_COPY, .number = before->copy + 1},
	    {.tag = MR_F_ROLE, .number = role},
	    {.tag = MR_F_END},
	};
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "INSERT INTO badge (id, copy, version, event) "
	    "VALUES (:id, :copy, :version, :event) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET copy = excluded.copy, version = excluded.version, "
	    "event = excluded.event");
	sql_int(st, ":id", before->id);
	sql_int(st, ":copy", before->copy + 1);
	sql_int(st, ":version", before->version + 1);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_BADGE, before->id, before->event, fields);
}

enum mr_status
mr_badge_new(struct mr_call *c, int64_t user)
{
	struct mr_badge before = {.id = user};
	struct mr_holder holder;
	enum mr_status status = mr_holder_load(c, user, &holder);

	if (status != MR_OK)
		return status;
	if (holder.status != MR_USER_ACTIVE)
		return mr_fail(c, MR_REFUSED,
		    "%s is disabled and gets no badge; 'mailroom user enable "
		    "%s' comes first",
		    holder.name, holder.name);
	status = mr_badge_load(c, user, &before);
	if (status == MR_OK)
		status = mr_row_proved(c, MR_BADGE, user);
	else if (status == MR_NOTFOUND)
		status = MR_OK;
	return status == MR_OK ? store(c, &before, holder.role) : status;
}

int
mr_badge_make(const uint8_t *key, int64_t user, int copy, char *text)
{
	struct mr_payload out = {.copy = copy};

	if (user < 0 || user >= MR_PAYLOAD_NUMBERS)
		return -1;
	mr_payload_number(&out, MR_PAYLOAD_BADGE, user);
	return mr_payload_make(key, &out, text);
}
