/*
 * Handing an add to libharu: each page is made, and what it shows is written
 * as operators.  The only file that draws; millimetres from the top become
 * points from below, to a hundredth, which is finer than any printer.
 */
#include "forms/draw.h"

#include <math.h>
#include <stdio.h>

#define POINTS(mm) ((HPDF_REAL)((mm) / MM_PER_POINT))

/* A page and what is set on it, so that nothing is said twice. */
struct pen {
	struct content *to;
	const struct sheet *sheet;
	double size, width;
	const char *names[FACES]; /* on this page */
	enum face face;
	int grey, dash;
	int writing;   /* between BT and ET */
	double tx, ty; /* where the last text began */
};

void
pdf_run(struct form_doc *doc, void (*work)(void *arg), void *arg)
{
	if (doc->broken || pool_run(&doc->blocks, work, arg) == 0)
		return;
	doc->broken = 1;
	doc_fail(doc, FORM_NOMEM, "memory is short");
}

/* A broken document cannot be asked to close its font files. */
static void
close_fonts(struct form_doc *doc)
{
	HPDF_TTFontDefAttr attr;
	int i;

	for (i = 0; i < FACES; i++) {
		if (doc->fonts[i].font == NULL)
			continue;
		attr = doc->fonts[i].def->attr;
		fclose(attr->stream->attr);
	}
}

void
pdf_close(struct form_doc *doc)
{
	if (doc->pdf != NULL && !doc->broken)
		HPDF_Free(doc->pdf);
	else
		close_fonts(doc);
	pool_drop(&doc->blocks);
}

static double
hundredths(double mm)
{
	return round(mm / MM_PER_POINT * 100) / 100;
}

static double
left(double mm)
{
	return hundredths(mm);
}

static double
up(const struct pen *pen, double mm)
{
	return hundredths(pen->sheet->h - mm);
}

static void
pair(struct pen *pen, double x, double y)
{
	content_number(pen->to, x, 2);
	content_number(pen->to, y, 2);
}

/*
 * Against a printer that puts x at scale * x + shift, measured from the top
 * left corner.  What is true stays as it is, byte for byte.
 */
static void
move_against(struct pen *pen, const struct form_shift *shift)
{
	double sx = shift->scale_x > 0 ? 1 / shift->scale_x : 1;
	double sy = shift->scale_y > 0 ? 1 / shift->scale_y : 1;
	double height = pen->sheet->h;

	if (shift->x == 0 && shift->y == 0 && sx == 1 && sy == 1)
		return;
	content_number(pen->to, sx, 5);
	content_put(pen->to, "0 0 ");
	content_number(pen->to, sy, 5);
	pair(pen, hundredths(-shift->x * sx),
	    hundredths(height * (1 - sy) + shift->y * sy));
	content_put(pen->to, "cm\n");
}

static void
fill_grey(struct pen *pen, int grey)
{
	if (pen->grey == grey)
		return;
	content_number(pen->to, grey / 100.0, 2);
	content_put(pen->to, "g\n");
	pen->grey = grey;
}

static void
end_text(struct pen *pen)
{
	if (pen->writing)
		content_put(pen->to, "ET\n");
	pen->writing = 0;
}

static void
begin_text(struct pen *pen)
{
	if (pen->writing)
		return;
	content_put(pen->to, "BT\n");
	pen->writing = 1;
	pen->tx = pen->ty = 0;
}

static void
set_font(struct form_doc *doc, struct pen *pen, enum face face, double size)
{
	if (pen->size == size && pen->face == face)
		return;
	if (pen->names[face] == NULL)
		pen->names[face] = HPDF_Page_GetLocalFontName(
		    pen->sheet->page, doc->fonts[face].font);
	if (pen->names[face] == NULL)
		return;
	content_put(pen->to, "/");
	content_put(pen->to, pen->names[face]);
	content_put(pen->to, " ");
	content_number(pen->to, size, 2);
	content_put(pen->to, "Tf\n");
	pen->size = size;
	pen->face = face;
}

static void
text(struct form_doc *doc, struct pen *pen, const struct op *op)
{
	double x = left(op->x), y = up(pen, op->y);

	begin_text(pen);
	fill_grey(pen, op->grey);
	set_font(doc, pen, op->face, op->size);
	pair(pen, x - pen->tx, y - pen->ty);
	pen->tx = x;
	pen->ty = y;
	content_put(pen->to, "Td");
	font_keep(&doc->fonts[op->face], doc->pool.p + op->at, op->len);
	content_string(pen->to, doc->pool.p + op->at, op->len);
	content_put(pen->to, "Tj\n");
}

static void
rule(struct pen *pen, const struct op *op)
{
	end_text(pen);
	if (pen->width != op->size) {
		content_number(pen->to, op->size, 2);
		content_put(pen->to, "w\n");
		pen->width = op->size;
	}
	if (pen->dash != op->dash) {
		content_put(pen->to, op->dash ? "[4 3]0 d\n" : "[]0 d\n");
		pen->dash = op->dash;
	}
	pair(pen, left(op->x), up(pen, op->y));
	content_put(pen->to, "m ");
	pair(pen, left(op->x + op->w), up(pen, op->y + op->h));
	content_put(pen->to, "l S\n");
}

