/*
 * A letter that the office writes: our address, the addressee's, the date, a
 * salutation, paragraphs, our name; on as many pages as it takes.  Nothing
 * coded but the DEPT line.
 */
#include "forms/outer.h"

#include <string.h>

#define FROM_Y 20.0
#define FOOT 25.0
#define NUMBER_Y 14.0 /* the page number, from below */
#define PARAGRAPH 4.0 /* mm between */
#define MOST 99       /* paragraphs of a letter */
#define NFILLS 13

static const struct style from = {FACE_SANS, 11, 9, ALIGN_LEFT, 1.3, 0};
static const struct style to = {FACE_SANS, 12, 10, ALIGN_LEFT, 1.3, 0};
static const struct style date = {FACE_SANS, 12, 9, ALIGN_RIGHT, 0, 0};
static const struct style body = {FACE_SANS, 14, 11, ALIGN_LEFT, 1.4, 0};
static const struct style lines = {FACE_BOLD, 15, 11, ALIGN_LEFT, 1.4, 0};
static const struct style number = {FACE_SANS, 11, 9, ALIGN_CENTRE, 0, 0};

/* Values of the placeholders, and where the pen is. */
struct writing {
	const struct form_letter *letter;
	struct form_doc *doc;
	struct fill fills[NFILLS];
	struct style body, lines; /* as large as the office wants them */
	double left, y;
	int drawn; /* something stands on this page */
};

static double
room(const struct writing *w)
{
	return page_width(w->doc) - 2 * w->left;
}

/* The ink as a paragraph, with `after` mm of what must stand on one page with
 * it; on the next page where this one is full. */
static void
paragraph(struct writing *w, const struct style *style, double x, double after)
{
	struct form_doc *doc = w->doc;
	double width = room(w) - (x - w->left);
	double h = flow_count(doc, style, width) * flow_pitch(style);
	double most = page_height(doc) - FOOT;

	if (FROM_Y + 5 + h > most)
		doc_fail(doc, FORM_TOOLONG,
		    "the %s is longer than a page; make two paragraphs of it",
		    doc->ink.field);
	if (w->y + h + after > most && w->drawn) {
		page_paper(doc);
		w->y = FROM_Y + 5;
	}
	w->y = flow_wrap(doc, style, x, w->y, width, 0);
	w->drawn = 1;
}

static int
is_address(const char *template)
{
	return strcmp(template, "{address}") == 0;
}

/* Our address to copy: the one paragraph that is set line by line. */
static void
address_lines(struct writing *w)
{
	int n;

	for (n = 0; n < RETURN_LINES; n++)
		if (ink_return(w->doc, w->letter->lang, n, w->letter->id))
			paragraph(w, &w->lines, w->left + 10, 0);
}

static int
is_set(const struct fill *fill)
{
	return fill->text.s != NULL || fill->form != NULL ||
	    fill->office != NULL || fill->secret != NULL ||
	    fill->date != NULL || fill->figure;
}

/* Is all that the paragraph names known? */
static int
known(const struct writing *w, const char *template)
{
	const char *p = template;
	size_t n, i;

	if (strcmp(template, "-") == 0)
		return 0;
	if (is_address(template))
		return w->letter->id.s != NULL;
	while ((p = strchr(p, '{')) != NULL) {
		n = strcspn(++p, "}");
		for (i = 0; i < NFILLS; i++)
			if (strlen(w->fills[i].name) == n &&
			    memcmp(w->fills[i].name, p, n) == 0 &&
			    !is_set(&w->fills[i]))
				return 0;
	}
	return 1;
}

/* The paragraphs that this reader gets; how many. */
static int
choose(struct writing *w, const char *chosen[MOST])
{
	const struct form_letter *letter = w->letter;
	const struct wording *words = w->doc->words[letter->lang];
	const char *template;
	int n, count = 0;

	if (letter->form == NULL)
		return 0;
	for (n = 1; n <= MOST; n++) {
		template =
		    wording_letter(words, letter->form, letter->piece.side, n);
		if (template == NULL)
			break;
		if (known(w, template))
			chosen[count++] = template;
	}
	if (n == 1)
		doc_fail(w->doc, FORM_BADVALUE,
		    "there is no office letter of that name in the wording");
	return count;
}

