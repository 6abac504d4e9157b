/*
 * What the two drawing programs share: a document of synthetic people, begun,
 * and put into a folder.
 */
#ifndef TEST_DRAW_H
#define TEST_DRAW_H

#include "test/people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *folder;
static struct form_setup setup;

static inline void
die(const char *what, const struct form_fault *fault)
{
	fprintf(
	    stderr, "%s: %d: %s\n", what, (int)fault->status, fault->message);
	exit(1);
}

static inline int
to_file(void *to, const void *bytes, size_t len)
{
	return fwrite(bytes, 1, len, to) == len ? 0 : -1;
}

static inline struct form_doc *
begin(void)
{
	struct form_fault fault;
	struct form_doc *doc = form_open(&setup, &fault);

	if (doc == NULL)
		die("open", &fault);
	return doc;
}

static inline void
end(struct form_doc *doc, const char *name)
{
	struct form_fault fault;
	char path[1024];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s.pdf", folder, name);
	f = fopen(path, "wb");
	if (f == NULL || form_finish(doc, to_file, f, &fault) != FORM_OK ||
	    fclose(f) != 0)
		die(name, &fault);
	form_free(doc);
}

static inline void
check(enum form_status status, const struct form_fault *fault, const char *what)
{
	if (status != FORM_OK)
		die(what, fault);
}

#endif
