/*
 * The CSV printer (RFC 4180 with \n).  See out.h.
 */
#include <string.h>

#include "lib/out_tree.h"
#include "lib/text.h"

struct csv {
	struct mr_tree tree; /* first, so that the one casts to the other */
	struct mr_arena *arena;
	struct mr_column *columns;
	size_t n;
};

/* -12.50 and +1 are numbers, which no spreadsheet runs. */
static int
is_number(const char *s)
{
	s += *s == '-' || *s == '+';
	if (*s == '\0')
		return 0;
	s += strspn(s, "0123456789");
	if (*s == '.')
		s += 1 + strspn(s + 1, "0123456789");
	return *s == '\0';
}

/* Would a spreadsheet take it for a formula?  Some skip blanks first, some
 * know the full-width signs. */
static int
is_formula(const char *s)
{
	static const char *const wide[] = {
	    "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
	size_t i;

	if (*s == '\t' || *s == '\r' || *s == '\n')
		return 1;
	s += strspn(s, " \t\r\n");
	if (*s == '\0')
		return 0;
	for (i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (strncmp(s, wide[i], 3) == 0)
			return 1;
	return strchr("=+-@", *s) != NULL && !is_number(s);
}

/* The characters of a field; what no text file should hold becomes U+FFFD. */
static void
put_clean(struct mr_sink *sink, const char *s)
{
	size_t len = strlen(s);
	uint32_t code;
	int n;

	while ((n = mr_text_next(s, len, &code)) != 0) {
		if (n < 0 ||
		    (mr_text_is_control(code) && code != '\t' && code != '\r' &&
			code != '\n'))
			mr_sink_text(sink, "\xEF\xBF\xBD");
		else
			mr_sink_put(sink, s, (size_t)n);
		if (n > 0 && code == '"')
			mr_sink_put(sink, "\"", 1);
		s += n < 0 ? 1 : n;
		len -= n < 0 ? 1 : (size_t)n;
	}
}

static void
put_field(struct mr_sink *sink, const char *s)
{
	int formula = is_formula(s);
	int quoted = formula || strpbrk(s, ",\"\r\n") != NULL || *s == ' ' ||
	    (*s != '\0' && s[strlen(s) - 1] == ' ');

	if (quoted)
		mr_sink_put(sink, "\"", 1);
	if (formula)
		mr_sink_put(sink, "'", 1);
	put_clean(sink, s);
	if (quoted)
		mr_sink_put(sink, "\"", 1);
}

static void
put_header(struct csv *csv)
{
	size_t i;

	for (i = 0; i < csv->n; i++) {
		if (i > 0)
			mr_sink_put(&csv->tree.sink, ",", 1);
		put_field(&csv->tree.sink, csv->columns[i].key);
	}
	if (csv->n > 0)
		mr_sink_put(&csv->tree.sink, "\n", 1);
}

static void
put_row(struct csv *csv, const struct mr_node *row)
{
	struct mr_sink *sink = &csv->tree.sink;
	const struct mr_node **cells =
	    mr_tree_cells(&csv->tree, row, csv->columns, csv->n);
	const char *text;
	size_t i;

	for (i = 0; cells != NULL && i < csv->n; i++) {
		text = cells[i] == NULL
		    ? ""
		    : mr_tree_join(&csv->tree, cells[i], ";");
		if (text == NULL)
			return;
		if (i > 0)
			mr_sink_put(sink, ",", 1);
		/* a lone empty field is quoted: an empty line is no row */
		if (csv->n == 1 && *text == '\0')
			mr_sink_text(sink, "\"\"");
		put_field(sink, text);
	}
	if (csv->n > 0)
		mr_sink_put(sink, "\n", 1);
}

static void
csv_rows(struct mr_tree *tree, const struct mr_node *list)
{
	struct csv *csv = (struct csv *)tree;
	const struct mr_node *row;

	if (!tree->begun) {
		csv->columns = mr_tree_columns(tree, list, csv->arena, &csv->n);
		put_header(csv);
	}
	for (row = list->first; row != NULL && !tree->out.failed;
	     row = row->next)
		put_row(csv, row);
}

/* One row: the map, or the scalar under the name "value". */
static void
csv_whole(struct mr_tree *tree, const struct mr_node *root)
{
	struct mr_node row = *root;
	struct mr_node list = {
	    .kind = MR_NODE_LIST, .first = &row, .last = &row};

	csv_rows(tree, &list);
}

struct mr_out *
mr_out_csv(
    struct mr_arena *arena, mr_write write, void *to, mr_document document)
{
	struct csv *csv = mr_alloc(arena, sizeof(*csv));

	if (csv == NULL ||
	    mr_tree_open(&csv->tree, arena, write, to, document) < 0)
		return NULL;
	csv->arena = arena;
	csv->tree.rows = csv_rows;
	csv->tree.whole = csv_whole;
	return &csv->tree.out;
}
