/*
 * The ruler page: a frame of four lines whose place is known, to be measured
 * with a real ruler on the paper that came out of a printer.
 */
#ifndef FORMS_RULER_H
#define FORMS_RULER_H

#include "forms/forms.h"

/*
 * near_mm: the left and the upper line from the edges of the page; across the
 * right line from the left one, down the lower from the upper.  number tells
 * one such page from the next.  FORM_BADVALUE: the frame leaves the page.
 */
struct form_ruler {
	struct form_text printer; /* its queue */
	long number;
	struct form_date date;
	int near_mm, across, down;
};
enum form_status form_ruler_add(struct form_doc *doc,
    const struct form_ruler *ruler, struct form_fault *fault);

#endif
