/*
 * Text: UTF-8, trimming, numbers, money and hex.  See text.h.
 * Composing, folding and display width stand in text_fold.c.
 */
#include "lib/text.h"
#include "lib/tongue.h"

#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

int
mr_text_next(const char *s, size_t len, uint32_t *code)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	if (len == 0)
		return 0;
	if ((unsigned char)s[0] < 0x80) {
		*code = (unsigned char)s[0];
		return 1;
	}
	n = utf8proc_iterate(
	    (const utf8proc_uint8_t *)s, (utf8proc_ssize_t)len, &c);
	if (n <= 0)
		return -1;
	*code = (uint32_t)c;
	return (int)n;
}

size_t
mr_text_put(char out[4], uint32_t code)
{
	if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
		return 0;
	return (size_t)utf8proc_encode_char(
	    (utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
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

/* Why the bytes at s are no character, which mr_text_next has found. */
static const char *
why_malformed(const unsigned char *s, size_t len)
{
	size_t i, need = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;

	if (s[0] < 0xC0)
		return mr_say("a byte from the middle of a character");
	if (s[0] > 0xF7)
		return mr_say("a byte that never occurs");
	for (i = 1; i < need; i++)
		if (i == len || (s[i] & 0xC0) != 0x80)
			return mr_say("a character that is cut short");
	if (s[0] == 0xED)
		return mr_say("half of a UTF-16 pair");
	return s[0] < 0xF4 ? mr_say("a character written longer than needed")
			   : mr_say("a character beyond U+10FFFF");
}

static const char *
why_control(uint32_t code)
{
	return code == 0            ? mr_say("a NUL byte")
	    : turns_direction(code) ? mr_say("one that turns the direction")
	    : ends_line(code)       ? mr_say("a line end")
	    : code == '\t'          ? mr_say("a tab")
				    : mr_say("a control character");
}

/* The name of what mr_text_next (n < 0) or passes refused at s. */
static void
name_fault(struct mr_text_fault *fault, int n, uint32_t code, const char *s,
    size_t len)
{
	const unsigned char *bytes = (const unsigned char *)s;
	char why[80];

	if (n < 0)
		snprintf(why, sizeof(why), mr_say("not UTF-8: %s (byte %02X)"),
		    why_malformed(bytes, len), (unsigned)bytes[0]);
	else
		snprintf(why, sizeof(why), "%s (U+%04X)", why_control(code),
		    (unsigned)code);
	snprintf(fault->message, sizeof(fault->message),
	    mr_say("character %zu is %s"), fault->character, why);
}

int
mr_text_check(
    const char *s, size_t len, unsigned allow, struct mr_text_fault *fault)
{
	size_t at = 0, character = 1;
	uint32_t code = 0;
	int n;

	while (at < len) {
		n = mr_text_next(s + at, len - at, &code);
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
		name_fault(fault, n, code, s + at, len - at);
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
