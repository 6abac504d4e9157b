/*
 * What no browser sends: bytes over a bare socket, and JSON that is none.  Each
 * is refused or cut off, nothing is written, the log says nothing of it, and
 * the daemon answers the next good request.
 */
#define _GNU_SOURCE /* strcasestr */
#include "test/daemon.h"
#include "test/malformed.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#define WAIT 30000 /* ms, after which a daemon hangs */
#define LONG 200000

const char *daemon_path;
static struct daemon d;
static struct asker ruth, nobody;

/* What came back over a socket, up to its end. */
static struct {
	char text[1 << 18];
	size_t len;
	int answers, least; /* how many, and the least of their statuses */
} got;

/* From an address of this machine: 127.0.0.`last`. */
static int
dial(int last)
{
	struct sockaddr_in from = {.sin_family = AF_INET}, to = from;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	from.sin_addr.s_addr = htonl(0x7F000000u + (unsigned)last);
	to.sin_addr.s_addr = htonl(0x7F000001u);
	to.sin_port = htons((uint16_t)d.port);
	assert_int_equal(bind(fd, (struct sockaddr *)&from, sizeof(from)), 0);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		fail_msg("no connection");
	return fd;
}

/* As much as the daemon takes. */
static void
put(int fd, const char *bytes, size_t len)
{
	ssize_t n;

	while (len > 0 && (n = send(fd, bytes, len, MSG_NOSIGNAL)) > 0) {
		bytes += n;
		len -= (size_t)n;
	}
}

/* All that comes until the other side ends it. */
static void
hear(int fd)
{
	struct pollfd wait = {fd, POLLIN, 0};
	const char *at;
	ssize_t n = 1;

	got.len = 0;
	while (n > 0 && got.len < sizeof(got.text) - 1) {
		if (poll(&wait, 1, WAIT) != 1)
			fail_msg("the daemon neither answers nor hangs up");
		n = recv(
		    fd, got.text + got.len, sizeof(got.text) - 1 - got.len, 0);
		got.len += n > 0 ? (size_t)n : 0;
	}
	got.text[got.len] = '\0';
	got.answers = got.least = 0;
	for (at = got.text; (at = strstr(at, "HTTP/1.1 ")) != NULL; at++)
		if (at[9] >= '1' && at[9] <= '5') {
			int status = atoi(at + 9);

			if (got.answers++ == 0 || status < got.least)
				got.least = status;
		}
}

static void
still_answers(const char *after)
{
	if (ask(&ruth, "GET", "/api/letter/list", NULL) != 200 ||
	    strncmp(ruth.answer, "[]", 2) != 0)
		fail_msg("after %s: %ld %s", after, ruth.status, ruth.answer);
	if (ask(&nobody, "GET", "/api/session", NULL) != 401)
		fail_msg("after %s: %ld", after, nobody.status);
}

/* A cookie and a token that are good: only what is wrong may be refused. */
static const char *
signed_headers(void)
{
	static char text[400];

	snprintf(text, sizeof(text), "Cookie: %s\r\nMailroom-Token: %s\r\n",
	    ruth.cookie, ruth.token);
	return text;
}

/* $S: the headers of a session.  $L: a long run of x. */
static size_t
spell(const char *from, size_t len, char *to)
{
	char *at = to;

	for (size_t i = 0; i < len; i++) {
		if (from[i] != '$') {
			*at++ = from[i];
		} else if (from[++i] == 'S') {
			at += sprintf(at, "%s", signed_headers());
		} else {
			memset(at, 'x', LONG);
			at += LONG;
		}
	}
	return (size_t)(at - to);
}

/* Refused, or the connection closed without a word. */
static void
refuses(const char *name, const char *bytes, size_t len)
{
	static char text[2 * LONG + 4096];
	int fd = dial(1);

	put(fd, text, spell(bytes, len, text));
	shutdown(fd, SHUT_WR);
	hear(fd);
	close(fd);
	if (got.answers > 0 && (got.least < 400 || got.least > 505))
		fail_msg("%s: %d answers, %.300s", name, got.answers, got.text);
	if (strstr(got.text, "ZEBRA") != NULL)
		fail_msg("%s is told back: %.300s", name, got.text);
	still_answers(name);
}

static void
bytes_that_are_no_request_are_refused(void **state)
{
	struct house *h = *state;
	int64_t before = house_events(h);
	size_t n = sizeof(rows) / sizeof(rows[0]);

	for (size_t i = 0; i < n; i++)
		refuses(rows[i].name, rows[i].bytes, rows[i].len);
	print_message("# %zu requests that are none\n", n);
	assert_int_equal(house_events(h), before);
}

