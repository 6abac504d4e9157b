/*
 * The office key file: a heading, a line `name hex` for each key, and last a
 * line with the BLAKE2b-256 of all that stands before it.  Written whole or
 * not at all, read strictly; its text passes only through memory of libsodium.
 */
#include "lib/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/call.h"
#include "lib/file.h"

#define HEADING "mailroom office keys 1\n"
#define TEXT_MAX 1024 /* the text has 400 bytes */
#define PATH_SIZE 4096

static const struct field {
	const char *name;
	size_t offset, size;
} fields[] = {
    {"office", offsetof(struct mr_keys, office), 16},
    {"code", offsetof(struct mr_keys, code), 16},
    {"tag", offsetof(struct mr_keys, tag), 32},
    {"sign", offsetof(struct mr_keys, sign), 64},
};
#define NFIELDS (sizeof(fields) / sizeof(fields[0]))

struct mr_keys *
mr_keys_new(const unsigned char office[16])
{
	struct mr_keys *keys;

	if (sodium_init() < 0)
		return NULL;
	keys = sodium_malloc(sizeof(*keys));
	if (keys == NULL)
		return NULL;
	memcpy(keys->office, office, sizeof(keys->office));
	randombytes_buf(keys->code, sizeof(keys->code));
	randombytes_buf(keys->tag, sizeof(keys->tag));
	crypto_sign_keypair(keys->verify, keys->sign);
	return keys;
}

void
mr_keys_free(struct mr_keys *keys)
{
	sodium_free(keys);
}

/* One line into text; returns how long it is. */
static size_t
put_line(char *text, const char *name, const unsigned char *bytes, size_t n)
{
	size_t len = strlen(name);

	memcpy(text, name, len);
	text[len++] = ' ';
	sodium_bin2hex(text + len, 2 * n + 1, bytes, n);
	len += 2 * n;
	text[len++] = '\n';
	return len;
}

static size_t
put_check(char *text, size_t len)
{
	unsigned char sum[32];

	crypto_generichash(
	    sum, sizeof(sum), (unsigned char *)text, len, NULL, 0);
	return len + put_line(text + len, "check", sum, sizeof(sum));
}

/* The whole file into text of TEXT_MAX bytes; returns how long it is. */
static size_t
put_keys(char *text, const struct mr_keys *keys)
{
	const unsigned char *from = (const unsigned char *)keys;
	size_t len = strlen(HEADING);

	memcpy(text, HEADING, len);
	for (size_t i = 0; i < NFIELDS; i++)
		len += put_line(text + len, fields[i].name,
		    from + fields[i].offset, fields[i].size);
	return put_check(text, len);
}

/* Take the line `name hex` off *text.  0, or -1 when it is another. */
static int
take_line(const char **text, const struct field *field, struct mr_keys *keys)
{
	unsigned char *to = (unsigned char *)keys + field->offset;
	size_t len = strlen(field->name), got;
	const char *end;

	if (strncmp(*text, field->name, len) != 0 || (*text)[len] != ' ')
		return -1;
	*text += len + 1;
	if (sodium_hex2bin(to, field->size, *text, strcspn(*text, "\n"), NULL,
		&got, &end) != 0 ||
	    got != field->size || *end != '\n')
		return -1;
	*text = end + 1;
	return 0;
}

/*
 * Text to keys.  What was read must give the very same bytes when it is
 * written again, check line included: so any change is seen.
 */
static int
take_keys(const char *text, size_t len, struct mr_keys *keys, char *again)
{
	const char *at = text + strlen(HEADING);

	if (strlen(text) != len || strncmp(text, HEADING, strlen(HEADING)) != 0)
		return -1;
	for (size_t i = 0; i < NFIELDS; i++)
		if (take_line(&at, &fields[i], keys) != 0)
			return -1;
	if (put_keys(again, keys) != len || memcmp(again, text, len) != 0)
		return -1;
	return crypto_sign_ed25519_sk_to_pk(keys->verify, keys->sign);
}

/* May we trust this file to be the office's alone? */
static enum mr_status
check_mode(int fd, const char *path, struct mr_error *error)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return mr_error(error, MR_IO, "%s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return mr_error(error, MR_DAMAGED,
		    "%s is no ordinary file; the office keys must be in one",
		    path);
	if ((st.st_mode & 077) != 0)
		return mr_error(error, MR_DENIED,
		    "%s can be read or written by others (mode %03o); make it "
		    "private with: chmod 600 %s",
		    path, (unsigned)st.st_mode & 0777, path);
	if (st.st_size >= TEXT_MAX)
		return mr_error(error, MR_DAMAGED,
		    "%s is no office key file: it is too long", path);
	return MR_OK;
}

