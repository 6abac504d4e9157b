/*
 * Runs one operation of the table and prints its answer.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/rounds.h"
#include "lib/when.h"

/* An answer goes where the row and -o say: a document into its file and the
 * rest to standard output; any other answer into the file itself. */
static int
write_answer(void *to, const void *bytes, size_t len)
{
	struct cli *cli = to;

	if (cli->paper.path != NULL && !cli->args.op->document)
		return paper_write(&cli->paper, bytes, len);
	return cli_write(&cli->sink, bytes, len);
}

const char *
cli_get(void *arg, const char *name)
{
	const struct args *args = ((struct cli *)arg)->values;
	int place = args_param(args->op, name, strlen(name));

	return place >= 0 ? args->values[place] : NULL;
}

/* By --office, $MAILROOM_OFFICE or the current folder.  NULL: none; the error
 * says what to do. */
static const char *
office_folder(struct cli *cli)
{
	const char *dir = cli->args.office;

	if (dir == NULL)
		dir = getenv("MAILROOM_OFFICE");
	if (dir != NULL && dir[0] != '\0')
		return dir;
	if (cli->args.db != NULL || access("mailroom.db", F_OK) == 0 ||
	    access("office.key", F_OK) == 0)
		return ".";
	cli_fail(cli, MR_USAGE,
	    "there is no office in this folder: go to it, or name it with "
	    "--office DIR or $MAILROOM_OFFICE; 'mailroom help init' tells how "
	    "to make one");
	return NULL;
}

enum mr_status
cli_clock(struct cli *cli)
{
	const char *wrong;
	int64_t us;

	if (cli->args.now == NULL)
		return MR_OK;
	wrong = mr_time_parse(cli->args.now, &us);
	if (wrong != NULL)
		return cli_fail(cli, MR_USAGE, "--now: %s", wrong);
	cli->ahead = us - mr_now();
	return MR_OK;
}

/* Real mail has one clock. */
static enum mr_status
check_clock(struct cli *cli)
{
	cli->practice = mr_is_practice(cli->mr);
	if (cli->args.now != NULL && !cli->practice)
		return cli_fail(cli, MR_REFUSED,
		    "--now sets the clock of an office to practise in, which "
		    "'mailroom init --practice' makes; this office does real "
		    "mail and goes by the clock");
	return cli_clock(cli);
}

/* The daemon that was named; NULL: none. */
static const char *
server(const struct cli *cli)
{
	const char *url = cli->args.server;

	if (url == NULL && cli->args.office == NULL && cli->args.db == NULL)
		url = getenv("MAILROOM_SERVER");
	return url != NULL && url[0] != '\0' ? url : NULL;
}

enum mr_status
cli_do(struct cli *cli, const struct mr_op *op, const struct mr_ask *ask,
    struct mr_out *out)
{
	enum mr_status status;

	if (cli->remote == NULL)
		return mr_op_run(cli->mr, op, ask, out, &cli->error);
	status =
	    remote_run(cli->remote, op, ask, cli->args.now, out, &cli->error);
	cli->practice = remote_practice(cli->remote);
	return status;
}

enum mr_status
cli_open(struct cli *cli)
{
	struct mr_options options = {.dir = NULL};
	enum mr_status status;

	if (cli->mr != NULL || cli->remote != NULL)
		return MR_OK;
	if (cli->args.server != NULL && cli->args.db != NULL)
		return cli_fail(cli, MR_USAGE,
		    "--server and --db: choose one of the two; a mailroomd "
		    "knows where its database is");
	if (server(cli) != NULL) {
		cli->remote =
		    remote_new(server(cli), cli->args.ca, &cli->error);
		return cli->remote != NULL ? MR_OK : cli->error.status;
	}
	options.dir = office_folder(cli);
	if (options.dir == NULL)
		return MR_USAGE;
	options.db = cli_database(cli, options.dir);
	options.no_keys = cli->args.op != NULL && cli->args.op->keyless;
	options.site = getenv("MAILROOM_SITE");
	status = mr_open(&options, &cli->mr, &cli->error);
	return status == MR_OK ? check_clock(cli) : status;
}

struct mr_ask
cli_ask(struct cli *cli)
{
	const char *station = cli->args.station;
	struct mr_ask ask = {
	    .user = cli->args.user,
	    .request = cli->args.request,
	    .now = cli->args.now != NULL ? mr_now() + cli->ahead : 0,
	    .arg = cli,
	    .get = cli_get,
	    .file = cli_file,
	    .passphrase = cli_passphrase,
	    .progress = cli_progress,
	};

	if (ask.user == NULL)
		ask.user = getenv("MAILROOM_USER");
	if (ask.user != NULL && ask.user[0] == '\0')
		ask.user = NULL;
	ask.printer = cli->queue != NULL ? cli->queue : cli_printer(cli);
	ask.queue = cli->queue != NULL;
	if (station != NULL)
		ask.station = station[0] & ~0x20; /* upper case */
	return ask;
}

