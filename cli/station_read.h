/*
 * What was typed or scanned at a station, decided by its length alone (design
 * 10).  Pure; knows no letter.
 */
#ifndef CLI_STATION_READ_H
#define CLI_STATION_READ_H

#define STATION_TEXT 128

enum station_kind {
	STATION_EMPTY,
	STATION_SHEETS,  /* 1 or 2 digits: .n */
	STATION_FLAG,    /* one letter of STATION_FLAGS: .letter, upper case */
	STATION_KEYS,    /* ? */
	STATION_LEAVE,   /* Q */
	STATION_SYMBOLS, /* three, read off an envelope */
	STATION_NUMBER,  /* a day number: A17 */
	STATION_CODE,    /* 9 or 12 symbols, typed */
	STATION_SCAN,    /* 20 characters; .letter is the kind, the first */
	STATION_UNCLEAR  /* .n symbols, or 0: not symbols at all */
};

/* No ID, money, photo, moved, wrong name, same envelope, came back, legal
 * mail, undo. */
#define STATION_FLAGS "NMPAWEBLU"

struct station_input {
	enum station_kind kind;
	int n;
	char letter;
	char text[STATION_TEXT]; /* without blanks at its ends */
};

/*
 * Decide.  Hyphens, blanks and case make no difference.  A letter and one to
 * four digits are a day number; where three symbols are waited for, the caller
 * takes a day number of three characters for symbols (A17 and 477 fold to the
 * same).
 */
void station_read(const char *line, struct station_input *out);

#endif
