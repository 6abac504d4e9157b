/*
 * Addresses by USPS Publication 28: each line as it is drawn on an envelope.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "forms/measure.h"
#include "forms/outer.h"
#include "test/people.h"

static struct form_fault fault;

static int
open_doc(void **state)
{
	*state = form_open(&people_setup, &fault);
	return *state == NULL ? -1 : 0;
}

static int
close_doc(void **state)
{
	form_free(*state);
	return 0;
}

/* The lines of one role, "/" between. */
static const char *
lines(struct form_doc *doc, enum role role)
{
	static char all[1024];
	const struct op *op;
	size_t i;

	assert_false(doc_failed(doc));
	all[0] = '\0';
	for (i = 0; i < op_count(doc); i++) {
		op = op_at(doc, i);
		if (op->role != role || op->kind != OP_TEXT)
			continue;
		if (all[0] != '\0')
			strcat(all, "/");
		strncat(all, doc->pool.p + op->at, op->len);
	}
	return all;
}

static const char *
envelope(struct form_doc *doc, const struct form_outer *outer)
{
	add_begin(doc);
	envelope_draw(doc, number10(), outer);
	return lines(doc, ROLE_TO);
}

/* Wren, at that street and unit. */
static const char *
street(struct form_doc *doc, const char *line, const char *unit)
{
	struct form_outer outer = outside();
	const char *all;

	outer.to.street.secret = line;
	outer.to.unit.secret = unit;
	all = envelope(doc, &outer);
	assert_memory_equal(all, "AMARA QUILLFEATHER/", 19);
	assert_non_null(strstr(all, "/OSSEO LAKE MN 56613-6956"));
	*strstr(all, "/OSSEO LAKE MN 56613-6956") = '\0';
	return all + 19;
}

static void
suffixes_and_directions_are_the_standard_ones(void **state)
{
	static const char *const pairs[][2] = {
	    {"2374 Foundry Court", "2374 FOUNDRY CT"},
	    {"12 N. Mill Lane", "12 N MILL LN"},
	    {"12 North Mill Lane", "12 N MILL LN"},
	    {"700 Maple Avenue Southwest", "700 MAPLE AVE SW"},
	    {"33 1/2 Pembroke Road", "33 1/2 PEMBROKE RD"},
	    {"112-10 Bronx Road", "112-10 BRONX RD"},
	    {"1 Martin Luther King Boulevard", "1 MARTIN LUTHER KING BLVD"},
	    {"5 Old Post Parkway East", "5 OLD POST PKWY E"},
	    {"8 Foundry Ct.", "8 FOUNDRY CT"},
	};
	size_t i;

	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		assert_string_equal(
		    street(*state, pairs[i][0], NULL), pairs[i][1]);
}

static void
a_word_that_is_part_of_a_name_stays(void **state)
{
	static const char *const same[] = {"12 NORTH ST", "100 AVENUE B",
	    "9 AVENUE OF THE STARS", "12 THE GLEN", "4 BROADWAY",
	    "11070 HIGHWAY 14", "77 ROUTE 9 NORTH", "RR 2 BOX 18",
	    "HC 68 BOX 23A", "GENERAL DELIVERY", "CALLE SOL 12",
	    "UNIT 2050 BOX 4190", "STREET", "5 STREET"};
	size_t i;

	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		assert_string_equal(street(*state, same[i], NULL), same[i]);
	assert_string_equal(
	    street(*state, "12 North Street", NULL), "12 NORTH ST");
}

static void
boxes_are_po_boxes_and_nothing_else_of_theirs_is_touched(void **state)
{
	assert_string_equal(
	    street(*state, "P.O. Box 4000", NULL), "PO BOX 4000");
	assert_string_equal(
	    street(*state, "P O Box 12 North", NULL), "PO BOX 12 NORTH");
	assert_string_equal(
	    street(*state, "Post Office Box 7", NULL), "PO BOX 7");
	assert_string_equal(
	    street(*state, "PO Box 9 Drive", NULL), "PO BOX 9 DRIVE");
}

static void
units_have_their_designator_and_no_number_sign(void **state)
{
	static const char *const rows[][3] = {
	    {"8 Elm Street", "Apartment 55", "8 ELM ST APT 55"},
	    {"8 Elm Street", "Apt. #55", "8 ELM ST APT 55"},
	    {"8 Elm Street", "Suite # 200", "8 ELM ST STE 200"},
	    {"8 Elm Street", "#55", "8 ELM ST # 55"},
	    {"8 Elm Street", "55", "8 ELM STREET 55"},
	    {"8 Elm Street Apartment 3B", NULL, "8 ELM ST APT 3B"},
	    {"8 Elm Street", "Floor 2", "8 ELM ST FL 2"},
	    {"12 Unit Street", NULL, "12 UNIT ST"},
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    street(*state, rows[i][0], rows[i][1]), rows[i][2]);
}

static void
a_unit_that_does_not_fit_stands_on_the_line_above(void **state)
{
	assert_string_equal(
	    street(*state, "12345 Upper Susquehanna Meadow Road",
		"Apartment 1234 Rear"),
	    "APARTMENT 1234 REAR/12345 UPPER SUSQUEHANNA MEADOW RD");
	assert_string_equal(
	    street(*state, "12345 Upper Susquehanna Meadow Road",
		"Building 1234567"),
	    "BLDG 1234567/12345 UPPER SUSQUEHANNA MEADOW RD");
}

