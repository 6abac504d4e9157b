/*
 * The plain steps of a letter: counted, flagged, held, cleared, released.
 * See letter_steps.h; the table of states is in letter.c.
 */
#include "lib/letter_steps.h"

#include <ctype.h>
#include <string.h>

#include "lib/countersign.h"
#include "lib/enclosure.h"
#include "lib/route.h"
#include "lib/setting.h"
#include "lib/tongue.h"

enum mr_status
mr_letter_not_from_here(
    struct mr_call *c, const struct mr_letter *l, const char *what)
{
	return mr_fail(c, MR_REFUSED, "letter %s is %s; %s",
	    mr_letter_number(c, l->number),
	    mr_say(mr_letter_state_name(l->state)), mr_say(what));
}

static enum mr_status
screening(struct mr_call *c, int64_t *value)
{
	*value = MR_SCREEN_READ;
	return mr_setting_int(c, MR_SET_SCREENING, value);
}

/* More sheets than where it goes takes: told while the bench holds it. */
static enum mr_status
too_many(struct mr_call *c, struct mr_letter *now)
{
	struct mr_route route;
	enum mr_status status;

	if (now->direction != MR_TO_INSIDE || now->way != MR_FORWARD)
		return MR_OK;
	status = mr_route_of(c, now, c->today, &route);
	if (status != MR_OK ||
	    now->sheets <= route.rules.value[MR_RULE_MAX_SHEETS])
		return status;
	now->rule = MR_RULE_MAX_SHEETS;
	now->state = MR_L_HELD;
	now->reason = MR_R_FACILITY_RULE;
	now->until = c->today + mr_reason(MR_R_FACILITY_RULE)->days;
	return MR_OK;
}

enum mr_status
mr_letter_finish(struct mr_call *c, const struct mr_letter_finish *in)
{
	struct mr_letter was, now;
	int64_t level;
	enum mr_status status;

	status = mr_letter_find_here(c, in->letter, &was, NULL);
	if (status == MR_OK)
		status = screening(c, &level);
	if (status != MR_OK)
		return status;
	now = was;
	now.sheets = (int)in->sheets.n;
	if (now.sheets == was.sheets && was.state != MR_L_RECEIVED)
		return mr_letter_keep(c, &was);
	if (was.state > MR_L_CLEARED)
		return mr_letter_not_from_here(
		    c, &was, "its sheets were counted before");
	/* A stub that tells another number is printed anew. */
	if (was.sheet_copy > 0 && was.sheets >= 0 && now.sheets != was.sheets)
		now.marks |= MR_MARK_REPRINT;
	if (was.state == MR_L_RECEIVED && level != MR_SCREEN_READ)
		now.state = MR_L_CLEARED;
	if (was.state == MR_L_RECEIVED || was.state == MR_L_CLEARED)
		status = too_many(c, &now);
	if (status == MR_OK)
		status = mr_letter_store(c, &was, &now, NULL);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}

static const struct flag {
	const char *word;
	char key;
	int bit, reason;
} flags[] = {
#define X(name, bit, word, key, reason) {word, key, bit, MR_R_##reason},
    MR_MARKS(X)
#undef X
};

static const struct flag *
flag_named(const char *word)
{
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strcmp(word, flags[i].word) == 0 ||
		    (word[1] == '\0' &&
			toupper((unsigned char)word[0]) == flags[i].key))
			return &flags[i];
	return NULL;
}

/* What was found with it goes on the list of enclosures. */
static enum mr_status
note_enclosure(
    struct mr_call *c, const struct mr_letter_flag *in, int64_t id, int bit)
{
	int64_t enclosure, count = in->count.given ? in->count.n : 1;

	/* Without its amount it is noted later; release asks for it. */
	if (bit == MR_MARK_MONEY && in->money.given)
		return mr_enclosure_add(
		    c, id, MR_E_MONEY, count, in->money.n, &enclosure);
	if (bit == MR_MARK_PHOTO)
		return mr_enclosure_add(
		    c, id, MR_E_PHOTO, count, -1, &enclosure);
	return MR_OK;
}

