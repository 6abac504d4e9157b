/*
 * Letters that the office writes: each form to both sides, in both languages,
 * on both papers; to one or many; of nobody else's letter, pairing or
 * enclosure; drawn again as they were.
 */
#define _GNU_SOURCE /* strcasestr */
#include "test/letters.h"

#include <sys/stat.h>

/* What each reader of pairing 1 gets; forms that need nothing else first. */
static const struct {
	const char *form, *flag, *value, *en, *es;
} letters[] = {
    {"welcome", NULL, NULL, "Welcome to Bridge Letters",
	"bienvenida a Bridge Letters"},
    {"waiting-list", NULL, NULL, "looking for a pen pal",
	"Gracias por su paciencia"},
    {"introduction", NULL, NULL, "birds", "birds"},
    {"add-your-id", NULL, NULL, "yours alone", "solo suya"},
    {"new-address", NULL, NULL, "where you", "Mientras tanto"},
    {"enclosure-returned", "enclosure", "E1", "$20.00", "$20.00"},
    {"money-received", "enclosure", "E1", "$20.00", "$20.00"},
    {"letter-held", "about", "A1", "it shows an address",
	"en ella se ve una direcci"},
    {"letter-refused", "about", "A2", "a label or a sticker",
	"una etiqueta o una calcoman"},
    {"pairing-ended", "pairing", "P1", "come to an end", "ha terminado"},
};
#define NLETTERS (sizeof(letters) / sizeof(letters[0]))

static void
one_reader(struct house *h, int kind, const char *language)
{
	const char *person = kind == MR_INSIDE ? "C4" : "C1";
	char number[2][64];

	did(h,
	    run(h, "correspondent update", "person", person, "language",
		language, NULL),
	    "");
	held_with_money(h, 1, kind, number[0]);
	refused_by_the_prison(h, 1, kind, number[1]);
	for (size_t i = 0; i < NLETTERS; i++) {
		const char *value = letters[i].value;

		if (letters[i].flag != NULL && value[0] == 'A')
			value = number[value[1] - '1'];
		if (strcmp(letters[i].form, "pairing-ended") == 0)
			did(h,
			    run(h, "pairing end", "pairing", "P1", "reason",
				"mutual", NULL),
			    "");
		did(h,
		    run(h, "letter new", "to", person, "form", letters[i].form,
			letters[i].flag, value, NULL),
		    "\"state\":\"cleared\"");
		print_new(h, "\"printed\":1");
		if (strstr(text,
			language[1] == 's' ? letters[i].es : letters[i].en) ==
		    NULL)
			fail_msg("%s: %s", letters[i].form, text);
		assert_null(strpbrk(text, "{}"));
		shows_nothing_of(0, kind == MR_OUTSIDE);
		assert_in_range(keeps_its_margins(), 1, 2);
	}
	refused(h, run(h, "letter print", "new", "", NULL), MR_REFUSED,
	    "no letter of ours waits");
	mail_sound(h);
}

static void
every_letter_outside_in_english(void **state)
{
	one_reader(*state, MR_OUTSIDE, "en");
}

static void
every_letter_outside_in_spanish(void **state)
{
	one_reader(*state, MR_OUTSIDE, "es");
}

static void
every_letter_inside_in_english_on_a4(void **state)
{
	mail_set(*state, "paper", "a4");
	one_reader(*state, MR_INSIDE, "en");
}

static void
every_letter_inside_in_spanish_on_a4(void **state)
{
	mail_set(*state, "paper", "a4");
	one_reader(*state, MR_INSIDE, "es");
}

/* Refused with this status and sentence, and nothing was written. */
static void
not_written(struct house *h, enum mr_status status, const char *told,
    const char *to, const char *form, const char *flag, const char *value)
{
	int64_t events = mail_events(h);

	refused(h,
	    run(h, "letter new", "form", form, to != NULL ? "to" : flag,
		to != NULL ? to : value, to != NULL ? flag : NULL, value, NULL),
	    status, told);
	assert_int_equal(mail_events(h), events);
}

