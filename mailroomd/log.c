/* What the daemon says of itself.  See log.h. */
#include "mailroomd/log.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *word, *integers;
} lines[] = {
#define X(name, word, integers) {word, integers},
    LOGGED(X)
#undef X
};

void
log_line(enum logged what, int64_t a, int64_t b, int64_t c)
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
