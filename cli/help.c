/*
 * The screens of `mailroom help`, drawn from the table.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "lib/openapi.h"
#include "lib/text.h"

#define COLUMN 22 /* where explanations start */

/* The text from column `at` on, broken between words at the width. */
static void
print_wrapped(struct cli *cli, const char *text, size_t at, size_t indent)
{
	size_t width = (size_t)cli_width(), len, columns;

	if (width < indent + 20)
		width = indent + 20;
	while (*text != '\0') {
		len = strcspn(text, " ");
		columns = mr_text_width(text, len);
		if (at > indent && at + 1 + columns > width) {
			cli_print(cli, "\n%*s", (int)indent, "");
			at = indent;
		} else if (at > indent) {
			cli_print(cli, " ");
			at++;
		}
		cli_print(cli, "%.*s", (int)len, text);
		at += columns;
		text += len;
		text += strspn(text, " ");
	}
	cli_print(cli, "\n");
}

/* "  word        explanation". */
static void
print_entry(struct cli *cli, const char *word, const char *text)
{
	size_t len = strlen(word) + 2;

	cli_print(cli, "  %s", word);
	if (len + 1 > COLUMN)
		cli_print(cli, "\n%*s", COLUMN, "");
	else
		cli_print(cli, "%*s", (int)(COLUMN - len), "");
	print_wrapped(cli, text, COLUMN, COLUMN);
}

void
help_screen(struct cli *cli)
{
	cli_print(cli,
	    "Mailroom: letters between people in custody and "
	    "volunteers, neither learning\nthe other's address.\n\n");
	print_entry(cli, "mailroom station", "work at the bench");
	print_entry(cli, "mailroom help", "everything it can do");
	print_entry(cli, "mailroom help letter", "what it can do with letters");
	print_entry(cli, "mailroom init DIR",
	    "make a new office; 'mailroom "
	    "help init' says how");
	cli_print(cli,
	    "\nEvery call is a noun, a verb and their words:\n\n"
	    "  mailroom letter receive K7M-4RP-TMK --sheets 3\n");
}

static void
print_options(struct cli *cli)
{
	const struct args_option *option;
	struct mr_param named = {0};
	char name[ARGS_NAME], word[ARGS_NAME * 2];
	size_t i;

	cli_print(cli, "\nWith every operation:\n\n");
	for (i = 0; i < args_noptions; i++) {
		option = &args_options[i];
		named.name = option->name;
		args_flag(&named, name);
		if (option->letter == 'o')
			snprintf(word, sizeof(word), "-o %s", option->argument);
		else
			snprintf(word, sizeof(word), "--%s %s", name,
			    option->argument != NULL ? option->argument : "");
		print_entry(cli, word, option->help);
	}
}

/* Every noun with its verbs, in the order of the table. */
static void
print_nouns(struct cli *cli, const struct args_table *table)
{
	char noun[ARGS_NAME], before[ARGS_NAME] = "", verbs[800] = "";
	size_t i, used = 0;

	for (i = 0; i < table->n; i++) {
		const struct mr_op *op = table->rows[i];

		if (cli_command(op) != NULL)
			continue;
		args_noun(op, noun);
		if (strcmp(noun, before) != 0) {
			if (before[0] != '\0')
				print_entry(cli, before, verbs);
			snprintf(before, sizeof(before), "%s", noun);
			used = 0;
			verbs[0] = '\0';
		}
		if (used < sizeof(verbs))
			used += (size_t)snprintf(verbs + used,
			    sizeof(verbs) - used, "%s%s", used > 0 ? ", " : "",
			    *args_verb(op) != '\0' ? args_verb(op)
						   : op->summary);
	}
	if (before[0] != '\0')
		print_entry(cli, before, verbs);
}

static void
help_all(struct cli *cli)
{
	struct args_table table = cli_table();
	size_t i;

	cli_print(cli, "usage: mailroom NOUN VERB [WORDS] [--flags]\n\n");
	print_nouns(cli, &table);
	cli_print(cli, "\nAlone:\n\n");
	for (i = 0; i < table.n; i++)
		if (cli_command(table.rows[i]) != NULL)
			print_entry(
			    cli, table.rows[i]->name, table.rows[i]->summary);
	print_options(cli);
	cli_print(cli,
	    "\n'mailroom help NOUN' and 'mailroom help NOUN VERB' "
	    "tell more.\n");
}

