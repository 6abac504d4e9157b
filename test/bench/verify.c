/*
 * `audit verify` of the whole office beside plain BLAKE2b over the same bytes,
 * read from the same file in one thread: two hashes an event, and one a row of
 * the audited tables.  Beside the events alone too, which is less than what
 * verifying must read.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/rows.h"
#include "test/bench/bare.h"
#include "test/bench/measures.h"

#define ROUNDS 5
#define TARGET 0.8

static int64_t
hash_all(sqlite3 *db)
{
	unsigned char bytes[32 + 8 + 32] = {0}, hash[32];
	sqlite3_stmt *st = NULL;
	int64_t n = 0;

	if (sqlite3_prepare_v2(db, "SELECT body, hash FROM event ORDER BY id",
		-1, &st, NULL) != SQLITE_OK)
		bench_stop("bare SQLite: %s", sqlite3_errmsg(db));
	while (sqlite3_step(st) == SQLITE_ROW) {
		crypto_generichash(bytes + 40, 32, sqlite3_column_blob(st, 0),
		    (size_t)sqlite3_column_bytes(st, 0), NULL, 0);
		n++;
		for (int i = 0; i < 8; i++)
			bytes[39 - i] = (unsigned char)(n >> 8 * i & 0xff);
		crypto_generichash(hash, 32, bytes, sizeof(bytes), NULL, 0);
		if (n > 1 && memcmp(hash, sqlite3_column_blob(st, 1), 32) != 0)
			bench_stop(
			    "bare finds another chain at %lld", (long long)n);
		memcpy(bytes, sqlite3_column_blob(st, 1), 32);
	}
	sqlite3_finalize(st);
	return n;
}

/* One hash of a row, over its columns as they come. */
static void
hash_row(sqlite3_stmt *st)
{
	unsigned char bytes[4096], hash[16];
	size_t used = 0;

	for (int i = 0, n = sqlite3_column_count(st); i < n; i++) {
		sqlite3_int64 number = sqlite3_column_int64(st, i);
		const void *p = &number;
		size_t len = sizeof(number);

		if (sqlite3_column_type(st, i) != SQLITE_INTEGER) {
			p = sqlite3_column_blob(st, i);
			len = (size_t)sqlite3_column_bytes(st, i);
		}
		if (len > sizeof(bytes) - used)
			bench_stop("a row is longer than the bench thinks");
		if (len > 0)
			memcpy(bytes + used, p, len);
		used += len;
	}
	crypto_generichash(hash, sizeof(hash), bytes, used, NULL, 0);
}

/* Every row of every audited table. */
static void
hash_rows(sqlite3 *db)
{
	sqlite3_stmt *st;

	for (int subject = 1; subject < MR_NSUBJECTS; subject++) {
		if (sqlite3_prepare_v2(db, mr_table(subject)->walk, -1, &st,
			NULL) != SQLITE_OK)
			bench_stop("bare SQLite: %s", sqlite3_errmsg(db));
		sqlite3_bind_int64(st, 1, 0);
		sqlite3_bind_int64(st, 2, INT64_MAX);
		while (sqlite3_step(st) == SQLITE_ROW)
			hash_row(st);
		sqlite3_finalize(st);
	}
}

void
measure_verify(const char *dir, const char *size)
{
	static struct bench_office o;
	struct bench_rounds chain = {.n = ROUNDS}, all = {.n = ROUNDS};
	static char names[2][64];
	struct bare *bare;
	int64_t events = 0;
	double start;

	if (!bench_wanted("audit verify"))
		return;
	bare = bare_open(dir, NULL);
	bench_tell("audit verify");
	bench_open(&o, dir);
	for (int i = -1; i < ROUNDS; i++) {
		int at = i < 0 ? 0 : i;

		start = bench_now();
		bench_did(&o, "\"found\":0", "audit verify", NULL);
		chain.ours[at] = all.ours[at] = bench_now() - start;
		start = bench_now();
		events = hash_all(bare_db(bare));
		chain.bare[at] = bench_now() - start;
		hash_rows(bare_db(bare));
		all.bare[at] = bench_now() - start;
	}
	bench_close(&o);
	bare_close(bare);
	snprintf(names[0], sizeof(names[0]),
	    "audit verify by events and rows, %s", size);
	snprintf(names[1], sizeof(names[1]), "audit verify by events alone, %s",
	    size);
	bench_ratio(names[0], &all, (double)events, TARGET);
	bench_ratio(names[1], &chain, (double)events, 0);
}
