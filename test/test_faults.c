/*
 * Disks and memory that fail at the k-th call, once or for good, for every k
 * until the operation is through: what stands afterwards is the old state or
 * the new one, never something between, and the chain holds.
 */
#include "test/shim.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "test/mail.h"

static struct {
	sqlite3_mem_methods real;
	int at, sticky, calls, failed;
} heap;

static int
heap_fails(void)
{
	heap.calls++;
	if (heap.at == 0 || heap.calls < heap.at ||
	    (heap.calls > heap.at && !heap.sticky))
		return 0;
	heap.failed++;
	return 1;
}

static void *
heap_malloc(int n)
{
	return heap_fails() ? NULL : heap.real.xMalloc(n);
}

static void *
heap_realloc(void *p, int n)
{
	return heap_fails() ? NULL : heap.real.xRealloc(p, n);
}

static void
heap_arm(int at, int sticky)
{
	heap.at = at;
	heap.sticky = sticky;
	heap.calls = heap.failed = 0;
}

/* Close, as a process that ends does, and open again on a sound disk. */
static void
reopen(struct house *h)
{
	struct mr_options options = {.dir = h->dir, .check_scans = 1};

	mr_close(h->mr);
	h->mr = NULL;
	shim_arm(0, 0, 0);
	if (mr_open(&options, &h->mr, &h->error) != MR_OK)
		fail_msg("opening again: %s", h->error.message);
}

/* An operation under test: makes ready, tries, tells whether it took place. */
struct attempt {
	void (*ready)(struct house *h);
	enum mr_status (*go)(struct house *h);
	int (*done)(struct house *h);
};

static char subject[64], envelope[32], id[32];
static int64_t before;

static int64_t
letters(struct house *h)
{
	return house_count(h, SQL_SCAN "SELECT COUNT(*) FROM letter");
}

static void
ready_receive(struct house *h)
{
	before = letters(h);
	mail_id(h, 1, MR_OUTSIDE, id);
	later(h, 10);
}

static enum mr_status
go_receive(struct house *h)
{
	return run(h, "letter receive", "id", id, NULL);
}

static int
done_receive(struct house *h)
{
	int64_t now = letters(h);

	assert_in_range(now - before, 0, 1);
	return now != before;
}

static void
ready_finish(struct house *h)
{
	later(h, 10);
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_INSIDE, id), NULL),
	    "received");
	house_value(h, "number", 0, subject);
}

static enum mr_status
go_finish(struct house *h)
{
	return run(h, "letter finish", "letter", subject, "sheets", "2", NULL);
}

static int
done_finish(struct house *h)
{
	struct mr_letter l = mail_letter(h, subject);

	assert_true(l.state == MR_L_RECEIVED ? l.sheets == -1 : l.sheets == 2);
	return l.state == MR_L_CLEARED;
}

static void
ready_print(struct house *h)
{
	mail_receive(h, 1, MR_INSIDE, subject);
}

static enum mr_status
go_print(struct house *h)
{
	return run(h, "sheet print", "letter", subject, NULL);
}

static int
done_print(struct house *h)
{
	struct mr_letter l = mail_letter(h, subject);
	struct mr_call *c = house_begin(h);
	struct sql_stmt *st;
	int64_t prints = -1;

	st = sql_prepare(c,
	    SQL_SCAN "SELECT COUNT(*) FROM print "
		     "WHERE letter = :letter");
	sql_int(st, ":letter", l.id);
	assert_int_equal(sql_done_int(st, &prints), MR_OK);
	house_end(c);
	assert_int_equal(prints, l.sheet_copy);
	return l.sheet_copy == 1;
}

static void
ready_seal(struct house *h)
{
	mail_receive(h, 1, MR_INSIDE, subject);
	mail_print(h, subject);
	mail_scan(h, subject, MR_PAYLOAD_ENVELOPE, 1, envelope);
}

static enum mr_status
go_seal(struct house *h)
{
	return mail_try(h, subject, envelope);
}