static struct mr_out *
printer(struct cli *cli, struct mr_arena *arena)
{
	struct mr_look look = {.width = cli_width(), .colour = cli_colour()};

	if (cli->sink.fd != STDOUT_FILENO ||
	    (cli->paper.path != NULL && !cli->args.op->document))
		look = (struct mr_look){.width = 80};
	if (cli->args.json)
		return mr_out_json(arena, write_answer, cli, cli_document);
	if (cli->args.csv)
		return mr_out_csv(arena, write_answer, cli, cli_document);
	return mr_out_pick(arena,
	    mr_out_table(arena, write_answer, cli, cli_document, look),
	    cli->args.op->table, cli->args.op->spare);
}

/* Before anything runs: is there a place for what will come out? */
static enum mr_status
prepare(struct cli *cli)
{
	const struct mr_op *op = cli->args.op;
	const char *path = cli->args.out, *printer = cli_printer(cli);

	if (cli->args.json && cli->args.csv)
		return cli_fail(
		    cli, MR_USAGE, "--json and --csv: choose one of the two");
	if (printer != NULL && !cli_printable(op))
		return cli_fail(cli, MR_USAGE,
		    "--printer is for what makes pages; %s makes none",
		    op->name);
	if (path == NULL && op->document && printer == NULL)
		return cli_fail(cli, MR_USAGE,
		    "%s makes a file: say where with -o FILE (-o - is "
		    "standard output)%s",
		    op->name,
		    cli_printable(op) ? ", or print it with --printer NAME"
				      : "");
	if (path == NULL && printer != NULL)
		return cli_queue(cli, printer);
	if (path == NULL)
		return MR_OK;
	if (strcmp(path, "-") == 0 && !op->document)
		return MR_OK;
	if (strcmp(path, "-") == 0) {
		if (isatty(STDOUT_FILENO))
			return cli_fail(cli, MR_USAGE,
			    "a terminal cannot show this file: say where it "
			    "goes with -o FILE");
		cli->sink.fd = STDERR_FILENO;
	}
	/* What the vault opens is not for everyone's eyes. */
	if (paper_open(&cli->paper, path,
		op->document ? op->secret : op->vault) != 0) {
		cli->error = cli->paper.error;
		return cli->error.status;
	}
	return MR_OK;
}

/* The answer is complete; bring it to its place. */
static enum mr_status
finish(struct cli *cli, struct mr_out *out, enum mr_status status)
{
	int failed;

	if (cli->practice && !cli->args.json && !cli->args.csv &&
	    (cli->paper.path == NULL || cli->args.op->document))
		cli_print(cli, "%s\n", CLI_PRACTICE);
	failed = out->end(out);
	if (!failed && cli->paper.path != NULL && !cli->args.op->document)
		failed = paper_finish(&cli->paper);
	if (cli->paper.error.status != MR_OK) {
		cli->error = cli->paper.error;
		return cli->error.status;
	}
	if (cli->sent > 0)
		fprintf(stderr, "sent to %s\n", cli->queue);
	/* A sink that failed is told by main, for all commands alike. */
	if (failed && cli->sink.error == 0)
		return cli_fail(cli, MR_NOMEM, "memory ran out");
	return status;
}

enum mr_status
cli_run(struct cli *cli)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;
	struct mr_ask ask;
	enum mr_status status = prepare(cli);
	int rounds;

	if (status == MR_OK)
		status = cli_open(cli);
	if (status != MR_OK)
		goto done;
	if (arena != NULL)
		out = printer(cli, arena);
	if (out == NULL) {
		status = cli_fail(cli, MR_NOMEM, "memory ran out");
		goto done;
	}
	ask = cli_ask(cli);
	status = cli_rounds(cli, &ask, arena, out, &rounds);
	/* A check that found damage answers all the same: what it found. */
	if (status == MR_OK || status == MR_STOP || rounds > 0 ||
	    (status == MR_DAMAGED && !cli->args.op->writes))
		status = finish(cli, out, status);
	else if (cli->asking.status != MR_OK)
		status = cli_fail(
		    cli, cli->asking.status, "%s", cli->asking.message);
done:
	mr_arena_free(arena);
	return status;
}
