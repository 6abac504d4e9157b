/* Enclosures of a letter, the open ones, and the money in the house. */
#include <string.h>

#include "lib/enclosure.h"
#include "lib/letter.h"
#include "lib/setting.h"
#include "lib/text.h"
#include "lib/writing.h"

/* Does money count as undecided until a second person has signed? */
static enum mr_status
second_now(struct mr_call *c, int *now)
{
	int64_t later = 1;
	enum mr_status status = mr_setting_int(c, MR_SET_SECOND_PERSON, &later);

	*now = !later;
	return status;
}

enum mr_status
mr_enclosure_open(struct mr_call *c, int64_t letter, int64_t *n)
{
	enum mr_status status;
	struct sql_stmt *st;
	int now;

	*n = 0;
	status = second_now(c, &now);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "SELECT disposition, second FROM enclosure "
	    "WHERE letter = :letter");
	sql_int(st, ":letter", letter);
	while (sql_row(st))
		*n += sql_col_int(st, 0) == MR_E_HELD ||
		    (now && sql_col_null(st, 1));
	return sql_done(st);
}

/* "2 photos" */
static const char *
in_words(struct mr_call *c, int kind, int64_t count, int es)
{
	static const char *const words[][2][2] = {
	    [MR_E_PHOTO] = {{"photo", "photos"}, {"foto", "fotos"}},
	    [MR_E_STAMPS] = {{"stamp", "stamps"}, {"sello", "sellos"}},
	    [MR_E_OBJECT] = {{"object", "objects"}, {"objeto", "objetos"}},
	    [MR_E_CARD] = {{"card", "cards"}, {"tarjeta", "tarjetas"}},
	};

	return mr_printf(
	    c->arena, "%lld %s", (long long)count, words[kind][es][count != 1]);
}

static const char *
all_words(struct mr_call *c, const int64_t *count, int64_t cents, int es)
{
	char money[MR_MONEY_SIZE];
	const char *words = "", *one;

	for (int kind = MR_E_PHOTO; kind <= MR_E_CARD; kind++) {
		if (count[kind] == 0)
			continue;
		one = in_words(c, kind, count[kind], es);
		if (one != NULL && words != NULL)
			words = mr_printf(c->arena, "%s%s%s", words,
			    *words == '\0' ? "" : ", ", one);
	}
	if (cents > 0 && words != NULL)
		words = mr_printf(c->arena, "%s%s$%s", words,
		    *words == '\0' ? "" : ", ", mr_text_money(cents, money));
	return words;
}

enum mr_status
mr_enclosure_words(
    struct mr_call *c, int64_t letter, const char *language, const char **words)
{
	int64_t count[MR_E_CARD + 1] = {0}, cents = 0;
	enum mr_status status;
	struct sql_stmt *st;
	const char *all;

