/*
 * The cover sheet: a part that travels, a tear line at the lower fold, and
 * the stub that stays.  Two pieces on one page, each with its own guard.
 */
#include "forms/bar.h"
#include "forms/cover.h"
#include "forms/postal.h"

#include <string.h>

#define FOLD_TICK_X 5.0
#define FOLD_TICK_W 5.0

#define QR_LEN 20
#define REPLY_W 128.0
#define REPLY_H 37.0
#define STUB_MIDDLE 70.0 /* where the stub's second column begins */
#define STUB_RIGHT 146.0
#define LASER_X 8.0
#define LASER_W 58.0 /* a module is then 0.3 mm or more */
#define LASER_H 14.0

static const struct style head = {FACE_BOLD, 12, 8, ALIGN_LEFT, 0, 0};
static const struct style head_date = {FACE_SANS, 12, 8, ALIGN_RIGHT, 0, 0};
static const struct style title = {FACE_BOLD, 28, 14, ALIGN_LEFT, 1.15, 0};
static const struct style subtitle = {FACE_SANS, 22, 13, ALIGN_LEFT, 1.15, 0};
static const struct style heading = {FACE_BOLD, 18, 14, ALIGN_LEFT, 0, 0};
static const struct style body = {FACE_SANS, 14, 10, ALIGN_LEFT, 1.3, 0};
static const struct style body_large = {FACE_SANS, 16, 12, ALIGN_LEFT, 1.35, 0};
static const struct style copy_out = {FACE_BOLD, 16, 10, ALIGN_LEFT, 1.3, 0};
static const struct style copy_large = {FACE_BOLD, 20, 11, ALIGN_LEFT, 1.4, 0};
static const struct style glue = {FACE_BOLD, 13, 8, ALIGN_LEFT, 1.35, 0};
static const struct style hint = {FACE_SANS, 10, 7, ALIGN_LEFT, 0, 0};
static const struct style tear_words = {FACE_BOLD, 11, 8, ALIGN_CENTRE, 0, 0};
static const struct style number = {FACE_BOLD, 84, 36, ALIGN_LEFT, 0, 0};
static const struct style code = {FACE_MONO, 14, 10, ALIGN_CENTRE, 0, 0};
static const struct style label = {FACE_SANS, 10, 8, ALIGN_LEFT, 0, 0};
static const struct style value = {FACE_BOLD, 14, 7, ALIGN_LEFT, 1.2, 0};
static const struct style pen_name = {FACE_BOLD, 16, 8, ALIGN_LEFT, 1.2, 0};
static const struct style way = {FACE_BOLD, 14, 9, ALIGN_CENTRE, 0, 0};
static const struct style copy_mark = {FACE_BOLD, 24, 12, ALIGN_CENTRE, 0, 1};

/* A style in the size that the office chose. */
static struct style
sized_title(const struct form_doc *doc)
{
	return style_sized(doc, &title, L_COVER_TITLE);
}

static struct style
sized_subtitle(const struct form_doc *doc)
{
	return style_sized(doc, &subtitle, L_COVER_SUBTITLE);
}

static struct style
sized_body(const struct form_doc *doc, int large)
{
	return large ? style_sized(doc, &body_large, L_COVER_BODY_IN)
		     : style_sized(doc, &body, L_COVER_BODY);
}

static struct style
sized_copy(const struct form_doc *doc, int large)
{
	return large ? style_sized(doc, &copy_large, L_COVER_COPY_IN)
		     : style_sized(doc, &copy_out, L_COVER_COPY);
}

static double
tear_at(const struct form_doc *doc)
{
	return measure_of(
	    doc, doc->paper == FORM_A4 ? L_COVER_TEAR_A4 : L_COVER_TEAR_LETTER);
}

static double
left(const struct form_doc *doc)
{
	return measure_of(doc, L_COVER_LEFT);
}

static double
room(const struct form_doc *doc)
{
	return page_width(doc) - 2 * left(doc);
}

/* Office on the left, date on the right, a rule below. */
static void
draw_head(struct form_doc *doc, const struct form_cover *cover)
{
	ink_start(doc, "office name");
	ink_office(doc, doc->office.name);
	flow_line(doc, &head, left(doc), 18, room(doc) - 62);
	ink_start(doc, "print date");
	ink_date(doc, cover->lang, cover->date);
	flow_line(doc, &head_date, left(doc) + room(doc) - 60, 18, 60);
	draw_rule(doc, left(doc), 21.5, left(doc) + room(doc), 21.5, 0.8);
}

