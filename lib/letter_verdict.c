/* What the bench is told about a letter.  See letter_verdict.h. */
#include "lib/letter_verdict.h"

#include "lib/address.h"
#include "lib/day.h"
#include "lib/facility.h"
#include "lib/page.h"
#include "lib/person.h"
#include "lib/route.h"
#include "lib/setting.h"
#include "lib/tongue.h"
#include "lib/when.h"

/* The tray it goes into; null while it is worked on. */
static const char *
tray(const struct mr_letter *l)
{
	enum mr_tray tray = mr_tray_of(l->state, l->way, l->reason);

	return tray == MR_TRAY_BENCH ? NULL : mr_tray_name(tray);
}

/* The pairing's earlier letter in this direction: none, today's, older. */
static enum mr_status
earlier(struct mr_call *c, const struct mr_letter *l, enum mr_verdict *verdict)
{
	int64_t site = l->id >> MR_SITE_SHIFT, day = 0;
	struct sql_stmt *st;
	enum mr_status status;

	*verdict = MR_V_GOOD;
	if (l->pairing == 0)
		return MR_OK;
	st = sql_prepare(c,
	    "SELECT day FROM letter "
	    "WHERE pairing = :pairing AND id <> :id "
	    "AND direction = :direction "
	    "AND ((id >= :low AND id < :end) "
	    "OR ((id < :low OR id >= :stop) AND day <= :day)) "
	    "ORDER BY day DESC LIMIT 1");
	/* Ids tell the order at a site, days between them. */
	sql_int(st, ":low", site << MR_SITE_SHIFT);
	sql_int(st, ":stop", (site + 1) << MR_SITE_SHIFT);
	sql_int(st, ":day", l->day);
	sql_int(st, ":pairing", l->pairing);
	/* The id of a letter with a page is older than the letter. */
	sql_int(st, ":end",
	    l->sheet_copy > 0 ? (site + 1) << MR_SITE_SHIFT : l->id);
	sql_int(st, ":id", l->id);
	sql_int(st, ":direction", l->direction);
	status = sql_done_int(st, &day);
	if (status == MR_NOTFOUND)
		*verdict = MR_V_FIRST;
	else if (status == MR_OK && day == l->day)
		*verdict = MR_V_SECOND;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
choose(struct mr_call *c, const struct mr_letter *l, int new_one,
    enum mr_verdict *verdict)
{
	*verdict = MR_V_DONE;
	switch (l->state) {
	case MR_L_HELD:
		*verdict =
		    l->reason == MR_R_NO_PAIRING ? MR_V_NO_PAIRING : MR_V_HELD;
		return MR_OK;
	case MR_L_UNIDENTIFIED:
		*verdict = l->way == MR_BACK ? MR_V_CAME_BACK : MR_V_NO_ID;
		return MR_OK;
	case MR_L_RETURNED:
		*verdict = MR_V_CAME_BACK;
		return MR_OK;
	case MR_L_RECEIVED:
		if (l->sheets < 0 && new_one)
			return earlier(c, l, verdict);
		*verdict = l->sheets < 0 ? MR_V_GOES_ON : MR_V_TO_READ;
		return MR_OK;
	case MR_L_CLOSED:
		*verdict = MR_V_CLOSED;
		return MR_OK;
	default:
		return MR_OK;
	}
}

/* Why it is held or closed, for whoever asks: a volunteer is not told of
 * safety. */
static const char *
why_here(const struct mr_call *c, const struct mr_letter *l)
{
	const struct mr_reason_row *why = mr_reason_shown(c, l->reason);

	if (why == NULL || (l->state != MR_L_HELD && l->state != MR_L_CLOSED))
		return NULL;
	return mr_say(why->say);
}

static enum mr_status
pen_name(struct mr_call *c, int64_t id, const char **name)
{
	struct mr_correspondent person;
	enum mr_status status;

	*name = NULL;
	if (id == 0)
		return MR_OK;
	status = mr_person_load(c, id, &person);
	if (status == MR_OK)
		*name = person.pen_name;
	return status;
}

/* "A17"; of a letter that came on another day, "A17 of 2026-11-05", since
 * today may have one too. */
static const char *
number_of(struct mr_call *c, const struct mr_letter *l)
{
	const char *number = mr_letter_number(c, l->number);
	char day[MR_WHEN_SIZE];

	if (number == NULL || l->day == c->today)
		return number;
	return mr_printf(
	    c->arena, mr_say("%s of %s"), number, mr_day_iso(l->day, day));
}

static enum mr_status
facts_of(struct mr_call *c, const struct mr_letter *l,
    struct mr_verdict_facts *facts)
{
	enum mr_status status;
	int64_t from, to;

	facts->number = number_of(c, l);
	facts->state = mr_say(mr_letter_state_name(l->state));
	facts->sheets =
	    l->sheets < 0 ? NULL : mr_printf(c->arena, "%d", l->sheets);
	facts->stamps =
	    mr_printf(c->arena, "%d", l->stamps < 0 ? 1 : l->stamps);
	status = mr_letter_parties(c, l, &from, &to);
	if (status == MR_OK)
		status = pen_name(c, from, &facts->from);
	if (status == MR_OK)
		status = pen_name(c, to, &facts->to);
	return status;
}

/* What the envelope must be, as far as only eyes can tell. */
static enum mr_status
envelope_asked(struct mr_call *c, const struct mr_letter *l, const char **say)
{
	struct mr_route route;
	enum mr_status status = mr_route_of(c, l, c->today, &route);
	const char *tell = status == MR_OK ? mr_route_tell(c, &route) : NULL;

	if (tell != NULL)
		*say = mr_printf(c->arena, "%s %s", *say, tell);
	return status;
}

/* What was counted or seen and the big words do not tell; what is next after
 * a step was taken back. */
static const char *
and_more(struct mr_call *c, enum mr_verdict verdict, const struct mr_letter *l,
    const char *say)
{
	int put_away = verdict == MR_V_HELD || verdict == MR_V_NO_PAIRING ||
	    verdict == MR_V_NO_ID;

	if (verdict == MR_V_NO_ID && (l->marks & MR_MARK_MONEY) != 0)
		say = mr_printf(c->arena, mr_say("%s Money noted."), say);
	if (put_away && l->sheets > 0)
		say = mr_printf(
		    c->arena, mr_say("%s Sheets: %d."), say, l->sheets);
	if (verdict == MR_V_UNDONE && l->state == MR_L_RECEIVED)
		say = mr_printf(c->arena, mr_say("%s Count its sheets."), say);
	if (verdict == MR_V_UNDONE && l->state == MR_L_CLEARED)
		say = mr_printf(c->arena,
		    mr_say("%s To seal it, scan its stub again."), say);
	return say;
}

static enum mr_status
say_it(struct mr_call *c, struct mr_out *out, enum mr_verdict verdict,
    const struct mr_letter *letter, const char *why, const char *other,
    const char *more)
{
	struct mr_verdict_facts facts = {.why = why, .other = other};
	char text[400];
	const char *say;
	enum mr_status status = facts_of(c, letter, &facts);

	if (status != MR_OK)
		return status;
	say = mr_verdict_say(verdict, &facts, text, sizeof(text));
	/* Our own envelope carries the very ID that a true answer carries. */
	if ((verdict == MR_V_GOOD || verdict == MR_V_FIRST ||
		verdict == MR_V_SECOND) &&
	    letter->direction == MR_TO_OUTSIDE)
		say = mr_printf(c->arena,
		    mr_say("%s If OUR address is printed top "
			   "left: B."),
		    say);
	say = and_more(c, verdict, letter, say);
	if (verdict == MR_V_STUB)
		status = envelope_asked(c, letter, &say);
	if (*more != '\0' && verdict == MR_V_DONE)
		say = mr_printf(c->arena,
		    mr_say("%s, sheets: %s. %s Next letter."), facts.number,
		    facts.sheets, more);
	else if (*more != '\0')
		say = mr_printf(c->arena, "%s %s", say, more);
	out->text(out, "verdict", mr_verdict_big(verdict));
	out->text(out, "say", say);
	out->text(out, "tray", tray(letter));
	return status;
}

enum mr_status
mr_letter_say(struct mr_call *c, struct mr_out *out, enum mr_verdict verdict,
    const struct mr_letter *letter, const char *why, const char *other)
{
	return say_it(c, out, verdict, letter, why, other, "");
}

enum mr_status
mr_letter_verdict(struct mr_call *c, struct mr_out *out,
    const struct mr_letter *letter, int new_one)
{
	enum mr_verdict verdict;
	const char *why = NULL, *more = "";
	int rule;
	enum mr_status status = choose(c, letter, new_one, &verdict);

	if (status == MR_OK)
		status = mr_route_held(c, letter, &rule, &why);
	/* New, and with a sheet: it was keyed in with a page. */
	if (status == MR_OK && new_one && letter->sheet_copy > 0)
		status = mr_page_say(c, letter, &more);
	if (status == MR_OK)
		status = say_it(c, out, verdict, letter,
		    why != NULL ? why : why_here(c, letter), NULL, more);
	return status;
}

/* Where its writer lives as far as we know; null for one from outside.  For
 * eyes to compare with the envelope. */
static enum mr_status
emit_facility(struct mr_call *c, struct mr_out *out, const struct mr_letter *l)
{
	struct mr_address address = {.facility = 0};
	struct mr_facility facility;
	enum mr_status status = MR_OK;
	int64_t from, to;

	if (l->direction == MR_TO_OUTSIDE)
		status = mr_letter_parties(c, l, &from, &to);
	if (status == MR_OK && l->direction == MR_TO_OUTSIDE && from != 0)
		status = mr_address_on(c, from, (int)l->day, &address);
	if (status == MR_OK && address.facility != 0)
		status = mr_facility_load(c, address.facility, &facility);
	if (status == MR_NOTFOUND)
		address.facility = 0;
	else if (status != MR_OK)
		return status;
	out->text(
	    out, "facility", address.facility != 0 ? facility.name : NULL);
	return MR_OK;
}

static enum mr_status
answer(
    struct mr_call *c, struct mr_events events, struct mr_out *out, int new_one)
{
	struct mr_letter letter;
	struct mr_event event;
	enum mr_status status;

	if (events.count == 0 && events.first == 0) {
		if (c->found == NULL)
			return mr_fail(
			    c, MR_BUG, "a step left nothing to answer");
		letter = *(const struct mr_letter *)c->found;
	} else {
		struct mr_events about = {events.first, 1};

		status = mr_letter_of_events(
		    c, events.count > 0 ? events : about, &letter, &event);
		if (status != MR_OK)
			return status;
	}
	out->begin_map(out, NULL);
	if (events.count == 0 && new_one)
		status = mr_letter_say(c, out, MR_V_OURS, &letter,
		    mr_printf(c->arena,
			mr_say("%s is logged already: the same ID "
			       "twice within 3 seconds is one letter."),
			mr_letter_number(c, letter.number)),
		    NULL);
	else
		status = mr_letter_verdict(c, out, &letter, new_one);
	if (status == MR_OK)
		status = mr_letter_emit_keys(c, out, &letter);
	if (status == MR_OK && new_one)
		status = emit_facility(c, out, &letter);
	out->end_map(out);
	return status;
}

enum mr_status
mr_letter_answer_new(
    struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	return answer(c, events, out, 1);
}

enum mr_status
mr_letter_answer_step(
    struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	return answer(c, events, out, 0);
}
