/*
 * What scanners do wrong, and what strangers' codes look like: each is named
 * with its next step, and nothing is done to any letter.
 */
#include "test/stand.h"

#include <ctype.h>

#include "lib/badge.h"
#include "lib/bench_fault.h"
#include "lib/card.h"

#define CODES 6
#define SIZE 256

/* Our own codes, of every kind, and what a fault makes of them. */
struct bad {
	struct stand *s;
	char code[CODES][MR_PAYLOAD_LEN + 1];
	int cases;
};

static struct mr_bench before;
static int64_t events_before;

static int64_t
events(struct house *h)
{
	return house_count(h, "SELECT count(*) FROM event");
}

static void
remember(struct bad *b)
{
	before = b->s->bench;
	events_before = events(b->s->h);
	b->s->writes = 0;
}

/* What is in the hand is in the hand, and nothing was written. */
static void
unchanged(struct bad *b, const char *line)
{
	const struct mr_bench *now = &b->s->bench;

	if (b->s->writes != 0 || events(b->s->h) != events_before)
		fail_msg("'%s' changed something", line);
	assert_memory_equal(&now->last, &before.last, sizeof(now->last));
	assert_memory_equal(&now->stub, &before.stub, sizeof(now->stub));
	assert_int_equal(now->same, before.same);
	assert_int_equal(now->listed, before.listed);
	assert_false(now->view.done);
	assert_true(now->view.plain[0] != '\0');
}

/* A line that must be taken for this fault. */
static void
is(struct bad *b, const char *line, enum mr_line_fault want)
{
	enum mr_line_fault fault = mr_line_fault(line);

	if (fault != want)
		fail_msg("'%s' is taken for fault %d, not for %d", line,
		    (int)fault, (int)want);
	stand_line(b->s, line);
	unchanged(b, line);
	assert_string_equal(b->s->bench.view.plain, mr_line_fault_say(want));
	b->cases++;
}

/* The text through a table of pairs "from to", one of UTF-8 each. */
static char *
through(const char *text, const char *const pairs[][2], char out[SIZE])
{
	size_t len = 0;

	for (; *text != '\0'; text++) {
		char one[2] = {*text, '\0'};
		const char *to = one;

		for (int i = 0; pairs[i][0] != NULL; i++)
			if (pairs[i][0][0] == *text)
				to = pairs[i][1];
		memcpy(out + len, to, strlen(to) + 1);
		len += strlen(to);
	}
	return out;
}

static char *
swap_case(const char *text, char out[SIZE])
{
	size_t i;

	for (i = 0; text[i] != '\0'; i++)
		out[i] = (char)(islower((unsigned char)text[i])
			? toupper((unsigned char)text[i])
			: tolower((unsigned char)text[i]));
	out[i] = '\0';
	return out;
}

/* What lies where, told by the key caps of the two countries. */
static const char *const scanner_french[][2] = {{"2", "@"}, {"3", "#"},
    {"4", "$"}, {"5", "%"}, {"6", "^"}, {"7", "&"}, {"8", "*"}, {"W", "Z"},
    {"M", ":"}, {"A", "Q"}, {NULL, NULL}};
static const char *const computer_french[][2] = {{"2", "\xc3\xa9"}, {"3", "\""},
    {"4", "'"}, {"5", "("}, {"6", "-"}, {"7", "\xc3\xa8"}, {"8", "_"},
    {"W", "Z"}, {"M", "?"}, {"A", "Q"}, {NULL, NULL}};
static const char *const german[][2] = {
    {"Y", "Z"}, {"Z", "Y"}, {"-", "\xc3\x9f"}, {NULL, NULL}};
static const char *const czech[][2] = {{"2", "\xc4\x9b"}, {"3", "\xc5\xa1"},
    {"4", "\xc4\x8d"}, {"5", "\xc5\x99"}, {"6", "\xc5\xbe"}, {"7", "\xc3\xbd"},
    {"8", "\xc3\xa1"}, {NULL, NULL}};

static void
wrong_keyboards(struct bad *b, const char *code)
{
	char line[SIZE], other[SIZE];

	is(b, through(code, scanner_french, line), MR_FAULT_FRENCH_SCANNER);
	is(b, through(code, computer_french, line), MR_FAULT_FRENCH_COMPUTER);
	is(b, swap_case(through(code, scanner_french, line), other),
	    MR_FAULT_FRENCH_SCANNER);
	is(b, through(code, czech, line), MR_FAULT_KEYBOARD);
	is(b, swap_case(code, line), MR_FAULT_CAPS);
	/* German: nothing of ours lies elsewhere. */
	assert_string_equal(through(code, german, line), code);
	assert_int_equal(mr_line_fault(line), MR_FAULT_NONE);
}

