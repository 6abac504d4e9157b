/*
 * The measures of the forms and their proof: form lint over every stock, and
 * each of its rules broken once; the office's own measures.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "forms/lint_rules.h"
#include "test/people.h"

static struct form_fault fault;

/* What was found, and how many stocks are too small. */
struct told {
	char rules[512]; /* that were broken, one a line */
	int failed, small, small_long;
};

static int
tell(void *arg, const struct form_finding *f)
{
	struct told *told = arg;

	if (f->refused) {
		told->small += strstr(f->rule, "longest") == NULL;
		told->small_long += strstr(f->rule, "longest") != NULL;
		return 0;
	}
	print_message("# %s %s: %s: %.2f, wanted %.2f (%s)\n", f->form,
	    f->stock, f->rule, f->measured, f->wanted, f->sample);
	strcat(told->rules, f->rule);
	strcat(told->rules, "\n");
	told->failed++;
	return 0;
}

static size_t
lint(struct form_lint *ask, struct told *told)
{
	size_t checked = 0;

	memset(told, 0, sizeof(*told));
	if (ask->setup == NULL)
		ask->setup = &people_setup;
	ask->tell = tell;
	ask->arg = told;
	assert_int_equal(form_lint(ask, &checked, &fault), FORM_OK);
	return checked;
}

static void
every_form_on_every_stock_keeps_the_rules(void **state)
{
	struct form_lint ask = {0};
	struct told told;

	(void)state;
	/* Labels, envelopes with and without windows, the cover sheet. */
	assert_int_equal(lint(&ask, &told), 1207 + 24 + 1);
	assert_int_equal(told.failed, 0);
	print_message("# too small for an address: %d, for the longest: %d "
		      "more\n",
	    told.small, told.small_long);
	assert_in_range(told.small, 200, 300);
}

static void
so_they_do_on_a4(void **state)
{
	struct form_setup setup = people_setup;
	struct form_lint ask = {.setup = &setup, .find = "window"};
	struct told told;

	(void)state;
	setup.paper = FORM_A4;
	assert_int_equal(lint(&ask, &told), 13);
	assert_int_equal(told.failed, 0);
	ask.find = "cover sheet";
	assert_int_equal(lint(&ask, &told), 1);
	assert_int_equal(told.failed, 0);
}

static void
a_stock_that_was_moved_is_found(void **state)
{
	struct form_stock moved;
	struct checking c = {.tell = tell};
	struct form_outer label = outside();
	struct told told = {0};

	(void)state;
	assert_int_equal(
	    form_stock_find(NULL, NULL, "avery-5160", &moved, &fault), FORM_OK);
	c.doc = form_open(&people_setup, &fault);
	c.arg = &told;
	c.at.form = "label";
	c.at.stock = c.at.sample = "moved";
	assert_non_null(c.doc);
	add_begin(c.doc);
	page_new(c.doc, moved.page_w, moved.page_h);
	label_draw(c.doc, &moved, 4, 1, &label);
	rules_label(&c, &moved, 4);
	assert_int_equal(told.failed, 0);
	/* The labels begin lower than it was drawn for. */
	moved.top += 8;
	rules_label(&c, &moved, 4);
	assert_string_equal(told.rules, "inside the label\n");
	moved.top += 250;
	rules_label(&c, &moved, 4);
	assert_non_null(strstr(told.rules, "inside the page"));
	moved.top -= 258;
	moved.pitch_x -= 5;
	rules_label(&c, &moved, 4);
	assert_non_null(strstr(told.rules, "clear of the next label"));
	form_free(c.doc);
}

/* Draw outer on a #10, add `more`, and tell which rules are broken. */
static const char *
broken(const struct form_outer *outer, void (*more)(struct form_doc *doc))
{
	static struct told told;
	struct checking c = {.tell = tell, .arg = &told};

	memset(&told, 0, sizeof(told));
	c.at.form = "envelope";
	c.at.stock = "10";
	c.at.sample = "broken";
	c.doc = form_open(&people_setup, &fault);
	assert_non_null(c.doc);
	add_begin(c.doc);
	envelope_draw(c.doc, number10(), outer);
	if (more != NULL) {
		piece_begin(c.doc, &outer->piece);
		more(c.doc);
		piece_end(c.doc);
	}
	assert_false(doc_failed(c.doc));
	rules_page(&c, 241.3, 104.775);
	rules_address(&c, 10, 12);
	rules_envelope(&c, number10());
	form_free(c.doc);
	return told.rules;
}

