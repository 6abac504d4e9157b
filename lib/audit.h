/*
 * Reading and proving the chain: listing, checkpoints with their three words,
 * verification, export.
 */
#ifndef MR_AUDIT_H
#define MR_AUDIT_H

#include "lib/call.h"
#include "lib/chain.h"
#include "lib/out.h"

/* Which events to list. */
struct mr_audit_range {
	int64_t from, last, day;
	int has_from, has_day;
	const char *by; /* a user's name, or NULL: everybody */
};

/*
 * List events, oldest first.  MR_NOTFOUND: no such user.  MR_DAMAGED: an entry
 * cannot be read.
 */
enum mr_status mr_audit_list(struct mr_call *c,
    const struct mr_audit_range *range, struct mr_out *out);

/* Emit one event as a map. */
enum mr_status mr_audit_emit(struct mr_call *c, const struct mr_event *event,
    struct mr_out *out);

/* Write an event that says so, and sign it.  MR_BUG: no keys. */
enum mr_status mr_audit_checkpoint(struct mr_call *c);
/* The witness of an event's position: site, event, three words. */
enum mr_status mr_audit_emit_witness(struct mr_call *c, int64_t event,
    struct mr_out *out);
/* The three words of a hash, "XXX-XXX-XXX XXX-XXX-XXX XXX-XXX-XXX". */
const char *mr_audit_words(struct mr_call *c, const unsigned char hash[32]);

/*
 * Walk the whole chain on all cores and compare every row with its last event,
 * every checkpoint with the chain and its signature; with words from paper
 * (NULL: none), also that they stand at a checkpoint.  Each finding is emitted
 * as a map of the list; nothing found emits an empty list.
 * MR_DAMAGED: something was found; the sentence names the first.
 * MR_INVALID: the words are misread, the sentence names which.
 */
enum mr_status mr_audit_verify(struct mr_call *c, const char *words,
    struct mr_out *out);

#endif