static void
nothing_of_somebody_else_can_be_named(void **state)
{
	struct house *h = *state;
	char held[64];

	held_with_money(h, 1, MR_OUTSIDE, held);
	not_written(h, MR_REFUSED, "C4 did not write letter A1", "C4",
	    "letter-held", "about", held);
	not_written(h, MR_REFUSED, "did not write", "C2", "enclosure-returned",
	    "enclosure", "E1");
	not_written(h, MR_REFUSED, "C2 is not one of pairing P1", "C2",
	    "introduction", "pairing", "P1");
	not_written(h, MR_REFUSED, "did not write", "C1,C2", "letter-held",
	    "about", held);
	did(h, run(h, "letter new", "form", "letter-held", "about", held, NULL),
	    "\"to\":\"Wren AA\"");
	not_written(h, MR_REFUSED, "one that we wrote", NULL, "letter-held",
	    "about", "A2");
	did(h, run(h, "letter receive", "no_id", "", NULL), "A3");
	not_written(h, MR_REFUSED, "letter identify", NULL, "letter-held",
	    "about", "A3");
}

static void
what_a_letter_needs_is_asked_for_by_its_flag(void **state)
{
	struct house *h = *state;
	char number[64];

	not_written(
	    h, MR_USAGE, "--about A17", "C1", "letter-held", NULL, NULL);
	not_written(
	    h, MR_USAGE, "--enclosure E5", "C1", "money-received", NULL, NULL);
	not_written(h, MR_USAGE, "say to whom", NULL, "welcome", NULL, NULL);
	not_written(
	    h, MR_USAGE, "--about A17", NULL, "letter-held", NULL, NULL);
	not_written(
	    h, MR_USAGE, "--pairing P45", "both", "introduction", NULL, NULL);
	not_written(h, MR_NOTFOUND, "C99", "C1,C99", "welcome", NULL, NULL);
	not_written(h, MR_INVALID, "there are: welcome, waiting-list", "C1",
	    "farewell", NULL, NULL);
	not_written(h, MR_REFUSED, "has not ended", "C1", "pairing-ended",
	    "pairing", "P1");
	mail_receive(h, 1, MR_OUTSIDE, number);
	not_written(
	    h, MR_REFUSED, "is cleared", NULL, "letter-held", "about", number);
	not_written(h, MR_REFUSED, "no prison has refused", NULL,
	    "letter-refused", "about", number);
	did(h, run(h, "enclosure add", "letter", number, "kind", "photo", NULL),
	    "E1");
	not_written(h, MR_REFUSED, "enclosure settle E1 return", NULL,
	    "enclosure-returned", "enclosure", "E1");
	not_written(h, MR_REFUSED, "E1 is no money", NULL, "money-received",
	    "enclosure", "E1");
	did(h, run(h, "pairing open", "outside", "C1", "inside", "C5", NULL),
	    "P4");
	not_written(h, MR_USAGE, "C1 has several pen pals", "C1", "add-your-id",
	    NULL, NULL);
	did(h,
	    run(h, "letter new", "to", "C1", "form", "add-your-id", "pairing",
		"P4", NULL),
	    "A2");
	did(h, run(h, "pairing end", "pairing", "P3", "reason", "died", NULL),
	    "");
	not_written(h, MR_REFUSED, "C6 has no pen pal", "C6", "introduction",
	    NULL, NULL);
	not_written(h, MR_REFUSED, "P3 has ended", "C6", "introduction",
	    "pairing", "P3");
	did(h,
	    run(h, "correspondent close", "person", "C6", "reason", "died",
		NULL),
	    "");
	not_written(h, MR_REFUSED, "C6 has died", "C6", "pairing-ended",
	    "pairing", "P3");
}

