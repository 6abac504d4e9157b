/*
 * Memory that is wiped when it is given back.  See mem.h.  A block carries
 * its size in front, because libharu's free tells none.
 */
#include "forms/mem.h"

#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define KEEP_BYTES (16 * 1024 * 1024)

union head {
	size_t size;
	max_align_t align;
};

void *
mem_alloc(size_t n)
{
	union head *head;

	if (n > (size_t)-1 / 2)
		return NULL;
	head = calloc(1, sizeof(*head) + n);
	if (head == NULL)
		return NULL;
	head->size = n;
	return head + 1;
}

void
mem_free(void *p)
{
	union head *head = p;

	if (p == NULL)
		return;
	head--;
	explicit_bzero(p, head->size);
	free(head);
}

int
bytes_add(struct bytes *bytes, const void *p, size_t n)
{
	size_t cap = bytes->cap == 0 ? 256 : bytes->cap;
	char *bigger;

	if (n > (size_t)-1 / 4 - bytes->len)
		return -1;
	while (cap < bytes->len + n)
		cap *= 2;
	if (cap != bytes->cap) {
		if ((bigger = mem_alloc(cap)) == NULL)
			return -1;
		if (bytes->len > 0)
			memcpy(bigger, bytes->p, bytes->len);
		mem_free(bytes->p);
		bytes->p = bigger;
		bytes->cap = cap;
	}
	if (p == NULL)
		memset(bytes->p + bytes->len, 0, n);
	else if (n > 0)
		memcpy(bytes->p + bytes->len, p, n);
	bytes->len += n;
	return 0;
}

void
bytes_clear(struct bytes *bytes)
{
	if (bytes->len > 0)
		explicit_bzero(bytes->p, bytes->len);
	bytes->len = 0;
}

void
bytes_free(struct bytes *bytes)
{
	mem_free(bytes->p);
	bytes->p = NULL;
	bytes->len = bytes->cap = 0;
}

void
mem_tune(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, KEEP_BYTES);
	mallopt(M_TRIM_THRESHOLD, 2 * KEEP_BYTES);
#endif
}
