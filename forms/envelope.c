/*
 * Envelopes without a window, by the post office's rules: our address top
 * left, the endorsement under it with clear space around, the address inside
 * the OCR read area, nothing in the barcode clear zone at the lower right but
 * the post office's own barcode.
 */
#include "forms/bar.h"
#include "forms/outer.h"

#define RETURN_Y 11.2
#define RETURN_W 90.0
#define STAMP 28.0   /* room for the stamp at the right edge */
#define DATE_W 62.0  /* the longest print date */
#define DATE_LOW 5.8 /* its line above the lower edge */
#define DATE_Y 9.8   /* its line where it stands at the top */
#define QR_X 7.7     /* to the right of where the address begins */
#define QR_Y 10.0
#define GAP 1.6 /* between two things that need no more */

static const struct style from = {FACE_SANS, 10, 8, ALIGN_LEFT, 1.25, 0};
static const struct style endorse = {FACE_BOLD, 9, 8, ALIGN_LEFT, 0, 0};
static const struct style to = {FACE_SANS, 12, 10, ALIGN_LEFT, 1.25, 0};
static const struct style printed = {FACE_SANS, 8, 6.5, ALIGN_LEFT, 0, 0};

/* Where things stand on this envelope. */
struct plan {
	double edge, to_x, to_w, top, bottom;
	int date_up; /* the lower left corner belongs to the barcode */
};

void
outer_check(struct form_doc *doc, const struct form_outer *outer)
{
	if (outer->piece.addressee == 0)
		doc_fail(doc, FORM_BADVALUE, "the piece has no addressee");
	address_check(doc, &outer->to);
	if (outer->piece.side == FORM_INSIDE && !outer->piece.code_agreed &&
	    outer->payload.s != NULL) {
		doc_fail(doc, FORM_LEAK, "a QR code would go inside");
		doc->fault.hit = FORM_HIT_CODE;
	}
}

void
outer_code(struct form_doc *doc, const struct form_outer *outer, double x,
    double y, double side)
{
	if (outer->payload.s != NULL)
		draw_qr(doc, outer->payload, QR_LEN, x, y, side);
}

int
envelope_flat(const struct form_envelope *envelope)
{
	return envelope->w > LETTER_MOST_W || envelope->h > LETTER_MOST_H;
}

double
draw_address_block(struct form_doc *doc, const struct style *style,
    const struct form_address *address, double x, double y, double w, double h)
{
	struct style smaller = *style;
	double block;

	for (;;) {
		block = flow_pitch(&smaller) *
		    count_address(doc, &smaller, address, w);
		if (block <= h || doc_failed(doc))
			break;
		smaller.size -= 0.5;
		if (smaller.size < smaller.least)
			doc_fail(doc, FORM_TOOLONG,
			    "the address has too many lines");
	}
	return draw_address(doc, &smaller, address, x,
	    y + (h - block) / 2 + smaller.size * MM_PER_POINT, w);
}

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static void
make_plan(const struct form_doc *doc, const struct form_envelope *e,
    struct plan *plan)
{
	plan->edge = measure_of(doc, L_ENVELOPE_EDGE);
	plan->to_x = e->w * measure_of(doc, L_ENVELOPE_ACROSS) / 100;
	plan->to_w = e->w - plan->to_x - OCR_SIDE;
	plan->date_up = 0;
	if (envelope_flat(e)) {
		/* DMM 202: a flat's address is in its upper half. */
		plan->top = plan->edge;
		plan->bottom = e->h / 2;
		return;
	}
	plan->top = larger(e->h - OCR_HIGH, plan->edge);
	plan->bottom = e->h - OCR_LOW;
	plan->date_up = plan->edge + DATE_W > e->w - IMB_ZONE_W;
}

/* Our address; the endorsement keeps 1/4 in from it and from all else. */
static void
draw_from(
    struct form_doc *doc, const struct form_outer *outer, struct plan *plan)
{
	struct style lines = style_sized(doc, &from, L_ENVELOPE_FROM);
	struct style words = style_sized(doc, &endorse, L_ENVELOPE_ENDORSE);
	double w = plan->to_x - plan->edge - GAP, rise, end;

	if (w > RETURN_W)
		w = RETURN_W;
	rise = lines.size * MM_PER_POINT * 0.75;
	end = draw_corner(doc, &lines, outer, plan->edge, RETURN_Y, w) -
	    flow_pitch(&lines);
	plan->top = larger(plan->top, end + GAP + rise / 3);
	if (endorsement_words(outer->endorsement) == NULL)
		return;
	end += flow_pitch(&lines) * 0.25 + CLEAR +
	    words.size * MM_PER_POINT * 0.75;
	w = draw_endorsement(doc, &words, outer, plan->edge, end);
	end += words.size * MM_PER_POINT * 0.25;
	/* Beside it the address may begin as high; under it, clear of it. */
	if (plan->edge + w + CLEAR > plan->to_x)
		plan->top = larger(plan->top, end + CLEAR);
	else
		plan->top = larger(plan->top, end + GAP);
}

static void
draw_date(struct form_doc *doc, const struct form_envelope *e,
    const struct form_outer *outer, const struct plan *plan)
{
	struct style small = style_sized(doc, &printed, L_ENVELOPE_PRINTED);

	ink_printed(doc, outer->lang, outer->date);
	if (plan->date_up)
		flow_line(
		    doc, &small, plan->to_x, DATE_Y, e->w - plan->to_x - STAMP);
	else
		flow_line(doc, &small, plan->edge, e->h - DATE_LOW, RETURN_W);
}

static void
draw_code(
    struct form_doc *doc, const struct form_outer *outer, struct plan *plan)
{
	double side = measure_of(doc, L_ENVELOPE_QR), y = QR_Y;

	if (outer->payload.s == NULL)
		return;
	if (plan->date_up)
		y = DATE_Y + GAP + QR_QUIET(side);
	outer_code(doc, outer, plan->to_x + QR_X, y, side);
	plan->top = larger(plan->top, y + side + QR_QUIET(side) + 0.2);
}

void
envelope_draw(struct form_doc *doc, const struct form_envelope *e,
    const struct form_outer *outer)
{
	struct style large = style_sized(doc, &to, L_ENVELOPE_TO);
	struct plan plan;

	outer_check(doc, outer);
	page_new(doc, e->w, e->h);
	piece_begin(doc, &outer->piece);
	make_plan(doc, e, &plan);
	draw_from(doc, outer, &plan);
	draw_code(doc, outer, &plan);
	draw_address_block(doc, &large, &outer->to, plan.to_x, plan.top,
	    plan.to_w, plan.bottom - plan.top);
	draw_date(doc, e, outer, &plan);
	if (outer->imb.s != NULL && !envelope_flat(e)) {
		doc->role = ROLE_IMB;
		draw_imb_corner(doc, outer->imb, e->w, e->h);
		doc->role = ROLE_NONE;
	}
	piece_end(doc);
}

enum form_status
form_envelope_add(struct form_doc *doc, const struct form_envelope *envelope,
    const struct form_outer *outer, struct form_fault *fault)
{
	add_begin(doc);
	if (envelope->window.w > 0)
		insert_draw(doc, envelope, outer);
	else
		envelope_draw(doc, envelope, outer);
	return add_end(doc, fault);
}
