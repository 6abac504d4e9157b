/*
 * Pages, pieces and plain marks of one add.  See draw.h.
 */
#include "forms/draw.h"

#define LETTER_W 215.9
#define LETTER_H 279.4
#define A4_W 210.0
#define A4_H 297.0

static const struct sheet *
current(const struct form_doc *doc)
{
	static const struct sheet none = {0, 0, NULL, 0, 0};

	if (doc->sheets.len == 0)
		return &none;
	return (const struct sheet *)(const void *)doc->sheets.p + doc->sheet;
}

void
page_new(struct form_doc *doc, double w, double h)
{
	struct sheet sheet = {w, h, NULL, 0, 0};

	if (doc_failed(doc))
		return;
	if (bytes_add(&doc->sheets, &sheet, sizeof(sheet)) != 0)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	else
		doc->sheet = page_count(doc) - 1;
}

void
page_paper(struct form_doc *doc)
{
	if (doc->paper == FORM_A4)
		page_new(doc, A4_W, A4_H);
	else
		page_new(doc, LETTER_W, LETTER_H);
}

double
page_width(const struct form_doc *doc)
{
	return current(doc)->w;
}

double
page_height(const struct form_doc *doc)
{
	return current(doc)->h;
}

size_t
page_count(const struct form_doc *doc)
{
	return doc->sheets.len / sizeof(struct sheet);
}

void
page_turn(struct form_doc *doc, size_t page)
{
	if (page < page_count(doc))
		doc->sheet = page;
}

void
piece_begin(struct form_doc *doc, const struct form_piece *piece)
{
	if (doc->in_piece)
		doc_fail(doc, FORM_INTERNAL, "a piece was left open");
	doc->piece = *piece;
	doc->in_piece = 1;
	bytes_clear(&doc->drawn);
	bytes_clear(&doc->drawn_tag);
}

void
piece_office(struct form_doc *doc)
{
	static const struct form_piece office = {0, FORM_OUTSIDE, NULL, 0, 0};

	piece_begin(doc, &office);
}

void
piece_code(struct form_doc *doc)
{
	const struct form_piece *piece = &doc->piece;

	if (doc_failed(doc) || piece->addressee == 0 ||
	    piece->side != FORM_INSIDE || piece->code_agreed)
		return;
	doc_fail(doc, FORM_LEAK, "a code would go inside");
	doc->fault.hit = FORM_HIT_CODE;
}

void
piece_end(struct form_doc *doc)
{
	if (!doc_failed(doc))
		guard_search(doc);
	doc->in_piece = 0;
}

/* The newest op belongs to the current page. */
static void
span(struct form_doc *doc)
{
	struct sheet *sheet =
	    (struct sheet *)(void *)doc->sheets.p + doc->sheet;
	size_t n = doc->ops.len / sizeof(struct op);

	if (sheet->end == 0)
		sheet->first = n - 1;
	sheet->end = n;
}

void
op_add(struct form_doc *doc, struct op op)
{
	if (doc_failed(doc))
		return;
	op.page = doc->sheet;
	op.role = doc->role;
	if (page_count(doc) == 0 || !doc->in_piece)
		doc_fail(doc, FORM_INTERNAL, "drawn outside of a piece");
	else if (bytes_add(&doc->ops, &op, sizeof(op)) != 0)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	else
		span(doc);
}

static void
rule(struct form_doc *doc, double x, double y, double x2, double y2,
    double points, int dash)
{
	struct op op = {0};

	op.kind = OP_RULE;
	op.x = x;
	op.y = y;
	op.w = x2 - x;
	op.h = y2 - y;
	op.size = points;
	op.dash = dash;
	op_add(doc, op);
}

void
draw_rule(struct form_doc *doc, double x, double y, double x2, double y2,
    double points)
{
	rule(doc, x, y, x2, y2, points, 0);
}

void
draw_dashes(struct form_doc *doc, double x, double y, double x2, double y2)
{
	rule(doc, x, y, x2, y2, 0.8, 1);
}

void
draw_box(struct form_doc *doc, double x, double y, double w, double h, int grey)
{
	struct op op = {0};

	op.kind = OP_BOX;
	op.x = x;
	op.y = y;
	op.w = w;
	op.h = h;
	op.grey = grey;
	op_add(doc, op);
}

void
draw_frame(
    struct form_doc *doc, double x, double y, double w, double h, int dash)
{
	double points = dash ? 0.8 : 1.0;

	rule(doc, x, y, x + w, y, points, dash);
	rule(doc, x + w, y, x + w, y + h, points, dash);
	rule(doc, x + w, y + h, x, y + h, points, dash);
	rule(doc, x, y + h, x, y, points, dash);
}