static void
push_into_the_clear_zone(struct form_doc *doc)
{
	draw_box(doc, 130, 97, 20, 4, 0);
}

static void
write_beside_the_address(struct form_doc *doc)
{
	draw_box(doc, 20, 62, 20, 4, 0);
}

static void
crowd_the_endorsement(struct form_doc *doc)
{
	draw_box(doc, 65, 31, 4, 3, 0);
}

static void
print_on_the_edge(struct form_doc *doc)
{
	draw_rule(doc, 1, 50, 1, 52, 0.5);
}

static void
crowd_the_code(struct form_doc *doc)
{
	draw_box(doc, 144, 12, 3, 3, 0);
}

static void
a_second_address(struct form_doc *doc, double x, double y, double size)
{
	struct style style = {FACE_SANS, size, size, ALIGN_LEFT, 0, 0};

	doc->role = ROLE_TO;
	ink_start(doc, "test");
	ink_form(doc, "ELY MN");
	flow_line(doc, &style, x, y, 60);
	doc->role = ROLE_NONE;
}

static void
a_line_too_low(struct form_doc *doc)
{
	a_second_address(doc, 114.3, 89.2, 12);
}

static void
a_line_too_small(struct form_doc *doc)
{
	a_second_address(doc, 114.3, 82, 9);
}

static void
a_line_too_large(struct form_doc *doc)
{
	a_second_address(doc, 114.3, 82, 14);
}

static void
a_line_too_near(struct form_doc *doc)
{
	a_second_address(doc, 114.3, 72, 12);
}

static void
a_line_set_in(struct form_doc *doc)
{
	a_second_address(doc, 120, 82, 12);
}

static void
small_letters(struct form_doc *doc)
{
	struct style style = {FACE_SANS, 12, 12, ALIGN_LEFT, 0, 0};

	doc->role = ROLE_TO;
	ink_start(doc, "test");
	ink_form(doc, "Ely, Mn");
	flow_line(doc, &style, 114.3, 82, 60);
	doc->role = ROLE_NONE;
}

static void
each_rule_of_an_envelope_can_be_broken(void **state)
{
	struct form_outer outer = outside();

	(void)state;
	assert_string_equal(broken(&outer, NULL), "");
	assert_non_null(strstr(
	    broken(&outer, push_into_the_clear_zone), "barcode clear zone"));
	assert_non_null(strstr(broken(&outer, write_beside_the_address),
	    "nothing beside or under the address"));
	assert_non_null(strstr(broken(&outer, crowd_the_endorsement),
	    "space around the endorsement"));
	assert_non_null(
	    strstr(broken(&outer, print_on_the_edge), "inside the page"));
	assert_non_null(
	    strstr(broken(&outer, crowd_the_code), "quiet zone of the code"));
	assert_non_null(
	    strstr(broken(&outer, a_line_too_low), "address in the read area"));
	assert_non_null(strstr(
	    broken(&outer, a_line_too_small), "type of the address, least"));
	assert_non_null(strstr(
	    broken(&outer, a_line_too_large), "type of the address, most"));
	assert_non_null(
	    strstr(broken(&outer, a_line_too_near), "space between the lines"));
	assert_non_null(strstr(
	    broken(&outer, a_line_set_in), "lines begin under each other"));
	assert_non_null(strstr(
	    broken(&outer, small_letters), "capitals without punctuation"));
	outer.endorsement = FORM_NO_ENDORSEMENT;
	assert_non_null(
	    strstr(broken(&outer, NULL), "endorsement under our address"));
}

static void
the_post_offices_barcode_alone_may_stand_in_its_zone(void **state)
{
	struct form_outer outer = outside();

	(void)state;
	outer.imb = (struct form_text)OURS("01234567094987654321");
	assert_string_equal(broken(&outer, NULL), "");
	assert_non_null(strstr(broken(&outer, push_into_the_clear_zone),
	    "space around the barcode"));
}