static int
done_seal(struct house *h)
{
	struct mr_letter l = mail_letter(h, subject);

	assert_int_equal(l.batch != 0, l.state == MR_L_SEALED);
	return l.state == MR_L_SEALED;
}

static void
ready_close(struct house *h)
{
	mail_receive(h, 1, MR_INSIDE, subject);
	mail_seal(h, subject);
}

static enum mr_status
go_close(struct house *h)
{
	return run(h, "batch close", NULL);
}

static int
done_close(struct house *h)
{
	struct mr_letter l = mail_letter(h, subject);
	struct mr_call *c = house_begin(h);
	struct mr_batch batch;

	assert_int_equal(mr_batch_load(c, l.batch, &batch), MR_OK);
	house_end(c);
	assert_int_equal(
	    batch.state == MR_BATCH_CLOSED, l.state == MR_L_POSTED);
	return l.state == MR_L_POSTED;
}

/* One failing write, sync or truncation at every place there is. */
static int
fail_everywhere(struct house *h, const struct attempt *a, int sticky, int code)
{
	int points = 0, taken = 1;
	enum mr_status status;

	for (int k = 1;; k++) {
		if (taken)
			a->ready(h);
		shim_arm(k, sticky, code);
		status = a->go(h);
		if (shim.failed == 0) {
			shim_arm(0, 0, 0);
			assert_int_equal(status, MR_OK);
			assert_int_equal(a->done(h), 1);
			return points;
		}
		points++;
		if (status != MR_OK && status != MR_FULL && status != MR_IO)
			fail_msg("call %d: %s", k, h->error.message);
		reopen(h);
		taken = a->done(h);
		if (status == MR_OK)
			assert_int_equal(taken, 1);
		mail_sound(h);
	}
}

static void
whichever_write_fails(struct house *h, const struct attempt *a)
{
	int points = 0;

	reopen(h); /* from here on every file is on the failing disk */
	for (int sticky = 0; sticky < 2; sticky++) {
		points += fail_everywhere(h, a, sticky, SQLITE_FULL);
		points += fail_everywhere(h, a, sticky, SQLITE_IOERR_WRITE);
	}
	/* A test that reaches no fault proves nothing. */
	assert_true(points >= 20);
}

static void
receive_is_old_or_new_whichever_write_fails(void **state)
{
	static const struct attempt a = {
	    ready_receive, go_receive, done_receive};

	whichever_write_fails(*state, &a);
}

static void
finish_is_old_or_new_whichever_write_fails(void **state)
{
	static const struct attempt a = {ready_finish, go_finish, done_finish};

	whichever_write_fails(*state, &a);
}

static void
print_is_old_or_new_whichever_write_fails(void **state)
{
	static const struct attempt a = {ready_print, go_print, done_print};

	whichever_write_fails(*state, &a);
}

static void
seal_is_old_or_new_whichever_write_fails(void **state)
{
	static const struct attempt a = {ready_seal, go_seal, done_seal};

	whichever_write_fails(*state, &a);
}

static void
batch_close_is_old_or_new_whichever_write_fails(void **state)
{
	static const struct attempt a = {ready_close, go_close, done_close};

	whichever_write_fails(*state, &a);
}

/* After a failure the same handle goes on, once there is room again. */
static void
the_office_goes_on_when_there_is_room_again(void **state)
{
	struct house *h = *state;
	char number[64];

	reopen(h);
	for (int k = 1; k < 12; k++) {
		ready_receive(h);
		shim_arm(k, 1, SQLITE_FULL);
		assert_int_not_equal(go_receive(h), MR_BUG);
		/* What is there can be read meanwhile. */
		did(h, run(h, "letter list", "state", "cleared", NULL), "[");
		shim_arm(0, 0, 0);
		mail_receive(h, 1, MR_OUTSIDE, number);
		stands(h, number, "cleared");
	}
	mail_sound(h);
}