static void
many_get_it_at_once_and_nobody_twice(void **state)
{
	struct house *h = *state;
	char value[64];

	did(h, run(h, "letter new", "to", "C1, C5,C1", "form", "welcome", NULL),
	    "A1");
	assert_string_equal(house_value(h, "number", 1, value), "A2");
	assert_string_equal(house_value(h, "to", 1, value), "Maria AB");
	assert_null(strstr(h->answer, "A3"));
	did(h,
	    run(h, "letter new", "to", "both", "form", "introduction",
		"pairing", "P3", NULL),
	    "A3");
	assert_non_null(strstr(h->answer, "A4"));
	/* Everyone but the two who had it. */
	did(h, run(h, "letter new", "to", "everyone", "form", "welcome", NULL),
	    "2 of the group left out");
	assert_non_null(strstr(h->answer, "A8"));
	assert_null(strstr(h->answer, "A9"));
	not_written(
	    h, MR_REFUSED, "nobody of them", "inside", "welcome", NULL, NULL);
	h->now += (int64_t)91 * MR_DAY_US;
	did(h, run(h, "letter new", "to", "inside", "form", "welcome", NULL),
	    "\"number\":\"A3\"");
	assert_null(strstr(h->answer, "A4"));
	not_written(h, MR_REFUSED, "nobody of them", "waiting", "waiting-list",
	    NULL, NULL);
	did(h, run(h, "pairing end", "pairing", "P2", "reason", "mutual", NULL),
	    "");
	did(h,
	    run(h, "letter new", "to", "waiting", "form", "waiting-list", NULL),
	    "\"to\":\"Wren AB\"");
	assert_non_null(strstr(h->answer, "Maria AB"));
	print_new(h, "\"printed\":13");
	mail_sound(h);
}

/* In the order of the stubs, and each letter once. */
static void
pages_come_in_the_order_of_their_stubs(void **state)
{
	struct house *h = *state;
	const char *at = text;

	did(h,
	    run(h, "letter new", "to", "C3,C1,C5", "form", "waiting-list",
		NULL),
	    "A3");
	print_new(h, "\"printed\":3");
	assert_non_null(at = strstr(at, "Wren AC"));
	assert_non_null(at = strstr(at, "Wren AA"));
	assert_non_null(strstr(at, "Maria AB"));
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":3");
	text_of(mail_paper.bytes, mail_paper.len);
	assert_non_null(at = strstr(text, "Wren AC"));
	assert_non_null(at = strstr(at, "Wren AA"));
	assert_non_null(strstr(at, "Maria AB"));
	did(h, run(h, "letter print", "letter", "A2", NULL), "\"printed\":1");
	did(h, run(h, "letter history", "letter", "A2", NULL),
	    "page printed, copy 2");
	did(h, MR_OK, "office letter begun as A2: waiting-list");
}

/* A welcome with an ID has two pages: the stub has to say so. */
static void
a_stub_counts_the_pages(void **state)
{
	struct house *h = *state;

	did(h, run(h, "letter new", "to", "C4", "form", "welcome", NULL), "A1");
	did(h, run(h, "sheet print", "letter", "A1", NULL), "\"printed\":1");
	did(h, run(h, "letter print", "letter", "A1", NULL), "\"printed\":1");
	assert_int_equal(keeps_its_margins(), 2);
	assert_int_equal(mail_letter(h, "A1").sheets, 2);
	did(h, run(h, "sheet print", "new", "", NULL), "\"printed\":1");
	did(h,
	    run(h, "sheet print", "new", "", NULL) == MR_REFUSED ? MR_OK
								 : MR_BUG,
	    "");
}

