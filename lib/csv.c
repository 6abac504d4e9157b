/*
 * CSV: one pass over the bytes, one buffer for the texts of a row.  See csv.h.
 * Every complaint goes through refuse, which knows no field's value.
 */
#include "lib/csv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lib/text.h"
#include "lib/tongue.h"

struct mr_csv {
	const char *bytes;
	size_t len, at, line; /* line: of bytes[at], from 1 */
	const struct mr_csv_column *columns;
	size_t ncolumns;
	size_t width;      /* fields a row must have */
	size_t *column_of; /* by field of the file: index of its column */
	size_t *field_of;  /* by column: field of the file from 1, 0: none */
	const char **field;
	char *buffer; /* texts of the row, each ending in NUL */
	size_t used;
	struct mr_csv_fault *fault;
	int failed;
};

/* What ended a field. */
enum stop { STOP_COMMA, STOP_LINE, STOP_FAULT };

/* Where it is, as the start of the message; name may be NULL. */
static void
say_place(
    struct mr_csv_fault *fault, size_t line, size_t field, const char *name)
{
	char *to = fault->message;
	size_t size = sizeof(fault->message);

	fault->line = line;
	fault->column = field;
	if (field > 0 && name != NULL)
		snprintf(to, size, mr_say("line %zu, column %zu (%s)"), line,
		    field, name);
	else if (field > 0)
		snprintf(to, size, mr_say("line %zu, column %zu"), line, field);
	else if (name != NULL)
		snprintf(to, size, mr_say("line %zu (%s)"), line, name);
	else
		snprintf(to, size, mr_say("line %zu"), line);
}

/* How long that is, with the colon behind it. */
static int
place(struct mr_csv_fault *fault, size_t line, size_t field, const char *name)
{
	size_t n, size = sizeof(fault->message);

	say_place(fault, line, field, name);
	n = strlen(fault->message);
	return (int)n + snprintf(fault->message + n, size - n, ": ");
}

/* field counts from 1; 0 is the line as a whole. */
static int __attribute__((format(printf, 4, 5)))
refuse(struct mr_csv *csv, size_t line, size_t field, const char *format, ...)
{
	struct mr_csv_fault *fault = csv->fault;
	const char *name = NULL;
	va_list ap;
	int n;

	if (field > 0 && field <= csv->width)
		name = csv->columns[csv->column_of[field - 1]].name;
	n = place(fault, line, field, name);
	va_start(ap, format);
	vsnprintf(fault->message + n, sizeof(fault->message) - (size_t)n,
	    mr_say(format), ap);
	va_end(ap);
	csv->failed = 1;
	return -1;
}

static int
at_line_end(const struct mr_csv *csv)
{
	return csv->at < csv->len &&
	    (csv->bytes[csv->at] == '\n' || csv->bytes[csv->at] == '\r');
}

/* Step over LF, CRLF or CR. */
static void
line_end(struct mr_csv *csv)
{
	if (csv->bytes[csv->at] == '\r' && csv->at + 1 < csv->len &&
	    csv->bytes[csv->at + 1] == '\n')
		csv->at++;
	csv->at++;
	csv->line++;
}

/* The inside of a quoted field and its closing quote.  0 or -1. */
static int
read_quoted(struct mr_csv *csv, size_t field)
{
	size_t opened = csv->line;
	char c;

	for (csv->at++; csv->at < csv->len;) {
		if (at_line_end(csv)) {
			line_end(csv);
			csv->buffer[csv->used++] = '\n';
			continue;
		}
		c = csv->bytes[csv->at++];
		if (c == '"') {
			if (csv->at == csv->len || csv->bytes[csv->at] != '"')
				return 0;
			csv->at++;
		}
		csv->buffer[csv->used++] = c;
	}
	return refuse(csv, opened, field,
	    "the quote that opens this field is never closed; put a quote at "
	    "the end of the field");
}

/* A field without quotes, up to its end.  0 or -1. */
static int
read_plain(struct mr_csv *csv, size_t field)
{
	while (csv->at < csv->len && csv->bytes[csv->at] != ',' &&
	    !at_line_end(csv)) {
		if (csv->bytes[csv->at] == '"')
			return refuse(csv, csv->line, field,
			    "a quote in the middle of a field; put the whole "
			    "field in quotes and double this one");
		csv->buffer[csv->used++] = csv->bytes[csv->at++];
	}
	return 0;
}

