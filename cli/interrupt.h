/*
 * What must be put right when the program is interrupted: a half-written file
 * is removed, a terminal gets its settings back.
 */
#ifndef CLI_INTERRUPT_H
#define CLI_INTERRUPT_H

#include <termios.h>

/* From now on do so on SIGINT, SIGTERM and SIGHUP; ignore SIGPIPE and
 * SIGXFSZ, which arrive as a failed write. */
void interrupt_install(void);

/* The one file to remove; NULL: none.  The string must live until changed. */
void interrupt_file(const char *path);

/* The one terminal to restore; NULL: none.  Copied. */
void interrupt_terminal(int fd, const struct termios *before);

#endif
