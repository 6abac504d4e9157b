/*
 * Places to copy an office to: files in a folder of their own, and, with
 * $MAILROOM_TEST_DB, schemas on that server.  All of them go at the end.
 */
#ifndef TEST_COPIES_H
#define TEST_COPIES_H

#include <sys/wait.h>

#include <signal.h>

#include "lib/copy.h"
#include "lib/migrate.h"
#include "test/mail.h"

#define COPIES 8
#define COPIES_URL 320

static struct {
	struct house *h;
	char folder[96];
	char url[COPIES][COPIES_URL];
	int n, schemas;
	/* Called at every step of a copy; NULL: nothing. */
	void (*hook)(const char *what, int64_t done);
	const char *hook_in; /* only in this work */
	int64_t die_at;      /* so many rows */
	int64_t first;       /* rows that the first step told as copied */
} copies;

/* Bare, on a database that may hold no office. */
static inline struct sql *
bare(const char *url)
{
	struct sql_options options = {.create = 1, .busy_ms = 5000};
	struct mr_error error;
	struct sql *db = NULL;

	if (sql_open(url, &options, &db, &error) != MR_OK)
		fail_msg("%s", error.message);
	return db;
}

static inline void
alter(const char *url, const char *script)
{
	struct sql *db = bare(url);

	if (sql_script(db, script) != MR_OK)
		fail_msg("%s", sql_message(db));
	sql_close(db);
}

static inline int64_t
version_of(const char *url)
{
	struct sql *db = bare(url);
	int64_t version = -1;

	assert_int_equal(sql_version(db, &version), MR_OK);
	sql_close(db);
	return version;
}

static inline void
set_version_of(const char *url, int64_t version)
{
	struct sql *db = bare(url);

	assert_int_equal(sql_set_version(db, version), MR_OK);
	sql_close(db);
}

/* Where the house's own office is. */
static inline const char *
home(void)
{
	static char url[COPIES_URL];

	if (house_db(copies.h) != NULL)
		return house_db(copies.h);
	snprintf(url, sizeof(url), "sqlite:%s/mailroom.db", copies.h->dir);
	return url;
}

/* A new file. */
static inline const char *
a_file(void)
{
	char *url = copies.url[copies.n];

	assert_true(copies.n < COPIES);
	snprintf(url, COPIES_URL, "sqlite:%s/%d.db", copies.folder, copies.n++);
	return url;
}

/* A new schema where there is a server, else a file. */
static inline const char *
a_place(void)
{
	const char *server = getenv("MAILROOM_TEST_DB");
	char *url = copies.url[copies.n], text[64];

	if (server == NULL)
		return a_file();
	assert_true(copies.n < COPIES);
	copies.schemas++;
	snprintf(text, sizeof(text), "CREATE SCHEMA copy%d_%d", (int)getpid(),
	    copies.n);
	alter(server, text);
	snprintf(url, COPIES_URL, "%s options='-c search_path=copy%d_%d'",
	    server, (int)getpid(), copies.n++);
	return url;
}

static inline void
step(void *arg, const char *what, int64_t done, int64_t total)
{
	(void)arg;
	assert_true(done <= total);
	if (strcmp(what, "rows copied") == 0 && copies.first < 0)
		copies.first = done;
	if (copies.hook != NULL && strcmp(what, copies.hook_in) == 0)
		copies.hook(what, done);
}

static inline enum mr_status
copy(const char *from, const char *to, struct mr_copied *done)
{
	struct mr_copy in = {
	    .from = from, .to = to, .progress = step, .rows = 1000};

	copies.first = -1;
	return mr_office_copy(&in, done, &copies.h->error);
}

#define copied(from, to, done) \
	do { \
		if (copy(from, to, done) != MR_OK) \
			fail_msg("%s", copies.h->error.message); \
	} while (0)

#define not_copied(from, to, want, text) \
	do { \
		struct mr_copied not_done; \
		assert_int_equal(copy(from, to, &not_done), want); \
		if (strstr(copies.h->error.message, text) == NULL) \
			fail_msg( \
			    "no %s in %s", text, copies.h->error.message); \
	} while (0)

static inline void
die(const char *what, int64_t done)
{
	(void)what;
	if (done >= copies.die_at)
		raise(SIGKILL);
}

/* A copy in a process of its own, killed on its way. */
static inline void
copy_and_be_killed(const char *from, const char *to, int64_t rows)
{
	struct mr_copied done;
	pid_t child = fork();
	int how = 0;

	if (child == 0) {
		copies.hook = die;
		copies.die_at = rows;
		copies.hook_in = "rows copied";
		(void)copy(from, to, &done);
		_exit(1);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &how, 0), child);
	assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
}

/* An office in a copy, opened with the keys of the house. */
static inline enum mr_status
open_copy(const char *url, struct mr **mr)
{
	struct mr_options options = {
	    .dir = copies.h->dir, .db = url, .check_scans = 1};

	return mr_open(&options, mr, &copies.h->error);
}

static inline int
copies_setup(void **state)
{
	if (mail_setup(state) != 0)
		return -1;
	memset(&copies, 0, sizeof(copies));
	copies.h = *state;
	snprintf(
	    copies.folder, sizeof(copies.folder), "%s-copies", copies.h->dir);
	return mkdir(copies.folder, 0700);
}

static inline int
copies_teardown(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	const char *server = getenv("MAILROOM_TEST_DB");
	char text[160];

	for (int i = 0; i < copies.n; i++) {
		for (size_t j = 0; j < 3; j++) {
			snprintf(text, sizeof(text), "%s/%d.db%s",
			    copies.folder, i, ends[j]);
			unlink(text);
		}
		snprintf(text, sizeof(text),
		    "DROP SCHEMA IF EXISTS copy%d_%d CASCADE", (int)getpid(),
		    i);
		if (server != NULL)
			alter(server, text);
	}
	assert_int_equal(rmdir(copies.folder), 0);
	return house_teardown(state);
}

/* Rows enough for several transactions in tables whose keys are bytes, and
 * words with numbers. */
static inline void
stuff(struct house *h)
{
	struct mr_call *c = house_begin(h);
	unsigned char key[16] = {0};
	struct sql_stmt *st;
	char word[16];

	for (int i = 0; i < 20000; i++) {
		key[i % 3] = (unsigned char)i;
		key[4] = (unsigned char)(i >> 8);
		key[5] = (unsigned char)i;
		st = sql_prepare(c,
		    "INSERT INTO request (key, input, first, count, at) "
		    "VALUES (:key, :input, :first, 0, :at)");
		sql_blob(st, ":key", key, sizeof(key));
		sql_blob(st, ":input", "", 0);
		sql_int(st, ":first", -i);
		sql_int(st, ":at", INT64_MAX - i);
		assert_int_equal(sql_done(st), MR_OK);
		snprintf(word, sizeof(word), "%s%d", i % 2 ? "ñ" : "n", i);
		st = sql_prepare(c,
		    "INSERT INTO interest (word, person) "
		    "VALUES (:word, :person)");
		sql_text(st, ":word", word);
		sql_int(st, ":person", 1 + i % 3);
		assert_int_equal(sql_done(st), MR_OK);
	}
	house_end(c);
}

#endif
