/*
 * Codes by themselves, and opening a pairing in an office whose register holds
 * 300,000 IDs: the look at all of them and the durable commit.
 */
#include <stdio.h>

#include "lib/code.h"
#include "lib/fid.h"
#include "test/bench/measures.h"

#define IDS 300000
#define CODES 200000
#define OPENINGS 25
#define LIMIT_MS 50

void
measure_codes(void)
{
	static const char name[] = "forwarding IDs made, without a register";
	struct mr_symbols code;
	double start = bench_now();

	if (!bench_wanted(name))
		return;
	for (int i = 0; i < CODES; i++)
		if (mr_code_random(9, &code) != 0)
			bench_stop("no code was made");
	bench_limit(name, CODES / (bench_now() - start), "/s", 0);
}

static void
insert_pairing(struct mr_call *c, int64_t id)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO pairing (id, outside, inside, status, reason, "
	    "opened, version, event) "
	    "VALUES (:id, 1, 2, 4, 42, 0, 1, 1)");
	sql_int(st, ":id", id);
	if (sql_done(st) != MR_OK)
		bench_stop("%s", c->error->message);
}

static enum mr_status
try_id(struct mr_call *c, int64_t id, const struct mr_symbols *code)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO forwarding_id (id, code, pairing, writer, "
	    "status, reason, since, version, event) "
	    "VALUES (:id, :code, :pairing, :writer, 3, 3, 0, 1, 1)");
	sql_int(st, ":id", id);
	sql_int(st, ":code", mr_code_number(code));
	sql_int(st, ":pairing", (id + 1) / 2);
	sql_int(st, ":writer", 1 + id % 2);
	return sql_done(st);
}

/* Random codes meet each other now and then. */
static void
insert_id(struct mr_call *c, struct mr_register *reg, int64_t id)
{
	enum mr_status status = MR_UNIQUE;
	struct mr_symbols code;

	while (status == MR_UNIQUE) {
		if (mr_code_random(id < MR_FID_LONG_FROM ? 9 : 12, &code) != 0)
			bench_stop("no code was made");
		status = try_id(c, id, &code);
	}
	if (status != MR_OK || mr_register_add(c, reg, &code) != MR_OK)
		bench_stop("%s", c->error->message);
}

/* Rows of C1 and C2 without events: bulk that an opening has to find its way through. */
static void
fill_register(struct bench_office *o)
{
	struct mr_call *c = mr_call_start(o->mr, o->now, &o->error);
	struct mr_register *reg = NULL;
	enum mr_status status = mr_begin(c, 1);

	if (status == MR_OK)
		status = mr_register_load(c, &reg);
	for (int64_t id = 1; status == MR_OK && id <= IDS; id++) {
		if (id % 2 == 1)
			insert_pairing(c, (id + 1) / 2);
		insert_id(c, reg, id);
	}
	if (status == MR_OK)
		status = mr_register_save(c, reg);
	if (status != MR_OK || mr_end(c, status) != MR_OK)
		bench_stop("%s", o->error.message);
	mr_call_end(c);
}

void
measure_pairing(const char *dir)
{
	static struct bench_office o;
	double took[OPENINGS];
	char inside[24];
	static char name[64];

	snprintf(name, sizeof(name), "open a pairing, %dk IDs", IDS / 1000);
	if (!bench_wanted(name))
		return;
	bench_tell("opening pairings");
	bench_init(dir);
	bench_open(&o, dir);
	fill_people(&o, 2 * OPENINGS + 2);
	fill_register(&o);
	for (int i = 0; i < OPENINGS; i++) {
		snprintf(inside, sizeof(inside), "I-%05d", i + 1);
		took[i] = bench_now();
		bench_did(&o, "active", "pairing open", "outside", "O-00001",
		    "inside", inside, NULL);
		took[i] = bench_now() - took[i];
	}
	bench_close(&o);
	bench_remove(dir);
	bench_limit(name, bench_median(took, OPENINGS) * 1e3, "ms", LIMIT_MS);
}
