/* Bytes into files.  See file.h. */
#include "lib/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/call.h"
#include "lib/tongue.h"

#define PATH_SIZE 4096

int
mr_write_all(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;
	ssize_t done;

	while (n > 0) {
		done = write(fd, at, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		at += done;
		n -= (size_t)done;
	}
	return 0;
}

ssize_t
mr_read_all(int fd, void *to, size_t n)
{
	size_t len = 0;
	ssize_t got;

	while (len < n) {
		got = read(fd, (char *)to + len, n - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		len += (size_t)got;
	}
	return (ssize_t)len;
}

enum mr_status
mr_write_fault(const char *what, int number, struct mr_error *error)
{
	if (number == ENOSPC || number == EDQUOT || number == EFBIG)
		return mr_error(error, MR_FULL,
		    "there is no room left on the disk for %s; free some and "
		    "do it again",
		    mr_say(what));
	return mr_error(error, MR_IO, "%s could not be written: %s",
	    mr_say(what), strerror(number));
}

int
mr_wipe_file(const char *path)
{
	static const char zeros[65536];
	struct stat st;
	off_t left;
	size_t n;
	int fd = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC), failed = 0;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		for (left = st.st_size; left > 0 && !failed; left -= (off_t)n) {
			n = left < (off_t)sizeof(zeros) ? (size_t)left
							: sizeof(zeros);
			failed = mr_write_all(fd, zeros, n);
		}
		/* Or the zeros would stay in memory, and the disk as it was. */
		failed |= fdatasync(fd);
	}
	if (fd >= 0)
		close(fd);
	return unlink(path) != 0 || failed ? -1 : 0;
}

int
mr_sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), failed, why;

	if (fd < 0)
		return -1;
	failed = fsync(fd) != 0 && errno != EINVAL;
	why = errno;
	close(fd);
	errno = why;
	return failed ? -1 : 0;
}

int
mr_sync_above(const char *path)
{
	char folder[PATH_SIZE];
	const char *slash = strrchr(path, '/');
	int n;

	if (slash == NULL)
		return mr_sync_folder(".");
	n = snprintf(folder, sizeof(folder), "%.*s",
	    slash == path ? 1 : (int)(slash - path), path);
	if (n < 0 || (size_t)n >= sizeof(folder)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return mr_sync_folder(folder);
}
