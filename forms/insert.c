/*
 * The page behind a window.  A page in an envelope slides by as much as it is
 * smaller, so a page folded in equal parts may leave a window of an inch and
 * an eighth too little room; then it is folded to just under the height of
 * the envelope.  Marks at its edges say where.
 */
#include "forms/outer.h"

#include <math.h>

#define LETTER_W 215.9
#define LETTER_H 279.4
#define A4_W 210.0
#define A4_H 297.0
#define TICK 4.0
#define TICK_IN 4.0 /* from the edge of the page */
#define LINES 5     /* that a window should have room for */
#define SLACK 0.1   /* of rounded figures */
#define MARGIN 10.0
#define CODE_Y 9.0
#define RISE 0.95       /* of a capital with its accent, of the size */
#define FALL 0.22       /* of a Q */
#define WORDS_BELOW 8.0 /* from the panel's lower edge to the fold words */

static const struct style to = {FACE_SANS, 11, 10, ALIGN_LEFT, 1.05, 0};
static const struct style from = {FACE_SANS, 8, 7, ALIGN_LEFT, 1.05, 0};
static const struct style beside = {FACE_SANS, 9, 7, ALIGN_LEFT, 1.15, 0};
static const struct style endorse = {FACE_BOLD, 9, 8, ALIGN_LEFT, 0, 0};
static const struct style printed = {FACE_SANS, 8, 6.5, ALIGN_RIGHT, 0, 0};
static const struct style words = {FACE_SANS, 10, 7, ALIGN_LEFT, 0, 0};

/* How high n lines are from accent to tail. */
static double
block_height(const struct style *style, int n)
{
	return (n - 1) * flow_pitch(style) +
	    (RISE + FALL) * style->size * MM_PER_POINT;
}

/* How often a side must be folded to become `panel` long. */
static int
folds(double side, double panel)
{
	return side <= panel + SLACK ? 0
				     : (int)ceil((side - SLACK) / panel) - 1;
}

/* Room in the window for a block wherever the page slides to; the page's
 * panel lies with its top left s_x, s_y or less from the envelope's. */
static struct room
room_of(const struct form_doc *doc, const struct form_envelope *e,
    const struct form_window *w, const struct insert *in)
{
	double clear = measure_of(doc, L_WINDOW_CLEAR);
	struct room room;

	room.x = w->left + clear;
	room.y = e->h - w->bottom - w->h + clear;
	room.w = w->w - 2 * clear - in->slide_x;
	room.h = w->h - 2 * clear - in->slide_y;
	return room;
}

/* A page side into a panel: equal parts where they fit and do not slide too
 * far, else as long as the envelope but for the play. */
static double
panel_of(double side, double room, double play, double slide_most)
{
	int n = folds(side, room) + 1;
	double part = side / n;

	if (room - part <= slide_most)
		return part;
	return room - play < side ? room - play : side;
}

static void
try_page(const struct form_doc *doc, const struct form_envelope *e, double w,
    double h, struct insert *in)
{
	double play = measure_of(doc, L_WINDOW_PLAY);
	double clear = measure_of(doc, L_WINDOW_CLEAR);
	struct style least = to;
	double block;

	least.size = least.least;
	block = block_height(&least, LINES);
	in->page_w = w;
	in->page_h = h;
	in->panel_w = w <= e->w ? w : e->w - play;
	in->panel_h = panel_of(h, e->h, play, e->window.h - 2 * clear - block);
	in->slide_x = e->w - in->panel_w;
	in->slide_y = e->h - in->panel_h;
	in->to = room_of(doc, e, &e->window, in);
	in->from = (struct room){0, 0, 0, 0};
	if (e->upper.w > 0)
		in->from = room_of(doc, e, &e->upper, in);
}

static int
all_folds(const struct insert *in)
{
	return folds(in->page_w, in->panel_w) + folds(in->page_h, in->panel_h);
}

void
insert_plan(const struct form_doc *doc, const struct form_envelope *e,
    struct insert *in)
{
	double w = doc->paper == FORM_A4 ? A4_W : LETTER_W;
	double h = doc->paper == FORM_A4 ? A4_H : LETTER_H;
	struct insert across;

	try_page(doc, e, w, h, in);
	try_page(doc, e, h, w, &across);
	/* Crosswise where that saves a fold, as for the small envelopes. */
	if (all_folds(&across) < all_folds(in))
		*in = across;
}

/* Marks where to fold, at the edges. */
static void
draw_folds(struct form_doc *doc, const struct insert *in)
{
	double at;

	doc->role = ROLE_FOLD;
	for (at = in->panel_h; at < in->page_h - 1; at += in->panel_h) {
		draw_rule(doc, TICK_IN, at, TICK_IN + TICK, at, 0.8);
		draw_rule(doc, in->page_w - TICK_IN - TICK, at,
		    in->page_w - TICK_IN, at, 0.8);
	}
	for (at = in->panel_w; at < in->page_w - 1; at += in->panel_w) {
		draw_rule(doc, at, TICK_IN, at, TICK_IN + TICK, 0.8);
		draw_rule(doc, at, in->page_h - TICK_IN - TICK, at,
		    in->page_h - TICK_IN, 0.8);
	}
	doc->role = ROLE_NONE;
}

