/*
 * A wire between the library and its server that can be cut at a word: for
 * tests of what is lost when it is lost just then.  $MAILROOM_TEST_DB names
 * the server, proxy_db the way through the wire.
 */
#ifndef TEST_PROXY_H
#define TEST_PROXY_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include "test/house.h"

enum cut_at {
	CUT_NEVER,
	CUT_BEFORE, /* what has the word does not arrive */
	CUT_AFTER,  /* it arrives, and its answer does not */
	CUT_ALWAYS  /* nobody is there */
};

static struct proxy {
	int listener, port, server;
	pthread_t thread;
	atomic_int at, left; /* how often it is still cut */
	atomic_int met;      /* connections that were asked for */
	const char *word;
} proxy;

static inline int
proxy_socket(int port, int listening)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	    .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int failed;

	assert_true(fd >= 0);
	failed = listening
	    ? bind(fd, (struct sockaddr *)&to, sizeof(to)) || listen(fd, 16)
	    : connect(fd, (struct sockaddr *)&to, sizeof(to));
	if (!failed)
		return fd;
	close(fd);
	return -1;
}

/* All of it goes on, or it is over. */
static inline int
proxy_pass(int to, const char *bytes, ssize_t n)
{
	for (ssize_t sent; n > 0; bytes += sent, n -= sent) {
		sent = send(to, bytes, (size_t)n, MSG_NOSIGNAL);
		if (sent <= 0)
			return -1;
	}
	return 0;
}

/* The server has done what it was told: ready for the next. */
static inline void
proxy_answered(int server)
{
	static const char ready[] = {'Z', 0, 0, 0, 5};
	char bytes[65536];
	ssize_t n;

	do
		n = recv(server, bytes, sizeof(bytes), 0);
	while (n > 0 && memmem(bytes, (size_t)n, ready, 5) == NULL);
}

/* From the client: 0, or -1: here it is cut. */
static inline int
proxy_client(int client, int server)
{
	char bytes[65536];
	ssize_t n = recv(client, bytes, sizeof(bytes), 0);
	int at = proxy.at;

	if (n <= 0)
		return -1;
	if ((at == CUT_BEFORE || at == CUT_AFTER) && proxy.left > 0 &&
	    memmem(bytes, (size_t)n, proxy.word, strlen(proxy.word)) != NULL) {
		proxy.left--;
		if (at == CUT_AFTER && proxy_pass(server, bytes, n) == 0)
			proxy_answered(server);
		return -1;
	}
	return proxy_pass(server, bytes, n);
}

static inline int
proxy_server(int client, int server)
{
	char bytes[65536];
	ssize_t n = recv(server, bytes, sizeof(bytes), 0);

	return n > 0 ? proxy_pass(client, bytes, n) : -1;
}

/* One connection from its beginning to its end. */
static inline void *
proxy_serve(void *arg)
{
	int client = (int)(intptr_t)arg, over = 0;
	int server = proxy_socket(proxy.server, 0);
	struct pollfd on[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};

	while (server >= 0 && !over && poll(on, 2, -1) > 0) {
		if (on[0].revents)
			over = proxy_client(client, server);
		else if (on[1].revents)
			over = proxy_server(client, server);
	}
	if (server >= 0)
		close(server);
	close(client);
	return NULL;
}

static inline void *
proxy_listen(void *arg)
{
	pthread_t thread;
	int fd;

	(void)arg;
	while ((fd = accept(proxy.listener, NULL, NULL)) >= 0) {
		proxy.met++;
		if (proxy.at == CUT_ALWAYS ||
		    pthread_create(
			&thread, NULL, proxy_serve, (void *)(intptr_t)fd) != 0)
			close(fd);
		else
			pthread_detach(thread);
	}
	return NULL;
}

static inline void
proxy_start(void)
{
	struct sockaddr_in own;
	socklen_t size = sizeof(own);
	const char *server = getenv("MAILROOM_TEST_DB");
	const char *port = server != NULL ? strstr(server, "port=") : NULL;

	assert_non_null(port);
	proxy.server = atoi(port + strlen("port="));
	proxy.listener = proxy_socket(0, 1);
	assert_true(proxy.listener >= 0);
	assert_int_equal(
	    getsockname(proxy.listener, (struct sockaddr *)&own, &size), 0);
	proxy.port = ntohs(own.sin_port);
	assert_int_equal(
	    pthread_create(&proxy.thread, NULL, proxy_listen, NULL), 0);
}

static inline void
proxy_stop(void)
{
	shutdown(proxy.listener, SHUT_RDWR);
	pthread_join(proxy.thread, NULL);
	close(proxy.listener);
}

/* The house's database by way of the wire. */
static inline const char *
proxy_db(const struct house *h, char db[320])
{
	snprintf(db, 320, "%s port=%d", h->db, proxy.port);
	return db;
}

/* So often, where the word is said. */
static inline void
proxy_cut(enum cut_at at, const char *word, int times)
{
	proxy.word = word;
	proxy.left = times;
	proxy.at = at;
}

#endif
