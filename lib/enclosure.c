/* Enclosures: finding, deciding, signing.  Lists and sums: enclosure_list.c. */
#include "lib/enclosure.h"

#include <string.h>

#include "lib/countersign.h"
#include "lib/letter.h"
#include "lib/setting.h"
#include "lib/tongue.h"

static const char *const kinds[] = {
    NULL, "money", "photo", "stamps", "object", "card"};
static const char *const dispositions[] = {
    NULL, "held", "forward", "return", "bank", "destroyed", "mistake"};
#define COUNT(list) ((int)(sizeof(list) / sizeof((list)[0])))

static int
word_of(const char *const *list, int n, const char *word)
{
	for (int i = 1; i < n; i++)
		if (strcmp(list[i], word) == 0)
			return i;
	return 0;
}

const char *
mr_enclosure_kind_name(int kind)
{
	return kind > 0 && kind < COUNT(kinds) ? kinds[kind] : NULL;
}

int
mr_enclosure_kind_of(const char *word)
{
	return word_of(kinds, COUNT(kinds), word);
}

const char *
mr_disposition_name(int disposition)
{
	return disposition > 0 && disposition < COUNT(dispositions)
	    ? dispositions[disposition]
	    : NULL;
}

int
mr_disposition_of(const char *word)
{
	return word_of(dispositions, COUNT(dispositions), word);
}

static void
read_row(struct sql_stmt *st, struct mr_enclosure *e)
{
	e->id = sql_col_int(st, 0);
	e->letter = sql_col_int(st, 1);
	e->kind = (int)sql_col_int(st, 2);
	e->count = sql_col_int(st, 3);
	e->cents = sql_col_null(st, 4) ? -1 : sql_col_int(st, 4);
	e->disposition = (int)sql_col_int(st, 5);
	e->by = sql_col_int(st, 6);
	e->second = sql_col_int(st, 7);
	e->day = sql_col_int(st, 8);
	e->version = sql_col_int(st, 9);
	e->event = sql_col_int(st, 10);
}

enum mr_status
mr_enclosure_load(struct mr_call *c, int64_t id, struct mr_enclosure *e)
{
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT id, letter, kind, count, cents, disposition, by, second, "
	    "day, version, event "
	    "FROM enclosure "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		read_row(st, e);
	}
	status = sql_done(st);
	if (status == MR_OK && !found)
		return mr_fail(c, MR_NOTFOUND,
		    "there is no enclosure %s; 'mailroom enclosure list' "
		    "shows them",
		    mr_show_id(c, 'E', id));
	return status;
}

enum mr_status
mr_enclosure_find(struct mr_call *c, const char *text, struct mr_enclosure *e)
{
	int64_t id;

	if (!mr_read_id(text, 'E', &id))
		return mr_fail(c, MR_INVALID, "write an enclosure such as E5");
	return mr_enclosure_load(c, id, e);
}

static enum mr_status
check_new(struct mr_call *c, int kind, int64_t count, int64_t cents)
{
	if (mr_enclosure_kind_name(kind) == NULL)
		return mr_fail(c, MR_INVALID,
		    "an enclosure is money, photo, stamps, object or "
		    "card");
	if (count < 1 || count > 999)
		return mr_fail(c, MR_INVALID,
		    "count: %lld is not between 1 and 999", (long long)count);
	if (kind == MR_E_MONEY && cents <= 0)
		return mr_fail(
		    c, MR_INVALID, "say how much money it is: --money 20.00");
	if (kind != MR_E_MONEY && cents >= 0)
		return mr_fail(c, MR_INVALID,
		    "only money has cents; write down money by itself");
	return MR_OK;
}

static enum mr_status
insert(struct mr_call *c, const struct mr_enclosure *e)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO enclosure (id, letter, kind, count, cents, "
	    "disposition, by, second, day, version, event) "
	    "VALUES (:id, :letter, :kind, :count, :cents, "
	    ":disposition, :by, NULL, :day, 1, :event)");
	sql_int(st, ":id", e->id);
	sql_int(st, ":letter", e->letter);
	sql_int(st, ":kind", e->kind);
	sql_int(st, ":count", e->count);
	if (e->cents < 0)
		sql_null(st, ":cents", SQL_INT);
	else
		sql_int(st, ":cents", e->cents);
	sql_int(st, ":disposition", MR_E_HELD);
	sql_int(st, ":by", c->user);
	sql_int(st, ":day", c->today);
	sql_int(st, ":event", mr_event_next(c));
	return sql_done(st);
}

static enum mr_status
record_new(struct mr_call *c, const struct mr_enclosure *e)
{
	struct mr_field fields[] = {
	    {.tag = MR_F_LETTER, .number = e->letter},
	    {.tag = MR_F_KIND, .number = e->kind},
	    {.tag = MR_F_COUNT, .number = e->count},
	    {.tag = MR_F_TO, .number = MR_E_HELD},
	    {.tag = MR_F_END},
	    {.tag = MR_F_END},
	};

	if (e->cents >= 0)
		fields[4] =
		    (struct mr_field){.tag = MR_F_CENTS, .number = e->cents};
	return mr_event(c, MR_ENCLOSURE, e->id, 0, fields);
}

enum mr_status
mr_enclosure_add(struct mr_call *c, int64_t letter, int kind, int64_t count,
    int64_t cents, int64_t *id)
{
	struct mr_enclosure e = {
	    .letter = letter, .kind = kind, .count = count, .cents = cents};
	enum mr_status status = check_new(c, kind, count, cents);
	struct mr_letter l;

	if (status == MR_OK)
		status = mr_letter_load(c, letter, &l);
	if (status != MR_OK)
		return status;
	if (l.state >= MR_L_POSTED)
		return mr_fail(c, MR_REFUSED,
		    "letter %s is %s: it is no longer in the house",
		    mr_letter_number(c, l.number),
		    mr_say(mr_letter_state_name(l.state)));
	status = mr_next_id(c, MR_NEWEST("enclosure"), &e.id);
	if (status == MR_OK)
		status = insert(c, &e);
	if (status == MR_OK)
		status = record_new(c, &e);
	if (status == MR_OK)
		*id = e.id;
	return status;
}

