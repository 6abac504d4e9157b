/*
 * What the daemon says of itself, on standard error: a word from this list
 * and integers.  There is no way to put a string of anybody's into it.
 */
#ifndef MAILROOMD_LOG_H
#define MAILROOMD_LOG_H

#include <stdint.h>

/* Lines of one word in a minute; how many more there were is told after it,
 * before the next line: nobody at the door can fill the disk. */
#define LOG_MINUTE 60

/* enum name, word, names of the integers */
#define LOGGED(X) \
	X(OPEN, "open", "port") \
	X(CLOSING, "closing", "signal") \
	X(SIGNED_IN, "signed in", "user station by") \
	X(SIGNED_OUT, "signed out", "user") \
	X(SIGN_IN_REFUSED, "sign-in refused", "status wait") \
	X(CHECKPOINT, "checkpoint", "event") \
	X(CHECKPOINT_FAILED, "checkpoint failed", "status") \
	X(BACKUP, "backup", "bytes") \
	X(CHECKED, "database checked", "found") \
	X(JOB_FAILED, "job failed", "job status number") \
	X(CERTIFICATE, "the certificate ends soon", "days") \
	X(MOVE, "moving the log", "status") \
	X(TAKEN, "in the place of another mailroomd", "process beats") \
	X(REPLACED, "another mailroomd took the place of this one", "process") \
	X(REFUSED, "request refused", "status operation") \
	X(NOT_PRINTED, "page not printed", "status") \
	X(FAILED, "operation failed", "status operation user") \
	X(NOT_TOLD, "not told", "lines")

enum logged {
#define X(name, word, integers) LOG_##name,
	LOGGED(X)
#undef X
};

/* As many integers as the list names. */
void log_line(enum logged what, int64_t a, int64_t b, int64_t c);

#endif
