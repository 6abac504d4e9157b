/*
 * Letters logged, scanned and listed, each beside the bare library doing the
 * same on a copy of the same office.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/letter.h"
#include "lib/lettercode.h"
#include "test/bench/bare.h"
#include "test/bench/measures.h"

#define GROUP 100 /* letters in a group */
#define LOOKS 500
#define TARGET 0.8
#define WARM 2 /* rounds that are not counted */

/* One kind of work: so many things a round, on the office that is given. */
struct work {
	void (*round)(struct bench_office *o, struct fill *fill, int n);
	int each, rounds;
};

static const struct mr_op *receive_op, *scan_op, *show_op, *list_op;

/* Far enough apart to be no bounce. */
static void
receive(struct bench_office *o, struct fill *fill)
{
	o->now += 4000000;
	bench_op(
	    o, receive_op, "id", fill_any(fill)->text, "sheets", "3", NULL);
}

static void
singly(struct bench_office *o, struct fill *fill, int n)
{
	while (n-- > 0)
		receive(o, fill);
}

static void
grouped(struct bench_office *o, struct fill *fill, int n)
{
	for (; n > 0; n -= GROUP) {
		bench_group_begin(o);
		singly(o, fill, GROUP);
		bench_group_commit(o);
	}
}

/* Any letter's code, without asking the database. */
static const char *
any_code(struct bench_office *o, struct fill *fill)
{
	struct mr_call *c = mr_call_start(o->mr, o->now, &o->error);
	static char code[32];
	int64_t id;

	/* No letter has an id whose code would spell something. */
	do {
		(void)fill_any(fill);
		id = 1 + (int64_t)(fill->seed >> 20) % fill->letters;
	} while (mr_lettercode_blocked(c->keys->code, id));
	snprintf(code, sizeof(code), "%s", mr_letter_code(c, id));
	mr_call_end(c);
	return code;
}

static void
scan_letters(struct bench_office *o, struct fill *fill, int n)
{
	while (n-- > 0)
		bench_op(o, scan_op, "code", any_code(o, fill), NULL);
}

static void
scan_ids(struct bench_office *o, struct fill *fill, int n)
{
	while (n-- > 0)
		bench_op(o, scan_op, "code", fill_any(fill)->text, NULL);
}

static void
show_letters(struct bench_office *o, struct fill *fill, int n)
{
	while (n-- > 0)
		bench_op(o, show_op, "letter", any_code(o, fill), NULL);
}

static void
list_letters(struct bench_office *o, struct fill *fill, int n)
{
	char pairing[24];

	while (n-- > 0) {
		snprintf(pairing, sizeof(pairing), "P%lld",
		    (long long)fill_any(fill)->pairing);
		bench_op(o, list_op, "pairing", pairing, "limit", "50", NULL);
	}
}

/* Write down what all rounds do, on a copy of its own. */
static struct tape *
record(const char *dir, const struct work *work, struct fill fill, int *marks)
{
	struct tape *tape = tape_new();
	static struct bench_office o;
	char copy[512];

	bench_path(copy, dir, "../record");
	bench_copy(dir, copy);
	bench_open(&o, copy);
	tape_on(tape, 1);
	marks[0] = 0;
	for (int i = 0; i < work->rounds + WARM; i++) {
		work->round(&o, &fill, work->each);
		marks[i + 1] = tape_at(tape);
	}
	tape_on(tape, 0);
	bench_close(&o);
	bench_remove(copy);
	return tape;
}

/* Ours and bare, round by round, on two copies; first the one, then the
 * other begins. */
static void
side_by_side(const char *dir, const struct work *work, struct fill *fill,
    struct bench_rounds *rounds)
{
	int marks[BENCH_ROUNDS + WARM + 1];
	struct tape *tape = record(dir, work, *fill, marks);
	static struct bench_office o;
	char ours[512], beside[512];
	struct bare *bare;

	bench_copy(dir, bench_path(ours, dir, "../ours"));
	bench_copy(dir, bench_path(beside, dir, "../bare"));
	bench_open(&o, ours);
	bare = bare_open(beside, tape);
	rounds->n = work->rounds;
	for (int i = 0; i < work->rounds + WARM; i++) {
		int at = i < WARM ? 0 : i - WARM;

		for (int turn = i; turn < i + 2; turn++) {
			double start = bench_now();

			if (turn % 2 == 0)
				work->round(&o, fill, work->each);
			else
				bare_run(bare, marks[i], marks[i + 1]);
			*(turn % 2 == 0 ? &rounds->ours[at]
					: &rounds->bare[at]) =
			    bench_now() - start;
		}
	}
	bare_close(bare);
	bench_close(&o);
	bare_same(ours, beside);
	bench_remove(ours);
	bench_remove(beside);
	tape_free(tape);
}

static void
find_operations(void)
{
	receive_op = mr_op_find("letter receive");
	scan_op = mr_op_find("scan");
	show_op = mr_op_find("letter show");
	list_op = mr_op_find("letter list");
	if (receive_op == NULL || scan_op == NULL || show_op == NULL ||
	    list_op == NULL)
		bench_stop("an operation is missing");
}

static double
measure(const char *dir, struct fill *fill, const char *name, const char *size,
    struct work work)
{
	struct bench_rounds rounds;
	static char names[16][64];
	static int n;

	if (!bench_wanted(name))
		return 0;
	bench_tell(name);
	side_by_side(dir, &work, fill, &rounds);
	snprintf(names[n % 16], sizeof(names[0]), "%s, %s letters", name, size);
	bench_ratio(names[n++ % 16], &rounds, work.each, TARGET);
	return bench_median(rounds.ours, rounds.n) / work.each;
}

struct cost
measure_letters(const char *dir, struct fill *fill, const char *size)
{
	static const struct {
		const char *name;
		struct work work;
	} looks[] = {{"scan of a letter", {scan_letters, LOOKS, 15}},
	    {"scan of a forwarding ID", {scan_ids, LOOKS, 15}},
	    {"letter show", {show_letters, LOOKS, 15}},
	    {"letter list of a pairing, 50", {list_letters, 50, 15}}};
	struct cost cost;

	find_operations();
	cost.single = measure(dir, fill, "log durably, one by one", size,
	    (struct work){singly, 100, 31});
	cost.group = measure(dir, fill, "log durably, in groups of 100", size,
	    (struct work){grouped, 500, 21});
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
		measure(dir, fill, looks[i].name, size, looks[i].work);
	return cost;
}
