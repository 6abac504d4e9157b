/*
 * The door: who gets in and how, at a real daemon; what ends a session; and
 * that a flood of wrong tries keeps nobody out.
 */
#include "test/door.h"

#include "mailroomd/log.h"

static void
a_volunteer_comes_in_with_badge_and_pin_at_her_station(void **state)
{
	struct asker admin = {.daemon = &d}, vera = {.daemon = &d};
	char text[MR_PAYLOAD_LEN + 1];

	add_vera(*state, &admin, text);
	assert_int_equal(show_badge(&vera, text, PIN), 200);
	answers(&vera, 200,
	    "\"user\":\"vera\",\"role\":\"volunteer\",\"station\":\"C\"");
	answers(&vera, 200, "\"vault\":false,\"by\":\"badge\",\"first\":false");
	answers(&vera, 200, "\"office\":\"Bridge Letters\",\"practice\":false");
	answers(&vera, 200, "\"idle\":1800");
	ask(&vera, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&vera, 200, "\"C1\"");
	ask(&vera, "POST", "/api/correspondent/reveal",
	    "{\"person\":\"C1\",\"reason\":\"delivery\"}");
	answers(&vera, 403, "volunteer");
	ask(&vera, "DELETE", "/api/session", NULL);
	assert_int_equal(vera.status, 204);
	assert_non_null(strstr(vera.headers, "Clear-Site-Data"));
}

static void
every_wrong_badge_and_pin_sounds_alike(void **state)
{
	struct asker admin = {.daemon = &d}, a = {.daemon = &d};
	char text[MR_PAYLOAD_LEN + 1], newer[MR_PAYLOAD_LEN + 1];
	char wrong[1024];

	add_vera(*state, &admin, text);
	assert_int_equal(show_badge(&a, text, "739205"), 401);
	snprintf(wrong, sizeof(wrong), "%.1000s", a.answer);
	assert_int_equal(show_badge(&a, "U22222222222222222222", PIN), 401);
	assert_string_equal(a.answer, wrong);
	assert_int_equal(show_badge(&a, "", ""), 401);
	assert_string_equal(a.answer, wrong);
	make_badge(&admin);
	assert_int_equal(show_badge(&a, text, PIN), 401);
	assert_string_equal(a.answer, wrong);
	badge(*state, 2, newer);
	assert_int_equal(show_badge(&a, newer, PIN), 200);
	/* No way in for half of it. */
	assert_int_equal(enter(&a, "{\"badge\":\"x\"}"), 400);
	assert_int_equal(enter(&a, "{\"user\":\"vera\",\"pin\":\"1\"}"), 400);
	assert_int_equal(enter(&a, "[]"), 400);
	assert_int_equal(
	    enter(&a, "{\"user\":\"vera\",\"passphrase\":[1]}"), 400);
}

static void
a_badge_that_is_guessed_at_waits_and_others_do_not(void **state)
{
	struct asker admin = {.daemon = &d}, a = {.daemon = &d};
	char text[MR_PAYLOAD_LEN + 1];
	int i;

	add_vera(*state, &admin, text);
	for (i = 0; i < 8 && show_badge(&a, text, "739205") == 401; i++)
		;
	assert_in_range(i, THROTTLE_FREE, 7);
	answers(&a, 429, "tried too often");
	assert_non_null(strstr(a.headers, "Retry-After: "));
	show_badge(&a, text, PIN);
	answers(&a, 429, "tried too often");
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
}

static void
a_session_ends_when_its_user_is_another_one_now(void **state)
{
	struct asker admin = {.daemon = &d}, vera = {.daemon = &d};
	struct asker ruth = {.daemon = &d};
	char text[MR_PAYLOAD_LEN + 1], new[256];
	struct house *h = *state;

	add_vera(h, &admin, text);
	assert_int_equal(show_badge(&vera, text, PIN), 200);
	set_pin(&admin, "480675");
	gone(&vera);
	assert_int_equal(show_badge(&vera, text, "480675"), 200);
	make_badge(&admin);
	ask(&vera, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&vera, 401, "sign in again");
	badge(h, 2, text);
	assert_int_equal(show_badge(&vera, text, "480675"), 200);
	ask_sure(&admin, "POST", "/api/user/role",
	    "{\"name\":\"vera\",\"role\":\"staff\"}", NULL);
	answers(&admin, 200, "staff");
	gone(&vera);
	assert_int_equal(show_badge(&vera, text, "480675"), 401);
	/* And with a passphrase of her own choosing. */
	assert_int_equal(sign_in(&ruth, "ruth", HOUSE_PASSPHRASE), 200);
	typed(new, "Mailroom-New-Passphrase", WORDS);
	ask_sure(&ruth, "POST", "/api/user/passphrase", "{}", new);
	answers(&ruth, 200, "ruth");
	gone(&ruth);
	assert_int_equal(sign_in(&ruth, "ruth", WORDS), 200);
}