/* The page behind the built-in window, in an envelope measured anew. */
static const char *
behind(const struct form_envelope *real)
{
	static struct told told;
	struct checking c = {.tell = tell, .arg = &told};
	struct form_envelope drawn;
	struct form_outer outer = inside();
	struct insert in;

	memset(&told, 0, sizeof(told));
	c.at.form = "window";
	c.at.stock = real->name;
	c.at.sample = "inside";
	assert_int_equal(
	    form_envelope_find(NULL, NULL, real->name, &drawn, &fault),
	    FORM_OK);
	c.doc = form_open(&people_setup, &fault);
	assert_non_null(c.doc);
	add_begin(c.doc);
	insert_draw(c.doc, &drawn, &outer);
	assert_false(doc_failed(c.doc));
	insert_plan(c.doc, &drawn, &in);
	in.slide_x += real->w - drawn.w;
	in.slide_y += real->h - drawn.h;
	rules_window(&c, real, &in);
	form_free(c.doc);
	return told.rules;
}

static void
a_window_that_is_elsewhere_is_found_in_some_position(void **state)
{
	struct form_envelope e;

	(void)state;
	assert_int_equal(
	    form_envelope_find(NULL, NULL, "10-window", &e, &fault), FORM_OK);
	assert_string_equal(behind(&e), "");
	e.window.left += 6;
	assert_non_null(
	    strstr(behind(&e), "address clear of its window's edges"));
	e.window.left -= 6;
	e.window.h += 30;
	assert_non_null(strstr(behind(&e), "nothing else in the window"));
	e.window.h -= 30;
	/* A higher envelope, in which the page slides further down. */
	e.h += 4;
	assert_non_null(
	    strstr(behind(&e), "address clear of its window's edges"));
	assert_int_equal(
	    form_envelope_find(NULL, NULL, "10-double-window", &e, &fault),
	    FORM_OK);
	assert_string_equal(behind(&e), "");
	e.upper.bottom += 8;
	assert_non_null(
	    strstr(behind(&e), "our address clear of its window's edges"));
}

static void
an_offices_measures_take_effect(void **state)
{
	struct form_setup setup = people_setup;
	struct form_lint ask = {.setup = &setup, .find = "10"};
	struct form_doc *doc;
	struct told told;

	(void)state;
	setup.layout = "# ours\nenvelope.edge = 9\n\nenvelope.type.to=11.5\r\n"
		       "cover.tear.letter = 184";
	setup.layout_name = "forms/layout.txt";
	doc = form_open(&setup, &fault);
	assert_non_null(doc);
	assert_float_equal(measure_of(doc, L_ENVELOPE_EDGE), 9, 0.001);
	assert_float_equal(measure_of(doc, L_ENVELOPE_TO), 11.5, 0.001);
	assert_float_equal(measure_of(doc, L_COVER_TEAR_LETTER), 184, 0.001);
	assert_float_equal(measure_of(doc, L_COVER_TEAR_A4), 198, 0.001);
	form_free(doc);
	lint(&ask, &told);
	assert_int_equal(told.failed, 0);
}

static void
refuse(const char *layout, const char *why)
{
	struct form_setup setup = people_setup;

	setup.layout = layout;
	setup.layout_name = "forms/layout.txt";
	assert_null(form_open(&setup, &fault));
	assert_int_equal(fault.status, FORM_WORDING);
	assert_non_null(strstr(fault.message, "forms/layout.txt:2: "));
	assert_non_null(strstr(fault.message, why));
}

static void
a_fault_in_the_measures_is_named_with_its_line(void **state)
{
	(void)state;
	refuse("#\nenvelope.egde = 9\n", "unknown key envelope.egde");
	refuse("#\nenvelope.edge = 1\n", "envelope.edge is between 5 and 12.7");
	refuse("#\nenvelope.edge = 99\n", "between 5 and 12.7");
	refuse("#\nenvelope.edge = wide\n", "not a number: wide");
	refuse("#\nenvelope.edge = 1e1\n", "not a number");
	refuse("#\nenvelope.edge = -9\n", "not a number");
	refuse("#\nenvelope.edge = 9.1.2\n", "not a number");
	refuse("#\nenvelope.edge =\n", "not a number");
	refuse("#\nenvelope.edge 9\n", "not `key = number`");
	refuse("envelope.edge = 9\nenvelope.edge = 9\n", "said twice");
}

