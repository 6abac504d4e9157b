/*
 * Label stock: all of the list, how one is found, and faults with their line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "test/people.h"

#define HEADER \
	"brand,part,description,page,page_w_mm,page_h_mm,label_w_mm," \
	"label_h_mm,columns,rows,left_mm,top_mm,pitch_x_mm,pitch_y_mm," \
	"categories\n"

static struct form_stock stock;
static struct form_fault fault;

/* The edges of label n, in mm from the top left of its page. */
static int
check_one(void *arg, const struct form_stock *s)
{
	int n, m, count = s->columns * s->rows;
	double x, y, x2, y2;

	(*(int *)arg)++;
	for (n = 0; n < count; n++) {
		x = s->left + s->pitch_x * (n % s->columns);
		y = s->top + s->pitch_y * (n / s->columns);
		assert_true(x >= 0 && x + s->label_w <= s->page_w + 0.1);
		assert_true(y >= 0 && y + s->label_h <= s->page_h + 0.1);
		for (m = 0; m < n; m++) {
			x2 = s->left + s->pitch_x * (m % s->columns);
			y2 = s->top + s->pitch_y * (m / s->columns);
			assert_true(x >= x2 + s->label_w - 0.1 ||
			    x2 >= x + s->label_w - 0.1 ||
			    y >= y2 + s->label_h - 0.1 ||
			    y2 >= y + s->label_h - 0.1);
		}
	}
	return 0;
}

static void
every_label_of_1207_stocks_is_inside_and_apart(void **state)
{
	int count = 0;

	(void)state;
	assert_int_equal(
	    form_stock_each(NULL, NULL, check_one, &count, &fault), FORM_OK);
	/* The 1,206 of the trade, and the thermal label of 4 x 6 in. */
	assert_int_equal(count, 1207);
}

static int
find_itself(void *arg, const struct form_stock *s)
{
	int *count = arg;

	/* Each look-up reads the list from its start: every 25th will do. */
	if ((*count)++ % 25 != 0)
		return 0;
	assert_int_equal(
	    form_stock_find(NULL, NULL, s->name, &stock, &fault), FORM_OK);
	assert_memory_equal(&stock, s, sizeof(stock));
	return 0;
}

static void
a_stock_is_found_by_its_own_name(void **state)
{
	int count = 0;

	(void)state;
	assert_int_equal(
	    form_stock_each(NULL, NULL, find_itself, &count, &fault), FORM_OK);
}

static void
case_spaces_and_slashes_do_not_matter(void **state)
{
	static const char *const names[] = {
	    "avery-5163", "AVERY 5163", "Avery/5163"};
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		assert_int_equal(
		    form_stock_find(NULL, NULL, names[i], &stock, &fault),
		    FORM_OK);
		assert_string_equal(stock.name, "avery-5163");
		assert_int_equal(stock.columns * stock.rows, 10);
	}
	assert_int_equal(
	    form_stock_find(NULL, NULL, "ascom a4/24/mkii", &stock, &fault),
	    FORM_OK);
	assert_string_equal(stock.part, "A4/24/MKII");
}

static void
a_stock_that_is_not_there_is_refused_with_an_example(void **state)
{
	(void)state;
	assert_int_equal(
	    form_stock_find(NULL, NULL, "avery-99999", &stock, &fault),
	    FORM_BADSTOCK);
	assert_non_null(strstr(fault.message, "avery-99999"));
	assert_non_null(strstr(fault.message, "avery-5163"));
}

static void
a_quoted_field_may_hold_a_comma(void **state)
{
	(void)state;
	assert_int_equal(form_stock_find(NULL, NULL,
			     "neato-slimline-cd-case,-spine", &stock, &fault),
	    FORM_OK);
	assert_string_equal(stock.part, "Slimline CD Case, spine");
}

static void
refuse(const char *line, const char *why)
{
	char csv[1024] =
	    HEADER "Own,1,Good,A4,210,297,70,30,3,9,0,13.5,70,30,label\n";
	int count = 0;

	strcat(csv, line);
	assert_int_equal(
	    form_stock_each(csv, "own.csv", check_one, &count, &fault),
	    FORM_BADSTOCK);
	assert_non_null(strstr(fault.message, "own.csv:3: "));
	assert_non_null(strstr(fault.message, why));
	assert_int_equal(count, 1);
}