void
help_noun(struct cli *cli, const char *noun)
{
	struct args_table table = cli_table();
	size_t i, len = strlen(noun);
	char usage[800];

	for (i = 0; i < table.n; i++) {
		const struct mr_op *op = table.rows[i];

		if (strncmp(op->name, noun, len) != 0 ||
		    (op->name[len] != ' ' && op->name[len] != '\0'))
			continue;
		help_usage(op, usage, sizeof(usage));
		print_wrapped(cli, usage, 0, 0);
		cli_print(cli, "    ");
		print_wrapped(cli, op->summary, 4, 4);
	}
}

/* place: counted among the required ones, from 0. */
static void
print_param(struct cli *cli, const struct mr_param *param, int place)
{
	char name[ARGS_NAME], word[ARGS_NAME * 2], type[80], text[400];

	if (param->required && place < HELP_BY_PLACE)
		snprintf(word, sizeof(word), "%s", args_upper(param, name));
	else
		snprintf(word, sizeof(word), "--%s %s", args_flag(param, name),
		    help_value(param));
	help_type(param, type, sizeof(type));
	if (param->type == MR_T_SWITCH || param->type == MR_T_TEXT)
		snprintf(text, sizeof(text), "%s%s", param->help,
		    param->required == 1 ? " (required)" : "");
	else
		snprintf(text, sizeof(text), "%s (%s%s)", param->help, type,
		    param->required == 1 ? "; required" : "");
	print_entry(cli, word, text);
}

void
help_row(struct cli *cli, const struct mr_op *op)
{
	char text[800];
	size_t i;
	int place = 0;

	help_usage(op, text, sizeof(text));
	cli_print(cli, "usage: ");
	print_wrapped(cli, text, 7, 7);
	cli_print(cli, "\n");
	print_wrapped(cli, op->summary, 0, 0);
	if (op->nparams > 0 || op->document)
		cli_print(cli, "\n");
	for (i = 0; i < op->nparams; i++) {
		print_param(cli, &op->params[i], place);
		place += op->params[i].required != 0;
	}
	if (op->document)
		print_entry(cli, "-o FILE",
		    op->secret ? "where the file goes; it holds addresses"
			       : "where the file goes");
	if (cli_printable(op) && args_param(op, "printer", 7) < 0)
		print_entry(cli, "--printer NAME",
		    "or the printer that it goes to; with -o the file is "
		    "drawn for that printer");
	cli_print(cli, "\n");
	if (cli_command(op) == NULL) {
		help_roles(op, text, sizeof(text));
		cli_print(cli, "who:     ");
		print_wrapped(cli, text, 9, 9);
	}
	if (op->vault)
		cli_print(cli,
		    "vault:   it is opened: the passphrase is "
		    "asked\n");
	help_example(op, text, sizeof(text));
	cli_print(cli, "example: ");
	print_wrapped(cli, text, 9, 9);
}

/* Help on what the words name: a noun, or a row. */
static enum mr_status
help_words(struct cli *cli)
{
	struct args_table table = cli_table();
	char *words[ARGS_WORDS + 1] = {NULL};
	int i, n = cli->args.nwords;
	struct args named;

	for (i = 0; i < n; i++)
		words[i + 1] = (char *)cli->args.words[i];
	if (args_read(&named, &table, n + 1, words) != 0)
		return cli_fail(cli, MR_USAGE, "%s", named.message);
	if (named.op != NULL)
		help_row(cli, named.op);
	else
		help_noun(cli, named.name);
	return MR_OK;
}

enum mr_status
command_help(struct cli *cli)
{
	if (cli_get(cli, "markdown") != NULL)
		help_markdown(cli);
	else if (cli_get(cli, "man") != NULL)
		help_man(cli);
	else if (cli_get(cli, "openapi") != NULL)
		mr_openapi(cli_write, &cli->sink);
	else if (cli->args.nwords == 0)
		help_all(cli);
	else
		return help_words(cli);
	return MR_OK;
}
