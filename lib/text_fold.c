/*
 * Folding for comparison and display width: the part of text.h that needs
 * tables.  They cover the letters and marks that names come with, not all of
 * Unicode.
 */
#include "lib/text.h"

#include <string.h>

struct range {
	uint32_t first, last;
};

/* clang-format off */

/* What the Latin letters from U+00C0 and from U+1E00 fold to; capitals stand
 * for two letters (see pair), a dot for none of that. */
static const char latin[] =
	"aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTy"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll"
	"lllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
	"bbbb...ccdddd.eeeffg.H.ikkl..nnooooopp.....ttttuu.vyyzzz........"
	"....DDDLLLNNNaaiioouuuuuuuuuueaaaaAAggggkkoooo..jDDDgg..nnaaAAoo"
	"aaaaeeeeiiiioooorrrruuuusstt..hhndUUzzaaeeooooooooyylntjBQacclts"
	"z..bu.eejjqqrryy";
static const char latin_more[] =
	"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
	"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
	"wwwwwwwwwwxxxxyyzzzzzzhtwyas..S.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
	"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

static const char *const pair[26] = {
	['A' - 'A'] = "ae", ['B' - 'A'] = "db", ['D' - 'A'] = "dz",
	['H' - 'A'] = "hv", ['I' - 'A'] = "ij", ['L' - 'A'] = "lj",
	['N' - 'A'] = "nj", ['O' - 'A'] = "oe", ['Q' - 'A'] = "qp",
	['S' - 'A'] = "ss", ['T' - 'A'] = "th", ['U' - 'A'] = "ou"
};

/* Greek and Cyrillic letters with a mark, lower case: from, to. */
static const uint16_t marked[][2] = {
	{0x0390, 0x03B9}, {0x03AC, 0x03B1}, {0x03AD, 0x03B5}, {0x03AE, 0x03B7},
	{0x03AF, 0x03B9}, {0x03B0, 0x03C5}, {0x03C2, 0x03C3}, {0x03CA, 0x03B9},
	{0x03CB, 0x03C5}, {0x03CC, 0x03BF}, {0x03CD, 0x03C5}, {0x03CE, 0x03C9},
	{0x0386, 0x03B1}, {0x0388, 0x03B5}, {0x0389, 0x03B7}, {0x038A, 0x03B9},
	{0x038C, 0x03BF}, {0x038E, 0x03C5}, {0x038F, 0x03C9},
	{0x0439, 0x0438}, {0x0450, 0x0435}, {0x0451, 0x0435}, {0x0453, 0x0433},
	{0x0457, 0x0456}, {0x045C, 0x043A}, {0x045D, 0x0438}, {0x045E, 0x0443},
};

/* No column of their own: marks above, below and around, vowel signs,
 * joiners, selectors. */
static const struct range narrow[] = {
	{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF},
	{0x05C1, 0x05C2}, {0x05C4, 0x05C5}, {0x05C7, 0x05C7}, {0x0610, 0x061A},
	{0x061C, 0x061C}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC},
	{0x06DF, 0x06E4}, {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0711, 0x0711},
	{0x0730, 0x074A}, {0x0900, 0x0902}, {0x093A, 0x093A}, {0x093C, 0x093C},
	{0x0941, 0x0948}, {0x094D, 0x094D}, {0x0951, 0x0957}, {0x0981, 0x0981},
	{0x09BC, 0x09BC}, {0x09C1, 0x09C4}, {0x09CD, 0x09CD}, {0x0A01, 0x0A02},
	{0x0A3C, 0x0A3C}, {0x0A41, 0x0A51}, {0x0A70, 0x0A71}, {0x0BCD, 0x0BCD},
	{0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x0EB1, 0x0EB1},
	{0x0EB4, 0x0EBC}, {0x0EC8, 0x0ECE}, {0x1160, 0x11FF}, {0x17B4, 0x17B5},
	{0x17B7, 0x17BD}, {0x17C6, 0x17C6}, {0x17C9, 0x17D3}, {0x1AB0, 0x1AFF},
	{0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},
	{0x20D0, 0x20F0}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
	{0x1F3FB, 0x1F3FF}, {0xE0000, 0xE01EF},
};

