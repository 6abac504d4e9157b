/*
 * A folder that a write leaves behind: what is committed and what stands on
 * the disk come about together, or neither does.
 */
#ifndef MR_DUE_H
#define MR_DUE_H

#include "lib/handle.h"
#include "lib/newdir.h"

/*
 * Inside a write transaction: folder (mr_newdir_make) is whole, and takes the
 * name dir when this is committed.  MR_BUSY: another waits for that already;
 * MR_NOMEM.  Then the folder is still the caller's.
 */
enum mr_status
mr_due_put(struct mr_call *c, const char *folder, const char *dir);

/* The transaction is taken back: wipe and remove it.  Nothing is due: nothing. */
void mr_due_drop(struct mr *mr);

/*
 * The transaction came to that: MR_OK and MR_STOP, it was kept, and
 * MR_UNCERTAIN, nobody knows, so the only copy of a key stays; else the folder
 * goes.  Gives status back; MR_IO, MR_REFUSED: it was kept, and the sentence
 * tells where the folder stands.
 */
enum mr_status
mr_due_settle(struct mr *mr, enum mr_status status, struct mr_error *error);

#endif
