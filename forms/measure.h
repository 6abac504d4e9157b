/*
 * Where things drawn in an add really are, in mm from the top left of their
 * page: what form lint looks at.
 */
#ifndef FORMS_MEASURE_H
#define FORMS_MEASURE_H

#include "forms/draw.h"

struct box {
	double x, y, x2, y2;
};

/* What op i of the add covers; text from its accents to its tails. */
const struct op *op_at(const struct form_doc *doc, size_t i);
size_t op_count(const struct form_doc *doc);
struct box op_box(struct form_doc *doc, const struct op *op);

/* All ops of a role; 0: there is none. */
int role_box(struct form_doc *doc, enum role role, struct box *box);

/* How far two boxes are apart; below 0: how deep they are in each other. */
double box_apart(const struct box *a, const struct box *b);
/* How far a is inside of b at its nearest edge; below 0: it is not. */
double box_inside(const struct box *a, const struct box *b);

#endif