static void
lost_keys(struct bad *b, const char *code)
{
	static const int kept[] = {19, 18, 16, 14, 13, 11, 10, 8};
	char line[SIZE];

	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		snprintf(line, sizeof(line), "%.*s", kept[i], code);
		is(b, line, MR_FAULT_CUT);
		if (kept[i] > 12)
			is(b, code + MR_PAYLOAD_LEN - kept[i], MR_FAULT_CUT);
	}
	/* One in the middle. */
	snprintf(line, sizeof(line), "%.7s%s", code, code + 8);
	is(b, line, MR_FAULT_CUT);
}

static void
keys_too_many(struct bad *b, const char *code, const char *other)
{
	char line[SIZE];
	int n = 0;

	snprintf(line, sizeof(line), "%s%s", code, code);
	is(b, line, MR_FAULT_TWICE);
	for (int i = 0; i < MR_PAYLOAD_LEN; i++) {
		line[n++] = code[i];
		line[n++] = code[i];
	}
	line[n] = '\0';
	is(b, line, MR_FAULT_KEYS);
	snprintf(line, sizeof(line), "%.5s%s", code, code + 4);
	is(b, line, MR_FAULT_KEYS);
	snprintf(line, sizeof(line), "%s%s", code, other);
	is(b, line, MR_FAULT_TOGETHER);
	for (int i = 0; i < MR_PAYLOAD_LEN; i++) {
		line[2 * i] = code[i];
		line[2 * i + 1] = other[i];
	}
	is(b, line, MR_FAULT_TOGETHER);
	snprintf(line, sizeof(line), "%.9swren%s", code, code + 9);
	is(b, line, MR_FAULT_TOGETHER);
}

static void
control_keys(struct bad *b, const char *code)
{
	static const char keys[] = {0x1d, 0x1b, 0x01, 0x7f, 0x08};
	char line[SIZE];

	for (size_t i = 0; i < sizeof(keys); i++) {
		snprintf(
		    line, sizeof(line), "%.6s%c%s", code, keys[i], code + 6);
		is(b, line, MR_FAULT_CONTROL);
	}
	snprintf(line, sizeof(line), "\x1b%s", code);
	is(b, line, MR_FAULT_CONTROL);
}

/* Codes of others, as they stand on envelopes, parcels and posters. */
static void
strangers(struct bad *b)
{
	static const char *const addresses[] = {"https://example.org/12345",
	    "HTTP://EXAMPLE.ORG/X", "http\xc3\x96--example.org-x",
	    "www.example.com", "WIFI:T:WPA;S:office;P:none;;", "BEGIN:VCARD",
	    "mailto:a@example.org", "tel:+12035550100", "SMSTO:5550100:hello",
	    "geo:41.4,-73.4", "MECARD:N:Wren;;", "bitcoin://x",
	    "ftp://example.org"};
	static const char *const numbers[] = {"4006381333931", "9780141036144",
	    "036000291452", "96385074", "0123456789", "00040123456789012345",
	    "0004012345678901234556789", "9400111899223197428490",
	    "420068109400111899223197428490", "]C1010461234567890", "12345678",
	    "978-0-14-103614-4"};
	char line[2000];

	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++)
		is(b, addresses[i], MR_FAULT_ADDRESS);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		is(b, numbers[i], MR_FAULT_NUMBER);
	memset(line, 'x', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	is(b, line, MR_FAULT_LONG);
	is(b, line + 1700, MR_FAULT_LONG);
}

/* No fault by its looks, and no code of ours all the same. */
static void
nothing_of_ours(struct bad *b)
{
	static const char *const lines[] = {"LXXXXXXXXXXXXXXXXXXX",
	    "22222222222222222222", "SK7M4RPTMK2345678CDF",
	    "BK7M4RPTMKXXXXXXXXXX", "UVVVVVVVVVVVVVVVVVVV", "hello", "x", "0",
	    "99", "K7M-4R", "\xc3\xa9\xc3\xa8", "DROP TABLE letter",
	    "Luz Maria", "100% wool", "%s%n%s", "\xff\xfe", "A17", "Z99"};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		stand_line(b->s, lines[i]);
		unchanged(b, lines[i]);
		b->cases++;
	}
}

