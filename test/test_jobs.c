/*
 * What the program does while nobody asks: when a job is due, how it went, who
 * is told; and the daemon that does them on an office of three days ago.
 */
#include "test/daemon.h"
#include "test/keep.h"

#include <sqlite3.h>

#include "lib/job.h"

const char *daemon_path;

#define EVENING 1200 /* 20:00 */
#define HOUR (INT64_C(3600) * 1000000)

static int
is_due(struct house *h, enum mr_job job, int64_t now)
{
	int due = -1;

	assert_int_equal(
	    mr_job_due(h->mr, job, now, EVENING, &due, &h->error), MR_OK);
	return due;
}

static struct mr_job_row
row_of(struct house *h, enum mr_job job)
{
	struct mr_job_row row;

	assert_int_equal(mr_job_look(h->mr, job, &row, &h->error), MR_OK);
	return row;
}

/* HOUSE_NOW is 10:43 in Danbury. */
static void
a_backup_is_due_once_an_evening_and_made_up(void **state)
{
	struct house *h = *state;
	int64_t eight = h->now + 9 * HOUR + 17 * HOUR / 60, number = 0;

	assert_false(is_due(h, MR_JOB_BACKUP, h->now + 60));
	assert_false(is_due(h, MR_JOB_BACKUP, eight - 1000000));
	assert_true(is_due(h, MR_JOB_BACKUP, eight + 1000000));
	assert_int_equal(mr_job_run(h->mr, MR_JOB_BACKUP, eight + 2000000,
			     &number, &h->error),
	    MR_OK);
	assert_true(number > 100000);
	assert_int_equal(keep_count(h, ".backup", NULL), 1);
	assert_false(is_due(h, MR_JOB_BACKUP, eight + 3000000));
	assert_false(is_due(h, MR_JOB_BACKUP, eight + 24 * HOUR - 1000000));
	assert_true(is_due(h, MR_JOB_BACKUP, eight + 24 * HOUR + 1000000));
	/* The machine was off over the weekend. */
	assert_true(is_due(h, MR_JOB_BACKUP, eight + 70 * HOUR));
	assert_int_equal(row_of(h, MR_JOB_BACKUP).status, MR_OK);
	h->now = eight + 3 * HOUR;
	did(h, run(h, "audit show", "last", "1", NULL),
	    "\"user\":\"mailroom\"");
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static void
a_backup_that_failed_stays_due(void **state)
{
	struct house *h = *state;
	int64_t number = 0, first = h->now + 24 * HOUR;
	struct mr_job_row row;

	assert_int_equal(
	    mr_job_run(h->mr, MR_JOB_BACKUP, first, &number, &h->error), MR_OK);
	mr_backup_folder("/nowhere/at/all");
	assert_int_equal(mr_job_run(h->mr, MR_JOB_BACKUP, first + 24 * HOUR,
			     &number, &h->error),
	    MR_NOTFOUND);
	mr_backup_folder(NULL);
	row = row_of(h, MR_JOB_BACKUP);
	assert_int_equal(row.status, MR_NOTFOUND);
	assert_int_equal(row.good, first);
	assert_true(is_due(h, MR_JOB_BACKUP, first + 24 * HOUR));
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
the_file_is_checked_every_week_and_damage_is_told(void **state)
{
	struct house *h = *state;
	int64_t number = 0, week = h->now + 7 * 24 * HOUR + HOUR;

	assert_false(is_due(h, MR_JOB_CHECK, h->now + 6 * 24 * HOUR));
	assert_true(is_due(h, MR_JOB_CHECK, week));
	assert_int_equal(
	    mr_job_run(h->mr, MR_JOB_CHECK, week, &number, &h->error), MR_OK);
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"database\",\"count\":0,\"look\":false");
	from_outside(h,
	    "CREATE TRIGGER t AFTER INSERT ON letter BEGIN "
	    "DELETE FROM letter; END");
	assert_int_equal(mr_job_run(h->mr, MR_JOB_CHECK, week + 8 * 24 * HOUR,
			     &number, &h->error),
	    MR_DAMAGED);
	assert_int_equal(number, 1);
	assert_int_equal(row_of(h, MR_JOB_CHECK).status, MR_DAMAGED);
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"database\",\"count\":1,\"look\":true");
}

static void
what_lies_too_long_is_told(void **state)
{
	struct house *h = *state;
	char number[64];
	int64_t n = 0;

	did(h, run(h, "report attention", NULL),
	    "\"what\":\"late-letters\",\"count\":0,\"look\":false");
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"backup\",\"count\":-1,\"look\":true");
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"quiet-pairings\",\"count\":3,\"look\":true");
	mail_receive(h, 1, MR_INSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "photo", "until",
		"2026-11-25", NULL),
	    "");
	did(h, run(h, "office backup", NULL), "");
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"backup\",\"count\":0,\"look\":false");
	/* The letter's pairing waits for us: it is late, not quiet. */
	later(h, 9 * 86400);
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"late-letters\",\"count\":1,\"look\":true");
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"held-due\",\"count\":1,\"look\":true");
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"quiet-pairings\",\"count\":2,\"look\":true");
	did(h, run(h, "report attention", NULL),
	    "\"what\":\"backup\",\"count\":9,\"look\":true");
	assert_int_equal(
	    mr_job_run(h->mr, MR_JOB_LATE, h->now, &n, &h->error), MR_OK);
	assert_int_equal(n, 1);
	assert_int_equal(
	    mr_job_run(h->mr, MR_JOB_QUIET, h->now, &n, &h->error), MR_OK);
	assert_int_equal(n, 2);
	assert_int_equal(row_of(h, MR_JOB_QUIET).number, 2);
	mail_sound(h);
}

