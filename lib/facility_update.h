/* Changing one facility by hand: its facts, its rules. */
#ifndef MR_FACILITY_UPDATE_H
#define MR_FACILITY_UPDATE_H

#include "lib/call.h"
#include "lib/value.h"

/* What is NULL or not given stays. */
struct mr_facility_update {
	const char *code, *name, *kind, *security;
	const char *street, *city, *state, *zip;
	struct mr_count population;
	const char *status, *source;
	struct mr_date checked;
};

/*
 * c->found points to the id of the facility.  Nothing happens when all is so
 * already.  MR_NOTFOUND: no such code.  MR_INVALID: names the field.
 */
enum mr_status
mr_facility_update(struct mr_call *c, const struct mr_facility_update *in);

/* A rule by its words. */
struct mr_facility_rule {
	const char *code, *rule, *value, *source;
	struct mr_date from;
};
struct mr_rule_set_to {
	int64_t facility;
	int rule, from_day;
	int64_t value;
	int look; /* nothing was to be set: rule, or 0 for all */
};

/*
 * Set a rule; without a value only look.  c->found points to a struct mr_rule_set_to.  MR_NOTFOUND: no such code.
 * MR_INVALID: no such rule or value; the sentence says which there are.
 * MR_REFUSED: as mr_rule_set.  MR_USAGE: a value without its source.
 */
enum mr_status
mr_facility_rule(struct mr_call *c, const struct mr_facility_rule *in);

#endif
