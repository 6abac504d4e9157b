/*
 * Decides what came in at a station.  See station_read.h.
 */
#include "cli/station_read.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lib/code.h"
#include "lib/payload.h"

/* Blanks at the ends gone, and what does not fit. */
static size_t
trim(const char *line, char out[STATION_TEXT])
{
	size_t len;

	line += strspn(line, " \t\r\n");
	len = strlen(line);
	while (len > 0 && strchr(" \t\r\n", line[len - 1]) != NULL)
		len--;
	if (len >= STATION_TEXT)
		len = STATION_TEXT - 1;
	memcpy(out, line, len);
	out[len] = '\0';
	return len;
}

static int
all_digits(const char *s)
{
	return s[0] != '\0' && s[strspn(s, "0123456789")] == '\0';
}

static enum station_kind
read_letter(char c, struct station_input *out)
{
	c = (char)toupper((unsigned char)c);
	out->letter = c;
	if (c == '?')
		return STATION_KEYS;
	if (c == 'Q')
		return STATION_LEAVE;
	return strchr(STATION_FLAGS, c) != NULL ? STATION_FLAG
						: STATION_UNCLEAR;
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

static enum station_kind
read_symbols(struct station_input *out)
{
	struct mr_symbols symbols;

	if (mr_code_fold(out->text, &symbols, NULL) != MR_FOLD_OK)
		return STATION_UNCLEAR;
	out->n = symbols.n;
	if (symbols.n == 3)
		return STATION_SYMBOLS;
	return symbols.n == 9 || symbols.n == 12 ? STATION_CODE
						 : STATION_UNCLEAR;
}

void
station_read(const char *line, struct station_input *out)
{
	size_t len;

	memset(out, 0, sizeof(*out));
	len = trim(line, out->text);
	if (len == 0) {
		out->kind = STATION_EMPTY;
	} else if (len <= 2 && all_digits(out->text)) {
		out->kind = STATION_SHEETS;
		out->n = len == 1
		    ? out->text[0] - '0'
		    : (out->text[0] - '0') * 10 + (out->text[1] - '0');
	} else if (len == 1) {
		out->kind = read_letter(out->text[0], out);
	} else if (len <= 5 && isalpha((unsigned char)out->text[0]) &&
	    all_digits(out->text + 1)) {
		out->kind = STATION_NUMBER;
	} else if (is_scan(out->text, len)) {
		out->kind = STATION_SCAN;
		out->letter = out->text[0];
	} else {
		out->kind = read_symbols(out);
	}
}
