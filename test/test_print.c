/*
 * What is printed: nothing of the other side on any paper (P1), the same
 * bytes for the same request, and what cannot be drawn held while the rest
 * goes on.
 */
#define _GNU_SOURCE /* strcasestr */
#include "test/mail.h"

#include "test/text_of.h"

#define PAIRS 12

/* Values of the i-th person that only they may read. */
static int
values(int i, int inside, char value[8][64])
{
	static const char *const place[3][3] = {
	    {"Aliceville", "HIGHWAY 14", "35442"},
	    {"Alderson", "GLEN RAY", "24910"},
	    {"Bennettsville", "MUCKERMAN", "29512"}};
	int n = 0;

	mail_surname(i, inside, value[n++]);
	if (!inside) {
		snprintf(value[n++], 64, "%d Foundry", 2300 + 7 * i);
		snprintf(value[n++], 64, "Apt %d", 4000 + i);
		snprintf(value[n++], 64, "5%04d", 6613 + i);
		return n;
	}
	snprintf(value[n++], 64, "4%04d-999", 312 + i);
	snprintf(value[n++], 64, "Unit %d", 7000 + i);
	for (int p = 0; p < 3; p++)
		snprintf(value[n++], 64, "%s", place[i % 3][p]);
	return n;
}

static void
holds_nothing_of(int i, int inside, const char *paper)
{
	char value[8][64];
	int n = values(i, inside, value);

	for (int v = 0; v < n; v++)
		if (strcasestr(text, value[v]) != NULL)
			fail_msg(
			    "%s: a value of the other side, kind %d", paper, v);
}

static void
holds_all_of(int i, int inside)
{
	char value[8][64];
	int n = values(i, inside, value);

	for (int v = 0; v < n; v++)
		if (strcasestr(text, value[v]) == NULL)
			fail_msg("no %s in %s", value[v], text);
}

static void
print(struct house *h, const char *what, const char *number)
{
	did(h,
	    run(h, what, "letter", number, "stock",
		strncmp(what, "label", 5) == 0 ? "avery-5163" : NULL, NULL),
	    "\"printed\":1");
	text_of(mail_paper.bytes, mail_paper.len);
}

static void
one_letter(struct house *h, int i, int to_inside)
{
	char number[64], names[2][64];

	mail_receive(h, 1 + i, to_inside ? MR_OUTSIDE : MR_INSIDE, number);
	snprintf(names[0], 64, "Wren A%c", 'A' + i);
	snprintf(names[1], 64, "Maria A%c", 'A' + i);
	print(h, "sheet print", number);
	assert_int_equal(mail_paper.secret, 0);
	assert_non_null(strcasestr(text, names[0]));
	assert_non_null(strcasestr(text, names[1]));
	holds_nothing_of(i, 0, "sheet");
	holds_nothing_of(i, 1, "sheet");
	print(h, "envelope print", number);
	assert_int_equal(mail_paper.secret, 1);
	holds_all_of(i, to_inside);
	holds_nothing_of(i, !to_inside, "envelope");
	if (to_inside)
		return;
	print(h, "label print", number);
	assert_int_equal(mail_paper.secret, 1);
	holds_all_of(i, 0);
	holds_nothing_of(i, 1, "label");
}

static void
no_paper_holds_a_value_of_the_other_side(void **state)
{
	struct house *h = *state;

	mail_roster(h, PAIRS);
	for (int i = 0; i < PAIRS; i++)
		for (int to_inside = 0; to_inside < 2; to_inside++)
			one_letter(h, i, to_inside);
	mail_sound(h);
}

static void
a_letter_that_turned_round_shows_nothing_of_the_reader(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	did(h,
	    run(h, "letter hold", "letter", number, "reason", "third-party",
		NULL),
	    "held");
	did(h, run(h, "letter refuse", "letter", number, "back", "", NULL),
	    "back");
	print(h, "sheet print", number);
	holds_nothing_of(0, 1, "sheet");
	print(h, "envelope print", number);
	holds_all_of(0, 0);
	holds_nothing_of(0, 1, "envelope");
	print(h, "label print", number);
	holds_nothing_of(0, 1, "label");
}