static void
what_stands_behind_the_end_is_nothing(void **state)
{
	static char text[4096];
	int fd;

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		fd = dial(1);
		put(fd, text, spell(ends[i].bytes, ends[i].len, text));
		hear(fd);
		close(fd);
		assert_int_equal(got.answers, 1);
		assert_int_equal(got.least, 200);
		assert_null(strstr(got.text, "ZEBRA"));
		still_answers(ends[i].name);
	}
}

/* Every byte but those of a text, in a path, a name and a value. */
static void
control_bytes_are_refused(void **state)
{
	struct house *h = *state;
	int64_t before = house_events(h);
	char text[600];

	for (int c = 0; c < 32; c++) {
		int n = snprintf(text, sizeof(text),
		    "GET /api/letter/list?state=he%cld HTTP/1.1\r\n" HOST
		    "$S" END,
		    c);

		refuses("a control byte in the query", text, (size_t)n);
		if (c == '\t' || c == '\n' || c == '\r')
			continue;
		n = snprintf(text, sizeof(text),
		    "POST /api/letter/receive HTTP/1.1\r\n" HOST
		    "$SContent-Type: application/json\r\n"
		    "Content-Length: 16\r\n" END "{\"id\":\"K7M%c4RP\"}",
		    c);
		refuses("a control byte in the body", text, (size_t)n);
	}
	assert_int_equal(house_events(h), before);
}

static void
pipelined_requests_are_answered_in_their_order(void **state)
{
	static char text[40000];
	size_t n = 0;
	int fd;

	(void)state;
	for (int i = 0; i < 40; i++)
		n += (size_t)sprintf(text + n,
		    "GET /api/%s HTTP/1.1\r\n" HOST "%s%s",
		    i % 2 ? "letter/list" : "zebra", signed_headers(),
		    i < 39 ? "\r\n" : END);
	fd = dial(1);
	put(fd, text, n);
	hear(fd);
	close(fd);
	assert_int_equal(got.answers, 40);
	n = 0;
	for (const char *at = got.text; (at = strstr(at, "HTTP/1.1 ")) != NULL;
	     at++)
		assert_int_equal(atoi(at + 9), n++ % 2 ? 200 : 404);
	still_answers("pipelined requests");
}

#define HALVES (sizeof(halves) / sizeof(halves[0]))
/* Those who begin and do not end are cut off; nobody waits for them. */
static void
half_requests_are_cut_off(void **state)
{
	static char text[4096];
	struct house *h = *state;
	int64_t before = house_events(h);
	int fd[3 * HALVES];

	for (size_t i = 0; i < 3 * HALVES; i++) {
		fd[i] = dial(1);
		put(fd[i], text,
		    spell(halves[i % HALVES].bytes, halves[i % HALVES].len,
			text));
	}
	still_answers("half requests");
	for (size_t i = 0; i < 3 * HALVES; i++) {
		hear(fd[i]);
		assert_int_equal(got.answers, 0);
		close(fd[i]);
	}
	assert_int_equal(house_events(h), before);
	still_answers("half requests, cut off");
}

static void
two_hundred_connections_shut_nobody_out_for_long(void **state)
{
	static const char line[] = "GET /api/session HTTP/1.1\r\n" HOST END;
	int fd[200];

	(void)state;
	for (int i = 0; i < 200; i++)
		fd[i] = dial(2 + i % 40);
	/* Who was there before is served. */
	ask(&ruth, "GET", "/api/letter/list", NULL);
	assert_int_equal(ruth.status, 200);
	for (int i = 0; i < 200; i++)
		put(fd[i], line, sizeof(line) - 1);
	for (int i = 0; i < 200; i++) {
		hear(fd[i]);
		assert_true(got.least == 401 || got.answers == 0);
		close(fd[i]);
	}
	still_answers("200 connections");
}

/* Text of a body, repeated. */
static char *
many(const char *head, const char *part, int n, const char *tail)
{
	static char text[70000];
	size_t len = (size_t)sprintf(text, "%s", head);

	for (int i = 0; i < n && len + strlen(part) < 65000; i++)
		len += (size_t)sprintf(text + len, "%s", part);
	sprintf(text + len, "%s", tail);
	return text;
}

static void
is_no_json(struct house *h, const char *body)
{
	int64_t before = house_events(h);

	ask(&ruth, "POST", "/api/letter/receive", body);
	if (ruth.status != 400 && ruth.status != 422)
		fail_msg("%.60s: %ld %s", body, ruth.status, ruth.answer);
	if (strstr(ruth.answer, "\"detail\"") == NULL)
		fail_msg("%.60s: %s", body, ruth.answer);
	assert_int_equal(house_events(h), before);
	still_answers("JSON that is none");
}

