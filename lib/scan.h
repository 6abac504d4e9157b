/*
 * Scanning: what is this code, is it ours, what can be done next.  Takes
 * whatever a hand types or a scanner sends, and writes nothing.
 */
#ifndef MR_SCAN_H
#define MR_SCAN_H

#include "lib/letter.h"
#include "lib/value.h"
#include "lib/verdict.h"

enum mr_scan_kind {
	MR_SCAN_STUB,
	MR_SCAN_ENVELOPE,
	MR_SCAN_LETTER, /* a letter code that was typed */
	MR_SCAN_NUMBER, /* a day number */
	MR_SCAN_REPLY,  /* reply label */
	MR_SCAN_ID,     /* a forwarding ID that was typed */
	MR_SCAN_CARD,
	MR_SCAN_BADGE,
	MR_SCAN_CHECKPOINT,  /* one or three words of a checkpoint */
	MR_SCAN_RECOVERY,    /* a word of the recovery sheet */
	MR_SCAN_NOT_PRINTED, /* our grammar, not this office's */
	MR_SCAN_FOREIGN,     /* another's barcode */
	MR_SCAN_KEYBOARD,    /* a scanner set to another keyboard, Caps Lock */
	MR_SCAN_MISREAD      /* nearly one of ours */
};
/* "stub", "envelope", "letter code" ... */
const char *mr_scan_kind_name(enum mr_scan_kind kind);

struct mr_scan {
	enum mr_scan_kind kind;
	const char *code;             /* as we write it, or NULL */
	int known;                    /* our records have it */
	int superseded;               /* a newer one was printed */
	int copy;                     /* of a print: mod 19; -1: not a print */
	struct mr_letter letter;      /* where it is one: id is not 0 */
	const char *state;            /* of letter or ID, or NULL */
	const char *reason;           /* as the user may know it, or NULL */
	int64_t first_at, first_user; /* the letter's first event */
	int first_station;            /* 0: no letter */
	enum mr_verdict verdict;
	const char *say; /* what to do, in plain words */
};

/*
 * Every text has an answer; strings are in the arena.  MR_BUG: no office keys.
 * Other statuses are the database's.
 */
enum mr_status
mr_scan(struct mr_call *c, struct mr_typed typed, struct mr_scan *scan);

#endif
