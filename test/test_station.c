/*
 * A station in a browser, line by line over HTTP, on a real daemon: a mail
 * day, lines that are sent again, a daemon that is killed in the middle.
 */
#include "test/daemon.h"
#include "test/mailday.h"

#include <jansson.h>

const char *daemon_path;
static struct daemon d;
static struct mailday m;
static int lines; /* so far: each has a key of its own */

/* A browser at a station: what it sends besides the line. */
struct browser {
	struct asker ask;
	json_t *view;
	const char *key; /* instead of a fresh one */
	const char *hand, *stub, *wants, *sheets, *envelopes;
	char last_key[32];
};

static void
users(struct house *h)
{
	static const char *const names[][2] = {
	    {"vera", "volunteer"}, {"sam", "staff"}};

	h->user = "admin";
	for (size_t i = 0; i < 2; i++)
		did(h,
		    run(h, "user add", "name", names[i][0], "role", names[i][1],
			NULL),
		    names[i][0]);
	h->new_passphrase = HOUSE_PASSPHRASE;
	for (size_t i = 0; i < 2; i++) {
		h->user = names[i][0];
		did(h, run(h, "user passphrase", NULL), names[i][0]);
	}
	h->user = NULL;
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user grant", "name", "sam", NULL), "sam");
}

static int
setup(void **state)
{
	if (house_setup(state) != 0)
		return -1;
	users(*state);
	mailday_people_of(*state, &m);
	lines = 0;
	daemon_start(&d, *state);
	return 0;
}

static int
teardown(void **state)
{
	int status = daemon_stop(&d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return house_teardown(state);
}

static void
sit(struct browser *b, const char *user)
{
	memset(b, 0, sizeof(*b));
	b->ask.daemon = &d;
	assert_int_equal(sign_in(&b->ask, user, HOUSE_PASSPHRASE), 200);
}

static void
rise(struct browser *b)
{
	json_decref(b->view);
	b->view = NULL;
}

static void
look(struct browser *b)
{
	json_decref(b->view);
	b->view = json_loads(b->ask.answer, 0, NULL);
	if (b->ask.status != 200 || b->view == NULL)
		fail_msg("%ld: %s", b->ask.status, b->ask.answer);
}

/* Send a line; the status. */
static long
post(struct browser *b, const char *line)
{
	json_t *body;
	char *text;

	if (b->key == NULL)
		snprintf(b->last_key, sizeof(b->last_key), "line-%d", ++lines);
	else
		snprintf(b->last_key, sizeof(b->last_key), "%s", b->key);
	body = json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?}", "line",
	    line, "request", b->last_key, "hand", b->hand, "stub", b->stub,
	    "wants", b->wants, "sheets", b->sheets, "envelopes", b->envelopes);
	assert_non_null(body);
	text = json_dumps(body, JSON_COMPACT);
	ask(&b->ask, "POST", "/api/station", text);
	free(text);
	json_decref(body);
	return b->ask.status;
}

static const char *
says(const struct browser *b, const char *key)
{
	const char *s = json_string_value(json_object_get(b->view, key));

	return s != NULL ? s : "";
}

/* Send a line, and look at what is told: the verdict, and a piece of text. */
static void
types(
    struct browser *b, const char *line, const char *verdict, const char *text)
{
	post(b, line);
	look(b);
	if (strcmp(says(b, "verdict"), verdict) != 0 ||
	    strstr(b->ask.answer, text) == NULL)
		fail_msg("%s: no %s with '%s': %s", line, verdict, text,
		    b->ask.answer);
}

static const char *
of(const struct browser *b, const char *letter, const char *key)
{
	const char *s = json_string_value(
	    json_object_get(json_object_get(b->view, letter), key));

	return s != NULL ? s : "";
}

static int
is_done(const struct browser *b)
{
	return json_is_true(json_object_get(b->view, "done"));
}

static void
a_mail_day_goes_by_lines(void **state)
{
	struct browser vera, sam;
	struct house *h = *state;
	char code[32], scan[32];

	sit(&vera, "vera");
	sit(&sam, "sam");
	ask(&vera.ask, "GET", "/api/station", NULL);
	look(&vera);
	assert_string_equal(says(&vera, "verdict"), "READY");
	answers(&vera.ask, 200, "No letter yet at station A");
	types(&vera, m.inside, "FIRST", "A1. Maria to Wren.");
	assert_string_equal(says(&vera, "big"), "FIRST LETTER");
	assert_string_equal(says(&vera, "colour"), "green");
	assert_string_equal(says(&vera, "wants"), "sheets");
	assert_true(is_done(&vera));
	snprintf(code, sizeof(code), "%s", of(&vera, "hand", "code"));
	types(&vera, "2", "DONE", "A1, sheets: 2.");
	assert_string_equal(of(&vera, "print", "sheet"), code);
	assert_string_equal(says(&vera, "wants"), "id");

	h->now = mr_now();
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, scan);
	types(&vera, scan, "NOT_DONE", "volunteer");
	types(&sam, scan, "NOT_DONE", "no envelope yet");
	assert_string_equal(of(&sam, "print", "envelope"), code);
	assert_false(is_done(&sam));
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	types(&sam, scan, "STUB", "You hold A1.");
	assert_string_equal(says(&sam, "wants"), "envelope");
	assert_string_equal(of(&sam, "stub", "code"), code);
	mailday_print(h, MR_PAYLOAD_ENVELOPE, code, 1, scan);
	types(&sam, scan, "MATCH", "");
	rise(&vera);
	rise(&sam);
}

int
main(int argc, char **argv)
{
	static char path[4096];
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_mail_day_goes_by_lines, setup, teardown),
	};
	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
