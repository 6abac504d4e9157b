/*
 * The register in memory and the making of new IDs.  Every code ever issued
 * stands in id_chunk a second time, packed, 512 to a row, so that a new one is
 * compared with all of them in the time of reading a few rows.
 */
#include "lib/fid.h"

#include <string.h>

#include "lib/chain.h"

#define CHUNK 512     /* codes in a row of id_chunk */
#define MARGIN 4      /* a new code is further than this from all others */
#define ATTEMPTS 2000 /* at 20,000 short ones about half are refused */

/* Packed codes of one length. */
struct pool {
	uint64_t *code;
	size_t n, room;
};

struct mr_register {
	struct pool brief, wide; /* 9 and 12 symbols */
	/* The newest chunk of this site, which new codes go into. */
	uint64_t open[CHUNK];
	size_t nopen;
	int64_t open_id;
	int dirty;
};

/* A code of 12 symbols never begins with 222 (three running are refused), so
 * that a packed one is above every packed one of 9. */
static int
is_wide(uint64_t packed)
{
	return packed >> 45 != 0;
}

/* Doubling: what is left behind in the arena is at most as much again. */
static enum mr_status
make_room(struct mr_call *c, struct pool *pool, size_t n)
{
	size_t room = pool->room * 2 > CHUNK ? pool->room * 2 : CHUNK;
	uint64_t *more;

	if (pool->room - pool->n >= n)
		return MR_OK;
	if (room < pool->n + n)
		room = pool->n + n;
	more = mr_alloc(c->arena, room * sizeof(*more));
	if (more == NULL)
		return mr_nomem(c);
	if (pool->n > 0)
		memcpy(more, pool->code, pool->n * sizeof(*more));
	pool->code = more;
	pool->room = room;
	return MR_OK;
}

enum mr_status
mr_register_room(struct mr_call *c, struct mr_register *reg, size_t n)
{
	enum mr_status status = make_room(c, &reg->brief, n);

	return status == MR_OK ? make_room(c, &reg->wide, n) : status;
}

static uint64_t
get64(const unsigned char *p)
{
	uint64_t x = 0;

	for (int i = 7; i >= 0; i--)
		x = x << 8 | p[i];
	return x;
}

static void
put64(unsigned char *p, uint64_t x)
{
	for (int i = 0; i < 8; i++, x >>= 8)
		p[i] = x & 0xff;
}

static enum mr_status
enter(struct mr_call *c, struct mr_register *reg, uint64_t packed)
{
	struct pool *pool = is_wide(packed) ? &reg->wide : &reg->brief;
	enum mr_status status = make_room(c, pool, 1);

	if (status == MR_OK)
		pool->code[pool->n++] = packed;
	return status;
}

static enum mr_status
read_chunk(struct mr_call *c, struct mr_register *reg, struct sql_stmt *st)
{
	int64_t id = sql_col_int(st, 0);
	int ours = id >> MR_SITE_SHIFT == c->site->id;
	enum mr_status status = MR_OK;
	const unsigned char *codes;
	size_t len;

	if (ours) {
		reg->open_id = id;
		reg->nopen = 0;
	}
	codes = sql_col_blob(st, 1, &len);
	for (size_t i = 0; i < len / 8 && i < CHUNK && status == MR_OK; i++) {
		uint64_t packed = get64(codes + i * 8);

		status = enter(c, reg, packed);
		if (ours)
			reg->open[reg->nopen++] = packed;
	}
	return status;
}

/* Take the memory at once that a large register is going to fill: touching
 * fresh pages is what costs most here. */
static enum mr_status
expect(struct mr_call *c, struct mr_register *reg)
{
	int64_t chunks = reg->open_id - (c->site->id << MR_SITE_SHIFT);

	if (chunks * CHUNK < MR_FID_LONG_FROM)
		return MR_OK;
	return make_room(c, &reg->wide, (size_t)chunks * CHUNK);
}

enum mr_status
mr_register_load(struct mr_call *c, struct mr_register **out)
{
	struct mr_register *reg = mr_alloc(c->arena, sizeof(*reg));
	enum mr_status status, done;
	struct sql_stmt *st;

	if (reg == NULL)
		return mr_nomem(c);
	status = mr_next_id(c, MR_NEWEST("id_chunk"), &reg->open_id);
	if (status == MR_OK)
		status = expect(c, reg);
	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    SQL_SCAN "SELECT id, codes FROM id_chunk "
		     "ORDER BY id");
	while (status == MR_OK && sql_row(st))
		status = read_chunk(c, reg, st);
	done = sql_done(st);
	if (status == MR_OK)
		status = done;
	if (status == MR_OK)
		*out = reg;
	return status;
}