static void
json_that_is_none_is_refused(void **state)
{
	static const char *const bad[] = {"{", "}", "[]", "null", "true", "0",
	    "\"\"", "{}{}", "{\"no_id\":true}x", "{\"no_id\":true,}",
	    "{'no_id':true}", "{no_id:true}", "{\"no_id\":TRUE}",
	    "{\"no_id\":true", "{\"no_id\" true}", "{\"no_id\":}",
	    "{\"no_id\":true,\"no_id\":false}",
	    "{\"no_id\":true,\"no\\u005fid\":true}",
	    "\xef\xbb\xbf{\"no_id\":true}",
	    "\xff\xfe{\0\"\0n\0o\0_\0i\0d\0\"\0:\0t\0r\0u\0e\0}\0",
	    "{\"no_id\":1e999}", "{\"no_id\":-1e999}", "{\"no_id\":1.0}",
	    "{\"sheets\":99999999999999999999}", "{\"sheets\":1e400}",
	    "{\"no_id\":true,\"sheets\":-0}", "{\"no_id\":true,\"sheets\":00}",
	    "{\"no_id\":true,\"sheets\":+1}", "{\"no_id\":true,\"sheets\":0x1}",
	    "{\"no_id\":true,\"sheets\":9223372036854775807}",
	    "{\"no_id\":true,\"sheets\":-9223372036854775808}",
	    "{\"no_id\":true,\"sheets\":1.5}", "{\"no_id\":true,\"sheets\":[]}",
	    "{\"no_id\":true,\"sheets\":{}}", "{\"no_id\":NaN}",
	    "{\"no_id\":Infinity}", "{\"id\":\"\\ud800\"}",
	    "{\"id\":\"\\udc00\\ud800\"}", "{\"id\":\"\\ud800x\"}",
	    "{\"id\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"id\":\"\\x41\"}",
	    "{\"id\":\"\xc0\xaf\"}", "{\"id\":\"\xed\xa0\x80\"}",
	    "{\"id\":\"\xf5\x80\x80\x80\"}", "{\"id\":\"a\nb\"}",
	    "{\"id\":\"\x7f\"}", "{\"id\":[\"K7M-4RP-TMK\"]}",
	    "{\"id\":{\"name\":\"a\",\"text\":\"b\"}}", "{\"id\":7}",
	    "{\"id\":true}", "{\"zebra\":1}", "{\"\":1}", "{\"__proto__\":{}}",
	    "{\"no_id\":\"ZEBRA\"}", "{\"no_id\":true}//",
	    "/**/{\"no_id\":true}"};
	struct house *h = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		is_no_json(h, bad[i]);
	is_no_json(h, many("", "[", 60000, ""));
	is_no_json(h, many("{\"id\":", "[", 30000, ""));
	is_no_json(h, many("", "{\"id\":", 10000, "1"));
	is_no_json(h, many("{\"id\":\"", "\\ud83d", 9000, "\"}"));
	is_no_json(h, many("{\"id\":\"", "K", 60000, "\"}"));
	is_no_json(h, many("{\"", "n", 60000, "\":true}"));
	is_no_json(h, many("{\"sheets\":", "9", 60000, "}"));
	is_no_json(h, many("{\"a\":0", ",\"a\":0", 9000, "}"));
}

/* Lines of words and integers, and nothing that was sent. */
static void
the_log_is_numbers(void **state)
{
	char text[65536], *line;
	FILE *f = fopen(d.log, "r");

	(void)state;
	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	assert_null(strcasestr(text, "zebra"));
	for (line = strtok(text, "\n"); line != NULL;
	     line = strtok(NULL, "\n")) {
		if (strncmp(line, "mailroomd: ", 11) != 0 ||
		    strspn(line,
			"abcdefghijklmnopqrstuvwxyz-:, "
			"0123456789") != strlen(line))
			fail_msg("in the log: %s", line);
	}
}

static int
setup(void **state)
{
	if (house_setup(state) != 0)
		return -1;
	daemon_start(&d, *state);
	ruth.daemon = nobody.daemon = &d;
	assert_int_equal(sign_in(&ruth, "ruth", HOUSE_PASSPHRASE), 200);
	return 0;
}

static int
teardown(void **state)
{
	int status = daemon_stop(&d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return house_teardown(state);
}

int
main(int argc, char **argv)
{
	static char path[4096];
	/* One daemon for all of them. */
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bytes_that_are_no_request_are_refused),
	    cmocka_unit_test(what_stands_behind_the_end_is_nothing),
	    cmocka_unit_test(control_bytes_are_refused),
	    cmocka_unit_test(pipelined_requests_are_answered_in_their_order),
	    cmocka_unit_test(half_requests_are_cut_off),
	    cmocka_unit_test(two_hundred_connections_shut_nobody_out_for_long),
	    cmocka_unit_test(json_that_is_none_is_refused),
	    cmocka_unit_test(the_log_is_numbers),
	};

	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, setup, teardown);
}
