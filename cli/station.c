/*
 * `mailroom station`: the loop, and how it runs an operation.
 */
#include "cli/station.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What the functions of an ask get here. */
struct call {
	struct station *station;
	const struct mr_bench_word *words;
};

static const char *
get(void *arg, const char *name)
{
	const struct call *call = arg;

	return mr_bench_word(call->words, name);
}

/* A question needs the terminal as it was. */
static int
passphrase(void *arg, const char *which, char *buf, size_t size)
{
	struct call *call = arg;
	struct line_editor *line = &call->station->line, before = *line;
	int failed;

	line_close(line);
	failed = cli_passphrase(call->station->cli, which, buf, size);
	line_open(line, before.in, before.out);
	return failed;
}

/* For the bench: the error is the program's own as well. */
static enum mr_status
run_op(void *arg, const char *op, const struct mr_bench_word *words,
    struct mr_out *out, struct mr_error *error)
{
	struct station *station = arg;
	struct cli *cli = station->cli;
	struct call call = {station, words};
	const struct mr_op *row = mr_op_find(op);
	struct mr_ask ask = cli_ask(cli);
	enum mr_status status;

	cli->error = (struct mr_error){0};
	ask.arg = &call;
	ask.get = get;
	ask.file = NULL;
	ask.progress = NULL;
	ask.passphrase = passphrase;
	status = row == NULL
	    ? cli_fail(cli, MR_BUG, "this program has no operation '%s'", op)
	    : cli_do(cli, row, &ask, out);
	*error = cli->error;
	return status;
}

static int
document(void *arg, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	struct station *station = arg;

	return cli_document(station->cli, name, type, bytes, len, secret);
}

/* The file of a cover sheet in its folder. */
static enum mr_status
open_file(struct station *station, const struct mr_bench_letter *letter)
{
	struct cli *cli = station->cli;
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s-%s.pdf", station->sheets,
	    letter->number, letter->code);
	if (paper_open(&cli->paper, path, 0) == 0)
		return MR_OK;
	cli->error = cli->paper.error;
	return cli->error.status;
}

/* For the bench: to the printer, or into a file of the folder. */
static enum mr_status
print_op(void *arg, enum mr_bench_paper paper,
    const struct mr_bench_letter *letter, const char *op,
    const struct mr_bench_word *words, struct mr_out *out,
    struct mr_error *error)
{
	struct station *station = arg;
	struct cli *cli = station->cli;
	const char *queue = paper == MR_BENCH_SHEET ? station->sheet_queue
						    : station->front.envelopes;
	enum mr_status status;

	cli->paper.error = (struct mr_error){0};
	cli->error = (struct mr_error){0};
	if (queue != NULL)
		status = cli_queue(cli, queue);
	else
		status = open_file(station, letter);
	if (status == MR_OK)
		status = run_op(arg, op, words, out, error);
	cli->queue = NULL;
	if (cli->paper.error.status != MR_OK) {
		cli->error = cli->paper.error;
		status = cli->error.status;
	}
	if (queue == NULL)
		paper_close(&cli->paper);
	*error = cli->error;
	return status;
}

/* Before the first line: is there a folder for the sheets? */
static enum mr_status
check_folder(struct cli *cli, const char *folder)
{
	if (folder == NULL || access(folder, W_OK | X_OK) == 0)
		return MR_OK;
	return cli_fail(cli, MR_IO,
	    "%.300s: the cover sheets go there, and it is no folder that can "
	    "be written",
	    folder);
}

/* And do the printers work that were named? */
static enum mr_status
check_printers(struct station *station)
{
	struct cli *cli = station->cli;
	enum mr_status status = MR_OK;

	if (station->sheets != NULL && station->sheet_queue != NULL)
		return cli_fail(cli, MR_USAGE,
		    "the cover sheets go to a folder or to a printer: give "
		    "--sheets or --printer-sheets");
	if (station->sheet_queue != NULL)
		status = cli_queue(cli, station->sheet_queue);
	if (status == MR_OK && station->front.envelopes != NULL)
		status = cli_queue(cli, station->front.envelopes);
	cli->queue = NULL;
	return status;
}

static void
work(struct station *station)
{
	struct cli *cli = station->cli;
	struct mr_bench *bench = &station->bench;
	char line[LINE_SIZE];

	line_open(&station->line, STDIN_FILENO, STDOUT_FILENO);
	if (cli->practice && !station->line.raw)
		cli_print(cli, "%s\n", CLI_PRACTICE);
	station_show(station);
	while (!bench->view.leave && cli->sink.error == 0 &&
	    line_read(&station->line, "\r > ", line)) {
		mr_arena_reset(station->front.arena);
		mr_bench_do(bench, &station->front, line);
		if (!bench->view.leave)
			station_show(station);
	}
	/* The shell goes on below, not in the middle of the list. */
	if (station->line.raw)
		cli_print(cli, "\n\033[J");
	line_close(&station->line);
	cli->error = (struct mr_error){0};
}

enum mr_status
command_station(struct cli *cli)
{
	struct station station = {.cli = cli};
	struct mr_bench_front *front = &station.front;
	enum mr_status status;

	station.sheets = cli_get(cli, "sheets");
	station.sheet_queue = cli_get(cli, "printer_sheets");
	*front = (struct mr_bench_front){.arg = &station,
	    .sheets = station.sheets != NULL || station.sheet_queue != NULL,
	    .envelopes = cli_get(cli, "printer_envelopes"),
	    .document = document,
	    .run = run_op,
	    .print = print_op};
	status = check_folder(cli, station.sheets);
	if (status == MR_OK)
		status = check_printers(&station);
	if (status == MR_OK)
		status = cli_open(cli);
	if (status != MR_OK)
		return status;
	front->arena = mr_arena_new(0);
	if (front->arena == NULL)
		return cli_fail(cli, MR_NOMEM, "memory ran out");
	status = mr_bench_begin(&station.bench, front, &cli->error);
	if (status == MR_OK)
		work(&station);
	mr_arena_free(front->arena);
	return status;
}
