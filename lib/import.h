/*
 * Reading a CSV file into the office: all of it or nothing, every fault with
 * line and column, what would change before it does.  Which columns there are
 * and what a row means, the noun says.
 */
#ifndef MR_IMPORT_H
#define MR_IMPORT_H

#include <stddef.h>
#include <stdint.h>

#include "lib/call.h"
#include "lib/csv.h"
#include "lib/op.h"

#define MR_IMPORT_ROWS 200000 /* a file with more is refused */
#define MR_IMPORT_FAULTS 20   /* told of one by one; the rest are counted */

struct mr_import;

/* What became of a row. */
enum mr_import_row { MR_ROW_ADDED, MR_ROW_CHANGED, MR_ROW_SAME };

struct mr_import_kind {
	const char *what; /* "facilities", for the progress bar */
	const struct mr_csv_column *columns;
	size_t ncolumns;
	int key; /* index of the column that names a row */
	/*
	 * Look at one row; tell faults and differences; unless mr_import_only
	 * says to look only, store it.  A status other than MR_OK ends the
	 * import; a fault that was told does not.
	 */
	enum mr_status (*row)(struct mr_import *import, struct mr_call *c,
	    const struct mr_csv_row *row, enum mr_import_row *result);
	void *arg;
};

/*
 * Read a file through.  With dry_run nothing is stored and faults are no
 * failure; else MR_INVALID tells the first one and how many there are.
 * What was found is in c->found for mr_import_answer; where something was
 * stored, a last event about the site holds the counts.
 */
enum mr_status mr_import_run(struct mr_call *c,
    const struct mr_import_kind *kind, struct mr_file file, int dry_run);

/* For the row function. */
void *mr_import_arg(const struct mr_import *import);
/* 1: do not store (a dry run, or a fault was told already). */
int mr_import_only(const struct mr_import *import);
/* A fault in this row; column -1: the row as a whole.  No value in it. */
void
mr_import_fault(struct mr_import *import, int column, const char *sentence);
/*
 * The line that used this text in that column before, or 0; remembers it for
 * this line.  Only what must be unique.
 */
size_t mr_import_seen(struct mr_import *import, int column, const char *text);
/* A field of a known row that differs.  was and becomes are NULL for what is
 * sealed. */
void mr_import_differs(
    struct mr_import *import, int column, const char *was, const char *becomes);

/* What both import operations answer; for .returns. */
#define MR_IMPORT_RETURNS \
	"dry_run added changed unchanged faults fault_list differences"
enum mr_status mr_import_answer(
    struct mr_call *c, struct mr_events events, struct mr_out *out);

#endif