/* What stands below a paragraph and should not be torn from it. */
static double
belongs_below(const struct writing *w, const char *next)
{
	if (next != NULL)
		return is_address(next)
		    ? PARAGRAPH + RETURN_LINES * flow_pitch(&w->lines)
		    : 0;
	return w->letter->nextra > 0 ? 0 : 5 * PARAGRAPH + flow_pitch(&w->body);
}

static void
form_text_of(struct writing *w)
{
	const char *chosen[MOST + 1] = {NULL};
	int i, n = choose(w, chosen);

	for (i = 0; i < n && !doc_failed(w->doc); i++) {
		if (is_address(chosen[i])) {
			address_lines(w);
		} else {
			ink_start(w->doc, "text of the letter");
			ink_template(w->doc, w->letter->lang, chosen[i],
			    w->fills, NFILLS);
			paragraph(w, &w->body, w->left,
			    belongs_below(w, chosen[i + 1]));
		}
		w->y += PARAGRAPH;
	}
}

static const struct form_date *
day_or_none(const struct form_date *day)
{
	return day->year != 0 ? day : NULL;
}

static void
set_fills(struct writing *w)
{
	const struct form_letter *letter = w->letter;
	const struct form_office *office = &w->doc->office;
	const struct fill fills[NFILLS] = {
	    {.name = "name", .text = letter->dear, .secret = &letter->to.name},
	    {.name = "id", .text = letter->id},
	    {.name = "office", .office = office->name},
	    {.name = "box", .office = office->street},
	    {.name = "city", .office = office->city},
	    {.name = "date", .date = &letter->date},
	    {.name = "pal", .text = letter->pal},
	    {.name = "interests", .text = letter->interests},
	    {.name = "item", .text = letter->item},
	    {.name = "amount", .text = letter->amount},
	    {.name = "day", .date = day_or_none(&letter->day)},
	    {.name = "until", .date = day_or_none(&letter->until)},
	    {.name = "reason",
		.form = letter->why == NULL
		    ? NULL
		    : wording_why(w->doc->words[letter->lang], letter->why)}};

	memcpy(w->fills, fills, sizeof(fills));
}

static void
heads(struct writing *w)
{
	struct form_doc *doc = w->doc;
	const struct form_letter *letter = w->letter;
	double x = page_width(doc) / 2;

	draw_return(
	    doc, &from, letter->lang, letter->id, w->left, FROM_Y, room(w) / 2);
	ink_start(doc, "date");
	ink_date(doc, letter->lang, letter->date);
	flow_line(doc, &date, x, FROM_Y, page_width(doc) - w->left - x);
	w->y = draw_address(doc, &to, &letter->to, w->left,
		   measure_of(doc, L_LETTER_TO), room(w)) +
	    12;
	ink_start(doc, "salutation");
	ink_word(doc, letter->lang, W_LETTER_DEAR, w->fills, 1);
	paragraph(w, &w->body, w->left, 0);
	w->y += PARAGRAPH;
}

static void
closing(struct writing *w)
{
	w->y += PARAGRAPH;
	ink_start(w->doc, "wording");
	ink_word(w->doc, w->letter->lang, W_LETTER_CLOSE, NULL, 0);
	paragraph(w, &w->body, w->left, 2 * PARAGRAPH + flow_pitch(&w->body));
	w->y += 2 * PARAGRAPH;
	ink_start(w->doc, "office name");
	ink_word(w->doc, w->letter->lang, W_LETTER_SIGNED, w->fills + 2, 1);
	paragraph(w, &w->body, w->left, 0);
}

