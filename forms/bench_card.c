/*
 * The bench card: what a hand that holds a scanner need not type.
 */
#include "forms/bench.h"
#include "forms/table.h"

#define ACROSS 3
#define FLAG_H 65.0
#define COUNT_H 50.0
#define GAP 3.0
#define FLAG_QR 28.0
#define COUNT_QR 26.0
#define QUIET 5.0 /* more than four modules of either */

static const struct style how = {FACE_SANS, 13, 10, ALIGN_LEFT, 1.3, 0};
static const struct style key = {FACE_BOLD, 50, 30, ALIGN_CENTRE, 0, 0};
static const struct style digits = {FACE_BOLD, 46, 24, ALIGN_CENTRE, 0, 0};
static const struct style name = {FACE_BOLD, 15, 10, ALIGN_LEFT, 0, 0};
static const struct style what = {FACE_SANS, 11.5, 9, ALIGN_LEFT, 1.2, 0};

static void
head(struct report *report, enum word title, enum word text)
{
	struct form_doc *doc = report->doc;

	ink_start(doc, "title");
	ink_word(doc, doc->lang, title, NULL, 0);
	report_title(report);
	report->y -= 2;
	ink_start(doc, "wording");
	ink_word(doc, doc->lang, text, NULL, 0);
	report_text(report, &how);
	report->y -= 1;
}

/* Where cell i of a grid stands. */
struct cell {
	double x, y, w, h;
};

static struct cell
cell_at(const struct report *report, size_t i, double h)
{
	double w = (report_width(report->doc) - GAP * (ACROSS - 1)) / ACROSS;

	return (struct cell){REPORT_LEFT + (w + GAP) * (double)(i % ACROSS),
	    report->y + (h + GAP) * (double)(i / ACROSS), w, h};
}

static void
draw_flag(
    struct report *report, size_t i, struct form_text payload, char letter)
{
	struct cell at = cell_at(report, i, FLAG_H);
	struct form_doc *doc = report->doc;
	enum word text = (enum word)(W_BENCH_N + 2 * (int)i);
	double room = at.w - FLAG_QR - 2.5 * QUIET;
	char one[2] = {letter, '\0'};

	draw_frame(doc, at.x, at.y, at.w, at.h, 0);
	draw_qr(doc, payload, 20, at.x + at.w - FLAG_QR - QUIET, at.y + QUIET,
	    FLAG_QR);
	ink_start(doc, "key");
	ink_form(doc, one);
	flow_line(doc, &key, at.x + QUIET / 2, at.y + QUIET + 21, room);
	draw_words(doc, &name, doc->lang, text, at.x + 3,
	    at.y + FLAG_QR + 2 * QUIET + 4.6, at.w - 6);
	ink_start(doc, "meaning of a key");
	ink_word(doc, doc->lang, (enum word)(text + 1), NULL, 0);
	flow_block(doc, &what, at.x + 3, at.y + FLAG_QR + 2 * QUIET + 10,
	    at.w - 6, at.h - FLAG_QR - 2 * QUIET - 7);
}

static void
draw_count(struct report *report, size_t i, struct form_text payload)
{
	struct cell at = cell_at(report, i, COUNT_H);
	struct form_doc *doc = report->doc;
	double room = at.w - COUNT_QR - 2.5 * QUIET;

	draw_frame(doc, at.x, at.y, at.w, at.h, 0);
	draw_qr(doc, payload, 20, at.x + at.w - COUNT_QR - QUIET,
	    at.y + (at.h - COUNT_QR) / 2, COUNT_QR);
	ink_start(doc, "number of sheets");
	ink_number(doc, (long)i + 1);
	flow_line(doc, &digits, at.x + QUIET / 2, at.y + at.h / 2 + 8, room);
}

enum form_status
form_bench_add(struct form_doc *doc, const struct form_bench *bench,
    struct form_fault *fault)
{
	struct report report;
	size_t i;

	add_begin(doc);
	report_begin(&report, doc);
	head(&report, W_BENCH_TITLE, W_BENCH_HOW);
	for (i = 0; i < sizeof(FORM_BENCH_FLAGS) - 1; i++)
		draw_flag(&report, i, bench->flags[i], FORM_BENCH_FLAGS[i]);
	page_paper(doc);
	report.y = REPORT_TOP + 10;
	head(&report, W_BENCH_COUNTS, W_BENCH_COUNTS_HOW);
	for (i = 0; i < FORM_BENCH_COUNTS; i++)
		draw_count(&report, i, bench->counts[i]);
	report_end(&report);
	return add_end(doc, fault);
}
