/*
 * The day's counts that go with a letter's steps, in the same transaction.
 */
#ifndef MR_LETTER_COUNT_H
#define MR_LETTER_COUNT_H

#include "lib/letter.h"

/* It was logged (sign 1), or that is taken back (-1). */
enum mr_status mr_letter_count_new(
    struct mr_call *c, const struct mr_letter *letter, int sign);
/* It went from one state to another. */
enum mr_status mr_letter_count_step(struct mr_call *c,
    const struct mr_letter *was, const struct mr_letter *now);
/* A step was taken back: so is what it counted as. */
enum mr_status mr_letter_count_undo(struct mr_call *c,
    const struct mr_letter *was, const struct mr_letter *now);

#endif
