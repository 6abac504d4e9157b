/* Tables as the text of the schema has them.  See sql_table.h. */
#include "lib/sql_table.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Over blanks and comments. */
static const char *
skip(const char *s)
{
	for (;;) {
		s += strspn(s, " \t\r\n");
		if (s[0] != '-' || s[1] != '-')
			return s;
		s += strcspn(s, "\n");
	}
}

static size_t
word_at(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

static int
is(const char *s, const char *word)
{
	size_t n = strlen(word);

	return word_at(s) == n && memcmp(s, word, n) == 0;
}

/* A name, and what stands behind it; NULL: there is none, or a long one. */
static const char *
take_name(const char *s, char name[SQL_NAME])
{
	size_t n = word_at(s);

	if (n == 0 || n >= SQL_NAME)
		return NULL;
	memcpy(name, s, n);
	name[n] = '\0';
	return skip(s + n);
}

/* To the comma or bracket that ends this part of a list. */
static const char *
part_end(const char *s)
{
	int depth = 0;

	for (s = skip(s); *s != '\0'; s = skip(s + 1)) {
		if (*s == '\'') {
			s += 1 + strcspn(s + 1, "'");
			if (*s == '\0')
				break;
		} else if (*s == '(') {
			depth++;
		} else if (depth == 0 && (*s == ',' || *s == ')')) {
			break;
		} else if (*s == ')') {
			depth--;
		}
	}
	return s;
}

static int
column_named(const struct sql_table *table, const char *name)
{
	for (int i = 0; i < table->columns; i++)
		if (strcmp(table->column[i].name, name) == 0)
			return i;
	return -1;
}

static int
add_key(struct sql_table *table, int column)
{
	if (column < 0 || table->keys == SQL_KEYS)
		return -1;
	table->key[table->keys++] = column;
	return 0;
}

/* PRIMARY KEY (a, b), behind its two words. */
static int
read_key(const char *s, struct sql_table *table)
{
	char name[SQL_NAME];

	do {
		s = take_name(skip(s + 1), name);
		if (s == NULL || add_key(table, column_named(table, name)) != 0)
			return -1;
	} while (*s == ',');
	return *s == ')' ? 0 : -1;
}

static const struct {
	const char *word;
	enum sql_kind kind;
} types[] = {{"INTEGER", SQL_INT}, {"TEXT", SQL_TEXT}, {"BLOB", SQL_BLOB}};

static int
read_type(const char *s, struct sql_column *column)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (is(s, types[i].word)) {
			column->kind = types[i].kind;
			return 0;
		}
	return -1;
}

/* The words behind a column's type that matter here. */
static int
read_rules(const char *s, const char *end, struct sql_table *table)
{
	struct sql_column *column = &table->column[table->columns - 1];
	char name[SQL_NAME];

	for (; s < end; s = skip(s + 1)) {
		size_t n = word_at(s);

		if (is(s, "PRIMARY") && add_key(table, table->columns - 1) != 0)
			return -1;
		if (is(s, "REFERENCES")) {
			if (take_name(skip(s + n), name) == NULL)
				return -1;
			column->own = strcmp(name, table->name) == 0;
		}
		s += n > 0 ? n - 1 : 0;
	}
	return 0;
}

static int
read_part(const char *s, const char *end, struct sql_table *table)
{
	struct sql_column *column = &table->column[table->columns];

	if (is(s, "PRIMARY"))
		return read_key(strchr(s, '('), table);
	if (is(s, "UNIQUE") || is(s, "CHECK"))
		return 0;
	if (is(s, "FOREIGN") || is(s, "CONSTRAINT") ||
	    table->columns == SQL_COLUMNS)
		return -1;
	s = take_name(s, column->name);
	if (s == NULL || read_type(s, column) != 0)
		return -1;
	table->columns++;
	return read_rules(skip(s + word_at(s)), end, table);
}

