/* The bare library beside ours.  See bare.h. */
#include "test/bench/bare.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "test/bench/bench.h"

#define TEXTS 256 /* different statements */
#define VALUES 64 /* of one statement */

struct value {
	int type, len;
	int64_t integer;
	unsigned char *bytes;
};

struct step {
	const sqlite3_stmt *made_by;
	int text, rows, nvalues;
	struct value *values;
};

struct tape {
	int on, ntexts, nsteps, room;
	char *text[TEXTS];
	struct step *steps;
};

struct bare {
	sqlite3 *db;
	const struct tape *tape;
	sqlite3_stmt *st[TEXTS];
};

static struct tape *waiting; /* for the connection that is opened next */

static void *
taken(void *p)
{
	if (p == NULL)
		bench_stop("memory ran out");
	return p;
}

static const char *
read_bytes(const char *s, struct value *v)
{
	unsigned digit;

	v->type = SQLITE_BLOB;
	v->bytes = taken(malloc(strlen(s) / 2 + 1));
	for (s += 2; *s != '\''; s += 2) {
		sscanf(s, "%2x", &digit);
		v->bytes[v->len++] = (unsigned char)digit;
	}
	return s + 1;
}

static const char *
read_text(const char *s, struct value *v)
{
	v->type = SQLITE_TEXT;
	v->bytes = taken(malloc(strlen(s) + 1));
	for (s++; *s != '\'' || s[1] == '\''; s++) {
		v->bytes[v->len++] = (unsigned char)*s;
		s += *s == '\'';
	}
	return s + 1;
}

/* A value as SQLite writes it into the text of a statement. */
static const char *
read_value(const char *s, struct value *v)
{
	char *end;

	memset(v, 0, sizeof(*v));
	if (strncmp(s, "NULL", 4) == 0) {
		v->type = SQLITE_NULL;
		return s + 4;
	}
	if (*s == 'x')
		return read_bytes(s, v);
	if (*s == '\'')
		return read_text(s, v);
	v->type = SQLITE_INTEGER;
	v->integer = strtoll(s, &end, 10);
	if (end == s)
		bench_stop("a value cannot be read: %.40s", s);
	return end;
}

/* The values, by walking the text and the text with its values together. */
static void
read_values(struct step *step, sqlite3_stmt *st)
{
	const char *raw = sqlite3_sql(st), *with;
	char *all = taken(sqlite3_expanded_sql(st)), name[64];
	size_t n;

	for (with = all; *raw != '\0';) {
		if (*raw != ':' || !isalpha((unsigned char)raw[1])) {
			if (*raw++ != *with++)
				bench_stop("the texts differ at %.40s", with);
			continue;
		}
		n = strspn(raw + 1, "abcdefghijklmnopqrstuvwxyz_0123456789");
		snprintf(name, sizeof(name), "%.*s", (int)n + 1, raw);
		with = read_value(with,
		    &step->values[sqlite3_bind_parameter_index(st, name) - 1]);
		raw += n + 1;
	}
	sqlite3_free(all);
}

static int
text_of(struct tape *tape, const char *sql)
{
	for (int i = 0; i < tape->ntexts; i++)
		if (strcmp(tape->text[i], sql) == 0)
			return i;
	if (tape->ntexts == TEXTS)
		bench_stop("more statements than the tape has room for");
	tape->text[tape->ntexts] = taken(strdup(sql));
	return tape->ntexts++;
}

static void
write_down(struct tape *tape, sqlite3_stmt *st)
{
	struct step *step;

	if (tape->nsteps == tape->room) {
		tape->room = tape->room * 2 + 4096;
		tape->steps = taken(realloc(
		    tape->steps, (size_t)tape->room * sizeof(*tape->steps)));
	}
	step = &tape->steps[tape->nsteps++];
	*step = (struct step){.made_by = st,
	    .text = text_of(tape, sqlite3_sql(st)),
	    .nvalues = sqlite3_bind_parameter_count(st)};
	if (step->nvalues > VALUES)
		bench_stop("a statement has more values than there is room");
	step->values =
	    taken(calloc((size_t)step->nvalues + 1, sizeof(*step->values)));
	read_values(step, st);
}

static int
traced(unsigned what, void *arg, void *st, void *text)
{
	struct tape *tape = arg;

	(void)text;
	if (!tape->on)
		return 0;
	if (what == SQLITE_TRACE_STMT) {
		write_down(tape, st);
		return 0;
	}
	for (int i = tape->nsteps - 1; i >= 0; i--)
		if (tape->steps[i].made_by == st) {
			tape->steps[i].rows++;
			break;
		}
	return 0;
}

static int
opened(sqlite3 *db, const char **message, const void *api)
{
	(void)message, (void)api;
	if (waiting != NULL)
		sqlite3_trace_v2(
		    db, SQLITE_TRACE_STMT | SQLITE_TRACE_ROW, traced, waiting);
	waiting = NULL;
	return SQLITE_OK;
}

struct tape *
tape_new(void)
{
	waiting = taken(calloc(1, sizeof(*waiting)));
	sqlite3_auto_extension((void (*)(void))opened);
	return waiting;
}

void
tape_on(struct tape *tape, int on)
{
	tape->on = on;
}