/* Names as the placeholders of the wording. */
static void
names(const struct form_cover *cover, struct fill fills[2])
{
	memset(fills, 0, 2 * sizeof(*fills));
	fills[0].name = "from";
	fills[0].text = cover->from;
	fills[1].name = "to";
	fills[1].text = cover->to;
}

static double
draw_title(struct form_doc *doc, const struct form_cover *cover)
{
	struct style large = sized_title(doc), small = sized_subtitle(doc);
	struct fill fills[2];
	double y;

	names(cover, fills);
	ink_start(doc, "pen name of the addressee");
	ink_word(doc, cover->lang, W_COVER_FOR, fills, 2);
	y = flow_block(doc, &large, left(doc), 34, room(doc), 18);
	ink_start(doc, "pen name of the writer");
	ink_word(doc, cover->lang, W_COVER_FROM, fills, 2);
	return flow_block(doc, &small, left(doc), y, room(doc), 13);
}

/* A sentence that may name both pen names. */
static double
sentence(struct form_doc *doc, const struct form_cover *cover,
    const struct style *style, enum word word, double y, double h)
{
	struct fill fills[2];

	names(cover, fills);
	ink_start(doc, "text of the cover sheet");
	ink_word(doc, cover->lang, word, fills, 2);
	return flow_block(doc, style, left(doc), y, room(doc), h);
}

/* Our address to copy, in a frame; every line on one line. */
static double
copy_address(struct form_doc *doc, const struct form_cover *cover,
    const struct style *style, double x, double y, double w)
{
	double pitch = flow_pitch(style);
	int n;

	for (n = 0; n < RETURN_LINES; n++)
		if (ink_return(doc, cover->lang, n, cover->id)) {
			flow_line(doc, style, x, y, w);
			y += pitch;
		}
	return y - pitch;
}

static double
framed_address(struct form_doc *doc, const struct form_cover *cover,
    const struct style *style, double y)
{
	double top = y - style->size * MM_PER_POINT * 0.4;
	double end;

	end = copy_address(doc, cover, style, left(doc) + 8,
	    y + flow_pitch(style), room(doc) - 16);
	end += style->size * MM_PER_POINT * 0.75;
	draw_frame(doc, left(doc), top, room(doc), end - top, 0);
	return end;
}

/* Box, ID and QR to cut out; ends above the tear line. */
static void
draw_reply(struct form_doc *doc, const struct form_cover *cover)
{
	double x = left(doc), y = tear_at(doc) - REPLY_H - 4;
	double side = measure_of(doc, L_COVER_REPLY_QR);
	double margin = (REPLY_H - side) / 2;

	draw_words(doc, &hint, cover->lang, W_COVER_CUT, x, y - 1.5, REPLY_W);
	draw_frame(doc, x, y, REPLY_W, REPLY_H, 1);
	copy_address(
	    doc, cover, &glue, x + 6, y + 11, REPLY_W - side - 2 * margin - 4);
	draw_qr(doc, cover->reply, QR_LEN, x + REPLY_W - side - margin,
	    y + margin, side);
}

static void
draw_answer(struct form_doc *doc, const struct form_cover *cover, double y)
{
	int inside = cover->piece.side == FORM_INSIDE;
	struct style words = sized_body(doc, inside);
	struct style lines = sized_copy(doc, inside);
	struct style how = style_sized(doc, &heading, L_COVER_HEADING);
	double end = tear_at(doc) - 4;
	enum word rule = inside ? W_COVER_RULE_IN : W_COVER_RULE_OUT;

	if (cover->office)
		rule = W_COVER_RULE_OFFICE;
	if (!inside && cover->reply.s != NULL)
		end -= REPLY_H + 3.5;
	draw_words(
	    doc, &how, cover->lang, W_COVER_ANSWER, left(doc), y, room(doc));
	y = sentence(doc, cover, &words,
	    inside ? W_COVER_COPY_IN : W_COVER_COPY_OUT, y + 9, 20);
	y = framed_address(doc, cover, &lines, y - 1);
	y += inside ? 12 : 7.5;
	sentence(doc, cover, &words, rule, y, end - y);
	if (!inside && cover->reply.s != NULL)
		draw_reply(doc, cover);
}

