/*
 * Four stations at once, on a real daemon: nothing lost, nothing doubled,
 * while a batch closes and while the daemon is killed.
 *	test_conc [SCANS [KILLS]]	scans of each station, times it is killed
 */
#include "test/daemon.h"
#include "test/mail.h"

#include <pthread.h>

#include "lib/letter.h"

#define STATIONS 4
#define SEALED 24 /* letters in the batch that closes */

const char *daemon_path;
static struct daemon d;
static int scans = 2500, kills = 20, room;

/* A station: what it has confirmed, and what it sends again until it is. */
static struct station {
	struct asker a;
	pthread_t thread;
	int confirmed;
	char (*code)[20];
	char ids[2][32]; /* taking turns, so that none is a bounce */
	char wrong[300]; /* what should not have been answered */
	char key[80];    /* of the scan, as a header */
} station[STATIONS];

/* Which daemon there is now, and how far all are. */
static struct {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	int daemon, confirmed, over, failed;
} all = {.lock = PTHREAD_MUTEX_INITIALIZER, .moved = PTHREAD_COND_INITIALIZER};

static void
tell(int *what, int n)
{
	pthread_mutex_lock(&all.lock);
	*what += n;
	pthread_cond_broadcast(&all.moved);
	pthread_mutex_unlock(&all.lock);
}

/* So many were confirmed, or a station gave up.  How many there are. */
static int
until(int confirmed)
{
	int now;

	pthread_mutex_lock(&all.lock);
	while (all.confirmed < confirmed && !all.failed)
		pthread_cond_wait(&all.moved, &all.lock);
	now = all.confirmed;
	pthread_mutex_unlock(&all.lock);
	return now;
}

/* Another daemon than that one, or the end.  Which one there is. */
static int
next_daemon(int after)
{
	int now;

	pthread_mutex_lock(&all.lock);
	while (all.daemon == after && !all.over)
		pthread_cond_wait(&all.moved, &all.lock);
	now = all.daemon;
	pthread_mutex_unlock(&all.lock);
	return now;
}

static int
is_over(void)
{
	int over;

	pthread_mutex_lock(&all.lock);
	over = all.over;
	pthread_mutex_unlock(&all.lock);
	return over;
}

/* One scan with its key; what came back. */
static long
scan(struct station *s)
{
	static const char stem[] = "Mailroom-Request: ";
	char body[80];

	snprintf(s->key, sizeof(s->key), "%s%c-%d", stem, s->a.station,
	    s->confirmed);
	snprintf(body, sizeof(body), "{\"id\":\"%s\",\"sheets\":2}",
	    s->ids[s->confirmed % 2]);
	s->a.line = s->key;
	return ask(&s->a, "POST", "/api/letter/receive", body);
}

/* 200 and a code, or it is told what was wrong. */
static int
confirm(struct station *s)
{
	const char *at = strstr(s->a.answer, "\"code\":\"");

	if (s->a.status != 200 || at == NULL) {
		snprintf(s->wrong, sizeof(s->wrong), "%c %d: %ld %.200s",
		    s->a.station, s->confirmed, s->a.status, s->a.answer);
		tell(&all.failed, 1);
		return -1;
	}
	snprintf(s->code[s->confirmed++], 20, "%.15s", at + 8);
	tell(&all.confirmed, 1);
	return 0;
}

static void *
scan_all(void *arg)
{
	struct station *s = arg;

	while (s->confirmed < scans) {
		scan(s);
		if (confirm(s) != 0)
			break;
	}
	return NULL;
}

/* Until the end; a scan without an answer is sent to the next daemon. */
static void *
scan_on(void *arg)
{
	struct station *s = arg;
	int known = 0;

	while (!is_over()) {
		if (s->a.token[0] != '\0')
			scan(s);
		else if (sign_in(&s->a, "val", MAIL_STAFF) == 200)
			continue;
		if (s->a.status == 0) {
			s->a.token[0] = '\0';
			known = next_daemon(known);
		} else if (confirm(s) != 0) {
			break;
		} else if (s->confirmed == room) {
			tell(&all.failed, 1);
			break;
		}
	}
	return NULL;
}

static int
setup(void **state)
{
	struct house *h;

	if (mail_setup(state) != 0)
		return -1;
	h = *state;
	memset(station, 0, sizeof(station));
	all.daemon = all.confirmed = all.over = all.failed = 0;
	for (int i = 0; i < STATIONS; i++) {
		struct station *s = &station[i];

		s->a.daemon = &d;
		s->a.station = (char)('A' + i);
		s->code = calloc((size_t)room, sizeof(*s->code));
		assert_non_null(s->code);
		mail_id(h, 1 + i % 3, MR_INSIDE, s->ids[0]);
		mail_id(h, 1 + i % 3, MR_OUTSIDE, s->ids[1]);
	}
	return 0;
}

static int
teardown(void **state)
{
	int status = daemon_stop(&d, SIGTERM);

	for (int i = 0; i < STATIONS; i++)
		free(station[i].code);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return house_teardown(state);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

static size_t
join(void)
{
	size_t n = 0;

	for (int i = 0; i < STATIONS; i++)
		pthread_join(station[i].thread, NULL);
	for (int i = 0; i < STATIONS; i++) {
		if (station[i].wrong[0] != '\0')
			fail_msg("%s", station[i].wrong);
		n += (size_t)station[i].confirmed;
	}
	return n;
}

/* Codes of the letters that stations logged; `before` were there already. */
static size_t
codes_there(struct house *h, int64_t before, char (*code)[20], size_t most)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	struct sql_stmt *st;
	size_t n = 0;

	assert_int_equal(mr_begin(c, 0), MR_OK);
	st = sql_prepare(
	    c, SQL_SCAN "SELECT id FROM letter WHERE id > :id ORDER BY id");
	sql_int(st, ":id", before);
	for (; sql_row(st) && n < most; n++)
		snprintf(code[n], sizeof(code[n]), "%s",
		    mr_letter_code(c, sql_col_int(st, 0)));
	assert_int_equal(sql_done(st), MR_OK);
	house_end(c);
	return n;
}

