/* Making a site.  The first one comes to be with its office (office.h). */
#ifndef MR_SITE_ADD_H
#define MR_SITE_ADD_H

#include "lib/site.h"

/* How to make one. */
struct mr_site_add {
	const char *name, *street, *city, *state, *zip, *zone;
	const char *folder; /* for the other machine: not there yet, or empty;
			     * NULL: site-N in the office's own */
};

/* Can it stand in a return address?  MR_INVALID: the sentence says what
 * not. */
enum mr_status
mr_site_check(const struct mr_site_add *in, struct mr_error *error);

/* The row of c->site, with its event, the next one.  blind has MR_BLIND_BOX
 * bytes, recovery MR_RECOVERY_BOX. */
enum mr_status
mr_site_store(struct mr_call *c, const unsigned char recovery_public[32],
    const unsigned char *blind, const unsigned char *recovery);

/*
 * Make the site's keys and its boxes, before a transaction and with the vault
 * open; *made is in the arena and wiped with it.
 * MR_INVALID: a text that cannot be.  MR_REFUSED: something stands where the
 * folder shall be, or there are MR_SITES.  MR_LOCKED.
 */
struct mr_site_made;
enum mr_status mr_site_make(struct mr_call *c, const struct mr_site_add *in,
    struct mr_site_made **made);
/*
 * Its row, as the first event of its own chain, and a checkpoint there; then
 * an event of this site that says so; at last the folder (mode 0700) with
 * office.key (0600), and site.txt, which says what to do with it, and on a
 * server mailroom.conf with its address, where no password stands in that.  It
 * has its name when this is committed (due.h); after a failure there is none.
 * MR_REFUSED: somebody else took the number; again.  MR_IO, MR_FULL.
 */
enum mr_status
mr_site_insert(struct mr_call *c, const struct mr_site_made *made);

#endif
