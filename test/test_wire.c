/*
 * What goes over the wire: how much a body may hold and by whom, who is taken
 * for our own user, and that a stop loses nothing.
 */
#include "test/notify.h"

const char *daemon_path;
static struct daemon d;

#define MIB ((size_t)1 << 20)
#define PATH "/api/facility/import"

static int
setup(void **state)
{
	struct house *h;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	h->user = "admin";
	did(h, run(h, "user add", "name", "vera", "role", "volunteer", NULL),
	    "vera");
	h->user = "vera";
	h->new_passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user passphrase", NULL), "vera");
	h->user = NULL;
	daemon_start(&d, h);
	return 0;
}

static int
setup_socket(void **state)
{
	static char listen[64];

	snprintf(listen, sizeof(listen), "unix:/tmp/mailroom-wire-%d",
	    (int)getpid());
	d.listen = listen;
	return setup(state);
}

static int
teardown(void **state)
{
	int status = daemon_stop(&d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	d.listen = NULL;
	return house_teardown(state);
}

/* A list of one facility, and as many empty lines as make the body size bytes
 * long.  Freed by who asked. */
static char *
list_of(size_t size)
{
	static const char head[] =
	    "{\"file\":{\"name\":\"list.csv\",\"text\":\"code,name,kind,"
	    "security,street,city,state,zip\\n"
	    "ALD,FPC Alderson,Federal Prison Camp,Minimum,BOX A,ALDERSON,WV,"
	    "24910\\n";
	static const char tail[] = "\"}}";
	char *body = malloc(size + 2);
	size_t n = sizeof(head) - 1;

	assert_non_null(body);
	memcpy(body, head, n);
	for (; n + sizeof(tail) < size; n += 2)
		memcpy(body + n, "\\n", 2);
	memcpy(body + n, tail, sizeof(tail));
	return body;
}

static long
send_list(struct asker *a, size_t size)
{
	char *body = list_of(size);

	ask(a, "POST", PATH, body);
	free(body);
	return a->status;
}

static void
a_file_of_five_megabytes_is_read(void **state)
{
	struct asker a = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	send_list(&a, 5 * MIB);
	answers(&a, 200, "\"added\":1");
	send_list(&a, 32 * MIB - 64);
	answers(&a, 200, "\"unchanged\":1");
	assert_int_equal(send_list(&a, 32 * MIB + 64), 413);
	ask(&a, "GET", "/api/facility/list", NULL);
	answers(&a, 200, "FPC Alderson");
}

static void
only_who_may_bring_it_brings_a_large_file(void **state)
{
	struct asker a = {.daemon = &d};

	(void)state;
	assert_int_equal(send_list(&a, 60000), 401);
	assert_int_equal(send_list(&a, 70000), 413);
	assert_int_equal(sign_in(&a, "vera", HOUSE_PASSPHRASE), 200);
	assert_int_equal(send_list(&a, 60000), 403);
	assert_int_equal(send_list(&a, 70000), 413);
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	a.no_token = 1;
	assert_int_equal(send_list(&a, 70000), 413);
	a.no_token = 0;
	assert_int_equal(send_list(&a, 70000), 200);
	/* What takes no file stays small for everybody. */
	ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&a, 200, "NO ID");
}

static void
a_photo_may_have_two_megabytes_for_who_is_signed_in(void **state)
{
	struct asker a = {.daemon = &d, .type = "application/octet-stream"};
	char *grey = malloc(3 * MIB);

	(void)state;
	assert_non_null(grey);
	memset(grey, 'g', 3 * MIB - 1);
	grey[3 * MIB - 1] = '\0';
	ask(&a, "POST", "/api/photo?width=1&height=1", grey + MIB);
	assert_int_equal(a.status, 413);
	a.type = NULL;
	assert_int_equal(sign_in(&a, "vera", HOUSE_PASSPHRASE), 200);
	a.type = "application/octet-stream";
	ask(&a, "POST", "/api/photo?width=1&height=1", grey + MIB);
	assert_true(a.status != 0 && a.status != 413);
	ask(&a, "POST", "/api/photo?width=1&height=1", grey);
	assert_int_equal(a.status, 413);
	free(grey);
}

static void
headers_end_at_eight_kilobytes(void **state)
{
	struct asker a = {.daemon = &d};
	char line[9 * 1024] = "";

	(void)state;
	for (int i = 0; i < 9; i++)
		snprintf(line + strlen(line), sizeof(line) - strlen(line),
		    "X-Pad-%d: %0900d\n", i, 7);
	a.line = line;
	ask(&a, "GET", "/api", NULL);
	assert_int_equal(a.status, 431);
	line[7000] = '\0';
	ask(&a, "GET", "/api", NULL);
	assert_int_equal(a.status, 200);
}

