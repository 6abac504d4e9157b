/*
 * The schema's versions.  A new database runs schema.sql; an older one takes
 * the steps it lacks, one transaction each.
 */
#ifndef MR_MIGRATE_H
#define MR_MIGRATE_H

#include "lib/sql.h"

/* The number of the newest step; what a new database starts with. */
int64_t mr_schema_version(void);
/* From here on a schema's number is that of a copy which is not finished: this
 * and the number that the office will have (copy.h). */
#define MR_SCHEMA_COPYING 1000000
/* The text that makes an empty database an office's. */
const char *mr_schema_text(void);
/* Fill an empty database.  MR_REFUSED: it is not empty. */
enum mr_status mr_schema_create(struct sql *db, struct mr_error *error);
/* Take away what that made, where no file can be deleted instead. */
enum mr_status mr_schema_drop(struct sql *db, struct mr_error *error);
/*
 * Bring an older database here.  MR_NEWER: it is ahead of this program.
 * MR_DAMAGED: it has no version: not an office.  MR_REFUSED: it is a copy that
 * is not finished.
 */
enum mr_status mr_schema_upgrade(struct sql *db, struct mr_error *error);

#endif
