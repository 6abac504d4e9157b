/*
 * The walk over the chain: numbers, hashes, bytes and times of every event.
 * A piece of it starts from the stored hash before it, which the thread of
 * the piece before has proved.
 */
#include <string.h>

#include "lib/handle.h"
#include "lib/rows.h"
#include "lib/tongue.h"
#include "lib/verify.h"

#define PIECE 16384      /* events */
#define PIECES_MAX 65536 /* a wild number must not make endless work */

/* Where the walk stands: the entry before the next one. */
struct walk {
	struct mr_worker *w;
	const struct mr_link *link;
	int64_t expect; /* the id that comes next */
	unsigned char hash[MR_HASH];
	int64_t at;
	int known; /* 0: nothing is known of the entry before */
};

static void
bad(struct walk *walk, int64_t id, const char *what)
{
	mr_find(&walk->w->found, MR_AT_CHAIN, 0, id, "%s", mr_say(what));
}

static void
missing(struct walk *walk, int64_t from, int64_t to)
{
	if (from == to)
		bad(walk, from, "is missing");
	else
		mr_find(&walk->w->found, MR_AT_CHAIN, 0, from,
		    "is missing, and all up to %lld", mr_verify_seq(to));
}

/* An entry as it stands in the table. */
struct entry {
	int64_t id;
	struct sql_value body, digest, hash;
};

/* Digest of the body, or the one that stayed when it was dropped. */
static int
take_digest(
    struct walk *walk, const struct entry *e, unsigned char digest[MR_HASH])
{
	if (e->body.kind == SQL_BLOB) {
		mr_chain_digest(e->body.bytes, e->body.len, digest);
		if (e->digest.kind == SQL_BLOB)
			bad(walk, e->id,
			    "has a body and a dropped body's digest");
		return 1;
	}
	if (e->digest.kind == SQL_BLOB && e->digest.len == MR_HASH) {
		memcpy(digest, e->digest.bytes, MR_HASH);
		return 1;
	}
	bad(walk, e->id, "has lost its body");
	return 0;
}

/* Does the entry's hash follow from the one before?  Goes on from its own. */
static void
check_link(struct walk *walk, const struct entry *e)
{
	struct mr_verify *v = walk->w->v;
	unsigned char digest[MR_HASH], hash[MR_HASH];
	int told = take_digest(walk, e, digest);

	if (e->hash.kind != SQL_BLOB || e->hash.len != MR_HASH) {
		bad(walk, e->id, "has no hash");
		walk->known = 0;
		return;
	}
	if (told && walk->known) {
		mr_chain_link(walk->hash, mr_verify_seq(e->id), digest, hash);
		if (memcmp(hash, e->hash.bytes, MR_HASH) != 0)
			bad(walk, e->id,
			    "does not follow from the entry before it: it was "
			    "changed, put in, or moved");
	}
	memcpy(walk->hash, e->hash.bytes, MR_HASH);
	walk->known = 1;
	if (v->has_witness &&
	    memcmp(walk->hash, v->witness, sizeof(v->witness)) == 0)
		atomic_store(&v->witness_at, e->id);
}

/* What one site wrote down of another's chain: it must be there still. */
static void
check_head(struct walk *walk, const struct mr_event *e)
{
	int64_t other = mr_event_number(e, MR_F_EVENT, 0);
	long long site = (long long)(e->id >> MR_SITE_SHIFT);
	unsigned char hash[MR_HASH];
	struct mr_worker *w = walk->w;
	enum mr_status status = MR_OK;

	if (other != 0)
		status = mr_verify_hash(w->c, other, hash);
	if (status == MR_NOTFOUND)
		mr_find(&w->found, MR_AT_CHAIN, 0, other,
		    "is missing, and site %lld wrote it down: the chain was "
		    "cut or put back",
		    site);
	else if (status != MR_OK && w->status == MR_OK)
		w->status = status;
	if (other == 0 || status != MR_OK)
		return;
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].tag == MR_F_HEAD &&
		    (e->fields[i].len != MR_HASH ||
			memcmp(e->fields[i].bytes, hash, MR_HASH) != 0))
			mr_find(&w->found, MR_AT_CHAIN, 0, other,
			    "has another hash than site %lld wrote down: the "
			    "chain was written again",
			    site);
}