/* Is the text (len bytes, from line `line`) clean UTF-8?  0 or -1. */
static int
check_text(
    struct mr_csv *csv, const char *text, size_t len, size_t line, size_t field)
{
	struct mr_text_fault why;
	size_t i;

	if (mr_text_check(text, len, MR_TEXT_TAB | MR_TEXT_LINES, &why) == 0)
		return 0;
	for (i = 0; i < why.byte; i++)
		line += text[i] == '\n';
	return refuse(csv, line, field, "%s; %s", why.message,
	    strstr(why.message, "UTF-8") != NULL ? "save the file as UTF-8"
						 : "take it out of the file");
}

/* The next field, its text at *text. */
static enum stop
read_field(struct mr_csv *csv, size_t field, char **text)
{
	size_t start = csv->used, line = csv->line;
	int quoted = csv->at < csv->len && csv->bytes[csv->at] == '"';

	if ((quoted ? read_quoted(csv, field) : read_plain(csv, field)) < 0)
		return STOP_FAULT;
	if (check_text(
		csv, csv->buffer + start, csv->used - start, line, field) < 0)
		return STOP_FAULT;
	csv->used =
	    start + mr_text_compose(csv->buffer + start, csv->used - start);
	csv->buffer[csv->used++] = '\0';
	*text = csv->buffer + start;
	if (csv->at == csv->len)
		return STOP_LINE;
	if (at_line_end(csv)) {
		line_end(csv);
		return STOP_LINE;
	}
	if (csv->bytes[csv->at] == ',') {
		csv->at++;
		return STOP_COMMA;
	}
	refuse(csv, csv->line, field,
	    "something stands between the closing quote and the comma; a "
	    "quote that belongs to the text is doubled");
	return STOP_FAULT;
}

/* The names of the columns that pass, as far as they fit. */
static void
list_names(const struct mr_csv *csv, int missing, char *out, size_t size)
{
	size_t i, n = 0;

	out[0] = '\0';
	for (i = 0; i < csv->ncolumns && n < size; i++)
		if (!missing ||
		    (csv->columns[i].required && csv->field_of[i] == 0))
			n += (size_t)snprintf(out + n, size - n, "%s%s",
			    n > 0 ? ", " : "", csv->columns[i].name);
}

/* Lower case (ASCII), blanks at the ends gone, in place. */
static const char *
plain_name(char *name)
{
	char *c, *end;

	name += strspn(name, " \t\n");
	for (c = end = name; *c != '\0'; c++) {
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
		if (strchr(" \t\n", *c) == NULL)
			end = c + 1;
	}
	*end = '\0';
	return name;
}

static int
refuse_name(struct mr_csv *csv, size_t line, size_t field, const char *name)
{
	size_t i, d, best = 0, least = strlen(name) / 3 + 1;
	char names[200];

	if (strpbrk(name, ";\t") != NULL)
		return refuse(csv, line, field,
		    "the columns are parted by %s; save the file with commas",
		    strchr(name, ';') != NULL ? "semicolons" : "tabs");
	for (i = 0; i < csv->ncolumns; i++) {
		d = mr_text_distance(name, csv->columns[i].name);
		if (d <= least && *name != '\0') {
			least = d > 0 ? d - 1 : 0;
			best = i + 1;
		}
	}
	if (best > 0)
		return refuse(csv, line, field,
		    "no column has this name; did you mean \"%s\"?",
		    csv->columns[best - 1].name);
	list_names(csv, 0, names, sizeof(names));
	return refuse(csv, line, field,
	    "no column has this name; the names are %s", names);
}

/* One name of the header, its number counted from 1.  0 or -1. */
static int
take_name(struct mr_csv *csv, size_t line, size_t field, char *text)
{
	const char *name = plain_name(text);
	size_t i;

	for (i = 0; i < csv->ncolumns; i++)
		if (strcmp(name, csv->columns[i].name) == 0)
			break;
	if (i == csv->ncolumns)
		return refuse_name(csv, line, field, name);
	if (csv->field_of[i] != 0)
		return refuse(csv, line, field,
		    "\"%s\" stands in column %zu already; take one out",
		    csv->columns[i].name, csv->field_of[i]);
	csv->field_of[i] = field;
	csv->column_of[field - 1] = i;
	csv->width = field;
	return 0;
}

static void
skip_empty(struct mr_csv *csv)
{
	while (at_line_end(csv))
		line_end(csv);
}

