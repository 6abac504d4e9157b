/*
 * Lists of stock as CSV.  See list.h.
 */
#include "forms/list.h"

#include "forms/fault.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 100 /* labels across or down */

enum form_status
list_wrong(const struct list *list, const char *what)
{
	return fault_set(list->fault, FORM_BADSTOCK, "%s:%d: %s", list->file,
	    list->line, form_say(what));
}

double
list_number(const char *s, int *good)
{
	char *end;
	double v = strtod(s, &end);

	if (end == s || *end != '\0' || !isfinite(v) || v < 0 || v > 2000)
		*good = 0;
	return v;
}

int
list_whole(const char *s, int *good)
{
	double v = list_number(s, good);

	if (v < 1 || v > MOST || v != floor(v))
		*good = 0;
	return *good ? (int)v : 1;
}

void
list_name(const char *s, char *out, size_t size)
{
	size_t i;

	for (i = 0; s[i] != '\0' && i + 1 < size; i++) {
		if (s[i] >= 'A' && s[i] <= 'Z')
			out[i] = (char)(s[i] - 'A' + 'a');
		else
			out[i] = s[i] == ' ' || s[i] == '/' ? '-' : s[i];
	}
	out[i] = '\0';
}

enum form_status
list_admit(struct list *list, const char *name, int *skip)
{
	char padded[LIST_FIELD_MAX] = {0};
	size_t i;

	*skip = list->done;
	snprintf(padded, sizeof(padded), "%s", name);
	for (i = 0; i < list->names.len; i += LIST_FIELD_MAX)
		if (strcmp(list->names.p + i, padded) == 0)
			break;
	if (!list->own) {
		*skip = i < list->names.len;
		return FORM_OK;
	}
	if (i < list->names.len)
		return list_wrong(list, "this list has that name already");
	if (bytes_add(&list->names, padded, sizeof(padded)) != 0)
		return fault_set(list->fault, FORM_NOMEM, "memory is short");
	return FORM_OK;
}

/* One field into out; the text after it and its comma, or NULL. */
static const char *
take_field(const char *s, const char *end, char *out)
{
	size_t n = 0;
	int quoted = s < end && *s == '"';

	if (quoted)
		s++;
	for (; s < end; s++) {
		if (quoted && *s == '"' && ++s < end && *s != '"')
			break;
		if (s == end || (!quoted && *s == ','))
			break;
		if (n + 1 == LIST_FIELD_MAX)
			return NULL;
		out[n++] = *s;
	}
	out[n] = '\0';
	return s < end && *s == ',' ? s + 1 : s;
}

static enum form_status
take_line(struct list *list, const char *s, size_t n)
{
	const char *end = s + n;
	char why[40];
	int i;

	for (i = 0; i < list->fields; i++) {
		if (i > 0 && s[-1] != ',') {
			snprintf(why, sizeof(why), "fewer than %d fields",
			    list->fields);
			return list_wrong(list, why);
		}
		s = take_field(s, end, list->field[i]);
		if (s == NULL)
			return list_wrong(
			    list, "a field is longer than 63 bytes");
	}
	if (s == end &&
	    (n == 0 || s[-1] != ',' ||
		list->field[list->fields - 1][0] == '\0'))
		return FORM_OK;
	snprintf(why, sizeof(why), "more than %d fields", list->fields);
	return list_wrong(list, why);
}

static size_t
line_length(const char *s)
{
	size_t n = strcspn(s, "\n");

	return n > 0 && s[n - 1] == '\r' ? n - 1 : n;
}

static enum form_status
read_list(struct list *list, const char *s,
    enum form_status (*row)(void *arg, struct list *list), void *arg)
{
	enum form_status status = FORM_OK;
	size_t n = line_length(s);

	list->line = 1;
	if (n != strlen(list->header) || memcmp(s, list->header, n) != 0)
		return list_wrong(
		    list, "the first line does not name the fields");
	while (status == FORM_OK && (list->own || !list->done)) {
		s += strcspn(s, "\n");
		if (*s == '\0' || s[1] == '\0')
			break;
		s++;
		list->line++;
		n = line_length(s);
		if (n == 0)
			continue;
		status = take_line(list, s, n);
		if (status == FORM_OK)
			status = row(arg, list);
	}
	return status;
}

enum form_status
list_walk(struct list *list, const char *own, const char *file,
    const char *built_in, const char *built_in_file,
    enum form_status (*row)(void *arg, struct list *list), void *arg)
{
	enum form_status status = FORM_OK;

	list->own = own != NULL;
	list->file = file == NULL ? built_in_file : file;
	if (own != NULL)
		status = read_list(list, own, row, arg);
	list->own = 0;
	list->file = built_in_file;
	if (status == FORM_OK && !list->done)
		status = read_list(list, built_in, row, arg);
	bytes_free(&list->names);
	return status;
}
