/*
 * The memory of one libharu document.  libharu does not live through a failed
 * allocation: it goes on with half-made objects.  So it never sees one.  Its
 * calls run inside pool_run; where memory ends the call is left by a jump,
 * and the pool gives back all that the document held (what zlib had in hand
 * at that moment is lost to the process).
 */
#ifndef FORMS_POOL_H
#define FORMS_POOL_H

#include <setjmp.h>

#include <hpdf.h>

struct block;

/* All zero is an empty one. */
struct pool {
	struct block *first;
	jmp_buf out;
};

/*
 * Run work(arg), in which libharu may allocate.  0, or -1 when memory ended:
 * the document must then not be touched again but by pool_drop.
 */
int pool_run(struct pool *pool, void (*work)(void *arg), void *arg);

/* Wipe and free every block. */
void pool_drop(struct pool *pool);

/* For HPDF_NewEx. */
void *HPDF_STDCALL pool_alloc(HPDF_UINT n);
void HPDF_STDCALL pool_free(void *p);

#endif