static void
configure(struct house *h, const char *more)
{
	char path[128];
	FILE *f;

	path_of(h, "mailroom.conf", path);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "metrics = unix:%s/numbers\n%s", h->dir, more);
	fclose(f);
}

/* GET /metrics over its socket. */
static void
numbers(struct house *h, struct asker *a)
{
	CURL *curl = curl_easy_init();
	char path[128];

	path_of(h, "numbers", path);
	a->len = 0;
	assert_non_null(curl);
	curl_easy_setopt(curl, CURLOPT_URL, "http://here/metrics");
	curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, path);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, asker_take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, a);
	assert_int_equal(curl_easy_perform(curl), CURLE_OK);
	curl_easy_cleanup(curl);
}

static void
the_daemon_makes_up_a_backup_and_tells_of_it(void **state)
{
	struct house *h = *state;
	struct asker *a = calloc(1, sizeof(*a));
	struct daemon d = {.pid = 0};
	char scratch[128];
	const char *at;
	FILE *f;

	assert_non_null(a);
	path_of(h, "backup.scratch", scratch);
	f = fopen(scratch, "w");
	assert_non_null(f);
	fputs("what a crash left", f);
	fclose(f);
	configure(h, "");
	daemon_start(&d, h);
	daemon_hears(&d, "mailroomd: backup: bytes ", NULL, 0);
	assert_false(keep_there(h, "backup.scratch"));
	assert_int_equal(keep_count(h, ".backup", NULL), 1);
	numbers(h, a);
	at = strstr(a->answer,
	    "mailroom_job_success_timestamp_seconds{job=\"backup\"} ");
	assert_non_null(at);
	assert_true(atol(strchr(at, ' ') + 1) > 1700000000);
	assert_non_null(
	    strstr(a->answer, "mailroom_job_status{job=\"backup\"} 0\n"));
	a->daemon = &d;
	assert_int_equal(sign_in(a, "ruth", HOUSE_PASSPHRASE), 200);
	ask(a, "POST", "/api/office/backup", "{}");
	answers(a, 200, "\"sound\":true");
	ask(a, "GET", "/api/report/attention", NULL);
	answers(a, 200, "\"what\":\"backup\",\"count\":0,\"look\":false");
	assert_int_equal(keep_count(h, ".backup", NULL), 2);
	assert_int_equal(daemon_stop(&d, SIGTERM), 0);
	h->now = mr_now();
	did(h, run(h, "audit verify", NULL), "\"found\":0");
	free(a);
}

static void
a_daemon_that_is_told_never_makes_none(void **state)
{
	struct house *h = *state;
	struct daemon d = {.pid = 0};

	configure(h, "backup-at = never\n");
	daemon_start(&d, h);
	daemon_hears(&d, "mailroomd: checkpoint: event ", NULL, 0);
	assert_int_equal(daemon_stop(&d, SIGTERM), 0);
	assert_int_equal(keep_count(h, ".backup", NULL), 0);
	assert_int_equal(row_of(h, MR_JOB_LATE).status, MR_OK);
}

static void
where_its_disk_is_not_there_the_daemon_says_so(void **state)
{
	struct house *h = *state;
	struct daemon d = {.pid = 0};
	char line[128];

	configure(h, "backup = /nowhere/at/all\n");
	daemon_start(&d, h);
	daemon_hears(
	    &d, "mailroomd: job failed: job 2, status ", line, sizeof(line));
	assert_int_equal(daemon_stop(&d, SIGTERM), 0);
	assert_int_equal(row_of(h, MR_JOB_BACKUP).status, MR_NOTFOUND);
}

static int
old_house_setup(void **state)
{
	return house_setup_at(state, mr_now() - 72 * HOUR);
}

#define on_an_office(f) \
	cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)
#define on_an_old_office(f) \
	cmocka_unit_test_setup_teardown(f, old_house_setup, house_teardown)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    on_an_office(a_backup_is_due_once_an_evening_and_made_up),
	    on_an_office(a_backup_that_failed_stays_due),
	    on_an_office(the_file_is_checked_every_week_and_damage_is_told),
	    MAIL_TEST(what_lies_too_long_is_told),
	    on_an_old_office(the_daemon_makes_up_a_backup_and_tells_of_it),
	    on_an_old_office(a_daemon_that_is_told_never_makes_none),
	    on_an_old_office(where_its_disk_is_not_there_the_daemon_says_so),
	};
	char path[4096];
	const char *slash = strrchr(argv[0], '/');

	assert_true(argc > 0 && slash != NULL);
	snprintf(path, sizeof(path), "%.*s/../mailroomd/mailroomd",
	    (int)(slash - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
