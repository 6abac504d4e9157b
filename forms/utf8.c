/*
 * Letters.  See utf8.h.  Unicode's own tables are in libutf8proc; here stands
 * what Unicode does not say: which letter of the Latin alphabet people write
 * for one that is no letter with an accent.
 */
#include "forms/utf8.h"

#include <string.h>

#include <utf8proc.h>

#define NFC (UTF8PROC_STABLE | UTF8PROC_COMPOSE)
#define EXPANDS 32 /* the longest decomposition is 18 code points */

uint32_t
utf8_get(const char *s, size_t n, size_t *len)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t used;

	*len = 1;
	if ((unsigned char)s[0] < 0x80)
		return (unsigned char)s[0];
	used = utf8proc_iterate(
	    (const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &c);
	if (used <= 0)
		return UTF8_BAD;
	*len = (size_t)used;
	return (uint32_t)c;
}

static int
put(uint32_t c, struct bytes *out)
{
	utf8proc_uint8_t utf8[4];
	utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)c, utf8);

	return n <= 0 ? 0 : bytes_add(out, utf8, (size_t)n);
}

size_t
utf8_cluster(const char *s, size_t n)
{
	size_t at, len;
	utf8proc_int32_t state = 0;
	uint32_t c = utf8_get(s, n, &at), next;

	for (; at < n && c != UTF8_BAD; at += len, c = next) {
		next = utf8_get(s + at, n - at, &len);
		if (next == UTF8_BAD ||
		    utf8proc_grapheme_break_stateful(
			(utf8proc_int32_t)c, (utf8proc_int32_t)next, &state))
			break;
	}
	return at;
}

enum utf8_kind
utf8_kind(uint32_t c)
{
	const utf8proc_property_t *p =
	    utf8proc_get_property((utf8proc_int32_t)c);

	switch (p->category) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return UTF8_CONTROL;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return UTF8_MARK;
	default:
		break;
	}
	return p->bidi_class == UTF8PROC_BIDI_CLASS_R ||
		p->bidi_class == UTF8PROC_BIDI_CLASS_AL ||
		p->bidi_class == UTF8PROC_BIDI_CLASS_AN
	    ? UTF8_RTL
	    : UTF8_SHOWN;
}

static int
is_mark(uint32_t c)
{
	return utf8_kind(c) == UTF8_MARK;
}

/* Below U+0300 nothing composes with what follows it there. */
static int
composed_already(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0xCC)
			return 0;
	return 1;
}

int
utf8_compose(const char *s, size_t n, struct bytes *out)
{
	const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)s;
	utf8proc_ssize_t length = (utf8proc_ssize_t)n, count = -1, i;
	struct bytes wide = {0};
	utf8proc_int32_t *c;
	int bad = 0;

	if (!composed_already(s, n))
		count = utf8proc_decompose(from, length, NULL, 0, NFC);
	if (count < 0)
		return bytes_add(out, s, n);
	if (bytes_add(&wide, NULL, (size_t)count * sizeof(*c)) != 0)
		return -1;
	c = (utf8proc_int32_t *)(void *)wide.p;
	utf8proc_decompose(from, length, c, count, NFC);
	count = utf8proc_normalize_utf32(c, count, NFC);
	for (i = 0; i < count && !bad; i++)
		bad = put((uint32_t)c[i], out);
	bytes_free(&wide);
	return bad ? -1 : 0;
}

int
utf8_upper(uint32_t c, struct bytes *out)
{
	utf8proc_int32_t all[EXPANDS];
	utf8proc_ssize_t n, i;
	int bound = 0, bad = 0;

	/* What folds to several letters has a capital of several. */
	n = utf8proc_decompose_char((utf8proc_int32_t)c, all, EXPANDS,
	    UTF8PROC_STABLE | UTF8PROC_CASEFOLD, &bound);
	if (n < 2)
		return put(
		    (uint32_t)utf8proc_toupper((utf8proc_int32_t)c), out);
	for (i = 0; i < n; i++)
		all[i] = utf8proc_toupper(all[i]);
	n = utf8proc_normalize_utf32(all, n, NFC);
	for (i = 0; i < n && !bad; i++)
		bad =
		    is_mark((uint32_t)all[i]) ? 0 : put((uint32_t)all[i], out);
	return bad;
}

