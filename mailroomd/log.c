/* What the daemon says of itself.  See log.h. */
#include "mailroomd/log.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const struct {
	const char *word, *integers;
} lines[] = {
#define X(name, word, integers) {word, integers},
    LOGGED(X)
#undef X
};

#define WORDS (sizeof(lines) / sizeof(lines[0]))

static struct {
	pthread_mutex_t lock;
	time_t minute;
	int64_t told[WORDS], more;
} count = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* 1: it is to be told; *more: lines that were not. */
static int
may_tell(enum logged what, int64_t *more)
{
	struct timespec now;
	int may;

	clock_gettime(CLOCK_MONOTONIC, &now);
	pthread_mutex_lock(&count.lock);
	*more = 0;
	if (now.tv_sec / 60 != count.minute) {
		*more = count.more;
		count.more = 0;
		count.minute = now.tv_sec / 60;
		memset(count.told, 0, sizeof(count.told));
	}
	may = ++count.told[what] <= LOG_MINUTE;
	count.more += !may;
	pthread_mutex_unlock(&count.lock);
	return may;
}

static void
tell(enum logged what, int64_t a, int64_t b, int64_t c)
{
	const int64_t value[] = {a, b, c};
	const char *name = lines[what].integers;
	char line[256];
	int n = snprintf(line, sizeof(line), "mailroomd: %s", lines[what].word);
	size_t len;

	for (int i = 0; *name != '\0' && i < 3; i++) {
		len = strcspn(name, " ");
		n +=
		    snprintf(line + n, sizeof(line) - (size_t)n, "%s %.*s %lld",
			i > 0 ? "," : ":", (int)len, name, (long long)value[i]);
		name += len + strspn(name + len, " ");
	}
	/* One write a line, so that threads do not mix theirs. */
	fprintf(stderr, "%s\n", line);
}

void
log_line(enum logged what, int64_t a, int64_t b, int64_t c)
{
	int64_t more;
	int may = may_tell(what, &more);

	if (more > 0)
		tell(LOG_NOT_TOLD, more, 0, 0);
	if (may)
		tell(what, a, b, c);
}
