/*
 * Two daemons on one site: the second does not begin; forced, it takes the
 * place, and while both are there nothing forks, nothing is lost and nothing
 * is there twice.  On a server too, where $MAILROOM_TEST_DB names one.
 */
#include "test/daemon.h"
#include "test/mail.h"

#include <pthread.h>
#include <stdatomic.h>

#define LETTERS 60 /* of each station, at least */

const char *daemon_path;
static struct daemon first, second;

/* A station at a daemon: letters until the daemon is gone, or enough. */
static struct station {
	struct asker a;
	pthread_t thread;
	int confirmed;
	atomic_int enough;
	char ids[2][32], code[4096][20];
} station[2];

static int
setup(void **state)
{
	struct house *h;

	if (mail_setup(state) != 0)
		return -1;
	h = *state;
	memset(station, 0, sizeof(station));
	memset(&first, 0, sizeof(first));
	memset(&second, 0, sizeof(second));
	for (int i = 0; i < 2; i++) {
		station[i].a.station = (char)('A' + i);
		mail_id(h, 1 + i, MR_INSIDE, station[i].ids[0]);
		mail_id(h, 1 + i, MR_OUTSIDE, station[i].ids[1]);
	}
	station[0].a.daemon = &first;
	station[1].a.daemon = &second;
	return 0;
}

