/*
 * Weight, prices and the postage ledger: what is paid is written with the
 * sealing, taken back with it, and summed up by month.
 */
#include "test/mail.h"

#include "lib/enclosure.h"
#include "lib/postage.h"
#include "test/text_of.h"

static struct mr_fare
cost(struct house *h, int64_t weight)
{
	struct mr_call *c = house_begin(h);
	struct mr_fare found = {0};

	assert_int_equal(mr_postage_reckon(c, c->today, weight, &found), MR_OK);
	house_end(c);
	return found;
}

static void
ounces_are_rounded_up_and_stamps_too(void **state)
{
	/* Tenths of a gram; an ounce is 28.349523 g. */
	static const struct {
		int64_t weight, cents, stamps;
		int kind;
	} want[] = {{1, 78, 1, MR_PRICE_LETTER}, {283, 78, 1, MR_PRICE_LETTER},
	    {284, 107, 2, MR_PRICE_LETTER}, {566, 107, 2, MR_PRICE_LETTER},
	    {567, 136, 2, MR_PRICE_LETTER}, {850, 136, 2, MR_PRICE_LETTER},
	    {851, 165, 3, MR_PRICE_LETTER}, {992, 165, 3, MR_PRICE_LETTER},
	    {993, 163 + 3 * 27, 4, MR_PRICE_LARGE},
	    {3685, 163 + 12 * 27, 7, MR_PRICE_LARGE}};
	struct house *h = *state;

	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		struct mr_fare is = cost(h, want[i].weight);

		assert_int_equal(is.cents, want[i].cents);
		assert_int_equal(is.stamps, want[i].stamps);
		assert_int_equal(is.kind, want[i].kind);
	}
}

/* Four sheets, cover sheet and #10 are 0.96 oz; the fifth makes it two. */
static void
sheets_are_weighed_as_the_post_office_would(void **state)
{
	struct house *h = *state;
	struct mr_letter l = {.sheets = 4};
	struct mr_call *c = house_begin(h);
	int64_t weight;
	int sure;

	assert_int_equal(mr_postage_guess(c, &l, &weight, &sure), MR_OK);
	assert_int_equal(weight, 270);
	assert_true(sure);
	l.sheets = 5;
	assert_int_equal(mr_postage_guess(c, &l, &weight, &sure), MR_OK);
	assert_int_equal(weight, 315);
	assert_false(sure);
	l.sheets = 0;
	assert_int_equal(mr_postage_guess(c, &l, &weight, &sure), MR_OK);
	assert_false(sure);
	house_end(c);
	mail_set(h, "sheet-weight", "60");
	mail_set(h, "weigh-from-sheets", "9");
	c = house_begin(h);
	l.sheets = 5;
	assert_int_equal(mr_postage_guess(c, &l, &weight, &sure), MR_OK);
	assert_int_equal(weight, 390);
	assert_true(sure);
	house_end(c);
}

/* A printed letter of so many sheets; its day number. */
static const char *
printed(struct house *h, int64_t pairing, int kind, const char *sheets,
    char number[64])
{
	mail_receive(h, pairing, kind, number);
	did(h,
	    run(h, "letter finish", "letter", number, "sheets", sheets, NULL),
	    "");
	mail_print(h, number);
	return number;
}

static enum mr_status
seal(struct house *h, const char *number, const char *key, const char *value)
{
	char stub[32], envelope[32];
	struct mr_letter l = mail_letter(h, number);

	mail_envelope(h, number, envelope);
	return run(h, "letter seal", "stub",
	    mail_scan(h, number, MR_PAYLOAD_STUB, l.sheet_copy, stub),
	    "envelope", envelope, key, value, NULL);
}

#define ledger(h, want_cents, want_stamps) \
	do { \
		assert_int_equal( \
		    house_count(h, SQL_SCAN "SELECT cents FROM postage"), \
		    want_cents); \
		assert_int_equal( \
		    house_count(h, SQL_SCAN "SELECT stamps FROM postage"), \
		    want_stamps); \
	} while (0)

