/*
 * A table as a whole, as db/schema.sql writes it: for who moves all rows of
 * all tables and may not keep a second list of them.
 */
#ifndef MR_SQL_TABLE_H
#define MR_SQL_TABLE_H

#include "lib/arena.h"
#include "lib/sql.h"

#define SQL_NAME 32    /* bytes of a name, its NUL included */
#define SQL_COLUMNS 40 /* of a table, at most */
#define SQL_KEYS 3     /* of a primary key */

struct sql_column {
	char name[SQL_NAME];
	enum sql_kind kind;
	int own; /* 1: refers to the table that it is in */
};

struct sql_table {
	char name[SQL_NAME];
	int columns, keys;
	struct sql_column column[SQL_COLUMNS];
	int key[SQL_KEYS]; /* columns of the primary key, in its order */
};

/*
 * The next table of schema text, of which *text is what is left: 1, 0 at the
 * end, -1 where the text is written in a way that this does not read.  Tables
 * come in the order of the text, in which each refers to earlier ones or to
 * itself.
 */
int sql_table_next(const char **text, struct sql_table *table);

/*
 * Statements on a table, in the arena, for as long as the connection: NULL
 * when memory is short.  Both answer rows in the order of the primary key.
 * walk: all columns; from: 1, only what comes after the key bound as :a, :b,
 * :c.  last: the key of the last row.
 */
const char *
sql_table_walk(struct mr_arena *arena, const struct sql_table *table, int from);
const char *
sql_table_last(struct mr_arena *arena, const struct sql_table *table);
/* How many rows there are. */
const char *
sql_table_count(struct mr_arena *arena, const struct sql_table *table);

/*
 * What refers forward within its own table, under one integer key: key and
 * value of that column where the value is above the key; and the statement that
 * sets it, :value for :key.
 */
const char *sql_table_ahead(
    struct mr_arena *arena, const struct sql_table *table, int column);
const char *sql_table_set(
    struct mr_arena *arena, const struct sql_table *table, int column);

#endif
