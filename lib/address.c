/*
 * Where a correspondent lives: dated rows whose boxes hold street and unit.
 */
#include "lib/address.h"

#include <string.h>

#include "lib/chain.h"
#include "lib/countersign.h"
#include "lib/facility.h"
#include "lib/sealed.h"
#include "lib/setting.h"

#define COLUMNS "id, person, from_day, status, facility, version, event "
#define HASH 32

const char *
mr_address_status_name(int status)
{
	static const char *const names[] = {
	    NULL, "pending", "current", "suspect", "former"};

	return status > 0 && status <= MR_ADDRESS_FORMER ? names[status] : NULL;
}

struct mr_context
mr_address_context(int64_t id)
{
	return (struct mr_context){
	    .table = MR_ADDRESS, .row = id, .kind = 0, .version = 1};
}

static void
read_row(struct sql_stmt *st, struct mr_address *a)
{
	a->id = sql_col_int(st, 0);
	a->person = sql_col_int(st, 1);
	a->from_day = (int)sql_col_int(st, 2);
	a->status = (int)sql_col_int(st, 3);
	a->facility = sql_col_int(st, 4);
	a->version = sql_col_int(st, 5);
	a->event = sql_col_int(st, 6);
}

/* The statement's only row. */
static enum mr_status
read_one(struct sql_stmt *st, struct mr_address *address)
{
	struct mr_address a;
	enum mr_status status;
	int found = 0;

	if (sql_row(st)) {
		found = 1;
		read_row(st, &a);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (!found)
		return MR_NOTFOUND;
	*address = a;
	return MR_OK;
}

enum mr_status
mr_address_load(struct mr_call *c, int64_t id, struct mr_address *address)
{
	enum mr_status status;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM address "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	status = read_one(st, address);
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND, "there is no such address");
	return status;
}

enum mr_status
mr_address_on(
    struct mr_call *c, int64_t person, int day, struct mr_address *address)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM address "
	    "WHERE person = :person AND from_day <= :day AND status > 1 "
	    "ORDER BY from_day DESC, id DESC LIMIT 1");
	sql_int(st, ":person", person);
	sql_int(st, ":day", day);
	return read_one(st, address);
}

enum mr_status
mr_address_written(
    struct mr_call *c, int64_t person, int day, struct mr_address *address)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM address "
	    "WHERE person = :person AND from_day <= :day "
	    "ORDER BY from_day DESC, id DESC LIMIT 1");
	sql_int(st, ":person", person);
	sql_int(st, ":day", day);
	return read_one(st, address);
}