static void
a_sealing_writes_what_it_costs(void **state)
{
	struct house *h = *state;
	char number[64];

	printed(h, 1, MR_INSIDE, "4", number);
	did(h, seal(h, number, NULL, NULL), "Glue. Stamps: 1.");
	ledger(h, 78, 1);
	did(h, run(h, "letter show", "letter", number, NULL),
	    "\"grams\":\"27.0\",\"postage\":\"0.78\",\"stamps\":1");
	did(h, run(h, "letter history", "letter", number, NULL),
	    "postage $0.78 for 27.0 g, stamps: 1");
	mail_sound(h);
}

static void
a_heavy_letter_is_weighed_and_then_has_its_stamps(void **state)
{
	struct house *h = *state;
	char number[64];

	printed(h, 1, MR_INSIDE, "6", number);
	did(h, seal(h, number, NULL, NULL), "Weigh it.");
	assert_int_equal(mail_letter(h, number).stamps, -1);
	ledger(h, 107, 2);
	did(h, run(h, "postage weigh", "letter", number, "grams", "58.2", NULL),
	    "Glue. Stamps: 2.");
	assert_int_equal(mail_letter(h, number).stamps, 2);
	ledger(h, 136, 2);
	did(h, run(h, "postage weigh", "letter", number, "grams", "104", NULL),
	    "Too heavy for a letter: large-envelope price. Stamps: 4.");
	ledger(h, 163 + 3 * 27, 4);
	refused(h,
	    run(h, "postage weigh", "letter", number, "grams", "400", NULL),
	    MR_REFUSED, "13.00 oz");
	refused(h,
	    run(h, "postage weigh", "letter", number, "grams", "one", NULL),
	    MR_INVALID, "such as 31.5");
	did(h, run(h, "batch close", NULL), "");
	text_of(mail_paper.bytes, mail_paper.len);
	assert_non_null(strstr(text, "104"));
	refused(h,
	    run(h, "postage weigh", "letter", number, "grams", "30", NULL),
	    MR_REFUSED, "before its batch is closed");
	mail_sound(h);
}

static void
grams_and_stamps_can_be_said_at_once(void **state)
{
	struct house *h = *state;
	char number[64];

	printed(h, 1, MR_INSIDE, "6", number);
	did(h, seal(h, number, "grams", "28.3"), "Glue. Stamps: 1.");
	ledger(h, 78, 1);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT weighed FROM postage"), 1);
	did(h, run(h, "letter unseal", "letter", number, NULL), "cleared");
	ledger(h, 0, 0);
	did(h, seal(h, number, "stamps", "3"), "Glue. Stamps: 3.");
	ledger(h, 3 * 78, 3);
	mail_sound(h);
}

static void
a_photo_that_goes_along_is_weighed(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "enclosure add", "letter", number, "kind", "photo", NULL),
	    "photo");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    "forward");
	mail_print(h, number);
	did(h, seal(h, number, NULL, NULL), "Weigh it.");
}

static void
what_is_taken_back_costs_nothing(void **state)
{
	struct house *h = *state;
	char number[64];

	printed(h, 1, MR_INSIDE, "2", number);
	did(h, seal(h, number, NULL, NULL), "MATCH");
	ledger(h, 78, 1);
	did(h, run(h, "letter undo", NULL), "UNDONE");
	ledger(h, 0, 0);
	did(h, seal(h, number, NULL, NULL), "MATCH");
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "staff-query",
		NULL),
	    "HELD");
	ledger(h, 0, 0);
	did(h, run(h, "letter undo", NULL), "UNDONE");
	stands(h, number, "sealed");
	ledger(h, 78, 1);
	did(h, run(h, "batch close", NULL), "");
	did(h, run(h, "letter unpost", "letter", number, NULL), "cleared");
	ledger(h, 0, 0);
	mail_sound(h);
}

