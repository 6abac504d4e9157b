/*
 * Backups of an office: the whole database in one file that only the words of
 * the recovery sheet open, so that whoever runs the office can make them and
 * not read them (design 7, security 3.1).  The key file needs no copy: its
 * content lies in the database, sealed to the same words.
 */
#ifndef MR_BACKUP_H
#define MR_BACKUP_H

#include "lib/mailroom.h"

#define MR_OP_BACKUP 135
#define MR_BACKUP_NAME 64
#define MR_BACKUP_FEWEST 3 /* of the newest are kept, however old */

/* What was made. */
struct mr_backup_made {
	char name[MR_BACKUP_NAME]; /* mailroom-2026-11-23-204501Z.backup */
	int64_t at, size;          /* size: bytes of the file */
	int64_t last;              /* number of the newest event in it */
	int sound;   /* 1: the audit of the copy found nothing wrong */
	int removed; /* older ones that went */
	unsigned char digest[32], head[32]; /* of the file; of the chain */
};

/* Where backups go when nobody says: a folder, or NULL for `backups` in the
 * office's.  Before any thread; the string must stay. */
void mr_backup_folder(const char *dir);

/*
 * Make one in `folder` (NULL: the standard one, which is made when it is not
 * there).  No transaction may be open: whoever writes meanwhile is not held up.
 * The copy is made beside the database, opened, checked (quick_check, chain,
 * every row), sealed under a temporary name, read back chunk by chunk and
 * compared, synced, then named; the copy is overwritten and removed.  Then
 * those go that are older than the setting backup-days, but for the newest
 * MR_BACKUP_FEWEST, and none at all when this one is not sound.
 * MR_BUSY: another is being made.  MR_NOTFOUND: no such folder.  MR_DAMAGED:
 * the copy cannot be read, or the site row was changed from outside.  MR_USAGE:
 * the folder's name is too long.  MR_FULL, MR_IO: older ones are as they were.
 * MR_NOMEM.
 */
enum mr_status mr_backup_make(
    struct mr_call *c, const char *folder, struct mr_backup_made *made);
/* The event of it, in the call's transaction. */
enum mr_status
mr_backup_note(struct mr_call *c, const struct mr_backup_made *made);

/*
 * Both, as the program itself (user 0).  now = 0: the clock.  Statuses as
 * above, and of the transaction.
 */
enum mr_status mr_backup_daily(struct mr *mr, int64_t now,
    struct mr_backup_made *made, struct mr_error *error);

/*
 * A copy that a crash left behind: overwrite and remove it.  For the start of
 * a program that stays; mr_backup_make does it too.  0, or -1: one is there
 * and cannot be removed.
 */
int mr_backup_clean(const char *office_dir);

/* When the newest backup was noted (microseconds), and its event; 0: never. */
enum mr_status mr_backup_newest(struct mr_call *c, int64_t *at, int64_t *event);

#endif
