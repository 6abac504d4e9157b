/*
 * Text in columns of a terminal: made harmless, measured and cut into lines.
 * Private to lib/out_table.c.
 */
#ifndef MR_OUT_WRAP_H
#define MR_OUT_WRAP_H

#include "lib/out_tree.h"

/*
 * A copy in which nothing can move the cursor: control characters are shown
 * (^[ for escape, <U+009B>, <FF> for a byte that is not UTF-8), a tab is a
 * space; \n stays and ends a line.  NULL when memory is short.
 */
char *mr_wrap_clean(struct mr_tree *tree, const char *s);

/* The longest line and the longest word of a clean text, in columns. */
void mr_wrap_measure(const char *s, size_t *line, size_t *word);

/*
 * Bytes of the first line of s that fits width columns (0: no limit), cut at
 * a space, or inside a word that is longer than a line.  *next is where the
 * rest begins.
 */
size_t mr_wrap_line(const char *s, size_t width, size_t *next);

/*
 * The ANSI colour of a state or verdict ("31" red, ...), NULL when it has
 * none.  key is "state" or "verdict", or ends in ".state", ".verdict".
 */
const char *mr_wrap_colour(const char *key, const char *value);

#endif
