/*
 * How often our codes are read: clean, and after what paper and scanners do
 * to them.  The table of rates is printed as comments and held.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "test/damage.h"
#include "test/people.h"

#define SAMPLES 4 /* different codes of a kind */
#define TRIALS 48 /* of a damage, for each kind and resolution */
#define MORE_TRIALS 144
#define SEED UINT64_C(0x6d61696c726f6f6d)
#define MARGIN 6 /* modules kept around a code */

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

static void
finish(struct form_doc *doc, struct sink *sink)
{
	struct form_fault fault;

	sink->len = 0;
	assert_int_equal(form_finish(doc, to_sink, sink, &fault), FORM_OK);
	form_free(doc);
}

/* Another payload of the same kind. */
static const char *
payload(char kind, int n, char text[21])
{
	static const char alphabet[] = "2345678CDFHKMPRTVWX";
	uint64_t state = SEED + (uint64_t)n * 977 + (uint64_t)kind;

	text[0] = kind;
	for (int i = 1; i < 20; i++)
		text[i] = alphabet[image_between(&state, 0, 18)];
	text[20] = '\0';
	return text;
}

static void
draw_stub(struct form_doc *doc, const char *text)
{
	struct form_cover cover = cover_in();
	struct form_fault fault;

	cover.payload.s = text;
	assert_int_equal(form_cover_add(doc, &cover, &fault), FORM_OK);
}

static void
draw_envelope(struct form_doc *doc, const char *text)
{
	struct form_outer outer = outside();
	struct form_envelope envelope;
	struct form_fault fault;

	outer.payload.s = text;
	assert_int_equal(
	    form_envelope_find(NULL, NULL, "10", &envelope, &fault), FORM_OK);
	assert_int_equal(
	    form_envelope_add(doc, &envelope, &outer, &fault), FORM_OK);
}

static const struct {
	const char *name;
	char letter;
	void (*draw)(struct form_doc *doc, const char *text);
} kinds[] = {{"stub", 'L', draw_stub}, {"envelope", 'E', draw_envelope}};
static const int resolutions[] = {300, 200};
#define NKINDS 2
#define NRESOLUTIONS 2

/* Around the dark within a box of the page. */
static void
tighten(const struct image *page, struct seen *box)
{
	struct seen tight = *box;

	tight.left = tight.top = 1 << 20;
	tight.right = tight.bottom = -1;
	for (int y = box->top; y <= box->bottom; y++)
		for (int x = box->left; x <= box->right; x++) {
			if (image_at(page, x, y) > 127)
				continue;
			tight.left = x < tight.left ? x : tight.left;
			tight.right = x > tight.right ? x : tight.right;
			tight.top = y < tight.top ? y : tight.top;
			tight.bottom = y > tight.bottom ? y : tight.bottom;
		}
	*box = tight;
}

static void
take_sample(int kind, int n, int dpi, struct sample *s)
{
	struct form_fault fault;
	struct form_doc *doc = form_open(&people_setup, &fault);
	static struct sink sink;
	struct image page;
	struct seen seen;
	char text[21];
	int grow, margin;

	assert_non_null(doc);
	kinds[kind].draw(doc, payload(kinds[kind].letter, n, text));
	finish(doc, &sink);
	page = image_page(sink.bytes, sink.len, 1, dpi);
	assert_non_null(page.p);
	assert_int_equal(image_read(&page, ZBAR_QRCODE, &seen, 1), 1);
	assert_string_equal(seen.text, text);
	grow = (seen.right - seen.left) / 12;
	seen.left -= grow;
	seen.top -= grow;
	seen.right += grow;
	seen.bottom += grow;
	tighten(&page, &seen);
	s->module = (double)(seen.right - seen.left + 1) / MODULES;
	margin = (int)(MARGIN * s->module);
	s->image = image_crop(&page, seen.left - margin, seen.top - margin,
	    seen.right - seen.left + 1 + 2 * margin,
	    seen.bottom - seen.top + 1 + 2 * margin);
	s->left = s->top = margin;
	s->dpi = dpi;
	strcpy(s->text, text);
	image_free(&page);
}

