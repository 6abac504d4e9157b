/*
 * Letter codes: the 42-bit id of a letter, shuffled by a key, as 10 + 2
 * symbols.  Unguessable, free of collisions, stored nowhere: a look-up is this
 * arithmetic and one row.  docs/codes.md has the network in words.
 */
#ifndef MR_LETTERCODE_H
#define MR_LETTERCODE_H

#include "lib/code.h"

#define MR_LETTERCODE_KEY 16                 /* bytes */
#define MR_LETTERCODE_IDS (INT64_C(1) << 42) /* ids are below this */

/* The code of an id.  0, or -1 when the id is not 0 .. 2^42 - 1. */
int mr_lettercode_make(const uint8_t *key, int64_t id, struct mr_symbols *code);

/*
 * The id behind a code.  0, or -1 when it is not a well-formed letter code or
 * stands for a value from 2^42 up, which no letter has; *id is then untouched.
 */
int mr_lettercode_id(
    const uint8_t *key, const struct mr_symbols *code, int64_t *id);

/* Skip this id?  1 when its code hits the block list or the id is out of
 * range, else 0. */
int mr_lettercode_blocked(const uint8_t *key, int64_t id);

#endif
