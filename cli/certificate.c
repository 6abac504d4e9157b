/*
 * `mailroom office certificate`: has the office's certificates made, and says
 * how a station is told to trust them.
 */
#include "lib/certificate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"

static const char *
day_of(int64_t seconds, char day[16])
{
	time_t at = (time_t)seconds;
	struct tm tm;

	if (gmtime_r(&at, &tm) == NULL || strftime(day, 16, "%F", &tm) == 0)
		day[0] = '\0';
	return day;
}

/* In two lines, which are easier to follow with a finger. */
static void
tell_fingerprint(struct cli *cli, const char *fingerprint)
{
	cli_print(cli, "    %.39s\n    %s\n", fingerprint, fingerprint + 40);
}

static void
tell(struct cli *cli, const struct mr_certificate *made, const char *dir)
{
	char day[16];

	cli_print(cli, "%s/%s: the certificate of %s, good until %s.\n", dir,
	    MR_CERTIFICATE_SERVER, cli_get(cli, "host"),
	    day_of(made->server_ends, day));
	cli_print(cli,
	    "%s/%s: the office's own authority, %s, good until %s.\n", dir,
	    MR_CERTIFICATE_TRUST, made->kept ? "as it was" : "new",
	    day_of(made->authority_ends, day));
	cli_print(cli,
	    "\nFingerprint of the authority (SHA-256); read it aloud when a "
	    "station is set up:\n\n");
	tell_fingerprint(cli, made->fingerprint);
	cli_print(cli,
	    "\nThe daemon: in mailroom.conf write\n"
	    "    certificate = %s/%s\n"
	    "and start mailroomd again.\n",
	    dir, MR_CERTIFICATE_SERVER);
	if (made->kept) {
		cli_print(cli,
		    "\nThe stations trust the authority already: nothing to "
		    "do there.\n");
		return;
	}
	cli_print(cli,
	    "\nEach station: bring %s there, on a stick. Nothing else leaves "
	    "this machine.\n"
	    "  Firefox: Settings, search 'certificates', View Certificates, "
	    "Authorities,\n"
	    "    Import; tick 'websites'. View it, and compare the "
	    "fingerprint.\n"
	    "  Chrome, Edge: Settings, search 'certificates', Manage, "
	    "import it as a\n"
	    "    trusted authority. Compare the fingerprint.\n"
	    "  mailroom --server https://%s:8025 --ca %s\n",
	    MR_CERTIFICATE_TRUST, made->host, MR_CERTIFICATE_TRUST);
	cli_print(cli,
	    "\nKeep a copy of %s in the safe. Whoever has it can make\n"
	    "certificates that your stations trust; without it they must all "
	    "be set up anew.\n",
	    MR_CERTIFICATE_AUTHORITY);
}

/* The same for a script. */
static enum mr_status
answer(struct cli *cli, const struct mr_certificate *made, const char *dir)
{
	struct mr_arena *arena = mr_arena_new(0);
	struct mr_out *out = NULL;
	char day[16];

	if (arena != NULL && cli->args.json)
		out = mr_out_json(arena, cli_write, &cli->sink, NULL);
	else if (arena != NULL)
		out = mr_out_csv(arena, cli_write, &cli->sink, NULL);
	if (out != NULL) {
		out->begin_map(out, NULL);
		out->text(out, "folder", dir);
		out->text(out, "host", made->host);
		out->text(out, "until", day_of(made->server_ends, day));
		out->text(
		    out, "authority_until", day_of(made->authority_ends, day));
		out->text(out, "fingerprint", made->fingerprint);
		out->boolean(out, "authority_kept", made->kept);
		out->end_map(out);
		out->end(out);
	}
	mr_arena_free(arena);
	return out != NULL ? MR_OK : cli_fail(cli, MR_NOMEM, "memory ran out");
}

enum mr_status
command_certificate(struct cli *cli)
{
	const struct mr_certificate_new new = {
	    .dir = cli_get(cli, "to"), .host = cli_get(cli, "host")};
	struct mr_certificate made;
	enum mr_status status;
	char *folder;

	status = mr_certificate_make(&new, &made, &cli->error);
	if (status != MR_OK)
		return status;
	folder = realpath(new.dir, NULL);
	if (cli->args.json || cli->args.csv)
		status = answer(cli, &made, folder != NULL ? folder : new.dir);
	else
		tell(cli, &made, folder != NULL ? folder : new.dir);
	free(folder);
	return status;
}