static void
a_fault_in_a_list_is_named_with_its_line(void **state)
{
	(void)state;
	refuse("Own,2,Few,A4,210,297,70\n", "fewer than 15");
	refuse("Own,2,x,A4,210,297,70,30,3,9,0,13.5,70,30,label,more\n",
	    "more than 15");
	refuse("Own,2,x,A4,210,297,seventy,30,3,9,0,13.5,70,30,l\n",
	    "not a number");
	refuse(
	    "Own,2,x,A4,210,297,70,30,3,9,-1,13.5,70,30,l\n", "not a number");
	refuse(
	    "Own,2,x,A4,210,297,70,30,2.5,9,0,13.5,70,30,l\n", "not a number");
	refuse(
	    "Own,2,x,A4,210,297,nan,30,3,9,0,13.5,70,30,l\n", "not a number");
	refuse("Own,2,x,A4,210,297,70,30,4,9,0,13.5,70,30,l\n", "do not fit");
	refuse("Own,2,x,A4,210,297,70,30,3,9,0,13.5,60,30,l\n", "overlap");
	refuse("Own,2,x,A4,210,297,0,30,3,9,0,13.5,70,30,l\n", "no size");
	refuse(",2,x,A4,210,297,70,30,3,9,0,13.5,70,30,l\n", "brand");
	refuse("own,1,x,A4,210,297,70,30,3,9,0,13.5,70,30,l\n",
	    "that name already");
}

static void
a_list_without_its_header_is_refused(void **state)
{
	int count = 0;

	(void)state;
	assert_int_equal(
	    form_stock_each("Own,1\n", "own.csv", check_one, &count, &fault),
	    FORM_BADSTOCK);
	assert_non_null(strstr(fault.message, "own.csv:1: "));
}

static void
crlf_and_a_missing_last_newline_are_fine(void **state)
{
	static const char csv[] =
	    HEADER "Own,1,Good,A4,210,297,70,30,3,9,0,13.5,70,30,label\r\n"
		   "Own,2,Good,A4,210,297,70,30,3,9,0,13.5,70,30,label";
	int count = 0;

	(void)state;
	assert_int_equal(
	    form_stock_each(csv, "own.csv", check_one, &count, &fault),
	    FORM_OK);
	assert_int_equal(count, 1207 + 2);
	assert_int_equal(
	    form_stock_find(csv, "own.csv", "2", &stock, &fault), FORM_OK);
	assert_string_equal(stock.name, "own-2");
}

static void
a_part_number_of_two_brands_needs_the_brand(void **state)
{
	static const char csv[] =
	    HEADER "One,7,Good,A4,210,297,70,30,3,9,0,13.5,70,30,label\n"
		   "Two,7,Good,A4,210,297,70,30,3,9,0,13.5,70,30,label\n";

	(void)state;
	assert_int_equal(form_stock_find(csv, "own.csv", "7", &stock, &fault),
	    FORM_BADSTOCK);
	assert_non_null(strstr(fault.message, "brand"));
	assert_int_equal(
	    form_stock_find(csv, "own.csv", "two-7", &stock, &fault), FORM_OK);
}

static void
an_offices_row_stands_before_ours_and_the_rest_stays(void **state)
{
	static const char csv[] =
	    HEADER "Avery,5163,Ours is wider,US-Letter,215.9,279.4,102,50,2,5,"
		   "4,12.7,106,50.8,label\n"
		   "Own,9,New,A4,210,297,70,30,3,9,0,13.5,70,30,label\n";
	int count = 0;

	(void)state;
	assert_int_equal(
	    form_stock_find(csv, "own.csv", "avery-5163", &stock, &fault),
	    FORM_OK);
	assert_string_equal(stock.description, "Ours is wider");
	assert_int_equal(
	    form_stock_find(csv, "own.csv", "own-9", &stock, &fault), FORM_OK);
	assert_int_equal(
	    form_stock_find(csv, "own.csv", "avery-5160", &stock, &fault),
	    FORM_OK);
	assert_int_equal(stock.columns, 3);
	assert_int_equal(
	    form_stock_each(csv, "own.csv", check_one, &count, &fault),
	    FORM_OK);
	assert_int_equal(count, 1207 + 1);
}

