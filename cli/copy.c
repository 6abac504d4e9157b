/*
 * `mailroom office copy`: an office from one database to another, and what a
 * person needs in order to work with the right one afterwards.
 */
#include <stdio.h>

#include "cli/cli.h"
#include "lib/copy.h"

/* As many digits as a person compares. */
#define SHOWN 16

static void
hex(const unsigned char *bytes, size_t digits, char *to)
{
	static const char digit[] = "0123456789abcdef";

	for (size_t i = 0; i < digits; i++)
		*to++ = digit[bytes[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15];
	*to = '\0';
}

static void
tell_head(struct cli *cli, const char *which, const struct mr_copy_head *head)
{
	char shown[SHOWN + 1];

	hex(head->hash, SHOWN, shown);
	cli_print(cli, "  %s database: event %lld, hash %s\n", which,
	    (long long)head->event, shown);
}

static void
tell(struct cli *cli, const struct mr_copied *done)
{
	char shown[SHOWN + 1];

	hex(done->hash, SHOWN, shown);
	cli_print(cli,
	    "%s was copied%s: %lld tables, %lld rows, %lld events.\n"
	    "Every row was read again at both ends and is the same (hash %s),\n"
	    "and the audit finds nothing in either. They end with:\n",
	    done->name, done->went_on ? ", going on where it had stopped" : "",
	    (long long)done->tables, (long long)done->rows,
	    (long long)done->events, shown);
	for (int i = 0; i < done->sites; i++) {
		if (done->sites > 1)
			cli_print(
			    cli, " site %lld\n", (long long)done->from[i].site);
		tell_head(cli, "old", &done->from[i]);
		tell_head(cli, "new", &done->to[i]);
	}
	cli_print(cli,
	    "\nNext: work with the new database only. What is written in the "
	    "old one from now on\nis not in the new one and can never be "
	    "brought there. Put the old one away as it is:\n"
	    "docs/engines.md, \"Moving an office\", says how.\n");
}

static void
put_heads(struct mr_out *out, const struct mr_copied *done)
{
	char text[2 * MR_COPY_HASH + 1];

	out->begin_list(out, "heads");
	for (int i = 0; i < done->sites; i++) {
		out->begin_map(out, NULL);
		out->integer(out, "site", done->from[i].site);
		out->integer(out, "from_event", done->from[i].event);
		hex(done->from[i].hash, sizeof(text) - 1, text);
		out->text(out, "from_hash", text);
		out->integer(out, "to_event", done->to[i].event);
		hex(done->to[i].hash, sizeof(text) - 1, text);
		out->text(out, "to_hash", text);
		out->end_map(out);
	}
	out->end_list(out);
}

/* The same for a script. */
static enum mr_status
answer(struct cli *cli, const struct mr_copied *done)
{
	struct mr_arena *arena = mr_arena_new(0);
	char text[2 * MR_COPY_HASH + 1];
	struct mr_out *out = NULL;

	if (arena != NULL && cli->args.json)
		out = mr_out_json(arena, cli_write, &cli->sink, NULL);
	else if (arena != NULL)
		out = mr_out_csv(arena, cli_write, &cli->sink, NULL);
	if (out != NULL) {
		hex(done->hash, sizeof(text) - 1, text);
		out->begin_map(out, NULL);
		out->text(out, "office", done->name);
		out->boolean(out, "went_on", done->went_on);
		out->integer(out, "tables", done->tables);
		out->integer(out, "rows", done->rows);
		out->integer(out, "events", done->events);
		out->text(out, "hash", text);
		put_heads(out, done);
		out->end_map(out);
		out->end(out);
	}
	mr_arena_free(arena);
	return out != NULL ? MR_OK : cli_fail(cli, MR_NOMEM, "memory ran out");
}

/* An interruption ends it where it is: the same words go on from there. */
enum mr_status
command_copy(struct cli *cli)
{
	struct mr_copy in = {.from = cli_get(cli, "from"),
	    .to = cli_get(cli, "to"),
	    .user = cli->args.user,
	    .progress = cli_progress,
	    .arg = cli};
	struct mr_copied done;
	enum mr_status status;

	if (cli->args.db != NULL || cli->args.server != NULL)
		return cli_fail(cli, MR_USAGE,
		    "office copy: both databases are named by FROM and TO; "
		    "leave --db and --server away");
	status = mr_office_copy(&in, &done, &cli->error);
	cli_progress_end();
	if (status != MR_OK)
		return status;
	if (cli->args.json || cli->args.csv)
		return answer(cli, &done);
	tell(cli, &done);
	return MR_OK;
}
