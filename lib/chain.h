/*
 * The audit chain (design 8): every change is an event of fixed bytes, each
 * hashed with the one before it, and every row agrees with its last event.
 * Exact format and vectors: docs/chain.md.
 */
#ifndef MR_CHAIN_H
#define MR_CHAIN_H

#include <stddef.h>
#include <stdint.h>

#include "lib/mailroom.h"

/*
 * What an event can be about; each is a table whose rows carry version and
 * event.  Numbers stand in events for ever.
 */
enum mr_subject {
	MR_SITE = 1,
	MR_SETTING = 2,
	MR_USER = 3,
	MR_FACILITY = 4,
	MR_RULE = 5,
	MR_CORRESPONDENT = 6,
	MR_ADDRESS = 7,
	MR_SEALED = 8,
	MR_PAIRING = 9,
	MR_FORWARDING_ID = 10,
	MR_LETTER = 11,
	MR_ENCLOSURE = 12,
	MR_BATCH = 13,
	MR_DAY = 14,
	MR_COUNTERSIGN = 15,
	MR_PRICE = 16,
	MR_POSTAGE = 17,
	MR_PRINTER = 18,
	MR_PAGE = 19,
	MR_BADGE = 20,
	MR_WRITING = 21,
	MR_PIN = 22,
	MR_INVITE = 23,
	MR_NSUBJECTS
};
const char *mr_subject_name(int subject);

/*
 * What an event tells beyond its subject: tag, key in `audit show`.  Numbers
 * stand in events for ever.  Never a person's data.
 */
#define MR_FIELDS(X) \
	X(ROW, 1, "row") /* 16 bytes: digest of the row after it */ \
	X(VERSION, 2, "version") \
	X(FROM, 3, "from") /* state or status before */ \
	X(TO, 4, "to")     /* and after */ \
	X(REASON, 5, "reason") \
	X(REASON_WAS, 6, "reason_was") \
	X(UNTIL_WAS, 7, "until_was") \
	X(HASH, 8, "hash") /* BLAKE2b-256 of a sealed record */ \
	X(PERSON, 9, "person") \
	X(PAIRING, 10, "pairing") \
	X(FORWARDING_ID, 11, "forwarding_id") \
	X(ADDRESS, 12, "address") \
	X(LETTER, 13, "letter") \
	X(BATCH, 14, "batch") \
	X(COPY, 15, "copy") \
	X(SHEETS, 16, "sheets") \
	X(COUNT, 17, "count") \
	X(CENTS, 18, "cents") \
	X(KIND, 19, "kind") \
	X(FACILITY, 20, "facility") \
	X(DAY, 21, "day") \
	X(VALUE, 22, "value") \
	X(ADDED, 23, "added") \
	X(CHANGED, 24, "changed") \
	X(SAME, 25, "unchanged") \
	X(USER, 26, "user") \
	X(ROLE, 27, "role") \
	X(TEXT, 28, "text") /* ours: a setting's value */ \
	X(HEAD, 29, "head") /* 32 bytes: a chain hash */ \
	X(MARKS, 30, "marks") \
	X(FORM, 31, "form") \
	X(STAMPS, 32, "stamps") \
	X(UNDOES, 33, "undoes")         /* the event that was reversed */ \
	X(SHEETS_WAS, 34, "sheets_was") /* plus one; 0: not counted */ \
	X(MARKS_WAS, 35, "marks_was") \
	X(BATCH_WAS, 36, "batch_was") \
	X(WAY, 37, "way") \
	X(WAY_WAS, 38, "way_was") \
	X(DIRECTION, 39, "direction") \
	X(NUMBER, 40, "number") /* day number: station << 16 | count */ \
	X(WHAT, 41, "what")     /* of a print: 1 sheet 2 envelope 3 label */ \
	X(UNTIL, 42, "until") \
	X(RULE, 43, "rule")   /* facility rule that decided */ \
	X(OTHER, 44, "other") /* another letter that was held up to it */ \
	X(NUMBER_WAS, 45, "number_was") \
	X(DAY_WAS, 46, "day_was") \
	X(PRICE, 47, "price") \
	X(WEIGHT, 48, "weight") /* tenths of a gram */ \
	X(PRINTER, 49, "printer") \
	X(PAGE, 50, "page")   /* printed before its letter came */ \
	X(ABOUT, 51, "about") /* the letter that an office letter speaks of */ \
	X(ENCLOSURE, 52, "enclosure") \
	X(PIECE, 53, \
	    "piece") /* of a print: label stock or envelope by name */ \
	X(SITE, 54, "site") \
	X(EVENT, 55, "event") /* of another site: id, its hash is in HEAD */

