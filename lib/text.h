/*
 * Text as people type it: checking UTF-8, measuring and folding it, reading
 * numbers and money out of it, and hex.  Pure functions; what they make lives
 * in the arena.  Owns no wording beyond the name of a fault.
 */
#ifndef MR_TEXT_H
#define MR_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"

/* Control characters that a text may hold; the others never pass. */
#define MR_TEXT_TAB 1
#define MR_TEXT_LINES 2 /* LF, CR, U+2028, U+2029 */

/* The first thing that is wrong with a text. */
struct mr_text_fault {
	size_t byte;       /* where it starts, counted from 0 */
	size_t character;  /* which character that is, counted from 1 */
	char message[112]; /* "character 7 is a control character (U+001B)";
			    * never repeats any other character of the text */
};

/*
 * Is s strict UTF-8: no overlong form, surrogate, value over U+10FFFF, NUL,
 * control character (C0, DEL, C1) that is not in `allow`, nor one that turns
 * the writing direction for what follows (U+202A-202E, U+2066-2069)?
 * 0, or -1 with *fault filled.  fault may be NULL.
 */
int mr_text_check(
    const char *s, size_t len, unsigned allow, struct mr_text_fault *fault);

/*
 * Decode one character of len bytes at s into *code.  Returns its length, 1
 * to 4; 0 when len is 0; -1 when the bytes are not strict UTF-8 (NUL and
 * control characters are characters here).
 */
int mr_text_next(const char *s, size_t len, uint32_t *code);

/*
 * Bring len bytes at s into one spelling (Unicode's normal form C), in place:
 * a letter and its accent become the one letter.  Returns the new length,
 * never more than len; writes no NUL.  What would grow, or is not UTF-8, stays
 * as it is.
 */
size_t mr_text_compose(char *s, size_t len);

/* Encode; returns how many of the 4 bytes were used, 0 for no character. */
size_t mr_text_put(char out[4], uint32_t code);

/* Is this a control character or one that turns the writing direction? */
int mr_text_is_control(uint32_t code);

/*
 * Columns on a terminal: 0 for combining marks, joiners and controls, 2 for
 * East Asian wide characters and emoji, else 1.  A byte that is not UTF-8
 * counts as 1.
 */
int mr_text_columns(uint32_t code);
size_t mr_text_width(const char *s, size_t len);

/*
 * For comparing names: lower case, diacritics gone (composed or combining),
 * letters and digits only, single spaces between words: " Nguyễn-Łukasz"
 * gives "nguyen lukasz"; ß gives "ss", æ "ae", ø "o", ı "i", þ "th", wide
 * letters and ligatures the plain ones.  An apostrophe joins ("O'Neil" gives
 * "oneil").  Letters of other scripts stay, in lower case and without marks.
 * A byte that is not UTF-8 separates.  Never longer than s.
 * NULL when memory is short or s is NULL.
 */
char *mr_text_fold(struct mr_arena *arena, const char *s);

/* A copy without blanks at its ends, and single spaces for runs of blanks
 * (space, tab, line ends, U+00A0).  NULL as above. */
char *mr_text_trim(struct mr_arena *arena, const char *s);

/* Do two texts fold to the same?  1, 0, or -1 when memory is short. */
int mr_text_same(struct mr_arena *arena, const char *a, const char *b);

/* Edits (insert, drop, change, swap of neighbours) between two short ASCII
 * words, for "did you mean"; words over 63 bytes are 64 apart. */
size_t mr_text_distance(const char *a, const char *b);

/* What is wrong with a number.  The caller words it. */
enum mr_number {
	MR_NUMBER_OK,
	MR_NUMBER_EMPTY, /* nothing there */
	MR_NUMBER_WORD,  /* not only digits with at most a sign before */
	MR_NUMBER_LOW,   /* a number, under min (or under 64 bits) */
	MR_NUMBER_HIGH   /* a number, over max (or over 64 bits) */
};

/*
 * A whole decimal number from min to max: "3", "-12", "+3", "007"; blanks
 * around it are allowed.  *value is set on MR_NUMBER_OK only.
 */
enum mr_number
mr_text_integer(const char *s, int64_t min, int64_t max, int64_t *value);

/*
 * Money: "20", "20.5", "20.50", "$20.50", "1,020.50", never negative, to
 * 999,999,999.99; blanks around it are allowed.  Kinds of fault as above;
 * MR_NUMBER_WORD also for more than two digits of cents.
 */
enum mr_number mr_text_cents(const char *s, int64_t *cents);

/* "20.50".  Returns out. */
#define MR_MONEY_SIZE 24
char *mr_text_money(int64_t cents, char out[MR_MONEY_SIZE]);

/* Lower-case hex; NULL when memory is short. */
char *mr_text_hex(struct mr_arena *arena, const void *bytes, size_t len);

/*
 * Hex of either case, two digits a byte, nothing between, into at most size
 * bytes at out.  Returns how many, or -1 when s is not that or too long.
 */
long mr_text_unhex(const char *s, void *out, size_t size);

#endif
