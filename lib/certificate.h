/*
 * Certificates for an office network: an authority of the office's own, and
 * the certificate of its mailroomd.  Public, as mailroom.h is; needs no
 * database.  certificate.c alone sees GnuTLS.
 */
#ifndef MR_CERTIFICATE_H
#define MR_CERTIFICATE_H

#include "lib/mailroom.h"

/* In the folder: what stations are told to trust; the authority's key with
 * its certificate, mode 0600; the daemon's key with its certificate, mode
 * 0600, one file so that the two never part. */
#define MR_CERTIFICATE_TRUST "office-ca.pem"
#define MR_CERTIFICATE_AUTHORITY "office-ca.key"
#define MR_CERTIFICATE_SERVER "server.pem"

#define MR_CERTIFICATE_DAYS 397 /* what browsers take, less one */
#define MR_AUTHORITY_DAYS 3650

struct mr_certificate_new {
	const char *dir;  /* made, mode 0700, where it is not there */
	const char *host; /* names and addresses, a comma between two */
	int64_t now;      /* microseconds UTC; 0: the clock */
};

struct mr_certificate {
	int kept; /* 1: the authority was there */
	char host[254];
	char fingerprint[80]; /* SHA-256 of the authority, groups of four */
	int64_t authority_ends, server_ends; /* seconds UTC */
};

/*
 * Make the authority unless the folder has one, and a certificate signed by
 * it for those hosts.  Keys are of the curve P-256.  An authority can vouch
 * for the hosts that it was made for, for names under local, lan, internal
 * and home.arpa, and for private addresses: who steals its key cannot pass
 * for a bank.  Each file is there whole or not at all.
 * MR_INVALID: no such host can be.  MR_REFUSED: the authority cannot vouch
 * for it, or has ended.  MR_DENIED: its key can be read by others.
 * MR_DAMAGED: it is no key with its certificate.  MR_NOTFOUND: the folder above
 * `dir` is missing.  MR_USAGE: too long a path.  MR_IO, MR_FULL.
 */
enum mr_status mr_certificate_make(const struct mr_certificate_new *new,
    struct mr_certificate *made, struct mr_error *error);

/* When the first certificate of a PEM text ends, seconds UTC; -1: there is
 * none. */
int64_t mr_certificate_ends(const char *pem);

#endif
