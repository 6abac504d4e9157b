/*
 * Letters that we write ourselves, to one or many: each is a letter like any
 * other, with a number of the day, a stub and a page.
 */
#ifndef MR_LETTER_NEW_H
#define MR_LETTER_NEW_H

#include "lib/letter.h"

struct mr_letter_new {
	const char *to, *form;
	struct mr_typed about;
	struct mr_pairing_ref pairing;
	const char *enclosure;
};

/*
 * To whom: a list of people with commas between; inside, outside or everyone
 * who takes part; waiting, those of them without a pen pal; both of a pairing;
 * nobody named: whoever wrote the letter that it is about.  Of a group those
 * are left out who had the same letter in the last 90 days, whom no mail
 * reaches today, and who have not what it speaks of; at most 1,000 at a time.
 *
 * All or nothing.  What is named must be the addressee's own.  A letter that
 * cannot go today is held with the reason.
 * MR_USAGE, MR_INVALID, MR_REFUSED: the sentence names the flag or the fault.
 * MR_NOTFOUND: no such person, letter, pairing, enclosure.
 */
enum mr_status mr_letter_new(struct mr_call *c, const struct mr_letter_new *in);

#define MR_LETTER_NEW_MOST 1000
#define MR_LETTER_NEW_DAYS 90

/* A list of letters: their keys, "form" and "note". */
enum mr_status mr_letter_new_answer(
    struct mr_call *c, struct mr_events events, struct mr_out *out);

/* Inner: what is written, and to whom of a group. */
struct mr_letter_job {
	const struct mr_letter_new *in;
	int form;          /* enum mr_form */
	unsigned names[2]; /* by enum form_side; what it speaks of */
	int there[2];      /* it has words for that side */
	struct mr_letter about;
	int64_t writer; /* of that letter; 0: none is named */
	int64_t pairing, enclosure, money;
	int disposition;
	int reason;
	int64_t until;
	int64_t to[MR_LETTER_NEW_MOST];
	int n;
	int64_t left_out, left; /* of a group: cannot; another time */
};

struct mr_writing;
struct mr_correspondent;
/* What it says to this one.  Statuses as mr_letter_new. */
enum mr_status
mr_letter_new_speak(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, struct mr_writing *w);
/* May it go to them today?  The letter without its number. */
enum mr_status
mr_letter_new_begin(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, struct mr_letter *letter);
/* Is `to` the name of a group?  Then the list is filled. */
enum mr_status
mr_letter_new_group(struct mr_call *c, struct mr_letter_job *job, int *group);

#endif
