/*
 * A whole office from one database to another, on the same engine or on the
 * other: for moving, not for keeping (that is a backup).  No office is worked
 * with meanwhile, so this is no row of the table but, like a restore, for the
 * command line.
 */
#ifndef MR_COPY_H
#define MR_COPY_H

#include "lib/mailroom.h"

#define MR_COPY_SITES 64
#define MR_COPY_HASH 32
#define MR_COPY_ROWS 32768

struct mr_copy {
	const char *from, *to; /* as mr_options.db has them */
	const char *user;      /* who asks for it; NULL: the coordinator */
	int rows;              /* in a transaction; 0: MR_COPY_ROWS */
	/* Long work; may be NULL. */
	void (*progress)(
	    void *arg, const char *what, int64_t done, int64_t total);
	void *arg;
};

/* Where the chain of a site ends: the newest event's number and hash. */
struct mr_copy_head {
	int64_t site, event;
	unsigned char hash[MR_COPY_HASH];
};

/* What was copied.  Both ends were read anew for it when all was done. */
struct mr_copied {
	char name[64]; /* of the office */
	int went_on; /* 1: an unfinished copy was there and was gone on with */
	int64_t tables, rows, events;
	unsigned char hash[MR_COPY_HASH]; /* of all rows, the same at both */
	int sites;
	struct mr_copy_head from[MR_COPY_SITES], to[MR_COPY_SITES];
};

/*
 * Audit the office at `from`, copy every row of every table of db/schema.sql to
 * `to`, which is empty, hold all rows of both ends against each other, and audit
 * the new one.  Nothing is changed at `from`.  Until all of that is done `to`
 * is marked as unfinished, and mr_open refuses it; the same call again goes on
 * where an earlier one stopped, as long as no event was added at `from`.
 * Which mailroomd serves a site (instance.h) does not go along.
 * MR_REFUSED: `to` is not empty, or is an unfinished copy of something else;
 * `from` has an older schema, is served, or was worked with meanwhile.
 * MR_DENIED: the user is neither coordinator nor admin there.  MR_NOTFOUND: no
 * office at `from`.  MR_NEWER: one of a newer program.  MR_DAMAGED: an audit
 * finds something at either end, or the rows differ.  MR_USAGE: no address of a
 * database.  MR_LOST, MR_UNCERTAIN, MR_BUSY, MR_FULL, MR_READONLY, MR_IO,
 * MR_NOMEM: of either database, which the sentence names.
 */
enum mr_status mr_office_copy(const struct mr_copy *copy,
    struct mr_copied *copied, struct mr_error *error);

#endif
