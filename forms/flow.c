/*
 * Text on the page: one line shrunk to fit, or words wrapped into a column.
 * A line ends at a space; a word wider than the column at one of its hyphens;
 * and only a word that is still too wide between two of its characters.
 */
#include "forms/draw.h"
#include "forms/utf8.h"

#include <string.h>

#define STEP 0.5 /* points by which text shrinks */

/* A run of the ink that makes one line, without the space that ends it. */
struct run {
	size_t at, len, next;
	int cut; /* it ends within a word */
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
	guard_drawn(
	    doc, doc->ink.s.p + run.at, doc->ink.tag.p + run.at, run.len);
}

double
flow_line(struct form_doc *doc, const struct style *style, double x, double y,
    double w)
{
	struct style smaller = *style;
	struct run all = {0, doc->ink.s.len, doc->ink.s.len, 0};
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

/* Length of the hyphen at s, 0 when there is none. */
static size_t
hyphen(const char *s, size_t n)
{
	if (s[0] == '-')
		return 1;
	return n >= 3 && memcmp(s, "\xE2\x80\x90", 3) == 0 ? 3 : 0;
}

/* The end of the space, and of the word, that stand at `at`. */
static size_t
word_end(const struct bytes *ink, size_t at, size_t *word)
{
	while (at < ink->len && ink->p[at] == ' ')
		at++;
	for (*word = at; at < ink->len && ink->p[at] != ' '; at++)
		;
	return at;
}

/*
 * Where a word from at to end, wider than w, is broken: after the last hyphen
 * that fits, else (*cut is set) after the last whole character; at least one.
 */
static size_t
break_word(struct form_doc *doc, const struct style *style, size_t at,
    size_t end, double w, int *cut)
{
	const char *s = doc->ink.s.p;
	size_t to = at, after = at, next, n;
	double used = 0;

	for (; to < end && !doc_failed(doc); to = next) {
		next = to + utf8_cluster(s + to, end - to);
		used += run_width(doc, style, to, next - to);
		if (used > w + 0.01 && to > at)
			break;
		n = hyphen(s + to, end - to);
		if (n > 0 && to > at && to + n < end)
			after = to + n;
	}
	*cut = after == at;
	return *cut ? to : after;
}

/* The next line of the ink from at, at most w wide. */
static struct run
next_run(struct form_doc *doc, const struct style *style, size_t at, double w)
{
	const struct bytes *ink = &doc->ink.s;
	struct run run = {at, 0, at, 0};
	size_t stop = at, word = at;
	double used = 0, wide;
	int cut;

	word_end(ink, at, &run.at);
	run.next = run.at;
	while (run.next < ink->len && !doc_failed(doc)) {
		stop = word_end(ink, run.next, &word);
		used += run_width(doc, style, run.next, stop - run.next);
		if (used > w + 0.01)
			break;
		run.next = stop;
	}
	wide = run_width(doc, style, word, stop - word);
	if (run.next < stop && wide > w + 0.01) {
		stop =
		    break_word(doc, style, word, stop, w - used + wide, &cut);
		run.cut = cut && run.next == run.at;
		if (!cut || run.cut)
			run.next = stop;
	}
	run.len = run.next - run.at;
	return run;
}

/* Lines that the ink takes; *cut: does one of them end within a word? */
static int
measure(struct form_doc *doc, const struct style *style, double w, int *cut)
{
	struct run run = {0, 0, 0, 0};
	int n = 0;

	*cut = 0;
	while (run.next < doc->ink.s.len && !doc_failed(doc)) {
		run = next_run(doc, style, run.next, w);
		n += run.len > 0;
		*cut |= run.cut;
	}
	return n;
}

int
flow_count(struct form_doc *doc, const struct style *style, double w)
{
	int cut;

	return measure(doc, style, w, &cut);
}

int
flow_cuts(struct form_doc *doc, const struct style *style, double w)
{
	int cut;

	measure(doc, style, w, &cut);
	return cut;
}

double
flow_wrap(struct form_doc *doc, const struct style *style, double x, double y,
    double w, int lines)
{
	struct run run = {0, 0, 0, 0};
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
	int cut, fits;

	for (;;) {
		fits = measure(doc, &smaller, w, &cut) * flow_pitch(&smaller) <=
		    h + 0.01;
		/* Smaller letters are better than a word in two pieces. */
		if (doc_failed(doc) || (fits && !cut) ||
		    smaller.size - STEP < least)
			break;
		smaller.size -= STEP;
	}
	if (!fits)
		doc_fail(doc, FORM_TOOLONG,
		    "the %s does not fit into its place", doc->ink.field);
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
