/*
 * Offices that cannot be opened, or not be written: each is refused cleanly,
 * with what to do; bytes that were changed are found or matter to nobody.
 */
#include "test/shim.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "test/mail.h"

#include "lib/keys.h"
#include "lib/migrate.h"

static void
path_of(struct house *h, const char *name, char path[128])
{
	snprintf(path, 128, "%s/%s", h->dir, name);
}

static void
shut(struct house *h)
{
	mr_close(h->mr);
	h->mr = NULL;
}

static enum mr_status
open_it(struct house *h)
{
	struct mr_options options = {
	    .dir = h->dir, .check_scans = 1, .busy_ms = 20};

	h->error.message[0] = '\0';
	return mr_open(&options, &h->mr, &h->error);
}

#define says(h, text) \
	do { \
		if (strstr((h)->error.message, text) == NULL) \
			fail_msg("no %s in: %s", text, (h)->error.message); \
	} while (0)

/* Another program, without our manners. */
static sqlite3 *
other(struct house *h, const char *sql)
{
	char path[128];
	sqlite3 *db;

	path_of(h, "mailroom.db", path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	return db;
}

static void
a_locked_database_is_busy_and_then_goes_on(void **state)
{
	struct house *h = *state;
	char number[64];
	int64_t events = mail_events(h);
	sqlite3 *db;

	shut(h);
	assert_int_equal(open_it(h), MR_OK);
	db = other(h, "BEGIN IMMEDIATE");
	assert_int_equal(run(h, "letter receive", "no_id", "", NULL), MR_BUSY);
	says(h, "another program is writing to the database");
	says(h, "try again in a moment");
	/* Who only looks does not wait. */
	did(h, run(h, "letter reasons", NULL), "photo");
	did(h, run(h, "pairing show", "pairing", "P1", NULL), "P1");
	assert_int_equal(
	    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(mail_events(h), events);
	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_sound(h);
}

static void
a_read_only_file_refuses_every_change(void **state)
{
	struct house *h = *state;
	struct mr_options options = {.dir = h->dir, .readonly = 1};

	shut(h);
	shim.readonly = 1;
	assert_int_equal(mr_open(&options, &h->mr, &h->error), MR_OK);
	did(h, run(h, "pairing show", "pairing", "P1", NULL), "P1");
	assert_int_equal(
	    run(h, "letter receive", "no_id", "", NULL), MR_READONLY);
	says(h, "reading only");
	shut(h);
	/* And where nobody said so: the file itself. */
	if (open_it(h) == MR_OK) {
		assert_int_equal(
		    run(h, "letter receive", "no_id", "", NULL), MR_READONLY);
		shut(h);
	}
	says(h, "cannot be written");
	shim.readonly = 0;
	assert_int_equal(open_it(h), MR_OK);
	did(h, run(h, "letter receive", "no_id", "", NULL), "A1");
}

static void
an_office_of_a_newer_program_is_left_alone(void **state)
{
	struct house *h = *state;
	char sql[64];
	sqlite3 *db;

	shut(h);
	db = other(h, "PRAGMA user_version = 999");
	sqlite3_close(db);
	assert_int_equal(open_it(h), MR_NEWER);
	says(h, "newer");
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %lld",
	    (long long)mr_schema_version());
	db = other(h, sql);
	sqlite3_close(db);
	assert_int_equal(open_it(h), MR_OK);
}

static void
the_key_file_must_be_there_ours_and_private(void **state)
{
	struct house *h = *state, *neighbour = NULL;
	char path[128], aside[128], theirs[128];
	void *of = NULL;

	path_of(h, "office.key", path);
	path_of(h, "mailroom.conf", aside);
	assert_int_equal(chmod(path, 0644), 0);
	shut(h);
	assert_int_equal(open_it(h), MR_DENIED);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(rename(path, aside), 0);
	assert_int_equal(open_it(h), MR_NOTFOUND);
	says(h, "missing");
	says(h, "--restore-keys");
	/* Another office's. */
	assert_int_equal(house_setup(&of), 0);
	neighbour = of;
	path_of(neighbour, "office.key", theirs);
	assert_int_equal(rename(theirs, path), 0);
	assert_int_equal(open_it(h), MR_REFUSED);
	says(h, "another office");
	assert_int_equal(house_teardown(&of), 0);
	assert_int_equal(rename(aside, path), 0);
	assert_int_equal(open_it(h), MR_OK);
}

static void
a_changed_key_file_is_no_key_file(void **state)
{
	struct house *h = *state;
	char path[128], bytes[4096];
	ssize_t n;
	int fd, opened = 0;

	path_of(h, "office.key", path);
	shut(h);
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	n = read(fd, bytes, sizeof(bytes));
	assert_in_range(n, 64, sizeof(bytes) - 1);
	for (ssize_t i = 0; i < n; i++) {
		char flipped = bytes[i] ^ 1;
		enum mr_status status;

		assert_int_equal(pwrite(fd, &flipped, 1, i), 1);
		status = open_it(h);
		opened += status == MR_OK;
		if (status != MR_OK && status != MR_DAMAGED &&
		    status != MR_REFUSED)
			fail_msg("byte %d: %s", (int)i, h->error.message);
		shut(h);
		assert_int_equal(pwrite(fd, &bytes[i], 1, i), 1);
	}
	close(fd);
	assert_int_equal(opened, 0);
	assert_int_equal(open_it(h), MR_OK);
}

static void
a_wrong_passphrase_opens_nothing(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	shut(h);
	assert_int_equal(open_it(h), MR_OK);
	h->passphrase = "seven grey geese over the fairy";
	assert_int_equal(
	    run(h, "envelope print", "letter", number, NULL), MR_LOCKED);
	assert_int_equal(mail_letter(h, number).envelope_copy, 0);
	h->passphrase = NULL;
	assert_int_equal(
	    run(h, "envelope print", "letter", number, NULL), MR_LOCKED);
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "envelope print", "letter", number, NULL), "printed");
	mail_as(h, "val");
	assert_int_equal(
	    run(h, "envelope print", "letter", number, NULL), MR_DENIED);
}

