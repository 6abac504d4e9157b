/* What a scanned bench card or badge is.  See scan_say.h. */
#include "lib/badge.h"
#include "lib/card.h"
#include "lib/scan_say.h"
#include "lib/tongue.h"
#include "lib/user.h"

static enum mr_status
say(struct mr_scan *scan, enum mr_verdict verdict, const char *text)
{
	scan->verdict = verdict;
	scan->say = mr_say(text);
	return text != NULL ? MR_OK : MR_NOMEM;
}

/* The key as a hand would type it, and what it does. */
static enum mr_status
square(struct mr_call *c, const struct mr_card *card, struct mr_scan *scan)
{
	switch (card->kind) {
	case MR_CARD_KEY:
		scan->code = mr_printf(c->arena, "%c", card->key);
		return say(scan, MR_V_OURS,
		    mr_printf(c->arena,
			mr_say(
			    "The key %c of the bench card: scan it at a station, "
			    "after the letter that it is about."),
			card->key));
	case MR_CARD_COUNT:
		scan->code = mr_printf(c->arena, "%d", card->n);
		return say(scan, MR_V_OURS,
		    mr_printf(c->arena,
			mr_say(
			    "Sheets: %d, of the bench card: scan it at a station, "
			    "after the letter that was counted."),
			card->n));
	case MR_CARD_TEST:
		scan->code = mr_printf(c->arena, "test %d", card->n);
		return say(scan, MR_V_OURS,
		    mr_printf(c->arena,
			mr_say(
			    "Test %d is right: every symbol of it came through. "
			    "Where test %d is right too, the scanner is set up."),
			card->n, MR_CARD_TESTS + 1 - card->n));
	}
	return MR_BUG;
}

enum mr_status
mr_scan_card(
    struct mr_call *c, const struct mr_payload *print, struct mr_scan *scan)
{
	struct mr_card card;

	scan->kind = MR_SCAN_CARD;
	scan->copy = print->copy;
	if (mr_card_read(print, &card) != 0)
		return say(scan, MR_V_LOOK_AGAIN,
		    "A bench card with a key that this program does not know: "
		    "it was printed by a newer one. Type the key.");
	scan->known = 1;
	if (square(c, &card, scan) != MR_OK || scan->code == NULL)
		return mr_nomem(c);
	scan->superseded = print->copy != MR_CARD_EDITION % MR_BASE;
	if (!scan->superseded)
		return MR_OK;
	return say(scan, MR_V_OLD_PAGE,
	    "An old bench card, whose keys mean something else now: "
	    "'form bench'.");
}

/* Nothing came of it: whose badge it is stands in scan->code. */
static enum mr_status
badge_of(struct mr_call *c, const struct mr_holder *holder,
    const struct mr_badge *badge, struct mr_scan *scan)
{
	scan->known = 1;
	scan->code = holder->name;
	scan->superseded = scan->copy != badge->copy % MR_BASE;
	if (holder->status != MR_USER_ACTIVE)
		return say(scan, MR_V_LOOK_AGAIN,
		    mr_printf(c->arena,
			mr_say(
			    "The badge of %s, who is disabled here: take it in and "
			    "give it to the coordinator."),
			holder->name));
	if (scan->superseded)
		return say(scan, MR_V_OLD_PAGE,
		    mr_printf(c->arena,
			mr_say(
			    "An old badge of %s: a newer one was printed. Use that "
			    "one, or ask the coordinator for 'user badge'."),
			holder->name));
	return say(scan, MR_V_OURS,
	    mr_printf(c->arena,
		mr_say(
		    "The badge of %s, %s. It says who works; on the command line "
		    "that is --user %s. It does nothing to a letter."),
		holder->name, mr_say(mr_role_name(holder->role)),
		holder->name));
}

enum mr_status
mr_scan_badge(
    struct mr_call *c, const struct mr_payload *print, struct mr_scan *scan)
{
	int64_t user = mr_payload_number_of(print);
	struct mr_holder holder;
	struct mr_badge badge;
	enum mr_status status = MR_NOTFOUND;

	scan->kind = MR_SCAN_BADGE;
	scan->copy = print->copy;
	if (user >= 0)
		status = mr_badge_load(c, user, &badge);
	if (status == MR_OK)
		status = mr_holder_load(c, user, &holder);
	if (status == MR_NOTFOUND)
		return say(scan, MR_V_LOOK_AGAIN,
		    "A badge that was printed here, but nobody in the records "
		    "has it: was a backup put back? Ask the coordinator for a "
		    "new one.");
	if (status == MR_OK)
		status = badge_of(c, &holder, &badge, scan);
	return status == MR_NOMEM ? mr_nomem(c) : status;
}
