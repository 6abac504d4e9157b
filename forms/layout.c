/*
 * The measures of the forms: parsing and checking.  See layout.h.
 */
#include "forms/layout.h"

#include "forms/fault.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 16 /* characters of a number */

extern const char embed_forms_layout_txt[];

static const struct {
	const char *key;
	double least, most;
} measures[] = {
#define LAYOUT_ROW(name, key, least, most) {key, least, most},
    LAYOUT(LAYOUT_ROW)};

/* Where the parser stands, for its faults, and what this text has said. */
struct place {
	const char *file;
	int line;
	char said[LAYOUT_COUNT];
	struct form_fault *fault;
};

static enum form_status
wrong(const struct place *place, const char *what, const char *s, size_t n)
{
	return fault_line(place->fault, place->file, place->line, what, s, n);
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

static size_t
find(const char *key, size_t n)
{
	size_t i;

	for (i = 0; i < LAYOUT_COUNT; i++)
		if (strlen(measures[i].key) == n &&
		    memcmp(measures[i].key, key, n) == 0)
			break;
	return i;
}

/* A plain decimal number, nothing else; NAN: it is none. */
static double
number(const char *s, size_t n)
{
	char text[NUMBER_MAX + 1];

	if (n == 0 || n > NUMBER_MAX || strspn(s, "0123456789.") < n)
		return NAN;
	memcpy(text, s, n);
	text[n] = '\0';
	if (strchr(text, '.') != strrchr(text, '.') || strcmp(text, ".") == 0)
		return NAN;
	return strtod(text, NULL);
}

static enum form_status
set(struct layout *layout, struct place *place, const char *key, size_t nkey,
    const char *text, size_t ntext)
{
	size_t i = find(key, nkey);
	double value = number(text, ntext);

	if (i == LAYOUT_COUNT)
		return wrong(place, "unknown key", key, nkey);
	if (place->said[i])
		return wrong(place, "said twice:", key, nkey);
	if (isnan(value))
		return wrong(place, "not a number:", text, ntext);
	if (value < measures[i].least || value > measures[i].most)
		return fault_set(place->fault, FORM_WORDING,
		    "%s:%d: %s is between %g and %g", place->file, place->line,
		    measures[i].key, measures[i].least, measures[i].most);
	place->said[i] = 1;
	layout->value[i] = value;
	return FORM_OK;
}

static enum form_status
parse_line(
    struct layout *layout, struct place *place, const char *line, size_t n)
{
	const char *equals, *text;
	size_t nkey, ntext;

	trim(&line, &n);
	if (n == 0 || line[0] == '#')
		return FORM_OK;
	equals = memchr(line, '=', n);
	if (equals == NULL)
		return wrong(place, "not `key = number`", line, n);
	text = equals + 1;
	ntext = n - (size_t)(text - line);
	nkey = (size_t)(equals - line);
	trim(&line, &nkey);
	trim(&text, &ntext);
	return set(layout, place, line, nkey, text, ntext);
}

static enum form_status
parse(struct layout *layout, struct place *place, const char *text)
{
	enum form_status status = FORM_OK;
	size_t n;

	while (status == FORM_OK && *text != '\0') {
		place->line++;
		n = strcspn(text, "\n");
		status = parse_line(layout, place, text, n);
		text += n + (text[n] == '\n');
	}
	return status;
}

enum form_status
layout_read(struct layout *layout, const char *text, const char *file,
    struct form_fault *fault)
{
	struct place ours = {"layout.txt", 0, {0}, fault};
	struct place theirs = {
	    file == NULL ? "layout.txt" : file, 0, {0}, fault};
	enum form_status status;
	size_t i;

	status = parse(layout, &ours, embed_forms_layout_txt);
	for (i = 0; i < LAYOUT_COUNT && status == FORM_OK; i++)
		if (!ours.said[i])
			status = fault_set(fault, FORM_WORDING,
			    "%s: the key %s is missing", ours.file,
			    measures[i].key);
	if (status == FORM_OK && text != NULL)
		status = parse(layout, &theirs, text);
	return status;
}
