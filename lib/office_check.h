/*
 * Does the database agree with itself?  Needs no vault and no key file.  What
 * the audit chain says about each row is `audit verify`'s to find.
 */
#ifndef MR_OFFICE_CHECK_H
#define MR_OFFICE_CHECK_H

#include "lib/call.h"

/*
 * What a check found: where ("letter 12") and what is wrong there; both NULL
 * for a check that found nothing.  Never a person's data.
 */
typedef void (*mr_office_say)(
    void *arg, const char *check, const char *where, const char *what);

/*
 * Look at the file's pages, references, the hash of each sealed record, the
 * register of codes, the counts of the days, the keys.  Each check tells `say`
 * at least once.
 */
enum mr_status mr_office_check(struct mr_call *c, mr_office_say say, void *arg);

#endif
