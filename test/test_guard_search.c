/*
 * The leak guard's search: the other side's secrets in what is drawn, however
 * they are written there, and no false alarm.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "test/people.h"

static struct form_fault fault;

static int
setup(void **state)
{
	*state = form_open(&people_setup, &fault);
	return *state == NULL;
}

static int
teardown(void **state)
{
	form_free(*state);
	return 0;
}

/* A letter into prison that says text, with one thing it must not say. */
static enum form_status
write_text(struct form_doc *doc, const char *text, enum form_hit kind,
    const char *value)
{
	struct form_forbidden forbidden = {kind, value};
	struct form_text extra = {text, 0, 0};
	struct form_letter letter = {
	    .piece = {MARIA, FORM_INSIDE, &forbidden, 1, 0},
	    .date = day,
	    .to = inside().to,
	    .dear = SHARED("MARIA", MARIA),
	    .extra = &extra,
	    .nextra = 1};

	return form_letter_add(doc, &letter, &fault);
}

static void
hit(struct form_doc *doc, const char *text, enum form_hit kind,
    const char *value)
{
	assert_int_equal(write_text(doc, text, kind, value), FORM_LEAK);
	assert_int_equal(fault.hit, kind);
	assert_null(strstr(fault.message, value));
	assert_int_equal(form_pages(doc), 0);
}

static void
pass(struct form_doc *doc, const char *text, enum form_hit kind,
    const char *value)
{
	size_t before = form_pages(doc);

	assert_int_equal(write_text(doc, text, kind, value), FORM_OK);
	assert_int_equal(form_pages(doc), before + 1);
}

static void
the_full_legal_name_is_found(void **state)
{
	const char *name = "Amara Jane Quillfeather";

	hit(*state, "Amara Jane Quillfeather says hello", FORM_HIT_NAME, name);
	hit(*state, "it is from AMARA JANE QUILLFEATHER.", FORM_HIT_NAME, name);
	hit(*state, "(Amara-Jane Quillfeather)", FORM_HIT_NAME, name);
	hit(*state, "Quillfeather, Amara Jane", FORM_HIT_NAME, name);
	hit(*state, "Amara Quillfeather", FORM_HIT_NAME, name);
	hit(*state, "Quillfeather, Amara", FORM_HIT_NAME, name);
	hit(*state, "Amára  Janë Quillfeathèr", FORM_HIT_NAME, name);
}

static void
accents_fold_on_both_sides_vietnamese_too(void **state)
{
	hit(*state, "written by nguyen thi hong anh", FORM_HIT_NAME,
	    "Nguyễn Thị Hồng Ánh");
	hit(*state, "written by NGUYỄN THỊ HỒNG ÁNH", FORM_HIT_NAME,
	    "Nguyen Thi Hong Anh");
	hit(*state, "Jose\xCC\x81 Nuñez", FORM_HIT_NAME, "José Nunez");
	hit(*state, "Strasse 5", FORM_HIT_NAME, "Straße 5");
	hit(*state, "ИВАН ПЕТРОВ", FORM_HIT_NAME, "Иван Петров");
}

static void
a_secret_is_found_wherever_the_line_ends(void **state)
{
	char text[512];
	size_t pad;

	for (pad = 0; pad < 90; pad++) {
		memset(text, 'x', pad);
		snprintf(text + pad, sizeof(text) - pad,
		    " Amara Jane Quillfeather and more words to fill a line");
		hit(*state, text, FORM_HIT_NAME, "Amara Jane Quillfeather");
	}
}

static void
street_number_and_zip_are_found(void **state)
{
	hit(*state, "I live at 2374 Foundry Court", FORM_HIT_STREET,
	    "2374 Foundry Ct");
	hit(*state, "2374 foundry", FORM_HIT_STREET, "2374 Foundry Ct");
	hit(*state, "P.O. Box 55!", FORM_HIT_STREET, "PO BOX 55");
	hit(*state, "my number 40312-999", FORM_HIT_NUMBER, "40312-999");
	hit(*state, "my number 40312999", FORM_HIT_NUMBER, "40312-999");
	hit(*state, "my number 40312 999", FORM_HIT_NUMBER, "40312999");
	hit(*state, "Osseo Lake 56613", FORM_HIT_ZIP, "56613-6956");
	hit(*state, "56613-6956", FORM_HIT_ZIP, "56613");
}

