/*
 * QR codes.  libqrencode finds the modules, or in a long run its table does;
 * they wait in the pool as bytes of 0 and 1 until the add is handed on.
 */
#include "forms/draw.h"
#include "forms/qr_table.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

#define FEW 48 /* tracking codes that are not worth a table */

static int
sayable(const char *s)
{
	return s[strspn(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")] ==
	    '\0';
}

static QRcode *
encode(const char *s, size_t n, int track)
{
	QRecLevel level = track ? QR_ECLEVEL_H : QR_ECLEVEL_Q;
	QRinput *input = QRinput_new2(track ? QR_TRACK_VERSION : 0, level);
	QRcode *code = NULL;

	if (input == NULL)
		return NULL;
	if (QRinput_append(
		input, QR_MODE_AN, (int)n, (const unsigned char *)s) == 0)
		code = QRcode_encodeInput(input);
	QRinput_free(input);
	return code;
}

static void
keep(struct form_doc *doc, const unsigned char *modules, int side, struct op op)
{
	size_t i, n = (size_t)side * (size_t)side;

	op.at = doc->pool.len;
	op.len = (size_t)side;
	if (bytes_add(&doc->pool, modules, n) != 0) {
		doc_fail(doc, FORM_NOMEM, "memory is short");
		return;
	}
	for (i = 0; i < n; i++)
		doc->pool.p[op.at + i] &= 1;
	op_add(doc, op);
}

/* By the table, where the document is long enough. */
static int
keep_track(struct form_doc *doc, const char *payload, struct op op)
{
	unsigned char modules[QR_TRACK_SIDE * QR_TRACK_SIDE];

	if (doc->codes++ < FEW || qr_track(payload, modules) != 0)
		return -1;
	keep(doc, modules, QR_TRACK_SIDE, op);
	return 0;
}

void
draw_qr(struct form_doc *doc, struct form_text payload, size_t most, double x,
    double y, double side)
{
	int track = most == QR_TRACK_LEN;
	struct op op = {0};
	QRcode *code;
	size_t n;

	piece_code(doc);
	ink_start(doc, "QR code");
	ink_text(doc, payload);
	if (doc_failed(doc))
		return;
	n = payload.s == NULL ? 0 : strlen(payload.s);
	if (n == 0 || n > most || (track && n != most) || !sayable(payload.s)) {
		doc_fail(doc, FORM_BADVALUE,
		    track ? form_say("the QR code must have %zu capitals or "
				     "digits")
			  : form_say("the QR code must have 1 to %zu capitals "
				     "or digits"),
		    most);
		return;
	}
	guard_drawn(doc, doc->ink.s.p, doc->ink.tag.p, n);
	op.kind = OP_QR;
	op.x = x;
	op.y = y;
	op.w = op.h = side;
	if (track && keep_track(doc, payload.s, op) == 0)
		return;
	errno = 0;
	if ((code = encode(payload.s, n, track)) == NULL) {
		doc_fail(doc, errno == ENOMEM ? FORM_NOMEM : FORM_INTERNAL,
		    "libqrencode failed");
		return;
	}
	keep(doc, code->data, code->width, op);
	QRcode_free(code);
}
