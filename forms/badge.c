/*
 * A user's badge: one card to cut out, and under it what to do with it.
 */
#include "forms/bench.h"
#include "forms/table.h"

#define CARD_W 85.6
#define CARD_H 54.0
#define QR_SIDE 30.0
#define EDGE 5.0
#define MARK 6.0 /* length of a mark */
#define AWAY 1.5 /* from the corner: no line is left on the card */

static const struct style office = {FACE_BOLD, 11, 7, ALIGN_LEFT, 0, 0};
static const struct style name = {FACE_BOLD, 24, 9, ALIGN_LEFT, 0, 0};
static const struct style role = {FACE_SANS, 13, 9, ALIGN_LEFT, 0, 0};
static const struct style small = {FACE_SANS, 8, 7, ALIGN_LEFT, 0, 0};
static const struct style body = {FACE_SANS, 13, 10, ALIGN_LEFT, 1.35, 0};

/* Two marks outside of each corner. */
static void
cut_marks(struct form_doc *doc, double x, double y)
{
	int i;

	for (i = 0; i < 4; i++) {
		double right = i % 2, low = i / 2;
		double cx = x + CARD_W * right, cy = y + CARD_H * low;
		double dx = right > 0 ? 1 : -1, dy = low > 0 ? 1 : -1;

		draw_rule(
		    doc, cx + dx * AWAY, cy, cx + dx * (AWAY + MARK), cy, 0.5);
		draw_rule(
		    doc, cx, cy + dy * AWAY, cx, cy + dy * (AWAY + MARK), 0.5);
	}
}

static void
draw_card(
    struct form_doc *doc, const struct form_badge *badge, double x, double y)
{
	double left = CARD_W - QR_SIDE - 3 * EDGE;
	struct fill fills[2] = {
	    {.name = "n", .figure = 1, .number = badge->copy},
	    {.name = "date", .date = &badge->date}};

	cut_marks(doc, x, y);
	ink_start(doc, "office name");
	ink_office(doc, doc->office.name);
	flow_line(doc, &office, x + EDGE, y + 9, CARD_W - 2 * EDGE);
	draw_rule(doc, x + EDGE, y + 11.5, x + CARD_W - EDGE, y + 11.5, 0.8);
	draw_qr(doc, badge->payload, 20, x + CARD_W - QR_SIDE - EDGE,
	    y + CARD_H - QR_SIDE - EDGE, QR_SIDE);
	ink_start(doc, "user's name");
	ink_text(doc, badge->name);
	flow_line(doc, &name, x + EDGE, y + 26, left);
	draw_words(doc, &role, doc->lang,
	    (enum word)(W_BADGE_VOLUNTEER + (int)badge->role), x + EDGE,
	    y + 33.5, left);
	ink_start(doc, "copy number");
	ink_word(doc, doc->lang, W_BADGE_COPY, fills, 2);
	flow_block(doc, &small, x + EDGE, y + CARD_H - 8, left, 7);
}

static void
paragraph(struct report *report, enum word word)
{
	ink_start(report->doc, "wording");
	ink_word(report->doc, report->doc->lang, word, NULL, 0);
	report_text(report, &body);
	report->y += 2;
}

enum form_status
form_badge_add(struct form_doc *doc, const struct form_badge *badge,
    struct form_fault *fault)
{
	struct report report;

	add_begin(doc);
	if (badge->name.s == NULL || badge->name.s[0] == '\0')
		doc_fail(doc, FORM_BADVALUE, "the badge has no name");
	if (badge->copy < 1)
		doc_fail(
		    doc, FORM_BADVALUE, "copy: %d is less than 1", badge->copy);
	if (badge->role >= FORM_ROLES)
		doc_fail(doc, FORM_BADVALUE, "the badge has no role");
	report_begin(&report, doc);
	ink_start(doc, "title");
	ink_word(doc, doc->lang, W_BADGE_TITLE, NULL, 0);
	report_title(&report);
	if (!doc_failed(doc))
		draw_card(
		    doc, badge, (page_width(doc) - CARD_W) / 2, report.y + 6);
	report.y += CARD_H + 26;
	paragraph(&report, W_BADGE_CUT);
	paragraph(&report, W_BADGE_USE);
	paragraph(&report, W_BADGE_LOST);
	report_end(&report);
	return add_end(doc, fault);
}
