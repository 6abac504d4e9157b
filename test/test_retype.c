/*
 * What being signed in is not enough for, and how a first passphrase is
 * chosen, at a real daemon.
 */
#include "test/door.h"

/* The first wait is one second, which a slow machine may let pass. */
static void
until_told_to_wait(struct asker *a, const char *method, const char *path)
{
	for (int i = 0; i < 5 && a->status != 429; i++)
		ask(a, method, path, strcmp(method, "POST") == 0 ? "{}" : NULL);
	answers(a, 429, "tried too often");
	assert_non_null(strstr(a->headers, "Retry-After: "));
}

static void
what_matters_asks_for_the_passphrase_once_more(void **state)
{
	static const char *const again[][3] = {
	    {"POST", "/api/correspondent/reveal",
		"{\"person\":\"C1\",\"reason\":\"delivery\"}"},
	    {"GET", "/api/audit/export?last=1", NULL},
	    {"POST", "/api/user/grant", "{\"name\":\"ruth\"}"},
	};
	struct asker ruth = {.daemon = &d};
	char wrong[256];

	(void)state;
	assert_int_equal(sign_in(&ruth, "ruth", HOUSE_PASSPHRASE), 200);
	for (size_t i = 0; i < 3; i++) {
		ask(&ruth, again[i][0], again[i][1], again[i][2]);
		answers(&ruth, 401, "once more");
		assert_non_null(
		    strstr(ruth.headers, "Mailroom-Ask: passphrase"));
		/* It is no end of the session. */
		ask(&ruth, "GET", "/api/session", NULL);
		assert_int_equal(ruth.status, 200);
		ask_sure(&ruth, again[i][0], again[i][1], again[i][2], NULL);
		if (ruth.status == 401 || ruth.status == 403)
			fail_msg("%s: %s", again[i][1], ruth.answer);
	}
	typed(wrong, "Mailroom-Passphrase", WORDS);
	ruth.line = wrong;
	for (int i = 0; i < THROTTLE_FREE; i++) {
		ask(&ruth, "GET", again[1][1], NULL);
		answers(&ruth, 403, "not your passphrase");
		assert_non_null(
		    strstr(ruth.headers, "Mailroom-Ask: passphrase"));
	}
	until_told_to_wait(&ruth, "GET", again[1][1]);
	ruth.line = NULL;
	ask(&ruth, "GET", "/api", NULL);
	answers(&ruth, 200, "\"retype\":true");
}

static void
her_own_pin_needs_the_old_one_and_guesses_count(void **state)
{
	struct asker admin = {.daemon = &d}, vera = {.daemon = &d};
	char text[MR_PAYLOAD_LEN + 1], old[256], new[256], both[600];

	add_vera(*state, &admin, text);
	assert_int_equal(show_badge(&vera, text, PIN), 200);
	ask(&vera, "POST", "/api/user/pin", "{}");
	answers(&vera, 401, "once more");
	assert_non_null(strstr(vera.headers, "Mailroom-Ask: old pin"));
	typed(old, "Mailroom-Pin", "739205");
	vera.line = old;
	for (int i = 0; i < 3; i++) {
		ask(&vera, "POST", "/api/user/pin", "{}");
		answers(&vera, 403, "not your PIN");
	}
	typed(old, "Mailroom-Pin", PIN);
	ask(&vera, "POST", "/api/user/pin", "{}");
	answers(&vera, 401, "a new PIN is needed");
	assert_non_null(strstr(vera.headers, "Mailroom-Ask: new pin"));
	typed(new, "Mailroom-New-Pin", "123456");
	snprintf(both, sizeof(both), "%s\n%s", old, new);
	vera.line = both;
	ask(&vera, "POST", "/api/user/pin", "{}");
	answers(&vera, 422, "tried first");
	typed(new, "Mailroom-New-Pin", "480675");
	snprintf(both, sizeof(both), "%s\n%s", old, new);
	ask(&vera, "POST", "/api/user/pin", "{}");
	answers(&vera, 200, "vera");
	vera.line = NULL;
	gone(&vera);
	assert_int_equal(show_badge(&vera, text, "480675"), 200);
	/* The door's guesses and these are counted apart. */
	typed(old, "Mailroom-Pin", "739205");
	vera.line = old;
	for (int i = 0; i < THROTTLE_FREE; i++) {
		ask(&vera, "POST", "/api/user/pin", "{}");
		assert_int_equal(vera.status, 403);
	}
	until_told_to_wait(&vera, "POST", "/api/user/pin");
}

