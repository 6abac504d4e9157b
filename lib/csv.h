/*
 * CSV (RFC 4180) from a buffer in memory, a row at a time.  Knows where it is
 * (line and column) and names both for every fault; never repeats what a
 * field holds, since that can be a person's data.  Opens no file.
 */
#ifndef MR_CSV_H
#define MR_CSV_H

#include <stddef.h>

#include "lib/arena.h"

struct mr_csv;

/* A column that a file may have.  name is lower case with underscores. */
struct mr_csv_column {
	const char *name;
	int required;
};

/* Why a file was refused. */
struct mr_csv_fault {
	size_t line;       /* of the file, from 1; 0: memory was short */
	size_t column;     /* field number from 1; 0: the line as a whole */
	char message[320]; /* a sentence with line, column and what would be
			    * right: "line 7, column 3 (zip): ..." */
};

/* One row.  The texts are valid until the next mr_csv_next. */
struct mr_csv_row {
	size_t line; /* of the file, where the row starts */
	/* By the index of the caller's columns; NULL: the file has no such
	 * column.  UTF-8, checked, line ends inside a field are \n. */
	const char *const *field;
};

/*
 * Read the header.  A byte order mark is skipped; LF, CRLF and CR all end a
 * line; empty lines are skipped; letter case and blanks around a column's
 * name do not matter, nor does the order.  An unknown, doubled or missing
 * column is a fault, with the nearest allowed name.
 * bytes, columns and fault stay the caller's and must outlive *csv; *csv
 * lives in the arena.  0, or -1 with *fault filled.
 */
int mr_csv_open(struct mr_arena *arena, const char *bytes, size_t len,
    const struct mr_csv_column *columns, size_t ncolumns, struct mr_csv **csv,
    struct mr_csv_fault *fault);

/*
 * The next row.  1: *row is filled; 0: the end; -1: the fault given to
 * mr_csv_open is filled, and every later call says so again.
 * Takes nothing from the arena: one buffer, made by mr_csv_open for the
 * longest row, serves them all.  So the caller may mark and release around
 * each row.
 */
int mr_csv_next(struct mr_csv *csv, struct mr_csv_row *row);

/* Bytes read so far, for a progress bar. */
size_t mr_csv_position(const struct mr_csv *csv);

/*
 * For a fault that the caller finds in a row: fills fault with the row's
 * line, the column (index into the caller's columns; -1: the whole row) and
 * "line 7, column 3 (zip): " before the sentence, in which no field's value
 * may stand.  Returns -1.  Reading may go on, so that a caller can collect.
 */
int mr_csv_refuse(struct mr_csv *csv, const struct mr_csv_row *row, int column,
    const char *sentence);

#endif