static enum mr_status
change_status(struct mr_call *c, const struct mr_address *was, int status)
{
	const struct mr_field fields[] = {
	    {.tag = MR_F_PERSON, .number = was->person},
	    {.tag = MR_F_FROM, .number = was->status},
	    {.tag = MR_F_TO, .number = status},
	    {.tag = MR_F_END},
	};
	enum mr_status done = mr_row_proved(c, MR_ADDRESS, was->id);
	struct sql_stmt *st;

	if (done != MR_OK)
		return done;
	st = sql_prepare(c,
	    "UPDATE address "
	    "SET status = :status, version = :version, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":status", status);
	sql_int(st, ":version", was->version + 1);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", was->id);
	done = sql_done(st);
	if (done != MR_OK)
		return done;
	return mr_event(c, MR_ADDRESS, was->id, was->event, fields);
}

enum mr_status
mr_address_set_status(struct mr_call *c, int64_t id, int status)
{
	struct mr_address was;
	enum mr_status loaded = mr_address_load(c, id, &was);

	if (loaded != MR_OK || was.status == status)
		return loaded;
	return change_status(c, &was, status);
}

enum mr_status
mr_identity(struct mr_call *c, int64_t person, const char **legal_name,
    const char **register_number)
{
	const char *texts[MR_SEALED_TEXTS];
	enum mr_status status =
	    mr_sealed_open(c, person, MR_SEALED_IDENTITY, texts);

	if (status != MR_OK)
		return status;
	*legal_name = texts[0];
	*register_number = texts[1];
	return MR_OK;
}

enum mr_status
mr_address_open(struct mr_call *c, int64_t id, const char *lines[MR_A_LINES])
{
	const struct mr_context context = mr_address_context(id);
	const void *box = NULL;
	enum mr_status status;
	struct sql_stmt *st;
	size_t len = 0;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT box FROM address "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		box = sql_col_blob(st, 0, &len);
		box = mr_memdup(c->arena, box, len);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (!found)
		return mr_fail(c, MR_NOTFOUND, "there is no such address");
	if (box == NULL)
		return mr_nomem(c);
	/* The box knows its row, and only the row's event knows whose it is. */
	status = mr_row_proved(c, MR_ADDRESS, id);
	if (status != MR_OK)
		return status;
	return mr_unseal(c, &context, box, len, lines, MR_A_LINES);
}

enum mr_status
mr_address_lines(struct mr_call *c, int64_t id, struct mr_address_text *text)
{
	const char *lines[MR_A_LINES];
	struct mr_address_text t;
	struct mr_address a;
	struct mr_facility f = {.name = ""};
	enum mr_status status;

	status = mr_address_load(c, id, &a);
	if (status == MR_OK)
		status = mr_address_open(c, id, lines);
	if (status == MR_OK)
		status =
		    mr_identity(c, a.person, &t.legal_name, &t.register_number);
	if (status == MR_OK && a.facility != 0)
		status = mr_facility_load(c, a.facility, &f);
	if (status != MR_OK)
		return status;
	t.facility = f.name;
	t.unit = lines[MR_A_UNIT];
	t.street = a.facility != 0 ? f.street : lines[MR_A_STREET];
	t.city = a.facility != 0 ? f.city : lines[MR_A_CITY];
	t.state = a.facility != 0 ? f.state : lines[MR_A_STATE];
	t.zip = a.facility != 0 ? f.zip : lines[MR_A_ZIP];
	t.country = lines[MR_A_COUNTRY];
	*text = t;
	return MR_OK;
}

static enum mr_status
insert(struct mr_call *c, struct mr_address *a,
    const char *const lines[MR_A_LINES])
{
	struct mr_context context = mr_address_context(a->id);
	unsigned char hash[HASH];
	const struct mr_field fields[] = {
	    {.tag = MR_F_PERSON, .number = a->person},
	    {.tag = MR_F_TO, .number = a->status},
	    {.tag = MR_F_DAY, .number = a->from_day},
	    {.tag = MR_F_FACILITY, .number = a->facility},
	    {.tag = MR_F_HASH, .bytes = hash, .len = HASH},
	    {.tag = MR_F_END},
	};
	enum mr_status status;
	struct sql_stmt *st;
	const void *box;
	size_t len;

	status = mr_seal(c, &context, lines, MR_A_LINES, &box, &len, hash);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO address (id, person, from_day, status, facility, "
	    "box, hash, version, event) "
	    "VALUES (:id, :person, :from_day, :status, :facility, "
	    ":box, :hash, 1, :event)");
	sql_int(st, ":id", a->id);
	sql_int(st, ":person", a->person);
	sql_int(st, ":from_day", a->from_day);
	sql_int(st, ":status", a->status);
	sql_int0(st, ":facility", a->facility);
	sql_blob(st, ":box", box, len);
	sql_blob(st, ":hash", hash, HASH);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	return mr_event(c, MR_ADDRESS, a->id, 0, fields);
}

/* An older row that the new one takes over from; id stays 0 at the end. */
static enum mr_status
next_older(struct mr_call *c, const struct mr_address *new, int64_t after,
    struct mr_address *old)
{
	enum mr_status status;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM address "
	    "WHERE person = :person AND from_day <= :from_day "
	    "AND status BETWEEN 2 AND 3 AND id > :after AND id <> :id "
	    "ORDER BY id LIMIT 1");
	sql_int(st, ":person", new->person);
	sql_int(st, ":from_day", new->from_day);
	sql_int(st, ":after", after);
	sql_int(st, ":id", new->id);
	status = read_one(st, old);
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
take_over(struct mr_call *c, const struct mr_address *new)
{
	struct mr_address old;
	enum mr_status status;
	int64_t after = 0;

	if (new->from_day > c->today || new->status != MR_ADDRESS_CURRENT)
		return MR_OK;
	for (;;) {
		old.id = 0;
		status = next_older(c, new, after, &old);
		if (status != MR_OK || old.id == 0)
			return status;
		status = change_status(c, &old, MR_ADDRESS_FORMER);
		if (status != MR_OK)
			return status;
		after = old.id;
	}
}

enum mr_status
mr_address_add(struct mr_call *c, int64_t person, int from_day,
    int64_t facility, const char *const lines[MR_A_LINES], int64_t *id,
    int *status)
{
	struct mr_address a = {.person = person,
	    .from_day = from_day,
	    .status = MR_ADDRESS_CURRENT,
	    .facility = facility};
	struct mr_address before;
	enum mr_status done;
	int64_t later = 1;
	int change;

	done = mr_address_written(c, person, 1 << 20, &before);
	change = done == MR_OK;
	if (done == MR_NOTFOUND)
		done = MR_OK;
	if (done == MR_OK && change)
		done = mr_setting_int(c, MR_SET_SECOND_PERSON, &later);
	if (done == MR_OK)
		done = mr_next_id(c, MR_NEWEST("address"), &a.id);
	if (done != MR_OK)
		return done;
	if (!later)
		a.status = MR_ADDRESS_PENDING;
	done = insert(c, &a, lines);
	if (done == MR_OK && change)
		done = mr_countersign_open(c, MR_ADDRESS, a.id, NULL);
	if (done == MR_OK)
		done = take_over(c, &a);
	if (done != MR_OK)
		return done;
	*id = a.id;
	*status = a.status;
	return MR_OK;
}

enum mr_status
mr_address_confirm(struct mr_call *c, int64_t id)
{
	struct mr_address a;
	enum mr_status status = mr_address_load(c, id, &a);

	if (status != MR_OK)
		return status;
	if (a.status != MR_ADDRESS_PENDING)
		return mr_fail(c, MR_REFUSED,
		    "that address does not wait to be confirmed");
	status = change_status(c, &a, MR_ADDRESS_CURRENT);
	a.status = MR_ADDRESS_CURRENT;
	if (status == MR_OK)
		status = take_over(c, &a);
	return status;
}
