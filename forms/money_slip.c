/*
 * Slip for what was found in a letter: above the tear line the receipt of who
 * wrote it, below it what the office keeps, with two signatures.  Two pieces
 * on one page, each with its own guard.
 */
#include "forms/postal.h"

#include <stdio.h>

#define LEFT 20.0
#define AMOUNT_SIZE 256
#define FIGURES_SIZE 40
#define LABEL_W 44.0

static const struct style head = {FACE_BOLD, 12, 8, ALIGN_LEFT, 0, 0};
static const struct style head_date = {FACE_SANS, 12, 8, ALIGN_RIGHT, 0, 0};
static const struct style title = {FACE_BOLD, 24, 13, ALIGN_LEFT, 1.15, 0};
static const struct style found = {FACE_BOLD, 20, 11, ALIGN_LEFT, 1.2, 0};
static const struct style body = {FACE_SANS, 14, 10, ALIGN_LEFT, 1.3, 0};
static const struct style tear_words = {FACE_BOLD, 11, 8, ALIGN_CENTRE, 0, 0};
static const struct style label = {FACE_SANS, 11, 8, ALIGN_LEFT, 0, 0};
static const struct style value = {FACE_BOLD, 13, 8, ALIGN_LEFT, 1.15, 0};
static const struct style code = {FACE_MONO, 14, 10, ALIGN_LEFT, 0, 0};
static const struct style sign = {FACE_SANS, 10, 7, ALIGN_LEFT, 0, 0};

static double
room(const struct form_doc *doc)
{
	return page_width(doc) - 2 * LEFT;
}

static double
tear_at(const struct form_doc *doc)
{
	return page_height(doc) / 2;
}

/* As a cheque is written: $1,234.50. */
static void
figures(int64_t cents, char out[FIGURES_SIZE])
{
	long dollars = (long)(cents / 100);

	if (dollars >= 1000000)
		snprintf(out, FIGURES_SIZE, "$%ld,%03ld,%03ld.%02d",
		    dollars / 1000000, dollars / 1000 % 1000, dollars % 1000,
		    (int)(cents % 100));
	else if (dollars >= 1000)
		snprintf(out, FIGURES_SIZE, "$%ld,%03ld.%02d", dollars / 1000,
		    dollars % 1000, (int)(cents % 100));
	else
		snprintf(out, FIGURES_SIZE, "$%ld.%02d", dollars,
		    (int)(cents % 100));
}

/* "$20.00 (twenty dollars and 0 cents)", or "Photos: 2". */
static void
ink_what(
    struct form_doc *doc, const struct form_slip *slip, enum form_lang lang)
{
	char words[AMOUNT_SIZE], number[FIGURES_SIZE];
	struct fill money[2] = {{.name = "figures"}, {.name = "words"}};
	struct fill things[1] = {
	    {.name = "n", .figure = 1, .number = slip->count}};

	if (slip->kind != FORM_MONEY) {
		ink_word(doc, lang, (enum word)(W_SLIP_MONEY + slip->kind),
		    things, 1);
		return;
	}
	if (form_amount(lang, slip->cents, words, sizeof(words)) != 0)
		return; /* told by check */
	figures(slip->cents, number);
	money[0].form = number;
	money[1].form = words;
	ink_word(doc, lang, W_SLIP_MONEY, money, 2);
}

static void
receipt_head(struct form_doc *doc, const struct form_slip *slip)
{
	static const struct form_text none = {NULL, 0, 0};
	double right = LEFT + room(doc);

	draw_return(doc, &head, slip->lang, none, LEFT, 18, room(doc) - 64);
	ink_start(doc, "print date");
	ink_date(doc, slip->lang, slip->date);
	flow_line(doc, &head_date, right - 60, 18, 60);
}

static double
say(struct form_doc *doc, const struct form_slip *slip, enum word word,
    const struct style *style, double y, double h)
{
	struct fill fills[1] = {{.name = "name", .text = slip->writer}};

	ink_start(doc, "text of the slip");
	ink_word(doc, slip->lang, word, fills, 1);
	return flow_block(doc, style, LEFT, y, room(doc), h);
}

/* What the writer gets: no code, no number, nothing of the pen pal. */
static void
draw_receipt(struct form_doc *doc, const struct form_slip *slip)
{
	double y, sign_y = tear_at(doc) - 16;

	piece_begin(doc, &slip->piece);
	receipt_head(doc, slip);
	y = say(doc, slip, W_SLIP_TITLE, &title, 46, 20) + 1;
	y = say(doc, slip, W_SLIP_FOUND, &body, y, 13) + 3;
	ink_start(doc, "what was found");
	ink_what(doc, slip, slip->lang);
	y = flow_block(doc, &found, LEFT, y, room(doc), 20) + 2;
	y = say(doc, slip, (enum word)(W_SLIP_KEPT + slip->fate), &body, y, 13);
	say(doc, slip, slip->kind == FORM_MONEY ? W_SLIP_ASK_MONEY : W_SLIP_ASK,
	    &body, y + 2, sign_y - y - 10);
	draw_rule(doc, LEFT, sign_y, LEFT + 86, sign_y, 0.8);
	draw_words(
	    doc, &sign, slip->lang, W_SLIP_FOR_US, LEFT, sign_y + 4.6, 86);
	piece_end(doc);
}

