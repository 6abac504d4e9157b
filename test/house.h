/*
 * A small real office for tests: made by mr_office_init in a folder of its
 * own, opened with the scan check, with people as bare rows (no vault is
 * needed to pair them).  Operations are run by their words, as a front end
 * does; the answer is kept as JSON.
 *
 * $MAILROOM_TEST_DB, a connection string of libpq: every house has a schema of
 * its own in that database instead of a file (schema.h).
 */
#ifndef TEST_HOUSE_H
#define TEST_HOUSE_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/handle.h"
#include "lib/office.h"
#include "lib/op.h"
#include "lib/person.h"
#include "lib/userkey.h"
#include "lib/when.h"
#include "test/schema.h"

#define HOUSE_WORDS 16
#define HOUSE_PASSPHRASE "seven grey geese over the ferry"
#define HOUSE_NOW INT64_C(1795448580000000) /* Mon 2026-11-23, 10:43 in CT */

struct house {
	struct mr *mr;
	char dir[64];
	char db[256];           /* its database on a server; "": in dir */
	char schema[48];        /* and its schema there */
	int64_t now;            /* what the clock says to the next operation */
	const char *user;       /* who acts; NULL: the coordinator */
	const char *request;    /* request key of the next operation */
	const char *csv;        /* bytes of any file parameter */
	size_t csv_len;         /* how many; 0: up to its NUL */
	const char *passphrase; /* to open the vault; NULL: none is given */
	const char *new_passphrase, *words; /* to be chosen; recovery words */
	const char *pin, *new_pin;          /* in force; to be chosen */
	int asked;            /* how often a passphrase was asked for */
	char answer[1 << 18]; /* JSON of the last operation */
	size_t len;
	struct mr_error error; /* and its sentence, when it failed */
	const char *word[HOUSE_WORDS];
	int64_t nextperson;
	int progress;
	struct mr_recovery_sheet sheet;
	int station;          /* 'A' to 'Z'; 0: 'A' */
	const char *language; /* of what is said; NULL: English */
	mr_document document; /* takes what is printed; NULL: an error */
};

static inline int
house_write(void *to, const void *bytes, size_t len)
{
	struct house *h = to;

	if (h->len + len >= sizeof(h->answer))
		return -1;
	memcpy(h->answer + h->len, bytes, len);
	h->len += len;
	h->answer[h->len] = '\0';
	return 0;
}

static inline const char *
house_get(void *arg, const char *name)
{
	struct house *h = arg;

	for (int i = 0; i + 1 < HOUSE_WORDS && h->word[i] != NULL; i += 2)
		if (strcmp(h->word[i], name) == 0)
			return h->word[i + 1];
	return NULL;
}

static inline enum mr_status
house_file(void *arg, const char *place, const char **bytes, size_t *len,
    struct mr_error *error)
{
	struct house *h = arg;

	(void)place;
	(void)error;
	*bytes = h->csv;
	*len = h->csv_len != 0 ? h->csv_len : strlen(h->csv);
	return MR_OK;
}

static inline int
house_passphrase(void *arg, const char *which, char *buf, size_t size)
{
	struct house *h = arg;
	const char *s = strcmp(which, "new") == 0 ? h->new_passphrase
	    : strcmp(which, "recovery") == 0      ? h->words
	    : strcmp(which, MR_ASK_OLD_PIN) == 0  ? h->pin
	    : strcmp(which, MR_ASK_NEW_PIN) == 0  ? h->new_pin
						  : h->passphrase;

	h->asked++;
	if (s == NULL)
		return -1;
	snprintf(buf, size, "%s", s);
	return 0;
}

static inline void
house_progress(void *arg, const char *what, int64_t done, int64_t total)
{
	struct house *h = arg;

	(void)what;
	assert_true(done <= total);
	h->progress++;
}

