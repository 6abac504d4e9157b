/* The cover sheet without the add around it, for form lint. */
#ifndef FORMS_COVER_H
#define FORMS_COVER_H

#include "forms/draw.h"

void cover_draw(struct form_doc *doc, const struct form_cover *cover);

#endif
