/*
 * The buffer before a caller's write function.  See out_sink.h.
 */
#include "lib/out_sink.h"

#include <string.h>

#define SINK_SIZE 4096

int
mr_sink_open(struct mr_sink *sink, struct mr_arena *arena, mr_write write,
    void *to, int *failed)
{
	sink->write = write;
	sink->to = to;
	sink->failed = failed;
	sink->used = 0;
	sink->buffer = mr_alloc(arena, SINK_SIZE);
	return sink->buffer == NULL ? -1 : 0;
}

int
mr_sink_flush(struct mr_sink *sink)
{
	if (!*sink->failed && sink->used > 0 &&
	    sink->write(sink->to, sink->buffer, sink->used) < 0)
		*sink->failed = 1;
	sink->used = 0;
	return *sink->failed ? -1 : 0;
}

void
mr_sink_put(struct mr_sink *sink, const void *bytes, size_t len)
{
	const char *from = bytes;
	size_t n;

	/* Most are short and fit. */
	if (len < SINK_SIZE - sink->used && !*sink->failed) {
		memcpy(sink->buffer + sink->used, from, len);
		sink->used += len;
		return;
	}
	while (len > 0 && !*sink->failed) {
		n = SINK_SIZE - sink->used;
		if (n > len)
			n = len;
		memcpy(sink->buffer + sink->used, from, n);
		sink->used += n;
		from += n;
		len -= n;
		if (sink->used == SINK_SIZE)
			mr_sink_flush(sink);
	}
}

char *
mr_sink_room(struct mr_sink *sink, size_t n)
{
	if (*sink->failed || n >= SINK_SIZE)
		return NULL;
	if (n >= SINK_SIZE - sink->used && mr_sink_flush(sink) != 0)
		return NULL;
	return sink->buffer + sink->used;
}

void
mr_sink_took(struct mr_sink *sink, size_t n)
{
	sink->used += n;
}

void
mr_sink_text(struct mr_sink *sink, const char *s)
{
	mr_sink_put(sink, s, strlen(s));
}

void
mr_sink_fill(struct mr_sink *sink, char c, size_t n)
{
	while (n-- > 0)
		mr_sink_put(sink, &c, 1);
}

void
mr_sink_document(struct mr_sink *sink, mr_document document, const char *name,
    const char *type, const void *bytes, size_t len, int secret)
{
	if (*sink->failed)
		return;
	if (document == NULL ||
	    document(sink->to, name, type, bytes, len, secret) < 0)
		*sink->failed = 1;
}
