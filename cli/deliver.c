/*
 * Where a page goes: into the file that -o names, or straight to the queue of
 * a printer.  No file of ours lies on the way to a printer.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "lib/queue.h"

const char *
cli_printer(const struct cli *cli)
{
	const struct args *args = &cli->args;
	int place;

	if (args->printer != NULL || args->op == NULL || !args->op->document)
		return args->printer;
	place = args_param(args->op, "printer", strlen("printer"));
	return place >= 0 ? args->values[place] : NULL;
}

int
cli_printable(const struct mr_op *op)
{
	return op->document && strstr(op->name, "export") == NULL;
}

enum mr_status
cli_queue(struct cli *cli, const char *name)
{
	struct mr_error error = {0};
	enum mr_status status = mr_queue_ready(name, &error);

	if (status != MR_OK)
		return cli_fail(
		    cli, status, "%s; nothing was done", error.message);
	cli->queue = name;
	return MR_OK;
}

/* What was done stands, whatever became of its paper. */
static int
undelivered(struct cli *cli, const struct mr_error *why, const char *gone,
    const char *nothing)
{
	struct mr_error *error = &cli->paper.error;
	const struct mr_op *op = cli->args.op;
	int stands = op == NULL || op->writes || cli_command(op) != NULL;

	error->status = why->status;
	if (stands)
		snprintf(error->message, sizeof(error->message),
		    "%.300s; it is written down as printed, but %s: print it "
		    "again; a sheet or an envelope is then its next copy",
		    why->message, gone);
	else
		snprintf(error->message, sizeof(error->message), "%.300s%s",
		    why->message, nothing);
	return -1;
}

static int
to_queue(struct cli *cli, const char *name, const char *type, const void *bytes,
    size_t len)
{
	struct mr_error error = {
	    MR_USAGE, "this is no page to print: name a file with -o FILE"};
	char title[MR_QUEUE_TITLE];

	if (strcmp(type, "application/pdf") == 0) {
		mr_queue_title(name, title);
		error.status =
		    mr_queue_send(cli->queue, title, bytes, len, &error);
		cli->sent += error.status == MR_OK;
	}
	if (error.status == MR_OK)
		return 0;
	return undelivered(
	    cli, &error, "did not come out", "; nothing came out");
}

int
cli_document(void *to, const char *name, const char *type, const void *bytes,
    size_t len, int secret)
{
	struct cli *cli = to;
	struct mr_error why;

	if (cli->queue != NULL)
		return to_queue(cli, name, type, bytes, len);
	if (paper_document(&cli->paper, name, type, bytes, len, secret) == 0)
		return 0;
	why = cli->paper.error;
	return undelivered(cli, &why, "the file is not there", "");
}