/*
 * least: percent that must be read, by kind, resolution and look.  The first
 * look is one picture as it is; the second one more, as a hand scanner takes
 * many a second, a little out of focus and from further away.
 */
enum { FIRST, SECOND, NLOOKS };
static const struct {
	const char *name;
	damage damage;
	int trials;
	int least[NKINDS][NRESOLUTIONS][NLOOKS];
} damages[] = {
    {"clean", nothing, 8, {{{100, 100}, {100, 100}}, {{100, 100}, {100, 100}}}},
    {"upside down", upside_down, 8,
	{{{100, 100}, {100, 100}}, {{100, 100}, {100, 100}}}},
    {"blur", blur, TRIALS, {{{95, 98}, {95, 98}}, {{95, 98}, {95, 98}}}},
    {"3 degrees skew", skew, TRIALS,
	{{{95, 98}, {95, 98}}, {{95, 98}, {95, 98}}}},
    {"salt, pepper 2 %", a_little_salt, TRIALS,
	{{{88, 98}, {90, 98}}, {{95, 98}, {95, 98}}}},
    {"salt, pepper 10 %", much_salt, TRIALS,
	{{{0, 95}, {0, 55}}, {{0, 95}, {0, 95}}}},
    {"fax threshold", fax, TRIALS,
	{{{95, 98}, {95, 98}}, {{95, 98}, {95, 98}}}},
    {"replaced modules", replaced_modules, MORE_TRIALS,
	{{{65, 75}, {65, 75}}, {{65, 75}, {65, 75}}}},
    {"torn corner", torn_corner, TRIALS,
	{{{70, 75}, {68, 72}}, {{72, 75}, {62, 68}}}},
};
#define NDAMAGES (sizeof(damages) / sizeof(damages[0]))

static int
reads(const struct image *image, const char *text)
{
	struct seen seen;

	return image_read(image, ZBAR_QRCODE, &seen, 1) == 1 &&
	    strcmp(seen.text, text) == 0;
}

/* A mean over 0.3 mm, and the hand a little turned each time. */
static int
reads_by_hand(struct image *image, const struct sample *s)
{
	static const double turns[] = {0, 15, 30, 45, 60, 75};
	int good = 0, r = s->dpi / 150;

	smear(image, r, 1, 0);
	smear(image, r, 0, 1);
	for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]) && !good; i++) {
		struct image turned =
		    image_crop(image, 0, 0, image->w, image->h);

		if (turns[i] > 0)
			turn(&turned, turns[i], image->w / 2.0, image->h / 2.0);
		good = reads(&turned, s->text);
		image_free(&turned);
	}
	return good;
}

/* Percent of the trials in which the text came out whole. */
static void
rates(const struct sample from[SAMPLES], size_t d, int percent[NLOOKS])
{
	int good[NLOOKS] = {0, 0};
	uint64_t state = SEED + d;
	int trials = damages[d].trials;

	for (int trial = 0; trial < trials; trial++) {
		const struct sample *s = &from[trial % SAMPLES];
		struct image image =
		    image_crop(&s->image, 0, 0, s->image.w, s->image.h);

		damages[d].damage(&image, s, &state);
		if (reads(&image, s->text)) {
			good[FIRST]++;
			good[SECOND]++;
		} else {
			good[SECOND] += reads_by_hand(&image, s);
		}
		image_free(&image);
	}
	percent[FIRST] = good[FIRST] * 100 / trials;
	percent[SECOND] = good[SECOND] * 100 / trials;
}

static struct sample samples[NKINDS][NRESOLUTIONS][SAMPLES];

/* One line of the table; how many rates are too low. */
static int
try_damage(size_t d)
{
	int got[NLOOKS], bad = 0;

	printf("# %-18s %6d", damages[d].name, damages[d].trials);
	for (int k = 0; k < NKINDS; k++)
		for (int r = 0; r < NRESOLUTIONS; r++) {
			rates(samples[k][r], d, got);
			for (int l = 0; l < NLOOKS; l++)
				bad += got[l] < damages[d].least[k][r][l];
			printf("  %7d %4d", got[FIRST], got[SECOND]);
		}
	printf("\n");
	return bad;
}

