/*
 * Correspondents: rows in and out, by number, by ref, by what they share.
 * What is sealed of them is sealed.c and address.c; writing down a new one is
 * profile_store.c.
 */
#include "lib/person.h"

#include <string.h>
#include <strings.h>

#include "lib/address.h"
#include "lib/chain.h"
#include "lib/place.h"

#define COLUMNS \
	"c.id, c.kind, c.ref, c.pen_name, c.language, c.slots, c.status, " \
	"c.reason, c.interests, c.version, c.event, c.until "
/* The pairings of a person that have not ended, on whichever side. */
#define PAIRINGS \
	"(SELECT COUNT(*) FROM pairing " \
	"WHERE outside = c.id AND status < 4) + " \
	"(SELECT COUNT(*) FROM pairing " \
	"WHERE inside = c.id AND status < 4) "
#define PAIRINGS_COLUMN 12

static const char *const kinds[] = {NULL, "inside", "outside"};
static const char *const statuses[] = {NULL, "active", "paused", "closed"};

static const char *
name_of(const char *const *names, int n, int value)
{
	return value > 0 && value < n ? names[value] : NULL;
}

static int
value_of(const char *const *names, int n, const char *name)
{
	for (int i = 1; i < n; i++)
		if (strcasecmp(names[i], name) == 0)
			return i;
	return 0;
}

const char *
mr_person_kind_name(int kind)
{
	return name_of(kinds, 3, kind);
}

int
mr_person_kind_of(const char *name)
{
	return value_of(kinds, 3, name);
}

const char *
mr_person_status_name(int status)
{
	return name_of(statuses, 4, status);
}

int
mr_person_status_of(const char *name)
{
	return value_of(statuses, 4, name);
}

static const struct reason {
	int number;
	const char *word;
	int pause, close;
} reasons[] = {
#define X(name, number, word, pause, close) {number, word, pause, close},
    MR_PERSON_REASONS(X)
#undef X
};
#define NREASONS (sizeof(reasons) / sizeof(reasons[0]))

static int
may(const struct reason *reason, int status)
{
	return status == MR_PERSON_PAUSED ? reason->pause : reason->close;
}

const char *
mr_person_reason_name(int reason)
{
	for (size_t i = 0; i < NREASONS; i++)
		if (reasons[i].number == reason)
			return reasons[i].word;
	return NULL;
}

int
mr_person_reason_of(const char *word, int status)
{
	for (size_t i = 0; i < NREASONS; i++)
		if (may(&reasons[i], status) &&
		    strcasecmp(reasons[i].word, word) == 0)
			return reasons[i].number;
	return 0;
}

const char *
mr_person_reason_words(struct mr_call *c, int status)
{
	const char *words = NULL;

	for (size_t i = 0; i < NREASONS; i++) {
		if (!may(&reasons[i], status))
			continue;
		words = words == NULL
		    ? reasons[i].word
		    : mr_printf(c->arena, "%s, %s", words, reasons[i].word);
	}
	return words != NULL ? words : "";
}

static enum mr_status
by_ref(struct mr_call *c, const char *ref, int64_t *id)
{
	const char *s = mr_place_upper(c->arena, ref);
	struct sql_stmt *st;

	if (s == NULL)
		return mr_nomem(c);
	st = sql_prepare(c,
	    "SELECT id FROM correspondent "
	    "WHERE ref = :ref");
	sql_text(st, ":ref", s);
	return sql_done_int(st, id);
}

enum mr_status
mr_person_find(struct mr_call *c, struct mr_person person, int64_t *id)
{
	enum mr_status status;
	struct sql_stmt *st;
	int64_t number;

	if (!mr_read_id(person.s, 'C', &number)) {
		status = by_ref(c, person.s, id);
		/* What was typed may be a name: it is not repeated. */
		if (status == MR_NOTFOUND)
			return mr_fail(c, MR_NOTFOUND,
			    "no correspondent has that number; write C12, or "
			    "the office's own number for the person");
		return status;
	}
	st = sql_prepare(c,
	    "SELECT id FROM correspondent "
	    "WHERE id = :id");
	sql_int(st, ":id", number);
	status = sql_done_int(st, id);
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND, "there is no correspondent %s",
		    mr_show_id(c, 'C', number));
	return status;
}