static void
make_codes(struct bad *b, const char *letter)
{
	static const struct mr_card card = {.kind = MR_CARD_KEY, .key = 'M'};
	const unsigned char *key = b->s->h->mr->keys->tag;
	struct mr_payload reply = {.kind = MR_PAYLOAD_REPLY, .copy = 1};
	struct mr_payload badge = {.copy = 1};

	mailday_print(b->s->h, MR_PAYLOAD_STUB, letter, 1, b->code[0]);
	mailday_print(b->s->h, MR_PAYLOAD_ENVELOPE, letter, 1, b->code[1]);
	assert_int_equal(
	    mr_code_fold(b->s->m.inside, &reply.code, NULL), MR_FOLD_OK);
	assert_int_equal(mr_payload_make(key, &reply, b->code[2]), 0);
	assert_int_equal(mr_card_make(key, &card, b->code[3]), 0);
	mr_payload_number(&badge, MR_PAYLOAD_BADGE, 2);
	assert_int_equal(mr_payload_make(key, &badge, b->code[4]), 0);
	mailday_print(b->s->h, MR_PAYLOAD_STUB, letter, 2, b->code[5]);
}

static void
all_of_them(struct bad *b)
{
	remember(b);
	for (int i = 0; i < CODES; i++) {
		const char *other = b->code[(i + 1) % CODES];

		assert_int_equal(mr_line_fault(b->code[i]), MR_FAULT_NONE);
		wrong_keyboards(b, b->code[i]);
		lost_keys(b, b->code[i]);
		keys_too_many(b, b->code[i], other);
		control_keys(b, b->code[i]);
	}
	strangers(b);
}

static void
two_hundred_faults_change_nothing(void **state)
{
	struct bad b = {.s = *state};
	struct house *h = b.s->h;
	char code[64];

	h->now += 60000000;
	did(h,
	    run(h, "letter receive", "id", b.s->m.inside, "sheets", "2", NULL),
	    "");
	house_value(h, "code", 0, code);
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	make_codes(&b, code);
	/* A letter at the bench that waits for its count. */
	stand_says(b.s, b.s->m.outside, MR_V_FIRST, "Count the sheets");
	all_of_them(&b);
	remember(&b);
	/* And a stub in the hand, that waits for its envelope. */
	stand_says(b.s, code, MR_V_STUB, "You hold A1");
	all_of_them(&b);
	assert_true(b.cases >= 400);
	stand_says(b.s, "U", MR_V_READY, "put down");
	memset(&b.s->bench.last, 0, sizeof(b.s->bench.last));
	remember(&b);
	nothing_of_ours(&b);
	print_message("# %d cases, 0 changes\n", b.cases);
}

static void
what_is_typed_is_no_fault(void **state)
{
	static const char *const lines[] = {"", "3", "12", "M", "?", "A17",
	    "b1234", "477", "K7M-4RP-TMK", "k7m4rptmk", "K7M 4R? TMK",
	    "XXX-XXX-XXX-XXX", "06810", "Wren/Maria", "/Maria", "wren/",
	    "Luz Mar\xc3\xad\x61/Jos\xc3\xa9 \xc3\x81ngel", "hello", "12345",
	    "123456", "123-456-789"};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (mr_line_fault(lines[i]) != MR_FAULT_NONE)
			fail_msg("'%s' is taken for fault %d", lines[i],
			    (int)mr_line_fault(lines[i]));
}

static void
every_fault_has_words_and_a_next_step(void **state)
{
	(void)state;
	for (int i = MR_FAULT_CONTROL; i <= MR_FAULT_LONG; i++) {
		const char *words = mr_line_fault_say((enum mr_line_fault)i);

		assert_true(strlen(words) > 40 && strlen(words) < 400);
		assert_null(strstr(words, "nvalid"));
		assert_true(strstr(words, "can again") != NULL ||
		    strstr(words, "can it once more") != NULL ||
		    strstr(words, "ype the") != NULL ||
		    strstr(words, "can one code") != NULL);
	}
}

static void
a_lost_key_of_nine_still_offers_what_was_typed(void **state)
{
	struct stand *s = *state;
	char line[64];

	/* Nine characters with an S in front may have been typed. */
	snprintf(line, sizeof(line), "S%.8s", "K7M4RPTM");
	stand_says(s, line, MR_V_LOOK_AGAIN, "did not come through");
	assert_true(stand_has(&s->bench.view, "N."));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		two_hundred_faults_change_nothing, stand_setup, stand_teardown),
	    cmocka_unit_test(what_is_typed_is_no_fault),
	    cmocka_unit_test(every_fault_has_words_and_a_next_step),
	    cmocka_unit_test_setup_teardown(
		a_lost_key_of_nine_still_offers_what_was_typed, stand_setup,
		stand_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
