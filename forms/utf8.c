/*
 * Letters.  See utf8.h.  The tables give the plain letter under each accented
 * one of the Latin blocks; a dot stands where there is none.
 */
#include "forms/utf8.h"

#define LATIN_FIRST 0xC0u
#define LATIN_END 0x250u
#define ADDITIONAL_FIRST 0x1E00u
#define ADDITIONAL_END 0x1F00u

static const char latin[] =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
    "bbbb...cc.ddd....ffg...ikkl..nnooo..pp.....ttttuu.vyyzz........."
    ".....d..l..n.aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j.d.gg..nnaa..oo"
    "aaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylnt...acclts"
    "z..bu.eejj.qrryy";

static const char additional[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwya...s.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy....yy";

uint32_t
utf8_get(const char *s, size_t n, size_t *len)
{
	static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
	unsigned char lead = (unsigned char)s[0];
	size_t i,
	    need = lead < 0x80 ? 1
	    : lead < 0xE0      ? 2
	    : lead < 0xF0      ? 3
			       : 4;
	uint32_t c = need == 1 ? lead : lead & (0xFFu >> (need + 1));

	*len = 1;
	if (n == 0 || need > n || (lead >= 0x80 && lead < 0xC2) || lead > 0xF4)
		return UTF8_BAD;
	for (i = 1; i < need; i++) {
		if (((unsigned char)s[i] & 0xC0u) != 0x80u)
			return UTF8_BAD;
		c = c << 6 | ((unsigned char)s[i] & 0x3Fu);
	}
	if (c < least[need] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return UTF8_BAD;
	*len = need;
	return c;
}

size_t
utf8_put(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

int
utf8_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
	    c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
	    (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
	    (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
	    (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

int
utf8_unshaped(uint32_t c)
{
	return (c >= 0x0590 && c <= 0x08FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
	    (c >= 0xFE70 && c <= 0xFEFC);
}

/* Blocks where capital and small letter alternate. */
static uint32_t
upper_pair(uint32_t c)
{
	int odd_capital = (c >= 0x139 && c <= 0x148) ||
	    (c >= 0x179 && c <= 0x17E) || (c >= 0x1CD && c <= 0x1DC);

	if (odd_capital)
		return c % 2 == 0 ? c - 1 : c;
	return c % 2 == 1 ? c - 1 : c;
}

uint32_t
utf8_upper(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7) ||
	    (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) ||
	    (c >= 0x430 && c <= 0x44F))
		return c - 0x20;
	if (c == 0xFF)
		return 0x178;
	if (c == 0x131)
		return 'I';
	if (c == 0x1B0 || c == 0x1A1)
		return c - 1;
	if ((c >= 0x100 && c <= 0x17E && c != 0x138 && c != 0x149 &&
		c != 0x178 && c != 0x130) ||
	    (c >= 0x1CD && c <= 0x1DC) || (c >= 0x1DE && c <= 0x1EF) ||
	    (c >= 0x1F8 && c <= 0x21F) || (c >= 0x222 && c <= 0x233) ||
	    (c >= 0x1E00 && c <= 0x1E95) || (c >= 0x1EA0 && c <= 0x1EFF))
		return upper_pair(c);
	if (c >= 0x450 && c <= 0x45F)
		return c - 0x50;
	return c;
}

static uint32_t
lower(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 0x391 && c <= 0x3A9) ||
	    (c >= 0x410 && c <= 0x42F))
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40F)
		return c + 0x50;
	return c;
}

/* Letters that are written out as two. */
static size_t
fold_pair(uint32_t c, char out[4])
{
	const char *pair = NULL;

	switch (c) {
	case 0xDF:
	case 0x1E9E:
		pair = "ss";
		break;
	case 0xC6:
	case 0xE6:
		pair = "ae";
		break;
	case 0x152:
	case 0x153:
		pair = "oe";
		break;
	case 0xDE:
	case 0xFE:
		pair = "th";
		break;
	default:
		return 0;
	}
	out[0] = pair[0];
	out[1] = pair[1];
	return 2;
}

size_t
utf8_fold(uint32_t c, char out[4], int *word)
{
	size_t n = fold_pair(c, out);

	*word = 1;
	if (n > 0)
		return n;
	if (c >= LATIN_FIRST && c < LATIN_END)
		out[0] = latin[c - LATIN_FIRST];
	else if (c >= ADDITIONAL_FIRST && c < ADDITIONAL_END)
		out[0] = additional[c - ADDITIONAL_FIRST];
	else if (c >= 0x300 && c <= 0x36F)
		return 0;
	else if (c >= 0x80) {
		*word = c != 0xA0 && !(c >= 0x2000 && c <= 0x206F) && c > 0xBF;
		return utf8_put(lower(c), out);
	} else
		out[0] = (char)lower(c);
	*word = (out[0] >= 'a' && out[0] <= 'z') ||
	    (out[0] >= '0' && out[0] <= '9');
	return 1;
}
