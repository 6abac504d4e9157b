/*
 * Proof of the geometry: every envelope, every window in every position its
 * page can slide to, every label stock and the cover sheet, in each language
 * and with the shortest and longest addresses, measured as they are drawn,
 * before any of it becomes a PDF.  Part of forms.h, which includes it.
 *
 * The rules are those of USPS Publication 28 (appendix A2: read area, barcode
 * clear zone), DMM 202 (endorsements, type, flats) and Quick Service Guide
 * 201a (windows), and of ISO/IEC 18004 (quiet zone).
 */
#ifndef FORMS_LINT_H
#define FORMS_LINT_H

#include "forms/forms.h"

struct form_finding {
	const char *form; /* "envelope", "window", "label", "cover sheet" */
	const char *stock;
	const char *rule;   /* "barcode clear zone" */
	const char *sample; /* which address: "inside", "outside", "longest" */
	enum form_lang lang;
	double measured, wanted; /* mm, or points where the rule is of type */
	int refused; /* 1: no fault of the form.  The stock is too small for
	                this address, and a print on it is refused */
};

struct form_lint {
	const struct form_setup *setup;
	const char *labels, *labels_name; /* an office's own lists, or NULL */
	const char *envelopes, *envelopes_name;
	const char *find; /* only stock with this in its name; NULL: all */
	/* One call a stock and rule, the first that was found; it ends the
	 * walk by answering nonzero. */
	int (*tell)(void *arg, const struct form_finding *finding);
	void *arg;
};

/*
 * *checked is how many stocks were looked at.  FORM_OK: told all, whatever it
 * was.  Else no check was possible: FORM_BADSTOCK and FORM_WORDING with file
 * and line, FORM_NOFONT, FORM_NOMEM.
 */
enum form_status form_lint(
    const struct form_lint *lint, size_t *checked, struct form_fault *fault);

/*
 * Do the words of the cover sheet have their room, in every language and both
 * ways?  Nothing is added.  FORM_WORDING: no, and the message says where to
 * shorten them.
 */
enum form_status
form_cover_room(struct form_doc *doc, struct form_fault *fault);

#endif