	st = sql_prepare(c,
	    "SELECT kind, count, cents FROM enclosure "
	    "WHERE letter = :letter AND disposition = :forward");
	sql_int(st, ":letter", letter);
	sql_int(st, ":forward", MR_E_FORWARD);
	while (sql_row(st)) {
		int64_t kind = sql_col_int(st, 0);

		if (kind == MR_E_MONEY)
			cents += sql_col_int(st, 2);
		else if (kind > 0 && kind <= MR_E_CARD)
			count[kind] += sql_col_int(st, 1);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	all = all_words(c, count, cents, strcmp(language, "es") == 0);
	if (all == NULL)
		return mr_nomem(c);
	*words = all;
	return MR_OK;
}

enum mr_status
mr_enclosure_say(struct mr_call *c, const struct mr_enclosure *enclosure,
    const char *language, const char **words)
{
	int64_t count[MR_E_CARD + 1] = {0};

	count[enclosure->kind] = enclosure->count;
	*words = all_words(c, count,
	    enclosure->kind == MR_E_MONEY ? enclosure->cents : 0,
	    strcmp(language, "es") == 0);
	return *words != NULL ? MR_OK : mr_nomem(c);
}

/* What nobody has decided on, or not yet with two. */
static enum mr_status
sum_undecided(struct mr_call *c, int now, struct mr_hand *hand)
{
	struct sql_stmt *st;

	/* The partial index holds the open ones only. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT e.kind, e.cents, e.disposition "
		     "FROM enclosure AS e "
		     "JOIN letter AS l ON l.id = e.letter "
		     "WHERE (e.disposition = 1 OR e.second IS NULL) "
		     "AND l.number >> 24 = :site");
	sql_int(st, ":site", c->site->id);
	while (sql_row(st)) {
		if (sql_col_int(st, 2) != MR_E_HELD && !now)
			continue;
		hand->waiting++;
		if (sql_col_int(st, 0) == MR_E_MONEY)
			hand->undecided += sql_col_int(st, 1);
	}
	return sql_done(st);
}

/* Money that goes on with a letter which is still here, or back with one of
 * ours that is. */
static enum mr_status
sum_going(struct mr_call *c, int now, struct mr_hand *hand)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT e.cents, e.second, e.id "
	    "FROM letter AS l "
	    "JOIN enclosure AS e ON e.letter = l.id "
	    "WHERE l.number >> 24 = :site AND l.state > 0 AND l.state < 7 "
	    "AND e.kind = :money AND e.disposition = :forward "
	    "UNION "
	    "SELECT e.cents, e.second, e.id "
	    "FROM letter AS l "
	    "JOIN writing AS w ON w.id = l.id "
	    "JOIN enclosure AS e ON e.id = w.enclosure "
	    "WHERE l.number >> 24 = :site AND l.state > 0 AND l.state < 7 "
	    "AND l.form = :form "
	    "AND e.kind = :money AND e.disposition = :back");
	sql_int(st, ":site", c->site->id);
	sql_int(st, ":form", MR_FORM_ENCLOSURE_RETURNED);
	sql_int(st, ":money", MR_E_MONEY);
	sql_int(st, ":forward", MR_E_FORWARD);
	sql_int(st, ":back", MR_E_RETURN);
	while (sql_row(st))
		if (!now || !sql_col_null(st, 1))
			hand->going += sql_col_int(st, 0);
	return sql_done(st);
}

static enum mr_status
add_found(struct mr_call *c, void *arg, const struct mr_enclosure *e)
{
	struct mr_hand *hand = arg;

	(void)c;
	if (e->kind == MR_E_MONEY && e->disposition != MR_E_MISTAKE)
		hand->found += e->cents;
	return MR_OK;
}

enum mr_status
mr_enclosure_hand(struct mr_call *c, struct mr_hand *hand)
{
	struct mr_enclosure_filter today = {.day = c->today};
	enum mr_status status;
	int now;

	*hand = (struct mr_hand){0};
	status = second_now(c, &now);
	if (status == MR_OK)
		status = sum_undecided(c, now, hand);
	if (status == MR_OK)
		status = sum_going(c, now, hand);
	if (status == MR_OK)
		status = mr_enclosure_list(c, &today, add_found, hand);
	hand->total = hand->undecided + hand->going;
	return status;
}

/* Does a letter of ours that is still here take it back? */
static enum mr_status
goes_back(struct mr_call *c, int64_t id, int *here)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    SQL_SCAN "SELECT 1 FROM letter AS l "
		     "JOIN writing AS w ON w.id = l.id "
		     "WHERE l.number >> 24 = :site "
		     "AND l.state > 0 AND l.state < 7 "
		     "AND l.form = :form AND w.enclosure = :id");
	sql_int(st, ":site", c->site->id);
	sql_int(st, ":form", MR_FORM_ENCLOSURE_RETURNED);
	sql_int(st, ":id", id);
	*here = sql_row(st);
	return sql_done(st);
}

/* Does its letter lie at this site? */
static enum mr_status
at_this_site(struct mr_call *c, const struct mr_enclosure *e, int *here)
{
	struct mr_letter letter;
	enum mr_status status = mr_letter_load(c, e->letter, &letter);

	*here = status == MR_OK && mr_letter_here(c, &letter);
	return status;
}

/* Is it money that is still here: undecided, not signed for where two must
 * sign first, or going on or back with a letter of the house? */
