/*
 * Histories: a letter's way told in plain words, what belongs to a pairing, a
 * person and a facility, on the screen and on paper.
 */
#include "test/mailday.h"

#include "lib/history.h"

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

/* The text of the step on that line. */
static const char *
step(struct house *h, int line, char value[64])
{
	return house_value(h, "step", line, value);
}

/* How often a text stands in the answer. */
static int
times(const struct house *h, const char *text)
{
	int n = 0;

	for (const char *at = h->answer; (at = strstr(at, text)) != NULL; at++)
		n++;
	return n;
}

/* From the box to the post, with every paper. */
static void
send(struct office *o, const char *id, char *code)
{
	struct house *h = o->h;
	char stub[32], envelope[32];

	mailday_receive(h, id, "2", code);
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	mailday_print(h, MR_PAYLOAD_STUB, code, 1, stub);
	mailday_print(h, MR_PAYLOAD_ENVELOPE, code, 1, envelope);
	did(h, run(h, "letter seal", "stub", stub, "envelope", envelope, NULL),
	    "MATCH");
	did(h, run(h, "batch close", NULL), "B1");
}

static void
a_letter_tells_its_whole_way(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64], value[64];

	send(o, o->m.inside, code);
	did(h, run(h, "letter history", "letter", code, NULL),
	    "received at station A as A1");
	assert_non_null(strstr(step(h, 0, value), "received at station A"));
	did(h, run(h, "letter history", "letter", code, NULL),
	    "2 sheets counted, looked through");
	assert_string_equal(step(h, 1, value), "cover sheet printed");
	assert_int_equal(times(h, "cover sheet printed, copy 1"), 1);
	assert_int_equal(times(h, "envelope printed, copy 1"), 1);
	assert_int_equal(times(h, "sealed into batch B1"), 1);
	assert_int_equal(times(h, "\"step\":\"posted\""), 1);
	assert_int_equal(times(h, "postage $0.78 for 18.0 g, stamps: 1"), 1);
	assert_int_equal(times(h, "\"user\":\"ruth\""), 6);
	/* Nobody's name or street, not even for a coordinator. */
	assert_null(strstr(h->answer, "Quillfeather"));
	assert_null(strstr(h->answer, "Foundry"));
	did(h, run(h, "letter history", "letter", code, "last", "1", NULL),
	    "posted");
	assert_int_equal(times(h, "\"step\""), 1);
}

static void
holding_and_taking_back_are_told(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64];

	h->now += 60000000;
	did(h, run(h, "letter receive", "id", o->m.inside, NULL), "code");
	house_value(h, "code", 0, code);
	did(h, run(h, "letter flag", "letter", code, "flag", "photo", NULL),
	    "held");
	did(h, run(h, "letter history", "letter", code, NULL), "held: photo");
	assert_int_equal(times(h, "seen: photo"), 1);
	assert_int_equal(times(h, "found in it: photo, 1"), 1);
	did(h, run(h, "letter undo", NULL), "received");
	did(h, run(h, "letter history", "letter", code, NULL),
	    "last step taken back, received again");
}

static void
a_mismatch_is_told_as_a_stop(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char one[64], two[64], stub[32], envelope[32];
	const char *both[] = {one, two};

	mailday_receive(h, o->m.inside, "1", one);
	mailday_receive(h, o->m.inside, "1", two);
	for (int i = 0; i < 2; i++) {
		did(h, run(h, "sheet print", "letter", both[i], NULL), "");
		did(h, run(h, "envelope print", "letter", both[i], NULL), "");
	}
	mailday_print(h, MR_PAYLOAD_STUB, one, 1, stub);
	mailday_print(h, MR_PAYLOAD_ENVELOPE, two, 1, envelope);
	assert_int_equal(
	    run(h, "letter seal", "stub", stub, "envelope", envelope, NULL),
	    MR_STOP);
	did(h, run(h, "letter history", "letter", one, NULL), "STOP");
	assert_non_null(strstr(h->answer, two));
}

