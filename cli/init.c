/*
 * `mailroom init`: asks for what is missing, has the office made, says where
 * everything is and what comes next.
 */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "lib/office.h"
#include "lib/when.h"

/* Who works here, by default: the name one logged in with. */
static const char *
login(void)
{
	const struct passwd *entry = getpwuid(getuid());

	if (entry != NULL && entry->pw_name[0] != '\0')
		return entry->pw_name;
	return getenv("LOGNAME");
}

/* The zone by flag, else asked; the runner of the library checks it. */
static const char *
zone(struct cli *cli, char *buf, size_t size)
{
	const char *given = cli_get(cli, "zone");

	if (given != NULL)
		return given;
	if (cli_prompt("Time zone of the office, such as America/New_York: ", 0,
		buf, size) == 0 &&
	    buf[0] != '\0')
		return buf;
	cli_fail(cli, MR_USAGE,
	    "init needs a time zone, such as --zone America/New_York: a mail "
	    "day is a day of that place");
	return NULL;
}

/* The coordinator's passphrase.  The same sources as everywhere, but twice
 * when it is typed, since nobody could open the vault after a slip. */
static int
passphrase(struct cli *cli, const char *coordinator, char *buf, size_t size)
{
	char question[160];

	if (cli->args.passphrase_file != NULL ||
	    getenv("MAILROOM_PASSPHRASE") != NULL)
		return cli_passphrase(cli, coordinator, buf, size);
	snprintf(question, sizeof(question),
	    "A passphrase for %.60s, five words or more (it is not shown): ",
	    coordinator);
	return cli_new_passphrase(cli, question, buf, size);
}

static void
tell(struct cli *cli, const struct mr_office_new *new, const char *sheet)
{
	char *folder = realpath(new->dir, NULL);

	if (new->practice)
		cli_print(cli, "%s\n", CLI_PRACTICE);
	cli_print(cli, "The office %s stands in %s.\n", new->name, new->dir);
	cli_print(cli,
	    "Coordinator: %s. The user admin has no passphrase yet.\n",
	    new->coordinator);
	cli_print(cli,
	    "Recovery sheet: %s. Print it, put it into the safe, delete the "
	    "file.\n\n",
	    sheet);
	cli_print(cli,
	    "Next:\n  export MAILROOM_OFFICE=%s\n"
	    "  mailroom facility import FILE\n",
	    folder != NULL ? folder : new->dir);
	free(folder);
}

/* The same for a script. */
static enum mr_status
answer(struct cli *cli, const struct mr_office_new *new, const char *sheet)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;

	if (arena != NULL && cli->args.json)
		out = mr_out_json(arena, cli_write, &cli->sink, NULL);
	else if (arena != NULL)
		out = mr_out_csv(arena, cli_write, &cli->sink, NULL);
	if (out != NULL) {
		out->begin_map(out, NULL);
		out->text(out, "office", new->name);
		out->text(out, "folder", new->dir);
		out->text(out, "coordinator", new->coordinator);
		out->text(out, "recovery_sheet", sheet);
		out->end_map(out);
		out->end(out);
	}
	mr_arena_free(arena);
	return out != NULL ? MR_OK : cli_fail(cli, MR_NOMEM, "memory ran out");
}

static enum mr_status
make(struct cli *cli, struct mr_office_new *new, const char *secret)
{
	struct mr_recovery_sheet sheet = {0};
	char path[4096];
	enum mr_status status;

	new->passphrase = secret;
	new->sheet = mr_recovery_sheet_file;
	status = mr_office_init(new, &sheet, &cli->error);
	mr_recovery_sheet_wipe(&sheet);
	if (status == MR_OK && new->db != NULL)
		status = cli_database_keep(cli, new->dir, new->db);
	if (status != MR_OK)
		return status;
	snprintf(path, sizeof(path), "%s/recovery-sheet.pdf", new->dir);
	if (new->recovery != NULL)
		snprintf(path, sizeof(path), "%s", new->recovery);
	if (cli->args.json || cli->args.csv)
		return answer(cli, new, path);
	tell(cli, new, path);
	return MR_OK;
}

/* --now, for an office to practise in.  A zone that is not known is told by
 * the library. */
static enum mr_status
clock_of(struct cli *cli, struct mr_office_new *new)
{
	enum mr_status status;

	if (cli->args.now == NULL)
		return MR_OK;
	if (!new->practice)
		return cli_fail(
		    cli, MR_USAGE, "--now is for an office made --practice");
	if (mr_zone_set(new->zone) != 0)
		return MR_OK;
	status = cli_clock(cli);
	new->now = mr_now() + cli->ahead;
	return status;
}

enum mr_status
command_init(struct cli *cli)
{
	struct mr_office_new new = {
	    .dir = cli_get(cli, "dir"),
	    .db = cli_database(cli, NULL),
	    .name = cli_get(cli, "name"),
	    .street = cli_get(cli, "street"),
	    .city = cli_get(cli, "city"),
	    .state = cli_get(cli, "state"),
	    .zip = cli_get(cli, "zip"),
	    .coordinator = cli_get(cli, "coordinator"),
	    .recovery = cli_get(cli, "recovery"),
	    .paper = cli_get(cli, "paper"),
	    .language = cli_get(cli, "language"),
	    .practice = cli_get(cli, "practice") != NULL,
	};
	char secret[CLI_PASSPHRASE], place[128];
	enum mr_status status;

	if (new.coordinator == NULL)
		new.coordinator = login();
	if (new.coordinator == NULL)
		return cli_fail(cli, MR_USAGE,
		    "init needs the name of the first coordinator: "
		    "--coordinator NAME");
	new.zone = zone(cli, place, sizeof(place));
	if (new.zone == NULL)
		return MR_USAGE;
	status = clock_of(cli, &new);
	if (status != MR_OK)
		return status;
	if (passphrase(cli, new.coordinator, secret, sizeof(secret)) == 0)
		status = make(cli, &new, secret);
	else if (cli->asking.status != MR_OK)
		status = cli_fail(
		    cli, cli->asking.status, "%s", cli->asking.message);
	else
		status = cli_fail(cli, MR_USAGE,
		    "init needs a passphrase for %s: type it when asked, or "
		    "give --passphrase-file FILE or $MAILROOM_PASSPHRASE",
		    new.coordinator);
	explicit_bzero(secret, sizeof(secret));
	return status;
}
