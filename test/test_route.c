/*
 * The rule router: what a facility asks decides how a letter goes, and what
 * breaks a rule is held by it before any paper exists.
 */
#include "test/route.h"

#include "lib/route.h"
#include "test/text_of.h"

static void
envelope(struct house *h, const char *number)
{
	did(h, run(h, "envelope print", "letter", number, NULL),
	    "\"printed\":1");
	text_of(mail_paper.bytes, mail_paper.len);
}

static void
on_paper(const char *want)
{
	if (strstr(text, want) == NULL)
		fail_msg("no %s in %s", want, text);
}

/* The QR on what was printed, read by another program; "": none. */
static const char *
scanned(char code[64])
{
	char name[] = "/tmp/mailroom-qr-XXXXXX", command[256];
	int fd = mkstemp(name);
	FILE *out;
	size_t n;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, mail_paper.bytes, mail_paper.len),
	    (ssize_t)mail_paper.len);
	close(fd);
	snprintf(command, sizeof(command),
	    "pdftoppm -r 200 -gray -singlefile %s %s && "
	    "zbarimg --nodbus -q --raw %s.pgm; rm -f %s.pgm",
	    name, name, name, name);
	out = popen(command, "r");
	assert_non_null(out);
	n = fread(code, 1, 63, out);
	code[n] = '\0';
	pclose(out);
	unlink(name);
	code[strcspn(code, "\n")] = '\0';
	return code;
}

static void
no_code_goes_in_until_the_facility_agreed(void **state)
{
	struct house *h = *state;
	char number[64], want[32], code[64];

	letter(h, "2", number);
	envelope(h, number);
	assert_string_equal(scanned(code), "");
	rule(h, "code_on_piece", "yes");
	envelope(h, number);
	assert_string_equal(
	    scanned(code), mail_scan(h, number, MR_PAYLOAD_ENVELOPE, 2, want));
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
	did(h, mail_try(h, number, want), "\"verdict\":\"MATCH\"");
	mail_sound(h);
}

static void
labels_go_where_they_are_taken(void **state)
{
	struct house *h = *state;
	char number[64];

	letter(h, "2", number);
	refused(h,
	    run(h, "label print", "letter", number, "stock", "avery-5163",
		NULL),
	    MR_REFUSED, "no adhesive labels");
	rule(h, "labels", "yes");
	did(h,
	    run(h, "label print", "letter", number, "stock", "avery-5163",
		NULL),
	    "\"printed\":1");
}

static void
the_endorsement_is_the_one_that_was_asked_for(void **state)
{
	struct house *h = *state;
	char number[64];

	letter(h, "2", number);
	envelope(h, number);
	on_paper("RETURN SERVICE REQUESTED");
	rule(h, "endorsement", "address-service");
	envelope(h, number);
	on_paper("ADDRESS SERVICE REQUESTED");
	assert_null(strstr(text, "RETURN SERVICE"));
	rule(h, "endorsement", "none");
	envelope(h, number);
	assert_null(strstr(text, "SERVICE REQUESTED"));
}

static void
a_pen_name_stands_first_where_it_is_asked_for(void **state)
{
	struct house *h = *state;
	const char *at;
	char number[64];

	letter(h, "2", number);
	envelope(h, number);
	assert_null(strstr(text, "WREN AA"));
	rule(h, "sender_line", "pen-name");
	envelope(h, number);
	on_paper("WREN AA");
	at = strstr(text, "BRIDGE LETTERS");
	assert_non_null(at);
	assert_true(strstr(text, "WREN AA") < at);
	/* Not on what we write ourselves. */
	did(h, run(h, "letter new", "to", "C4", "form", "add-your-id", NULL),
	    "A2");
	envelope(h, "A2");
	assert_null(strstr(text, "WREN AA"));
}

static void
the_seventh_sheet_is_held_before_any_paper_exists(void **state)
{
	struct house *h = *state;
	char number[64], id[32];

	rule(h, "max_sheets", "6");
	letter(h, "6", number);
	stands(h, number, "cleared");
	letter(h, "7", number);
	stands(h, number, "held facility-rule");
	did(h, MR_OK,
	    "\"say\":\"A2. This prison takes at most 6 sheets in a letter. "
	    "Red tray, ask the coordinator. Sheets: 7.\"");
	/* Counted after it was logged. */
	later(h, 10);
	did(h,
	    run(h, "letter receive", "id", mail_id(h, 1, MR_OUTSIDE, id), NULL),
	    "A3");
	did(h, run(h, "letter finish", "letter", "A3", "sheets", "7", NULL),
	    "This prison takes at most 6 sheets in a letter. Red tray");
	stands(h, "A3", "held facility-rule");
	did(h, run(h, "letter show", "letter", "A3", NULL),
	    "\"rule\":\"max_sheets\",\"why\":\"This prison takes at most 6");
	did(h, run(h, "letter history", "letter", "A3", NULL),
	    "held: facility-rule, 7 sheets counted, the facility's rule "
	    "max_sheets");
	refused(h, run(h, "letter release", "letter", "A3", NULL), MR_REFUSED,
	    "at most 6 sheets");
	assert_int_equal(
	    house_count(h, SQL_SCAN "SELECT COUNT(*) FROM print"), 0);
	mail_sound(h);
}

