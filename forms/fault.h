/*
 * Telling what went wrong.  A message names fields, characters and kinds,
 * never a person's value.
 */
#ifndef FORMS_FAULT_H
#define FORMS_FAULT_H

#include "forms/forms.h"

/* Fill *fault (which may be NULL) with form_say of the format and answer
 * status. */
enum form_status fault_set(struct form_fault *fault, enum form_status status,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same for a line of an office's file: "file:line: what piece".  The piece
 * is told only where it looks like a key or a {placeholder}: a list of people
 * that was saved under a wrong name must not be repeated. */
enum form_status fault_line(struct form_fault *fault, const char *file,
    int line, const char *what, const char *piece, size_t n);

#endif
