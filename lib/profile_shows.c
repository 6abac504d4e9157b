/*
 * Words that the other side reads, held against what it must never read: the
 * surname, the legal name, the street, long numbers.
 */
#include "lib/profile.h"

#include <string.h>

#include "lib/text.h"

#define MOST_DIGITS 4 /* a year is no ZIP */

static int
is_suffix(const char *word)
{
	static const char *const suffixes[] = {
	    "jr", "sr", "ii", "iii", "iv", "esq"};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		if (strcmp(word, suffixes[i]) == 0)
			return 1;
	return 0;
}

/* The last word of a name, folded, a suffix such as Jr. left aside. */
static char *
surname(struct mr_arena *arena, const char *legal_name)
{
	char *words = mr_text_trim(arena, legal_name), *space, *last;

	for (;;) {
		space = words != NULL ? strrchr(words, ' ') : NULL;
		last = mr_text_fold(arena, space != NULL ? space : words);
		if (last == NULL || space == NULL || !is_suffix(last))
			return last;
		*space = '\0';
	}
}

/* Its letters and digits only. */
static char *
joined(struct mr_arena *arena, const char *folded)
{
	char *s = mr_strdup(arena, folded), *to = s;

	for (; s != NULL && *folded != '\0'; folded++)
		if (*folded != ' ')
			*to++ = *folded;
	if (s != NULL)
		*to = '\0';
	return s;
}

/* "MariaOstrander", "O s t r a n d e r", "Ostranders".  A short surname stands
 * in too many words. */
#define LONG_SURNAME 5
static int
holds_surname(struct mr_call *c, const char *pen, const char *last)
{
	const char *p = joined(c->arena, pen), *l = joined(c->arena, last);

	if (p == NULL || l == NULL)
		return -1;
	return strlen(l) >= LONG_SURNAME && strstr(p, l) != NULL;
}

int
mr_profile_shows_surname(
    struct mr_call *c, const char *pen_name, const char *legal_name)
{
	char *pen = mr_text_fold(c->arena, pen_name), *save = NULL;
	const char *last = surname(c->arena, legal_name), *word, *part;
	const char *whole = pen != NULL ? mr_strdup(c->arena, pen) : NULL;
	size_t n;

	if (whole == NULL || last == NULL)
		return -1;
	/* "Sparrow C." of a Mr C is no worse than any initial. */
	if (strlen(last) == 1)
		return strcmp(pen, last) == 0;
	if (strcmp(pen, last) == 0)
		return 1;
	for (word = strtok_r(pen, " ", &save); word != NULL;
	     word = strtok_r(NULL, " ", &save)) {
		for (part = last; *part != '\0'; part += n) {
			part += *part == ' ';
			n = strcspn(part, " ");
			if (n > 1 && strlen(word) == n &&
			    strncmp(word, part, n) == 0)
				return 1;
		}
	}
	return holds_surname(c, whole, last);
}

/* A street, a ZIP or a register number by another name. */
int
mr_profile_shows_place(
    struct mr_call *c, const char *pen_name, const char *street)
{
	const char *pen = mr_text_fold(c->arena, pen_name), *found = NULL;
	const char *place = mr_text_fold(c->arena, street);
	int digits = 0;

	for (const char *s = pen; s != NULL && *s != '\0'; s++)
		digits += *s >= '0' && *s <= '9';
	if (pen != NULL && place != NULL && *place != '\0')
		found = strstr(pen, place);
	return digits > 2 || found != NULL;
}

/* Is it among the blank-separated words? */
static int
among(struct mr_call *c, const char *words, const char *it)
{
	const char *all = mr_printf(c->arena, " %s ", words);
	const char *one = mr_printf(c->arena, " %s ", it);

	return all != NULL && one != NULL && strstr(all, one) != NULL;
}

int
mr_profile_shows_person(struct mr_call *c, const char *interest,
    const char *legal_name, const char *street)
{
	char *words = mr_text_fold(c->arena, interest), *save = NULL, *word;
	const char *name = mr_text_fold(c->arena, legal_name);
	const char *place = mr_text_fold(c->arena, street);
	const char *last = surname(c->arena, legal_name);
	int digits = 0;

	if (words == NULL || name == NULL || place == NULL || last == NULL)
		return -1;
	for (const char *s = words; *s != '\0'; s++)
		digits += *s >= '0' && *s <= '9';
	if (digits > MOST_DIGITS ||
	    (*place != '\0' && among(c, words, place)) ||
	    (*name != '\0' && among(c, words, name)))
		return 1;
	/* A surname beside other words, as in "wood work", is a word. */
	if (*last == '\0' || !among(c, words, last))
		return 0;
	for (word = strtok_r(words, " ", &save); word != NULL;
	     word = strtok_r(NULL, " ", &save))
		if (!among(c, name, word))
			return 0;
	return 1;
}
