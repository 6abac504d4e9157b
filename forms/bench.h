/*
 * What hangs at a bench or on a person: the bench card, a user's badge, the
 * page that sets a scanner up.  They stay in the office and are in its
 * language.  Part of forms.h.
 */
#ifndef FORMS_BENCH_H
#define FORMS_BENCH_H

#include "forms/forms.h"

/* The keys of a station that stand on the card, in its order (design 10). */
#define FORM_BENCH_FLAGS "NMPAWEBLU"
#define FORM_BENCH_COUNTS 12 /* sheets 1 to 12 */

/*
 * Bench card, two pages: every flag with its name and what it means, then the
 * numbers of sheets.  flags: a QR payload B... for each key of
 * FORM_BENCH_FLAGS; counts: for each number from 1.
 */
struct form_bench {
	struct form_date date;
	struct form_text flags[sizeof(FORM_BENCH_FLAGS) - 1];
	struct form_text counts[FORM_BENCH_COUNTS];
};
enum form_status form_bench_add(struct form_doc *doc,
    const struct form_bench *bench, struct form_fault *fault);

enum form_role {
	FORM_VOLUNTEER,
	FORM_STAFF,
	FORM_COORDINATOR,
	FORM_ADMIN,
	FORM_ROLES
};

/* A user's badge, a card of 85.6 x 54 mm (ISO/IEC 7810 ID-1) with marks to
 * cut along.  copy: 1, 2 ...; payload: QR U... */
struct form_badge {
	struct form_date date;
	struct form_text name, payload;
	enum form_role role;
	int copy;
};
enum form_status form_badge_add(struct form_doc *doc,
    const struct form_badge *badge, struct form_fault *fault);

/*
 * How to set a scanner up, and codes that prove it: two QR payloads B... that
 * have every symbol of the alphabet between them.  laser: such a payload as
 * Code 128, where the office prints bar codes; NULL: none.
 */
struct form_scanner {
	struct form_date date;
	struct form_text tests[2];
	struct form_text laser;
};
enum form_status form_scanner_add(struct form_doc *doc,
    const struct form_scanner *scanner, struct form_fault *fault);

#endif
