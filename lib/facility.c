/*
 * Facilities: rows in and out.  What they ask of mail is rule.c, reading the
 * list of them from a file is facility_import.c.
 */
#include "lib/facility.h"

#include <string.h>
#include <strings.h>

#include "lib/chain.h"
#include "lib/place.h"
#include "lib/rule.h"
#include "lib/tongue.h"

#define COLUMNS \
	"id, code, name, kind, security, gender, has_camp, street, city, " \
	"state, zip, population, source, checked, status, version, event "

static const char *const statuses[] = {
    NULL,
    [MR_FACILITY_TAKES_MAIL] = "takes mail",
    [MR_FACILITY_CLOSED] = "closed",
    [MR_FACILITY_NO_MAIL] = "no mail",
};
#define NSTATUSES (int)(sizeof(statuses) / sizeof(statuses[0]))

const char *
mr_facility_status_name(int status)
{
	return status > 0 && status < NSTATUSES ? statuses[status] : NULL;
}

int
mr_facility_status_of(const char *name)
{
	char plain[16];
	size_t n = strlen(name);

	if (n >= sizeof(plain))
		return 0;
	for (size_t i = 0; i <= n; i++)
		plain[i] = name[i] == '-' || name[i] == '_' ? ' ' : name[i];
	for (int i = 1; i < NSTATUSES; i++)
		if (strcasecmp(plain, statuses[i]) == 0)
			return i;
	return 0;
}

/* Strings are the statement's. */
static void
read_row(struct sql_stmt *st, struct mr_facility *f)
{
	f->id = sql_col_int(st, 0);
	f->code = sql_col_text(st, 1);
	f->name = sql_col_text(st, 2);
	f->kind = sql_col_text(st, 3);
	f->security = sql_col_text(st, 4);
	f->gender = sql_col_text(st, 5);
	f->has_camp = (int)sql_col_int(st, 6);
	f->street = sql_col_text(st, 7);
	f->city = sql_col_text(st, 8);
	f->state = sql_col_text(st, 9);
	f->zip = sql_col_text(st, 10);
	f->population = sql_col_null(st, 11) ? -1 : sql_col_int(st, 11);
	f->source = sql_col_text(st, 12);
	f->checked = (int)sql_col_int(st, 13);
	f->status = (int)sql_col_int(st, 14);
	f->version = sql_col_int(st, 15);
	f->event = sql_col_int(st, 16);
}

static void
keep(struct mr_call *c, struct mr_facility *f)
{
	const char **texts[] = {&f->code, &f->name, &f->kind, &f->security,
	    &f->gender, &f->street, &f->city, &f->state, &f->zip, &f->source};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = mr_strdup(c->arena, *texts[i]);
}

enum mr_status
mr_facility_load(struct mr_call *c, int64_t id, struct mr_facility *facility)
{
	struct mr_facility f;
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM facility "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		read_row(st, &f);
		keep(c, &f);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (!found)
		return mr_fail(c, MR_NOTFOUND, "there is no such facility");
	if (mr_arena_failed(c->arena))
		return mr_nomem(c);
	*facility = f;
	return MR_OK;
}

enum mr_status
mr_facility_by_code(struct mr_call *c, const char *code, int64_t *id)
{
	/* Codes are stored in upper case, and none is long. */
	const char *s =
	    strlen(code) <= 64 ? mr_place_upper(c->arena, code) : NULL;
	enum mr_status status = MR_NOTFOUND;
	struct sql_stmt *st;

	if (s != NULL) {
		st = sql_prepare(c,
		    "SELECT id FROM facility "
		    "WHERE code = :code");
		sql_text(st, ":code", s);
		status = sql_done_int(st, id);
	}
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND,
		    "there is no facility %.16s; 'mailroom facility list' "
		    "shows the codes",
		    s != NULL ? s : mr_say("with so long a code"));
	return status;
}

static void
bind(struct sql_stmt *st, const struct mr_facility *f)
{
	sql_int(st, ":id", f->id);
	sql_text(st, ":name", f->name);
	sql_text(st, ":kind", f->kind);
	sql_text(st, ":security", f->security);
	sql_text(st, ":gender", f->gender);
	sql_int(st, ":has_camp", f->has_camp);
	sql_text(st, ":street", f->street);
	sql_text(st, ":city", f->city);
	sql_text(st, ":state", f->state);
	sql_text(st, ":zip", f->zip);
	if (f->population < 0)
		sql_null(st, ":population", SQL_INT);
	else
		sql_int(st, ":population", f->population);
	sql_text(st, ":source", f->source);
	sql_int(st, ":checked", f->checked);
	sql_int(st, ":status", f->status);
	sql_int(st, ":version", f->version);
	sql_int(st, ":event", f->event);
}

static enum mr_status
insert(struct mr_call *c, const struct mr_facility *f)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO facility (id, code, name, kind, security, gender, "
	    "has_camp, street, city, state, zip, population, source, checked, "
	    "status, version, event) "
	    "VALUES (:id, :code, :name, :kind, :security, :gender, "
	    ":has_camp, :street, :city, :state, :zip, :population, :source, "
	    ":checked, :status, :version, :event)");
	bind(st, f);
	sql_text(st, ":code", f->code);
	return sql_done(st);
}

static enum mr_status
update(struct mr_call *c, const struct mr_facility *f)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "UPDATE facility "
	    "SET name = :name, kind = :kind, security = :security, "
	    "gender = :gender, has_camp = :has_camp, street = :street, "
	    "city = :city, state = :state, zip = :zip, "
	    "population = :population, source = :source, "
	    "checked = :checked, status = :status, version = :version, "
	    "event = :event "
	    "WHERE id = :id");
	bind(st, f);
	return sql_done(st);
}

enum mr_status
mr_facility_store(struct mr_call *c, struct mr_facility *facility)
{
	struct mr_facility f = *facility;
	int64_t before = f.id != 0 ? f.event : 0;
	const struct mr_field fields[] = {
	    {.tag = MR_F_TO, .number = f.status},
	    {.tag = MR_F_DAY, .number = f.checked < 0 ? 0 : f.checked},
	    {.tag = MR_F_END},
	};
	enum mr_status status = MR_OK;
	int new = f.id == 0;

	if (new)
		status = mr_next_id(c, MR_NEWEST("facility"), &f.id);
	if (status != MR_OK)
		return status;
	f.version = new ? 1 : f.version + 1;
	f.event = mr_event_next(c);
	status = new ? insert(c, &f) : update(c, &f);
	if (status == MR_OK)
		status = mr_event(c, MR_FACILITY, f.id, before, fields);
	if (status == MR_OK && new &&f.status == MR_FACILITY_TAKES_MAIL)
		status = mr_rule_seed(c, &f);
	if (status == MR_OK)
		*facility = f;
	return status;
}

static int
fits(const struct mr_facility *f, const struct mr_facility_filter *filter)
{
	return (filter->state == NULL ||
		   strcasecmp(filter->state, f->state) == 0) &&
	    (filter->kind == NULL || strcasecmp(filter->kind, f->kind) == 0) &&
	    (filter->security == NULL ||
		strcasecmp(filter->security, f->security) == 0) &&
	    (filter->status == 0 || filter->status == f->status);
}

enum mr_status
mr_facility_list(struct mr_call *c, const struct mr_facility_filter *filter,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_facility *facility),
    void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_facility f;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    SQL_SCAN "SELECT " COLUMNS "FROM facility "
		     "ORDER BY code");
	while (status == MR_OK && sql_row(st)) {
		read_row(st, &f);
		if (fits(&f, filter))
			status = each(c, arg, &f);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}