static void
an_urbanization_of_puerto_rico_has_its_line(void **state)
{
	assert_string_equal(street(*state, "150 Calle A", "Urb. Las Gladiolas"),
	    "URB LAS GLADIOLAS/150 CALLE A");
	assert_string_equal(
	    street(*state, "150 Calle A", "Urbanización Las Gladiolas"),
	    "URB LAS GLADIOLAS/150 CALLE A");
}

static void
a_prisons_lines_keep_their_words(void **state)
{
	struct form_outer outer = inside();

	assert_string_equal(envelope(*state, &outer),
	    "MARÍA ELENA OSTRANDER 40312-999/FCI ALICEVILLE/PO BOX 4000/"
	    "ALICEVILLE AL 35442");
	outer.to.unit = (struct form_secret){"Building North Unit 4", MARIA};
	outer.to.facility.secret = "Metropolitan Street Center";
	assert_string_equal(envelope(*state, &outer),
	    "MARÍA ELENA OSTRANDER 40312-999/METROPOLITAN STREET CENTER/"
	    "BUILDING NORTH UNIT 4/PO BOX 4000/ALICEVILLE AL 35442");
}

static void
zip_plus_four_has_its_hyphen(void **state)
{
	static const char *const zips[] = {
	    "56613-6956", "566136956", "56613 6956"};
	struct form_outer outer = outside();
	size_t i;

	for (i = 0; i < 3; i++) {
		outer.to.zip.secret = zips[i];
		assert_non_null(strstr(
		    envelope(*state, &outer), "/OSSEO LAKE MN 56613-6956"));
	}
}

static void
abroad_the_country_ends_the_block_and_nothing_is_abbreviated(void **state)
{
	struct form_outer outer = outside();

	outer.to.street.secret = "12 North Mill Lane";
	outer.to.unit.secret = NULL;
	outer.to.city.secret = "Ottawa";
	outer.to.state.secret = "ON";
	outer.to.zip.secret = "K1A 0B1";
	outer.to.country.secret = "CA";
	assert_string_equal(envelope(*state, &outer),
	    "AMARA QUILLFEATHER/12 NORTH MILL LANE/OTTAWA ON K1A 0B1/CANADA");
	outer.to.country.secret = "Côte d'Ivoire";
	assert_non_null(strstr(envelope(*state, &outer), "/CÔTE DIVOIRE"));
	outer.to.country.secret = "USA";
	assert_null(strstr(envelope(*state, &outer), "/USA"));
}

static void
a_senders_pen_name_stands_above_our_name(void **state)
{
	struct form_outer outer = inside();

	outer.sender = (struct form_text)SHARED("Wren", WREN);
	envelope(*state, &outer);
	assert_string_equal(lines(*state, ROLE_FROM),
	    "WREN/BRIDGE LETTERS/DEPT 7HX-K2D-FWV/PO BOX 1138/"
	    "DANBURY CT 06810");
	outer.sender = (struct form_text)OWNED("Wren", WREN);
	add_begin(*state);
	envelope_draw(*state, number10(), &outer);
	assert_true(doc_failed(*state));
	assert_int_equal(
	    form_envelope_add(*state, number10(), &outer, &fault), FORM_LEAK);
}

static void
endorsements_are_the_post_offices_words_in_every_language(void **state)
{
	struct form_outer outer = outside();

	outer.lang = FORM_ES;
	envelope(*state, &outer);
	assert_string_equal(
	    lines(*state, ROLE_ENDORSE), "RETURN SERVICE REQUESTED");
	outer.endorsement = FORM_ADDRESS_SERVICE;
	envelope(*state, &outer);
	assert_string_equal(
	    lines(*state, ROLE_ENDORSE), "ADDRESS SERVICE REQUESTED");
	outer.endorsement = FORM_TEMP_RETURN_SERVICE;
	envelope(*state, &outer);
	assert_string_equal(
	    lines(*state, ROLE_ENDORSE), "TEMP-RETURN SERVICE REQUESTED");
	outer.endorsement = FORM_NO_ENDORSEMENT;
	envelope(*state, &outer);
	assert_string_equal(lines(*state, ROLE_ENDORSE), "");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_doc, close_doc)
	const struct CMUnitTest tests[] = {
	    TEST(suffixes_and_directions_are_the_standard_ones),
	    TEST(a_word_that_is_part_of_a_name_stays),
	    TEST(boxes_are_po_boxes_and_nothing_else_of_theirs_is_touched),
	    TEST(units_have_their_designator_and_no_number_sign),
	    TEST(a_unit_that_does_not_fit_stands_on_the_line_above),
	    TEST(an_urbanization_of_puerto_rico_has_its_line),
	    TEST(a_prisons_lines_keep_their_words),
	    TEST(zip_plus_four_has_its_hyphen),
	    TEST(abroad_the_country_ends_the_block_and_nothing_is_abbreviated),
	    TEST(a_senders_pen_name_stands_above_our_name),
	    TEST(endorsements_are_the_post_offices_words_in_every_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
