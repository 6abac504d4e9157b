/*
 * scan: every kind of code, in every state, and what only looks like one.
 * Nothing is ever written.
 */
#include "test/mailday.h"

#include "lib/lettercode.h"
#include "lib/scan.h"
#include "lib/words.h"

struct office {
	struct house *h;
	struct mailday m;
};

static int
setup(void **state)
{
	struct office *o = calloc(1, sizeof(*o));
	void *house = NULL;

	if (o == NULL || house_setup(&house) != 0)
		return -1;
	o->h = house;
	mailday_people_of(o->h, &o->m);
	*state = o;
	return 0;
}

static int
teardown(void **state)
{
	struct office *o = *state;
	void *house = o->h;

	house_teardown(&house);
	free(o);
	return 0;
}

/* Scan; the answer holds both texts. */
static void
says(struct house *h, const char *code, const char *kind, const char *text)
{
	char want[64];

	did(h, run(h, "scan", "code", code, NULL), text);
	snprintf(want, sizeof(want), "\"kind\":\"%s\"", kind);
	if (strstr(h->answer, want) == NULL)
		fail_msg("no %s in %s", want, h->answer);
}

static void
a_letter_is_told_with_its_next_step(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64], stub[32], envelope[32];

	h->now += 60000000;
	did(h, run(h, "letter receive", "id", o->m.inside, NULL), "code");
	house_value(h, "code", 0, code);
	says(h, code, "letter code", "Count its sheets");
	says(h, "A1", "day number", "Count its sheets");
	assert_non_null(
	    strstr(h->answer, "\"station\":\"A\",\"user\":\"ruth\""));
	assert_non_null(strstr(h->answer, "\"first_seen\":\"2026-11-23T"));
	did(h, run(h, "letter finish", "letter", code, "sheets", "2", NULL),
	    "cleared");
	says(h, code, "letter code", "cover sheet is next");
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, stub);
	says(h, stub, "stub", "envelope or label is next");
	assert_non_null(strstr(h->answer, "\"superseded\":false"));
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_ENVELOPE, code, 1, envelope);
	says(h, envelope, "envelope", "scan stub and envelope");
	did(h, run(h, "letter seal", "stub", stub, "envelope", envelope, NULL),
	    "MATCH");
	says(h, envelope, "envelope", "Sealed into B1");
	did(h, run(h, "batch close", NULL), "");
	says(h, envelope, "envelope", "Then it came back");
	says(h, stub, "stub", "The stub belongs in the box");
	did(h, run(h, "letter back", "letter", envelope, NULL), "returned");
	says(h, envelope, "envelope", "CAME BACK");
}

static void
an_older_copy_is_to_be_torn_up(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64], scan[32];

	mailday_receive(h, o->m.inside, "2", code);
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, scan);
	says(h, scan, "stub",
	    "Printed twice: tear up this page, copy 2 is "
	    "the newest.");
	assert_non_null(strstr(h->answer, "\"verdict\":\"OLD PAGE\""));
	assert_non_null(strstr(h->answer, "\"superseded\":true"));
	mailday_print(h, MR_PAYLOAD_STUB, code, 2, scan);
	says(h, scan, "stub", "\"superseded\":false");
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	says(h, scan, "stub", "Printed 3 times");
	/* An envelope that the records do not know. */
	mailday_print(h, MR_PAYLOAD_ENVELOPE, code, 1, scan);
	says(h, scan, "envelope", "know of no such envelope");
}

static void
a_held_letter_keeps_its_secret_from_volunteers(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64];

	h->user = "admin";
	did(h, run(h, "user add", "name", "vic", "role", "volunteer", NULL),
	    "vic");
	h->user = NULL;
	mailday_receive(h, o->m.inside, "2", code);
	did(h, run(h, "letter hold", "letter", code, "reason", "threat", NULL),
	    "held");
	says(h, code, "letter code", "\"reason\":\"threat\"");
	h->user = "vic";
	says(h, code, "letter code", "Red tray, ask the coordinator");
	assert_null(strstr(h->answer, "threat"));
	h->user = "admin";
	says(h, code, "letter code", "HELD");
	assert_null(strstr(h->answer, "Maria"));
}

static void
ids_and_reply_labels_are_told(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char scan[32];

	says(h, o->m.inside, "forwarding ID", "\"state\":\"active\"");
	mailday_print(h, MR_PAYLOAD_REPLY, o->m.outside, 1, scan);
	says(h, scan, "reply label", "An ID in use");
	says(h, "222-222-222", "forwarding ID", "\"known\":false");
	did(h,
	    run(h, "id block", "code", o->m.inside, "reason", "misused", NULL),
	    "");
	says(h, o->m.inside, "forwarding ID", "\"state\":\"blocked\"");
}

