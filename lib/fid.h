/*
 * Forwarding IDs: what a writer puts on the envelope instead of an address.
 * One active ID a direction of a pairing; a row stays for ever, so that no
 * code is issued twice.  Also reads what a volunteer typed against the
 * register.  Knows no person and no address.
 */
#ifndef MR_FID_H
#define MR_FID_H

#include <stdint.h>

#include "lib/call.h"
#include "lib/code.h"
#include "lib/value.h"

enum mr_fid_status {
	MR_FID_ACTIVE = 1,
	MR_FID_BLOCKED = 2, /* stopped by a person */
	MR_FID_RETIRED = 3, /* replaced, or its pairing ended */
};

/* Why blocked or retired: name, number in the row, word, used for. */
#define MR_FID_ROTATE 1
#define MR_FID_BLOCK 2
#define MR_FID_END 4
#define MR_FID_REASONS(X) \
	X(ROUTINE, 1, "routine", MR_FID_ROTATE) \
	X(COMPROMISED, 2, "compromised", MR_FID_ROTATE | MR_FID_BLOCK) \
	X(PAIRING_ENDED, 3, "pairing-ended", MR_FID_END) \
	X(MISUSED, 4, "misused", MR_FID_BLOCK) \
	X(SAFETY, 5, "safety", MR_FID_BLOCK) \
	X(STAFF_QUERY, 6, "staff-query", MR_FID_BLOCK)

enum mr_fid_reason {
	MR_FID_NO_REASON = 0,
#define X(name, number, word, use) MR_FID_##name = number,
	MR_FID_REASONS(X)
#undef X
};

/* Days that the old ID still routes after a routine rotation. */
#define MR_FID_ROUTES 90
/* From so many IDs in the register on, new ones have 12 symbols. */
#define MR_FID_LONG_FROM 20000

/* A row.  Days are days since 1970-01-01; route_until is the last one on
 * which a retired ID still routes, 0: none. */
struct mr_fid {
	int64_t id, code, pairing, writer;
	int status, reason, since, route_until;
	int64_t version, event;
};

/* By row id, by mr_code_number, or the active one by which this writer of
 * this pairing answers.  MR_NOTFOUND, without a sentence: there is none. */
enum mr_status mr_fid_load(struct mr_call *c, int64_t id, struct mr_fid *fid);
enum mr_status
mr_fid_by_code(struct mr_call *c, int64_t code, struct mr_fid *fid);
enum mr_status mr_fid_of(
    struct mr_call *c, int64_t pairing, int64_t writer, struct mr_fid *fid);

/* "K7M-4RP-TMK", in the arena; "" when memory is short. */
const char *mr_fid_show(struct mr_call *c, const struct mr_fid *fid);
/* The same from the row's code. */
const char *mr_fid_show_code(struct mr_call *c, int64_t code);

/* Does mail under this ID still go?  Active, or retired and its last day is
 * not over.  Says nothing about the pairing. */
int mr_fid_routes(const struct mr_call *c, const struct mr_fid *fid);

/* "active", "blocked", "retired"; "routine" ...; NULL: none such. */
const char *mr_fid_status_name(int status);
const char *mr_fid_reason_name(int reason);
/* A reason by its word, of those used for `use`.  MR_INVALID lists them. */
enum mr_status
mr_fid_reason_read(struct mr_call *c, const char *word, int use, int *reason);

/*
 * What typed text turned out to be.  The first three come with *fid.
 */
enum mr_fid_answer {
	MR_FID_IS_GOOD,    /* active */
	MR_FID_IS_OLD,     /* retired, still routed until fid->route_until */
	MR_FID_IS_STOPPED, /* retired or blocked: fid->status */
	MR_FID_IS_UNKNOWN, /* well-formed, never issued */
	MR_FID_IS_OTHER,   /* a code of another kind: code.kind */
	MR_FID_IS_BAD      /* malformed: code.answer */
};
/* "good", "old", "stopped", "unknown", "other-kind", "misread". */
const char *mr_fid_answer_name(enum mr_fid_answer answer);

struct mr_fid_reading {
	enum mr_fid_answer answer;
	struct mr_code_reading code;
	struct mr_symbols near; /* as far as it folds, the rest unreadable */
	/* Plain words for a volunteer; "" when it is good.  Names no person
	 * and offers no correction. */
	char sentence[MR_CODE_SENTENCE];
};

