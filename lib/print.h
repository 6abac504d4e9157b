/*
 * Printing: cover sheets, envelopes, labels, the page of an office letter.
 * A print is a step of its letter: event and print row are committed before
 * any byte leaves, so that what a crash leaves unprinted is printed again as
 * the next copy.  A letter that must not go, or that cannot be drawn, is held
 * with the reason and the run goes on.
 */
#ifndef MR_PRINT_H
#define MR_PRINT_H

#include "lib/letter.h"
#include "lib/paper.h"

#define MR_PRINT_RUN 1000 /* letters in one file, at most */

struct mr_print {
	struct mr_typed letter; /* one letter, whatever was printed before */
	int new;                /* sheets, pages: all that have none yet */
	int cleared;            /* envelopes, labels: all that need one */
	const char *stock;      /* labels */
	struct mr_count start;
	const char *envelope; /* envelopes: the stock, NULL: the office's */
	struct mr_file
	    pile; /* envelopes, labels: stubs, one a line, in order */
	int once; /* only where no print of it stands that would still match */
};

/*
 * The stubs of a pile: each line that is not blank, in order.  All of them are
 * looked at before anything fails, so that a pile is put right in one go.
 * MR_REFUSED: with the place and the sentence of those that `one` refused.
 */
enum mr_status mr_print_pile(struct mr_call *c, const struct mr_file *pile,
    enum mr_status (*one)(struct mr_call *c, void *arg, struct mr_typed stub),
    void *arg);

/*
 * c->found keeps the drawn document for the answer.
 * MR_USAGE: not one of letter, run and pile was named.  MR_REFUSED: nothing to
 * print; the printer is for other things; or the one letter is not ready,
 * takes no label, or was named by a stub that is old: the sentence says what
 * to do.  MR_IO, MR_INVALID: fonts, wording, stock.
 */
enum mr_status
mr_print(struct mr_call *c, enum mr_printed what, const struct mr_print *in);

/* Does the letter need this print as things stand today: none was made yet, or
 * what was made is no longer right? */
enum mr_status mr_print_needs(struct mr_call *c, enum mr_printed what,
    const struct mr_letter *letter, int *yes);

/* Write down that a piece was made, by the event that says so. */
enum mr_status mr_print_row(struct mr_call *c, enum mr_printed what,
    const struct mr_piece *piece, int64_t event);

/* {printed, held: [...], left, secret} and the document; drawn again from the
 * events where a request key came twice. */
enum mr_status mr_print_answer(struct mr_call *c, enum mr_printed what,
    struct mr_events events, struct mr_out *out);

#endif