static void
a_stolen_cookie_is_worth_nothing_afterwards(void **state)
{
	struct asker ruth = {.daemon = &d}, stolen;

	(void)state;
	assert_int_equal(sign_in(&ruth, "ruth", HOUSE_PASSPHRASE), 200);
	stolen = ruth;
	stolen.curl = NULL;
	ask(&stolen, "GET", "/api/session", NULL);
	assert_int_equal(stolen.status, 200);
	/* Signing in over it gives another, and ends it. */
	assert_int_equal(enter(&ruth,
			     "{\"user\":\"ruth\",\"passphrase\":\"" //
			     HOUSE_PASSPHRASE "\"}"),
	    200);
	assert_string_not_equal(ruth.cookie, stolen.cookie);
	assert_string_not_equal(ruth.token, stolen.token);
	gone(&stolen);
	stolen = ruth;
	stolen.curl = NULL;
	ask(&ruth, "DELETE", "/api/session", NULL);
	assert_int_equal(ruth.status, 204);
	gone(&stolen);
}

static void
nobody_signs_in_or_changes_from_another_page(void **state)
{
	static const char *const lines[] = {"Sec-Fetch-Site: cross-site",
	    "Sec-Fetch-Site: same-site", "Origin: null",
	    "Origin: http://127.0.0.1:1"};
	struct asker ruth = {.daemon = &d}, a = {.daemon = &d};
	struct house *h = *state;
	int64_t events;

	assert_int_equal(sign_in(&ruth, "ruth", HOUSE_PASSPHRASE), 200);
	events = house_events(h);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		a.line = ruth.line = lines[i];
		assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 403);
		assert_int_equal(a.cookie[0], '\0');
		ask(&ruth, "POST", "/api/letter/receive", "{\"no_id\":true}");
		answers(&ruth, 403, "not ours");
		ask(&ruth, "DELETE", "/api/session", NULL);
		answers(&ruth, 403, "not ours");
	}
	ruth.line = "Sec-Fetch-Site: same-origin";
	ruth.no_token = 1;
	ask(&ruth, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&ruth, 403, "older than your sign-in");
	ask(&ruth, "DELETE", "/api/session", NULL);
	answers(&ruth, 403, "older than your sign-in");
	/* Another's token is none. */
	ruth.no_token = 0;
	memcpy(ruth.token, "AAAA", 4);
	ask(&ruth, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&ruth, 403, "older than your sign-in");
	assert_int_equal(house_events(h), events);
}

static long
left_of(struct asker *a)
{
	const char *at = strstr(a->answer, "\"left\":");

	assert_int_equal(a->status, 200);
	assert_non_null(at);
	return strtol(at + 7, NULL, 10);
}

static void
looking_at_the_clock_does_not_wind_it(void **state)
{
	const struct timespec little = {0, 50000000};
	struct asker ruth = {.daemon = &d};
	long left = SESSION_IDLE_KEY;

	(void)state;
	assert_int_equal(sign_in(&ruth, "ruth", HOUSE_PASSPHRASE), 200);
	for (int i = 0; i < 1000 && left > SESSION_IDLE_KEY - 2; i++) {
		nanosleep(&little, NULL);
		ask(&ruth, "HEAD", "/api/session", NULL);
		assert_int_equal(ruth.status, 200);
		ruth.line = "Mailroom-Quiet: yes";
		ask(&ruth, "GET", "/api/letter/list", NULL);
		assert_int_equal(ruth.status, 200);
		ruth.line = NULL;
		ask(&ruth, "GET", "/api/session?quiet=1", NULL);
		left = left_of(&ruth);
	}
	assert_in_range(left, 1, SESSION_IDLE_KEY - 2);
	ask(&ruth, "GET", "/api/letter/list", NULL);
	ask(&ruth, "GET", "/api/session?quiet=1", NULL);
	assert_true(left_of(&ruth) > left);
}

/* The most memory that the daemon ever had, in KiB. */
static long
memory(const char *which)
{
	char path[64], line[256];
	long n = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)d.pid);
	f = fopen(path, "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, which, strlen(which)) == 0)
			n = strtol(line + strlen(which), NULL, 10);
	fclose(f);
	assert_true(n > 0);
	return n;
}

