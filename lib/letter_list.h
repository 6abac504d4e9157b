/* Looking letters up: lists, candidates for a letter without an ID. */
#ifndef MR_LETTER_LIST_H
#define MR_LETTER_LIST_H

#include "lib/letter.h"

struct mr_letter_list {
	const char *state;
	struct mr_date day; /* logged on */
	const char *by;     /* logged by this user */
	struct mr_pairing_ref pairing;
	struct mr_person person;
	struct mr_typed id; /* forwarding ID: letters of that pairing */
	int due;            /* held, and their day to look again has come */
	int late; /* in the house longer than the setting late-after-days */
	struct mr_count limit;
};
/*
 * List letters, newest first (of a person: a pairing after the other); those of
 * a state that is in the house, oldest first.  MR_INVALID: no such state.  MR_NOTFOUND: no such user, person.
 */
enum mr_status mr_letter_list(
    struct mr_call *c, const struct mr_letter_list *in, struct mr_out *out);

/* A letter that was logged before this day is late (late-after-days). */
enum mr_status mr_late_before(struct mr_call *c, int64_t *day);

struct mr_letter_candidates {
	const char *dear, *signed_by;
};
/*
 * Pairings in which somebody is called so: "Dear ..." is the reader's pen
 * name, "signed ..." the writer's.  Compared without case and accents, first
 * words count; what was typed is not stored.  Best first, at most 20.
 * MR_USAGE: neither was given.
 */
enum mr_status mr_letter_candidates(struct mr_call *c,
    const struct mr_letter_candidates *in, struct mr_out *out);

#endif
