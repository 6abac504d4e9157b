/*
 * What a page shows: PDF operators put together as bytes and deflated.  Ours
 * and not libharu's, which clears half a kilobyte for every number and takes
 * a quarter of a megabyte anew for every page.  All of it is wiped when it is
 * given back, what zlib held too, since addresses pass through it.
 */
#ifndef FORMS_CONTENT_H
#define FORMS_CONTENT_H

#include <zlib.h>

#include "forms/mem.h"

/* All zero is an empty one. */
struct content {
	struct bytes s, packed;
	z_stream zip;
	int opened; /* zip is */
	int failed; /* memory was short; nothing more is added */
};

/* Begin a page. */
void content_start(struct content *content);

/* Add an operator or a name, as it is. */
void content_put(struct content *content, const char *s);

/* Add a number of at most `decimals` decimals (up to 5) and a space. */
void content_number(struct content *content, double value, int decimals);

/* Add the UCS-2 characters of UTF-8 text as a PDF string. */
void content_string(struct content *content, const char *s, size_t n);

/* The page, deflated, until the next one begins.  NULL: memory was short. */
const struct bytes *content_pack(struct content *content);

/* Wipe and give the room back. */
void content_free(struct content *content);

#endif
