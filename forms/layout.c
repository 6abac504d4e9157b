/*
 * The measures of the forms: parsing and checking.  See layout.h.
 */
#include "forms/layout.h"

#include "forms/keys.h"

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

/* What is read into, and what the text has said so far. */
struct reading {
	struct layout *layout;
	char said[LAYOUT_COUNT];
};

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
set(void *arg, const struct place *place, const char *key, size_t nkey,
    const char *text, size_t ntext)
{
	struct reading *reading = arg;
	size_t i = find(key, nkey);
	double value = number(text, ntext);

	if (i == LAYOUT_COUNT)
		return place_wrong(place, "unknown key", key, nkey);
	if (reading->said[i])
		return place_wrong(place, "said twice:", key, nkey);
	if (isnan(value))
		return place_wrong(place, "not a number:", text, ntext);
	if (value < measures[i].least || value > measures[i].most)
		return fault_set(place->fault, FORM_WORDING,
		    "%s:%d: %s is between %g and %g", place->file, place->line,
		    measures[i].key, measures[i].least, measures[i].most);
	reading->said[i] = 1;
	reading->layout->value[i] = value;
	return FORM_OK;
}

static enum form_status
parse(struct reading *reading, const char *file, const char *text,
    struct form_fault *fault)
{
	struct place place = {file, 0, fault};

	return keys_read(&place, text, "not `key = number`", set, reading);
}

enum form_status
layout_read(struct layout *layout, const char *text, const char *file,
    struct form_fault *fault)
{
	struct reading ours = {layout, {0}}, theirs = {layout, {0}};
	enum form_status status;
	size_t i;

	status = parse(&ours, "layout.txt", embed_forms_layout_txt, fault);
	for (i = 0; i < LAYOUT_COUNT && status == FORM_OK; i++)
		if (!ours.said[i])
			status = fault_set(fault, FORM_WORDING,
			    "layout.txt: the key %s is missing",
			    measures[i].key);
	if (status == FORM_OK && text != NULL)
		status = parse(
		    &theirs, file == NULL ? "layout.txt" : file, text, fault);
	return status;
}
