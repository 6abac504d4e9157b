/* Files of `key = text`.  See keys.h. */
#include "forms/keys.h"

#include <string.h>

enum form_status
place_wrong(
    const struct place *place, const char *what, const char *piece, size_t n)
{
	return fault_line(
	    place->fault, place->file, place->line, what, piece, n);
}

static void
trim(const char **s, size_t *n)
{
	while (*n > 0 && strchr(" \t\r", (*s)[*n - 1]) != NULL)
		(*n)--;
	while (*n > 0 && strchr(" \t", **s) != NULL) {
		(*s)++;
		(*n)--;
	}
}

enum form_status
keys_read(struct place *place, const char *text, const char *what,
    enum form_status (*set)(void *arg, const struct place *place,
	const char *key, size_t nkey, const char *text, size_t ntext),
    void *arg)
{
	enum form_status status = FORM_OK;
	const char *line, *equals, *value;
	size_t n, nkey, nvalue;

	for (; status == FORM_OK && *text != '\0';
	     text += n, text += *text == '\n') {
		place->line++;
		n = nkey = strcspn(text, "\n");
		line = text;
		trim(&line, &nkey);
		if (nkey == 0 || line[0] == '#')
			continue;
		equals = memchr(line, '=', nkey);
		if (equals == NULL)
			return place_wrong(place, what, line, nkey);
		value = equals + 1;
		nvalue = nkey - (size_t)(value - line);
		nkey = (size_t)(equals - line);
		trim(&line, &nkey);
		trim(&value, &nvalue);
		status = set(arg, place, line, nkey, value, nvalue);
	}
	return status;
}
