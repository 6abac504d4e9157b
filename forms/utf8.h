/*
 * Letters, by libutf8proc: UTF-8 in and out, one spelling for composed and
 * decomposed text, capitals for addresses, and plain small letters for the
 * leak guard.  Takes no memory but through mem.h, so everything is wiped.
 */
#ifndef FORMS_UTF8_H
#define FORMS_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "forms/mem.h"

/*
 * The code point at s (at most n bytes, n > 0), its length in *len.
 * 0xFFFFFFFF and length 1 for anything that is not well-formed UTF-8.
 */
#define UTF8_BAD 0xFFFFFFFFu
uint32_t utf8_get(const char *s, size_t n, size_t *len);

/* Bytes of what is read as one character at s: a letter with its marks, an
 * emoji with its joiners.  At least 1 of the n bytes, n > 0. */
size_t utf8_cluster(const char *s, size_t n);

/* What keeps a code point off the paper, whatever the font has. */
enum utf8_kind {
	UTF8_SHOWN,
	UTF8_CONTROL, /* steers instead of showing: controls, joiners,
	                 direction, line ends, private use */
	UTF8_MARK,    /* a mark that composing left alone: libharu sets it by
	                 its own width, through a capital or beside the letter */
	UTF8_RTL      /* runs from the right, or joins: we cannot shape it */
};
enum utf8_kind utf8_kind(uint32_t c);

/*
 * Append n bytes at s in normal form C (Unicode UAX #15), so that each letter
 * is one code point where there is one.  Text that is not UTF-8 is appended
 * as it stands.  0, or -1 when memory is short.
 */
int utf8_compose(const char *s, size_t n, struct bytes *out);

/*
 * Append the capital of c, composed: as many letters as it takes (ß gives SS,
 * ŉ an apostrophe and N).  A mark that has no capital with it is left out.  By
 * no language's own rule: i gives I, final sigma the one Sigma.
 */
int utf8_upper(uint32_t c, struct bytes *out);

/* What a code point is in a comparison. */
enum utf8_part {
	UTF8_WORD,  /* letters or digits, as written to out */
	UTF8_JOINS, /* nothing: a mark, an apostrophe, a soft hyphen */
	UTF8_PARTS  /* ends a word: space, punctuation, sign */
};

/*
 * Fold c for comparing: small, plain, without accents, ligatures and wide
 * forms written out.  Never more bytes than c has itself; their number in
 * *len, 0 but for UTF8_WORD.
 */
enum utf8_part utf8_fold(uint32_t c, char out[4], size_t *len);

/* A sign that the post office reads as: itself, nothing (0), or a space. */
uint32_t utf8_postal(uint32_t c);

#endif
