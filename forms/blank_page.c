/*
 * Page for a day without power: the cover sheet with lines for a hand instead
 * of what is not known yet.  Whoever it goes to, nothing coded stands above
 * the tear line.
 */
#include "forms/postal.h"

#define LEFT 20.0
#define TEAR_LETTER 186.0
#define TEAR_A4 198.0
#define FOLD_TICK_X 5.0
#define FOLD_TICK_W 5.0

#define QR_LEN 20
#define QR_SIDE 34.0
#define MIDDLE 70.0 /* where the stub's second column begins */
#define BOX_W 9.0   /* for one symbol of an ID */
#define BOX_H 10.0
#define BOX_GAP 3.5 /* between groups of three */
#define BOXES 12    /* three groups, and a fourth where the ID is long */
#define TICKS 6

static const struct style head = {FACE_BOLD, 12, 8, ALIGN_LEFT, 0, 0};
static const struct style title = {FACE_BOLD, 26, 13, ALIGN_LEFT, 0, 0};
static const struct style subtitle = {FACE_SANS, 22, 12, ALIGN_LEFT, 0, 0};
static const struct style heading = {FACE_BOLD, 18, 14, ALIGN_LEFT, 0, 0};
static const struct style body = {FACE_SANS, 16, 11, ALIGN_LEFT, 1.35, 0};
static const struct style copy_out = {FACE_BOLD, 20, 11, ALIGN_LEFT, 0, 0};
static const struct style tear_words = {FACE_BOLD, 11, 8, ALIGN_CENTRE, 0, 0};
static const struct style code = {FACE_MONO, 14, 10, ALIGN_CENTRE, 0, 0};
static const struct style label = {FACE_SANS, 10, 7, ALIGN_LEFT, 0, 0};
static const struct style number = {FACE_BOLD, 22, 10, ALIGN_RIGHT, 0, 0};
static const struct style small = {FACE_SANS, 10, 7, ALIGN_RIGHT, 0, 0};
static const struct style hint = {FACE_SANS, 9, 6, ALIGN_LEFT, 1.25, 0};

static double
tear_at(const struct form_doc *doc)
{
	return doc->paper == FORM_A4 ? TEAR_A4 : TEAR_LETTER;
}

static double
room(const struct form_doc *doc)
{
	return page_width(doc) - 2 * LEFT;
}

/* Words and, behind them at x, a line to write on that ends at `end`. */
static void
to_fill(struct form_doc *doc, const struct style *style, enum form_lang lang,
    enum word word, double x, double y, double w, double end)
{
	draw_words(doc, style, lang, word, x, y, w);
	draw_rule(doc, x + w + 2, y + 1, end, y + 1, 0.6);
}

/* Boxes for an ID, in groups of three; those of the fourth are dashed. */
static void
id_boxes(struct form_doc *doc, double x, double y)
{
	int i;

	for (i = 0; i < BOXES; i++) {
		draw_frame(doc, x, y, BOX_W, BOX_H, i >= 9);
		x += BOX_W;
		if (i % 3 != 2 || i == BOXES - 1)
			continue;
		draw_rule(doc, x + 0.9, y + BOX_H / 2, x + BOX_GAP - 0.9,
		    y + BOX_H / 2, 0.8);
		x += BOX_GAP;
	}
}

static void
draw_names(struct form_doc *doc, const struct form_blank *blank)
{
	double end = LEFT + room(doc);

	ink_start(doc, "office name");
	ink_office(doc, doc->office.name);
	flow_line(doc, &head, LEFT, 18, room(doc) - 72);
	to_fill(doc, &label, blank->lang, W_BLANK_DATE, end - 66, 18, 14, end);
	draw_rule(doc, LEFT, 21.5, end, 21.5, 0.8);
	to_fill(doc, &title, blank->lang, W_BLANK_FOR, LEFT, 37, 76, end);
	to_fill(doc, &subtitle, blank->lang, W_BLANK_FROM, LEFT, 52, 76, end);
}

/* Our address as it is copied; the ID of its DEPT line by hand. */
static double
draw_copy(struct form_doc *doc, const struct form_blank *blank, double y)
{
	static const struct form_text none = {NULL, 0, 0};
	double x = LEFT + 8, w = room(doc) - 16, top = y - 10;
	int n;

	for (n = 0; n < RETURN_LINES; n++) {
		if (n == RETURN_DEPT) {
			y += 5;
			draw_words(doc, &copy_out, blank->lang, W_BLANK_DEPT, x,
			    y, 21);
			id_boxes(doc, x + 23, y - 8);
			y += 13;
		} else if (ink_return(doc, blank->lang, n, none)) {
			flow_line(doc, &copy_out, x, y, w);
			y += 11;
		}
	}
	draw_frame(doc, LEFT, top, room(doc), y - 5 - top, 0);
	return y;
}

static void
draw_travelling(struct form_doc *doc, const struct form_blank *blank)
{
	static const struct form_piece unknown = {0, FORM_INSIDE, NULL, 0, 0};
	double y = 68, end = tear_at(doc) - 4;

	piece_begin(doc, &unknown);
	draw_names(doc, blank);
	draw_words(
	    doc, &heading, blank->lang, W_COVER_ANSWER, LEFT, y, room(doc));
	ink_start(doc, "wording");
	ink_word(doc, blank->lang, W_COVER_COPY_IN, NULL, 0);
	y = flow_block(doc, &body, LEFT, y + 9, room(doc), 16);
	y = draw_copy(doc, blank, y + 10) + 8;
	ink_start(doc, "wording");
	ink_word(doc, blank->lang, W_BLANK_RULE, NULL, 0);
	flow_block(doc, &body, LEFT, y, room(doc), end - y);
	piece_end(doc);
}