static void
the_description_is_for_everybody(void **state)
{
	struct asker a = {.daemon = &d};

	(void)state;
	ask(&a, "GET", "/api/openapi.json", NULL);
	answers(&a, 200, "\"/api/letter/receive\"");
	assert_non_null(strstr(a.headers, "application/json"));
}

static int
dial(void)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	strcpy(at.sun_path, d.listen + strlen("unix:"));
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

static void
say(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

		assert_true(n > 0);
		bytes += n;
		len -= (size_t)n;
	}
}

/* A body that is begun and does not end. */
static int
begin_list(void)
{
	static const char head[] =
	    "POST " PATH " HTTP/1.1\r\nHost: mailroom\r\n"
	    "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n";
	static char body[400000];
	int fd = dial();

	memset(body, ' ', sizeof(body));
	say(fd, head, sizeof(head) - 1);
	say(fd, body, sizeof(body));
	return fd;
}

/* Has the daemon answered it, or left? It was one too many at that moment. */
static int
was_refused(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) >= 0;
}

static void
a_fifth_large_body_is_asked_to_come_again(void **state)
{
	const struct timespec little = {0, 20000000};
	struct asker a = {.daemon = &d};
	int fd[4];

	(void)state;
	assert_int_equal(send_list(&a, 70000), 200);
	for (int i = 0; i < 4; i++)
		fd[i] = begin_list();
	/*
	 * Until all four have arrived. A question that finds the fourth place
	 * free takes it, and may so turn away the fourth: that one comes again.
	 */
	for (int i = 0; i < 500 && send_list(&a, 70000) != 503; i++) {
		nanosleep(&little, NULL);
		for (int k = 0; k < 4; k++) {
			if (!was_refused(fd[k]))
				continue;
			close(fd[k]);
			fd[k] = begin_list();
		}
	}
	answers(&a, 503, "other large files");
	assert_non_null(strstr(a.headers, "Retry-After: "));
	assert_int_equal(send_list(&a, 60000), 200);
	for (int i = 0; i < 4; i++)
		close(fd[i]);
	for (int i = 0; i < 500 && send_list(&a, 70000) == 503; i++)
		nanosleep(&little, NULL);
	assert_int_equal(a.status, 200);
}

static void
what_a_proxy_passed_on_is_not_our_own_user(void **state)
{
	static const char *const signs[] = {"Forwarded: for=192.0.2.7",
	    "X-Forwarded-For: 192.0.2.7", "X-Real-IP: 192.0.2.7",
	    "Via: 1.1 proxy", "Cookie: a=b"};
	struct asker a = {.daemon = &d};

	(void)state;
	ask(&a, "GET", "/api/letter/list", NULL);
	answers(&a, 200, "[]");
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		a.line = signs[i];
		ask(&a, "GET", "/api/letter/list", NULL);
		answers(&a, 401, "sign in");
		ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true}");
		answers(&a, 401, "sign in");
		assert_int_equal(send_list(&a, 70000), 413);
	}
	a.line = NULL;
	ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&a, 200, "NO ID");
}

#define CALLERS 100
#define EACH 2 /* of each, one after the other without waiting */
static const char letter[] = "POST /api/letter/receive HTTP/1.1\r\n"
			     "Host: mailroom\r\n"
			     "Content-Type: application/json\r\n"
			     "Content-Length: 14\r\n\r\n{\"no_id\":true}";

/* All that it says until it ends, or NULL: it was cut off. */
static size_t
hear(int fd, char *answer, size_t size)
{
	size_t len = 0;
	ssize_t n;

	while ((n = recv(fd, answer + len, size - 1 - len, 0)) > 0)
		len += (size_t)n;
	answer[len] = '\0';
	return len;
}

/* How many answers of that status, each of them whole. */
static int
count_whole(const char *answer, const char *status)
{
	const char *at = answer, *end, *length;
	int n = 0;

	while ((at = strstr(at, "HTTP/1.1 ")) != NULL) {
		length = strstr(at, "Content-Length: ");
		end = strstr(at, "\r\n\r\n");
		assert_non_null(length);
		assert_non_null(end);
		assert_true(strlen(end + 4) >= strtoul(length + 16, NULL, 10));
		n += strncmp(at + 9, status, 3) == 0;
		at = end + 4 + strtoul(length + 16, NULL, 10);
	}
	return n;
}

