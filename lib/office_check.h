/*
 * Does the database agree with itself?  Needs no vault and no key file.  What
 * the audit chain says about each row is `audit verify`'s to find.
 */
#ifndef MR_OFFICE_CHECK_H
#define MR_OFFICE_CHECK_H

#include "lib/call.h"

/*
 * Look at the file's pages, references, the register of codes, the hash of
 * each sealed record, the counts of the days, the key file.  `say` is told of
 * each finding: where ("letter 12"), what.  Never a person's data.
 */
enum mr_status mr_office_check(struct mr_call *c,
    void (*say)(void *arg, const char *where, const char *what), void *arg);

#endif
