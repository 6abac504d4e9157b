/*
 * The door: who gets in and how, at a real daemon; what ends a session; what
 * asks for the passphrase once more; and that a flood of wrong tries keeps
 * nobody out.  Limits of time are shown on session.c and throttle.c alone.
 */
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
static int
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

static int
teardown(void **state)
{
	int status = daemon_stop(&d, SIGTERM);

	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return house_teardown(state);
}

/* "Name: base64" of what is typed. */
static void
typed(char line[256], const char *header, const char *text)
{
	char coded[160];

	sodium_bin2base64(coded, sizeof(coded), (const unsigned char *)text,
	    strlen(text), sodium_base64_VARIANT_ORIGINAL);
	snprintf(line, 256, "%s: %s", header, coded);
}

/* With the passphrase, as a page sends it when it was asked. */
static long
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

static void
set_pin(struct asker *admin, const char *digits)
{
	char new[256];

	typed(new, "Mailroom-New-Pin", digits);
	ask_sure(admin, "POST", "/api/user/pin", "{\"name\":\"vera\"}", new);
	answers(admin, 200, "vera");
}

static void
make_badge(struct asker *admin)
{
	ask(admin, "POST", "/api/user/badge", "{\"name\":\"vera\"}");
	assert_int_equal(admin->status, 200);
	if (strstr(admin->headers, "application/pdf") == NULL)
		fail_msg("%s %.300s", admin->headers, admin->answer);
}

/* What is on vera's badge of that copy. */
static void
badge(struct house *h, int copy, char text[MR_PAYLOAD_LEN + 1])
{
	struct mr_call *c = mr_call_start(h->mr, h->now, &h->error);
	int64_t id = 0;

	assert_int_equal(mr_begin(c, 0), MR_OK);
	assert_int_equal(mr_user_find(c, "vera", &id), MR_OK);
	assert_int_equal(mr_badge_make(c->keys->tag, id, copy, text), 0);
	house_end(c);
}

static long
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

static long
show_badge(struct asker *a, const char *text, const char *digits)
{
	char body[200];

	snprintf(body, sizeof(body),
	    "{\"badge\":\"%s\",\"pin\":\"%s\",\"station\":\"c\"}", text,
	    digits);
	return enter(a, body);
}

/* All of it over HTTP, by the admin; the badge of copy 1. */
static void
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
gone(struct asker *a)
{
	ask(a, "GET", "/api/session", NULL);
	answers(a, 401, "sign in");
	ask(a, "GET", "/api/letter/list", NULL);
	answers(a, 401, "sign in");
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
	events = house_count(
	    h, SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM event");
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
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM event"),
	    events);
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

static struct mr_signed
person(int64_t user, unsigned role, enum mr_signed_by by)
{
	struct mr_signed who = {.user = user, .role = role, .by = by};

	memset(who.secret, (int)user + 1, sizeof(who.secret));
	return who;
}

/* Begun at 1000: how long it lasts when nobody touches it. */
static int64_t
lasts(unsigned role, enum mr_signed_by by)
{
	struct sessions *s = sessions_new();
	struct mr_signed who = person(1, role, by);
	char cookie[SESSION_TOKEN];
	struct session session;
	int64_t t;

	assert_int_equal(session_begin(s, &who, 'A', 1000, cookie), 0);
	for (t = 1000; session_peek(s, cookie, t, &session) == 0; t++)
		assert_int_equal(session.ends,
		    1000 + (by == MR_BY_CODE ? 600 : session.idle));
	sessions_free(s);
	return t - 1000;
}

static void
an_unused_session_ends_by_what_its_role_opens(void **state)
{
	(void)state;
	assert_int_equal(lasts(MR_VOLUNTEER, MR_BY_BADGE), 1800);
	assert_int_equal(lasts(MR_VOLUNTEER, MR_BY_PASSPHRASE), 1800);
	assert_int_equal(lasts(MR_STAFF, MR_BY_PASSPHRASE), 600);
	assert_int_equal(lasts(MR_COORDINATOR, MR_BY_PASSPHRASE), 600);
	assert_int_equal(lasts(MR_ADMIN, MR_BY_PASSPHRASE), 600);
	assert_int_equal(lasts(MR_VOLUNTEER, MR_BY_CODE), 600);
}

/* Used every minute. */
static int64_t
lasts_in_use(unsigned role, enum mr_signed_by by)
{
	struct sessions *s = sessions_new();
	struct mr_signed who = person(1, role, by);
	char cookie[SESSION_TOKEN];
	struct session session;
	int64_t t = 1000;

	assert_int_equal(session_begin(s, &who, 'A', t, cookie), 0);
	while (session_find(s, cookie, t, &session) == 0)
		t += 60;
	sessions_free(s);
	return t - 1000;
}

static void
no_session_lasts_longer_than_nine_hours(void **state)
{
	(void)state;
	assert_int_equal(lasts_in_use(MR_VOLUNTEER, MR_BY_BADGE), 32400);
	assert_int_equal(lasts_in_use(MR_ADMIN, MR_BY_PASSPHRASE), 32400);
	assert_int_equal(lasts_in_use(MR_STAFF, MR_BY_CODE), 600);
}

static void
a_key_comes_out_for_its_own_cookie_alone(void **state)
{
	struct sessions *s = sessions_new();
	struct mr_signed one = person(1, MR_STAFF, MR_BY_PASSPHRASE);
	struct mr_signed two = person(2, MR_STAFF, MR_BY_PASSPHRASE);
	char a[SESSION_TOKEN], b[SESSION_TOKEN];
	struct session session;

	(void)state;
	assert_int_equal(session_begin(s, &one, 'A', 0, a), 0);
	assert_int_equal(session_begin(s, &two, 'B', 0, b), 0);
	assert_string_not_equal(a, b);
	session.local = 7;
	assert_int_equal(session_find(s, b, 1, &session), 0);
	assert_int_equal(session.local, 0);
	assert_int_equal(session.who.user, 2);
	assert_memory_equal(session.who.secret, two.secret, 32);
	assert_string_not_equal(session.token, b);
	b[3] = b[3] == 'x' ? 'y' : 'x';
	assert_int_equal(session_find(s, b, 1, &session), -1);
	session_end_user(s, 1);
	assert_int_equal(session_find(s, a, 1, &session), -1);
	assert_int_equal(session_count(s, 1), 1);
	sessions_free(s);
}

/* Seconds that it makes wait at t. */
#define TRY(t) throttle_try(throttle, "vera", 1, t)

static void
after_five_tries_each_wait_is_twice_the_last(void **state)
{
	struct throttle *throttle = throttle_new();
	int64_t t = 6000;
	int wait = 1, longest = 0;

	(void)state;
	for (int i = 0; i < THROTTLE_FREE; i++)
		assert_int_equal(TRY(t), 0);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(TRY(t), wait);
		t += wait;
		assert_int_equal(TRY(t), 0);
		longest = wait > longest ? wait : longest;
		wait = 2 * wait < THROTTLE_MOST ? 2 * wait : THROTTLE_MOST;
	}
	assert_int_equal(longest, THROTTLE_MOST);
	throttle_good(throttle, "VERA");
	for (int i = 0; i < THROTTLE_FREE; i++)
		assert_int_equal(TRY(t), 0);
	assert_int_equal(TRY(t), 1);
	/* A try that was not made does not count. */
	throttle_good(throttle, "vera");
	for (int i = 0; i < 10; i++) {
		assert_int_equal(TRY(t), 0);
		throttle_back(throttle, "vera", 1);
	}
	assert_int_equal(TRY(t), 0);
	throttle_free(throttle);
}

