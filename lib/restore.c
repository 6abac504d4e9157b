/* An office out of a backup.  See restore.h. */
#include "lib/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/audit.h"
#include "lib/backup_file.h"
#include "lib/file.h"
#include "lib/handle.h"
#include "lib/newdir.h"
#include "lib/recovery.h"
#include "lib/site.h"

/* One restore. */
struct restoring {
	const struct mr_restore *in;
	struct mr_restored *out;
	struct mr_error *error;
	struct mr_backup_heading heading;
	char folder[MR_NEWDIR_SIZE]; /* beside the one asked for */
	unsigned char digest[32];    /* of the backup */
	unsigned char recovery[32], key[MR_BACKUP_KEY];
	int fd;
};

/* The file and its heading.  *fd is the caller's to close. */
static enum mr_status
open_backup(const char *file, int *fd, struct mr_backup_heading *heading,
    struct mr_backup_about *about, struct mr_error *error)
{
	enum mr_status status;

	*fd = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (*fd < 0)
		return mr_error(error,
		    errno == ENOENT || errno == ENOTDIR ? MR_NOTFOUND : MR_IO,
		    "%.300s cannot be read: %s", file, strerror(errno));
	status = mr_backup_read(*fd, heading, error);
	if (status != MR_OK)
		return status;
	mr_office_spell(heading->office, about->office);
	about->at = heading->at;
	about->last = MR_SEQ(heading->last);
	about->size = heading->size;
	return MR_OK;
}

enum mr_status
mr_backup_look(
    const char *file, struct mr_backup_about *about, struct mr_error *error)
{
	struct mr_backup_heading heading;
	enum mr_status status;
	int fd = -1;

	status = open_backup(file, &fd, &heading, about, error);
	if (fd >= 0)
		close(fd);
	return status;
}

/* The typed words to the file's key. */
static enum mr_status
read_words(struct restoring *r)
{
	struct mr_call c = {.error = r->error};
	enum mr_status status = mr_recovery_read(&c, r->in->words, r->recovery);

	return status == MR_OK
	    ? mr_backup_key(&r->heading, r->recovery, r->key, r->error)
	    : status;
}

static void
step(void *arg, int64_t done, int64_t total)
{
	struct restoring *r = arg;

	if (r->in->progress != NULL)
		r->in->progress(r->in->arg, "bytes opened", done, total);
}

