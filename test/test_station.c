/*
 * A station in a browser, line by line over HTTP, on a real daemon: a mail
 * day, and everything that is not one.
 */
#include "test/sitting.h"

#include "lib/card.h"

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

static void
an_unreadable_id_is_chosen_and_names_find_a_writer(void **state)
{
	struct browser b;
	char typed[64];

	sit(&b, "ruth");
	snprintf(typed, sizeof(typed), "%s", m.outside);
	typed[2] = '?';
	types(&b, typed, "LOOK_AGAIN", "One of these?");
	assert_int_equal(
	    json_integer_value(json_object_get(b.view, "choices")), 1);
	types(&b, "1", "FIRST", "Wren to Maria");
	types(&b, "N", "NO_ID", "DEAR/SIGNED");
	assert_string_equal(says(&b, "wants"), "names");
	types(&b, "Wren/Maria", "LOOK_AGAIN", "Whose letter is it?");
	types(&b, "1", "GOES_ON", "A2");
	types(&b, m.inside, "SECOND", "A3");
	types(&b, "U", "UNDONE", "A3 is taken back");
	rise(&b);
	(void)state;
}

static void
what_was_released_is_taken_up_by_its_number(void **state)
{
	struct house *h = *state;
	struct browser b;
	char code[32];

	sit(&b, "vera");
	types(&b, m.outside, "FIRST", "A1. Wren to Maria");
	snprintf(code, sizeof(code), "%s", of(&b, "hand", "code"));
	types(&b, "A", "HELD", "A1");
	types(&b, m.inside, "FIRST", "A2");
	types(&b, "3", "DONE", "A2");
	h->now = mr_now();
	did(h, run(h, "letter release", "letter", code, NULL), "received");
	types(&b, "A1", "GOOD", "A1. Wren to Maria. Does it say Dear Maria?");
	assert_string_equal(says(&b, "wants"), "sheets");
	types(&b, "2", "DONE", "A1, sheets: 2");
	rise(&b);
}

static void
cards_and_badges_are_read(void **state)
{
	static const struct mr_card money = {.kind = MR_CARD_KEY, .key = 'M'};
	static const struct mr_card three = {.kind = MR_CARD_COUNT, .n = 3};
	struct mr_payload badge = {.copy = 1};
	struct house *h = *state;
	const unsigned char *key = h->mr->keys->tag;
	struct browser b;
	char scan[32];

	h->now = mr_now();
	did(h, run(h, "user badge", "name", "vera", NULL), "");
	sit(&b, "sam");
	types(&b, m.inside, "FIRST", "A1");
	mr_card_make(key, &three, scan);
	types(&b, scan, "DONE", "A1, sheets: 3");
	types(&b, m.outside, "FIRST", "A2");
	mr_card_make(key, &money, scan);
	types(&b, scan, "HELD", "A2");
	mr_payload_number(&badge, MR_PAYLOAD_BADGE,
	    house_count(h, "SELECT id FROM users WHERE name = 'vera'"));
	assert_int_equal(mr_payload_make(key, &badge, scan), 0);
	types(&b, scan, "OURS", "sign in with this badge");
	/* Another office's. */
	types(&b, "LXXXXXXXXXXXXXXXXXXX", "LOOK_AGAIN", "not printed by this");
	types(&b, "https://example.org/a", "NOT_OURS", "Nothing was opened");
	assert_false(is_done(&b));
	types(&b, "Q", "READY", "sign out");
	rise(&b);
}

static void
the_zip_is_asked_for_and_answered(void **state)
{
	struct browser b;
	struct house *h = *state;
	char code[32], stub[32];
	char corner[64], id[64];

	h->now = mr_now();
	sit(&b, "sam");
	types(&b, m.outside, "FIRST", "A1");
	types(&b, "1", "DONE", "A1");
	snprintf(code, sizeof(code), "%s", of(&b, "hand", "code"));
	h->now = mr_now();
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	did(h,
	    run(h, "correspondent move", "person", "I-1", "facility", "ALI",
		NULL),
	    "");
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, stub);
	types(&b, stub, "STUB", "You hold A1");
	/* The ID that Maria answers to stands in the corner. */
	snprintf(id, sizeof(id), "%s", m.inside);
	snprintf(corner, sizeof(corner), "%.3s", id);
	types(&b, corner, "LOOK_AGAIN", "type its five digits");
	assert_string_equal(says(&b, "wants"), "zip");
	assert_false(is_done(&b));
	types(&b, "35442", "MATCH", "A1");
	rise(&b);
}

static void
each_role_does_what_its_operations_let_it(void **state)
{
	struct browser b;

	(void)state;
	sit(&b, "ruth");
	types(&b, m.inside, "FIRST", "A1");
	rise(&b);
	sit(&b, "admin");
	post(&b, m.inside);
	look(&b);
	assert_string_equal(says(&b, "verdict"), "NOT_DONE");
	assert_false(is_done(&b));
	ask(&b.ask, "GET", "/api/station", NULL);
	answers(&b.ask, 403, "letter last");
	rise(&b);
}

