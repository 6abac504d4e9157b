/* The parts of a US address. */
#include "lib/place.h"

#include <string.h>

#define DIGITS "0123456789"

int
mr_place_is_state(const char *s)
{
	return strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2 && s[2] == '\0';
}

int
mr_place_is_zip(const char *s)
{
	if (strspn(s, DIGITS) != 5)
		return 0;
	if (s[5] == '\0')
		return 1;
	return s[5] == '-' && strspn(s + 6, DIGITS) == 4 && s[10] == '\0';
}

char *
mr_place_upper(struct mr_arena *arena, const char *text)
{
	char *s = mr_strdup(arena, text);

	for (char *p = s; p != NULL && *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'z')
			*p -= 'a' - 'A';
	return s;
}
