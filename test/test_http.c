/*
 * The API over HTTP, on a real daemon: who may do what, what is refused, and
 * that nothing is lost or done twice.
 */
#include "test/daemon.h"

const char *daemon_path;
static struct daemon d;

/* Users of every role with one passphrase. */
static const struct {
	const char *name, *role;
	unsigned bit;
} people[] = {{"vera", "volunteer", MR_VOLUNTEER}, {"sam", "staff", MR_STAFF},
    {"ruth", "coordinator", MR_COORDINATOR}, {"admin", "admin", MR_ADMIN}};
#define PEOPLE (sizeof(people) / sizeof(people[0]))

static void
add_people(struct house *h)
{
	h->user = "admin";
	for (size_t i = 0; i < 2; i++)
		did(h,
		    run(h, "user add", "name", people[i].name, "role",
			people[i].role, NULL),
		    people[i].name);
	h->new_passphrase = HOUSE_PASSPHRASE;
	for (size_t i = 0; i < PEOPLE; i++) {
		if (strcmp(people[i].name, "ruth") == 0)
			continue;
		h->user = people[i].name;
		did(h, run(h, "user passphrase", NULL), people[i].name);
	}
	h->user = NULL;
	h->passphrase = HOUSE_PASSPHRASE;
	did(h, run(h, "user grant", "name", "sam", NULL), "sam");
}

static int
setup(void **state)
{
	struct house *h;

	if (house_setup(state) != 0)
		return -1;
	h = *state;
	add_people(h);
	house_person(h, MR_OUTSIDE, "V-1", 3);
	house_person(h, MR_INSIDE, "M-1", 3);
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C2", NULL),
	    "P1");
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

static void
who_is_not_signed_in_gets_nothing(void **state)
{
	struct asker a = {.daemon = &d};

	(void)state;
	ask(&a, "GET", "/api/letter/list", NULL);
	answers(&a, 401, "sign in");
	assert_non_null(strstr(a.headers, "problem+json"));
	ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&a, 401, "sign in");
	snprintf(a.cookie, sizeof(a.cookie),
	    "mailroom=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	ask(&a, "GET", "/api/letter/list", NULL);
	answers(&a, 401, "sign in");
	ask(&a, "GET", "/api", NULL);
	answers(&a, 200, "\"letter receive\"");
}

static void
a_session_lasts_until_it_is_ended(void **state)
{
	struct asker a = {.daemon = &d}, stolen;

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	assert_non_null(strstr(a.headers, "HttpOnly; SameSite=Strict"));
	ask(&a, "GET", "/api/session", NULL);
	answers(&a, 200, "\"role\":\"coordinator\"");
	stolen = a;
	ask(&a, "DELETE", "/api/session", NULL);
	assert_int_equal(a.status, 204);
	ask(&stolen, "GET", "/api/letter/list", NULL);
	answers(&stolen, 401, "sign in");
}

static void
wrong_and_unknown_are_told_alike_and_then_made_wait(void **state)
{
	struct asker a = {.daemon = &d};
	char wrong[sizeof(a.answer)];

	(void)state;
	assert_int_equal(sign_in(&a, "vera", "no words of hers at all"), 401);
	memcpy(wrong, a.answer, sizeof(wrong));
	assert_int_equal(sign_in(&a, "nobody", "no words of hers at all"), 401);
	assert_string_equal(a.answer, wrong);
	for (int i = 0; i < 4; i++)
		sign_in(&a, "vera", "no words of hers at all");
	sign_in(&a, "vera", HOUSE_PASSPHRASE);
	answers(&a, 429, "tried too often");
	assert_non_null(strstr(a.headers, "Retry-After: "));
	/* Others are not shut out with her. */
	assert_int_equal(sign_in(&a, "sam", HOUSE_PASSPHRASE), 200);
}

static void
a_change_must_come_from_our_page_with_its_token(void **state)
{
	struct asker a = {.daemon = &d};
	char own[64];

	(void)state;
	snprintf(own, sizeof(own), "http://127.0.0.1:%d", d.port);
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	a.origin = "http://evil.example";
	ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&a, 403, "not ours");
	a.origin = own;
	a.no_token = 1;
	ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&a, 403, "older than your sign-in");
	a.no_token = 0;
	a.type = "text/plain";
	ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&a, 415, "application/json");
	a.type = NULL;
	ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true}");
	answers(&a, 200, "NO ID");
}

