/* What lies in the trays, the most urgent first.  See worklist.h. */
#include <stdlib.h>
#include <string.h>

#include "lib/day.h"
#include "lib/enclosure.h"
#include "lib/route.h"
#include "lib/tongue.h"
#include "lib/worklist.h"

#define LIMIT 500

/* A letter and the day that it should have been looked at. */
struct entry {
	int64_t id, due;
};

struct pile {
	enum mr_tray tray; /* only this one; MR_TRAY_NONE: all */
	struct entry *at;
	size_t n, room;
};

static enum mr_status
add(struct mr_call *c, struct pile *pile, struct entry entry)
{
	size_t room = pile->room < 64 ? 64 : pile->room * 2;
	struct entry *more;

	if (pile->n == pile->room) {
		more = mr_alloc(c->arena, room * sizeof(*more));
		if (more == NULL)
			return mr_nomem(c);
		if (pile->n > 0)
			memcpy(more, pile->at, pile->n * sizeof(*more));
		pile->at = more;
		pile->room = room;
	}
	pile->at[pile->n++] = entry;
	return MR_OK;
}

static enum mr_status
choose(struct mr_call *c, void *arg, const struct mr_letter *l)
{
	struct pile *pile = arg;
	enum mr_tray tray = mr_tray_of(l->state, l->way, l->reason);

	if (pile->tray != MR_TRAY_NONE && tray != pile->tray)
		return MR_OK;
	return add(
	    c, pile, (struct entry){l->id, l->until != 0 ? l->until : l->day});
}

static int
by_urgency(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->due != y->due)
		return x->due < y->due ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Why it lies there, as the call's user may know it. */
static enum mr_status
meaning(struct mr_call *c, const struct mr_letter *l, const char **say)
{
	const struct mr_reason_row *why = mr_reason_shown(c, l->reason);
	enum mr_status status = MR_OK;
	int rule;

	*say = NULL;
	if (l->state == MR_L_HELD)
		status = mr_route_held(c, l, &rule, say);
	if (status != MR_OK || *say != NULL)
		return status;
	if (why != NULL)
		*say = mr_say(why->say);
	else if (l->state == MR_L_UNIDENTIFIED)
		*say = mr_say("No ID that can be read: whose is it?");
	else if (l->sheets < 0)
		*say = mr_say("Its sheets are not counted yet.");
	else
		*say = mr_say("Staff read it, then it goes on.");
	return MR_OK;
}

static enum mr_status
emit(struct mr_call *c, struct mr_out *out, int64_t id)
{
	struct mr_letter l;
	int64_t enclosures = 0, money = 1;
	const char *say = NULL;
	enum mr_status status = mr_letter_load(c, id, &l);

	if (status == MR_OK)
		status = mr_enclosure_open(c, id, &enclosures);
	if (status == MR_OK && (l.marks & MR_MARK_MONEY) != 0)
		status = mr_letter_enclosed(c, id, MR_E_MONEY, 0, &money);
	if (status == MR_OK)
		status = meaning(c, &l, &say);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(
	    out, "tray", mr_tray_name(mr_tray_of(l.state, l.way, l.reason)));
	out->integer(out, "age", c->today > l.day ? c->today - l.day : 0);
	out->boolean(out, "due", l.until != 0 && l.until <= c->today);
	out->integer(out, "enclosures", enclosures);
	/* It stays until that is written down. */
	out->boolean(out, "money_to_note", money == 0);
	out->text(out, "meaning", say);
	status = mr_letter_emit_keys(c, out, &l);
	out->end_map(out);
	return status;
}

static enum mr_status
read_tray(struct mr_call *c, const char *word, enum mr_tray *tray)
{
	*tray = MR_TRAY_NONE;
	if (word == NULL)
		return MR_OK;
	for (int i = 0; i < MR_NTRAYS; i++)
		if (strcmp(word, mr_tray_name((enum mr_tray)i)) == 0) {
			*tray = (enum mr_tray)i;
			return MR_OK;
		}
	return mr_fail(
	    c, MR_INVALID, "the trays are: red, yellow, blue, bench");
}

/* What is cleared has been decided on: it is listed with what goes out. */
static enum mr_status
gather(struct mr_call *c, struct pile *pile)
{
	static const int states[] = {
	    MR_L_UNIDENTIFIED, MR_L_RECEIVED, MR_L_HELD, MR_L_RETURNED};
	enum mr_status status = MR_OK;

	for (size_t i = 0; i < 4 && status == MR_OK; i++)
		status = mr_letter_in_state(c, states[i], choose, pile);
	return status;
}

enum mr_status
mr_letter_trays(
    struct mr_call *c, const struct mr_letter_trays *in, struct mr_out *out)
{
	size_t most = in->limit.given ? (size_t)in->limit.n : LIMIT;
	struct pile pile = {.n = 0};
	enum mr_status status = read_tray(c, in->tray, &pile.tray);

	if (status == MR_OK)
		status = gather(c, &pile);
	if (status != MR_OK)
		return status;
	if (pile.n > 0)
		qsort(pile.at, pile.n, sizeof(pile.at[0]), by_urgency);
	out->begin_list(out, NULL);
	for (size_t i = 0; i < pile.n && i < most && status == MR_OK; i++) {
		struct mr_mark mark = mr_mark(c->arena);

		status = emit(c, out, pile.at[i].id);
		mr_release(c->arena, mark);
	}
	out->end_list(out);
	return status;
}
