/*
 * Histories: gathers the events and letters that belong to a row, newest
 * first, and tells them.  See history.h.
 */
#include "lib/history_line.h"

#include <stdlib.h>
#include <string.h>

#include "lib/address.h"
#include "lib/letter.h"
#include "lib/pairing.h"
#include "lib/person.h"
#include "lib/rows.h"
#include "lib/tongue.h"
#include "lib/when.h"

/* An event to tell and its time; of a letter that is told in one line: its
 * first, or before that is known its day. */
struct entry {
	int64_t event, letter, at;
};

struct list {
	struct entry *at;
	size_t n, room;
};

struct history {
	struct mr_call *c;
	int64_t last, until, until_at; /* lines, newest event */
	struct list lines, letters;    /* of the latter only .letter is set */
	int64_t facility;              /* letters of who lives here; 0: any */
};

static enum mr_status
add(struct history *h, struct list *list, struct entry entry)
{
	size_t room = list->room < 64 ? 64 : list->room * 2;
	struct entry *more;

	if (list->n == list->room) {
		more = mr_alloc(h->c->arena, room * sizeof(*more));
		if (more == NULL)
			return mr_nomem(h->c);
		if (list->n > 0)
			memcpy(more, list->at, list->n * sizeof(*more));
		list->at = more;
		list->room = room;
	}
	list->at[list->n++] = entry;
	return MR_OK;
}

/* Newest first. */
static int
by_event(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	/* Sites have chains of their own. */
	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return (x->event < y->event) - (x->event > y->event);
}

static int
by_letter(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? 1 : -1;
	return (x->letter < y->letter) - (x->letter > y->letter);
}

static void
cut(struct history *h, struct list *list,
    int (*order)(const void *, const void *))
{
	if (list->n > 0)
		qsort(list->at, list->n, sizeof(list->at[0]), order);
	if (list->n > (size_t)h->last)
		list->n = (size_t)h->last;
}

static int
too_new(const struct history *h, const struct entry *entry)
{
	if (entry->event >> MR_SITE_SHIFT == h->until >> MR_SITE_SHIFT)
		return entry->event > h->until;
	return entry->at > h->until_at;
}

/* A row's events from its newest back, as many as can be shown. */
static enum mr_status
add_events(struct history *h, int64_t event)
{
	enum mr_status status = MR_OK;
	struct mr_event e;

	for (int64_t n = 0; event != 0 && n < h->last && status == MR_OK; n++) {
		struct mr_mark mark = mr_mark(h->c->arena);
		struct entry entry = {event, 0, 0};

		status = mr_event_load(h->c, event, &e);
		mr_release(h->c->arena, mark);
		entry.at = e.at;
		if (status == MR_OK && !too_new(h, &entry))
			status = add(h, &h->lines, entry);
		if (status == MR_OK)
			event = mr_event_back(&e);
	}
	return status;
}

static enum mr_status
row_event(
    struct mr_call *c, enum mr_subject subject, int64_t id, int64_t *event)
{
	struct sql_stmt *st = sql_prepare(c, mr_table(subject)->one);
	enum mr_status status;
	int found = 0;

	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		*event = sql_col_int(st, sql_cols(st) - 1);
	}
	status = sql_done(st);
	if (status == MR_OK && !found)
		return mr_fail(c, MR_NOTFOUND, "there is no such %s",
		    mr_say(mr_subject_name(subject)));
	return status;
}

