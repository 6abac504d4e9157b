/*
 * Batches: what leaves the house together.  Sealing fills the open one, and
 * opens one when there is none; closing posts what it holds, signs the chain
 * and prints the manifest.
 */
#ifndef MR_BATCH_NOUN_H
#define MR_BATCH_NOUN_H

#include "lib/letter.h"

enum mr_batch_state { MR_BATCH_OPEN = 1, MR_BATCH_CLOSED = 2 };

struct mr_batch {
	int64_t id, day;
	int state;
	int64_t letters; /* posted with it; of an open one: 0 */
	int64_t checkpoint, version, event;
};

/* MR_NOTFOUND: no such batch. */
enum mr_status
mr_batch_load(struct mr_call *c, int64_t id, struct mr_batch *batch);
/* The open one.  MR_NOTFOUND, without a sentence: none is open. */
enum mr_status mr_batch_current(struct mr_call *c, struct mr_batch *batch);
/* Open one.  MR_REFUSED: one is open. */
enum mr_status mr_batch_new(struct mr_call *c, int64_t *id);
/* Each letter of a batch, in the order of their ids. */
enum mr_status
mr_batch_letters(struct mr_call *c, int64_t id, mr_letter_each each, void *arg);

/*
 * Hold the stubs that a hand counted against what is sealed into the open
 * batch.  MR_REFUSED: they differ, the sentence says by what.
 */
enum mr_status mr_batch_counted(struct mr_call *c, int64_t stubs);

/*
 * Post what the open batch holds: an event a letter, the batch's event last,
 * a checkpoint on it.  MR_REFUSED: no batch is open, or nothing is in it.
 */
enum mr_status mr_batch_close(struct mr_call *c);
/* The manifest of a closed batch, as PDF bytes in the arena. */
enum mr_status mr_batch_manifest(
    struct mr_call *c, int64_t id, const void **bytes, size_t *len);

#endif
