/*
 * Opening an office, and the unit of work: arena, clock, transaction.  The
 * only place that says BEGIN and COMMIT for a noun.
 */
#include "lib/mailroom.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/again.h"
#include "lib/due.h"
#include "lib/handle.h"
#include "lib/migrate.h"
#include "lib/site.h"
#include "lib/tongue.h"
#include "lib/when.h"

static const struct {
	unsigned role;
	const char *name;
} roles[] = {
    {MR_VOLUNTEER, "volunteer"},
    {MR_STAFF, "staff"},
    {MR_COORDINATOR, "coordinator"},
    {MR_ADMIN, "admin"},
};

const char *
mr_role_name(unsigned role)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (roles[i].role == role)
			return roles[i].name;
	return NULL;
}

unsigned
mr_role_of(const char *name)
{
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (strcmp(roles[i].name, name) == 0)
			return roles[i].role;
	return 0;
}

void *
mr_calloc(size_t n)
{
	return calloc(1, n);
}

char *
mr_cstrdup(const char *s)
{
	return strdup(s);
}

void
mr_cfree(void *p, size_t n)
{
	if (p != NULL)
		sodium_memzero(p, n);
	free(p);
}

static enum mr_status
keep_error(struct mr_error *error, enum mr_status status, const char *format,
    va_list ap)
{
	if (error != NULL) {
		error->status = status;
		vsnprintf(
		    error->message, sizeof(error->message), mr_say(format), ap);
	}
	return status;
}

enum mr_status
mr_error(struct mr_error *error, enum mr_status status, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	keep_error(error, status, format, ap);
	va_end(ap);
	return status;
}

enum mr_status
mr_fail(struct mr_call *c, enum mr_status status, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	keep_error(c->error, status, format, ap);
	va_end(ap);
	return status;
}

enum mr_status
mr_nomem(struct mr_call *c)
{
	return mr_fail(c, MR_NOMEM, "memory ran out; nothing was changed");
}

void
mr_progress(struct mr_call *c, const char *what, int64_t done, int64_t total)
{
	if (c->progress != NULL)
		c->progress(c->progress_arg, what, done, total);
}

struct sql *
mr_call_db(struct mr_call *c)
{
	return c->mr->db;
}

/* Without printf: every row of a list shows some. */
static const char *
short_id(struct mr_call *c, char letter, long long count)
{
	char text[24], *at = text + sizeof(text);

	*--at = '\0';
	do
		*--at = (char)('0' + count % 10);
	while ((count /= 10) > 0);
	*--at = letter;
	return mr_strdup(c->arena, at);
}

const char *
mr_show_id(struct mr_call *c, char letter, int64_t id)
{
	long long site = (long long)(id >> MR_SITE_SHIFT);
	long long count = (long long)MR_SEQ(id);
	const char *s;

	if (site == 0)
		s = short_id(c, letter, count);
	else
		s = mr_printf(c->arena, "%c%lld.%lld", letter, site, count);
	return s != NULL ? s : "";
}

static const char *
read_number(const char *s, int64_t limit, int64_t *n)
{
	const char *start = s;

	for (*n = 0; *s >= '0' && *s <= '9'; s++) {
		*n = *n * 10 + (*s - '0');
		if (*n >= limit)
			return NULL;
	}
	return s > start ? s : NULL;
}

int
mr_read_id(const char *text, char letter, int64_t *id)
{
	int64_t site = 0, count = 0;
	const char *s = text;

	if (*s != letter && *s != letter + ('a' - 'A'))
		return 0;
	s = read_number(s + 1, INT64_C(1) << MR_SITE_SHIFT, &count);
	if (s != NULL && *s == '.') {
		site = count;
		s = read_number(s + 1, INT64_C(1) << MR_SITE_SHIFT, &count);
	}
	if (s == NULL || *s != '\0' || site > 63 || count == 0)
		return 0;
	*id = site << MR_SITE_SHIFT | count;
	return 1;
}

/* One day serves every call until midnight. */
static int64_t
day_of(struct mr *mr, int64_t now)
{
	if (now < mr->day_from || now >= mr->day_to) {
		mr->day = mr_day_of(now);
		mr->day_from = mr_day_start(mr->day);
		mr->day_to = mr_day_start(mr->day + 1);
	}
	return mr->day;
}

