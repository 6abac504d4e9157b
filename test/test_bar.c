/*
 * Bar codes: Code 128 is read back, the Intelligent Mail barcode has the bars
 * and the measures that the post office wants, and none goes inside.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "forms/bar.h"
#include "lib/imb.h"
#include "test/image.h"
#include "test/people.h"

#define DPI 600
#define BARS 65
#define MM(pixels) ((pixels)*25.4 / DPI)
#define IN(inches) ((inches)*25.4)

static struct form_fault fault;

struct sink {
	char bytes[1 << 20];
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

static struct image
render(struct form_doc *doc, int dpi)
{
	static struct sink sink;

	sink.len = 0;
	assert_int_equal(form_finish(doc, to_sink, &sink, &fault), FORM_OK);
	form_free(doc);
	return image_page(sink.bytes, sink.len, 1, dpi);
}

static struct form_doc *
begin(void)
{
	struct form_doc *doc = form_open(&people_setup, &fault);

	assert_non_null(doc);
	return doc;
}

static enum form_status
add_envelope(struct form_doc *doc, const struct form_outer *outer)
{
	struct form_envelope envelope;

	assert_int_equal(
	    form_envelope_find(NULL, NULL, "10", &envelope, &fault), FORM_OK);
	return form_envelope_add(doc, &envelope, outer, &fault);
}

static void
a_laser_gun_reads_the_letter_code_on_the_stub(void **state)
{
	static const char *const codes[] = {
	    "2CD4HFKMP7RT", "222222222222", "XWXWXWXWXWXW", "2C3D4F5H6K7M"};
	static const int dpi[] = {200, 300};
	struct form_cover cover = cover_in();
	struct image page;
	struct seen seen;

	(void)state;
	for (int i = 0; i < 8; i++) {
		struct form_doc *doc = begin();

		cover.laser.s = codes[i / 2];
		assert_int_equal(form_cover_add(doc, &cover, &fault), FORM_OK);
		page = render(doc, dpi[i % 2]);
		assert_int_equal(image_read(&page, ZBAR_CODE128, &seen, 1), 1);
		assert_string_equal(seen.text, codes[i / 2]);
		image_free(&page);
	}
}

/* One bar as it stands on the page, mm from the top left. */
struct bar {
	double left, right, top, bottom;
};

/* Dark columns of a part of the page in mm; how many bars. */
static int
find_bars(const struct image *page, double from_x, double from_y,
    struct bar bars[BARS + 1])
{
	int x = (int)(from_x / 25.4 * DPI), y0 = (int)(from_y / 25.4 * DPI);
	int n = 0, in = 0;

	for (; x < page->w && n <= BARS; x++) {
		int top = -1, bottom = -1;

		for (int y = y0; y < page->h; y++)
			if (image_at(page, x, y) < 128) {
				top = top < 0 ? y : top;
				bottom = y;
			}
		if (top >= 0 && !in)
			bars[n] =
			    (struct bar){MM(x), MM(x), MM(top), MM(bottom + 1)};
		if (top >= 0)
			bars[n].right = MM(x + 1);
		else if (in)
			n++;
		in = top >= 0;
	}
	return n;
}

/* F, A, D or T, by where it begins and ends. */
static void
letters(const struct bar bars[BARS], char text[BARS + 1])
{
	double top = 1e9, bottom = 0;

	for (int i = 0; i < BARS; i++) {
		top = bars[i].top < top ? bars[i].top : top;
		bottom = bars[i].bottom > bottom ? bars[i].bottom : bottom;
	}
	for (int i = 0; i < BARS; i++) {
		int up = bars[i].top < top + 0.5;
		int down = bars[i].bottom > bottom - 0.5;

		text[i] = up && down ? 'F' : up ? 'A' : down ? 'D' : 'T';
	}
	text[BARS] = '\0';
}

