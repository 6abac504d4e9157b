/*
 * What the codes of a font mean, for programs that read or copy the text: a
 * ToUnicode CMap (ISO 32000-1, 9.10.3) of the characters that were drawn.
 * libharu writes its CMap for encoding there, with cidrange operators, which
 * readers refuse.
 */
#include "forms/draw.h"

#include <stdio.h>

#define MOST 100 /* ranges of one block */

static const char head[] = "/CIDInit /ProcSet findresource begin\n"
			   "12 dict begin\n"
			   "begincmap\n"
			   "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS)"
			   " /Supplement 0 >> def\n"
			   "/CMapName /Adobe-Identity-UCS def\n"
			   "/CMapType 2 def\n"
			   "1 begincodespacerange\n"
			   "<0000> <FFFF>\n"
			   "endcodespacerange\n";

static const char foot[] = "endcmap\n"
			   "CMapName currentdict /CMap defineresource pop\n"
			   "end\n"
			   "end\n";

/* Characters first..last, all drawn; a code is its character. */
struct range {
	unsigned first, last;
};

/* The next range from `from` on.  The codes of a range differ in their last
 * byte alone.  0 when there is none. */
static int
next(const struct font *font, unsigned from, struct range *range)
{
	while (from < UNITS && !font_drew(font, from))
		from++;
	if (from == UNITS)
		return 0;
	range->first = range->last = from;
	while ((range->last & 0xFF) != 0xFF && font_drew(font, range->last + 1))
		range->last++;
	return 1;
}

/* Up to MOST ranges; where the next block begins. */
static unsigned
block(HPDF_Stream to, const struct font *font, unsigned from)
{
	struct range ranges[MOST];
	char line[32];
	int i, n = 0;

	while (n < MOST && next(font, from, &ranges[n]))
		from = ranges[n++].last + 1;
	if (n == 0)
		return UNITS;
	snprintf(line, sizeof(line), "%d beginbfrange\n", n);
	HPDF_Stream_WriteStr(to, line);
	for (i = 0; i < n; i++) {
		snprintf(line, sizeof(line), "<%04X> <%04X> <%04X>\n",
		    ranges[i].first, ranges[i].last, ranges[i].first);
		HPDF_Stream_WriteStr(to, line);
	}
	HPDF_Stream_WriteStr(to, "endbfrange\n");
	return from;
}

void
unicode_write(const struct font *font)
{
	HPDF_Dict map, system;
	unsigned from;

	if (font->font == NULL)
		return;
	map = ((HPDF_FontAttr)font->font->attr)->cmap_stream;
	system = HPDF_Dict_GetItem(map, "CIDSystemInfo", HPDF_OCLASS_DICT);
	HPDF_Dict_AddName(map, "CMapName", "Adobe-Identity-UCS");
	HPDF_Dict_Add(
	    system, "Ordering", HPDF_String_New(map->mmgr, "UCS", NULL));
	HPDF_MemStream_FreeData(map->stream);
	HPDF_Stream_WriteStr(map->stream, head);
	for (from = 0; from < UNITS;)
		from = block(map->stream, font, from);
	HPDF_Stream_WriteStr(map->stream, foot);
}
