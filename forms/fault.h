/*
 * Telling what went wrong.  A message names fields, characters and kinds,
 * never a person's value.
 */
#ifndef FORMS_FAULT_H
#define FORMS_FAULT_H

#include "forms/forms.h"

/* Fill *fault (which may be NULL) and answer status. */
enum form_status fault_set(struct form_fault *fault, enum form_status status,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
