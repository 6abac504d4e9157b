/* Making a backup: copy, check, seal, compare, name.  See backup.h. */
#include "lib/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/audit.h"
#include "lib/backup_file.h"
#include "lib/backup_keep.h"
#include "lib/file.h"
#include "lib/handle.h"
#include "lib/tongue.h"

#define SCRATCH "backup.scratch"
#define PATH_SIZE 4096

static const char *standard_folder;

/* One backup on its way. */
struct backup {
	struct mr_call *c;
	struct mr_backup_made *made;
	struct mr_backup_heading heading;
	char scratch[PATH_SIZE], folder[PATH_SIZE];
	char path[PATH_SIZE], aside[PATH_SIZE]; /* its name, and for now */
	unsigned char key[MR_BACKUP_KEY];
};

void
mr_backup_folder(const char *dir)
{
	standard_folder = dir;
}

static int
remove_scratch(const char *dir)
{
	static const char *const names[] = {
	    SCRATCH, SCRATCH "-journal", SCRATCH "-wal", SCRATCH "-shm"};
	char path[PATH_SIZE];
	int failed = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		failed |= mr_wipe_file(path);
	}
	return failed;
}

/* One at a time: the lock lies on the office's folder.  -1: errno. */
static int
take_lock(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), why;

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	why = errno;
	close(fd);
	errno = why;
	return -1;
}

int
mr_backup_clean(const char *office_dir)
{
	int lock = take_lock(office_dir), failed;

	/* Somebody else's, who is at it. */
	if (lock < 0 && errno == EWOULDBLOCK)
		return 0;
	failed = remove_scratch(office_dir);
	if (lock >= 0)
		close(lock);
	return failed;
}

static enum mr_status
lock_fault(struct mr_call *c)
{
	if (errno == EWOULDBLOCK)
		return mr_fail(c, MR_BUSY,
		    "a backup is being made right now; wait until it is done");
	return mr_fail(c, MR_IO, "the office's folder cannot be opened: %s",
	    strerror(errno));
}

/* The folder, which is made where it is the standard one. */
static enum mr_status
find_folder(struct backup *b, const char *folder)
{
	struct mr_call *c = b->c;
	struct stat st;
	int n;

	if (folder == NULL)
		folder = standard_folder;
	if (folder != NULL)
		n = snprintf(b->folder, sizeof(b->folder), "%s", folder);
	else
		n = snprintf(
		    b->folder, sizeof(b->folder), "%s/backups", c->mr->dir);
	if (n >= (int)sizeof(b->folder) - MR_BACKUP_NAME - 8)
		return mr_fail(
		    c, MR_USAGE, "the name of the backup folder is too long");
	if (folder == NULL && mkdir(b->folder, 0700) != 0 && errno != EEXIST)
		return mr_write_fault("the folder of backups", errno, c->error);
	if (stat(b->folder, &st) == 0 && S_ISDIR(st.st_mode))
		return MR_OK;
	return mr_fail(c, MR_NOTFOUND,
	    "the folder for backups is not there: %.300s; is the disk plugged "
	    "in?",
	    b->folder);
}

/* Sealed to whoever wrote their key there, a backup would be theirs. */
static enum mr_status
load_recovery(struct backup *b)
{
	struct mr_call *c = b->c;
	enum mr_status status = mr_row_proved(c, MR_SITE, c->site->id);
	struct sql_stmt *st;
	const void *bytes;
	size_t len = 0;

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "SELECT recovery_public FROM site "
	    "WHERE id = :id");
	sql_int(st, ":id", c->site->id);
	if (sql_row(st)) {
		bytes = sql_col_blob(st, 0, &len);
		if (len == sizeof(b->heading.recovery))
			memcpy(b->heading.recovery, bytes, len);
	}
	status = sql_done(st);
	if (status == MR_OK && len != sizeof(b->heading.recovery))
		return mr_fail(c, MR_DAMAGED,
		    "the site row holds no recovery key; run 'mailroom audit "
		    "verify'");
	return status;
}