/* The letter that it is about has moved on, the enclosure was decided anew. */
static void
a_page_asked_for_again_is_the_page_of_then(void **state)
{
	static unsigned char first[1 << 20];
	struct house *h = *state;
	char held[64];
	size_t len;

	refused_by_the_prison(h, 1, MR_OUTSIDE, held);
	did(h,
	    run(h, "letter new", "form", "letter-refused", "about", held, NULL),
	    "\"number\":\"A3\"");
	h->request = "page";
	print_new(h, "\"printed\":1");
	assert_non_null(strstr(text, "December 23, 2026")); /* to object */
	len = mail_paper.len;
	memcpy(first, mail_paper.bytes, len);
	h->request = NULL;
	did(h, run(h, "letter refuse", "letter", held, "back", "", NULL), "");
	house_value(h, "code", 0, held);
	h->now += 2 * MR_DAY_US;
	h->request = "page";
	print_new(h, "\"printed\":1");
	h->request = NULL;
	assert_int_equal(mail_paper.len, len);
	assert_memory_equal(mail_paper.bytes, first, len);
	/* Once it is too late to object, a letter does not say so. */
	h->now += 40 * MR_DAY_US;
	did(h,
	    run(h, "letter new", "form", "letter-refused", "about", held, NULL),
	    "\"state\":\"cleared\"");
	print_new(h, "\"printed\":1");
	assert_non_null(strstr(text, "November 23, 2026"));
	assert_null(strstr(text, "appealed"));
	mail_sound(h);
}

/* The address that came back is asked after by letter, and by no other. */
static void
only_the_question_goes_to_an_address_in_doubt(void **state)
{
	struct house *h = *state;
	char number[64];

	mail_receive(h, 1, MR_OUTSIDE, number);
	mail_seal(h, number);
	did(h, run(h, "batch close", NULL), "");
	did(h,
	    run(h, "letter return", "letter", number, "sticker", "yellow",
		"reason", "attempted-not-known", NULL),
	    "");
	did(h, run(h, "letter new", "to", "C4", "form", "welcome", NULL),
	    "\"reason\":\"address-suspect\"");
	did(h, run(h, "letter new", "to", "C4", "form", "new-address", NULL),
	    "\"state\":\"cleared\"");
	print_new(h, "\"printed\":1");
	assert_non_null(strstr(text, "register number"));
}

/* Its stub and its envelope match, and there is nothing to put in. */
static void
a_letter_of_ours_is_not_sealed_without_its_page(void **state)
{
	struct house *h = *state;
	char envelope[32];

	did(h, run(h, "letter new", "to", "C1", "form", "welcome", NULL), "A1");
	mail_print(h, "A1");
	refused(h, mail_try(h, "A1", mail_envelope(h, "A1", envelope)),
	    MR_REFUSED,
	    "letter A1 has no page yet: 'mailroom letter print A1'");
	stands(h, "A1", "cleared");
	print_new(h, "\"printed\":1");
	did(h, run(h, "sheet print", "letter", "A1", NULL), "\"printed\":1");
	did(h, mail_try(h, "A1", mail_envelope(h, "A1", envelope)),
	    "\"verdict\":\"MATCH\"");
	mail_sound(h);
}

/* What goes back in the envelope stands on the stub. */
static void
the_stub_tells_what_goes_back(void **state)
{
	struct house *h = *state;
	char held[64];

	held_with_money(h, 1, MR_OUTSIDE, held);
	did(h,
	    run(h, "letter new", "form", "enclosure-returned", "enclosure",
		"E1", NULL),
	    "\"number\":\"A2\"");
	did(h, run(h, "sheet print", "letter", "A2", NULL), "\"printed\":1");
	text_of(mail_paper.bytes, mail_paper.len);
	assert_non_null(strstr(text, "$20.00"));
}

