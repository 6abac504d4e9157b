/*
 * Rows of the register of forwarding IDs: look them up, show them, block and
 * retire them.  Issuing is in fid_register.c, reading what was typed in
 * fid_read.c.
 */
#include "lib/fid.h"

#include <string.h>

#include "lib/chain.h"
#include "lib/tongue.h"

static const struct {
	int number;
	const char *word;
	int use;
} reasons[] = {
#define X(name, number, word, use) {number, word, use},
    MR_FID_REASONS(X)
#undef X
};
#define NREASONS (sizeof(reasons) / sizeof(reasons[0]))

const char *
mr_fid_status_name(int status)
{
	static const char *const names[] = {
	    [MR_FID_ACTIVE] = "active",
	    [MR_FID_BLOCKED] = "blocked",
	    [MR_FID_RETIRED] = "retired",
	};

	if (status < MR_FID_ACTIVE || status > MR_FID_RETIRED)
		return NULL;
	return names[status];
}

const char *
mr_fid_reason_name(int reason)
{
	for (size_t i = 0; i < NREASONS; i++)
		if (reasons[i].number == reason)
			return reasons[i].word;
	return NULL;
}

enum mr_status
mr_fid_reason_read(struct mr_call *c, const char *word, int use, int *reason)
{
	const char *list = "";

	for (size_t i = 0; i < NREASONS; i++) {
		if (!(reasons[i].use & use))
			continue;
		if (word != NULL && strcmp(reasons[i].word, word) == 0) {
			*reason = reasons[i].number;
			return MR_OK;
		}
		list = mr_printf(c->arena, "%s%s%s", list,
		    *list != '\0' ? ", " : "", reasons[i].word);
		if (list == NULL)
			return mr_nomem(c);
	}
	return mr_fail(c, MR_INVALID,
	    "that is no reason of the list; choose one of: %s", list);
}

static void
take(struct sql_stmt *st, struct mr_fid *fid)
{
	fid->id = sql_col_int(st, 0);
	fid->code = sql_col_int(st, 1);
	fid->pairing = sql_col_int(st, 2);
	fid->writer = sql_col_int(st, 3);
	fid->status = (int)sql_col_int(st, 4);
	fid->reason = (int)sql_col_int(st, 5);
	fid->since = (int)sql_col_int(st, 6);
	fid->route_until = (int)sql_col_int(st, 7);
	fid->version = sql_col_int(st, 8);
	fid->event = sql_col_int(st, 9);
}

/* The one row of a statement, or MR_NOTFOUND. */
static enum mr_status
take_one(struct sql_stmt *st, struct mr_fid *fid)
{
	enum mr_status status;
	int found = 0;

	if (sql_row(st)) {
		found = 1;
		take(st, fid);
	}
	status = sql_done(st);
	return status == MR_OK && !found ? MR_NOTFOUND : status;
}

enum mr_status
mr_fid_load(struct mr_call *c, int64_t id, struct mr_fid *fid)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, code, pairing, writer, status, reason, since, "
	    "route_until, version, event "
	    "FROM forwarding_id "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	return take_one(st, fid);
}

enum mr_status
mr_fid_by_code(struct mr_call *c, int64_t code, struct mr_fid *fid)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, code, pairing, writer, status, reason, since, "
	    "route_until, version, event "
	    "FROM forwarding_id "
	    "WHERE code = :code");
	sql_int(st, ":code", code);
	return take_one(st, fid);
}

enum mr_status
mr_fid_of(
    struct mr_call *c, int64_t pairing, int64_t writer, struct mr_fid *fid)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, code, pairing, writer, status, reason, since, "
	    "route_until, version, event "
	    "FROM forwarding_id "
	    "WHERE pairing = :pairing AND writer = :writer AND status = 1 "
	    "ORDER BY id DESC LIMIT 1");
	sql_int(st, ":pairing", pairing);
	sql_int(st, ":writer", writer);
	return take_one(st, fid);
}

enum mr_status
mr_fid_list(struct mr_call *c, int64_t pairing,
    enum mr_status (*each)(
	struct mr_call *c, const struct mr_fid *fid, void *arg),
    void *arg)
{
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;
	struct mr_fid fid;

	st = sql_prepare(c,
	    "SELECT id, code, pairing, writer, status, reason, since, "
	    "route_until, version, event "
	    "FROM forwarding_id "
	    "WHERE pairing = :pairing "
	    "ORDER BY id");
	sql_int(st, ":pairing", pairing);
	while (status == MR_OK && sql_row(st)) {
		take(st, &fid);
		status = each(c, &fid, arg);
	}
	done = sql_done(st);
	return status == MR_OK ? done : status;
}