/* Two columns: East Asian wide and emoji. */
static const struct range wide[] = {
	{0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A}, {0x23E9, 0x23EC},
	{0x25FD, 0x25FE}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x26A1, 0x26A1},
	{0x26BD, 0x26BE}, {0x2705, 0x2705}, {0x270A, 0x270B}, {0x2728, 0x2728},
	{0x274C, 0x274C}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
	{0x2B50, 0x2B50}, {0x2E80, 0x303E}, {0x3041, 0x4DBF}, {0x4E00, 0xA4CF},
	{0xA960, 0xA97F}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F},
	{0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
	{0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};

/* Neither letter nor digit, from U+0080 on. */
static const struct range other[] = {
	{0x0080, 0x00A9}, {0x00AB, 0x00B1}, {0x00B4, 0x00B4}, {0x00B6, 0x00B8},
	{0x00BB, 0x00BF}, {0x00D7, 0x00D7}, {0x00F7, 0x00F7}, {0x037E, 0x037E},
	{0x0387, 0x0387}, {0x055A, 0x055F}, {0x0589, 0x058A}, {0x05BE, 0x05BE},
	{0x05F3, 0x05F4}, {0x060C, 0x060D}, {0x061B, 0x061F}, {0x066A, 0x066D},
	{0x06D4, 0x06D4}, {0x0964, 0x0965}, {0x2000, 0x206F}, {0x20A0, 0x20CF},
	{0x2190, 0x2BFF}, {0x3000, 0x3004}, {0x3008, 0x3020}, {0x30FB, 0x30FB},
	{0xE000, 0xF8FF}, {0xFE30, 0xFE6F}, {0x1F000, 0x1FAFF},
};

/* clang-format on */

static int
within(const struct range *table, size_t n, uint32_t code)
{
	size_t low = 0, high = n, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (code > table[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && code >= table[low].first;
}

#define WITHIN(table, code) \
	within(table, sizeof(table) / sizeof((table)[0]), code)

int
mr_text_columns(uint32_t code)
{
	if (code >= 0x20 && code < 0x7F)
		return 1;
	if (mr_text_is_control(code) || WITHIN(narrow, code))
		return 0;
	return WITHIN(wide, code) ? 2 : 1;
}

size_t
mr_text_width(const char *s, size_t len)
{
	size_t width = 0;
	uint32_t code;
	int n;

	while ((n = mr_text_next(s, len, &code)) != 0) {
		width += n < 0 ? 1 : (size_t)mr_text_columns(code);
		s += n < 0 ? 1 : n;
		len -= n < 0 ? 1 : (size_t)n;
	}
	return width;
}

static uint32_t
lower(uint32_t code)
{
	size_t i;

	if ((code >= 0x0391 && code <= 0x03AB) ||
	    (code >= 0x0410 && code <= 0x042F))
		code += 0x20;
	else if (code >= 0x0400 && code <= 0x040F)
		code += 0x50;
	else if ((code >= 0x0460 && code <= 0x0481) ||
	    (code >= 0x048A && code <= 0x04BF) ||
	    (code >= 0x04D0 && code <= 0x052F))
		code |= 1;
	else if (code >= 0x04C1 && code <= 0x04CE)
		code += code & 1;
	for (i = 0; i < sizeof(marked) / sizeof(marked[0]); i++)
		if (marked[i][0] == code)
			return marked[i][1];
	return code;
}

/* Letters of Latin presentation forms: ligatures. */
static const char *
ligature(uint32_t code)
{
	static const char *const text[] = {
	    "ff", "fi", "fl", "ffi", "ffl", "st", "st"};

	return code >= 0xFB00 && code <= 0xFB06 ? text[code - 0xFB00] : NULL;
}

/* The Latin letters that a code folds to, into out; their number. */
static size_t
latin_letters(uint32_t code, char out[4])
{
	const char *more = ligature(code);
	char c = '.';

	if (code >= 0xC0 && code < 0x250)
		c = latin[code - 0xC0];
	else if (code >= 0x1E00 && code < 0x1F00)
		c = latin_more[code - 0x1E00];
	if (c >= 'A' && c <= 'Z')
		more = pair[c - 'A'];
	if (more != NULL) {
		memcpy(out, more, strlen(more));
		return strlen(more);
	}
	out[0] = c;
	return c == '.' ? 0 : 1;
}

/* What joins its neighbours instead of parting them: apostrophes, marks,
 * soft hyphens. */
static int
joins(uint32_t code)
{
	return code == '\'' || code == '`' || code == 0xAD || code == 0xB4 ||
	    (code >= 0x2B0 && code <= 0x2FF) || code == 0x2018 ||
	    code == 0x2019 || WITHIN(narrow, code);
}

/*
 * Fold one character: bytes to write at out, never more than it had itself;
 * 0 when it parts words, -1 when it vanishes.
 */
static int
fold(uint32_t code, char out[4])
{
	size_t n;

	if (code >= 0xFF01 && code <= 0xFF5E)
		code -= 0xFEE0;
	if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) {
		out[0] = (char)code;
		return 1;
	}
	if (code >= 'A' && code <= 'Z') {
		out[0] = (char)(code + 0x20);
		return 1;
	}
	if (joins(code))
		return -1;
	if (code < 0x80 || WITHIN(other, code))
		return 0;
	n = latin_letters(code, out);
	return (int)(n > 0 ? n : mr_text_put(out, lower(code)));
}

char *
mr_text_fold(struct mr_arena *arena, const char *s)
{
	size_t len = s == NULL ? 0 : strlen(s);
	char *copy, *to, out[4];
	uint32_t code;
	int gap = 0, n, wrote;

	if (s == NULL || (copy = mr_alloc(arena, len + 1)) == NULL)
		return NULL;
	for (to = copy; len > 0; s += n, len -= (size_t)n) {
		n = mr_text_next(s, len, &code);
		wrote = n < 0 ? 0 : fold(code, out);
		n = n < 0 ? 1 : n;
		gap = gap || wrote == 0;
		if (wrote <= 0)
			continue;
		if (gap && to != copy)
			*to++ = ' ';
		gap = 0;
		memcpy(to, out, (size_t)wrote);
		to += wrote;
	}
	*to = '\0';
	return copy;
}

int
mr_text_same(struct mr_arena *arena, const char *a, const char *b)
{
	struct mr_mark mark = mr_mark(arena);
	const char *fa = mr_text_fold(arena, a), *fb = mr_text_fold(arena, b);
	int same = fa == NULL || fb == NULL ? -1 : strcmp(fa, fb) == 0;

	mr_release(arena, mark);
	return same;
}
