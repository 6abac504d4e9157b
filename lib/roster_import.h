/* Reading the roster of correspondents from a CSV file. */
#ifndef MR_ROSTER_IMPORT_H
#define MR_ROSTER_IMPORT_H

#include "lib/call.h"
#include "lib/value.h"

struct mr_roster_import {
	struct mr_file file;
	int dry_run;
	struct mr_date from; /* day that addresses count from; else today */
};

/*
 * Add and change correspondents by their ref; whom the file does not name
 * stays.  Needs the vault, to compare with what is sealed.  Answer:
 * mr_import_answer.  MR_INVALID: a fault in the file.
 */
enum mr_status
mr_roster_import(struct mr_call *c, const struct mr_roster_import *in);

#endif
