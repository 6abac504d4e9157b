/* Lists of letters.  See letter_list.h. */
#include "lib/letter_list.h"

#include <stdlib.h>
#include <string.h>

#include "lib/fid.h"
#include "lib/page.h"
#include "lib/pairing.h"
#include "lib/person.h"
#include "lib/setting.h"
#include "lib/user.h"
#include "lib/when.h"

#define LIMIT 100

struct list {
	struct mr_call *c;
	const struct mr_letter_list *in;
	struct mr_out *out;
	int state;
	int64_t by, left;
	int64_t late_before; /* logged before this day is late */
};

static enum mr_status
emit_if(struct list *list, const struct mr_letter *l)
{
	if (list->left <= 0 || (list->state != 0 && l->state != list->state))
		return MR_OK;
	if (list->in->due && (l->until == 0 || l->until > list->c->today))
		return MR_OK;
	if (list->in->late && l->day >= list->late_before)
		return MR_OK;
	list->left--;
	return mr_letter_emit(list->c, list->out, NULL, l);
}

static enum mr_status
emit_id(struct list *list, int64_t id)
{
	struct mr_mark mark = mr_mark(list->c->arena);
	struct mr_letter letter;
	enum mr_status status = mr_letter_load(list->c, id, &letter);

	if (status == MR_OK)
		status = emit_if(list, &letter);
	mr_release(list->c->arena, mark);
	return status;
}

/* Ids that a statement answers, one a row. */
static enum mr_status
emit_ids(struct list *list, struct sql_stmt *st)
{
	enum mr_status status = MR_OK, done;

	while (status == MR_OK && list->left > 0 && sql_row(st))
		status = emit_id(list, sql_col_int(st, 0));
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

static enum mr_status
of_pairing(struct list *list, int64_t pairing)
{
	struct sql_stmt *st;

	st = sql_prepare(list->c,
	    "SELECT id FROM letter "
	    "WHERE pairing = :pairing "
	    "ORDER BY day DESC, id DESC");
	sql_int(st, ":pairing", pairing);
	return emit_ids(list, st);
}

static enum mr_status
each_pairing(struct mr_call *c, void *arg, const struct mr_pairing *pairing)
{
	(void)c;
	return of_pairing(arg, pairing->id);
}

/* Of all pairings of a person, and those without any. */
static enum mr_status
of_person(struct list *list, int64_t person)
{
	struct sql_stmt *st;
	enum mr_status status;

	status = mr_pairing_of(list->c, person, each_pairing, list);
	if (status != MR_OK)
		return status;
	st = sql_prepare(list->c,
	    "SELECT id FROM letter "
	    "WHERE person = :person "
	    "ORDER BY day DESC, id DESC");
	sql_int(st, ":person", person);
	return emit_ids(list, st);
}

/* Letters that were keyed in with a page, whose ids are older than they, and
 * those that another site logged: told by their days.  As many as there are. */
struct keyed {
	struct keyed_at {
		int64_t id, day;
	} * at;
	int n, room, told;
};

/* Twice the room; the smaller one stays in the arena until the call ends. */
static enum mr_status
widen(struct mr_call *c, struct keyed *keyed)
{
	int room = keyed->room > 0 ? 2 * keyed->room : 256;
	struct keyed_at *at = mr_alloc(c->arena, (size_t)room * sizeof(*at));

	if (at == NULL)
		return mr_nomem(c);
	if (keyed->n > 0)
		memcpy(at, keyed->at, (size_t)keyed->n * sizeof(*at));
	keyed->at = at;
	keyed->room = room;
	return MR_OK;
}

static enum mr_status
take_keyed(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct keyed *keyed = arg;

	if (keyed->n == keyed->room && widen(c, keyed) != MR_OK)
		return MR_NOMEM;
	keyed->at[keyed->n].id = letter->id;
	keyed->at[keyed->n++].day = letter->day;
	return MR_OK;
}

static int
newest_first(const void *a, const void *b)
{
	const struct keyed_at *x = a, *y = b;

	if (x->day != y->day)
		return x->day > y->day ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

/* Those of that day and later which were not told yet. */
static enum mr_status
emit_keyed(struct list *list, struct keyed *keyed, int64_t day)
{
	enum mr_status status = MR_OK;

	while (status == MR_OK && keyed->told < keyed->n &&
	    keyed->at[keyed->told].day >= day)
		status = emit_id(list, keyed->at[keyed->told++].id);
	return status;
}

static enum mr_status
newest(struct list *list)
{
	struct keyed keyed = {.n = 0};
	enum mr_status status, done;
	struct sql_stmt *st;
	int64_t next = 0;

	status = mr_next_id(list->c, MR_NEWEST("letter"), &next);
	if (status == MR_OK)
		status = mr_page_letters(list->c, take_keyed, &keyed);
	if (status == MR_OK)
		status = mr_letter_strangers(list->c, 0, take_keyed, &keyed);
	if (status != MR_OK)
		return status;
	if (keyed.n > 1)
		qsort(keyed.at, (size_t)keyed.n, sizeof(keyed.at[0]),
		    newest_first);
	st = sql_prepare(list->c,
	    "SELECT id, day FROM letter "
	    "WHERE id >= :low AND id < :next AND number >> 24 = :site "
	    "AND NOT EXISTS (SELECT 1 FROM page WHERE page.id = letter.id) "
	    "ORDER BY id DESC");
	sql_int(st, ":low", list->c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":next", next);
	sql_int(st, ":site", list->c->site->id);
	while (status == MR_OK && list->left > 0 && sql_row(st)) {
		int64_t id = sql_col_int(st, 0);

		status = emit_keyed(list, &keyed, sql_col_int(st, 1));
		if (status == MR_OK)
			status = emit_id(list, id);
	}
	done = sql_done(st);
	if (status == MR_OK)
		status = done;
	return status == MR_OK ? emit_keyed(list, &keyed, 0) : status;
}

/* Logged on a day, by the events that logged them: ids do not know days. */
static enum mr_status
of_day(struct list *list)
{
	struct mr_call *c = list->c;
	int64_t low = 0, high = 0;
	struct mr_event event;
	enum mr_status status;

	status = mr_event_since(c, mr_day_start(list->in->day.day), &low);
	if (status == MR_OK)
		status = mr_event_since(
		    c, mr_day_start(list->in->day.day + 1), &high);
	while (status == MR_OK && high > low && list->left > 0) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, --high, &event);
		if (status == MR_OK && !event.dropped &&
		    event.subject == MR_LETTER &&
		    (event.before == 0 ||
			mr_event_number(&event, MR_F_PAGE, 0) != 0) &&
		    (list->by < 0 || event.user == list->by))
			status = emit_id(list, event.subject_id);
		mr_release(c->arena, mark);
	}
	return status;
}