static struct image
with_imb(const char *digits, struct form_envelope *envelope)
{
	struct form_outer outer = outside();
	struct form_doc *doc = begin();

	outer.imb = (struct form_text)OWNED(digits, WREN);
	assert_int_equal(
	    form_envelope_find(NULL, NULL, "10", envelope, &fault), FORM_OK);
	assert_int_equal(add_envelope(doc, &outer), FORM_OK);
	return render(doc, DPI);
}

/* The four examples of USPS-B-3200. */
static void
the_bars_are_those_of_the_specification(void **state)
{
	static const char *const examples[][2] = {
	    {"01234567094987654321",
		"ATTFATTDTTADTAATTDTDTATTDAFDDFADFDFTFFFFFTATFAAAATDFFTDAADFTFDT"
		"DT"},
	    {"0123456709498765432101234",
		"DTTAFADDTTFTDTFTFDTDDADADAFADFATDDFTAAAFDTTADFAAATDFDTDFADDDTDF"
		"FT"},
	    {"01234567094987654321012345678",
		"ADFTTAFDTTTTFATTADTAAATFTFTATDAAAFDDADATATDTDTTDFDTDATADADTDFFT"
		"FA"},
	    {"0123456709498765432101234567891",
		"AADTFFDFTDADTAADAATFDTDDAAADDTDTTDAFADADDDTFFFDDTTTADFAAADFTDAA"
		"DA"},
	};
	struct form_envelope envelope;
	struct bar bars[BARS + 1];
	struct image page;
	char text[BARS + 1];

	(void)state;
	for (int i = 0; i < 4; i++) {
		page = with_imb(examples[i][0], &envelope);
		assert_int_equal(find_bars(&page, envelope.w - IMB_ZONE_W,
				     envelope.h - IMB_ZONE_H, bars),
		    BARS);
		letters(bars, text);
		assert_string_equal(text, examples[i][1]);
		image_free(&page);
	}
}

static void
within(double low, double value, double high)
{
	/* A pixel to either side. */
	if (value < low - MM(1) || value > high + MM(1))
		fail_msg(
		    "%.3f is not between %.3f and %.3f mm", value, low, high);
}

static void
the_bars_have_the_measures_of_the_post_office(void **state)
{
	struct form_envelope envelope;
	struct bar bars[BARS + 1];
	struct image page = with_imb("0070012345600000471156613", &envelope);
	double pitch, low = 1e9;
	char text[BARS + 1];

	(void)state;
	assert_int_equal(find_bars(&page, envelope.w - IMB_ZONE_W,
			     envelope.h - IMB_ZONE_H, bars),
	    BARS);
	letters(bars, text);
	for (int i = 0; i < BARS; i++) {
		double h = bars[i].bottom - bars[i].top;

		within(IN(0.015), bars[i].right - bars[i].left, IN(0.025));
		if (text[i] == 'F')
			within(IN(0.125), h, IN(0.165));
		else if (text[i] == 'T')
			within(IN(0.039), h, IN(0.057));
		else
			within(IN(0.082), h, IN(0.111));
		low = envelope.h - bars[i].bottom < low
		    ? envelope.h - bars[i].bottom
		    : low;
	}
	pitch = (bars[BARS - 1].left - bars[0].left) / (BARS - 1);
	within(IN(1) / 24, pitch, IN(1) / 20);
	/* DMM 202.5: where the machine looks. */
	within(IN(3.5), envelope.w - bars[0].left, IN(4.25));
	within(IN(0.1875), low, IN(0.625));
	within(IMB_CLEAR_X, envelope.w - bars[BARS - 1].right, 200);
	image_free(&page);
}

