/* Sealing and opening the file of a backup.  See backup_file.h. */
#include "lib/backup_file.h"

#include <errno.h>
#include <string.h>

#include "lib/call.h"
#include "lib/file.h"

#define MAGIC "mailroom backup\n"
#define EXTRA crypto_secretstream_xchacha20poly1305_ABYTES
#define FINAL crypto_secretstream_xchacha20poly1305_TAG_FINAL

/* The places in the heading. */
enum {
	AT_FORMAT = 16,
	AT_CHUNK = 20,
	AT_OFFICE = 24,
	AT_SITE = 40,
	AT_TIME = 48,
	AT_SCHEMA = 56,
	AT_LAST = 64,
	AT_HASH = 72,
	AT_SIZE = 104,
	AT_RECOVERY = 112,
	AT_BOX = 144,
	AT_STREAM = AT_BOX + MR_BACKUP_BOX
};
_Static_assert(AT_STREAM + 24 == MR_BACKUP_HEADING, "the heading's size");
_Static_assert(crypto_secretstream_xchacha20poly1305_HEADERBYTES == 24,
    "the stream's header");

/* A file on its way through the cipher. */
struct flow {
	crypto_secretstream_xchacha20poly1305_state cipher;
	crypto_generichash_state digest, plain;
	unsigned char about[32]; /* hash of the heading */
	unsigned char clear[MR_BACKUP_CHUNK];
	unsigned char sealed[MR_BACKUP_CHUNK + EXTRA];
};

static enum mr_status
read_fault(struct mr_error *error)
{
	return mr_error(
	    error, MR_IO, "the backup could not be read: %s", strerror(errno));
}

static struct mr_about
about(const struct mr_backup_heading *h)
{
	return (struct mr_about){
	    "backup", h->office, {h->site, h->at, h->schema, h->last}};
}

static void
put_heading(struct mr_backup_heading *h)
{
	unsigned char *to = h->raw;

	memcpy(to, MAGIC, sizeof(MAGIC) - 1);
	mr_put_number(to + AT_FORMAT, MR_BACKUP_FORMAT, 4);
	mr_put_number(to + AT_CHUNK, MR_BACKUP_CHUNK, 4);
	memcpy(to + AT_OFFICE, h->office, sizeof(h->office));
	mr_put_number(to + AT_SITE, (uint64_t)h->site, 8);
	mr_put_number(to + AT_TIME, (uint64_t)h->at, 8);
	mr_put_number(to + AT_SCHEMA, (uint64_t)h->schema, 8);
	mr_put_number(to + AT_LAST, (uint64_t)h->last, 8);
	memcpy(to + AT_HASH, h->hash, sizeof(h->hash));
	mr_put_number(to + AT_SIZE, (uint64_t)h->size, 8);
	memcpy(to + AT_RECOVERY, h->recovery, sizeof(h->recovery));
	memcpy(to + AT_BOX, h->box, sizeof(h->box));
	memcpy(to + AT_STREAM, h->stream, sizeof(h->stream));
}

static void
take_heading(struct mr_backup_heading *h)
{
	const unsigned char *from = h->raw;

	memcpy(h->office, from + AT_OFFICE, sizeof(h->office));
	h->site = (int64_t)mr_get_number(from + AT_SITE, 8);
	h->at = (int64_t)mr_get_number(from + AT_TIME, 8);
	h->schema = (int64_t)mr_get_number(from + AT_SCHEMA, 8);
	h->last = (int64_t)mr_get_number(from + AT_LAST, 8);
	memcpy(h->hash, from + AT_HASH, sizeof(h->hash));
	h->size = (int64_t)mr_get_number(from + AT_SIZE, 8);
	memcpy(h->recovery, from + AT_RECOVERY, sizeof(h->recovery));
	memcpy(h->box, from + AT_BOX, sizeof(h->box));
	memcpy(h->stream, from + AT_STREAM, sizeof(h->stream));
}

