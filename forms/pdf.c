/*
 * Handing an add to libharu: pages are made, then every op is drawn.  The
 * only file that draws; millimetres from the top become points from below.
 */
#include "forms/draw.h"
#include "forms/utf8.h"

#include <stdio.h>
#include <string.h>

#define POINTS(mm) ((HPDF_REAL)((mm) / MM_PER_POINT))

/* What the page has set, so that nothing is said twice. */
struct pen {
	size_t page;
	HPDF_Page on;
	double height, size, width;
	enum face face;
	int grey, dash;
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

/*
 * Against a printer that puts x at scale * x + shift, measured from the top
 * left corner.  What is true stays as it is, byte for byte.
 */
static void
move_against(HPDF_Page page, const struct form_shift *shift, double height)
{
	double sx = shift->scale_x > 0 ? 1 / shift->scale_x : 1;
	double sy = shift->scale_y > 0 ? 1 / shift->scale_y : 1;

	if (shift->x == 0 && shift->y == 0 && sx == 1 && sy == 1)
		return;
	HPDF_Page_Concat(page, (HPDF_REAL)sx, 0, 0, (HPDF_REAL)sy,
	    POINTS(-shift->x * sx), POINTS(height * (1 - sy) + shift->y * sy));
}

/*
 * A page with text from the vault is not deflated: zlib would leave a copy
 * in memory that nobody wipes.
 */
static void
make_pages(struct form_doc *doc)
{
	struct sheet *sheets = (void *)doc->sheets.p;
	size_t i;

	for (i = 0; i < page_count(doc) && !doc_failed(doc); i++) {
		HPDF_SetCompressionMode(doc->pdf,
		    sheets[i].secret ? HPDF_COMP_IMAGE | HPDF_COMP_METADATA
				     : HPDF_COMP_ALL);
		sheets[i].page = HPDF_AddPage(doc->pdf);
		if (sheets[i].page == NULL)
			break;
		HPDF_Page_SetWidth(sheets[i].page, POINTS(sheets[i].w));
		HPDF_Page_SetHeight(sheets[i].page, POINTS(sheets[i].h));
		move_against(sheets[i].page, &doc->shift, sheets[i].h);
	}
}

static void
turn(struct form_doc *doc, struct pen *pen, size_t page)
{
	const struct sheet *sheets = (const void *)doc->sheets.p;

	if (pen->on != NULL && pen->page == page)
		return;
	pen->page = page;
	pen->on = sheets[page].page;
	pen->height = sheets[page].h;
	/* Coming back to a page, its state is asked for anew. */
	pen->size = pen->width = -1;
	pen->grey = pen->dash = -1;
}

static void
fill_grey(struct pen *pen, int grey)
{
	if (pen->grey == grey)
		return;
	HPDF_Page_SetGrayFill(pen->on, (HPDF_REAL)grey / 100.0f);
	pen->grey = grey;
}

/*
 * Show text as UCS-2 in hex, which is what libharu writes for these fonts.
 * Its own HPDF_Page_ShowText goes through memory that it neither wipes nor
 * checks.
 */
static void
show(HPDF_Page page, const char *s, size_t n)
{
	static const char digits[] = "0123456789ABCDEF";
	HPDF_Stream out = ((HPDF_PageAttr)page->attr)->stream;
	char hex[4 * 32 + 1];
	size_t i, len, at = 0;
	uint32_t c;
	int shift;

	HPDF_Stream_WriteStr(out, "<");
	for (i = 0; i < n; i += len) {
		c = utf8_get(s + i, n - i, &len);
		for (shift = 12; shift >= 0; shift -= 4)
			hex[at++] = digits[c >> shift & 0xF];
		if (at + 4 < sizeof(hex) && i + len < n)
			continue;
		hex[at] = '\0';
		at = 0;
		HPDF_Stream_WriteStr(out, hex);
	}
	HPDF_Stream_WriteStr(out, "> Tj\012");
	explicit_bzero(hex, sizeof(hex));
}

static void
text(struct form_doc *doc, struct pen *pen, const struct op *op)
{
	fill_grey(pen, op->grey);
	HPDF_Page_BeginText(pen->on);
	if (pen->size != op->size || pen->face != op->face) {
		HPDF_Page_SetFontAndSize(
		    pen->on, doc->fonts[op->face].font, (HPDF_REAL)op->size);
		pen->size = op->size;
		pen->face = op->face;
	}
	HPDF_Page_MoveTextPos(
	    pen->on, POINTS(op->x), POINTS(pen->height - op->y));
	font_keep(&doc->fonts[op->face], doc->pool.p + op->at, op->len);
	show(pen->on, doc->pool.p + op->at, op->len);
	HPDF_Page_EndText(pen->on);
}

static void
rule(struct pen *pen, const struct op *op)
{
	static const HPDF_UINT16 dashes[2] = {4, 3};

	if (pen->width != op->size) {
		HPDF_Page_SetLineWidth(pen->on, (HPDF_REAL)op->size);
		pen->width = op->size;
	}
	if (pen->dash != op->dash) {
		HPDF_Page_SetDash(
		    pen->on, op->dash ? dashes : NULL, op->dash ? 2 : 0, 0);
		pen->dash = op->dash;
	}
	HPDF_Page_MoveTo(pen->on, POINTS(op->x), POINTS(pen->height - op->y));
	HPDF_Page_LineTo(pen->on, POINTS(op->x + op->w),
	    POINTS(pen->height - op->y - op->h));
	HPDF_Page_Stroke(pen->on);
}

static void
box(struct pen *pen, double x, double y, double w, double h)
{
	HPDF_Page_Rectangle(pen->on, POINTS(x), POINTS(pen->height - y - h),
	    POINTS(w), POINTS(h));
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

/* Dark runs, those that repeat in the next rows as one box; one fill. */
static void
qr(struct form_doc *doc, struct pen *pen, const struct op *op)
{
	const char *m = doc->pool.p + op->at;
	double unit = op->w / (double)op->len;
	size_t x, y, n, rows;

	fill_grey(pen, 0);
	for (y = 0; y < op->len; y++)
		for (x = 0; x < op->len; x += n) {
			for (n = 0; x + n < op->len && m[y * op->len + x + n];
			     n++)
				;
			if (n == 0) {
				n = 1;
				continue;
			}
			if (y > 0 && same_run(m, op->len, x, y - 1, n))
				continue;
			for (rows = 1; y + rows < op->len &&
			     same_run(m, op->len, x, y + rows, n);
			     rows++)
				;
			box(pen, op->x + unit * (double)x,
			    op->y + unit * (double)y, unit * (double)n,
			    unit * (double)rows);
		}
	HPDF_Page_Fill(pen->on);
}

/* Pages, then ops; run by pdf_run. */
static void
draw_all(void *arg)
{
	struct form_doc *doc = arg;
	const struct op *ops = (const void *)doc->ops.p;
	struct pen pen = {0};
	size_t i, n = doc->ops.len / sizeof(*ops);

	make_pages(doc);
	for (i = 0; i < n && !doc_failed(doc); i++) {
		turn(doc, &pen, ops[i].page);
		switch (ops[i].kind) {
		case OP_TEXT:
			text(doc, &pen, &ops[i]);
			break;
		case OP_RULE:
			rule(&pen, &ops[i]);
			break;
		case OP_BOX:
			fill_grey(&pen, ops[i].grey);
			box(&pen, ops[i].x, ops[i].y, ops[i].w, ops[i].h);
			HPDF_Page_Fill(pen.on);
			break;
		case OP_QR:
			qr(doc, &pen, &ops[i]);
			break;
		}
	}
}

void
pdf_add(struct form_doc *doc)
{
	pdf_run(doc, draw_all, doc);
	/* Half of it may stand in the file. */
	if (doc_failed(doc))
		doc->broken = 1;
}
