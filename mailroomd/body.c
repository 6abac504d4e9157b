/* The body of a request while it arrives.  See body.h. */
#include "mailroomd/body.h"

#include <stdlib.h>
#include <string.h>

#include "mailroomd/http.h"

time_t
body_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

void
body_begin(struct body *body, size_t most, atomic_int *large)
{
	*body = (struct body){.large = large,
	    .most = most > HTTP_BODY_MAX ? most : HTTP_BODY_MAX,
	    .began = body_clock()};
}

/* A large body needs a place, which it has until it was answered. */
static void
judge(struct body *body, size_t len)
{
	if (body->is >= TOO_LARGE || len <= HTTP_BODY_MAX)
		return;
	if (len > body->most) {
		/* Its place is free for others while the rest is dropped. */
		body_end(body);
		body->is = TOO_LARGE;
	} else if (body->is == WHOLE) {
		body->is = LARGE;
		if (atomic_fetch_add(body->large, 1) >= HTTP_LARGE) {
			atomic_fetch_sub(body->large, 1);
			body->is = TOO_MANY;
		}
	}
}

/* Room for len bytes and a NUL.  0, or -1: no memory. */
static int
grow(struct body *body, size_t len)
{
	size_t size = 2 * (len + 1);
	char *more;

	if (len + 1 <= body->size)
		return 0;
	if (size > body->most + 1)
		size = body->most + 1;
	/* Not realloc: what it leaves behind is not wiped. */
	more = malloc(size);
	if (more == NULL)
		return -1;
	if (body->len > 0) {
		memcpy(more, body->bytes, body->len);
		explicit_bzero(body->bytes, body->len);
	}
	free(body->bytes);
	body->bytes = more;
	body->size = size;
	return 0;
}

int
body_take(struct body *body, const char *bytes, size_t len)
{
	judge(body, body->len + len);
	if (body->is != WHOLE &&
	    body_clock() - body->began > HTTP_LARGE_SECONDS)
		return -1;
	if (body->is >= TOO_LARGE) {
		body->dropped += len;
		return body->dropped > HTTP_DROPPED ? -1 : 0;
	}
	if (grow(body, body->len + len) != 0)
		return -1;
	memcpy(body->bytes + body->len, bytes, len);
	body->len += len;
	body->bytes[body->len] = '\0';
	return 0;
}

void
body_end(struct body *body)
{
	if (body->is == LARGE)
		atomic_fetch_sub(body->large, 1);
	body->is = WHOLE;
	if (body->bytes != NULL)
		explicit_bzero(body->bytes, body->len);
	free(body->bytes);
	body->bytes = NULL;
	body->len = body->size = 0;
}