static enum mr_status
open_fault(const char *path, struct mr_error *error)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return mr_error(error, MR_NOTFOUND,
		    "the office key file %s is missing; copy it back from a "
		    "backup, or make it anew from the recovery sheet with: "
		    "mailroom office recover --restore-keys",
		    path);
	if (errno == ELOOP)
		return mr_error(error, MR_DAMAGED,
		    "%s is a symbolic link; the office keys must be in an "
		    "ordinary file",
		    path);
	if (errno == EACCES)
		return mr_error(error, MR_DENIED,
		    "%s may not be read by this login; only the owner of the "
		    "office folder may",
		    path);
	return mr_error(error, MR_IO, "%s: %s", path, strerror(errno));
}

static enum mr_status
read_all(
    int fd, const char *path, char *text, size_t *len, struct mr_error *error)
{
	ssize_t n;

	*len = 0;
	do {
		n = read(fd, text + *len, TEXT_MAX - 1 - *len);
		if (n < 0 && errno != EINTR)
			return mr_error(
			    error, MR_IO, "%s: %s", path, strerror(errno));
		if (n > 0)
			*len += (size_t)n;
	} while (n != 0 && *len < TEXT_MAX - 1);
	text[*len] = '\0';
	return MR_OK;
}

static enum mr_status
understand(const char *path, const char *text, size_t len,
    const unsigned char office[16], struct mr_keys *keys, char *again,
    struct mr_error *error)
{
	if (take_keys(text, len, keys, again) != 0)
		return mr_error(error, MR_DAMAGED,
		    "%s is no office key file, or it was changed; copy it back "
		    "from a backup, or move it away and make it anew with: "
		    "mailroom office recover --restore-keys",
		    path);
	if (sodium_memcmp(keys->office, office, sizeof(keys->office)) != 0)
		return mr_error(error, MR_REFUSED,
		    "%s holds the keys of another office; put this office's "
		    "own key file there",
		    path);
	return MR_OK;
}

enum mr_status
mr_keys_read(const char *path, const unsigned char office[16],
    struct mr_keys **keys, struct mr_error *error)
{
	struct mr_keys *new = mr_keys_new(office);
	char *text = NULL;
	enum mr_status status;
	size_t len;
	int fd = -1;

	text = new != NULL ? sodium_malloc(2 * TEXT_MAX) : NULL;
	if (text == NULL) {
		status = mr_error(error, MR_NOMEM, "memory ran out");
		goto out;
	}
	/* O_NONBLOCK: a fifo in its place must not make us wait. */
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		status = open_fault(path, error);
		goto out;
	}
	status = check_mode(fd, path, error);
	if (status == MR_OK)
		status = read_all(fd, path, text, &len, error);
	if (status == MR_OK)
		status = understand(
		    path, text, len, office, new, text + TEXT_MAX, error);
	if (status == MR_OK) {
		*keys = new;
		new = NULL;
	}
out:
	if (fd >= 0)
		close(fd);
	sodium_free(text);
	mr_keys_free(new);
	return status;
}

static enum mr_status
write_fault(const char *path, struct mr_error *error)
{
	if (errno == EEXIST)
		return mr_error(error, MR_REFUSED,
		    "%s is there already and is never written over; move it "
		    "away first",
		    path);
	if (errno == ENOSPC || errno == EDQUOT)
		return mr_error(error, MR_FULL,
		    "the disk is full; %s was not written", path);
	return mr_error(
	    error, MR_IO, "%s was not written: %s", path, strerror(errno));
}

/* Fill a file of another name, then give it its own: link, unlike rename,
 * never takes the place of what is there. */
static int
write_aside(const char *path, const char *text, size_t len)
{
	char aside[PATH_SIZE];
	int fd, rc, why;

	if (snprintf(aside, sizeof(aside), "%s.%08x", path,
		(unsigned)randombytes_random()) >= (int)sizeof(aside)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = open(
	    aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	rc = mr_write_all(fd, text, len);
	if (rc == 0)
		rc = fsync(fd);
	why = errno;
	close(fd);
	if (rc == 0) {
		rc = link(aside, path);
		why = errno;
	}
	unlink(aside);
	if (rc == 0)
		return mr_sync_above(path);
	errno = why;
	return -1;
}

enum mr_status
mr_keys_write(
    const char *path, const struct mr_keys *keys, struct mr_error *error)
{
	char *text = sodium_malloc(TEXT_MAX);
	enum mr_status status = MR_OK;
	size_t len;

	if (text == NULL)
		return mr_error(error, MR_NOMEM, "memory ran out");
	len = put_keys(text, keys);
	if (write_aside(path, text, len) != 0)
		status = write_fault(path, error);
	sodium_free(text);
	return status;
}