/* Retention names what it dropped; a checkpoint that was asked for is there. */
static void
check_special(struct walk *walk, const struct mr_event *e)
{
	struct mr_worker *w = walk->w;
	struct sql_stmt *st;
	int64_t id = 0;
	enum mr_status status;

	if (e->op == MR_AUDIT_DROP && w->ndrops < MR_DROPS) {
		int64_t from = mr_event_number(e, MR_F_FROM, 1);

		w->drops[w->ndrops].from =
		    walk->link->start + (from > 1 ? from : 1);
		w->drops[w->ndrops++].to =
		    walk->link->start + mr_event_number(e, MR_F_TO, 0);
	}
	check_head(walk, e);
	if (e->op != MR_AUDIT_CHECKPOINT)
		return;
	st = sql_prepare(w->c,
	    "SELECT id FROM checkpoint "
	    "WHERE id = :id");
	sql_int(st, ":id", e->id);
	status = sql_done_int(st, &id);
	if (status == MR_NOTFOUND)
		mr_find(&w->found, MR_AT_CHECKPOINT, 0, e->id,
		    "was asked for and is missing");
	else if (status != MR_OK && w->status == MR_OK)
		w->status = status;
}

static void
check_body(struct walk *walk, const struct entry *entry)
{
	struct mr_verify *v = walk->w->v;
	struct mr_event e;
	int64_t id = entry->id, bit;
	int same_site;

	if (entry->body.kind != SQL_BLOB) {
		mr_verify_set(v->dropped, mr_verify_bit(v, id));
		return;
	}
	if (mr_event_decode(&e, entry->body.bytes, entry->body.len) != 0 ||
	    mr_table(e.subject) == NULL) {
		bad(walk, id, "cannot be read");
		return;
	}
	if (e.id != id)
		bad(walk, id, "says that it is another one");
	if (e.at < walk->at)
		bad(walk, id, "is older than the entry before it");
	walk->at = e.at;
	bit = mr_verify_bit(v, e.before);
	same_site = e.before >> MR_SITE_SHIFT == id >> MR_SITE_SHIFT;
	/* Another site's may be newer by its number. */
	if (e.before != 0 && (bit < 0 || (e.before >= id && same_site)))
		bad(walk, id, "names an entry before it that cannot be");
	else if (e.before != 0)
		mr_verify_set(v->used, bit);
	check_special(walk, &e);
}

/* The entry before a piece: its hash and its time. */
static void
look_back(struct walk *walk, int64_t id)
{
	struct mr_worker *w = walk->w;
	const struct mr_site_row *site = walk->link->site;
	struct mr_event e;
	enum mr_status status;
	struct sql_stmt *st;
	const void *bytes;
	size_t len;

	if (id == walk->link->start) {
		mr_chain_start(site->office, site->id, walk->hash);
		walk->known = 1;
		return;
	}
	st = sql_prepare(w->c,
	    "SELECT body, hash FROM event "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		bytes = sql_col_blob(st, 0, &len);
		if (bytes != NULL && mr_event_decode(&e, bytes, len) == 0)
			walk->at = e.at;
		bytes = sql_col_blob(st, 1, &len);
		walk->known = bytes != NULL && len == MR_HASH;
		if (walk->known)
			memcpy(walk->hash, bytes, MR_HASH);
	}
	status = sql_done(st);
	if (w->status == MR_OK)
		w->status = status;
}

static void
walk_piece(
    struct mr_worker *w, const struct mr_link *link, int64_t low, int64_t high)
{
	struct walk walk = {.w = w, .link = link, .expect = low};
	enum mr_status status;
	struct sql_stmt *st;

