/*
 * The leak guard: what belongs to the other side stays off every piece, and
 * what it refuses leaves no trace.
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

static void
a_string_owned_by_the_other_side_is_refused(void **state)
{
	struct form_cover cover = cover_out();

	cover.id.owner = MARIA;
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_OWNER);
	assert_non_null(strstr(fault.message, "forwarding ID"));
	assert_null(strstr(fault.message, cover.id.s));
	assert_int_equal(form_pages(*state), 0);
}

static void
a_pen_name_that_is_not_shared_is_refused(void **state)
{
	struct form_cover cover = cover_in();

	cover.from.shared = 0;
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_OWNER);
}

static void
a_secret_of_the_other_side_is_refused_on_envelope_label_and_letter(void **state)
{
	struct form_outer outer = inside();
	struct form_letter letter = {.piece = outer.piece,
	    .date = day,
	    .form = "add-your-id",
	    .id = outer.id};
	struct form_stock stock;

	outer.to.street = outside().to.street;
	assert_int_equal(
	    form_envelope_add(*state, number10(), &outer, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_OWNER);
	assert_int_equal(
	    form_stock_find(NULL, NULL, "avery-5163", &stock, &fault), FORM_OK);
	assert_int_equal(
	    form_labels_add(*state, &stock, 1, 0, &outer, 1, &fault),
	    FORM_LEAK);
	letter.to = outer.to;
	assert_int_equal(form_letter_add(*state, &letter, &fault), FORM_LEAK);
	assert_int_equal(form_pages(*state), 0);
}

static void
a_secret_without_an_owner_is_refused(void **state)
{
	struct form_outer outer = inside();

	outer.to.zip.owner = 0;
	assert_int_equal(
	    form_envelope_add(*state, number10(), &outer, &fault), FORM_LEAK);
}

static void
one_bad_label_among_good_ones_draws_none(void **state)
{
	struct form_outer labels[3] = {outside(), outside(), outside()};
	struct form_stock stock;

	labels[1].id.owner = MARIA;
	assert_int_equal(
	    form_stock_find(NULL, NULL, "avery-5163", &stock, &fault), FORM_OK);
	assert_int_equal(
	    form_labels_add(*state, &stock, 1, 1, labels, 3, &fault),
	    FORM_LEAK);
	assert_int_equal(fault.index, 1);
	assert_int_equal(form_pages(*state), 0);
}

static void
an_office_page_takes_shared_names_and_nothing_owned(void **state)
{
	static const struct form_column column = {OURS("What"), 1, 0};
	struct form_text cell = SHARED("WREN", WREN);
	struct form_history history = {
	    OURS("History"), NULL, 0, day, &column, 1, &cell, 1};

	assert_int_equal(form_history_add(*state, &history, &fault), FORM_OK);
	cell.shared = 0;
	assert_int_equal(form_history_add(*state, &history, &fault), FORM_LEAK);
}

static void
a_pen_name_that_is_the_legal_name_is_refused(void **state)
{
	struct form_cover cover = cover_in();

	cover.from.s = "amara quillfeather";
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_NAME);
}

static void
the_stub_is_searched_too(void **state)
{
	struct form_cover cover = cover_in();

	cover.enclosures.s = "envelope with 2374 FOUNDRY CT on it";
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_STREET);
}

static void
a_code_never_goes_inside(void **state)
{
	struct form_cover cover = cover_in();
	struct form_outer outer = inside();
	struct form_stock stock;

	cover.reply = cover.payload;
	assert_int_equal(form_cover_add(*state, &cover, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_CODE);
	outer.payload = outside().payload;
	assert_int_equal(
	    form_envelope_add(*state, number10(), &outer, &fault), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_CODE);
	assert_int_equal(
	    form_stock_find(NULL, NULL, "avery-5163", &stock, &fault), FORM_OK);
	assert_int_equal(
	    form_labels_add(*state, &stock, 1, 0, &outer, 1, &fault),
	    FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_CODE);
	assert_int_equal(form_pages(*state), 0);
}

/* The last bytes that a document gave. */
struct sink {
	char bytes[400000];
	size_t len;
};

static int
to_sink(void *to, const void *bytes, size_t len)
{
	struct sink *sink = to;

	if (len > sizeof(sink->bytes) - sink->len)
		return -1;
	memcpy(sink->bytes + sink->len, bytes, len);
	sink->len += len;
	return 0;
}

static void
a_refused_piece_leaves_no_trace_in_the_document(void **state)
{
	static struct sink with, without;
	struct form_cover good = cover_in(), bad = cover_in();
	struct form_doc *doc = form_open(&people_setup, &fault);

	assert_non_null(doc);
	bad.from.s = "amara quillfeather";
	assert_int_equal(form_cover_add(*state, &good, &fault), FORM_OK);
	assert_int_equal(form_cover_add(*state, &bad, &fault), FORM_LEAK);
	assert_int_equal(form_cover_add(*state, &good, &fault), FORM_OK);
	assert_int_equal(form_finish(*state, to_sink, &with, &fault), FORM_OK);
	assert_int_equal(form_cover_add(doc, &good, &fault), FORM_OK);
	assert_int_equal(form_cover_add(doc, &good, &fault), FORM_OK);
	assert_int_equal(form_finish(doc, to_sink, &without, &fault), FORM_OK);
	form_free(doc);
	assert_int_equal(with.len, without.len);
	assert_memory_equal(with.bytes, without.bytes, with.len);
}

#define GUARDED(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    GUARDED(a_string_owned_by_the_other_side_is_refused),
	    GUARDED(a_pen_name_that_is_not_shared_is_refused),
	    GUARDED(
		a_secret_of_the_other_side_is_refused_on_envelope_label_and_letter),
	    GUARDED(a_secret_without_an_owner_is_refused),
	    GUARDED(one_bad_label_among_good_ones_draws_none),
	    GUARDED(an_office_page_takes_shared_names_and_nothing_owned),
	    GUARDED(a_pen_name_that_is_the_legal_name_is_refused),
	    GUARDED(the_stub_is_searched_too),
	    GUARDED(a_code_never_goes_inside),
	    GUARDED(a_refused_piece_leaves_no_trace_in_the_document),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
