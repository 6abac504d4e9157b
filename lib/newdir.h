/*
 * A folder for an office: everything is built in one beside it, which takes
 * the name in one step at the end, so that there is a whole office or none.
 */
#ifndef MR_NEWDIR_H
#define MR_NEWDIR_H

#include "lib/mailroom.h"

#define MR_NEWDIR_SIZE 4000

/* Is the place free: not there, or an empty folder?  MR_REFUSED. */
enum mr_status mr_newdir_check(const char *dir, struct mr_error *error);

/* Make one beside it (mode 0700), of a name that nobody has; its path into
 * folder, which is "" after a failure.  MR_NOTFOUND: the folder above is
 * missing.  MR_FULL, MR_IO; MR_USAGE: too long a name. */
enum mr_status mr_newdir_make(
    const char *dir, char folder[MR_NEWDIR_SIZE], struct mr_error *error);

/* Give it its name; folder is then "".  MR_REFUSED: something came to stand
 * there. */
enum mr_status mr_newdir_appear(
    char folder[MR_NEWDIR_SIZE], const char *dir, struct mr_error *error);

/* Overwrite and remove the files that make up an office, then the folder.
 * "": nothing. */
void mr_newdir_remove(const char *folder);

#endif
