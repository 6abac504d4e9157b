/* The document of a print run, and drawing it again from its events. */
#ifndef MR_PRINT_DOC_H
#define MR_PRINT_DOC_H

#include "lib/paper.h"

struct mr_print_doc {
	struct mr_call *c;
	enum mr_printed what;
	struct form_doc *doc;
	struct form_doc *scratch; /* labels are tried one by one */
	struct form_envelope envelope;
	struct form_stock stock; /* labels: gathered, then drawn at the end */
	int start;
	struct form_outer *labels;
	size_t nlabels, room;
	const void *bytes; /* after close; NULL: nothing was drawn */
	size_t len;
	int64_t left;
};

/* stock: labels; or the envelope, NULL: the office's.  MR_USAGE: labels without
 * a stock. */
enum mr_status mr_print_doc_open(struct mr_call *c, struct mr_print_doc *d,
    enum mr_printed what, const char *stock, int start);
/* As mr_paper_cover: MR_OK, and fault tells whether forms/ took it. */
enum mr_status mr_print_doc_add(struct mr_print_doc *d,
    const struct mr_piece *piece, struct form_fault *fault);
enum mr_status mr_print_doc_close(struct mr_print_doc *d);
/* Gives the drawing back; bytes stay. */
void mr_print_doc_free(struct mr_print_doc *d);

#endif