int64_t
mr_register_count(const struct mr_register *reg)
{
	return (int64_t)(reg->brief.n + reg->wide.n);
}

enum mr_status
mr_register_save(struct mr_call *c, struct mr_register *reg)
{
	unsigned char codes[CHUNK * 8];
	struct sql_stmt *st;

	if (!reg->dirty)
		return MR_OK;
	for (size_t i = 0; i < reg->nopen; i++)
		put64(codes + i * 8, reg->open[i]);
	reg->dirty = 0;
	st = sql_prepare(c,
	    "INSERT INTO id_chunk (id, count, codes) "
	    "VALUES (:id, :count, :codes) "
	    "ON CONFLICT (id) DO UPDATE "
	    "SET count = excluded.count, codes = excluded.codes");
	sql_int(st, ":id", reg->open_id);
	sql_int(st, ":count", (int64_t)reg->nopen);
	sql_blob(st, ":codes", codes, reg->nopen * 8);
	return sql_done(st);
}

enum mr_status
mr_register_add(
    struct mr_call *c, struct mr_register *reg, const struct mr_symbols *code)
{
	uint64_t packed = mr_code_pack(code);
	enum mr_status status = MR_OK;

	if (reg->nopen == CHUNK) {
		status = mr_register_save(c, reg);
		reg->nopen = 0;
		reg->open_id++;
	}
	if (status == MR_OK)
		status = enter(c, reg, packed);
	if (status != MR_OK)
		return status;
	reg->open[reg->nopen++] = packed;
	reg->dirty = 1;
	return MR_OK;
}

int
mr_register_near(const struct mr_register *reg, const struct mr_symbols *code)
{
	uint64_t packed = mr_code_pack(code);
	const struct pool *pool = is_wide(packed) ? &reg->wide : &reg->brief;

	for (size_t i = 0; i < pool->n; i++)
		if (mr_code_distance(pool->code[i], packed) <= MARGIN)
			return 1;
	return 0;
}

/* A code that may be issued: fit by its looks and far from all others. */
static enum mr_status
choose(
    struct mr_call *c, const struct mr_register *reg, struct mr_symbols *code)
{
	int n = mr_register_count(reg) < MR_FID_LONG_FROM ? 9 : 12;

	for (int i = 0; i < ATTEMPTS; i++) {
		if (mr_code_random(n, code) != 0)
			break;
		if (!mr_register_near(reg, code))
			return MR_OK;
	}
	return mr_fail(c, MR_BUG,
	    "no forwarding ID could be made that is far enough from all "
	    "others");
}

static enum mr_status
insert(struct mr_call *c, const struct mr_fid *fid)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO forwarding_id (id, code, pairing, writer, status, "
	    "reason, since, route_until, version, event) "
	    "VALUES (:id, :code, :pairing, :writer, :status, "
	    "0, :since, NULL, 1, :event)");
	sql_int(st, ":id", fid->id);
	sql_int(st, ":code", fid->code);
	sql_int(st, ":pairing", fid->pairing);
	sql_int(st, ":writer", fid->writer);
	sql_int(st, ":status", fid->status);
	sql_int(st, ":since", fid->since);
	sql_int(st, ":event", mr_event_next(c));
	return sql_done(st);
}

enum mr_status
mr_fid_issue(struct mr_call *c, struct mr_register *reg, int64_t pairing,
    int64_t writer, int64_t *id)
{
	const struct mr_field fields[] = {
	    {MR_F_TO, MR_FID_ACTIVE, NULL, 0},
	    {MR_F_PAIRING, pairing, NULL, 0},
	    {MR_F_PERSON, writer, NULL, 0},
	    {MR_F_END, 0, NULL, 0},
	};
	struct mr_fid fid = {.pairing = pairing,
	    .writer = writer,
	    .status = MR_FID_ACTIVE,
	    .since = (int)c->today};
	struct mr_symbols code;
	enum mr_status status;

	status = mr_next_id(c, MR_NEWEST("forwarding_id"), &fid.id);
	if (status == MR_OK)
		status = choose(c, reg, &code);
	if (status != MR_OK)
		return status;
	fid.code = mr_code_number(&code);
	status = insert(c, &fid);
	if (status == MR_OK)
		status = mr_event(c, MR_FORWARDING_ID, fid.id, 0, fields);
	if (status == MR_OK)
		status = mr_register_add(c, reg, &code);
	if (status == MR_OK)
		*id = fid.id;
	return status;
}
