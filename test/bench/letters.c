/*
 * Letters logged, scanned and listed, each beside the bare library doing the
 * same on a copy of the same office; and logged in a large office beside a
 * small one.  Rounds are short and take turns, so that whatever else the
 * machine does meets both.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/letter.h"
#include "lib/lettercode.h"
#include "test/bench/bare.h"
#include "test/bench/measures.h"

#define GROUP 100 /* letters in a group */
#define LOOKS 100
#define MOST 200 /* things in a round */
#define TARGET 0.8
#define WARM 2 /* rounds that are not counted */

/* One kind of work: so many things a round, on the office that is given. */
struct work {
	void (*choose)(struct bench_office *o, struct fill *fill, int n);
	void (*round)(struct bench_office *o, int n);
	int each, rounds;
	double (*clock)(void);
};

/* What a round is about, chosen before the clock runs. */
static char words[MOST][32];

static const struct mr_op *receive_op, *scan_op, *show_op, *list_op;

static void
ids(struct bench_office *o, struct fill *fill, int n)
{
	(void)o;
	for (int i = 0; i < n; i++)
		snprintf(
		    words[i], sizeof(words[i]), "%s", fill_any(fill)->text);
}

static void
pairings(struct bench_office *o, struct fill *fill, int n)
{
	(void)o;
	for (int i = 0; i < n; i++)
		snprintf(words[i], sizeof(words[i]), "P%lld",
		    (long long)fill_any(fill)->pairing);
}

/* Letters by their codes; none has an id whose code would spell something. */
static void
codes(struct bench_office *o, struct fill *fill, int n)
{
	struct mr_call *c = mr_call_start(o->mr, o->now, &o->error);
	int64_t id;

	for (int i = 0; i < n; i++) {
		do {
			(void)fill_any(fill);
			id = 1 + (int64_t)(fill->seed >> 20) % fill->letters;
		} while (mr_lettercode_blocked(c->keys->code, id));
		snprintf(
		    words[i], sizeof(words[i]), "%s", mr_letter_code(c, id));
	}
	mr_call_end(c);
}

/* Far enough apart to be no bounce. */
static void
receive(struct bench_office *o, int from, int to)
{
	for (int i = from; i < to; i++) {
		o->now += 4000000;
		bench_op(o, receive_op, "id", words[i], "sheets", "3", NULL);
	}
}

static void
singly(struct bench_office *o, int n)
{
	receive(o, 0, n);
}

static void
grouped(struct bench_office *o, int n)
{
	for (int i = 0; i < n; i += GROUP) {
		bench_group_begin(o);
		receive(o, i, i + GROUP);
		bench_group_commit(o);
	}
}

static void
scan(struct bench_office *o, int n)
{
	for (int i = 0; i < n; i++)
		bench_op(o, scan_op, "code", words[i], NULL);
}

static void
show(struct bench_office *o, int n)
{
	for (int i = 0; i < n; i++)
		bench_op(o, show_op, "letter", words[i], NULL);
}

static void
list(struct bench_office *o, int n)
{
	for (int i = 0; i < n; i++)
		bench_op(o, list_op, "pairing", words[i], "limit", "50", NULL);
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
		work->choose(&o, &fill, work->each);
		work->round(&o, work->each);
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

		work->choose(&o, fill, work->each);
		for (int turn = i; turn < i + 2; turn++) {
			double start = work->clock();

			if (turn % 2 == 0)
				work->round(&o, work->each);
			else
				bare_run(bare, marks[i], marks[i + 1]);
			*(turn % 2 == 0 ? &rounds->ours[at]
					: &rounds->bare[at]) =
			    work->clock() - start;
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

static void
measure(const char *dir, struct fill *fill, const char *name, const char *size,
    struct work work)
{
	struct bench_rounds rounds;
	static char names[16][64];
	static int n;

	if (!bench_wanted(name))
		return;
	bench_tell(name);
	side_by_side(dir, &work, fill, &rounds);
	snprintf(names[n % 16], sizeof(names[0]), "%s, %s letters", name, size);
	bench_ratio(names[n++ % 16], &rounds, work.each, TARGET);
}

void
measure_letters(const char *dir, struct fill *fill, const char *size)
{
	static const struct {
		const char *name;
		struct work work;
	} all[] = {
	    {"log durably, one by one", {ids, singly, 50, 31, bench_now}},
	    {"log durably, in groups of 100",
		{ids, grouped, MOST, 31, bench_now}},
	    {"scan of a letter", {codes, scan, LOOKS, 31, bench_cpu}},
	    {"scan of a forwarding ID", {ids, scan, LOOKS, 31, bench_cpu}},
	    {"letter show", {codes, show, LOOKS, 31, bench_cpu}},
	    {"letter list of a pairing, 50",
		{pairings, list, 10, 31, bench_cpu}}};

	find_operations();
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		measure(dir, fill, all[i].name, size, all[i].work);
}

static void
grow(const char *small, const char *large, struct fill *fill, const char *name,
    struct work work)
{
	static struct bench_office few, many;
	struct bench_rounds rounds = {.n = work.rounds};
	char a[512], b[512];

	if (!bench_wanted(name))
		return;
	bench_tell(name);
	bench_copy(small, bench_path(a, small, "../few"));
	bench_copy(large, bench_path(b, large, "../many"));
	bench_open(&few, a);
	bench_open(&many, b);
	for (int i = -WARM; i < work.rounds; i++) {
		double *to[2] = {
		    &rounds.bare[i < 0 ? 0 : i], &rounds.ours[i < 0 ? 0 : i]};

		work.choose(&few, fill, work.each);
		for (int turn = i + WARM; turn < i + WARM + 2; turn++) {
			double start = bench_now();

			work.round(turn % 2 ? &many : &few, work.each);
			*to[turn % 2] = (bench_now() - start) / work.each;
		}
	}
	bench_close(&few);
	bench_close(&many);
	bench_remove(a);
	bench_remove(b);
	bench_growth(name, &rounds, 1.3);
}

void
measure_growth(const char *small, const char *large, struct fill *fill)
{
	find_operations();
	grow(small, large, fill, "a letter alone, large office by small",
	    (struct work){ids, singly, 50, 31, bench_now});
	grow(small, large, fill, "a letter in a group, large by small",
	    (struct work){ids, grouped, MOST, 31, bench_now});
}
