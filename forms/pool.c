/*
 * The memory of one libharu document.  See pool.h.
 */
#include "forms/pool.h"

#include "forms/mem.h"

/* Stands before each block; links make the pool. */
struct block {
	struct block *next;
	struct block **from; /* what points here */
	max_align_t data[];
};

/* libharu's allocator gets no argument, so the pool at work stands here. */
static _Thread_local struct pool *at_work;

int
pool_run(struct pool *pool, void (*work)(void *arg), void *arg)
{
	struct pool *volatile before = at_work;
	volatile int status = 0;

	at_work = pool;
	if (setjmp(pool->out) == 0)
		work(arg);
	else
		status = -1;
	at_work = before;
	return status;
}

void
pool_drop(struct pool *pool)
{
	while (pool->first != NULL)
		pool_free(pool->first->data);
}

void *HPDF_STDCALL
pool_alloc(HPDF_UINT n)
{
	struct block *block = mem_alloc(sizeof(*block) + n);

	if (block == NULL)
		longjmp(at_work->out, 1);
	block->next = at_work->first;
	block->from = &at_work->first;
	if (block->next != NULL)
		block->next->from = &block->next;
	at_work->first = block;
	return block->data;
}

void HPDF_STDCALL
pool_free(void *p)
{
	struct block *block;

	if (p == NULL)
		return;
	block = (void *)((char *)p - offsetof(struct block, data));
	*block->from = block->next;
	if (block->next != NULL)
		block->next->from = block->from;
	mem_free(block);
}
