/*
 * The bench in a terminal: the loop and the screen.  What a line does is in
 * lib/bench.h.
 */
#ifndef CLI_STATION_H
#define CLI_STATION_H

#include "cli/cli.h"
#include "cli/line.h"
#include "lib/bench.h"

struct station {
	struct cli *cli;
	struct line_editor line;
	struct mr_bench_front front;
	const char *sheets;      /* folder for cover sheets, or NULL */
	const char *sheet_queue; /* or the printer for them, or NULL */
	struct mr_bench bench;
};

/* Draw the view. */
void station_show(struct station *station);

#endif
