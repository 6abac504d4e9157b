/*
 * Verifying from the inside: what the walk over the chain, the comparison of
 * the rows and the look at what is signed share.  The public face is
 * mr_audit_verify of audit.h.
 */
#ifndef MR_VERIFY_H
#define MR_VERIFY_H

#include <stdatomic.h>
#include <stdint.h>

#include "lib/audit.h"
#include "lib/event.h"
#include "lib/site.h"

#define MR_FINDINGS 50 /* so many are told, all are counted */

/* What a finding is about, in the order of telling. */
enum mr_found_at {
	MR_AT_CHAIN, /* id: an event */
	MR_AT_ROW,   /* subject and id */
	MR_AT_CHECKPOINT,
	MR_AT_REGISTER,
	MR_AT_WITNESS
};

struct mr_finding {
	enum mr_found_at at;
	int subject;
	int64_t id;
	char what[200];
};

/* The first findings, sorted, and how many there were. */
struct mr_found {
	int64_t count;
	int kept;
	struct mr_finding first[MR_FINDINGS];
};

/* How a table's ids of one site are cut into pieces: how many, of how many
 * ids. */
struct mr_cut {
	int64_t pieces, piece;
};

/* The chain of a site.  Bit `first` + n is that of its event n. */
struct mr_link {
	const struct mr_site_row *site;
	int64_t start, head; /* ids: events are start + 1 to head */
	int64_t first;
	int64_t pieces, piece; /* as the walk takes it */
	struct mr_cut cut[MR_NSUBJECTS];
};

/*
 * What all threads see.  Only the bits and the counters change while they
 * run: `used` has a bit for every event that is not the last of its subject,
 * or whose row has been seen; `dropped` for those without a body.
 */
struct mr_verify {
	struct mr_call *c;
	struct mr_link *chain; /* of every site, by number */
	int nchains;
	int64_t events; /* in all of them */
	atomic_ullong *used, *dropped;
	uint64_t nbits;
	int has_witness;
	int64_t paper_event; /* that the paper names; 0: none */
	unsigned char witness[11];
	atomic_llong witness_at; /* the event that has the words; 0: none */
	atomic_llong next, done; /* the next piece of work; what was done */
	atomic_int stop;
	int64_t total;
	const char *doing;
	const char *tongue; /* of whoever asked, for the other threads */
	int64_t rows, checkpoints;
};

/* A range of dropped bodies, as retention named it: ids. */
struct mr_dropped {
	int64_t from, to;
};
#define MR_DROPS 256

/* One thread with a connection of its own; the first is the call itself. */
struct mr_worker {
	struct mr_verify *v;
	struct mr_call *c;
	struct mr *reader; /* NULL: the call's own */
	void (*work)(struct mr_worker *w);
	enum mr_status status;
	struct mr_error error;
	int64_t rows;
	struct mr_dropped drops[MR_DROPS];
	int ndrops;
	struct mr_found found;
};

/* printf into a finding.  Never a value of a row. */
void mr_find(struct mr_found *found, enum mr_found_at at, int subject,
    int64_t id, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* An event's number as people read it. */
long long mr_verify_seq(int64_t id);
/* The same with its site where that is another: "17", "17 of site 2". */
const char *mr_verify_event(struct mr_call *c, int64_t id);
/* The chain that an id is of; NULL: of no site's. */
const struct mr_link *mr_verify_link(const struct mr_verify *v, int64_t id);
/* The place of an event's bit, or -1: not one of the chain's. */
int64_t mr_verify_bit(const struct mr_verify *v, int64_t id);
/* The event of a bit. */
int64_t mr_verify_id(const struct mr_verify *v, int64_t bit);
/* The hash of an event in the chain.  MR_NOTFOUND: there is none. */
enum mr_status
mr_verify_hash(struct mr_call *c, int64_t id, unsigned char hash[MR_HASH]);
/* Set a bit; what it was. */
int mr_verify_set(atomic_ullong *bits, int64_t bit);
int mr_verify_get(atomic_ullong *bits, int64_t bit);

/* Tell that n more are done; only the call's own thread speaks. */
void mr_verify_tell(struct mr_worker *w, int64_t n);

/* How the walk cuts the chains. */
void mr_verify_pieces(struct mr_verify *v);
/* Work of a thread: pieces of the chains, pieces of the tables. */
void mr_verify_chain(struct mr_worker *w);
void mr_verify_rows(struct mr_worker *w);
/* Before the latter, on the call's thread: cut the tables, count the pieces
 * into v->total. */
enum mr_status mr_verify_cut(struct mr_worker *w);

/* On the call's thread, after the walk: bodies that no retention dropped,
 * once what each thread saw of retentions is taken out; entries of no site. */
void mr_verify_cover(struct mr_verify *v, const struct mr_worker *w);
void mr_verify_drops(struct mr_worker *w);
enum mr_status mr_verify_strays(struct mr_worker *w);

/* And after the rows: events that no row shows; checkpoints and words; the
 * register of forwarding IDs. */
enum mr_status mr_verify_lost(struct mr_worker *w);
enum mr_status mr_verify_signed(struct mr_worker *w);
enum mr_status mr_verify_register(struct mr_worker *w);

#endif
