/*
 * Printers and how far off they print.  See printer.h.
 */
#include "lib/printer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/chain.h"
#include "lib/queue.h"

/* More than that is no drift: the page was fitted, or fed askew. */
#define SCALE_MOST 50000 /* millionths */
#define SHIFT_MOST 1500  /* hundredths of a mm */

static const struct {
	const char *word;
	int bit;
} uses[] = {
    {"sheets", MR_USE_SHEETS},
    {"envelopes", MR_USE_ENVELOPES},
    {"labels", MR_USE_LABELS},
};
#define NUSES (sizeof(uses) / sizeof(uses[0]))

#define COLUMNS \
	"SELECT id, name, use, shift_x, shift_y, scale_x, scale_y, version, " \
	"event FROM printer "

static void
read_row(struct sql_stmt *st, struct mr_printer *printer)
{
	*printer = (struct mr_printer){
	    .id = sql_col_int(st, 0),
	    .name = sql_col_text(st, 1),
	    .use = (int)sql_col_int(st, 2),
	    .shift_x = sql_col_int(st, 3),
	    .shift_y = sql_col_int(st, 4),
	    .scale_x = sql_col_int(st, 5),
	    .scale_y = sql_col_int(st, 6),
	    .version = sql_col_int(st, 7),
	    .event = sql_col_int(st, 8),
	};
}