/* The letter turns round: why, and where to ask. */
static void
draw_back(struct form_doc *doc, const struct form_cover *cover)
{
	struct style large = sized_title(doc), small = sized_subtitle(doc);
	struct style words = sized_body(doc, 1), lines = sized_copy(doc, 0);
	struct fill fills[1] = {0};
	double y;

	ink_start(doc, "title");
	ink_word(doc, cover->lang, W_COVER_BACK, NULL, 0);
	y = flow_block(doc, &large, left(doc), 35, room(doc), 24);
	y = framed_address(doc, cover, &lines, y + 2) + 12;
	if (cover->reason.s != NULL) {
		fills[0].name = "reason";
		fills[0].text = cover->reason;
		ink_start(doc, "reason");
		ink_word(doc, cover->lang, W_COVER_BACK_WHY, fills, 1);
		y = flow_block(doc, &small, left(doc), y, room(doc), 36) + 4;
	}
	sentence(
	    doc, cover, &words, W_COVER_BACK_NOTE, y, tear_at(doc) - 4 - y);
}

static void
draw_travelling(struct form_doc *doc, const struct form_cover *cover)
{
	double y;

	piece_begin(doc, &cover->piece);
	draw_head(doc, cover);
	if (cover->back)
		draw_back(doc, cover);
	else {
		y = draw_title(doc, cover);
		if (cover->id.s != NULL)
			draw_answer(doc, cover, y + 4);
	}
	piece_end(doc);
}

/* What the next value is called. */
static void
caption(struct form_doc *doc, enum word word, double x, double y, double w)
{
	draw_words(doc, &label, doc->lang, word, x, y, w);
}

/* The value that is in the ink, under its caption at y, h high. */
static void
under(struct form_doc *doc, double x, double y, double w, double h)
{
	flow_block(doc, &value, x, y + 5.6, w, h);
}

static void
name_under(struct form_doc *doc, double x, double y, double w)
{
	flow_block(doc, &pen_name, x, y + 6.2, w, 7.5);
}

static void
draw_facts(struct form_doc *doc, const struct form_cover *cover, double top)
{
	double x = STUB_RIGHT, y = top + 13, w = page_width(doc) - x - 12;
	double half = w * 0.32;

	draw_frame(doc, x, y, w, 10, 0);
	draw_words(doc, &way, doc->lang,
	    cover->back                            ? W_WAY_BACK
		: cover->piece.side == FORM_INSIDE ? W_WAY_INSIDE
						   : W_WAY_OUTSIDE,
	    x + 1.5, y + 6.8, w - 3);
	y += 16;
	caption(doc, W_STUB_SHEETS, x, y, half);
	ink_start(doc, "sheets");
	if (cover->sheets > 0)
		ink_number(doc, cover->sheets);
	else
		ink_word(doc, doc->lang, W_STUB_UNCOUNTED, NULL, 0);
	under(doc, x, y, half, 6.2);
	caption(doc, W_STUB_PRINTED, x + half, y, w - half);
	ink_start(doc, "print date");
	ink_date(doc, doc->lang, cover->date);
	under(doc, x + half, y, w - half, 7.5);
	y += 14;
	caption(doc, W_STUB_WITH, x, y, w);
	ink_start(doc, "enclosures");
	if (cover->enclosures.s != NULL && cover->enclosures.s[0] != '\0')
		ink_text(doc, cover->enclosures);
	else
		ink_word(doc, doc->lang, W_STUB_NOTHING, NULL, 0);
	under(doc, x, y, w, 10);
}