/* A list of people, saved under the name of a file of ours. */
static void
a_fault_repeats_no_line_of_the_file(void **state)
{
	static const char *const lines[] = {"#\nO-1,Amara Quillfeather\n",
	    "#\nAmara Quillfeather = 12\n", "#\ncover.left = Quillfeather\n",
	    "#\ncover.for = {Amara Quillfeather\n",
	    "#\ncover.for = {Amara Quillfeather}\n"};
	struct form_setup setup = people_setup;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		refuse(lines[i], "layout.txt:2: ");
		assert_null(strstr(fault.message, "Quill"));
		setup.wording[FORM_EN] = lines[i];
		assert_null(form_open(&setup, &fault));
		assert_non_null(strstr(fault.message, ".txt:2: "));
		assert_null(strstr(fault.message, "Quill"));
	}
}

/* The ends of every range: some together break a rule, none breaks a form. */
static void
every_measure_at_its_ends_still_draws_or_is_refused(void **state)
{
	static const struct {
		const char *key;
		double least, most;
	} rows[] = {
#define ROW(name, key, least, most) {key, least, most},
	    LAYOUT(ROW)};
	struct form_setup setup = people_setup;
	struct form_lint ask = {.setup = &setup, .find = "thermal"};
	struct told told;
	char line[80];
	size_t i;

	(void)state;
	setup.layout = line;
	for (i = 0; i < 2 * LAYOUT_COUNT; i++) {
		snprintf(line, sizeof(line), "%s = %g", rows[i / 2].key,
		    i % 2 ? rows[i / 2].most : rows[i / 2].least);
		ask.find = strncmp(line, "cover", 5) == 0 ? "cover sheet"
		    : strncmp(line, "window", 6) == 0     ? "10-window"
		    : strncmp(line, "label", 5) == 0      ? "avery-5163"
		    : strncmp(line, "shipping", 8) == 0   ? "thermal"
							  : "10";
		assert_true(lint(&ask, &told) > 0);
		if (told.failed > 0)
			print_message("# %s\n", line);
		assert_int_equal(told.failed, 0);
	}
}

static void
the_large_label_has_all_that_an_envelope_has(void **state)
{
	struct form_doc *doc = form_open(&people_setup, &fault);
	struct form_outer outer = outside();
	struct form_stock stock;
	struct box box, to, imb;

	(void)state;
	outer.imb = (struct form_text)OURS("01234567094987654321");
	assert_int_equal(
	    form_stock_find(NULL, NULL, "thermal-4x6", &stock, &fault),
	    FORM_OK);
	assert_float_equal(stock.label_w, 101.6, 0.01);
	assert_float_equal(stock.label_h, 152.4, 0.01);
	add_begin(doc);
	page_new(doc, stock.page_w, stock.page_h);
	label_draw(doc, &stock, 0, 1, &outer);
	assert_false(doc_failed(doc));
	assert_true(role_box(doc, ROLE_FROM, &box));
	assert_true(role_box(doc, ROLE_ENDORSE, &box));
	assert_true(role_box(doc, ROLE_TO, &to));
	assert_true(role_box(doc, ROLE_IMB, &imb));
	assert_true(box.y2 < to.y && to.y2 < imb.y);
	/* Read from across the room: three times a small label's type. */
	assert_true(to.y2 - to.y > 18);
	form_free(doc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_form_on_every_stock_keeps_the_rules),
	    cmocka_unit_test(so_they_do_on_a4),
	    cmocka_unit_test(a_stock_that_was_moved_is_found),
	    cmocka_unit_test(each_rule_of_an_envelope_can_be_broken),
	    cmocka_unit_test(
		the_post_offices_barcode_alone_may_stand_in_its_zone),
	    cmocka_unit_test(
		a_window_that_is_elsewhere_is_found_in_some_position),
	    cmocka_unit_test(an_offices_measures_take_effect),
	    cmocka_unit_test(a_fault_in_the_measures_is_named_with_its_line),
	    cmocka_unit_test(a_fault_repeats_no_line_of_the_file),
	    cmocka_unit_test(
		every_measure_at_its_ends_still_draws_or_is_refused),
	    cmocka_unit_test(the_large_label_has_all_that_an_envelope_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
