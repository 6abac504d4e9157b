/*
 * Letters: one piece to be sent on, its states and its steps (design 5).
 * Every step is one compare-and-swap on state and version, one event, and the
 * day's counts, in the caller's transaction.
 */
#ifndef MR_LETTER_H
#define MR_LETTER_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/chain.h"
#include "lib/dayno.h"
#include "lib/op.h"
#include "lib/reason.h"
#include "lib/value.h"

/* Numbers stand in rows and events; those below POSTED are in the house. */
enum mr_letter_state {
	MR_L_UNIDENTIFIED = 1,
	MR_L_RECEIVED = 2,
	MR_L_HELD = 3,
	MR_L_CLEARED = 4,
	MR_L_SEALED = 5,
	MR_L_RETURNED = 6,
	MR_L_POSTED = 7,
	MR_L_CLOSED = 8
};
const char *mr_letter_state_name(int state);
int mr_letter_state_of(const char *name); /* 0: no such */
/* May a letter go from one state to the other?  The table of design 5. */
int mr_letter_may(int from, int to);

enum mr_letter_way { MR_FORWARD = 1, MR_BACK = 2, MR_OFFICE = 3 };
const char *mr_letter_way_name(int way);

enum mr_direction { MR_TO_NOBODY = 0, MR_TO_INSIDE = 1, MR_TO_OUTSIDE = 2 };
const char *mr_direction_name(int direction);

/* What a volunteer saw: bits of marks. */
#define MR_MARKS(X) \
	X(MONEY, 1, "money", 'M', MONEY) \
	X(PHOTO, 2, "photo", 'P', PHOTO) \
	X(MOVED, 4, "moved", 'A', MOVED) \
	X(WRONG_NAME, 8, "wrong-name", 'W', WRONG_PERSON) \
	X(LEGAL, 16, "legal-mail", 'L', LEGAL) \
	X(CAME_BACK, 32, "came-back", 'B', P_CAME_BACK)
enum mr_mark_bit {
#define X(name, bit, word, key, reason) MR_MARK_##name = bit,
	MR_MARKS(X)
#undef X
	/* Ours, not a volunteer's: a new cover sheet is due. */
	MR_MARK_REPRINT = 1 << 16
};

struct mr_letter {
	int64_t id;
	int64_t fid, pairing, person; /* 0: none */
	int direction, way, form;
	int64_t day; /* received */
	int number;  /* MR_DAYNO: of the site where it lies or was last */
	int64_t parent;
	int state, reason;
	int64_t until; /* 0: none */
	int sheets;    /* -1: not counted */
	int marks, sheet_copy, envelope_copy;
	int64_t envelope_address, envelope_id, batch;
	int stamps; /* -1: not known */
	int station;
	int64_t stepped, version, event;
	int rule; /* of a step that holds: the facility rule that decided, told
	             in its event; in no row, 0 once it is stored */
};

/* MR_NOTFOUND: no such letter. */
enum mr_status
mr_letter_load(struct mr_call *c, int64_t id, struct mr_letter *letter);

/* How a letter was named. */
enum mr_letter_by {
	MR_BY_CODE,    /* letter code, typed */
	MR_BY_NUMBER,  /* A17, A0.17: the day number */
	MR_BY_STUB,    /* scan of a stub */
	MR_BY_ENVELOPE /* scan of an envelope or label */
};
struct mr_letter_found {
	enum mr_letter_by by;
	int copy;       /* of a scan: copy number mod 19 */
	int superseded; /* of a scan: a newer one was printed */
};
/*
 * Which letter is meant by a code that was typed or scanned, or by a day
 * number.  found may be NULL.
 * MR_INVALID: cannot be read, the sentence names the symbol or what it is
 * instead.  MR_NOTFOUND: ours, but no such letter.
 */
enum mr_status mr_letter_find(struct mr_call *c, struct mr_typed typed,
    struct mr_letter *letter, struct mr_letter_found *found);

/*
 * The same, for a step.  MR_REFUSED: it lies at another site, and the sentence
 * says where and what to do (mr_letter_elsewhere).  What was posted is nowhere
 * in the house and may come back to any.
 */
enum mr_status mr_letter_find_here(struct mr_call *c, struct mr_typed typed,
    struct mr_letter *letter, struct mr_letter_found *found);

/* "XXX-XXX-XXX-XXX", in the arena. */
const char *mr_letter_code(struct mr_call *c, int64_t id);
/* "A17", at another site "A0.17"; in the arena. */
const char *mr_letter_number(struct mr_call *c, int number);

/* Who wrote it and whom it goes to, by way and direction; 0: not known (for
 * an office letter `from` is 0: we wrote it). */
enum mr_status mr_letter_parties(struct mr_call *c,
    const struct mr_letter *letter, int64_t *from, int64_t *to);

/* Insert a new letter, with its event and counts.  id 0: set; else that of
 * the page that was printed for it. */
enum mr_status mr_letter_insert(struct mr_call *c, struct mr_letter *letter);

/*
 * The next day number of this station and today's date, for a letter that
 * reaches us once more: what is pencilled on the envelope, and printed on the
 * next sheet, must not be another's of the day.  The caller stores it.
 */
enum mr_status mr_letter_renumber(struct mr_call *c, struct mr_letter *letter);

