/* The till of a mail day, what is in the house, and hands held against it. */
#include "lib/day_till.h"

#include <stdio.h>
#include <string.h>

#include "lib/enclosure.h"
#include "lib/text.h"
#include "lib/tongue.h"

static const char *const trays[] = {
#define X(name, word) word,
    MR_TRAYS(X)
#undef X
};

const char *
mr_tray_name(enum mr_tray tray)
{
	return tray < MR_NTRAYS ? trays[tray] : NULL;
}

enum mr_tray
mr_tray_of(int state, int way, int reason)
{
	switch (state) {
	case MR_L_HELD:
		/* Nothing is wrong with it: it waits for a pen pal. */
		return reason == MR_R_NO_PAIRING ? MR_TRAY_YELLOW : MR_TRAY_RED;
	case MR_L_UNIDENTIFIED:
		return way == MR_BACK ? MR_TRAY_BLUE : MR_TRAY_YELLOW;
	case MR_L_RETURNED:
		return MR_TRAY_BLUE;
	case MR_L_RECEIVED:
	case MR_L_CLEARED:
		return MR_TRAY_BENCH;
	default:
		return MR_TRAY_NONE;
	}
}

/* Day counts of the days from `from` to before `to`, as ids. */
static enum mr_status
sum_counts(struct mr_call *c, int64_t from, int64_t to, int64_t sum[MR_N_END])
{
	struct sql_stmt *st;
	int64_t what;

	memset(sum, 0, MR_N_END * sizeof(*sum));
	st = sql_prepare(c,
	    "SELECT what, count FROM day_count "
	    "WHERE day >= :from AND day < :to");
	sql_int(st, ":from", from);
	sql_int(st, ":to", to);
	while (sql_row(st)) {
		what = sql_col_int(st, 0);
		if (what > 0 && what < MR_N_END)
			sum[what] += sql_col_int(st, 1);
	}
	return sql_done(st);
}

/* By how many letters the counts of all days from that one on grew the
 * house. */
static enum mr_status
grown_since(struct mr_call *c, int64_t day, int64_t *grown)
{
	int64_t start = c->site->id << MR_SITE_SHIFT, n[MR_N_END];
	enum mr_status status;

	status =
	    sum_counts(c, start | day, (c->site->id + 1) << MR_SITE_SHIFT, n);
	*grown = n[MR_N_PIECES] + n[MR_N_EXTRA] + n[MR_N_OFFICE] +
	    n[MR_N_REFOUND] + n[MR_N_FROM_SITE] - n[MR_N_POSTED] -
	    n[MR_N_HANDED] - n[MR_N_THROWN] - n[MR_N_TO_SITE];
	return status;
}

static enum mr_status
count_house(struct mr_call *c, struct mr_house *house)
{
	enum mr_status status;
	struct sql_stmt *st;
	enum mr_tray tray;
	int64_t n;
	int state;

	memset(house, 0, sizeof(*house));
	st = sql_prepare(c,
	    "SELECT state, way, reason, count(*) FROM letter "
	    "WHERE number >> 24 = :site AND state > 0 AND state < 7 "
	    "GROUP BY state, way, reason");
	sql_int(st, ":site", c->site->id);
	while (sql_row(st)) {
		state = (int)sql_col_int(st, 0);
		tray = mr_tray_of(
		    state, (int)sql_col_int(st, 1), (int)sql_col_int(st, 2));
		n = sql_col_int(st, 3);
		house->state[state] += n;
		house->total += n;
		if (tray < MR_NTRAYS)
			house->should.tray[tray] += n;
	}
	status = sql_done(st);
	return status;
}

enum mr_status
mr_day_brought(struct mr_call *c, int64_t day, int64_t *brought)
{
	struct mr_house house;
	int64_t grown = 0;
	enum mr_status status = count_house(c, &house);

	if (status == MR_OK)
		status = grown_since(c, day, &grown);
	/* Less than nothing only where somebody wrote into the counts; the
	 * till shows the difference. */
	*brought = house.total > grown ? house.total - grown : 0;
	return status;
}

enum mr_status
mr_day_house(struct mr_call *c, int64_t day, struct mr_house *house)
{
	struct mr_numbers *posted = mr_alloc(c->arena, sizeof(*posted));
	enum mr_status status;

	if (posted == NULL)
		return mr_nomem(c);
	status = count_house(c, house);
	if (status == MR_OK)
		status = mr_day_posted(c, day, posted);
	/* A stub for each envelope: of those that went and of those to go. */
	house->should.sealed = house->state[MR_L_SEALED] + posted->total;
	house->should.stubs = house->should.sealed;
	if (status == MR_OK)
		status = mr_money_in_hand(c, &house->should.cents);
	return status;
}