static void
a_name_is_found_without_its_middle_with_initials_and_without_jr(void **state)
{
	const char *name = "Amara Jane Quillfeather Jr.";

	hit(*state, "Amara Quillfeather", FORM_HIT_NAME, name);
	hit(*state, "Amara J. Quillfeather", FORM_HIT_NAME, name);
	hit(*state, "Quillfeather, Amara J.", FORM_HIT_NAME, name);
	hit(*state, "Jane Amara Quillfeather", FORM_HIT_NAME, name);
	hit(*state, "Quillfeather Jane Amara", FORM_HIT_NAME, name);
	hit(*state, "Amara Jane Quillfeather", FORM_HIT_NAME,
	    "Amara J. Quillfeather");
	hit(*state, "Amara X. Quillfeather", FORM_HIT_NAME,
	    "Amara Quillfeather");
	pass(*state, "Amara Jane and Jane Q.", FORM_HIT_NAME, name);
	pass(*state, "Jane Quillfeather is somebody else", FORM_HIT_NAME, name);
	pass(*state, "Amara met a Quillfeather", FORM_HIT_NAME, name);
}

static void
a_secret_is_found_over_several_strings_and_within_a_cut_word(void **state)
{
	const struct form_forbidden name = {
	    FORM_HIT_NAME, "Amara Jane Quillfeather"};
	const struct form_text parts[3] = {
	    OURS("it is Amara"), OURS("Jane"), OURS("Quillfeather, yes")};
	struct form_letter letter = {.piece = {MARIA, FORM_INSIDE, &name, 1, 0},
	    .date = day,
	    .to = inside().to,
	    .dear = SHARED("MARIA", MARIA),
	    .extra = parts,
	    .nextra = 3};
	char text[400];

	assert_int_equal(form_letter_add(*state, &letter, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_NAME);
	/* A word too long for its line is drawn in two pieces. */
	memset(text, 'x', 300);
	strcpy(text + 300, "-Amara-Jane-Quillfeather");
	hit(*state, text, FORM_HIT_NAME, "Amara Jane Quillfeather");
}

static void
spelling_is_no_disguise(void **state)
{
	hit(*state,
	    "Zoe\xCC\x88 Nu\xCC\x81n\xCC\x83"
	    "ez",
	    FORM_HIT_NAME,
	    "Zo\xC3\xAB N\xC3\xBA\xC3\xB1"
	    "ez");
	hit(*state,
	    "Zo\xC3\xAB N\xC3\xBA\xC3\xB1"
	    "ez",
	    FORM_HIT_NAME,
	    "Zoe\xCC\x88 Nu\xCC\x81n\xCC\x83"
	    "ez");
	/* ligature fi, Greek with another accent and final sigma */
	hit(*state, "Gri\xEF\xAC\x83th Moss", FORM_HIT_NAME, "Griffith Moss");
	hit(*state,
	    "\xCE\x91\xCE\xBD\xCE\xBD\xCE\xB1 "
	    "\xCE\xA3\xCE\x9F\xCE\xA6\xCE\x9F\xCE\xA3",
	    FORM_HIT_NAME,
	    "\xCE\x86\xCE\xBD\xCE\xBD\xCE\xB1 "
	    "\xCF\x83\xCE\xBF\xCF\x86\xCF\x8C\xCF\x82");
	hit(*state, "O Neil, Br\xC3\xA4n", FORM_HIT_NAME,
	    "Bran O\xE2\x80\x99Neil");
	hit(*state, "Lukasz Zolc", FORM_HIT_NAME,
	    "\xC5\x81ukasz \xC5\xBB\xC3\xB3\xC5\x82\xC4\x87");
	hit(*state, "S\xC3\xB8ren \xC3\x98rsted", FORM_HIT_NAME,
	    "Soren Orsted");
	hit(*state,
	    "40312\xC2\xA0-\xC2\xA0"
	    "999",
	    FORM_HIT_NUMBER, "40312-999");
	hit(*state,
	    "2374, \xE2\x80\x9C"
	    "FOUNDRY\xE2\x80\x9D",
	    FORM_HIT_STREET, "2374 Foundry Ct");
}

/* The font has no wide digits: what was drawn elsewhere is searched too. */
static void
words_drawn_elsewhere_are_searched_the_same(void **state)
{
	static const struct form_forbidden secrets[] = {
	    {FORM_HIT_NUMBER, "40312-999"}, {FORM_HIT_ZIP, "56613"},
	    {FORM_HIT_NAME, "Amara Quillfeather"}};

	(void)state;
	assert_int_equal(form_search("\xEF\xBC\x94\xEF\xBC\x90\xEF\xBC\x93"
				     "\xEF\xBC\x91\xEF\xBC\x92 999",
			     secrets, 3, &fault),
	    FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_NUMBER);
	assert_int_equal(
	    form_search("Quillfeather, Amara", secrets, 3, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_NAME);
	assert_int_equal(
	    form_search("MN 56613-1111", secrets, 3, NULL), FORM_LEAK);
	assert_int_equal(form_search("Wren", secrets, 3, &fault), FORM_OK);
	assert_int_equal(form_search("", secrets, 3, &fault), FORM_OK);
}

static void
a_zip_is_found_with_four_more_and_glued_to_them(void **state)
{
	hit(*state, "566136956", FORM_HIT_ZIP, "56613");
	hit(*state, "56613", FORM_HIT_ZIP, "566136956");
	hit(*state, "zip:56613-0001.", FORM_HIT_ZIP, "56613-6956");
	hit(*state, "k1a 0b1", FORM_HIT_ZIP, "K1A 0B1");
	pass(*state, "$566.13 in cash", FORM_HIT_ZIP, "56613");
	pass(*state, "K1A only", FORM_HIT_ZIP, "K1A 0B1");
	pass(*state, "5661369", FORM_HIT_ZIP, "56613");
}

static void
a_street_is_found_by_number_and_first_word(void **state)
{
	const char *street = "2374 North Foundry Court";

	hit(*state, "2374 Foundry", FORM_HIT_STREET, street);
	hit(*state, "2374 N. Foundry Ct", FORM_HIT_STREET, street);
	hit(*state, "2374 North Foundry", FORM_HIT_STREET, street);
	hit(*state, "2374 north foundry", FORM_HIT_STREET, "2374 N Foundry Ct");
	hit(*state, "23-74 Foundry Ave", FORM_HIT_STREET, "2374 Foundry");
	hit(*state, "11070 Highway", FORM_HIT_STREET, "11070 HIGHWAY 14");
	hit(*state, "11070 Hwy 14", FORM_HIT_STREET, "11070 HIGHWAY 14");
	hit(*state, "my box 55", FORM_HIT_STREET, "P.O. Box 55");
	pass(*state, "2374 times around the foundry", FORM_HIT_STREET, street);
	pass(*state, "2374 North Star", FORM_HIT_STREET, street);
	pass(*state, "a box with 55 stamps", FORM_HIT_STREET, "PO BOX 55");
	pass(*state, "11070 words and 14", FORM_HIT_STREET, "11070 HIGHWAY 14");
}

static void
the_other_sides_words_around_ours_make_no_secret(void **state)
{
	const struct form_forbidden may = {FORM_HIT_NAME, "Robin Martin"};
	struct form_cover cover = cover_in();

	/* The stub has From: Robin, To: Martin. */
	cover.piece.forbidden = &may;
	cover.piece.nforbidden = 1;
	cover.from.s = "Robin";
	cover.to.s = "Martin";
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_OK);
	cover.from.s = "Robin Martin";
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_LEAK);
}

