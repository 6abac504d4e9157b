/*
 * Files that appear whole.  See paper.h.
 */
#define _GNU_SOURCE /* O_TMPFILE */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/paper.h"

/* The first failure is the one that is told. */
static int
fail(struct paper *paper, const char *what)
{
	int code = errno;

	if (paper->error.status != MR_OK)
		return -1;
	paper->error.status = code == ENOSPC || code == EDQUOT ? MR_FULL
	    : code == ENOMEM                                   ? MR_NOMEM
							       : MR_IO;
	snprintf(paper->error.message, sizeof(paper->error.message),
	    "%.300s %s: %s",
	    strcmp(paper->path, "-") == 0                   ? "standard output"
		: paper->count > 0 && paper->target != NULL ? paper->target
							    : paper->path,
	    what, strerror(code));
	return -1;
}

static void
drop(struct paper *paper)
{
	if (paper->temp != NULL && !paper->nameless)
		unlink(paper->temp);
	interrupt_file(NULL);
	if (paper->fd > STDERR_FILENO)
		close(paper->fd);
	free(paper->temp);
	free(paper->target);
	paper->temp = NULL;
	paper->target = NULL;
	paper->fd = -1;
}

/* The n-th file of a run: sheets.pdf, sheets-2.pdf.  NULL: no memory. */
static char *
numbered(const char *path, int n)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash != NULL ? slash + 1 : path, '.');
	size_t size = strlen(path) + 16;
	char *out;

	if (dot == NULL || dot == path || dot[-1] == '/')
		dot = path + strlen(path);
	out = malloc(size);
	if (out != NULL && n == 1)
		snprintf(out, size, "%s", path);
	else if (out != NULL)
		snprintf(
		    out, size, "%.*s-%d%s", (int)(dot - path), path, n, dot);
	return out;
}

/* A device or a pipe is written as it is: nothing can be renamed over it. */
static int
open_special(struct paper *paper)
{
	paper->fd = open(paper->target, O_WRONLY | O_CLOEXEC);
	return paper->fd < 0 ? fail(paper, "cannot be opened") : 0;
}

/* The folder that the file goes into; NULL: no memory. */
static char *
folder_of(const struct paper *paper)
{
	const char *slash = strrchr(paper->target, '/');

	return slash == NULL ? strdup(".")
	    : slash == paper->target
	    ? strdup("/")
	    : strndup(paper->target, (size_t)(slash - paper->target));
}

/* A file without a name in its folder: nothing of it stays when the program is
 * killed.  -1: there is no such thing here. */
static int
open_nameless(struct paper *paper)
{
	char *folder = folder_of(paper);
	int fd = -1;

	if (folder != NULL && access("/proc/self/fd", X_OK) == 0)
		fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	free(folder);
	paper->nameless = fd >= 0;
	return fd;
}

/* Now that it is whole, it gets the name that it is moved from. */
static int
name_it(struct paper *paper)
{
	char link[40], *end = paper->temp + strlen(paper->temp) - 6;
	unsigned n = (unsigned)getpid();
	int failed = -1;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", paper->fd);
	for (int i = 0; i < 100 && failed; i++, n++) {
		snprintf(end, 7, "%06u", n % 1000000);
		failed = linkat(
		    AT_FDCWD, link, AT_FDCWD, paper->temp, AT_SYMLINK_FOLLOW);
		if (failed && errno != EEXIST)
			break;
	}
	if (failed)
		return -1;
	paper->nameless = 0;
	interrupt_file(paper->temp);
	return 0;
}

static int
open_temp(struct paper *paper)
{
	const char *slash = strrchr(paper->target, '/');
	const char *name = slash != NULL ? slash + 1 : paper->target;
	size_t size = strlen(paper->target) + 16;

	if (name[0] == '\0') {
		errno = EISDIR;
		return fail(paper, "cannot be written");
	}
	paper->temp = malloc(size);
	if (paper->temp == NULL)
		return fail(paper, "cannot be written");
	snprintf(paper->temp, size, "%.*s.%.200s.XXXXXX",
	    (int)(name - paper->target), paper->target, name);
	paper->fd = open_nameless(paper);
	if (paper->fd >= 0)
		return 0;
	paper->fd = mkstemp(paper->temp);
	if (paper->fd < 0) {
		fail(paper, "cannot be written");
		free(paper->temp);
		paper->temp = NULL;
		return -1;
	}
	fcntl(paper->fd, F_SETFD, FD_CLOEXEC);
	interrupt_file(paper->temp);
	return 0;
}