static void
a_fault_behind_the_wanted_row_of_ones_own_list_is_told(void **state)
{
	static const char csv[] =
	    HEADER "Own,1,Good,A4,210,297,70,30,3,9,0,13.5,70,30,label\n"
		   "Own,2,Over,A4,210,297,70,30,4,9,0,13.5,70,30,label\n";

	(void)state;
	assert_int_equal(
	    form_stock_find(csv, "own.csv", "own-1", &stock, &fault),
	    FORM_BADSTOCK);
	assert_non_null(strstr(fault.message, "own.csv:3: "));
}

static void
envelopes_are_found_by_any_spelling(void **state)
{
	static const struct {
		const char *name;
		double w, h;
	} sizes[] = {{"#10", 241.3, 104.775}, {"9", 225.425, 98.425},
	    {"6 3/4", 165.1, 92.075}, {"A2", 146.05, 111.125},
	    {"a6", 165.1, 120.65}, {"a7", 184.15, 133.35},
	    {"6x9", 228.6, 152.4}, {"DL", 220, 110}, {"C6", 162, 114},
	    {"C5", 229, 162}, {"C4", 229, 324}};
	struct form_envelope e;
	char name[80];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		assert_int_equal(
		    form_envelope_find(NULL, NULL, sizes[i].name, &e, &fault),
		    FORM_OK);
		assert_float_equal(e.w, sizes[i].w, 0.01);
		assert_float_equal(e.h, sizes[i].h, 0.01);
		assert_true(e.window.w == 0);
		snprintf(name, sizeof(name), "%s window", sizes[i].name);
		assert_int_equal(
		    form_envelope_find(NULL, NULL, name, &e, &fault), FORM_OK);
		assert_true(e.window.w > 0);
	}
	assert_int_equal(
	    form_envelope_find(NULL, NULL, "10-double-window", &e, &fault),
	    FORM_OK);
	assert_true(e.upper.bottom > e.window.bottom + e.window.h);
	assert_int_equal(
	    form_envelope_find(NULL, NULL, "11", &e, &fault), FORM_BADSTOCK);
	assert_non_null(strstr(fault.message, "10-window"));
}

#define ENVELOPES \
	"name,description,width_mm,height_mm,window_left_mm," \
	"window_bottom_mm,window_w_mm,window_h_mm,upper_left_mm," \
	"upper_bottom_mm,upper_w_mm,upper_h_mm\n"

static void
refuse_envelope(const char *line, const char *why)
{
	char csv[1024] = ENVELOPES "ours,Good,240,105,22,13,114,28,,,,\n";
	struct form_envelope e;

	strcat(csv, line);
	assert_int_equal(form_envelope_find(csv, "own.csv", "ours", &e, &fault),
	    FORM_BADSTOCK);
	assert_non_null(strstr(fault.message, "own.csv:3: "));
	assert_non_null(strstr(fault.message, why));
}

static void
a_window_is_measured_anew_by_the_office(void **state)
{
	static const char csv[] =
	    ENVELOPES "10-window,Measured,241.3,104.775,34.9,12.7,114,28,,,,\n";
	struct form_envelope e;

	(void)state;
	assert_int_equal(
	    form_envelope_find(csv, "own.csv", "10-window", &e, &fault),
	    FORM_OK);
	assert_float_equal(e.window.left, 34.9, 0.001);
	assert_int_equal(
	    form_envelope_find(csv, "own.csv", "10", &e, &fault), FORM_OK);
	refuse_envelope("a,x,30,105,,,,,,,,\n", "76 to 420");
	refuse_envelope("a,x,240,105,200,13,114,28,,,,\n", "not inside");
	refuse_envelope("a,x,240,105,22,13,114,28,22,30,60,28\n", "not above");
	refuse_envelope("a,x,240,105,,,,,22,60,60,28\n", "without the one");
	refuse_envelope("a,x,240,105,22,13,114,tall,,,,\n", "not a number");
	refuse_envelope("a,x,240,105,22,13,114\n", "fewer than 12");
	refuse_envelope(",x,240,105,,,,,,,,\n", "name is missing");
	refuse_envelope("#ours,x,240,105,,,,,,,,\n", "that name already");
}

