/* The certificate of the daemon and its key, from the files that conf names. */
#ifndef MAILROOMD_PEM_H
#define MAILROOMD_PEM_H

#include <stdint.h>

#include "mailroomd/conf.h"

#define PEM_SOON 30 /* days before its end that the log begins to tell */

/* PEM texts; NULL: no TLS.  Wipe them with pem_wipe. */
struct pem {
	char *certificate, *key;
	int64_t ends; /* seconds UTC */
};

/* 0, or -1: they cannot be read, and that was told on standard error. */
int pem_read(const struct conf *conf, struct pem *pem);
void pem_wipe(struct pem *pem);

/* Whole days until then; below 0: it is over. */
int64_t pem_days(int64_t ends);
/* Tells the log once a day, when it is soon. */
void pem_watch(int64_t ends);

#endif
