/*
 * The embedded fonts: where they are, how wide a character is, and whether
 * they have it at all.  libharu would draw a blank box and say nothing.
 */
#include "forms/draw.h"
#include "forms/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const files[FACES] = {
    "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono.ttf"};

static const char *const folders[] = {"/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/dejavu", "/usr/share/fonts/TTF",
    "/usr/share/fonts/dejavu-sans-fonts", "/usr/local/share/fonts/dejavu"};

/* folder/file into path when it can be read. */
static int
readable(const char *folder, const char *file, char *path, size_t size)
{
	FILE *f;
	int n = snprintf(path, size, "%s/%s", folder, file);

	if (n < 0 || (size_t)n >= size || (f = fopen(path, "rb")) == NULL)
		return 0;
	fclose(f);
	return 1;
}

static int
find(const struct form_doc *doc, enum face face, char *path, size_t size)
{
	const char *folder = doc->font_dir == 0 ? getenv("MAILROOM_FONTS")
						: doc->names.p + doc->font_dir;
	size_t i;

	if (folder != NULL && folder[0] != '\0')
		return readable(folder, files[face], path, size);
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (readable(folders[i], files[face], path, size))
			return 1;
	return 0;
}

enum form_status
font_check(struct form_doc *doc, struct form_fault *fault)
{
	char path[1024];
	int i;

	for (i = 0; i < FACES; i++)
		if (!find(doc, (enum face)i, path, sizeof(path)))
			return fault_set(fault, FORM_NOFONT,
			    "the font %s was not found: install "
			    "fonts-dejavu-core or name its folder in "
			    "MAILROOM_FONTS",
			    files[i]);
	return FORM_OK;
}

static void
no_font(struct form_doc *doc, enum face face)
{
	HPDF_ResetError(doc->pdf);
	memset(&doc->fault, 0, sizeof(doc->fault));
	doc_fail(
	    doc, FORM_NOFONT, "the font %s could not be read", files[face]);
}

/* A font to load and the document that wants it. */
struct wish {
	struct form_doc *doc;
	struct font *font;
	const char *path;
};

static void
load(void *arg)
{
	const struct wish *wish = arg;
	HPDF_Doc pdf = wish->doc->pdf;
	const char *name = HPDF_LoadTTFontFromFile(pdf, wish->path, HPDF_TRUE);
	HPDF_Font font;

	if (name == NULL || (font = HPDF_GetFont(pdf, name, "UTF-8")) == NULL)
		return;
	wish->font->def = ((HPDF_FontAttr)font->attr)->fontdef;
	wish->font->font = font;
}

struct font *
font_get(struct form_doc *doc, enum face face)
{
	struct font *font = &doc->fonts[face];
	char path[1024];
	struct wish wish = {doc, font, path};
	size_t i;

	if (font->font != NULL)
		return font;
	if (doc_failed(doc))
		return NULL;
	if (find(doc, face, path, sizeof(path)))
		pdf_run(doc, load, &wish);
	if (font->font == NULL) {
		if (!doc->broken)
			no_font(doc, face);
		return NULL;
	}
	for (i = 0; i < WIDTHS; i++)
		font->width[i] = -1;
	return font;
}

/* Width of c in thousandths, 0 when it cannot be shown. */
static int
width(struct font *font, uint32_t c)
{
	HPDF_UINT16 gid;
	int w = 0;

	if (c > 0xFFFF)
		return 0;
	if (c < WIDTHS && font->width[c] >= 0)
		return font->width[c];
	/* By glyph: asking by character would put it into the file. */
	gid = HPDF_TTFontDef_GetGlyphid(font->def, (HPDF_UNICODE)c);
	if (gid != 0 && utf8_kind(c) == UTF8_SHOWN)
		w = HPDF_TTFontDef_GetGidWidth(font->def, gid);
	if (c < WIDTHS)
		font->width[c] = (short)w;
	return w;
}

void
font_keep(struct font *font, const char *s, size_t n)
{
	size_t i, len;
	HPDF_UNICODE c;

	for (i = 0; i < n; i += len) {
		c = (HPDF_UNICODE)utf8_get(s + i, n - i, &len);
		if (font_drew(font, c))
			continue;
		glyph_keep(font->def, HPDF_TTFontDef_GetGlyphid(font->def, c));
		font->drawn[c / 8] |= (unsigned char)(1 << c % 8);
	}
}

int
font_drew(const struct font *font, unsigned c)
{
	return font->drawn[c / 8] >> c % 8 & 1;
}

/* What the bytes at s are, where they stand in the ink: a fault in our own
 * words is no fault of a letter. */
static enum form_status
whose(const struct form_doc *doc, const char *s, const char **field)
{
	const struct ink *ink = &doc->ink;
	uintptr_t at = (uintptr_t)s - (uintptr_t)ink->s.p;

	*field = ink->field;
	if (at >= ink->tag.len)
		return FORM_BADTEXT;
	switch (ink->tag.p[at]) {
	case TAG_FORM:
		*field = "office's wording";
		return FORM_WORDING;
	case TAG_OFFICE:
		*field = "office's name or address";
		return FORM_WORDING;
	default:
		return FORM_BADTEXT;
	}
}

static void
refuse(struct form_doc *doc, uint32_t c, const char *s, size_t n)
{
	const char *field;
	enum form_status status = whose(doc, s, &field);

	if (c == UTF8_BAD) {
		doc_fail(doc, status, "the %s is not UTF-8: byte 0x%02X", field,
		    (unsigned)(unsigned char)s[0]);
		return;
	}
	switch (utf8_kind(c)) {
	case UTF8_CONTROL:
		doc_fail(doc, status, "the %s has a control character, U+%04X",
		    field, (unsigned)c);
		break;
	case UTF8_MARK:
		doc_fail(doc, status,
		    "the %s has an accent that cannot be set on its letter: "
		    "U+%04X; leave it out",
		    field, (unsigned)c);
		break;
	case UTF8_RTL:
		doc_fail(doc, status,
		    "the %s has a script that runs from the right: U+%04X %.*s",
		    field, (unsigned)c, (int)n, s);
		break;
	case UTF8_SHOWN:
		doc_fail(doc, status,
		    "the %s has a character that the font does not have: "
		    "U+%04X %.*s",
		    field, (unsigned)c, (int)n, s);
	}
}

double
font_width(struct form_doc *doc, enum face face, const char *s, size_t n)
{
	struct font *font = font_get(doc, face);
	size_t i, len;
	uint32_t c;
	long sum = 0;
	int w;

	if (font == NULL)
		return 0;
	for (i = 0; i < n; i += len) {
		c = utf8_get(s + i, n - i, &len);
		w = c == UTF8_BAD ? 0 : width(font, c);
		if (w == 0) {
			refuse(doc, c, s + i, len);
			return 0;
		}
		sum += w;
	}
	return (double)sum / 1000.0;
}