int
sql_table_next(const char **text, struct sql_table *table)
{
	static const char create[] = "CREATE TABLE ";
	const char *s = skip(*text), *end;

	memset(table, 0, sizeof(*table));
	while (*s != '\0' && strncmp(s, create, sizeof(create) - 1) != 0)
		s = skip(s + 1 + strcspn(s + 1, ";\n"));
	if (*s == '\0')
		return 0;
	s = take_name(s + sizeof(create) - 1, table->name);
	if (s == NULL || *s != '(')
		return -1;
	do {
		s = skip(s + 1);
		end = part_end(s);
		if (read_part(s, end, table) != 0)
			return -1;
		s = end;
	} while (*s == ',');
	*text = s + strcspn(s, ";");
	return *s == ')' && table->keys > 0 ? 1 : -1;
}

/* Pieces of a text, one after the other. */
struct text {
	char *s;
	size_t size, len;
};

static void
put(struct text *to, const char *s)
{
	size_t n = strlen(s);

	if (to->len + n < to->size) {
		memcpy(to->s + to->len, s, n + 1);
		to->len += n;
	}
}

static struct text
begin(struct mr_arena *arena, const struct sql_table *table, const char *what)
{
	struct text to = {.size = 512 + SQL_NAME * (size_t)table->columns};

	to.s = mr_alloc(arena, to.size);
	if (to.s == NULL)
		to.size = 0;
	put(&to, what);
	return to;
}

static void
put_keys(struct text *to, const struct sql_table *table, const char *after)
{
	for (int i = 0; i < table->keys; i++) {
		put(to, i > 0 ? ", " : "");
		put(to, table->column[table->key[i]].name);
		put(to, after);
	}
}

/* Rows after a key, in its order. */
static void
put_after(struct text *to, const struct sql_table *table)
{
	static const char *const values[SQL_KEYS] = {
	    ":a", ":a, :b", ":a, :b, :c"};

	put(to, " WHERE (");
	put_keys(to, table, "");
	put(to, ") > (");
	put(to, values[table->keys - 1]);
	put(to, ")");
}

const char *
sql_table_walk(struct mr_arena *arena, const struct sql_table *table, int from)
{
	struct text to = begin(arena, table, SQL_SCAN "SELECT ");

	for (int i = 0; i < table->columns; i++) {
		put(&to, i > 0 ? ", " : "");
		put(&to, table->column[i].name);
	}
	put(&to, " FROM ");
	put(&to, table->name);
	if (from)
		put_after(&to, table);
	put(&to, " ORDER BY ");
	put_keys(&to, table, "");
	return to.s;
}

const char *
sql_table_last(struct mr_arena *arena, const struct sql_table *table)
{
	struct text to = begin(arena, table, "SELECT ");

	put_keys(&to, table, "");
	put(&to, " FROM ");
	put(&to, table->name);
	put(&to, " ORDER BY ");
	put_keys(&to, table, " DESC");
	put(&to, " LIMIT 1");
	return to.s;
}

const char *
sql_table_count(struct mr_arena *arena, const struct sql_table *table)
{
	struct text to = begin(arena, table, SQL_SCAN "SELECT count(*) FROM ");

	put(&to, table->name);
	return to.s;
}

const char *
sql_table_ahead(
    struct mr_arena *arena, const struct sql_table *table, int column)
{
	struct text to = begin(arena, table, SQL_SCAN "SELECT ");

	put_keys(&to, table, ", ");
	put(&to, table->column[column].name);
	put(&to, " FROM ");
	put(&to, table->name);
	put(&to, " WHERE ");
	put(&to, table->column[column].name);
	put(&to, " > ");
	put_keys(&to, table, "");
	put(&to, " ORDER BY ");
	put_keys(&to, table, "");
	return to.s;
}

const char *
sql_table_set(struct mr_arena *arena, const struct sql_table *table, int column)
{
	struct text to = begin(arena, table, "UPDATE ");

	put(&to, table->name);
	put(&to, " SET ");
	put(&to, table->column[column].name);
	put(&to, " = :value WHERE ");
	put_keys(&to, table, " = :key");
	return to.s;
}
