/*
 * A letter that the office writes: our address, the addressee's, the date, a
 * salutation, paragraphs, our name.  Nothing coded but the DEPT line.
 */
#include "forms/outer.h"

#include <string.h>

#define LEFT 25.0
#define FROM_Y 20.0
#define TO_Y 52.0
#define FOOT 25.0
#define PARAGRAPH 4.0 /* mm between */

static const struct style from = {FACE_SANS, 11, 9, ALIGN_LEFT, 1.3, 0};
static const struct style to = {FACE_SANS, 12, 10, ALIGN_LEFT, 1.3, 0};
static const struct style date = {FACE_SANS, 12, 9, ALIGN_RIGHT, 0, 0};
static const struct style body = {FACE_SANS, 14, 11, ALIGN_LEFT, 1.4, 0};
static const struct style lines = {FACE_BOLD, 15, 11, ALIGN_LEFT, 1.4, 0};

/* Values of the placeholders, and where the pen is. */
struct writing {
	const struct form_letter *letter;
	struct form_doc *doc;
	struct fill fills[6];
	double y;
};

static double
room(const struct form_doc *doc)
{
	return page_width(doc) - 2 * LEFT;
}

/* The ink as a paragraph, on the next page where this one is full. */
static void
paragraph(struct writing *w, const struct style *style, double x)
{
	struct form_doc *doc = w->doc;
	double width = room(doc) - (x - LEFT);
	double h = flow_count(doc, style, width) * flow_pitch(style);

	if (w->y + h > page_height(doc) - FOOT) {
		page_paper(doc);
		w->y = FROM_Y + 5;
	}
	w->y = flow_wrap(doc, style, x, w->y, width, 0);
}

/* Our address to copy: the one paragraph that is set line by line. */
static void
address_lines(struct writing *w)
{
	int n;

	for (n = 0; n < RETURN_LINES; n++)
		if (ink_return(w->doc, w->letter->lang, n, w->letter->id))
			paragraph(w, &lines, LEFT + 10);
}

static void
form_text_of(struct writing *w)
{
	const struct form_letter *letter = w->letter;
	const struct wording *words = w->doc->words[letter->lang];
	const char *template;
	int n;

	if (letter->form == NULL)
		return;
	if (wording_letter(words, letter->form, 1) == NULL)
		doc_fail(w->doc, FORM_BADVALUE,
		    "there is no office letter of that name in the wording");
	for (n = 1; !doc_failed(w->doc); n++) {
		template = wording_letter(words, letter->form, n);
		if (template == NULL)
			break;
		if (strcmp(template, "{address}") == 0)
			address_lines(w);
		else {
			if (letter->id.s == NULL && strstr(template, "{id}"))
				doc_fail(w->doc, FORM_BADVALUE,
				    "this letter needs a forwarding ID");
			ink_start(w->doc, "text of the letter");
			ink_template(
			    w->doc, letter->lang, template, w->fills, 6);
			paragraph(w, &body, LEFT);
		}
		w->y += PARAGRAPH;
	}
}

static void
set_fills(struct writing *w)
{
	const struct form_letter *letter = w->letter;
	const struct form_office *office = &w->doc->office;
	const struct fill fills[6] = {
	    {.name = "name", .text = letter->dear, .secret = &letter->to.name},
	    {.name = "id", .text = letter->id},
	    {.name = "office", .office = office->name},
	    {.name = "box", .office = office->street},
	    {.name = "city", .office = office->city},
	    {.name = "date", .date = &letter->date}};

	memcpy(w->fills, fills, sizeof(fills));
}

static void
heads(struct writing *w)
{
	struct form_doc *doc = w->doc;
	const struct form_letter *letter = w->letter;
	double x = page_width(doc) / 2;

	draw_return(
	    doc, &from, letter->lang, letter->id, LEFT, FROM_Y, room(doc) / 2);
	ink_start(doc, "date");
	ink_date(doc, letter->lang, letter->date);
	flow_line(doc, &date, x, FROM_Y, page_width(doc) - LEFT - x);
	w->y = draw_address(doc, &to, &letter->to, LEFT, TO_Y, room(doc)) + 12;
	ink_start(doc, "salutation");
	ink_word(doc, letter->lang, W_LETTER_DEAR, w->fills, 1);
	paragraph(w, &body, LEFT);
	w->y += PARAGRAPH;
}

static void
closing(struct writing *w)
{
	ink_start(w->doc, "wording");
	ink_word(w->doc, w->letter->lang, W_LETTER_CLOSE, NULL, 0);
	paragraph(w, &body, LEFT);
	w->y += 2 * PARAGRAPH;
	ink_start(w->doc, "office name");
	ink_word(w->doc, w->letter->lang, W_LETTER_SIGNED, w->fills + 2, 1);
	paragraph(w, &body, LEFT);
}

enum form_status
form_letter_add(struct form_doc *doc, const struct form_letter *letter,
    struct form_fault *fault)
{
	struct writing w = {.letter = letter, .doc = doc};
	size_t i;

	add_begin(doc);
	if (letter->piece.addressee == 0)
		doc_fail(doc, FORM_BADVALUE, "the letter has no addressee");
	if (letter->form == NULL && letter->nextra == 0)
		doc_fail(doc, FORM_BADVALUE, "the letter says nothing");
	address_check(doc, &letter->to);
	set_fills(&w);
	page_paper(doc);
	piece_begin(doc, &letter->piece);
	heads(&w);
	form_text_of(&w);
	for (i = 0; i < letter->nextra; i++) {
		ink_start(doc, "paragraph of the letter");
		ink_text(doc, letter->extra[i]);
		paragraph(&w, &body, LEFT);
		w.y += PARAGRAPH;
	}
	w.y += PARAGRAPH;
	closing(&w);
	piece_end(doc);
	return add_end(doc, fault);
}

int
form_letter_known(const char *form)
{
	struct wording *words = wording_new(FORM_EN, NULL, NULL, NULL);
	int known = words != NULL && wording_letter(words, form, 1) != NULL;

	wording_free(words);
	return known;
}