struct mr_call *
mr_call_start(struct mr *mr, int64_t now, struct mr_error *error)
{
	struct mr_call *c = &mr->call;

	memset(c, 0, sizeof(*c));
	mr_arena_reset(mr->arena);
	mr_arena_reset(mr->tape);
	c->mr = mr;
	c->arena = mr->arena;
	c->error = error;
	c->site = &mr->site;
	c->keys = mr->keys;
	c->vault = mr->vault;
	c->station = 'A';
	c->now = now != 0 ? now : mr_now();
	if (mr->site.zone != NULL && mr_zone_set(mr->site.zone) == 0)
		c->today = day_of(mr, c->now);
	return c;
}

void
mr_call_end(struct mr_call *c)
{
	mr_arena_reset(c->arena);
	mr_arena_reset(c->mr->tape);
}

enum mr_status
mr_begin(struct mr_call *c, int write)
{
	struct mr *mr = c->mr;
	enum mr_status status;

	if (write && mr->readonly)
		return mr_fail(
		    c, MR_READONLY, "this office was opened for reading only");
	status = sql_begin(mr->db, write);
	if (status != MR_OK)
		return mr_fail(c, status, "%s", mr_say(sql_message(mr->db)));
	if (write)
		status = mr_head_load(c);
	if (status != MR_OK) {
		sql_rollback(mr->db);
		mr->head.id = -1; /* half of it may have been read */
	}
	mr->began = mr->head.id;
	return status;
}

enum mr_status
mr_end(struct mr_call *c, enum mr_status status)
{
	struct mr *mr = c->mr;
	enum mr_status kept;

	if (status != MR_OK && status != MR_STOP) {
		sql_rollback(mr->db);
		mr->head.id = -1; /* what was appended is gone: read again */
		return status;
	}
	kept = sql_commit(mr->db);
	if (kept == MR_UNCERTAIN) {
		kept = mr_was_kept(c);
		if (kept != MR_OK)
			mr->head.id = -1;
		return kept == MR_OK ? status : kept;
	}
	if (kept == MR_OK)
		return status;
	mr->head.id = -1;
	return mr_fail(c, kept, "%s", mr_say(sql_message(mr->db)));
}

static enum mr_status
open_database(
    struct mr *mr, const struct mr_options *options, struct mr_error *error)
{
	struct sql_options how = {
	    .readonly = options->readonly,
	    .check_scans = options->check_scans,
	    .busy_ms = options->busy_ms > 0 ? options->busy_ms : 5000,
	    .no_checkpoint = options->no_checkpoint,
	};
	const char *url = options->db;
	struct mr_again again = {0};
	char path[4096];
	enum mr_status status;

	if (url == NULL) {
		if ((size_t)snprintf(path, sizeof(path),
			"sqlite:%s/mailroom.db", options->dir) >= sizeof(path))
			return mr_error(
			    error, MR_USAGE, "the folder's name is too long");
		if (access(path + strlen("sqlite:"), F_OK) != 0)
			return mr_error(error, MR_NOTFOUND,
			    "no office in %s: there is no mailroom.db; make "
			    "one with 'mailroom init', or name another folder "
			    "with --office",
			    options->dir);
		url = path;
	}
	mr->check_scans = options->check_scans;
	mr->url = strdup(url);
	if (mr->url == NULL)
		return mr_error(error, MR_NOMEM, "memory ran out");
	do
		status = sql_open(url, &how, &mr->db, error);
	while (mr_again_open(mr, &again, status));
	mr->away = 0;
	if (status == MR_OK)
		status = mr_schema_upgrade(mr->db, error);
	return status;
}

/* Whose office it is stands in every site's row. */
static enum mr_status
read_keys(struct mr_call *c, struct mr_keys **keys)
{
	struct mr *mr = c->mr;
	struct mr_sites *sites;
	char path[4096];
	enum mr_status status = mr_sites_load(c, &sites);

	if (status != MR_OK)
		return status;
	if ((size_t)snprintf(path, sizeof(path), "%s/office.key", mr->dir) >=
	    sizeof(path))
		return mr_fail(c, MR_USAGE, "the folder's name is too long");
	return sites->n == 0
	    ? mr_fail(c, MR_DAMAGED,
		  "the database holds no office; restore the last backup")
	    : mr_keys_read(path, sites->at[0].office, keys, c->error);
}

