/*
 * All rows of both databases, each table as one hash over its values in the
 * order of its primary key.  The source is read on a thread of its own.
 */
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "lib/copy_work.h"
#include "lib/tongue.h"

#define BUFFER 32768
#define TELL 4096 /* rows */

/* Bytes on their way into a hash. */
struct hasher {
	crypto_generichash_state state;
	size_t len;
	unsigned char bytes[BUFFER];
};

/* One side at work. */
struct reading {
	struct copying *k;
	struct copy_side *side;
	const char *tongue;
	int speaks;
	enum mr_status status;
	int64_t rows;
	unsigned char hash[MR_COPY_TABLES][MR_COPY_HASH];
	struct hasher h;
};

static void
flush(struct hasher *h)
{
	crypto_generichash_update(&h->state, h->bytes, h->len);
	h->len = 0;
}

static void
put(struct hasher *h, const void *bytes, size_t len)
{
	if (len > BUFFER - h->len)
		flush(h);
	if (len > BUFFER) {
		crypto_generichash_update(&h->state, bytes, len);
	} else if (len > 0) {
		memcpy(h->bytes + h->len, bytes, len);
		h->len += len;
	}
}

/* Kind; a number as 8 bytes; else how many bytes, as 8, and they themselves. */
static void
put_value(struct hasher *h, const struct sql_value *v)
{
	uint64_t u = v->kind == SQL_INT ? (uint64_t)v->number : v->len;
	unsigned char head[9];

	head[0] = v->kind < 0 ? 0 : (unsigned char)(v->kind + 1);
	for (int i = 8; i > 0; i--, u >>= 8)
		head[i] = u & 0xff;
	put(h, head, v->kind < 0 ? 1 : sizeof(head));
	if (v->kind == SQL_TEXT || v->kind == SQL_BLOB)
		put(h, v->bytes, v->len);
}

static void
tell(struct reading *r)
{
	struct copying *k = r->k;

	if (r->speaks)
		mr_progress(r->side->c, "rows compared",
		    r->rows < k->total ? r->rows : k->total, k->total);
}

static enum mr_status
read_table(struct reading *r, int i)
{
	const struct copy_table *t = &r->k->table[i];
	struct sql_stmt *st = sql_prepare(r->side->c, t->walk);

	crypto_generichash_init(&r->h.state, NULL, 0, MR_COPY_HASH);
	while (sql_row(st)) {
		for (int col = 0; col < t->t.columns; col++) {
			struct sql_value value = {.kind = -1};

			sql_col(st, col, &value);
			put_value(&r->h, &value);
		}
		if (++r->rows % TELL == 0)
			tell(r);
	}
	flush(&r->h);
	crypto_generichash_final(&r->h.state, r->hash[i], MR_COPY_HASH);
	return sql_done(st);
}

static void *
read_all(void *arg)
{
	struct reading *r = arg;

	mr_tongue_set(r->tongue);
	for (int i = 0; i < r->k->tables && r->status == MR_OK; i++)
		r->status = read_table(r, i);
	tell(r);
	return NULL;
}

static enum mr_status
judge(struct copying *k, struct reading *from, struct reading *to)
{
	crypto_generichash_state all;
	enum mr_status status;

	status = mr_copy_told(k, from->side, from->status);
	if (status == MR_OK)
		status = mr_copy_told(k, to->side, to->status);
	if (status != MR_OK)
		return status;
	crypto_generichash_init(&all, NULL, 0, MR_COPY_HASH);
	for (int i = 0; i < k->tables; i++) {
		if (memcmp(from->hash[i], to->hash[i], MR_COPY_HASH) != 0)
			return mr_error(k->error, MR_DAMAGED,
			    "table %s of the new database is not as in the old "
			    "one; let nobody work with either, and copy again "
			    "into an empty database",
			    k->table[i].t.name);
		crypto_generichash_update(&all, to->hash[i], MR_COPY_HASH);
	}
	crypto_generichash_final(&all, k->out->hash, MR_COPY_HASH);
	k->out->rows = to->rows;
	return MR_OK;
}

enum mr_status
mr_copy_compare(struct copying *k)
{
	struct reading r[2] = {
	    {.k = k, .side = &k->from},
	    {.k = k, .side = &k->to, .speaks = 1},
	};
	pthread_t thread;
	int threaded;

	r[0].tongue = r[1].tongue = mr_tongue();
	threaded = pthread_create(&thread, NULL, read_all, &r[0]) == 0;
	if (!threaded)
		read_all(&r[0]);
	read_all(&r[1]);
	if (threaded)
		pthread_join(thread, NULL);
	return judge(k, &r[0], &r[1]);
}