enum mr_status
mr_backup_read(int fd, struct mr_backup_heading *h, struct mr_error *error)
{
	ssize_t n = mr_read_all(fd, h->raw, sizeof(h->raw));

	if (n < 0)
		return read_fault(error);
	if (n < (ssize_t)sizeof(h->raw) ||
	    memcmp(h->raw, MAGIC, sizeof(MAGIC) - 1) != 0)
		return mr_error(error, MR_INVALID,
		    "this file is no backup of Mailroom, or it was cut short; "
		    "their names begin with mailroom- and end with .backup");
	if (mr_get_number(h->raw + AT_FORMAT, 4) != MR_BACKUP_FORMAT ||
	    mr_get_number(h->raw + AT_CHUNK, 4) != MR_BACKUP_CHUNK)
		return mr_error(error, MR_NEWER,
		    "this backup was made by another version of Mailroom; "
		    "install the newest and try again");
	take_heading(h);
	return MR_OK;
}

/* The box with the file's key, into the heading. */
static enum mr_status
seal_key(struct mr_backup_heading *h, const unsigned char *key,
    struct mr_error *error)
{
	struct mr_about what = about(h);
	unsigned char plain[MR_BOX_HEAD + MR_BACKUP_KEY];
	int failed;

	memcpy(plain + MR_BOX_HEAD, key, MR_BACKUP_KEY);
	failed = mr_box_seal(&what, h->recovery, plain, sizeof(plain), h->box);
	sodium_memzero(plain, sizeof(plain));
	if (failed)
		return mr_error(error, MR_DAMAGED,
		    "the recovery key in the site row is none, so nothing can "
		    "be sealed to it; run 'mailroom audit verify'");
	return MR_OK;
}

enum mr_status
mr_backup_key(const struct mr_backup_heading *h,
    const unsigned char recovery[32], unsigned char key[MR_BACKUP_KEY],
    struct mr_error *error)
{
	struct mr_about what = about(h);
	unsigned char plain[MR_BOX_HEAD + MR_BACKUP_KEY], public[32];
	int failed;

	crypto_scalarmult_base(public, recovery);
	if (memcmp(public, h->recovery, sizeof(public)) != 0)
		return mr_error(error, MR_REFUSED,
		    "these nine groups are a recovery sheet, but not the one "
		    "of the office that made this backup");
	failed =
	    mr_box_open(&what, public, recovery, h->box, sizeof(h->box), plain);
	if (!failed)
		memcpy(key, plain + MR_BOX_HEAD, MR_BACKUP_KEY);
	sodium_memzero(plain, sizeof(plain));
	if (failed)
		return mr_error(error, MR_DAMAGED,
		    "the heading of this backup was changed or is damaged; "
		    "take another one, the day before perhaps");
	return MR_OK;
}

static void
begin_hashes(struct flow *f, const struct mr_backup_heading *h)
{
	crypto_generichash(f->about, 32, h->raw, sizeof(h->raw), NULL, 0);
	crypto_generichash_init(&f->digest, NULL, 0, 32);
	crypto_generichash_init(&f->plain, NULL, 0, 32);
	crypto_generichash_update(&f->digest, h->raw, sizeof(h->raw));
}

static void
end_hashes(struct flow *f, unsigned char digest[32], unsigned char plain[32])
{
	crypto_generichash_final(&f->digest, digest, 32);
	crypto_generichash_final(&f->plain, plain, 32);
}

/* The chunk at f->clear; the last one is short, or empty. */
static int
seal_chunk(struct flow *f, int to, size_t n, int last)
{
	crypto_generichash_update(&f->plain, f->clear, n);
	crypto_secretstream_xchacha20poly1305_push(&f->cipher, f->sealed, NULL,
	    f->clear, n, f->about, sizeof(f->about), last ? FINAL : 0);
	crypto_generichash_update(&f->digest, f->sealed, n + EXTRA);
	return mr_write_all(to, f->sealed, n + EXTRA);
}

