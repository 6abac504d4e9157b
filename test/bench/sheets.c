/* Cover sheets through the whole operation: gate, rows, events, drawing. */
#include <stdio.h>

#include "test/bench/measures.h"

#define SHEETS 400
#define ROUNDS 5

static void
receive_some(struct bench_office *o, struct fill *fill)
{
	bench_group_begin(o);
	for (int i = 0; i < SHEETS; i++) {
		o->now += 4000000;
		bench_did(o, "code", "letter receive", "id",
		    fill_any(fill)->text, "sheets", "3", NULL);
	}
	bench_group_commit(o);
}

void
measure_sheets(const char *dir, struct fill *fill)
{
	static struct bench_office o;
	double took[ROUNDS];
	char copy[512], want[32];

	if (!bench_wanted("cover sheets"))
		return;
	bench_tell("sheet print");
	bench_copy(dir, bench_path(copy, dir, "../sheets"));
	bench_open(&o, copy);
	snprintf(want, sizeof(want), "\"printed\":%d", SHEETS);
	for (int i = 0; i < ROUNDS; i++) {
		receive_some(&o, fill);
		took[i] = bench_now();
		bench_did(&o, want, "sheet print", "new", "yes", NULL);
		took[i] = bench_now() - took[i];
	}
	if (o.bytes < SHEETS * 1000)
		bench_stop("the sheets are no document");
	bench_close(&o);
	bench_remove(copy);
	bench_limit("cover sheets, the whole of sheet print",
	    SHEETS / bench_median(took, ROUNDS), "/s", 0);
}
