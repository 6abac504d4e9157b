/*
 * The print server of this computer: CUPS, or whatever $CUPS_SERVER names.
 * The only file that knows libcups is queue.c.  Bytes go straight from memory
 * to the server; no file of ours lies between.  Nothing here waits for ever:
 * a server that does not answer within MR_QUEUE_WAIT seconds is given up.
 *
 * Functions take an error as mr_op_run does, and know no office, so that both
 * the table and a front end may call them.
 */
#ifndef MR_QUEUE_H
#define MR_QUEUE_H

#include <stddef.h>

#include "lib/mailroom.h"

#define MR_QUEUE_WAIT 10
#define MR_QUEUE_NAME 128 /* bytes of a name, its NUL included */

/* A queue.  Strings are borrowed for the callback. */
struct mr_queue {
	const char *name;
	const char *where; /* the place that was typed in for it, or "" */
	const char *what;  /* make and model, or "" */
	const char *state; /* in plain words: "ready", "stopped: ..." */
	int ready;         /* 1: a job would be printed now or next */
	int standard;      /* 1: the server's default */
};

/*
 * Every queue in the server's order; the callback ends the walk by answering
 * nonzero.  None at all is MR_OK.
 * MR_IO: no server answers; the sentence says what to do.
 */
enum mr_status
mr_queue_each(int (*each)(void *arg, const struct mr_queue *queue), void *arg,
    struct mr_error *error);

/*
 * Is there a queue of that name, and would it print?  Spelt as it is there.
 * MR_NOTFOUND: no; the sentence names those that are there.  MR_REFUSED: it
 * is stopped or takes no jobs, which would leave pages lying in the spool.
 * MR_IO: as above.
 */
enum mr_status mr_queue_ready(const char *name, struct mr_error *error);

/* The title of a job for a file of that name: the letter code in it, else
 * "mailroom".  No more may stand in the print server's books. */
#define MR_QUEUE_TITLE 40
void mr_queue_title(const char *file, char title[MR_QUEUE_TITLE]);

/*
 * Print a PDF: one copy, at its own size, on the paper that its first page
 * asks for where that size has a name.  The title is all that the server is
 * told about it; give a letter code or nothing that says more.
 * MR_NOTFOUND, MR_REFUSED, MR_IO: it was not taken; the sentence says why.
 */
enum mr_status mr_queue_send(const char *name, const char *title,
    const void *bytes, size_t len, struct mr_error *error);

#endif
