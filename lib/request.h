/*
 * Request keys: the same key again gives the same answer and does nothing.
 * A key is remembered for 7 days, with the events that it made.
 */
#ifndef MR_REQUEST_H
#define MR_REQUEST_H

#include "lib/call.h"
#include "lib/op.h"

#define MR_REQUEST_KEY 16

/* The stored form of a key: of one user, for one operation. */
void mr_request_key(const struct mr_call *c, const char *text,
    unsigned char key[MR_REQUEST_KEY]);
/*
 * Was this key used?  *events are then its events.
 * MR_NOTFOUND: no.  MR_REFUSED: yes, for something else.
 */
enum mr_status
mr_request_find(struct mr_call *c, const unsigned char key[MR_REQUEST_KEY],
    const unsigned char input[16], struct mr_events *events);
/* Remember it, and forget those older than 7 days. */
enum mr_status
mr_request_keep(struct mr_call *c, const unsigned char key[MR_REQUEST_KEY],
    const unsigned char input[16], struct mr_events events);

#endif