/* What the events swear to, row by row: no byte of it may change unseen. */
static const char *const sworn[] = {"site", "setting", "users", "facility",
    "facility_rule", "correspondent", "address", "sealed", "pairing",
    "forwarding_id", "letter", "enclosure", "batch", "event", "checkpoint"};

/* A sum over every value; 0: it cannot be read. */
static uint64_t
sum_of(struct house *h)
{
	uint64_t sum = 14695981039346656037u;
	char path[128], sql[64];
	sqlite3_stmt *st;
	sqlite3 *db;
	int rc = SQLITE_OK;

	path_of(h, "mailroom.db", path);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		rc = SQLITE_ERROR;
	for (size_t t = 0;
	     t < sizeof(sworn) / sizeof(sworn[0]) && rc == SQLITE_OK; t++) {
		snprintf(sql, sizeof(sql), "SELECT * FROM %s", sworn[t]);
		rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);
		while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW)
			for (rc = 0; rc < sqlite3_column_count(st); rc++) {
				const unsigned char *b =
				    sqlite3_column_blob(st, rc);
				int n = sqlite3_column_bytes(st, rc);

				for (int i = 0; i < n; i++)
					sum = (sum ^ b[i]) * 1099511628211u;
				sum = (sum ^ (unsigned)n) * 1099511628211u;
			}
		rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
		sqlite3_finalize(st);
	}
	sqlite3_close(db);
	return rc == SQLITE_OK ? sum : 0;
}

/* Does anything say that the file is not what it was? */
static int
noticed(struct house *h)
{
	enum mr_status status = open_it(h);

	if (status == MR_OK)
		status = run(h, "office check", NULL);
	if (status == MR_OK)
		status = run(h, "audit verify", NULL);
	if (status == MR_BUG)
		fail_msg("a bug, where damage was: %s", h->error.message);
	/* Whatever it is, working on does not crash. */
	if (h->mr != NULL) {
		run(h, "letter receive", "no_id", "", NULL);
		run(h, "letter list", "state", "unidentified", NULL);
	}
	shut(h);
	return status != MR_OK;
}

