/*
 * Every row of every audited table against its last event.  A row proves its
 * event seen; an event that is nobody's last and was not seen has lost its
 * row.
 */
#include <sodium.h>
#include <string.h>

#include "lib/handle.h"
#include "lib/rows.h"
#include "lib/tongue.h"
#include "lib/verify.h"

#define PIECE 16384 /* ids of a table */
#define PIECES_MAX 4096
#define NEAR 8 /* so many steps cost no more than a search */

/* What a row shows. */
struct shown {
	int subject;
	int64_t id, event, version;
	unsigned char digest[MR_ROW_DIGEST];
};

static void
bad(struct mr_worker *w, const struct shown *row, const char *what)
{
	mr_find(
	    &w->found, MR_AT_ROW, row->subject, row->id, "%s", mr_say(what));
}

static void
stop(struct mr_worker *w, enum mr_status status)
{
	if (w->status == MR_OK)
		w->status = status;
}

/* The row's digest and version as the event tells them. */
static void
compare_fields(
    struct mr_worker *w, const struct shown *row, const struct mr_event *e)
{
	int same = 0;

	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].tag == MR_F_ROW &&
		    e->fields[i].len == MR_ROW_DIGEST)
			same = memcmp(e->fields[i].bytes, row->digest,
				   MR_ROW_DIGEST) == 0;
	if (mr_event_number(e, MR_F_VERSION, -1) != row->version)
		bad(w, row, "has another version than its last event");
	else if (!same)
		bad(w, row, "was changed without an event");
}

/*
 * The events that rows show, through one open statement: rows of one table
 * mostly show events in their own order, a few apart, and the next one is
 * nearer than a new search.
 */
struct cursor {
	struct sql_stmt *st; /* NULL: none open */
	int64_t at;          /* the event it stands on; INT64_MAX: the end */
};

static void
close_cursor(struct mr_worker *w, struct cursor *cur)
{
	if (cur->st != NULL)
		stop(w, sql_done(cur->st));
	cur->st = NULL;
}

static void
step(struct cursor *cur)
{
	cur->at = sql_row(cur->st) ? sql_col_int(cur->st, 0) : INT64_MAX;
}

/* Stand on that event: 1, or 0 when there is none. */
static int
seek(struct mr_worker *w, struct cursor *cur, int64_t id)
{
	if (cur->st == NULL || id < cur->at || id - cur->at > NEAR) {
		close_cursor(w, cur);
		cur->st = sql_prepare(w->c,
		    "SELECT id, body FROM event "
		    "WHERE id >= :id "
		    "ORDER BY id");
		sql_int(cur->st, ":id", id);
		step(cur);
	}
	while (cur->at < id)
		step(cur);
	return cur->at == id;
}

static void
compare_event(struct mr_worker *w, const struct shown *row, struct cursor *cur)
{
	struct mr_event e;
	size_t len;
	const void *body = sql_col_blob(cur->st, 1, &len);

	if (body == NULL) {
		bad(w, row, "cannot be compared: its last event was dropped");
		return;
	}
	if (mr_event_decode(&e, body, len) != 0)
		bad(w, row, "cannot be compared: its last event is damaged");
	else if (e.subject != row->subject || e.subject_id != row->id)
		bad(w, row, "shows an event that is about something else");
	else
		compare_fields(w, row, &e);
}

static void
compare(struct mr_worker *w, const struct shown *row, struct cursor *cur)
{
	struct mr_verify *v = w->v;
	int64_t bit = mr_verify_bit(v, row->event);

	if (mr_verify_link(v, row->event) == NULL ||
	    !seek(w, cur, row->event)) {
		bad(w, row, "shows an event that does not exist");
		return;
	}
	compare_event(w, row, cur);
	if (bit >= 0 && mr_verify_set(v->used, bit))
		bad(w, row,
		    "shows an event that is not its newest: it was "
		    "put back to an older state");
}

/* A sealed box and the hash that stands beside it. */
static void
compare_box(struct mr_worker *w, const struct shown *row, struct sql_stmt *st,
    int box_col)
{
	unsigned char hash[MR_HASH];
	const void *box, *stored;
	size_t len, hash_len;

	stored = sql_col_blob(st, box_col + 1, &hash_len);
	box = sql_col_blob(st, box_col, &len);
	mr_chain_digest(box, len, hash);
	if (hash_len != MR_HASH || memcmp(stored, hash, MR_HASH) != 0)
		bad(w, row,
		    "holds a sealed record that is not the one its "
		    "hash names");
}