static void
our_code_without_a_row_is_a_restored_backup(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char text[MR_CODE_TEXT], scan[32];
	struct mr_symbols code;

	mr_lettercode_make(h->mr->keys->code, 4711, &code);
	mr_code_format(&code, text);
	says(h, text, "letter code", "no letter of this office");
	mailday_print(h, MR_PAYLOAD_STUB, text, 1, scan);
	says(h, scan, "stub", "was a backup put back");
	says(h, "A999", "day number", "pencil mark");
}

static void
cards_and_badges_are_told(void **state)
{
	struct office *o = *state;
	char scan[32];

	mailday_print(o->h, MR_PAYLOAD_CARD, "222222222222", 1, scan);
	says(o->h, scan, "bench card", "Type the key");
	mailday_print(o->h, MR_PAYLOAD_BADGE, "222222222222", 1, scan);
	says(o->h, scan, "badge", "nobody in the records");
}

static void
words_of_a_checkpoint_name_it(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char words[64], event[64], word[16];

	did(h, run(h, "audit checkpoint", NULL), "words");
	house_value(h, "words", 0, words);
	house_value(h, "event", 0, event);
	says(h, words, "checkpoint", event);
	for (int i = 0; i < 3; i++) {
		snprintf(word, sizeof(word), "%.11s", words + 12 * i);
		says(h, word, "checkpoint", event);
	}
	says(h, "8CM-5C6-3C2", "checkpoint", "\"known\":false");
	says(h, "8CM-5C6-3C2 43K-FV7-F4K 23P-T63-865", "checkpoint",
	    "\"known\":false");
}

static void
a_recovery_word_is_not_repeated(void **state)
{
	struct office *o = *state;

	says(o->h, "222-35V-HPD", "recovery sheet", "in the safe");
	assert_null(strstr(o->h->answer, "35V"));
}

static void
what_is_not_ours_is_named(void **state)
{
	static const char *const foreign[] = {"9780306406157",
	    "0120412345678901234567890123", "https://example.org/x", "*** ~~~",
	    "4", "(01)09521234543213(10)ABC123", "%%%%%%%%%%%%%%%%%%%%"};
	struct office *o = *state;
	struct house *h = o->h;
	char code[64], scan[32];

	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		if (strlen(foreign[i]) != 13)
			says(h, foreign[i], "another's barcode", "NOT OURS");
	mailday_receive(h, o->m.inside, "2", code);
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, scan);
	/* Another office's tag. */
	scan[19] = scan[19] == '2' ? '3' : '2';
	says(h, scan, "not printed here", "NOT OURS");
	/* Caps Lock, and a German keyboard. */
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, scan);
	for (int i = 0; scan[i] != '\0'; i++)
		if (scan[i] >= 'A' && scan[i] <= 'Z')
			scan[i] = (char)(scan[i] + 32);
	says(h, scan, "wrong keyboard", "Caps Lock");
	/* One symbol wrong: the place is named. */
	code[0] = code[0] == '2' ? '3' : '2';
	says(h, code, "misread", "LOOK AGAIN");
	says(h, "K7M-4RP-TM", "misread", "LOOK AGAIN");
}

static void
nothing_is_written_by_any_scan(void **state)
{
	static const char *const codes[] = {"A1", "222-222-222", "hello",
	    "9780306406157", "K7M-4RP-TMK", "8CM-5C6-3C2"};
	struct office *o = *state;
	struct house *h = o->h;
	int64_t before, after;
	char code[64];

	mailday_receive(h, o->m.inside, "2", code);
	before = sql_writes(h->mr->db);
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		did(h, run(h, "scan", "code", codes[i], NULL), "verdict");
	did(h, run(h, "scan", "code", code, NULL), "verdict");
	after = sql_writes(h->mr->db);
	assert_int_equal(before, after);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_letter_is_told_with_its_next_step),
	    TEST(an_older_copy_is_to_be_torn_up),
	    TEST(a_held_letter_keeps_its_secret_from_volunteers),
	    TEST(ids_and_reply_labels_are_told),
	    TEST(our_code_without_a_row_is_a_restored_backup),
	    TEST(cards_and_badges_are_told),
	    TEST(words_of_a_checkpoint_name_it),
	    TEST(a_recovery_word_is_not_repeated),
	    TEST(what_is_not_ours_is_named),
	    TEST(nothing_is_written_by_any_scan),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