static void
codes_are_read_after_what_paper_and_scanners_do(void **state)
{
	int bad = 0;

	(void)state;
	printf("# percent that was read, at the first and by the second look\n"
	       "# %-18s %6s  %12s  %12s  %12s  %12s\n",
	    "", "trials", "stub 300 dpi", "stub 200 dpi", "env. 300 dpi",
	    "env. 200 dpi");
	for (size_t d = 0; d < NDAMAGES; d++)
		bad += try_damage(d);
	assert_int_equal(bad, 0);
}

/* Every form that has a code, as one document; the codes it must have. */
struct expected {
	char text[64][IMAGE_TEXT];
	int n;
};

static struct form_text
expect(struct expected *e, const char *text)
{
	struct form_text out = {e->text[e->n], 0, 0};

	snprintf(e->text[e->n++], IMAGE_TEXT, "%s", text);
	return out;
}

static void
draw_covers(struct form_doc *doc, struct expected *e)
{
	struct form_cover cover = cover_out();
	struct form_fault fault;

	expect(e, cover.payload.s);
	expect(e, cover.reply.s);
	assert_int_equal(form_cover_add(doc, &cover, &fault), FORM_OK);
	cover = cover_in();
	expect(e, cover.payload.s);
	assert_int_equal(form_cover_add(doc, &cover, &fault), FORM_OK);
}

static void
draw_outers(struct form_doc *doc, struct expected *e)
{
	static const char *const names[] = {"10", "9", "6x9", "c5"};
	struct form_outer outer = outside();
	struct form_envelope envelope;
	struct form_fault fault;
	struct form_stock stock;
	char text[21];

	for (int i = 0; i < 4; i++) {
		outer.payload.s = expect(e, payload('E', 20 + i, text)).s;
		assert_int_equal(
		    form_envelope_find(NULL, NULL, names[i], &envelope, &fault),
		    FORM_OK);
		assert_int_equal(
		    form_envelope_add(doc, &envelope, &outer, &fault), FORM_OK);
	}
	outer.payload.s = expect(e, payload('E', 30, text)).s;
	assert_int_equal(
	    form_stock_find(NULL, NULL, "avery-5163", &stock, &fault), FORM_OK);
	assert_int_equal(
	    form_labels_add(doc, &stock, 4, 1, &outer, 1, &fault), FORM_OK);
}

static void
draw_office(struct form_doc *doc, struct expected *e)
{
	static const char *const groups[] = {"2CD-4HF-KMP", "7RT-XW3-5VH"};
	struct form_posted posted = {.code = OURS("2CD-4HF-KMP-7RT"),
	    .number = OURS("A1"),
	    .from = SHARED("WREN", WREN),
	    .to = SHARED("MARIA", MARIA),
	    .side = FORM_INSIDE};
	struct form_manifest m = {.batch = OURS("B12"),
	    .date = day,
	    .closed_by = OURS("dolores"),
	    .letters = &posted,
	    .count = 1,
	    .site = OURS("0"),
	    .seq = OURS("48213"),
	    .words = {
		OURS("2CD-4HF-KMP"), OURS("7RT-XW3-5VH"), OURS("K8M-6RP-TMC")}};
	struct form_recovery r = {.date = day,
	    .office_id = OURS("H4K7-22"),
	    .groups = groups,
	    .count = 2};
	struct form_fault fault;

	m.payload = expect(e, "B0 48213 2CD4HFKMP 7RTXW35VH K8M6RPTMC");
	assert_int_equal(form_manifest_add(doc, &m, &fault), FORM_OK);
	r.payload = expect(e,
	    "R2CD4HFKMP7RTXW35VHK8M6RPTMC3FH5KD2PXW4RTVH8CDXMP2K6HF7RT53WXVD45"
	    "HXKC8MF2P7DW3T4RK")
			.s;
	assert_int_equal(form_recovery_add(doc, &r, &fault), FORM_OK);
}

