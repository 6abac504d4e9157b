/*
 * `mailroom completion bash`: the table as data, then the script that reads
 * it.
 */
#include <string.h>

#include "cli/cli.h"

/* cli/complete.bash, embedded by make. */
extern const char embed_cli_complete_bash[];

/* What the shell may offer for a value: a file, a folder, nothing. */
static char
kind(const struct mr_param *param)
{
	if (param->type == MR_T_FILE)
		return 'f';
	if (param->type != MR_T_TEXT)
		return 'v';
	if (strcmp(param->name, "dir") == 0 ||
	    strcmp(param->name, "sheets") == 0)
		return 'd';
	return strcmp(param->name, "recovery") == 0 ? 'f' : 'v';
}

static void
print_row(struct cli *cli, const struct mr_op *op)
{
	char name[ARGS_NAME];
	size_t i;

	cli_print(cli, "%s:", op->name);
	for (i = 0; i < op->nparams; i++)
		if (op->params[i].required)
			cli_print(cli, "%c", kind(&op->params[i]));
	cli_print(cli, ":");
	for (i = 0; i < op->nparams; i++) {
		cli_print(cli, "--%s", args_flag(&op->params[i], name));
		if (op->params[i].type != MR_T_SWITCH)
			cli_print(cli, "=%c", kind(&op->params[i]));
		cli_print(cli, " ");
	}
	cli_print(cli, "\n");
}

static void
print_options(struct cli *cli)
{
	struct mr_param named = {0};
	char name[ARGS_NAME];
	size_t i;

	cli_print(cli, "_mailroom_options='");
	for (i = 0; i < args_noptions; i++) {
		const char *argument = args_options[i].argument;

		named.name = args_options[i].name;
		args_flag(&named, name);
		if (args_options[i].letter == 'o')
			cli_print(cli, "-o");
		else
			cli_print(cli, "--%s", name);
		if (argument != NULL)
			cli_print(cli, "=%c",
			    strcmp(argument, "FILE") == 0      ? 'f'
				: strcmp(argument, "DIR") == 0 ? 'd'
							       : 'v');
		cli_print(cli, " ");
	}
	cli_print(cli, "'\n");
}

enum mr_status
command_completion(struct cli *cli)
{
	struct args_table table = cli_table();
	const char *shell = cli_get(cli, "shell");
	size_t i;

	if (strcmp(shell, "bash") != 0)
		return cli_fail(cli, MR_USAGE,
		    "there is a script for bash only; no other shell is known "
		    "here");
	cli_print(cli, "_mailroom_rows='");
	for (i = 0; i < table.n; i++)
		print_row(cli, table.rows[i]);
	cli_print(cli, "'\n");
	print_options(cli);
	cli_write(&cli->sink, embed_cli_complete_bash,
	    strlen(embed_cli_complete_bash));
	return MR_OK;
}
