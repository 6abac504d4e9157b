/*
 * The audited tables: which columns a row's digest covers.  Chain and
 * verification share this list, so that what is written is what is compared.
 */
#ifndef MR_ROWS_H
#define MR_ROWS_H

#include <stdint.h>

#include "lib/chain.h"
#include "lib/sql.h"

#define MR_ROW_DIGEST 16

struct mr_table {
	const char *name;
	const char *one;  /* its columns, version, event; by :id */
	const char *walk; /* the same for all rows with id from :low to :high */
	const char *note; /* moves event to :event, by :id */
	const char *last; /* the highest id from :start to before :end */
};

/* NULL: no such subject. */
const struct mr_table *mr_table(int subject);

/*
 * Digest of the statement's current row over all columns but the last, each as
 * a kind byte, a length and its bytes; docs/chain.md has the exact form.
 */
void mr_row_digest(struct sql_stmt *st, unsigned char digest[MR_ROW_DIGEST]);

#endif
