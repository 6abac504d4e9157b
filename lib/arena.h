/*
 * Arena: memory with the lifetime of one call.  Everything a call hands out
 * lives here until mr_end, which wipes it, so a record needs no free function
 * and a secret needs no extra care.  Owns no policy; the only malloc in lib/
 * besides mailroom.c stands in arena.c.
 */
#ifndef MR_ARENA_H
#define MR_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct mr_arena;

/* A place in an arena to go back to.  Fields are the arena's own. */
struct mr_mark {
	void *block;
	size_t used;
};

/*
 * A new arena that refuses to grow over limit bytes (0: no limit).
 * NULL when memory is short.  Free with mr_arena_free.
 */
struct mr_arena *mr_arena_new(size_t limit);

/* Wipe and free.  NULL is allowed. */
void mr_arena_free(struct mr_arena *arena);

/*
 * n bytes, zeroed and aligned for any type, valid until the arena is
 * released past them or freed.  NULL when memory or the limit is reached;
 * mr_arena_failed then stays true until mr_arena_reset.
 */
void *mr_alloc(struct mr_arena *arena, size_t n);

/* Copies of text; NULL in gives NULL out, as does a failed allocation. */
char *mr_strdup(struct mr_arena *arena, const char *s);
char *mr_strndup(struct mr_arena *arena, const char *s, size_t n);
void *mr_memdup(struct mr_arena *arena, const void *p, size_t n);

/* printf into the arena.  NULL when memory is short. */
char *mr_printf(struct mr_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *mr_vprintf(struct mr_arena *arena, const char *format, va_list ap);

/*
 * A loop that runs long gives back in steps: what was allocated since the
 * mark is wiped and may be handed out again.
 */
struct mr_mark mr_mark(const struct mr_arena *arena);
void mr_release(struct mr_arena *arena, struct mr_mark mark);

/* Wipe everything and start again; keeps the first block. */
void mr_arena_reset(struct mr_arena *arena);

/* Did an allocation fail since the last reset? */
int mr_arena_failed(const struct mr_arena *arena);

#endif
