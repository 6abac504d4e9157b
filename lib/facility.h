/*
 * Facilities: where inside correspondents live.  Public facts, each with its
 * source and the day it was checked; what a facility asks of mail stands in
 * rule.h.  Records live in the call's arena.
 */
#ifndef MR_FACILITY_H
#define MR_FACILITY_H

#include <stdint.h>

#include "lib/call.h"

enum mr_facility_status {
	MR_FACILITY_TAKES_MAIL = 1,
	MR_FACILITY_CLOSED = 2,
	MR_FACILITY_NO_MAIL = 3 /* an office: nobody lives there to write to */
};
/* "takes mail", "closed", "no mail"; NULL: no such. */
const char *mr_facility_status_name(int status);
/* And back; 0: no such. */
int mr_facility_status_of(const char *name);

struct mr_facility {
	int64_t id;
	const char *code, *name, *kind, *security, *gender;
	int has_camp;
	const char *street, *city, *state, *zip;
	int64_t population; /* -1: not known */
	const char *source; /* where the facts are from */
	int checked;        /* day they were checked */
	int status;
	int64_t version, event;
};

/* MR_NOTFOUND: no such facility. */
enum mr_status
mr_facility_load(struct mr_call *c, int64_t id, struct mr_facility *facility);
/* By its code, whatever the letter case.  MR_NOTFOUND names the code. */
enum mr_status
mr_facility_by_code(struct mr_call *c, const char *code, int64_t *id);

/*
 * Insert where id is 0 (and set it), else update; version and event of
 * *facility follow.  A new one that takes mail gets the rules of its kind
 * (mr_rule_seed).
 */
enum mr_status
mr_facility_store(struct mr_call *c, struct mr_facility *facility);

/* Which ones to list; NULL or 0 means any. */
struct mr_facility_filter {
	const char *state; /* two letters */
	const char *kind;  /* the whole kind, letter case aside */
	const char *security;
	int status;
};

/* Each facility in the order of their codes.  The record is valid during the
 * call of `each`, whose failure ends the listing. */
enum mr_status
mr_facility_list(struct mr_call *c, const struct mr_facility_filter *filter,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_facility *facility),
    void *arg);

#endif
