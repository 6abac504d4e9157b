/* What addresses are printed on, with the office's own lists over ours. */
#ifndef MR_PAPER_STOCK_H
#define MR_PAPER_STOCK_H

#include "lib/paper.h"

/* The office's own lists, forms/label-stock.csv and forms/envelope-stock.csv
 * of its folder; NULL where it has none. */
struct mr_stock_lists {
	const char *labels, *labels_name, *envelopes, *envelopes_name;
};
enum mr_status mr_stock_lists(struct mr_call *c, struct mr_stock_lists *lists);

/* MR_INVALID: there is no such stock, or a fault in a list; the sentence says
 * which, with file and line. */
enum mr_status
mr_stock_named(struct mr_call *c, const char *name, struct form_stock *stock);
/* name NULL: the one of the setting `envelope`. */
enum mr_status mr_envelope_named(
    struct mr_call *c, const char *name, struct form_envelope *envelope);

#endif
