/*
 * Cards, slips and pages that a hand fills in: what stands on them, for whom,
 * and what does not.
 */
#include "test/mail.h"

#include "test/people.h"
#include "test/text_of.h"

static struct form_id_card
card(void)
{
	struct form_id_card c = {
	    .piece = {MARIA, FORM_INSIDE, wren_secrets, 3, 0},
	    .lang = FORM_EN,
	    .date = day,
	    .name = SHARED("MARIA", MARIA),
	    .id = OWNED("7HX-K2D-FWV", MARIA)};

	return c;
}

static struct form_slip
slip(void)
{
	struct form_slip s = {
	    .piece = {WREN, FORM_OUTSIDE, maria_secrets, 3, 0},
	    .lang = FORM_EN,
	    .date = day,
	    .writer = SHARED("WREN", WREN),
	    .slip = OURS("E3"),
	    .code = OURS("2CD-4HF-KMP-7RT"),
	    .number = OURS("A17"),
	    .kind = FORM_MONEY,
	    .count = 1,
	    .cents = 2000,
	    .fate = FORM_GOES_BACK,
	    .by = OURS("dolores"),
	    .found = day};

	return s;
}

static struct form_doc *
open_doc(void)
{
	struct form_fault fault;
	struct form_doc *doc = form_open(&people_setup, &fault);

	if (doc == NULL)
		fail_msg("%s", fault.message);
	return doc;
}

static void
card_is(const struct form_id_card *c, enum form_status want, const char *says)
{
	struct form_doc *doc = open_doc();
	struct form_fault fault = {0};

	assert_int_equal(form_id_card_add(doc, c, &fault), want);
	if (strstr(fault.message, says) == NULL)
		fail_msg("no %s in %s", says, fault.message);
	assert_int_equal(form_pages(doc), want == FORM_OK);
	form_free(doc);
}

static void
slip_is(const struct form_slip *s, enum form_status want, const char *says)
{
	struct form_doc *doc = open_doc();
	struct form_fault fault = {0};

	assert_int_equal(form_slip_add(doc, s, &fault), want);
	if (strstr(fault.message, says) == NULL)
		fail_msg("no %s in %s", says, fault.message);
	form_free(doc);
}

static void
a_card_needs_its_holder(void **state)
{
	struct form_id_card c = card();

	(void)state;
	card_is(&c, FORM_OK, "");
	c.id.s = NULL;
	card_is(&c, FORM_BADVALUE, "no forwarding ID");
	c = card();
	c.name.s = "";
	card_is(&c, FORM_BADVALUE, "no pen name");
	c = card();
	c.piece.addressee = 0;
	card_is(&c, FORM_BADVALUE, "no addressee");
}

static void
a_card_refuses_the_id_of_somebody_else(void **state)
{
	struct form_id_card c = card();

	(void)state;
	c.id.owner = WREN;
	card_is(&c, FORM_LEAK, "somebody else");
	c = card();
	c.name = (struct form_text)SHARED("Amara Quillfeather", WREN);
	card_is(&c, FORM_LEAK, "legal name");
}

static void
a_card_says_every_symbol_that_an_id_can_have(void **state)
{
	static const char alphabet[] = "2345678CDFHKMPRTVWX";
	char spaced[2 * sizeof(alphabet)];
	struct house *h = *state;
	size_t n = 0;

	did(h, run(h, "id card", "pairing", "P1", "side", "outside", NULL),
	    "\"cards\":1");
	text_of(mail_paper.bytes, mail_paper.len);
	for (size_t i = 0; text[i] != '\0'; i++)
		if (text[i] == '\n')
			text[i] = ' ';
	for (size_t i = 0; i < sizeof(alphabet) - 1; i++) {
		spaced[0] = ' ';
		spaced[1] = alphabet[i];
		spaced[2] = '\0';
		n += strstr(text, spaced) != NULL;
	}
	assert_int_equal(n, sizeof(alphabet) - 1);
	assert_non_null(strstr(text, "no 0, no 1, no 9 and no A, B, E"));
}

