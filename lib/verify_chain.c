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

/* Retention names what it dropped; a checkpoint that was asked for is there. */
static void
check_special(struct walk *walk, const struct mr_event *e)
{
	struct mr_worker *w = walk->w;
	struct sql_stmt *st;
	int64_t id = 0;
	enum mr_status status;

	if (e->op == MR_AUDIT_DROP && w->ndrops < MR_DROPS) {
		w->drops[w->ndrops].from = mr_event_number(e, MR_F_FROM, 1);
		w->drops[w->ndrops++].to = mr_event_number(e, MR_F_TO, 0);
	}
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
	if (e.before != 0 && (bit < 0 || e.before >= id))
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
	const struct mr_site *site = w->v->c->site;
	struct mr_event e;
	enum mr_status status;
	struct sql_stmt *st;
	const void *bytes;
	size_t len;

	if (id == w->v->start) {
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
walk_piece(struct mr_worker *w, int64_t low, int64_t high)
{
	struct walk walk = {.w = w, .expect = low};
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
mr_verify_chain(struct mr_worker *w)
{
	struct mr_verify *v = w->v;
	int64_t n = v->head - v->start, piece = PIECE;

	if (n / piece >= PIECES_MAX)
		piece = n / PIECES_MAX + 1;
	while (w->status == MR_OK && !atomic_load(&v->stop)) {
		int64_t low = v->start + 1 +
		    (int64_t)atomic_fetch_add(&v->next, 1) * piece;
		int64_t high = low + piece - 1;

		if (low > v->head)
			break;
		if (high > v->head)
			high = v->head;
		walk_piece(w, low, high);
		mr_verify_tell(w, high - low + 1);
	}
}

/* Entries outside of this site's numbers are nobody's: nothing proves them. */
enum mr_status
mr_verify_strays(struct mr_worker *w)
{
	const struct mr_site *site = w->v->c->site;
	struct sql_stmt *st;
	enum mr_status status;
	int64_t id = 0;

	st = sql_prepare(w->c,
	    "SELECT id FROM event "
	    "WHERE id <= :start "
	    "ORDER BY id LIMIT 1");
	sql_int(st, ":start", w->v->start);
	status = sql_done_int(st, &id);
	if (status == MR_NOTFOUND) {
		st = sql_prepare(w->c,
		    "SELECT id FROM event "
		    "WHERE id >= :end "
		    "ORDER BY id LIMIT 1");
		sql_int(st, ":end", (site->id + 1) << MR_SITE_SHIFT);
		status = sql_done_int(st, &id);
	}
	if (status == MR_OK)
		mr_find(&w->found, MR_AT_CHAIN, 0, id,
		    "has a number that is not of this site's chain");
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* What a retention named was dropped by it. */
void
mr_verify_cover(struct mr_verify *v, const struct mr_worker *w)
{
	for (int i = 0; i < w->ndrops; i++) {
		int64_t seq = w->drops[i].from, to = w->drops[i].to;

		if (seq < 1)
			seq = 1;
		for (; seq <= to && (uint64_t)seq < v->nbits; seq++)
			atomic_fetch_and(
			    &v->dropped[seq >> 6], ~(1ULL << (seq & 63)));
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
				    v->start + (int64_t)word * 64 + i,
				    "has lost its body, and no retention "
				    "names it");
	}
}
