/*
 * On a server: a schema for each house.  The first house of a program is made
 * by mr_office_init, like one in a folder; when it is gone, the next one gets
 * its schema and its key, with the rows as they were then (test/pgsql.sql).
 * It gets a new schema if a test changed the tables, if two are there at the
 * same time, or on a server that does not know test/pgsql.sql.
 */
#ifndef TEST_SCHEMA_H
#define TEST_SCHEMA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/office.h"
#include "lib/sql.h"

static struct {
	struct sql *db; /* asked about schemas; NULL: not yet */
	pid_t pid;      /* whose that is */
	char name[48];  /* the schema that is kept; "": none */
	int in_use;
	int64_t now; /* when its office was made */
	struct mr_recovery_sheet sheet;
	unsigned char key[4096]; /* its office.key */
	size_t len;
} schema_kept;

static inline const char *
schema_server(void)
{
	return getenv("MAILROOM_TEST_DB");
}

static inline enum mr_status
schema_try(const char *text)
{
	struct sql_options options = {.busy_ms = 5000};
	struct mr_error error;

	if (schema_kept.db == NULL &&
	    sql_open(schema_server(), &options, &schema_kept.db, &error) !=
		MR_OK)
		fail_msg("%s", error.message);
	schema_kept.pid = getpid();
	return sql_script(schema_kept.db, text);
}

/* Some tests end every session that there is: then on a new one. */
static inline enum mr_status
schema_ask(const char *format, const char *name)
{
	enum mr_status status;
	char text[200];

	snprintf(text, sizeof(text), format, name, name);
	status = schema_try(text);
	if (status == MR_LOST) {
		sql_close(schema_kept.db);
		schema_kept.db = NULL;
		status = schema_try(text);
	}
	return status;
}

static inline void
schema_drop(const char *name)
{
	assert_int_equal(schema_ask("DROP SCHEMA IF EXISTS %s CASCADE;"
				    "DROP SCHEMA IF EXISTS %s_kept CASCADE",
			     name),
	    MR_OK);
}

static inline void
schema_forget(void)
{
	if (schema_kept.db == NULL || schema_kept.pid != getpid())
		return;
	if (schema_kept.name[0] != '\0')
		schema_drop(schema_kept.name);
	schema_kept.name[0] = '\0';
	sql_close(schema_kept.db);
	schema_kept.db = NULL;
}

/* The name of a house's schema is that of its folder, in lower case. */
static inline void
schema_make(const char *dir, char name[48])
{
	snprintf(name, 48, "house%s", strrchr(dir, '-') + 1);
	for (char *s = name; *s != '\0'; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = *s - 'A' + 'a';
	assert_int_equal(schema_ask("CREATE SCHEMA %s", name), MR_OK);
}

static inline const char *
schema_url(const char *name, char *url, size_t size)
{
	snprintf(
	    url, size, "%s options='-c search_path=%s'", schema_server(), name);
	return url;
}

static inline FILE *
schema_key(const char *dir, const char *mode)
{
	char path[160];
	FILE *f;

	snprintf(path, sizeof(path), "%s/office.key", dir);
	f = fopen(path, mode);
	assert_non_null(f);
	return f;
}

/* An office was just made there. */
static inline void
schema_keep(const char *name, const struct mr_office_new *new,
    const struct mr_recovery_sheet *sheet)
{
	FILE *f;

	if (schema_kept.name[0] != '\0' ||
	    schema_ask("SELECT again.keep('%s')", name) != MR_OK)
		return;
	atexit(schema_forget);
	snprintf(schema_kept.name, sizeof(schema_kept.name), "%s", name);
	schema_kept.in_use = 1;
	schema_kept.now = new->now;
	schema_kept.sheet = *sheet;
	f = schema_key(new->dir, "r");
	schema_kept.len = fread(schema_kept.key, 1, sizeof(schema_kept.key), f);
	fclose(f);
}

/* 1: the office that is kept stands there again, as it was made. */
static inline int
schema_again(const struct mr_office_new *new, struct mr_recovery_sheet *sheet)
{
	FILE *f;

	if (schema_kept.name[0] == '\0' || schema_kept.in_use ||
	    schema_kept.now != new->now)
		return 0;
	if (schema_ask("SELECT again.restore('%s')", schema_kept.name) !=
	    MR_OK) {
		schema_drop(schema_kept.name);
		schema_kept.name[0] = '\0';
		return 0;
	}
	schema_kept.in_use = 1;
	*sheet = schema_kept.sheet;
	f = schema_key(new->dir, "w");
	assert_int_equal(fchmod(fileno(f), 0600), 0);
	assert_int_equal(
	    fwrite(schema_kept.key, 1, schema_kept.len, f), schema_kept.len);
	assert_int_equal(fclose(f), 0);
	return 1;
}

/* A house is gone. */
static inline void
schema_leave(const char *name)
{
	if (strcmp(name, schema_kept.name) == 0)
		schema_kept.in_use = 0;
	else
		schema_drop(name);
}

#endif
