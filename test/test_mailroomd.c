/*
 * What the program does of itself: the checkpoint of the day, moving the log;
 * and the daemon as a process of its own, on an office of three days ago.
 */
#include "test/house.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "lib/audit.h"

#define HOUR (INT64_C(3600) * 1000000)

static const char *daemon_path; /* beside the tests */

static int64_t
checkpoints(struct house *h)
{
	return house_count(
	    h, SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM checkpoint");
}

static void
the_day_of_the_init_has_its_checkpoint(void **state)
{
	struct house *h = *state;
	int64_t event = -1;

	assert_int_equal(
	    mr_checkpoint_daily(h->mr, h->now + HOUR, &event, &h->error),
	    MR_OK);
	assert_int_equal(event, 0);
	assert_int_equal(checkpoints(h), 1);
}

static void
a_new_day_gets_one_checkpoint_by_the_program_itself(void **state)
{
	struct house *h = *state;
	int64_t event = 0, again = -1;

	h->now += 24 * HOUR;
	assert_int_equal(
	    mr_checkpoint_daily(h->mr, h->now, &event, &h->error), MR_OK);
	assert_true(event > 0);
	assert_int_equal(checkpoints(h), 2);
	assert_int_equal(
	    mr_checkpoint_daily(h->mr, h->now + HOUR, &again, &h->error),
	    MR_OK);
	assert_int_equal(again, 0);
	assert_int_equal(checkpoints(h), 2);
	did(h, run(h, "audit show", "last", "1", NULL), "audit checkpoint");
	did(h, run(h, "audit show", "last", "1", NULL),
	    "\"user\":\"mailroom\",\"station\":null");
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static void
the_day_changes_at_midnight_of_the_zone(void **state)
{
	struct house *h = *state;
	int64_t event = 0;

	/* 10:43 in Danbury: 04:43 UTC is 23:43 there, of the same day. */
	assert_int_equal(
	    mr_checkpoint_daily(h->mr, h->now + 13 * HOUR, &event, &h->error),
	    MR_OK);
	assert_int_equal(event, 0);
	assert_int_equal(
	    mr_checkpoint_daily(h->mr, h->now + 14 * HOUR, &event, &h->error),
	    MR_OK);
	assert_true(event > 0);
}

/* Or the first calls on several threads would set it at once. */
static void
an_office_that_is_open_has_its_zone_in_force(void **state)
{
	struct house *h = *state;
	struct mr_options options = {.dir = h->dir};
	struct mr *other = NULL;
	char text[MR_WHEN_SIZE];

	assert_int_equal(mr_zone_set("UTC"), 0);
	assert_string_equal(mr_time_local(0, text), "00:00");
	assert_int_equal(mr_open(&options, &other, &h->error), MR_OK);
	assert_string_equal(mr_time_local(0, text), "19:00");
	mr_close(other);
}

static void
somebody_who_writes_is_not_disturbed(void **state)
{
	struct house *h = *state;
	struct mr_options options = {
	    .dir = h->dir, .check_scans = 1, .busy_ms = 50};
	struct mr *other = NULL;
	int64_t event = -1;
	struct mr_call *c;

	assert_int_equal(mr_open(&options, &other, &h->error), MR_OK);
	c = house_begin(h);
	assert_int_equal(
	    mr_checkpoint_daily(other, h->now + 24 * HOUR, &event, &h->error),
	    MR_BUSY);
	assert_int_equal(event, -1);
	house_end(c);
	assert_int_equal(
	    mr_checkpoint_daily(other, h->now + 24 * HOUR, &event, &h->error),
	    MR_OK);
	assert_true(event > 0);
	mr_close(other);
}

static void
without_keys_nothing_is_signed(void **state)
{
	struct house *h = *state;
	struct mr_options options = {.dir = h->dir, .no_keys = 1};
	struct mr *other = NULL;
	int64_t event = -1;

	assert_int_equal(mr_open(&options, &other, &h->error), MR_OK);
	assert_int_equal(
	    mr_checkpoint_daily(other, h->now + 24 * HOUR, &event, &h->error),
	    MR_BUG);
	mr_close(other);
	assert_int_equal(checkpoints(h), 1);
}

static off_t
size_of(struct house *h, const char *name)
{
	struct stat st;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", h->dir, name);
	return stat(path, &st) == 0 ? st.st_size : 0;
}

static void
write_much(struct house *h)
{
	for (int i = 0; i < 8; i++) {
		struct mr_call *c = house_begin(h);

		for (int n = 0; n < 40; n++)
			house_add(c, MR_INSIDE, NULL, 1);
		house_end(c);
	}
}

static void
the_log_is_moved_into_the_file(void **state)
{
	struct house *h = *state;
	struct mr_options options = {
	    .dir = h->dir, .check_scans = 1, .no_checkpoint = 1};
	struct mr_options mover = {.dir = h->dir, .no_keys = 1};
	struct mr *moves = NULL;
	off_t before;

	mr_close(h->mr);
	assert_int_equal(mr_open(&options, &h->mr, &h->error), MR_OK);
	assert_int_equal(mr_open(&mover, &moves, &h->error), MR_OK);
	assert_int_equal(mr_log_move(moves, &h->error), MR_OK);
	before = size_of(h, "mailroom.db");
	write_much(h);
	assert_true(size_of(h, "mailroom.db-wal") > 0);
	assert_int_equal(size_of(h, "mailroom.db"), before);
	assert_int_equal(mr_log_move(moves, &h->error), MR_OK);
	assert_true(size_of(h, "mailroom.db") > before);
	mr_close(moves);
}

/* Start the daemon, its words into the file "said" of the office. */
static pid_t
start(struct house *h, const char *said)
{
	char path[128];
	pid_t pid;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", h->dir, said);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(fd, STDERR_FILENO);
		execl(daemon_path, "mailroomd", "--office", h->dir, "--listen",
		    "127.0.0.1:0", (char *)NULL);
		_exit(126);
	}
	return pid;
}

static int
said(struct house *h, const char *name, const char *what)
{
	char path[128], text[1024] = "";
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", h->dir, name);
	f = fopen(path, "r");
	if (f != NULL) {
		text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
		fclose(f);
	}
	return strstr(text, what) != NULL;
}

/* Wait until it says so; 20 seconds at most, for slow checkers. */
static void
hears(struct house *h, const char *name, const char *what)
{
	const struct timespec little = {0, 20000000};

	for (int i = 0; i < 1000 && !said(h, name, what); i++)
		nanosleep(&little, NULL);
	if (!said(h, name, what))
		fail_msg("%s does not say: %s", name, what);
}

static int
ended(pid_t pid)
{
	int status = -1;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
forget(struct house *h, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", h->dir, name);
	unlink(path);
}

static void
the_daemon_signs_when_it_starts_and_ends_when_told(void **state)
{
	struct house *h = *state;
	pid_t pid = start(h, "said");

	hears(h, "said", "mailroomd: checkpoint: event ");
	assert_int_equal(kill(pid, SIGTERM), 0);
	assert_int_equal(ended(pid), 0);
	assert_true(said(h, "said", "mailroomd: open: port "));
	assert_true(said(h, "said", "mailroomd: closing: signal 15\n"));
	forget(h, "said");
	assert_int_equal(checkpoints(h), 2);
	h->now = mr_now();
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static void
a_daemon_that_starts_again_signs_nothing_more(void **state)
{
	struct house *h = *state;
	pid_t pid = start(h, "said");

	hears(h, "said", "mailroomd: checkpoint: event ");
	kill(pid, SIGINT);
	assert_int_equal(ended(pid), 0);
	pid = start(h, "said-too");
	hears(h, "said-too", "mailroomd: open: port ");
	h->now = mr_now();
	did(h, run(h, "audit checkpoint", NULL), "words");
	kill(pid, SIGINT);
	assert_int_equal(ended(pid), 0);
	assert_false(said(h, "said-too", "checkpoint"));
	forget(h, "said");
	forget(h, "said-too");
}

static void
the_daemon_moves_the_log_while_others_write(void **state)
{
	struct house *h = *state;
	struct mr_options options = {
	    .dir = h->dir, .check_scans = 1, .no_checkpoint = 1};
	const struct timespec little = {0, 50000000};
	off_t before = size_of(h, "mailroom.db");
	pid_t pid;

	mr_close(h->mr);
	assert_int_equal(mr_open(&options, &h->mr, &h->error), MR_OK);
	pid = start(h, "said");
	hears(h, "said", "mailroomd: checkpoint: event ");
	h->now = mr_now();
	write_much(h);
	for (int i = 0; i < 400 && size_of(h, "mailroom.db") <= before; i++)
		nanosleep(&little, NULL);
	assert_true(size_of(h, "mailroom.db") > before);
	kill(pid, SIGTERM);
	assert_int_equal(ended(pid), 0);
	assert_false(said(h, "said", "moving"));
	forget(h, "said");
}

static void
where_no_office_is_the_daemon_says_so_and_ends(void **state)
{
	struct house *h = *state;
	char here[64];
	pid_t pid;

	memcpy(here, h->dir, sizeof(here));
	snprintf(
	    h->dir + strlen(h->dir), sizeof(h->dir) - strlen(h->dir), "-not");
	assert_int_equal(mkdir(h->dir, 0700), 0);
	pid = start(h, "said");
	assert_int_equal(ended(pid), mr_status_exit(MR_NOTFOUND));
	assert_true(said(h, "said", "no office in"));
	forget(h, "said");
	assert_int_equal(rmdir(h->dir), 0);
	memcpy(h->dir, here, sizeof(here));
}

#define on_an_office(f) \
	cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)
#define on_an_old_office(f) \
	cmocka_unit_test_setup_teardown(f, old_house_setup, house_teardown)

static int
old_house_setup(void **state)
{
	return house_setup_at(state, mr_now() - 72 * HOUR);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    on_an_office(the_day_of_the_init_has_its_checkpoint),
	    on_an_office(a_new_day_gets_one_checkpoint_by_the_program_itself),
	    on_an_office(the_day_changes_at_midnight_of_the_zone),
	    on_an_office(an_office_that_is_open_has_its_zone_in_force),
	    on_an_office(somebody_who_writes_is_not_disturbed),
	    on_an_office(without_keys_nothing_is_signed),
	    on_an_office(the_log_is_moved_into_the_file),
	    on_an_old_office(
		the_daemon_signs_when_it_starts_and_ends_when_told),
	    on_an_old_office(a_daemon_that_starts_again_signs_nothing_more),
	    on_an_old_office(the_daemon_moves_the_log_while_others_write),
	    on_an_office(where_no_office_is_the_daemon_says_so_and_ends),
	};
	char path[4096];
	const char *slash = strrchr(argv[0], '/');

	assert_true(argc > 0 && slash != NULL);
	snprintf(path, sizeof(path), "%.*s/../mailroomd/mailroomd",
	    (int)(slash - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
