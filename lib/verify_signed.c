/*
 * What is signed and what is on paper: checkpoints against the chain, three
 * words against the checkpoints; and the packed register against the rows
 * that it repeats.
 */
#include <sodium.h>
#include <string.h>

#include "lib/fid.h"
#include "lib/handle.h"
#include "lib/tongue.h"
#include "lib/verify.h"

static void
bad(struct mr_worker *w, int64_t id, const char *what)
{
	mr_find(&w->found, MR_AT_CHECKPOINT, 0, id, "%s", mr_say(what));
}

enum mr_status
mr_verify_hash(struct mr_call *c, int64_t id, unsigned char hash[MR_HASH])
{
	enum mr_status status;
	struct sql_stmt *st;
	const void *bytes;
	int found = 0;
	size_t len;

	st = sql_prepare(c,
	    "SELECT hash FROM event "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		bytes = sql_col_blob(st, 0, &len);
		found = len == MR_HASH;
		if (found)
			memcpy(hash, bytes, MR_HASH);
	}
	status = sql_done(st);
	return status == MR_OK && !found ? MR_NOTFOUND : status;
}

static int
signature_good(const struct mr_site_row *site, int64_t id, const void *hash,
    const void *signature, size_t len)
{
	unsigned char bytes[MR_CHECKPOINT_BYTES];

	if (len != crypto_sign_BYTES)
		return 0;
	mr_checkpoint_bytes(site->office, id, hash, bytes);
	return crypto_sign_verify_detached(
		   signature, bytes, sizeof(bytes), site->sign_public) == 0;
}

/* id, hash, signature */
static enum mr_status
check_one(struct mr_worker *w, struct sql_stmt *st)
{
	int64_t id = sql_col_int(st, 0);
	unsigned char chain[MR_HASH];
	const void *hash, *signature;
	const struct mr_link *link;
	size_t hash_len, len;
	enum mr_status status = mr_verify_hash(w->c, id, chain);

	if (status == MR_NOTFOUND) {
		bad(w, id,
		    "signs an event that is not there: the chain was "
		    "cut or put back");
		return MR_OK;
	}
	if (status != MR_OK)
		return status;
	link = mr_verify_link(w->v, id);
	if (link == NULL) {
		bad(w, id, "is of no site of this office");
		return MR_OK;
	}
	signature = sql_col_blob(st, 2, &len);
	hash = sql_col_blob(st, 1, &hash_len);
	if (hash_len != MR_HASH)
		bad(w, id, "has no hash");
	else if (!signature_good(link->site, id, hash, signature, len))
		bad(w, id, "does not carry this office's signature");
	else if (memcmp(hash, chain, MR_HASH) != 0)
		bad(w, id,
		    "signs another hash than the chain has: the chain "
		    "was written again");
	return MR_OK;
}

static void
compare_paper(struct mr_worker *w, int64_t event, int signed_there)
{
	int64_t at = (int64_t)atomic_load(&w->v->witness_at);
	struct mr_found *found = &w->found;

	if (at == 0)
		mr_find(found, MR_AT_WITNESS, 0, 0,
		    "stand at no event: the chain was changed or cut after "
		    "they were printed, or they are another office's");
	else if (event != 0 && event != mr_verify_seq(at))
		mr_find(found, MR_AT_WITNESS, 0, 0,
		    "stand at event %s, not at %lld", mr_verify_event(w->c, at),
		    (long long)event);
	else if (!signed_there)
		bad(w, at, "is missing, though its words are on paper");
}

enum mr_status
mr_verify_signed(struct mr_worker *w)
{
	struct mr_verify *v = w->v;
	int64_t at = (int64_t)atomic_load(&v->witness_at);
	enum mr_status status = MR_OK, done;
	struct sql_stmt *st;
	int signed_there = 0;

	st = sql_prepare(w->c,
	    SQL_SCAN "SELECT id, hash, signature FROM checkpoint "
		     "ORDER BY id");
	while (status == MR_OK && sql_row(st)) {
		v->checkpoints++;
		signed_there |= sql_col_int(st, 0) == at;
		status = check_one(w, st);
	}
	done = sql_done(st);
	if (status == MR_OK)
		status = done;
	if (status == MR_OK && v->has_witness)
		compare_paper(w, v->paper_event, signed_there);
	return status;
}

/* Codes in any order: their number, and a sum under a key of the moment. */
struct sum {
	unsigned char key[crypto_shorthash_KEYBYTES];
	uint64_t sum, count;
};

static void
add(struct sum *sum, uint64_t packed, int sign)
{
	unsigned char bytes[8], out[8];
	uint64_t value = 0;

	for (int i = 0; i < 8; i++, packed >>= 8)
		bytes[i] = packed & 0xff;
	crypto_shorthash(out, bytes, sizeof(bytes), sum->key);
	for (int i = 0; i < 8; i++)
		value = value << 8 | out[i];
	sum->sum += sign > 0 ? value : 0 - value;
	sum->count += sign > 0 ? 1 : (uint64_t)-1;
}

static enum mr_status
add_rows(struct mr_worker *w, struct sum *sum)
{
	struct mr_symbols code;
	struct sql_stmt *st;

	st = sql_prepare(w->c, SQL_SCAN "SELECT code, id FROM forwarding_id");
	while (sql_row(st)) {
		if (mr_code_from_number(sql_col_int(st, 0), &code) == 0)
			add(sum, mr_code_pack(&code), 1);
		else
			mr_find(&w->found, MR_AT_ROW, MR_FORWARDING_ID,
			    sql_col_int(st, 1), "holds what is no code");
	}
	return sql_done(st);
}

static enum mr_status
add_chunks(struct mr_worker *w, struct sum *sum)
{
	const unsigned char *codes;
	struct sql_stmt *st;
	int odd = 0;
	size_t len;

	st = sql_prepare(w->c, SQL_SCAN "SELECT count, codes FROM id_chunk");
	while (sql_row(st)) {
		codes = sql_col_blob(st, 1, &len);
		odd |= len % 8 != 0 || sql_col_int(st, 0) != (int64_t)(len / 8);
		for (size_t i = 0; i + 8 <= len; i += 8) {
			uint64_t packed = 0;

			for (int j = 7; j >= 0; j--)
				packed = packed << 8 | codes[i + (size_t)j];
			add(sum, packed, -1);
		}
	}
	if (odd)
		mr_find(&w->found, MR_AT_REGISTER, 0, 0,
		    "has a chunk of another length than it says");
	return sql_done(st);
}

enum mr_status
mr_verify_register(struct mr_worker *w)
{
	struct sum sum = {.sum = 0};
	enum mr_status status;

	randombytes_buf(sum.key, sizeof(sum.key));
	status = add_rows(w, &sum);
	if (status == MR_OK)
		status = add_chunks(w, &sum);
	if (status == MR_OK && (sum.sum != 0 || sum.count != 0))
		mr_find(&w->found, MR_AT_REGISTER, 0, 0,
		    "does not hold the codes that were issued: a code could "
		    "be issued twice");
	return status;
}
