/*
 * An office copied from one database to another: every row arrives, whatever
 * stands in the way is told, and what was broken off is gone on with.  With
 * $MAILROOM_TEST_DB (test/pgsql.sh) there and back between a file and a server.
 */
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "lib/instance.h"
#include "lib/page.h"
#include "test/copies.h"
#include "test/site.h"

/* Letters, sealed people, a sheet, enough rows for several transactions. */
static void
work(struct house *h)
{
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "sheet print", "letter", number, NULL), "");
	mail_receive(h, 2, MR_OUTSIDE, number);
	stuff(h);
}

static void
every_row_goes_there_and_back(void **state)
{
	struct house *h = *state;
	const char *there, *back, *again;
	struct mr_copied first, second, third;

	work(h);
	copied(home(), there = a_file(), &first);
	copied(there, back = a_place(), &second);
	copied(back, again = a_file(), &third);
	assert_string_equal(first.name, "Bridge Letters");
	assert_true(first.rows > 40000);
	assert_int_equal(first.sites, 1);
	assert_int_equal(first.events, mail_events(h));
	assert_int_equal(first.to[0].event, first.events);
	assert_memory_equal(first.from, first.to, sizeof(first.from[0]));
	assert_false(first.went_on);
	assert_int_equal(second.rows, first.rows);
	assert_int_equal(third.rows, first.rows);
	assert_memory_equal(first.hash, second.hash, sizeof(first.hash));
	assert_memory_equal(first.hash, third.hash, sizeof(first.hash));
	assert_memory_equal(first.to, third.to, sizeof(first.to[0]));
	assert_int_equal(version_of(again), mr_schema_version());
}

static void
the_copy_is_an_office_that_works(void **state)
{
	struct house *h = *state;
	struct mr *old = h->mr;
	const char *there = a_place();
	struct mr_copied done;
	struct stat file;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	copied(home(), there, &done);
	assert_int_equal(open_copy(there, &h->mr), MR_OK);
	did(h,
	    run(h, "correspondent reveal", "person", "C4", "reason", "delivery",
		NULL),
	    "40312-999");
	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_sound(h);
	assert_int_equal(mail_events(h) > done.events, 1);
	mr_close(h->mr);
	h->mr = old;
	assert_int_equal(mail_events(h), done.events);
	mail_sound(h);
	/* Sealed or not, a new file is nobody else's to read. */
	copied(home(), there = a_file(), &done);
	assert_int_equal(stat(there + strlen("sqlite:"), &file), 0);
	assert_int_equal(file.st_mode & 0777, 0600);
}

/* A daemon that was killed leaves its row, which says nothing of the copy. */
static void
who_served_the_old_one_does_not_serve_the_copy(void **state)
{
	struct house *h = *state;
	struct mr_instance own, there;
	const char *place = a_place();
	struct mr_copied done;
	struct mr *new = NULL;
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	mr_instance_own(&own);
	own.process = pid;
	assert_int_equal(
	    mr_instance_take(h->mr, &own, NULL, 0, &h->error), MR_OK);
	copied(home(), place, &done);
	assert_int_equal(open_copy(place, &new), MR_OK);
	assert_int_equal(mr_instance_look(new, &there, &h->error), MR_NOTFOUND);
	mr_close(new);
}

