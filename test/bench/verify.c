/*
 * `audit verify` of the whole office beside plain BLAKE2b over the same bytes,
 * read from the same file: one statement, one thread, two hashes an event.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

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

void
measure_verify(const char *dir, const char *size)
{
	static struct bench_office o;
	struct bench_rounds rounds = {.n = ROUNDS};
	struct bare *bare;
	static char name[64];
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
		rounds.ours[at] = bench_now() - start;
		start = bench_now();
		events = hash_all(bare_db(bare));
		rounds.bare[at] = bench_now() - start;
	}
	bench_close(&o);
	bare_close(bare);
	snprintf(name, sizeof(name), "audit verify, events, %s letters", size);
	bench_ratio(name, &rounds, (double)events, TARGET);
}
