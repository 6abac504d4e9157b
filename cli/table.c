/*
 * All rows that the command line knows: the commands that stand alone, which
 * are described here, and the operations of the library.
 */
#include <stddef.h>

#include "cli/cli.h"

#define ROWS 256
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

/* Never filled: they name the parameters, as the library's structs do. */
struct init_words {
	const char *dir, *name, *street, *city, *state, *zip, *zone;
	const char *coordinator, *recovery, *paper, *language;
	int practice;
};

struct certificate_words {
	const char *host, *to;
};

struct restore_words {
	const char *file, *to;
	int check;
	const char *letters;
};

struct copy_words {
	const char *from, *to;
};

struct station_words {
	const char *sheets, *printer_sheets, *printer_envelopes;
};

struct help_words {
	int markdown, man, openapi;
};

struct completion_words {
	const char *shell;
};

static const struct mr_param init_params[] = {
    MR_PARAM(init_words, dir, 1, "the folder to make"),
    MR_PARAM(init_words, name, 1, "what the office is called on paper"),
    MR_PARAM(init_words, street, 1, "its PO box or street"),
    MR_PARAM(init_words, city, 1, "its city"),
    MR_PARAM(init_words, state, 1, "its state, two letters"),
    MR_PARAM(init_words, zip, 1, "its ZIP code"),
    MR_PARAM(init_words, zone, 0,
	"its time zone, such as America/New_York; asked when not given"),
    MR_PARAM(init_words, coordinator, 0,
	"name of the first coordinator, by default your login"),
    MR_PARAM(init_words, recovery, 0,
	"where the recovery sheet goes, by default DIR/recovery-sheet.pdf"),
    MR_PARAM(init_words, paper, 0,
	"what its printers hold, letter or a4; letter when nothing is said"),
    MR_PARAM(init_words, language, 0,
	"of its own pages, en or es; en when nothing is said"),
    MR_PARAM(init_words, practice, 0,
	"an office to learn in: its clock may be set with --now"),
};

static const struct mr_param certificate_params[] = {
    MR_PARAM(certificate_words, host, 1,
	"what stations call this machine: names and addresses, a comma "
	"between two"),
    MR_PARAM(certificate_words, to, 1,
	"the folder for certificates and keys; an authority that is there "
	"is kept"),
};

static const struct mr_param restore_params[] = {
    MR_PARAM(restore_words, file, 1, "the backup"),
    MR_PARAM(restore_words, to, 0,
	"the folder that the office shall stand in, not there yet"),
    MR_PARAM(restore_words, check, 0,
	"only try it out: restore, look through it, remove it again"),
    MR_PARAM(restore_words, letters, 0,
	"how many letters may have been logged since, if more than 10,000"),
};

static const struct mr_param copy_params[] = {
    MR_PARAM(copy_words, from, 1, "the database that the office is in"),
    MR_PARAM(copy_words, to, 1, "the empty one that it shall be in"),
};

static const struct mr_param station_params[] = {
    MR_PARAM(station_words, sheets, 0,
	"folder for the cover sheet of each letter as it is finished"),
    MR_PARAM(station_words, printer_sheets, 0,
	"or the printer that they come out of"),
    MR_PARAM(station_words, printer_envelopes, 0,
	"printer for the envelope of each stub that is scanned at the table"),
};

static const struct mr_param help_params[] = {
    MR_PARAM(help_words, markdown, 0, "print docs/operations.md"),
    MR_PARAM(help_words, man, 0, "print the operations of mailroom(1)"),
    MR_PARAM(help_words, openapi, 0, "print docs/openapi.json"),
};

static const struct mr_param completion_params[] = {
    MR_PARAM(completion_words, shell, 1, "which shell: bash"),
};

static const struct cli_command commands[] = {
    {.row = {.name = "init",
	 .summary = "Make a new office: a folder with its database and keys.",
	 MR_PARAMS(init_params),
	 .roles = MR_EVERYONE},
	.run = command_init},
    {.row = {.name = "office certificate",
	 .summary = "Make the certificate that mailroomd needs on a network.",
	 MR_PARAMS(certificate_params),
	 .roles = MR_EVERYONE},
	.run = command_certificate},
    {.row = {.name = "office copy",
	 .summary = "Copy the office to another database, and compare both.",
	 MR_PARAMS(copy_params),
	 .roles = MR_COORDINATOR | MR_ADMIN},
	.run = command_copy},
    {.row = {.name = "office restore",
	 .summary = "Make an office out of a backup, with the recovery sheet.",
	 MR_PARAMS(restore_params),
	 .roles = MR_EVERYONE},
	.run = command_restore},
    {.row = {.name = "station",
	 .summary = "Work at the bench: scan, verdict, next.",
	 MR_PARAMS(station_params),
	 .roles = MR_FROM_VOLUNTEER},
	.run = command_station},
    {.row = {.name = "help",
	 .summary = "Tell what there is, or how one thing is done.",
	 MR_PARAMS(help_params),
	 .roles = MR_EVERYONE},
	.rest = 1,
	.run = command_help},
    {.row = {.name = "completion",
	 .summary = "Print the script that completes words in the shell.",
	 MR_PARAMS(completion_params),
	 .roles = MR_EVERYONE},
	.run = command_completion},
};

struct args_table
cli_table(void)
{
	static const struct mr_op *rows[ROWS];
	size_t n = 0, i;

	for (i = 0; i < COMMANDS; i++)
		rows[n++] = &commands[i].row;
	for (i = 0; i < mr_nops && n < ROWS; i++)
		rows[n++] = mr_ops[i];
	return (struct args_table){rows, n};
}

const struct cli_command *
cli_command(const struct mr_op *op)
{
	size_t i;

	for (i = 0; i < COMMANDS; i++)
		if (op == &commands[i].row)
			return &commands[i];
	return NULL;
}