	look_back(&walk, low - 1);
	st = sql_prepare(w->c,
	    "SELECT id, body, digest, hash FROM event "
	    "WHERE id >= :low AND id <= :high "
	    "ORDER BY id");
	sql_int(st, ":low", low);
	sql_int(st, ":high", high);
	while (sql_row(st)) {
		struct entry e = {.id = sql_col_int(st, 0)};

		sql_col(st, 1, &e.body);
		sql_col(st, 2, &e.digest);
		sql_col(st, 3, &e.hash);
		if (e.id != walk.expect) {
			missing(&walk, walk.expect, e.id - 1);
			walk.known = 0;
		}
		check_link(&walk, &e);
		check_body(&walk, &e);
		walk.expect = e.id + 1;
	}
	status = sql_done(st);
	if (w->status == MR_OK)
		w->status = status;
	if (w->status == MR_OK && walk.expect <= high)
		missing(&walk, walk.expect, high);
}

void
mr_verify_pieces(struct mr_verify *v)
{
	for (int i = 0; i < v->nchains; i++) {
		struct mr_link *link = &v->chain[i];
		int64_t n = link->head - link->start;

		link->piece = PIECE;
		if (n / PIECE >= PIECES_MAX)
			link->piece = n / PIECES_MAX + 1;
		link->pieces = (n + link->piece - 1) / link->piece;
	}
}

void
mr_verify_chain(struct mr_worker *w)
{
	struct mr_verify *v = w->v;

	while (w->status == MR_OK && !atomic_load(&v->stop)) {
		int64_t n = (int64_t)atomic_fetch_add(&v->next, 1), low, high;
		const struct mr_link *link = v->chain;

		for (; link < v->chain + v->nchains && n >= link->pieces;
		     link++)
			n -= link->pieces;
		if (link == v->chain + v->nchains)
			break;
		low = link->start + 1 + n * link->piece;
		high = low + link->piece - 1;
		if (high > link->head)
			high = link->head;
		walk_piece(w, link, low, high);
		mr_verify_tell(w, high - low + 1);
	}
}

/* Is there an entry between two chains? */
static enum mr_status
stray_between(struct mr_worker *w, int64_t after, int64_t upto)
{
	struct sql_stmt *st;
	enum mr_status status;
	int64_t id = 0;

	st = sql_prepare(w->c,
	    "SELECT id FROM event "
	    "WHERE id >= :after AND id <= :upto "
	    "ORDER BY id LIMIT 1");
	sql_int(st, ":after", after);
	sql_int(st, ":upto", upto);
	status = sql_done_int(st, &id);
	if (status == MR_OK)
		mr_find(&w->found, MR_AT_CHAIN, 0, id,
		    "has a number that is of no site's chain");
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* Entries outside of all sites' numbers are nobody's: nothing proves them. */
enum mr_status
mr_verify_strays(struct mr_worker *w)
{
	const struct mr_verify *v = w->v;
	enum mr_status status = MR_OK;
	int64_t after = INT64_MIN;

	for (int i = 0; i < v->nchains && status == MR_OK; i++) {
		status = stray_between(w, after, v->chain[i].start);
		after = v->chain[i].start + (INT64_C(1) << MR_SITE_SHIFT);
	}
	return status == MR_OK ? stray_between(w, after, INT64_MAX) : status;
}

/* What a retention named was dropped by it. */
void
mr_verify_cover(struct mr_verify *v, const struct mr_worker *w)
{
	for (int i = 0; i < w->ndrops; i++) {
		for (int64_t id = w->drops[i].from; id <= w->drops[i].to;
		     id++) {
			int64_t bit = mr_verify_bit(v, id);

			if (bit < 0)
				break;
			atomic_fetch_and(
			    &v->dropped[bit >> 6], ~(1ULL << (bit & 63)));
		}
	}
}

void
mr_verify_drops(struct mr_worker *w)
{
	struct mr_verify *v = w->v;

	for (uint64_t word = 0; word * 64 < v->nbits; word++) {
		unsigned long long bits = atomic_load(&v->dropped[word]);

		for (int i = 0; bits != 0; i++, bits >>= 1)
			if (bits & 1)
				mr_find(&w->found, MR_AT_CHAIN, 0,
				    mr_verify_id(v, (int64_t)word * 64 + i),
				    "has lost its body, and no retention "
				    "names it");
	}
}
