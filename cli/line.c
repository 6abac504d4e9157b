/*
 * The field at the bench.  See line.h.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "cli/interrupt.h"
#include "cli/line.h"

#define CTRL_C 3
#define CTRL_D 4
#define BACKSPACE 8
#define CTRL_U 21
#define ESCAPE 27
#define DELETE 127

void
line_open(struct line_editor *line, int in, int out)
{
	struct termios raw;

	*line = (struct line_editor){.in = in, .out = out};
	if (!isatty(in) || !isatty(out) || tcgetattr(in, &line->before) != 0)
		return;
	raw = line->before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	/* A key hit by mistake must not throw anybody out of the station. */
	raw.c_cc[VINTR] = raw.c_cc[VQUIT] = raw.c_cc[VSUSP] = _POSIX_VDISABLE;
	interrupt_terminal(in, &line->before);
	line->raw = tcsetattr(in, TCSAFLUSH, &raw) == 0;
}

void
line_close(struct line_editor *line)
{
	if (line->raw)
		tcsetattr(line->in, TCSADRAIN, &line->before);
	interrupt_terminal(-1, NULL);
	line->raw = 0;
}

static void
put(struct line_editor *line, const char *s)
{
	/* A terminal that is gone shows in the next read. */
	if (line->raw && write(line->out, s, strlen(s)) < 0)
		return;
}

static int
next_byte(struct line_editor *line, unsigned char *c)
{
	ssize_t n;

	do
		n = read(line->in, c, 1);
	while (n < 0 && errno == EINTR);
	return n == 1;
}

/* An arrow or a function key is Escape and more, which comes at once. */
static int
skip_sequence(struct line_editor *line)
{
	struct pollfd ready = {.fd = line->in, .events = POLLIN};
	unsigned char c;
	int skipped = 0;

	while (poll(&ready, 1, 20) == 1 && next_byte(line, &c)) {
		skipped = 1;
		if ((c >= '@' && c <= '~' && c != '[' && c != 'O'))
			break;
	}
	return skipped;
}

/* Take the last character away, all its bytes. */
static size_t
erase(struct line_editor *line, const char *buf, size_t len)
{
	if (len == 0)
		return 0;
	do
		len--;
	while (len > 0 && ((unsigned char)buf[len] & 0xC0) == 0x80);
	put(line, "\b \b");
	return len;
}

/* A key that is no text.  Returns the new length. */
static size_t
edit(struct line_editor *line, unsigned char c, const char *buf, size_t len)
{
	if (c == DELETE || c == BACKSPACE)
		return erase(line, buf, len);
	if (c == ESCAPE && skip_sequence(line))
		return len;
	if (c == CTRL_U || c == CTRL_C || c == ESCAPE)
		while (len > 0)
			len = erase(line, buf, len);
	return len;
}

int
line_read(struct line_editor *line, const char *prompt, char buf[LINE_SIZE])
{
	char echo[2] = "";
	unsigned char c;
	size_t len = 0;

	put(line, prompt);
	for (;;) {
		if (!next_byte(line, &c) ||
		    (line->raw && c == CTRL_D && len == 0)) {
			if (len == 0)
				return 0;
			break;
		}
		if (c == CTRL_C && line->raw && len == 0) {
			buf[len++] = '?';
			break;
		}
		if (c == '\n' || c == '\r') {
			/* CR LF is one end, not two. */
			if (c == '\r' && !line->raw)
				continue;
			break;
		}
		if (c < ' ' || c == DELETE) {
			len = edit(line, c, buf, len);
		} else if (len + 1 < LINE_SIZE) {
			buf[len++] = (char)c;
			echo[0] = (char)c;
			put(line, echo);
		}
	}
	buf[len] = '\0';
	return 1;
}