static void
cards_are_for_one_id_or_a_pairing(void **state)
{
	struct house *h = *state;
	char id[32], line[64];

	mail_id(h, 1, MR_INSIDE, id);
	snprintf(line, sizeof(line), "DEPT %s", id);
	did(h, run(h, "id card", "id", id, NULL), "\"cards\":1");
	assert_string_equal(mail_paper.name, "cards.pdf");
	assert_int_equal(mail_paper.secret, 0);
	text_of(mail_paper.bytes, mail_paper.len);
	assert_non_null(strstr(text, line));
	assert_non_null(strstr(text, "for Maria AA"));
	assert_null(strstr(text, "Wren"));
	did(h, run(h, "id card", "pairing", "P2", NULL), "\"cards\":2");
	text_of(mail_paper.bytes, mail_paper.len);
	assert_non_null(strstr(text, "for Wren AB"));
	assert_non_null(strstr(text, "for Maria AB"));
	did(h, run(h, "id card", "pairing", "P2", "side", "inside", NULL),
	    "\"cards\":1");
	refused(h, run(h, "id card", NULL), MR_USAGE, "--pairing");
	refused(h, run(h, "id card", "id", id, "side", "inside", NULL),
	    MR_USAGE, "--pairing");
	refused(h, run(h, "id card", "pairing", "P2", "side", "up", NULL),
	    MR_INVALID, "inside or outside");
	refused(h, run(h, "id card", "pairing", "P9", NULL), MR_NOTFOUND, "");
}

static void
no_card_of_an_id_that_is_stopped(void **state)
{
	struct house *h = *state;
	char id[32];

	mail_id(h, 1, MR_INSIDE, id);
	did(h, run(h, "id block", "code", id, "reason", "misused", NULL), id);
	refused(h, run(h, "id card", "id", id, NULL), MR_REFUSED, "is blocked");
	refused(h, run(h, "id card", "pairing", "P1", "side", "inside", NULL),
	    MR_REFUSED, "no active ID");
}

static void
amounts_are_said_in_words(void **state)
{
	static const struct {
		int64_t cents;
		const char *en, *es;
	} known[] = {
	    {1, "no dollars and 1 cent", "cero dólares con 1 centavo"},
	    {100, "one dollar and 0 cents", "un dólar con 0 centavos"},
	    {2000, "twenty dollars and 0 cents",
		"veinte dólares con 0 centavos"},
	    {2150, "twenty-one dollars and 50 cents",
		"veintiún dólares con 50 centavos"},
	    {10000, "one hundred dollars and 0 cents",
		"cien dólares con 0 centavos"},
	    {10100, "one hundred one dollars and 0 cents",
		"ciento un dólares con 0 centavos"},
	    {3100, "thirty-one dollars and 0 cents",
		"treinta y un dólares con 0 centavos"},
	    {100000, "one thousand dollars and 0 cents",
		"mil dólares con 0 centavos"},
	    {2151500,
		"twenty-one thousand five hundred fifteen dollars and 0 "
		"cents",
		"veintiún mil quinientos quince dólares con 0 centavos"},
	    {100000000, "one million dollars and 0 cents",
		"un millón de dólares con 0 centavos"},
	    {FORM_AMOUNT_MOST,
		"nine hundred ninety-nine million nine hundred ninety-nine "
		"thousand nine hundred ninety-nine dollars and 99 cents",
		"novecientos noventa y nueve millones novecientos noventa y "
		"nueve mil novecientos noventa y nueve dólares con 99 "
		"centavos"},
	};
	char s[256];

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		assert_int_equal(
		    form_amount(FORM_EN, known[i].cents, s, sizeof(s)), 0);
		assert_string_equal(s, known[i].en);
		assert_int_equal(
		    form_amount(FORM_ES, known[i].cents, s, sizeof(s)), 0);
		assert_string_equal(s, known[i].es);
	}
	assert_int_equal(form_amount(FORM_EN, -1, s, sizeof(s)), -1);
	assert_int_equal(
	    form_amount(FORM_EN, FORM_AMOUNT_MOST + 1, s, sizeof(s)), -1);
	assert_int_equal(form_amount(FORM_EN, 2000, s, 8), -1);
}