enum mr_status
mr_person_found(struct mr_call *c, struct mr_person person, int64_t *id)
{
	int64_t *found = mr_alloc(c->arena, sizeof(*found));
	enum mr_status status;

	if (found == NULL)
		return mr_nomem(c);
	status = mr_person_find(c, person, found);
	if (status != MR_OK)
		return status;
	*id = *found;
	c->found = found;
	return MR_OK;
}

/* Strings are the statement's. */
static void
read_row(struct sql_stmt *st, struct mr_correspondent *p)
{
	p->id = sql_col_int(st, 0);
	p->kind = (int)sql_col_int(st, 1);
	p->ref = sql_col_text(st, 2);
	p->pen_name = sql_col_text(st, 3);
	p->language = sql_col_text(st, 4);
	p->slots = (int)sql_col_int(st, 5);
	p->status = (int)sql_col_int(st, 6);
	p->reason = (int)sql_col_int(st, 7);
	p->interests = sql_col_text(st, 8);
	p->version = sql_col_int(st, 9);
	p->event = sql_col_int(st, 10);
	p->until = (int)sql_col_int(st, 11);
}

enum mr_status
mr_person_load(struct mr_call *c, int64_t id, struct mr_correspondent *person)
{
	struct mr_correspondent p;
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT " COLUMNS "FROM correspondent c "
	    "WHERE c.id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		read_row(st, &p);
		p.ref = mr_strdup(c->arena, p.ref);
		p.pen_name = mr_strdup(c->arena, p.pen_name);
		p.language = mr_strdup(c->arena, p.language);
		p.interests = mr_strdup(c->arena, p.interests);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (!found)
		return mr_fail(c, MR_NOTFOUND, "there is no correspondent %s",
		    mr_show_id(c, 'C', id));
	if (mr_arena_failed(c->arena))
		return mr_nomem(c);
	*person = p;
	return MR_OK;
}

int
mr_person_takes_part(
    const struct mr_call *c, const struct mr_correspondent *person)
{
	if (person->status == MR_PERSON_PAUSED)
		return person->until != 0 && person->until < c->today;
	return person->status == MR_PERSON_ACTIVE;
}

enum mr_status
mr_person_pairings(struct mr_call *c, int64_t id, int64_t *n)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT " PAIRINGS "FROM correspondent c "
	    "WHERE c.id = :id");
	sql_int(st, ":id", id);
	return sql_done_int(st, n);
}