/* Until nothing fits any more, with the limit of a real file system. */
static int
fill_up(struct house *h)
{
	enum mr_status status = MR_OK;
	struct rlimit limit;
	struct stat file;
	char path[128];

	snprintf(path, sizeof(path), "%s/mailroom.db-wal", h->dir);
	if (stat(path, &file) != 0)
		return 1;
	limit.rlim_cur = limit.rlim_max = (rlim_t)file.st_size + 300000;
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 2;
	for (int i = 0; i < 1000 && status == MR_OK; i++) {
		later(h, 10);
		status = go_receive(h);
	}
	if (status != MR_FULL && status != MR_IO)
		return 3;
	if (strstr(h->error.message, "disk") == NULL)
		return 4;
	if (run(h, "letter list", "state", "received", NULL) != MR_OK)
		return 5;
	return h->answer[0] == '[' ? 0 : 6;
}

static void
a_full_disk_is_said_and_loses_nothing(void **state)
{
	struct house *h = *state;
	int64_t had;
	int status;
	pid_t child;

	ready_receive(h);
	assert_int_equal(go_receive(h), MR_OK);
	had = letters(h);
	/* The child has the only connection that writes. */
	mr_close(h->mr);
	h->mr = NULL;
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct mr_options options = {.dir = h->dir, .no_checkpoint = 1};

		if (mr_open(&options, &h->mr, &h->error) != MR_OK)
			_exit(9);
		go_receive(h);
		_exit(fill_up(h));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	reopen(h);
	assert_true(letters(h) > had);
	mail_sound(h);
	later(h, 10);
	assert_int_equal(go_receive(h), MR_OK);
}

/* The n-th allocation of SQLite fails: nothing or all of it was done. */
static int
starve(struct house *h, int sticky, int step)
{
	enum mr_status status;
	int points = 0;

	for (int n = 1;; n += step) {
		if (step > 1)
			reopen(h); /* cold: statements are made anew */
		ready_receive(h);
		heap_arm(n, sticky);
		status = go_receive(h);
		points += heap.failed > 0;
		if (heap.failed == 0) {
			heap_arm(0, 0);
			assert_int_equal(status, MR_OK);
			return points;
		}
		heap_arm(0, 0);
		if (status != MR_OK && status != MR_NOMEM && status != MR_IO)
			fail_msg("allocation %d: %d %s", n, status,
			    h->error.message);
		assert_int_equal(done_receive(h), status == MR_OK);
	}
}

static void
receive_survives_every_failed_allocation(void **state)
{
	struct house *h = *state;
	int points = 0;

	reopen(h);
	for (int sticky = 0; sticky < 2; sticky++) {
		points += starve(h, sticky, 1);
		points += starve(h, sticky, 13);
	}
	assert_true(points >= 100);
	mail_sound(h);
}

int
main(void)
{
	static sqlite3_mem_methods mine;
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(receive_is_old_or_new_whichever_write_fails),
	    MAIL_TEST(finish_is_old_or_new_whichever_write_fails),
	    MAIL_TEST(print_is_old_or_new_whichever_write_fails),
	    MAIL_TEST(seal_is_old_or_new_whichever_write_fails),
	    MAIL_TEST(batch_close_is_old_or_new_whichever_write_fails),
	    MAIL_TEST(the_office_goes_on_when_there_is_room_again),
	    MAIL_TEST(a_full_disk_is_said_and_loses_nothing),
	    MAIL_TEST(receive_survives_every_failed_allocation),
	};

	/* Before SQLite starts; without its lookaside every small piece is an
	 * allocation that can fail. */
	if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &heap.real) != SQLITE_OK)
		return 1;
	mine = heap.real;
	mine.xMalloc = heap_malloc;
	mine.xRealloc = heap_realloc;
	if (sqlite3_config(SQLITE_CONFIG_MALLOC, &mine) != SQLITE_OK ||
	    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK ||
	    shim_install() != SQLITE_OK)
		return 1;
	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
