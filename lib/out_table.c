/*
 * The table printer, for people at a terminal.  See out.h.
 * A list of maps is a table; where the columns do not fit, each row becomes a
 * block of `key  value` lines instead.  A map is such a block, and what is
 * nested in it a section below.
 */
#include <string.h>

#include "lib/out_tree.h"
#include "lib/out_wrap.h"
#include "lib/text.h"

#define GAP 2
#define INDENT 2
#define LONG_WORD 20 /* a word over this may be cut to save the table */
#define LEAST_TEXT 12

struct table {
	struct mr_tree tree; /* first, so that the one casts to the other */
	struct mr_arena *arena;
	struct mr_look look;
};

/* How the rows of one list are drawn. */
struct grid {
	struct mr_column *columns;
	size_t n, indent;
	int bare;  /* no maps: one value a line, no header */
	int block; /* does not fit: one `key  value` line a cell */
	size_t rows;
};

struct top {
	struct table table;
	struct grid grid;
};

/* A key as people read it. */
static char *
title(struct table *t, const char *key, int capitals)
{
	char *text = mr_wrap_clean(&t->tree, key), *c;

	for (c = text; c != NULL && *c != '\0'; c++)
		if (*c == '_' || *c == '.' || *c == '\n')
			*c = ' ';
		else if (capitals && *c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	return text;
}

/* Text in a colour ("1" is bold) where the look has colours. */
static void
put_coloured(struct table *t, const char *colour, const char *s, size_t len)
{
	struct mr_sink *sink = &t->tree.sink;
	int on = t->look.colour && colour != NULL && len > 0;

	if (on) {
		mr_sink_text(sink, "\033[");
		mr_sink_text(sink, colour);
		mr_sink_text(sink, "m");
	}
	mr_sink_put(sink, s, len);
	if (on)
		mr_sink_text(sink, "\033[0m");
}

/* Columns that are left from an indent on; 0: no limit. */
static size_t
room(const struct table *t, size_t indent)
{
	size_t width = t->look.width > 0 ? (size_t)t->look.width : 0;

	if (width == 0)
		return 0;
	return width > indent + LEAST_TEXT ? width - indent : LEAST_TEXT;
}

/* The clean text of a cell; NULL when memory is short. */
static const char *
cell_text(struct table *t, const struct mr_node *node)
{
	const char *text;

	if (node == NULL)
		return "";
	text = mr_tree_join(&t->tree, node, ", ");
	return text == NULL ? NULL : mr_wrap_clean(&t->tree, text);
}

/* `key  value`, the value wrapped under itself. */
static void
put_pair(struct table *t, size_t indent, size_t key_width, const char *key,
    const char *text)
{
	struct mr_sink *sink = &t->tree.sink;
	const char *colour = mr_wrap_colour(key, text);
	const char *name = title(t, key, 0);
	size_t start = indent + key_width + GAP, len, next;

	if (name == NULL)
		return;
	mr_sink_fill(sink, ' ', indent);
	put_coloured(t, "1", name, strlen(name));
	mr_sink_fill(
	    sink, ' ', start - indent - mr_text_width(name, strlen(name)));
	if (*text == '\0')
		text = "-";
	for (;;) {
		len = mr_wrap_line(text, room(t, start), &next);
		put_coloured(t, colour, text, len);
		mr_sink_put(sink, "\n", 1);
		text += next;
		if (*text == '\0')
			break;
		mr_sink_fill(sink, ' ', *text == '\n' ? 0 : start);
	}
}

/* Whole numbers, and amounts with two digits behind the point. */
static int
is_number(const struct mr_node *node, const char *text)
{
	const char *s = text + (*text == '-');
	size_t n = strspn(s, "0123456789");

	if (node->kind == MR_NODE_INTEGER)
		return 1;
	return node->kind == MR_NODE_TEXT && n > 0 && s[n] == '.' &&
	    strspn(s + n + 1, "0123456789") == 2 && s[n + 3] == '\0';
}

static void
widen(struct mr_column *column, size_t line, size_t word, int all)
{
	if (word > LONG_WORD)
		word = LONG_WORD;
	if (word > column->least)
		column->least = word;
	if (all && line > column->width)
		column->width = line;
	if (column->least > column->width)
		column->width = column->least;
}

static void
measure_header(struct table *t, struct grid *grid)
{
	const char *text;
	size_t i, line, word;

	for (i = 0; i < grid->n && !grid->bare; i++) {
		text = title(t, grid->columns[i].key, 1);
		if (text == NULL)
			return;
		mr_wrap_measure(text, &line, &word);
		widen(&grid->columns[i], line, word, 1);
	}
}

/* Make room for a row.  Once rows are printed (all == 0) a column grows for
 * a word that does not fit, and for nothing else. */
static void
measure(struct table *t, struct grid *grid, const struct mr_node *row, int all)
{
	const struct mr_node **cells =
	    mr_tree_cells(&t->tree, row, grid->columns, grid->n);
	const char *text;
	size_t i, line, word;

	for (i = 0; cells != NULL && i < grid->n; i++) {
		text = cell_text(t, cells[i]);
		if (text == NULL || *text == '\0')
			continue;
		mr_wrap_measure(text, &line, &word);
		widen(&grid->columns[i], line, word, all);
		/* 0: nothing seen yet, 1: numbers only, -1: no */
		if (!is_number(cells[i], text))
			grid->columns[i].number = -1;
		else if (grid->columns[i].number == 0)
			grid->columns[i].number = 1;
	}
}

/* Narrow the widest columns until the row fits; 0 when it cannot. */
static int
fit(const struct table *t, struct grid *grid)
{
	size_t space = room(t, grid->indent), i, sum, widest;
	struct mr_column *c = grid->columns;

	if (space == 0)
		return 1;
	for (i = 0; i < grid->n; i++)
		if (c[i].width > space)
			c[i].width = space;
	for (;;) {
		sum = grid->n > 0 ? GAP * (grid->n - 1) : 0;
		widest = grid->n;
		for (i = 0; i < grid->n; i++) {
			sum += c[i].width;
			if (c[i].width > c[i].least &&
			    (widest == grid->n || c[i].width > c[widest].width))
				widest = i;
		}
		if (sum <= space)
			return 1;
		if (widest == grid->n)
			return 0;
		c[widest].width--;
	}
}

/* One line of all cells; moves each text on, and says whether any is left. */
static int
put_line(struct table *t, const struct grid *grid, const char **text,
    const char *const *colour)
{
	struct mr_sink *sink = &t->tree.sink;
	size_t i, len, next, w, pad = grid->indent;
	int right, more = 0;

	for (i = 0; i < grid->n; i++) {
		len = mr_wrap_line(text[i], grid->columns[i].width, &next);
		w = mr_text_width(text[i], len);
		w = grid->columns[i].width > w ? grid->columns[i].width - w : 0;
		right = grid->columns[i].number > 0;
		if (len > 0) {
			mr_sink_fill(sink, ' ', pad + (right ? w : 0));
			put_coloured(t, colour[i], text[i], len);
			pad = right ? 0 : w;
		} else
			pad += grid->columns[i].width;
		pad += GAP;
		text[i] += next;
		more |= *text[i] != '\0';
	}
	mr_sink_put(sink, "\n", 1);
	return more;
}

static void
put_header(struct table *t, const struct grid *grid)
{
	const char **text, **colour;
	size_t i;

	text = mr_tree_alloc(&t->tree, grid->n * sizeof(*text));
	colour = mr_tree_alloc(&t->tree, grid->n * sizeof(*colour));
	for (i = 0; i < grid->n && !t->tree.out.failed; i++) {
		text[i] = title(t, grid->columns[i].key, 1);
		colour[i] = "1";
	}
	while (!t->tree.out.failed && put_line(t, grid, text, colour))
		continue;
}

static void
put_block(struct table *t, const struct grid *grid, const char **text)
{
	size_t i, w, key_width = 0;

	for (i = 0; i < grid->n; i++) {
		w = mr_text_width(
		    grid->columns[i].key, strlen(grid->columns[i].key));
		if (w > key_width)
			key_width = w;
	}
	if (grid->rows > 0)
		mr_sink_put(&t->tree.sink, "\n", 1);
	for (i = 0; i < grid->n; i++)
		if (*text[i] != '\0')
			put_pair(t, grid->indent, key_width,
			    grid->columns[i].key, text[i]);
}

static void
put_row(struct table *t, struct grid *grid, const struct mr_node *row)
{
	const struct mr_node **cells =
	    mr_tree_cells(&t->tree, row, grid->columns, grid->n);
	const char **text, **colour;
	size_t i;

	text = mr_tree_alloc(&t->tree, grid->n * sizeof(*text));
	colour = mr_tree_alloc(&t->tree, grid->n * sizeof(*colour));
	for (i = 0; i < grid->n && !t->tree.out.failed; i++) {
		text[i] = cell_text(t, cells[i]);
		if (text[i] != NULL)
			colour[i] =
			    mr_wrap_colour(grid->columns[i].key, text[i]);
	}
	if (t->tree.out.failed)
		return;
	if (grid->block)
		put_block(t, grid, text);
	else
		while (put_line(t, grid, text, colour))
			continue;
	grid->rows++;
}

/* Columns, widths and header for the rows that are there. */
static void
begin_grid(struct table *t, struct grid *grid, const struct mr_node *list)
{
	const struct mr_node *row;

	grid->bare = list->first != NULL && list->first->kind != MR_NODE_MAP;
	grid->columns = mr_tree_columns(&t->tree, list, t->arena, &grid->n);
	if (grid->columns == NULL || grid->n == 0) {
		if (!t->tree.out.failed) {
			mr_sink_fill(&t->tree.sink, ' ', grid->indent);
			mr_sink_text(&t->tree.sink, "Nothing to show.\n");
		}
		return;
	}
	measure_header(t, grid);
	for (row = list->first; row != NULL; row = row->next)
		measure(t, grid, row, 1);
	grid->block = !fit(t, grid) && !grid->bare;
	if (!grid->block && !grid->bare)
		put_header(t, grid);
}

static void
put_rows(struct table *t, struct grid *grid, const struct mr_node *list)
{
	const struct mr_node *row;

	for (row = list->first; row != NULL && grid->n > 0; row = row->next)
		put_row(t, grid, row);
}

static void
top_rows(struct mr_tree *tree, const struct mr_node *list)
{
	struct top *top = (struct top *)tree;
	struct grid *grid = &top->grid;

	if (!tree->begun)
		begin_grid(&top->table, grid, list);
	else {
		measure(&top->table, grid, list->first, 0);
		if (!fit(&top->table, grid) && !grid->bare)
			grid->block = 1;
	}
	put_rows(&top->table, grid, list);
}

/* Does it stand on a line of its own key, not in a section? */
static int
is_simple(const struct mr_node *node)
{
	const struct mr_node *child;

	if (node->kind == MR_NODE_MAP)
		return node->first == NULL;
	for (child = node->first; child != NULL; child = child->next)
		if (child->kind == MR_NODE_MAP)
			return 0;
	return 1;
}

/* The simple parts of a map.  How many. */
static size_t
put_pairs(struct table *t, const struct mr_node *map, size_t indent)
{
	const struct mr_node *child;
	const char *text;
	size_t n = 0, w, key_width = 0;

	for (child = map->first; child != NULL; child = child->next) {
		w = mr_text_width(child->key, strlen(child->key));
		if (is_simple(child) && w > key_width)
			key_width = w;
	}
	for (child = map->first; child != NULL; child = child->next) {
		if (!is_simple(child))
			continue;
		text = !mr_node_scalar(child) && child->first == NULL
		    ? "none"
		    : cell_text(t, child);
		if (text == NULL)
			break;
		put_pair(t, indent, key_width, child->key, text);
		n++;
	}
	return n;
}

static void
put_map(struct table *t, const struct mr_node *map, size_t indent)
{
	const struct mr_node *child;
	const char *name;
	size_t before = put_pairs(t, map, indent);

	for (child = map->first; child != NULL; child = child->next) {
		struct grid grid = {.indent = indent + INDENT};

		if (is_simple(child))
			continue;
		if (before++ > 0)
			mr_sink_put(&t->tree.sink, "\n", 1);
		name = title(t, child->key, 1);
		if (name == NULL)
			return;
		mr_sink_fill(&t->tree.sink, ' ', indent);
		put_coloured(t, "1", name, strlen(name));
		mr_sink_put(&t->tree.sink, "\n", 1);
		if (child->kind == MR_NODE_MAP) {
			put_map(t, child, indent + INDENT);
			continue;
		}
		begin_grid(t, &grid, child);
		put_rows(t, &grid, child);
	}
}

static void
top_whole(struct mr_tree *tree, const struct mr_node *root)
{
	struct table *t = (struct table *)tree;
	const char *text;

	if (root->kind == MR_NODE_MAP && root->first != NULL) {
		put_map(t, root, 0);
		return;
	}
	text =
	    root->kind == MR_NODE_MAP ? "Nothing to show." : cell_text(t, root);
	if (text != NULL) {
		mr_sink_text(&tree->sink, text);
		mr_sink_put(&tree->sink, "\n", 1);
	}
}

struct mr_out *
mr_out_table(struct mr_arena *arena, mr_write write, void *to,
    mr_document document, struct mr_look look)
{
	struct top *top = mr_alloc(arena, sizeof(*top));

	if (top == NULL ||
	    mr_tree_open(&top->table.tree, arena, write, to, document) < 0)
		return NULL;
	top->table.arena = arena;
	top->table.look = look;
	top->table.tree.rows = top_rows;
	top->table.tree.whole = top_whole;
	return &top->table.tree.out;
}
