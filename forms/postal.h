/*
 * Addresses as the post office reads them: our own return address and the
 * addressee's, line by line, in capitals and without punctuation.
 */
#ifndef FORMS_POSTAL_H
#define FORMS_POSTAL_H

#include "forms/draw.h"

enum { RETURN_NAME, RETURN_DEPT, RETURN_BOX, RETURN_CITY, RETURN_LINES };
#define ADDRESS_LINES 6

/*
 * Put line n of an address into the ink.  0 when there is no such line (an
 * office without city, a return without ID, an address without unit).
 */
int ink_return(
    struct form_doc *doc, enum form_lang lang, int n, struct form_text id);
int ink_address(struct form_doc *doc, const struct form_address *to, int n);

/* Fails the add when name, city or ZIP is missing. */
void address_check(struct form_doc *doc, const struct form_address *to);

/* Draw them; the baseline after the last line.  Long lines wrap. */
double draw_return(struct form_doc *doc, const struct style *style,
    enum form_lang lang, struct form_text id, double x, double y, double w);
double draw_address(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double x, double y, double w);

/* How many lines they take at that style. */
int count_return(struct form_doc *doc, const struct style *style,
    enum form_lang lang, struct form_text id, double w);
int count_address(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w);
/* The same of the line with city, state and ZIP alone. */
int count_city(struct form_doc *doc, const struct style *style,
    const struct form_address *to, double w);

/* "PRINTED JULY 14 2026" into the ink. */
void
ink_printed(struct form_doc *doc, enum form_lang lang, struct form_date date);

#endif