static void
a_stop_answers_what_it_confirmed(void **state)
{
	static int fd[CALLERS];
	static char answer[65536];
	struct house *h = *state;
	int confirmed = 0, refused_ = 0, status;

	for (int i = 0; i < CALLERS; i++)
		fd[i] = dial();
	for (int i = 0; i < CALLERS; i++)
		for (int n = 0; n < EACH; n++)
			say(fd[i], letter, sizeof(letter) - 1);
	/* Once the first is there, the rest is under way. */
	assert_int_equal(
	    poll(&(struct pollfd){.fd = fd[0], .events = POLLIN}, 1, 30000), 1);
	kill(d.pid, SIGTERM);
	for (int i = 0; i < CALLERS; i++) {
		hear(fd[i], answer, sizeof(answer));
		confirmed += count_whole(answer, "200");
		refused_ += count_whole(answer, "503");
		close(fd[i]);
	}
	assert_int_equal(waitpid(d.pid, &status, 0), d.pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	d.pid = 0;
	unlink(d.log);
	print_message("# %d of %d confirmed, %d refused\n", confirmed,
	    CALLERS * EACH, refused_);
	assert_true(confirmed > 0);
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM letter"),
	    confirmed);
	h->now = mr_now();
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static int
teardown_stopped(void **state)
{
	d.listen = NULL;
	return house_teardown(state);
}

static void
a_service_manager_hears_that_the_writer_answers(void **state)
{
	char path[64];
	int fd;

	daemon_stop(&d, SIGTERM);
	fd = start_managed(&d, *state, path);
	hears(fd, "READY=1");
	hears(fd, "WATCHDOG=1");
	kill(d.pid, SIGTERM);
	hears(fd, "STOPPING=1");
	close(fd);
	unlink(path);
}

static void
a_crash_leaves_no_image(void **state)
{
	char path[64], line[200] = "";
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "/proc/%d/limits", (int)d.pid);
	f = fopen(path, "r");
	assert_non_null(f);
	while (strncmp(line, "Max core file size", 18) != 0)
		assert_non_null(fgets(line, sizeof(line), f));
	fclose(f);
	assert_int_equal(
	    strncmp(line + 18 + strspn(line + 18, " "), "0 ", 2), 0);
}

/* A page whose name its owner lets lead to 127.0.0.1 is, to the browser, of
 * one origin with us. */
static void
another_name_that_leads_here_is_not_ours(void **state)
{
	static const char *const theirs[] = {"Host: evil.example",
	    "Host: evil.example:8025", "Host: localhost.evil.example",
	    "Host: 127.0.0.1.evil.example", "Host: a:b@127.0.0.1",
	    "Host: 127.0.0.1/x"};
	static const char *const ours[] = {"Host: localhost",
	    "Host: LOCALHOST:9000", "Host: 127.0.0.1", "Host: [::1]:8025",
	    "Host: 192.168.1.20:80"};
	struct asker a = {.daemon = &d};

	(void)state;
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		a.line = ours[i];
		assert_int_equal(ask(&a, "GET", "/sign-in", NULL), 200);
	}
	for (size_t i = 0; i < sizeof(theirs) / sizeof(theirs[0]); i++) {
		a.line = theirs[i];
		if (ask(&a, "GET", "/api", NULL) / 100 != 4)
			fail_msg("%s: %ld", theirs[i], a.status);
		assert_int_equal(
		    sign_in(&a, "vera", HOUSE_PASSPHRASE) / 100, 4);
		assert_int_equal(a.cookie[0], '\0');
	}
	a.line = theirs[0];
	ask(&a, "GET", "/api", NULL);
	answers(&a, 421, "localhost");
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define LOCAL(name) \
	cmocka_unit_test_setup_teardown(name, setup_socket, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_file_of_five_megabytes_is_read),
	    TEST(only_who_may_bring_it_brings_a_large_file),
	    TEST(a_photo_may_have_two_megabytes_for_who_is_signed_in),
	    TEST(headers_end_at_eight_kilobytes),
	    TEST(the_description_is_for_everybody),
	    TEST(another_name_that_leads_here_is_not_ours),
	    LOCAL(a_fifth_large_body_is_asked_to_come_again),
	    LOCAL(what_a_proxy_passed_on_is_not_our_own_user),
	    TEST(a_service_manager_hears_that_the_writer_answers),
	    TEST(a_crash_leaves_no_image),
	    cmocka_unit_test_setup_teardown(a_stop_answers_what_it_confirmed,
		setup_socket, teardown_stopped),
	};
#undef TEST
#undef LOCAL

	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
