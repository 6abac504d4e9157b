/* The parts of a US address, as facilities and people write them. */
#ifndef MR_PLACE_H
#define MR_PLACE_H

#include "lib/arena.h"

#define MR_STATE_WANTS "a state is two letters, such as CT"
#define MR_ZIP_WANTS \
	"a ZIP is five digits, or nine with a hyphen: 06810 or 06810-1234; " \
	"check whether a spreadsheet dropped a 0"

/* Two capital letters. */
int mr_place_is_state(const char *s);
/* 12345 or 12345-6789. */
int mr_place_is_zip(const char *s);
/* A copy with its ASCII letters in upper case.  NULL: memory is short. */
char *mr_place_upper(struct mr_arena *arena, const char *s);

#endif
