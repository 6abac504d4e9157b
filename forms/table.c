/*
 * The office's own pages.  See table.h.
 */
#include "forms/table.h"

#define PAD 1.6 /* mm inside a cell */
#define HEAD_GREY 90

const struct style report_body = {FACE_SANS, 11.5, 9, ALIGN_LEFT, 1.35, 0};
static const struct style office_name = {FACE_BOLD, 11, 8, ALIGN_LEFT, 0, 0};
static const struct style title = {FACE_BOLD, 24, 13, ALIGN_LEFT, 1.15, 0};
static const struct style heading = {FACE_BOLD, 15, 11, ALIGN_LEFT, 0, 0};
static const struct style sign_word = {FACE_SANS, 10, 7, ALIGN_LEFT, 0, 0};
static const struct style foot = {FACE_SANS, 10, 8, ALIGN_CENTRE, 0, 0};

double
report_width(const struct form_doc *doc)
{
	return page_width(doc) - 2 * REPORT_LEFT;
}

void
report_begin(struct report *report, struct form_doc *doc)
{
	report->doc = doc;
	page_paper(doc);
	piece_office(doc);
	ink_start(doc, "office name");
	ink_office(doc, doc->office.name);
	flow_line(doc, &office_name, REPORT_LEFT, REPORT_TOP, 120);
	report->y = REPORT_TOP + 14;
}

void
report_title(struct report *report)
{
	struct form_doc *doc = report->doc;
	struct style one = title;
	double w = report_width(doc);

	/* Rather a little smaller than a last word alone on its line. */
	while (flow_count(doc, &one, w) > 1 && one.size > 0.75 * title.size)
		one.size -= 0.5;
	if (flow_count(doc, &one, w) > 1)
		one = title;
	report->y = flow_block(doc, &one, REPORT_LEFT, report->y, w, 24);
}

void
report_need(struct report *report, double h)
{
	if (report->y + h <= page_height(report->doc) - REPORT_FOOT)
		return;
	page_paper(report->doc);
	report->y = REPORT_TOP + 4;
}

void
report_text(struct report *report, const struct style *style)
{
	struct form_doc *doc = report->doc;
	double w = report_width(doc);

	report_need(report, flow_count(doc, style, w) * flow_pitch(style));
	report->y = flow_wrap(doc, style, REPORT_LEFT, report->y, w, 0);
}

void
report_heading(struct report *report, enum word word)
{
	struct form_doc *doc = report->doc;

	report_need(report, 30);
	report->y += 5;
	draw_words(doc, &heading, doc->lang, word, REPORT_LEFT, report->y,
	    report_width(doc));
	report->y += 8;
}

void
report_sign(struct report *report, enum word word, double x, double w)
{
	struct form_doc *doc = report->doc;

	draw_rule(doc, x, report->y, x + w, report->y, 0.8);
	draw_words(doc, &sign_word, doc->lang, word, x, report->y + 4.6, w);
}

void
report_end(struct report *report)
{
	struct form_doc *doc = report->doc;
	size_t i, n = page_count(doc);
	struct fill fills[2] = {0};

	fills[0].name = "n";
	fills[1].name = "total";
	fills[0].figure = fills[1].figure = 1;
	fills[1].number = (long)n;
	for (i = 0; i < n && !doc_failed(doc); i++) {
		page_turn(doc, i);
		fills[0].number = (long)i + 1;
		ink_start(doc, "page number");
		ink_word(doc, doc->lang, W_PAGE, fills, 2);
		flow_line(doc, &foot, REPORT_LEFT, page_height(doc) - 12,
		    report_width(doc));
	}
	piece_end(doc);
}

/* Left edges of the columns in mm; the last is the right edge of all. */
static void
edges(const struct form_doc *doc, const struct table *table, double *x)
{
	double sum = 0, at = REPORT_LEFT;
	size_t i;

	for (i = 0; i < table->ncolumns; i++)
		sum += table->columns[i].width;
	for (i = 0; i < table->ncolumns; i++) {
		x[i] = at;
		at += report_width(doc) * table->columns[i].width / sum;
	}
	x[i] = at;
}