/* Without keys, a key file that is there may still tell which site it is. */
static enum mr_status
open_keyless(struct mr_call *c, const char *named)
{
	struct mr_error *error = c->error, ignored;
	struct mr_keys *keys = NULL;
	enum mr_status status;

	c->error = &ignored;
	status = named == NULL ? read_keys(c, &keys) : MR_NOTFOUND;
	if (status == MR_OK)
		status = mr_site_choose(c, keys, NULL);
	mr_keys_free(keys);
	c->error = error;
	return status == MR_OK ? MR_OK : mr_site_choose(c, NULL, named);
}

static enum mr_status
open_site(struct mr_call *c, const struct mr_options *options)
{
	enum mr_status status;

	if (options->no_keys)
		return open_keyless(c, options->site);
	status = read_keys(c, &c->mr->keys);
	return status == MR_OK ? mr_site_choose(c, c->mr->keys, NULL) : status;
}

enum mr_status
mr_open(
    const struct mr_options *options, struct mr **out, struct mr_error *error)
{
	struct mr *mr = NULL;
	enum mr_status status = MR_NOMEM;
	struct mr_call *c;

	if (sodium_init() < 0)
		return mr_error(error, MR_BUG, "libsodium does not start");
	mr = mr_calloc(sizeof(*mr));
	if (mr == NULL || (mr->lasting = mr_arena_new(0)) == NULL ||
	    (mr->arena = mr_arena_new(0)) == NULL ||
	    (mr->tape = mr_arena_new(0)) == NULL ||
	    (mr->dir = strdup(options->dir)) == NULL) {
		mr_error(error, MR_NOMEM, "memory ran out");
		goto out;
	}
	mr->readonly = options->readonly;
	mr->patience_ms =
	    options->patience_ms > 0 ? options->patience_ms : MR_PATIENCE_MS;
	status = open_database(mr, options, error);
	if (status != MR_OK)
		goto out;
	c = mr_call_start(mr, 0, error);
	status = open_site(c, options);
	mr_call_end(c);
	if (status != MR_OK)
		goto out;
	/* Not by the first call on it: there may be threads by then. */
	if (mr->site.zone != NULL)
		(void)mr_zone_set(mr->site.zone);
	*out = mr;
	mr = NULL;
out:
	mr_close(mr);
	return status;
}

enum mr_status
mr_reader_open(struct mr *mr, struct mr **out, struct mr_error *error)
{
	struct sql_options how = {
	    .readonly = 1,
	    .check_scans = mr->check_scans,
	    .busy_ms = 5000,
	    .no_checkpoint = 1,
	};
	struct mr *new = NULL;
	enum mr_status status = MR_NOMEM;

	if (mr->url == NULL || strstr(mr->url, ":memory:") != NULL)
		return mr_error(error, MR_REFUSED,
		    "a database in memory has one connection");
	new = mr_calloc(sizeof(*new));
	if (new == NULL || (new->lasting = mr_arena_new(0)) == NULL ||
	    (new->arena = mr_arena_new(0)) == NULL ||
	    (new->tape = mr_arena_new(0)) == NULL) {
		mr_error(error, MR_NOMEM, "memory ran out");
		goto out;
	}
	new->readonly = 1;
	new->site.id = mr->site.id;
	status = sql_open(mr->url, &how, &new->db, error);
	if (status == MR_OK)
		status = mr_site_load(mr_call_start(new, 0, error));
	if (status != MR_OK)
		goto out;
	*out = new;
	new = NULL;
out:
	mr_close(new);
	return status;
}

const char *
mr_office_name(const struct mr *mr)
{
	return mr->site.name;
}

int64_t
mr_office_site(const struct mr *mr)
{
	return mr->site.id;
}

void
mr_close(struct mr *mr)
{
	if (mr == NULL)
		return;
	mr_due_drop(mr);
	mr_vault_close(mr);
	mr_keys_free(mr->keys);
	sql_close(mr->db);
	mr_arena_free(mr->tape);
	mr_arena_free(mr->arena);
	mr_arena_free(mr->lasting);
	if (mr->dir != NULL)
		mr_cfree(mr->dir, strlen(mr->dir));
	if (mr->url != NULL)
		mr_cfree(mr->url, strlen(mr->url));
	mr_cfree(mr, sizeof(*mr));
}