static int64_t
last_letter(struct house *h)
{
	return house_count(h, "SELECT COALESCE(MAX(id), 0) FROM letter");
}

/* What the stations confirmed is there, once; and nothing else is. */
static void
all_is_there(struct house *h, int64_t before, size_t n)
{
	char(*want)[20] = calloc(n, sizeof(*want));
	char(*have)[20] = calloc(n + 1, sizeof(*have));
	size_t at = 0;

	assert_true(want != NULL && have != NULL);
	for (int i = 0; i < STATIONS; i++)
		for (int k = 0; k < station[i].confirmed; k++)
			memcpy(want[at++], station[i].code[k], sizeof(*want));
	assert_int_equal(codes_there(h, before, have, n + 1), n);
	qsort(want, n, sizeof(*want), by_text);
	qsort(have, n, sizeof(*have), by_text);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(want[i], have[i]);
	free(want);
	free(have);
}

/* A1, A2 ... without a gap: each station counts what it pencils. */
static void
numbers_have_no_gap(struct house *h, int64_t before)
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	int64_t next[STATIONS] = {0}, day[STATIONS] = {0};
	struct sql_stmt *st;

	assert_int_equal(mr_begin(c, 0), MR_OK);
	st = sql_prepare(c,
	    SQL_SCAN "SELECT number, day FROM letter WHERE id > :id "
		     "ORDER BY day, number");
	sql_int(st, ":id", before);
	while (sql_row(st)) {
		int64_t number = sql_col_int(st, 0);
		int i = (int)(number >> 16) - 'A';

		assert_in_range(i, 0, STATIONS - 1);
		if (day[i] != sql_col_int(st, 1))
			next[i] = number & 0xffff;
		day[i] = sql_col_int(st, 1);
		assert_int_equal(number & 0xffff, next[i]);
		next[i]++;
	}
	assert_int_equal(sql_done(st), MR_OK);
	house_end(c);
}

static void
seal_some(struct house *h)
{
	char number[64];

	for (int i = 0; i < SEALED; i++) {
		mail_receive(h, 1 + i % 3, MR_INSIDE, number);
		mail_seal(h, number);
	}
}

static void
four_stations_scan_while_a_batch_closes(void **state)
{
	struct asker sam = {.daemon = &d};
	struct house *h = *state;
	int64_t before;
	size_t n;

	seal_some(h);
	before = last_letter(h);
	daemon_start(&d, h);
	assert_int_equal(sign_in(&sam, "sam", MAIL_STAFF), 200);
	for (int i = 0; i < STATIONS; i++)
		assert_int_equal(
		    sign_in(&station[i].a, "val", MAIL_STAFF), 200);
	for (int i = 0; i < STATIONS; i++)
		pthread_create(&station[i].thread, NULL, scan_all, &station[i]);
	until(STATIONS * scans / 2);
	ask(&sam, "POST", "/api/batch/close", "{}");
	assert_int_equal(sam.status, 200);
	n = join();
	assert_int_equal(n, STATIONS * scans);
	assert_memory_equal(sam.answer, "%PDF", 4);
	all_is_there(h, before, n);
	numbers_have_no_gap(h, before);
	assert_int_equal(
	    house_count(h,
		SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM letter "
			 "WHERE state = 7"),
	    SEALED);
	h->now = h->now > mr_now() ? h->now : mr_now();
	mail_sound(h);
	print_message("# %zu scans by %d stations\n", n, STATIONS);
}

static void
four_stations_scan_while_the_daemon_is_killed(void **state)
{
	struct house *h = *state;
	int64_t before = last_letter(h);
	unsigned seed = (unsigned)getpid();
	int aim = 0;
	size_t n;

	daemon_start(&d, h);
	all.daemon = 1;
	for (int i = 0; i < STATIONS; i++)
		pthread_create(&station[i].thread, NULL, scan_on, &station[i]);
	for (int i = 0; i < kills; i++) {
		aim += 20 + rand_r(&seed) % 100;
		until(aim);
		assert_true(WIFSIGNALED(daemon_stop(&d, SIGKILL)));
		aim = until(0);
		daemon_start(&d, h);
		tell(&all.daemon, 1);
	}
	until(aim + 100);
	tell(&all.over, 1);
	n = join();
	assert_true(n > (size_t)kills * 20);
	all_is_there(h, before, n);
	numbers_have_no_gap(h, before);
	h->now = h->now > mr_now() ? h->now : mr_now();
	mail_sound(h);
	print_message("# %zu scans, the daemon killed %d times\n", n, kills);
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(four_stations_scan_while_a_batch_closes),
	    TEST(four_stations_scan_while_the_daemon_is_killed),
	};
#undef TEST

	if (argc > 1)
		scans = atoi(argv[1]);
	if (argc > 2)
		kills = atoi(argv[2]);
	room = scans > kills * 1000 ? scans : kills * 1000;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