/* What the hands must know; on the part that is folded back. */
static void
draw_fold_words(struct form_doc *doc, const struct form_envelope *e,
    const struct form_outer *outer, const struct insert *in)
{
	struct fill fills[1] = {0};
	double y = in->panel_h + WORDS_BELOW;

	if (all_folds(in) == 0 || in->page_h < y + 2)
		return;
	doc->role = ROLE_FOLD;
	fills[0].name = "envelope";
	fills[0].form = e->name;
	ink_start(doc, "fold");
	ink_word(doc, outer->lang, W_OUTER_FOLD, fills, 1);
	flow_line(doc, &words, MARGIN, y, in->page_w - 2 * MARGIN);
	doc->role = ROLE_NONE;
}

/* The style as large as n lines of it fit into h; n is counted by `count`. */
static int
shrink(struct form_doc *doc, struct style *style, const struct room *r,
    const struct form_outer *outer,
    int (*count)(struct form_doc *doc, const struct style *style,
	const struct form_outer *outer, double w))
{
	int n;

	for (;; style->size -= 0.5) {
		n = count(doc, style, outer, r->w);
		if (doc_failed(doc) || block_height(style, n) <= r->h)
			return n;
		if (style->size - 0.5 < style->least)
			break;
	}
	doc_fail(doc, FORM_TOOLONG,
	    "the address has more lines than the window has room for");
	return n;
}

static int
count_to(struct form_doc *doc, const struct style *style,
    const struct form_outer *outer, double w)
{
	return count_address(doc, style, &outer->to, w);
}

static double
first_line(const struct style *style, const struct room *r, int n)
{
	return r->y + (r->h - block_height(style, n)) / 2 +
	    RISE * style->size * MM_PER_POINT;
}

static void
draw_window(struct form_doc *doc, const struct form_outer *outer,
    const struct insert *in)
{
	struct style style = style_sized(doc, &to, L_WINDOW_TO);
	int n = shrink(doc, &style, &in->to, outer, count_to);

	if (!doc_failed(doc))
		draw_address(doc, &style, &outer->to, in->to.x,
		    first_line(&style, &in->to, n), in->to.w);
}

/* Ours in a window of its own. */
static void
draw_upper(struct form_doc *doc, const struct form_outer *outer,
    const struct insert *in)
{
	struct style style = style_sized(doc, &from, L_WINDOW_FROM);
	int n = shrink(doc, &style, &in->from, outer, count_corner);

	if (!doc_failed(doc))
		draw_corner(doc, &style, outer, in->from.x,
		    first_line(&style, &in->from, n), in->from.w);
}

/* Above the window, where it never shows: ours, the endorsement, the date. */
static void
draw_top(struct form_doc *doc, const struct form_outer *outer,
    const struct insert *in, double w)
{
	double y = CODE_Y + 2.5;

	if (in->from.w <= 0) {
		y = draw_corner(doc, &beside, outer, MARGIN, y, w * 0.6);
		draw_endorsement(doc, &endorse, outer, MARGIN, y + CLEAR);
		return;
	}
	draw_upper(doc, outer, in);
}

/* To the right of both windows: the code and the day. */
static void
draw_side(struct form_doc *doc, const struct form_outer *outer,
    const struct insert *in)
{
	double side = measure_of(doc, L_ENVELOPE_QR);
	double x = in->panel_w - MARGIN - side - QR_QUIET(side);

	double y = CODE_Y + 3;

	if (outer->payload.s != NULL)
		y += side + QR_QUIET(side);
	outer_code(doc, outer, x, CODE_Y, side);
	ink_printed(doc, outer->lang, outer->date);
	flow_line(doc, &printed, x - 36, y, 36 + side + QR_QUIET(side));
}

void
insert_draw(struct form_doc *doc, const struct form_envelope *e,
    const struct form_outer *outer)
{
	struct insert in;

	outer_check(doc, outer);
	insert_plan(doc, e, &in);
	page_new(doc, in.page_w, in.page_h);
	piece_begin(doc, &outer->piece);
	if (in.to.w <= 0 || in.to.h <= 0)
		doc_fail(doc, FORM_TOOLONG,
		    "the page slides so far in this envelope that its window "
		    "shows no address for sure");
	draw_folds(doc, &in);
	draw_fold_words(doc, e, outer, &in);
	draw_top(doc, outer, &in, in.panel_w);
	draw_side(doc, outer, &in);
	draw_window(doc, outer, &in);
	piece_end(doc);
}