enum mr_tag {
#define X(name, number, key) MR_F_##name = number,
	MR_FIELDS(X)
#undef X
	    MR_F_END
};

/* A field: a number from 0 up, or bytes (at most 255) where bytes is set. */
struct mr_field {
	enum mr_tag tag;
	int64_t number;
	const void *bytes;
	size_t len;
};

/*
 * The id that the next event will have.  A noun writes it into the event
 * column of the row it changes, then calls mr_event.
 */
int64_t mr_event_next(const struct mr_call *c);

/*
 * Append the event for a row that was just inserted (before = 0) or changed
 * (before = the event it showed until now) and shows mr_event_next.  The row's
 * digest and the version are added.  Call with the fields as an array ending
 * in MR_F_END, or NULL.
 * MR_BUG: the row is not there or shows another event.
 */
enum mr_status mr_event(struct mr_call *c, enum mr_subject subject, int64_t id,
    int64_t before, const struct mr_field *fields);

/*
 * An event about a row that did not change (a look at it, a mismatch).  Moves
 * the row's event column itself.  MR_NOTFOUND: no such row.
 */
enum mr_status mr_event_note(struct mr_call *c, enum mr_subject subject,
    int64_t id, const struct mr_field *fields);

/*
 * Does the row still agree with the event that it shows?  Ask before the row
 * is changed, and before something sealed is read by it: otherwise the next
 * event would vouch for what somebody wrote into the file.  mr_event_note asks
 * by itself.
 * MR_DAMAGED: it was changed from outside.  MR_NOTFOUND: no such row.
 */
enum mr_status
mr_row_proved(struct mr_call *c, enum mr_subject subject, int64_t id);

/* An event, taken apart.  Bytes are in the call's arena. */
struct mr_event {
	int64_t id, at, user;
	int station, op, subject;
	int64_t subject_id, before; /* the subject's event before this one */
	unsigned char request[16];
	int has_request, nfields;
	struct mr_field fields[24];
	unsigned char hash[32];
	int dropped; /* body gone by retention: only id and hash are known */
};

/* Read one event.  MR_NOTFOUND: no such.  MR_DAMAGED: no event's bytes. */
enum mr_status
mr_event_load(struct mr_call *c, int64_t id, struct mr_event *event);
/* The event before it about the same subject; 0: none, or not known any
 * more.  Never one that cannot be, so that a walk back ends. */
int64_t mr_event_back(const struct mr_event *event);
/* A field's number, or otherwise. */
int64_t mr_event_number(
    const struct mr_event *event, enum mr_tag tag, int64_t otherwise);
/* A field's text, in the arena; NULL: it has none, or memory is short. */
const char *
mr_event_text(struct mr_call *c, const struct mr_event *event, enum mr_tag tag);

/*
 * The first event at or after a time (the end + 1 when there is none), by
 * halving: times never run backwards in a chain.
 */
enum mr_status mr_event_since(struct mr_call *c, int64_t at, int64_t *id);
/* The newest event's id and hash; 0 and the chain's start when empty. */
void
mr_event_head(const struct mr_call *c, int64_t *id, unsigned char hash[32]);

/*
 * A signed position: made at the head.  Nothing happens when the newest
 * checkpoint is already there.
 */
enum mr_status mr_checkpoint(struct mr_call *c, int64_t *id);
/* What its Ed25519 signature covers. */
#define MR_CHECKPOINT_BYTES (16 + 16 + 8 + 32)
void mr_checkpoint_bytes(const unsigned char office[16], int64_t id,
    const unsigned char hash[32], unsigned char bytes[MR_CHECKPOINT_BYTES]);

#endif
