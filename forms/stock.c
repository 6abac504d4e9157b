/*
 * Label stock: a list of sheets, brand,part,description,page,...; see the
 * first line of label-stock.csv.  Only the wanted line is taken apart.
 */
#include "forms/fault.h"
#include "forms/list.h"

#include <stdio.h>
#include <string.h>

#define SLACK 0.1 /* mm by which rounded figures may overshoot the page */

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
	CATEGORIES,
	FIELDS
};

static const char *const header =
    "brand,part,description,page,page_w_mm,page_h_mm,label_w_mm,label_h_mm,"
    "columns,rows,left_mm,top_mm,pitch_x_mm,pitch_y_mm,categories";

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

static enum form_status
read_names(const struct list *list, struct form_stock *stock)
{
	const char(*f)[LIST_FIELD_MAX] = list->field;
	char name[2 * LIST_FIELD_MAX];

	snprintf(name, sizeof(name), "%s-%s", f[BRAND], f[PART]);
	if (f[BRAND][0] == '\0' || f[PART][0] == '\0' ||
	    strlen(name) >= sizeof(stock->name) ||
	    strlen(f[BRAND]) >= sizeof(stock->brand) ||
	    strlen(f[PART]) >= sizeof(stock->part))
		return list_wrong(
		    list, "brand and part are missing or too long");
	list_name(name, stock->name, sizeof(stock->name));
	memcpy(stock->brand, f[BRAND], strlen(f[BRAND]) + 1);
	memcpy(stock->part, f[PART], strlen(f[PART]) + 1);
	memcpy(stock->description, f[DESCRIPTION], LIST_FIELD_MAX);
	return FORM_OK;
}

static enum form_status
read_stock(const struct list *list, struct form_stock *stock)
{
	const char(*f)[LIST_FIELD_MAX] = list->field;
	const char *why;
	int good = 1;

	memset(stock, 0, sizeof(*stock));
	stock->page_w = list_number(f[PAGE_W], &good);
	stock->page_h = list_number(f[PAGE_H], &good);
	stock->label_w = list_number(f[LABEL_W], &good);
	stock->label_h = list_number(f[LABEL_H], &good);
	stock->columns = list_whole(f[COLUMNS], &good);
	stock->rows = list_whole(f[ROWS], &good);
	stock->left = list_number(f[LEFT], &good);
	stock->top = list_number(f[TOP], &good);
	stock->pitch_x = list_number(f[PITCH_X], &good);
	stock->pitch_y = list_number(f[PITCH_Y], &good);
	if (!good)
		return list_wrong(list, "a measure is not a number that fits");
	if ((why = misplaced(stock)) != NULL)
		return list_wrong(list, why);
	stock->round = strstr(f[CATEGORIES], "elliptical") != NULL ||
	    strstr(f[CATEGORIES], "round") != NULL;
	return read_names(list, stock);
}

struct walk {
	int (*each)(void *arg, const struct form_stock *stock);
	void *arg;
};

static enum form_status
row(void *arg, struct list *list)
{
	const struct walk *walk = arg;
	struct form_stock stock;
	int skip;
	enum form_status status = read_stock(list, &stock);

	if (status == FORM_OK)
		status = list_admit(list, stock.name, &skip);
	if (status == FORM_OK && !skip && walk->each(walk->arg, &stock) != 0)
		list->done = 1;
	return status;
}

enum form_status
form_stock_each(const char *csv, const char *file,
    int (*each)(void *arg, const struct form_stock *stock), void *arg,
    struct form_fault *fault)
{
	struct list list = {.header = header, .fields = FIELDS, .fault = fault};
	struct walk walk = {each, arg};

	return list_walk(&list, csv, file, embed_forms_label_stock_csv,
	    "label-stock.csv", row, &walk);
}

struct search {
	char name[LIST_FIELD_MAX];
	struct form_stock *stock;
	int exact, parts;
};

static int
look(void *arg, const struct form_stock *stock)
{
	struct search *search = arg;
	char part[LIST_FIELD_MAX];

	if (strcmp(stock->name, search->name) == 0) {
		*search->stock = *stock;
		search->exact = 1;
		return 1;
	}
	list_name(stock->part, part, sizeof(part));
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

	list_name(name, search.name, sizeof(search.name));
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
		    "avery-5163; 'mailroom form list --find TEXT' looks for "
		    "them",
		    search.name);
	*stock = found;
	return FORM_OK;
}
