/*
 * The table as pages of the manual: Markdown for docs/operations.md, mdoc for
 * the operations of mailroom(1).
 */
#include <string.h>

#include "cli/cli.h"

static void
markdown_params(struct cli *cli, const struct mr_op *op)
{
	char name[ARGS_NAME], type[80];
	size_t i;

	if (op->nparams == 0)
		return;
	cli_print(cli,
	    "\n| parameter | type | meaning |\n"
	    "|---|---|---|\n");
	for (i = 0; i < op->nparams; i++) {
		const struct mr_param *param = &op->params[i];

		help_type(param, type, sizeof(type));
		if (param->required)
			cli_print(cli, "| `%s` | %s | %s%s |\n",
			    args_upper(param, name), type, param->help,
			    param->required == 1 ? " (required)" : "");
		else
			cli_print(cli, "| `--%s` | %s | %s |\n",
			    args_flag(param, name), type, param->help);
	}
}

static void
markdown_row(struct cli *cli, const struct mr_op *op)
{
	char text[800];

	cli_print(cli, "\n### %s\n\n%s\n\n", op->name, op->summary);
	help_usage(op, text, sizeof(text));
	cli_print(cli, "    %s\n", text);
	markdown_params(cli, op);
	help_roles(op, text, sizeof(text));
	cli_print(cli, "\nWho: %s. %s number %d.%s%s%s\n", text,
	    op->writes ? "Changes the office, in events of" : "Only reads,",
	    op->number, op->vault ? " Opens the vault." : "",
	    op->document ? " Makes a file" : "",
	    !op->document    ? ""
		: op->secret ? " that holds addresses."
			     : ".");
	if (op->returns != NULL)
		cli_print(cli, "Answers: `%s`.\n", op->returns);
	if (op->each != NULL)
		cli_print(cli, "Answers a list, each: `%s`.\n", op->each);
	help_example(op, text, sizeof(text));
	cli_print(cli, "Example: `%s`\n", text);
}

void
help_markdown(struct cli *cli)
{
	char noun[ARGS_NAME], before[ARGS_NAME] = "";
	size_t i;

	cli_print(cli,
	    "# Operations\n\n"
	    "Printed by `mailroom help --markdown` from the table "
	    "of operations; `make docs`\nwrites it here. Change the "
	    "table, not this file.\n");
	for (i = 0; i < mr_nops; i++) {
		args_noun(mr_ops[i], noun);
		if (strcmp(noun, before) != 0)
			cli_print(cli, "\n## %s\n", noun);
		memcpy(before, noun, sizeof(before));
		markdown_row(cli, mr_ops[i]);
	}
}

/* Text of ours as an mdoc text line: a backslash, and a dot or a quote at the
 * start, would be read as roff. */
static void
man_text(struct cli *cli, const char *text)
{
	if (text[0] == '.' || text[0] == '\'')
		cli_print(cli, "\\&");
	for (; *text != '\0'; text++)
		cli_print(cli, *text == '\\' ? "\\e" : "%c", *text);
	cli_print(cli, "\n");
}

static void
man_usage(struct cli *cli, const struct mr_op *op)
{
	char name[ARGS_NAME];
	size_t i;

	cli_print(cli, ".It Cm %s", op->name);
	for (i = 0; i < op->nparams; i++)
		if (op->params[i].required)
			cli_print(
			    cli, " Ar %s", args_upper(&op->params[i], name));
	if (op->document)
		cli_print(cli, " Fl o Ar FILE");
	cli_print(cli, "\n");
}

static void
man_row(struct cli *cli, const struct mr_op *op)
{
	char name[ARGS_NAME];
	size_t i;

	man_usage(cli, op);
	man_text(cli, op->summary);
	if (op->nparams == 0)
		return;
	cli_print(cli, ".Bl -tag -width Ds -compact\n");
	for (i = 0; i < op->nparams; i++) {
		const struct mr_param *param = &op->params[i];

		if (param->required)
			cli_print(cli, ".It Ar %s\n", args_upper(param, name));
		else
			cli_print(cli, ".It Fl -%s%s%s\n",
			    args_flag(param, name),
			    param->type == MR_T_SWITCH ? "" : " Ar ",
			    help_value(param));
		man_text(cli, param->help);
	}
	cli_print(cli, ".El\n");
}

void
help_man(struct cli *cli)
{
	char noun[ARGS_NAME], before[ARGS_NAME] = "";
	size_t i;

	for (i = 0; i < mr_nops; i++) {
		args_noun(mr_ops[i], noun);
		if (strcmp(noun, before) != 0) {
			if (before[0] != '\0')
				cli_print(cli, ".El\n");
			cli_print(cli, ".Ss %s\n.Bl -tag -width Ds\n", noun);
		}
		memcpy(before, noun, sizeof(before));
		man_row(cli, mr_ops[i]);
	}
	if (before[0] != '\0')
		cli_print(cli, ".El\n");
}
