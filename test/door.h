/*
 * At the door of a real daemon: ruth and admin have a passphrase, vera a
 * badge and a PIN once add_vera gave them to her, all of it over HTTP.
 */
#ifndef TEST_DOOR_H
#define TEST_DOOR_H

#include "test/daemon.h"

#include <sodium.h>

#include "lib/badge.h"
#include "lib/user.h"
#include "mailroomd/session.h"
#include "mailroomd/throttle.h"

const char *daemon_path;
static struct daemon d;

#define PIN "739204"
#define WORDS "a lantern on the quiet harbour"

/* ruth, admin with a passphrase, and nobody else. */
static inline int
setup(void **state)
{
	struct house *h;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	h->user = "admin";
	h->new_passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user passphrase", NULL), "admin");
	h->user = NULL;
	house_person(h, MR_OUTSIDE, "V-1", 3);
	h->now = mr_now();
	daemon_start(&d, h);
	return 0;
}

static inline int
teardown(void **state)
{
	int status = daemon_stop(&d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return house_teardown(state);
}

/* "Name: base64" of what is typed. */
static inline void
typed(char line[256], const char *header, const char *text)
{
	char coded[160];

	sodium_bin2base64(coded, sizeof(coded), (const unsigned char *)text,
	    strlen(text), sodium_base64_VARIANT_ORIGINAL);
	snprintf(line, 256, "%s: %s", header, coded);
}

/* With the passphrase, as a page sends it when it was asked. */
static inline long
ask_sure(struct asker *a, const char *method, const char *path,
    const char *body, const char *more)
{
	char own[256], both[600];
	long status;

	typed(own, "Mailroom-Passphrase", HOUSE_PASSPHRASE);
	snprintf(both, sizeof(both), "%s\n%s", own, more != NULL ? more : "");
	a->line = both;
	status = ask(a, method, path, body);
	a->line = NULL;
	return status;
}

static inline void
set_pin(struct asker *admin, const char *digits)
{
	char new[256];

	typed(new, "Mailroom-New-Pin", digits);
	ask_sure(admin, "POST", "/api/user/pin", "{\"name\":\"vera\"}", new);
	answers(admin, 200, "vera");
}

static inline void
make_badge(struct asker *admin)
{
	ask(admin, "POST", "/api/user/badge", "{\"name\":\"vera\"}");
	assert_int_equal(admin->status, 200);
	if (strstr(admin->headers, "application/pdf") == NULL)
		fail_msg("%s %.300s", admin->headers, admin->answer);
}

/* What is on vera's badge of that copy. */
static inline void
badge(struct house *h, int copy, char text[MR_PAYLOAD_LEN + 1])
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	int64_t id = 0;

	assert_int_equal(mr_begin(c, 0), MR_OK);
	assert_int_equal(mr_user_find(c, "vera", &id), MR_OK);
	assert_int_equal(mr_badge_make(c->keys->tag, id, copy, text), 0);
	house_end(c);
}

static inline long
enter(struct asker *a, const char *body)
{
	const char *at;

	a->token[0] = '\0';
	ask(a, "POST", "/api/session", body);
	at = strstr(a->answer, "\"token\":\"");
	if (a->status == 200 && at != NULL)
		snprintf(a->token, sizeof(a->token), "%.*s",
		    (int)strcspn(at + 9, "\""), at + 9);
	return a->status;
}

static inline long
show_badge(struct asker *a, const char *text, const char *digits)
{
	char body[200];

	snprintf(body, sizeof(body),
	    "{\"badge\":\"%s\",\"pin\":\"%s\",\"station\":\"c\"}", text,
	    digits);
	return enter(a, body);
}

/* All of it over HTTP, by the admin; the badge of copy 1. */
static inline void
add_vera(struct house *h, struct asker *admin, char text[MR_PAYLOAD_LEN + 1])
{
	assert_int_equal(sign_in(admin, "admin", HOUSE_PASSPHRASE), 200);
	ask(admin, "POST", "/api/user/add",
	    "{\"name\":\"vera\",\"role\":\"volunteer\"}");
	answers(admin, 200, "volunteer");
	make_badge(admin);
	set_pin(admin, PIN);
	badge(h, 1, text);
}

static inline void
gone(struct asker *a)
{
	ask(a, "GET", "/api/session", NULL);
	answers(a, 401, "sign in");
	ask(a, "GET", "/api/letter/list", NULL);
	answers(a, 401, "sign in");
}

#endif
