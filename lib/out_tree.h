/*
 * What the CSV and the table printer share: the answer as a tree, held until
 * it can be laid out.  Rows of a list at the top are held up to MR_TREE_HELD,
 * then handed on one by one, so that a list of any length fits.  Private to
 * lib/out_*.c.
 */
#ifndef MR_OUT_TREE_H
#define MR_OUT_TREE_H

#include "lib/out_sink.h"

#define MR_TREE_HELD 500
#define MR_TREE_DEPTH 16

enum mr_node_kind {
	MR_NODE_NONE,
	MR_NODE_TEXT,
	MR_NODE_INTEGER,
	MR_NODE_BOOLEAN,
	MR_NODE_LIST,
	MR_NODE_MAP
};

struct mr_node {
	enum mr_node_kind kind;
	const char *key;
	const char *text; /* of a scalar; NULL is null */
	struct mr_node *first, *last, *next;
};

/* Memory that is used again for every row.  It comes from the arena, but is
 * never given back to it, so other users of the arena are not disturbed. */
struct mr_pool {
	struct mr_arena *arena;
	struct mr_pool_block *first, *at;
};

struct mr_tree {
	struct mr_out out; /* first, so that the one casts to the other */
	struct mr_sink sink;
	struct mr_pool pool;
	mr_document document;
	struct mr_node root; /* NONE until something was said */
	struct mr_node *open[MR_TREE_DEPTH];
	int depth;
	size_t held;
	int begun; /* were rows handed on already? */
	/*
	 * Rows of the list at the top: all that are held (none, when the list
	 * is empty) the first time, one at a time after that.
	 */
	void (*rows)(struct mr_tree *tree, const struct mr_node *list);
	/* An answer that is no list, at its end. */
	void (*whole)(struct mr_tree *tree, const struct mr_node *root);
};

/* Fill in the methods of tree->out and the sink; rows and whole are the
 * caller's.  0, or -1 when memory is short. */
int mr_tree_open(struct mr_tree *tree, struct mr_arena *arena, mr_write write,
    void *to, mr_document document);

/* n bytes until the row is done, zeroed; NULL and failed when short. */
void *mr_tree_alloc(struct mr_tree *tree, size_t n);

/* A scalar, or the scalars below a node with `between` between them (maps
 * inside: their values with a space).  "" for null, NULL when short. */
const char *mr_tree_join(
    struct mr_tree *tree, const struct mr_node *node, const char *between);

int mr_node_scalar(const struct mr_node *node);

/*
 * The columns that a list of maps makes: one for each key, in the order of
 * their first appearance, "key.sub" for a map inside.  A row that is no map
 * has one column "value".  The array lives in `arena`, keys included; NULL
 * when memory is short.
 */
struct mr_column {
	const char *key;
	size_t width; /* for the printer's use */
	size_t least;
	int number;
};
struct mr_column *mr_tree_columns(struct mr_tree *tree,
    const struct mr_node *list, struct mr_arena *arena, size_t *n);

/*
 * The nodes of a row by column, NULL where it has none; the array lasts as
 * long as the row.  A key that is no column is a failure: nothing may be lost
 * silently.  NULL on failure.
 */
const struct mr_node **mr_tree_cells(struct mr_tree *tree,
    const struct mr_node *row, const struct mr_column *columns, size_t n);

#endif