/* Run an operation: run(h, "pairing open", "outside", "C1", ..., NULL). */
static inline enum mr_status
run(struct house *h, const char *name, ...)
{
	const struct mr_op *op = mr_op_find(name);
	struct mr_ask ask = {.user = h->user,
	    .now = h->now,
	    .arg = h,
	    .station = h->station,
	    .language = h->language,
	    .request = h->request,
	    .get = house_get,
	    .file = house_file,
	    .passphrase = house_passphrase,
	    .progress = house_progress};
	struct mr_arena *arena = mr_arena_new(0);
	enum mr_status status;
	struct mr_out *out;
	va_list ap;
	int n = 0;

	assert_non_null(op);
	assert_non_null(arena);
	memset(h->word, 0, sizeof(h->word));
	va_start(ap, name);
	while (n < HOUSE_WORDS && (h->word[n] = va_arg(ap, char *)) != NULL)
		n++;
	va_end(ap);
	h->len = 0;
	h->answer[0] = '\0';
	out = mr_out_json(arena, house_write, h, h->document);
	status = mr_op_run(h->mr, op, &ask, out, &h->error);
	if (status == MR_OK || status == MR_STOP ||
	    (status == MR_DAMAGED && !op->writes))
		assert_int_equal(out->end(out), 0);
	mr_arena_free(arena);
	return status;
}

/* The operation is done, and its answer holds this text. */
#define did(h, status, text) \
	do { \
		if ((status) != MR_OK) \
			fail_msg("%s", (h)->error.message); \
		if (strstr((h)->answer, text) == NULL) \
			fail_msg("no %s in %s", text, (h)->answer); \
	} while (0)

/* It is refused with this status and this piece of a sentence. */
#define refused(h, status, want, text) \
	do { \
		assert_int_equal(status, want); \
		if (strstr((h)->error.message, text) == NULL) \
			fail_msg("no %s in %s", text, (h)->error.message); \
		assert_int_equal((h)->len, 0); \
	} while (0)

/* The n-th value of a key in the answer, as text.  Copied. */
static inline char *
house_value(struct house *h, const char *key, int n, char value[64])
{
	char want[64];
	const char *at = h->answer;

	snprintf(want, sizeof(want), "\"%s\":", key);
	for (; n >= 0; n--) {
		at = strstr(at, want);
		if (at == NULL)
			fail_msg("no %s in %s", want, h->answer);
		at += strlen(want);
	}
	at += *at == '"';
	snprintf(value, 64, "%.*s", (int)strcspn(at, "\",}]"), at);
	return value;
}

/* A call of our own, inside a write transaction. */
static inline struct mr_call *
house_begin(struct house *h)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);

	assert_int_equal(mr_begin(c, 1), MR_OK);
	return c;
}

static inline void
house_end(struct mr_call *c)
{
	assert_int_equal(mr_end(c, MR_OK), MR_OK);
	mr_call_end(c);
}

/* A correspondent: C1, C2 ... in the order of their making. */
static inline int64_t
house_add(struct mr_call *c, int kind, const char *ref, int slots)
{
	struct sql_stmt *st;
	int64_t id;

	assert_int_equal(mr_next_id(c, MR_NEWEST("correspondent"), &id), MR_OK);
	st = sql_prepare(c,
	    "INSERT INTO correspondent (id, kind, ref, pen_name, language, "
	    "slots, status, reason, interests, version, event) "
	    "VALUES (:id, :kind, :ref, :pen_name, 'en', "
	    ":slots, 1, 0, '', 1, :event)");
	sql_int(st, ":id", id);
	sql_int(st, ":kind", kind);
	sql_text(st, ":ref", ref);
	sql_text(st, ":pen_name", kind == MR_INSIDE ? "Maria" : "Wren");
	sql_int(st, ":slots", slots);
	sql_int(st, ":event", mr_event_next(c));
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(mr_event(c, MR_CORRESPONDENT, id, 0, NULL), MR_OK);
	return id;
}

static inline int64_t
house_person(struct house *h, int kind, const char *ref, int slots)
{
	struct mr_call *c = house_begin(h);
	int64_t id = house_add(c, kind, ref, slots);

	house_end(c);
	return id;
}

/* The one integer that a statement answers. */
static inline int64_t
house_count(struct house *h, const char *select)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	int64_t n = -1;

	assert_int_equal(mr_begin(c, 0), MR_OK);
	assert_int_equal(sql_done_int(sql_prepare(c, select), &n), MR_OK);
	house_end(c);
	return n;
}

/* Events of people.  What a daemon does of itself, a checkpoint or a backup,
 * depends on the day of the year and on who is faster. */