static void
draw_number(struct form_doc *doc, const struct form_cover *cover, double top)
{
	double x = STUB_MIDDLE, w = STUB_RIGHT - STUB_MIDDLE - 6;
	double wide = page_width(doc) - x - 12;
	struct style large = style_sized(doc, &number, L_COVER_NUMBER);
	struct fill fills[1] = {0};

	ink_start(doc, "day number");
	ink_text(doc, cover->number);
	flow_line(doc, &large, x - 2, top + 34, w);
	if (cover->copy > 1) {
		fills[0].name = "n";
		fills[0].figure = 1;
		fills[0].number = cover->copy;
		draw_box(doc, x, top + 40, w - 8, 12, 0);
		ink_start(doc, "copy number");
		ink_word(doc, doc->lang, W_STUB_COPY, fills, 1);
		flow_line(doc, &copy_mark, x, top + 49.2, w - 8);
	}
	caption(doc, W_STUB_FROM, x, top + 60, wide);
	ink_start(doc, "pen name of the writer");
	ink_text(doc, cover->from);
	name_under(doc, x, top + 60, wide);
	caption(doc, W_STUB_TO, x, top + 73.5, wide);
	ink_start(doc, "pen name of the addressee");
	ink_text(doc, cover->to);
	name_under(doc, x, top + 73.5, wide);
}

/* 50 mm to lay a ruler on: a page printed smaller folds at the wrong place. */
static void
draw_ruler(struct form_doc *doc, double y)
{
	int i;

	draw_rule(doc, left(doc), y, left(doc) + 50, y, 0.8);
	for (i = 0; i <= 5; i++)
		draw_rule(doc, left(doc) + 10 * i, y - (i % 5 == 0 ? 3 : 1.5),
		    left(doc) + 10 * i, y, 0.8);
	draw_words(doc, &hint, doc->lang, W_STUB_RULER, left(doc) + 54, y, 90);
}

static void
draw_stub(struct form_doc *doc, const struct form_cover *cover)
{
	struct form_piece stub = cover->piece;
	double top = tear_at(doc), w = page_width(doc);
	double side = measure_of(doc, L_COVER_STUB_QR);

	stub.addressee = 0;
	stub.side = FORM_OUTSIDE;
	piece_begin(doc, &stub);
	draw_dashes(doc, 6, top, w - 6, top);
	draw_rule(
	    doc, FOLD_TICK_X, top / 2, FOLD_TICK_X + FOLD_TICK_W, top / 2, 0.8);
	draw_words(doc, &tear_words, doc->lang, W_STUB_TEAR, left(doc),
	    top + 5.5, w - 2 * left(doc));
	draw_qr(doc, cover->payload, QR_LEN, left(doc), top + 14, side);
	ink_start(doc, "letter code");
	ink_text(doc, cover->code);
	flow_line(doc, &code, left(doc) - 8, top + 58, side + 16);
	if (cover->laser.s != NULL)
		draw_code128(
		    doc, cover->laser, LASER_X, top + 63, LASER_W, LASER_H);
	draw_number(doc, cover, top);
	draw_facts(doc, cover, top);
	draw_ruler(doc, top + 86.5);
	piece_end(doc);
}

static void
check(struct form_doc *doc, const struct form_cover *cover)
{
	const struct form_text needed[5] = {
	    cover->from, cover->to, cover->code, cover->payload, cover->number};
	static const char *const fields[5] = {"pen name of the writer",
	    "pen name of the addressee", "letter code", "QR code",
	    "day number"};
	size_t i;

	for (i = 0; i < 5; i++)
		if (needed[i].s == NULL || needed[i].s[0] == '\0')
			doc_fail(doc, FORM_BADVALUE,
			    "the cover sheet has no %s", fields[i]);
	if (cover->piece.addressee == 0)
		doc_fail(
		    doc, FORM_BADVALUE, "the cover sheet has no addressee");
	if (cover->sheets < 0 || cover->sheets > 999)
		doc_fail(doc, FORM_BADVALUE,
		    "sheets: %d is not between 0 and 999", cover->sheets);
	if (cover->copy < 1)
		doc_fail(
		    doc, FORM_BADVALUE, "copy: %d is less than 1", cover->copy);
	if (cover->piece.side == FORM_INSIDE && cover->reply.s != NULL) {
		doc_fail(doc, FORM_LEAK, "a reply label would go inside");
		doc->fault.hit = FORM_HIT_CODE;
	}
}

void
cover_draw(struct form_doc *doc, const struct form_cover *cover)
{
	check(doc, cover);
	page_paper(doc);
	draw_travelling(doc, cover);
	draw_stub(doc, cover);
}

enum form_status
form_cover_add(struct form_doc *doc, const struct form_cover *cover,
    struct form_fault *fault)
{
	add_begin(doc);
	cover_draw(doc, cover);
	return add_end(doc, fault);
}
