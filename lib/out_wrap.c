/*
 * Text in columns of a terminal.  See out_wrap.h.
 */
#include "lib/out_wrap.h"

#include <stdio.h>
#include <string.h>

#include "lib/text.h"

/* Per byte at most: <FF> for one, <U+009B> for two, <U+2028> for three. */
#define GROWTH 4
#define ONE_PIECE 15 /* XXX-XXX-XXX-XXX */

/* How a character is shown that must not be sent; n < 0: no character. */
static int
show(char *to, int n, uint32_t code, unsigned char byte)
{
	if (n < 0)
		return sprintf(to, "<%02X>", byte);
	if (code == '\t')
		return sprintf(to, " ");
	if (code < 0x20)
		return sprintf(to, "^%c", (int)code + '@');
	if (code == 0x7F)
		return sprintf(to, "^?");
	return sprintf(to, "<U+%04X>", (unsigned)code);
}

char *
mr_wrap_clean(struct mr_tree *tree, const char *s)
{
	size_t len = strlen(s);
	char *copy = mr_tree_alloc(tree, len * GROWTH + 1), *to = copy;
	uint32_t code;
	int n;

	if (copy == NULL)
		return NULL;
	while ((n = mr_text_next(s, len, &code)) != 0) {
		if (n == 1 && code == '\r' && s[1] == '\n') {
			/* the line end of another system */
		} else if (n > 0 &&
		    (code == '\n' || !mr_text_is_control(code))) {
			memcpy(to, s, (size_t)n);
			to += n;
		} else
			to += show(to, n, code, (unsigned char)*s);
		s += n < 0 ? 1 : n;
		len -= n < 0 ? 1 : (size_t)n;
	}
	*to = '\0';
	return copy;
}

/* What a word cannot be narrower than.  A letter's code stays in one piece; a
 * longer word, such as a reason, may be broken behind its hyphens. */
static size_t
word_width(const char *s, size_t n)
{
	size_t whole = mr_text_width(s, n), most = 0, part, w;

	if (whole <= ONE_PIECE)
		return whole;
	for (; n > 0; s += part, n -= part) {
		part = 0;
		while (part < n && s[part++] != '-')
			continue;
		w = mr_text_width(s, part);
		if (w > most)
			most = w;
	}
	return most;
}

void
mr_wrap_measure(const char *s, size_t *line, size_t *word)
{
	size_t w, n;

	*line = *word = 0;
	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		w = mr_text_width(s, n);
		if (w > *line)
			*line = w;
		for (size_t i = 0, m; i < n; i += m + 1) {
			m = strcspn(s + i, " \n");
			w = word_width(s + i, m);
			if (w > *word)
				*word = w;
		}
	}
}

size_t
mr_wrap_line(const char *s, size_t width, size_t *next)
{
	size_t i, used = 0, space = 0, hyphen = 0;
	uint32_t code = 0;
	int n;

	for (i = 0; s[i] != '\0' && s[i] != '\n'; i += (size_t)n) {
		n = mr_text_next(s + i, 4, &code);
		if (n <= 0)
			n = 1;
		if (s[i] == ' ')
			space = i;
		if (i > 0 && s[i - 1] == '-')
			hyphen = i;
		used += (size_t)mr_text_columns(code);
		if (width == 0 || used <= width || i == 0)
			continue;
		if (space > 0) {
			*next = space + strspn(s + space, " ");
			return space;
		}
		*next = hyphen > 0 ? hyphen : i;
		return *next;
	}
	*next = i + (s[i] == '\n');
	return i;
}

const char *
mr_wrap_colour(const char *key, const char *value)
{
	static const char *const colour[][2] = {{"STOP", "31"}, {"HELD", "31"},
	    {"held", "31"}, {"MATCH", "32"}, {"GOOD", "32"},
	    {"FIRST LETTER", "32"}, {"SECOND TODAY", "32"}, {"cleared", "32"},
	    {"sealed", "32"}, {"posted", "32"}, {"NO ID", "33"},
	    {"unidentified", "33"}, {"OLD PAGE", "33"}, {"NOT OURS", "33"},
	    {"WAITING", "33"}, {"paused", "33"}, {"CAME BACK", "34"},
	    {"returned", "34"}};
	const char *last = strrchr(key, '.');
	size_t i;

	last = last == NULL ? key : last + 1;
	if (strcmp(last, "state") != 0 && strcmp(last, "verdict") != 0)
		return NULL;
	for (i = 0; i < sizeof(colour) / sizeof(colour[0]); i++)
		if (strcmp(value, colour[i][0]) == 0)
			return colour[i][1];
	return NULL;
}
