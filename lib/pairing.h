/*
 * Pairings: two correspondents who write to each other, one inside and one
 * outside.  Opening one makes a forwarding ID for each of them.
 */
#ifndef MR_PAIRING_H
#define MR_PAIRING_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/fid.h"
#include "lib/value.h"

enum mr_pairing_status {
	MR_PAIRING_PROPOSED = 1,
	MR_PAIRING_ACTIVE = 2,
	MR_PAIRING_PAUSED = 3,
	MR_PAIRING_ENDED = 4,
};

/* Why paused or ended: name, number in the row, word, status it goes with.
 * Numbers stand for ever. */
#define MR_PAIRING_REASONS(X) \
	X(AWAY, 1, "away", 3) \
	X(ILL, 2, "ill", 3) \
	X(MOVING, 3, "moving", 3) \
	X(ASKED, 4, "asked", 3) \
	X(LOCKDOWN, 5, "lockdown", 3) \
	X(SAFETY_CHECK, 6, "safety-check", 3) \
	X(STAFF_QUERY, 7, "staff-query", 3) \
	X(LOST_CONTACT, 32, "lost-contact", 4) \
	X(TRANSFERRED, 33, "transferred", 4) \
	X(RELEASED, 34, "released", 4) \
	X(MUTUAL, 35, "mutual", 4) \
	X(PROBLEM_BEHAVIOUR, 36, "problem-behaviour", 4) \
	X(PERSONAL, 37, "personal-circumstances", 4) \
	X(LOST_INTEREST, 38, "lost-interest", 4) \
	X(OTHER_CONNECTION, 39, "wanted-different-connection", 4) \
	X(DIED, 40, "died", 4) \
	X(SAFETY, 41, "safety", 4) \
	X(PROGRAMME_ENDED, 42, "programme-ended", 4)

enum mr_pairing_reason {
	MR_PAIRING_NO_REASON = 0,
#define X(name, number, word, status) MR_PAIRING_FOR_##name = number,
	MR_PAIRING_REASONS(X)
#undef X
};

/* A row.  outside and inside are correspondents; opened and until are days;
 * until: the last day of a pause, 0: open. */
struct mr_pairing {
	int64_t id, outside, inside;
	int status, reason, opened, until;
	int64_t version, event;
};

/* MR_NOTFOUND: with a sentence that names the pairing. */
enum mr_status
mr_pairing_load(struct mr_call *c, int64_t id, struct mr_pairing *pairing);
/* The living pairing (not ended) of two correspondents, named in any order.
 * MR_NOTFOUND, without a sentence: there is none. */
enum mr_status mr_pairing_between(
    struct mr_call *c, int64_t a, int64_t b, struct mr_pairing *pairing);

/* Every pairing of a person, of any status, in the order of their numbers on
 * either side.  A failure of `each` ends it. */
enum mr_status mr_pairing_of(struct mr_call *c, int64_t person,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_pairing *pairing),
    void *arg);
/* Does mail go today?  Active, or paused and the pause is over. */
int mr_pairing_live(const struct mr_call *c, const struct mr_pairing *pairing);
/* The status of today: a pause that is over counts as active. */
int mr_pairing_today(const struct mr_call *c, const struct mr_pairing *pairing);

/* "proposed" ..., "lost-contact" ...; NULL: none such. */
const char *mr_pairing_status_name(int status);
const char *mr_pairing_reason_name(int reason);
/* By its word; 0: none such. */
int mr_pairing_status_read(const char *word);

/* "P45", in the arena. */
const char *mr_pairing_show_id(struct mr_call *c, int64_t id);

/*
 * Open a pairing: row, two forwarding IDs, three events, the pairing's first.
 * Its event names the letters of either person that wait for a pairing.
 * MR_INVALID: the persons are not one outside and one inside.  MR_REFUSED:
 * one of them is paused or closed, has no slot free (over_slots allows it),
 * or the two have a living pairing.  MR_NOTFOUND: no such person.
 */
struct mr_pairing_open {
	struct mr_person outside, inside;
	int over_slots;
};
enum mr_status mr_pairing_open(
    struct mr_call *c, const struct mr_pairing_open *in, int64_t *id);

/* Its single checks, for the import.  The person of this kind; whether they
 * take part; MR_REFUSED with the count when all places are taken. */
struct mr_correspondent;
enum mr_status mr_pairing_person(struct mr_call *c, struct mr_person ref,
    int kind, struct mr_correspondent *person);