/* As the counts of the day stand; carried is what is left of the house when
 * later days' work is taken out. */
static enum mr_status
till_now(struct mr_call *c, const struct mr_day *row, struct mr_till *till)
{
	int64_t id = c->site->id << MR_SITE_SHIFT | row->day, n[MR_N_END];
	enum mr_status status = sum_counts(c, id, id + 1, n);
	struct mr_house house;
	int64_t later = 0;

	if (status == MR_OK)
		status = count_house(c, &house);
	if (status == MR_OK)
		status = grown_since(c, row->day + 1, &later);
	if (status != MR_OK)
		return status;
	*till = (struct mr_till){
	    .brought = row->brought,
	    .pieces = row->pieces,
	    .extra = n[MR_N_EXTRA],
	    .office = n[MR_N_OFFICE],
	    .refound = n[MR_N_REFOUND],
	    .posted = n[MR_N_POSTED],
	    .handed = n[MR_N_HANDED],
	    .thrown = n[MR_N_THROWN],
	    .from_site = n[MR_N_FROM_SITE],
	    .to_site = n[MR_N_TO_SITE],
	    .carried = house.total - later,
	    .logged = n[MR_N_PIECES],
	};
	return MR_OK;
}

static void
balance(struct mr_till *t)
{
	t->difference = t->brought + t->pieces + t->extra + t->office +
	    t->refound + t->from_site - t->posted - t->handed - t->thrown -
	    t->to_site - t->carried;
}

enum mr_status
mr_day_till(struct mr_call *c, const struct mr_day *row, struct mr_till *till)
{
	struct mr_hands hands;
	enum mr_status status;

	if (row->state == MR_DAY_CLOSED)
		return mr_day_written(c, row->event, till, &hands);
	status = till_now(c, row, till);
	if (status == MR_OK)
		balance(till);
	return status;
}

size_t
mr_day_write(const struct mr_till *t, const struct mr_hands *h,
    char written[MR_DAY_WRITTEN])
{
	const int64_t n[] = {t->brought, t->pieces, t->extra, t->office,
	    t->refound, t->posted, t->handed, t->thrown, t->carried, t->logged,
	    h->sealed, h->stubs, h->tray[MR_TRAY_RED], h->tray[MR_TRAY_YELLOW],
	    h->tray[MR_TRAY_BLUE], h->tray[MR_TRAY_BENCH], h->cents,
	    t->from_site, t->to_site};
	size_t len = 0;

	for (size_t i = 0; i < sizeof(n) / sizeof(n[0]); i++)
		len += (size_t)snprintf(written + len, MR_DAY_WRITTEN - len,
		    "%s%lld", i == 0 ? "" : " ", (long long)n[i]);
	return len;
}

/* So many numbers, when an office had one site. */
#define WRITTEN_ONE_SITE 17

static int
read_written(const char *text, struct mr_till *t, struct mr_hands *h)
{
	int64_t *const n[] = {&t->brought, &t->pieces, &t->extra, &t->office,
	    &t->refound, &t->posted, &t->handed, &t->thrown, &t->carried,
	    &t->logged, &h->sealed, &h->stubs, &h->tray[MR_TRAY_RED],
	    &h->tray[MR_TRAY_YELLOW], &h->tray[MR_TRAY_BLUE],
	    &h->tray[MR_TRAY_BENCH], &h->cents, &t->from_site, &t->to_site};
	long long value;
	int used;

	t->from_site = t->to_site = 0;
	for (size_t i = 0; i < sizeof(n) / sizeof(n[0]); i++) {
		/* A close of before there were sites. */
		if (i == WRITTEN_ONE_SITE && *text == '\0')
			break;
		if (sscanf(text, "%lld%n", &value, &used) != 1)
			return -1;
		*n[i] = value;
		text += used;
	}
	return *text == '\0' ? 0 : -1;
}

enum mr_status
mr_day_written(
    struct mr_call *c, int64_t id, struct mr_till *till, struct mr_hands *hands)
{
	const char *text;
	struct mr_event event;
	enum mr_status status;

	do {
		status = mr_event_load(c, id, &event);
		if (status != MR_OK)
			return status;
		id = event.before;
	} while (
	    id != 0 && mr_event_number(&event, MR_F_TO, 0) != MR_DAY_CLOSED);
	text = mr_event_text(c, &event, MR_F_TEXT);
	if (text == NULL || read_written(text, till, hands) != 0)
		return mr_fail(c, MR_DAMAGED,
		    "what the close of this day wrote down cannot be read; "
		    "run 'mailroom audit verify'");
	balance(till);
	return MR_OK;
}

/* A comparison at work: the sentence grows by what differs. */
struct compare {
	struct mr_call *c;
	const char *said;
};