static void
a_rule_that_came_later_holds_at_the_printer(void **state)
{
	struct house *h = *state;
	char number[64];

	letter(h, "7", number);
	stands(h, number, "cleared");
	rule(h, "max_sheets", "6");
	did(h, run(h, "sheet print", "new", "yes", NULL), "\"printed\":0");
	did(h, MR_OK,
	    "\"reason\":\"facility-rule\",\"say\":\"This prison takes at most "
	    "6 sheets in a letter.\"");
	stands(h, number, "held facility-rule");
	rule(h, "max_sheets", "8");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
	did(h, run(h, "letter show", "letter", number, NULL), "\"rule\":null");
	did(h, run(h, "sheet print", "new", "yes", NULL), "\"printed\":1");
}

static void
cards_stay_where_they_are_not_taken(void **state)
{
	struct house *h = *state;
	char number[64];

	rule(h, "cards", "no");
	letter(h, "2", number);
	did(h, run(h, "enclosure add", "letter", number, "kind", "card", NULL),
	    "card");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"forward", NULL),
	    "forward");
	did(h, run(h, "sheet print", "letter", number, NULL),
	    "\"say\":\"This prison takes no greeting cards.\"");
	did(h,
	    run(h, "enclosure settle", "enclosure", "E1", "disposition",
		"return", NULL),
	    "return");
	did(h, run(h, "letter release", "letter", number, NULL), "cleared");
	did(h, run(h, "sheet print", "letter", number, NULL), "\"printed\":1");
}

static void
one_letter_a_week_means_seven_days(void **state)
{
	struct house *h = *state;
	char number[2][64];

	rule(h, "letters_a_week", "1");
	letter(h, "2", number[0]);
	letter(h, "2", number[1]);
	stands(h, number[0], "cleared");
	stands(h, number[1], "held facility-rule");
	did(h, MR_OK,
	    "This prison takes at most 1 letter from one writer in seven days");
	mail_seal(h, number[0]);
	did(h, run(h, "batch close", NULL), "\"letters\":1");
	later(h, 6 * 86400);
	refused(h, run(h, "letter release", "letter", number[1], NULL),
	    MR_REFUSED, "in seven days");
	later(h, 86400 + 60);
	did(h, run(h, "letter release", "letter", number[1], NULL), "cleared");
	mail_seal(h, number[1]);
	mail_sound(h);
}

static void
a_window_and_a_large_envelope_are_refused_inside(void **state)
{
	struct house *h = *state;
	struct mr_call *c = house_begin(h);
	struct mr_route route;
	int64_t ali;

	assert_int_equal(mr_facility_by_code(c, "ALI", &ali), MR_OK);
	assert_int_equal(mr_route_to(c, ali, c->today, &route), MR_OK);
	assert_int_equal(mr_route_envelope(&route, 241.3, 104.8, 0), 0);
	assert_int_equal(
	    mr_route_envelope(&route, 241.3, 104.8, 1), MR_RULE_WINDOW);
	assert_int_equal(mr_route_envelope(&route, 229, 152, 0), 0);
	route.rules.value[MR_RULE_LARGEST_ENVELOPE] = MR_LARGEST_10;
	assert_int_equal(
	    mr_route_envelope(&route, 229, 152, 0), MR_RULE_LARGEST_ENVELOPE);
	assert_int_equal(mr_route_envelope(&route, 241.3, 104.8, 0), 0);
	assert_int_equal(mr_route_to(c, 0, c->today, &route), MR_OK);
	assert_int_equal(mr_route_envelope(&route, 324, 229, 1), 0);
	house_end(c);
}

static void
a_window_is_for_letters_that_go_out(void **state)
{
	struct house *h = *state;
	char in[64], out[64];

	letter(h, "2", in);
	mail_receive(h, 1, MR_INSIDE, out);
	refused(h,
	    run(h, "envelope print", "letter", in, "envelope", "10-window",
		NULL),
	    MR_REFUSED,
	    "A1: This prison takes no envelope with a window. Print it on "
	    "another one: --envelope 10");
	did(h,
	    run(h, "envelope print", "cleared", "yes", "envelope", "10-window",
		NULL),
	    "\"printed\":1");
	assert_int_equal(mail_letter(h, in).envelope_copy, 0);
	assert_int_equal(mail_letter(h, out).envelope_copy, 1);
	refused(h,
	    run(h, "envelope print", "cleared", "yes", "envelope", "10-window",
		NULL),
	    MR_REFUSED, "waits for such an envelope");
	did(h, run(h, "envelope print", "cleared", "yes", NULL),
	    "\"printed\":1");
	rule(h, "window", "yes");
	did(h,
	    run(h, "envelope print", "letter", in, "envelope", "10-window",
		NULL),
	    "\"printed\":1");
}

