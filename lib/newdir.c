/* A folder for an office.  See newdir.h. */
#include "lib/newdir.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/call.h"
#include "lib/file.h"

enum mr_status
mr_newdir_make(
    const char *dir, char folder[MR_NEWDIR_SIZE], struct mr_error *error)
{
	size_t len = strlen(dir);
	int n;

	while (len > 1 && dir[len - 1] == '/')
		len--;
	n = snprintf(folder, MR_NEWDIR_SIZE, "%.*s.new-%08x", (int)len, dir,
	    (unsigned)randombytes_random());
	if (len == 0 || n < 0 || n >= MR_NEWDIR_SIZE) {
		folder[0] = '\0';
		return mr_error(error, MR_USAGE,
		    "the office needs a folder with a shorter name");
	}
	if (mkdir(folder, 0700) == 0)
		return MR_OK;
	folder[0] = '\0';
	if (errno == ENOENT || errno == ENOTDIR)
		return mr_error(error, MR_NOTFOUND,
		    "the folder in which %s should be made is not there; make "
		    "it first",
		    dir);
	if (errno == ENOSPC)
		return mr_error(
		    error, MR_FULL, "the disk is full; no office was made");
	return mr_error(
	    error, MR_IO, "%s cannot be made: %s", dir, strerror(errno));
}

static int
is_empty(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int empty = d != NULL;

	while (empty && (entry = readdir(d)) != NULL)
		empty = strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0;
	if (d != NULL)
		closedir(d);
	return empty;
}

enum mr_status
mr_newdir_check(const char *dir, struct mr_error *error)
{
	struct stat st;

	if (lstat(dir, &st) != 0)
		return MR_OK;
	if (!S_ISDIR(st.st_mode))
		return mr_error(error, MR_REFUSED,
		    "%s is there already and is no folder; name another", dir);
	if (is_empty(dir))
		return MR_OK;
	return mr_error(error, MR_REFUSED,
	    "%s is not empty; an office is made in a new folder only and "
	    "never over another",
	    dir);
}

/* rename refuses where something stands. */
enum mr_status
mr_newdir_appear(
    char folder[MR_NEWDIR_SIZE], const char *dir, struct mr_error *error)
{
	if (rename(folder, dir) == 0) {
		folder[0] = '\0';
		/* So that it is still there after a power cut. */
		(void)mr_sync_above(dir);
		return MR_OK;
	}
	if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
		return mr_error(error, MR_REFUSED,
		    "%s came to be meanwhile; name another folder", dir);
	return mr_error(
	    error, MR_IO, "%s cannot be made: %s", dir, strerror(errno));
}

void
mr_newdir_remove(const char *folder)
{
	static const char *const files[] = {"mailroom.db", "mailroom.db-wal",
	    "mailroom.db-shm", "mailroom.db-journal", "office.key",
	    "recovery-sheet.pdf", "site.txt", "mailroom.conf"};
	char path[MR_NEWDIR_SIZE + 64];

	if (folder[0] == '\0')
		return;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, files[i]);
		(void)mr_wipe_file(path);
	}
	rmdir(folder);
}
