/*
 * Worklists: the trays and what a volunteer may know of them, what goes out
 * next, stubs held against a batch, what came back and is posted again, and
 * what a person at a page looks up.
 */
#include "test/mail.h"

#include "test/text_of.h"

/* The place of a day number in the answer; 0: it is not there. */
static size_t
at(struct house *h, const char *number)
{
	char quoted[96];
	const char *found;

	snprintf(quoted, sizeof(quoted), "\"number\":\"%s\"", number);
	found = strstr(h->answer, quoted);
	return found != NULL ? (size_t)(found - h->answer) + 1 : 0;
}

/* A1 held until the 30th, A2 until the 24th, A3 without an ID, A4 came back,
 * A5 on the bench, A6 cleared. */
static void
all_trays(struct house *h)
{
	char number[64], id[32];

	for (int i = 0; i < 2; i++)
		mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", "A1", "reason", "photo", "until",
		"2026-11-30", NULL),
	    "held");
	did(h,
	    run(h, "letter hold", "letter", "A2", "reason", "threat", "until",
		"2026-11-24", NULL),
	    "held");
	later(h, 10);
	did(h, run(h, "letter receive", "no_id", "yes", "sheets", "1", NULL),
	    "\"A3\"");
	did(h, run(h, "letter back", NULL), "\"A4\"");
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 2, MR_INSIDE, id), NULL),
	    "\"A5\"");
	mail_receive(h, 3, MR_INSIDE, number);
}

static void
the_most_urgent_of_the_trays_comes_first(void **state)
{
	struct house *h = *state;

	all_trays(h);
	later(h, 86400);
	did(h, run(h, "letter trays", NULL), "[");
	/* Those of the day before, the one of today, the one of next week. */
	assert_true(at(h, "A3") < at(h, "A4") && at(h, "A4") < at(h, "A5"));
	assert_true(at(h, "A5") < at(h, "A2") && at(h, "A2") < at(h, "A1"));
	assert_int_equal(at(h, "A6"), 0);
	did(h, MR_OK, "\"tray\":\"yellow\",\"age\":1,\"due\":false");
	did(h, MR_OK, "\"tray\":\"red\",\"age\":1,\"due\":true");
	did(h, run(h, "letter trays", "tray", "blue", NULL), "not-looked-at");
	assert_true(at(h, "A4") != 0 && at(h, "A3") == 0 && at(h, "A1") == 0);
	did(h, run(h, "letter trays", "tray", "bench", NULL),
	    "Its sheets are not counted yet.");
	refused(h, run(h, "letter trays", "tray", "green", NULL), MR_INVALID,
	    "red, yellow, blue, bench");
}

static void
money_that_is_not_written_down_is_to_be_noted_first(void **state)
{
	struct house *h = *state;
	char id[32];

	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_INSIDE, id), NULL),
	    "A1");
	did(h, run(h, "letter flag", "letter", "A1", "flag", "money", NULL),
	    "held");
	did(h, run(h, "letter trays", NULL),
	    "\"enclosures\":0,\"money_to_note\":true");
	did(h,
	    run(h, "enclosure add", "letter", "A1", "kind", "money", "money",
		"20.00", NULL),
	    "E1");
	did(h, run(h, "letter trays", NULL),
	    "\"enclosures\":1,\"money_to_note\":false");
}

static void
a_volunteer_sees_a_tray_without_what_is_a_coordinators(void **state)
{
	struct house *h = *state;

	all_trays(h);
	did(h, run(h, "letter trays", "tray", "red", NULL), "threat");
	mail_as(h, "val");
	did(h, run(h, "letter trays", "tray", "red", NULL),
	    "The coordinator has a question.");
	assert_null(strstr(h->answer, "threat"));
	assert_true(at(h, "A1") != 0 && at(h, "A2") != 0);
	refused(h, run(h, "letter outgoing", NULL), MR_DENIED, "staff");
}

static void
what_goes_out_names_the_facility_and_what_is_to_be_printed(void **state)
{
	struct house *h = *state;
	char in[64], out[64];

	mail_receive(h, 1, MR_OUTSIDE, in);
	mail_receive(h, 1, MR_INSIDE, out);
	did(h, run(h, "letter outgoing", NULL),
	    "{\"facility\":\"ALI\",\"place\":\"FCI Aliceville\",\"label\":false,"
	    "\"sheet_due\":true,\"envelope_due\":true");
	did(h, MR_OK,
	    "{\"facility\":null,\"place\":null,\"label\":true,"
	    "\"sheet_due\":true,\"envelope_due\":true");
	assert_null(strstr(h->answer, "HIGHWAY"));
	mail_print(h, in);
	did(h, run(h, "letter outgoing", NULL),
	    "\"label\":false,\"sheet_due\":false,\"envelope_due\":false");
	mail_seal(h, out);
	did(h, run(h, "letter outgoing", NULL), "\"page_due\":false");
	assert_true(at(h, in) != 0 && at(h, out) == 0);
	did(h, run(h, "letter new", "to", "C1", "form", "add-your-id", NULL),
	    "office");
	did(h, run(h, "letter outgoing", NULL), "\"page_due\":true");
	did(h, run(h, "letter print", "new", "yes", NULL), "\"printed\":1");
	did(h, run(h, "letter outgoing", NULL), "\"page_due\":false");
	assert_null(strstr(h->answer, "\"page_due\":true"));
}

