/*
 * Printers: what a ruler page shows, a printer that is off and the profile
 * that takes it back, and piles of stubs.
 */
#include "test/house.h"

#include "lib/chain.h"
#include "lib/printer.h"

#include <stdlib.h>

/* A printer that is off: what is drawn at d comes out at scale * d + shift. */
struct off {
	double scale_x, shift_x, scale_y, shift_y;
};

/* Where it puts what the profile has moved. */
static double
comes_out(
    double d, double off_scale, double off_shift, int64_t scale, int64_t shift)
{
	double moved =
	    (d - (double)shift / 100) / ((double)scale / MR_SCALE_TRUE);

	return moved * off_scale + off_shift;
}

static struct mr_printer
look(struct house *h, const char *name)
{
	struct mr_printer printer;
	struct mr_call *c = house_begin(h);

	assert_int_equal(mr_printer_named(c, name, &printer), MR_OK);
	house_end(c);
	return printer;
}

/* Print the ruler page, read it to a tenth of a millimetre, type that. */
static enum mr_status
measure(struct house *h, const struct off *off)
{
	struct mr_printer p = look(h, "laser");
	char left[16], top[16], across[16], down[16], ruler[24];
	double x, y;

	x = comes_out(10, off->scale_x, off->shift_x, p.scale_x, p.shift_x);
	y = comes_out(10, off->scale_y, off->shift_y, p.scale_y, p.shift_y);
	snprintf(left, sizeof(left), "%.1f", x);
	snprintf(top, sizeof(top), "%.1f", y);
	snprintf(across, sizeof(across), "%.1f",
	    comes_out(200, off->scale_x, off->shift_x, p.scale_x, p.shift_x) -
		x);
	snprintf(down, sizeof(down), "%.1f",
	    comes_out(260, off->scale_y, off->shift_y, p.scale_y, p.shift_y) -
		y);
	snprintf(ruler, sizeof(ruler), "%lld", (long long)p.version);
	return run(h, "printer profile", "printer", "laser", "left", left,
	    "top", top, "across", across, "down", down, "ruler", ruler, NULL);
}

static void
a_printer_that_is_off_prints_right_by_its_profile(void **state)
{
	static const struct off offs[] = {
	    {1, 0, 1, 0},
	    {1.0021, 1.2, 0.9979, -0.4},
	    {0.97, 4.4, 1.03, -6.1},
	    {1.048, -9, 0.953, 11},
	};
	struct house *h = *state;

	for (size_t i = 0; i < sizeof(offs) / sizeof(offs[0]); i++) {
		const struct off *off = &offs[i];
		struct mr_printer p;

		did(h,
		    run(h, "printer profile", "printer", "laser", "reset",
			"yes", NULL),
		    "\"off\":\"nothing\"");
		did(h, measure(h, off), "\"printer\":\"laser\"");
		/* And once more, on top of it. */
		did(h, measure(h, off), "");
		p = look(h, "laser");
		for (double d = 0; d <= 280; d += 20) {
			double x = comes_out(d, off->scale_x, off->shift_x,
			    p.scale_x, p.shift_x);
			double y = comes_out(d, off->scale_y, off->shift_y,
			    p.scale_y, p.shift_y);

			if (x < d - 0.2 || x > d + 0.2 || y < d - 0.2 ||
			    y > d + 0.2)
				fail_msg("%zu: %.0f mm comes out at %.2f, %.2f",
				    i, d, x, y);
		}
	}
}

static void
a_profile_says_in_words_what_the_printer_does(void **state)
{
	struct house *h = *state;

	did(h,
	    run(h, "printer profile", "printer", "laser", "left", "11,2", "top",
		"9.6", "across", "190.38", "down", "249.5", "use",
		"sheets,labels", NULL),
	    "\"use\":\"sheets,labels\",\"off\":\"1.18 mm right, 0.38 mm up, "
	    "0.20 % too wide, 0.20 % too short\"");
	did(h, run(h, "printer list", NULL), "\"off\":\"1.18 mm right");
	did(h,
	    run(h, "printer profile", "printer", "laser", "use", "all", NULL),
	    "\"use\":\"all\",\"off\":\"1.18 mm right");
	/* Nothing was measured, so there is nothing to prove. */
	did(h,
	    run(h, "printer profile", "printer", "feeder", "use", "envelopes",
		NULL),
	    "\"say\":null");
}

static void
a_page_that_was_fitted_is_no_measure(void **state)
{
	struct house *h = *state;

	refused(h,
	    run(h, "printer profile", "printer", "laser", "left", "15", "top",
		"18", "across", "178.6", "down", "235", NULL),
	    MR_REFUSED, "print it again at 100 %");
	refused(h,
	    run(h, "printer profile", "printer", "laser", "left", "26", "top",
		"10", "across", "190", "down", "250", NULL),
	    MR_REFUSED, "right paper");
	assert_int_equal(look(h, "laser").id, 0);
}

