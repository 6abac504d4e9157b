/*
 * The text in our QR codes: 20 characters, kind + code + copy + tag.  The tag
 * says that this office printed it; what it stands for is the database's to
 * say.  Strict: nothing is folded.
 */
#ifndef MR_PAYLOAD_H
#define MR_PAYLOAD_H

#include "lib/code.h"

#define MR_PAYLOAD_LEN 20
#define MR_PAYLOAD_KEY 32     /* bytes */
#define MR_PAYLOAD_SYMBOLS 12 /* of a bench card or a badge */

/* What a QR is on.  None of these letters is in the alphabet. */
enum mr_payload_kind {
	MR_PAYLOAD_STUB = 'L',     /* letter code */
	MR_PAYLOAD_ENVELOPE = 'E', /* letter code; envelope or label */
	MR_PAYLOAD_REPLY = 'S',    /* forwarding ID, 9 or 12 symbols */
	MR_PAYLOAD_CARD = 'B',     /* bench card: any 12 symbols */
	MR_PAYLOAD_BADGE = 'U',    /* badge: any 12 symbols */
};

enum mr_payload_answer {
	MR_PAYLOAD_OK,
	MR_PAYLOAD_FOREIGN, /* another's barcode */
	MR_PAYLOAD_LAYOUT,  /* looks like ours through a wrong keyboard */
	MR_PAYLOAD_BADTAG,  /* our grammar, but not printed by this office */
};

struct mr_payload {
	enum mr_payload_kind kind;
	struct mr_symbols code; /* check symbols included */
	int copy; /* made from any number >= 0; read back mod 19 */
};

/*
 * The 20 characters and a NUL into text.  0, or -1 when the code is not
 * well-formed for the kind or copy is negative.
 */
int
mr_payload_make(const uint8_t *key, const struct mr_payload *in, char *text);

/*
 * Read a scan, without its line end.  On MR_PAYLOAD_OK *out is filled (copy
 * 0..18); otherwise it is untouched.  Whether the code is known, or a newer
 * copy was printed, is the caller's question.
 */
enum mr_payload_answer
mr_payload_read(const uint8_t *key, const char *scan, struct mr_payload *out);

/*
 * Bench cards and badges carry a number below 19^10: ten symbols, and two
 * check symbols as in code.h of a kind of their own (t = 2 and 3).  kind is
 * set, code is filled; copy is left alone.
 */
#define MR_PAYLOAD_NUMBERS INT64_C(6131066257801)
void mr_payload_number(
    struct mr_payload *out, enum mr_payload_kind kind, int64_t number);
/* The number of a card or a badge, or -1: none that we make. */
int64_t mr_payload_number_of(const struct mr_payload *in);

/* What to do about an answer, one plain sentence; "" for OK. */
const char *mr_payload_say(enum mr_payload_answer answer);

#endif
