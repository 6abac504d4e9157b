/*
 * Reads the files that parameters name: whole, up to a limit, `-` being
 * standard input.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

#define LIMIT ((size_t)64 << 20)
#define STEP ((size_t)64 << 10)

static void
wipe(struct cli_file *file)
{
	if (file->bytes != NULL)
		explicit_bzero(file->bytes, file->len);
	free(file->bytes);
	free(file);
}

/* Make room for size bytes.  By copy and wipe: realloc would leave the old
 * bytes behind. */
static int
grow(struct cli_file *file, size_t size)
{
	char *bytes = malloc(size);

	if (bytes == NULL)
		return -1;
	if (file->bytes != NULL) {
		memcpy(bytes, file->bytes, file->len);
		explicit_bzero(file->bytes, file->len);
		free(file->bytes);
	}
	file->bytes = bytes;
	return 0;
}

/* Bytes to make room for at first. */
static size_t
expect(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < 0)
		return STEP;
	if ((size_t)st.st_size > LIMIT)
		return LIMIT + 1;
	return (size_t)st.st_size + 1;
}

/* 0; an errno; or -1: over the limit. */
static int
slurp(int fd, struct cli_file *file)
{
	size_t room = expect(fd);
	ssize_t n;

	if (grow(file, room) != 0)
		return ENOMEM;
	for (;;) {
		n = read(fd, file->bytes + file->len, room - file->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? errno : 0;
		file->len += (size_t)n;
		if (file->len > LIMIT)
			return -1;
		if (file->len == room) {
			if (grow(file, room * 2) != 0)
				return ENOMEM;
			room *= 2;
		}
	}
}

static enum mr_status
tell(struct mr_error *error, const char *place, int code)
{
	enum mr_status status = MR_IO;
	const char *why = strerror(code);

	if (code == -1) {
		status = MR_INVALID;
		why = "it is over 64 MiB, which no list of ours is";
	} else if (code == ENOMEM)
		status = MR_NOMEM;
	else if (code == ENOENT || code == ENOTDIR)
		status = MR_NOTFOUND;
	error->status = status;
	snprintf(error->message, sizeof(error->message),
	    "%.300s cannot be read: %s", place, why);
	return status;
}

enum mr_status
cli_file(void *arg, const char *place, const char **bytes, size_t *len,
    struct mr_error *error)
{
	struct cli *cli = arg;
	struct cli_file *file = calloc(1, sizeof(*file));
	int fd = STDIN_FILENO, code = ENOMEM;

	if (file != NULL) {
		code = 0;
		if (strcmp(place, "-") != 0)
			fd = open(place, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			code = errno;
		else
			code = slurp(fd, file);
		if (fd > STDERR_FILENO)
			close(fd);
	}
	if (code != 0) {
		if (file != NULL)
			wipe(file);
		return tell(error, place, code);
	}
	file->next = cli->files;
	cli->files = file;
	*bytes = file->bytes;
	*len = file->len;
	return MR_OK;
}

void
cli_files_free(struct cli *cli)
{
	struct cli_file *file;

	while ((file = cli->files) != NULL) {
		cli->files = file->next;
		wipe(file);
	}
}
