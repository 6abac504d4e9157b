/*
 * Glyphs made of glyphs.  When libharu subsets a font it keeps the parts of a
 * composite glyph, but not the parts of those parts: a Vietnamese o with two
 * marks loses one.  Here all of them are marked as used.
 */
#include "forms/draw.h"

#define DEEP 6           /* DejaVu nests three deep */
#define WORDS_FOLLOW 0x1 /* flags of a component (OpenType, glyf) */
#define HAS_SCALE 0x8
#define MORE 0x20
#define HAS_TWO_SCALES 0x40
#define HAS_MATRIX 0x80
#define GLYPH_HEADER 10

/* A big-endian 16-bit number at `at` of the font; -1 past its end. */
static long
number_at(HPDF_TTFontDefAttr attr, HPDF_UINT32 at)
{
	HPDF_BYTE b[2];
	HPDF_UINT n = 2;

	if (HPDF_Stream_Seek(attr->stream, (HPDF_INT)at, HPDF_SEEK_SET) !=
		HPDF_OK ||
	    HPDF_Stream_Read(attr->stream, b, &n) != HPDF_OK || n != 2)
		return -1;
	return b[0] << 8 | b[1];
}

/* Bytes of a component after its flags and glyph number. */
static HPDF_UINT32
component_rest(long flags)
{
	HPDF_UINT32 n = (flags & WORDS_FOLLOW) ? 4 : 2;

	if (flags & HAS_SCALE)
		n += 2;
	else if (flags & HAS_TWO_SCALES)
		n += 4;
	else if (flags & HAS_MATRIX)
		n += 8;
	return n;
}

static void
mark(HPDF_TTFontDefAttr attr, long gid, int deep)
{
	HPDF_UINT32 scale = attr->header.index_to_loc_format == 0 ? 2 : 1;
	HPDF_UINT32 at, end;
	long flags, part;

	if (gid < 0 || gid >= attr->num_glyphs || deep > DEEP)
		return;
	attr->glyph_tbl.flgs[gid] = 1;
	at = attr->glyph_tbl.base_offset + attr->glyph_tbl.offsets[gid] * scale;
	end = attr->glyph_tbl.base_offset +
	    attr->glyph_tbl.offsets[gid + 1] * scale;
	/* 0xFFFF contours, that is -1, tells a composite. */
	if (at == end || number_at(attr, at) != 0xFFFF)
		return;
	at += GLYPH_HEADER;
	do {
		flags = number_at(attr, at);
		part = number_at(attr, at + 2);
		if (flags < 0 || part < 0)
			return;
		mark(attr, part, deep + 1);
		at += 4 + component_rest(flags);
	} while ((flags & MORE) && at < end);
}

void
glyph_keep(HPDF_FontDef def, HPDF_UINT16 gid)
{
	mark(def->attr, gid, 0);
}
