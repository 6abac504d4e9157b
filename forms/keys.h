/*
 * Files of an office that say `key = text`, a line each: read line by line for
 * the wording and for the layout.
 */
#ifndef FORMS_KEYS_H
#define FORMS_KEYS_H

#include "forms/fault.h"

/* Where the reader stands. */
struct place {
	const char *file;
	int line;
	struct form_fault *fault;
};

/* FORM_WORDING: "file:line: what piece", as fault_line tells it. */
enum form_status place_wrong(
    const struct place *place, const char *what, const char *piece, size_t n);

/*
 * Give every key with its text, blanks around both taken off, to set, whose
 * failure ends the reading; what: "not `key = text`", told of a line without
 * '='.  Empty lines and those that begin with # are passed over.
 */
enum form_status
keys_read(struct place *place, const char *text, const char *what,
    enum form_status (*set)(void *arg, const struct place *place,
	const char *key, size_t nkey, const char *text, size_t ntext),
    void *arg);

#endif
