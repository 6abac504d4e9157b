/*
 * Composing, folding for comparison, and display width, by libutf8proc.  The
 * one table of ours is of letters that Unicode does not take apart.
 */
#include "lib/text.h"

#include <string.h>

#include <utf8proc.h>

#define NFC (UTF8PROC_STABLE | UTF8PROC_COMPOSE)
#define EXPANDS 32 /* the longest decomposition is 18 code points */
#define MARKED 64  /* code points of one letter with its accents */

int
mr_text_columns(uint32_t code)
{
	if (code >= 0x20 && code < 0x7F)
		return 1;
	if (mr_text_is_control(code))
		return 0;
	return utf8proc_charwidth((utf8proc_int32_t)code);
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

/* Bytes of what is one character to a reader: a letter with its marks. */
static size_t
cluster(const char *s, size_t len)
{
	utf8proc_int32_t state = 0;
	uint32_t code, next;
	size_t at;
	int n = mr_text_next(s, len, &code);

	for (at = n < 0 ? 1 : (size_t)n; n > 0 && at < len;
	     at += (size_t)n, code = next) {
		n = mr_text_next(s + at, len - at, &next);
		if (n < 0 ||
		    utf8proc_grapheme_break_stateful(
			(utf8proc_int32_t)code, (utf8proc_int32_t)next, &state))
			break;
	}
	return at;
}

/* One cluster of n bytes, composed to out; its length, at most n. */
static size_t
compose(const char *s, size_t n, char *out)
{
	utf8proc_int32_t code[MARKED];
	utf8proc_ssize_t i, count;
	char composed[MARKED * 4];
	size_t size = 0;

	count = utf8proc_decompose((const utf8proc_uint8_t *)s,
	    (utf8proc_ssize_t)n, code, MARKED, NFC);
	if (count > 0 && count <= MARKED) {
		count = utf8proc_normalize_utf32(code, count, NFC);
		for (i = 0; i < count; i++)
			size += mr_text_put(composed + size, (uint32_t)code[i]);
	}
	if (size == 0 || size > n) {
		memmove(out, s, n);
		return n;
	}
	memcpy(out, composed, size);
	return size;
}

size_t
mr_text_compose(char *s, size_t len)
{
	size_t at = 0, to = 0, n;

	/* Below U+0300 every text is composed. */
	while (at < len && (unsigned char)s[at] < 0xCC)
		at++;
	if (at == len)
		return len;
	for (at = 0; at < len; at += n) {
		n = cluster(s + at, len - at);
		to += compose(s + at, n, s + to);
	}
	return to;
}

/* Letters that Unicode does not decompose, and what people write for them. */
static const struct {
	uint16_t code;
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
plain_letters(uint32_t code)
{
	size_t low = 0, high = sizeof(letters) / sizeof(letters[0]), mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (letters[mid].code == code)
			return letters[mid].plain;
		if (letters[mid].code < code)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

/* Joins its neighbours instead of parting them: apostrophes, the dot of a
 * Catalan l·l, accents, joiners, soft hyphens. */
static int
joins(uint32_t code)
{
	utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)code);

	return code == '\'' || code == '`' || code == 0xB4 || code == 0xB7 ||
	    code == 0x2018 || code == 0x2019 ||
	    (code >= 0x2B0 && code <= 0x2FF) || kind == UTF8PROC_CATEGORY_MN ||
	    kind == UTF8PROC_CATEGORY_ME || kind == UTF8PROC_CATEGORY_CF;
}

/* Letters and numbers come first in the list of categories. */
static int
parts(uint32_t code)
{
	return utf8proc_category((utf8proc_int32_t)code) > UTF8PROC_CATEGORY_NO;
}

/* One piece of a decomposed letter, in small letters; its bytes. */
static size_t
fold_piece(utf8proc_int32_t piece, char *out)
{
	utf8proc_int32_t small[EXPANDS];
	utf8proc_ssize_t i, n;
	const char *plain;
	size_t size = 0;
	int bound = 0;

	n = utf8proc_decompose_char(
	    piece, small, EXPANDS, UTF8PROC_STABLE | UTF8PROC_CASEFOLD, &bound);
	for (i = 0; i < n; i++) {
		plain = plain_letters((uint32_t)small[i]);
		if (plain == NULL) {
			size += mr_text_put(out + size, (uint32_t)small[i]);
			continue;
		}
		memcpy(out + size, plain, strlen(plain));
		size += strlen(plain);
	}
	return size;
}

/*
 * Fold one character: bytes to write at out, never more than it had itself;
 * 0 when it parts words, -1 when it vanishes.
 */
static int
fold(uint32_t code, char out[4])
{
	utf8proc_int32_t piece[EXPANDS];
	char word[EXPANDS * 4 * 4];
	utf8proc_ssize_t i, n;
	size_t size = 0, own;
	int bound = 0;

	if (joins(code))
		return -1;
	if (parts(code))
		return 0;
	n = utf8proc_decompose_char((utf8proc_int32_t)code, piece, EXPANDS,
	    UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &bound);
	for (i = 0; i < n; i++) {
		if (joins((uint32_t)piece[i]))
			continue;
		if (parts((uint32_t)piece[i]))
			return 0;
		size += fold_piece(piece[i], word + size);
	}
	own = mr_text_put(out, code);
	/* What would grow, a syllable of Hangul, is compared as it stands. */
	if (size > own)
		return (int)own;
	memcpy(out, word, size);
	return size > 0 ? (int)size : -1;
}

char *
mr_text_fold(struct mr_arena *arena, const char *s)
{
	char *copy = s == NULL ? NULL : mr_strdup(arena, s), *to, out[4];
	const char *from = copy;
	size_t len;
	uint32_t code;
	int gap = 0, n, wrote;

	if (copy == NULL)
		return NULL;
	len = mr_text_compose(copy, strlen(copy));
	for (to = copy; len > 0; from += n, len -= (size_t)n) {
		n = mr_text_next(from, len, &code);
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
