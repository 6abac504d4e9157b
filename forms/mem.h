/*
 * The one place where forms/ takes memory.  Everything is wiped when it is
 * given back, since names and addresses pass through it.
 */
#ifndef FORMS_MEM_H
#define FORMS_MEM_H

#include <stddef.h>

/* n zeroed bytes, or NULL.  Give back with mem_free. */
void *mem_alloc(size_t n);

/* Wipe and give back.  NULL is allowed. */
void mem_free(void *p);

/* A growing run of bytes; all zero is an empty one. */
struct bytes {
	char *p;
	size_t len, cap;
};

/* Append; p NULL appends zeros.  0, or -1 when memory is short. */
int bytes_add(struct bytes *bytes, const void *p, size_t n);

/* Wipe the content, keep the room. */
void bytes_clear(struct bytes *bytes);

/* Wipe and give the room back. */
void bytes_free(struct bytes *bytes);

/*
 * Tell the C library to keep big blocks at hand: libharu's deflate takes and
 * gives back 256 KiB a page, and mapping them anew is half of its time.
 */
void mem_tune(void);

#endif
