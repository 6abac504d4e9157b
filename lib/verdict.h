/*
 * What a station says: big words, a colour, how often the bell rings, and in
 * plain words what to do next (design 10).  One table for the bench in a
 * terminal and for the pages.  Pure text; knows no letter.
 */
#ifndef MR_VERDICT_H
#define MR_VERDICT_H

#include <stddef.h>

enum mr_verdict_colour {
	MR_VERDICT_PLAIN,
	MR_VERDICT_GREEN,
	MR_VERDICT_RED,
	MR_VERDICT_YELLOW,
	MR_VERDICT_BLUE
};

/* Name, big words, colour, bells, plain words with {facts} in them. */
#define MR_VERDICTS(X) \
	X(READY, "READY", PLAIN, 0, \
	    "Scan or type the ID of the next letter. ? shows the keys.") \
	X(GOOD, "GOOD", GREEN, 1, \
	    "{number}. {from} to {to}. Does it say Dear {to}? Count the " \
	    "sheets.") \
	X(FIRST, "FIRST LETTER", GREEN, 1, \
	    "{number}. {from} to {to}. Does it say Dear {to}? Count the " \
	    "sheets.") \
	X(SECOND, "SECOND TODAY", GREEN, 2, \
	    "{number}. {from} to {to}. Does it say Dear {to}? Count the " \
	    "sheets.") \
	X(HELD, "HELD", RED, 3, \
	    "{number}. {why} Red tray, ask the coordinator.") \
	X(NO_PAIRING, "NO PEN PAL", YELLOW, 3, "{number}. {why} Yellow tray.") \
	X(NO_ID, "NO ID", YELLOW, 3, \
	    "{number}. Yellow tray. Dear ...? Signed ...?") \
	X(CAME_BACK, "CAME BACK", BLUE, 2, \
	    "{number}. Blue tray, do not open.") \
	X(DONE, "DONE", GREEN, 1, \
	    "{number}, sheets: {sheets}. Its cover sheet is ready. Next " \
	    "letter.") \
	X(TO_READ, "TO READ", PLAIN, 1, \
	    "{number}, sheets: {sheets}. Staff read it first: lay it aside. " \
	    "Next letter.") \
	X(GOES_ON, "GOES ON", GREEN, 1, \
	    "{number} may go on: to the bench. Count its sheets.") \
	X(CLOSED, "CLOSED", PLAIN, 1, "{number} is not sent on. {why}") \
	X(SAME, "SAME ENVELOPE", PLAIN, 1, \
	    "Scan or type the ID of the other letter that was with " \
	    "{number}. N when it has none.") \
	X(STUB, "STUB", PLAIN, 1, \
	    "You hold {number}. Tear, fold, stuff. Scan the envelope; where " \
	    "it has no code, type {why}.") \
	X(MATCH, "MATCH", GREEN, 1, \
	    "{number}. Stub in the box. Glue. Stamps: {stamps}.") \
	X(MATCH_LARGE, "MATCH", GREEN, 1, \
	    "{number}. Stub in the box. Glue. Too heavy for a letter: " \
	    "large-envelope price. Stamps: {stamps}.") \
	X(MATCH_HEAVY, "MATCH", GREEN, 1, \
	    "{number}. Stub in the box. Glue. Weigh it.") \
	X(STOP, "STOP", RED, 5, \
	    "This envelope is {other}'s, you hold {number}. Do not glue. " \
	    "Find {other}.") \
	X(STOP_UNKNOWN, "STOP", RED, 5, \
	    "This is not the envelope of {number}. Do not glue. Find the " \
	    "envelope of {number}.") \
	X(OLD_PAGE, "OLD PAGE", RED, 4, "{why} Tear up, print again.") \
	X(NOT_OURS, "NOT OURS", YELLOW, 2, "Scan again or type.") \
	X(OURS, "OURS", PLAIN, 1, "{why}") \
	X(OTHER_SITE, "OTHER SITE", YELLOW, 2, "{why}") \
	X(TAKEN_OVER, "TAKEN OVER", GREEN, 1, "{why}") \
	X(WAITING, "WAITING", YELLOW, 2, "Saved here. Grey tray.") \
	X(LOOK_AGAIN, "LOOK AGAIN", YELLOW, 2, "{why}") \
	X(UNDONE, "UNDONE", PLAIN, 1, \
	    "{number}: the last step is taken " \
	    "back. It is {state} now.") \
	X(TAKEN_BACK, "UNDONE", PLAIN, 1, \
	    "{number} is taken back, as if it had never been logged. Strike " \
	    "the number out on the envelope.") \
	X(NOT_DONE, "NOT DONE", YELLOW, 2, "{why}")

enum mr_verdict {
#define X(name, big, colour, bells, plain) MR_V_##name,
	MR_VERDICTS(X)
#undef X
	    MR_NVERDICTS
};

/* The verdict with these big words; MR_V_OURS: none has. */
enum mr_verdict mr_verdict_named(const char *big);

/* The columns of the list above; a name is for programs and has no language. */
const char *mr_verdict_name(enum mr_verdict verdict);
const char *mr_verdict_big(enum mr_verdict verdict);
enum mr_verdict_colour mr_verdict_colour(enum mr_verdict verdict);
int mr_verdict_bells(enum mr_verdict verdict);

/* What the plain words may name.  NULL stands as "?". */
struct mr_verdict_facts {
	const char *number, *from, *to, *sheets, *stamps, *other, *state;
	const char *why; /* NULL: left out */
};

/* The plain words with the facts put in, cut to size.  Returns out. */
char *mr_verdict_say(enum mr_verdict verdict,
    const struct mr_verdict_facts *facts, char *out, size_t size);

#endif