static void
what_is_no_measure_is_refused_with_words(void **state)
{
	struct house *h = *state;
	static const char *const wrong[] = {
	    "", "x", "11.234", "-3", "11.2mm", "1e1", "99999", "11."};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		enum mr_status status = run(h, "printer profile", "printer",
		    "laser", "left", wrong[i], "top", "10", "across", "190",
		    "down", "250", NULL);

		/* "11." is what somebody may well type. */
		if (strcmp(wrong[i], "11.") == 0)
			did(h, status, "1.00 mm right");
		else
			refused(h, status, MR_INVALID, "such as 11.2");
	}
	refused(h,
	    run(h, "printer profile", "printer", "laser", "left", "10", NULL),
	    MR_USAGE, "all four");
	refused(h, run(h, "printer profile", "printer", "laser", NULL),
	    MR_USAGE, "--left --top --across --down");
	refused(h,
	    run(h, "printer profile", "printer", "laser", "use", "stamps",
		NULL),
	    MR_INVALID, "sheets, envelopes or labels");
	refused(h,
	    run(h, "printer profile", "printer", "laser", "use", "sheets,all",
		NULL),
	    MR_INVALID, "sheets, envelopes or labels");
	refused(h,
	    run(h, "printer profile", "printer", "laser", "use", "all,sheets",
		NULL),
	    MR_INVALID, "or all");
	refused(h,
	    run(h, "printer profile", "printer", "two words", "use", "sheets",
		NULL),
	    MR_INVALID, "without blanks");
}

static void
the_same_page_does_not_count_twice(void **state)
{
	struct house *h = *state;
	static const struct off off = {1, 1.5, 1, -0.5};

	did(h, measure(h, &off), "1.50 mm right, 0.50 mm up");
	refused(h,
	    run(h, "printer profile", "printer", "laser", "left", "11.5", "top",
		"9.5", "across", "190", "down", "250", NULL),
	    MR_USAGE, "on top of it");
	refused(h,
	    run(h, "printer profile", "printer", "laser", "left", "11.5", "top",
		"9.5", "across", "190", "down", "250", "ruler", "0", NULL),
	    MR_REFUSED, "not the newest");
	did(h,
	    run(h, "printer profile", "printer", "laser", "left", "10", "top",
		"10", "across", "190", "down", "250", "ruler", "1", NULL),
	    "1.50 mm right, 0.50 mm up");
}

static void
the_same_request_answers_as_it_did(void **state)
{
	struct house *h = *state;
	static const struct off off = {1, 1.5, 1, -0.5};
	char first[512];

	h->request = "measured";
	did(h, measure(h, &off), "");
	snprintf(first, sizeof(first), "%.*s", (int)h->len, h->answer);
	h->request = NULL;
	did(h,
	    run(h, "printer profile", "printer", "laser", "reset", "yes", NULL),
	    "\"off\":\"nothing\"");
	h->request = "measured";
	did(h,
	    run(h, "printer profile", "printer", "laser", "left", "11.5", "top",
		"9.5", "across", "190.0", "down", "250.0", "ruler", "0", NULL),
	    "");
	assert_string_equal(h->answer, first);
	assert_int_equal(look(h, "laser").version, 2);
}

static void
a_profile_that_was_changed_in_the_file_is_found(void **state)
{
	struct house *h = *state;
	static const struct off off = {1, 1.5, 1, -0.5};
	struct mr_printer p;
	struct mr_call *c;

	did(h, measure(h, &off), "");
	p = look(h, "laser");
	c = house_begin(h);
	assert_int_equal(
	    sql_done(sql_prepare(
		c, SQL_SCAN "UPDATE printer SET shift_x = 900 WHERE id >= 0")),
	    MR_OK);
	assert_int_equal(mr_row_proved(c, MR_PRINTER, p.id), MR_DAMAGED);
	house_end(c);
	refused(h,
	    run(h, "printer profile", "printer", "laser", "reset", "yes", NULL),
	    MR_DAMAGED, "");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, house_setup, house_teardown)
	const struct CMUnitTest tests[] = {
	    T(a_printer_that_is_off_prints_right_by_its_profile),
	    T(a_profile_says_in_words_what_the_printer_does),
	    T(a_page_that_was_fitted_is_no_measure),
	    T(what_is_no_measure_is_refused_with_words),
	    T(the_same_page_does_not_count_twice),
	    T(the_same_request_answers_as_it_did),
	    T(a_profile_that_was_changed_in_the_file_is_found),
	};

	/* No server of this machine has a say in it. */
	setenv("CUPS_SERVER", "127.0.0.1:9", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
