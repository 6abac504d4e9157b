/*
 * Label stock: a list of sheets as CSV, brand,part,description,page,...; see
 * the first line of label-stock.csv.  Only the wanted line is taken apart.
 */
#include "forms/fault.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 14
#define FIELD_MAX 64
#define SLACK 0.1 /* mm by which rounded figures may overshoot the page */
#define MOST 100  /* labels across or down */

extern const char embed_forms_label_stock_csv[];

enum {
	BRAND,
	PART,
	DESCRIPTION,
	PAGE_W = 4,
	PAGE_H,
	LABEL_W,
	LABEL_H,
	COLUMNS,
	ROWS,
	LEFT,
	TOP,
	PITCH_X,
	PITCH_Y,
	CATEGORIES
};

static const char *const header =
    "brand,part,description,page,page_w_mm,page_h_mm,label_w_mm,label_h_mm,"
    "columns,rows,left_mm,top_mm,pitch_x_mm,pitch_y_mm,categories";

struct line {
	const char *file;
	int number;
	struct form_fault *fault;
	char field[FIELDS + 1][FIELD_MAX];
};

static enum form_status
wrong(const struct line *line, const char *what)
{
	return fault_set(line->fault, FORM_BADSTOCK, "%s:%d: %s", line->file,
	    line->number, what);
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
		if (n + 1 == FIELD_MAX)
			return NULL;
		out[n++] = *s;
	}
	out[n] = '\0';
	return s < end && *s == ',' ? s + 1 : s;
}

static enum form_status
take_line(struct line *line, const char *s, size_t n)
{
	const char *end = s + n;
	int i;

	for (i = 0; i <= FIELDS; i++) {
		if (i > 0 && s[-1] != ',')
			return wrong(line, "fewer than 15 fields");
		s = take_field(s, end, line->field[i]);
		if (s == NULL)
			return wrong(line, "a field is longer than 63 bytes");
	}
	return s == end ? FORM_OK : wrong(line, "more than 15 fields");
}

static double
measure(const char *s, int *good)
{
	char *end;
	double v = strtod(s, &end);

	if (end == s || *end != '\0' || !isfinite(v) || v < 0 || v > 2000)
		*good = 0;
	return v;
}

static int
whole(const char *s, int *good)
{
	double v = measure(s, good);

	if (v < 1 || v > MOST || v != floor(v))
		*good = 0;
	return *good ? (int)v : 1;
}

/* Every label inside its page, no neighbours overlap. */
static const char *
misplaced(const struct form_stock *k)
{
	double right = k->left + (k->columns - 1) * k->pitch_x + k->label_w;
	double bottom = k->top + (k->rows - 1) * k->pitch_y + k->label_h;

	if (k->label_w <= 0 || k->label_h <= 0)
		return "the label has no size";
	if (right > k->page_w + SLACK || bottom > k->page_h + SLACK)
		return "the labels do not fit on the page";
	if ((k->columns > 1 && k->pitch_x < k->label_w - SLACK) ||
	    (k->rows > 1 && k->pitch_y < k->label_h - SLACK))
		return "the labels overlap";
	return NULL;
}

/* "Avery", "L 7160/A" -> "avery-l-7160-a" */
static void
name_of(const char *s, char *out, size_t size)
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

