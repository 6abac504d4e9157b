/*
 * Reading and proving the chain: listing, checkpoints with their three words,
 * verification, export.
 */
#ifndef MR_AUDIT_H
#define MR_AUDIT_H

#include "lib/call.h"
#include "lib/chain.h"
#include "lib/out.h"
#include "lib/value.h"

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
enum mr_status mr_audit_list(
    struct mr_call *c, const struct mr_audit_range *range, struct mr_out *out);

/* Write an event that says so, and sign it.  MR_BUG: no keys. */
enum mr_status mr_audit_checkpoint(struct mr_call *c);
/* The witness of an event's position: site, event, three words. */
enum mr_status
mr_audit_emit_witness(struct mr_call *c, int64_t event, struct mr_out *out);
/* The three words of a hash, "XXX-XXX-XXX XXX-XXX-XXX XXX-XXX-XXX". */
const char *mr_audit_words(struct mr_call *c, const unsigned char hash[32]);

/* Operations that verifying knows: the checkpoint that was asked for, and the
 * retention that drops bodies (fields from, to: sequence numbers). */
#define MR_AUDIT_CHECKPOINT 401
#define MR_AUDIT_DROP 404

/* What to hold the chain against: three words from paper, and the number of
 * the event that the paper names.  NULL and 0: none. */
struct mr_audit_paper {
	const char *words;
	int64_t event;
};

/*
 * Walk the whole chain on all cores and compare every row with its last event,
 * every checkpoint with the chain and its signature; with words from paper,
 * also that they stand at a checkpoint.  Emits the map {events, rows,
 * checkpoints, witness, found, findings}: what was looked at, the event that
 * has the words, how many findings, and the first 50 as {where, what}.
 * MR_DAMAGED: something was found; the sentence names the first.
 * MR_INVALID: the words are misread, the sentence names which.
 */
enum mr_status mr_audit_verify(
    struct mr_call *c, const struct mr_audit_paper *paper, struct mr_out *out);

/* What an event or a row is about, as people know it: "C12", "P45", a letter
 * code, "setting 3".  Reads no row.  In the arena. */
const char *mr_audit_subject(struct mr_call *c, int subject, int64_t id);

/*
 * Part of the chain as one document: a row an event, with body, digest and
 * hash in hex.  from: number of the first event (1), last: how many at most
 * (200,000: a document is held in memory); format "csv" (with a header) or
 * "jsonl".  Emits {first, events, more}; more: the number to go on from, or
 * null.  MR_INVALID: no such format.  MR_NOTFOUND: no events there.
 */
struct mr_audit_export {
	struct mr_count from, last;
	const char *format;
};
enum mr_status mr_audit_export(
    struct mr_call *c, const struct mr_audit_export *in, struct mr_out *out);

#endif
