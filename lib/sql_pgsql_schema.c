/*
 * The PostgreSQL driver: schema text in the server's words, its number, and a
 * look at what else stands there.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "lib/call.h"
#include "lib/sql_pgsql.h"

enum mr_status
pg_look(struct pg_conn *conn)
{
	int64_t there = 0;
	enum mr_status status = pg_ask(
	    conn, "SELECT to_regclass('mailroom_schema') IS NOT NULL", &there);

	conn->made = there != 0;
	return status;
}

/* What schema.sql calls otherwise.  Text is compared by its bytes there. */
static const struct {
	const char *theirs, *ours;
} tokens[] = {
    {"INTEGER", "BIGINT"},
    {"BLOB", "BYTEA"},
    {"STRICT", ""},
    {"TEXT", "TEXT COLLATE \"C\""},
};

static size_t
put_word(const char *word, size_t len, char *to)
{
	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++)
		if (strlen(tokens[i].theirs) == len &&
		    memcmp(tokens[i].theirs, word, len) == 0) {
			word = tokens[i].ours;
			len = strlen(word);
			break;
		}
	memcpy(to, word, len);
	return len;
}

static size_t
word_at(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n;
}

/* The next statement without comments, in our words; where it ends.  Nothing
 * but its semicolon may be left of it. */
static const char *
one_statement(const char *s, char *to)
{
	size_t n;

	for (; *s != '\0' && *s != ';'; s += n) {
		n = 1;
		if (s[0] == '-' && s[1] == '-') {
			n = strcspn(s, "\n");
		} else if (*s == '\'') {
			n += strcspn(s + 1, "'");
			n += s[n] == '\'';
			memcpy(to, s, n);
			to += n;
		} else if ((n = word_at(s)) > 0) {
			to += put_word(s, n, to);
		} else {
			n = 1;
			*to++ = *s;
		}
	}
	*to = '\0';
	return *s == ';' ? s + 1 : s;
}

enum mr_status
pg_script(void *arg, const char *text)
{
	struct pg_conn *conn = arg;
	size_t size = 4 * strlen(text) + 1; /* the longest word for a word */
	char *one = mr_calloc(size);
	enum mr_status status = MR_OK;

	if (one == NULL)
		return pg_failed(conn, MR_NOMEM);
	while (*text != '\0' && status == MR_OK) {
		text = one_statement(text, one);
		if (one[strspn(one, " \t\r\n")] != '\0')
			status = pg_run(conn, one);
	}
	mr_cfree(one, size);
	return status;
}

enum mr_status
pg_version(void *arg, int64_t *version)
{
	struct pg_conn *conn = arg;
	enum mr_status status = pg_look(conn);

	*version = 0;
	if (status != MR_OK || !conn->made)
		return status;
	return pg_ask(
	    conn, "SELECT version FROM mailroom_schema WHERE id = 1", version);
}

enum mr_status
pg_set_version(void *arg, int64_t version)
{
	static const char make[] = "CREATE TABLE IF NOT EXISTS mailroom_schema "
				   "(id BIGINT PRIMARY KEY CHECK (id = 1), "
				   "version BIGINT NOT NULL);"
				   "INSERT INTO mailroom_schema "
				   "VALUES (1, 0) ON CONFLICT DO NOTHING";
	char text[96];
	enum mr_status status;

	if (version == 0)
		return pg_run(arg, "DROP TABLE mailroom_schema");
	status = pg_run(arg, make);
	snprintf(text, sizeof(text),
	    "UPDATE mailroom_schema SET version = %lld", (long long)version);
	return status == MR_OK ? pg_run(arg, text) : status;
}

enum mr_status
pg_empty(void *arg, int *empty)
{
	int64_t none = 0;
	enum mr_status status = pg_ask(arg,
	    "SELECT NOT EXISTS (SELECT 1 FROM pg_class "
	    "WHERE relnamespace = current_schema()::regnamespace)",
	    &none);

	*empty = none != 0;
	return status;
}

/* Nothing may stand there that runs by itself or hides a statement, and no
 * index that was never finished. */
enum mr_status
pg_quick_check(void *arg, void (*say)(void *, const char *), void *to)
{
	struct pg_conn *conn = arg;
	enum mr_status status = pg_plain(conn);
	PGresult *answer;

	if (status != MR_OK)
		return status;
	answer = PQexec(conn->pq,
	    "WITH ours AS (SELECT oid, relkind FROM pg_class "
	    "WHERE relnamespace = current_schema()::regnamespace) "
	    "SELECT 'it holds a trigger that is not ours' FROM pg_trigger "
	    "JOIN ours ON tgrelid = ours.oid WHERE NOT tgisinternal "
	    "UNION ALL SELECT 'it holds a view that is not ours' FROM ours "
	    "WHERE relkind IN ('v', 'm') "
	    "UNION ALL SELECT 'it holds a rule that is not ours' FROM "
	    "pg_rewrite JOIN ours ON ev_class = ours.oid "
	    "WHERE relkind NOT IN ('v', 'm') "
	    "UNION ALL SELECT 'it holds an index that is not whole' FROM "
	    "pg_index JOIN ours ON indexrelid = ours.oid "
	    "WHERE NOT indisvalid LIMIT 20");
	status = pg_told(conn, answer);
	for (int i = 0; status == MR_OK && i < PQntuples(answer); i++)
		say(to, PQgetvalue(answer, i, 0));
	if (status == MR_OK && PQntuples(answer) > 0)
		status = conn->last = MR_DAMAGED; /* no statement failed */
	PQclear(answer);
	return status;
}
