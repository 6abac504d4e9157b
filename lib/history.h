/*
 * Histories: what happened to one letter, pairing, correspondent or facility,
 * told from the chain.  The events of a row are linked backwards, so nothing
 * is searched for; letters are found by the indexes of the schema.  Pen names
 * and numbers only.
 */
#ifndef MR_HISTORY_H
#define MR_HISTORY_H

#include "lib/call.h"
#include "lib/chain.h"

/* A line.  Strings are in the arena, valid during the callback. */
struct mr_history_line {
	int64_t event, at, user;
	int station;
	const char *about; /* "P45", a letter code ... */
	const char *step;  /* in plain words */
};

typedef enum mr_status (*mr_history_each)(
    struct mr_call *c, void *arg, const struct mr_history_line *line);

/*
 * The history of a row.  A letter's: every step of it and of its enclosures,
 * oldest first.  Of a pairing, a correspondent, a facility: what happened to
 * it and to what belongs to it (IDs, addresses, rules, pairings), and a line
 * for each letter at the time it was logged, with what became of it; newest
 * first, at most `last` lines.  Nothing after the event `until` (0: no end).
 * MR_NOTFOUND: no such row.  MR_DAMAGED: an event cannot be read.
 */
enum mr_status mr_history(struct mr_call *c, enum mr_subject subject,
    int64_t id, int64_t last, int64_t until, mr_history_each each, void *arg);

/* May the call's user see the history of this letter?  Staff see what is in
 * the house.  MR_DENIED. */
enum mr_status mr_history_allowed(struct mr_call *c, int state);

/* What an event did, in plain words; in the arena. */
const char *mr_event_words(struct mr_call *c, const struct mr_event *event);

/*
 * The history of an event's subject as one document, up to that event and
 * dated with it (field count: how many lines); bytes are in the arena.
 * MR_INVALID: a name has a character that the font has not.  MR_IO: no font.
 */
enum mr_status mr_history_page(struct mr_call *c, const struct mr_event *event,
    const void **bytes, size_t *len);

/* "K7M-4RP-TMK", "DAN", "C12": as mr_audit_subject, with a look at the row
 * where that tells more. */
const char *mr_subject_shown(struct mr_call *c, int subject, int64_t id);

#endif
