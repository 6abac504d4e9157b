/*
 * Rules and letters for tests of the way that mail takes into a facility.
 */
#ifndef TEST_ROUTE_H
#define TEST_ROUTE_H

#include "test/mail.h"

static inline void
rule(struct house *h, const char *name, const char *value)
{
	did(h,
	    run(h, "facility rule", "code", "ALI", "rule", name, "value", value,
		"source", "their letter of today", NULL),
	    value);
}

/* A letter to ALI of so many sheets; its day number. */
static inline const char *
letter(struct house *h, const char *sheets, char number[64])
{
	char id[32];

	later(h, 10);
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_OUTSIDE, id),
		"sheets", sheets, NULL),
	    "\"number\"");
	return house_value(h, "number", 0, number);
}

#endif
