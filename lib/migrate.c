/*
 * Migration steps, embedded from db/.  The runner, not the text, sets the
 * version, in the step's own transaction.
 */
#include "lib/migrate.h"

#include "lib/call.h"

extern const char embed_db_schema_sql[];
extern const char embed_db_migrate_0002_printing_sql[];
extern const char embed_db_migrate_0003_people_sql[];

/* The first released schema is 1; a step is what leads to its number. */
#define FIRST 1
static const struct step {
	int64_t to;
	const char *text;
} steps[] = {
    {FIRST, NULL}, /* what an office of the first release has */
    {2, embed_db_migrate_0002_printing_sql},
    {3, embed_db_migrate_0003_people_sql},
};
#define NSTEPS (sizeof(steps) / sizeof(steps[0]))

int64_t
mr_schema_version(void)
{
	return steps[NSTEPS - 1].to;
}

static enum mr_status
apply(struct sql *db, const char *text, int64_t version, struct mr_error *error)
{
	enum mr_status status = sql_begin(db, 1);

	if (status == MR_OK)
		status = sql_script(db, text);
	if (status == MR_OK)
		status = sql_set_version(db, version);
	if (status == MR_OK)
		status = sql_commit(db);
	else if (sql_in_transaction(db))
		sql_rollback(db);
	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(db));
	return MR_OK;
}

enum mr_status
mr_schema_create(struct sql *db, struct mr_error *error)
{
	int64_t version = 0;
	enum mr_status status = sql_version(db, &version);

	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(db));
	if (version != 0)
		return mr_error(error, MR_REFUSED,
		    "there is an office in this database already");
	return apply(db, embed_db_schema_sql, mr_schema_version(), error);
}

enum mr_status
mr_schema_upgrade(struct sql *db, struct mr_error *error)
{
	int64_t version = 0;
	enum mr_status status = sql_version(db, &version);

	if (status != MR_OK)
		return mr_error(error, status, "%s", sql_message(db));
	if (version == 0)
		return mr_error(error, MR_DAMAGED,
		    "mailroom.db is no office of Mailroom; make one with "
		    "'mailroom init', or name another folder with --office");
	if (version > mr_schema_version())
		return mr_error(error, MR_NEWER,
		    "this office was made by a newer Mailroom (schema %lld, "
		    "this program knows %lld); install the newer program",
		    (long long)version, (long long)mr_schema_version());
	for (size_t i = 0; i < NSTEPS; i++) {
		if (steps[i].to <= version)
			continue;
		status = apply(db, steps[i].text, steps[i].to, error);
		/* A step fits every office of the number before it. */
		if (status == MR_BUG)
			return mr_error(error, MR_DAMAGED,
			    "the tables of mailroom.db are not those of its "
			    "schema number %lld; restore the last backup",
			    (long long)version);
		if (status != MR_OK)
			return status;
	}
	return MR_OK;
}