static void
a_shared_surname_town_and_zip_raise_no_alarm(void **state)
{
	const struct form_forbidden shared[] = {
	    {FORM_HIT_NAME, "Elena Ostrander"},
	    {FORM_HIT_STREET, "4001 PO Box Road"}, {FORM_HIT_ZIP, "35442-1"},
	    {FORM_HIT_NUMBER, "40312-998"}};
	struct form_outer outer = inside();

	outer.piece.forbidden = shared;
	outer.piece.nforbidden = 4;
	outer.to.name.secret = "Mar\xC3\xAD"
			       "a Ostrander";
	assert_int_equal(
	    form_envelope_add(*state, number10(), &outer, &fault), FORM_OK);
	outer.sender = (struct form_text)SHARED("Elena", WREN);
	assert_int_equal(
	    form_envelope_add(*state, number10(), &outer, &fault), FORM_OK);
}

static void
parts_of_words_and_parts_of_secrets_raise_no_alarm(void **state)
{
	pass(*state, "the royal stonework", FORM_HIT_NAME, "Al Stone");
	pass(*state, "Amara says hello", FORM_HIT_NAME, "Amara Quillfeather");
	pass(*state, "a foundry court", FORM_HIT_STREET, "2374 Foundry Ct");
	pass(*state, "12374 Foundry Ct", FORM_HIT_STREET, "2374 Foundry Ct");
	pass(*state, "PO Box 5", FORM_HIT_STREET, "PO BOX 55");
	pass(*state, "156613 and 566130", FORM_HIT_ZIP, "56613");
	pass(*state, "number 1403129991", FORM_HIT_NUMBER, "40312-999");
}

