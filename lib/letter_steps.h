/*
 * The steps of a letter as operations take them (design 5).  Each input struct
 * is the parameter list of its operation.  Every function logs what it did,
 * or changes nothing; the sentence of a refusal says what to do.
 */
#ifndef MR_LETTER_STEPS_H
#define MR_LETTER_STEPS_H

#include "lib/letter.h"

struct mr_letter_receive {
	struct mr_typed id;
	struct mr_count sheets;
	int no_id;
	struct mr_typed with; /* found inside this letter's envelope */
	const char *hold;
	struct mr_date until, day;
	struct mr_typed page; /* keyed in after a day without power */
};
/*
 * Log a letter that reached us under a forwarding ID, or without one.  It is
 * received (cleared, where its sheets are counted and the screening allows),
 * held with a reason, or unidentified; c->found is its record.  The same ID
 * again at this station within 3 seconds is the same letter: no event.
 * With a page its id is the page's and the page is its cover sheet (page.h).
 * MR_INVALID: misread, the sentence names the symbol; nothing was written.
 * MR_REFUSED: our own envelope or another kind of code; a page that is taken.
 */
enum mr_status
mr_letter_receive(struct mr_call *c, const struct mr_letter_receive *in);

struct mr_letter_finish {
	struct mr_typed letter;
	struct mr_count sheets;
};
/* Sheets counted, nothing to flag: looked at.  Clears it where the screening
 * is `none` or `open`.  MR_REFUSED: it is past that. */
enum mr_status
mr_letter_finish(struct mr_call *c, const struct mr_letter_finish *in);

struct mr_letter_flag {
	struct mr_typed letter;
	const char *flag;
	struct mr_count count;
	struct mr_cents money;
};
/* Something was seen: mark it, note the enclosure, hold it. */
enum mr_status
mr_letter_flag(struct mr_call *c, const struct mr_letter_flag *in);

struct mr_letter_why {
	struct mr_typed letter;
	const char *reason;
	struct mr_date until;
};
/* Hold with a reason of the list; a volunteer may not undo a safety hold. */
enum mr_status
mr_letter_hold_for(struct mr_call *c, const struct mr_letter_why *in);

struct mr_letter_only {
	struct mr_typed letter;
};
/* received -> cleared, where staff read (screening `read`). */
enum mr_status
mr_letter_clear(struct mr_call *c, const struct mr_letter_only *in);
/* held -> received or cleared, when nothing else is in the way; returned ->
 * cleared, once staff said what the sticker says: it is posted again. */
enum mr_status
mr_letter_release(struct mr_call *c, const struct mr_letter_only *in);
/* sealed -> cleared: the envelope was opened again. */
enum mr_status
mr_letter_unseal(struct mr_call *c, const struct mr_letter_only *in);
/* posted -> cleared: it was never posted. */
enum mr_status
mr_letter_unpost(struct mr_call *c, const struct mr_letter_only *in);
/* closed -> held. */
enum mr_status
mr_letter_reopen(struct mr_call *c, const struct mr_letter_only *in);

/* "letter A17 is held; ...": MR_REFUSED, for a step that its state does not
 * allow. */
enum mr_status mr_letter_not_from_here(
    struct mr_call *c, const struct mr_letter *letter, const char *what);

struct mr_letter_refuse {
	struct mr_typed letter;
	const char *disposition;
	int back;
};
/* Closed with a disposition; or back: it turns round to its writer. */
enum mr_status
mr_letter_refuse(struct mr_call *c, const struct mr_letter_refuse *in);

struct mr_letter_back {
	struct mr_typed letter;
};
/*
 * One of our own envelopes came back, unopened.  With its scan or code that
 * letter is returned; without one a piece is logged for the blue tray.
 */
enum mr_status
mr_letter_back(struct mr_call *c, const struct mr_letter_back *in);

struct mr_letter_return {
	struct mr_typed letter, piece;
	const char *sticker, *reason;
};
/*
 * Staff looked at the sticker: yellow = post office, white = prison.  The
 * address turns suspect (yellow) or the refusal gets its appeal date (white);
 * a piece that was logged without a code is merged into the letter.
 */
enum mr_status
mr_letter_return(struct mr_call *c, const struct mr_letter_return *in);

struct mr_letter_identify {
	struct mr_typed letter;
	struct mr_pairing_ref pairing;
	const char *writer;      /* inside or outside */
	struct mr_person person; /* a writer without a pairing */
};
/* Whose letter it is.  Staff decide; a volunteer's choice is held until staff
 * release it. */
enum mr_status
mr_letter_identify(struct mr_call *c, const struct mr_letter_identify *in);

struct mr_letter_nothing {
	int unused;
};
/* Take back one's own last step at this station, within 10 minutes. */
enum mr_status mr_letter_undo(struct mr_call *c);

#endif