static void
what_makes_no_sense_is_refused_and_the_daemon_lives(void **state)
{
	static const struct {
		const char *method, *path, *body;
		long want;
		const char *text;
	} bad[] = {
	    {"GET", "/api/letter/receive", NULL, 405, "POST"},
	    {"POST", "/api/letter/list", "{}", 405, "GET"},
	    {"GET", "/api/letter/frobnicate", NULL, 404, "no such operation"},
	    {"GET", "/api/../etc/passwd", NULL, 404, ""},
	    {"GET", "/api/letter/list/more", NULL, 404, ""},
	    {"GET", "/nothing", NULL, 404, ""},
	    {"GET", "/api/letter/list?colour=red", NULL, 400, "colour"},
	    {"POST", "/api/letter/receive", "{\"no_id\":", 400, "JSON"},
	    {"POST", "/api/letter/receive", "[1]", 400, "JSON object"},
	    {"POST", "/api/letter/receive", "\"x\"", 400, "JSON object"},
	    {"POST", "/api/letter/receive", "{\"no_id\":1.5}", 400, "no_id"},
	    {"POST", "/api/letter/receive", "{\"no_id\":[]}", 400, "no_id"},
	    {"POST", "/api/letter/receive", "{\"id\":\"a\",\"id\":\"b\"}", 400,
		"JSON"},
	    {"POST", "/api/letter/receive", "{\"id\":\"\xff\"}", 400, "UTF-8"},
	    {"POST", "/api/letter/receive", "{\"id\":\"a\\u0000b\"}", 400, ""},
	    {"POST", "/api/letter/receive", "{\"id\":\"K7M-4RP-TMM\"}", 422,
		""},
	    {"POST", "/api/day/open", "{\"pieces\":-3}", 400, "pieces"},
	    {"POST", "/api/office/backup", "{\"folder\":\"/tmp\"}", 400,
		"own computer"},
	    {"PATCH", "/api/letter/list", NULL, 405, ""},
	};
	struct asker a = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		ask(&a, bad[i].method, bad[i].path, bad[i].body);
		if (a.status != bad[i].want ||
		    strstr(a.answer, bad[i].text) == NULL)
			fail_msg("%s %s %s: %ld %s", bad[i].method, bad[i].path,
			    bad[i].body, a.status, a.answer);
	}
	ask(&a, "GET", "/api/letter/list", NULL);
	answers(&a, 200, "[]");
}

static void
what_is_too_large_is_refused(void **state)
{
	static char body[70000];
	struct asker a = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	memset(body, ' ', sizeof(body) - 1);
	memcpy(body, "{\"no_id\":true", 13);
	body[sizeof(body) - 2] = '}';
	ask(&a, "POST", "/api/letter/receive", body);
	assert_int_equal(a.status, 413);
	ask(&a, "GET", "/api/letter/list", NULL);
	answers(&a, 200, "[]");
}

static void
path_of(const struct mr_op *op, char *path, size_t size)
{
	snprintf(path, size, "/api/%s", op->name);
	for (char *at = path; *at != '\0'; at++)
		if (*at == ' ')
			*at = '/';
}

static void
every_operation_asks_for_its_role(void **state)
{
	struct asker a = {.daemon = &d};
	char path[96];

	(void)state;
	for (size_t p = 0; p < PEOPLE; p++) {
		assert_int_equal(
		    sign_in(&a, people[p].name, HOUSE_PASSPHRASE), 200);
		for (size_t i = 0; i < mr_nops; i++) {
			const struct mr_op *op = mr_ops[i];
			int may = (op->roles & people[p].bit) != 0;

			path_of(op, path, sizeof(path));
			if (may && op->writes)
				continue; /* it would be done */
			ask(&a, op->writes ? "POST" : "GET", path,
			    op->writes ? "{}" : NULL);
			if ((a.status == 403) == may || a.status >= 500)
				fail_msg("%s as %s: %ld %s", op->name,
				    people[p].role, a.status, a.answer);
		}
	}
}

static void
an_answer_is_the_same_as_on_the_command_line(void **state)
{
	static const char *const reads[][2] = {
	    {"letter list", "/api/letter/list"},
	    {"pairing list", "/api/pairing/list"},
	    {"user list", "/api/user/list"},
	    {"setting list", "/api/setting/list"},
	    {"audit verify", "/api/audit/verify"},
	    {"correspondent list", "/api/correspondent/list"}};
	struct asker a = {.daemon = &d};
	struct house *h = *state;

	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	ask(&a, "POST", "/api/letter/receive", "{\"no_id\":true,\"sheets\":2}");
	answers(&a, 200, "NO ID");
	h->now = mr_now();
	daemon_jobs_are_done(h);
	for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		did(h, run(h, reads[i][0], NULL), "");
		ask(&a, "GET", reads[i][1], NULL);
		assert_int_equal(a.status, 200);
		assert_string_equal(a.answer, h->answer);
	}
}

