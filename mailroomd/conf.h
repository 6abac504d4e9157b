/* How the daemon is told what to do: flags, or mailroom.conf in the office. */
#ifndef MAILROOMD_CONF_H
#define MAILROOMD_CONF_H

#include <stddef.h>

/* Strings live as long as the process. */
struct conf {
	const char *office; /* its folder */
	const char *db;     /* as mr_options has it; NULL: in the folder */
	const char *listen;
	const char *host; /* its name where there is no TLS; NULL: none */
	const char *certificate, *key; /* PEM files; NULL: no TLS */
	const char *metrics;   /* where numbers are told; NULL: nowhere */
	const char *backup;    /* folder of backups; NULL: in the office's */
	const char *backup_at; /* "20:00", "never" */
	int minute;            /* the same as a minute of the day */
	int takeover; /* where another serves the site, that one ends */
	int threads;
};

/*
 * Flags first, then the file for what they do not say.  0: go on; else *code
 * is what to exit with, and it has been told why.
 */
int conf_read(int argc, char **argv, struct conf *conf, int *code);

#endif