/* Did it leave the house, or stop to be? */
static enum mr_status
check_here(struct mr_call *c, const struct mr_enclosure *e)
{
	struct mr_letter l;
	enum mr_status status;

	if (e->disposition == MR_E_MISTAKE)
		return mr_fail(c, MR_REFUSED,
		    "%s was written down by mistake; add what is there anew",
		    mr_show_id(c, 'E', e->id));
	if (e->disposition == MR_E_DESTROYED)
		return mr_fail(c, MR_REFUSED, "%s was destroyed",
		    mr_show_id(c, 'E', e->id));
	if (e->kind == MR_E_MONEY && e->second != 0 &&
	    e->disposition != MR_E_FORWARD)
		return mr_fail(c, MR_REFUSED,
		    "two people have signed that %s is gone (%s)",
		    mr_show_id(c, 'E', e->id),
		    mr_say(mr_disposition_name(e->disposition)));
	if (e->disposition != MR_E_FORWARD)
		return MR_OK;
	status = mr_letter_load(c, e->letter, &l);
	if (status != MR_OK || l.state < MR_L_POSTED)
		return status;
	return mr_fail(c, MR_REFUSED, "%s went with its letter, which is %s",
	    mr_show_id(c, 'E', e->id), mr_say(mr_letter_state_name(l.state)));
}

static enum mr_status
check_way(struct mr_call *c, const struct mr_enclosure *e, int disposition)
{
	int money = e->kind == MR_E_MONEY;

	if (disposition <= MR_E_HELD || disposition >= MR_E_MISTAKE)
		return mr_fail(c, MR_INVALID,
		    "an enclosure goes: forward, return, bank or destroyed");
	if (money && disposition == MR_E_DESTROYED)
		return mr_fail(c, MR_INVALID,
		    "money is not destroyed: forward, return or bank");
	if (!money && disposition == MR_E_BANK)
		return mr_fail(c, MR_INVALID,
		    "only money goes to the bank: forward, return or "
		    "destroyed");
	return MR_OK;
}

static enum mr_status
update(struct mr_call *c, const struct mr_enclosure *e)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "UPDATE enclosure "
	    "SET disposition = :disposition, by = :by, second = :second, "
	    "version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":disposition", e->disposition);
	sql_int(st, ":by", e->by);
	sql_int0(st, ":second", e->second);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", e->id);
	return sql_done(st);
}

static enum mr_status
record(struct mr_call *c, const struct mr_enclosure *e, int was)
{
	struct mr_field fields[] = {
	    {.tag = MR_F_FROM, .number = was},
	    {.tag = MR_F_TO, .number = e->disposition},
	    {.tag = MR_F_END},
	    {.tag = MR_F_END},
	};

	if (e->second != 0)
		fields[2] =
		    (struct mr_field){.tag = MR_F_USER, .number = e->second};
	return mr_event(c, MR_ENCLOSURE, e->id, e->event, fields);
}

enum mr_status
mr_enclosure_settle(struct mr_call *c, int64_t id, int disposition)
{
	struct mr_enclosure e;
	enum mr_status status = mr_enclosure_load(c, id, &e);
	int was;

	if (status == MR_OK)
		status = check_way(c, &e, disposition);
	if (status != MR_OK || e.disposition == disposition)
		return status;
	status = check_here(c, &e);
	if (status != MR_OK)
		return status;
	was = e.disposition;
	e.disposition = disposition;
	e.by = c->user;
	e.second = e.kind == MR_E_MONEY ? 0 : c->user;
	status = update(c, &e);
	if (status == MR_OK)
		status = record(c, &e, was);
	if (status == MR_OK && e.second == 0)
		status = mr_countersign_open(c, MR_ENCLOSURE, id, NULL);
	return status;
}

enum mr_status
mr_enclosure_mistake(struct mr_call *c, int64_t id)
{
	struct mr_enclosure e;
	enum mr_status status = mr_enclosure_load(c, id, &e);

	if (status != MR_OK)
		return status;
	if (e.disposition != MR_E_HELD)
		return mr_fail(c, MR_REFUSED,
		    "%s, an enclosure of this letter, has been decided on; ask "
		    "the coordinator",
		    mr_show_id(c, 'E', id));
	e.disposition = MR_E_MISTAKE;
	e.by = e.second = c->user;
	status = update(c, &e);
	return status == MR_OK ? record(c, &e, MR_E_HELD) : status;
}

enum mr_status
mr_enclosure_signed(struct mr_call *c, int64_t id)
{
	struct mr_enclosure e;
	enum mr_status status = mr_enclosure_load(c, id, &e);

	if (status != MR_OK)
		return status;
	e.second = c->user;
	status = update(c, &e);
	return status == MR_OK ? record(c, &e, e.disposition) : status;
}

enum mr_status
mr_enclosure_sign(struct mr_call *c, int64_t id)
{
	struct mr_countersign sign;
	enum mr_status status = mr_countersign_of(c, MR_ENCLOSURE, id, &sign);

	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_REFUSED,
		    "%s waits for no signature; 'mailroom enclosure settle' "
		    "decides what becomes of it",
		    mr_show_id(c, 'E', id));
	if (status == MR_OK)
		status = mr_countersign_sign(c, sign.id, &sign);
	return status == MR_OK ? mr_enclosure_signed(c, id) : status;
}