static void
add(struct compare *k, const char *text)
{
	if (k->said == NULL || text == NULL)
		return;
	k->said = mr_printf(
	    k->c->arena, "%s%s%s", k->said, *k->said == '\0' ? "" : "; ", text);
}

/* "red: you counted 1, the program has 2 (A4, A9)" */
static enum mr_status
hold_against(struct compare *k, const char *what, int64_t counted,
    int64_t should, struct mr_numbers *list)
{
	const char *who = mr_numbers_show(k->c, list, 6);

	add(k,
	    mr_printf(k->c->arena,
		mr_say("%s: you counted %lld, the program has %lld%s%s%s"),
		mr_say(what), (long long)counted, (long long)should,
		list->total == 0 ? "" : " (", who,
		list->total == 0 ? "" : ")"));
	return k->said != NULL ? MR_OK : mr_nomem(k->c);
}

static enum mr_status
compare_sealed(struct compare *k, int64_t day, const struct mr_hands *should,
    const struct mr_hands *hands)
{
	struct mr_numbers *list = mr_alloc(k->c->arena, sizeof(*list));
	enum mr_status status;

	if (list == NULL)
		return mr_nomem(k->c);
	if (hands->sealed == should->sealed && hands->stubs == should->stubs)
		return MR_OK;
	list->today = day;
	status = mr_day_posted(k->c, day, list);
	if (status == MR_OK)
		status = mr_day_in_tray(k->c, MR_TRAY_NONE, list);
	if (status == MR_OK && hands->sealed != should->sealed)
		status = hold_against(
		    k, "sealed envelopes", hands->sealed, should->sealed, list);
	if (status == MR_OK && hands->stubs != should->stubs)
		status =
		    hold_against(k, "stubs", hands->stubs, should->stubs, list);
	return status;
}

static enum mr_status
compare_trays(struct compare *k, int64_t day, const struct mr_hands *should,
    const struct mr_hands *hands)
{
	struct mr_numbers *list = mr_alloc(k->c->arena, sizeof(*list));
	enum mr_status status = MR_OK;
	const char *name;

	if (list == NULL)
		return mr_nomem(k->c);
	for (int i = 0; i < MR_NTRAYS && status == MR_OK; i++) {
		if (hands->tray[i] == should->tray[i])
			continue;
		memset(list, 0, sizeof(*list));
		list->today = day;
		status = mr_day_in_tray(k->c, (enum mr_tray)i, list);
		name = i == MR_TRAY_BENCH
		    ? "bench"
		    : mr_printf(
			  k->c->arena, mr_say("%s tray"), mr_say(trays[i]));
		if (name == NULL)
			status = mr_nomem(k->c);
		if (status == MR_OK)
			status = hold_against(
			    k, name, hands->tray[i], should->tray[i], list);
	}
	return status;
}

static void
compare_till(struct compare *k, const struct mr_till *till)
{
	long long off = (long long)till->difference;

	if (off == 0)
		return;
	add(k,
	    mr_printf(k->c->arena,
		mr_say("pieces: %lld counted, %lld logged, so %lld %s"),
		(long long)till->pieces, (long long)till->logged,
		off > 0 ? off : -off,
		off > 0 ? mr_say("counted and never logged")
			: mr_say("logged and not counted")));
}

static void
compare_money(struct compare *k, const struct mr_hands *should,
    const struct mr_hands *hands)
{
	char counted[MR_MONEY_SIZE], has[MR_MONEY_SIZE];

	if (hands->cents == should->cents)
		return;
	add(k,
	    mr_printf(k->c->arena,
		mr_say("money: you counted %s, the program has %s in hand"),
		mr_text_money(hands->cents, counted),
		mr_text_money(should->cents, has)));
}

/* As many differences as an error has room for, none of them cut. */
static const char *
whole(struct mr_call *c, const char *said)
{
	size_t room = 315, end = 0, i;

	if (strlen(said) <= room)
		return said;
	for (i = 0; i <= room; i++)
		if (said[i] == ';')
			end = i;
	return mr_printf(c->arena, mr_say("%.*s; and more"), (int)end, said);
}

enum mr_status
mr_day_compare(struct mr_call *c, int64_t day, const struct mr_till *till,
    const struct mr_hands *should, const struct mr_hands *hands,
    const char **differs)
{
	struct compare k = {.c = c, .said = ""};
	enum mr_status status;

	compare_till(&k, till);
	compare_money(&k, should, hands);
	status = compare_sealed(&k, day, should, hands);
	if (status == MR_OK)
		status = compare_trays(&k, day, should, hands);
	if (status == MR_OK && k.said == NULL)
		status = mr_nomem(c);
	if (status == MR_OK) {
		*differs = whole(c, k.said);
		status = *differs != NULL ? MR_OK : mr_nomem(c);
	}
	return status;
}
