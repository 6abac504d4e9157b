/*
 * How long it takes to open a pairing in an office whose register holds
 * 300,000 IDs (target: under 50 ms, all of it and the durable commit), and to
 * import 10,000 pairings into an empty one.  Builds its own data.
 *	bench_pairing [IDS [PAIRINGS]]
 */
#include "test/house.h"

#include <time.h>

#include "lib/fid.h"

#define OPENINGS 25
#define TARGET_MS 50

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Rows of pairing and forwarding_id, two IDs a pairing, without events: bulk
 * that the measured operation has to find its way through. */
static void
add_pairing(struct mr_call *c, struct mr_register *reg, int64_t id)
{
	struct mr_symbols code;
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "INSERT INTO pairing (id, outside, inside, status, reason, "
	    "opened, version, event) "
	    "VALUES (:id, 1, 2, 4, 42, 0, 1, 1)");
	sql_int(st, ":id", id);
	assert_int_equal(sql_done(st), MR_OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(mr_code_random(id < 10000 ? 9 : 12, &code), 0);
		st = sql_prepare(c,
		    "INSERT INTO forwarding_id (id, code, pairing, writer, "
		    "status, reason, since, version, event) "
		    "VALUES (:id, :code, :pairing, :writer, 3, 3, 0, 1, 1)");
		sql_int(st, ":id", id * 2 + i);
		sql_int(st, ":code", mr_code_number(&code));
		sql_int(st, ":pairing", id);
		sql_int(st, ":writer", 1 + i);
		assert_int_equal(sql_done(st), MR_OK);
		assert_int_equal(mr_register_add(c, reg, &code), MR_OK);
	}
}

static void
fill(struct house *h, int64_t ids)
{
	struct mr_register *reg;
	struct mr_call *c;

	/* C1 and C2 own the bulk, C3 is who writes below. */
	house_person(h, MR_OUTSIDE, "O-0", 1);
	house_person(h, MR_INSIDE, "I-0", 1);
	house_person(h, MR_OUTSIDE, "O-1", OPENINGS);
	c = house_begin(h);
	assert_int_equal(mr_register_load(c, &reg), MR_OK);
	for (int64_t i = 1; i <= ids / 2; i++)
		add_pairing(c, reg, i);
	assert_int_equal(mr_register_save(c, reg), MR_OK);
	house_end(c);
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median, in milliseconds. */
static double
measure_opening(int64_t ids)
{
	double took[OPENINGS], start;
	struct house *h;
	void *state;
	char inside[32];

	house_setup(&state);
	h = state;
	fill(h, ids);
	for (int i = 0; i < OPENINGS; i++)
		house_person(h, MR_INSIDE, NULL, 1);
	for (int i = 0; i < OPENINGS; i++) {
		snprintf(inside, sizeof(inside), "C%d", i + 4);
		start = now_ms();
		did(h,
		    run(h, "pairing open", "outside", "C3", "inside", inside,
			NULL),
		    "active");
		took[i] = now_ms() - start;
	}
	qsort(took, OPENINGS, sizeof(took[0]), ascending);
	printf("open a pairing at %lld IDs: median %.1f ms, slowest %.1f ms\n",
	    (long long)ids, took[OPENINGS / 2], took[OPENINGS - 1]);
	house_teardown(&state);
	return took[OPENINGS / 2];
}

static char *
make_file(struct house *h, int n)
{
	char *csv = malloc((size_t)n * 40 + 64), ref[32], *at = csv;
	struct mr_call *c = house_begin(h);

	at += sprintf(at, "outside_ref,inside_ref,opened\n");
	for (int i = 0; i < n; i++) {
		snprintf(ref, sizeof(ref), "O-%d", i);
		house_add(c, MR_OUTSIDE, ref, 1);
		snprintf(ref, sizeof(ref), "I-%d", i);
		house_add(c, MR_INSIDE, ref, 1);
		at += sprintf(at, "O-%d,I-%d,2026-01-05\n", i, i);
	}
	house_end(c);
	return csv;
}

static void
measure_import(int n)
{
	char want[64], *csv;
	struct house *h;
	void *state;
	double start;

	house_setup(&state);
	h = state;
	h->csv = csv = make_file(h, n);
	snprintf(want, sizeof(want), "\"added\":%d,", n);
	start = now_ms();
	did(h, run(h, "pairing import", "file", "p.csv", NULL), want);
	printf("import %d pairings: %.2f s\n", n, (now_ms() - start) / 1e3);
	start = now_ms();
	did(h, run(h, "pairing import", "file", "p.csv", NULL), "\"added\":0,");
	printf("the same again: %.2f s\n", (now_ms() - start) / 1e3);
	start = now_ms();
	did(h,
	    run(h, "pairing rotate", "pairing", "P1", "reason", "routine",
		NULL),
	    "P1");
	printf("rotate one: %.1f ms\n", now_ms() - start);
	free(csv);
	house_teardown(&state);
}

int
main(int argc, char **argv)
{
	double opening = measure_opening(argc > 1 ? atoll(argv[1]) : 300000);

	measure_import(argc > 2 ? atoi(argv[2]) : 10000);
	return opening < TARGET_MS ? 0 : 1;
}