static void
stubs_that_differ_from_the_batch_post_nothing(void **state)
{
	struct house *h = *state;
	char number[2][64];

	for (int i = 0; i < 2; i++) {
		mail_receive(h, 1, i ? MR_INSIDE : MR_OUTSIDE, number[i]);
		mail_seal(h, number[i]);
	}
	did(h, run(h, "batch show", "batch", "B1", NULL),
	    "\"grams\":\"36.0\",\"postage\":\"1.56\",\"stamps\":2}");
	did(h, MR_OK,
	    "\"grams\":\"18.0\",\"postage\":\"0.78\",\"stamps\":1,\"weigh\":false}");
	refused(h, run(h, "batch close", "stubs", "3", NULL), MR_REFUSED,
	    "stubs counted: 3; letters in batch B1: 2");
	refused(h, run(h, "batch close", "stubs", "0", NULL), MR_REFUSED,
	    "Count again");
	stands(h, number[0], "sealed");
	did(h, run(h, "batch close", "stubs", "2", NULL), "\"letters\":2");
	refused(h, run(h, "batch close", "stubs", "2", NULL), MR_REFUSED,
	    "no batch is open");
}

static void
a_heavy_letter_says_that_it_must_be_weighed_until_it_was(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "letter finish", "letter", number, "sheets", "7", NULL),
	    "");
	mail_seal(h, number);
	did(h, run(h, "letter show", "letter", number, NULL), "\"weigh\":true");
	did(h, run(h, "postage weigh", "letter", number, "grams", "43", NULL),
	    "");
	did(h, run(h, "letter show", "letter", number, NULL),
	    "\"grams\":\"43.0\",\"postage\":\"1.07\",\"stamps\":2,"
	    "\"weigh\":false");
}

static void
what_came_back_is_posted_again_with_a_new_page(void **state)
{
	struct house *h = *state;
	char number[64], again[64];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	did(h, run(h, "letter back", "letter", number, NULL), "CAME BACK");
	house_value(h, "number", 0, again);
	refused(h, run(h, "letter release", "letter", again, NULL), MR_REFUSED,
	    "what the sticker says");
	did(h,
	    run(h, "letter return", "letter", again, "sticker", "yellow",
		"reason", "postage-due", NULL),
	    "postage-due");
	mail_as(h, "val");
	refused(h, run(h, "letter release", "letter", again, NULL), MR_DENIED,
	    "staff");
	mail_as(h, "sam");
	did(h, run(h, "letter release", "letter", again, NULL), "cleared");
	did(h, run(h, "letter outgoing", NULL), "\"sheet_due\":true");
	did(h, run(h, "letter undo", NULL), "\"state\":\"returned\"");
	did(h, MR_OK, "postage-due");
	did(h, run(h, "letter release", "letter", again, NULL), "cleared");
	mail_seal(h, again);
	did(h, run(h, "batch close", "stubs", "1", NULL), "\"letters\":1");
	stands(h, again, "posted");
	mail_sound(h);
}

/* Its id is of the day on which it first came. */
static void
what_came_back_has_a_number_of_the_day_that_no_one_misses(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	mail_receive(h, 1, MR_INSIDE, number);
	house_value(h, "code", 0, code);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	h->now += MR_DAY_US;
	did(h, run(h, "day open", "pieces", "2", NULL), "");
	did(h, run(h, "letter back", "letter", code, NULL), "\"A1\"");
	mail_receive(h, 2, MR_INSIDE, number);
	assert_string_equal(number, "A2");
	did(h, run(h, "day balance", NULL),
	    "{\"station\":\"A\",\"numbers\":2,\"missing\":0}");
	did(h, MR_OK, "\"look_for\":[]");
}

/* To a place that mail came back from nothing goes again. */
static void
what_came_back_from_a_suspect_address_is_not_posted_again(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	did(h,
	    run(h, "letter return", "letter", number, "sticker", "yellow",
		"reason", "vacant", NULL),
	    "vacant");
	refused(h, run(h, "letter release", "letter", "A2", NULL), MR_REFUSED,
	    "Mail to this address came back");
}