static int
ready(struct paper *paper, int n)
{
	char *path = numbered(paper->path, n);
	struct stat st;

	/* A device takes one file after the other. */
	if (path != NULL && n > 1 && stat(paper->path, &st) == 0 &&
	    !S_ISREG(st.st_mode))
		snprintf(path, strlen(path) + 1, "%s", paper->path);
	if (path == NULL)
		return fail(paper, "cannot be written");
	paper->target = realpath(path, NULL);
	if (paper->target == NULL)
		paper->target = path;
	else
		free(path);
	if (stat(paper->target, &st) != 0)
		return open_temp(paper);
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return fail(paper, "cannot be written");
	}
	return S_ISREG(st.st_mode) ? open_temp(paper) : open_special(paper);
}

int
paper_open(struct paper *paper, const char *path, int secret)
{
	*paper = (struct paper){.path = path, .secret = secret, .fd = -1};
	if (strcmp(path, "-") == 0) {
		paper->fd = STDOUT_FILENO;
		return 0;
	}
	if (ready(paper, 1) == 0)
		return 0;
	drop(paper);
	return -1;
}

int
paper_next(struct paper *paper)
{
	return ready(paper, paper->count + 1);
}

int
paper_write(void *to, const void *bytes, size_t len)
{
	struct paper *paper = to;
	const char *at = bytes;
	ssize_t n;

	while (len > 0) {
		n = write(paper->fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(paper, "cannot be written");
		at += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The name is on the disk only when the folder is. */
static int
sync_folder(const struct paper *paper)
{
	char *folder = folder_of(paper);
	int fd, failed;

	if (folder == NULL)
		return -1;
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(folder);
	if (fd < 0)
		return -1;
	failed = fsync(fd);
	close(fd);
	/* Some file systems refuse to sync a folder; the file is there. */
	return failed && errno != EINVAL ? -1 : 0;
}

static mode_t
open_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0644 & ~mask;
}

int
paper_finish(struct paper *paper)
{
	int failed = 0;

	if (paper->temp != NULL) {
		failed = fchmod(paper->fd, paper->secret ? 0600 : open_mode());
		failed = failed || fsync(paper->fd) != 0 ||
		    (paper->nameless && name_it(paper) != 0) ||
		    rename(paper->temp, paper->target) != 0;
		if (!failed) {
			interrupt_file(NULL);
			free(paper->temp);
			paper->temp = NULL;
			failed = sync_folder(paper);
		}
		if (failed)
			fail(paper, "cannot be written");
		else if (paper->secret)
			fprintf(stderr,
			    "%s holds addresses: print it and delete it.\n",
			    paper->count == 0 ? paper->path : paper->target);
	}
	if (!failed)
		paper->count++;
	drop(paper);
	return failed ? -1 : 0;
}

int
paper_document(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	struct paper *paper = to;

	(void)name;
	(void)type;
	paper->secret |= secret;
	if (paper->count > 0 && strcmp(paper->path, "-") == 0) {
		paper->error.status = MR_USAGE;
		snprintf(paper->error.message, sizeof(paper->error.message),
		    "there are several files, and standard output takes one: "
		    "name a file with -o");
		return -1;
	}
	if (paper->fd < 0 && paper_next(paper) != 0)
		return -1;
	if (paper_write(paper, bytes, len) != 0)
		return -1;
	return paper_finish(paper);
}

void
paper_tell(const struct paper *paper)
{
	char *last;

	if (paper->count < 2 || paper->secret)
		return;
	last = numbered(paper->path, paper->count);
	if (last != NULL)
		fprintf(stderr, "%d files: %s to %s\n", paper->count,
		    paper->path, last);
	free(last);
}

void
paper_close(struct paper *paper)
{
	if (paper->path != NULL)
		drop(paper);
	paper->path = NULL;
}