static void
what_the_addressee_owns_raises_no_alarm(void **state)
{
	/* Same ZIP, same surname, even the same name and street. */
	pass(*state, "hello", FORM_HIT_ZIP, "35442");
	pass(*state, "hello", FORM_HIT_NAME, "Pedro Ostrander");
	pass(*state, "hello", FORM_HIT_NAME, "María Elena Ostrander");
	pass(*state, "hello", FORM_HIT_STREET, "PO Box 4000");
	/* But said in a text it is the other side's. */
	assert_int_equal(
	    write_text(*state, "35442", FORM_HIT_ZIP, "35442"), FORM_LEAK);
}

static void
the_offices_own_address_and_words_raise_no_alarm(void **state)
{
	pass(*state, "hello", FORM_HIT_ZIP, "06810");
	pass(*state, "hello", FORM_HIT_STREET, "PO BOX 1138");
	pass(*state, "hello", FORM_HIT_NAME, "Bridge Letters");
	pass(*state, "hello", FORM_HIT_NAME, "With Good Wishes");
}

#define GUARDED(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    GUARDED(the_full_legal_name_is_found),
	    GUARDED(accents_fold_on_both_sides_vietnamese_too),
	    GUARDED(a_secret_is_found_wherever_the_line_ends),
	    GUARDED(street_number_and_zip_are_found),
	    GUARDED(
		a_name_is_found_without_its_middle_with_initials_and_without_jr),
	    GUARDED(
		a_secret_is_found_over_several_strings_and_within_a_cut_word),
	    GUARDED(spelling_is_no_disguise),
	    GUARDED(words_drawn_elsewhere_are_searched_the_same),
	    GUARDED(a_zip_is_found_with_four_more_and_glued_to_them),
	    GUARDED(a_street_is_found_by_number_and_first_word),
	    GUARDED(the_other_sides_words_around_ours_make_no_secret),
	    GUARDED(a_shared_surname_town_and_zip_raise_no_alarm),
	    GUARDED(parts_of_words_and_parts_of_secrets_raise_no_alarm),
	    GUARDED(what_the_addressee_owns_raises_no_alarm),
	    GUARDED(the_offices_own_address_and_words_raise_no_alarm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