enum mr_status
mr_printer_name(struct mr_call *c, int64_t id, const char **name)
{
	struct sql_stmt *st;

	*name = NULL;
	st = sql_prepare(c, "SELECT name FROM printer WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st))
		*name = mr_strdup(c->arena, sql_col_text(st, 0));
	return sql_done(st);
}

enum mr_status
mr_printer_named(
    struct mr_call *c, const char *name, struct mr_printer *printer)
{
	struct sql_stmt *st;
	enum mr_status status;

	*printer = (struct mr_printer){
	    .scale_x = MR_SCALE_TRUE, .scale_y = MR_SCALE_TRUE};
	st = sql_prepare(c, COLUMNS "WHERE name = :name");
	sql_text(st, ":name", name);
	if (sql_row(st))
		read_row(st, printer);
	printer->name = mr_strdup(c->arena, name);
	status = sql_done(st);
	return status == MR_OK && printer->name == NULL ? mr_nomem(c) : status;
}

enum mr_status
mr_printer_each(struct mr_call *c,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_printer *printer),
    void *arg)
{
	struct mr_printer printer;
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;

	/* As many rows as printers stand here. */
	st = sql_prepare(c, SQL_SCAN COLUMNS "ORDER BY name");
	while (status == MR_OK && sql_row(st)) {
		read_row(st, &printer);
		status = each(c, arg, &printer);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}

int
mr_printer_true(const struct mr_printer *printer)
{
	return printer->shift_x == 0 && printer->shift_y == 0 &&
	    printer->scale_x == MR_SCALE_TRUE &&
	    printer->scale_y == MR_SCALE_TRUE;
}

const char *
mr_printer_uses(struct mr_call *c, int use)
{
	const char *s = "";

	for (size_t i = 0; i < NUSES && s != NULL; i++)
		if (use & uses[i].bit)
			s = mr_printf(c->arena, "%s%s%s", s,
			    *s != '\0' ? "," : "", uses[i].word);
	return s;
}

enum mr_status
mr_printer_may(struct mr_call *c, const struct mr_printer *printer, int use)
{
	if (printer->use == 0 || printer->use & use)
		return MR_OK;
	return mr_fail(c, MR_REFUSED,
	    "%s is for %s, not for %s: name another printer, or change that "
	    "with 'mailroom printer profile %s --use'",
	    printer->name, mr_printer_uses(c, printer->use),
	    mr_printer_uses(c, use), printer->name);
}

static enum mr_status
check_name(struct mr_call *c, const char *name)
{
	size_t len = strlen(name);

	if (len > 0 && len < MR_QUEUE_NAME &&
	    strpbrk(name, " /#?\\'\"<>") == NULL)
		return MR_OK;
	return mr_fail(c, MR_INVALID,
	    "no printer can have that name: write it as 'mailroom printer "
	    "list' or the print server shows it, without blanks");
}

static enum mr_status
read_uses(struct mr_call *c, const char *text, int *use)
{
	*use = 0;
	while (*text != '\0') {
		size_t n = strcspn(text, ", "), i;

		for (i = 0; i < NUSES; i++)
			if (n == strlen(uses[i].word) &&
			    strncmp(text, uses[i].word, n) == 0)
				break;
		if (n > 0 && i < NUSES)
			*use |= uses[i].bit;
		else if (*use != 0 || strcmp(text, "all") != 0)
			return mr_fail(c, MR_INVALID,
			    "--use: write sheets, envelopes or labels, with "
			    "',' between, or all");
		text += n;
		text += strspn(text, ", ");
	}
	return MR_OK;
}

/* "11.2" or "11,25" into hundredths. */
static enum mr_status
read_mm(
    struct mr_call *c, const char *flag, const char *text, int64_t *hundredths)
{
	int64_t whole = 0, part = 0;
	const char *s = text;
	int digits = 0;

	for (; *s >= '0' && *s <= '9' && s - text < 4; s++)
		whole = whole * 10 + (*s - '0');
	if (s > text && (*s == '.' || *s == ','))
		for (s++; *s >= '0' && *s <= '9' && digits < 2; s++, digits++)
			part = part * 10 + (*s - '0');
	if (s == text || *s != '\0')
		return mr_fail(c, MR_INVALID,
		    "--%s: write millimetres as the ruler shows them, such as "
		    "11.2",
		    flag);
	*hundredths = whole * 100 + (digits == 1 ? part * 10 : part);
	return MR_OK;
}

static int64_t
divide(int64_t a, int64_t b)
{
	return (a < 0 ? a - b / 2 : a + b / 2) / b;
}

/* One way of the page: what was measured, in hundredths. */
struct way {
	const char *near, *far;   /* flags */
	int64_t at, length;       /* where the lines lie on the paper */
	int64_t should, distance; /* where they should */
};

/*
 * What was drawn at d came out at d * a + b, with the profile in between that
 * took d to (d - shift) / scale.  So the printer itself does scale * a, and
 * b + a * shift.
 */
static enum mr_status
add_way(
    struct mr_call *c, const struct way *way, int64_t *shift, int64_t *scale)
{
	int64_t a = divide(way->length * MR_SCALE_TRUE, way->distance);
	int64_t b = way->at - divide(a * way->should, MR_SCALE_TRUE);
	int64_t new_scale = divide(a * *scale, MR_SCALE_TRUE);
	int64_t new_shift = b + divide(a * *shift, MR_SCALE_TRUE);

	if (llabs(new_scale - MR_SCALE_TRUE) > SCALE_MOST)
		return mr_fail(c, MR_REFUSED,
		    "--%s: %lld.%02lld mm where %lld mm were drawn is more "
		    "than a printer drifts: the page was made to fit the "
		    "paper; print it again at 100 %%, with no scaling, and "
		    "measure anew",
		    way->far, (long long)way->length / 100,
		    (long long)way->length % 100,
		    (long long)way->distance / 100);
	if (llabs(new_shift) > SHIFT_MOST)
		return mr_fail(c, MR_REFUSED,
		    "--%s: the page would lie more than 15 mm off: look "
		    "whether the right paper is in the printer, lies "
		    "against its guides, and was measured from its own edge",
		    way->near);
	*scale = new_scale;
	*shift = new_shift;
	return MR_OK;
}

/* Is it this profile's page that was measured? */
static enum mr_status
check_ruler(struct mr_call *c, const struct mr_printer_profile *in,
    const struct mr_printer *now)
{
	if (!in->ruler.given && mr_printer_true(now))
		return MR_OK;
	if (!in->ruler.given)
		return mr_fail(c, MR_USAGE,
		    "%s is measured already, and this would come on top of "
		    "it: print a new ruler page, measure that, and give the "
		    "number under its title with --ruler",
		    now->name);
	if (in->ruler.n == now->version)
		return MR_OK;
	return mr_fail(c, MR_REFUSED,
	    "the ruler page %lld is not the newest of %s, which has the "
	    "number %lld: print it again with 'mailroom printer test %s', and "
	    "measure that",
	    (long long)in->ruler.n, now->name, (long long)now->version,
	    now->name);
}

static enum mr_status
measure(struct mr_call *c, const struct mr_printer_profile *in,
    struct mr_printer *printer)
{
	struct way x = {
	    "left", "across", 0, 0, MR_RULER_NEAR * 100, MR_RULER_ACROSS * 100};
	struct way y = {
	    "top", "down", 0, 0, MR_RULER_NEAR * 100, MR_RULER_DOWN * 100};
	enum mr_status status = check_ruler(c, in, printer);

	if (status == MR_OK)
		status = read_mm(c, x.near, in->left, &x.at);
	if (status == MR_OK)
		status = read_mm(c, y.near, in->top, &y.at);
	if (status == MR_OK)
		status = read_mm(c, x.far, in->across, &x.length);
	if (status == MR_OK)
		status = read_mm(c, y.far, in->down, &y.length);
	if (status == MR_OK)
		status = add_way(c, &x, &printer->shift_x, &printer->scale_x);
	if (status == MR_OK)
		status = add_way(c, &y, &printer->shift_y, &printer->scale_y);
	return status;
}

static enum mr_status
store(struct mr_call *c, struct mr_printer *printer)
{
	struct mr_field fields[2] = {
	    {MR_F_TEXT, 0, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	int64_t before = printer->event;
	const char *text;
	enum mr_status status = MR_OK;
	struct sql_stmt *st;

	if (printer->id != 0)
		status = mr_row_proved(c, MR_PRINTER, printer->id);
	else
		status = mr_next_id(c, MR_NEWEST("printer"), &printer->id);
	if (status != MR_OK)
		return status;
	printer->version++;
	printer->event = mr_event_next(c);
	st = sql_prepare(c,
	    "INSERT INTO printer (id, name, use, shift_x, shift_y, scale_x, "
	    "scale_y, version, event) "
	    "VALUES (:id, :name, :use, :shift_x, :shift_y, :scale_x, "
	    ":scale_y, :version, :event) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET use = excluded.use, shift_x = excluded.shift_x, "
	    "shift_y = excluded.shift_y, scale_x = excluded.scale_x, "
	    "scale_y = excluded.scale_y, version = excluded.version, "
	    "event = excluded.event");
	sql_int(st, ":id", printer->id);
	sql_text(st, ":name", printer->name);
	sql_int(st, ":use", printer->use);
	sql_int(st, ":shift_x", printer->shift_x);
	sql_int(st, ":shift_y", printer->shift_y);
	sql_int(st, ":scale_x", printer->scale_x);
	sql_int(st, ":scale_y", printer->scale_y);
	sql_int(st, ":version", printer->version);
	sql_int(st, ":event", printer->event);
	status = sql_done(st);
	text = mr_printer_text(c, printer);
	if (status == MR_OK && text == NULL)
		status = mr_nomem(c);
	if (status != MR_OK)
		return status;
	fields[0].bytes = text;
	fields[0].len = strlen(text);
	return mr_event(c, MR_PRINTER, printer->id, before, fields);
}

enum mr_status
mr_printer_set(struct mr_call *c, const struct mr_printer_profile *in,
    struct mr_printer *after)
{
	int measures = (in->left != NULL) + (in->top != NULL) +
	    (in->across != NULL) + (in->down != NULL);
	enum mr_status status = check_name(c, in->printer);

	if (status == MR_OK && measures == 0 && in->use == NULL && !in->reset)
		status = mr_fail(c, MR_USAGE,
		    "say what the ruler page shows: --left --top --across "
		    "--down; or --use, or --reset");
	if (status == MR_OK && measures > 0 && measures < 4)
		status = mr_fail(c, MR_USAGE,
		    "all four are needed, from the same page: --left --top "
		    "--across --down");
	if (status == MR_OK && measures > 0 && in->reset)
		status = mr_fail(c, MR_USAGE,
		    "--reset forgets what was measured; print a ruler page "
		    "after it, and measure that");
	if (status == MR_OK)
		status = mr_printer_named(c, in->printer, after);
	if (status == MR_OK && in->reset) {
		after->shift_x = after->shift_y = 0;
		after->scale_x = after->scale_y = MR_SCALE_TRUE;
	}
	if (status == MR_OK && measures == 4)
		status = measure(c, in, after);
	if (status == MR_OK && in->use != NULL)
		status = read_uses(c, in->use, &after->use);
	return status == MR_OK ? store(c, after) : status;
}

#define TEXT "use %d shift %lld %lld scale %lld %lld"

const char *
mr_printer_text(struct mr_call *c, const struct mr_printer *printer)
{
	return mr_printf(c->arena, TEXT, printer->use,
	    (long long)printer->shift_x, (long long)printer->shift_y,
	    (long long)printer->scale_x, (long long)printer->scale_y);
}

int
mr_printer_read(const char *text, struct mr_printer *printer)
{
	long long n[4];

	if (sscanf(text, TEXT, &printer->use, &n[0], &n[1], &n[2], &n[3]) != 5)
		return -1;
	printer->shift_x = n[0];
	printer->shift_y = n[1];
	printer->scale_x = n[2];
	printer->scale_y = n[3];
	return 0;
}
