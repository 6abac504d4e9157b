/* What the bench is told about a letter: verdict and plain words. */
#ifndef MR_LETTER_VERDICT_H
#define MR_LETTER_VERDICT_H

#include "lib/letter.h"
#include "lib/verdict.h"

/*
 * Emit "verdict" (the big words), "say" (what to do) and "tray" into an open
 * map, for a letter as a step left it.  new_one: it was logged by this step.
 */
enum mr_status mr_letter_verdict(struct mr_call *c, struct mr_out *out,
    const struct mr_letter *letter, int new_one);
#define MR_VERDICT_KEYS "verdict say tray "

/* One verdict with facts of a letter; why and other may be NULL. */
enum mr_status
mr_letter_say(struct mr_call *c, struct mr_out *out, enum mr_verdict verdict,
    const struct mr_letter *letter, const char *why, const char *other);

/* Answers of steps: the verdict, then the letter's keys; of a new one
 * "facility" too, the name of where its writer lives, null from outside. */
enum mr_status mr_letter_answer_new(
    struct mr_call *c, struct mr_events events, struct mr_out *out);
enum mr_status mr_letter_answer_step(
    struct mr_call *c, struct mr_events events, struct mr_out *out);

#endif
