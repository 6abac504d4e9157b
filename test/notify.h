/*
 * A service manager that listens to a daemon (sd_notify).
 */
#ifndef TEST_NOTIFY_H
#define TEST_NOTIFY_H

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "test/daemon.h"

/* The place where a service manager listens. */
static inline int
hear_at(const char *path)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	assert_true(fd >= 0);
	strcpy(at.sun_path, path);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

/* A daemon that has one; path: where it listens, to be unlinked. */
static inline int
start_managed(struct daemon *d, struct house *h, char path[64])
{
	int fd;

	snprintf(path, 64, "/tmp/mailroom-notify-%d", (int)getpid());
	fd = hear_at(path);
	setenv("NOTIFY_SOCKET", path, 1);
	setenv("WATCHDOG_USEC", "600000000", 1);
	daemon_start(d, h);
	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	return fd;
}

/* And what it said before does not count. */
static inline void
forget_heard(int fd)
{
	char said[200];

	while (recv(fd, said, sizeof(said), MSG_DONTWAIT) >= 0)
		;
}

static inline void
hears(int fd, const char *what)
{
	char said[200];
	ssize_t n;

	do {
		if (poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1,
			30000) != 1)
			fail_msg("nobody says %s", what);
		n = recv(fd, said, sizeof(said) - 1, 0);
		assert_true(n >= 0);
		said[n] = '\0';
	} while (strstr(said, what) == NULL);
}

#endif
