/*
 * The schema and its steps: what a new office gets, and what every office
 * that was ever released comes to, is schema.sql.  Dumps of the old ones are
 * in test/old; schema text is compared without comments and blanks.
 */
#include "test/house.h"

#include <ctype.h>
#include <pthread.h>
#include <sqlite3.h>

#include "lib/migrate.h"

#define TEXT (256 * 1024)

extern const char embed_db_schema_sql[];

/* A database in a folder of its own, without an office around it. */
struct base {
	char dir[64], path[128], url[160];
	struct mr_error error;
};

static char schema[TEXT], found[TEXT];

/* Without comments and blanks, one statement a line, sorted. */
static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
plain(const char *sql, char *to)
{
	static char work[TEXT];
	char *line[512], *w = work;
	size_t n = 0;

	assert_true(strlen(sql) < TEXT);
	line[n++] = w;
	for (const char *s = sql; *s != '\0'; s++) {
		if (s[0] == '-' && s[1] == '-') {
			s += strcspn(s, "\n");
			if (*s == '\0')
				break;
		} else if (*s == ';') {
			*w++ = '\0';
			assert_true(n < 512);
			line[n++] = w;
		} else if (!isspace((unsigned char)*s)) {
			*w++ = *s;
		}
	}
	*w = '\0';
	qsort(line, n, sizeof(line[0]), by_text);
	for (size_t i = 0; i < n; i++)
		if (line[i][0] != '\0')
			to += sprintf(to, "%s;\n", line[i]);
	*to = '\0';
}

/* The statements that made a database, as the engine keeps them. */
static void
made_by(const char *path, char *to)
{
	static char text[TEXT];
	sqlite3_stmt *st = NULL;
	sqlite3 *db = NULL;
	size_t n = 0;

	text[0] = '\0';
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_prepare_v2(db,
		"SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL", -1, &st,
		NULL),
	    SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "%s\n;\n",
		    (const char *)sqlite3_column_text(st, 0));
	assert_true(n < sizeof(text));
	sqlite3_finalize(st);
	sqlite3_close(db);
	plain(text, to);
}

static void
does(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	char *why = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s", why);
	sqlite3_close(db);
}

static int
base_setup(void **state)
{
	struct base *b = calloc(1, sizeof(*b));

	assert_non_null(b);
	snprintf(b->dir, sizeof(b->dir), "/tmp/mailroom-test-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	snprintf(b->path, sizeof(b->path), "%s/mailroom.db", b->dir);
	snprintf(b->url, sizeof(b->url), "sqlite:%s", b->path);
	*state = b;
	return 0;
}

static int
base_teardown(void **state)
{
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
	struct base *b = *state;
	char path[160];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", b->path, ends[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(b->dir), 0);
	free(b);
	return 0;
}

static struct sql *
opened(struct base *b, int create)
{
	struct sql_options how = {.create = create, .busy_ms = 100};
	struct sql *db = NULL;

	if (sql_open(b->url, &how, &db, &b->error) != MR_OK)
		fail_msg("%s", b->error.message);
	return db;
}

static void
create(struct base *b)
{
	struct sql *db = opened(b, 1);

	assert_int_equal(mr_schema_create(db, &b->error), MR_OK);
	sql_close(db);
}

static void
a_new_office_has_the_schema_that_is_read(void **state)
{
	struct base *b = *state;
	struct sql *db;
	int64_t version = 0;

	create(b);
	plain(embed_db_schema_sql, schema);
	made_by(b->path, found);
	assert_string_equal(found, schema);
	assert_true(strstr(schema, "CREATETABLEletter(") != NULL);
	db = opened(b, 0);
	assert_int_equal(sql_version(db, &version), MR_OK);
	assert_int_equal(version, mr_schema_version());
	sql_close(db);
}

static void
an_office_is_not_made_over_another(void **state)
{
	struct base *b = *state;
	struct sql *db;

	create(b);
	db = opened(b, 0);
	assert_int_equal(mr_schema_create(db, &b->error), MR_REFUSED);
	sql_close(db);
}

/* A dump with its version, which the engine does not dump. */
static void
restore(struct base *b, const char *file, int64_t version)
{
	static char text[TEXT];
	FILE *f = fopen(file, "r");
	char set[64];
	size_t n;

	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	assert_true(n > 0 && n < sizeof(text) - 1);
	text[n] = '\0';
	fclose(f);
	snprintf(set, sizeof(set), "PRAGMA user_version = %d", (int)version);
	does(b->path, text);
	does(b->path, set);
}

/* One old office, its steps, and what has become of it. */
static void
comes_here(const char *file, int64_t version)
{
	void *state = NULL;
	struct base *b;
	struct sql *db;
	int64_t now = 0;

	base_setup(&state);
	b = state;
	restore(b, file, version);
	db = opened(b, 0);
	assert_int_equal(mr_schema_upgrade(db, &b->error), MR_OK);
	assert_int_equal(sql_version(db, &now), MR_OK);
	assert_int_equal(now, mr_schema_version());
	sql_close(db);
	made_by(b->path, found);
	assert_string_equal(found, schema);
	base_teardown(&state);
}

static void
every_old_office_comes_to_the_same_schema(void **state)
{
	char file[64];

	(void)state;
	plain(embed_db_schema_sql, schema);
	for (int64_t v = 1; v <= mr_schema_version(); v++) {
		snprintf(file, sizeof(file), "test/old/%d.sql", (int)v);
		if (access(file, R_OK) != 0)
			fail_msg("%s is not there: keep a dump of every "
				 "schema",
			    file);
		comes_here(file, v);
	}
}

#define PROGRAMS 4

static pthread_barrier_t ready;

static void *
upgrade(void *arg)
{
	struct sql_options how = {.busy_ms = 10000};
	struct mr_error error = {0};
	struct base *b = arg;
	struct sql *db = NULL;
	enum mr_status status = sql_open(b->url, &how, &db, &error);

	pthread_barrier_wait(&ready);
	if (status == MR_OK)
		status = mr_schema_upgrade(db, &error);
	sql_close(db);
	return status == MR_OK ? NULL : arg;
}

/* A daemon and a command that both start after the new version came. */
static void
several_that_bring_it_up_to_date_at_once_do_it_once(void **state)
{
	pthread_t thread[PROGRAMS];
	struct base *b = *state;
	void *failed = NULL;

	plain(embed_db_schema_sql, schema);
	restore(b, "test/old/1.sql", 1);
	assert_int_equal(pthread_barrier_init(&ready, NULL, PROGRAMS), 0);
	for (int i = 0; i < PROGRAMS; i++)
		assert_int_equal(
		    pthread_create(&thread[i], NULL, upgrade, b), 0);
	for (int i = 0; i < PROGRAMS; i++) {
		void *one;

		pthread_join(thread[i], &one);
		failed = one != NULL ? one : failed;
	}
	pthread_barrier_destroy(&ready);
	assert_null(failed);
	made_by(b->path, found);
	assert_string_equal(found, schema);
}

static void
an_old_office_still_opens_and_proves_itself(void **state)
{
	struct base *b = *state;
	struct mr_options options = {
	    .dir = b->dir, .check_scans = 1, .no_keys = 1};
	struct house h = {0};

	restore(b, "test/old/1.sql", 1);
	if (mr_open(&options, &h.mr, &h.error) != MR_OK)
		fail_msg("%s", h.error.message);
	did(&h, run(&h, "audit verify", NULL), "\"found\":0");
	did(&h, run(&h, "user list", NULL), "vera");
	mr_close(h.mr);
}

/* What a step can get wrong is seen: this test would be worth nothing else. */
static void
the_comparison_sees_what_differs(void **state)
{
	static const char *const wrong[] = {
	    "ALTER TABLE letter ADD COLUMN colour TEXT",
	    "ALTER TABLE letter RENAME COLUMN sheets TO pages",
	    "DROP INDEX address_by_person",
	    "CREATE INDEX more ON letter (day)",
	    "DROP TABLE request",
	    "CREATE TABLE more (id INTEGER) STRICT",
	};

	(void)state;
	plain(embed_db_schema_sql, schema);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		void *own = NULL;
		struct base *b;

		base_setup(&own);
		b = own;
		create(b);
		does(b->path, wrong[i]);
		made_by(b->path, found);
		if (strcmp(found, schema) == 0)
			fail_msg("not seen: %s", wrong[i]);
		base_teardown(&own);
	}
}

