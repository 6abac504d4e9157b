/* Correspondents by their pen names. */
#ifndef MR_NAMED_H
#define MR_NAMED_H

#include "lib/person.h"

struct mr_named {
	const char *name;
};

/*
 * Everybody with that pen name, or with it as its first word, exact ones
 * first, at most 50; letter case and accents do not matter.  The record is
 * valid during `each`, whose failure ends it.
 */
enum mr_status mr_named(struct mr_call *c, const struct mr_named *in,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_correspondent *person),
    void *arg);

#endif