static void
what_is_no_line_is_refused(void **state)
{
	static const char *const bodies[] = {"", "[]", "\"x\"", "{}",
	    "{\"line\":\"3\"}", "{\"request\":\"a\"}",
	    "{\"line\":3,\"request\":\"a\"}",
	    "{\"line\":\"3\",\"request\":\"\"}",
	    "{\"line\":\"3\",\"request\":\"a b\"}",
	    "{\"line\":\"3\",\"request\":\"a\",\"colour\":\"red\"}",
	    "{\"line\":\"3\",\"request\":\"a\",\"hand\":{}}",
	    "{\"line\":\"3\",\"line\":\"4\",\"request\":\"a\"}",
	    "{\"line\":\"\\u0000\",\"request\":\"a\"}"};
	struct browser b;
	char long_key[200], body[400];
	int64_t count = house_events(*state);

	sit(&b, "vera");
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		ask(&b.ask, "POST", "/api/station", bodies[i]);
		if (b.ask.status != 400)
			fail_msg("%s: %ld %s", bodies[i], b.ask.status,
			    b.ask.answer);
	}
	memset(long_key, 'k', sizeof(long_key) - 1);
	long_key[sizeof(long_key) - 1] = '\0';
	snprintf(body, sizeof(body), "{\"line\":\"3\",\"request\":\"%s\"}",
	    long_key);
	ask(&b.ask, "POST", "/api/station", body);
	answers(&b.ask, 400, "");
	ask(&b.ask, "PUT", "/api/station", "{}");
	answers(&b.ask, 405, "GET or POST");
	b.ask.no_token = 1;
	post(&b, "3");
	assert_int_equal(b.ask.status, 403);
	b.ask.cookie[0] = '\0';
	post(&b, "3");
	assert_int_equal(b.ask.status, 401);
	assert_int_equal(house_events(*state), count);
	rise(&b);
}

static void
a_station_speaks_the_language_of_its_page(void **state)
{
	struct browser b;

	(void)state;
	sit(&b, "vera");
	b.ask.line = "Accept-Language: es-US, en;q=0.5";
	types(&b, m.inside, "FIRST", "Maria");
	assert_string_not_equal(says(&b, "big"), "FIRST LETTER");
	assert_null(strstr(b.ask.answer, "Does it say"));
	b.ask.line = "Accept-Language: en-US";
	types(&b, "2", "DONE", "Its cover sheet is ready");
	rise(&b);
}

static void
who_signs_out_leaves_nothing_in_the_hand(void **state)
{
	struct browser b;

	(void)state;
	sit(&b, "vera");
	types(&b, m.inside, "FIRST", "A1");
	ask(&b.ask, "GET", "/api/station", NULL);
	look(&b);
	assert_string_equal(of(&b, "hand", "number"), "A1");
	answers(&b.ask, 200, "Last saved A1");
	ask(&b.ask, "DELETE", "/api/session", NULL);
	rise(&b);
	sit(&b, "vera");
	ask(&b.ask, "GET", "/api/station", NULL);
	look(&b);
	assert_string_equal(of(&b, "hand", "number"), "");
	types(&b, "2", "LOOK_AGAIN", "Sheets of which letter?");
	rise(&b);
}

/* Whoever may read the office's folder asks without a session. */
static void
who_leaves_over_the_socket_leaves_nothing_in_the_hand(void **state)
{
	struct browser b = {
	    .ask = {.daemon = &d, .line = "Mailroom-User: vera"}};
	struct house *h = *state;
	static char listen[140];

	daemon_stop(&d, SIGTERM);
	snprintf(listen, sizeof(listen), "unix:%s/socket", h->dir);
	d.listen = listen;
	daemon_start(&d, h);
	types(&b, m.inside, "FIRST", "A1");
	ask(&b.ask, "GET", "/api/station", NULL);
	look(&b);
	assert_string_equal(of(&b, "hand", "number"), "A1");
	ask(&b.ask, "DELETE", "/api/session", NULL);
	assert_int_equal(b.ask.status, 204);
	b.ask.cookie[0] = '\0'; /* the answer says so */
	ask(&b.ask, "GET", "/api/station", NULL);
	look(&b);
	assert_string_equal(of(&b, "hand", "number"), "");
	rise(&b);
}

static void
who_is_disabled_is_signed_out_of_the_station(void **state)
{
	struct browser vera, admin;

	(void)state;
	sit(&vera, "vera");
	sit(&admin, "admin");
	types(&vera, m.inside, "FIRST", "A1");
	ask(&admin.ask, "POST", "/api/user/disable", "{\"name\":\"vera\"}");
	answers(&admin.ask, 200, "vera");
	assert_int_equal(post(&vera, "2"), 401);
	answers(&vera.ask, 401, "has ended");
	ask(&vera.ask, "GET", "/api/session", NULL);
	answers(&vera.ask, 401, "nobody is signed in here");
	rise(&vera);
	rise(&admin);
}

/* Nothing of a line is in the log. */
static void
the_log_says_no_line(void **state)
{
	struct browser b;
	char code[32];

	(void)state;
	sit(&b, "vera");
	types(&b, m.inside, "FIRST", "A1");
	snprintf(code, sizeof(code), "%s", of(&b, "hand", "code"));
	types(&b, "marker-in-a-line", "LOOK_AGAIN", "");
	assert_false(daemon_said(&d, "marker", NULL, 0));
	assert_false(daemon_said(&d, m.inside, NULL, 0));
	assert_false(daemon_said(&d, code, NULL, 0));
	assert_true(daemon_said(&d, "signed in", NULL, 0));
	rise(&b);
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_mail_day_goes_by_lines),
	    TEST(an_unreadable_id_is_chosen_and_names_find_a_writer),
	    TEST(what_was_released_is_taken_up_by_its_number),
	    TEST(cards_and_badges_are_read),
	    TEST(the_zip_is_asked_for_and_answered),
	    TEST(each_role_does_what_its_operations_let_it),
	    TEST(what_is_no_line_is_refused),
	    TEST(a_station_speaks_the_language_of_its_page),
	    TEST(who_signs_out_leaves_nothing_in_the_hand),
	    TEST(who_leaves_over_the_socket_leaves_nothing_in_the_hand),
	    TEST(who_is_disabled_is_signed_out_of_the_station),
	    TEST(the_log_says_no_line),
	};
#undef TEST
	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