/* A flag on a sealed letter: its postage stands between step and photo. */
static void
a_flag_taken_back_takes_its_photo_and_leaves_the_postage(void **state)
{
	struct house *h = *state;
	char number[64];

	printed(h, 1, MR_INSIDE, "2", number);
	did(h, seal(h, number, NULL, NULL), "MATCH");
	did(h, run(h, "letter flag", "letter", number, "flag", "photo", NULL),
	    "HELD");
	ledger(h, 0, 0);
	did(h, run(h, "letter undo", NULL), "UNDONE");
	ledger(h, 78, 1);
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT disposition FROM enclosure"),
	    MR_E_MISTAKE);
	mail_sound(h);
}

static void
what_came_back_and_goes_again_costs_twice(void **state)
{
	struct house *h = *state;
	char number[64], code[64];

	printed(h, 1, MR_INSIDE, "2", number);
	did(h, seal(h, number, NULL, NULL), "MATCH");
	house_value(h, "code", 0, code);
	did(h, run(h, "batch close", NULL), "");
	did(h,
	    run(h, "letter return", "letter", code, "sticker", "yellow",
		"reason", "postage-due", NULL),
	    "CAME BACK");
	ledger(h, 78, 1);
	did(h,
	    run(h, "letter hold", "letter", code, "reason", "staff-query",
		NULL),
	    "HELD");
	ledger(h, 78, 1);
	did(h,
	    run(h, "correspondent move", "person", "C1", "street", "9 Mill Ln",
		"city", "Bethel", "state", "CT", "zip", "06801", NULL),
	    "");
	did(h, run(h, "letter release", "letter", code, NULL), "cleared");
	mail_print(h, code);
	did(h, seal(h, code, "zip", "06801"), "MATCH");
	ledger(h, 2 * 78, 2);
	did(h, run(h, "letter unseal", "letter", code, NULL), "cleared");
	ledger(h, 78, 1);
	mail_sound(h);
}

static void
a_newer_price_takes_over_from_its_day(void **state)
{
	struct house *h = *state;

	did(h,
	    run(h, "postage price", "kind", "letter", "from", "2026-11-24",
		"first", "80", "more", "30", "most", "3.5", "source",
		"postal bulletin", NULL),
	    "\"first\":80,\"more\":30,\"most\":\"3.50\",\"changed\":true");
	assert_int_equal(cost(h, 300).cents, 107);
	later(h, 86400);
	assert_int_equal(cost(h, 300).cents, 110);
	refused(h,
	    run(h, "postage price", "kind", "letter", "from", "2026-11-24",
		"first", "81", "more", "30", "most", "3.5", "source",
		"postal bulletin", NULL),
	    MR_REFUSED, "explains what was posted by it");
	did(h,
	    run(h, "postage price", "kind", "letter", "from", "2026-11-24",
		"first", "80", "more", "30", "most", "3.5", "source",
		"postal bulletin", NULL),
	    "\"changed\":false");
	did(h, run(h, "postage prices", NULL),
	    "[{\"kind\":\"letter\",\"from\":\"2026-11-24\",\"first\":80");
	did(h, MR_OK,
	    "{\"kind\":\"letter\",\"from\":\"2025-07-13\",\"first\":78,"
	    "\"more\":29,\"most\":\"3.50\"");
	refused(h,
	    run(h, "postage price", "kind", "parcel", "from", "2026-11-24",
		"first", "81", "more", "30", "most", "3.5", "source", "x",
		NULL),
	    MR_INVALID, "letter or large-envelope");
	mail_sound(h);
}

