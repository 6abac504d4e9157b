/*
 * Letters of a day by their numbers: those in a tray, those posted, and the
 * numbers that no letter has.
 */
#include <stdlib.h>
#include <string.h>

#include "lib/batch.h"
#include "lib/day_till.h"
#include "lib/gap.h"
#include "lib/page.h"
#include "lib/tongue.h"
#include "lib/when.h"

static void
add_number(struct mr_numbers *list, const struct mr_letter *letter)
{
	list->total++;
	if (list->n == MR_NUMBERS)
		return;
	list->at[list->n].day = letter->day;
	list->at[list->n++].number = letter->number;
}

static int
by_number(const void *a, const void *b)
{
	const struct mr_numbered *x = a, *y = b;

	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

/* The end of the run that starts at i: A4 A5 A6 of one day. */
static int
run_end(const struct mr_numbers *list, int i)
{
	int end = i;

	while (end + 1 < list->n && list->at[end + 1].day == list->at[i].day &&
	    list->at[end + 1].number == list->at[end].number + 1)
		end++;
	return end > i + 1 ? end : i;
}

static const char *
show_run(struct mr_call *c, const struct mr_numbers *list, int i, int end)
{
	const char *first = mr_letter_number(c, list->at[i].number);
	const char *of = "";
	char day[MR_WHEN_SIZE];

	if (list->at[i].day != list->today)
		of = mr_printf(c->arena, mr_say(" of %s"),
		    mr_day_iso(list->at[i].day, day));
	if (of == NULL || end == i)
		return of == NULL ? NULL
				  : mr_printf(c->arena, "%s%s", first, of);
	return mr_printf(c->arena, mr_say("%s to %s%s"), first,
	    mr_letter_number(c, list->at[end].number), of);
}

const char *
mr_numbers_show(struct mr_call *c, struct mr_numbers *list, int most)
{
	const char *all = "", *one;
	int i = 0, end, shown = 0;

	qsort(list->at, (size_t)list->n, sizeof(list->at[0]), by_number);
	for (; i < list->n && shown < most; i = end + 1, shown++) {
		end = run_end(list, i);
		one = show_run(c, list, i, end);
		if (one != NULL)
			all = mr_printf(c->arena, "%s%s%s", all,
			    shown == 0 ? "" : ", ", one);
		if (all == NULL || one == NULL)
			return "";
	}
	if (i < list->total)
		all = mr_printf(
		    c->arena, mr_say("%s and %d more"), all, list->total - i);
	return all != NULL ? all : "";
}

struct in_tray {
	enum mr_tray tray;
	int printed; /* 1: with a sheet that was not seen again */
	struct mr_numbers *list;
};

static enum mr_status
take(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct in_tray *in = arg;

	(void)c;
	if (mr_tray_of(letter->state, letter->way, letter->reason) != in->tray)
		return MR_OK;
	if (!in->printed || letter->sheet_copy > 0)
		add_number(in->list, letter);
	return MR_OK;
}

static enum mr_status
gather(struct mr_call *c, struct in_tray *in)
{
	enum mr_status status = MR_OK;

	/* A day's house is a few dozen letters: all are asked. */
	for (int s = MR_L_UNIDENTIFIED; s < MR_L_POSTED && status == MR_OK; s++)
		status = mr_letter_in_state(c, s, take, in);
	return status;
}

enum mr_status
mr_day_in_tray(struct mr_call *c, enum mr_tray tray, struct mr_numbers *list)
{
	struct in_tray in = {tray, 0, list};

	return gather(c, &in);
}

enum mr_status
mr_day_printed(struct mr_call *c, struct mr_numbers *list)
{
	struct in_tray in = {MR_TRAY_BENCH, 1, list};

	return gather(c, &in);
}

/* When a batch was closed: the event that says so, though others may have
 * followed. */
static enum mr_status
closed_at(struct mr_call *c, int64_t id, int64_t *at)
{
	struct mr_event event;
	enum mr_status status;

	*at = 0;
	for (; id != 0; id = event.before) {
		status = mr_event_load(c, id, &event);
		if (status != MR_OK)
			return status;
		*at = event.at;
		if (event.dropped ||
		    mr_event_number(&event, MR_F_TO, 0) == MR_BATCH_CLOSED)
			return MR_OK;
	}
	return MR_OK;
}

static enum mr_status
posted_with(struct mr_call *c, int64_t batch, struct mr_numbers *list)
{
	struct mr_letter letter = {0};
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT day, number FROM letter "
	    "WHERE batch = :batch AND state = :posted");
	sql_int(st, ":batch", batch);
	sql_int(st, ":posted", MR_L_POSTED);
	while (sql_row(st)) {
		letter.day = sql_col_int(st, 0);
		letter.number = (int)sql_col_int(st, 1);
		add_number(list, &letter);
	}
	return sql_done(st);
}