static struct style
cell_style(const struct table *table, size_t column, int bold)
{
	struct style style = {FACE_SANS, 0, 0, ALIGN_LEFT, 1.25, 0};

	style.size = table->size;
	if (bold)
		style.face = FACE_BOLD;
	else if (table->mono == (int)column)
		style.face = FACE_MONO;
	if (table->columns[column].right)
		style.align = ALIGN_RIGHT;
	return style;
}

static void
ink_cell(struct form_doc *doc, struct form_text text)
{
	ink_start(doc, "table");
	ink_text(doc, text);
}

static double
row_height(struct form_doc *doc, const struct table *table, const double *x,
    const struct form_text *cells)
{
	double h, most = table->height;
	struct style style;
	size_t i;

	for (i = 0; i < table->ncolumns; i++) {
		style = cell_style(table, i, 0);
		ink_cell(doc, cells[i]);
		h = flow_count(doc, &style, x[i + 1] - x[i] - 2 * PAD) *
			flow_pitch(&style) +
		    2 * PAD;
		if (h > most)
			most = h;
	}
	return most;
}

static void
row_text(struct form_doc *doc, const struct table *table, const double *x,
    const struct form_text *cells, double y)
{
	struct style style;
	size_t i;

	for (i = 0; i < table->ncolumns; i++) {
		style = cell_style(table, i, 0);
		ink_cell(doc, cells[i]);
		flow_wrap(doc, &style, x[i] + PAD,
		    y + PAD + style.size * MM_PER_POINT,
		    x[i + 1] - x[i] - 2 * PAD, 0);
	}
}

static void
column_rules(struct form_doc *doc, const struct table *table, const double *x,
    double y, double h)
{
	size_t i;

	for (i = 0; table->lined && i <= table->ncolumns; i++)
		draw_rule(doc, x[i], y, x[i], y + h, 0.5);
}

static void
header(struct report *report, const struct table *table, const double *x)
{
	struct form_doc *doc = report->doc;
	double h = table->size * MM_PER_POINT * 1.25 + 2 * PAD;
	struct style style;
	size_t i;

	draw_box(doc, x[0], report->y, x[table->ncolumns] - x[0], h, HEAD_GREY);
	for (i = 0; i < table->ncolumns; i++) {
		style = cell_style(table, i, 1);
		style.least = 6;
		ink_cell(doc, table->columns[i].title);
		flow_line(doc, &style, x[i] + PAD,
		    report->y + PAD + style.size * MM_PER_POINT,
		    x[i + 1] - x[i] - 2 * PAD);
	}
	report->y += h;
}

void
report_table(struct report *report, const struct table *table)
{
	struct form_doc *doc = report->doc;
	double x[TABLE_COLUMNS + 1], h;
	size_t i, before;

	edges(doc, table, x);
	report_need(report, 20);
	header(report, table, x);
	for (i = 0; i < table->count && !doc_failed(doc); i++) {
		const struct form_text *row =
		    table->cells + i * table->ncolumns;

		h = row_height(doc, table, x, row);
		if (h > page_height(doc) - REPORT_TOP - REPORT_FOOT - 20)
			doc_fail(doc, FORM_TOOLONG,
			    "row %zu of the table is longer than a page",
			    i + 1);
		before = page_count(doc);
		report_need(report, h);
		if (page_count(doc) != before)
			header(report, table, x);
		row_text(doc, table, x, row, report->y);
		column_rules(doc, table, x, report->y, h);
		report->y += h;
		draw_rule(
		    doc, x[0], report->y, x[table->ncolumns], report->y, 0.4);
		doc->fault.index = i;
	}
	report->y += 6;
}
