/*
 * mailroomd on a network, with a certificate that `office certificate` makes:
 * what is accepted, what is refused, and what is told of its end.
 */
#include "test/daemon.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "lib/certificate.h"

#define DAY INT64_C(86400000000)

const char *daemon_path;
static char program[4096], folder[128], trust[160], metrics[160];
static struct daemon d;

static void
certify(const char *dir, int64_t now)
{
	const struct mr_certificate_new new = {
	    .dir = dir, .host = "127.0.0.1,localhost", .now = now};
	struct mr_certificate made;
	struct mr_error error;

	if (mr_certificate_make(&new, &made, &error) != MR_OK)
		fail_msg("%s", error.message);
}

static void
write_conf(struct house *h, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/mailroom.conf", h->dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void
prepare(struct house *h, int64_t now)
{
	char conf[400];

	snprintf(folder, sizeof(folder), "%s/tls", h->dir);
	snprintf(trust, sizeof(trust), "%s/%s", folder, MR_CERTIFICATE_TRUST);
	snprintf(metrics, sizeof(metrics), "unix:%s/numbers", folder);
	certify(folder, now);
	snprintf(conf, sizeof(conf),
	    "# of the office\ncertificate = tls/%s\nmetrics = %s\n",
	    MR_CERTIFICATE_SERVER, metrics);
	write_conf(h, conf);
	d.ca = trust;
}

static int
setup(void **state)
{
	if (house_setup(state) != 0)
		return -1;
	prepare(*state, 0);
	daemon_start(&d, *state);
	return 0;
}

static int
setup_alone(void **state)
{
	if (house_setup(state) != 0)
		return -1;
	prepare(*state, 0);
	return 0;
}

static int
teardown(void **state)
{
	static const char *const names[] = {MR_CERTIFICATE_TRUST,
	    MR_CERTIFICATE_AUTHORITY, MR_CERTIFICATE_SERVER, "numbers",
	    "list.csv"};
	int status = daemon_stop(&d, SIGTERM);
	char path[160];

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(folder), 0);
	return house_teardown(state);
}

static int
teardown_alone(void **state)
{
	struct house *h = *state;
	char path[128];

	snprintf(path, sizeof(path), "%s/said", h->dir);
	unlink(path);
	daemon_start(&d, h);
	return teardown(state);
}

/* What the command line says; its exit code. */
static int
command(const char *ca, const char *words, char *said, size_t size)
{
	char line[9000];
	size_t n;
	FILE *f;

	snprintf(line, sizeof(line),
	    "MAILROOM_PASSPHRASE='%s' '%s' --server https://127.0.0.1:%d "
	    "--ca '%s' --user ruth %s 2>&1",
	    HOUSE_PASSPHRASE, program, d.port, ca, words);
	f = popen(line, "r");
	assert_non_null(f);
	n = fread(said, 1, size - 1, f);
	said[n] = '\0';
	return WEXITSTATUS(pclose(f));
}

static void
write_list(char *path, size_t size)
{
	FILE *f;

	snprintf(path, size, "%s/list.csv", folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("code,name,kind,security,street,city,state,zip\n"
	      "ALD,FPC Alderson,Federal Prison Camp,Minimum,BOX A,ALDERSON,"
	      "WV,24910\n",
	    f);
	for (int i = 0; i < 5 << 20; i++)
		fputc('\n', f);
	assert_int_equal(fclose(f), 0);
}

static void
the_command_line_works_over_tls(void **state)
{
	char said[8192], path[160], words[256];

	(void)state;
	assert_int_equal(command(trust, "letter receive --no-id --sheets 2",
			     said, sizeof(said)),
	    0);
	assert_non_null(strstr(said, "A1"));
	assert_int_equal(
	    command(trust, "letter list --json", said, sizeof(said)), 0);
	assert_non_null(strstr(said, "\"sheets\":2"));
	write_list(path, sizeof(path));
	snprintf(words, sizeof(words), "facility import %s --json", path);
	if (command(trust, words, said, sizeof(said)) != 0)
		fail_msg("%s", said);
	assert_non_null(strstr(said, "\"added\":1"));
}

static void
another_authority_is_not_believed(void **state)
{
	static const char *const names[] = {MR_CERTIFICATE_TRUST,
	    MR_CERTIFICATE_AUTHORITY, MR_CERTIFICATE_SERVER};
	char other[64] = "/tmp/mailroom-other-XXXXXX", path[128], said[4096];

	(void)state;
	assert_non_null(mkdtemp(other));
	certify(other, 0);
	snprintf(path, sizeof(path), "%s/%s", other, MR_CERTIFICATE_TRUST);
	assert_int_not_equal(
	    command(path, "letter list", said, sizeof(said)), 0);
	assert_non_null(strstr(said, "does not answer"));
	assert_false(daemon_said(&d, "signed in", NULL, 0));
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", other, names[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(other), 0);
}

static int
dial(int port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}

/* Would it speak to whoever speaks so? */
static int
speaks(const char *priority)
{
	gnutls_certificate_credentials_t nobody;
	gnutls_session_t session;
	int fd = dial(d.port), code;

	assert_true(fd >= 0);
	assert_int_equal(gnutls_certificate_allocate_credentials(&nobody), 0);
	assert_int_equal(gnutls_init(&session, GNUTLS_CLIENT), 0);
	if (gnutls_priority_set_direct(session, priority, NULL) != 0)
		fail_msg("%s is no priority", priority);
	gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, nobody);
	gnutls_transport_set_int(session, fd);
	gnutls_handshake_set_timeout(session, 20000);
	do {
		code = gnutls_handshake(session);
	} while (code < 0 && !gnutls_error_is_fatal(code));
	gnutls_deinit(session);
	gnutls_certificate_free_credentials(nobody);
	close(fd);
	return code == 0;
}