static void
the_route_tells_each_rule_its_day_and_source(void **state)
{
	struct house *h = *state;
	char number[64];

	letter(h, "2", number);
	did(h, run(h, "letter route", "letter", number, NULL),
	    "\"decided\":\"it may go on\"");
	did(h, MR_OK,
	    "{\"what\":\"piece\",\"decided\":\"an envelope, no adhesive "
	    "label\",\"rule\":\"labels\",\"since\":\"2024-11-01\"");
	did(h, MR_OK,
	    "\"decided\":\"no window\",\"rule\":\"window\",\"since\":null,"
	    "\"source\":\"not set\"");
	rule(h, "max_sheets", "1");
	did(h, run(h, "letter route", "letter", number, NULL),
	    "\"decided\":\"This prison takes at most 1 sheet in a letter.\","
	    "\"rule\":\"max_sheets\",\"since\":\"2026-11-23\","
	    "\"source\":\"their letter of today\"");
	did(h,
	    run(h, "letter route", "letter", number, "day", "2024-10-31", NULL),
	    "\"decided\":\"no-limit\",\"rule\":\"max_sheets\",\"since\":null,"
	    "\"source\":\"not set\"");
	mail_receive(h, 1, MR_INSIDE, number);
	did(h, run(h, "letter route", "letter", number, NULL),
	    "\"decided\":\"an envelope or a label\",\"rule\":\"labels\","
	    "\"since\":null,\"source\":\"goes to no facility\"");
	assert_null(strstr(h->answer, "greeting cards"));
}

static void
a_facility_shows_every_rule_without_a_change(void **state)
{
	struct house *h = *state;
	int64_t events = mail_events(h);

	did(h, run(h, "facility rule", "code", "ALI", NULL),
	    "\"rule\":\"endorsement\",\"value\":\"return-service\","
	    "\"from\":null,\"source\":\"not set\"");
	did(h, MR_OK, "\"rule\":\"plain_white\",\"value\":\"yes\"");
	did(h, run(h, "facility rule", "code", "ALI", "rule", "tape", NULL),
	    "\"rules\":[{\"rule\":\"tape\",\"value\":\"yes\"");
	assert_int_equal(mail_events(h), events);
	refused(h,
	    run(h, "facility rule", "code", "ALI", "rule", "tape", "value",
		"no", NULL),
	    MR_USAGE, "source");
	refused(h,
	    run(h, "facility rule", "code", "ALI", "rule", "endorsement",
		"value", "change", "source", "x", NULL),
	    MR_INVALID, "return-service, address-service, temp-return");
}

static void
the_bench_is_told_what_the_envelope_must_be(void **state)
{
	struct house *h = *state;
	char number[64], stub[32];

	rule(h, "tape", "no");
	letter(h, "2", number);
	mail_print(h, number);
	did(h,
	    run(h, "letter seal", "stub",
		mail_scan(h, number, MR_PAYLOAD_STUB, 1, stub), NULL),
	    "Plain white envelope. No tape, no staples.");
}

static void
a_place_that_is_not_federal_gets_no_federal_rules(void **state)
{
	struct house *h = *state;

	h->csv = "code,name,kind,security,street,city,state,zip\n"
		 "OAKS,Oak State Prison,State prison,Medium,1 OAK RD,OAKS,OR,"
		 "97301\n";
	did(h, run(h, "facility import", "file", "f.csv", NULL), "");
	did(h, run(h, "facility rule", "code", "OAKS", NULL),
	    "\"rule\":\"labels\",\"value\":\"no\",\"from\":null");
	assert_null(strstr(h->answer, "BOP"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(no_code_goes_in_until_the_facility_agreed),
	    MAIL_TEST(labels_go_where_they_are_taken),
	    MAIL_TEST(the_endorsement_is_the_one_that_was_asked_for),
	    MAIL_TEST(a_pen_name_stands_first_where_it_is_asked_for),
	    MAIL_TEST(the_seventh_sheet_is_held_before_any_paper_exists),
	    MAIL_TEST(a_rule_that_came_later_holds_at_the_printer),
	    MAIL_TEST(cards_stay_where_they_are_not_taken),
	    MAIL_TEST(one_letter_a_week_means_seven_days),
	    MAIL_TEST(a_window_and_a_large_envelope_are_refused_inside),
	    MAIL_TEST(a_window_is_for_letters_that_go_out),
	    MAIL_TEST(the_route_tells_each_rule_its_day_and_source),
	    MAIL_TEST(a_facility_shows_every_rule_without_a_change),
	    MAIL_TEST(the_bench_is_told_what_the_envelope_must_be),
	    MAIL_TEST(a_place_that_is_not_federal_gets_no_federal_rules),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