/* "Page 1 of 2" below each, where there are several. */
static void
number_pages(struct writing *w)
{
	struct form_doc *doc = w->doc;
	size_t i, total = page_count(doc);
	struct fill fills[2] = {{.name = "n", .figure = 1},
	    {.name = "total", .figure = 1, .number = (long)total}};

	for (i = 0; i < total && total > 1; i++) {
		page_turn(doc, i);
		fills[0].number = (long)i + 1;
		ink_start(doc, "page number");
		ink_word(doc, w->letter->lang, W_PAGE, fills, 2);
		flow_line(doc, &number, w->left, page_height(doc) - NUMBER_Y,
		    room(w));
	}
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
	w.left = measure_of(doc, L_LETTER_LEFT);
	w.body = style_sized(doc, &body, L_LETTER_BODY);
	w.lines = style_sized(doc, &lines, L_LETTER_ADDRESS);
	set_fills(&w);
	page_paper(doc);
	piece_begin(doc, &letter->piece);
	heads(&w);
	form_text_of(&w);
	for (i = 0; i < letter->nextra; i++) {
		ink_start(doc, "paragraph of the letter");
		ink_text(doc, letter->extra[i]);
		paragraph(&w, &w.body, w.left, 0);
		w.y += PARAGRAPH;
	}
	closing(&w);
	number_pages(&w);
	piece_end(doc);
	return add_end(doc, fault);
}

/* What a paragraph names, as bits. */
static unsigned
named_in(const char *template)
{
	static const struct {
		const char *holder;
		unsigned names;
	} holders[] = {{"{pal}", FORM_NAMES_PAL},
	    {"{interests}", FORM_NAMES_PAL}, {"{reason}", FORM_NAMES_LETTER},
	    {"{day}", FORM_NAMES_LETTER}, {"{until}", FORM_NAMES_LETTER},
	    {"{item}", FORM_NAMES_ENCLOSURE},
	    {"{amount}", FORM_NAMES_ENCLOSURE}, {"{id}", FORM_NAMES_ID},
	    {"{address}", FORM_NAMES_ID}};
	unsigned names = 0;
	size_t i;

	for (i = 0; i < sizeof(holders) / sizeof(holders[0]); i++)
		if (strstr(template, holders[i].holder) != NULL)
			names |= holders[i].names;
	return names;
}

/* The names of all letters, as far as they go into a message. */
struct listing {
	char text[200];
	size_t len;
};

static void
list_one(void *arg, const char *name, size_t n)
{
	struct listing *l = arg;
	size_t len = strlen(name), gap = n > 0 ? 2 : 0;

	if (l->len + gap + len >= sizeof(l->text))
		return;
	memcpy(l->text + l->len, ", ", gap);
	memcpy(l->text + l->len + gap, name, len + 1);
	l->len += gap + len;
}

static enum form_status
names_of(struct wording *const words[FORM_LANGS], const char *form,
    enum form_side side, unsigned *names, struct form_fault *fault)
{
	struct listing listing = {.len = 0};
	const char *template;
	int lang, n;

	*names = 0;
	for (lang = 0; lang < FORM_LANGS; lang++)
		for (n = 1; (template = wording_letter(
				 words[lang], form, side, n)) != NULL;
		     n++)
			*names |= named_in(template);
	if (wording_letter(words[0], form, side, 1) != NULL)
		return FORM_OK;
	wording_each_letter(words[0], list_one, &listing);
	return fault_set(fault, FORM_BADVALUE,
	    "there is no office letter of that name; there are: %s",
	    listing.text);
}

enum form_status
form_letter_names(const struct form_setup *setup, const char *form,
    enum form_side side, unsigned *names, struct form_fault *fault)
{
	struct wording *words[FORM_LANGS];
	enum form_status status = wording_all(words, setup, fault);
	int lang;

	if (status == FORM_OK)
		status = names_of(words, form, side, names, fault);
	for (lang = 0; lang < FORM_LANGS; lang++)
		wording_free(words[lang]);
	return status;
}
