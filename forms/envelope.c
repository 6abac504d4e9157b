/*
 * The #10 envelope, by the post office's rules: our address top left, RETURN
 * SERVICE REQUESTED under it with clear space around, the address inside the
 * OCR read area, nothing in the barcode clear zone at the lower right.
 */
#include "forms/outer.h"

#define WIDTH 241.3
#define HEIGHT 104.8
#define EDGE 7.62 /* 0.30 in */
#define RETURN_Y 11.2
#define RETURN_W 90.0
#define CLEAR 6.4 /* 1/4 in around the endorsement */
#define TO_X 114.3
#define OCR_TOP (HEIGHT - 69.9)
#define OCR_BOTTOM (HEIGHT - 15.9)
#define OCR_SIDE 12.7
#define PRINTED_Y 99.0
#define QR_SIDE 20.0
#define QR_X 122.0
#define QR_Y 10.0

static const struct style from = {FACE_SANS, 10, 10, ALIGN_LEFT, 1.25, 0};
static const struct style endorse = {FACE_BOLD, 9, 9, ALIGN_LEFT, 0, 0};
static const struct style to = {FACE_SANS, 12, 10, ALIGN_LEFT, 1.25, 0};
static const struct style printed = {FACE_SANS, 8, 7, ALIGN_LEFT, 0, 0};

void
outer_check(struct form_doc *doc, const struct form_outer *outer)
{
	if (outer->piece.addressee == 0)
		doc_fail(doc, FORM_BADVALUE, "the piece has no addressee");
	address_check(doc, &outer->to);
	if (outer->piece.side == FORM_INSIDE && outer->payload.s != NULL) {
		doc_fail(doc, FORM_LEAK, "a QR code would go inside");
		doc->fault.hit = FORM_HIT_CODE;
	}
}

/* Our address; the endorsement keeps 1/4 in from it and from all else. */
static void
draw_from(struct form_doc *doc, const struct form_outer *envelope)
{
	double y = draw_return(
	    doc, &from, envelope->lang, envelope->id, EDGE, RETURN_Y, RETURN_W);

	y += CLEAR + endorse.size * MM_PER_POINT * 0.75 -
	    flow_pitch(&from) * 0.75;
	draw_words(
	    doc, &endorse, envelope->lang, W_OUTER_RETURN, EDGE, y, RETURN_W);
}

/* The block in the middle of the read area, as large as it may be. */
static void
draw_to(struct form_doc *doc, const struct form_outer *envelope)
{
	struct style style = to;
	double w = WIDTH - TO_X - OCR_SIDE, h = OCR_BOTTOM - OCR_TOP, block;

	for (;;) {
		block = flow_pitch(&style) *
		    count_address(doc, &style, &envelope->to, w);
		if (block <= h || doc_failed(doc))
			break;
		style.size -= 0.5;
		if (style.size < style.least)
			doc_fail(doc, FORM_TOOLONG,
			    "the address has too many lines");
	}
	draw_address(doc, &style, &envelope->to, TO_X,
	    OCR_TOP + (h - block) / 2 + style.size * MM_PER_POINT, w);
}

enum form_status
form_envelope_add(struct form_doc *doc, const struct form_outer *envelope,
    struct form_fault *fault)
{
	add_begin(doc);
	outer_check(doc, envelope);
	page_new(doc, WIDTH, HEIGHT);
	piece_begin(doc, &envelope->piece);
	draw_from(doc, envelope);
	draw_to(doc, envelope);
	ink_printed(doc, envelope->lang, envelope->date);
	flow_line(doc, &printed, EDGE, PRINTED_Y, RETURN_W);
	if (envelope->payload.s != NULL)
		draw_qr(doc, envelope->payload, 20, QR_X, QR_Y, QR_SIDE);
	piece_end(doc);
	return add_end(doc, fault);
}
