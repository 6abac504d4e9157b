/*
 * Sites: one office may have several mailrooms on one database.  Each has its
 * row, its own chain and its own sign key; people, pairings and settings are
 * shared.  docs/sites.md tells what is whose.
 */
#ifndef MR_SITE_H
#define MR_SITE_H

#include "lib/call.h"
#include "lib/chain.h"
#include "lib/value.h"

#define MR_SITES 64 /* so many numbers an id has room for */

/* A site's row as others see it.  Strings are in the arena. */
struct mr_site_row {
	int64_t id;
	const char *name, *street, *city, *state, *zip, *zone;
	unsigned char office[16], sign_public[32];
};
struct mr_sites {
	int n;
	struct mr_site_row at[MR_SITES]; /* by number */
};
/* All sites, in the arena.  MR_DAMAGED: more than there can be. */
enum mr_status mr_sites_load(struct mr_call *c, struct mr_sites **sites);
/* How many there are. */
enum mr_status mr_sites_count(struct mr_call *c, int64_t *count);
/* One of them; NULL: none has that number. */
const struct mr_site_row *
mr_sites_find(const struct mr_sites *sites, int64_t id);
/* Emit "site", the number; null in an office of one. */
struct mr_out;
enum mr_status mr_site_emit(struct mr_call *c, struct mr_out *out, int64_t id);
/* "site 2 (Hartford)", in the arena: for sentences. */
const char *mr_site_words(struct mr_call *c, int64_t id);

/*
 * Which site this handle works for: the one whose sign key office.key has.
 * Sets c->mr->site and loads it.  With keys NULL: the only one, or the one
 * that `named` (a number; NULL: none) says.
 * MR_REFUSED: the keys are of no site here.  MR_USAGE: several, none named.
 * MR_NOTFOUND: no such site.  MR_DAMAGED: no site at all.
 */
struct mr_keys;
enum mr_status mr_site_choose(
    struct mr_call *c, const struct mr_keys *keys, const char *named);

/*
 * Write down where the chains of the other sites stand, an event each about
 * this site: EVENT the newest of theirs, HEAD its hash.  Whoever cuts or
 * writes anew the chain of one site is told of by all others.
 */
#define MR_SITE_HEADS 483 /* number of the operation in those events */
enum mr_status mr_heads_log(struct mr_call *c);

/* For a while as another site, in what a box is about and in counters; *place
 * lives as long.  And back to the handle's own. */
void mr_site_as(struct mr_call *c, int64_t id, struct mr_site *place);
void mr_site_back(struct mr_call *c);

#endif