/* How many of 100 new names are looked at within a minute. */
static int
looked_at(struct throttle *throttle, const char *what, unsigned long peer)
{
	char name[32];
	int n = 0;

	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "%s%d", what, i);
		n += throttle_try(throttle, name, peer, 6000) == 0;
	}
	return n;
}

static void
a_flood_has_its_share_of_a_minute_and_no_more(void **state)
{
	struct throttle *throttle = throttle_new();
	char name[32];

	(void)state;
	throttle_good(throttle, "ruth");
	assert_int_equal(looked_at(throttle, "eve", 1), THROTTLE_PEER);
	assert_int_equal(
	    looked_at(throttle, "mal", 2), THROTTLE_MINUTE - THROTTLE_PEER);
	assert_int_equal(looked_at(throttle, "tom", 3), 0);
	assert_int_equal(throttle_try(throttle, "ruth", 1, 6000), 0);
	/* The next minute is another. */
	assert_int_equal(throttle_try(throttle, "tom0", 3, 6059), 1);
	assert_int_equal(throttle_try(throttle, "tom0", 3, 6060), 0);
	/* As many names as it can remember do not make it forget her. */
	for (int i = 0; i < 5000; i++) {
		snprintf(name, sizeof(name), "x%d", i);
		throttle_try(throttle, name, 1, 6061 + i);
	}
	looked_at(throttle, "y", 1);
	looked_at(throttle, "z", 2);
	assert_int_equal(throttle_try(throttle, "ruth", 1, 6000), 0);
	throttle_free(throttle);
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_unused_session_ends_by_what_its_role_opens),
	    cmocka_unit_test(no_session_lasts_longer_than_nine_hours),
	    cmocka_unit_test(a_key_comes_out_for_its_own_cookie_alone),
	    cmocka_unit_test(after_five_tries_each_wait_is_twice_the_last),
	    cmocka_unit_test(a_flood_has_its_share_of_a_minute_and_no_more),
	    TEST(a_volunteer_comes_in_with_badge_and_pin_at_her_station),
	    TEST(every_wrong_badge_and_pin_sounds_alike),
	    TEST(a_badge_that_is_guessed_at_waits_and_others_do_not),
	    TEST(a_session_ends_when_its_user_is_another_one_now),
	    TEST(a_stolen_cookie_is_worth_nothing_afterwards),
	    TEST(what_matters_asks_for_the_passphrase_once_more),
	    TEST(her_own_pin_needs_the_old_one_and_guesses_count),
	    TEST(a_first_passphrase_is_chosen_with_a_code),
	    TEST(a_grant_counts_for_who_is_signed_in_already),
	    TEST(nobody_signs_in_or_changes_from_another_page),
	    TEST(looking_at_the_clock_does_not_wind_it),
	    TEST(a_thousand_wrong_tries_keep_nobody_out),
	    TEST(the_log_says_how_and_not_who),
	};
#undef TEST

	(void)argc;
	assert_true(sodium_init() >= 0);
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
