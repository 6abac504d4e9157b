/*
 * Arena: a chain of blocks, newest last.  See arena.h.
 * Blocks are ordinary memory, not locked against swap; they are wiped before
 * they are handed out again or given back.
 */
#include "lib/arena.h"

#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE 16384

struct block {
	struct block *prev;
	size_t size, used;
	size_t touched; /* from here on the bytes are as malloc gave them */
	max_align_t data[];
};

struct mr_arena {
	struct block *last;
	size_t total, limit;
	int failed;
};

static struct block *
block_new(struct mr_arena *arena, size_t size)
{
	struct block *b;

	if (arena->limit != 0 && size > arena->limit - arena->total)
		return NULL;
	b = malloc(sizeof(*b) + size);
	if (b == NULL)
		return NULL;
	b->prev = arena->last;
	b->size = size;
	b->used = b->touched = 0;
	arena->total += size;
	arena->last = b;
	return b;
}

static void
block_drop(struct mr_arena *arena)
{
	struct block *b = arena->last;

	arena->last = b->prev;
	arena->total -= b->size;
	sodium_memzero(b->data, b->used);
	free(b);
}

struct mr_arena *
mr_arena_new(size_t limit)
{
	struct mr_arena *arena = calloc(1, sizeof(*arena));

	if (arena == NULL)
		return NULL;
	arena->limit = limit;
	if (block_new(arena, BLOCK_SIZE) == NULL) {
		free(arena);
		return NULL;
	}
	return arena;
}

void
mr_arena_free(struct mr_arena *arena)
{
	if (arena == NULL)
		return;
	while (arena->last != NULL)
		block_drop(arena);
	free(arena);
}

void *
mr_alloc(struct mr_arena *arena, size_t n)
{
	const size_t align = sizeof(max_align_t);
	struct block *b = arena->last;
	void *p;

	if (n > SIZE_MAX / 2)
		goto fail;
	n = n == 0 ? align : (n + align - 1) / align * align;
	if (n > b->size - b->used)
		b = block_new(arena, n > BLOCK_SIZE ? n : BLOCK_SIZE);
	if (b == NULL)
		goto fail;
	p = (char *)b->data + b->used;
	b->used += n;
	/* What was handed out before has been wiped since. */
	if (b->used > b->touched) {
		memset((char *)b->data + b->touched, 0, b->used - b->touched);
		b->touched = b->used;
	}
	return p;
fail:
	arena->failed = 1;
	return NULL;
}

void *
mr_memdup(struct mr_arena *arena, const void *p, size_t n)
{
	void *copy;

	if (p == NULL || (copy = mr_alloc(arena, n)) == NULL)
		return NULL;
	if (n > 0)
		memcpy(copy, p, n);
	return copy;
}

char *
mr_strndup(struct mr_arena *arena, const char *s, size_t n)
{
	char *copy;

	if (s == NULL || (copy = mr_alloc(arena, n + 1)) == NULL)
		return NULL;
	memcpy(copy, s, n);
	return copy;
}

char *
mr_strdup(struct mr_arena *arena, const char *s)
{
	return s == NULL ? NULL : mr_strndup(arena, s, strlen(s));
}

char *
mr_vprintf(struct mr_arena *arena, const char *format, va_list ap)
{
	char text[256];
	va_list again;
	char *s = NULL;
	int n;

	va_copy(again, ap);
	n = vsnprintf(text, sizeof(text), format, again);
	va_end(again);
	if (n >= 0)
		s = mr_alloc(arena, (size_t)n + 1);
	if (s != NULL && (size_t)n < sizeof(text))
		memcpy(s, text, (size_t)n + 1);
	else if (s != NULL)
		vsnprintf(s, (size_t)n + 1, format, ap);
	/* It may have been somebody's name. */
	sodium_memzero(text,
	    n < 0 || (size_t)n >= sizeof(text) ? sizeof(text) : (size_t)n);
	return s;
}

char *
mr_printf(struct mr_arena *arena, const char *format, ...)
{
	va_list ap;
	char *s;

	va_start(ap, format);
	s = mr_vprintf(arena, format, ap);
	va_end(ap);
	return s;
}

struct mr_mark
mr_mark(const struct mr_arena *arena)
{
	struct mr_mark mark = {arena->last, arena->last->used};

	return mark;
}

void
mr_release(struct mr_arena *arena, struct mr_mark mark)
{
	struct block *b;

	while (arena->last != mark.block)
		block_drop(arena);
	b = arena->last;
	sodium_memzero((char *)b->data + mark.used, b->used - mark.used);
	b->used = mark.used;
}

void
mr_arena_reset(struct mr_arena *arena)
{
	struct mr_mark first = {NULL, 0};
	struct block *b = arena->last;

	while (b->prev != NULL)
		b = b->prev;
	first.block = b;
	mr_release(arena, first);
	arena->failed = 0;
}

int
mr_arena_failed(const struct mr_arena *arena)
{
	return arena->failed;
}
