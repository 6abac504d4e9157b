/*
 * What the printers of out.h share at their lower end: a buffer before the
 * caller's write function.  Private to lib/out_*.c.
 */
#ifndef MR_OUT_SINK_H
#define MR_OUT_SINK_H

#include "lib/out.h"

struct mr_sink {
	mr_write write;
	void *to;
	char *buffer;
	size_t used;
	int *failed; /* `failed` of the printer; nothing is written after */
};

/* 0, or -1 when memory is short. */
int mr_sink_open(struct mr_sink *sink, struct mr_arena *arena, mr_write write,
    void *to, int *failed);

void mr_sink_put(struct mr_sink *sink, const void *bytes, size_t len);
void mr_sink_text(struct mr_sink *sink, const char *s);

/* Room for n bytes, of which mr_sink_took says how many were written; NULL:
 * put them instead. */
char *mr_sink_room(struct mr_sink *sink, size_t n);
void mr_sink_took(struct mr_sink *sink, size_t n);

/* c, n times. */
void mr_sink_fill(struct mr_sink *sink, char c, size_t n);

/* Hand on what is held.  0, or -1 when anything failed so far. */
int mr_sink_flush(struct mr_sink *sink);

/* Pass a file on, or note the failure when nobody takes files. */
void
mr_sink_document(struct mr_sink *sink, mr_document document, const char *name,
    const char *type, const void *bytes, size_t len, int secret);

#endif
