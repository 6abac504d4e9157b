/*
 * Decides what came in at a station.  See bench_read.h.
 */
#include "lib/bench_read.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lib/code.h"
#include "lib/dayno.h"
#include "lib/payload.h"

/* Blanks at the ends gone, and what does not fit. */
static size_t
trim(const char *line, char out[MR_BENCH_TEXT])
{
	size_t len;

	line += strspn(line, " \t\r\n");
	len = strlen(line);
	while (len > 0 && strchr(" \t\r\n", line[len - 1]) != NULL)
		len--;
	if (len >= MR_BENCH_TEXT)
		len = MR_BENCH_TEXT - 1;
	memcpy(out, line, len);
	out[len] = '\0';
	return len;
}

static int
all_digits(const char *s)
{
	return s[0] != '\0' && s[strspn(s, "0123456789")] == '\0';
}

static enum mr_line_kind
read_letter(char c, struct mr_line *out)
{
	c = (char)toupper((unsigned char)c);
	out->letter = c;
	if (c == '?')
		return MR_LINE_KEYS;
	if (c == 'Q')
		return MR_LINE_LEAVE;
	return strchr(MR_LINE_FLAGS, c) != NULL ? MR_LINE_FLAG
						: MR_LINE_UNCLEAR;
}

/* Twenty letters and digits in one piece; a code of so many does not exist. */
static int
is_scan(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]))
			return 0;
	return len == MR_PAYLOAD_LEN;
}

static enum mr_line_kind
read_symbols(struct mr_line *out)
{
	struct mr_symbols symbols;

	if (mr_code_fold(out->text, &symbols, NULL) != MR_FOLD_OK)
		return MR_LINE_UNCLEAR;
	out->n = symbols.n;
	if (symbols.n == 3)
		return MR_LINE_SYMBOLS;
	return symbols.n == 9 || symbols.n == 12 ? MR_LINE_CODE
						 : MR_LINE_UNCLEAR;
}

void
mr_line_read(const char *line, struct mr_line *out)
{
	size_t len;
	int number;

	memset(out, 0, sizeof(*out));
	len = trim(line, out->text);
	if (len == 0) {
		out->kind = MR_LINE_EMPTY;
	} else if (len <= 2 && all_digits(out->text)) {
		out->kind = MR_LINE_SHEETS;
		out->n = len == 1
		    ? out->text[0] - '0'
		    : (out->text[0] - '0') * 10 + (out->text[1] - '0');
	} else if (len == 1) {
		out->kind = read_letter(out->text[0], out);
	} else if (mr_dayno_read(out->text, 0, &number)) {
		out->kind = MR_LINE_NUMBER;
	} else if (is_scan(out->text, len)) {
		out->kind = MR_LINE_SCAN;
		out->letter = out->text[0];
	} else {
		out->kind = read_symbols(out);
	}
}