/* The day number that it gets, and which page this is. */
static void
draw_numbers(struct form_doc *doc, const struct form_blank *blank, double top)
{
	struct fill page[1] = {{.name = "n", .text = blank->number}};
	struct fill day[1] = {{.name = "date", .date = &blank->date}};
	double end = page_width(doc) - 12, w = 62;

	draw_words(doc, &label, doc->lang, W_BLANK_NUMBER, MIDDLE, top + 14, w);
	draw_frame(doc, MIDDLE, top + 16, w, 15, 0);
	ink_start(doc, "number of the page");
	ink_word(doc, doc->lang, W_BLANK_PAGE, page, 1);
	flow_line(doc, &number, MIDDLE + w + 3, top + 22, end - MIDDLE - w - 3);
	ink_start(doc, "print date");
	ink_word(doc, doc->lang, W_BLANK_PRINTED, day, 1);
	flow_line(doc, &small, MIDDLE + w + 3, top + 29, end - MIDDLE - w - 3);
}

/* What is seen in the letter, to be ticked. */
static void
draw_ticks(struct form_doc *doc, double y)
{
	static const enum word words[TICKS] = {W_BLANK_MONEY, W_BLANK_PHOTO,
	    W_BLANK_MOVED, W_BLANK_NAME, W_BLANK_LEGAL, W_BLANK_NO_ID};
	double w = (page_width(doc) - 12 - MIDDLE) / 3, x;
	int i;

	for (i = 0; i < TICKS; i++) {
		x = MIDDLE + w * (i % 3);
		draw_frame(doc, x, y - 3.6, 4.5, 4.5, 0);
		draw_words(
		    doc, &label, doc->lang, words[i], x + 5.8, y, w - 6.4);
		if (i % 3 == 2)
			y += 6.2;
	}
}

static void
draw_lines(struct form_doc *doc, double top)
{
	double end = page_width(doc) - 12, w = end - MIDDLE;
	double half = MIDDLE + w / 2;

	draw_words(doc, &label, doc->lang, W_BLANK_ID, MIDDLE, top + 36, w);
	id_boxes(doc, MIDDLE, top + 38);
	to_fill(
	    doc, &label, doc->lang, W_STUB_FROM, MIDDLE, top + 57, 9, half - 3);
	to_fill(doc, &label, doc->lang, W_STUB_TO, half, top + 57, 9, end);
	to_fill(doc, &label, doc->lang, W_BLANK_DATE, MIDDLE, top + 66, 11,
	    half - 22);
	to_fill(doc, &label, doc->lang, W_STUB_SHEETS, half - 19, top + 66, 12,
	    half + 9);
	to_fill(
	    doc, &label, doc->lang, W_STUB_WITH, half + 12, top + 66, 15, end);
	draw_ticks(doc, top + 74.6);
}

/* 50 mm to lay a ruler on: a page printed smaller folds at the wrong place. */
static void
draw_ruler(struct form_doc *doc, double y)
{
	int i;

	draw_rule(doc, LEFT, y, LEFT + 50, y, 0.8);
	for (i = 0; i <= 5; i++)
		draw_rule(doc, LEFT + 10 * i, y - (i % 5 == 0 ? 3 : 1.5),
		    LEFT + 10 * i, y, 0.8);
	draw_words(doc, &label, doc->lang, W_STUB_RULER, LEFT + 54, y, 90);
}

static void
draw_stub(struct form_doc *doc, const struct form_blank *blank)
{
	double top = tear_at(doc), w = page_width(doc);

	piece_office(doc);
	draw_dashes(doc, 6, top, w - 6, top);
	draw_rule(
	    doc, FOLD_TICK_X, top / 2, FOLD_TICK_X + FOLD_TICK_W, top / 2, 0.8);
	draw_words(doc, &tear_words, doc->lang, W_STUB_TEAR, LEFT, top + 5.5,
	    room(doc));
	draw_qr(doc, blank->payload, QR_LEN, LEFT, top + 14, QR_SIDE);
	ink_start(doc, "letter code");
	ink_text(doc, blank->code);
	flow_line(doc, &code, LEFT - 8, top + 58, QR_SIDE + 16);
	ink_start(doc, "wording");
	ink_word(doc, doc->lang, W_BLANK_LATER, NULL, 0);
	flow_block(doc, &hint, LEFT - 8, top + 64, QR_SIDE + 16, 19);
	draw_numbers(doc, blank, top);
	draw_lines(doc, top);
	draw_ruler(doc, top + 86.5);
	piece_end(doc);
}

static void
check(struct form_doc *doc, const struct form_blank *blank)
{
	const struct form_text needed[3] = {
	    blank->code, blank->payload, blank->number};
	static const char *const fields[3] = {
	    "letter code", "QR code", "number"};
	size_t i;

	for (i = 0; i < 3; i++)
		if (needed[i].s == NULL || needed[i].s[0] == '\0')
			doc_fail(doc, FORM_BADVALUE,
			    "the page for a day without power has no %s",
			    fields[i]);
}

enum form_status
form_blank_add(struct form_doc *doc, const struct form_blank *blank,
    struct form_fault *fault)
{
	add_begin(doc);
	check(doc, blank);
	page_paper(doc);
	draw_travelling(doc, blank);
	draw_stub(doc, blank);
	return add_end(doc, fault);
}
