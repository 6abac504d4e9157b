/*
 * Signals.  Only what is safe in a handler happens in the handler.
 */
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "cli/interrupt.h"

static const char *volatile file;
static volatile sig_atomic_t terminal = -1;
static struct termios settings;

static void
handle(int number)
{
	if (file != NULL)
		unlink(file);
	if (terminal >= 0)
		tcsetattr(terminal, TCSANOW, &settings);
	/* SA_RESETHAND: this time it ends the program, as the caller of the
	 * program expects to see. */
	raise(number);
}

void
interrupt_install(void)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {
	    .sa_handler = handle, .sa_flags = (int)SA_RESETHAND};
	struct sigaction before;
	size_t i;

	sigemptyset(&action.sa_mask);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sigaction(numbers[i], NULL, &before);
		if (before.sa_handler != SIG_IGN)
			sigaction(numbers[i], &action, NULL);
	}
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

void
interrupt_file(const char *path)
{
	file = path;
}

void
interrupt_terminal(int fd, const struct termios *before)
{
	terminal = -1;
	if (before != NULL) {
		settings = *before;
		terminal = fd;
	}
}
