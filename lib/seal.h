/*
 * The match before gluing (design 5): a stub and an envelope belong together,
 * or STOP.  An envelope with a code is scanned; of one without, three symbols
 * of the ID in its corner are read off the paper, chosen so that no other open
 * envelope has them there, and never shown before; where it carries no ID, the
 * ZIP, if no other such envelope goes there.
 */
#ifndef MR_SEAL_H
#define MR_SEAL_H

#include "lib/letter.h"

struct mr_seal {
	struct mr_typed stub, envelope;
	struct mr_count stamps;
	const char *zip;
	const char *grams; /* what the scale says; NULL: it was not weighed */
};
/*
 * Seal into the open batch, or say what is wrong.  Without an envelope it
 * changes nothing and answers what to scan or read.
 * MR_STOP: a mismatch, an old page or envelope, or a letter that must not go
 * any more (it is held then); written down.  MR_REFUSED: not ready: no sheet,
 * page or envelope, not cleared; or too heavy.  MR_INVALID: no weight.
 * MR_UNTOLD: in order so far, and the ZIP on the envelope must be told.
 */
enum mr_status mr_seal_letter(struct mr_call *c, const struct mr_seal *in);

/* What a note of a mismatch says: field KIND of its event. */
enum mr_mismatch {
	MR_ENVELOPE_OTHERS = 1,  /* of another letter, field OTHER */
	MR_ENVELOPE_NOBODYS = 2, /* of no open letter */
	MR_OLD_STUB = 3,
	MR_OLD_ENVELOPE = 4
};
/* What an answer without events asks for: c->found. */
struct mr_seal_question {
	struct mr_letter letter;
	const char *ask; /* what to scan or read; NULL: it is sealed already */
};
/* MATCH and the stamps, of a letter as the event left it that sealed or
 * weighed it, into an open map. */
enum mr_status mr_seal_say(struct mr_call *c, struct mr_out *out,
    const struct mr_letter *letter, const struct mr_event *event);
/* Its answer; MR_STOP where the events say so. */
enum mr_status
mr_seal_answer(struct mr_call *c, struct mr_events events, struct mr_out *out);

#endif
