/*
 * Standard output and error: what is written there, how wide it is.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"
#include "lib/text.h"

int
cli_write(void *to, const void *bytes, size_t len)
{
	struct cli_sink *sink = to;
	const char *at = bytes;
	ssize_t n;

	while (len > 0 && sink->error == 0) {
		n = write(sink->fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			sink->error = errno;
			break;
		}
		at += n;
		len -= (size_t)n;
	}
	return sink->error != 0 ? -1 : 0;
}

void
cli_print(struct cli *cli, const char *format, ...)
{
	char text[2048];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	if (n >= (int)sizeof(text))
		n = (int)sizeof(text) - 1;
	if (n > 0)
		cli_write(&cli->sink, text, (size_t)n);
}

enum mr_status
cli_fail(struct cli *cli, enum mr_status status, const char *format, ...)
{
	va_list ap;

	cli->error.status = status;
	va_start(ap, format);
	vsnprintf(cli->error.message, sizeof(cli->error.message), format, ap);
	va_end(ap);
	return status;
}

void
cli_complain(const char *sentence)
{
	size_t left = strlen(sentence);
	uint32_t code;
	int n;

	fputs("mailroom: ", stderr);
	while ((n = mr_text_next(sentence, left, &code)) != 0) {
		if (n < 0 || mr_text_is_control(code))
			fputc('?', stderr);
		else
			fwrite(sentence, 1, (size_t)n, stderr);
		sentence += n < 0 ? 1 : n;
		left -= n < 0 ? 1 : (size_t)n;
	}
	fputc('\n', stderr);
}

int
cli_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	int64_t n;

	if (!isatty(STDOUT_FILENO))
		return 80;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	if (columns != NULL &&
	    mr_text_integer(columns, 20, 1000, &n) == MR_NUMBER_OK)
		return (int)n;
	return 80;
}

int
cli_rows(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
		return size.ws_row;
	return 24;
}

int
cli_colour(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && (no == NULL || no[0] == '\0') &&
	    term != NULL && strcmp(term, "dumb") != 0;
}