/* Over what was there, and without the log that it had. */
static void
copy(const char *from, const char *to)
{
	static const char *const log[] = {"-wal", "-shm"};
	int in = open(from, O_RDONLY);
	int out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	char buf[65536], path[160];
	ssize_t n;

	assert_true(in >= 0 && out >= 0);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		assert_int_equal(write(out, buf, (size_t)n), n);
	assert_int_equal(n, 0);
	close(in);
	close(out);
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s%s", to, log[i]);
		unlink(path);
	}
}

static void
a_flipped_byte_is_found_or_means_nothing(void **state)
{
	struct house *h = *state;
	char number[64], path[128], sound[128];
	uint64_t seed = 88172645463325252u, whole;
	int found = 0, flips = 250;
	struct stat file;

	for (int i = 0; i < 3; i++) {
		mail_receive(h, 1 + i, MR_INSIDE, number);
		mail_seal(h, number);
	}
	did(h, run(h, "batch close", NULL), "");
	shut(h);
	path_of(h, "mailroom.db", path);
	path_of(h, "mailroom.conf", sound);
	copy(path, sound);
	whole = sum_of(h);
	assert_int_equal(stat(path, &file), 0);
	for (int i = 0; i < flips; i++) {
		off_t at;
		unsigned char b;
		int fd, seen;
		uint64_t now;

		seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
		at = (off_t)(seed % (uint64_t)file.st_size);
		copy(sound, path);
		fd = open(path, O_RDWR);
		assert_int_equal(pread(fd, &b, 1, at), 1);
		b ^= (unsigned char)(1 + seed / 7919 % 255);
		assert_int_equal(pwrite(fd, &b, 1, at), 1);
		close(fd);
		now = sum_of(h);
		seen = noticed(h);
		found += seen;
		if (!seen && now != whole)
			fail_msg("byte %ld changed a row, and nobody saw it",
			    (long)at);
	}
	assert_true(found > flips / 20);
	copy(sound, path);
	assert_int_equal(open_it(h), MR_OK);
	mail_sound(h);
}

static void
what_is_no_database_is_refused(void **state)
{
	struct house *h = *state;
	char path[128], sound[128];
	int fd;

	shut(h);
	path_of(h, "mailroom.db", path);
	path_of(h, "mailroom.conf", sound);
	copy(path, sound);
	for (int i = 0; i < 4; i++) {
		static const off_t left[] = {0, 50, 4096, 20000};

		assert_int_equal(truncate(path, left[i]), 0);
		assert_int_not_equal(open_it(h), MR_OK);
		assert_int_not_equal(h->error.status, MR_BUG);
		shut(h);
		copy(sound, path);
	}
	fd = open(path, O_WRONLY | O_TRUNC);
	assert_int_equal(write(fd, "Dear Wren,\n", 11), 11);
	close(fd);
	assert_int_equal(open_it(h), MR_DAMAGED);
	says(h, "restore the last backup");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(open_it(h), MR_NOTFOUND);
	says(h, "mailroom init");
	copy(sound, path);
	assert_int_equal(open_it(h), MR_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(a_locked_database_is_busy_and_then_goes_on),
	    MAIL_TEST(a_read_only_file_refuses_every_change),
	    MAIL_TEST(an_office_of_a_newer_program_is_left_alone),
	    MAIL_TEST(the_key_file_must_be_there_ours_and_private),
	    MAIL_TEST(a_changed_key_file_is_no_key_file),
	    MAIL_TEST(a_wrong_passphrase_opens_nothing),
	    MAIL_TEST(a_flipped_byte_is_found_or_means_nothing),
	    MAIL_TEST(what_is_no_database_is_refused),
	};

	if (shim_install() != SQLITE_OK)
		return 1;
	return cmocka_run_group_tests_name("faults open", tests, NULL, NULL);
}
