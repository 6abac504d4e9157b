/*
 * The sealed records of a person and the blind index over them.  Storing
 * needs no key; opening and indexing need the vault.
 */
#ifndef MR_SEALED_RECORD_H
#define MR_SEALED_RECORD_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/vault.h"

/* Kinds of record, each of two texts. */
#define MR_SEALED_IDENTITY 1 /* legal name, register number (12345-678) */
#define MR_SEALED_STORY 2    /* about, notes */
#define MR_SEALED_TEXTS 2

/* Kinds of blind tag. */
#define MR_BLIND_NAME 1
#define MR_BLIND_NUMBER 2

/*
 * Which box: the context's version is the row's, so an older box that is put
 * back does not open.
 */
struct mr_context mr_sealed_context(int64_t id, int kind, int64_t version);

/*
 * Store a record, new or in place of the one there.  An identity is indexed
 * at once where the vault is open, else by mr_blind_catch_up.
 */
enum mr_status mr_sealed_store(struct mr_call *c, int64_t person, int kind,
    const char *const texts[MR_SEALED_TEXTS]);

/* Open a record; both texts are "" where there is none.  MR_LOCKED,
 * MR_DAMAGED. */
enum mr_status mr_sealed_open(struct mr_call *c, int64_t person, int kind,
    const char *texts[MR_SEALED_TEXTS]);

/*
 * Who has exactly this name (MR_BLIND_NAME) or number (MR_BLIND_NUMBER): the
 * first `max` ids, lowest first, and how many.  MR_LOCKED.  MR_DAMAGED: the index
 * names somebody else.
 */
enum mr_status mr_blind_find(struct mr_call *c, int kind, const char *text,
    int64_t *ids, size_t max, size_t *n);

/* Index what was stored while the vault was closed.  MR_OK and nothing done
 * where it is closed now. */
enum mr_status mr_blind_catch_up(struct mr_call *c);

#endif
