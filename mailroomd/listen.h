/*
 * Where the daemon can be reached: 127.0.0.1:PORT, [::1]:PORT, another address
 * of this machine, or unix:PATH; or the socket that a service manager hands
 * over.
 */
#ifndef MAILROOMD_LISTEN_H
#define MAILROOMD_LISTEN_H

#include <stddef.h>

#define LISTEN_STANDARD "127.0.0.1:8025"

struct place {
	int fd;
	int port;         /* 0: a Unix socket */
	int loopback;     /* 1: nobody else's machine reaches it */
	const char *path; /* of a Unix socket that we made; NULL: none */
};

/* 0, or -1 and a sentence in why. */
int listen_at(const char *where, struct place *place, char *why, size_t size);
/* 1: other machines reach what is written so. */
int listen_far(const char *where);
/* Remove what was made. */
void listen_end(const struct place *place);

#endif
