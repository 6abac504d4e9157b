/*
 * Somebody at a station in a browser: lines over HTTP to a real daemon, and
 * the views that come back.
 */
#ifndef TEST_SITTING_H
#define TEST_SITTING_H

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

static inline void
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
	did(h, run(h, "user passphrase", NULL), "admin");
	for (size_t i = 0; i < 2; i++) {
		h->user = names[i][0];
		did(h, run(h, "user passphrase", NULL), names[i][0]);
	}
	h->user = NULL;
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user grant", "name", "sam", NULL), "sam");
}

static inline int
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

static inline int
teardown(void **state)
{
	int status = daemon_stop(&d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	d.listen = NULL;
	return house_teardown(state);
}

static inline void
sit(struct browser *b, const char *user)
{
	memset(b, 0, sizeof(*b));
	b->ask.daemon = &d;
	assert_int_equal(sign_in(&b->ask, user, HOUSE_PASSPHRASE), 200);
}

static inline void
rise(struct browser *b)
{
	json_decref(b->view);
	b->view = NULL;
}

static inline void
look(struct browser *b)
{
	json_decref(b->view);
	b->view = json_loads(b->ask.answer, 0, NULL);
	if (b->ask.status != 200 || b->view == NULL)
		fail_msg("%ld: %s", b->ask.status, b->ask.answer);
}

/* Send a line; the status. */
static inline long
post(struct browser *b, const char *line)
{
	json_t *body;
	char *text;

	if (b->key == NULL)
		snprintf(b->last_key, sizeof(b->last_key), "line-%d", ++lines);
	else if (b->key != b->last_key)
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

static inline const char *
says(const struct browser *b, const char *key)
{
	const char *s = json_string_value(json_object_get(b->view, key));

	return s != NULL ? s : "";
}

/* Send a line, and look at what is told: the verdict, and a piece of text. */
static inline void
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

static inline const char *
of(const struct browser *b, const char *letter, const char *key)
{
	const char *s = json_string_value(
	    json_object_get(json_object_get(b->view, letter), key));

	return s != NULL ? s : "";
}

static inline int
is_done(const struct browser *b)
{
	return json_is_true(json_object_get(b->view, "done"));
}

/* kill -9, and a new one; everybody has to sign in again. */
static inline void
kill_daemon(struct house *h)
{
	assert_true(WIFSIGNALED(daemon_stop(&d, SIGKILL)));
	daemon_start(&d, h);
}

#endif