/*
 * Store a step: `was` as it was loaded, `now` as it shall be; version, event,
 * station and time follow.  The event tells what changed; extra (ending in
 * MR_F_END, or NULL) is added to it.
 * MR_REFUSED: the step is not in the table, it lies at another site, or
 * somebody else was faster.
 */
enum mr_status mr_letter_store(struct mr_call *c, const struct mr_letter *was,
    struct mr_letter *now, const struct mr_field *extra);

/* The same, for taking a step back: allowed where the step itself was. */
enum mr_status
mr_letter_store_undo(struct mr_call *c, const struct mr_letter *was,
    struct mr_letter *now, const struct mr_field *extra);

/* The letter as the answer of a step that may have changed nothing. */
enum mr_status
mr_letter_keep(struct mr_call *c, const struct mr_letter *letter);

/* To another state with a reason (0: none) and nothing else. */
enum mr_status mr_letter_move(
    struct mr_call *c, struct mr_letter *letter, int state, int reason);

/*
 * Hold with a reason and its default look-again day.  A letter that is held
 * already changes only its reason.  extra, ending in MR_F_END, goes into its
 * event; NULL: nothing.
 */
enum mr_status mr_letter_hold(struct mr_call *c, struct mr_letter *letter,
    int reason, int64_t until, const struct mr_field *extra);

/*
 * Do the letter and all that decides where it goes agree with their events?
 * Before paper is made of it, and before it is glued.  MR_DAMAGED: no.
 */
enum mr_status
mr_letter_proved(struct mr_call *c, const struct mr_letter *letter);

/*
 * May this letter go on as things stand today?  *reason is MR_NO_REASON, or
 * the hold reason; *rule the facility rule that decided, or 0.  Fails closed.
 */
enum mr_status mr_letter_gate(
    struct mr_call *c, const struct mr_letter *letter, int *reason, int *rule);

/* How many enclosures of a kind a letter has; disposition 0: any. */
enum mr_status mr_letter_enclosed(
    struct mr_call *c, int64_t letter, int kind, int disposition, int64_t *n);

/* The reason as the call's user may know it: a volunteer is not told what only
 * a coordinator looks into.  NULL: none. */
const struct mr_reason_row *
mr_reason_shown(const struct mr_call *c, int number);

/* The map {code, number, state, reason, way, direction, pairing, from, to,
 * received, sheets, batch, until}; key as in mr_out. */
enum mr_status mr_letter_emit(struct mr_call *c, struct mr_out *out,
    const char *key, const struct mr_letter *letter);
#define MR_LETTER_KEYS \
	"code number state reason way direction pairing from to received " \
	"sheets batch until"
/* The same keys without the braces, into a map that is open. */
enum mr_status mr_letter_emit_keys(
    struct mr_call *c, struct mr_out *out, const struct mr_letter *letter);
/*
 * The letter of the first letter event among these, as the last of them that
 * is about it left it; *event is that last one.
 */
enum mr_status mr_letter_of_events(struct mr_call *c, struct mr_events events,
    struct mr_letter *letter, struct mr_event *event);

/* Each letter in a state that lies at this site, oldest first; a failure of
 * `each` ends it. */
typedef enum mr_status (*mr_letter_each)(
    struct mr_call *c, void *arg, const struct mr_letter *letter);
enum mr_status mr_letter_in_state(
    struct mr_call *c, int state, mr_letter_each each, void *arg);

/* Each letter that another site logged and that lies here or was last here,
 * since that day, newest first; without those of a page (page.h). */
enum mr_status mr_letter_strangers(
    struct mr_call *c, int64_t since, mr_letter_each each, void *arg);
/* Does it lie at this site, or was it last here? */
int mr_letter_here(const struct mr_call *c, const struct mr_letter *letter);
/* MR_REFUSED, with the sentence where it lies and what to do when it is in
 * somebody's hands here all the same (letter_take.h). */
enum mr_status
mr_letter_elsewhere(struct mr_call *c, const struct mr_letter *letter);

/*
 * Day counts, kept with the steps that they count; the day's till and the
 * month's report are sums of them.
 */
enum mr_counted {
	MR_N_PIECES = 1, /* logged out of the box */
	MR_N_EXTRA = 2,  /* found inside another */
	MR_N_OFFICE = 3, /* office letters written */
	MR_N_POSTED = 4,
	MR_N_HANDED = 5, /* left the house otherwise */
	MR_N_THROWN = 6,
	MR_N_FROM_OUTSIDE = 7, /* logged, by who wrote */
	MR_N_FROM_INSIDE = 8,
	MR_N_BACK = 9,     /* came back to us */
	MR_N_REFOUND = 10, /* posted or closed before, in the house again */
	MR_N_TO_SITE = 11, /* another site took it out of this house */
	MR_N_FROM_SITE = 12,
	MR_N_END
};
const char *mr_counted_name(int what);
enum mr_status mr_count_add(struct mr_call *c, int64_t day, int what, int n);
/* The same for another site. */
enum mr_status
mr_count_add_at(struct mr_call *c, int64_t site, int64_t day, int what, int n);
enum mr_status
mr_count_get(struct mr_call *c, int64_t day, int what, int64_t *n);

/* Step operations' inputs and functions: letter_steps.h. */

#endif