#define FLOODERS 8
#define FLOOD 125
static struct flooder {
	struct asker a;
	int n, looked, told_to_wait, other;
} flooders[FLOODERS];

static void *
flood(void *arg)
{
	struct flooder *f = arg;
	char name[32];

	for (int i = 0; i < FLOOD; i++) {
		snprintf(name, sizeof(name), "eve%d-%d", f->n, i);
		if (i % 3 == 0)
			show_badge(&f->a, name, PIN);
		else
			sign_in(&f->a, i % 3 == 1 ? name : "vera",
			    "no words of anybody");
		if (f->a.status == 401)
			f->looked++;
		else if (f->a.status == 429 &&
		    strstr(f->a.headers, "Retry-After: ") != NULL)
			f->told_to_wait++;
		else
			f->other++;
	}
	return NULL;
}

/* Again and again, as long as it is told to wait. */
static int
insist(struct asker *a, const char *user)
{
	const struct timespec little = {0, 200000000};
	int i;

	for (i = 0; i < 300 && sign_in(a, user, HOUSE_PASSPHRASE) == 429; i++)
		nanosleep(&little, NULL);
	return (int)a->status;
}

static int
lines_said(const char *what)
{
	char line[256];
	int n = 0;
	FILE *f = fopen(d.log, "r");

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL)
		n += strstr(line, what) != NULL;
	fclose(f);
	return n;
}

static void
a_thousand_wrong_tries_keep_nobody_out(void **state)
{
	struct asker ruth = {.daemon = &d};
	struct asker admin = {.daemon = &d, .from = "127.0.0.2"};
	pthread_t thread[FLOODERS];
	int looked = 0, waited = 0;
	long before;

	(void)state;
	assert_int_equal(sign_in(&ruth, "ruth", HOUSE_PASSPHRASE), 200);
	before = memory("VmRSS:");
	for (int i = 0; i < FLOODERS; i++) {
		memset(&flooders[i], 0, sizeof(flooders[i]));
		flooders[i].a.daemon = &d;
		flooders[i].n = i;
		pthread_create(&thread[i], NULL, flood, &flooders[i]);
	}
	/* Who was here before, and who was not, from another address. */
	assert_int_equal(insist(&ruth, "ruth"), 200);
	assert_int_equal(insist(&admin, "admin"), 200);
	for (int i = 0; i < FLOODERS; i++) {
		pthread_join(thread[i], NULL);
		looked += flooders[i].looked;
		waited += flooders[i].told_to_wait;
		assert_int_equal(flooders[i].other, 0);
	}
	assert_int_equal(looked + waited, FLOODERS * FLOOD);
	assert_in_range(looked, 1, 200);
	/* Nor fill the disk with what the log says of them. */
	assert_in_range(lines_said("sign-in refused"), 1, 5 * LOG_MINUTE);
	/* One hash takes 64 MiB; two would show. */
	assert_in_range(memory("VmHWM:") - before, 0, 100 * 1024);
	ask(&ruth, "GET", "/api/letter/list", NULL);
	assert_int_equal(ruth.status, 200);
}

static void
the_log_says_how_and_not_who(void **state)
{
	struct asker admin = {.daemon = &d}, vera = {.daemon = &d};
	char text[MR_PAYLOAD_LEN + 1];

	add_vera(*state, &admin, text);
	show_badge(&vera, text, "739205");
	show_badge(&vera, text, PIN);
	daemon_hears(&d, "station 67, by 2", NULL, 0);
	daemon_hears(&d, "sign-in refused: status", NULL, 0);
	assert_false(daemon_said(&d, "vera", NULL, 0));
	assert_false(daemon_said(&d, text, NULL, 0));
	assert_false(daemon_said(&d, PIN, NULL, 0));
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_volunteer_comes_in_with_badge_and_pin_at_her_station),
	    TEST(every_wrong_badge_and_pin_sounds_alike),
	    TEST(a_badge_that_is_guessed_at_waits_and_others_do_not),
	    TEST(a_session_ends_when_its_user_is_another_one_now),
	    TEST(a_stolen_cookie_is_worth_nothing_afterwards),
	    TEST(nobody_signs_in_or_changes_from_another_page),
	    TEST(looking_at_the_clock_does_not_wind_it),
	    TEST(a_thousand_wrong_tries_keep_nobody_out),
	    TEST(the_log_says_how_and_not_who),
	};
#undef TEST

	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
