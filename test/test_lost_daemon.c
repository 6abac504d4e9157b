/*
 * The server goes away under a mailroomd, which waits, does again what was
 * broken off, and tells who asks.  See test_lost.c.
 */
#define _GNU_SOURCE /* memmem */
#include "test/lost.h"
#include "test/notify.h"

const char *daemon_path;
static struct daemon d;
static struct asker a;

/* By the wire, and signed in.  fd: what it tells its manager; NULL: none. */
static void
start_daemon(struct house *h, int *fd, char path[64])
{
	char db[320];

	assert_true(strlen(proxy_db(h, db)) < sizeof(h->db));
	memcpy(h->db, db, sizeof(h->db));
	d = (struct daemon){.house = h};
	a = (struct asker){.daemon = &d};
	if (fd == NULL)
		daemon_start(&d, h);
	else
		*fd = start_managed(&d, h, path);
	assert_int_equal(sign_in(&a, "val", MAIL_STAFF), 200);
}

static void
stop_daemon(void)
{
	int status = daemon_stop(&d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void
send_letter(int n)
{
	char body[80];

	snprintf(body, sizeof(body), "{\"id\":\"%s\",\"sheets\":2}", ids[n]);
	ask(&a, "POST", "/api/letter/receive", body);
}

static void
log_letter(int n)
{
	send_letter(n);
	if (a.status != 200)
		fail_msg("%ld %s", a.status, a.answer);
	assert_non_null(strstr(a.answer, "\"code\":\""));
	assert_null(strstr(strstr(a.answer, "\"code\"") + 1, "\"code\""));
}

static void
the_daemon_does_again_what_was_broken_off(void **state)
{
	struct house *h = *state;

	start_daemon(h, NULL, NULL);
	proxy_cut(CUT_BEFORE, "COMMIT", 1);
	log_letter(0);
	proxy_cut(CUT_AFTER, "COMMIT", 1);
	log_letter(1);
	stop_daemon();
	holds(h, 2);
}

/* One line at a station is several operations, which share a bench. */
static void
a_line_at_a_station_is_done_again(void **state)
{
	struct house *h = *state;
	char body[120];

	start_daemon(h, NULL, NULL);
	assert_int_equal(ask(&a, "GET", "/api/station", NULL), 200);
	for (int i = 0; i < 2; i++) {
		proxy_cut(i == 0 ? CUT_BEFORE : CUT_AFTER, "COMMIT", 1);
		snprintf(body, sizeof(body),
		    "{\"line\":\"%s\",\"request\":\"line-%d\"}", ids[i], i);
		assert_int_equal(ask(&a, "POST", "/api/station", body), 200);
		assert_non_null(strstr(a.answer, "\"done\":true"));
		snprintf(body, sizeof(body),
		    "{\"line\":\"2\",\"request\":\"sheets-%d\"}", i);
		assert_int_equal(ask(&a, "POST", "/api/station", body), 200);
		assert_non_null(strstr(a.answer, "\"sheets\":2"));
	}
	stop_daemon();
	holds(h, 2);
}

/* All connections end, and there is nobody to connect to; our own handle goes
 * by no wire. */
static void
server_goes(struct house *h, const char *own)
{
	struct mr_options options = {.dir = h->dir, .db = own};

	proxy_cut(CUT_ALWAYS, "", 0);
	mr_close(h->mr);
	assert_int_equal(mr_open(&options, &h->mr, &h->error), MR_OK);
	assert_int_equal(
	    sql_script(h->mr->db,
		"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
		"WHERE pid <> pg_backend_pid() AND state IS NOT NULL"),
	    MR_OK);
}

static void
who_reads_is_told_at_once_and_the_daemon_goes_on(void **state)
{
	struct house *h = *state;
	char own[sizeof(h->db)];

	memcpy(own, h->db, sizeof(own));
	start_daemon(h, NULL, NULL);
	assert_int_equal(ask(&a, "GET", "/api/letter/trays", NULL), 200);
	server_goes(h, own);
	assert_int_equal(ask(&a, "GET", "/api/letter/trays", NULL), 503);
	assert_non_null(strstr(a.answer, "nothing was changed"));
	proxy_cut(CUT_NEVER, "", 0);
	assert_int_equal(ask(&a, "GET", "/api/letter/trays", NULL), 200);
	log_letter(0);
	stop_daemon();
	holds(h, 1);
}

/* It waits as long as it promises, says so, and is no dead daemon to who looks
 * after it. */
static void
who_writes_is_told_to_come_again_and_then_it_is_there_once(void **state)
{
	struct house *h = *state;
	char own[sizeof(h->db)], code[64], path[64];
	int fd;

	memcpy(own, h->db, sizeof(own));
	start_daemon(h, &fd, path);
	a.line = "Mailroom-Request: key-1";
	server_goes(h, own);
	send_letter(0);
	answers(&a, 503, "nothing was changed");
	assert_non_null(strstr(a.headers, "Retry-After: "));
	ask(&a, "GET", "/api/letter/trays", NULL);
	answers(&a, 503, "the database server cannot be reached");
	assert_non_null(strstr(a.headers, "Retry-After: "));
	assert_int_equal(ask(&a, "GET", "/sign-in", NULL), 200);
	forget_heard(fd);
	hears(fd, "WATCHDOG=1");
	assert_int_equal(letters(h), 0);
	proxy_cut(CUT_NEVER, "", 0);
	send_letter(0);
	answers(&a, 200, "\"code\":\"");
	snprintf(code, sizeof(code), "%.33s", strstr(a.answer, "\"code\""));
	send_letter(0);
	answers(&a, 200, code);
	stop_daemon();
	holds(h, 1);
	close(fd);
	unlink(path);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	    T(the_daemon_does_again_what_was_broken_off),
	    T(a_line_at_a_station_is_done_again),
	    T(who_reads_is_told_at_once_and_the_daemon_goes_on),
	    T(who_writes_is_told_to_come_again_and_then_it_is_there_once),
#undef T
	};
	char path[4096];
	const char *slash = strrchr(argv[0], '/');
	int failed;

	assert_true(argc > 0 && slash != NULL);
	snprintf(path, sizeof(path), "%.*s/../mailroomd/mailroomd",
	    (int)(slash - argv[0]), argv[0]);
	daemon_path = path;
	proxy_start();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	proxy_stop();
	return failed;
}