static enum form_status
print(const char *name, int start, size_t count, size_t *pages)
{
	struct form_doc *doc = form_open(&people_setup, &fault);
	struct form_outer labels[40];
	enum form_status status;
	size_t i;

	for (i = 0; i < count; i++)
		labels[i] = outside();
	assert_non_null(doc);
	assert_int_equal(
	    form_stock_find(NULL, NULL, name, &stock, &fault), FORM_OK);
	status = form_labels_add(doc, &stock, start, 1, labels, count, &fault);
	*pages = form_pages(doc);
	form_free(doc);
	return status;
}

static void
labels_flow_over_sheets_from_the_start_label_on(void **state)
{
	size_t pages;

	(void)state;
	assert_int_equal(print("avery-5163", 1, 10, &pages), FORM_OK);
	assert_int_equal(pages, 1);
	assert_int_equal(print("avery-5163", 2, 10, &pages), FORM_OK);
	assert_int_equal(pages, 2);
	assert_int_equal(print("avery-5163", 10, 12, &pages), FORM_OK);
	assert_int_equal(pages, 3);
	assert_int_equal(print("avery-5160", 30, 32, &pages), FORM_OK);
	assert_int_equal(pages, 3);
}

static void
a_start_outside_of_the_sheet_is_refused(void **state)
{
	size_t pages;

	(void)state;
	assert_int_equal(print("avery-5163", 0, 1, &pages), FORM_BADSTOCK);
	assert_int_equal(print("avery-5163", 11, 1, &pages), FORM_BADSTOCK);
	assert_int_equal(pages, 0);
}

static void
a_label_too_small_for_its_text_draws_nothing(void **state)
{
	size_t pages;

	(void)state;
	assert_int_equal(print("avery-5167", 1, 3, &pages), FORM_TOOLONG);
	assert_int_equal(pages, 0);
	assert_int_equal(fault.index, 0);
}

struct counts {
	int fit, small;
};

static int
print_on(void *arg, const struct form_stock *s)
{
	struct counts *counts = arg;
	struct form_doc *doc;
	struct form_outer label = outside();
	enum form_status status;

	if ((counts->fit + counts->small) % 8 != 0) {
		counts->fit++;
		return 0;
	}
	doc = form_open(&people_setup, &fault);
	assert_non_null(doc);
	status =
	    form_labels_add(doc, s, s->columns * s->rows, 1, &label, 1, &fault);
	assert_true(status == FORM_OK || status == FORM_TOOLONG);
	/* A label of two by one and a half inches always has room. */
	if (s->label_w >= 50.8 && s->label_h >= 38.1 && !s->round)
		assert_int_equal(status, FORM_OK);
	form_free(doc);
	if (status == FORM_OK)
		counts->fit++;
	else
		counts->small++;
	return 0;
}

static void
an_address_fits_on_every_stock_that_is_large_enough(void **state)
{
	struct counts counts = {0, 0};

	(void)state;
	assert_int_equal(
	    form_stock_each(NULL, NULL, print_on, &counts, &fault), FORM_OK);
	assert_int_equal(counts.fit + counts.small, 1207);
	assert_true(counts.small > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_label_of_1207_stocks_is_inside_and_apart),
	    cmocka_unit_test(a_stock_is_found_by_its_own_name),
	    cmocka_unit_test(case_spaces_and_slashes_do_not_matter),
	    cmocka_unit_test(
		a_stock_that_is_not_there_is_refused_with_an_example),
	    cmocka_unit_test(a_quoted_field_may_hold_a_comma),
	    cmocka_unit_test(a_fault_in_a_list_is_named_with_its_line),
	    cmocka_unit_test(a_list_without_its_header_is_refused),
	    cmocka_unit_test(crlf_and_a_missing_last_newline_are_fine),
	    cmocka_unit_test(a_part_number_of_two_brands_needs_the_brand),
	    cmocka_unit_test(
		an_offices_row_stands_before_ours_and_the_rest_stays),
	    cmocka_unit_test(
		a_fault_behind_the_wanted_row_of_ones_own_list_is_told),
	    cmocka_unit_test(envelopes_are_found_by_any_spelling),
	    cmocka_unit_test(a_window_is_measured_anew_by_the_office),
	    cmocka_unit_test(labels_flow_over_sheets_from_the_start_label_on),
	    cmocka_unit_test(a_start_outside_of_the_sheet_is_refused),
	    cmocka_unit_test(a_label_too_small_for_its_text_draws_nothing),
	    cmocka_unit_test(
		an_address_fits_on_every_stock_that_is_large_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