/* It beats in a process of its own, which the copy sees. */
static void
an_office_that_is_served_is_not_copied(void **state)
{
	struct house *h = *state;
	struct mr_options options = {.dir = h->dir, .db = house_db(h)};
	const struct timespec little = {0, 100000000};
	const char *place = a_place();
	struct mr_instance own;
	struct mr *mr = NULL;
	pid_t pid = fork();

	if (pid == 0) {
		mr_instance_own(&own);
		if (mr_open(&options, &mr, &h->error) != MR_OK ||
		    mr_instance_take(mr, &own, NULL, 0, &h->error) != MR_OK)
			_exit(1);
		while (getppid() != 1 &&
		    mr_instance_beat(mr, &own, &h->error) == MR_OK)
			nanosleep(&little, NULL);
		_exit(0);
	}
	while (mr_instance_look(h->mr, &own, &h->error) == MR_NOTFOUND)
		nanosleep(&little, NULL);
	not_copied(home(), place, MR_REFUSED, "serves the old office");
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* Two sites on one database: both chains go, and each key file opens its own
 * site in the copy. */
static void
all_sites_go_along(void **state)
{
	struct house *h = *state;
	const char *there = a_place();
	struct mr_copied done, back;
	char number[64], folder[200];
	struct mr_options options = {
	    .dir = site_folder(h, folder), .db = there, .check_scans = 1};
	struct mr *west = NULL;

	did(h, site_make(h), "\"site\":1");
	assert_int_equal(site_open(h, &west), MR_OK);
	site_go(h, &west);
	mail_receive(h, 1, MR_INSIDE, number);
	site_go(h, &west);
	mr_close(west);
	copied(home(), there, &done);
	assert_int_equal(done.sites, 2);
	assert_int_equal(done.to[0].event + done.to[1].event, done.events);
	assert_true(done.to[1].event > 1);
	assert_memory_equal(done.from, done.to, 2 * sizeof(done.to[0]));
	copied(there, a_file(), &back);
	assert_memory_equal(done.hash, back.hash, sizeof(done.hash));
	assert_int_equal(mr_open(&options, &west, &h->error), MR_OK);
	assert_int_equal(mr_office_site(west), 1);
	site_go(h, &west);
	mail_receive(h, 2, MR_INSIDE, number);
	mail_sound(h);
	site_go(h, &west);
	mr_close(west);
	site_remove(h);
}

/* The letter that was keyed in on a page which was printed earlier stands
 * before the one that lay in the same envelope. */
static void
a_letter_may_refer_to_a_later_one(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);
	struct mr_letter later_one = {.id = 100,
			     .way = MR_FORWARD,
			     .state = MR_L_CLOSED,
			     .day = c->today},
			 earlier = later_one;
	struct mr_copied there, back;
	const char *place;

	earlier.id = 50;
	earlier.parent = 100;
	assert_int_equal(mr_letter_insert(c, &later_one), MR_OK);
	assert_int_equal(mr_letter_insert(c, &earlier), MR_OK);
	house_end(c);
	copied(home(), place = a_place(), &there);
	copied(place, a_file(), &back);
	assert_memory_equal(there.hash, back.hash, sizeof(there.hash));
}

static void
killed_in_the_middle_it_goes_on_where_it_was(void **state)
{
	struct house *h = *state;
	struct mr_copied done, clean;
	const char *broken = a_place(), *file = a_file();
	struct mr *mr = NULL;

	work(h);
	copied(home(), a_file(), &clean);
	/* Among words with numbers, and among bytes. */
	copy_and_be_killed(home(), broken, 10000);
	copy_and_be_killed(home(), broken, 30000);
	assert_true(version_of(broken) > MR_SCHEMA_COPYING);
	assert_int_equal(open_copy(broken, &mr), MR_REFUSED);
	assert_non_null(strstr(h->error.message, "not finished"));
	not_copied(broken, file, MR_REFUSED, "itself a copy");
	copied(home(), broken, &done);
	assert_true(done.went_on);
	assert_true(copies.first >= 30000);
	assert_memory_equal(done.hash, clean.hash, sizeof(done.hash));
	assert_int_equal(done.rows, clean.rows);
	assert_int_equal(open_copy(broken, &mr), MR_OK);
	mr_close(mr);
	/* And into a file, which has a log to go on from. */
	copy_and_be_killed(broken, file, 30000);
	copied(broken, file, &done);
	assert_true(done.went_on);
	assert_memory_equal(done.hash, clean.hash, sizeof(done.hash));
}

static void
a_database_that_is_not_empty_is_left_alone(void **state)
{
	const char *office = a_place(), *other = a_file();
	struct mr_copied done;

	(void)state;
	copied(home(), office, &done);
	not_copied(home(), office, MR_REFUSED, "an office in the new database");
	not_copied(home(), home(), MR_REFUSED, "an office in the new database");
	alter(other, "CREATE TABLE thing (id INTEGER PRIMARY KEY) STRICT");
	not_copied(home(), other, MR_REFUSED, "not empty");
	alter(other, "DROP TABLE thing");
	copied(home(), other, &done);
}

static void
what_is_no_office_is_not_copied(void **state)
{
	const char *empty = a_file(), *place = a_place();

	(void)state;
	set_version_of(empty, 0);
	not_copied(empty, place, MR_NOTFOUND, "no office");
	not_copied("nonsense", place, MR_USAGE, "the old database");
	not_copied(home(), "nonsense", MR_USAGE, "the new database");
	not_copied("sqlite:/nowhere/mailroom.db", place, MR_IO, "is it there");
	assert_int_equal(version_of(place), 0);
}

