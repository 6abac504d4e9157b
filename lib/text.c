/*
 * Text: UTF-8, trimming, numbers, money and hex.  See text.h.
 * Folding and display width, which need tables, stand in text_fold.c.
 */
#include "lib/text.h"

#include <stdio.h>
#include <string.h>

/* Why bytes are not a character; negative, so that it fits a length. */
enum {
	BAD_STRAY = -1,
	BAD_BYTE = -2,
	BAD_CUT = -3,
	BAD_OVERLONG = -4,
	BAD_SURROGATE = -5,
	BAD_BEYOND = -6
};

static int
decode(const unsigned char *s, size_t len, uint32_t *code)
{
	static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
	uint32_t c = s[0];
	size_t i, need;

	if (c < 0x80) {
		*code = c;
		return 1;
	}
	if (c < 0xC0)
		return BAD_STRAY;
	if (c > 0xF7)
		return BAD_BYTE;
	need = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	c &= 0xFFu >> (need + 1);
	for (i = 1; i < need; i++) {
		if (i == len || (s[i] & 0xC0) != 0x80)
			return BAD_CUT;
		c = c << 6 | (s[i] & 0x3F);
	}
	if (c < least[need])
		return BAD_OVERLONG;
	if (c >= 0xD800 && c <= 0xDFFF)
		return BAD_SURROGATE;
	if (c > 0x10FFFF)
		return BAD_BEYOND;
	*code = c;
	return (int)need;
}

int
mr_text_next(const char *s, size_t len, uint32_t *code)
{
	int n;

	if (len == 0)
		return 0;
	n = decode((const unsigned char *)s, len, code);
	return n < 0 ? -1 : n;
}

size_t
mr_text_put(char out[4], uint32_t code)
{
	size_t i, n;

	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return 0;
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (i = n - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (code & 0x3F));
		code >>= 6;
	}
	out[0] = (char)((0xF0u << (4 - n) & 0xFF) | code);
	return n;
}

static int
turns_direction(uint32_t code)
{
	return (code >= 0x202A && code <= 0x202E) ||
	    (code >= 0x2066 && code <= 0x2069);
}

static int
ends_line(uint32_t code)
{
	return code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029;
}

int
mr_text_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7F && code < 0xA0) ||
	    turns_direction(code) || ends_line(code);
}

static int
passes(uint32_t code, unsigned allow)
{
	if (!mr_text_is_control(code))
		return 1;
	if (code == '\t')
		return (allow & MR_TEXT_TAB) != 0;
	return ends_line(code) && (allow & MR_TEXT_LINES) != 0;
}

/* The name of what decode (n < 0) or passes refused. */
static void
name_fault(struct mr_text_fault *fault, int n, uint32_t code, unsigned byte)
{
	const char *what;
	char why[80];

	switch (n) {
	case BAD_STRAY:
		what = "a byte from the middle of a character";
		break;
	case BAD_BYTE:
		what = "a byte that never occurs";
		break;
	case BAD_CUT:
		what = "a character that is cut short";
		break;
	case BAD_OVERLONG:
		what = "a character written longer than needed";
		break;
	case BAD_SURROGATE:
		what = "half of a UTF-16 pair";
		break;
	case BAD_BEYOND:
		what = "a character beyond U+10FFFF";
		break;
	default:
		what = code == 0            ? "a NUL byte"
		    : turns_direction(code) ? "one that turns the direction"
		    : ends_line(code)       ? "a line end"
		    : code == '\t'          ? "a tab"
					    : "a control character";
	}
	if (n < 0)
		snprintf(
		    why, sizeof(why), "not UTF-8: %s (byte %02X)", what, byte);
	else
		snprintf(why, sizeof(why), "%s (U+%04X)", what, (unsigned)code);
	snprintf(fault->message, sizeof(fault->message), "character %zu is %s",
	    fault->character, why);
}

int
mr_text_check(
    const char *s, size_t len, unsigned allow, struct mr_text_fault *fault)
{
	size_t at = 0, character = 1;
	uint32_t code = 0;
	int n;

	while (at < len) {
		n = decode((const unsigned char *)s + at, len - at, &code);
		if (n < 0 || !passes(code, allow))
			break;
		at += (size_t)n;
		character++;
	}
	if (at == len)
		return 0;
	if (fault != NULL) {
		fault->byte = at;
		fault->character = character;
		name_fault(fault, n, code, (unsigned char)s[at]);
	}
	return -1;
}

/* Length of the blank at s, 0 when there is none. */
static size_t
blank(const char *s)
{
	if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		return 1;
	if (s[0] == '\xC2' && s[1] == '\xA0')
		return 2;
	return 0;
}

char *
mr_text_trim(struct mr_arena *arena, const char *s)
{
	char *copy, *to;
	size_t n;
	int gap = 0;

	if (s == NULL || (copy = mr_alloc(arena, strlen(s) + 1)) == NULL)
		return NULL;
	for (to = copy; *s != '\0'; s += n) {
		if ((n = blank(s)) > 0) {
			gap = to != copy;
			continue;
		}
		if (gap)
			*to++ = ' ';
		gap = 0;
		*to++ = *s;
		n = 1;
	}
	*to = '\0';
	return copy;
}

