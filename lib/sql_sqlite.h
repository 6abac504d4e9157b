/*
 * The SQLite driver from the inside: what its files share.  Nobody else
 * includes this, nor the library's header.
 */
#ifndef MR_SQL_SQLITE_H
#define MR_SQL_SQLITE_H

#include <sqlite3.h>

#include "lib/sql_driver.h"

struct lite_conn {
	sqlite3 *db;
	sqlite3_stmt *begin_read, *begin_write, *commit, *rollback;
	sqlite3_stmt *save[3]; /* by enum sql_save */
	enum mr_status last;
	int log; /* pages, after our last commit */
};

/* SQLite's code as a status of ours. */
enum mr_status lite_classify(int rc);
/* The same, kept for the sentence. */
enum mr_status lite_told(struct lite_conn *conn, int rc);
/* What a statement may do: nothing that a file brought in by someone else
 * could make us run. */
int lite_authorize(void *conn, int action, const char *a, const char *b,
    const char *c, const char *d);
/* Keeps conn->log. */
int lite_count_log(void *conn, sqlite3 *db, const char *name, int pages);

/* As sql_driver.h has them. */
enum mr_status lite_script(void *conn, const char *text);
enum mr_status lite_version(void *conn, int64_t *version);
enum mr_status lite_set_version(void *conn, int64_t version);
enum mr_status lite_empty(void *conn, int *empty);
enum mr_status
lite_quick_check(void *conn, void (*say)(void *, const char *), void *to);
enum mr_status lite_checkpoint(void *conn, int truncate);
int64_t lite_log_pages(void *conn);
enum mr_status lite_copy(void *conn, const char *path);
enum mr_status lite_fill(void *conn, const struct sql_table *table,
    int (*next)(void *arg, struct sql_value *values), void *arg);

#endif