/* The events of each row that a statement finds by :id: column 0. */
static enum mr_status
add_each(struct history *h, const char *text, int64_t id)
{
	struct sql_stmt *st = sql_prepare(h->c, text);
	enum mr_status status = MR_OK, done;

	sql_int(st, ":id", id);
	while (status == MR_OK && sql_row(st))
		status = add_events(h, sql_col_int(st, 0));
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

/* Did the person live in the facility when that letter was logged? */
static enum mr_status
lived_there(struct history *h, int64_t person, int64_t day, int *yes)
{
	struct mr_address address = {0};
	enum mr_status status;

	*yes = 1;
	if (h->facility == 0)
		return MR_OK;
	status = mr_address_on(h->c, person, (int)day, &address);
	*yes = status == MR_OK && address.facility == h->facility;
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* The newest letters that a statement finds: id, day; person: theirs. */
static enum mr_status
add_letters(struct history *h, const char *text, int64_t id, int64_t person)
{
	struct sql_stmt *st = sql_prepare(h->c, text);
	enum mr_status status = MR_OK, done;
	int yes = 1;

	sql_int(st, ":id", id);
	sql_int(st, ":last", h->last);
	while (status == MR_OK && sql_row(st)) {
		struct entry entry = {
		    0, sql_col_int(st, 0), sql_col_int(st, 1)};

		status = lived_there(h, person, sql_col_int(st, 1), &yes);
		if (status == MR_OK && yes)
			status = add(h, &h->letters, entry);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

static enum mr_status
of_pairing(struct history *h, int64_t id, int64_t person)
{
	return add_letters(h,
	    "SELECT id, day FROM letter "
	    "WHERE pairing = :id "
	    "ORDER BY day DESC, id DESC LIMIT :last",
	    id, person);
}

struct of_pairings {
	struct history *h;
	int64_t person;
	int events;
};

static enum mr_status
each_pairing(struct mr_call *c, void *arg, const struct mr_pairing *pairing)
{
	struct of_pairings *of = arg;
	enum mr_status status = MR_OK;

	(void)c;
	if (of->events)
		status = add_events(of->h, pairing->event);
	if (status == MR_OK)
		status = of_pairing(of->h, pairing->id, of->person);
	return status;
}

/* Every pairing of a person: its events where `events`, its letters. */
static enum mr_status
of_pairings(struct history *h, int64_t person, int events)
{
	struct of_pairings of = {h, person, events};
	enum mr_status status = mr_pairing_of(h->c, person, each_pairing, &of);

	if (status == MR_OK)
		status = add_letters(h,
		    "SELECT id, day FROM letter "
		    "WHERE person = :id "
		    "ORDER BY day DESC, id DESC LIMIT :last",
		    person, person);
	return status;
}

static enum mr_status
gather_letter(struct history *h, int64_t id)
{
	return add_each(h,
	    "SELECT event FROM enclosure "
	    "WHERE letter = :id "
	    "UNION ALL "
	    "SELECT event FROM postage "
	    "WHERE id = :id",
	    id);
}

static enum mr_status
gather_pairing(struct history *h, int64_t id)
{
	enum mr_status status = add_each(h,
	    "SELECT event FROM forwarding_id "
	    "WHERE pairing = :id",
	    id);

	return status == MR_OK ? of_pairing(h, id, 0) : status;
}

static enum mr_status
gather_person(struct history *h, int64_t id)
{
	enum mr_status status = add_each(h,
	    "SELECT event FROM address "
	    "WHERE person = :id",
	    id);

	if (status == MR_OK)
		status = add_each(h,
		    "SELECT event FROM sealed "
		    "WHERE person = :id",
		    id);
	return status == MR_OK ? of_pairings(h, id, 1) : status;
}

/* Who lives or lived there, each once: the persons come in order. */
static enum mr_status
gather_facility(struct history *h, int64_t id)
{
	enum mr_status status = add_each(h,
			   "SELECT event FROM facility_rule "
			   "WHERE facility = :id",
			   id),
		       done;
	struct sql_stmt *st;

	if (status == MR_OK)
		status = add_each(h,
		    "SELECT event FROM address "
		    "WHERE facility = :id",
		    id);
	if (status != MR_OK)
		return status;
	h->facility = id;
	st = sql_prepare(h->c,
	    "SELECT DISTINCT person FROM address "
	    "WHERE facility = :id "
	    "ORDER BY person");
	sql_int(st, ":id", id);
	while (status == MR_OK && sql_row(st)) {
		status = of_pairings(h, sql_col_int(st, 0), 0);
		/* So that a large house does not fill the memory. */
		if (h->letters.n > 4 * (size_t)h->last)
			cut(h, &h->letters, by_letter);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

static enum mr_status
gather(struct history *h, enum mr_subject subject, int64_t id)
{
	enum mr_status status;
	int64_t event = 0;

	status = row_event(h->c, subject, id, &event);
	if (status == MR_OK)
		status = add_events(h, event);
	if (status != MR_OK)
		return status;
	switch (subject) {
	case MR_LETTER:
		return gather_letter(h, id);
	case MR_PAIRING:
		return gather_pairing(h, id);
	case MR_CORRESPONDENT:
		return gather_person(h, id);
	case MR_FACILITY:
		return gather_facility(h, id);
	default:
		return MR_OK;
	}
}

/* The event by which a letter was logged. */
static enum mr_status
first_event(struct mr_call *c, int64_t event, struct entry *first)
{
	enum mr_status status = MR_OK;
	struct mr_event e;

	while (status == MR_OK && event != 0) {
		struct mr_mark mark = mr_mark(c->arena);

		first->event = event;
		status = mr_event_load(c, event, &e);
		mr_release(c->arena, mark);
		first->at = e.at;
		if (status == MR_OK)
			event = mr_event_back(&e);
	}
	return status;
}

/* The newest letters become lines, at the place where they were logged. */
static enum mr_status
place_letters(struct history *h)
{
	enum mr_status status = MR_OK;

	cut(h, &h->letters, by_letter);
	for (size_t i = 0; i < h->letters.n && status == MR_OK; i++) {
		struct entry entry = h->letters.at[i];
		struct mr_letter letter;

		/* Two people in one house can share a pairing's letter. */
		if (i > 0 && entry.letter == h->letters.at[i - 1].letter)
			continue;
		status = mr_letter_load(h->c, entry.letter, &letter);
		if (status == MR_OK)
			status = first_event(h->c, letter.event, &entry);
		if (status == MR_OK && !too_new(h, &entry))
			status = add(h, &h->lines, entry);
	}
	return status;
}

static enum mr_status
tell(struct history *h, const struct entry *entry, mr_history_each each,
    void *arg)
{
	struct mr_call *c = h->c;
	struct mr_history_line line = {0};
	enum mr_status status;
	struct mr_event e;

	status = mr_event_load(c, entry->event, &e);
	if (status != MR_OK)
		return status;
	line.event = entry->event;
	line.at = e.at;
	line.user = e.user;
	line.station = e.station;
	if (entry->letter != 0) {
		status = mr_history_letter(c, entry->letter, &line);
	} else {
		line.about = mr_history_about(c, &e);
		line.step = mr_event_words(c, &e);
	}
	if (status == MR_OK && mr_arena_failed(c->arena))
		return mr_nomem(c);
	return status == MR_OK ? each(c, arg, &line) : status;
}

enum mr_status
mr_history(struct mr_call *c, enum mr_subject subject, int64_t id, int64_t last,
    int64_t until, mr_history_each each, void *arg)
{
	struct history h = {.c = c,
	    .last = last > 0 ? last : 1,
	    .until = until != 0 ? until : INT64_MAX,
	    .until_at = INT64_MAX};
	struct mr_event e = {.at = INT64_MAX};
	enum mr_status status =
	    until != 0 ? mr_event_load(c, until, &e) : MR_OK;
	int forward = subject == MR_LETTER;

	h.until_at = e.at;
	if (status == MR_OK)
		status = gather(&h, subject, id);
	if (status == MR_OK)
		status = place_letters(&h);
	if (status != MR_OK)
		return status;
	cut(&h, &h.lines, by_event);
	for (size_t i = 0; i < h.lines.n && status == MR_OK; i++)
		status = tell(&h, &h.lines.at[forward ? h.lines.n - 1 - i : i],
		    each, arg);
	return status;
}

enum mr_status
mr_history_allowed(struct mr_call *c, int state)
{
	if (state < MR_L_POSTED || (c->role & (MR_STAFF | MR_VOLUNTEER)) == 0)
		return MR_OK;
	return mr_fail(c, MR_DENIED,
	    "this letter has left the house; its "
	    "history is for a coordinator");
}
