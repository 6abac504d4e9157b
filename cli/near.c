/*
 * Possible words, nearest first.  See near.h.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/near.h"
#include "lib/text.h"

void
near_add(struct near *near, const char *word, size_t len)
{
	char copy[NEAR_LENGTH];
	size_t i;

	snprintf(copy, sizeof(copy), "%.*s", (int)strnlen(word, len), word);
	for (i = 0; i < near->n; i++)
		if (strcmp(near->words[i], copy) == 0)
			return;
	if (near->n < NEAR_WORDS)
		memcpy(near->words[near->n++], copy, sizeof(copy));
}

/* Stable, so that equals stay in the table's order. */
static void
sort(struct near *near)
{
	size_t far[NEAR_WORDS], i, j, distance;
	char word[NEAR_LENGTH];
	const char *typed = near->word + strspn(near->word, "-");

	for (i = 0; i < near->n; i++) {
		memcpy(word, near->words[i], sizeof(word));
		distance = mr_text_distance(typed, word);
		for (j = i; j > 0 && far[j - 1] > distance; j--) {
			far[j] = far[j - 1];
			memcpy(
			    near->words[j], near->words[j - 1], sizeof(word));
		}
		far[j] = distance;
		memcpy(near->words[j], word, sizeof(word));
	}
}

void
near_say(struct near *near, char *out, size_t size, const char *format, ...)
{
	const char *dash = "";
	va_list ap;
	size_t i, len;

	sort(near);
	va_start(ap, format);
	vsnprintf(out, size, format, ap);
	va_end(ap);
	for (i = 0; i < near->n; i++) {
		len = strlen(out);
		if (near->prefix)
			dash = strlen(near->words[i]) == 1 ? "-" : "--";
		snprintf(out + len, size - len, "%s%s%s",
		    i == 0 ? "; possible: " : ", ", dash, near->words[i]);
	}
}