/*
 * A hold that another flag or reason does not replace: safety, which is the
 * coordinator's to judge; and legal mail, whose "do not open" stays true
 * whatever else is seen on the envelope.
 */
static int
outlasts(struct mr_call *c, const struct mr_letter *l)
{
	const struct mr_reason_row *why = mr_reason(l->reason);

	if (l->state != MR_L_HELD || why == NULL)
		return 0;
	return why->number == MR_R_LEGAL ||
	    (why->safety && c->role != MR_COORDINATOR);
}

enum mr_status
mr_letter_flag(struct mr_call *c, const struct mr_letter_flag *in)
{
	const struct flag *flag = flag_named(in->flag);
	struct mr_letter was, now;
	enum mr_status status;

	if (flag == NULL || flag->bit == MR_MARK_CAME_BACK)
		return mr_fail(c, MR_INVALID,
		    "flags are: money (M), photo "
		    "(P), moved (A), wrong-name (W), legal-mail (L); what "
		    "came back is logged with 'letter back'");
	status = mr_letter_find_here(c, in->letter, &was, NULL);
	if (status != MR_OK)
		return status;
	if (was.state >= MR_L_RETURNED)
		return mr_letter_not_from_here(
		    c, &was, "it cannot be flagged any more");
	now = was;
	now.marks |= flag->bit;
	if (was.state != MR_L_UNIDENTIFIED && !outlasts(c, &was)) {
		now.state = MR_L_HELD;
		now.reason = flag->reason;
		now.until = c->today + mr_reason(flag->reason)->days;
	}
	status = mr_letter_store(c, &was, &now, NULL);
	if (status == MR_OK)
		status = note_enclosure(c, in, now.id, flag->bit);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}

enum mr_status
mr_letter_hold_for(struct mr_call *c, const struct mr_letter_why *in)
{
	const struct mr_reason_row *why;
	struct mr_letter letter;
	enum mr_status status;

	why = mr_reason_named(in->reason, MR_WHY_HELD);
	if (why == NULL)
		return mr_fail(c, MR_INVALID,
		    "there is no reason of that name "
		    "to hold a letter; 'mailroom letter reasons' lists them");
	if (in->until.given && in->until.day < c->today)
		return mr_fail(c, MR_INVALID,
		    "a letter cannot be held until a day that is over");
	status = mr_letter_find_here(c, in->letter, &letter, NULL);
	if (status != MR_OK)
		return status;
	if (letter.state == MR_L_POSTED || letter.state == MR_L_CLOSED ||
	    letter.state == MR_L_UNIDENTIFIED)
		return mr_letter_not_from_here(c, &letter,
		    letter.state == MR_L_UNIDENTIFIED
			? "it waits in the yellow tray already"
			: "it is no longer in the house");
	if (outlasts(c, &letter) && c->role != MR_COORDINATOR && !why->safety) {
		/* A volunteer must not learn from a refusal what it is. */
		if (c->role == MR_VOLUNTEER)
			return mr_letter_keep(c, &letter);
		return mr_fail(c, MR_DENIED,
		    "letter %s stays held as %s: a coordinator decides "
		    "about it",
		    mr_letter_number(c, letter.number),
		    mr_reason(letter.reason)->word);
	}
	status = mr_letter_hold(
	    c, &letter, why->number, in->until.given ? in->until.day : 0, NULL);
	return status == MR_OK ? mr_letter_keep(c, &letter) : status;
}