int
tape_at(const struct tape *tape)
{
	return tape->nsteps;
}

void
tape_free(struct tape *tape)
{
	for (int i = 0; i < tape->nsteps; i++) {
		for (int k = 0; k < tape->steps[i].nvalues; k++)
			free(tape->steps[i].values[k].bytes);
		free(tape->steps[i].values);
	}
	for (int i = 0; i < tape->ntexts; i++)
		free(tape->text[i]);
	free(tape->steps);
	free(tape);
}

static void
check(struct bare *bare, int good)
{
	if (!good)
		bench_stop("bare SQLite: %s", sqlite3_errmsg(bare->db));
}

struct bare *
bare_open(const char *dir, const struct tape *tape)
{
	static const char pragmas[] =
	    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
	    "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
	    "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
	    "PRAGMA case_sensitive_like = ON; PRAGMA synchronous = FULL;"
	    "PRAGMA journal_mode = WAL;";
	struct bare *bare = taken(calloc(1, sizeof(*bare)));
	char path[512];

	bare->tape = tape;
	check(bare,
	    sqlite3_open_v2(bench_path(path, dir, "mailroom.db"), &bare->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_PRIVATECACHE,
		NULL) == SQLITE_OK);
	sqlite3_db_config(bare->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	check(bare,
	    sqlite3_exec(bare->db, pragmas, NULL, NULL, NULL) == SQLITE_OK);
	for (int i = 0; tape != NULL && i < tape->ntexts; i++)
		check(bare,
		    sqlite3_prepare_v3(bare->db, tape->text[i], -1,
			SQLITE_PREPARE_PERSISTENT, &bare->st[i],
			NULL) == SQLITE_OK);
	return bare;
}

void
bare_close(struct bare *bare)
{
	for (int i = 0; i < TEXTS; i++)
		sqlite3_finalize(bare->st[i]);
	sqlite3_close(bare->db);
	free(bare);
}

sqlite3 *
bare_db(struct bare *bare)
{
	return bare->db;
}

static void
bind(sqlite3_stmt *st, int at, const struct value *v)
{
	switch (v->type) {
	case SQLITE_INTEGER:
		sqlite3_bind_int64(st, at, v->integer);
		break;
	case SQLITE_TEXT:
		sqlite3_bind_text(
		    st, at, (const char *)v->bytes, v->len, SQLITE_STATIC);
		break;
	case SQLITE_BLOB:
		sqlite3_bind_blob(st, at, v->bytes, v->len, SQLITE_STATIC);
		break;
	default:
		sqlite3_bind_null(st, at);
		break;
	}
}

static int64_t
read_columns(sqlite3_stmt *st)
{
	int64_t sum = 0;

	for (int i = 0, n = sqlite3_column_count(st); i < n; i++)
		switch (sqlite3_column_type(st, i)) {
		case SQLITE_INTEGER:
			sum += sqlite3_column_int64(st, i);
			break;
		case SQLITE_TEXT:
			sum += *sqlite3_column_text(st, i);
			break;
		case SQLITE_BLOB:
			sum += sqlite3_column_bytes(st, i);
			break;
		default:
			break;
		}
	return sum;
}

static void
do_step(struct bare *bare, const struct step *step)
{
	static volatile int64_t seen; /* so that the reading is done */
	sqlite3_stmt *st = bare->st[step->text];
	int rows = 0, rc;

	for (int i = 0; i < step->nvalues; i++)
		bind(st, i + 1, &step->values[i]);
	do {
		rc = sqlite3_step(st);
		if (rc == SQLITE_ROW)
			seen += read_columns(st);
		else
			check(bare, rc == SQLITE_DONE);
	} while (rc == SQLITE_ROW && ++rows < step->rows);
	if (rows != step->rows)
		bench_stop("bare finds %d rows, ours %d: %s", rows, step->rows,
		    bare->tape->text[step->text]);
	(void)seen;
	sqlite3_reset(st);
}

void
bare_run(struct bare *bare, int from, int to)
{
	for (int i = from; i < to; i++)
		do_step(bare, &bare->tape->steps[i]);
}

static void
end_of(const char *dir, unsigned char hash[32], int64_t *letter)
{
	struct bare *bare = bare_open(dir, NULL);
	sqlite3_stmt *st = NULL;

	check(bare,
	    sqlite3_prepare_v2(bare->db,
		"SELECT (SELECT hash FROM event ORDER BY id DESC LIMIT 1), "
		"(SELECT MAX(id) FROM letter)",
		-1, &st, NULL) == SQLITE_OK);
	check(bare,
	    sqlite3_step(st) == SQLITE_ROW &&
		sqlite3_column_bytes(st, 0) == 32);
	memcpy(hash, sqlite3_column_blob(st, 0), 32);
	*letter = sqlite3_column_int64(st, 1);
	sqlite3_finalize(st);
	bare_close(bare);
}

void
bare_same(const char *dir, const char *other)
{
	unsigned char a[32], b[32];
	int64_t i, k;

	end_of(dir, a, &i);
	end_of(other, b, &k);
	if (i != k || memcmp(a, b, sizeof(a)) != 0)
		bench_stop("ours and bare did not write the same");
}