static void
a_slip_says_an_amount_or_is_refused(void **state)
{
	struct form_slip s = slip();

	(void)state;
	slip_is(&s, FORM_OK, "");
	s.cents = 0;
	slip_is(&s, FORM_BADVALUE, "no amount");
	s.cents = FORM_AMOUNT_MOST + 1;
	slip_is(&s, FORM_BADVALUE, "no amount");
	s = slip();
	s.kind = FORM_CARD;
	s.cents = -1;
	slip_is(&s, FORM_OK, "");
	s.count = 0;
	slip_is(&s, FORM_BADVALUE, "count");
	s = slip();
	s.piece.addressee = 0;
	slip_is(&s, FORM_BADVALUE, "no addressee");
	s = slip();
	s.writer = (struct form_text)OWNED("MARIA", MARIA);
	slip_is(&s, FORM_LEAK, "somebody else");
}

static void
a_slip_has_a_receipt_for_the_writer(void **state)
{
	struct house *h = *state;
	char number[64], code[64], *tear;

	mail_receive(h, 1, MR_INSIDE, number);
	house_value(h, "code", 0, code);
	did(h,
	    run(h, "enclosure add", "letter", number, "kind", "money", "money",
		"20.50", NULL),
	    "E1");
	did(h, run(h, "enclosure slip", "enclosure", "E1", NULL),
	    "\"disposition\":\"held\"");
	text_of(mail_paper.bytes, mail_paper.len);
	assert_non_null(strstr(text, "Slip E1"));
	tear = strstr(text, "TEAR HERE");
	assert_non_null(tear);
	assert_non_null(strstr(tear, code));
	assert_non_null(strstr(tear, "held, not decided"));
	assert_non_null(strstr(tear, "in A1"));
	*tear = '\0';
	assert_non_null(strstr(text, "$20.50 (twenty dollars and 50 cents)"));
	assert_non_null(strstr(text, "Maria AA"));
	assert_null(strstr(text, code));
	assert_null(strstr(text, "E1"));
	assert_null(strstr(text, "Wren"));
	assert_null(strstr(text, "ruth"));
}

static void
a_slip_needs_to_know_who_wrote(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter receive", "no_id", "", NULL), "A1");
	did(h, run(h, "enclosure add", "letter", "A1", "kind", "photo", NULL),
	    "E1");
	refused(h, run(h, "enclosure slip", "enclosure", "E1", NULL),
	    MR_REFUSED, "letter identify");
	refused(h, run(h, "enclosure slip", "enclosure", "E9", NULL),
	    MR_NOTFOUND, "E9");
}

static void
a_page_to_fill_in_needs_its_code(void **state)
{
	struct form_blank b = {.lang = FORM_EN,
	    .date = day,
	    .code = OURS("2CD-4HF-KMP-7RT"),
	    .payload = OURS("L2CD4HFKMP7RT3WXTVHK"),
	    .number = OURS("12")};
	struct form_fault fault = {0};
	struct form_doc *doc = open_doc();

	(void)state;
	assert_int_equal(form_blank_add(doc, &b, &fault), FORM_OK);
	b.code.s = NULL;
	assert_int_equal(form_blank_add(doc, &b, &fault), FORM_BADVALUE);
	assert_non_null(strstr(fault.message, "no letter code"));
	b.code.s = "2CD-4HF-KMP-7RT";
	b.payload.s = "L2CD";
	assert_int_equal(form_blank_add(doc, &b, &fault), FORM_BADVALUE);
	assert_int_equal(form_pages(doc), 1);
	form_free(doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_card_needs_its_holder),
	    cmocka_unit_test(a_card_refuses_the_id_of_somebody_else),
	    MAIL_TEST(a_card_says_every_symbol_that_an_id_can_have),
	    MAIL_TEST(cards_are_for_one_id_or_a_pairing),
	    MAIL_TEST(no_card_of_an_id_that_is_stopped),
	    cmocka_unit_test(amounts_are_said_in_words),
	    cmocka_unit_test(a_slip_says_an_amount_or_is_refused),
	    MAIL_TEST(a_slip_has_a_receipt_for_the_writer),
	    MAIL_TEST(a_slip_needs_to_know_who_wrote),
	    cmocka_unit_test(a_page_to_fill_in_needs_its_code),
	};

	return cmocka_run_group_tests_name("cards", tests, NULL, NULL);
}
