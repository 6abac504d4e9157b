/*
 * Backups: sealed to the sheet in the safe and to nothing else, whole or not
 * there, kept as long as the setting says, and no copy of the database beside.
 */
#define _GNU_SOURCE /* memmem */
#include "test/keep.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "lib/backup_file.h"
#include "lib/keys.h"
#include "lib/recovery.h"

#define BYTES (4 << 20)
#define CHANGES 1000

static unsigned char bytes[BYTES], changed[BYTES];

static size_t
slurp(const char *path, unsigned char *to)
{
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(to, 1, BYTES, f);
	fclose(f);
	assert_true(n > 0 && n < BYTES);
	return n;
}

static void
a_backup_is_made_checked_and_written_down(void **state)
{
	struct house *h = *state;
	char path[256], number[64], digest[65];
	unsigned char own[32];
	struct stat st;
	size_t n;

	mail_receive(h, 1, MR_INSIDE, number);
	keep_make(h, path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	n = slurp(path, bytes);
	crypto_generichash(own, sizeof(own), bytes, n, NULL, 0);
	sodium_bin2hex(digest, sizeof(digest), own, sizeof(own));
	did(h, run(h, "audit show", "last", "1", NULL), digest);
	did(h, run(h, "audit show", "last", "1", NULL), "office backup");
	assert_false(keep_there(h, "backup.scratch"));
	assert_int_equal(keep_count(h, ".new", NULL), 0);
	mail_sound(h);
}

static void
volunteers_and_staff_make_none(void **state)
{
	struct house *h = *state;

	mail_as(h, "val");
	refused(h, run(h, "office backup", NULL), MR_DENIED, "coordinator");
	mail_as(h, "sam");
	refused(h, run(h, "office backup", NULL), MR_DENIED, "coordinator");
	assert_false(keep_there(h, "backups"));
	h->user = "admin";
	did(h, run(h, "office backup", NULL), "\"sound\":true");
}

/* Does any of the office stand in it in the clear? */
static void
what_is_in_it_cannot_be_read(void **state)
{
	struct house *h = *state;
	static const char *const words[] = {"SQLite format", "CREATE TABLE",
	    "Wren A", "Maria A", "Quillaafeather", "ALICEVILLE", "ruth",
	    "Bridge Letters"};
	char path[256];
	size_t n;

	keep_make(h, path);
	n = slurp(path, bytes);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (memmem(bytes, n, words[i], strlen(words[i])) != NULL)
			fail_msg("%s stands in the backup", words[i]);
}

/* The key that the nine groups stand for. */
static void
read_key(struct house *h, unsigned char key[32])
{
	struct mr_call c = {.error = &h->error};
	char typed[256];

	assert_int_equal(mr_recovery_read(&c, all_words(h, typed), key), MR_OK);
}

/* Try to open n bytes, as a restore does, by that key. */
static enum mr_status
try_open(int fd, const unsigned char *from, size_t n,
    const unsigned char recovery[32], struct mr_error *error)
{
	unsigned char key[MR_BACKUP_KEY], digest[32], plain[32];
	struct mr_backup_heading heading;
	enum mr_status status;

	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(pwrite(fd, from, n, 0), n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	status = mr_backup_read(fd, &heading, error);
	if (status == MR_OK)
		status = mr_backup_key(&heading, recovery, key, error);
	if (status == MR_OK)
		status = mr_backup_open(
		    fd, &heading, key, -1, digest, plain, NULL, NULL, error);
	return status;
}

static size_t
random_below(size_t n)
{
	static uint32_t x = 20261123;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x % n;
}

#define SEALED (MR_BACKUP_CHUNK + 17)

/* One of six kinds of damage to n bytes of `changed`; how many there are. */
static size_t
spoil(int kind, size_t n)
{
	size_t chunks = (n - MR_BACKUP_HEADING) / SEALED;
	size_t a = random_below(chunks), b = (a + 1) % chunks;
	unsigned char *body = changed + MR_BACKUP_HEADING;
	static unsigned char keep[SEALED];

	switch (kind) {
	case 0: /* a bit anywhere */
		changed[random_below(n)] ^=
		    (unsigned char)(1 << random_below(8));
		return n;
	case 1: /* cut anywhere */
		return random_below(n);
	case 2: /* two chunks change places */
		memcpy(keep, body + a * SEALED, SEALED);
		memcpy(body + a * SEALED, body + b * SEALED, SEALED);
		memcpy(body + b * SEALED, keep, SEALED);
		return n;
	case 3: /* one is taken out */
		memmove(body + a * SEALED, body + (a + 1) * SEALED,
		    n - MR_BACKUP_HEADING - (a + 1) * SEALED);
		return n - SEALED;
	case 4: /* one stands there twice */
		memmove(body + (a + 1) * SEALED, body + a * SEALED,
		    n - MR_BACKUP_HEADING - a * SEALED);
		return n + SEALED;
	default: /* something follows */
		changed[n] = (unsigned char)random_below(256);
		return n + 1 + random_below(64);
	}
}

static void
a_thousand_changed_ones_are_all_refused(void **state)
{
	struct house *h = *state;
	unsigned char key[32];
	char path[256];
	FILE *f = tmpfile();
	size_t n, len;

	keep_make(h, path);
	n = slurp(path, bytes);
	assert_true(n > 4 * SEALED);
	read_key(h, key);
	assert_non_null(f);
	assert_int_equal(try_open(fileno(f), bytes, n, key, &h->error), MR_OK);
	for (int i = 0; i < CHANGES; i++) {
		memcpy(changed, bytes, n);
		len = spoil(i % 6, n);
		if (try_open(fileno(f), changed, len, key, &h->error) == MR_OK)
			fail_msg("change %d of kind %d was not seen", i, i % 6);
	}
	fclose(f);
}

/* The heading of one on the chunks of the other. */
static void
two_backups_do_not_mix(void **state)
{
	struct house *h = *state;
	unsigned char key[32];
	char path[256];
	FILE *f = tmpfile();
	size_t n, m;

	keep_make(h, path);
	n = slurp(path, bytes);
	keep_make(h, path);
	m = slurp(path, changed);
	read_key(h, key);
	assert_non_null(f);
	memcpy(changed, bytes, MR_BACKUP_HEADING);
	assert_int_equal(
	    try_open(fileno(f), changed, m, key, &h->error), MR_DAMAGED);
	slurp(path, changed);
	memcpy(changed + n - 200, bytes + n - 200, 200);
	assert_int_equal(
	    try_open(fileno(f), changed, m, key, &h->error), MR_DAMAGED);
	fclose(f);
}

static void
the_words_of_another_office_open_nothing(void **state)
{
	struct house *h = *state, *other;
	struct mr_restored done;
	void *second = NULL;
	char path[256], dir[96];

	keep_make(h, path);
	assert_int_equal(house_setup(&second), 0);
	other = second;
	snprintf(dir, sizeof(dir), "%s-not", h->dir);
	assert_int_equal(keep_restore(other, path, dir, 0, &done), MR_REFUSED);
	assert_non_null(strstr(other->error.message, "not the one"));
	assert_int_not_equal(access(dir, F_OK), 0);
	house_teardown(&second);
}

/* A disk with room for so many bytes in a file. */
static void
with_room_for(struct house *h, size_t room, enum mr_status want)
{
	struct rlimit before, little;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	little = before;
	little.rlim_cur = room;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	later(h, 60);
	refused(h, run(h, "office backup", NULL), want, "");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
}

static void
a_full_disk_leaves_the_older_ones(void **state)
{
	struct house *h = *state;
	struct mr_backup_about about;
	unsigned char key[32];
	char path[256], now[256];
	FILE *f = tmpfile();
	int64_t events;
	size_t n;

	keep_make(h, path);
	n = slurp(path, bytes);
	assert_int_equal(mr_backup_look(path, &about, &h->error), MR_OK);
	events = mail_events(h);
	/* No room for the copy; room for the copy, but not for what seals. */
	with_room_for(h, (size_t)about.size / 2, MR_IO);
	with_room_for(h, (size_t)about.size + 64, MR_FULL);
	assert_int_equal(mail_events(h), events);
	assert_int_equal(keep_count(h, ".backup", now), 1);
	assert_string_equal(now, path);
	assert_int_equal(keep_count(h, ".new", NULL), 0);
	assert_false(keep_there(h, "backup.scratch"));
	read_key(h, key);
	assert_non_null(f);
	assert_int_equal(slurp(path, bytes), n);
	assert_int_equal(try_open(fileno(f), bytes, n, key, &h->error), MR_OK);
	fclose(f);
	keep_make(h, path);
}

static const char *die_in;

static void
die(void *arg, const char *what, int64_t done, int64_t total)
{
	(void)arg, (void)done, (void)total;
	if (strcmp(what, die_in) == 0)
		raise(SIGKILL);
}

/* A process of its own that is killed at that step of a backup. */
static void
killed_while(struct house *h, const char *what)
{
	struct mr_options options = {.dir = h->dir};
	struct mr_backup_made made;
	struct mr *mr = NULL;
	struct mr_call *c;
	int status = 0;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		die_in = what;
		if (mr_open(&options, &mr, &h->error) != MR_OK)
			_exit(1);
		c = mr_call_start(mr, h->now, &h->error);
		c->progress = die;
		_exit(mr_backup_make(c, NULL, &made) == MR_OK ? 2 : 3);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void
what_a_crash_leaves_is_gone_after_the_next_start(void **state)
{
	static const char *const steps[] = {
	    "rows", "bytes sealed", "bytes compared"};
	struct house *h = *state;
	char path[256];

	for (size_t i = 0; i < 3; i++) {
		later(h, 60);
		killed_while(h, steps[i]);
		assert_true(keep_there(h, "backup.scratch"));
		assert_int_equal(mr_backup_clean(h->dir), 0);
		assert_false(keep_there(h, "backup.scratch"));
		assert_false(keep_there(h, "backup.scratch-journal"));
	}
	assert_int_equal(keep_count(h, ".backup", NULL), 0);
	assert_true(keep_count(h, ".new", NULL) > 0);
	later(h, 60);
	killed_while(h, "rows");
	keep_make(h, path);
	assert_false(keep_there(h, "backup.scratch"));
	assert_int_equal(keep_count(h, ".new", NULL), 0);
	mail_sound(h);
}

static void
two_at_once_do_not_meet(void **state)
{
	struct house *h = *state;
	int lock = open(h->dir, O_RDONLY | O_DIRECTORY);
	char scratch[128];
	FILE *f;

	assert_true(lock >= 0);
	assert_int_equal(flock(lock, LOCK_EX), 0);
	path_of(h, "backup.scratch", scratch);
	f = fopen(scratch, "w");
	assert_non_null(f);
	fclose(f);
	refused(h, run(h, "office backup", NULL), MR_BUSY, "right now");
	/* Nor is the other's copy taken away. */
	assert_int_equal(mr_backup_clean(h->dir), 0);
	assert_int_equal(access(scratch, F_OK), 0);
	close(lock);
	did(h, run(h, "office backup", NULL), "\"sound\":true");
}

static void
old_ones_go_but_never_the_newest_three(void **state)
{
	struct house *h = *state;
	char path[256];

	mail_set(h, "backup-days", "5");
	for (int day = 0; day < 9; day++) {
		keep_make(h, path);
		later(h, 86400);
	}
	assert_int_equal(keep_count(h, ".backup", path), 5);
	later(h, 400 * 86400);
	keep_make(h, path);
	assert_int_equal(keep_count(h, ".backup", NULL), MR_BACKUP_FEWEST);
	did(h, run(h, "audit show", "last", "1", NULL), "changed=3");
}

static void
another_office_s_backups_stay(void **state)
{
	struct house *h = *state, *other;
	void *second = NULL;
	char folder[128], path[256];

	assert_int_equal(house_setup(&second), 0);
	other = second;
	path_of(h, "backups", folder);
	keep_make(h, path);
	mail_set(h, "backup-days", "1");
	for (int i = 0; i < 4; i++) {
		later(other, 60);
		did(other, run(other, "office backup", "folder", folder, NULL),
		    "");
	}
	for (int i = 0; i < 4; i++) {
		later(h, 5 * 86400);
		keep_make(h, path);
	}
	assert_int_equal(keep_count(h, ".backup", NULL), 4 + MR_BACKUP_FEWEST);
	house_teardown(&second);
}

static void
from_outside(struct house *h, const char *statement)
{
	char path[128];
	sqlite3 *db = NULL;

	path_of(h, "mailroom.db", path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_exec(db, statement, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void
what_the_audit_finds_is_told_and_nothing_older_goes(void **state)
{
	struct house *h = *state;
	char path[256];

	mail_set(h, "backup-days", "1");
	for (int i = 0; i < 3; i++)
		keep_make(h, path);
	from_outside(h, "UPDATE correspondent SET slots = 7 WHERE id = 1");
	later(h, 9 * 86400);
	did(h, run(h, "office backup", NULL), "\"sound\":false");
	later(h, 9 * 86400);
	did(h, run(h, "office backup", NULL), "\"removed\":0");
	assert_int_equal(keep_count(h, ".backup", NULL), 5);
}

static void
a_recovery_key_from_outside_gets_no_backup(void **state)
{
	struct house *h = *state;

	from_outside(h, "UPDATE site SET recovery_public = randomblob(32)");
	refused(h, run(h, "office backup", NULL), MR_DAMAGED, "from outside");
	assert_int_equal(keep_count(h, ".backup", NULL), 0);
}

static void
a_folder_that_is_not_there_is_named(void **state)
{
	struct house *h = *state;

	refused(h, run(h, "office backup", "folder", "/nowhere/at/all", NULL),
	    MR_NOTFOUND, "plugged in");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(a_backup_is_made_checked_and_written_down),
	    MAIL_TEST(volunteers_and_staff_make_none),
	    MAIL_TEST(what_is_in_it_cannot_be_read),
	    MAIL_TEST(a_thousand_changed_ones_are_all_refused),
	    MAIL_TEST(two_backups_do_not_mix),
	    MAIL_TEST(the_words_of_another_office_open_nothing),
	    MAIL_TEST(a_full_disk_leaves_the_older_ones),
	    MAIL_TEST(what_a_crash_leaves_is_gone_after_the_next_start),
	    MAIL_TEST(two_at_once_do_not_meet),
	    MAIL_TEST(old_ones_go_but_never_the_newest_three),
	    MAIL_TEST(another_office_s_backups_stay),
	    MAIL_TEST(what_the_audit_finds_is_told_and_nothing_older_goes),
	    MAIL_TEST(a_recovery_key_from_outside_gets_no_backup),
	    MAIL_TEST(a_folder_that_is_not_there_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
