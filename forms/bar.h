/*
 * Bar codes, drawn through libzint as boxes.  Refused on a piece for inside
 * like every code (piece_code): in a prison's mailroom a row of bars that we
 * printed looks like any other code, whoever is meant to read it; the post
 * office sprays its own on a letter that has none.
 */
#ifndef FORMS_BAR_H
#define FORMS_BAR_H

#include "forms/draw.h"

/*
 * Code 128 for laser guns: capitals, digits and hyphens, at most 24, into w
 * by h mm with its quiet zones of 10 modules.  FORM_TOOLONG where a module
 * would be thinner than 0.25 mm, which a gun no longer reads for sure.
 */
void draw_code128(struct form_doc *doc, struct form_text text, double x,
    double y, double w, double h);

/*
 * Intelligent Mail barcode, by USPS-B-3200: 65 bars, 22 +/- 2 an inch, each
 * 0.020 +/- 0.005 in wide; 0.125 to 0.165 in high, what only rises or only
 * falls 0.082 to 0.111, the tracker 0.039 to 0.057.  We draw the middle of
 * each range.
 */
#define IMB_PITCH (25.4 / 22)
#define IMB_BAR 0.508
#define IMB_W (64 * IMB_PITCH + IMB_BAR)
#define IMB_H 3.683       /* a full bar */
#define IMB_TRACKER 1.219 /* in the middle of it */
#define IMB_CLEAR_X 3.175 /* 1/8 in left and right */
#define IMB_CLEAR_Y 0.711 /* 0.028 in above and below */

/* The bars of 20, 25, 29 or 31 digits, the first bar's top left at x, y. */
void
draw_imb(struct form_doc *doc, struct form_text digits, double x, double y);

/*
 * The same where sorting machines look for it on a letter of w by h mm: in
 * the lower right corner, the first bar 3 1/2 to 4 1/4 in from the right
 * edge, the bars between 3/16 and 5/8 in above the lower edge (Domestic Mail
 * Manual 202.5).  Nothing else may stand in there (IMB_ZONE).
 */
#define IMB_ZONE_W 120.65 /* 4 3/4 in */
#define IMB_ZONE_H 15.875 /* 5/8 in */
void draw_imb_corner(
    struct form_doc *doc, struct form_text digits, double w, double h);

#endif