static void
another_schema_is_told_and_nothing_changed(void **state)
{
	int64_t ours = mr_schema_version();
	const char *place = a_place();
	struct mr_copied done;

	(void)state;
	set_version_of(home(), ours - 1);
	not_copied(home(), place, MR_REFUSED, "mailroom office check");
	assert_int_equal(version_of(home()), ours - 1);
	set_version_of(home(), ours + 1);
	not_copied(home(), place, MR_NEWER, "newer");
	set_version_of(home(), ours);
	copied(home(), place, &done);
}

static void
a_volunteer_copies_nothing(void **state)
{
	struct mr_copy in = {.from = home(), .to = a_file(), .user = "val"};
	struct house *h = *state;
	struct mr_copied done;

	assert_int_equal(mr_office_copy(&in, &done, &h->error), MR_DENIED);
	in.user = "nobody";
	assert_int_equal(mr_office_copy(&in, &done, &h->error), MR_DENIED);
	in.user = "admin";
	assert_int_equal(mr_office_copy(&in, &done, &h->error), MR_OK);
}

static void
a_damaged_source_is_found_before_anything_is_written(void **state)
{
	struct house *h = *state;
	const char *place = a_place();
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	alter(home(), "UPDATE letter SET sheets = 9");
	not_copied(home(), place, MR_DAMAGED, "the old database");
	assert_int_equal(version_of(place), 0);
}

/* Pages that the disk gave back as something else. */
static void
a_damaged_file_is_found_before_anything_is_written(void **state)
{
	struct house *h = *state;
	const char *file = a_file(), *place = a_place();
	unsigned char rubbish[4096];
	struct mr_copied done;
	struct stat about;
	FILE *f;

	work(h);
	copied(home(), file, &done);
	assert_int_equal(stat(file + strlen("sqlite:"), &about), 0);
	memset(rubbish, 0xA5, sizeof(rubbish));
	f = fopen(file + strlen("sqlite:"), "r+");
	assert_non_null(f);
	for (long at = 40; at < about.st_size / 4096; at++) {
		assert_int_equal(fseek(f, at * 4096, SEEK_SET), 0);
		assert_int_equal(fwrite(rubbish, sizeof(rubbish), 1, f), 1);
	}
	assert_int_equal(fclose(f), 0);
	not_copied(file, place, MR_DAMAGED, "the old database");
	assert_int_equal(version_of(place), 0);
}

/* What was copied before it was broken off is compared like all else. */
static void
a_row_that_changed_in_the_unfinished_copy_is_found(void **state)
{
	struct house *h = *state;
	const char *place = a_place();
	struct mr *mr = NULL;

	work(h);
	copy_and_be_killed(home(), place, 20000);
	alter(place, "UPDATE interest SET word = 'n9x' WHERE word = 'n2'");
	not_copied(home(), place, MR_DAMAGED, "table interest");
	assert_true(version_of(place) > MR_SCHEMA_COPYING);
	assert_int_equal(open_copy(place, &mr), MR_REFUSED);
	not_copied(home(), place, MR_DAMAGED, "table interest");
}

/* Jobs write no event: what ran at the source before it goes on is no
 * difference. */
static void
a_job_that_ran_meanwhile_comes_along(void **state)
{
	const char *place = a_place();
	struct mr_copied done;

	work(*state);
	copy_and_be_killed(home(), place, 20000);
	alter(place,
	    "INSERT INTO job VALUES (1, 1, 1, 1, 0, 0);"
	    "INSERT INTO copying VALUES ('job', 1, 1, NULL)");
	copied(home(), place, &done);
	assert_true(done.went_on);
}

static void
an_unfinished_copy_goes_on_from_its_own_office_only(void **state)
{
	struct house *h = *state, *other;
	const char *place = a_place();
	void *second = NULL;
	char number[64], url[COPIES_URL];

	work(h);
	copy_and_be_killed(home(), place, 20000);
	assert_int_equal(house_setup(&second), 0);
	other = second;
	snprintf(url, sizeof(url), "sqlite:%s/mailroom.db", other->dir);
	not_copied(house_db(other) != NULL ? house_db(other) : url, place,
	    MR_REFUSED, "another office");
	house_teardown(&second);
	mail_receive(h, 1, MR_INSIDE, number);
	not_copied(home(), place, MR_REFUSED, "was worked with");
	set_version_of(place, MR_SCHEMA_COPYING + 1);
	not_copied(home(), place, MR_REFUSED, "another version");
}