/* An empty file of ours alone first, for the engine would ask the umask. */
static enum mr_status
copy(struct backup *b)
{
	struct mr_call *c = b->c;
	int fd = open(b->scratch,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	enum mr_status status;

	if (fd < 0)
		return mr_write_fault(
		    "a copy of the database", errno, c->error);
	close(fd);
	status = sql_copy(c->mr->db, b->scratch);
	if (status == MR_FULL || status == MR_IO)
		return mr_fail(c, status,
		    "there is no room beside the database for a copy of it, "
		    "or the disk refuses; no backup was made, and the older "
		    "ones are kept");
	return status == MR_OK
	    ? MR_OK
	    : mr_fail(c, status, "%s", mr_say(sql_message(c->mr->db)));
}

static int
say_nothing(void *to, const void *bytes, size_t len)
{
	(void)to, (void)bytes, (void)len;
	return 0;
}

static void
hear_nothing(void *arg, const char *what)
{
	(void)arg, (void)what;
}

/* The audit of the copy.  MR_DAMAGED is an answer, not a failure. */
static enum mr_status
audit(struct backup *b, struct mr *mr)
{
	const struct mr_audit_paper no_paper = {NULL, 0};
	struct mr_call *c = mr_call_start(mr, b->c->now, b->c->error);
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;
	enum mr_status status = MR_NOMEM;

	c->progress = b->c->progress;
	c->progress_arg = b->c->progress_arg;
	if (arena != NULL)
		out = mr_out_json(arena, say_nothing, NULL, NULL);
	if (out != NULL)
		status = mr_begin(c, 0);
	if (status == MR_OK) {
		status = mr_audit_verify(c, &no_paper, out);
		mr_event_head(c, &b->heading.last, b->heading.hash);
		b->made->sound = status == MR_OK;
		mr_end(c, MR_OK);
	}
	mr_call_end(c);
	mr_arena_free(arena);
	return status == MR_DAMAGED ? MR_OK : status;
}

/* Is the copy a database, whole, and does its chain hold? */
static enum mr_status
look_at_copy(struct backup *b)
{
	char url[PATH_SIZE + 16], site[24];
	struct mr_options options = {
	    .dir = b->c->mr->dir, .readonly = 1, .no_keys = 1, .site = site};
	struct mr *mr = NULL;
	enum mr_status status;

	/* The scheme of the database that it is a copy of. */
	snprintf(url, sizeof(url), "%.*s%s",
	    (int)strcspn(b->c->mr->url, ":") + 1, b->c->mr->url, b->scratch);
	snprintf(site, sizeof(site), "%lld", (long long)b->c->site->id);
	options.db = url;
	status = mr_open(&options, &mr, b->c->error);
	if (status == MR_OK)
		status = sql_quick_check(mr->db, hear_nothing, NULL);
	if (status == MR_OK)
		status = sql_version(mr->db, &b->heading.schema);
	if (status != MR_OK)
		status = mr_fail(b->c, status,
		    "the copy of the database that was to be sealed is not "
		    "sound, so no backup was made; run 'mailroom office "
		    "check'");
	else
		status = audit(b, mr);
	mr_close(mr);
	return status;
}

static void
step_sealed(void *arg, int64_t done, int64_t total)
{
	mr_progress(arg, "bytes sealed", done, total);
}

static void
step_compared(void *arg, int64_t done, int64_t total)
{
	mr_progress(arg, "bytes compared", done, total);
}

/* Seal the copy into the file under its temporary name, and onto the disk. */
static enum mr_status
seal(struct backup *b, int from, int to, unsigned char plain[32])
{
	struct mr_backup_heading *h = &b->heading;
	struct mr_call *c = b->c;
	enum mr_status status;
	struct stat st;

	if (fstat(from, &st) != 0)
		return mr_fail(
		    c, MR_IO, "the copy cannot be read: %s", strerror(errno));
	memcpy(h->office, c->site->office, sizeof(h->office));
	h->site = c->site->id;
	h->at = c->now;
	h->size = st.st_size;
	status = mr_backup_seal(from, to, h, b->key, b->made->digest, plain,
	    step_sealed, c, c->error);
	if (status == MR_OK && fsync(to) != 0)
		status = mr_write_fault("the backup", errno, c->error);
	if (status == MR_OK && fstat(to, &st) == 0)
		b->made->size = st.st_size;
	return status;
}

/* Read it back while its key is still here: does it open, and to the same? */
static enum mr_status
compare(struct backup *b, const unsigned char plain[32])
{
	unsigned char digest[32], opened[32];
	struct mr_backup_heading heading;
	struct mr_call *c = b->c;
	enum mr_status status;
	int fd = open(b->aside, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return mr_fail(
		    c, MR_IO, "the backup cannot be read: %s", strerror(errno));
	/* From the disk, not from memory, where that can be had. */
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	status = mr_backup_read(fd, &heading, c->error);
	if (status == MR_OK)
		status = mr_backup_open(fd, &heading, b->key, -1, digest,
		    opened, step_compared, c, c->error);
	close(fd);
	if (status == MR_OK && memcmp(digest, b->made->digest, 32) == 0 &&
	    memcmp(opened, plain, 32) == 0)
		return MR_OK;
	return mr_fail(c, MR_IO,
	    "the backup that was written does not read back the same; the "
	    "disk it lies on is not to be trusted: take another one");
}

/* From the copy to a whole file that has its name. */
static enum mr_status
write_file(struct backup *b)
{
	struct mr_call *c = b->c;
	unsigned char plain[32];
	int from, to = -1;
	enum mr_status status = MR_IO;

	from = open(b->scratch, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (from >= 0)
		to = open(b->aside,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (to < 0)
		status = mr_write_fault("the backup", errno, c->error);
	else
		status = seal(b, from, to, plain);
	if (to >= 0)
		close(to);
	if (from >= 0)
		close(from);
	if (status == MR_OK)
		status = compare(b, plain);
	if (status == MR_OK && rename(b->aside, b->path) != 0)
		status = mr_write_fault("the backup", errno, c->error);
	if (status != MR_OK && to >= 0)
		unlink(b->aside);
	if (status == MR_OK && mr_sync_folder(b->folder) != 0)
		status = mr_write_fault("the backup", errno, c->error);
	sodium_memzero(b->key, sizeof(b->key));
	return status;
}

static void
name_it(struct backup *b)
{
	mr_backup_name(b->c->now, b->folder, b->made->name);
	snprintf(
	    b->path, sizeof(b->path), "%.4000s/%s", b->folder, b->made->name);
	snprintf(b->aside, sizeof(b->aside), "%.4000s/%s.new", b->folder,
	    b->made->name);
	snprintf(
	    b->scratch, sizeof(b->scratch), "%.4000s/" SCRATCH, b->c->mr->dir);
}

enum mr_status
mr_backup_make(
    struct mr_call *c, const char *folder, struct mr_backup_made *made)
{
	struct backup *b = mr_alloc(c->arena, sizeof(*b));
	enum mr_status status;
	int lock;

	memset(made, 0, sizeof(*made));
	if (b == NULL)
		return mr_nomem(c);
	b->c = c;
	b->made = made;
	made->at = c->now;
	if (!sql_is_file(c->mr->db))
		return mr_fail(c, MR_REFUSED,
		    "an office on a database server is backed up by that "
		    "server's own means; docs/engines.md names them");
	status = find_folder(b, folder);
	if (status != MR_OK)
		return status;
	lock = take_lock(c->mr->dir);
	if (lock < 0)
		return lock_fault(c);
	/* A name that is free now is free until the lock goes. */
	name_it(b);
	(void)remove_scratch(c->mr->dir);
	mr_backup_tidy(b->folder, c->site->office);
	status = load_recovery(b);
	if (status == MR_OK)
		status = copy(b);
	if (status == MR_OK)
		status = look_at_copy(b);
	if (status == MR_OK)
		status = write_file(b);
	if (remove_scratch(c->mr->dir) != 0 && status == MR_OK)
		status = mr_fail(c, MR_IO,
		    "the backup was made, but the copy of the database that "
		    "it was made from cannot be removed: delete %s "
		    "in the office's folder",
		    SCRATCH);
	made->last = MR_SEQ(b->heading.last);
	memcpy(made->head, b->heading.hash, sizeof(made->head));
	if (status == MR_OK && made->sound)
		status =
		    mr_backup_retire(c, b->folder, made->name, &made->removed);
	close(lock);
	return status;
}

enum mr_status
mr_backup_note(struct mr_call *c, const struct mr_backup_made *made)
{
	struct mr_field fields[] = {
	    {MR_F_TEXT, 0, made->name, strlen(made->name)},
	    {MR_F_HASH, 0, made->digest, sizeof(made->digest)},
	    {MR_F_HEAD, 0, made->head, sizeof(made->head)},
	    {MR_F_VALUE, made->last, NULL, 0},
	    {MR_F_COUNT, made->size, NULL, 0},
	    {MR_F_SAME, made->sound, NULL, 0},
	    {MR_F_CHANGED, made->removed, NULL, 0}, {MR_F_END, 0, NULL, 0}};

	return mr_event_note(c, MR_SITE, c->site->id, fields);
}

enum mr_status
mr_backup_daily(struct mr *mr, int64_t now, struct mr_backup_made *made,
    struct mr_error *error)
{
	struct mr_call *c = mr_call_start(mr, now, error);
	enum mr_status status;

	c->op = MR_OP_BACKUP;
	c->station = 0;
	status = mr_backup_make(c, NULL, made);
	if (status == MR_OK)
		status = mr_begin(c, 1);
	if (status == MR_OK)
		status = mr_end(c, mr_backup_note(c, made));
	mr_call_end(c);
	return status;
}

enum mr_status
mr_backup_newest(struct mr_call *c, int64_t *at, int64_t *event)
{
	struct mr_event e = {.before = 0};
	enum mr_status status;
	struct sql_stmt *st;
	struct mr_mark mark;

	*at = *event = 0;
	st = sql_prepare(c,
	    "SELECT event FROM site "
	    "WHERE id = :id");
	sql_int(st, ":id", c->site->id);
	status = sql_done_int(st, &e.before);
	/* The events of the site: backups, a rekey, a recovery now and then. */
	while (status == MR_OK && e.before != 0) {
		mark = mr_mark(c->arena);
		status = mr_event_load(c, e.before, &e);
		mr_release(c->arena, mark);
		if (status != MR_OK || e.dropped)
			break;
		if (e.op != MR_OP_BACKUP)
			continue;
		*at = e.at;
		*event = e.id;
		break;
	}
	return status;
}
