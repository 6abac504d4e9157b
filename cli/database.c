/*
 * Which database: a flag, the environment, or a line of mailroom.conf in the
 * office's folder.  An address can hold a password, so none is ever shown.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

#define BLANKS " \t\r\n"

static int
conf_path(const char *dir, char *out, size_t size)
{
	return (size_t)snprintf(out, size, "%s/mailroom.conf", dir) < size;
}

/* "db = URL" into place; the rest of the file is the daemon's. */
static const char *
by_conf(const char *dir, char *place, size_t size)
{
	const char *found = NULL;
	char path[4096];
	size_t n;
	FILE *f = NULL;

	if (conf_path(dir, path, sizeof(path)))
		f = fopen(path, "r");
	while (f != NULL && found == NULL && fgets(place, (int)size, f)) {
		const char *s = place + strspn(place, BLANKS);

		if (strncmp(s, "db", 2) != 0)
			continue;
		s += 2 + strspn(s + 2, BLANKS);
		if (*s != '=')
			continue;
		s += 1 + strspn(s + 1, BLANKS);
		for (n = strlen(place); strchr(BLANKS, place[n - 1]) != NULL;)
			place[--n] = '\0';
		found = s < place + n ? s : NULL;
	}
	if (f != NULL)
		fclose(f);
	return found;
}

const char *
cli_database(struct cli *cli, const char *dir)
{
	const char *url = cli->args.db;

	if (url == NULL)
		url = getenv("MAILROOM_DB");
	if (url != NULL && url[0] != '\0')
		return url;
	return dir != NULL ? by_conf(dir, cli->database, sizeof(cli->database))
			   : NULL;
}

enum mr_status
cli_database_keep(struct cli *cli, const char *dir, const char *url)
{
	char path[4096];
	int fd = -1, kept;

	if (conf_path(dir, path, sizeof(path)))
		fd = open(path,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	kept = fd >= 0 && dprintf(fd, "db = %s\n", url) > 0;
	if (fd >= 0)
		close(fd);
	return kept ? MR_OK
		    : cli_fail(cli, MR_IO,
			  "the office is made, but mailroom.conf could not be "
			  "written: put the line 'db = ' and the address of "
			  "the database into it");
}