static enum mr_status
each_open(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct list *list = arg;
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_status status = emit_if(list, letter);

	mr_release(c->arena, mark);
	return status;
}

/* All that is in the house, tray by tray. */
static enum mr_status
in_house(struct list *list)
{
	enum mr_status status = MR_OK;

	for (int s = MR_L_UNIDENTIFIED; s < MR_L_POSTED && status == MR_OK; s++)
		status = mr_letter_in_state(list->c, s, each_open, list);
	return status;
}

static enum mr_status
of_id(struct list *list)
{
	struct mr_fid_reading reading;
	struct mr_fid fid;
	enum mr_status status;

	status = mr_fid_read(list->c, list->in->id.s, &fid, &reading);
	if (status != MR_OK)
		return status;
	if (reading.answer > MR_FID_IS_STOPPED)
		return mr_fail(list->c, MR_INVALID, "%s", reading.sentence);
	return of_pairing(list, fid.pairing);
}

static enum mr_status
walk(struct list *list)
{
	const struct mr_letter_list *in = list->in;
	int64_t person;
	enum mr_status status;

	if (in->pairing.id != 0)
		return of_pairing(list, in->pairing.id);
	if (in->id.s != NULL)
		return of_id(list);
	if (in->person.s != NULL) {
		status = mr_person_find(list->c, in->person, &person);
		return status == MR_OK ? of_person(list, person) : status;
	}
	if (in->day.given)
		return of_day(list);
	if (in->late)
		return in_house(list);
	if (list->state != 0 && list->state < MR_L_POSTED)
		return mr_letter_in_state(
		    list->c, list->state, each_open, list);
	return newest(list);
}

/* Working days: without Saturdays and Sundays. */
enum mr_status
mr_late_before(struct mr_call *c, int64_t *day)
{
	int64_t days = 0;
	enum mr_status status = mr_setting_int(c, MR_SET_LATE_AFTER, &days);

	*day = c->today;
	while (status == MR_OK && days > 0)
		if (mr_day_weekday(--*day) <= 5)
			days--;
	return status;
}

static enum mr_status
read_filter(struct list *list)
{
	struct mr_call *c = list->c;
	enum mr_status status = MR_OK;

	list->by = -1;
	if (list->in->late)
		status = mr_late_before(c, &list->late_before);
	if (status != MR_OK)
		return status;
	if (list->in->due)
		list->state = MR_L_HELD;
	if (list->in->state != NULL) {
		list->state = mr_letter_state_of(list->in->state);
		if (list->state == 0)
			return mr_fail(c, MR_INVALID,
			    "states are: "
			    "unidentified, received, held, cleared, sealed, "
			    "returned, posted, closed");
	}
	if (list->in->by == NULL)
		return MR_OK;
	if (!list->in->day.given)
		return mr_fail(c, MR_USAGE, "say of which day: --day");
	return mr_user_find(c, list->in->by, &list->by);
}

enum mr_status
mr_letter_list(
    struct mr_call *c, const struct mr_letter_list *in, struct mr_out *out)
{
	struct list list = {.c = c, .in = in, .out = out};
	enum mr_status status = read_filter(&list);

	if (status != MR_OK)
		return status;
	list.left = in->limit.given ? in->limit.n : LIMIT;
	out->begin_list(out, NULL);
	status = walk(&list);
	out->end_list(out);
	return status;
}
