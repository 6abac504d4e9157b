/*
 * Counters, and the gaps that a restore leaves in them: paper of the lost days
 * carries numbers that the backup does not know, and which nothing else may
 * get.  The next id of a table is asked with mr_next_id (call.h).
 */
#ifndef MR_GAP_H
#define MR_GAP_H

#include "lib/call.h"

#define MR_GAPS 32
#define MR_GAP_NAME 24

/* What a handle knows of them; they come to be before an office is opened. */
struct mr_gaps {
	int n;
	struct mr_gap {
		char name[MR_GAP_NAME]; /* of the table */
		int64_t after, upto;    /* of the newest one */
		int64_t skipped;        /* ids, in all of them */
	} at[MR_GAPS];
	int64_t day; /* day numbers of this day (site << 36 | day) ... */
	int number;  /* ... go on above this one */
};

/* Read those of c->site into the handle; mr_site_load does. */
enum mr_status mr_gaps_load(struct mr_call *c);

/* The last id that stood in a table when its newest gap was made; -1: it has
 * none.  And how many ids of it no row ever had. */
int64_t mr_gap_after(const struct mr_call *c, const char *table);
int64_t mr_gap_skipped(const struct mr_call *c, const char *table);
/* The id so many rows before another one of that table, over the gap. */
int64_t mr_gap_back(
    const struct mr_call *c, const char *table, int64_t id, int64_t rows);
/* The highest day number of that day that may be on lost paper; 0: none. */
int mr_gap_number(const struct mr_call *c, int64_t day);

/*
 * A restore: leave a gap in every counter, and in the day numbers of today.
 * The gap is `letters` wide for letters, or a hundredth of what there is; a
 * tenth of that for all else.  *width: as it was chosen for letters.
 */
#define MR_GAP_LETTERS 10000
#define MR_GAP_NUMBERS 500
/* Copies of an older letter that may have been printed in the lost days. */
#define MR_GAP_COPIES 7
enum mr_status mr_gaps_make(struct mr_call *c, int64_t letters, int64_t *width);

#endif
