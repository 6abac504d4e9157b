/* The list of what waits for a second person's signature. */
#include "lib/countersign.h"

#include "lib/site.h"

#define COLUMNS "id, what, subject, first, second, day, version, event "

static void
read_row(struct sql_stmt *st, struct mr_countersign *sign)
{
	sign->id = sql_col_int(st, 0);
	sign->what = (int)sql_col_int(st, 1);
	sign->subject = sql_col_int(st, 2);
	sign->first = sql_col_int(st, 3);
	sign->second = sql_col_int(st, 4);
	sign->day = (int)sql_col_int(st, 5);
	sign->version = sql_col_int(st, 6);
	sign->event = sql_col_int(st, 7);
}

enum mr_status
mr_countersign_load(struct mr_call *c, int64_t id, struct mr_countersign *sign)
{
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM countersign "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		read_row(st, sign);
	}
	status = sql_done(st);
	if (status == MR_OK && !found)
		return mr_fail(c, MR_NOTFOUND,
		    "nothing with that number waits for a signature");
	return status;
}

enum mr_status
mr_countersign_of(struct mr_call *c, enum mr_subject what, int64_t subject,
    struct mr_countersign *sign)
{
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM countersign "
	    "WHERE second IS NULL "
	    "AND what = :what AND subject = :subject");
	sql_int(st, ":what", what);
	sql_int(st, ":subject", subject);
	if (sql_row(st)) {
		found = 1;
		read_row(st, sign);
	}
	status = sql_done(st);
	return status == MR_OK && !found ? MR_NOTFOUND : status;
}

static enum mr_status
insert(struct mr_call *c, enum mr_subject what, int64_t subject, int64_t *id)
{
	enum mr_status status = mr_next_id(c, MR_NEWEST("countersign"), id);
	struct sql_stmt *st;

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO countersign (id, what, subject, first, day, "
	    "version, event) "
	    "VALUES (:id, :what, :subject, :first, :day, 1, :event)");
	sql_int(st, ":id", *id);
	sql_int(st, ":what", what);
	sql_int(st, ":subject", subject);
	sql_int(st, ":first", c->user);
	sql_int(st, ":day", c->today);
	sql_int(st, ":event", mr_event_next(c));
	return sql_done(st);
}

/* The same subject again: now this user's step waits, from today on. */
static enum mr_status
replace(struct mr_call *c, const struct mr_countersign *sign)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "UPDATE countersign "
	    "SET first = :first, day = :day, version = version + 1, "
	    "event = :event "
	    "WHERE id = :id");
	sql_int(st, ":first", c->user);
	sql_int(st, ":day", c->today);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", sign->id);
	return sql_done(st);
}

enum mr_status
mr_countersign_open(
    struct mr_call *c, enum mr_subject what, int64_t subject, int64_t *id)
{
	const struct mr_field fields[] = {
	    {.tag = MR_F_KIND, .number = what},
	    {.tag = MR_F_USER, .number = c->user},
	    {.tag = MR_F_DAY, .number = c->today},
	    {.tag = MR_F_END},
	};
	struct mr_countersign sign = {0};
	enum mr_status status = mr_countersign_of(c, what, subject, &sign);

	if (status == MR_OK)
		status = replace(c, &sign);
	else if (status == MR_NOTFOUND)
		status = insert(c, what, subject, &sign.id);
	if (status == MR_OK)
		status =
		    mr_event(c, MR_COUNTERSIGN, sign.id, sign.event, fields);
	if (status == MR_OK && id != NULL)
		*id = sign.id;
	return status;
}

enum mr_status
mr_countersign_sign(struct mr_call *c, int64_t id, struct mr_countersign *sign)
{
	struct mr_countersign row;
	const struct mr_field fields[] = {
	    {.tag = MR_F_USER, .number = c->user},
	    {.tag = MR_F_END},
	};
	enum mr_status status = mr_countersign_load(c, id, &row);
	struct sql_stmt *st;

	if (status != MR_OK)
		return status;
	if (row.second != 0)
		return mr_fail(c, MR_REFUSED, "that has been signed already");
	if (row.first == c->user)
		return mr_fail(c, MR_REFUSED,
		    "whoever did a step cannot sign it as second person; ask "
		    "somebody else");
	st = sql_prepare(c,
	    "UPDATE countersign "
	    "SET second = :second, version = :version, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":second", c->user);
	sql_int(st, ":version", row.version + 1);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", id);
	status = sql_done(st);
	if (status == MR_OK)
		status = mr_event(c, MR_COUNTERSIGN, id, row.event, fields);
	if (status != MR_OK)
		return status;
	row.second = c->user;
	*sign = row;
	return MR_OK;
}

enum mr_status
mr_countersign_list(struct mr_call *c, int everywhere,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_countersign *sign),
    void *arg)
{
	int64_t site = everywhere ? 0 : c->site->id;
	enum mr_status status = MR_OK, done;
	struct mr_countersign row;
	struct sql_stmt *st;

	/* The partial index holds the open ones only. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT " COLUMNS "FROM countersign "
		     "WHERE second IS NULL AND id >= :low AND id < :end "
		     "ORDER BY id");
	sql_int(st, ":low", site << MR_SITE_SHIFT);
	sql_int(st, ":end",
	    (everywhere ? (int64_t)MR_SITES : site + 1) << MR_SITE_SHIFT);
	while (status == MR_OK && sql_row(st)) {
		read_row(st, &row);
		status = each(c, arg, &row);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

enum mr_status
mr_countersign_count(struct mr_call *c, int64_t *open, int64_t *overdue)
{
	struct sql_stmt *st;

	*open = *overdue = 0;
	st = sql_prepare(c,
	    SQL_SCAN "SELECT day FROM countersign "
		     "WHERE second IS NULL AND id >= :low AND id < :end");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	while (sql_row(st)) {
		++*open;
		if (sql_col_int(st, 0) < c->today - MR_COUNTERSIGN_DAYS)
			++*overdue;
	}
	return sql_done(st);
}
