/*
 * Labels on sheets of any stock.  Each label is a piece of its own with its
 * own guard.  Text is set as large as the label allows; where it cannot be
 * read any more the call fails before anything is drawn.
 */
#include "forms/outer.h"

#define MARGIN_SHARE 0.05  /* of the smaller side */
#define ROUND_SHARE 0.1465 /* (1 - 1/sqrt 2) / 2: the square in a circle */
#define LEAST_WITH_RETURN 9.0
#define QR_LABEL_W 80.0 /* where the code leaves room for the address */
#define QR_LABEL_H 36.0

/* What goes where on one label. */
struct plan {
	double x, y, w, h; /* the room inside the margins */
	double text_w;     /* beside a code */
	double side;       /* of the code */
	struct style to, from, printed;
	int returns, code;
};

static void
inner_room(const struct form_doc *doc, const struct form_stock *stock,
    struct plan *plan)
{
	double small =
	    stock->label_w < stock->label_h ? stock->label_w : stock->label_h;
	double least = measure_of(doc, L_LABEL_MARGIN_LEAST);
	double most = measure_of(doc, L_LABEL_MARGIN_MOST);
	double mx = small * MARGIN_SHARE, my;

	if (mx < least)
		mx = least;
	if (mx > most)
		mx = most;
	my = mx;
	if (stock->round) {
		mx = stock->label_w * ROUND_SHARE;
		my = stock->label_h * ROUND_SHARE;
	}
	plan->x = mx;
	plan->y = my;
	plan->w = stock->label_w - 2 * mx;
	plan->h = stock->label_h - 2 * my;
}

static double
height(struct form_doc *doc, const struct plan *plan,
    const struct form_outer *label)
{
	double h = flow_pitch(&plan->to) *
		count_address(doc, &plan->to, &label->to, plan->text_w) +
	    flow_pitch(&plan->printed);

	if (plan->returns)
		h += flow_pitch(&plan->from) *
			count_corner(doc, &plan->from, label, plan->text_w) +
		    2.0;
	return h;
}

/*
 * The largest size down to `least` at which all fits; 0 when none does.
 * whole: city, state and ZIP have to stay on one line.
 */
static int
fit(struct form_doc *doc, struct plan *plan, const struct form_outer *label,
    double least, int whole)
{
	for (plan->to.size = measure_of(doc, L_LABEL_TO);
	     plan->to.size >= least && !doc_failed(doc); plan->to.size -= 0.5) {
		plan->from.size = plan->to.size * 0.62;
		if (plan->from.size < 6.5)
			plan->from.size = 6.5;
		if (whole &&
		    count_city(doc, &plan->to, &label->to, plan->text_w) > 1)
			continue;
		if (height(doc, plan, label) <= plan->h)
			return 1;
	}
	return 0;
}

static void
make_plan(struct form_doc *doc, const struct form_stock *stock, int returns,
    const struct form_outer *label, struct plan *plan)
{
	static const struct style plain = {FACE_SANS, 0, 0, ALIGN_LEFT, 1.2, 0};

	double least = measure_of(doc, L_LABEL_LEAST);

	plan->to = plan->from = plan->printed = plain;
	plan->printed.size = measure_of(doc, L_LABEL_PRINTED);
	plan->side = measure_of(doc, L_LABEL_QR);
	inner_room(doc, stock, plan);
	plan->code = label->payload.s != NULL && plan->w >= QR_LABEL_W &&
	    plan->h >= QR_LABEL_H;
	plan->text_w =
	    plan->w - (plan->code ? plan->side + 2 * QR_QUIET(plan->side) : 0);
	plan->returns = returns;
	if (returns && fit(doc, plan, label, LEAST_WITH_RETURN, 1))
		return;
	plan->returns = 0;
	if (!fit(doc, plan, label, least, 1) &&
	    !fit(doc, plan, label, least, 0))
		doc_fail(doc, FORM_TOOLONG,
		    "the address does not fit on this label, not even at %.0f "
		    "points",
		    least);
}

/* Return lines on top, print date at the foot, address in the middle. */
static void
draw_label(struct form_doc *doc, const struct plan *plan,
    const struct form_outer *label, double left, double top)
{
	double x = left + plan->x, y = top + plan->y, foot = y + plan->h;
	double block = flow_pitch(&plan->to) *
	    count_address(doc, &plan->to, &label->to, plan->text_w);
	double rise = plan->to.size * MM_PER_POINT;

	if (plan->returns)
		y = draw_corner(doc, &plan->from, label, x,
			y + plan->from.size * MM_PER_POINT, plan->text_w) -
		    plan->from.size * MM_PER_POINT;
	ink_printed(doc, label->lang, label->date);
	flow_wrap(doc, &plan->printed, x, foot - 0.6, plan->text_w, 1);
	foot -= flow_pitch(&plan->printed);
	draw_address(doc, &plan->to, &label->to, x,
	    y + (foot - y - block) / 2 + rise, plan->text_w);
	if (plan->code)
		outer_code(doc, label,
		    left + plan->x + plan->w - plan->side -
			QR_QUIET(plan->side),
		    top + plan->y + (plan->h - plan->side) / 2, plan->side);
}

void
label_draw(struct form_doc *doc, const struct form_stock *stock, size_t n,
    int returns, const struct form_outer *label)
{
	size_t columns = (size_t)stock->columns;
	double left = stock->left + stock->pitch_x * (double)(n % columns);
	double top = stock->top + stock->pitch_y * (double)(n / columns);
	struct plan plan;

	outer_check(doc, label);
	piece_begin(doc, &label->piece);
	if (shipping_label(stock))
		shipping_draw(doc, stock, left, top, label);
	else {
		make_plan(doc, stock, returns, label, &plan);
		if (!doc_failed(doc))
			draw_label(doc, &plan, label, left, top);
	}
	piece_end(doc);
}

enum form_status
form_labels_add(struct form_doc *doc, const struct form_stock *stock, int start,
    int returns, const struct form_outer *labels, size_t count,
    struct form_fault *fault)
{
	size_t each = (size_t)stock->columns * (size_t)stock->rows;
	size_t i, place;

	add_begin(doc);
	if (start < 1 || (size_t)start > each)
		doc_fail(doc, FORM_BADSTOCK,
		    "start: %d is not between 1 and %zu", start, each);
	if (count == 0)
		doc_fail(doc, FORM_BADVALUE, "there is no label to print");
	for (i = 0; i < count && !doc_failed(doc); i++) {
		place = ((size_t)start - 1 + i) % each;
		if (i == 0 || place == 0)
			page_new(doc, stock->page_w, stock->page_h);
		label_draw(doc, stock, place, returns, &labels[i]);
		doc->fault.index = i;
	}
	return add_end(doc, fault);
}
