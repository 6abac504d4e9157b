/* The next step of a scanned letter, in plain words.  See scan_say.h. */
#include "lib/scan_say.h"

#include "lib/letter_take.h"
#include "lib/reason.h"
#include "lib/tongue.h"
#include "lib/when.h"

static const char *
day_of(int64_t at, char out[MR_WHEN_SIZE])
{
	return mr_day_iso(mr_day_of(at), out);
}

/* Where somebody may know the reason, what it asks for. */
static const char *
held(struct mr_call *c, const struct mr_letter *l)
{
	const struct mr_reason_row *why = mr_reason(l->reason);

	if (why != NULL && why->safety && c->role == MR_VOLUNTEER)
		why = mr_reason(MR_R_STAFF);
	return mr_printf(c->arena, mr_say("Held. %s %s tray%s"),
	    why != NULL ? mr_say(why->say) : "",
	    l->reason == MR_R_NO_PAIRING ? mr_say("Yellow") : mr_say("Red"),
	    c->role == MR_VOLUNTEER
		? mr_say(", ask the coordinator.")
		: mr_say("; 'letter release' when it is settled."));
}

static const char *
cleared(struct mr_call *c, const struct mr_letter *l)
{
	const char *next =
	    mr_say("Stuff it, scan stub and envelope: 'letter seal'.");

	if (l->sheet_copy == 0 || (l->marks & MR_MARK_REPRINT) != 0)
		next = mr_say("Its cover sheet is next: 'sheet print'.");
	else if (l->envelope_copy == 0)
		next =
		    mr_say("Its envelope or label is next: 'envelope print'.");
	return mr_printf(c->arena, mr_say("Looked through. %s"), next);
}

static const char *
posted(struct mr_call *c, const struct mr_scan *scan)
{
	char day[MR_WHEN_SIZE];

	day_of(scan->letter.stepped, day);
	if (scan->kind == MR_SCAN_STUB)
		return mr_printf(c->arena,
		    mr_say("Posted %s. The stub belongs in "
			   "the box; the upper part should have left with the "
			   "letter."),
		    day);
	return mr_printf(c->arena,
	    mr_say("Posted %s. Is the envelope in your hand? "
		   "Then it came back: blue tray, do not open, 'letter back'."),
	    day);
}

static const char *
closed(struct mr_call *c, const struct mr_scan *scan)
{
	char day[MR_WHEN_SIZE];

	return mr_printf(c->arena,
	    mr_say("Closed %s%s%s. Is it in your hand all the "
		   "same? Ask the coordinator: 'letter reopen'."),
	    day_of(scan->letter.stepped, day), scan->reason != NULL ? ": " : "",
	    scan->reason != NULL ? mr_say(scan->reason) : "");
}

static const char *
next_step(struct mr_call *c, const struct mr_scan *scan)
{
	const struct mr_letter *l = &scan->letter;

	/* What was posted comes back to any of our boxes. */
	if (!mr_letter_here(c, l) && l->state != MR_L_POSTED)
		return mr_letter_where_said(c, l);
	switch (l->state) {
	case MR_L_UNIDENTIFIED:
		return l->way == MR_BACK
		    ? mr_say("It came back without a code. Blue tray, do not "
			     "open; staff: 'letter return'.")
		    : mr_say("It has no ID. Yellow tray. Whose is it? 'letter "
			     "candidates', then 'letter identify'.");
	case MR_L_RECEIVED:
		return l->sheets < 0
		    ? mr_say("Logged. Count its sheets and type the number.")
		    : mr_say("Its sheets are counted. Staff read it: 'letter "
			     "clear'.");
	case MR_L_HELD:
		return held(c, l);
	case MR_L_CLEARED:
		return cleared(c, l);
	case MR_L_SEALED:
		return mr_printf(c->arena,
		    mr_say("Sealed into %s. It leaves when the "
			   "batch is closed: nothing to do."),
		    l->batch != 0 ? mr_show_id(c, 'B', l->batch)
				  : mr_say("a batch"));
	case MR_L_RETURNED:
		return mr_say(
		    "It came back. Blue tray; staff say which sticker it "
		    "has: 'letter return'.");
	case MR_L_POSTED:
		return posted(c, scan);
	default:
		return closed(c, scan);
	}
}

static enum mr_verdict
big_words(const struct mr_call *c, const struct mr_scan *scan)
{
	const struct mr_letter *l = &scan->letter;

	if (!mr_letter_here(c, l))
		return l->state == MR_L_POSTED ? MR_V_OURS : MR_V_OTHER_SITE;
	switch (l->state) {
	case MR_L_HELD:
		return MR_V_HELD;
	case MR_L_UNIDENTIFIED:
		return l->way == MR_BACK ? MR_V_CAME_BACK : MR_V_NO_ID;
	case MR_L_RETURNED:
		return MR_V_CAME_BACK;
	default:
		return MR_V_OURS;
	}
}

/* A page or envelope that is not the newest one. */
static const char *
old_paper(struct mr_call *c, const struct mr_scan *scan)
{
	int stub = scan->kind == MR_SCAN_STUB;
	int newest =
	    stub ? scan->letter.sheet_copy : scan->letter.envelope_copy;
	const char *paper = stub ? mr_say("page") : mr_say("envelope");

	if (newest == 0)
		return mr_printf(c->arena,
		    mr_say(
			"The records know of no such %s of "
			"this letter: was a backup put back? Tear it up and print "
			"again."),
		    paper);
	if (newest == 1)
		return mr_printf(c->arena,
		    mr_say("Tear up this %s, copy 1 is the "
			   "newest that the records know."),
		    paper);
	return mr_printf(c->arena,
	    mr_say("Printed %s: tear up this %s, copy %d is "
		   "the newest."),
	    newest == 2 ? mr_say("twice")
			: mr_printf(c->arena, mr_say("%d times"), newest),
	    paper, newest);
}

enum mr_status
mr_scan_say(struct mr_call *c, struct mr_scan *scan)
{
	const char *next = next_step(c, scan);
	int in_house = scan->letter.state < MR_L_POSTED;

	scan->verdict = big_words(c, scan);
	scan->say = next;
	/* What came back from outside is no old page to be torn up. */
	if (scan->superseded && in_house) {
		scan->verdict = MR_V_OLD_PAGE;
		scan->say = mr_printf(c->arena, mr_say("%s The letter: %s"),
		    old_paper(c, scan), next);
	}
	return scan->say != NULL ? MR_OK : mr_nomem(c);
}
