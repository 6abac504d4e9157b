/*
 * Reads the codes in a picture, in a process of its own: what comes in was
 * printed by strangers, the library that reads it is old C, and this process
 * holds keys.  The child may read its picture and write what it found, and
 * nothing else; what it saw ends with it.  eye.c alone sees libzbar.
 */
#ifndef MAILROOMD_EYE_H
#define MAILROOMD_EYE_H

#include <stddef.h>

#define EYE_ARGUMENT "--eye" /* of mailroomd: be the child */
#define EYE_PIXELS 2000000   /* the most in a picture */
#define EYE_CODES 8          /* the most that are told of one */
#define EYE_TEXT 21          /* a code of ours and its NUL */
#define EYE_SECONDS 5        /* the child has so long */

struct eye_seen {
	char code[EYE_CODES][EYE_TEXT]; /* twenty capitals and digits each */
	int codes;
	int others; /* QR codes that are none of ours by their look */
};

/*
 * Look at a picture of one grey byte a pixel, row by row.  Blocks until the
 * child is gone.  0, or -1: it could not be started, broke off or took too
 * long.
 */
int eye_look(
    unsigned width, unsigned height, const char *pixels, struct eye_seen *seen);

/* The child: a picture on its standard input, what it saw on the output. */
int eye_main(void);

#endif
