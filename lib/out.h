/*
 * What an operation answers, as maps, lists and values.  A handler knows this
 * struct only; the printers behind it make JSON, CSV or a table of it and
 * always escape, so that no handler can forget to.
 */
#ifndef MR_OUT_H
#define MR_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"

/*
 * key is NULL inside a list.  Times, days, codes and states arrive as text in
 * their JSON spelling (design 10).  text(NULL) is null.  The first failure
 * sticks in `failed` and is told once, by mr_out_end.
 */
struct mr_out {
	void (*begin_map)(struct mr_out *out, const char *key);
	void (*end_map)(struct mr_out *out);
	void (*begin_list)(struct mr_out *out, const char *key);
	void (*end_list)(struct mr_out *out);
	void (*text)(struct mr_out *out, const char *key, const char *value);
	void (*integer)(struct mr_out *out, const char *key, int64_t value);
	void (*boolean)(struct mr_out *out, const char *key, int value);
	/* A file the operation made; name is a proposal, free of any person's
	 * data.  secret: holds addresses, write it with mode 0600. */
	void (*document)(struct mr_out *out, const char *name, const char *type,
	    const void *bytes, size_t len, int secret);
	/* Ends the answer.  0, or -1 when memory or the sink failed. */
	int (*end)(struct mr_out *out);
	int failed;
};

/* Where a printer's bytes go.  0, or -1 when they could not be written. */
typedef int (*mr_write)(void *to, const void *bytes, size_t len);

/* How a table is drawn on a terminal. */
struct mr_look {
	int width;  /* columns of the terminal, 0: do not cut */
	int colour; /* 1: ANSI colours and bold */
};

/*
 * Printers.  Each lives in the arena and writes through `write`; documents go
 * to `document` where it is given, else they are an error.  NULL when memory
 * is short.  Nobody may release the arena to a mark from before while the
 * printer is in use: give it one of its own when the operation marks.  The
 * printers themselves release nothing.
 * A key is needed in a map and forbidden in a list, an answer is one value;
 * anything else fails, as does a map within a map within ... 16 deep.
 *
 * JSON: one value and a newline, UTF-8, no spaces to spare; streams.  Nothing
 * said at all is null.
 * CSV (RFC 4180, \n): a list of maps becomes a header and a row each; a single
 * map one row; nested lists are joined with ";"; nested maps with "key.sub".
 * A value that a spreadsheet would run as a formula is quoted with a leading
 * apostrophe.  Booleans are yes and no.  An empty list is no bytes.
 * Table: a list of maps becomes an aligned table whose columns shrink, then
 * wrap, to fit the width, and blocks of `key  value` lines where even that is
 * too wide; a map becomes `key  value` lines, what is nested in it a section
 * with a title; control characters are shown, never sent, to the terminal.
 *
 * CSV and table find the columns of a list in its first 500 rows and print
 * the rest row by row; a key that is new after that is a failure, so emit
 * every key in every row (null where there is nothing).
 */
typedef int (*mr_document)(void *to, const char *name, const char *type,
    const void *bytes, size_t len, int secret);
struct mr_out *mr_out_json(
    struct mr_arena *arena, mr_write write, void *to, mr_document document);
struct mr_out *mr_out_csv(
    struct mr_arena *arena, mr_write write, void *to, mr_document document);
struct mr_out *mr_out_table(struct mr_arena *arena, mr_write write, void *to,
    mr_document document, struct mr_look look);

/*
 * Before a table: times are shown as the clock of the zone in force did, and
 * of the maps in the answer's list only these keys pass, a space between.
 * columns NULL: all.  Of an answer that is a map those of spare (NULL: none) are
 * left out where they are null.  NULL in, or memory short, gives NULL.
 */
struct mr_out *mr_out_pick(struct mr_arena *arena, struct mr_out *to,
    const char *columns, const char *spare);

/*
 * A tape: keeps the answer in the arena and plays it into another printer
 * later, so that no byte leaves before the commit.
 */
struct mr_out *mr_out_tape(struct mr_arena *arena);
void mr_out_play(const struct mr_out *tape, struct mr_out *to);

#endif
