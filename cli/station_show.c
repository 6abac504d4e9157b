/*
 * Draws the station: on a terminal a screen at a time, elsewhere the words
 * alone, a verdict a paragraph.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/station.h"
#include "lib/text.h"

#define CLEAR "\033[H\033[2J"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"
/* Lines of a screen without words and list: head, band, field, blank ones. */
#define AROUND 10

/* Colours that carry black or white letters at arm's length. */
static const char *
colour_of(enum mr_verdict verdict)
{
	static const char *const codes[] = {
	    [MR_VERDICT_PLAIN] = "\033[1;7m",
	    [MR_VERDICT_GREEN] = "\033[1;30;42m",
	    [MR_VERDICT_RED] = "\033[1;37;41m",
	    [MR_VERDICT_YELLOW] = "\033[1;30;43m",
	    [MR_VERDICT_BLUE] = "\033[1;37;44m",
	};

	return codes[mr_verdict_colour(verdict)];
}

/* A different count per verdict, far enough apart to be counted. */
static void
ring(struct cli *cli, int times)
{
	struct timespec gap = {0, 140 * 1000000L};
	int i;

	for (i = 0; i < times; i++) {
		if (i > 0)
			nanosleep(&gap, NULL);
		cli_print(cli, "\a");
	}
}

/* "G O O D", a band as wide as the screen. */
static void
draw_band(struct cli *cli, enum mr_verdict verdict, int width)
{
	const char *big = mr_verdict_big(verdict), *at;
	int colour = cli_colour(), row, used;

	for (row = 0; row < 3; row++) {
		cli_print(cli, "%s", colour ? colour_of(verdict) : "");
		used = 0;
		if (row == 1) {
			cli_print(cli, "    ");
			used = 4;
			for (at = big; *at != '\0'; at++, used += 2)
				cli_print(cli, "%c ", *at);
		}
		cli_print(cli, "%*s%s\n", width > used ? width - used : 0, "",
		    colour ? PLAIN : "");
	}
}

/* Plain words, broken between words.  Returns how many lines. */
static int
draw_text(struct cli *cli, const char *text, int width, int indent)
{
	int at = 0, columns, lines = 1;
	size_t len;

	while (*text != '\0') {
		len = strcspn(text, " \n");
		columns = (int)mr_text_width(text, len);
		if (at > 0 && at + 1 + columns > width - indent) {
			cli_print(cli, "\n");
			at = 0;
			lines++;
		}
		cli_print(
		    cli, "%*s%.*s", at > 0 ? 1 : indent, "", (int)len, text);
		at += columns + (at > 0);
		text += len;
		text += strspn(text, " \n");
	}
	cli_print(cli, "\n");
	return lines;
}

/* A line as it is where it fits, else broken.  Returns how many lines. */
static int
draw_extra(struct cli *cli, const char *text, int width, int indent)
{
	if ((int)mr_text_width(text, strlen(text)) + indent > width)
		return draw_text(cli, text, width, indent);
	cli_print(cli, "%*s%s\n", indent, "", text);
	return 1;
}

/* The newest letters, as many as there is room for below the field: a screen
 * that scrolls would carry the field away. */
static void
draw_list(struct station *station, int room)
{
	const struct mr_bench *bench = &station->bench;
	struct cli *cli = station->cli;
	int i;

	if (room > 0 && bench->listed > 0)
		cli_print(cli, "\n\n");
	for (i = 0; i < bench->listed && i < room; i++) {
		const struct mr_bench_letter *l = &bench->list[i];

		cli_print(cli, "    %-6s %-10s %s%s%s\n", l->number, l->state,
		    l->from, l->to[0] != '\0' ? " to " : "", l->to);
	}
}

static void
draw_screen(struct station *station)
{
	const struct mr_bench_view *view = &station->bench.view;
	struct cli *cli = station->cli;
	int width = cli_width(), i, colour = cli_colour(), lines;

	cli_print(cli, CLEAR);
	cli_print(cli, " Station %c%*s\n%s\n",
	    cli->args.station != NULL ? cli->args.station[0] & ~0x20 : 'A',
	    width > 40 ? width - 12 : 20, "? keys   Q leave",
	    cli->practice ? " " CLI_PRACTICE : "");
	draw_band(cli, view->verdict, width);
	cli_print(cli, "\n%s", colour ? BOLD : "");
	lines = AROUND + draw_text(cli, view->plain, width, 4);
	cli_print(cli, "%s", colour ? PLAIN : "");
	for (i = 0; i < view->extras; i++)
		lines += draw_extra(cli, view->extra[i], width, 4);
	/* The field stands above the list, where the eye is. */
	cli_print(cli, "\n\033[s");
	draw_list(station, cli_rows() - lines);
	cli_print(cli, "\033[u");
	ring(cli, mr_verdict_bells(view->verdict));
}

void
station_show(struct station *station)
{
	const struct mr_bench_view *view = &station->bench.view;
	struct cli *cli = station->cli;
	int i;

	if (station->line.raw) {
		draw_screen(station);
		return;
	}
	cli_print(cli, "%s\n", mr_verdict_big(view->verdict));
	draw_text(cli, view->plain, 80, 0);
	for (i = 0; i < view->extras; i++)
		draw_extra(cli, view->extra[i], 80, 0);
}