static void
draw_bench(struct form_doc *doc, struct expected *e)
{
	struct form_badge badge = {
	    .date = day, .name = OURS("ruth"), .role = FORM_STAFF, .copy = 2};
	struct form_scanner scanner = {.date = day};
	struct form_bench bench = {.date = day};
	struct form_fault fault;
	char text[21];

	for (int i = 0; i < 9; i++)
		bench.flags[i] = expect(e, payload('B', i, text));
	for (int i = 0; i < FORM_BENCH_COUNTS; i++)
		bench.counts[i] = expect(e, payload('B', 20 + i, text));
	assert_int_equal(form_bench_add(doc, &bench, &fault), FORM_OK);
	badge.payload = expect(e, payload('U', 1, text));
	assert_int_equal(form_badge_add(doc, &badge, &fault), FORM_OK);
	for (int i = 0; i < 2; i++)
		scanner.tests[i] = expect(e, payload('B', 40 + i, text));
	assert_int_equal(form_scanner_add(doc, &scanner, &fault), FORM_OK);
}

/* Each expected text is struck out as it is seen. */
static void
strike(struct expected *e, const struct seen *seen, int dpi)
{
	for (int i = 0; i < e->n; i++)
		if (strcmp(e->text[i], seen->text) == 0) {
			e->text[i][0] = '\0';
			return;
		}
	fail_msg("%s was not to be seen at %d dpi", seen->text, dpi);
}

static void
read_all(const struct sink *sink, const struct expected *all, int dpi)
{
	static struct expected e;
	struct seen seen[32];
	struct image page;

	e = *all;
	for (int i = 1;; i++) {
		page = image_page(sink->bytes, sink->len, i, dpi);
		if (page.p == NULL)
			break;
		for (int n = image_read(&page, ZBAR_QRCODE, seen, 32); n > 0;)
			strike(&e, &seen[--n], dpi);
		image_free(&page);
	}
	for (int i = 0; i < e.n; i++)
		if (e.text[i][0] != '\0')
			fail_msg("%s was not read at %d dpi", e.text[i], dpi);
}

static void
every_code_of_every_form_is_read_at_200_and_300_dpi(void **state)
{
	struct form_setup setup = people_setup;
	static struct expected e;
	static struct sink sink;
	struct form_fault fault;
	struct form_doc *doc;

	(void)state;
	for (int paper = 0; paper < 2; paper++) {
		setup.paper = (enum form_paper)paper;
		setup.lang = paper ? FORM_ES : FORM_EN;
		doc = form_open(&setup, &fault);
		assert_non_null(doc);
		e.n = 0;
		draw_covers(doc, &e);
		draw_outers(doc, &e);
		draw_office(doc, &e);
		draw_bench(doc, &e);
		finish(doc, &sink);
		read_all(&sink, &e, 300);
		read_all(&sink, &e, 200);
	}
	printf("# %d codes on %s and %s\n", e.n, "Letter", "A4");
}

static int
take_samples(void **state)
{
	(void)state;
	for (int k = 0; k < NKINDS; k++)
		for (int r = 0; r < NRESOLUTIONS; r++)
			for (int i = 0; i < SAMPLES; i++)
				take_sample(
				    k, i, resolutions[r], &samples[k][r][i]);
	return 0;
}

static int
drop_samples(void **state)
{
	(void)state;
	for (int k = 0; k < NKINDS; k++)
		for (int r = 0; r < NRESOLUTIONS; r++)
			for (int i = 0; i < SAMPLES; i++)
				image_free(&samples[k][r][i].image);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		every_code_of_every_form_is_read_at_200_and_300_dpi),
	    cmocka_unit_test(codes_are_read_after_what_paper_and_scanners_do),
	};

	return cmocka_run_group_tests(tests, take_samples, drop_samples);
}