static enum mr_status
in_hand(struct mr_call *c, const struct mr_enclosure *e, int now, int *here)
{
	struct mr_letter letter;
	enum mr_status status;

	*here = 0;
	if (e->kind != MR_E_MONEY)
		return MR_OK;
	if (e->disposition == MR_E_HELD || (now && e->second == 0))
		return at_this_site(c, e, here);
	if (e->disposition == MR_E_RETURN)
		return goes_back(c, e->id, here);
	if (e->disposition != MR_E_FORWARD)
		return MR_OK;
	status = mr_letter_load(c, e->letter, &letter);
	*here = status == MR_OK && letter.state < MR_L_POSTED &&
	    mr_letter_here(c, &letter);
	return status;
}

enum mr_status
mr_enclosure_in_hand(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_enclosure *enclosure),
    void *arg)
{
	enum mr_status status, done;
	struct mr_enclosure e;
	struct sql_stmt *st;
	int now, here;

	status = second_now(c, &now);
	if (status != MR_OK)
		return status;
	/* The open ones by their index, and those of the letters in the house. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT id FROM enclosure "
		     "WHERE disposition = 1 OR second IS NULL "
		     "UNION "
		     "SELECT e.id FROM letter AS l "
		     "JOIN enclosure AS e ON e.letter = l.id "
		     "WHERE l.number >> 24 = :site "
		     "AND l.state > 0 AND l.state < 7 "
		     "AND e.kind = 1 AND e.disposition = 2 "
		     "UNION "
		     "SELECT w.enclosure FROM letter AS l "
		     "JOIN writing AS w ON w.id = l.id "
		     "WHERE l.number >> 24 = :site "
		     "AND l.state > 0 AND l.state < 7 "
		     "AND w.enclosure IS NOT NULL "
		     "ORDER BY id");
	sql_int(st, ":site", c->site->id);
	while (status == MR_OK && sql_row(st)) {
		status = mr_enclosure_load(c, sql_col_int(st, 0), &e);
		if (status == MR_OK)
			status = in_hand(c, &e, now, &here);
		if (status == MR_OK && here)
			status = each(c, arg, &e);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

enum mr_status
mr_money_in_hand(struct mr_call *c, int64_t *cents)
{
	struct mr_hand hand;
	enum mr_status status = mr_enclosure_hand(c, &hand);

	if (status == MR_OK)
		*cents = hand.total;
	return status;
}

static struct sql_stmt *
prepare_list(struct mr_call *c, const struct mr_enclosure_filter *filter)
{
	struct sql_stmt *st;

	if (filter->letter != 0) {
		st = sql_prepare(c,
		    "SELECT id FROM enclosure "
		    "WHERE letter = :letter "
		    "ORDER BY id DESC");
		sql_int(st, ":letter", filter->letter);
		return st;
	}
	if (filter->open) {
		st = sql_prepare(c,
		    SQL_SCAN "SELECT e.id FROM enclosure AS e "
			     "JOIN letter AS l ON l.id = e.letter "
			     "WHERE (e.disposition = 1 OR e.second IS NULL) "
			     "AND l.number >> 24 = :site "
			     "ORDER BY e.id DESC");
		sql_int(st, ":site", c->site->id);
		return st;
	}
	st = sql_prepare(c,
	    SQL_SCAN "SELECT id FROM enclosure "
		     "WHERE id >= :low AND id < :end "
		     "ORDER BY id DESC");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":end", (c->site->id + 1) << MR_SITE_SHIFT);
	return st;
}

enum mr_status
mr_enclosure_list(struct mr_call *c, const struct mr_enclosure_filter *filter,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_enclosure *enclosure),
    void *arg)
{
	struct sql_stmt *st = prepare_list(c, filter);
	enum mr_status status = MR_OK, done;
	struct mr_enclosure e;

	while (status == MR_OK && sql_row(st)) {
		status = mr_enclosure_load(c, sql_col_int(st, 0), &e);
		if (status != MR_OK)
			break;
		/* Days only rise with the ids. */
		if (filter->day != 0 && e.day < filter->day)
			break;
		if (filter->day != 0 && e.day != filter->day)
			continue;
		if (filter->open && e.disposition != MR_E_HELD && e.second != 0)
			continue;
		status = each(c, arg, &e);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}
