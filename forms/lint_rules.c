/*
 * The rules of form lint.  See lint_rules.h.
 */
#include "forms/lint_rules.h"

#include "forms/bar.h"

#include <string.h>

#define ROUNDED 0.05      /* mm by which rounded figures may fall short */
#define PRINTABLE 3.0     /* mm at the edge of a page that no printer prints */
#define QUIET_MODULES 4   /* ISO/IEC 18004 */
#define ENDORSE_LEAST 8.0 /* points */
#define ENDORSE_SPACE 6.35
#define LINES_APART 1.0 /* mm between a line's tails and the next capitals */
#define WINDOW_SPACE 3.175
#define LABEL_SLACK 0.1

static const char *const names[] = {
#define RULE_NAME(name, words) words,
    RULES(RULE_NAME)};

void
rule_tell(struct checking *c, enum rule rule, double measured, double wanted)
{
	if (c->told & 1UL << rule || c->stop)
		return;
	c->told |= 1UL << rule;
	c->at.rule = names[rule];
	c->at.measured = measured;
	c->at.wanted = wanted;
	c->at.refused = rule == RULE_SMALL || rule == RULE_SMALL_LONG;
	c->stop = c->tell(c->arg, &c->at) != 0;
}

static void
at_least(struct checking *c, enum rule rule, double measured, double wanted)
{
	if (measured < wanted - ROUNDED)
		rule_tell(c, rule, measured, wanted);
}

/* Every op but those of two roles is so far from a box. */
static void
others_apart(struct checking *c, enum rule rule, const struct box *box,
    double wanted, enum role but, enum role and_but)
{
	const struct op *op;
	struct box other;
	size_t i;

	for (i = 0; i < op_count(c->doc); i++) {
		op = op_at(c->doc, i);
		if (op->role == but || op->role == and_but)
			continue;
		other = op_box(c->doc, op);
		at_least(c, rule, box_apart(box, &other), wanted);
	}
}

static void
quiet_zone(struct checking *c, size_t n, const struct box *page)
{
	const struct op *op = op_at(c->doc, n);
	double quiet = op->w * QUIET_MODULES / (double)op->len;
	struct box code = op_box(c->doc, op), other;
	size_t i;

	at_least(c, RULE_QUIET, box_inside(&code, page), quiet);
	for (i = 0; i < op_count(c->doc); i++) {
		if (i == n)
			continue;
		other = op_box(c->doc, op_at(c->doc, i));
		at_least(c, RULE_QUIET, box_apart(&code, &other), quiet);
	}
}

static void
inside(struct checking *c, enum rule rule, const struct box *room, double edge)
{
	struct box box;
	size_t i;

	for (i = 0; i < op_count(c->doc); i++) {
		box = op_box(c->doc, op_at(c->doc, i));
		at_least(c, rule, box_inside(&box, room), edge);
		if (op_at(c->doc, i)->kind == OP_QR)
			quiet_zone(c, i, room);
	}
}

void
rules_page(struct checking *c, double w, double h)
{
	const struct box page = {0, 0, w, h};

	inside(c, RULE_PAGE, &page, PRINTABLE);
}

static int
plain_letters(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((s[i] >= 'a' && s[i] <= 'z') ||
		    strchr(",;:'\"()", s[i]) != NULL)
			return 0;
	return 1;
}

void
rules_address(struct checking *c, double least, double most)
{
	const struct op *op, *before = NULL;
	struct box box;
	size_t i;

	for (i = 0; i < op_count(c->doc); i++) {
		op = op_at(c->doc, i);
		if (op->role != ROLE_TO)
			continue;
		at_least(c, RULE_TYPE_LEAST, op->size, least);
		at_least(c, RULE_TYPE_MOST, most, op->size);
		if (!plain_letters(c->doc->pool.p + op->at, op->len))
			rule_tell(c, RULE_LETTERS, 0, 0);
		box = op_box(c->doc, op);
		box.y = op->y - 0.73 * op->size * MM_PER_POINT;
		if (before != NULL) {
			at_least(c, RULE_LEFT_EDGE,
			    -(op->x > before->x ? op->x - before->x
						: before->x - op->x),
			    0);
			at_least(c, RULE_LINES, box.y - before->y, LINES_APART);
		}
		before = op;
	}
}

void
rules_endorsement(struct checking *c)
{
	struct box words, from;
	const struct op *op;
	size_t i;

	if (!role_box(c->doc, ROLE_ENDORSE, &words)) {
		rule_tell(c, RULE_ENDORSE_PLACE, 0, 1);
		return;
	}
	for (i = 0; i < op_count(c->doc); i++) {
		op = op_at(c->doc, i);
		if (op->role == ROLE_ENDORSE)
			at_least(c, RULE_ENDORSE_TYPE, op->size, ENDORSE_LEAST);
	}
	others_apart(c, RULE_ENDORSE_CLEAR, &words, ENDORSE_SPACE, ROLE_ENDORSE,
	    ROLE_ENDORSE);
	if (role_box(c->doc, ROLE_FROM, &from))
		at_least(
		    c, RULE_ENDORSE_PLACE, words.y - from.y2, ENDORSE_SPACE);
}

