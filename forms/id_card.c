/*
 * ID card: the one address that a participant copies on every envelope, so
 * large that a person of eighty can, and how its DEPT line is written.
 */
#include "forms/postal.h"

#define LEFT 20.0
#define CARD_TOP 58.0
#define CARD_H 94.0
#define CARD_PAD 8.0
#define RIGHT_W 60.0

static const struct style head = {FACE_BOLD, 12, 8, ALIGN_LEFT, 0, 0};
static const struct style head_date = {FACE_SANS, 12, 8, ALIGN_RIGHT, 0, 0};
static const struct style title = {FACE_BOLD, 28, 15, ALIGN_LEFT, 1.15, 0};
static const struct style holder = {FACE_SANS, 20, 10, ALIGN_LEFT, 1.15, 0};
static const struct style caption = {FACE_SANS, 13, 9, ALIGN_LEFT, 0, 0};
static const struct style line = {FACE_BOLD, 24, 12, ALIGN_LEFT, 0, 0};
static const struct style dept = {FACE_BOLD, 38, 16, ALIGN_LEFT, 0, 0};
static const struct style hint = {FACE_SANS, 10, 7, ALIGN_LEFT, 0, 0};
static const struct style heading = {FACE_BOLD, 18, 12, ALIGN_LEFT, 0, 0};
static const struct style step = {FACE_SANS, 15, 11, ALIGN_LEFT, 1.3, 0};

static double
room(const struct form_doc *doc)
{
	return page_width(doc) - 2 * LEFT;
}

static void
draw_head(struct form_doc *doc, const struct form_id_card *card)
{
	struct fill fills[1] = {{.name = "name", .text = card->name}};
	double right = LEFT + room(doc);
	double y;

	ink_start(doc, "office name");
	ink_office(doc, doc->office.name);
	flow_line(doc, &head, LEFT, 18, room(doc) - RIGHT_W - 2);
	ink_start(doc, "print date");
	ink_date(doc, card->lang, card->date);
	flow_line(doc, &head_date, right - RIGHT_W, 18, RIGHT_W);
	draw_rule(doc, LEFT, 21.5, right, 21.5, 0.8);
	ink_start(doc, "title");
	ink_word(doc, card->lang, W_CARD_TITLE, NULL, 0);
	y = flow_block(doc, &title, LEFT, 34, room(doc), 12);
	ink_start(doc, "pen name");
	ink_word(doc, card->lang, W_CARD_FOR, fills, 1);
	flow_block(doc, &holder, LEFT, y, room(doc), 9);
}

/* Our address, every line on one line, the DEPT line by far the largest. */
static void
draw_address_lines(struct form_doc *doc, const struct form_id_card *card)
{
	double x = LEFT + CARD_PAD, w = room(doc) - 2 * CARD_PAD;
	double y = CARD_TOP + 25;
	int n;

	draw_words(doc, &caption, card->lang, W_CARD_COPY, x, CARD_TOP + 10, w);
	for (n = 0; n < RETURN_LINES; n++) {
		if (!ink_return(doc, card->lang, n, card->id))
			continue;
		y += n == RETURN_DEPT ? 6 : 0;
		flow_line(doc, n == RETURN_DEPT ? &dept : &line, x, y, w);
		y += n == RETURN_DEPT ? 18 : 14;
	}
}

static void
draw_card(struct form_doc *doc, const struct form_id_card *card)
{
	int cut = card->piece.side == FORM_OUTSIDE;

	if (cut)
		draw_words(doc, &hint, card->lang, W_CARD_CUT, LEFT,
		    CARD_TOP - 1.8, room(doc));
	draw_frame(doc, LEFT, CARD_TOP, room(doc), CARD_H, cut);
	draw_address_lines(doc, card);
}

static void
draw_steps(struct form_doc *doc, const struct form_id_card *card)
{
	struct fill fills[1] = {{.name = "name", .text = card->name}};
	enum word words[5] = {W_CARD_HOW1, W_CARD_HOW2, W_CARD_HOW3,
	    W_CARD_HOW4,
	    card->piece.side == FORM_INSIDE ? W_CARD_SIGN_IN : W_CARD_SIGN_OUT};
	double y = CARD_TOP + CARD_H + 13;
	size_t i;

	draw_words(doc, &heading, card->lang, W_CARD_HOW, LEFT, y, room(doc));
	y += 9.5;
	for (i = 0; i < 5; i++) {
		ink_start(doc, "text of the ID card");
		ink_word(doc, card->lang, words[i], fills, 1);
		y = flow_wrap(doc, &step, LEFT, y, room(doc), 4) + 2.2;
	}
	if (y > page_height(doc) - 8)
		doc_fail(doc, FORM_TOOLONG,
		    "the text of the ID card is longer than its page");
}

static void
check(struct form_doc *doc, const struct form_id_card *card)
{
	if (card->piece.addressee == 0)
		doc_fail(doc, FORM_BADVALUE, "the ID card has no addressee");
	if (card->name.s == NULL || card->name.s[0] == '\0')
		doc_fail(doc, FORM_BADVALUE, "the ID card has no pen name");
	if (card->id.s == NULL || card->id.s[0] == '\0')
		doc_fail(
		    doc, FORM_BADVALUE, "the ID card has no forwarding ID");
}

enum form_status
form_id_card_add(struct form_doc *doc, const struct form_id_card *card,
    struct form_fault *fault)
{
	add_begin(doc);
	check(doc, card);
	page_paper(doc);
	piece_begin(doc, &card->piece);
	draw_head(doc, card);
	draw_card(doc, card);
	draw_steps(doc, card);
	piece_end(doc);
	return add_end(doc, fault);
}
