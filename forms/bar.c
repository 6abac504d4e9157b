/*
 * Bar codes.  libzint finds the bars; they become boxes of our own measures.
 */
#include "forms/bar.h"

#include <string.h>
#include <zint.h>

#define LONGEST 24
#define QUIET 10 /* modules */
#define THINNEST 0.25
#define FROM_RIGHT 104.8 /* 4 1/8 in: 1/8 in to spare on its worse side */
#define FROM_BELOW 6.35  /* 1/4 in: 1/16 in to spare */
#define IMB_BARS 65

/* Is there a bar in this row and column of the symbol? */
static int
is_bar(const struct zint_symbol *symbol, int row, int column)
{
	return symbol->encoded_data[row][column / 8] >> (column % 8) & 1;
}

/* NULL: the add has failed.  Give back with ZBarcode_Delete. */
static struct zint_symbol *
encode(struct form_doc *doc, int symbology, const char *s, const char *what)
{
	struct zint_symbol *symbol = ZBarcode_Create();
	int answer = ZINT_ERROR_MEMORY;

	if (symbol != NULL) {
		symbol->symbology = symbology;
		symbol->show_hrt = 0;
		answer = ZBarcode_Encode(
		    symbol, (const unsigned char *)s, (int)strlen(s));
	}
	if (answer < ZINT_ERROR)
		return symbol;
	ZBarcode_Delete(symbol);
	if (answer == ZINT_ERROR_MEMORY)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	else
		doc_fail(
		    doc, FORM_BADVALUE, "%s: not a text that it can say", what);
	return NULL;
}

/* The text, checked for its owner and shown to the guard; NULL: it failed. */
static const char *
coded(struct form_doc *doc, struct form_text text, const char *field)
{
	piece_code(doc);
	ink_start(doc, field);
	ink_text(doc, text);
	if (!doc_failed(doc) && (text.s == NULL || text.s[0] == '\0'))
		doc_fail(doc, FORM_BADVALUE, "the %s is empty", field);
	if (doc_failed(doc))
		return NULL;
	guard_drawn(doc, doc->ink.s.p, doc->ink.tag.p, doc->ink.s.len);
	return text.s;
}

/* Bars that touch become one box. */
static void
boxes(struct form_doc *doc, const struct zint_symbol *symbol, double x,
    double y, double module, double h)
{
	int from, to;

	for (from = 0; from < symbol->width; from = to + 1) {
		for (to = from; to < symbol->width && is_bar(symbol, 0, to);)
			to++;
		if (to > from)
			draw_box(doc, x + module * from, y,
			    module * (to - from), h, 0);
	}
}

void
draw_code128(struct form_doc *doc, struct form_text text, double x, double y,
    double w, double h)
{
	const char *s = coded(doc, text, "bar code");
	struct zint_symbol *symbol;
	double module;

	if (s == NULL)
		return;
	if (strlen(s) > LONGEST ||
	    s[strspn(s, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")] != '\0') {
		doc_fail(doc, FORM_BADVALUE,
		    "the bar code must have 1 to %d capitals, digits or "
		    "hyphens",
		    LONGEST);
		return;
	}
	symbol = encode(doc, BARCODE_CODE128, s, "bar code");
	if (symbol == NULL)
		return;
	module = w / (symbol->width + 2 * QUIET);
	if (module < THINNEST)
		doc_fail(doc, FORM_TOOLONG,
		    "the bar code does not fit into %.0f mm", w);
	boxes(doc, symbol, x + QUIET * module, y, module, h);
	ZBarcode_Delete(symbol);
}

/* libzint's rows: what rises, the tracker, what falls. */
static void
imb_bar(struct form_doc *doc, const struct zint_symbol *symbol, int n, double x,
    double y)
{
	double arm = (IMB_H - IMB_TRACKER) / 2;
	double top = arm, end = arm + IMB_TRACKER;

	if (is_bar(symbol, 0, 2 * n))
		top = 0;
	if (is_bar(symbol, 2, 2 * n))
		end = IMB_H;
	draw_box(doc, x + n * IMB_PITCH, y + top, IMB_BAR, end - top, 0);
}

void
draw_imb(struct form_doc *doc, struct form_text digits, double x, double y)
{
	const char *s = coded(doc, digits, "Intelligent Mail barcode");
	char split[33];
	struct zint_symbol *symbol;
	size_t len;
	int i;

	if (s == NULL)
		return;
	len = strlen(s);
	if ((len != 20 && len != 25 && len != 29 && len != 31) ||
	    s[strspn(s, "0123456789")] != '\0' || s[1] > '4') {
		doc_fail(doc, FORM_BADVALUE,
		    "the Intelligent Mail barcode has 20, 25, 29 or 31 "
		    "digits, the second of them 0 to 4");
		return;
	}
	/* libzint wants a hyphen before the ZIP. */
	memcpy(split, s, 20);
	split[20] = '-';
	memcpy(split + 21, s + 20, len - 20 + 1);
	if (len == 20)
		split[20] = '\0';
	symbol =
	    encode(doc, BARCODE_USPS_IMAIL, split, "Intelligent Mail barcode");
	explicit_bzero(split, sizeof(split));
	if (symbol == NULL)
		return;
	if (symbol->rows != 3 || symbol->width != 2 * IMB_BARS - 1)
		doc_fail(doc, FORM_INTERNAL, "libzint gave another symbol");
	for (i = 0; i < IMB_BARS && !doc_failed(doc); i++)
		imb_bar(doc, symbol, i, x, y);
	ZBarcode_Delete(symbol);
}

void
draw_imb_corner(
    struct form_doc *doc, struct form_text digits, double w, double h)
{
	draw_imb(doc, digits, w - FROM_RIGHT, h - FROM_BELOW - IMB_H);
}
