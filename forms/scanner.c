/*
 * How to set a scanner up, for somebody with its maker's manual in the hand,
 * and the codes that prove it.
 */
#include "forms/bar.h"
#include "forms/bench.h"
#include "forms/table.h"

#define TEST_QR 22.0
#define LASER_W 84.0
#define LASER_H 14.0

static const struct style body = {FACE_SANS, 11, 8, ALIGN_LEFT, 1.25, 0};
static const struct style number = {FACE_BOLD, 12.5, 9, ALIGN_LEFT, 0, 0};
static const struct style under = {FACE_MONO, 12, 9, ALIGN_CENTRE, 0, 0};
static const struct style caption = {FACE_BOLD, 12, 9, ALIGN_CENTRE, 0, 0};

static void
paragraph(struct report *report, enum word word)
{
	ink_start(report->doc, "wording");
	ink_word(report->doc, report->doc->lang, word, NULL, 0);
	report_text(report, &body);
}

/* A step with its number in the margin of the text. */
static void
step(struct report *report, int n, enum word word)
{
	struct form_doc *doc = report->doc;
	double w = report_width(doc) - 9;

	ink_start(doc, "number of a step");
	ink_number(doc, n);
	flow_line(doc, &number, REPORT_LEFT, report->y, 8);
	ink_start(doc, "step");
	ink_word(doc, doc->lang, word, NULL, 0);
	report->y = flow_wrap(doc, &body, REPORT_LEFT + 9, report->y, w, 0);
	report->y += 1.1;
}

static void
steps(struct report *report, int laser)
{
	enum word word = W_SCANNER_STEP1;
	int n;

	for (n = 1; word <= W_SCANNER_STEP8; word++) {
		if (word == W_SCANNER_STEP4_LASER && !laser)
			continue;
		if (word == W_SCANNER_STEP4 && laser)
			continue;
		step(report, n++, word);
	}
}

/* A test code in the middle of w mm, its name above, its text below. */
static void
test_code(struct report *report, const struct form_text *text, int n, double x,
    double w)
{
	struct fill fills[1] = {{.name = "n", .figure = 1, .number = n}};
	struct form_doc *doc = report->doc;
	double y = report->y;

	ink_start(doc, "name of a test");
	ink_word(doc, doc->lang, W_SCANNER_TEST, fills, 1);
	flow_line(doc, &caption, x, y, w);
	draw_qr(doc, *text, 20, x + (w - TEST_QR) / 2, y + 6, TEST_QR);
	ink_start(doc, "text of a test");
	ink_text(doc, *text);
	flow_line(doc, &under, x, y + TEST_QR + 14, w);
}

static void
tests(struct report *report, const struct form_scanner *scanner)
{
	struct form_doc *doc = report->doc;
	double half = report_width(doc) / 2;
	double x = REPORT_LEFT + (report_width(doc) - LASER_W) / 2;

	report->y += 1.5;
	test_code(report, &scanner->tests[0], 1, REPORT_LEFT, half);
	test_code(report, &scanner->tests[1], 2, REPORT_LEFT + half, half);
	report->y += TEST_QR + 21;
	if (scanner->laser.s == NULL)
		return;
	report_need(report, LASER_H + 12);
	draw_code128(doc, scanner->laser, x, report->y - 2, LASER_W, LASER_H);
	draw_words(doc, &caption, doc->lang, W_SCANNER_LASER, REPORT_LEFT,
	    report->y + LASER_H + 4, report_width(doc));
	report->y += LASER_H + 11;
}

enum form_status
form_scanner_add(struct form_doc *doc, const struct form_scanner *scanner,
    struct form_fault *fault)
{
	struct report report;

	add_begin(doc);
	report_begin(&report, doc);
	ink_start(doc, "title");
	ink_word(doc, doc->lang, W_SCANNER_TITLE, NULL, 0);
	report_title(&report);
	paragraph(&report, W_SCANNER_WHAT);
	report.y += 2;
	steps(&report, scanner->laser.s != NULL);
	report_heading(&report, W_SCANNER_PROVE);
	paragraph(&report, W_SCANNER_HOW);
	tests(&report, scanner);
	paragraph(&report, W_SCANNER_WRONG1);
	report.y += 1;
	paragraph(&report, W_SCANNER_WRONG2);
	report_end(&report);
	return add_end(doc, fault);
}
