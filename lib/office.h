/*
 * The office as a whole: making one, its recovery sheet, a new vault pair,
 * and whether the file still agrees with itself.  mr_office_init and the
 * recovery sheet are for the command line; the rest is behind `office ...`.
 */
#ifndef MR_OFFICE_H
#define MR_OFFICE_H

#include <stddef.h>
#include <stdint.h>

#include "lib/mailroom.h"
#include "lib/out.h"

#define MR_RECOVERY_GROUPS 9

/*
 * What stands on the recovery sheet.  The groups are as secret as the vault:
 * wipe the struct with mr_recovery_sheet_wipe.
 */
struct mr_recovery_sheet {
	char office[36]; /* the office's id, in groups of eight */
	char group[MR_RECOVERY_GROUPS][16]; /* K7M-4RP-TMK ... */
	int64_t day;                        /* of the init, in the zone */
};
void mr_recovery_sheet_wipe(struct mr_recovery_sheet *sheet);

/* How to make an office.  All texts are UTF-8 and borrowed. */
struct mr_office_new {
	const char *dir; /* the folder: not there yet, or empty */
	const char *db;  /* as in mr_options: an empty one; NULL: in dir */
	const char *name, *street, *city, *state, *zip;
	const char *zone;        /* America/New_York */
	const char *coordinator; /* name of the first coordinator */
	const char *passphrase;  /* and their passphrase */
	int64_t now;             /* 0: the clock */
	int practice;            /* 1: an office to learn in, for ever */
	const char *paper;       /* letter or a4; NULL: letter */
	const char *language;    /* of its own pages: en or es; NULL: en */
	const char *recovery;    /* file for the recovery sheet; NULL:
				  * recovery-sheet.pdf in the folder */
	/*
	 * Puts the sheet on paper: called when everything else is done, and
	 * when it fails no office is made.  folder is where the office stands
	 * for now.  Use mr_recovery_sheet_file; NULL: none is made, and the
	 * caller must not lose *sheet.
	 */
	enum mr_status (*sheet)(const struct mr_office_new *new,
	    const char *folder, const struct mr_recovery_sheet *sheet,
	    struct mr_error *error);
};

/*
 * Make an office: folder (mode 0700), database, key file, vault, the users
 * `admin` (without a passphrase) and the coordinator, who holds the vault's
 * key.  It is built beside and takes its name at the end, so that a failure
 * leaves nothing behind.
 * MR_REFUSED: something stands there already.  MR_INVALID: a text that cannot
 * be, a zone that is not known, a passphrase that is too easy.  MR_NOTFOUND:
 * the folder above is missing.  MR_IO, MR_FULL, MR_NOMEM.
 */
enum mr_status mr_office_init(const struct mr_office_new *new,
    struct mr_recovery_sheet *sheet, struct mr_error *error);

/* The recovery sheet as a PDF.  MR_IO: the sheet cannot be drawn (a font is
 * missing) or write failed. */
enum mr_status mr_recovery_sheet_pdf(const struct mr_office_new *new,
    const struct mr_recovery_sheet *sheet, mr_write write, void *to,
    struct mr_error *error);

/* For mr_office_new.sheet: the PDF into a new file of mode 0600.
 * MR_REFUSED: the file is there already. */
enum mr_status
mr_recovery_sheet_file(const struct mr_office_new *new, const char *folder,
    const struct mr_recovery_sheet *sheet, struct mr_error *error);

#endif