enum mr_status
mr_letter_clear(struct mr_call *c, const struct mr_letter_only *in)
{
	struct mr_letter letter;
	enum mr_status status =
	    mr_letter_find_here(c, in->letter, &letter, NULL);

	if (status != MR_OK)
		return status;
	if (letter.state == MR_L_CLEARED)
		return mr_letter_keep(c, &letter);
	if (letter.state != MR_L_RECEIVED)
		return mr_letter_not_from_here(c, &letter,
		    letter.state == MR_L_HELD
			? "let it go with 'letter release'"
			: "only a letter that is received can be cleared");
	if (letter.sheets < 0)
		return mr_letter_not_from_here(c, &letter,
		    "count its sheets first: "
		    "'letter finish'");
	status = mr_letter_move(c, &letter, MR_L_CLEARED, 0);
	return status == MR_OK ? mr_letter_keep(c, &letter) : status;
}

/* Did this event put the letter where it is held, for that reason? */
static int
began_hold(const struct mr_event *event, int reason)
{
	if (mr_event_number(event, MR_F_TO, 0) != MR_L_HELD ||
	    mr_event_number(event, MR_F_REASON, 0) != reason)
		return 0; /* a note */
	return mr_event_number(event, MR_F_FROM, 0) != MR_L_HELD ||
	    mr_event_number(event, MR_F_REASON_WAS, 0) != reason;
}

/* Who held it: not who noted something about it since.  0: not told any more.
 */
static enum mr_status
who_held(struct mr_call *c, const struct mr_letter *l, int64_t *user)
{
	struct mr_event event;
	int64_t id = l->event;
	int found = 0;

	*user = 0;
	while (id != 0 && !found) {
		struct mr_mark mark = mr_mark(c->arena);
		enum mr_status status = mr_event_load(c, id, &event);

		if (status != MR_OK)
			return status;
		found = event.dropped || began_hold(&event, l->reason);
		*user = event.dropped ? 0 : event.user;
		id = event.dropped ? 0 : event.before;
		mr_release(c->arena, mark);
	}
	return MR_OK;
}

/*
 * A safety hold wants a second person: now, and then whoever held it may not
 * release it; or later, and then it stands on the countersign list.
 */
static enum mr_status
second_person(struct mr_call *c, const struct mr_letter *l)
{
	const struct mr_reason_row *why = mr_reason(l->reason);
	int64_t later = 0, holder;
	enum mr_status status;

	if (why == NULL || !why->safety)
		return MR_OK;
	if (c->role != MR_COORDINATOR)
		return mr_fail(
		    c, MR_DENIED, "a coordinator releases this letter");
	status = mr_setting_int(c, MR_SET_SECOND_PERSON, &later);
	if (status != MR_OK)
		return status;
	if (later)
		return mr_countersign_open(c, MR_LETTER, l->id, NULL);
	status = who_held(c, l, &holder);
	if (status == MR_OK && holder == c->user)
		return mr_fail(c, MR_REFUSED,
		    "you held this letter; a second "
		    "person releases it (setting second-person)");
	return status;
}

static enum mr_status
enclosures_decided(struct mr_call *c, const struct mr_letter *l)
{
	int64_t open = 0, money = 1;
	enum mr_status status = MR_OK;

	if (l->marks & MR_MARK_MONEY)
		status = mr_letter_enclosed(c, l->id, MR_E_MONEY, 0, &money);
	if (status == MR_OK && money == 0)
		return mr_fail(c, MR_REFUSED,
		    "letter %s stays held: there was "
		    "money in it; write down how much with 'enclosure add'",
		    mr_letter_number(c, l->number));
	if (status == MR_OK)
		status = mr_enclosure_open(c, l->id, &open);
	if (status == MR_OK && open > 0)
		return mr_fail(c, MR_REFUSED,
		    "letter %s stays held: decide "
		    "first what becomes of what was in it ('mailroom "
		    "enclosure list', 'enclosure settle')",
		    mr_letter_number(c, l->number));
	return status;
}

