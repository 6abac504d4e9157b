/*
 * The file that -o names: complete and on the disk, or not there at all.  It
 * is opened before anything runs, so that a folder that cannot be written
 * costs nothing.
 */
#ifndef CLI_PAPER_H
#define CLI_PAPER_H

#include <stddef.h>

#include "lib/mailroom.h"

struct paper {
	const char *path; /* as given; NULL: none, "-": standard output */
	char *target;     /* behind symbolic links */
	char *temp;       /* beside it; NULL: the target is written itself */
	int fd;           /* -1: none */
	int nameless;     /* no name in its folder yet: temp comes */
	int secret;       /* mode 0600, and say that it must be deleted */
	int count;        /* files finished */
	struct mr_error error;
};

/* Make ready.  secret: it will hold addresses.  0, or -1 with ->error. */
int paper_open(struct paper *paper, const char *path, int secret);

/* Make ready for one more file of this run, which costs nothing where it
 * cannot be written.  0, or -1 with ->error. */
int paper_next(struct paper *paper);

/* mr_write: a piece of the one file. */
int paper_write(void *paper, const void *bytes, size_t len);

/*
 * mr_document: a whole file, written and renamed.  The second and later ones
 * of one run get a number: sheets.pdf, sheets-2.pdf.
 */
int paper_document(void *paper, const char *name, const char *type,
    const void *bytes, size_t len, int secret);

/* Finish what paper_write wrote.  0, or -1 with ->error. */
int paper_finish(struct paper *paper);

/* Where there are several files, say so; secret ones were told one by one. */
void paper_tell(const struct paper *paper);

/* Remove what is not finished and free.  May be called twice. */
void paper_close(struct paper *paper);

#endif
