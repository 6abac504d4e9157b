/*
 * The block list: hate numbers, slurs and words that get people hurt, as they
 * can be spelt in our alphabet.  Owns the one table; decides nothing else.
 */
#ifndef MR_BLOCKLIST_H
#define MR_BLOCKLIST_H

#include "lib/code.h"

/*
 * The first entry found anywhere in the symbols, hyphens not counted, or
 * NULL.  The text lives for ever.  Unreadable symbols match nothing.
 */
const char *mr_blocklist_hit(const struct mr_symbols *code);

/* Walk the table: entry i from 0, NULL past the end; *why may be NULL. */
const char *mr_blocklist_entry(size_t i, const char **why);

#endif
