/*
 * The label of 4 x 6 in, as thermal printers have it: all that an envelope
 * has, large, top to bottom; the post office's barcode between the address
 * and our code.
 */
#include "forms/bar.h"
#include "forms/outer.h"

#include <math.h>

#define WIDTH 101.6
#define HEIGHT 152.4
#define SLACK 1.0 /* mm, between makers */
#define FOOT_H 44.0
#define IMB_ROOM 10.0
#define DATE_RISE 1.0

static const struct style from = {FACE_SANS, 11, 8, ALIGN_LEFT, 1.2, 0};
static const struct style endorse = {FACE_BOLD, 11, 8, ALIGN_LEFT, 0, 0};
static const struct style to = {FACE_SANS, 18, 10, ALIGN_LEFT, 1.2, 0};
static const struct style printed = {FACE_SANS, 9, 7, ALIGN_LEFT, 0, 0};

int
shipping_label(const struct form_stock *stock)
{
	return fabs(stock->label_w - WIDTH) <= SLACK &&
	    fabs(stock->label_h - HEIGHT) <= SLACK && !stock->round;
}

static double
draw_head(struct form_doc *doc, const struct form_outer *label, double x,
    double y, double w)
{
	struct style lines = style_sized(doc, &from, L_SHIPPING_FROM);
	struct style words = style_sized(doc, &endorse, L_SHIPPING_ENDORSE);

	while (lines.size - 0.5 >= lines.least &&
	    count_corner(doc, &lines, label, w) > 5 && !doc_failed(doc))
		lines.size -= 0.5;
	y = draw_corner(doc, &lines, label, x,
		y + lines.size * MM_PER_POINT * 0.75, w) -
	    flow_pitch(&lines) * 0.75;
	if (endorsement_words(label->endorsement) == NULL)
		return y + CLEAR;
	y += CLEAR + words.size * MM_PER_POINT * 0.75;
	draw_endorsement(doc, &words, label, x, y);
	return y + words.size * MM_PER_POINT * 0.25 + CLEAR;
}

/* The day it was printed, ending at the foot. */
static void
draw_date(struct form_doc *doc, const struct form_outer *label, double x,
    double foot, double w)
{
	ink_printed(doc, label->lang, label->date);
	foot -= DATE_RISE +
	    flow_pitch(&printed) * (flow_count(doc, &printed, w) - 1);
	flow_wrap(doc, &printed, x, foot, w, 3);
}

void
shipping_draw(struct form_doc *doc, const struct form_stock *stock, double left,
    double top, const struct form_outer *label)
{
	struct style large = style_sized(doc, &to, L_SHIPPING_TO);
	double margin = measure_of(doc, L_SHIPPING_MARGIN);
	double side = measure_of(doc, L_SHIPPING_QR);
	double x = left + margin, w = stock->label_w - 2 * margin;
	double foot = top + stock->label_h - margin, y;

	y = draw_head(doc, label, x, top + margin, w);
	draw_date(doc, label, x, foot, w - side - 2 * QR_QUIET(side));
	outer_code(doc, label, x + w - side - QR_QUIET(side),
	    foot - side - QR_QUIET(side), side);
	foot -= FOOT_H;
	if (label->imb.s != NULL) {
		doc->role = ROLE_IMB;
		draw_imb(doc, label->imb, x + (w - IMB_W) / 2,
		    foot - IMB_H - IMB_CLEAR_Y);
		doc->role = ROLE_NONE;
	}
	/* City, state and ZIP stay on one line. */
	while (large.size - 0.5 >= large.least && !doc_failed(doc) &&
	    count_city(doc, &large, &label->to, w) > 1)
		large.size -= 0.5;
	draw_address_block(
	    doc, &large, &label->to, x, y, w, foot - IMB_ROOM - y);
}
