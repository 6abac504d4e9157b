/*
 * An answer kept for a program to look into, instead of being printed: every
 * value under its path, "letters.0.code".
 */
#ifndef MR_ANSWER_H
#define MR_ANSWER_H

#include "lib/out.h"

struct mr_answer;

/* A fresh one in the arena; NULL: memory is short.  document: where files go,
 * called with `to`; NULL: none are taken. */
struct mr_answer *
mr_answer_new(struct mr_arena *arena, mr_document document, void *to);

/* What an operation is given to answer into. */
struct mr_out *mr_answer_out(struct mr_answer *answer);

/* The text under a path (numbers in decimal, true and false as "1" and "");
 * NULL: null, or nothing there.  Valid as long as the arena. */
const char *mr_answer_get(const struct mr_answer *answer, const char *format,
    ...) __attribute__((format(printf, 2, 3)));

#endif
