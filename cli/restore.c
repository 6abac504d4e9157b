/*
 * `mailroom office restore`: an office out of a backup, and the drill.  Says
 * what the backup is before the words are asked, and what to do afterwards.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "lib/restore.h"
#include "lib/when.h"

/* 2026-11-23 20:15 UTC: the backup may be of any zone. */
static const char *
when(int64_t at, char out[MR_WHEN_SIZE])
{
	mr_time_iso(at, out);
	out[10] = ' ';
	strcpy(out + 16, " UTC");
	return out;
}

static void
say_which(const struct mr_backup_about *about)
{
	char at[MR_WHEN_SIZE];

	if (!isatty(STDERR_FILENO))
		return;
	fprintf(stderr,
	    "This backup was made %s, with %lld events in it,\n"
	    "by the office %s (its recovery sheet shows the same).\n",
	    when(about->at, at), (long long)about->last, about->office);
}

static void
tell_check(struct cli *cli, const struct mr_restored *done)
{
	char at[MR_WHEN_SIZE];

	cli_print(cli,
	    "The backup of %s is good. It was made %s.\n"
	    "These words open it, and an office was made of it, looked "
	    "through, and removed again.\n",
	    done->name, when(done->about.at, at));
}

static void
tell(struct cli *cli, const char *dir, const struct mr_restored *done)
{
	char *folder = realpath(dir, NULL), at[MR_WHEN_SIZE];
	/* Which would be asked instead of what was just restored. */
	const char *other = getenv("MAILROOM_DB");

	cli_print(cli,
	    "%s stands in %s, as it was %s.\n"
	    "What happened after that is not in it. New numbers leave out "
	    "those that may be on paper:\n"
	    "%lld letter codes, and today's pencil numbers up to %lld.\n\n",
	    done->name, dir, when(done->about.at, at), (long long)done->width,
	    (long long)done->number);
	cli_print(cli,
	    "Next:\n  export MAILROOM_OFFICE=%s\n"
	    "%s"
	    "  mailroom office check\n"
	    "  then scan every letter in the house; one that is unknown is "
	    "logged again\n"
	    "docs/restore.md says it step by step.\n",
	    folder != NULL ? folder : dir,
	    other != NULL && other[0] != '\0' ? "  unset MAILROOM_DB\n" : "");
	free(folder);
}

/* The same for a script. */
static enum mr_status
answer(struct cli *cli, const char *dir, const struct mr_restored *done)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;
	char at[MR_WHEN_SIZE];

	if (arena != NULL && cli->args.json)
		out = mr_out_json(arena, cli_write, &cli->sink, NULL);
	else if (arena != NULL)
		out = mr_out_csv(arena, cli_write, &cli->sink, NULL);
	if (out != NULL) {
		out->begin_map(out, NULL);
		out->text(out, "office", done->name);
		out->text(out, "folder", dir);
		out->text(out, "made", mr_time_iso(done->about.at, at));
		out->integer(out, "events", done->about.last);
		out->integer(out, "left_out", done->width);
		out->integer(out, "numbers_from", done->number + 1);
		out->boolean(out, "sound", done->sound);
		out->end_map(out);
		out->end(out);
	}
	mr_arena_free(arena);
	return out != NULL ? MR_OK : cli_fail(cli, MR_NOMEM, "memory ran out");
}

/* An interruption would leave an office lying about; it waits. */
static enum mr_status
restore(struct cli *cli, const struct mr_restore *in, struct mr_restored *done)
{
	sigset_t all, before;
	enum mr_status status;

	sigemptyset(&all);
	sigaddset(&all, SIGINT);
	sigaddset(&all, SIGTERM);
	sigaddset(&all, SIGHUP);
	sigprocmask(SIG_BLOCK, &all, &before);
	status = mr_office_restore(in, done, &cli->error);
	cli_progress_end();
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

static enum mr_status
finish(struct cli *cli, const struct mr_restore *in,
    const struct mr_restored *done)
{
	const char *dir = in->check ? NULL : in->dir;
	enum mr_status status = MR_OK;

	if (cli->args.json || cli->args.csv)
		status = answer(cli, dir, done);
	else if (in->check && done->sound)
		tell_check(cli, done);
	else if (!in->check)
		tell(cli, in->dir, done);
	if (status != MR_OK || done->sound)
		return status;
	return cli_fail(cli, MR_DAMAGED,
	    "the backup opens, but its audit finds something: %.300s%s",
	    done->found.message,
	    in->check ? "" : "; the office was restored all the same");
}

/* --letters: a number of its own, since no row of the library reads it. */
static enum mr_status
read_letters(struct cli *cli, int64_t *letters)
{
	const char *given = cli_get(cli, "letters");
	char *end;

	*letters = 0;
	if (given == NULL)
		return MR_OK;
	*letters = strtoll(given, &end, 10);
	if (*end == '\0' && *letters >= 1 && *letters <= 100000000)
		return MR_OK;
	return cli_fail(cli, MR_USAGE,
	    "--letters: write how many letters may have been logged since the "
	    "backup, 1 to 100000000");
}

enum mr_status
command_restore(struct cli *cli)
{
	struct mr_restore in = {.file = cli_get(cli, "file"),
	    .dir = cli_get(cli, "to"),
	    .check = cli_get(cli, "check") != NULL,
	    .progress = cli_progress,
	    .arg = cli};
	char words[CLI_PASSPHRASE];
	struct mr_backup_about about;
	struct mr_restored done;
	enum mr_status status = read_letters(cli, &in.letters);

	if (status != MR_OK)
		return status;
	if (cli->args.db != NULL)
		return cli_fail(cli, MR_USAGE,
		    "office restore: a backup becomes an office with its "
		    "database in its own folder; leave --db away. "
		    "docs/engines.md tells how it goes to a server then");
	if (in.dir == NULL && !in.check)
		return cli_fail(cli, MR_USAGE,
		    "office restore: say where the office shall stand with "
		    "--to DIR, a folder that is not there yet; or try the "
		    "backup out with --check");
	if (in.dir == NULL)
		in.dir = "mailroom-check";
	status = mr_backup_look(in.file, &about, &cli->error);
	if (status != MR_OK)
		return status;
	say_which(&about);
	if (cli_passphrase(cli, "recovery", words, sizeof(words)) != 0)
		status = cli->asking.status != MR_OK
		    ? cli_fail(
			  cli, cli->asking.status, "%s", cli->asking.message)
		    : cli_fail(cli, MR_LOCKED,
			  "the nine groups of the recovery sheet are needed: "
			  "type them when asked, or give them as the first "
			  "line of --passphrase-file");
	in.words = words;
	if (status == MR_OK)
		status = restore(cli, &in, &done);
	explicit_bzero(words, sizeof(words));
	return status == MR_OK ? finish(cli, &in, &done) : status;
}