static inline int
house_events(struct house *h)
{
	/* Of the first site. */
	int64_t id =
	    house_count(h, "SELECT max(id) FROM event WHERE id < 68719476736");
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	struct mr_event event;
	struct mr_mark mark;
	int n = 0;

	assert_int_equal(mr_begin(c, 0), MR_OK);
	for (; MR_SEQ(id) > 0; id--) {
		mark = mr_mark(c->arena);
		assert_int_equal(mr_event_load(c, id, &event), MR_OK);
		n += event.user != 0;
		mr_release(c->arena, mark);
	}
	house_end(c);
	return n;
}

/* Where it is, for one more handle: mr_options.db. */
static inline const char *
house_db(const struct house *h)
{
	return h->db[0] != '\0' ? h->db : NULL;
}

/* The office, and on a server its schema. */
static inline void
house_make(struct house *h, struct mr_office_new *new)
{
	if (schema_server() != NULL && schema_again(new, &h->sheet))
		snprintf(h->schema, sizeof(h->schema), "%s", schema_kept.name);
	else if (schema_server() != NULL)
		schema_make(h->dir, h->schema);
	if (schema_server() != NULL)
		new->db = schema_url(h->schema, h->db, sizeof(h->db));
	if (h->sheet.day != 0)
		return;
	if (mr_office_init(new, &h->sheet, &h->error) != MR_OK)
		fail_msg("%s", h->error.message);
	if (schema_server() != NULL)
		schema_keep(h->schema, new, &h->sheet);
}

/* What is said of every office here, but for its place. */
static inline struct mr_office_new
house_office(int64_t now)
{
	/* What a passphrase costs is not what these tests are about. */
	mr_cost = (struct mr_cost){MR_COST_FLOOR_OPS, MR_COST_FLOOR_MEM};
	return (struct mr_office_new){.name = "Bridge Letters",
	    .street = "PO BOX 1138",
	    .city = "Danbury",
	    .state = "CT",
	    .zip = "06810",
	    .zone = "America/New_York",
	    .coordinator = "ruth",
	    .passphrase = HOUSE_PASSPHRASE,
	    .now = now};
}

/* An office that was made at that time. */
static inline int
house_setup_at(void **state, int64_t now)
{
	struct house *h = calloc(1, sizeof(*h));
	struct mr_office_new new = house_office(now);
	struct mr_options options = {.check_scans = 1};

	assert_non_null(h);
	snprintf(h->dir, sizeof(h->dir), "/tmp/mailroom-test-XXXXXX");
	assert_non_null(mkdtemp(h->dir));
	new.dir = options.dir = h->dir;
	house_make(h, &new);
	options.db = house_db(h);
	if (mr_open(&options, &h->mr, &h->error) != MR_OK)
		fail_msg("%s", h->error.message);
	h->now = now;
	*state = h;
	return 0;
}

static inline int
house_setup(void **state)
{
	return house_setup_at(state, HOUSE_NOW);
}

/* What `office backup` made in the office's own folder. */
static inline void
house_forget_backups(struct house *h)
{
	char folder[128], path[512];
	struct dirent *entry;
	DIR *d;

	snprintf(folder, sizeof(folder), "%s/backups", h->dir);
	d = opendir(folder);
	while (d != NULL && (entry = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		unlink(path);
	}
	if (d != NULL)
		closedir(d);
	rmdir(folder);
}

/* What `site add` made there, unless it was told another place. */
static inline void
house_forget_site(const char *dir)
{
	char path[160];

	snprintf(path, sizeof(path), "%s/site-1/office.key", dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/site-1/site.txt", dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/site-1/mailroom.conf", dir);
	unlink(path);
	snprintf(path, sizeof(path), "%s/site-1", dir);
	rmdir(path);
}

static inline int
house_teardown(void **state)
{
	static const char *const files[] = {"mailroom.db", "mailroom.db-wal",
	    "mailroom.db-shm", "office.key", "mailroom.conf"};
	struct house *h = *state;
	char path[128];

	mr_close(h->mr);
	if (house_db(h) != NULL)
		schema_leave(h->schema);
	house_forget_backups(h);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", h->dir, files[i]);
		unlink(path);
	}
	house_forget_site(h->dir);
	assert_int_equal(rmdir(h->dir), 0);
	free(h);
	return 0;
}

#endif