static void
receive_one(const char *what, int64_t done)
{
	char number[64];

	(void)what, (void)done;
	copies.hook = NULL;
	mail_receive(copies.h, 1, MR_INSIDE, number);
}

static void
work_at_the_source_meanwhile_is_told(void **state)
{
	const char *place = a_place();
	struct mr *mr = NULL;

	(void)state;
	copies.hook = receive_one;
	copies.hook_in = "rows compared";
	not_copied(home(), place, MR_REFUSED, "somebody worked");
	assert_null(copies.hook);
	assert_int_equal(open_copy(place, &mr), MR_REFUSED);
	not_copied(home(), place, MR_REFUSED, "was worked with");
}

/* A disk with room for so many bytes in a file. */
static void
a_full_disk_is_told_and_later_gone_on_with(void **state)
{
	struct house *h = *state;
	const char *place = a_file();
	struct rlimit before, little;
	struct mr_copied done;
	enum mr_status status;

	work(h);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	little = before;
	little.rlim_cur = 2 << 20;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	status = copy(home(), place, &done);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_true(status == MR_FULL || status == MR_IO);
	assert_non_null(strstr(h->error.message, "the new database"));
	assert_non_null(strstr(h->error.message, "goes on from there"));
	assert_true(version_of(place) > MR_SCHEMA_COPYING);
	copied(home(), place, &done);
	assert_true(done.went_on);
}

static void
cut_all(const char *what, int64_t done)
{
	(void)what;
	if (done < 20000)
		return;
	copies.hook = NULL;
	alter(getenv("MAILROOM_TEST_DB"),
	    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
	    "WHERE pid <> pg_backend_pid() AND application_name = 'mailroom'");
}

static void
a_lost_connection_is_told_and_later_gone_on_with(void **state)
{
	struct house *h = *state;
	const char *place = a_place();
	struct mr_copied done;

	work(h);
	copies.hook = cut_all;
	copies.hook_in = "rows copied";
	not_copied(home(), place, MR_LOST, "goes on from there");
	copied(home(), place, &done);
	assert_true(done.went_on);
	assert_true(copies.first >= 20000);
}

#define COPY_TEST(name) \
	cmocka_unit_test_setup_teardown(name, copies_setup, copies_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    COPY_TEST(every_row_goes_there_and_back),
	    COPY_TEST(the_copy_is_an_office_that_works),
	    COPY_TEST(who_served_the_old_one_does_not_serve_the_copy),
	    COPY_TEST(an_office_that_is_served_is_not_copied),
	    COPY_TEST(all_sites_go_along),
	    COPY_TEST(a_letter_may_refer_to_a_later_one),
	    COPY_TEST(killed_in_the_middle_it_goes_on_where_it_was),
	    COPY_TEST(a_database_that_is_not_empty_is_left_alone),
	    COPY_TEST(what_is_no_office_is_not_copied),
	    COPY_TEST(another_schema_is_told_and_nothing_changed),
	    COPY_TEST(a_volunteer_copies_nothing),
	    COPY_TEST(a_damaged_source_is_found_before_anything_is_written),
	    COPY_TEST(a_damaged_file_is_found_before_anything_is_written),
	    COPY_TEST(a_row_that_changed_in_the_unfinished_copy_is_found),
	    COPY_TEST(a_job_that_ran_meanwhile_comes_along),
	    COPY_TEST(an_unfinished_copy_goes_on_from_its_own_office_only),
	    COPY_TEST(work_at_the_source_meanwhile_is_told),
	    COPY_TEST(a_full_disk_is_told_and_later_gone_on_with),
	    COPY_TEST(a_lost_connection_is_told_and_later_gone_on_with),
	};
	size_t n = sizeof(tests) / sizeof(tests[0]);

	/* A file has no connection to lose: the last one is for a server. */
	if (getenv("MAILROOM_TEST_DB") == NULL)
		n--;
	return _cmocka_run_group_tests("tests", tests, n, NULL, NULL);
}
