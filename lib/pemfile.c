/* Keys and certificates on the disk.  See pemfile.h. */
#include "lib/pemfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/call.h"
#include "lib/file.h"

#define TEMP ".new-%s"

static enum mr_status
failed(struct mr_error *error, const char *name)
{
	if (errno == ENOENT)
		return mr_error(
		    error, MR_NOTFOUND, "%.200s is not there", name);
	if (errno == ENOSPC)
		return mr_error(error, MR_FULL, "the disk is full");
	return mr_error(error, MR_IO, "%.200s: %s", name, strerror(errno));
}

enum mr_status
mr_pem_read(const char *dir, const char *name, struct mr_pem *pem,
    struct mr_error *error)
{
	enum mr_status status = MR_OK;
	struct stat st;
	char path[4096];
	ssize_t n;
	int fd;

	memset(pem, 0, sizeof(*pem));
	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >=
	    (int)sizeof(path))
		return mr_error(error, MR_USAGE, "that path is too long");
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return failed(error, name);
	n = mr_read_all(fd, pem->text, sizeof(pem->text));
	if (n < 0 || fstat(fd, &st) != 0)
		status = failed(error, name);
	else if (n == (ssize_t)sizeof(pem->text))
		status = mr_error(error, MR_DAMAGED,
		    "%.200s is larger than such a file can be", name);
	else if ((st.st_mode & 077) != 0 &&
	    strstr(pem->text, "PRIVATE KEY") != NULL)
		status = mr_error(error, MR_DENIED,
		    "others can read %.200s, and it is a key; run 'chmod 600' "
		    "on it, and make a new one if somebody may have copied it",
		    name);
	if (status != MR_OK)
		explicit_bzero(pem->text, sizeof(pem->text));
	else
		pem->text[pem->len = (size_t)n] = '\0';
	close(fd);
	return status;
}

enum mr_status
mr_pem_write(const char *dir, const char *name, int secret,
    const struct mr_pem *pem, struct mr_error *error)
{
	enum mr_status status = MR_OK;
	char temp[80];
	int folder, fd = -1;

	snprintf(temp, sizeof(temp), TEMP, name);
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return failed(error, dir);
	folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return failed(error, dir);
	/* What a power cut left of an earlier try. */
	unlinkat(folder, temp, 0);
	fd = openat(folder, temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    secret ? 0600 : 0644);
	if (fd < 0) {
		status = failed(error, name);
		goto out;
	}
	if (mr_write_all(fd, pem->text, pem->len) != 0 ||
	    (!secret && fchmod(fd, 0644) != 0) || fsync(fd) != 0 ||
	    renameat(folder, temp, folder, name) != 0 || fsync(folder) != 0) {
		status = failed(error, name);
		unlinkat(folder, temp, 0);
	}
out:
	if (fd >= 0)
		close(fd);
	close(folder);
	return status;
}