static void
a_code_of_bars_inside_needs_an_agreement(void **state)
{
	struct form_outer outer = inside();
	struct form_doc *doc = begin();

	(void)state;
	outer.imb = (struct form_text)OWNED("00700123456000004711", MARIA);
	assert_int_equal(add_envelope(doc, &outer), FORM_LEAK);
	assert_int_equal(fault.hit, FORM_HIT_CODE);
	assert_int_equal(form_pages(doc), 0);
	outer.piece.code_agreed = 1;
	assert_int_equal(add_envelope(doc, &outer), FORM_OK);
	outer.imb.s = NULL;
	outer.payload = (struct form_text)OURS("E2CD4HFKMP7RT3WXTVHK");
	assert_int_equal(add_envelope(doc, &outer), FORM_OK);
	outer.piece.code_agreed = 0;
	assert_int_equal(add_envelope(doc, &outer), FORM_LEAK);
	form_free(doc);
}

static void
digits_that_are_none_are_refused(void **state)
{
	static const char *const bad[] = {"", "0070012345600000471",
	    "00700123456000004711566", "0970012345600000471156613",
	    "00700123456A00004711"};
	struct form_cover cover = cover_in();
	struct form_outer outer = outside();
	struct form_doc *doc = begin();

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		outer.imb = (struct form_text)OWNED(bad[i], WREN);
		assert_int_equal(add_envelope(doc, &outer), FORM_BADVALUE);
	}
	outer.imb = (struct form_text)OWNED("00700123456000004711", MARIA);
	assert_int_equal(add_envelope(doc, &outer), FORM_LEAK);
	cover.laser.s = "2cd4hfkmp7rt";
	assert_int_equal(form_cover_add(doc, &cover, &fault), FORM_BADVALUE);
	cover.laser.s = "2CD4HFKMP7RT2CD4HFKMP7RT2";
	assert_int_equal(form_cover_add(doc, &cover, &fault), FORM_BADVALUE);
	cover.laser.s = "2CD4HFKMP7RT2CD4HFKMP7RT";
	assert_int_equal(form_cover_add(doc, &cover, &fault), FORM_TOOLONG);
	form_free(doc);
}

static void
made(int64_t mailer, int64_t serial, int endorsed, const char *zip,
    const char *want)
{
	struct mr_imb in = {mailer, serial, endorsed, zip};
	char digits[MR_IMB_SIZE];

	mr_imb_make(&in, digits);
	assert_string_equal(digits, want);
}

static void
the_digits_name_mailer_serial_and_zip(void **state)
{
	(void)state;
	made(123456, 4711, 1, "56613-6956", "00700123456000004711566136956");
	made(123456, 4711, 0, "56613", "0030012345600000471156613");
	made(901234567, 4711, 1, "56613", "0070090123456700471156613");
	made(42, 1, 1, "06810", "0070000004200000000106810");
	made(123456, 1234567890123, 1, NULL, "00700123456567890123");
	made(901234567, 1234567890123, 1, "", "00700901234567890123");
	made(123456, 1, 1, "SW1A 1AA", "00700123456000000001");
	made(123456, 1, 1, "56613-69", "00700123456000000001");
}

static void
a_mailer_id_has_six_or_nine_digits(void **state)
{
	(void)state;
	assert_true(mr_mailer_id_ok("0"));
	assert_true(mr_mailer_id_ok("123456"));
	assert_true(mr_mailer_id_ok("000042"));
	assert_true(mr_mailer_id_ok("901234567"));
	assert_false(mr_mailer_id_ok(""));
	assert_false(mr_mailer_id_ok("000000"));
	assert_false(mr_mailer_id_ok("12345"));
	assert_false(mr_mailer_id_ok("912345"));
	assert_false(mr_mailer_id_ok("123456789"));
	assert_false(mr_mailer_id_ok("12345x"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_laser_gun_reads_the_letter_code_on_the_stub),
	    cmocka_unit_test(the_bars_are_those_of_the_specification),
	    cmocka_unit_test(the_bars_have_the_measures_of_the_post_office),
	    cmocka_unit_test(a_code_of_bars_inside_needs_an_agreement),
	    cmocka_unit_test(digits_that_are_none_are_refused),
	    cmocka_unit_test(the_digits_name_mailer_serial_and_zip),
	    cmocka_unit_test(a_mailer_id_has_six_or_nine_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
