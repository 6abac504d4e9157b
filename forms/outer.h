/*
 * What envelope and label share: checks of one outgoing piece.
 */
#ifndef FORMS_OUTER_H
#define FORMS_OUTER_H

#include "forms/postal.h"

/* Fails the add when the piece is not whole, or would carry a code inside. */
void outer_check(struct form_doc *doc, const struct form_outer *outer);

#endif