static enum form_status
read_stock(const struct line *line, struct form_stock *stock)
{
	const char(*f)[FIELD_MAX] = line->field;
	char name[2 * FIELD_MAX];
	const char *why;
	int good = 1;

	memset(stock, 0, sizeof(*stock));
	stock->page_w = measure(f[PAGE_W], &good);
	stock->page_h = measure(f[PAGE_H], &good);
	stock->label_w = measure(f[LABEL_W], &good);
	stock->label_h = measure(f[LABEL_H], &good);
	stock->columns = whole(f[COLUMNS], &good);
	stock->rows = whole(f[ROWS], &good);
	stock->left = measure(f[LEFT], &good);
	stock->top = measure(f[TOP], &good);
	stock->pitch_x = measure(f[PITCH_X], &good);
	stock->pitch_y = measure(f[PITCH_Y], &good);
	if (!good)
		return wrong(line, "a measure is not a number that fits");
	if ((why = misplaced(stock)) != NULL)
		return wrong(line, why);
	snprintf(name, sizeof(name), "%s-%s", f[BRAND], f[PART]);
	if (f[BRAND][0] == '\0' || f[PART][0] == '\0' ||
	    strlen(name) >= sizeof(stock->name) ||
	    strlen(f[BRAND]) >= sizeof(stock->brand) ||
	    strlen(f[PART]) >= sizeof(stock->part))
		return wrong(line, "brand and part are missing or too long");
	name_of(name, stock->name, sizeof(stock->name));
	memcpy(stock->brand, f[BRAND], strlen(f[BRAND]) + 1);
	memcpy(stock->part, f[PART], strlen(f[PART]) + 1);
	memcpy(stock->description, f[DESCRIPTION], FIELD_MAX);
	stock->round = strstr(f[CATEGORIES], "elliptical") != NULL ||
	    strstr(f[CATEGORIES], "round") != NULL;
	return FORM_OK;
}

static size_t
line_length(const char *s)
{
	size_t n = strcspn(s, "\n");

	return n > 0 && s[n - 1] == '\r' ? n - 1 : n;
}

enum form_status
form_stock_each(const char *csv, const char *file,
    int (*each)(void *arg, const struct form_stock *stock), void *arg,
    struct form_fault *fault)
{
	const char *s = csv == NULL ? embed_forms_label_stock_csv : csv;
	struct line line = {
	    file == NULL ? "label-stock.csv" : file, 1, fault, {{0}}};
	struct form_stock stock;
	enum form_status status = FORM_OK;
	size_t n = line_length(s);

	if (n != strlen(header) || memcmp(s, header, n) != 0)
		return wrong(&line, "the first line does not name the fields");
	while (status == FORM_OK) {
		s += strcspn(s, "\n");
		if (*s == '\0' || s[1] == '\0')
			break;
		s++;
		line.number++;
		n = line_length(s);
		if (n == 0)
			continue;
		status = take_line(&line, s, n);
		if (status == FORM_OK)
			status = read_stock(&line, &stock);
		if (status == FORM_OK && each(arg, &stock) != 0)
			break;
	}
	return status;
}

struct search {
	char name[FIELD_MAX];
	struct form_stock *stock;
	int exact, parts;
};

static int
look(void *arg, const struct form_stock *stock)
{
	struct search *search = arg;
	char part[FIELD_MAX];

	if (strcmp(stock->name, search->name) == 0) {
		*search->stock = *stock;
		search->exact = 1;
		return 1;
	}
	name_of(stock->part, part, sizeof(part));
	if (strcmp(part, search->name) == 0 && ++search->parts == 1)
		*search->stock = *stock;
	return 0;
}

enum form_status
form_stock_find(const char *csv, const char *file, const char *name,
    struct form_stock *stock, struct form_fault *fault)
{
	struct form_stock found;
	struct search search = {{0}, &found, 0, 0};
	enum form_status status;

	name_of(name, search.name, sizeof(search.name));
	status = form_stock_each(csv, file, look, &search, fault);
	if (status != FORM_OK)
		return status;
	if (!search.exact && search.parts > 1)
		return fault_set(fault, FORM_BADSTOCK,
		    "%d stocks have the part number \"%s\": name the brand "
		    "too, like avery-5163",
		    search.parts, search.name);
	if (!search.exact && search.parts == 0)
		return fault_set(fault, FORM_BADSTOCK,
		    "no label stock \"%s\": name it by brand and part, like "
		    "avery-5163",
		    search.name);
	*stock = found;
	return FORM_OK;
}