enum mr_status
mr_pairing_takes_part(struct mr_call *c, const struct mr_correspondent *person);
enum mr_status mr_pairing_full(
    struct mr_call *c, const struct mr_correspondent *person, int64_t taken);

/* The same for a bulk import, with known persons, its register and a day. */
enum mr_status mr_pairing_add(struct mr_call *c, struct mr_register *reg,
    int64_t outside, int64_t inside, int opened, int64_t *id);

/*
 * Pause with a reason of the list, through a day or until resumed; again to
 * change either.  MR_INVALID: reason or day.  MR_REFUSED: it has ended.
 */
struct mr_pairing_pause {
	struct mr_pairing_ref pairing;
	const char *reason;
	struct mr_date until;
};
enum mr_status
mr_pairing_pause(struct mr_call *c, const struct mr_pairing_pause *in);

/* End a pause.  MR_REFUSED: it is not paused. */
struct mr_pairing_resume {
	struct mr_pairing_ref pairing;
};
enum mr_status
mr_pairing_resume(struct mr_call *c, const struct mr_pairing_resume *in);

/*
 * End it for ever; both IDs retire at once.  The pairing's event comes last
 * and names the letters that are still in the house.
 * MR_INVALID: reason.  MR_REFUSED: it has ended.
 */
struct mr_pairing_end {
	struct mr_pairing_ref pairing;
	const char *reason;
};
enum mr_status
mr_pairing_end(struct mr_call *c, const struct mr_pairing_end *in);

/*
 * New IDs for one side or both (side: "inside" or "outside" is whose ID;
 * NULL or "both").  Routine: the old one routes for MR_FID_ROUTES days more.
 * Compromised: it, and any earlier one of that side that still routes, stops
 * at once.  MR_INVALID: side or reason.  MR_REFUSED: it has ended.
 */
struct mr_pairing_rotate {
	struct mr_pairing_ref pairing;
	const char *side;
	const char *reason;
};
enum mr_status
mr_pairing_rotate(struct mr_call *c, const struct mr_pairing_rotate *in);

/* Whose turn it is. */
enum mr_pairing_turn {
	MR_TURN_NONE, /* no letter yet, or it has ended */
	MR_TURN_INSIDE,
	MR_TURN_OUTSIDE,
	MR_TURN_OFFICE /* the newest letter is still in the house */
};
const char *mr_pairing_turn_name(enum mr_pairing_turn turn);

/* What went between the two.  Index 1: to inside, 2: to outside.  Letters
 * that turned back or were closed are not counted. */
struct mr_pairing_traffic {
	int64_t letters[3];
	int last[3];      /* day received, 0: none */
	int64_t in_house; /* neither posted nor closed, of any way */
	enum mr_pairing_turn turn;
	/* Day of our last posting if nothing came since, else of the newest
	 * letter; of the opening where there is none.  0 while we are the
	 * ones who hold a letter: a pair that we stall is not quiet. */
	int quiet_since;
};
/* all = 0: turn and quiet_since only, without walking far. */
enum mr_status mr_pairing_traffic(struct mr_call *c,
    const struct mr_pairing *pairing, int all, struct mr_pairing_traffic *t);

/*
 * Import outside_ref, inside_ref, opened: the two refs are the key.  All or
 * nothing; a second time it changes nothing.  A row whose pairing has another
 * day of opening corrects it; one whose pairing has ended since is left alone.
 * Statuses as mr_import_run; c->found is for mr_import_answer.
 */
struct mr_pairing_import {
	struct mr_file file;
	int dry_run, over_slots;
};
enum mr_status
mr_pairing_import(struct mr_call *c, const struct mr_pairing_import *in);

/* Correct the day of opening. */
enum mr_status mr_pairing_redate(
    struct mr_call *c, const struct mr_pairing *pairing, int opened);

/*
 * Which pairings to list, in the order of their numbers.  status: as of
 * today, 0: any but the ended; person: 0: anybody; quiet: only those that
 * nothing was heard of for so many days, 0: all.
 */
struct mr_pairing_filter {
	int status;
	int64_t person;
	int quiet;
};
/* One line of it.  Pen names are valid during `each`. */
struct mr_pairing_line {
	struct mr_pairing pairing;
	const char *outside, *inside;      /* pen names */
	struct mr_pairing_traffic traffic; /* turn and quiet_since only */
};
enum mr_status
mr_pairing_list(struct mr_call *c, const struct mr_pairing_filter *filter,
    enum mr_status (*each)(
	struct mr_call *c, const struct mr_pairing_line *line, void *arg),
    void *arg);

#endif
