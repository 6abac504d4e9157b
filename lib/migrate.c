/*
 * Migration steps, embedded from db/.  The runner, not the text, sets the
 * version, in the step's own transaction.
 */
#include "lib/migrate.h"

#include <stdio.h>
#include <string.h>

#include "lib/call.h"

extern const char embed_db_schema_sql[];
extern const char embed_db_migrate_0002_printing_sql[];
extern const char embed_db_migrate_0003_people_sql[];
extern const char embed_db_migrate_0004_sites_sql[];

/* The first released schema is 1; a step is what leads to its number. */
#define FIRST 1
static const struct step {
	int64_t to;
	const char *text;
} steps[] = {
    {FIRST, NULL}, /* what an office of the first release has */
    {2, embed_db_migrate_0002_printing_sql},
    {3, embed_db_migrate_0003_people_sql},
    {4, embed_db_migrate_0004_sites_sql},
};
#define NSTEPS (sizeof(steps) / sizeof(steps[0]))

int64_t
mr_schema_version(void)
{
	return steps[NSTEPS - 1].to;
}

const char *
mr_schema_text(void)
{
	return embed_db_schema_sql;
}

/*
 * The step from one number to another.  *found: the number that the database
 * had once we alone wrote in it.  Where that is not `from`, another program
 * was here first, and nothing is done.
 */
static enum mr_status
apply(struct sql *db, const char *text, int64_t from, int64_t to,
    int64_t *found, struct mr_error *error)
{
	enum mr_status status = sql_begin(db, 1);

	if (status == MR_OK)
		status = sql_version(db, found);
	if (status == MR_OK && *found != from) {
		sql_rollback(db);
		return MR_OK;
	}
	if (status == MR_OK)
		status = sql_script(db, text);
	if (status == MR_OK)
		status = sql_set_version(db, to);
	if (status == MR_OK)
		status = sql_commit(db);
	else if (sql_in_transaction(db))
		sql_rollback(db);
	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(db));
	return MR_OK;
}

static enum mr_status
there_is_one(struct mr_error *error)
{
	return mr_error(
	    error, MR_REFUSED, "there is an office in this database already");
}

enum mr_status
mr_schema_create(struct sql *db, struct mr_error *error)
{
	int64_t version = 0;
	int empty = 0;
	enum mr_status status = sql_version(db, &version);

	if (status == MR_OK && version == 0)
		status = sql_empty(db, &empty);
	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(db));
	if (version != 0)
		return there_is_one(error);
	if (!empty)
		return mr_error(error, MR_REFUSED,
		    "this database is not empty: an office needs one of its "
		    "own, or on a server a schema of its own");
	status = apply(
	    db, embed_db_schema_sql, 0, mr_schema_version(), &version, error);
	return status == MR_OK && version != 0 ? there_is_one(error) : status;
}

/* The newest table first: a table refers to older ones. */
static enum mr_status
drop_tables(struct sql *db, const char *text)
{
	static const char create[] = "CREATE TABLE ";
	const char *at = strstr(text, create);
	enum mr_status status;
	char drop[96];

	if (at == NULL)
		return MR_OK;
	at += sizeof(create) - 1;
	status = drop_tables(db, at);
	snprintf(
	    drop, sizeof(drop), "DROP TABLE %.*s", (int)strcspn(at, " ("), at);
	return status == MR_OK ? sql_script(db, drop) : status;
}

enum mr_status
mr_schema_drop(struct sql *db, struct mr_error *error)
{
	enum mr_status status;

	if (sql_in_transaction(db))
		sql_rollback(db);
	status = sql_begin(db, 1);
	if (status == MR_OK)
		status = drop_tables(db, embed_db_schema_sql);
	if (status == MR_OK)
		status = sql_set_version(db, 0);
	if (status == MR_OK)
		status = sql_commit(db);
	else if (sql_in_transaction(db))
		sql_rollback(db);
	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(db));
	return MR_OK;
}

/* Is that the number of an office that this program can open? */
static enum mr_status
is_ours(int64_t version, struct mr_error *error)
{
	if (version == 0)
		return mr_error(error, MR_DAMAGED,
		    "this database holds no office of Mailroom; make one with "
		    "'mailroom init', or name another with --office or --db");
	if (version >= MR_SCHEMA_COPYING)
		return mr_error(error, MR_REFUSED,
		    "this database holds a copy of an office that is not "
		    "finished; give the same 'mailroom office copy' again, "
		    "which goes on where it stopped");
	if (version > mr_schema_version())
		return mr_error(error, MR_NEWER,
		    "this office was made by a newer Mailroom (schema %lld, "
		    "this program knows %lld); install the newer program",
		    (long long)version, (long long)mr_schema_version());
	return MR_OK;
}

enum mr_status
mr_schema_upgrade(struct sql *db, struct mr_error *error)
{
	int64_t version = 0, found = 0;
	enum mr_status status = sql_version(db, &version);

	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(db));
	status = is_ours(version, error);
	for (size_t i = 0; i < NSTEPS && status == MR_OK; i++) {
		if (steps[i].to <= version)
			continue;
		status = apply(
		    db, steps[i].text, version, steps[i].to, &found, error);
		/* A step fits every office of the number before it. */
		if (status == MR_BUG)
			return mr_error(error, MR_DAMAGED,
			    "the tables of mailroom.db are not those of its "
			    "schema number %lld; restore the last backup",
			    (long long)version);
		if (status == MR_OK && found == version)
			version = steps[i].to;
		else if (status == MR_OK)
			status = is_ours(version = found, error);
	}
	return status;
}
