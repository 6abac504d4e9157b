/*
 * What went wrong between a scanner and a station.  A scanner types what it
 * reads, so a wrong keyboard, Caps Lock, lost or doubled keys and the codes of
 * others come as lines like any other; the grammar of our own codes
 * (payload.h) tells them apart.  Pure; knows no letter.
 */
#ifndef MR_BENCH_FAULT_H
#define MR_BENCH_FAULT_H

/* A German or a Spanish keyboard is no fault: none of our symbols lies
 * elsewhere on it. */
enum mr_line_fault {
	MR_FAULT_NONE,
	MR_FAULT_CONTROL,         /* a control character in it */
	MR_FAULT_CAPS,            /* capitals and small letters exchanged */
	MR_FAULT_FRENCH_SCANNER,  /* it types French, the computer reads US */
	MR_FAULT_FRENCH_COMPUTER, /* the other way round */
	MR_FAULT_KEYBOARD,        /* some other country */
	MR_FAULT_CUT,             /* characters are missing */
	MR_FAULT_TWICE,           /* one code two times in one line */
	MR_FAULT_KEYS,            /* keys came twice */
	MR_FAULT_TOGETHER,        /* two codes, or a code and typing, as one */
	MR_FAULT_ADDRESS,         /* a web address and its like */
	MR_FAULT_NUMBER,          /* the number of another's barcode */
	MR_FAULT_LONG             /* longer than anything of ours */
};

/* What a line looks like, as it came; NONE: it may be what it seems to be.
 * Lines of up to three characters always may. */
enum mr_line_fault mr_line_fault(const char *line);

/* It in words, with the next step, in this thread's language; "" for NONE. */
const char *mr_line_fault_say(enum mr_line_fault fault);

#endif
