/*
 * The ruler page: a frame with a mark at each place to be measured, how to do
 * it, and what to type.  Text stands inside of the frame.
 */
#include "forms/ruler.h"

#include "forms/draw.h"

#define HAIR 0.5   /* points: thin enough to be measured to */
#define IN 14.0    /* mm from the frame to the text */
#define TICK 3.0   /* mm, one a centimetre along the frame */
#define ROW 14.5   /* mm a row of the list */
#define ARROW 1.6  /* mm, half the width of its head */
#define BLANK 34.0 /* mm of rule to write on */

static const struct style title = {FACE_BOLD, 22, 12, ALIGN_LEFT, 1.15, 0};
static const struct style body = {FACE_SANS, 12, 9, ALIGN_LEFT, 1.35, 0};
static const struct style heavy = {FACE_BOLD, 12, 9, ALIGN_LEFT, 1.35, 0};
static const struct style mark = {FACE_BOLD, 16, 10, ALIGN_LEFT, 0, 0};
static const struct style typed = {FACE_MONO, 10.5, 6, ALIGN_LEFT, 1.4, 0};

struct frame {
	struct form_doc *doc;
	double left, top, right, bottom;
	double x, w, y; /* the text inside */
};

/* A line from edge to edge of an arrow, with a head at its end. */
static void
arrow(struct form_doc *doc, double x, double y, double x2, double y2)
{
	int flat = y == y2;
	double back = (flat ? x2 < x : y2 < y) ? 2.4 : -2.4;

	draw_rule(doc, x, y, x2, y2, 0.8);
	draw_rule(doc, x2, y2, flat ? x2 + back : x2 - ARROW,
	    flat ? y2 - ARROW : y2 + back, 0.8);
	draw_rule(doc, x2, y2, flat ? x2 + back : x2 + ARROW,
	    flat ? y2 + ARROW : y2 + back, 0.8);
}

static void
letter(struct form_doc *doc, const char *s, double x, double y)
{
	ink_start(doc, "mark");
	ink_form(doc, s);
	flow_line(doc, &mark, x, y, 8);
}

static void
draw_frame_lines(const struct frame *f)
{
	struct form_doc *doc = f->doc;
	double at;

	draw_rule(doc, f->left, f->top, f->right, f->top, HAIR);
	draw_rule(doc, f->right, f->top, f->right, f->bottom, HAIR);
	draw_rule(doc, f->right, f->bottom, f->left, f->bottom, HAIR);
	draw_rule(doc, f->left, f->bottom, f->left, f->top, HAIR);
	for (at = f->left + 10; at < f->right - 1; at += 10)
		draw_rule(doc, at, f->bottom - TICK, at, f->bottom, HAIR);
	for (at = f->top + 10; at < f->bottom - 1; at += 10)
		draw_rule(doc, f->right - TICK, at, f->right, at, HAIR);
}

/* Where to lay the ruler: to the edges of the paper, and from line to line. */
static void
draw_marks(const struct frame *f)
{
	struct form_doc *doc = f->doc;
	double a = f->top + 200, b = f->left + 150;
	double c = f->bottom - 9, d = f->right - 9;

	arrow(doc, f->left + 10, a, f->left, a);
	letter(doc, "A", f->left + 11.5, a + 2);
	arrow(doc, b, f->top + 10, b, f->top);
	letter(doc, "B", b - 2, f->top + 16);
	arrow(doc, f->left + 40, c, f->left, c);
	arrow(doc, f->left + 49, c, f->right, c);
	letter(doc, "C", f->left + 42.5, c + 2);
	arrow(doc, d, f->top + 60, d, f->top);
	arrow(doc, d, f->top + 68, d, f->bottom);
	letter(doc, "D", d - 2, f->top + 66);
}

static void
say(struct frame *f, const struct style *style, enum word word,
    const struct fill *fills, size_t count)
{
	ink_start(f->doc, "wording");
	ink_word(f->doc, f->doc->lang, word, fills, count);
	f->y = flow_wrap(f->doc, style, f->x, f->y, f->w, 0);
}

