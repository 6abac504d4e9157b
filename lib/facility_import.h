/* Reading the list of facilities from a CSV file. */
#ifndef MR_FACILITY_IMPORT_H
#define MR_FACILITY_IMPORT_H

#include "lib/call.h"
#include "lib/value.h"

struct mr_facility_import {
	struct mr_file file;
	int dry_run;
	const char *source;     /* NULL: "imported list" */
	struct mr_date checked; /* not given: today, for what is new */
};

/*
 * Add and change facilities by their codes; what the file does not name stays
 * as it is.  Answer: mr_import_answer.  MR_INVALID: a fault in the file.
 */
enum mr_status
mr_facility_import(struct mr_call *c, const struct mr_facility_import *in);

#endif
