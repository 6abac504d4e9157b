/*
 * Batch manifest: what left together, and the witness that lets anyone prove
 * later that the record of that day was not changed.
 */
#include "forms/table.h"

#include <stdio.h>

#define QR_SIDE 34.0
#define WITNESS_H 74.0
#define COLUMNS 7

static const struct style words = {FACE_MONO, 17, 12, ALIGN_LEFT, 1.45, 0};
static const struct style place = {FACE_SANS, 11, 8, ALIGN_LEFT, 1.35, 0};

/* Figures of a row, as text. */
struct figures {
	char stamps[12], grams[12];
};

struct totals {
	long inside, outside, back, stamps, grams;
	int stamps_known, grams_known;
};

static struct form_text
plain(const char *s)
{
	struct form_text text = {s, 0, 0};

	return text;
}

static struct form_text
word(const struct form_doc *doc, enum word w)
{
	return plain(wording_text(doc->words[doc->lang], w));
}

static struct totals
add_up(const struct form_manifest *manifest)
{
	struct totals t = {0, 0, 0, 0, 0, 0, 0};
	size_t i;

	for (i = 0; i < manifest->count; i++) {
		const struct form_posted *p = &manifest->letters[i];

		if (p->back)
			t.back++;
		else if (p->side == FORM_INSIDE)
			t.inside++;
		else
			t.outside++;
		if (p->stamps >= 0) {
			t.stamps += p->stamps;
			t.stamps_known = 1;
		}
		if (p->grams >= 0) {
			t.grams += p->grams;
			t.grams_known = 1;
		}
	}
	return t;
}

/* Title, who closed it and when, and the sums. */
static void
head(struct report *report, const struct form_manifest *manifest)
{
	struct totals t = add_up(manifest);
	struct form_doc *doc = report->doc;
	struct fill one[1] = {{.name = "batch", .text = manifest->batch}};
	struct fill closed[2] = {{.name = "date", .date = &manifest->date},
	    {.name = "by", .text = manifest->closed_by}};
	struct fill total[4] = {
	    {.name = "n", .figure = 1, .number = (long)manifest->count},
	    {.name = "inside", .figure = 1, .number = t.inside},
	    {.name = "outside", .figure = 1, .number = t.outside},
	    {.name = "back", .figure = 1, .number = t.back}};
	struct fill weight[2] = {
	    {.name = "stamps", .figure = 1, .number = t.stamps},
	    {.name = "grams", .figure = 1, .number = t.grams}};

	if (!t.stamps_known)
		weight[0].form = "-";
	if (!t.grams_known)
		weight[1].form = "-";
	ink_start(doc, "batch number");
	ink_word(doc, doc->lang, W_MANIFEST_TITLE, one, 1);
	report_title(report);
	ink_start(doc, "name of who closed the batch");
	ink_word(doc, doc->lang, W_MANIFEST_CLOSED, closed, 2);
	report_text(report, &report_body);
	ink_start(doc, "totals");
	ink_word(doc, doc->lang, W_MANIFEST_TOTAL, total, 4);
	report_text(report, &report_body);
	if (t.stamps_known || t.grams_known) {
		ink_start(doc, "totals");
		ink_word(doc, doc->lang, W_MANIFEST_WEIGHED, weight, 2);
		report_text(report, &report_body);
	}
}

static void
figure(int n, char *out, size_t size)
{
	if (n < 0)
		snprintf(out, size, "-");
	else
		snprintf(out, size, "%d", n);
}

static void
fill_row(const struct form_doc *doc, const struct form_posted *p,
    struct figures *figures, struct form_text *cells)
{
	figure(p->stamps, figures->stamps, sizeof(figures->stamps));
	figure(p->grams, figures->grams, sizeof(figures->grams));
	cells[0] = p->number;
	cells[1] = p->code;
	cells[2] = p->from;
	cells[3] = p->to;
	cells[4] = word(doc,
	    p->back                      ? W_WAY_BACK
		: p->side == FORM_INSIDE ? W_WAY_INSIDE
					 : W_WAY_OUTSIDE);
	cells[5] = plain(figures->stamps);
	cells[6] = plain(figures->grams);
}

static void
letters(struct report *report, const struct form_manifest *manifest)
{
	struct form_doc *doc = report->doc;
	const struct form_column columns[COLUMNS] = {
	    {word(doc, W_MANIFEST_NUMBER), 13, 0},
	    {word(doc, W_MANIFEST_CODE), 37, 0},
	    {word(doc, W_MANIFEST_FROM), 38, 0},
	    {word(doc, W_MANIFEST_TO), 38, 0},
	    {word(doc, W_MANIFEST_WAY), 28, 0},
	    {word(doc, W_MANIFEST_STAMPS), 17, 1},
	    {word(doc, W_MANIFEST_GRAMS), 16, 1}};
	struct table table = {
	    columns, COLUMNS, NULL, manifest->count, 10, 0, 1, 0};
	struct bytes cells = {0}, figures = {0};
	struct figures *f;
	struct form_text *c;
	size_t i, n = manifest->count;

	if (bytes_add(&cells, NULL, n * COLUMNS * sizeof(*c)) != 0 ||
	    bytes_add(&figures, NULL, n * sizeof(*f)) != 0) {
		doc_fail(doc, FORM_NOMEM, "memory is short");
	} else {
		c = (void *)cells.p;
		f = (void *)figures.p;
		for (i = 0; i < n; i++)
			fill_row(
			    doc, &manifest->letters[i], &f[i], c + i * COLUMNS);
		table.cells = c;
		report_table(report, &table);
	}
	bytes_free(&cells);
	bytes_free(&figures);
}

static void
witness(struct report *report, const struct form_manifest *manifest)
{
	struct form_doc *doc = report->doc;
	int one = manifest->site.s == NULL;
	struct fill fills[3] = {{.name = "site", .text = manifest->site},
	    {.name = "seq", .text = manifest->seq},
	    {.name = "office", .office = doc->office.name}};
	double x = REPORT_LEFT + QR_SIDE + 12, top;
	int i;

	report_need(report, WITNESS_H);
	report_heading(report, W_MANIFEST_WITNESS);
	ink_start(doc, "wording");
	ink_word(doc, doc->lang, W_MANIFEST_WHY, NULL, 0);
	report_text(report, &report_body);
	top = report->y + 1;
	draw_qr(doc, manifest->payload, 120, REPORT_LEFT + 3, top, QR_SIDE);
	ink_start(doc, "site or entry of the witness");
	ink_word(doc, doc->lang, one ? W_MANIFEST_ENTRY : W_MANIFEST_PLACE,
	    fills, 3);
	flow_line(doc, &place, x, top + 4, report_width(doc) - x);
	for (i = 0; i < 3; i++) {
		ink_start(doc, "word of the witness");
		ink_text(doc, manifest->words[i]);
		flow_line(
		    doc, &words, x, top + 14 + 9 * i, report_width(doc) - x);
	}
	report->y = top + QR_SIDE + 4;
}

enum form_status
form_manifest_add(struct form_doc *doc, const struct form_manifest *manifest,
    struct form_fault *fault)
{
	struct report report;
	double half;

	add_begin(doc);
	report_begin(&report, doc);
	half = (report_width(doc) - 10) / 2;
	head(&report, manifest);
	letters(&report, manifest);
	witness(&report, manifest);
	report_need(&report, 24);
	report.y += 16;
	report_sign(&report, W_MANIFEST_SIGN1, REPORT_LEFT, half);
	report_sign(&report, W_MANIFEST_SIGN2, REPORT_LEFT + half + 10, half);
	report_end(&report);
	return add_end(doc, fault);
}