static void
an_office_letter_shows_only_its_reader(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter new", "to", "C1", "form", "add-your-id", NULL),
	    "A1");
	print(h, "letter print", "A1");
	assert_int_equal(
	    strlen(mail_paper.name), strlen("XXX-XXX-XXX-XXX.pdf"));
	assert_int_equal(mail_paper.secret, 1);
	holds_nothing_of(0, 1, "letter");
	did(h, run(h, "letter new", "to", "C4", "form", "add-your-id", NULL),
	    "A2");
	print(h, "letter print", "A2");
	holds_nothing_of(0, 0, "letter");
	mail_receive(h, 1, MR_OUTSIDE, text);
	refused(h, run(h, "letter print", "letter", "A3", NULL), MR_REFUSED,
	    "not one that we write");
}

static void
a_pen_name_is_no_street_and_no_number(void **state)
{
	static const char *const bad[] = {"2300 Foundry Ct",
	    "wren 2300 FOUNDRY CT.", "Wren 56613", "40312-999", "Wren 1984"};
	struct house *h = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		refused(h,
		    run(h, "correspondent add", "kind", "outside", "pen_name",
			bad[i], "legal_name", "Amara Lark", "street",
			"2300 Foundry Ct", "city", "Osseo", "state", "MN",
			"zip", "56613", NULL),
		    MR_INVALID, "pen_name");
		assert_null(strstr(h->error.message, "Foundry"));
	}
	refused(h,
	    run(h, "correspondent add", "kind", "outside", "pen_name",
		"Larch Walk", "legal_name", "Amara Lark", "street",
		"Larch Walk", "city", "Osseo", "state", "MN", "zip", "56613",
		NULL),
	    MR_INVALID, "pen_name");
	did(h,
	    run(h, "correspondent add", "kind", "outside", "pen_name",
		"Wren 22", "legal_name", "Amara Lark", "street", "Larch Walk",
		"city", "Osseo", "state", "MN", "zip", "56613", NULL),
	    "C");
}

static void
pen_name(struct house *h, int64_t person, const char *name)
{
	struct mr_call *c = house_begin(h);
	struct mr_correspondent was;
	struct sql_stmt *st;

	assert_int_equal(mr_person_load(c, person, &was), MR_OK);
	st = sql_prepare(c,
	    "UPDATE correspondent SET pen_name = :name, "
	    "event = :event WHERE id = :id");
	sql_text(st, ":name", name);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", person);
	assert_int_equal(sql_done(st), MR_OK);
	assert_int_equal(
	    mr_event(c, MR_CORRESPONDENT, person, was.event, NULL), MR_OK);
	house_end(c);
}

/* However it got there: no envelope is made for the sheet that shows it. */
static void
a_pen_name_that_shows_the_address_is_a_leak(void **state)
{
	static const char *const bad[] = {
	    "2300 Foundry Ct", "At 56613", "Amara Quillaafeather"};
	struct house *h = *state;
	char number[64], other[64];
	int papers = 0;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		pen_name(h, 1, "Wren");
		mail_receive(h, 1, MR_OUTSIDE, number);
		mail_receive(h, 2, MR_OUTSIDE, other);
		pen_name(h, 1, bad[i]);
		papers = mail_paper.n;
		did(h, run(h, "envelope print", "letter", number, NULL),
		    "\"reason\":\"leak\"");
		did(h, MR_OK, "\"printed\":0");
		assert_int_equal(mail_paper.n, papers);
		stands(h, number, "held leak");
		did(h, run(h, "envelope print", "cleared", "", NULL),
		    "\"printed\":1");
		stands(h, other, "cleared");
	}
	mail_sound(h);
}

static void
what_cannot_be_printed_is_held_and_the_rest_goes_on(void **state)
{
	struct house *h = *state;
	char number[3][64];

	for (int i = 0; i < 3; i++)
		mail_receive(h, 1 + i, MR_OUTSIDE, number[i]);
	pen_name(h, 2, "\xe1\x9a\xa0\xe1\x9a\xa2"); /* runes: no glyph */
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":2");
	did(h, MR_OK, "\"reason\":\"unprintable\"");
	stands(h, number[0], "cleared");
	stands(h, number[1], "held unprintable");
	stands(h, number[2], "cleared");
	text_of(mail_paper.bytes, mail_paper.len);
	assert_null(strstr(text, number[1]));
	refused(h, run(h, "sheet print", "new", "", NULL), MR_REFUSED,
	    "no letter waits");
	mail_sound(h);
}

