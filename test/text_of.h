/* What a PDF says, read back by another program (pdftotext). */
#ifndef TEST_TEXT_OF_H
#define TEST_TEXT_OF_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[8 << 20];

/* Into `text`.  A PDF without text gives "". */
static inline void
text_of(const void *pdf, size_t len)
{
	char name[] = "/tmp/mailroom-pdf-XXXXXX", command[128];
	int fd = mkstemp(name);
	FILE *out;
	size_t n;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, pdf, len), (ssize_t)len);
	close(fd);
	snprintf(command, sizeof(command), "pdftotext -q -layout %s -", name);
	out = popen(command, "r");
	assert_non_null(out);
	n = fread(text, 1, sizeof(text) - 1, out);
	text[n] = '\0';
	assert_int_equal(pclose(out), 0);
	unlink(name);
}

#endif
