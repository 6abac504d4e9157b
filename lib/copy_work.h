/*
 * Copying from the inside: what the files of copy*.c share.  The public face
 * is copy.h.
 */
#ifndef MR_COPY_WORK_H
#define MR_COPY_WORK_H

#include "lib/copy.h"
#include "lib/handle.h"
#include "lib/sql_table.h"

#define MR_COPY_TABLES 64
#define MR_COPY_MARK 48 /* office, then a hash of the heads */

/* One of the two databases: a handle that may have no office yet. */
struct copy_side {
	const char *which; /* "the old database", for sentences */
	struct mr *mr;
	struct mr_call *c;
	struct mr_error error; /* of its statements */
};

/* A table, its statements, and how far it is. */
struct copy_table {
	struct sql_table t;
	const char *walk, *walk_on, *last, *count;
	int64_t rows; /* at the source */
	int64_t here; /* in the target */
	int done;
};

struct copying {
	const struct mr_copy *in;
	struct mr_copied *out;
	struct mr_error *error;
	struct mr_arena *arena; /* texts of statements: as long as both sides */
	struct copy_side from, to;
	int tables;
	struct copy_table table[MR_COPY_TABLES];
	int64_t done, total; /* rows */
	unsigned char mark[MR_COPY_MARK];
};

/* copy_side.c.  Open without looking what is there; take_site when an office
 * is.  A failure names the side. */
enum mr_status mr_copy_open(struct copying *k, struct copy_side *side,
    const char *url, const struct sql_options *options);
void mr_copy_close(struct copy_side *side);
enum mr_status
mr_copy_begin(struct copying *k, struct copy_side *side, int write);
enum mr_status mr_copy_commit(struct copying *k, struct copy_side *side);
/* What failed on a side, as the copy's sentence; status MR_OK stays that. */
enum mr_status
mr_copy_told(struct copying *k, struct copy_side *side, enum mr_status status);
/* The same for what the connection itself said. */
enum mr_status
mr_copy_said(struct copying *k, struct copy_side *side, enum mr_status status);
/* Before it: MR_REFUSED, somebody serves a site there. */
enum mr_status mr_copy_unserved(struct copying *k);
/* Inside the source's transaction: may that user do it? */
enum mr_status mr_copy_may(struct copying *k);
/* Inside a transaction: load the site that an audit looks from, which is the
 * first in k->out->from. */
enum mr_status mr_copy_site(struct copying *k, struct copy_side *side);
/* Inside a transaction: the end of every site's chain; audit all of them. */
enum mr_status mr_copy_heads(struct copying *k, struct copy_side *side,
    struct mr_copy_head heads[MR_COPY_SITES], int *n);
enum mr_status mr_copy_audit(struct copying *k, struct copy_side *side);

/* copy_mark.c: the table of its own that the target has until all is done. */
/* Is it empty, or an unfinished copy of this very office?  MR_REFUSED: neither. */
enum mr_status mr_copy_look(struct copying *k);
/* Make the tables, and the mark, in an empty one. */
enum mr_status mr_copy_mark(struct copying *k);
enum mr_status
mr_copy_mark_table(struct copying *k, const struct copy_table *table);
enum mr_status mr_copy_unmark(struct copying *k);

/* copy_rows.c: list the tables; count them at the source; move what is not
 * there yet.  Inside the source's transaction. */
enum mr_status mr_copy_tables(struct copying *k);
enum mr_status mr_copy_count(struct copying *k);
enum mr_status mr_copy_rows(struct copying *k);

/* copy_hash.c: read all rows of both sides, inside a transaction each.
 * MR_DAMAGED: they differ, and the sentence names the table. */
enum mr_status mr_copy_compare(struct copying *k);

#endif