static void
labels_go_where_labels_are_taken(void **state)
{
	struct house *h = *state;
	char in[64], out[64];

	mail_receive(h, 1, MR_OUTSIDE, in);
	mail_receive(h, 1, MR_INSIDE, out);
	refused(h,
	    run(h, "label print", "letter", in, "stock", "avery-5163", NULL),
	    MR_REFUSED, "takes no adhesive labels");
	refused(
	    h, run(h, "label print", "cleared", "", NULL), MR_USAGE, "--stock");
	refused(h,
	    run(h, "label print", "cleared", "", "stock", "avery-0", NULL),
	    MR_INVALID, "");
	refused(h,
	    run(h, "label print", "cleared", "", "stock", "avery-5163", "start",
		"11", NULL),
	    MR_INVALID, "10 labels");
	did(h,
	    run(h, "label print", "cleared", "", "stock", "avery-5163", "start",
		"3", NULL),
	    "\"printed\":1"); /* the inside one is left */
	assert_int_equal(mail_letter(h, in).envelope_copy, 0);
	assert_int_equal(mail_letter(h, out).envelope_copy, 1);
	did(h,
	    run(h, "facility rule", "code", "ALI", "rule", "labels", "value",
		"yes", "source", "a letter from the mailroom", NULL),
	    "");
	did(h, run(h, "label print", "letter", in, "stock", "avery-5163", NULL),
	    "\"printed\":1");
}

static void
a_reprint_is_the_next_copy(void **state)
{
	struct house *h = *state;
	char number[64], scan[32];

	mail_receive(h, 1, MR_INSIDE, number);
	print(h, "sheet print", number);
	assert_null(strstr(text, "COPY"));
	print(h, "sheet print", number);
	assert_non_null(strstr(text, "COPY 2"));
	assert_int_equal(mail_letter(h, number).sheet_copy, 2);
	did(h,
	    run(h, "scan", "code",
		mail_scan(h, number, MR_PAYLOAD_STUB, 1, scan), NULL),
	    "OLD PAGE");
	did(h,
	    run(h, "scan", "code",
		mail_scan(h, number, MR_PAYLOAD_STUB, 2, scan), NULL),
	    number);
	assert_null(strstr(h->answer, "OLD PAGE"));
	refused(h, run(h, "sheet print", NULL), MR_USAGE, "--new");
	refused(h, run(h, "sheet print", "new", "", "letter", number, NULL),
	    MR_USAGE, "--new");
	did(h, run(h, "letter hold", "letter", number, "reason", "photo", NULL),
	    "");
	refused(h, run(h, "sheet print", "letter", number, NULL), MR_REFUSED,
	    "when it is cleared");
}

static unsigned char first[1 << 20];

static void
asked_twice(struct house *h, const char *what, const char *number)
{
	size_t len;
	int64_t events;

	h->request = what;
	print(h, what, number);
	h->request = NULL;
	len = mail_paper.len;
	assert_true(len < sizeof(first));
	memcpy(first, mail_paper.bytes, len);
	events = mail_events(h);
	h->now += 2 * MR_DAY_US;
	h->request = what;
	print(h, what, number);
	h->request = NULL;
	assert_int_equal(mail_events(h), events);
	assert_int_equal(mail_paper.len, len);
	assert_memory_equal(mail_paper.bytes, first, len);
}

static void
a_request_key_prints_the_same_bytes(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_as(h, "sam");
	number[0] = 'A';
	/* Two days on, its day number is another's: take the code. */
	did(h, run(h, "letter show", "letter", number, NULL), "code");
	house_value(h, "code", 0, number);
	asked_twice(h, "sheet print", number);
	asked_twice(h, "envelope print", number);
	asked_twice(h, "label print", number);
	assert_int_equal(mail_letter(h, number).sheet_copy, 1);
	assert_int_equal(mail_letter(h, number).envelope_copy, 2);
	did(h, run(h, "letter new", "to", "C1", "form", "add-your-id", NULL),
	    "code");
	house_value(h, "code", 0, number);
	asked_twice(h, "letter print", number);
}