static void
a_pairing_tells_its_letters_newest_first(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char first[64], second[64], value[64];

	mailday_receive(h, o->m.outside, "1", first);
	mailday_receive(h, o->m.inside, "3", second);
	did(h, run(h, "pairing pause", "pairing", "P1", "reason", "away", NULL),
	    "");
	did(h, run(h, "pairing history", "pairing", "P1", NULL),
	    "paused: away");
	assert_string_equal(house_value(h, "about", 0, value), "P1");
	assert_string_equal(house_value(h, "about", 1, value), second);
	assert_string_equal(house_value(h, "about", 2, value), first);
	assert_int_equal(times(h, "A1 from Wren to Maria, 1 sheet, "), 1);
	assert_int_equal(times(h, "A2 from Maria to Wren, 3 sheets, "), 1);
	assert_int_equal(times(h, "\"issued\""), 2);
	assert_int_equal(times(h, o->m.outside), 1);
	assert_int_equal(times(h, "\"opened\""), 1);
	did(h, run(h, "pairing history", "pairing", "P1", "last", "2", NULL),
	    second);
	assert_int_equal(times(h, "\"step\""), 2);
	refused(h, run(h, "pairing history", "pairing", "P9", NULL),
	    MR_NOTFOUND, "P9");
}

static void
a_person_tells_addresses_pairings_and_letters(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64];

	mailday_receive(h, o->m.outside, "1", code);
	did(h, run(h, "correspondent history", "person", "C2", NULL), code);
	assert_int_equal(times(h, "\"entered\""), 1);
	assert_int_equal(times(h, "address entered, at DAN"), 1);
	assert_int_equal(times(h, "name and number stored"), 1);
	assert_int_equal(times(h, "\"opened\""), 1);
	assert_null(strstr(h->answer, "40312"));
	assert_null(strstr(h->answer, "Ostrander"));
	refused(h, run(h, "correspondent history", "person", "C99", NULL),
	    MR_NOTFOUND, "C99");
}

static void
a_facility_tells_rules_and_the_letters_of_its_people(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char in[64], later[64];

	mailday_receive(h, o->m.outside, "1", in);
	did(h, run(h, "facility history", "code", "dan", "last", "100", NULL),
	    in);
	assert_true(times(h, "rule ") > 3);
	assert_int_equal(times(h, "address entered, at DAN"), 1);
	/* Once she has moved, her letters are another house's. */
	h->now += MR_DAY_US;
	did(h,
	    run(h, "correspondent move", "person", "C2", "facility", "ALI",
		NULL),
	    "");
	h->now += MR_DAY_US;
	mailday_receive(h, o->m.outside, "1", later);
	did(h, run(h, "facility history", "code", "DAN", "last", "100", NULL),
	    in);
	assert_null(strstr(h->answer, later));
	did(h, run(h, "facility history", "code", "ALI", "last", "100", NULL),
	    later);
	assert_null(strstr(h->answer, in));
	refused(h, run(h, "facility history", "code", "NIX", NULL), MR_NOTFOUND,
	    "NIX");
}

static void
staff_see_what_is_in_the_house(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64];

	h->user = "admin";
	did(h, run(h, "user add", "name", "sam", "role", "staff", NULL), "sam");
	did(h, run(h, "user add", "name", "vic", "role", "volunteer", NULL),
	    "vic");
	h->user = NULL;
	mailday_receive(h, o->m.inside, "2", code);
	h->user = "sam";
	did(h, run(h, "letter history", "letter", code, NULL), "received");
	h->user = "vic";
	refused(h, run(h, "letter history", "letter", code, NULL), MR_DENIED,
	    "staff or coordinator");
	h->user = NULL;
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	did(h, run(h, "envelope print", "letter", code, NULL), "");
	{
		char stub[32], envelope[32];

		mailday_print(h, MR_PAYLOAD_STUB, code, 1, stub);
		mailday_print(h, MR_PAYLOAD_ENVELOPE, code, 1, envelope);
		did(h,
		    run(h, "letter seal", "stub", stub, "envelope", envelope,
			NULL),
		    "MATCH");
	}
	did(h, run(h, "batch close", NULL), "");
	h->user = "sam";
	refused(h, run(h, "letter history", "letter", code, NULL), MR_DENIED,
	    "for a coordinator");
	refused(h, run(h, "report letter", "letter", code, NULL), MR_DENIED,
	    "for a coordinator");
}