/*
 * Read what was typed or scanned against the register.  *fid is filled for
 * the first three answers only.  MR_OK for every answer; other statuses are
 * the database's.
 */
enum mr_status mr_fid_read(struct mr_call *c, const char *typed,
    struct mr_fid *fid, struct mr_fid_reading *reading);

/*
 * The ID that typed text names, of any status.  MR_INVALID: it is not
 * well-formed, or another kind of code.  MR_NOTFOUND: never issued.
 */
enum mr_status
mr_fid_find(struct mr_call *c, struct mr_typed typed, struct mr_fid *fid);

/* What the code may have been: in the register, and near. */
#define MR_FID_GUESSES 8
struct mr_fid_guess {
	struct mr_fid fid; /* of any status: look before offering */
	int changes;       /* symbols that differ from what was read */
	int routes;        /* mr_fid_routes */
	int live;          /* its pairing is live today */
	int fits;          /* the writer is on the side that was named */
	int direction;     /* 1 to inside, 2 to outside */
};

/*
 * Candidates for text that was misread (answer MR_FID_IS_BAD; none for all
 * others): one symbol wrong, missing or too many, two neighbours exchanged,
 * or two wrong that are both look-alikes.  Best first: those that fit `from`
 * (kind of the writer: 1 inside, 2 outside, 0 not known), then those that
 * still go, then fewest changes.  A person confirms; never take one as read.
 */
enum mr_status
mr_fid_guess(struct mr_call *c, const struct mr_fid_reading *reading, int from,
    struct mr_fid_guess guess[MR_FID_GUESSES], int *n);

/*
 * The register in memory: every code ever issued, packed, for comparing a
 * new one with all of them.  Loaded once a call, lives in its arena; a bulk
 * import keeps it through thousands of new IDs.
 */
struct mr_register;
enum mr_status mr_register_load(struct mr_call *c, struct mr_register **reg);
/* Make room for n more, so that issuing them takes nothing more from the
 * arena: for a loop that marks and releases. */
enum mr_status
mr_register_room(struct mr_call *c, struct mr_register *reg, size_t n);
/* How many codes it holds. */
int64_t mr_register_count(const struct mr_register *reg);
/* Write the chunks that new codes went into.  Whoever loaded the register
 * does this once, before the transaction ends. */
enum mr_status mr_register_save(struct mr_call *c, struct mr_register *reg);

/* Enter a code.  mr_fid_issue does it; else only what builds test data. */
enum mr_status mr_register_add(
    struct mr_call *c, struct mr_register *reg, const struct mr_symbols *code);
/* Is a code within 4 symbols of one of its length? */
int
mr_register_near(const struct mr_register *reg, const struct mr_symbols *code);

/*
 * Issue an ID to a writer of a pairing: random, fit to issue, over 4 symbols
 * from every other of its length; row, event, register.
 * MR_BUG: the random source gave nothing that fits in very many attempts.
 */
enum mr_status mr_fid_issue(struct mr_call *c, struct mr_register *reg,
    int64_t pairing, int64_t writer, int64_t *id);

/* Retire for a reason; routes on until that day (0: stops at once). */
enum mr_status mr_fid_retire(struct mr_call *c, const struct mr_fid *fid,
    enum mr_fid_reason reason, int route_until);

/* Stop an ID.  MR_REFUSED: it is stopped already. */
struct mr_fid_block {
	struct mr_typed code;
	const char *reason;
};
enum mr_status mr_fid_block(struct mr_call *c, const struct mr_fid_block *in);
/* Let a blocked one go again.  MR_REFUSED: it is not blocked, or a newer one
 * took its place. */
struct mr_fid_unblock {
	struct mr_typed code;
};
enum mr_status
mr_fid_unblock(struct mr_call *c, const struct mr_fid_unblock *in);

/* Every ID of a pairing, oldest first. */
enum mr_status mr_fid_list(struct mr_call *c, int64_t pairing,
    enum mr_status (*each)(
	struct mr_call *c, const struct mr_fid *fid, void *arg),
    void *arg);

#endif
