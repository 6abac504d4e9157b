/*
 * mailroom: reads its words, runs what they name, tells once what failed.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/interrupt.h"

#define VERSION "1.0"

static int
is_station(const char *s)
{
	return s[0] != '\0' && s[1] == '\0' &&
	    ((s[0] >= 'A' && s[0] <= 'Z') || (s[0] >= 'a' && s[0] <= 'z'));
}

/* Calls that end in words about the program. */
static int
is_about(struct cli *cli)
{
	struct args *args = &cli->args;

	if (args->version)
		cli_print(cli, "mailroom %s\n", VERSION);
	else if (args->help && args->op != NULL)
		help_row(cli, args->op);
	else if (args->help && args->name[0] != '\0')
		help_noun(cli, args->name);
	else if (args->help || args->name[0] == '\0')
		help_screen(cli);
	else
		return 0;
	return 1;
}

/* "letter" alone: name its verbs. */
static enum mr_status
want_verb(struct cli *cli)
{
	struct args_table table = cli_table();
	const char *noun = cli->args.name;
	char list[380] = "";
	size_t i, len = strlen(noun), used = 0;

	for (i = 0; i < table.n && used < sizeof(list); i++)
		if (strncmp(table.rows[i]->name, noun, len) == 0 &&
		    table.rows[i]->name[len] == ' ')
			used += (size_t)snprintf(list + used,
			    sizeof(list) - used, "%s%s", used > 0 ? ", " : "",
			    table.rows[i]->name + len + 1);
	return cli_fail(
	    cli, MR_USAGE, "%s: say what to do with it: %s", noun, list);
}

/* What args.c found wrong. */
static enum mr_status
misused(struct cli *cli)
{
	cli->misused = 1;
	return cli_fail(cli, MR_USAGE, "%s", cli->args.message);
}

static enum mr_status
run(struct cli *cli, int argc, char **argv)
{
	struct args_table table = cli_table();
	const struct cli_command *command;

	if (args_read(&cli->args, &table, argc, argv) != 0)
		return misused(cli);
	if (is_about(cli))
		return MR_OK;
	if (cli->args.op == NULL)
		return want_verb(cli);
	if (cli->args.station != NULL && !is_station(cli->args.station))
		return cli_fail(
		    cli, MR_USAGE, "--station: write one letter from A to Z");
	command = cli_command(cli->args.op);
	if (args_complete(&cli->args, command != NULL && command->rest) != 0)
		return misused(cli);
	if (command != NULL && cli->args.out != NULL)
		return cli_fail(cli, MR_USAGE,
		    "%s: -o is for operations; this prints to standard output",
		    cli->args.op->name);
	cli->values = &cli->args;
	return command != NULL ? command->run(cli) : cli_run(cli);
}

/* A sentence, and for a wrong call how it is called. */
static void
tell(struct cli *cli, enum mr_status status)
{
	char usage[800];

	cli_complain(cli->error.message[0] != '\0' ? cli->error.message
						   : mr_status_text(status));
	if (!cli->misused || cli->args.op == NULL)
		return;
	help_usage(cli->args.op, usage, sizeof(usage));
	fprintf(stderr, "usage: %s\n", usage);
}

int
main(int argc, char **argv)
{
	const struct rlimit no_core = {0, 0};
	struct cli cli = {.sink = {.fd = STDOUT_FILENO}};
	enum mr_status status;

	/* What the vault opened must not lie on the disk after a crash. */
	setrlimit(RLIMIT_CORE, &no_core);
	interrupt_install();
	status = run(&cli, argc, argv);
	/* `mailroom pairing list | head` has read enough. */
	if (cli.sink.error == EPIPE && status == MR_OK &&
	    (cli.args.op == NULL || !cli.args.op->writes))
		cli.sink.error = 0;
	if (cli.sink.error != 0 && (status == MR_OK || status == MR_STOP)) {
		const struct mr_op *op = cli.args.op;

		status = MR_IO;
		cli_fail(&cli, MR_IO, "%sthe answer could not be written: %s",
		    op != NULL && op->writes ? "it was done, but " : "",
		    strerror(cli.sink.error));
	}
	if (status != MR_OK &&
	    (status != MR_STOP || cli.error.message[0] != '\0'))
		tell(&cli, status);
	paper_close(&cli.paper);
	cli_files_free(&cli);
	remote_free(cli.remote);
	mr_close(cli.mr);
	return mr_status_exit(status);
}