const char *
mr_fid_show_code(struct mr_call *c, int64_t code)
{
	char text[MR_CODE_TEXT];
	struct mr_symbols symbols;
	const char *s = NULL;

	if (mr_code_from_number(code, &symbols) == 0)
		s = mr_strdup(c->arena, mr_code_format(&symbols, text));
	return s != NULL ? s : "";
}

const char *
mr_fid_show(struct mr_call *c, const struct mr_fid *fid)
{
	return mr_fid_show_code(c, fid->code);
}

int
mr_fid_routes(const struct mr_call *c, const struct mr_fid *fid)
{
	if (fid->status == MR_FID_RETIRED)
		return fid->route_until != 0 && c->today <= fid->route_until;
	return fid->status == MR_FID_ACTIVE;
}

/* Move a row to another status, with its event. */
static enum mr_status
change(struct mr_call *c, const struct mr_fid *fid, int status, int reason,
    int route_until)
{
	const struct mr_field fields[] = {
	    {MR_F_FROM, fid->status, NULL, 0},
	    {MR_F_TO, status, NULL, 0},
	    {MR_F_REASON, reason, NULL, 0},
	    {MR_F_PAIRING, fid->pairing, NULL, 0},
	    {MR_F_PERSON, fid->writer, NULL, 0},
	    {route_until != 0 ? MR_F_UNTIL : MR_F_END, route_until, NULL, 0},
	    {MR_F_END, 0, NULL, 0},
	};
	enum mr_status done = mr_row_proved(c, MR_FORWARDING_ID, fid->id);
	struct sql_stmt *st;

	if (done != MR_OK)
		return done;
	st = sql_prepare(c,
	    "UPDATE forwarding_id SET status = :status, reason = :reason, "
	    "since = :since, route_until = :route_until, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id AND version = :version");
	sql_int(st, ":status", status);
	sql_int(st, ":reason", reason);
	sql_int(st, ":since", c->today);
	sql_int0(st, ":route_until", route_until);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", fid->id);
	sql_int(st, ":version", fid->version);
	done = sql_done(st);
	if (done != MR_OK)
		return done;
	return mr_event(c, MR_FORWARDING_ID, fid->id, fid->event, fields);
}

enum mr_status
mr_fid_retire(struct mr_call *c, const struct mr_fid *fid,
    enum mr_fid_reason reason, int route_until)
{
	return change(c, fid, MR_FID_RETIRED, reason, route_until);
}

enum mr_status
mr_fid_block(struct mr_call *c, const struct mr_fid_block *in)
{
	enum mr_status status;
	struct mr_fid fid;
	int reason;

	status = mr_fid_reason_read(c, in->reason, MR_FID_BLOCK, &reason);
	if (status == MR_OK)
		status = mr_fid_find(c, in->code, &fid);
	if (status != MR_OK)
		return status;
	if (!mr_fid_routes(c, &fid))
		return mr_fail(c, MR_REFUSED,
		    "%s is %s already and its letters are held; nothing is "
		    "left to stop",
		    mr_fid_show(c, &fid),
		    mr_say(mr_fid_status_name(fid.status)));
	return change(c, &fid, MR_FID_BLOCKED, reason, 0);
}

enum mr_status
mr_fid_unblock(struct mr_call *c, const struct mr_fid_unblock *in)
{
	struct mr_fid fid, newer;
	enum mr_status status;

	status = mr_fid_find(c, in->code, &fid);
	if (status != MR_OK)
		return status;
	/* The end of its pairing has retired it, blocked or not. */
	if (fid.status != MR_FID_BLOCKED)
		return mr_fail(c, MR_REFUSED, "%s is %s, not blocked",
		    mr_fid_show(c, &fid),
		    mr_say(mr_fid_status_name(fid.status)));
	status = mr_fid_of(c, fid.pairing, fid.writer, &newer);
	if (status == MR_OK)
		return mr_fail(c, MR_REFUSED,
		    "%s took its place; a writer has one ID a pairing, so "
		    "this one stays blocked",
		    mr_fid_show(c, &newer));
	if (status != MR_NOTFOUND)
		return status;
	return change(c, &fid, MR_FID_ACTIVE, MR_FID_NO_REASON, 0);
}
