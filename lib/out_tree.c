/*
 * The answer as a tree, and the rows of a list as columns and cells.  See
 * out_tree.h.
 */
#include "lib/out_tree.h"

#include <stdio.h>
#include <string.h>

#define BLOCK_SIZE 16384

struct mr_pool_block {
	struct mr_pool_block *next;
	size_t size, used;
	max_align_t data[];
};

static void *
pool_alloc(struct mr_pool *pool, size_t n)
{
	const size_t align = sizeof(max_align_t);
	struct mr_pool_block *b = pool->at, **link;
	void *p;

	n = (n + align) / align * align;
	while (b != NULL && n > b->size - b->used && b->next != NULL)
		b = b->next;
	if (b == NULL || n > b->size - b->used) {
		link = b == NULL ? &pool->first : &b->next;
		b = mr_alloc(pool->arena,
		    sizeof(*b) + (n > BLOCK_SIZE ? n : BLOCK_SIZE));
		if (b == NULL)
			return NULL;
		b->size = n > BLOCK_SIZE ? n : BLOCK_SIZE;
		*link = b;
	}
	pool->at = b;
	p = (char *)b->data + b->used;
	b->used += n;
	return memset(p, 0, n);
}

static void
pool_reset(struct mr_pool *pool)
{
	struct mr_pool_block *b;

	for (b = pool->first; b != NULL; b = b->next)
		b->used = 0;
	pool->at = pool->first;
}

void *
mr_tree_alloc(struct mr_tree *tree, size_t n)
{
	void *p = pool_alloc(&tree->pool, n);

	if (p == NULL)
		tree->out.failed = 1;
	return p;
}

static const char *
copy(struct mr_tree *tree, const char *s)
{
	char *to = mr_tree_alloc(tree, strlen(s) + 1);

	return to == NULL ? NULL : strcpy(to, s);
}

int
mr_node_scalar(const struct mr_node *node)
{
	return node->kind != MR_NODE_LIST && node->kind != MR_NODE_MAP;
}

/* A node at the place that is open, or NULL when none can stand there. */
static struct mr_node *
add(struct mr_tree *tree, enum mr_node_kind kind, const char *key)
{
	struct mr_node *parent, *node;

	if (tree->out.failed)
		return NULL;
	if (tree->depth == 0) {
		tree->out.failed = tree->root.kind != MR_NODE_NONE;
		tree->root.kind = kind;
		return tree->out.failed ? NULL : &tree->root;
	}
	parent = tree->open[tree->depth - 1];
	if ((parent->kind == MR_NODE_MAP) != (key != NULL)) {
		tree->out.failed = 1;
		return NULL;
	}
	node = mr_tree_alloc(tree, sizeof(*node));
	if (node == NULL)
		return NULL;
	node->kind = kind;
	if (key != NULL && (node->key = copy(tree, key)) == NULL)
		return NULL;
	if (parent->last == NULL)
		parent->first = node;
	else
		parent->last->next = node;
	parent->last = node;
	return node;
}

static void
hand_on(struct mr_tree *tree)
{
	if (!tree->out.failed)
		tree->rows(tree, &tree->root);
	tree->begun = 1;
	tree->held = 0;
	tree->root.first = tree->root.last = NULL;
	pool_reset(&tree->pool);
}

/* After each value: is a row of the list at the top complete? */
static void
row_done(struct mr_tree *tree)
{
	if (tree->depth != 1 || tree->root.kind != MR_NODE_LIST)
		return;
	tree->held++;
	if (tree->begun || tree->held == MR_TREE_HELD)
		hand_on(tree);
}

static void
begin(struct mr_out *out, enum mr_node_kind kind, const char *key)
{
	struct mr_tree *tree = (struct mr_tree *)out;
	struct mr_node *node = add(tree, kind, key);

	if (node == NULL)
		return;
	if (tree->depth == MR_TREE_DEPTH)
		out->failed = 1;
	else
		tree->open[tree->depth++] = node;
}

static void
end(struct mr_out *out, enum mr_node_kind kind)
{
	struct mr_tree *tree = (struct mr_tree *)out;

	if (out->failed)
		return;
	if (tree->depth == 0 || tree->open[tree->depth - 1]->kind != kind) {
		out->failed = 1;
		return;
	}
	tree->depth--;
	row_done(tree);
}

static void
scalar(struct mr_out *out, enum mr_node_kind kind, const char *key,
    const char *text)
{
	struct mr_tree *tree = (struct mr_tree *)out;
	struct mr_node *node = add(tree, kind, key);

	if (node == NULL)
		return;
	if (text != NULL)
		node->text = copy(tree, text);
	row_done(tree);
}

static void
tree_begin_map(struct mr_out *out, const char *key)
{
	begin(out, MR_NODE_MAP, key);
}

static void
tree_end_map(struct mr_out *out)
{
	end(out, MR_NODE_MAP);
}

static void
tree_begin_list(struct mr_out *out, const char *key)
{
	begin(out, MR_NODE_LIST, key);
}

static void
tree_end_list(struct mr_out *out)
{
	end(out, MR_NODE_LIST);
}

static void
tree_text(struct mr_out *out, const char *key, const char *value)
{
	scalar(out, MR_NODE_TEXT, key, value);
}

static void
tree_integer(struct mr_out *out, const char *key, int64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)value);
	scalar(out, MR_NODE_INTEGER, key, text);
}

static void
tree_boolean(struct mr_out *out, const char *key, int value)
{
	scalar(out, MR_NODE_BOOLEAN, key, value ? "yes" : "no");
}

static void
tree_document(struct mr_out *out, const char *name, const char *type,
    const void *bytes, size_t len, int secret)
{
	struct mr_tree *tree = (struct mr_tree *)out;

	mr_sink_document(
	    &tree->sink, tree->document, name, type, bytes, len, secret);
}

