/*
 * Questions on the terminal, and where a passphrase comes from: a file, the
 * environment, or the person.  Never standard input, which may be a list.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/interrupt.h"

#define TRIES 3

/* A line without its end.  0, or -1: none.  What does not fit is refused, not
 * cut: half a passphrase is another one. */
static int
read_line(int fd, char *buf, size_t size)
{
	size_t len = 0;
	ssize_t n;
	char c = '\0';

	for (;;) {
		n = read(fd, &c, 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 && len == 0)
			return -1;
		if (n <= 0 || c == '\n')
			break;
		if (len + 1 >= size || c == '\0')
			return -1;
		buf[len++] = c;
	}
	if (len > 0 && buf[len - 1] == '\r')
		len--;
	buf[len] = '\0';
	return 0;
}

static void
put(int fd, const char *s)
{
	/* A terminal that is gone shows in the read that follows. */
	if (write(fd, s, strlen(s)) < 0)
		return;
}

int
cli_prompt(const char *question, int hidden, char *buf, size_t size)
{
	struct termios before, quiet;
	int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
	int failed;

	if (fd < 0)
		return -1;
	if (tcgetattr(fd, &before) != 0) {
		close(fd);
		return -1;
	}
	quiet = before;
	if (hidden)
		quiet.c_lflag &= ~(tcflag_t)ECHO;
	interrupt_terminal(fd, &before);
	/* What was typed before the question is no answer to it. */
	tcsetattr(fd, TCSAFLUSH, &quiet);
	put(fd, question);
	failed = read_line(fd, buf, size);
	tcsetattr(fd, TCSADRAIN, &before);
	interrupt_terminal(-1, NULL);
	if (hidden || failed)
		put(fd, "\n");
	close(fd);
	return failed;
}

/* Line n of the file, from 1. */
static int
from_file(struct cli *cli, int line, char *buf, size_t size)
{
	const char *path = cli->args.passphrase_file;
	int fd = open(path, O_RDONLY | O_CLOEXEC), failed = 0, i;

	if (fd < 0) {
		cli->asking.status = MR_IO;
		snprintf(cli->asking.message, sizeof(cli->asking.message),
		    "%.300s cannot be read: %s", path, strerror(errno));
		return -1;
	}
	for (i = 0; i < line && !failed; i++)
		failed = read_line(fd, buf, size);
	close(fd);
	if (failed) {
		cli->asking.status = MR_USAGE;
		snprintf(cli->asking.message, sizeof(cli->asking.message),
		    "%.300s has no %s line, which would be the %spassphrase",
		    path, line == 1 ? "first" : "second",
		    line == 1 ? "" : "new ");
	}
	return failed;
}

static int
from_environment(const char *value, char *buf, size_t size)
{
	if (strlen(value) >= size)
		return -1;
	snprintf(buf, size, "%s", value);
	return 0;
}

int
cli_new_passphrase(
    struct cli *cli, const char *question, char *buf, size_t size)
{
	char again[CLI_PASSPHRASE];
	int i, same = 0;

	for (i = 0; i < TRIES && !same; i++) {
		if (cli_prompt(question, 1, buf, size) != 0 ||
		    cli_prompt(
			"The same once more: ", 1, again, sizeof(again)) != 0)
			break;
		same = strcmp(buf, again) == 0;
		if (!same)
			fputs("The two differ.\n", stderr);
	}
	explicit_bzero(again, sizeof(again));
	if (same)
		return 0;
	explicit_bzero(buf, size);
	cli->asking.status = MR_USAGE;
	snprintf(cli->asking.message, sizeof(cli->asking.message),
	    "nothing was chosen: type it twice, the same both times; "
	    "where nobody types, --passphrase-file names it");
	return -1;
}

/* What may be asked for besides somebody's passphrase; line: of the file. */
static const struct secret {
	const char *which, *variable, *question;
	int line, chosen, shown;
} secrets[] = {
    {"new", "MAILROOM_NEW_PASSPHRASE", "New passphrase (it is not shown): ", 2,
	1, 0},
    /* Nobody types 81 symbols blind. */
    {"recovery", "MAILROOM_RECOVERY_WORDS",
	"The nine groups of the recovery sheet, in their order (they are "
	"shown): ",
	1, 0, 1},
    {MR_ASK_OLD_PIN, "MAILROOM_PIN",
	"Your PIN that is in force (it is not shown): ", 1, 0, 0},
    {MR_ASK_NEW_PIN, "MAILROOM_NEW_PIN",
	"New PIN, six digits (they are not shown): ", 2, 1, 0},
};

int
cli_passphrase(void *arg, const char *which, char *buf, size_t size)
{
	struct secret secret = {which, "MAILROOM_PASSPHRASE", NULL, 1, 0, 0};
	struct cli *cli = arg;
	const char *value;
	char question[120];

	snprintf(question, sizeof(question),
	    "Passphrase of %.60s (it is not shown): ", which);
	secret.question = question;
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (strcmp(secrets[i].which, which) == 0)
			secret = secrets[i];
	value = getenv(secret.variable);
	if (cli->args.passphrase_file != NULL)
		return from_file(cli, secret.line, buf, size);
	if (value != NULL)
		return from_environment(value, buf, size);
	if (secret.chosen)
		return cli_new_passphrase(cli, secret.question, buf, size);
	return cli_prompt(secret.question, !secret.shown, buf, size);
}
