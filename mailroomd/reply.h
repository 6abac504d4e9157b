/*
 * An answer over HTTP while it is made: status, type, bytes, a few headers.
 * Bytes are wiped when it is given back, for they may hold an address.
 */
#ifndef MAILROOMD_REPLY_H
#define MAILROOMD_REPLY_H

#include <stddef.h>

#define REPLY_HEADERS 6

struct reply {
	int status;       /* HTTP's; 0: not answered yet */
	const char *type; /* for good, or own_type */
	char own_type[64];
	char *bytes;
	size_t len, size;
	int failed;           /* memory ran out */
	const char *language; /* that problems are told in; lib/tongue.h */
	struct {
		const char *name;
		char value[256];
	} headers[REPLY_HEADERS];
	int nheaders;
};

/* mr_write: more bytes at the end.  0, or -1: no memory, and ->failed. */
int reply_write(void *reply, const void *bytes, size_t len);
/* A text that is there for good (a page): copied all the same. */
void
reply_text(struct reply *reply, int status, const char *type, const char *text);
/* name must be a literal.  A value that does not fit is cut. */
void reply_header(struct reply *reply, const char *name, const char *format,
    ...) __attribute__((format(printf, 3, 4)));
/* Forget what was written, for another answer. */
void reply_clear(struct reply *reply);
/* Wipe and free. */
void reply_free(struct reply *reply);

#endif
