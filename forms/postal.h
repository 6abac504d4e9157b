/*
 * Addresses as the post office reads them: our own return address and the
 * addressee's, line by line, in capitals and without punctuation
 * (USPS Publication 28).
 */
#ifndef FORMS_POSTAL_H
#define FORMS_POSTAL_H

#include "forms/draw.h"

enum { RETURN_NAME, RETURN_DEPT, RETURN_BOX, RETURN_CITY, RETURN_LINES };

/* Put line n of our address into the ink.  0 when there is no such line (an
 * office without city, a return without ID). */
int ink_return(
    struct form_doc *doc, enum form_lang lang, int n, struct form_text id);

/* Fails the add when name, city or ZIP is missing. */
void address_check(struct form_doc *doc, const struct form_address *to);

/*
 * Draw them; the baseline after the last line.  Long lines wrap.  A unit that
 * does not fit at the end of its street's line stands on the line above.
 * The corner of an outer has its sender's line too.
 */
double draw_return(struct form_doc *doc, const struct style *style,
    enum form_lang lang, struct form_text id, double x, double y, double w);
double draw_corner(struct form_doc *doc, const struct style *style,
    const struct form_outer *outer, double x, double y, double w);
double draw_address(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double x, double y, double w);

/* How many lines they take at that style. */
int count_corner(struct form_doc *doc, const struct style *style,
    const struct form_outer *outer, double w);
int count_address(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w);
/* The same of the line with city, state and ZIP alone. */
int count_city(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w);

/*
 * The words for the post office, which are its own in every language; NULL:
 * none.  Drawn on one line at x with baseline y: the mm it is wide.
 */
const char *endorsement_words(enum form_endorsement endorsement);
double draw_endorsement(struct form_doc *doc, const struct style *style,
    const struct form_outer *outer, double x, double y);

/* "PRINTED JULY 14 2026" into the ink. */
void
ink_printed(struct form_doc *doc, enum form_lang lang, struct form_date date);

/*
 * postal_words.c: the line in the ink, in capitals by now, with the standard
 * abbreviations of Publication 28 (appendix B and C) where they are beyond
 * doubt: a street line that begins with its number; a unit; the ZIP+4 of a
 * last line.
 */
void ink_delivery(struct form_doc *doc);
void ink_unit(struct form_doc *doc);
void ink_last_line(struct form_doc *doc);
/* A country as the last line says it; NULL: the United States. */
const char *country_line(const char *country);

#endif