static enum mr_status
nothing_in_the_way(struct mr_call *c, const struct mr_letter *l)
{
	const char *say = NULL;
	int reason = 0, rule = 0;
	enum mr_status status = enclosures_decided(c, l);

	if (status == MR_OK)
		status = mr_letter_gate(c, l, &reason, &rule);
	if (status == MR_OK && reason != 0)
		status = mr_route_why(c, l, reason, rule, &say);
	if (status == MR_OK && reason != 0)
		return mr_fail(c, MR_REFUSED, "letter %s stays held: %s",
		    mr_letter_number(c, l->number), say);
	return status;
}

/* What came back is posted again: with a new page, since its stub was filed. */
static enum mr_status
post_again(struct mr_call *c, const struct mr_letter *was)
{
	struct mr_letter now = *was;
	enum mr_status status;

	if (was->reason == MR_R_P_CAME_BACK)
		return mr_letter_not_from_here(
		    c, was, "say first what the sticker says: 'letter return'");
	status = nothing_in_the_way(c, was);
	if (status != MR_OK)
		return status;
	now.state = MR_L_CLEARED;
	now.reason = 0;
	now.until = 0;
	now.batch = 0;
	now.marks |= MR_MARK_REPRINT;
	if (now.sheets < 0)
		now.sheets = 0;
	status = mr_letter_store(c, was, &now, NULL);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}

enum mr_status
mr_letter_release(struct mr_call *c, const struct mr_letter_only *in)
{
	struct mr_letter letter;
	int64_t level;
	int state;
	enum mr_status status =
	    mr_letter_find_here(c, in->letter, &letter, NULL);

	if (status != MR_OK)
		return status;
	if (letter.state == MR_L_RETURNED)
		return post_again(c, &letter);
	if (letter.state != MR_L_HELD)
		return mr_letter_not_from_here(c, &letter,
		    "only a held letter, or one that came back, can be "
		    "released");
	status = screening(c, &level);
	if (status == MR_OK)
		status = nothing_in_the_way(c, &letter);
	if (status == MR_OK)
		status = second_person(c, &letter);
	if (status != MR_OK)
		return status;
	state = letter.sheets >= 0 || letter.way != MR_FORWARD ||
		level == MR_SCREEN_NONE
	    ? MR_L_CLEARED
	    : MR_L_RECEIVED;
	status = mr_letter_move(c, &letter, state, 0);
	return status == MR_OK ? mr_letter_keep(c, &letter) : status;
}

static enum mr_status
step_back(struct mr_call *c, struct mr_typed typed, int from, int reason,
    const char *wants)
{
	struct mr_letter was, now;
	enum mr_status status = mr_letter_find_here(c, typed, &was, NULL);

	if (status != MR_OK)
		return status;
	if (was.state != from)
		return mr_letter_not_from_here(c, &was, wants);
	now = was;
	now.state = MR_L_CLEARED;
	now.reason = reason;
	now.batch = 0;
	status = mr_letter_store(c, &was, &now, NULL);
	return status == MR_OK ? mr_letter_keep(c, &now) : status;
}

enum mr_status
mr_letter_unseal(struct mr_call *c, const struct mr_letter_only *in)
{
	return step_back(c, in->letter, MR_L_SEALED, MR_R_S_UNSEALED,
	    "only a sealed letter can be unsealed");
}

enum mr_status
mr_letter_unpost(struct mr_call *c, const struct mr_letter_only *in)
{
	return step_back(c, in->letter, MR_L_POSTED, MR_R_S_NOT_POSTED,
	    "only a posted letter can turn out not to have been posted");
}

enum mr_status
mr_letter_reopen(struct mr_call *c, const struct mr_letter_only *in)
{
	struct mr_letter letter;
	enum mr_status status =
	    mr_letter_find_here(c, in->letter, &letter, NULL);

	if (status != MR_OK)
		return status;
	if (letter.state != MR_L_CLOSED)
		return mr_letter_not_from_here(
		    c, &letter, "only a closed letter can be opened again");
	status = mr_letter_hold(c, &letter, MR_R_STAFF, 0, NULL);
	return status == MR_OK ? mr_letter_keep(c, &letter) : status;
}
