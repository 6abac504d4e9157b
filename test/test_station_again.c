/*
 * Lines at a station that come twice: sent again, sent again to a daemon that
 * was killed and knows nothing, sent by two at once.
 */
#include "test/sitting.h"

static void
a_line_sent_again_does_nothing_and_says_the_same(void **state)
{
	struct browser b;
	struct house *h = *state;
	static char first[sizeof(b.ask.answer)];
	int64_t count;

	sit(&b, "vera");
	types(&b, m.inside, "FIRST", "A1");
	memcpy(first, b.ask.answer, sizeof(first));
	count = house_events(h);
	b.key = b.last_key;
	for (int i = 0; i < 3; i++) {
		post(&b, m.inside);
		assert_string_equal(b.ask.answer, first);
	}
	assert_int_equal(house_events(h), count);
	post(&b, "2");
	answers(&b.ask, 409, "used before, for another line");
	/* The key is the browser's own: another's is another request. */
	b.key = NULL;
	types(&b, "2", "DONE", "A1");
	assert_int_equal(house_events(h), count + 1);
	rise(&b);
}

static void
after_a_kill_the_page_tells_what_is_in_the_hand(void **state)
{
	struct browser b;
	struct house *h = *state;
	char code[32], plain[400], key[32];
	int64_t count;

	sit(&b, "vera");
	types(&b, m.inside, "FIRST", "A1");
	snprintf(code, sizeof(code), "%s", of(&b, "hand", "code"));
	/* The answer of the next line is lost, and then the daemon. */
	types(&b, "2", "DONE", "A1, sheets: 2.");
	snprintf(plain, sizeof(plain), "%s", says(&b, "plain"));
	snprintf(key, sizeof(key), "%s", b.last_key);
	count = house_events(h);
	rise(&b);
	kill_daemon(h);
	sit(&b, "vera");
	b.hand = code;
	b.wants = "sheets";
	b.key = key;
	types(&b, "2", "DONE", "A1");
	assert_string_equal(says(&b, "plain"), plain);
	assert_int_equal(house_events(h), count);
	/* What the page believes counts for the first line only. */
	b.key = NULL;
	b.hand = "XXX-XXX-XXX-XXX";
	types(&b, "E", "SAME", "A1");
	rise(&b);
}

static void
a_stub_in_the_hand_outlives_a_kill(void **state)
{
	struct browser b;
	struct house *h = *state;
	char code[32], stub[32], envelope[32], key[32];

	sit(&b, "sam");
	types(&b, m.inside, "FIRST", "A1");
	types(&b, "2", "DONE", "A1");
	snprintf(code, sizeof(code), "%s", of(&b, "hand", "code"));
	h->now = mr_now();
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, stub);
	mailday_print(h, MR_PAYLOAD_ENVELOPE, code, 1, envelope);
	types(&b, stub, "STUB", "You hold A1");
	rise(&b);
	kill_daemon(h);
	sit(&b, "sam");
	b.stub = code;
	types(&b, envelope, "MATCH", "A1. Stub in the box.");
	rise(&b);
	/* And once more, as if that answer was lost with the daemon. */
	snprintf(key, sizeof(key), "%s", b.last_key);
	kill_daemon(h);
	sit(&b, "sam");
	b.key = key;
	b.stub = code;
	types(&b, envelope, "MATCH", "A1. Stub in the box.");
	assert_int_equal(
	    house_count(h, "SELECT count(*) FROM letter WHERE batch > 0"),
	    house_count(h, "SELECT count(*) FROM letter"));
	rise(&b);
}

static void
after_a_kill_no_digit_of_a_choice_counts_sheets(void **state)
{
	struct browser b;
	char code[32], typed[64];

	sit(&b, "vera");
	types(&b, m.inside, "FIRST", "A1");
	snprintf(code, sizeof(code), "%s", of(&b, "hand", "code"));
	snprintf(typed, sizeof(typed), "%s", m.outside);
	typed[2] = '?';
	types(&b, typed, "LOOK_AGAIN", "One of these?");
	assert_string_equal(says(&b, "wants"), "choice");
	assert_false(is_done(&b));
	rise(&b);
	kill_daemon(*state);
	sit(&b, "vera");
	b.hand = code;
	b.wants = "choice";
	types(&b, "1", "LOOK_AGAIN", "none of the numbers shown");
	assert_string_equal(of(&b, "hand", "state"), "received");
	rise(&b);
}

/* One of two at the same letter. */
struct rival {
	struct browser browser;
	const char *line;
};

static void *
send_line(void *arg)
{
	struct rival *rival = arg;

	post(&rival->browser, rival->line);
	return NULL;
}

static void
of_two_at_one_letter_one_seals_it(void **state)
{
	struct rival rival[2];
	struct house *h = *state;
	char code[32], stub[32], envelope[32];
	pthread_t thread[2];
	int matches = 0;

	for (int i = 0; i < 2; i++)
		sit(&rival[i].browser, "sam");
	types(&rival[0].browser, m.inside, "FIRST", "A1");
	types(&rival[0].browser, "2", "DONE", "A1");
	snprintf(
	    code, sizeof(code), "%s", of(&rival[0].browser, "hand", "code"));
	h->now = mr_now();
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, stub);
	mailday_print(h, MR_PAYLOAD_ENVELOPE, code, 1, envelope);
	for (int i = 0; i < 2; i++) {
		types(&rival[i].browser, stub, "STUB", "You hold A1");
		rival[i].line = envelope;
		rival[i].browser.key = i == 0 ? "race-a" : "race-b";
	}
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    pthread_create(&thread[i], NULL, send_line, &rival[i]), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < 2; i++) {
		look(&rival[i].browser);
		matches +=
		    strcmp(says(&rival[i].browser, "verdict"), "MATCH") == 0;
		if (strcmp(says(&rival[i].browser, "verdict"), "MATCH") != 0)
			answers(&rival[i].browser.ask, 200, "sealed already");
		rise(&rival[i].browser);
	}
	assert_int_equal(matches, 1);
	assert_int_equal(
	    house_count(h, "SELECT count(*) FROM letter WHERE batch > 0"), 1);
}

int
main(int argc, char **argv)
{
	static char path[4096];
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_line_sent_again_does_nothing_and_says_the_same),
	    TEST(after_a_kill_the_page_tells_what_is_in_the_hand),
	    TEST(a_stub_in_the_hand_outlives_a_kill),
	    TEST(after_a_kill_no_digit_of_a_choice_counts_sheets),
	    TEST(of_two_at_one_letter_one_seals_it),
	};
#undef TEST
	(void)argc;
	snprintf(path, sizeof(path), "%.*s../mailroomd/mailroomd",
	    (int)(strrchr(argv[0], '/') + 1 - argv[0]), argv[0]);
	daemon_path = path;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
