/*
 * What the two drawing programs share: a document of synthetic people, begun,
 * and put into a folder.
 */
#ifndef TEST_DRAW_H
#define TEST_DRAW_H

#include "forms/measure.h"
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

/* Four modules around a code are white, and paper (ISO/IEC 18004). */
static inline void
check_quiet(struct form_doc *doc, const struct op *code, const char *what)
{
	const struct sheet *sheet =
	    (const struct sheet *)(const void *)doc->sheets.p + code->page;
	const struct box page = {0, 0, sheet->w, sheet->h};
	double quiet = code->w * 4 / (double)code->len - 0.05;
	struct box box = op_box(doc, code), other;
	int good = box_inside(&box, &page) >= quiet;

	for (size_t i = 0; i < op_count(doc); i++) {
		other = op_box(doc, op_at(doc, i));
		good &= op_at(doc, i) == code ||
		    op_at(doc, i)->page != code->page ||
		    box_apart(&box, &other) >= quiet;
	}
	if (good)
		return;
	fprintf(stderr, "%s: a code has no quiet zone\n", what);
	exit(1);
}

/* It was added, and its codes stand alone. */
static inline void
check(struct form_doc *doc, enum form_status status,
    const struct form_fault *fault, const char *what)
{
	if (status != FORM_OK)
		die(what, fault);
	for (size_t i = 0; i < op_count(doc); i++)
		if (op_at(doc, i)->kind == OP_QR)
			check_quiet(doc, op_at(doc, i), what);
}

#endif
