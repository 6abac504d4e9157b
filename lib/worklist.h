/* Worklists: what lies in the trays, and what goes out next. */
#ifndef MR_WORKLIST_H
#define MR_WORKLIST_H

#include "lib/letter.h"

struct mr_letter_trays {
	const char *tray;
	struct mr_count limit;
};
/*
 * List what lies in the trays and what is on the bench undecided, the most
 * urgent first: by the day it is to be looked at, or by the day it came where
 * nobody set one.  What only a coordinator looks into says so to nobody else.
 * MR_INVALID: no such tray.
 */
enum mr_status mr_letter_trays(
    struct mr_call *c, const struct mr_letter_trays *in, struct mr_out *out);
#define MR_TRAY_KEYS "tray age due enclosures money_to_note meaning "

struct mr_letter_outgoing {
	struct mr_count limit;
};
/*
 * List cleared letters, oldest first: to which facility, whether a label may
 * go on it, and what is still to be printed, of a letter of ours its page too.
 * No address is in it.
 */
enum mr_status mr_letter_outgoing(
    struct mr_call *c, const struct mr_letter_outgoing *in, struct mr_out *out);
#define MR_OUTGOING_KEYS "facility place label sheet_due envelope_due page_due "

#endif
