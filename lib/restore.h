/*
 * An office out of a backup, by the words of the recovery sheet: for the day
 * after the fire, and for the drill before it.  No office is open yet, so this
 * is no row of the table but, like `init`, for the command line.
 */
#ifndef MR_RESTORE_H
#define MR_RESTORE_H

#include "lib/mailroom.h"

#define MR_OP_RESTORE 136

/* What a backup says of itself in the clear. */
struct mr_backup_about {
	char office[36]; /* the office's id as the recovery sheet shows it */
	int64_t at;      /* when it was made, microseconds UTC */
	int64_t last;    /* number of the newest event in it */
	int64_t size;    /* of the database, bytes */
};
/* MR_NOTFOUND: no such file.  MR_INVALID: no backup.  MR_NEWER, MR_IO. */
enum mr_status mr_backup_look(
    const char *file, struct mr_backup_about *about, struct mr_error *error);

struct mr_restore {
	const char *file;  /* the backup */
	const char *words; /* the nine groups, as typed */
	const char *dir;   /* where the office shall stand: not there, or
			    * empty.  A check: beside what it may be tried */
	int check;         /* 1: restore, look, and remove it again */
	int64_t letters;   /* that may have been logged since; 0: 10,000 */
	int64_t now;       /* 0: the clock */
	/* Long work; may be NULL. */
	void (*progress)(
	    void *arg, const char *what, int64_t done, int64_t total);
	void *arg;
};

/* What came of it. */
struct mr_restored {
	struct mr_backup_about about;
	char name[64];         /* of the office */
	int64_t width, number; /* of the gap; the last day number in it */
	int sound;             /* 1: the audit found nothing */
	struct mr_error found; /* else what it found first */
};

/*
 * Open every chunk, write database and key file, bring the schema here, check
 * the file, hold the chain's end against the heading, leave a gap in every
 * counter (gap.h), write the event that names it, sign, and audit all of it.
 * Everything is built beside `dir`, which is a whole office at the end or was
 * not touched.
 * MR_INVALID: the words, or the file, are none.  MR_REFUSED: another office's
 * words; something stands at dir.  MR_DAMAGED: the backup is, and none of it is
 * used; what an audit finds is no reason (->sound).  MR_NOTFOUND, MR_NEWER,
 * MR_FULL, MR_IO, MR_NOMEM.
 */
enum mr_status mr_office_restore(const struct mr_restore *restore,
    struct mr_restored *restored, struct mr_error *error);

#endif