static size_t
min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

size_t
mr_text_distance(const char *a, const char *b)
{
	size_t d[64][64], i, j, la = strlen(a), lb = strlen(b);

	if (la > 63 || lb > 63)
		return 64;
	for (i = 0; i <= la; i++)
		d[i][0] = i;
	for (j = 0; j <= lb; j++)
		d[0][j] = j;
	for (i = 1; i <= la; i++)
		for (j = 1; j <= lb; j++) {
			d[i][j] = min3(d[i - 1][j] + 1, d[i][j - 1] + 1,
			    d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				d[i][j] =
				    min3(d[i][j], d[i - 2][j - 2] + 1, 64);
		}
	return d[la][lb];
}

static const char *
skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

enum mr_number
mr_text_integer(const char *s, int64_t min, int64_t max, int64_t *value)
{
	uint64_t n = 0, most;
	int64_t v;
	int negative, over = 0;

	s = skip_blanks(s);
	if (*s == '\0')
		return MR_NUMBER_EMPTY;
	negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	if (!is_digit(*s))
		return MR_NUMBER_WORD;
	most = negative ? (uint64_t)1 << 63 : INT64_MAX;
	for (; is_digit(*s); s++) {
		over |= n > (most - (uint64_t)(*s - '0')) / 10;
		n = n * 10 + (uint64_t)(*s - '0');
	}
	if (*skip_blanks(s) != '\0')
		return MR_NUMBER_WORD;
	if (over)
		return negative ? MR_NUMBER_LOW : MR_NUMBER_HIGH;
	/* -2^63 has no positive twin, so go by way of -(n - 1) - 1 */
	v = !negative || n == 0 ? (int64_t)n : -(int64_t)(n - 1) - 1;
	if (v < min)
		return MR_NUMBER_LOW;
	if (v > max)
		return MR_NUMBER_HIGH;
	*value = v;
	return MR_NUMBER_OK;
}

/*
 * The whole dollars: digits, or one to three and groups of three behind
 * commas.  Moves *s behind them.  -1 when it is neither; too many digits
 * stay over the limit.
 */
static int64_t
dollars(const char **s)
{
	const int64_t limit = 1000000000;
	int64_t n = 0;
	int group = 0, grouped = 0;

	for (; is_digit(**s) || **s == ','; (*s)++) {
		if (**s == ',') {
			if (group == 0 || group > 3 || (grouped && group != 3))
				return -1;
			grouped = 1;
			group = 0;
			continue;
		}
		group++;
		if (n < limit)
			n = n * 10 + (**s - '0');
	}
	return grouped && group != 3 ? -1 : n;
}

enum mr_number
mr_text_cents(const char *s, int64_t *cents)
{
	const char *start;
	int64_t whole, part = 0;
	int negative;

	s = skip_blanks(s);
	if (*s == '\0')
		return MR_NUMBER_EMPTY;
	negative = *s == '-';
	s = skip_blanks(s + negative);
	if (*s == '$')
		s = skip_blanks(s + 1);
	start = s;
	whole = dollars(&s);
	if (whole < 0 || (s == start && *s != '.'))
		return MR_NUMBER_WORD;
	if (*s == '.') {
		if (!is_digit(*++s))
			return MR_NUMBER_WORD;
		part = (*s++ - '0') * 10;
		if (is_digit(*s))
			part += *s++ - '0';
	}
	if (*skip_blanks(s) != '\0')
		return MR_NUMBER_WORD;
	if (negative)
		return MR_NUMBER_LOW;
	if (whole > 999999999)
		return MR_NUMBER_HIGH;
	*cents = whole * 100 + part;
	return MR_NUMBER_OK;
}

char *
mr_text_money(int64_t cents, char out[MR_MONEY_SIZE])
{
	uint64_t n = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;

	snprintf(out, MR_MONEY_SIZE, "%s%llu.%02u", cents < 0 ? "-" : "",
	    (unsigned long long)(n / 100), (unsigned)(n % 100));
	return out;
}

char *
mr_text_hex(struct mr_arena *arena, const void *bytes, size_t len)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *b = bytes;
	char *s;
	size_t i;

	if (len > SIZE_MAX / 2 - 1)
		return NULL;
	s = mr_alloc(arena, len * 2 + 1);
	if (s == NULL)
		return NULL;
	for (i = 0; i < len; i++) {
		s[i * 2] = digit[b[i] >> 4];
		s[i * 2 + 1] = digit[b[i] & 15];
	}
	return s;
}

static int
hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

long
mr_text_unhex(const char *s, void *out, size_t size)
{
	unsigned char *to = out;
	size_t n;
	int high, low;

	for (n = 0; s[n * 2] != '\0'; n++) {
		high = hex_digit(s[n * 2]);
		low = high < 0 ? -1 : hex_digit(s[n * 2 + 1]);
		if (low < 0 || n == size)
			return -1;
		to[n] = (unsigned char)(high << 4 | low);
	}
	return (long)n;
}