/* A daemon with a word more; its log has a name of its own. */
static void
begin(struct daemon *d, struct house *h, const char *name, const char *flag)
{
	int fd;

	d->house = h;
	snprintf(d->log, sizeof(d->log), "%s/%s", h->dir, name);
	d->pid = fork();
	assert_true(d->pid >= 0);
	if (d->pid != 0)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	fd = open(d->log, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	dup2(fd, STDERR_FILENO);
	if (house_db(h) != NULL)
		setenv("MAILROOM_DB", house_db(h), 1);
	execl(daemon_path, "mailroomd", "--office", h->dir, "--listen",
	    "127.0.0.1:0", flag, (char *)NULL);
	_exit(126);
}

static void
is_open(struct daemon *d)
{
	char line[80];

	daemon_hears(d, "open: port ", line, sizeof(line));
	d->port = atoi(line + strlen("open: port "));
	assert_true(d->port > 0);
}

static int
exit_of(struct daemon *d)
{
	int status = -1;

	assert_int_equal(waitpid(d->pid, &status, 0), d->pid);
	d->pid = 0;
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* 1: it is confirmed.  0: the daemon has gone. */
static int
receive(struct station *s)
{
	char body[80];
	const char *at;

	snprintf(body, sizeof(body), "{\"id\":\"%s\",\"sheets\":2}",
	    s->ids[s->confirmed % 2]);
	ask(&s->a, "POST", "/api/letter/receive", body);
	at = strstr(s->a.answer, "\"code\":\"");
	if (s->a.status != 200 || at == NULL)
		return 0;
	snprintf(s->code[s->confirmed++], 20, "%.15s", at + 8);
	return 1;
}

static void *
work(void *arg)
{
	struct station *s = arg;

	while (s->confirmed < 4096 && receive(s))
		if (s->confirmed == LETTERS)
			s->enough = 1;
	return NULL;
}

static void
log_on(struct station *s)
{
	assert_int_equal(sign_in(&s->a, "val", MAIL_STAFF), 200);
	assert_int_equal(pthread_create(&s->thread, NULL, work, s), 0);
}

static void
until_enough(const struct station *s)
{
	const struct timespec little = {0, 5000000};

	for (int i = 0; i < 6000 && !s->enough; i++)
		nanosleep(&little, NULL);
	assert_true(s->enough);
}

/* What both confirmed is there.  One that was answered by nobody, since the
 * daemon went just then, may be there too. */
static void
all_is_there(struct house *h, int64_t before)
{
	int64_t want = 0, have;

	for (int i = 0; i < 2; i++) {
		want += station[i].confirmed;
		for (int k = 0; k < station[i].confirmed; k++)
			did(h,
			    run(h, "letter show", "letter", station[i].code[k],
				NULL),
			    station[i].code[k]);
	}
	have = house_count(h, "SELECT count(*) FROM letter") - before;
	assert_in_range(have, want, want + 2);
	did(h, run(h, "audit verify", NULL), "");
	did(h, run(h, "office check", NULL), "");
}

static void
two_at_once_neither_fork_nor_lose(void **state)
{
	struct house *h = *state;
	int64_t before = house_count(h, "SELECT count(*) FROM letter");

	begin(&first, h, "said", NULL);
	is_open(&first);
	log_on(&station[0]);
	until_enough(&station[0]);
	begin(&second, h, "said-too", "--takeover");
	is_open(&second);
	/* The first writes on until its next beat. */
	log_on(&station[1]);
	assert_int_equal(exit_of(&first), mr_status_exit(MR_REFUSED));
	assert_true(daemon_said(
	    &first, "another mailroomd took the place of this one", NULL, 0));
	assert_true(daemon_said(
	    &second, "in the place of another mailroomd: process", NULL, 0));
	until_enough(&station[1]);
	kill(second.pid, SIGTERM);
	assert_int_equal(exit_of(&second), 0);
	pthread_join(station[0].thread, NULL);
	pthread_join(station[1].thread, NULL);
	all_is_there(h, before);
	unlink(first.log);
	unlink(second.log);
}

static void
a_second_daemon_is_told_where_the_first_runs(void **state)
{
	struct house *h = *state;
	char number[32];

	begin(&first, h, "said", NULL);
	is_open(&first);
	begin(&second, h, "said-too", NULL);
	assert_int_equal(exit_of(&second), mr_status_exit(MR_REFUSED));
	snprintf(number, sizeof(number), "process %d,", (int)first.pid);
	assert_true(daemon_said(&second, number, NULL, 0));
	assert_true(daemon_said(&second, "--takeover", NULL, 0));
	assert_false(daemon_said(&second, "open: port", NULL, 0));
	/* Killed, it is known to be gone; told to end, it leaves. */
	kill(first.pid, SIGKILL);
	assert_int_equal(waitpid(first.pid, NULL, 0), first.pid);
	unlink(second.log);
	begin(&second, h, "said-too", NULL);
	is_open(&second);
	assert_false(daemon_said(&second, "looking for", NULL, 0));
	kill(second.pid, SIGTERM);
	assert_int_equal(exit_of(&second), 0);
	assert_int_equal(house_count(h, "SELECT count(*) FROM instance"), 0);
	unlink(first.log);
	unlink(second.log);
}

/* One that only looks whether it may begin ends when it is told to. */
static void
who_waits_for_the_place_can_be_sent_away(void **state)
{
	struct house *h = *state;
	int status = -1;

	begin(&first, h, "said", NULL);
	is_open(&first);
	kill(first.pid, SIGSTOP);
	begin(&second, h, "said-too", NULL);
	daemon_hears(&second, "looking for", NULL, 0);
	kill(second.pid, SIGTERM);
	assert_int_equal(waitpid(second.pid, &status, 0), second.pid);
	assert_true(WIFSIGNALED(status));
	assert_false(daemon_said(&second, "open: port", NULL, 0));
	assert_int_equal(house_count(h, "SELECT count(*) FROM instance"), 1);
	kill(first.pid, SIGCONT);
	assert_int_equal(sign_in(&station[0].a, "val", MAIL_STAFF), 200);
	kill(first.pid, SIGTERM);
	assert_int_equal(exit_of(&first), 0);
	unlink(first.log);
	unlink(second.log);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, house_teardown)
	    T(two_at_once_neither_fork_nor_lose),
	    T(a_second_daemon_is_told_where_the_first_runs),
	    T(who_waits_for_the_place_can_be_sent_away),
#undef T
	};
	char path[4096];
	const char *slash = strrchr(argv[0], '/');

	assert_true(argc > 0 && slash != NULL);
	snprintf(path, sizeof(path), "%.*s/../mailroomd/mailroomd",
	    (int)(slash - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