static void
a_first_passphrase_is_chosen_with_a_code(void **state)
{
	struct asker admin = {.daemon = &d}, sam = {.daemon = &d};
	char code[64], body[200], new[256];
	const char *at;

	(void)state;
	assert_int_equal(sign_in(&admin, "admin", HOUSE_PASSPHRASE), 200);
	ask(&admin, "POST", "/api/user/add",
	    "{\"name\":\"sam\",\"role\":\"staff\"}");
	answers(&admin, 200, "sam");
	ask(&admin, "POST", "/api/user/invite", "{\"name\":\"sam\"}");
	answers(&admin, 401, "once more");
	ask_sure(
	    &admin, "POST", "/api/user/invite", "{\"name\":\"sam\"}", NULL);
	answers(&admin, 200, "\"until\"");
	at = strstr(admin.answer, "\"code\":\"");
	assert_non_null(at);
	snprintf(code, sizeof(code), "%.15s", at + 8);
	assert_int_equal(
	    enter(&sam, "{\"user\":\"sam\",\"code\":\"222-222-222-222\"}"),
	    401);
	snprintf(
	    body, sizeof(body), "{\"user\":\"sam\",\"code\":\"%s\"}", code);
	assert_int_equal(enter(&sam, body), 200);
	answers(&sam, 200, "\"by\":\"code\",\"first\":true");
	ask(&sam, "GET", "/api/letter/list", NULL);
	answers(&sam, 403, "first choose a passphrase");
	ask(&sam, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&sam, 403, "first choose a passphrase");
	ask(&sam, "POST", "/api/station", "{\"line\":\"\"}");
	answers(&sam, 403, "first choose a passphrase");
	typed(new, "Mailroom-New-Passphrase", "short");
	sam.line = new;
	ask(&sam, "POST", "/api/user/passphrase", "{}");
	answers(&sam, 422, "5 characters");
	typed(new, "Mailroom-New-Passphrase", WORDS);
	ask(&sam, "POST", "/api/user/passphrase", "{}");
	answers(&sam, 200, "sam");
	sam.line = NULL;
	gone(&sam);
	assert_int_equal(enter(&sam, body), 401);
	assert_int_equal(sign_in(&sam, "sam", WORDS), 200);
	ask(&sam, "GET", "/api/letter/list", NULL);
	assert_int_equal(sam.status, 200);
}

static void
a_grant_counts_for_who_is_signed_in_already(void **state)
{
	struct asker ruth = {.daemon = &d}, sam = {.daemon = &d};
	struct house *h = *state;

	h->user = "admin";
	did(h, run(h, "user add", "name", "sam", "role", "staff", NULL), "sam");
	h->user = "sam";
	h->new_passphrase = WORDS;
	did(h, run(h, "user passphrase", NULL), "sam");
	assert_int_equal(sign_in(&sam, "sam", WORDS), 200);
	ask(&sam, "POST", "/api/correspondent/find", "{\"name\":\"Nobody\"}");
	if (sam.status < 400 || strstr(sam.headers, "Mailroom-Ask") != NULL)
		fail_msg("%s %s", sam.headers, sam.answer);
	assert_int_equal(sign_in(&ruth, "ruth", HOUSE_PASSPHRASE), 200);
	ask_sure(&ruth, "POST", "/api/user/grant", "{\"name\":\"sam\"}", NULL);
	answers(&ruth, 200, "sam");
	ask(&sam, "POST", "/api/correspondent/find", "{\"name\":\"Nobody\"}");
	assert_int_equal(sam.status, 200);
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(what_matters_asks_for_the_passphrase_once_more),
	    TEST(her_own_pin_needs_the_old_one_and_guesses_count),
	    TEST(a_first_passphrase_is_chosen_with_a_code),
	    TEST(a_grant_counts_for_who_is_signed_in_already),
	};
#undef TEST

	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