/* Letters that Unicode does not decompose, and what people write for them. */
static const struct {
	uint16_t c;
	char plain[3];
} letters[] = {{0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"},
    {0x0111, "d"}, {0x0127, "h"}, {0x0131, "i"}, {0x0138, "k"}, {0x0142, "l"},
    {0x014B, "n"}, {0x0153, "oe"}, {0x0167, "t"}, {0x0180, "b"}, {0x0183, "b"},
    {0x0188, "c"}, {0x018C, "d"}, {0x0192, "f"}, {0x0195, "hv"}, {0x0199, "k"},
    {0x019A, "l"}, {0x019E, "n"}, {0x01A3, "o"}, {0x01A5, "p"}, {0x01AB, "t"},
    {0x01AD, "t"}, {0x01B4, "y"}, {0x01B6, "z"}, {0x01DD, "e"}, {0x01E5, "g"},
    {0x0221, "d"}, {0x0223, "ou"}, {0x0225, "z"}, {0x0234, "l"}, {0x0235, "n"},
    {0x0236, "t"}, {0x0237, "j"}, {0x0238, "db"}, {0x0239, "qp"}, {0x023C, "c"},
    {0x023F, "s"}, {0x0240, "z"}, {0x0247, "e"}, {0x0249, "j"}, {0x024B, "q"},
    {0x024D, "r"}, {0x024F, "y"}, {0x0253, "b"}, {0x0256, "d"}, {0x0257, "d"},
    {0x0259, "e"}, {0x025B, "e"}, {0x0260, "g"}, {0x0268, "i"}, {0x0272, "n"},
    {0x0275, "o"}, {0x0288, "t"}, {0x0289, "u"}, {0x028B, "v"}, {0x0292, "z"},
    {0x2C65, "a"}, {0x2C66, "t"}};

static const char *
plain_letters(uint32_t c)
{
	size_t low = 0, high = sizeof(letters) / sizeof(letters[0]), mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (letters[mid].c == c)
			return letters[mid].plain;
		if (letters[mid].c < c)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* In a word, between words, or without a say. */
static enum utf8_part
part_of(uint32_t c)
{
	utf8proc_category_t kind;

	/* Apostrophes, the dot of a Catalan l·l, spacing accents. */
	if (c == '\'' || c == '`' || c == 0xB4 || c == 0xB7 || c == 0x2018 ||
	    c == 0x2019 || (c >= 0x2B0 && c <= 0x2FF))
		return UTF8_JOINS;
	kind = utf8proc_category((utf8proc_int32_t)c);
	if (kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_ME ||
	    kind == UTF8PROC_CATEGORY_CF)
		return UTF8_JOINS;
	/* Letters and numbers come first in that list, signs after them. */
	return kind <= UTF8PROC_CATEGORY_NO ? UTF8_WORD : UTF8_PARTS;
}

/* One part of a decomposed letter, in small letters, appended to word. */
static void
fold_part(utf8proc_int32_t part, char *word, size_t *len)
{
	utf8proc_int32_t small[EXPANDS];
	utf8proc_ssize_t i, n;
	const char *plain;
	int bound = 0;

	n = utf8proc_decompose_char(
	    part, small, EXPANDS, UTF8PROC_STABLE | UTF8PROC_CASEFOLD, &bound);
	for (i = 0; i < n; i++) {
		plain = plain_letters((uint32_t)small[i]);
		if (plain != NULL) {
			memcpy(word + *len, plain, strlen(plain));
			*len += strlen(plain);
		} else
			*len += (size_t)utf8proc_encode_char(
			    small[i], (utf8proc_uint8_t *)word + *len);
	}
}

enum utf8_part
utf8_fold(uint32_t c, char out[4], size_t *len)
{
	utf8proc_int32_t parts[EXPANDS];
	char word[EXPANDS * 4 * 4];
	size_t size = 0;
	utf8proc_ssize_t i, n;
	enum utf8_part part = part_of(c);
	int bound = 0;

	*len = 0;
	if (part != UTF8_WORD)
		return part;
	n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, EXPANDS,
	    UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &bound);
	for (i = 0; i < n; i++) {
		part = part_of((uint32_t)parts[i]);
		if (part == UTF8_PARTS)
			return part;
		if (part == UTF8_WORD)
			fold_part(parts[i], word, &size);
	}
	*len = (size_t)utf8proc_encode_char(
	    (utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
	/* What would grow, a syllable of Hangul, is compared as it stands. */
	if (size > *len)
		return UTF8_WORD;
	memcpy(out, word, size);
	*len = size;
	return size > 0 ? UTF8_WORD : UTF8_JOINS;
}

uint32_t
utf8_postal(uint32_t c)
{
	if (c < 0x80) {
		if (strchr(".'\"()", (int)c) != NULL)
			return 0;
		return strchr(",;:", (int)c) != NULL ? ' ' : c;
	}
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_PD:
		return '-';
	case UTF8PROC_CATEGORY_ZS:
		return ' ';
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
		return 0;
	default:
		return c >= 0x2B0 && c <= 0x2FF ? 0 : c;
	}
}
