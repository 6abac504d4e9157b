/* The files in a folder of backups: their names, and which of them go. */
#ifndef MR_BACKUP_KEEP_H
#define MR_BACKUP_KEEP_H

#include "lib/backup.h"

/* mailroom-2026-11-23-204501Z.backup, in a folder where that is free; else
 * with -2, -3 ... behind the time. */
void mr_backup_name(int64_t at, const char *folder, char name[MR_BACKUP_NAME]);

/* What a crash left half written by this office. */
void mr_backup_tidy(const char *folder, const unsigned char office[16]);

/*
 * Remove this office's backups that are older than the setting backup-days,
 * but never the newest MR_BACKUP_FEWEST nor `just`.  *removed: how many.
 */
enum mr_status mr_backup_retire(
    struct mr_call *c, const char *folder, const char *just, int *removed);

#endif