/* "A  from the left edge ... 10 mm   here: ____ mm" */
static void
row(struct frame *f, const char *name, enum word what, int should)
{
	struct form_doc *doc = f->doc;
	struct fill fills[1] = {{.name = "mm", .figure = 1, .number = should}};
	double blank = f->x + f->w - BLANK;

	letter(doc, name, f->x, f->y);
	ink_start(doc, "wording");
	ink_word(doc, doc->lang, what, fills, 1);
	flow_block(doc, &body, f->x + 10, f->y, f->w - BLANK - 16, 11);
	draw_rule(doc, blank, f->y + 1.5, blank + BLANK - 9, f->y + 1.5, 0.8);
	ink_start(doc, "unit");
	ink_form(doc, "mm");
	flow_line(doc, &body, blank + BLANK - 8, f->y, 8);
	f->y += ROW;
}

static void
command(struct frame *f, const struct form_ruler *ruler)
{
	ink_start(f->doc, "name of the printer");
	ink_form(f->doc, "mailroom printer profile ");
	ink_text(f->doc, ruler->printer);
	ink_form(f->doc, " --ruler ");
	ink_number(f->doc, ruler->number);
	f->y = flow_wrap(f->doc, &typed, f->x + 4, f->y, f->w - 4, 0);
	ink_start(f->doc, "command");
	ink_form(f->doc, "    --left A --top B --across C --down D");
	f->y = flow_wrap(f->doc, &typed, f->x + 4, f->y, f->w - 4, 0) + 3;
}

static void
draw_text(struct frame *f, const struct form_ruler *ruler)
{
	struct fill fills[3] = {{.name = "printer", .text = ruler->printer},
	    {.name = "n", .figure = 1, .number = ruler->number},
	    {.name = "date", .date = &ruler->date}};

	f->y = f->top + 32;
	ink_start(f->doc, "name of the printer");
	ink_word(f->doc, f->doc->lang, W_RULER_TITLE, fills, 3);
	f->y = flow_block(f->doc, &title, f->x, f->y, f->w, 20);
	say(f, &body, W_RULER_PRINTED, fills, 3);
	f->y += 12;
	say(f, &heavy, W_RULER_FULL, NULL, 0);
	f->y += 3;
	say(f, &body, W_RULER_HOW, NULL, 0);
	f->y += 8;
	row(f, "A", W_RULER_A, ruler->near_mm);
	row(f, "B", W_RULER_B, ruler->near_mm);
	row(f, "C", W_RULER_C, ruler->across);
	row(f, "D", W_RULER_D, ruler->down);
	say(f, &body, W_RULER_RIGHT, NULL, 0);
	f->y += 3;
	say(f, &body, W_RULER_TYPE, NULL, 0);
	f->y += 1;
	command(f, ruler);
	say(f, &body, W_RULER_AGAIN, NULL, 0);
}

enum form_status
form_ruler_add(struct form_doc *doc, const struct form_ruler *ruler,
    struct form_fault *fault)
{
	struct frame f = {.doc = doc, .left = ruler->near_mm};

	add_begin(doc);
	page_paper(doc);
	piece_office(doc);
	f.top = f.left;
	f.right = f.left + ruler->across;
	f.bottom = f.top + ruler->down;
	f.x = f.left + IN + 6;
	f.w = f.right - IN - 6 - f.x;
	if (f.left < 1 || f.right > page_width(doc) - 1 ||
	    f.bottom > page_height(doc) - 1 || f.w < 100 || ruler->down < 200)
		doc_fail(doc, FORM_BADVALUE,
		    "the frame of the ruler page leaves the page");
	draw_frame_lines(&f);
	draw_marks(&f);
	draw_text(&f, ruler);
	piece_end(doc);
	return add_end(doc, fault);
}