static void
the_key_of_the_session_opens_the_vault(void **state)
{
	struct asker a = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	ask(&a, "POST", "/api/correspondent/add",
	    "{\"kind\":\"outside\",\"pen_name\":\"Tansy\",\"legal_name\":"
	    "\"Amara Quill\",\"street\":\"1 Elm St\",\"city\":\"Danbury\","
	    "\"state\":\"CT\",\"zip\":\"06810\"}");
	answers(&a, 200, "C3");
	ask(&a, "POST", "/api/correspondent/find",
	    "{\"name\":\"Amara Quill\"}");
	answers(&a, 200, "Tansy");
	/* Staff without a grant of theirs, and nobody else's by accident. */
	assert_int_equal(sign_in(&a, "sam", HOUSE_PASSPHRASE), 200);
	ask(&a, "POST", "/api/correspondent/find",
	    "{\"name\":\"Amara Quill\"}");
	answers(&a, 200, "Tansy");
}

static void
who_is_disabled_is_signed_out(void **state)
{
	struct asker sam = {.daemon = &d}, admin = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&sam, "sam", HOUSE_PASSPHRASE), 200);
	assert_int_equal(sign_in(&admin, "admin", HOUSE_PASSPHRASE), 200);
	ask(&sam, "GET", "/api/letter/list", NULL);
	answers(&sam, 200, "[]");
	ask(&admin, "POST", "/api/user/disable", "{\"name\":\"sam\"}");
	answers(&admin, 200, "sam");
	ask(&sam, "GET", "/api/letter/list", NULL);
	answers(&sam, 401, "has ended");
}

/* Four stations at once, each with its letters. */
#define STATIONS 4
#define SCANS 60
static struct asker stations[STATIONS];

static void *
scan_on(void *arg)
{
	struct asker *a = arg;

	for (int i = 0; i < SCANS; i++) {
		ask(a, "POST", "/api/letter/receive", "{\"no_id\":true}");
		if (a->status != 200)
			break;
	}
	return NULL;
}

static void
nothing_is_lost_and_nothing_done_twice(void **state)
{
	pthread_t threads[STATIONS];
	struct house *h = *state;

	for (int i = 0; i < STATIONS; i++) {
		memset(&stations[i], 0, sizeof(stations[i]));
		stations[i].daemon = &d;
		assert_int_equal(
		    sign_in(&stations[i], "ruth", HOUSE_PASSPHRASE), 200);
	}
	for (int i = 0; i < STATIONS; i++)
		pthread_create(&threads[i], NULL, scan_on, &stations[i]);
	for (int i = 0; i < STATIONS; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < STATIONS; i++)
		answers(&stations[i], 200, "NO ID");
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM letter"),
	    STATIONS * SCANS);
	h->now = mr_now();
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static void
what_was_confirmed_is_there_after_a_kill(void **state)
{
	struct asker a = {.daemon = &d};
	struct house *h = *state;
	int confirmed = 0;

	for (int round = 0; round < 3; round++) {
		assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
		for (int i = 0; i < 10; i++)
			confirmed += ask(&a, "POST", "/api/letter/receive",
					 "{\"no_id\":true}") == 200;
		assert_true(WIFSIGNALED(daemon_stop(&d, SIGKILL)));
		daemon_start(&d, h);
	}
	assert_int_equal(confirmed, 30);
	assert_int_equal(
	    house_count(
		h, SQL_SCAN "SELECT CAST(count(*) AS BIGINT) FROM letter"),
	    confirmed);
}

static void
a_program_of_another_version_is_refused(void **state)
{
	struct asker a = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	a.line = "Mailroom-Protocol: 999999";
	ask(&a, "GET", "/api/letter/list", NULL);
	answers(&a, 400, "different versions");
}

/* What broke off must not be taken for a short list. */
static void
a_refusal_is_no_answer(void **state)
{
	struct asker a = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	ask(&a, "GET", "/api/letter/history?letter=A99", NULL);
	assert_true(a.status >= 400);
	answers(&a, a.status, "\"detail\"");
	assert_non_null(strstr(a.headers, "problem+json"));
}