static void
paper_is_a_page_and_an_event(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64];

	mailday_receive(h, o->m.inside, "2", code);
	did(h, run(h, "report letter", "letter", code, NULL), code);
	assert_memory_equal(mailday_made.bytes, "%PDF", 4);
	did(h, run(h, "letter history", "letter", code, NULL),
	    "history printed");
	did(h, run(h, "report pairing", "pairing", "P1", NULL), "P1");
	assert_memory_equal(mailday_made.bytes, "%PDF", 4);
	did(h, run(h, "report correspondent", "person", "C1", NULL), "C1");
	assert_memory_equal(mailday_made.bytes, "%PDF", 4);
	did(h, run(h, "report facility", "code", "DAN", NULL), "DAN");
	assert_memory_equal(mailday_made.bytes, "%PDF", 4);
	did(h, run(h, "audit verify", NULL), "\"found\":0");
}

static void
the_same_request_prints_the_same_page(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64], *first;
	size_t len;

	mailday_receive(h, o->m.inside, "2", code);
	h->request = "again";
	did(h, run(h, "report letter", "letter", code, NULL), "");
	first = malloc(mailday_made.len);
	assert_non_null(first);
	len = mailday_made.len;
	memcpy(first, mailday_made.bytes, len);
	h->now += MR_DAY_US;
	did(h, run(h, "report letter", "letter", code, NULL), "");
	assert_int_equal(mailday_made.len, len);
	assert_memory_equal(mailday_made.bytes, first, len);
	free(first);
	h->request = NULL;
	did(h, run(h, "letter history", "letter", code, NULL), "");
	assert_int_equal(times(h, "history printed"), 1);
}

static void
the_chain_is_shown_in_words(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	char code[64];

	mailday_receive(h, o->m.inside, "2", code);
	did(h, run(h, "letter hold", "letter", code, "reason", "photo", NULL),
	    "held");
	did(h, run(h, "audit show", "by", "ruth", NULL), code);
	assert_int_equal(times(h, "to=held reason=photo"), 1);
	assert_int_equal(times(h, "number=A1"), 1);
	did(h, run(h, "letter receive", "id", o->m.outside, NULL), "code");
	house_value(h, "code", 0, code);
	did(h, run(h, "letter finish", "letter", code, "sheets", "4", NULL),
	    "cleared");
	did(h, run(h, "sheet print", "letter", code, NULL), "");
	did(h, run(h, "audit show", "last", "3", NULL),
	    "sheets=4 sheets_was=none");
	assert_int_equal(times(h, "what=sheet copy=1"), 1);
	assert_int_equal(times(h, o->m.outside), 1);
	refused(h, run(h, "audit show", "by", "nobody", NULL), MR_NOTFOUND,
	    "no user");
}

static void
an_export_holds_every_event(void **state)
{
	struct office *o = *state;
	struct house *h = o->h;
	int rows = 0;

	did(h, run(h, "audit export", NULL), "\"first\":1,");
	for (const char *at = mailday_made.bytes; *at != '\0'; at++)
		rows += *at == '\n';
	assert_int_equal(
	    rows - 1, house_count(h, "/* scan */ SELECT count(*) FROM event"));
	did(h,
	    run(h, "audit export", "from", "3", "last", "2", "format", "jsonl",
		NULL),
	    "\"more\":5");
	assert_memory_equal(
	    mailday_made.bytes, "{\"event\":3,\"body\":\"01", 21);
	assert_null(strstr(mailday_made.bytes, "Ostrander"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(a_letter_tells_its_whole_way),
	    TEST(holding_and_taking_back_are_told),
	    TEST(a_mismatch_is_told_as_a_stop),
	    TEST(a_pairing_tells_its_letters_newest_first),
	    TEST(a_person_tells_addresses_pairings_and_letters),
	    TEST(a_facility_tells_rules_and_the_letters_of_its_people),
	    TEST(staff_see_what_is_in_the_house),
	    TEST(paper_is_a_page_and_an_event),
	    TEST(the_same_request_prints_the_same_page),
	    TEST(the_chain_is_shown_in_words),
	    TEST(an_export_holds_every_event),
	};
#undef TEST

	return cmocka_run_group_tests(tests, NULL, NULL);
}
