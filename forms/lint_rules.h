/*
 * The rules of form lint, applied to what an add drew.  Each tells what it
 * measured and what was wanted, once a stock.
 */
#ifndef FORMS_LINT_RULES_H
#define FORMS_LINT_RULES_H

#include "forms/measure.h"
#include "forms/outer.h"

/* enum name, words */
#define RULES(X) \
	X(PAGE, "inside the page") \
	X(LABEL, "inside the label") \
	X(NEIGHBOUR, "clear of the next label") \
	X(READ_AREA, "address in the read area") \
	X(READ_ALONE, "nothing beside or under the address") \
	X(CLEAR_ZONE, "barcode clear zone") \
	X(IMB, "space around the barcode") \
	X(UPPER_HALF, "address of a flat in its upper half") \
	X(ENDORSE_TYPE, "type of the endorsement") \
	X(ENDORSE_CLEAR, "space around the endorsement") \
	X(ENDORSE_PLACE, "endorsement under our address") \
	X(TYPE_LEAST, "type of the address, least") \
	X(TYPE_MOST, "type of the address, most") \
	X(LINES, "space between the lines") \
	X(LEFT_EDGE, "lines begin under each other") \
	X(LETTERS, "capitals without punctuation") \
	X(QUIET, "quiet zone of the code") \
	X(WINDOW, "address clear of its window's edges") \
	X(WINDOW_ALONE, "nothing else in the window") \
	X(UPPER, "our address clear of its window's edges") \
	X(UPPER_ALONE, "nothing else in the upper window") \
	X(SMALL, "too small for an address") \
	X(SMALL_LONG, "too small for the longest address")

#define RULE_ENUM(name, words) RULE_##name,
enum rule { RULES(RULE_ENUM) RULE_COUNT };

/* What is being measured, and who is told. */
struct checking {
	struct form_doc *doc;
	struct form_finding at; /* form, stock, sample, language */
	unsigned long told;     /* a bit a rule */
	int (*tell)(void *arg, const struct form_finding *finding);
	void *arg;
	int stop;
};

void
rule_tell(struct checking *c, enum rule rule, double measured, double wanted);

/* The page w by h that holds it all; codes with their quiet zone. */
void rules_page(struct checking *c, double w, double h);
/* Addresses: size between least and most points, lines, letters. */
void rules_address(struct checking *c, double least, double most);
void rules_endorsement(struct checking *c);
void rules_envelope(struct checking *c, const struct form_envelope *envelope);
void rules_window(struct checking *c, const struct form_envelope *envelope,
    const struct insert *insert);
/* Label n of its sheet. */
void rules_label(struct checking *c, const struct form_stock *stock, size_t n);

#endif
