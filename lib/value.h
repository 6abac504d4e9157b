/*
 * The types that a parameter can have.  Each is a struct of its own so that
 * the compiler, and MR_TYPE, tell a day from a count.
 */
#ifndef MR_VALUE_H
#define MR_VALUE_H

#include <stddef.h>
#include <stdint.h>

/* A whole number, zero or more. */
struct mr_count {
	int64_t n;
	int given;
};

/* A day: days since 1970-01-01. */
struct mr_date {
	int64_t day;
	int given;
};

/* Money in cents. */
struct mr_cents {
	int64_t n;
	int given;
};

/* A code as typed or scanned, any kind; the noun that takes it reads it. */
struct mr_typed {
	const char *s;
};

/* A correspondent: C12, or the office's own ref; read by mr_person_find. */
struct mr_person {
	const char *s;
};

/* A pairing: P45. */
struct mr_pairing_ref {
	int64_t id;
};

/* A file that the front end has read: its bytes and its name, for messages. */
struct mr_file {
	const char *bytes;
	size_t len;
	const char *name;
};

/* Plain text: UTF-8 without control characters (const char *).
 * A switch that is given or not (int). */
enum mr_type {
	MR_T_TEXT,
	MR_T_SWITCH,
	MR_T_COUNT,
	MR_T_DATE,
	MR_T_CENTS,
	MR_T_CODE,
	MR_T_PERSON,
	MR_T_PAIRING,
	MR_T_FILE
};

#define MR_TYPE(field) \
	_Generic((field),                                                     \
	    const char *: MR_T_TEXT,                                          \
	    int: MR_T_SWITCH,                                                 \
	    struct mr_count: MR_T_COUNT,                                      \
	    struct mr_date: MR_T_DATE,                                        \
	    struct mr_cents: MR_T_CENTS,                                      \
	    struct mr_typed: MR_T_CODE,                                       \
	    struct mr_person: MR_T_PERSON,                                    \
	    struct mr_pairing_ref: MR_T_PAIRING,                              \
	    struct mr_file: MR_T_FILE)

#endif