/* A closed batch was signed. */
static void
compare_checkpoint(struct mr_worker *w, const struct shown *row, int64_t id)
{
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(w->c,
	    "SELECT id FROM checkpoint "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	status = sql_done_int(st, &id);
	if (status == MR_NOTFOUND)
		bad(w, row, "names a checkpoint that is missing");
	else
		stop(w, status);
}

static void
read_row(struct shown *row, struct sql_stmt *st)
{
	int last = sql_cols(st) - 1;

	row->id = sql_col_int(st, 0);
	row->version = sql_col_int(st, last - 1);
	row->event = sql_col_int(st, last);
	mr_row_digest(st, row->digest);
}

static void
walk_piece(struct mr_worker *w, int subject, int64_t low, int64_t high)
{
	struct sql_stmt *st = sql_prepare(w->c, mr_table(subject)->walk);
	struct shown row = {.subject = subject};
	struct cursor cur = {NULL, 0};

	sql_int(st, ":low", low);
	sql_int(st, ":high", high);
	while (w->status == MR_OK && sql_row(st)) {
		read_row(&row, st);
		/* Columns as rows.c lists them: new ones go behind. */
		if (subject == MR_ADDRESS)
			compare_box(w, &row, st, 5);
		else if (subject == MR_SEALED)
			compare_box(w, &row, st, 3);
		else if (subject == MR_BATCH && !sql_col_null(st, 4))
			compare_checkpoint(w, &row, sql_col_int(st, 4));
		compare(w, &row, &cur);
		w->rows++;
	}
	close_cursor(w, &cur);
	stop(w, sql_done(st));
}

/* How a site's part of a table is cut: once, so that all threads agree. */
static enum mr_status
cut_table(struct mr_worker *w, int subject, struct mr_link *link)
{
	struct sql_stmt *st = sql_prepare(w->c, mr_table(subject)->last);
	int64_t last = link->start;
	struct mr_cut *cut = &link->cut[subject];
	enum mr_status status;

	sql_int(st, ":start", link->start);
	sql_int(st, ":end", link->start + (INT64_C(1) << MR_SITE_SHIFT));
	status = sql_done_int(st, &last);
	cut->piece = PIECE;
	if ((last - link->start) / PIECE >= PIECES_MAX)
		cut->piece = (last - link->start) / PIECES_MAX + 1;
	cut->pieces = (last - link->start) / cut->piece + 1;
	return status == MR_NOTFOUND ? MR_OK : status;
}

enum mr_status
mr_verify_cut(struct mr_worker *w)
{
	struct mr_verify *v = w->v;
	enum mr_status status = MR_OK;

	v->total = 0;
	for (int i = 1; i < MR_NSUBJECTS; i++)
		for (int n = 0; n < v->nchains && status == MR_OK; n++) {
			status = cut_table(w, i, &v->chain[n]);
			v->total += v->chain[n].cut[i].pieces;
		}
	return status;
}

/* Piece n of a table's part; the outermost ones reach to the next site, and
 * to the ends of the numbers. */
static void
do_piece(struct mr_worker *w, int subject, int chain, int64_t n)
{
	const struct mr_link *link = &w->v->chain[chain];
	const struct mr_cut *cut = &link->cut[subject];
	int64_t low = link->start + n * cut->piece;
	int64_t high = low + cut->piece - 1;

	if (n == 0 && chain == 0)
		low = INT64_MIN;
	if (n == cut->pieces - 1)
		high =
		    chain + 1 < w->v->nchains ? link[1].start - 1 : INT64_MAX;
	walk_piece(w, subject, low, high);
}

void
mr_verify_rows(struct mr_worker *w)
{
	struct mr_verify *v = w->v;

	while (w->status == MR_OK && !atomic_load(&v->stop)) {
		int64_t n = (int64_t)atomic_fetch_add(&v->next, 1);
		int subject = 1, chain = 0;

		if (n >= v->total)
			break;
		while (n >= v->chain[chain].cut[subject].pieces) {
			n -= v->chain[chain].cut[subject].pieces;
			chain = (chain + 1) % v->nchains;
			subject += chain == 0;
		}
		do_piece(w, subject, chain, n);
		mr_verify_tell(w, 1);
	}
}

/* That event itself, or one before it as far as its number tells. */
static int
is_older(int64_t id, const struct mr_event *than)
{
	return id <= than->id &&
	    id >> MR_SITE_SHIFT == than->id >> MR_SITE_SHIFT;
}

/* From a row's event back to an older one: is one between whose body, which
 * told what was before it, has been dropped? */
static enum mr_status
dropped_between(
    struct mr_worker *w, int64_t from, const struct mr_event *to, int *dropped)
{
	struct mr_event e = {.before = from};
	enum mr_status status = MR_OK;

	*dropped = 0;
	while (status == MR_OK && e.before != 0 && !is_older(e.before, to) &&
	    !*dropped) {
		struct mr_mark mark = mr_mark(w->c->arena);
		int64_t id = e.before;

		status = mr_event_load(w->c, id, &e);
		*dropped = status == MR_OK && e.dropped;
		mr_release(w->c->arena, mark);
		if (status == MR_OK && e.at < to->at)
			break;
		e.before = mr_event_back(&e);
	}
	/* Told by the walk. */
	if (status == MR_NOTFOUND || status == MR_DAMAGED)
		return MR_OK;
	return status;
}

static enum mr_status
not_newest(
    struct mr_worker *w, const struct shown *row, const struct mr_event *e)
{
	enum mr_status status;
	int dropped;

	status = dropped_between(w, row->event, e, &dropped);
	if (status == MR_OK && !dropped)
		mr_find(&w->found, MR_AT_ROW, row->subject, row->id,
		    "does not show its newest event, %s",
		    mr_verify_event(w->c, e->id));
	return status;
}

/* An event that no row showed: its row is gone, or shows another one. */
static enum mr_status
look_for_row(struct mr_worker *w, int64_t id)
{
	struct shown row = {0};
	struct mr_event e;
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;

	status = mr_event_load(w->c, id, &e);
	/* Told by the walk: it cannot be read. */
	if (status == MR_DAMAGED || (status == MR_OK && e.dropped))
		return MR_OK;
	if (status != MR_OK || mr_table(e.subject) == NULL)
		return status;
	row.subject = e.subject;
	row.id = e.subject_id;
	st = sql_prepare(w->c, mr_table(e.subject)->one);
	sql_int(st, ":id", e.subject_id);
	if (sql_row(st)) {
		found = 1;
		read_row(&row, st);
	}
	status = sql_done(st);
	if (status != MR_OK)
		return status;
	if (!found)
		mr_find(&w->found, MR_AT_ROW, row.subject, row.id,
		    "is gone; event %s was its last",
		    mr_verify_event(w->c, id));
	else if (row.event != id)
		return not_newest(w, &row, &e);
	else
		/* It moved on while we looked; as we saw it at first: */
		compare_fields(w, &row, &e);
	return MR_OK;
}

/* The next event that is there, where some are missing. */
static enum mr_status
next_event(struct mr_worker *w, int64_t *id)
{
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(w->c,
	    "SELECT id FROM event "
	    "WHERE id >= :id "
	    "ORDER BY id LIMIT 1");
	sql_int(st, ":id", *id);
	status = sql_done_int(st, id);
	if (status == MR_NOTFOUND)
		*id = INT64_MAX;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
lost_of(struct mr_worker *w, const struct mr_link *link)
{
	struct mr_verify *v = w->v;
	enum mr_status status = MR_OK;
	int64_t id = link->start + 1;

	for (; id <= link->head && status == MR_OK; id++) {
		int64_t seq = mr_verify_bit(v, id);
		struct mr_mark mark = mr_mark(w->c->arena);

		if (seq < 0)
			break;
		if ((seq & 63) == 0 && id + 63 <= link->head &&
		    atomic_load(&v->used[seq >> 6]) == ~0ULL)
			id += 63;
		if (mr_verify_get(v->used, seq))
			continue;
		status = next_event(w, &id);
		if (status == MR_OK && id <= link->head &&
		    !mr_verify_get(v->used, mr_verify_bit(v, id)))
			status = look_for_row(w, id);
		mr_release(w->c->arena, mark);
	}
	return status;
}

enum mr_status
mr_verify_lost(struct mr_worker *w)
{
	enum mr_status status = MR_OK;

	for (int i = 0; i < w->v->nchains && status == MR_OK; i++)
		status = lost_of(w, &w->v->chain[i]);
	return status;
}
