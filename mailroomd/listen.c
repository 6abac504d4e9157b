/* A socket that listens.  See listen.h. */
#include "mailroomd/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#define WAITING 128 /* connections that the system keeps for us */

static int
fail(char *why, size_t size, const char *where, const char *what)
{
	snprintf(why, size, "%.100s: %s", where, what);
	return -1;
}

/* An old socket of ours that nobody serves is in the way of the new one. */
static void
clear_path(const struct sockaddr_un *at)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 &&
	    connect(fd, (const struct sockaddr *)at, sizeof(*at)) != 0 &&
	    errno == ECONNREFUSED)
		unlink(at->sun_path);
	if (fd >= 0)
		close(fd);
}

static int
at_path(const char *path, struct place *place, char *why, size_t size)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	mode_t mask;
	int failed;

	if (strlen(path) >= sizeof(at.sun_path))
		return fail(why, size, path, "the path is too long");
	strcpy(at.sun_path, path);
	clear_path(&at);
	place->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (place->fd < 0)
		return fail(why, size, path, strerror(errno));
	/* Owner and group, so that a group can be the people who work here. */
	mask = umask(0117);
	failed = bind(place->fd, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    listen(place->fd, WAITING) != 0;
	umask(mask);
	if (failed) {
		fail(why, size, path, strerror(errno));
		close(place->fd);
		return -1;
	}
	place->loopback = 1;
	place->path = path;
	return 0;
}

/* "127.0.0.1:8025" or "[::1]:8025" apart. */
static int
read_address(const char *where, struct sockaddr_storage *at, socklen_t *len,
    int *loopback)
{
	struct sockaddr_in *in = (struct sockaddr_in *)at;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)at;
	const char *colon = strrchr(where, ':');
	char host[64], *end;
	long port;

	memset(at, 0, sizeof(*at));
	if (colon == NULL || (size_t)(colon - where) >= sizeof(host))
		return -1;
	port = strtol(colon + 1, &end, 10);
	if (colon[1] == '\0' || *end != '\0' || port < 0 || port > 65535)
		return -1;
	snprintf(host, sizeof(host), "%.*s", (int)(colon - where), where);
	if (inet_pton(AF_INET, host, &in->sin_addr) == 1) {
		in->sin_family = AF_INET;
		in->sin_port = htons((uint16_t)port);
		*len = sizeof(*in);
		*loopback = ntohl(in->sin_addr.s_addr) >> 24 == 127;
		return 0;
	}
	if (host[0] != '[' || host[strlen(host) - 1] != ']')
		return -1;
	host[strlen(host) - 1] = '\0';
	if (inet_pton(AF_INET6, host + 1, &in6->sin6_addr) != 1)
		return -1;
	in6->sin6_family = AF_INET6;
	in6->sin6_port = htons((uint16_t)port);
	*len = sizeof(*in6);
	*loopback = IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
	return 0;
}

int
listen_far(const char *where)
{
	struct sockaddr_storage at;
	socklen_t len;
	int loopback = 1;

	return strncmp(where, "unix:", 5) != 0 &&
	    read_address(where, &at, &len, &loopback) == 0 && !loopback;
}

/* The port that it became, where 0 was asked for. */
static int
port_of(int fd)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof(at);

	if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
		return 0;
	return ntohs(at.ss_family == AF_INET6
		? ((struct sockaddr_in6 *)&at)->sin6_port
		: ((struct sockaddr_in *)&at)->sin_port);
}

static void
look_at(struct place *place)
{
	struct sockaddr_storage at = {.ss_family = AF_UNSPEC};
	const struct sockaddr_in *in = (const struct sockaddr_in *)&at;
	const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)&at;
	socklen_t len = sizeof(at);

	getsockname(place->fd, (struct sockaddr *)&at, &len);
	if (at.ss_family == AF_UNIX) {
		place->loopback = 1;
		return;
	}
	place->loopback = at.ss_family == AF_INET6
	    ? IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr)
	    : at.ss_family == AF_INET &&
		ntohl(in->sin_addr.s_addr) >> 24 == 127;
	place->port = port_of(place->fd);
}

static int
at_address(const char *where, struct place *place, char *why, size_t size)
{
	struct sockaddr_storage at;
	socklen_t len = 0;
	int yes = 1;

	if (read_address(where, &at, &len, &place->loopback) != 0)
		return fail(why, size, where,
		    "write ADDRESS:PORT, such as 127.0.0.1:8025, or "
		    "unix:PATH");
	place->fd = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (place->fd < 0)
		return fail(why, size, where, strerror(errno));
	setsockopt(place->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(place->fd, (struct sockaddr *)&at, len) != 0 ||
	    listen(place->fd, WAITING) != 0) {
		fail(why, size, where, strerror(errno));
		close(place->fd);
		return -1;
	}
	place->port = port_of(place->fd);
	return 0;
}

int
listen_at(const char *where, struct place *place, char *why, size_t size)
{
	static int taken;

	memset(place, 0, sizeof(*place));
	place->fd = -1;
	/* A service manager has bound it already, and answers for where. */
	if (sd_listen_fds(0) == 1 && !taken) {
		taken = 1;
		place->fd = SD_LISTEN_FDS_START;
		look_at(place);
		return 0;
	}
	if (strncmp(where, "unix:", 5) == 0)
		return at_path(where + 5, place, why, size);
	return at_address(where, place, why, size);
}

void
listen_end(const struct place *place)
{
	if (place->path != NULL)
		unlink(place->path);
}