static enum mr_status
write_status(struct mr_call *c, const struct mr_correspondent *was, int status,
    int reason, int until, int64_t pairings)
{
	const struct mr_field fields[] = {
	    {.tag = MR_F_FROM, .number = was->status},
	    {.tag = MR_F_TO, .number = status},
	    {.tag = MR_F_REASON, .number = reason},
	    {.tag = MR_F_REASON_WAS, .number = was->reason},
	    {.tag = MR_F_UNTIL_WAS, .number = was->until},
	    {.tag = MR_F_UNTIL, .number = until},
	    {.tag = MR_F_COUNT, .number = pairings},
	    {.tag = MR_F_END},
	};
	enum mr_status done = mr_row_proved(c, MR_CORRESPONDENT, was->id);
	struct sql_stmt *st;

	if (done != MR_OK)
		return done;
	st = sql_prepare(c,
	    "UPDATE correspondent "
	    "SET status = :status, reason = :reason, until = :until, "
	    "version = :version, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":status", status);
	sql_int(st, ":reason", reason);
	sql_int0(st, ":until", until);
	sql_int(st, ":version", was->version + 1);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", was->id);
	done = sql_done(st);
	if (done != MR_OK)
		return done;
	return mr_event(c, MR_CORRESPONDENT, was->id, was->event, fields);
}

enum mr_status
mr_person_set_status(
    struct mr_call *c, int64_t id, int status, int reason, int until)
{
	struct mr_correspondent was;
	enum mr_status loaded = mr_person_load(c, id, &was);
	int64_t pairings = 0;

	if (loaded != MR_OK)
		return loaded;
	if (was.status == status && was.reason == reason && was.until == until)
		return MR_OK;
	if (was.status == MR_PERSON_CLOSED && status == MR_PERSON_PAUSED)
		return mr_fail(c, MR_REFUSED,
		    "%s is closed and cannot be paused; 'mailroom "
		    "correspondent resume' takes a person back",
		    mr_show_id(c, 'C', id));
	loaded = mr_person_pairings(c, id, &pairings);
	if (loaded != MR_OK)
		return loaded;
	return write_status(c, &was, status, reason, until, pairings);
}

/* Does the address that counts today name that facility? */
static enum mr_status
lives_at(struct mr_call *c, int64_t person, int64_t facility, int *yes)
{
	struct mr_address address = {.facility = 0};
	enum mr_status status =
	    mr_address_on(c, person, (int)c->today, &address);

	*yes = status == MR_OK && address.facility == facility;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
fits(struct mr_call *c, const struct mr_correspondent *p, int64_t pairings,
    const struct mr_person_filter *filter, int *yes)
{
	int status = mr_person_takes_part(c, p) ? MR_PERSON_ACTIVE : p->status;

	*yes = (filter->kind == 0 || filter->kind == p->kind) &&
	    (filter->status == 0 || filter->status == status) &&
	    (!filter->waiting ||
		(status == MR_PERSON_ACTIVE && pairings < p->slots));
	if (!*yes || filter->facility == 0)
		return MR_OK;
	return lives_at(c, p->id, filter->facility, yes);
}

/* The narrowest way to the people that the filter can mean. */
static struct sql_stmt *
candidates(struct mr_call *c, const struct mr_person_filter *filter)
{
	struct sql_stmt *st;

	if (filter->interest != NULL) {
		st = sql_prepare(c,
		    "SELECT " COLUMNS ", " PAIRINGS "FROM interest i "
		    "JOIN correspondent c ON c.id = i.person "
		    "WHERE i.word = :word "
		    "ORDER BY i.person");
		sql_text(st, ":word", filter->interest);
		return st;
	}
	if (filter->facility != 0) {
		st = sql_prepare(c,
		    "SELECT " COLUMNS ", " PAIRINGS "FROM address a "
		    "JOIN correspondent c ON c.id = a.person "
		    "WHERE a.facility = :facility "
		    "AND a.status BETWEEN 2 AND 3 "
		    "ORDER BY c.id");
		sql_int(st, ":facility", filter->facility);
		return st;
	}
	return sql_prepare(c,
	    SQL_SCAN "SELECT " COLUMNS ", " PAIRINGS "FROM correspondent c "
		     "ORDER BY c.id");
}

enum mr_status
mr_person_list(struct mr_call *c, const struct mr_person_filter *filter,
    enum mr_status (*each)(struct mr_call *c, void *arg,
	const struct mr_correspondent *person, int64_t n),
    void *arg)
{
	struct sql_stmt *st = candidates(c, filter);
	struct mr_correspondent p = {.id = 0};
	enum mr_status status = MR_OK, done;
	int64_t before, n;
	int yes;

	while (status == MR_OK && sql_row(st)) {
		before = p.id;
		read_row(st, &p);
		n = sql_col_int(st, PAIRINGS_COLUMN);
		if (p.id == before)
			continue; /* two rows of one facility */
		status = fits(c, &p, n, filter, &yes);
		if (status == MR_OK && yes)
			status = each(c, arg, &p, n);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}