static enum mr_status
seal_all(struct flow *f, int from, int to, const struct mr_backup_heading *h,
    mr_backup_step step, void *arg, struct mr_error *error)
{
	int64_t done = 0;
	ssize_t n;
	int last;

	do {
		n = mr_read_all(from, f->clear, sizeof(f->clear));
		if (n < 0)
			return read_fault(error);
		done += n;
		last = n < (ssize_t)sizeof(f->clear);
		if (seal_chunk(f, to, (size_t)n, last) != 0)
			return mr_write_fault("the backup", errno, error);
		if (step != NULL)
			step(arg, done < h->size ? done : h->size, h->size);
	} while (!last);
	if (done != h->size)
		return mr_error(error, MR_IO,
		    "the copy of the database changed while it was sealed");
	return MR_OK;
}

enum mr_status
mr_backup_seal(int from, int to, struct mr_backup_heading *h,
    unsigned char key[MR_BACKUP_KEY], unsigned char digest[32],
    unsigned char plain[32], mr_backup_step step, void *arg,
    struct mr_error *error)
{
	struct flow f;
	enum mr_status status;

	crypto_secretstream_xchacha20poly1305_keygen(key);
	status = seal_key(h, key, error);
	if (status != MR_OK)
		return status;
	crypto_secretstream_xchacha20poly1305_init_push(
	    &f.cipher, h->stream, key);
	put_heading(h);
	begin_hashes(&f, h);
	if (mr_write_all(to, h->raw, sizeof(h->raw)) != 0)
		status = mr_write_fault("the backup", errno, error);
	if (status == MR_OK)
		status = seal_all(&f, from, to, h, step, arg, error);
	end_hashes(&f, digest, plain);
	sodium_memzero(&f, sizeof(f));
	return status;
}

static enum mr_status
changed(struct mr_error *error, int64_t done)
{
	return mr_error(error, MR_DAMAGED,
	    "this backup was changed, cut short or is damaged (after byte "
	    "%lld of its database): nothing of it is used; take another one",
	    (long long)done);
}

/* One chunk into f->clear; *n is its length, *last whether it ends here. */
static enum mr_status
open_chunk(
    struct flow *f, int fd, int64_t done, ssize_t *n, struct mr_error *error)
{
	unsigned char tag = 0;
	int last;

	*n = mr_read_all(fd, f->sealed, sizeof(f->sealed));
	if (*n < 0)
		return read_fault(error);
	last = *n < (ssize_t)sizeof(f->sealed);
	if (*n < (ssize_t)EXTRA ||
	    crypto_secretstream_xchacha20poly1305_pull(&f->cipher, f->clear,
		NULL, &tag, f->sealed, (unsigned long long)*n, f->about,
		sizeof(f->about)) != 0 ||
	    (tag == FINAL) != last || (tag != FINAL && tag != 0))
		return changed(error, done);
	crypto_generichash_update(&f->digest, f->sealed, (size_t)*n);
	*n -= (ssize_t)EXTRA;
	crypto_generichash_update(&f->plain, f->clear, (size_t)*n);
	return MR_OK;
}

static enum mr_status
open_all(struct flow *f, int fd, int to, const struct mr_backup_heading *h,
    mr_backup_step step, void *arg, struct mr_error *error)
{
	int64_t done = 0;
	enum mr_status status;
	ssize_t n = 0;

	do {
		status = open_chunk(f, fd, done, &n, error);
		if (status != MR_OK)
			return status;
		if (to >= 0 && mr_write_all(to, f->clear, (size_t)n) != 0)
			return mr_write_fault("the office", errno, error);
		done += n;
		if (step != NULL)
			step(arg, done < h->size ? done : h->size, h->size);
	} while (n == (ssize_t)sizeof(f->clear));
	return done == h->size ? MR_OK : changed(error, done);
}

enum mr_status
mr_backup_open(int fd, const struct mr_backup_heading *h,
    const unsigned char key[MR_BACKUP_KEY], int to, unsigned char digest[32],
    unsigned char plain[32], mr_backup_step step, void *arg,
    struct mr_error *error)
{
	struct flow f;
	enum mr_status status;

	if (crypto_secretstream_xchacha20poly1305_init_pull(
		&f.cipher, h->stream, key) != 0)
		return changed(error, 0);
	begin_hashes(&f, h);
	status = open_all(&f, fd, to, h, step, arg, error);
	end_hashes(&f, digest, plain);
	sodium_memzero(&f, sizeof(f));
	return status;
}