static void
comments_and_blanks_do_not_count(void **state)
{
	(void)state;
	plain("CREATE TABLE a (b INTEGER); -- one\nCREATE INDEX c ON a (b);",
	    schema);
	plain("CREATE INDEX c\n  ON a(b);\n-- two\nCREATE TABLE a(b INTEGER)",
	    found);
	assert_string_equal(found, schema);
}

static void
an_office_of_a_newer_program_is_left_alone(void **state)
{
	struct base *b = *state;
	struct mr_options options = {.dir = b->dir, .no_keys = 1};
	struct mr *mr = NULL;
	struct sql *db;
	int64_t version = 0;
	char set[64];

	create(b);
	made_by(b->path, schema);
	snprintf(set, sizeof(set), "PRAGMA user_version = %d",
	    (int)mr_schema_version() + 1);
	does(b->path, set);
	assert_int_equal(mr_open(&options, &mr, &b->error), MR_NEWER);
	assert_non_null(strstr(b->error.message, "newer Mailroom"));
	assert_null(mr);
	made_by(b->path, found);
	assert_string_equal(found, schema);
	db = opened(b, 0);
	assert_int_equal(sql_version(db, &version), MR_OK);
	assert_int_equal(version, mr_schema_version() + 1);
	sql_close(db);
}

static void
a_database_of_something_else_is_no_office(void **state)
{
	struct base *b = *state;
	struct mr_options options = {.dir = b->dir, .no_keys = 1};
	struct mr *mr = NULL;

	does(b->path, "CREATE TABLE recipes (id INTEGER)");
	made_by(b->path, schema);
	assert_int_equal(mr_open(&options, &mr, &b->error), MR_DAMAGED);
	assert_non_null(strstr(b->error.message, "no office of Mailroom"));
	assert_null(mr);
	made_by(b->path, found);
	assert_string_equal(found, schema);
}

#define on_a_base(f) \
	cmocka_unit_test_setup_teardown(f, base_setup, base_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    on_a_base(a_new_office_has_the_schema_that_is_read),
	    on_a_base(an_office_is_not_made_over_another),
	    cmocka_unit_test(every_old_office_comes_to_the_same_schema),
	    on_a_base(several_that_bring_it_up_to_date_at_once_do_it_once),
	    on_a_base(an_old_office_still_opens_and_proves_itself),
	    cmocka_unit_test(the_comparison_sees_what_differs),
	    cmocka_unit_test(comments_and_blanks_do_not_count),
	    on_a_base(an_office_of_a_newer_program_is_left_alone),
	    on_a_base(a_database_of_something_else_is_no_office),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