static void
box(struct pen *pen, const struct op *op)
{
	double x = left(op->x), y = up(pen, op->y + op->h);

	end_text(pen);
	fill_grey(pen, op->grey);
	pair(pen, x, y);
	pair(pen, left(op->x + op->w) - x, up(pen, op->y) - y);
	content_put(pen->to, "re f\n");
}

/* How many modules of row y are dark from x on. */
static size_t
run_length(const char *m, size_t side, size_t x, size_t y)
{
	size_t n = 0;

	while (x + n < side && m[y * side + x + n])
		n++;
	return n;
}

static void
modules(struct content *to, size_t x, size_t y, size_t w, size_t h)
{
	content_number(to, (double)x, 0);
	content_number(to, (double)y, 0);
	content_number(to, (double)w, 0);
	content_number(to, (double)h, 0);
	content_put(to, "re\n");
}

/* Does row y from x on hold exactly the dark run of n modules? */
static int
same_run(const char *m, size_t side, size_t x, size_t y, size_t n)
{
	size_t i;

	if ((x > 0 && m[y * side + x - 1]) ||
	    (x + n < side && m[y * side + x + n]))
		return 0;
	for (i = 0; i < n; i++)
		if (!m[y * side + x + i])
			return 0;
	return 1;
}

/* Dark runs, those that repeat in the next rows as one box; one fill.  The
 * module is the unit, so all numbers are small and whole. */
static void
qr(struct form_doc *doc, struct pen *pen, const struct op *op)
{
	const char *m = doc->pool.p + op->at;
	size_t x, y, n, rows, side = op->len;

	end_text(pen);
	fill_grey(pen, 0);
	content_put(pen->to, "q ");
	content_number(pen->to, op->w / MM_PER_POINT / (double)side, 5);
	content_put(pen->to, "0 0 ");
	content_number(pen->to, op->h / MM_PER_POINT / (double)side, 5);
	pair(pen, left(op->x), up(pen, op->y + op->h));
	content_put(pen->to, "cm\n");
	for (y = 0; y < side; y++)
		for (x = 0; x < side; x += n) {
			n = run_length(m, side, x, y);
			if (n == 0) {
				n = 1;
				continue;
			}
			if (y > 0 && same_run(m, side, x, y - 1, n))
				continue;
			for (rows = 1; y + rows < side &&
			     same_run(m, side, x, y + rows, n);
			     rows++)
				;
			modules(pen->to, x, side - y - rows, n, rows);
		}
	content_put(pen->to, "f Q\n");
}

static void
draw_op(struct form_doc *doc, struct pen *pen, const struct op *op)
{
	switch (op->kind) {
	case OP_TEXT:
		text(doc, pen, op);
		break;
	case OP_RULE:
		rule(pen, op);
		break;
	case OP_BOX:
		box(pen, op);
		break;
	case OP_QR:
		qr(doc, pen, op);
		break;
	}
}

/* libharu asks for more entries of a stream's dictionary. */
static HPDF_STATUS
name_filter(HPDF_Dict contents, HPDF_Stream out)
{
	(void)contents;
	return HPDF_Stream_WriteStr(out, "/Filter /FlateDecode\012");
}

static void
page_open(struct form_doc *doc, struct sheet *sheet)
{
	sheet->page = HPDF_AddPage(doc->pdf);
	if (sheet->page == NULL)
		return;
	HPDF_Page_SetWidth(sheet->page, POINTS(sheet->w));
	HPDF_Page_SetHeight(sheet->page, POINTS(sheet->h));
}

static void
page_fill(struct form_doc *doc, const struct sheet *sheet)
{
	HPDF_PageAttr attr = sheet->page->attr;
	const struct bytes *packed = content_pack(&doc->content);

	if (packed == NULL) {
		doc_fail(doc, FORM_NOMEM, "memory is short");
		return;
	}
	attr->contents->write_fn = name_filter;
	HPDF_Stream_Write(
	    attr->stream, (const HPDF_BYTE *)packed->p, (HPDF_UINT)packed->len);
}

/* The ops of a page; a new page has black, full lines of one point. */
static void
draw_page(struct form_doc *doc, size_t page)
{
	struct sheet *sheet = (struct sheet *)(void *)doc->sheets.p + page;
	const struct op *ops = (const void *)doc->ops.p;
	struct pen pen = {.to = &doc->content, .sheet = sheet, .width = 1};
	size_t i;

	page_open(doc, sheet);
	if (doc_failed(doc))
		return;
	content_start(&doc->content);
	move_against(&pen, &doc->shift);
	for (i = sheet->first; i < sheet->end; i++)
		if (ops[i].page == page)
			draw_op(doc, &pen, &ops[i]);
	end_text(&pen);
	page_fill(doc, sheet);
}

/* Run by pdf_run. */
static void
draw_all(void *arg)
{
	struct form_doc *doc = arg;
	size_t i;

	for (i = 0; i < page_count(doc) && !doc_failed(doc); i++)
		draw_page(doc, i);
}

void
pdf_add(struct form_doc *doc)
{
	pdf_run(doc, draw_all, doc);
	/* Half of it may stand in the file. */
	if (doc_failed(doc))
		doc->broken = 1;
}