/* After the letter has moved on, it is still the page of then. */
static void
a_page_drawn_again_is_the_page_of_then(void **state)
{
	struct house *h = *state;
	char number[64];
	size_t len;

	mail_receive(h, 1, MR_INSIDE, number);
	h->request = "p";
	print(h, "sheet print", number);
	h->request = NULL;
	len = mail_paper.len;
	memcpy(first, mail_paper.bytes, len);
	did(h, run(h, "letter finish", "letter", number, "sheets", "4", NULL),
	    "");
	did(h, run(h, "letter flag", "letter", number, "flag", "P", NULL),
	    "held");
	did(h,
	    run(h, "letter refuse", "letter", number, "back", "", NULL) == MR_OK
		? MR_BUG
		: MR_OK,
	    "");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    "");
	did(h, run(h, "letter refuse", "letter", number, "back", "", NULL), "");
	h->request = "p";
	print(h, "sheet print", number);
	h->request = NULL;
	assert_int_equal(mail_paper.len, len);
	assert_memory_equal(mail_paper.bytes, first, len);
}

/* Where the bytes are asked for, the rows are there: a second connection
 * sees them. */
static int64_t seen_prints;

static int
look_at_rows(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	struct house *h = to;
	struct mr *reader = NULL;
	struct mr *mine = h->mr;

	(void)name, (void)type, (void)bytes, (void)len, (void)secret;
	assert_int_equal(mr_reader_open(h->mr, &reader, &h->error), MR_OK);
	h->mr = reader;
	seen_prints = house_count(h, SQL_SCAN "SELECT COUNT(*) FROM print");
	h->mr = mine;
	mr_close(reader);
	return 0;
}

static void
print_rows_are_committed_before_the_bytes(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_INSIDE, number);
	mail_receive(h, 2, MR_INSIDE, number);
	h->document = look_at_rows;
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":2");
	assert_int_equal(seen_prints, 2);
	did(h, run(h, "envelope print", "letter", number, NULL),
	    "\"printed\":1");
	assert_int_equal(seen_prints, 3);
}

/* Told again, a run still says how many wait, though none of it was drawn. */
static void
a_run_that_only_held_says_again_how_many_wait(void **state)
{
	struct house *h = *state;
	char number[2][64], *was;

	mail_set(h, "pages-per-file", "1");
	mail_receive(h, 1, MR_OUTSIDE, number[0]);
	mail_receive(h, 2, MR_INSIDE, number[1]);
	did(h,
	    run(h, "facility rule", "code", "ALI", "rule", "max_sheets",
		"value", "1", "source", "their letter of today", NULL),
	    "");
	h->request = "night";
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":0");
	did(h, MR_OK, "\"left\":1");
	was = strdup(h->answer);
	assert_non_null(was);
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":0");
	h->request = NULL;
	assert_string_equal(h->answer, was);
	free(was);
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(no_paper_holds_a_value_of_the_other_side),
	    MAIL_TEST(a_letter_that_turned_round_shows_nothing_of_the_reader),
	    MAIL_TEST(an_office_letter_shows_only_its_reader),
	    MAIL_TEST(a_pen_name_is_no_street_and_no_number),
	    MAIL_TEST(a_pen_name_that_shows_the_address_is_a_leak),
	    MAIL_TEST(what_cannot_be_printed_is_held_and_the_rest_goes_on),
	    MAIL_TEST(labels_go_where_labels_are_taken),
	    MAIL_TEST(a_reprint_is_the_next_copy),
	    MAIL_TEST(a_request_key_prints_the_same_bytes),
	    MAIL_TEST(a_page_drawn_again_is_the_page_of_then),
	    MAIL_TEST(a_run_that_only_held_says_again_how_many_wait),
	    MAIL_TEST(print_rows_are_committed_before_the_bytes),
	};

	return cmocka_run_group_tests_name("print", tests, NULL, NULL);
}
