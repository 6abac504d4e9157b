/*
 * Cards and slips: what is printed of an ID or of an enclosure rather than of
 * a letter.  As in paper.h, forms/ has the guard and this file the owners.
 */
#ifndef MR_PAPER_CARD_H
#define MR_PAPER_CARD_H

#include "lib/enclosure.h"
#include "lib/fid.h"
#include "lib/paper.h"

/* Which site a page is of, by its number; NULL where there is but one: the
 * office's name stands on the page already. */
enum mr_status
mr_paper_site(struct mr_call *c, int64_t site, struct form_text *text);

/*
 * The card of an ID, for who writes by it.  MR_REFUSED: the ID is stopped, or
 * it cannot be drawn; the sentence says what to do.
 */
enum mr_status mr_paper_id_card(
    struct mr_call *c, struct form_doc *doc, const struct mr_fid *fid);

/*
 * The slip of an enclosure: a receipt for who wrote the letter, and our half.
 * MR_REFUSED: it was written down by mistake, or nobody knows yet who wrote
 * the letter.
 */
enum mr_status mr_paper_slip(struct mr_call *c, struct form_doc *doc,
    const struct mr_enclosure *enclosure);

#endif
