/* A letter that came in at one site and goes on from another. */
#ifndef MR_LETTER_TAKE_H
#define MR_LETTER_TAKE_H

#include "lib/letter.h"

/*
 * Of a letter that lies at another site: where it is, and what to do when it
 * is in somebody's hand here all the same, in the arena.  One sentence for all
 * that ask: as a refusal has it, and as it stands by itself (NULL: no memory).
 */
const char *mr_letter_where(struct mr_call *c, const struct mr_letter *letter);
const char *
mr_letter_where_said(struct mr_call *c, const struct mr_letter *letter);
/* 1: it lies at another site, and mr_letter_take would have it. */
int mr_letter_takeable(const struct mr_call *c, const struct mr_letter *letter);

struct mr_letter_take {
	struct mr_typed letter;
};

/*
 * It lies here now: the next day number of this station, counted out of the
 * other house and into this one, in this site's chain.  Its state stays; its
 * stub, its codes and its enclosures stay what they are.
 * MR_REFUSED: it is here already, or it has left the house there; sealed, since
 * it is in a batch there.
 */
enum mr_status
mr_letter_take(struct mr_call *c, const struct mr_letter_take *in);

#endif