static void
read_area(struct checking *c, const struct form_envelope *e)
{
	struct box area = {
	    OCR_SIDE, e->h - OCR_HIGH, e->w - OCR_SIDE, e->h - OCR_LOW};
	struct box to, beside;

	if (!role_box(c->doc, ROLE_TO, &to))
		return;
	at_least(c, RULE_READ_AREA, box_inside(&to, &area), 0);
	beside = area;
	beside.y = to.y;
	others_apart(c, RULE_READ_ALONE, &beside, 0, ROLE_TO, ROLE_TO);
}

static void
imb_space(struct checking *c)
{
	struct box bars;

	if (!role_box(c->doc, ROLE_IMB, &bars))
		return;
	bars.x -= IMB_CLEAR_X;
	bars.x2 += IMB_CLEAR_X;
	bars.y -= IMB_CLEAR_Y;
	bars.y2 += IMB_CLEAR_Y;
	others_apart(c, RULE_IMB, &bars, 0, ROLE_IMB, ROLE_IMB);
}

void
rules_envelope(struct checking *c, const struct form_envelope *e)
{
	struct box zone = {e->w - IMB_ZONE_W, e->h - IMB_ZONE_H, e->w, e->h};
	struct box to;

	rules_endorsement(c);
	imb_space(c);
	if (!envelope_flat(e)) {
		read_area(c, e);
		others_apart(c, RULE_CLEAR_ZONE, &zone, 0, ROLE_IMB, ROLE_IMB);
	} else if (role_box(c->doc, ROLE_TO, &to))
		at_least(c, RULE_UPPER_HALF, e->h / 2 - to.y2, 0);
}

/* The window as seen from a page that lies x, y from the envelope's corner. */
static struct box
window_at(const struct form_envelope *e, const struct form_window *w, double x,
    double y)
{
	struct box box = {w->left - x, e->h - w->bottom - w->h - y,
	    w->left + w->w - x, e->h - w->bottom - y};

	return box;
}

/* The block of a role in its window, in all four corners it can slide to. */
static void
in_window(struct checking *c, const struct form_envelope *e,
    const struct form_window *w, const struct insert *in, enum role role,
    enum rule clear, enum rule alone)
{
	struct box block, window;
	int i;

	for (i = 0; i < 4; i++) {
		window = window_at(
		    e, w, i & 1 ? in->slide_x : 0, i & 2 ? in->slide_y : 0);
		if (role_box(c->doc, role, &block))
			at_least(c, clear, box_inside(&block, &window),
			    WINDOW_SPACE);
	}
	/* All that it ever shows. */
	window.x2 += in->slide_x;
	window.y2 += in->slide_y;
	others_apart(c, alone, &window, 0, role, role);
}

void
rules_window(
    struct checking *c, const struct form_envelope *e, const struct insert *in)
{
	struct box to, area;

	in_window(
	    c, e, &e->window, in, ROLE_TO, RULE_WINDOW, RULE_WINDOW_ALONE);
	if (e->upper.w > 0)
		in_window(c, e, &e->upper, in, ROLE_FROM, RULE_UPPER,
		    RULE_UPPER_ALONE);
	if (envelope_flat(e) || !role_box(c->doc, ROLE_TO, &to))
		return;
	/* The read area, too, in every position. */
	to.x2 += in->slide_x;
	to.y2 += in->slide_y;
	area = (struct box){
	    OCR_SIDE, e->h - OCR_HIGH, e->w - OCR_SIDE, e->h - OCR_LOW};
	at_least(c, RULE_READ_AREA, box_inside(&to, &area), 0);
}

static struct box
label_box(const struct form_stock *k, size_t n)
{
	size_t columns = (size_t)k->columns;
	struct box box;

	box.x = k->left + k->pitch_x * (double)(n % columns);
	box.y = k->top + k->pitch_y * (double)(n / columns);
	box.x2 = box.x + k->label_w;
	box.y2 = box.y + k->label_h;
	return box;
}

/* Corners of text within the oval that a round label is. */
static void
in_oval(struct checking *c, const struct box *label)
{
	double rx = (label->x2 - label->x) / 2, ry = (label->y2 - label->y) / 2;
	double x, y, worst = 0;
	struct box box;
	size_t i;
	int k;

	for (i = 0; i < op_count(c->doc); i++) {
		box = op_box(c->doc, op_at(c->doc, i));
		for (k = 0; k < 4; k++) {
			x = ((k & 1 ? box.x2 : box.x) - label->x - rx) / rx;
			y = ((k & 2 ? box.y2 : box.y) - label->y - ry) / ry;
			if (x * x + y * y > worst)
				worst = x * x + y * y;
		}
	}
	if (worst > 1.0)
		rule_tell(c, RULE_LABEL, 100 * (1.0 - worst), 0);
}

void
rules_label(struct checking *c, const struct form_stock *k, size_t n)
{
	const struct box page = {0, 0, k->page_w, k->page_h};
	struct box label = label_box(k, n), next;
	size_t count = (size_t)k->columns * (size_t)k->rows, i;

	at_least(c, RULE_PAGE, box_inside(&label, &page) + LABEL_SLACK, 0);
	for (i = 0; i < count; i++) {
		next = label_box(k, i);
		if (i != n)
			at_least(c, RULE_NEIGHBOUR,
			    box_apart(&label, &next) + LABEL_SLACK, 0);
	}
	inside(c, RULE_LABEL, &label, 0);
	if (k->round)
		in_oval(c, &label);
	if (shipping_label(k)) {
		rules_endorsement(c);
		imb_space(c);
	}
}
