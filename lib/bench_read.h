/*
 * What was typed or scanned at a station, decided by its length alone (design
 * 10).  Pure; knows no letter.
 */
#ifndef MR_BENCH_READ_H
#define MR_BENCH_READ_H

#include "lib/bench.h"

enum mr_line_kind {
	MR_LINE_EMPTY,
	MR_LINE_SHEETS,  /* 1 or 2 digits: .n */
	MR_LINE_FLAG,    /* one letter of MR_LINE_FLAGS: .letter, upper case */
	MR_LINE_KEYS,    /* ? */
	MR_LINE_LEAVE,   /* Q */
	MR_LINE_SYMBOLS, /* three, read off an envelope */
	MR_LINE_NUMBER,  /* a day number: A17, A0.17 */
	MR_LINE_CODE,    /* 9 or 12 symbols, typed */
	MR_LINE_SCAN,    /* 20 characters; .letter is the kind, the first */
	MR_LINE_UNCLEAR  /* .n symbols, or 0: not symbols at all */
};

/* No ID, money, photo, moved, wrong name, same envelope, came back, legal
 * mail, undo; taken over from another site. */
#define MR_LINE_FLAGS "NMPAWEBLUT"

struct mr_line {
	enum mr_line_kind kind;
	int n;
	char letter;
	char text[MR_BENCH_TEXT]; /* without blanks at its ends */
};

/*
 * Decide.  Hyphens, blanks and case make no difference.  A day number is what
 * mr_dayno_read takes for one; where three symbols are waited for, the caller
 * takes a day number of three characters for symbols (A17 and 477 fold to the
 * same).
 */
void mr_line_read(const char *line, struct mr_line *out);

#endif