static enum mr_status
write_database(struct restoring *r)
{
	char path[MR_NEWDIR_SIZE + 64];
	unsigned char plain[32];
	enum mr_status status;
	int to;

	snprintf(path, sizeof(path), "%s/mailroom.db", r->folder);
	to = open(
	    path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (to < 0)
		return mr_write_fault("the office", errno, r->error);
	status = mr_backup_open(r->fd, &r->heading, r->key, to, r->digest,
	    plain, step, r, r->error);
	if (status == MR_OK && fsync(to) != 0)
		status = mr_write_fault("the office", errno, r->error);
	close(to);
	return status;
}

static void
hear_nothing(void *arg, const char *what)
{
	(void)arg, (void)what;
}

/* Is the database the one of the heading, to its last event? */
static enum mr_status
check_head(struct restoring *r, struct mr_call *c)
{
	unsigned char hash[32];
	int64_t last = 0;
	enum mr_status status = mr_begin(c, 0);

	if (status != MR_OK)
		return status;
	status = mr_head_load(c);
	mr_event_head(c, &last, hash);
	mr_end(c, MR_OK);
	if (status != MR_OK)
		return status;
	if (memcmp(c->site->office, r->heading.office, 16) == 0 &&
	    last == r->heading.last &&
	    memcmp(hash, r->heading.hash, sizeof(hash)) == 0)
		return MR_OK;
	return mr_fail(c, MR_DAMAGED,
	    "the database in this backup is not the one that its heading "
	    "names; take another backup");
}

/* The key file comes out of the database, by the same words. */
static enum mr_status
write_keys(struct restoring *r)
{
	char site[24];
	struct mr_options options = {
	    .dir = r->folder, .no_keys = 1, .site = site};
	struct mr_bundle bundle;
	struct mr *mr = NULL;
	enum mr_status status;
	struct mr_call *c;

	snprintf(site, sizeof(site), "%lld", (long long)r->heading.site);
	status = mr_open(&options, &mr, r->error);
	if (status != MR_OK)
		return status;
	status = sql_quick_check(mr->db, hear_nothing, NULL);
	c = mr_call_start(mr, r->in->now, r->error);
	if (status != MR_OK)
		status = mr_fail(c, status,
		    "the database in this backup is damaged; take another "
		    "backup");
	if (status == MR_OK)
		status = check_head(r, c);
	if (status == MR_OK)
		status = mr_recovery_open(c, r->recovery, &bundle);
	if (status == MR_OK)
		status = mr_recovery_restore(c, &bundle);
	sodium_memzero(&bundle, sizeof(bundle));
	mr_call_end(c);
	mr_close(mr);
	return status;
}

/* What the old machine did of itself, and which mailroomd ran there, says
 * nothing of this one. */
static enum mr_status
forget_machine(struct mr_call *c)
{
	enum mr_status status =
	    sql_done(sql_prepare(c, SQL_SCAN "DELETE FROM job"));

	return status == MR_OK
	    ? sql_done(sql_prepare(c, SQL_SCAN "DELETE FROM instance"))
	    : status;
}

/* All sites of the file lost the same days. */
static enum mr_status
make_gaps(struct mr_call *c, int64_t letters, int64_t *width)
{
	struct mr_sites *sites;
	struct mr_site place;
	int64_t ignored;
	enum mr_status status = mr_sites_load(c, &sites);

	for (int i = 0; status == MR_OK && i < sites->n; i++) {
		int own = sites->at[i].id == c->mr->site.id;

		mr_site_as(c, sites->at[i].id, &place);
		status = mr_gaps_load(c);
		if (status == MR_OK)
			status =
			    mr_gaps_make(c, letters, own ? width : &ignored);
		mr_site_back(c);
	}
	return status == MR_OK ? mr_gaps_load(c) : status;
}

static enum mr_status
write_down(struct restoring *r, struct mr_call *c)
{
	int64_t width = 0, checkpoint,
		letters = r->in->letters > 0 ? r->in->letters : MR_GAP_LETTERS;
	enum mr_status status = make_gaps(c, letters, &width);
	struct mr_field fields[] = {
	    {MR_F_HASH, 0, r->digest, sizeof(r->digest)},
	    {MR_F_HEAD, 0, r->heading.hash, sizeof(r->heading.hash)},
	    {MR_F_VALUE, MR_SEQ(r->heading.last), NULL, 0},
	    {MR_F_COUNT, width, NULL, 0}, {MR_F_END, 0, NULL, 0}};

	r->out->width = width;
	r->out->number = MR_GAP_NUMBERS;
	if (status == MR_OK)
		status = forget_machine(c);
	if (status == MR_OK)
		status = mr_event_note(c, MR_SITE, c->site->id, fields);
	if (status == MR_OK)
		status = mr_checkpoint(c, &checkpoint);
	return status;
}

static int
say_nothing(void *to, const void *bytes, size_t len)
{
	(void)to, (void)bytes, (void)len;
	return 0;
}

/* What it finds is told, and the office is restored all the same: it may be
 * the last that there is. */
static enum mr_status
audit(struct restoring *r, struct mr *mr)
{
	const struct mr_audit_paper no_paper = {NULL, 0};
	struct mr_call *c = mr_call_start(mr, r->in->now, &r->out->found);
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;
	enum mr_status status = MR_NOMEM;

	c->progress = r->in->progress;
	c->progress_arg = r->in->arg;
	if (arena != NULL)
		out = mr_out_json(arena, say_nothing, NULL, NULL);
	if (out != NULL)
		status = mr_begin(c, 0);
	if (status == MR_OK) {
		status = mr_audit_verify(c, &no_paper, out);
		mr_end(c, MR_OK);
	}
	r->out->sound = status == MR_OK;
	mr_call_end(c);
	mr_arena_free(arena);
	if (status == MR_OK || status == MR_DAMAGED)
		return MR_OK;
	return mr_error(r->error, status, "%s", r->out->found.message);
}

static enum mr_status
make_ours(struct restoring *r)
{
	struct mr_options options = {.dir = r->folder};
	struct mr *mr = NULL;
	enum mr_status status = mr_open(&options, &mr, r->error);
	struct mr_call *c;

	if (status != MR_OK)
		return status;
	c = mr_call_start(mr, r->in->now, r->error);
	c->op = MR_OP_RESTORE;
	c->station = 0;
	snprintf(r->out->name, sizeof(r->out->name), "%s", c->site->name);
	status = mr_begin(c, 1);
	if (status == MR_OK)
		status = mr_end(c, write_down(r, c));
	mr_call_end(c);
	if (status == MR_OK)
		status = audit(r, mr);
	mr_close(mr);
	return status;
}

enum mr_status
mr_office_restore(const struct mr_restore *in, struct mr_restored *out,
    struct mr_error *error)
{
	struct restoring r = {.in = in, .out = out, .error = error, .fd = -1};
	enum mr_status status;

	memset(out, 0, sizeof(*out));
	if (sodium_init() < 0)
		return mr_error(error, MR_BUG, "libsodium does not start");
	status = open_backup(in->file, &r.fd, &r.heading, &out->about, error);
	if (status == MR_OK && !in->check)
		status = mr_newdir_check(in->dir, error);
	if (status == MR_OK)
		status = read_words(&r);
	if (status == MR_OK)
		status = mr_newdir_make(in->dir, r.folder, error);
	if (status == MR_OK)
		status = write_database(&r);
	if (status == MR_OK)
		status = write_keys(&r);
	if (status == MR_OK)
		status = make_ours(&r);
	if (status == MR_OK && !in->check)
		status = mr_newdir_appear(r.folder, in->dir, error);
	mr_newdir_remove(r.folder);
	if (r.fd >= 0)
		close(r.fd);
	sodium_memzero(&r, sizeof(r));
	return status;
}