static int
read_header(struct mr_csv *csv)
{
	char *text, names[200];
	enum stop stop = STOP_COMMA;
	size_t field, line;

	skip_empty(csv);
	line = csv->line;
	list_names(csv, 0, names, sizeof(names));
	if (csv->at == csv->len)
		return refuse(csv, 1, 0,
		    "the file is empty; its first line names the columns: %s",
		    names);
	for (field = 1; stop == STOP_COMMA; field++) {
		stop = read_field(csv, field, &text);
		if (stop == STOP_FAULT)
			return -1;
		if (take_name(csv, line, field, text) < 0)
			return -1;
	}
	list_names(csv, 1, names, sizeof(names));
	if (names[0] != '\0')
		return refuse(csv, line, 0,
		    "the header lacks a column that is needed: %s", names);
	return 0;
}

/* Bytes of the longest row.  Up to the first fault of a file, counting quotes
 * tells inside from outside just as reading does. */
static size_t
longest_row(const char *bytes, size_t len)
{
	size_t i, start = 0, longest = 0;
	int inside = 0;

	for (i = 0; i < len; i++) {
		inside ^= bytes[i] == '"';
		if (inside || (bytes[i] != '\n' && bytes[i] != '\r'))
			continue;
		if (i - start > longest)
			longest = i - start;
		start = i + 1;
	}
	return len - start > longest ? len - start : longest;
}

static int
check_encoding(struct mr_csv *csv)
{
	if (csv->len >= 3 && memcmp(csv->bytes, "\xEF\xBB\xBF", 3) == 0)
		csv->at = 3;
	if (csv->len >= 2 &&
	    (memcmp(csv->bytes, "\xFF\xFE", 2) == 0 ||
		memcmp(csv->bytes, "\xFE\xFF", 2) == 0))
		return refuse(
		    csv, 1, 0, "the file is UTF-16; save it as UTF-8");
	return 0;
}

int
mr_csv_open(struct mr_arena *arena, const char *bytes, size_t len,
    const struct mr_csv_column *columns, size_t ncolumns, struct mr_csv **out,
    struct mr_csv_fault *fault)
{
	struct mr_csv *csv = mr_alloc(arena, sizeof(*csv));

	memset(fault, 0, sizeof(*fault));
	if (csv == NULL)
		goto nomem;
	csv->bytes = bytes;
	csv->len = len;
	csv->line = 1;
	csv->columns = columns;
	csv->ncolumns = ncolumns;
	csv->fault = fault;
	csv->column_of = mr_alloc(arena, ncolumns * sizeof(size_t));
	csv->field_of = mr_alloc(arena, ncolumns * sizeof(size_t));
	csv->field = mr_alloc(arena, ncolumns * sizeof(char *));
	csv->buffer = mr_alloc(arena, longest_row(bytes, len) + 1);
	if (csv->column_of == NULL || csv->field_of == NULL ||
	    csv->field == NULL || csv->buffer == NULL)
		goto nomem;
	if (check_encoding(csv) < 0 || read_header(csv) < 0)
		return -1;
	*out = csv;
	return 0;
nomem:
	snprintf(fault->message, sizeof(fault->message),
	    mr_say("memory is short: the file has %zu bytes"), len);
	return -1;
}

int
mr_csv_next(struct mr_csv *csv, struct mr_csv_row *row)
{
	char *text;
	enum stop stop = STOP_COMMA;
	size_t n, line;

	if (csv->failed)
		return -1;
	skip_empty(csv);
	if (csv->at == csv->len)
		return 0;
	line = csv->line;
	csv->used = 0;
	for (n = 0; stop == STOP_COMMA; n++) {
		stop = read_field(csv, n + 1, &text);
		if (stop == STOP_FAULT)
			return -1;
		if (n < csv->width)
			csv->field[csv->column_of[n]] = text;
	}
	if (n != csv->width)
		return refuse(csv, line, 0,
		    "%zu %s where the header has %zu; a comma inside a field "
		    "needs quotes around the field",
		    n, n == 1 ? "field" : "fields", csv->width);
	row->line = line;
	row->field = csv->field;
	return 1;
}

size_t
mr_csv_position(const struct mr_csv *csv)
{
	return csv->at;
}

int
mr_csv_refuse(struct mr_csv *csv, const struct mr_csv_row *row, int column,
    const char *sentence)
{
	struct mr_csv_fault *fault = csv->fault;
	int n;

	if (column < 0)
		n = place(fault, row->line, 0, NULL);
	else
		n = place(fault, row->line, csv->field_of[column],
		    csv->columns[column].name);
	snprintf(fault->message + n, sizeof(fault->message) - (size_t)n, "%s",
	    sentence);
	return -1;
}