static void
the_report_sums_a_month_by_side(void **state)
{
	struct house *h = *state;
	char number[64];

	printed(h, 1, MR_INSIDE, "2", number);
	did(h, seal(h, number, NULL, NULL), "MATCH");
	printed(h, 2, MR_INSIDE, "6", number);
	did(h, seal(h, number, "grams", "31.5"), "MATCH");
	printed(h, 3, MR_OUTSIDE, "2", number);
	did(h, seal(h, number, NULL, NULL), "MATCH");
	did(h, run(h, "batch close", NULL), "");
	later(h, 10 * 86400);
	printed(h, 1, MR_OUTSIDE, "2", number);
	did(h, seal(h, number, NULL, NULL), "MATCH");
	did(h, run(h, "report postage", NULL),
	    "[{\"month\":\"2026-11\",\"to\":\"inside\",\"letters\":1,"
	    "\"postage\":\"0.78\",\"stamps\":1},"
	    "{\"month\":\"2026-11\",\"to\":\"outside\",\"letters\":2,"
	    "\"postage\":\"1.85\",\"stamps\":3},"
	    "{\"month\":\"2026-12\",\"to\":\"inside\",\"letters\":1,"
	    "\"postage\":\"0.78\",\"stamps\":1}]");
	did(h, run(h, "postage list", NULL),
	    "[{\"day\":\"2026-12-03\",\"number\":\"A1\"");
	did(h,
	    run(h, "postage list", "from", "2026-11-01", "to", "2026-11-30",
		NULL),
	    "\"grams\":\"31.5\",\"weighed\":true,\"postage\":\"1.07\","
	    "\"stamps\":2}");
	refused(h,
	    run(h, "postage list", "from", "2026-12-01", "to", "2026-11-30",
		NULL),
	    MR_INVALID, "after the last");
}

/* A slip of the year is no newer price. */
static void
an_older_price_does_not_take_over(void **state)
{
	struct house *h = *state;

	did(h,
	    run(h, "postage price", "kind", "letter", "from", "2020-01-01",
		"first", "55", "more", "15", "most", "3.5", "source", "a slip",
		NULL),
	    "");
	assert_int_equal(cost(h, 300).cents, 107);
}

/* Somebody changes the price in the file itself. */
static void
a_price_changed_from_outside_pays_nothing(void **state)
{
	struct house *h = *state;
	struct mr_call *c;
	char number[64], scan[32];

	did(h,
	    run(h, "postage price", "kind", "letter", "from", "2026-01-01",
		"first", "80", "more", "30", "most", "3.5", "source",
		"the notice", NULL),
	    "80");
	mail_receive(h, 1, MR_INSIDE, number);
	mail_print(h, number);
	c = house_begin(h);
	assert_int_equal(
	    sql_done(sql_prepare(c, SQL_SCAN "UPDATE price SET first = 8")),
	    MR_OK);
	house_end(c);
	assert_int_equal(
	    mail_try(
		h, number, mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 1, scan)),
	    MR_DAMAGED);
	stands(h, number, "cleared");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(ounces_are_rounded_up_and_stamps_too),
	    MAIL_TEST(sheets_are_weighed_as_the_post_office_would),
	    MAIL_TEST(a_sealing_writes_what_it_costs),
	    MAIL_TEST(a_heavy_letter_is_weighed_and_then_has_its_stamps),
	    MAIL_TEST(grams_and_stamps_can_be_said_at_once),
	    MAIL_TEST(a_photo_that_goes_along_is_weighed),
	    MAIL_TEST(what_is_taken_back_costs_nothing),
	    MAIL_TEST(a_flag_taken_back_takes_its_photo_and_leaves_the_postage),
	    MAIL_TEST(what_came_back_and_goes_again_costs_twice),
	    MAIL_TEST(a_newer_price_takes_over_from_its_day),
	    MAIL_TEST(an_older_price_does_not_take_over),
	    MAIL_TEST(a_price_changed_from_outside_pays_nothing),
	    MAIL_TEST(the_report_sums_a_month_by_side),
	};

	return cmocka_run_group_tests_name("postage", tests, NULL, NULL);
}
