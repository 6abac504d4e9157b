/*
 * The body of a request while it arrives: how much of it is taken, and how
 * many large ones at a time.
 */
#ifndef MAILROOMD_BODY_H
#define MAILROOMD_BODY_H

#include <stdatomic.h>
#include <stddef.h>
#include <time.h>

struct body {
	char *bytes; /* with a NUL after len; NULL: none came */
	size_t len, size, most, dropped;
	enum { WHOLE, LARGE, TOO_LARGE, TOO_MANY } is;
	time_t began;
	atomic_int *large; /* how many of them there are */
};

/* most: what it may hold; less than HTTP_BODY_MAX is that. */
void body_begin(struct body *body, size_t most, atomic_int *large);
/* 0, or -1: close the connection, for there is no end of it or no memory.
 * What is more than it may hold is read and dropped. */
int body_take(struct body *body, const char *bytes, size_t len);
/* Wipe and free; its place is another's. */
void body_end(struct body *body);

/* Seconds of a clock that only goes on. */
time_t body_clock(void);

#endif
