/*
 * Text on the page: one line shrunk to fit, or words wrapped into a column.
 */
#include "forms/draw.h"

#include <string.h>

#define STEP 0.5 /* points by which text shrinks */

/* A run of the ink that makes one line, without the space that ends it. */
struct run {
	size_t at, len, next;
};

double
flow_pitch(const struct style *style)
{
	return style->size * MM_PER_POINT *
	    (style->lead == 0 ? 1.3 : style->lead);
}

static double
run_width(
    struct form_doc *doc, const struct style *style, size_t at, size_t len)
{
	if (len == 0)
		return 0;
	return font_width(doc, style->face, doc->ink.s.p + at, len) *
	    style->size * MM_PER_POINT;
}

/* Of the ink on one line, mm. */
static double
ink_width(struct form_doc *doc, const struct style *style)
{
	return run_width(doc, style, 0, doc->ink.s.len);
}

/* Put one run down: text into the pool, an op, and the guard's copy. */
static void
put(struct form_doc *doc, const struct style *style, struct run run, double x,
    double y, double w)
{
	struct op op = {0};
	double spare = w - run_width(doc, style, run.at, run.len);

	if (doc_failed(doc) || run.len == 0)
		return;
	op.kind = OP_TEXT;
	op.x = x;
	if (style->align == ALIGN_RIGHT)
		op.x += spare;
	else if (style->align == ALIGN_CENTRE)
		op.x += spare / 2;
	op.y = y;
	op.size = style->size;
	op.face = style->face;
	op.grey = style->white ? 100 : 0;
	op.at = doc->pool.len;
	op.len = run.len;
	if (bytes_add(&doc->pool, doc->ink.s.p + run.at, run.len) != 0 ||
	    bytes_add(&doc->pool, "", 1) != 0)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	op_add(doc, op);
	if (memchr(doc->ink.tag.p + run.at, TAG_SECRET, run.len) != NULL)
		page_secret(doc);
	guard_drawn(
	    doc, doc->ink.s.p + run.at, doc->ink.tag.p + run.at, run.len);
}

double
flow_line(struct form_doc *doc, const struct style *style, double x, double y,
    double w)
{
	struct style smaller = *style;
	struct run all = {0, doc->ink.s.len, doc->ink.s.len};
	double least = style->least == 0 ? style->size : style->least;

	while (ink_width(doc, &smaller) > w + 0.01 && !doc_failed(doc)) {
		smaller.size -= STEP;
		if (smaller.size < least)
			doc_fail(doc, FORM_TOOLONG,
			    "the %s does not fit on its line", doc->ink.field);
	}
	put(doc, &smaller, all, x, y, w);
	return smaller.size;
}

/* Bytes of the ink from at that fit into w without looking at words. */
static size_t
break_word(struct form_doc *doc, const struct style *style, size_t at,
    size_t len, double w)
{
	const char *s = doc->ink.s.p;
	size_t n = 0, next;

	while (n < len) {
		for (next = n + 1;
		     next < len && ((unsigned char)s[at + next] & 0xC0) == 0x80;
		     next++)
			;
		if (n > 0 && run_width(doc, style, at, next) > w)
			break;
		n = next;
	}
	return n;
}

/* The next line of the ink from at, at most w wide. */
static struct run
next_run(struct form_doc *doc, const struct style *style, size_t at, double w)
{
	const char *s = doc->ink.s.p;
	size_t end = doc->ink.s.len, word, stop;
	struct run run;

	while (at < end && s[at] == ' ')
		at++;
	run.at = at;
	run.len = 0;
	run.next = at;
	for (word = at; word < end && !doc_failed(doc); word = stop) {
		for (stop = word; stop < end && s[stop] == ' '; stop++)
			;
		for (; stop < end && s[stop] != ' '; stop++)
			;
		if (run_width(doc, style, at, stop - at) > w + 0.01)
			break;
		run.len = stop - at;
		run.next = stop;
	}
	if (run.len == 0 && at < end && !doc_failed(doc)) {
		for (stop = at; stop < end && s[stop] != ' '; stop++)
			;
		run.len = break_word(doc, style, at, stop - at, w);
		run.next = at + run.len;
	}
	return run;
}

int
flow_count(struct form_doc *doc, const struct style *style, double w)
{
	struct run run = {0, 0, 0};
	int n = 0;

	while (run.next < doc->ink.s.len && !doc_failed(doc)) {
		run = next_run(doc, style, run.next, w);
		n += run.len > 0;
	}
	return n;
}

double
flow_wrap(struct form_doc *doc, const struct style *style, double x, double y,
    double w, int lines)
{
	struct run run = {0, 0, 0};
	int n = 0;

	while (run.next < doc->ink.s.len && !doc_failed(doc)) {
		run = next_run(doc, style, run.next, w);
		if (run.len == 0)
			break;
		if (lines > 0 && ++n > lines) {
			doc_fail(doc, FORM_TOOLONG,
			    "the %s does not fit into its place",
			    doc->ink.field);
			break;
		}
		put(doc, style, run, x, y, w);
		y += flow_pitch(style);
	}
	return y;
}

double
flow_block(struct form_doc *doc, const struct style *style, double x, double y,
    double w, double h)
{
	struct style smaller = *style;
	double least = style->least == 0 ? style->size : style->least;

	while (!doc_failed(doc) &&
	    flow_count(doc, &smaller, w) * flow_pitch(&smaller) > h + 0.01) {
		smaller.size -= STEP;
		if (smaller.size < least)
			doc_fail(doc, FORM_TOOLONG,
			    "the %s does not fit into its place",
			    doc->ink.field);
	}
	return flow_wrap(doc, &smaller, x, y, w, 0);
}

void
draw_words(struct form_doc *doc, const struct style *style, enum form_lang lang,
    enum word word, double x, double y, double w)
{
	ink_start(doc, "wording");
	ink_word(doc, lang, word, NULL, 0);
	flow_line(doc, style, x, y, w);
}