static void
an_exchange_tells_when_each_letter_came_and_went(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	mail_receive(h, 1, MR_INSIDE, number);
	house_value(h, "code", 0, code);
	later(h, 2 * 86400);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	did(h, run(h, "letter unpost", "letter", code, NULL), "cleared");
	did(h, run(h, "pairing exchange", "pairing", "P1", NULL),
	    "{\"came\":\"2026-11-23\",\"posted\":null,\"returned\":null,"
	    "\"again\":null,\"days\":2,");
	later(h, 86400);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	later(h, 4 * 86400);
	did(h,
	    run(h, "letter return", "letter", code, "sticker", "yellow",
		"reason", "refused", NULL),
	    "refused");
	did(h, run(h, "letter release", "letter", code, NULL), "cleared");
	later(h, 86400);
	house_value(h, "number", 0, number);
	mail_seal(h, code);
	did(h, run(h, "batch close", NULL), "");
	did(h, run(h, "pairing exchange", "pairing", "P1", NULL),
	    "{\"came\":\"2026-11-23\",\"posted\":\"2026-11-26\","
	    "\"returned\":\"2026-11-30\",\"again\":\"2026-12-01\",\"days\":3,");
	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h, run(h, "pairing exchange", "pairing", "P1", "last", "1", NULL),
	    "{\"came\":\"2026-12-01\",\"posted\":null,\"returned\":null,"
	    "\"again\":null,\"days\":0,");
	assert_null(strstr(h->answer, "2026-11-26"));
	refused(h, run(h, "pairing exchange", "pairing", "P9", NULL),
	    MR_NOTFOUND, "P9");
	mail_as(h, "val");
	refused(h, run(h, "pairing exchange", "pairing", "P1", NULL), MR_DENIED,
	    "staff");
}

static void
a_pen_name_finds_who_is_called_so_and_who_begins_so(void **state)
{
	struct house *h = *state;

	did(h, run(h, "correspondent named", "name", "wrén", NULL), "\"C1\"");
	did(h, MR_OK, "\"C3\"");
	assert_null(strstr(h->answer, "Maria"));
	did(h, run(h, "correspondent named", "name", "Maria AB", NULL),
	    "[{\"correspondent\":\"C5\",\"kind\":\"inside\","
	    "\"pen_name\":\"Maria AB\",\"status\":\"active\"}]");
	/* Neither a piece of a word nor a legal name. */
	did(h, run(h, "correspondent named", "name", "Wre", NULL), "[]");
	did(h, run(h, "correspondent named", "name", "Amara", NULL), "[]");
}

static void
labels_are_printed_for_the_pile_that_was_marked(void **state)
{
	struct house *h = *state;
	char number[3][64], pile[160];

	for (int i = 0; i < 3; i++)
		mail_receive(h, 1 + i, MR_INSIDE, number[i]);
	snprintf(pile, sizeof(pile), "%s\n%s\n", number[2], number[0]);
	h->csv = pile;
	did(h,
	    run(h, "label print", "pile", "marked", "stock", "avery-5163",
		"start", "3", NULL),
	    "\"printed\":2");
	text_of(mail_paper.bytes, mail_paper.len);
	assert_non_null(strstr(text, "2314 FOUNDRY"));
	assert_non_null(strstr(text, "2300 FOUNDRY"));
	assert_null(strstr(text, "2307 FOUNDRY"));
	assert_true(
	    strstr(text, "2314 FOUNDRY") < strstr(text, "2300 FOUNDRY"));
	h->csv = NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(the_most_urgent_of_the_trays_comes_first),
	    MAIL_TEST(money_that_is_not_written_down_is_to_be_noted_first),
	    MAIL_TEST(a_volunteer_sees_a_tray_without_what_is_a_coordinators),
	    MAIL_TEST(
		what_goes_out_names_the_facility_and_what_is_to_be_printed),
	    MAIL_TEST(stubs_that_differ_from_the_batch_post_nothing),
	    MAIL_TEST(a_heavy_letter_says_that_it_must_be_weighed_until_it_was),
	    MAIL_TEST(what_came_back_is_posted_again_with_a_new_page),
	    MAIL_TEST(
		what_came_back_has_a_number_of_the_day_that_no_one_misses),
	    MAIL_TEST(
		what_came_back_from_a_suspect_address_is_not_posted_again),
	    MAIL_TEST(an_exchange_tells_when_each_letter_came_and_went),
	    MAIL_TEST(a_pen_name_finds_who_is_called_so_and_who_begins_so),
	    MAIL_TEST(labels_are_printed_for_the_pile_that_was_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
