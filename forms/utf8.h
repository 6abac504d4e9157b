/*
 * Letters: UTF-8 in and out, and the two foldings that forms need: capitals
 * for addresses, and plain small letters for the leak guard.
 */
#ifndef FORMS_UTF8_H
#define FORMS_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The code point at s (at most n bytes), its length in *len.  0xFFFFFFFF and
 * length 1 for anything that is not well-formed UTF-8.
 */
#define UTF8_BAD 0xFFFFFFFFu
uint32_t utf8_get(const char *s, size_t n, size_t *len);

/* Write c as UTF-8, at most 4 bytes; answers the length. */
size_t utf8_put(uint32_t c, char out[4]);

/* Characters that steer instead of show: controls, joiners, direction. */
int utf8_control(uint32_t c);

/* Scripts that need shaping or run from the right: we cannot draw them. */
int utf8_unshaped(uint32_t c);

/* Capital of a Latin, Greek or Cyrillic letter; others unchanged. */
uint32_t utf8_upper(uint32_t c);

/*
 * Small letters without accents, at most 4 bytes, for comparing; length 0
 * for a combining mark.  *word tells whether c belongs to a word at all.
 */
size_t utf8_fold(uint32_t c, char out[4], int *word);

#endif