enum mr_status
mr_day_posted(struct mr_call *c, int64_t day, struct mr_numbers *list)
{
	int64_t start = mr_day_start(day), at = 0;
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, event FROM batch "
	    "WHERE id >= :low AND id < :end AND state = 2 "
	    "ORDER BY id DESC");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	while (status == MR_OK && sql_row(st)) {
		status = closed_at(c, sql_col_int(st, 1), &at);
		/* Batches are closed one after the other. */
		if (status != MR_OK || at < start)
			break;
		status = posted_with(c, sql_col_int(st, 0), list);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

/* Was the letter made since the day began?  Its first event tells. */
static enum mr_status
made_since(struct mr_call *c, int64_t event, int64_t since, int *made)
{
	struct mr_event e;
	enum mr_status status;
	struct mr_mark mark;

	for (*made = 1; event != 0 && *made; event = e.before) {
		mark = mr_mark(c->arena);
		status = mr_event_load(c, event, &e);
		mr_release(c->arena, mark);
		if (status != MR_OK)
			return status;
		*made = !e.dropped && e.at >= since;
	}
	return MR_OK;
}

#define SEEN_MAX 65536

struct seen {
	int64_t day;
	unsigned char has[26][SEEN_MAX / 8];
	struct mr_day_numbers *out;
};

static void
see(struct seen *seen, const struct mr_letter *letter, int mistake)
{
	int station = MR_DAYNO_STATION(letter->number) - 'A';
	int n = MR_DAYNO_COUNT(letter->number);

	if (station < 0 || station >= 26 || n >= SEEN_MAX)
		return;
	seen->has[station][n / 8] |= (unsigned char)(1u << n % 8);
	if (n > seen->out->last[station])
		seen->out->last[station] = n;
	if (mistake)
		add_number(&seen->out->mistake, letter);
}

/* The number that it had here, when another site has taken it since. */
static enum mr_status
number_here(struct mr_call *c, int64_t event, int *number)
{
	struct mr_event e = {.before = event};
	enum mr_status status = MR_OK;

	while (status == MR_OK && e.before != 0 && !e.dropped &&
	    MR_DAYNO_SITE(*number) != c->site->id) {
		struct mr_mark mark = mr_mark(c->arena);

		status = mr_event_load(c, e.before, &e);
		*number = (int)mr_event_number(&e, MR_F_NUMBER_WAS, *number);
		mr_release(c->arena, mark);
	}
	return status;
}

static enum mr_status
see_all(struct mr_call *c, struct seen *seen)
{
	int64_t since = mr_day_start(seen->day),
		end = mr_day_start(seen->day + 1);
	enum mr_status status = MR_OK, done;
	struct mr_letter letter = {.day = seen->day};
	struct sql_stmt *st;
	int made = 1;

	/* The newest letters have the highest ids, and one that was made before
	 * the day has only older ones below it. */
	st = sql_prepare(c,
	    "SELECT number, reason, event FROM letter "
	    "WHERE id >= :low AND id < :end "
	    "AND NOT EXISTS (SELECT 1 FROM page WHERE page.id = letter.id) "
	    "ORDER BY id DESC");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	while (status == MR_OK && made && sql_row(st)) {
		int after = 0;

		letter.number = (int)sql_col_int(st, 0);
		status = made_since(c, sql_col_int(st, 2), since, &made);
		if (status == MR_OK && made)
			status = made_since(c, sql_col_int(st, 2), end, &after);
		if (status == MR_OK && made && !after)
			status =
			    number_here(c, sql_col_int(st, 2), &letter.number);
		if (status == MR_OK && made && !after)
			see(seen, &letter,
			    sql_col_int(st, 1) == MR_R_C_MISTAKE);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

/* When the letter of a page was keyed in: the page may have had another
 * before, which was taken back. */
static enum mr_status
keyed_in(struct mr_call *c, const struct mr_letter *letter, int64_t *at)
{
	struct mr_event e = {.before = letter->event};
	enum mr_status status;
	struct mr_mark mark;

	*at = 0;
	while (e.before != 0) {
		mark = mr_mark(c->arena);
		status = mr_event_load(c, e.before, &e);
		mr_release(c->arena, mark);
		if (status != MR_OK)
			return status;
		if (e.dropped)
			break;
		*at = e.at;
		if (mr_event_number(&e, MR_F_PAGE, 0) != 0)
			break;
	}
	return MR_OK;
}

/* Their ids are older than the day. */
static enum mr_status
see_keyed(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct seen *seen = arg;
	int64_t at;
	enum mr_status status = keyed_in(c, letter, &at);

	if (status == MR_OK && at >= mr_day_start(seen->day) &&
	    at < mr_day_start(seen->day + 1))
		see(seen, letter, letter->reason == MR_R_C_MISTAKE);
	return status;
}

/* From another site: here it has a number of the day that it was taken. */
static enum mr_status
see_stranger(struct mr_call *c, void *arg, const struct mr_letter *letter)
{
	struct seen *seen = arg;

	(void)c;
	if (letter->day == seen->day)
		see(seen, letter, 0);
	return MR_OK;
}

/* What came back has a number of this day, and an id of long ago: it is among
 * the last few thousand, as whoever types its number finds it. */
static enum mr_status
see_again(struct mr_call *c, struct seen *seen)
{
	enum mr_status status, done;
	struct mr_letter letter = {.day = seen->day};
	struct sql_stmt *st;
	int64_t newest = 0;

	status = mr_next_id(c, MR_NEWEST("letter"), &newest);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "SELECT number, event FROM letter "
	    "WHERE id > :low AND id < :end AND day = :day "
	    "AND number >> 24 = :site");
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	sql_int(st, ":site", c->site->id);
	sql_int(st, ":low", mr_gap_back(c, "letter", newest, 20000));
	sql_int(st, ":day", seen->day);
	while (status == MR_OK && sql_row(st)) {
		int made = 0;

		letter.number = (int)sql_col_int(st, 0);
		status = made_since(
		    c, sql_col_int(st, 1), mr_day_start(seen->day), &made);
		if (status == MR_OK && !made)
			see(seen, &letter, 0);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

/* A station that works on this day knows the highest number itself. */
static enum mr_status
see_stations(struct mr_call *c, struct seen *seen)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT id, count FROM station "
	    "WHERE id >= :low AND id < :end AND day = :day");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT | 'A');
	sql_int(st, ":end", (c->site->id << MR_SITE_SHIFT | 'Z') + 1);
	sql_int(st, ":day", seen->day);
	while (sql_row(st)) {
		int station = (int)(sql_col_int(st, 0) & 0xff) - 'A';
		int count = (int)sql_col_int(st, 1);

		if (count > seen->out->last[station])
			seen->out->last[station] = count;
	}
	return sql_done(st);
}

/* After a restore the day goes on above numbers of which nobody knows. */
static void
find_gaps(struct mr_call *c, struct seen *seen)
{
	struct mr_letter letter = {.day = seen->day};
	int first = mr_gap_number(c, seen->day) + 1;

	for (int s = 0; s < 26; s++)
		for (int n = first; n <= seen->out->last[s] && n < SEEN_MAX;
		     n++) {
			if (seen->has[s][n / 8] & 1u << n % 8)
				continue;
			letter.number = MR_DAYNO(c->site->id, s + 'A', n);
			add_number(&seen->out->missing, &letter);
		}
}

enum mr_status
mr_day_numbers(struct mr_call *c, int64_t day, struct mr_day_numbers *numbers)
{
	struct seen *seen = mr_alloc(c->arena, sizeof(*seen));
	enum mr_status status;

	if (seen == NULL)
		return mr_nomem(c);
	memset(numbers, 0, sizeof(*numbers));
	numbers->missing.today = numbers->mistake.today = day;
	seen->day = day;
	seen->out = numbers;
	status = see_all(c, seen);
	if (status == MR_OK)
		status = see_again(c, seen);
	if (status == MR_OK)
		status = mr_page_letters(c, see_keyed, seen);
	if (status == MR_OK)
		status = mr_letter_strangers(c, day, see_stranger, seen);
	if (status == MR_OK)
		status = see_stations(c, seen);
	if (status == MR_OK)
		find_gaps(c, seen);
	return status;
}