static void
only_what_nobody_has_broken_is_spoken(void **state)
{
	static const char *const weak[] = {"NORMAL:-VERS-ALL:+VERS-TLS1.1",
	    "NORMAL:-VERS-ALL:+VERS-TLS1.0",
	    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC",
	    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-256-CBC",
	    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA"};
	static const char *const good[] = {"NORMAL:-VERS-ALL:+VERS-TLS1.3",
	    "NORMAL:-VERS-ALL:+VERS-TLS1.2",
	    "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+CHACHA20-POLY1305"};

	(void)state;
	for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++)
		if (speaks(weak[i]))
			fail_msg("%s is spoken", weak[i]);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!speaks(good[i]))
			fail_msg("%s is not spoken", good[i]);
}

static void
without_tls_nothing_is_said(void **state)
{
	static const char asked[] =
	    "GET /api HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
	char answer[512] = "";
	int fd = dial(d.port);
	ssize_t n;

	(void)state;
	assert_true(fd >= 0);
	assert_true(send(fd, asked, sizeof(asked) - 1, MSG_NOSIGNAL) > 0);
	n = recv(fd, answer, sizeof(answer) - 1, 0);
	close(fd);
	assert_true(n <= 0 || strstr(answer, "HTTP") == NULL);
}

static void
a_cookie_and_a_browser_stay_with_tls(void **state)
{
	struct asker a = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	assert_int_equal(strncmp(a.cookie, "__Host-mailroom=", 16), 0);
	assert_non_null(strstr(a.headers, "; Secure"));
	assert_non_null(strstr(a.headers, "; Path=/; HttpOnly"));
	assert_non_null(
	    strstr(a.headers, "Strict-Transport-Security: max-age="));
	ask(&a, "GET", "/api/letter/list", NULL);
	answers(&a, 200, "[]");
}

/* Its exit code, and what it says before. */
static int
starts_and_ends(struct house *h, char *said, size_t size)
{
	int tube[2], status;
	ssize_t n;
	size_t len = 0;
	pid_t pid;

	assert_int_equal(pipe(tube), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		dup2(tube[1], STDERR_FILENO);
		close(tube[0]);
		close(tube[1]);
		if (house_db(h) != NULL)
			setenv("MAILROOM_DB", house_db(h), 1);
		execl(
		    daemon_path, "mailroomd", "--office", h->dir, (char *)NULL);
		_exit(126);
	}
	close(tube[1]);
	while ((n = read(tube[0], said + len, size - 1 - len)) > 0)
		len += (size_t)n;
	said[len] = '\0';
	close(tube[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
other_machines_are_not_served_in_the_clear(void **state)
{
	static const char *const far[] = {"0.0.0.0:0", "[::]:0", "192.0.2.7:0"};
	struct house *h = *state;
	char conf[100], said[2000];

	for (size_t i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
		snprintf(conf, sizeof(conf), "listen = %s\n", far[i]);
		write_conf(h, conf);
		assert_int_equal(starts_and_ends(h, said, sizeof(said)), 2);
		/* Before anything is opened: 192.0.2.7 is not ours to bind. */
		assert_non_null(strstr(said, "go without a certificate"));
		assert_null(strstr(said, "open: port"));
	}
	prepare(h, 0);
}

static void
a_key_that_others_can_read_is_refused(void **state)
{
	struct house *h = *state;
	char path[160], said[2000];

	snprintf(path, sizeof(path), "%s/%s", folder, MR_CERTIFICATE_SERVER);
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_not_equal(starts_and_ends(h, said, sizeof(said)), 0);
	assert_non_null(strstr(said, "can be read by others"));
	assert_int_equal(chmod(path, 0600), 0);
}

static void
the_end_of_a_certificate_is_told_before(void **state)
{
	struct daemon numbers = {.listen = metrics};
	struct asker a = {.daemon = &numbers};
	struct house *h = *state;

	prepare(h, mr_now() - 380 * DAY - DAY / 2);
	daemon_start(&d, h);
	daemon_hears(&d, "the certificate ends soon: days 16", NULL, 0);
	ask(&a, "GET", "/metrics", NULL);
	answers(&a, 200, "mailroom_certificate_end_seconds 1");
	daemon_stop(&d, SIGTERM);

	prepare(h, 0);
	daemon_start(&d, h);
	ask(&a, "GET", "/health", NULL);
	answers(&a, 200, "ok");
	assert_false(daemon_said(&d, "ends soon", NULL, 0));
	daemon_stop(&d, SIGTERM);
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
#define ALONE(name) \
	cmocka_unit_test_setup_teardown(name, setup_alone, teardown_alone)
	const struct CMUnitTest tests[] = {
	    TEST(the_command_line_works_over_tls),
	    TEST(another_authority_is_not_believed),
	    TEST(only_what_nobody_has_broken_is_spoken),
	    TEST(without_tls_nothing_is_said),
	    TEST(a_cookie_and_a_browser_stay_with_tls),
	    ALONE(other_machines_are_not_served_in_the_clear),
	    ALONE(a_key_that_others_can_read_is_refused),
	    ALONE(the_end_of_a_certificate_is_told_before),
	};
#undef TEST
#undef ALONE
	int folder_len = (int)(strrchr(argv[0], '/') + 1 - argv[0]);

	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd", folder_len,
	    argv[0]);
	snprintf(
	    program, sizeof(program), "%.*s../mailroom", folder_len, argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
