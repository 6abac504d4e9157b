/*
 * Bytes into files, and names onto the disk: what everything that writes a
 * file beside the database shares.  Knows no office.
 */
#ifndef MR_FILE_H
#define MR_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "lib/mailroom.h"

/* All n bytes; -1 with errno. */
int mr_write_all(int fd, const void *bytes, size_t n);
/* As many as there are, n at most; -1 with errno. */
ssize_t mr_read_all(int fd, void *to, size_t n);

/* What errno of a write means, in a sentence; `what` is "the backup".  MR_FULL
 * or MR_IO. */
enum mr_status
mr_write_fault(const char *what, int number, struct mr_error *error);

/* Overwrite a file with zeros and remove it; one that is not there is none.
 * Never through a symbolic link.  0, or -1 with errno. */
int mr_wipe_file(const char *path);

/* The names in a folder, or in the one that a path stands in, onto the disk:
 * a new name is there after a power cut only then.  0, or -1 with errno; 0
 * also where the file system keeps folders in a way of its own. */
int mr_sync_folder(const char *folder);
int mr_sync_above(const char *path);

#endif
