/*
 * The measures that an office may change: `key = millimetres`, or points where
 * the key has `type` in it.  The list below is the whole truth: a key that is
 * not in it, a number out of its range, a key said twice or missing from the
 * built-in text is an error with file and line.
 */
#ifndef FORMS_LAYOUT_H
#define FORMS_LAYOUT_H

#include "forms/forms.h"

/* enum name, key, least, most */
#define LAYOUT(X) \
	X(COVER_LEFT, "cover.left", 12, 25) \
	X(COVER_TEAR_LETTER, "cover.tear.letter", 178, 188) \
	X(COVER_TEAR_A4, "cover.tear.a4", 190, 206) \
	X(COVER_REPLY_QR, "cover.reply.qr", 20, 27) \
	X(COVER_STUB_QR, "cover.stub.qr", 24, 34) \
	X(COVER_TITLE, "cover.type.title", 18, 32) \
	X(COVER_SUBTITLE, "cover.type.subtitle", 14, 26) \
	X(COVER_HEADING, "cover.type.heading", 14, 22) \
	X(COVER_BODY, "cover.type.body", 11, 16) \
	X(COVER_BODY_IN, "cover.type.body.inside", 12, 18) \
	X(COVER_COPY, "cover.type.copy", 12, 18) \
	X(COVER_COPY_IN, "cover.type.copy.inside", 14, 22) \
	X(COVER_NUMBER, "cover.type.number", 48, 90) \
	X(ENVELOPE_EDGE, "envelope.edge", 5, 12.7) \
	X(ENVELOPE_ACROSS, "envelope.to.across", 46, 55) \
	X(ENVELOPE_QR, "envelope.qr", 16, 20) \
	X(ENVELOPE_FROM, "envelope.type.from", 8, 10) \
	X(ENVELOPE_ENDORSE, "envelope.type.endorsement", 8, 10) \
	X(ENVELOPE_TO, "envelope.type.to", 10, 12) \
	X(ENVELOPE_PRINTED, "envelope.type.printed", 7, 9) \
	X(WINDOW_CLEAR, "window.clear", 3.175, 8) \
	X(WINDOW_PLAY, "window.play", 1, 8) \
	X(WINDOW_TO, "window.type.to", 10, 12) \
	X(WINDOW_FROM, "window.type.from", 7, 10) \
	X(LABEL_MARGIN_LEAST, "label.margin.least", 1, 4) \
	X(LABEL_MARGIN_MOST, "label.margin.most", 4, 10) \
	X(LABEL_QR, "label.qr", 16, 24) \
	X(LABEL_TO, "label.type.to", 10, 16) \
	X(LABEL_LEAST, "label.type.least", 8, 10) \
	X(LABEL_PRINTED, "label.type.printed", 6, 8) \
	X(SHIPPING_MARGIN, "shipping.margin", 4, 12) \
	X(SHIPPING_QR, "shipping.qr", 20, 32) \
	X(SHIPPING_TO, "shipping.type.to", 14, 22) \
	X(SHIPPING_FROM, "shipping.type.from", 9, 12) \
	X(SHIPPING_ENDORSE, "shipping.type.endorsement", 9, 14) \
	X(LETTER_LEFT, "letter.left", 20, 35) \
	X(LETTER_TO, "letter.to", 45, 80) \
	X(LETTER_BODY, "letter.type.body", 12, 18) \
	X(LETTER_ADDRESS, "letter.type.address", 12, 20)

#define LAYOUT_ENUM(name, key, least, most) L_##name,
enum measure { LAYOUT(LAYOUT_ENUM) LAYOUT_COUNT };

struct layout {
	double value[LAYOUT_COUNT];
};

/*
 * The built-in measures with those of an office's text (NULL: none) laid over
 * them; file names it in faults.  FORM_WORDING: a fault, with file and line;
 * *layout is then not to be used.
 */
enum form_status layout_read(struct layout *layout, const char *text,
    const char *file, struct form_fault *fault);

#endif
