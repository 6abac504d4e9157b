/* A small text file that is there whole or not at all: keys, certificates. */
#ifndef MR_PEMFILE_H
#define MR_PEMFILE_H

#include "lib/mailroom.h"

#define MR_PEM_SIZE 16384

/* NUL-terminated.  Whoever has it wipes it. */
struct mr_pem {
	char text[MR_PEM_SIZE];
	size_t len;
};

/* MR_NOTFOUND: no such file.  MR_DENIED: others can read it, and it has a
 * key.  MR_DAMAGED: larger than such a file is.  MR_USAGE: too long a
 * path.  MR_IO. */
enum mr_status mr_pem_read(const char *dir, const char *name,
    struct mr_pem *pem, struct mr_error *error);

/* Into a folder that is made where it is not there, and over the file that is
 * there.  secret: mode 0600; else 0644.  MR_NOTFOUND: the folder above is
 * missing.  MR_FULL, MR_IO: as it was. */
enum mr_status mr_pem_write(const char *dir, const char *name, int secret,
    const struct mr_pem *pem, struct mr_error *error);

#endif