static void
write_file(struct house *h, const char *name, const char *words)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/forms", h->dir);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/forms/%s", h->dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(words, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
an_office_writes_letters_of_its_own(void **state)
{
	struct house *h = *state;
	char path[128];

	write_file(h, "wording-en.txt",
	    "letter.summer.1 = We are away in {city} all summer.\n"
	    "letter.summer.2 = {pal} knows.\n"
	    "letter.summer.3.inside = Stay well.\n");
	not_written(h, MR_INVALID,
	    "forms/wording-es.txt: the key letter.summer.1 is missing; "
	    "forms/wording-en.txt:1",
	    "C1", "summer", NULL, NULL);
	write_file(h, "wording-es.txt",
	    "letter.summer.1 = No estamos.\nletter.summer.2 = -\n");
	did(h, run(h, "letter new", "to", "outside", "form", "summer", NULL),
	    "\"form\":\"summer\"");
	print_new(h, "\"printed\":3");
	assert_non_null(strstr(text, "We are away in Danbury all summer."));
	assert_non_null(strstr(text, "Maria AB knows."));
	assert_null(strstr(text, "Stay well"));
	did(h,
	    run(h, "correspondent update", "person", "C4", "language", "es",
		NULL),
	    "");
	did(h, run(h, "letter new", "to", "C4", "form", "summer", NULL), "A4");
	print_new(h, "\"printed\":1");
	assert_non_null(strstr(text, "No estamos."));
	mail_seal(h, "A1");
	mail_sound(h);
	snprintf(path, sizeof(path), "rm -r %s/forms", h->dir);
	assert_int_equal(system(path), 0);
}

static void
a_name_that_ends_in_a_full_stop_gets_no_second_one(void **state)
{
	struct house *h = *state;

	did(h,
	    run(h, "correspondent update", "person", "C1", "pen_name",
		"Wren Q.", NULL),
	    "");
	did(h, run(h, "letter new", "to", "C1", "form", "welcome", NULL), "");
	print_new(h, "\"printed\":1");
	assert_non_null(strstr(text, "Yours is Wren Q."));
	assert_null(strstr(text, ".."));
}

static void
a_screen_says_where_our_words_end(void **state)
{
	struct house *h = *state;
	const char *note = "in English, since we have no words in vi";
	char number[64];

	did(h,
	    run(h, "correspondent add", "kind", "outside", "pen_name", "Tern",
		"legal_name", "Amara Quillbrook", "street", "12 Foundry Ct",
		"city", "Osseo", "state", "MN", "zip", "56613", "language",
		"vi", NULL),
	    note);
	did(h, run(h, "correspondent show", "person", "C7", NULL), note);
	did(h, run(h, "correspondent show", "person", "C1", NULL),
	    "\"note\":null");
	did(h, run(h, "letter new", "to", "C7,C1", "form", "welcome", NULL),
	    note);
	did(h, MR_OK, "\"note\":null");
	print_new(h, "1 in English, since we have no words in vi");
	mail_receive(h, 2, MR_INSIDE, number);
	did(h, run(h, "sheet print", "letter", number, NULL), "\"note\":null");
	did(h, run(h, "sheet print", "new", "", NULL),
	    "1 in English, since we have no words in vi");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    MAIL_TEST(every_letter_outside_in_english),
	    MAIL_TEST(every_letter_outside_in_spanish),
	    MAIL_TEST(every_letter_inside_in_english_on_a4),
	    MAIL_TEST(every_letter_inside_in_spanish_on_a4),
	    MAIL_TEST(nothing_of_somebody_else_can_be_named),
	    MAIL_TEST(what_a_letter_needs_is_asked_for_by_its_flag),
	    MAIL_TEST(many_get_it_at_once_and_nobody_twice),
	    MAIL_TEST(pages_come_in_the_order_of_their_stubs),
	    MAIL_TEST(a_stub_counts_the_pages),
	    MAIL_TEST(a_page_asked_for_again_is_the_page_of_then),
	    MAIL_TEST(only_the_question_goes_to_an_address_in_doubt),
	    MAIL_TEST(a_letter_of_ours_is_not_sealed_without_its_page),
	    MAIL_TEST(the_stub_tells_what_goes_back),
	    MAIL_TEST(an_office_writes_letters_of_its_own),
	    MAIL_TEST(a_name_that_ends_in_a_full_stop_gets_no_second_one),
	    MAIL_TEST(a_screen_says_where_our_words_end),
	};

	return cmocka_run_group_tests_name("office letters", tests, NULL, NULL);
}
