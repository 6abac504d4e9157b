/*
 * What to do when the database server goes away under a unit of work: wait
 * until it, or the one that takes its place, is there, and do it again; but
 * never what it has kept.
 *
 *	struct mr_again again = {0};
 *
 *	do
 *		status = ...begin, work, end...;
 *	while (mr_again(mr, &again, status));
 */
#ifndef MR_AGAIN_H
#define MR_AGAIN_H

#include "lib/handle.h"

/* How long, where mr_options.patience_ms does not say. */
#define MR_PATIENCE_MS 30000

struct mr_again {
	int tries, busy;
};

/*
 * Shall it be done again?  1: the status is one that passes by itself when a
 * server is back, and this slept a little (longer each time, and not as long
 * as others that wait too).  0: it is none of these, or the handle has found
 * no server for as long as its patience lasts.  From then on there is no
 * waiting, until something was done again.  MR_UNCERTAIN is none of these: it
 * may be there already.
 */
int mr_again(struct mr *mr, struct mr_again *again, enum mr_status status);

/* The same for a handle's first connection: waits where its address names
 * several servers.  A single one that cannot be reached is more likely a
 * mistake in the address, and told at once. */
int mr_again_open(struct mr *mr, struct mr_again *again, enum mr_status status);

/*
 * The connection went while COMMIT was on its way: was it kept?  The chain
 * knows, since whatever changes something appends to it.  Waits for the server
 * and for the lock of whoever writes, and so for the end of that COMMIT.
 * MR_OK: it was, and its answers are true.  MR_LOST: it was not, or it had no
 * event, and can be done again.  MR_UNCERTAIN: there is no server to ask.
 */
enum mr_status mr_was_kept(struct mr_call *c);

#endif
