/*
 * What envelopes and labels share, and the drawing of each without the add
 * around it: form lint measures what these draw.
 */
#ifndef FORMS_OUTER_H
#define FORMS_OUTER_H

#include "forms/postal.h"

#define CLEAR 6.4 /* 1/4 in around the endorsement */
#define QR_LEN 20
/* Of a tracking code's side: 4 of its 25 modules. */
#define QR_QUIET(side) ((side)*4 / 25)

/* USPS, letters and flats (Publication 28 A2, DMM 202): the read area of the
 * scanners, the barcode clear zone, and how large a letter may be. */
#define OCR_SIDE 12.7
#define OCR_LOW 15.9
#define OCR_HIGH 69.9
#define LETTER_MOST_W 292.1
#define LETTER_MOST_H 155.6

/* Fails the add when the piece is not whole, or would carry a code inside. */
void outer_check(struct form_doc *doc, const struct form_outer *outer);
void outer_code(struct form_doc *doc, const struct form_outer *outer, double x,
    double y, double side);

/* The baseline after the address: as large as it may be, in w by h mm. */
double draw_address_block(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double x, double y, double w, double h);

/* Is it too large to be a letter?  Flats have no read area, no clear zone. */
int envelope_flat(const struct form_envelope *envelope);

/* One page.  On the envelope; on the page behind its window. */
void envelope_draw(struct form_doc *doc, const struct form_envelope *envelope,
    const struct form_outer *outer);
void insert_draw(struct form_doc *doc, const struct form_envelope *envelope,
    const struct form_outer *outer);

/*
 * The page behind a window: its size, the panel that faces the window (its
 * top left is the page's), how far that slides, and the room that the window
 * leaves for a block in every position, in mm from the page's top left.
 */
struct room {
	double x, y, w, h;
};
struct insert {
	double page_w, page_h, panel_w, panel_h, slide_x, slide_y;
	struct room to, from; /* from.w 0: no upper window */
};
void insert_plan(const struct form_doc *doc,
    const struct form_envelope *envelope, struct insert *insert);

/* Label n of a sheet, counted row by row from 0, on the current page. */
void label_draw(struct form_doc *doc, const struct form_stock *stock, size_t n,
    int returns, const struct form_outer *label);
/* One of 4 x 6 in? */
int shipping_label(const struct form_stock *stock);
void shipping_draw(struct form_doc *doc, const struct form_stock *stock,
    double left, double top, const struct form_outer *label);

#endif
