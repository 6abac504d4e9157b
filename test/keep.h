/*
 * Backups in tests: made of an office of mail.h, found in its folder, opened
 * again as a second office beside it.
 */
#ifndef TEST_KEEP_H
#define TEST_KEEP_H

#include "test/mail.h"
#include "test/office.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/backup.h"
#include "lib/restore.h"

/* The backups in a folder, newest name first into path; how many. */
static inline int
keep_list(const char *folder, const char *end, char path[256])
{
	struct dirent *entry;
	DIR *d = opendir(folder);
	char best[128] = "";
	int n = 0;

	while (d != NULL && (entry = readdir(d)) != NULL) {
		size_t len = strlen(entry->d_name), tail = strlen(end);

		if (len < tail ||
		    strcmp(entry->d_name + len - tail, end) != 0 ||
		    entry->d_name[0] == '.')
			continue;
		n++;
		if (strcmp(entry->d_name, best) > 0)
			snprintf(best, sizeof(best), "%.127s", entry->d_name);
	}
	if (d != NULL)
		closedir(d);
	if (path != NULL)
		snprintf(path, 256, "%s/%s", folder, best);
	return n;
}

static inline int
keep_count(struct house *h, const char *end, char path[256])
{
	char folder[128];

	path_of(h, "backups", folder);
	return keep_list(folder, end, path);
}

/* Make one by the operation; its path. */
static inline const char *
keep_make(struct house *h, char path[256])
{
	later(h, 60);
	did(h, run(h, "office backup", NULL), "\"sound\":true");
	assert_true(keep_count(h, ".backup", path) > 0);
	return path;
}

static inline int
keep_there(struct house *h, const char *name)
{
	char path[128];

	path_of(h, name, path);
	return access(path, F_OK) == 0;
}

/* Restore it beside, by the words of the sheet. */
static inline enum mr_status
keep_restore(struct house *h, const char *file, const char *dir, int check,
    struct mr_restored *done)
{
	char typed[256];
	struct mr_restore in = {.file = file,
	    .words = all_words(h, typed),
	    .dir = dir,
	    .check = check,
	    .now = h->now};

	return mr_office_restore(&in, done, &h->error);
}

/* The restored office as a house of its own; give it to house_teardown. */
static inline struct house *
keep_open(struct house *h, const char *file)
{
	struct mr_options options = {.check_scans = 1};
	struct house *other = malloc(sizeof(*other));
	struct mr_restored done;

	assert_non_null(other);
	*other = *h;
	other->mr = NULL;
	snprintf(other->dir, sizeof(other->dir), "%.50s-restored", h->dir);
	if (keep_restore(h, file, other->dir, 0, &done) != MR_OK)
		fail_msg("%s", h->error.message);
	assert_true(done.sound);
	options.dir = other->dir;
	if (mr_open(&options, &other->mr, &other->error) != MR_OK)
		fail_msg("%s", other->error.message);
	return other;
}

static inline void
keep_close(struct house *other)
{
	void *state = other;

	house_teardown(&state);
}

#endif
