/*
 * Envelopes: a list of sizes and windows; see the first line of
 * envelope-stock.csv.
 */
#include "forms/fault.h"
#include "forms/list.h"

#include <stdio.h>
#include <string.h>

#define LEAST_SIDE 76.0 /* mm; smaller is no envelope */
#define MOST_SIDE 420.0
#define RIM 3.0 /* of paper around a window */

extern const char embed_forms_envelope_stock_csv[];

enum { NAME, DESCRIPTION, WIDTH, HEIGHT, WINDOW, UPPER = 8, FIELDS = 12 };

static const char *const header =
    "name,description,width_mm,height_mm,window_left_mm,window_bottom_mm,"
    "window_w_mm,window_h_mm,upper_left_mm,upper_bottom_mm,upper_w_mm,"
    "upper_h_mm";

static int
outside(const struct form_envelope *e, const struct form_window *w)
{
	return w->w > 0 &&
	    (w->left < RIM || w->bottom < RIM || w->h <= 0 ||
		w->left + w->w > e->w - RIM || w->bottom + w->h > e->h - RIM);
}

static const char *
misplaced(const struct form_envelope *e)
{
	const struct form_window *window = &e->window, *upper = &e->upper;

	if (e->w < LEAST_SIDE || e->h < LEAST_SIDE || e->w > MOST_SIDE ||
	    e->h > MOST_SIDE)
		return "an envelope is 76 to 420 mm wide and high";
	if (outside(e, window) || outside(e, upper))
		return "a window is not inside the envelope";
	if (upper->w > 0 && window->w <= 0)
		return "an upper window without the one for the address";
	if (upper->w > 0 && upper->bottom < window->bottom + window->h + RIM)
		return "the upper window is not above the other";
	return NULL;
}

/* Four fields; all empty: no window. */
static struct form_window
read_window(const char field[][LIST_FIELD_MAX], int *good)
{
	struct form_window w = {0, 0, 0, 0};

	if (field[0][0] == '\0' && field[1][0] == '\0' && field[2][0] == '\0' &&
	    field[3][0] == '\0')
		return w;
	w.left = list_number(field[0], good);
	w.bottom = list_number(field[1], good);
	w.w = list_number(field[2], good);
	w.h = list_number(field[3], good);
	if (w.w <= 0)
		*good = 0;
	return w;
}

/* "#10 Window" -> "10-window" */
static void
name_of(const char *s, char *out, size_t size)
{
	list_name(s + strspn(s, "# "), out, size);
}

static enum form_status
read_envelope(const struct list *list, struct form_envelope *e)
{
	const char *why;
	int good = 1;

	memset(e, 0, sizeof(*e));
	e->w = list_number(list->field[WIDTH], &good);
	e->h = list_number(list->field[HEIGHT], &good);
	e->window = read_window(list->field + WINDOW, &good);
	e->upper = read_window(list->field + UPPER, &good);
	if (!good)
		return list_wrong(list, "a measure is not a number that fits");
	if ((why = misplaced(e)) != NULL)
		return list_wrong(list, why);
	name_of(list->field[NAME], e->name, sizeof(e->name));
	if (e->name[0] == '\0')
		return list_wrong(list, "the name is missing");
	memcpy(e->description, list->field[DESCRIPTION], LIST_FIELD_MAX);
	return FORM_OK;
}

struct walk {
	int (*each)(void *arg, const struct form_envelope *envelope);
	void *arg;
};

static enum form_status
row(void *arg, struct list *list)
{
	const struct walk *walk = arg;
	struct form_envelope envelope;
	int skip;
	enum form_status status = read_envelope(list, &envelope);

	if (status == FORM_OK)
		status = list_admit(list, envelope.name, &skip);
	if (status == FORM_OK && !skip && walk->each(walk->arg, &envelope) != 0)
		list->done = 1;
	return status;
}

enum form_status
form_envelope_each(const char *csv, const char *file,
    int (*each)(void *arg, const struct form_envelope *envelope), void *arg,
    struct form_fault *fault)
{
	struct list list = {.header = header, .fields = FIELDS, .fault = fault};
	struct walk walk = {each, arg};

	return list_walk(&list, csv, file, embed_forms_envelope_stock_csv,
	    "envelope-stock.csv", row, &walk);
}

struct search {
	char name[LIST_FIELD_MAX];
	struct form_envelope *envelope;
	int found;
};

static int
look(void *arg, const struct form_envelope *envelope)
{
	struct search *search = arg;

	if (strcmp(envelope->name, search->name) != 0)
		return 0;
	*search->envelope = *envelope;
	search->found = 1;
	return 1;
}

enum form_status
form_envelope_find(const char *csv, const char *file, const char *name,
    struct form_envelope *envelope, struct form_fault *fault)
{
	struct form_envelope found;
	struct search search = {{0}, &found, 0};
	enum form_status status;

	name_of(name, search.name, sizeof(search.name));
	status = form_envelope_each(csv, file, look, &search, fault);
	if (status != FORM_OK)
		return status;
	if (!search.found)
		return fault_set(fault, FORM_BADSTOCK,
		    "no envelope \"%s\": there are 10, 10-window, 9, dl, c5 "
		    "and others; 'mailroom form list --kind envelope' shows "
		    "all",
		    search.name);
	*envelope = found;
	return FORM_OK;
}
