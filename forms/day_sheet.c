/*
 * Day sheet: the till, the money, what waits for a second signature, and the
 * lines to sign.
 */
#include "forms/table.h"

#define VALUE_W 40.0
#define LABEL_W 110.0
#define COUNTERSIGN_H 11.0 /* room for a hand */

static const struct style line = {FACE_SANS, 13, 9, ALIGN_LEFT, 0, 0};
static const struct style sum = {FACE_BOLD, 13, 9, ALIGN_LEFT, 0, 0};

static void
say_words(struct report *report, enum word word)
{
	ink_start(report->doc, "wording");
	ink_word(report->doc, report->doc->lang, word, NULL, 0);
	report_text(report, &report_body);
}

static void
lines(struct report *report, const struct form_line *items, size_t count)
{
	struct form_doc *doc = report->doc;
	struct style label, value;
	size_t i;

	for (i = 0; i < count; i++) {
		label = value = items[i].total ? sum : line;
		value.align = ALIGN_RIGHT;
		report_need(report, 10);
		if (items[i].total) {
			draw_rule(doc, REPORT_LEFT, report->y - 5,
			    REPORT_LEFT + LABEL_W + VALUE_W, report->y - 5,
			    0.8);
			report->y += 0.8;
		}
		ink_start(doc, "label of a line");
		ink_text(doc, items[i].label);
		flow_line(doc, &label, REPORT_LEFT, report->y, LABEL_W);
		ink_start(doc, "figure of a line");
		ink_text(doc, items[i].value);
		flow_line(
		    doc, &value, REPORT_LEFT + LABEL_W, report->y, VALUE_W);
		report->y += 7.2;
	}
}

static struct form_text
word(const struct form_doc *doc, enum word w)
{
	struct form_text text = {wording_text(doc->words[doc->lang], w), 0, 0};

	return text;
}

/* Every cent in the box, letter by letter, and the sum. */
static void
cash(struct report *report, const struct form_day *day)
{
	struct form_doc *doc = report->doc;
	const struct form_column columns[4] = {
	    {word(doc, W_DAY_HAND_LETTER), 62, 0},
	    {word(doc, W_DAY_WHEN), 28, 0}, {word(doc, W_DAY_HAND_WHAT), 58, 0},
	    {word(doc, W_DAY_HAND_MONEY), 32, 1}};
	struct table table = {columns, 4, NULL, day->ncash + 1, 10.5, 0, -1, 0};
	struct bytes cells = {0};
	struct form_text *c;
	size_t i;

	if (day->ncash == 0)
		return;
	report_heading(report, W_DAY_HAND);
	if (bytes_add(&cells, NULL, (day->ncash + 1) * 4 * sizeof(*c)) != 0) {
		doc_fail(doc, FORM_NOMEM, "memory is short");
		return;
	}
	report->y -= 3;
	c = (void *)cells.p;
	for (i = 0; i < day->ncash; i++) {
		c[4 * i] = day->cash[i].letter;
		c[4 * i + 1] = day->cash[i].since;
		c[4 * i + 2] = day->cash[i].what;
		c[4 * i + 3] = day->cash[i].money;
	}
	c[4 * i] = word(doc, W_DAY_HAND_TOTAL);
	c[4 * i + 3] = day->cash_total;
	table.cells = c;
	report_table(report, &table);
	bytes_free(&cells);
}

static void
countersign(struct report *report, const struct form_day *day)
{
	struct form_doc *doc = report->doc;
	const struct form_column columns[4] = {{word(doc, W_DAY_WHAT), 64, 0},
	    {word(doc, W_DAY_WHO), 34, 0}, {word(doc, W_DAY_WHEN), 32, 0},
	    {word(doc, W_DAY_SIGNED), 50, 0}};
	struct table table = {
	    columns, 4, NULL, day->ncountersign, 10.5, COUNTERSIGN_H, -1, 1};
	struct bytes cells = {0};
	struct form_text *c;
	size_t i;

	report_heading(report, W_DAY_COUNTERSIGN);
	if (day->ncountersign == 0) {
		say_words(report, W_DAY_NO_COUNTERSIGN);
		return;
	}
	if (bytes_add(&cells, NULL, day->ncountersign * 4 * sizeof(*c)) != 0) {
		doc_fail(doc, FORM_NOMEM, "memory is short");
		return;
	}
	report->y -= 3;
	c = (void *)cells.p;
	for (i = 0; i < day->ncountersign; i++) {
		c[4 * i] = day->countersign[i].what;
		c[4 * i + 1] = day->countersign[i].who;
		c[4 * i + 2] = day->countersign[i].when;
	}
	table.cells = c;
	report_table(report, &table);
	bytes_free(&cells);
}

static void
head(struct report *report, const struct form_day *day)
{
	struct form_doc *doc = report->doc;
	struct fill title[1] = {{.name = "date", .date = &day->date}};
	struct fill site[1] = {{.name = "site", .text = day->site}};

	ink_start(doc, "date");
	ink_word(doc, doc->lang, W_DAY_TITLE, title, 1);
	report_title(report);
	if (day->site.s != NULL) {
		ink_start(doc, "site");
		ink_word(doc, doc->lang, W_DAY_SITE, site, 1);
		report_text(report, &report_body);
	}
}

enum form_status
form_day_add(
    struct form_doc *doc, const struct form_day *day, struct form_fault *fault)
{
	struct report report;
	double half;

	add_begin(doc);
	report_begin(&report, doc);
	half = (report_width(doc) - 10) / 2;
	head(&report, day);
	report_heading(&report, W_DAY_TILL);
	lines(&report, day->till, day->ntill);
	if (day->note.s != NULL) {
		report.y += 1;
		ink_start(doc, "note");
		ink_text(doc, day->note);
		report_text(&report, &report_body);
	}
	report_heading(&report, W_DAY_MONEY);
	lines(&report, day->money, day->nmoney);
	if (day->nmoney == 0)
		say_words(&report, W_DAY_NO_MONEY);
	cash(&report, day);
	countersign(&report, day);
	report_need(&report, 24);
	report.y += 16;
	report_sign(&report, W_DAY_SIGN1, REPORT_LEFT, half);
	report_sign(&report, W_DAY_SIGN2, REPORT_LEFT + half + 10, half);
	report_end(&report);
	return add_end(doc, fault);
}