static int
tree_end(struct mr_out *out)
{
	struct mr_tree *tree = (struct mr_tree *)out;

	if (tree->depth != 0)
		out->failed = 1;
	if (tree->root.kind == MR_NODE_LIST) {
		if (!tree->begun)
			hand_on(tree);
	} else if (tree->root.kind != MR_NODE_NONE && !out->failed)
		tree->whole(tree, &tree->root);
	return mr_sink_flush(&tree->sink);
}

int
mr_tree_open(struct mr_tree *tree, struct mr_arena *arena, mr_write write,
    void *to, mr_document document)
{
	static const struct mr_out methods = {
	    .begin_map = tree_begin_map,
	    .end_map = tree_end_map,
	    .begin_list = tree_begin_list,
	    .end_list = tree_end_list,
	    .text = tree_text,
	    .integer = tree_integer,
	    .boolean = tree_boolean,
	    .document = tree_document,
	    .end = tree_end,
	};

	tree->out = methods;
	tree->pool.arena = arena;
	tree->document = document;
	return mr_sink_open(&tree->sink, arena, write, to, &tree->out.failed);
}

static size_t
joined_size(const struct mr_node *node, size_t between)
{
	const struct mr_node *child;
	size_t n = node->text == NULL ? 0 : strlen(node->text);

	for (child = node->first; child != NULL; child = child->next)
		n += joined_size(child, between) + between;
	return n;
}

static char *
join(const struct mr_node *node, const char *between, char *to)
{
	const struct mr_node *child;
	int map = node->kind == MR_NODE_MAP;
	char *start = to, *at, *end;

	if (node->text != NULL)
		to = stpcpy(to, node->text);
	for (child = node->first; child != NULL; child = child->next) {
		at = to;
		if (child != node->first && (!map || to != start))
			at = stpcpy(to, map ? " " : between);
		end = join(child, between, at);
		/* an empty value of a map leaves no gap, one of a list does */
		if (end != at || !map)
			to = end;
	}
	*to = '\0';
	return to;
}

const char *
mr_tree_join(
    struct mr_tree *tree, const struct mr_node *node, const char *between)
{
	char *text;

	if (node->first == NULL)
		return node->text == NULL ? "" : node->text;
	text = mr_tree_alloc(tree, joined_size(node, strlen(between)) + 1);
	if (text != NULL)
		join(node, between, text);
	return text;
}

/* A walk over the leaves of a row, each with its path. */
struct walk {
	struct mr_tree *tree;
	const char *path;
	void (*leaf)(struct walk *walk, const struct mr_node *node);
	struct mr_arena *arena;
	struct mr_column *columns;
	size_t n, size;
	const struct mr_node **cells;
};

static void
walk_row(struct walk *walk, const struct mr_node *node, const char *path)
{
	const struct mr_node *child;
	char *below;

	if (node->kind != MR_NODE_MAP) {
		walk->path = path == NULL ? "value" : path;
		walk->leaf(walk, node);
		return;
	}
	for (child = node->first; child != NULL; child = child->next) {
		if (path == NULL) {
			walk_row(walk, child, child->key);
			continue;
		}
		below = mr_tree_alloc(
		    walk->tree, strlen(path) + strlen(child->key) + 2);
		if (below == NULL)
			return;
		stpcpy(stpcpy(stpcpy(below, path), "."), child->key);
		walk_row(walk, child, below);
	}
}

static size_t
find_column(const struct walk *walk)
{
	size_t i;

	for (i = 0; i < walk->n; i++)
		if (strcmp(walk->columns[i].key, walk->path) == 0)
			break;
	return i;
}

static void
note_column(struct walk *walk, const struct mr_node *node)
{
	struct mr_column *more;

	(void)node;
	if (find_column(walk) < walk->n || walk->tree->out.failed)
		return;
	if (walk->n == walk->size) {
		walk->size = walk->size == 0 ? 16 : walk->size * 2;
		more = mr_alloc(walk->arena, walk->size * sizeof(*more));
		if (more == NULL) {
			walk->tree->out.failed = 1;
			return;
		}
		if (walk->n > 0)
			memcpy(more, walk->columns, walk->n * sizeof(*more));
		walk->columns = more;
	}
	walk->columns[walk->n].key = mr_strdup(walk->arena, walk->path);
	if (walk->columns[walk->n].key == NULL)
		walk->tree->out.failed = 1;
	else
		walk->n++;
}

struct mr_column *
mr_tree_columns(struct mr_tree *tree, const struct mr_node *list,
    struct mr_arena *arena, size_t *n)
{
	struct walk walk = {tree, .leaf = note_column, .arena = arena};
	const struct mr_node *row;

	for (row = list->first; row != NULL; row = row->next)
		walk_row(&walk, row, NULL);
	*n = walk.n;
	return tree->out.failed ? NULL : walk.columns;
}

static void
note_cell(struct walk *walk, const struct mr_node *node)
{
	size_t i = find_column(walk);

	if (i == walk->n)
		walk->tree->out.failed = 1;
	else
		walk->cells[i] = node;
}

const struct mr_node **
mr_tree_cells(struct mr_tree *tree, const struct mr_node *row,
    const struct mr_column *columns, size_t n)
{
	struct walk walk = {
	    tree,
	    .leaf = note_cell,
	    .columns = (struct mr_column *)columns,
	    .n = n,
	};

	walk.cells = mr_tree_alloc(tree, n * sizeof(*walk.cells));
	if (walk.cells != NULL)
		walk_row(&walk, row, NULL);
	return tree->out.failed ? NULL : walk.cells;
}
