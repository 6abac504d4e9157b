/*
 * A new vault pair: everything that the old one sealed is opened and sealed
 * again, in the call's transaction.
 */
#ifndef MR_REKEY_H
#define MR_REKEY_H

#include "lib/call.h"

/*
 * Replace the vault pair and the key of the blind index; seal every address
 * and record anew, and the grants of all who hold the key now; older grants
 * go.  An event each; the last one is the site's: VALUE is the new pair's
 * number, COUNT the records, CHANGED the grants.  The open vault of this
 * handle is then the old one and opens nothing more.
 * MR_LOCKED: the vault is closed.  MR_DAMAGED: a record that does not open,
 * named by its row; nothing is changed.
 */
enum mr_status mr_office_rekey(struct mr_call *c);

#endif