/* Where the sentence is made does not matter: at the door, by a reader, by
 * the writer. */
static void
who_asks_in_spanish_is_answered_in_spanish(void **state)
{
	struct asker a = {.daemon = &d, .line = "Accept-Language: es-MX, en"};

	(void)state;
	ask(&a, "GET", "/api/letter/list", NULL);
	answers(&a, 401, "aquí no ha entrado nadie");
	answers(&a, 401, "\"title\":\"no permitido para esta función\"");
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	ask(&a, "GET", "/api/letter/history?letter=A99", NULL);
	answers(
	    &a, a.status, "ninguna carta de estos días tiene el número A99");
	ask(&a, "POST", "/api/letter/receive", "{\"id\":\"K7M\"}");
	answers(&a, 422, "\"code\":\"INVALID\"");
	answers(&a, 422, "Esto tiene 3 símbolos, un ID tiene 9");
	ask(&a, "POST", "/api/letter/receive", "{\"what\":1}");
	answers(&a, 400, "letter receive no tiene ningún parámetro what");
	ask(&a, "GET", "/api", NULL);
	answers(&a, 200, "Anotar una carta que nos llegó.");
	a.line = "Accept-Language: en-US, es";
	ask(&a, "POST", "/api/letter/receive", "{\"id\":\"K7M\"}");
	answers(&a, 422, "This has 3 symbols");
}

static void
an_admin_sees_who_sits_where_and_signs_them_out(void **state)
{
	struct asker a = {.daemon = &d}, sam = {.daemon = &d};

	(void)state;
	assert_int_equal(sign_in(&sam, "sam", HOUSE_PASSPHRASE), 200);
	ask(&sam, "GET", "/api/who", NULL);
	answers(&sam, 403, "admin");
	assert_int_equal(sign_in(&a, "admin", HOUSE_PASSPHRASE), 200);
	ask(&a, "GET", "/api/who", NULL);
	answers(&a, 200, "\"user\":\"sam\",\"role\":\"staff\"");
	ask(&a, "DELETE", "/api/who?user=nobody", NULL);
	answers(&a, 404, "nobody of that name");
	a.no_token = 1;
	ask(&a, "DELETE", "/api/who?user=sam", NULL);
	assert_int_equal(a.status, 403);
	a.no_token = 0;
	ask(&a, "DELETE", "/api/who?user=sam", NULL);
	assert_int_equal(a.status, 204);
	ask(&sam, "GET", "/api/session", NULL);
	assert_int_equal(sam.status, 401);
}

static void
the_log_holds_no_name_and_no_code(void **state)
{
	struct asker a = {.daemon = &d};
	char line[200];

	(void)state;
	assert_int_equal(sign_in(&a, "ruth", HOUSE_PASSPHRASE), 200);
	ask(&a, "POST", "/api/letter/receive", "{\"id\":\"K7M-4RP-TMK\"}");
	ask(&a, "GET", "/api/letter/list?state=ZEBRA", NULL);
	assert_true(daemon_said(&d, "signed in: user ", line, sizeof(line)));
	assert_false(daemon_said(&d, "ruth", NULL, 0));
	assert_false(daemon_said(&d, "K7M", NULL, 0));
	assert_false(daemon_said(&d, "ZEBRA", NULL, 0));
	assert_false(daemon_said(&d, "geese", NULL, 0));
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(who_is_not_signed_in_gets_nothing),
	    TEST(a_session_lasts_until_it_is_ended),
	    TEST(wrong_and_unknown_are_told_alike_and_then_made_wait),
	    TEST(a_change_must_come_from_our_page_with_its_token),
	    TEST(what_makes_no_sense_is_refused_and_the_daemon_lives),
	    TEST(what_is_too_large_is_refused),
	    TEST(every_operation_asks_for_its_role),
	    TEST(an_answer_is_the_same_as_on_the_command_line),
	    TEST(the_key_of_the_session_opens_the_vault),
	    TEST(who_is_disabled_is_signed_out),
	    TEST(nothing_is_lost_and_nothing_done_twice),
	    TEST(what_was_confirmed_is_there_after_a_kill),
	    TEST(a_program_of_another_version_is_refused),
	    TEST(a_refusal_is_no_answer),
	    TEST(who_asks_in_spanish_is_answered_in_spanish),
	    TEST(an_admin_sees_who_sits_where_and_signs_them_out),
	    TEST(the_log_holds_no_name_and_no_code),
	};
#undef TEST

	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