/* What is in the ink, beside its label. */
static double
fact(struct form_doc *doc, const struct style *style, double y)
{
	double next =
	    flow_block(doc, style, LEFT + LABEL_W, y, room(doc) - LABEL_W, 12);

	return next > y + 7.4 ? next + 1.4 : y + 7.4;
}

static void
name_it(struct form_doc *doc, enum word word, double y)
{
	draw_words(doc, &label, doc->lang, word, LEFT, y, LABEL_W - 3);
}

static double
draw_letter(struct form_doc *doc, const struct form_slip *slip, double y)
{
	struct fill day[2] = {{.name = "date", .date = &slip->found},
	    {.name = "number", .text = slip->number}};

	name_it(doc, W_SLIP_LETTER, y);
	ink_start(doc, "letter code");
	ink_text(doc, slip->code);
	y = fact(doc, &code, y);
	name_it(doc, W_SLIP_DAY, y);
	ink_start(doc, "day number");
	ink_word(doc, doc->lang, W_SLIP_NUMBER, day, 2);
	y = fact(doc, &value, y);
	name_it(doc, W_STUB_FROM, y);
	ink_start(doc, "pen name of the writer");
	ink_text(doc, slip->writer);
	return fact(doc, &value, y);
}

static void
draw_facts(struct form_doc *doc, const struct form_slip *slip, double y)
{
	struct fill title_fills[1] = {{.name = "slip", .text = slip->slip}};

	ink_start(doc, "number of the slip");
	ink_word(doc, doc->lang, W_SLIP_OFFICE, title_fills, 1);
	flow_block(doc, &title, LEFT, y, room(doc), 11);
	y = draw_letter(doc, slip, y + 12);
	name_it(doc, W_SLIP_WHAT, y);
	ink_start(doc, "what was found");
	ink_what(doc, slip, doc->lang);
	y = fact(doc, &value, y);
	name_it(doc, W_SLIP_FATE, y);
	ink_start(doc, "what became of it");
	ink_word(doc, doc->lang, (enum word)(W_SLIP_FATE_KEPT + slip->fate),
	    NULL, 0);
	y = fact(doc, &value, y);
	name_it(doc, W_SLIP_BY, y);
	ink_start(doc, "name of who decided");
	ink_text(doc, slip->by);
	y = fact(doc, &value, y);
	name_it(doc, W_STUB_PRINTED, y);
	ink_start(doc, "print date");
	ink_date(doc, doc->lang, slip->date);
	fact(doc, &value, y);
}

static void
draw_office(struct form_doc *doc, const struct form_slip *slip)
{
	double top = tear_at(doc), w = page_width(doc);
	double y = page_height(doc) - 18, half = (room(doc) - 10) / 2;
	double x2 = LEFT + half + 10;

	piece_office(doc);
	draw_dashes(doc, 6, top, w - 6, top);
	draw_words(doc, &tear_words, doc->lang, W_STUB_TEAR, LEFT, top + 5.5,
	    room(doc));
	draw_facts(doc, slip, top + 18);
	draw_rule(doc, LEFT, y, LEFT + half, y, 0.8);
	draw_words(doc, &sign, doc->lang, W_SLIP_SIGN1, LEFT, y + 4.6, half);
	draw_rule(doc, x2, y, x2 + half, y, 0.8);
	draw_words(doc, &sign, doc->lang, W_SLIP_SIGN2, x2, y + 4.6, half);
	piece_end(doc);
}

static void
check(struct form_doc *doc, const struct form_slip *slip)
{
	char words[AMOUNT_SIZE];

	if (slip->piece.addressee == 0)
		doc_fail(doc, FORM_BADVALUE, "the slip has no addressee");
	if (slip->kind > FORM_CARD || slip->fate > FORM_DESTROYED)
		doc_fail(doc, FORM_BADVALUE, "the slip says nothing");
	if (slip->count < 1 || slip->count > 999)
		doc_fail(doc, FORM_BADVALUE,
		    "count: %ld is not between 1 and 999", slip->count);
	if (slip->kind == FORM_MONEY &&
	    (slip->cents < 1 ||
		form_amount(doc->lang, slip->cents, words, sizeof(words)) != 0))
		doc_fail(doc, FORM_BADVALUE,
		    "the slip says no amount of money that can be");
}

enum form_status
form_slip_add(struct form_doc *doc, const struct form_slip *slip,
    struct form_fault *fault)
{
	add_begin(doc);
	check(doc, slip);
	page_paper(doc);
	if (!doc_failed(doc)) {
		draw_receipt(doc, slip);
		draw_office(doc, slip);
	}
	return add_end(doc, fault);
}
