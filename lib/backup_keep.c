/* Which backups stay.  See backup_keep.h. */
#include "lib/backup_keep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/backup_file.h"
#include "lib/file.h"
#include "lib/handle.h"
#include "lib/setting.h"

#define MOST 4096 /* files that are looked at */
#define PREFIX "mailroom-"
#define SUFFIX ".backup"

struct kept {
	char name[MR_BACKUP_NAME];
	int64_t at;
};

void
mr_backup_name(int64_t at, const char *folder, char name[MR_BACKUP_NAME])
{
	time_t seconds = (time_t)(at / 1000000);
	char path[4096], when[24], more[16] = "";
	struct tm utc;

	gmtime_r(&seconds, &utc);
	strftime(when, sizeof(when), "%Y-%m-%d-%H%M%SZ", &utc);
	for (int n = 2; n < 1000; n++) {
		snprintf(
		    name, MR_BACKUP_NAME, PREFIX "%s%s" SUFFIX, when, more);
		snprintf(path, sizeof(path), "%.4000s/%s", folder, name);
		if (access(path, F_OK) != 0)
			break;
		snprintf(more, sizeof(more), "-%d", n);
	}
}

static int
ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), len = strlen(end);

	return n > len && strcmp(name + n - len, end) == 0;
}

/* When it was made; 0: it is none, or another office's. */
static int64_t
made_at(int folder, const char *name, const unsigned char office[16])
{
	struct mr_backup_heading heading;
	struct mr_error error;
	int64_t at = 0;
	int fd = openat(
	    folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return 0;
	if (mr_backup_read(fd, &heading, &error) == MR_OK &&
	    memcmp(heading.office, office, sizeof(heading.office)) == 0)
		at = heading.at;
	close(fd);
	return at;
}

/* Each name with that end; the callback gets the open folder as well. */
static int
each_name(const char *folder, const char *end,
    void (*each)(void *arg, int folder, const char *name), void *arg)
{
	DIR *d = opendir(folder);
	struct dirent *entry;

	if (d == NULL)
		return -1;
	while ((entry = readdir(d)) != NULL)
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 &&
		    strlen(entry->d_name) < MR_BACKUP_NAME &&
		    ends_with(entry->d_name, end))
			each(arg, dirfd(d), entry->d_name);
	closedir(d);
	return 0;
}

/* Not even a heading: whose it is cannot be told, and nobody needs it once a
 * day has gone by. */
static void
tidy_one(void *arg, int folder, const char *name)
{
	struct stat st;

	if (made_at(folder, name, arg) != 0 ||
	    (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		st.st_size < MR_BACKUP_HEADING &&
		st.st_mtime < time(NULL) - 86400))
		unlinkat(folder, name, 0);
}

void
mr_backup_tidy(const char *folder, const unsigned char office[16])
{
	unsigned char own[16];

	memcpy(own, office, sizeof(own));
	each_name(folder, SUFFIX ".new", tidy_one, own);
}

struct list {
	const unsigned char *office;
	struct kept *kept;
	int n;
};

static void
gather(void *arg, int folder, const char *name)
{
	struct list *list = arg;
	struct kept *k = &list->kept[list->n];

	if (list->n == MOST)
		return;
	k->at = made_at(folder, name, list->office);
	if (k->at == 0)
		return;
	snprintf(k->name, sizeof(k->name), "%s", name);
	list->n++;
}

static int
newest_first(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return (x->at < y->at) - (x->at > y->at);
}

enum mr_status
mr_backup_retire(
    struct mr_call *c, const char *folder, const char *just, int *removed)
{
	struct list list = {.office = c->site->office};
	char path[4096];
	int64_t days = 0;
	enum mr_status status = mr_setting_int(c, MR_SET_BACKUP_DAYS, &days);

	*removed = 0;
	if (status != MR_OK)
		return status;
	list.kept = mr_alloc(c->arena, MOST * sizeof(*list.kept));
	if (list.kept == NULL)
		return mr_nomem(c);
	if (each_name(folder, SUFFIX, gather, &list) != 0)
		return mr_fail(c, MR_IO,
		    "the folder of backups cannot be "
		    "read: %s",
		    strerror(errno));
	qsort(list.kept, (size_t)list.n, sizeof(*list.kept), newest_first);
	for (int i = MR_BACKUP_FEWEST; i < list.n; i++) {
		if (list.kept[i].at >= c->now - days * MR_DAY_US ||
		    strcmp(list.kept[i].name, just) == 0)
			continue;
		snprintf(path, sizeof(path), "%.4000s/%s", folder,
		    list.kept[i].name);
		*removed += unlink(path) == 0;
	}
	if (*removed > 0)
		(void)mr_sync_folder(folder);
	return MR_OK;
}
