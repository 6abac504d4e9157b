/*
 * Recovery sheet for the safe: the key, and what to do with it, in plain
 * words for someone who sees it for the first time on the worst day.
 */
#include "forms/table.h"

#include <stdio.h>

#define MOST_GROUPS 24
#define QR_SIDE 44.0
#define KEY_COLUMNS 2
#define KEY_PITCH 11.0

static const struct style body = {FACE_SANS, 12.5, 9, ALIGN_LEFT, 1.35, 0};
static const struct style care = {FACE_BOLD, 12.5, 9, ALIGN_LEFT, 1.35, 0};
static const struct style group = {FACE_MONO, 18, 9, ALIGN_LEFT, 0, 0};
static const struct style ordinal = {FACE_SANS, 10, 7, ALIGN_RIGHT, 0, 0};

static void
paragraph(struct report *report, const struct style *style, enum word word)
{
	ink_start(report->doc, "wording");
	ink_word(report->doc, report->doc->lang, word, NULL, 0);
	report_text(report, style);
}

static void
head(struct report *report, const struct form_recovery *recovery)
{
	struct form_doc *doc = report->doc;
	struct fill fills[3] = {{.name = "office", .office = doc->office.name},
	    {.name = "id", .text = recovery->office_id},
	    {.name = "date", .date = &recovery->date}};

	ink_start(doc, "wording");
	ink_word(doc, doc->lang, W_RECOVERY_TITLE, NULL, 0);
	report_title(report);
	ink_start(doc, "office id");
	ink_word(doc, doc->lang, W_RECOVERY_OFFICE, fills, 3);
	report_text(report, &body);
	report->y += 3;
	paragraph(report, &body, W_RECOVERY_WHAT);
}

/* Groups read across, each with its number, beside the QR. */
static void
key(struct report *report, const struct form_recovery *recovery)
{
	struct form_doc *doc = report->doc;
	struct form_text payload = {recovery->payload, 0, 0};
	struct form_text text = {NULL, 0, 0};
	double left = REPORT_LEFT + QR_SIDE + 10, top, y, x;
	double w = (report_width(doc) - QR_SIDE - 10) / KEY_COLUMNS;
	size_t i, rows = (recovery->count + KEY_COLUMNS - 1) / KEY_COLUMNS;

	report_heading(report, W_RECOVERY_KEY);
	top = report->y;
	draw_qr(doc, payload, 240, REPORT_LEFT + 2, top + 1, QR_SIDE);
	for (i = 0; i < recovery->count; i++) {
		x = left + w * (double)(i % KEY_COLUMNS);
		y = top + 8 + KEY_PITCH * (double)(i / KEY_COLUMNS);
		ink_start(doc, "number of a group");
		ink_number(doc, (long)i + 1);
		flow_line(doc, &ordinal, x, y, 6);
		text.s = recovery->groups[i];
		ink_start(doc, "group of the key");
		ink_text(doc, text);
		flow_line(doc, &group, x + 9, y, w - 10);
	}
	y = top + KEY_PITCH * (double)rows;
	report->y = (y > top + QR_SIDE ? y : top + QR_SIDE) + 8;
}

static void
how(struct report *report)
{
	struct form_doc *doc = report->doc;
	enum word step;

	report_heading(report, W_RECOVERY_HOW);
	for (step = W_RECOVERY_STEP1; step <= W_RECOVERY_STEP4; step++) {
		ink_start(doc, "step");
		ink_number(doc, (long)(step - W_RECOVERY_STEP1) + 1);
		ink_form(doc, ". ");
		ink_word(doc, doc->lang, step, NULL, 0);
		report_text(report, &body);
		report->y += 1.5;
	}
	report->y += 5;
	paragraph(report, &care, W_RECOVERY_CARE);
}

enum form_status
form_recovery_add(struct form_doc *doc, const struct form_recovery *recovery,
    struct form_fault *fault)
{
	struct report report;

	add_begin(doc);
	if (recovery->count < 1 || recovery->count > MOST_GROUPS)
		doc_fail(doc, FORM_BADVALUE,
		    "groups: %zu is not between 1 and %d", recovery->count,
		    MOST_GROUPS);
	report_begin(&report, doc);
	head(&report, recovery);
	if (!doc_failed(doc))
		key(&report, recovery);
	how(&report);
	report_need(&report, 24);
	report.y += 14;
	report_sign(&report, W_RECOVERY_SIGN, REPORT_LEFT, 90);
	report_end(&report);
	return add_end(doc, fault);
}
