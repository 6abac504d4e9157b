/*
 * One field, always ready.  On a terminal the keys are read one by one, so
 * that a scanner, which types fast and ends with Enter, and a person are the
 * same; elsewhere whole lines are read.
 */
#ifndef CLI_LINE_H
#define CLI_LINE_H

#include <stddef.h>
#include <termios.h>

#define LINE_SIZE 128

struct line_editor {
	int in, out;
	int raw; /* 1: a terminal, in raw mode */
	struct termios before;
};

/* Take the terminal over, if it is one. */
void line_open(struct line_editor *line, int in, int out);
/* And give it back.  May be called twice. */
void line_close(struct line_editor *line);

/*
 * Read a line into buf, without its end.  1, or 0: it was left (end of file,
 * Ctrl-D in the empty field).  What is too long is cut; Escape, Ctrl-U and
 * Ctrl-C empty the field, and Ctrl-C in an empty one asks for the keys ("?");
 * keys without a meaning do nothing.
 */
int
line_read(struct line_editor *line, const char *prompt, char buf[LINE_SIZE]);

#endif
