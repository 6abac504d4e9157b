/*
 * Where things drawn in an add really are.  See measure.h.
 */
#include "forms/measure.h"

#include <string.h>

/* Of DejaVu, as shares of the size. */
#define CAPITAL 0.76
#define ACCENT 0.95
#define TAIL 0.24

const struct op *
op_at(const struct form_doc *doc, size_t i)
{
	return (const struct op *)(const void *)doc->ops.p + i;
}

size_t
op_count(const struct form_doc *doc)
{
	return doc->ops.len / sizeof(struct op);
}

static struct box
text_box(struct form_doc *doc, const struct op *op)
{
	const char *s = doc->pool.p + op->at;
	double size = op->size * MM_PER_POINT, up = CAPITAL, down = 0.02;
	struct box box;
	size_t i;

	for (i = 0; i < op->len; i++) {
		if ((unsigned char)s[i] >= 0x80)
			up = ACCENT;
		if ((unsigned char)s[i] >= 0x80 ||
		    strchr("QJgjpqy,;()[]{}|@", s[i]) != NULL)
			down = TAIL;
	}
	box.x = op->x;
	box.x2 = op->x + font_width(doc, op->face, s, op->len) * size;
	box.y = op->y - up * size;
	box.y2 = op->y + down * size;
	return box;
}

struct box
op_box(struct form_doc *doc, const struct op *op)
{
	double half = op->size * MM_PER_POINT / 2;
	struct box box = {op->x, op->y, op->x + op->w, op->y + op->h};

	if (op->kind == OP_TEXT)
		return text_box(doc, op);
	if (op->kind != OP_RULE)
		return box;
	box.x = (op->w < 0 ? op->x + op->w : op->x) - half;
	box.x2 = (op->w < 0 ? op->x : op->x + op->w) + half;
	box.y = (op->h < 0 ? op->y + op->h : op->y) - half;
	box.y2 = (op->h < 0 ? op->y : op->y + op->h) + half;
	return box;
}

int
role_box(struct form_doc *doc, enum role role, struct box *box)
{
	struct box b;
	size_t i;
	int any = 0;

	for (i = 0; i < op_count(doc); i++) {
		if (op_at(doc, i)->role != role)
			continue;
		b = op_box(doc, op_at(doc, i));
		if (!any++) {
			*box = b;
			continue;
		}
		box->x = b.x < box->x ? b.x : box->x;
		box->y = b.y < box->y ? b.y : box->y;
		box->x2 = b.x2 > box->x2 ? b.x2 : box->x2;
		box->y2 = b.y2 > box->y2 ? b.y2 : box->y2;
	}
	return any > 0;
}

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

double
box_apart(const struct box *a, const struct box *b)
{
	double dx = larger(b->x - a->x2, a->x - b->x2);
	double dy = larger(b->y - a->y2, a->y - b->y2);

	return larger(dx, dy);
}

double
box_inside(const struct box *a, const struct box *b)
{
	double left = a->x - b->x, top = a->y - b->y;
	double right = b->x2 - a->x2, bottom = b->y2 - a->y2;

	return -larger(larger(-left, -top), larger(-right, -bottom));
}
