/*
 * A document: opened, added to, finished.  See draw.h for what an add is.
 */
#include "forms/draw.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* libharu tells errors here; each call's result is looked at as well. */
static void HPDF_STDCALL
told(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	struct form_doc *doc = user;

	if (error == HPDF_FAILD_TO_ALLOC_MEM)
		doc_fail(doc, FORM_NOMEM, "memory is short");
	else
		doc_fail(doc, FORM_INTERNAL,
		    "libharu failed with 0x%04lX (%ld)", (unsigned long)error,
		    (long)detail);
}

void
doc_fail(struct form_doc *doc, enum form_status status, const char *format, ...)
{
	va_list ap;

	if (doc_failed(doc))
		return;
	doc->fault.status = status;
	va_start(ap, format);
	vsnprintf(doc->fault.message, sizeof(doc->fault.message),
	    form_say(format), ap);
	va_end(ap);
}

int
doc_failed(const struct form_doc *doc)
{
	return doc->fault.status != FORM_OK;
}

double
measure_of(const struct form_doc *doc, enum measure measure)
{
	return doc->layout.value[measure];
}

struct style
style_sized(
    const struct form_doc *doc, const struct style *style, enum measure size)
{
	struct style sized = *style;

	sized.size = measure_of(doc, size);
	if (sized.least > sized.size)
		sized.least = sized.size;
	return sized;
}

void
add_begin(struct form_doc *doc)
{
	memset(&doc->fault, 0, sizeof(doc->fault));
	bytes_clear(&doc->ops);
	bytes_clear(&doc->pool);
	bytes_clear(&doc->sheets);
	bytes_clear(&doc->drawn);
	bytes_clear(&doc->drawn_tag);
	doc->in_piece = 0;
	doc->role = ROLE_NONE;
	if (doc->finished)
		doc_fail(doc, FORM_BADVALUE, "the document is finished");
	if (doc->broken)
		doc_fail(doc, FORM_INTERNAL, "the document broke earlier");
}

enum form_status
add_end(struct form_doc *doc, struct form_fault *fault)
{
	if (!doc_failed(doc) && doc->in_piece)
		doc_fail(doc, FORM_INTERNAL, "a piece was left open");
	if (!doc_failed(doc))
		pdf_add(doc);
	if (!doc_failed(doc))
		doc->pages += page_count(doc);
	if (fault != NULL)
		*fault = doc->fault;
	return doc->fault.status;
}

/* Copies of the setup's strings; offsets first, since the run moves. */
static enum form_status
copy_names(struct form_doc *doc, const struct form_setup *setup)
{
	const char *from[5] = {setup->office.name, setup->office.street,
	    setup->office.city, setup->office.state, setup->office.zip};
	const char **to[5] = {&doc->office.name, &doc->office.street,
	    &doc->office.city, &doc->office.state, &doc->office.zip};
	size_t i, at[5];

	if (bytes_add(&doc->names, "", 1) != 0)
		return FORM_NOMEM;
	for (i = 0; i < 5; i++) {
		const char *s = from[i] == NULL ? "" : from[i];

		at[i] = doc->names.len;
		if (bytes_add(&doc->names, s, strlen(s) + 1) != 0)
			return FORM_NOMEM;
	}
	if (setup->font_dir != NULL) {
		doc->font_dir = doc->names.len;
		if (bytes_add(&doc->names, setup->font_dir,
			strlen(setup->font_dir) + 1) != 0)
			return FORM_NOMEM;
	}
	for (i = 0; i < 5; i++)
		*to[i] = doc->names.p + at[i];
	return FORM_OK;
}

static void
open_pdf(void *arg)
{
	struct form_doc *doc = arg;

	doc->pdf = HPDF_NewEx(told, pool_alloc, pool_free, 0, doc);
	if (doc->pdf == NULL)
		return;
	/* One page object holds at most 8,191 entries, times this many. */
	HPDF_SetPagesConfiguration(doc->pdf, 64);
	/* Pages come deflated (content.h). */
	HPDF_SetCompressionMode(doc->pdf, HPDF_COMP_IMAGE | HPDF_COMP_METADATA);
	HPDF_UseUTFEncodings(doc->pdf);
}

static enum form_status
set_up(struct form_doc *doc, const struct form_setup *setup,
    struct form_fault *fault)
{
	enum form_status status;

	if (setup->office.name == NULL || setup->office.name[0] == '\0' ||
	    setup->office.street == NULL || setup->office.street[0] == '\0')
		return fault_set(
		    fault, FORM_BADVALUE, "the office has no name or no box");
	if (copy_names(doc, setup) != FORM_OK)
		return fault_set(fault, FORM_NOMEM, "memory is short");
	status = wording_all(doc->words, setup, fault);
	if (status != FORM_OK)
		return status;
	status =
	    layout_read(&doc->layout, setup->layout, setup->layout_name, fault);
	if (status != FORM_OK)
		return status;
	pdf_run(doc, open_pdf, doc);
	if (doc->pdf == NULL)
		doc_fail(doc, FORM_INTERNAL, "libharu could not start");
	if (doc_failed(doc))
		return fault_set(
		    fault, doc->fault.status, "%s", doc->fault.message);
	return font_check(doc, fault);
}

struct form_doc *
form_open(const struct form_setup *setup, struct form_fault *fault)
{
	struct form_doc *doc;

	if (fault != NULL)
		memset(fault, 0, sizeof(*fault));
	mem_tune();
	doc = mem_alloc(sizeof(*doc));
	if (doc == NULL) {
		fault_set(fault, FORM_NOMEM, "memory is short");
		return NULL;
	}
	doc->paper = setup->paper;
	doc->lang = setup->lang;
	doc->shift = setup->shift;
	if (set_up(doc, setup, fault) == FORM_OK)
		return doc;
	form_free(doc);
	return NULL;
}

size_t
form_pages(const struct form_doc *doc)
{
	return doc->pages;
}

/* Where the bytes of a finished document go. */
struct outlet {
	struct form_doc *doc;
	form_write write;
	void *to;
};

/* The stream in memory, in pieces: a save to a full device tells nothing. */
static void
hand_out(void *arg)
{
	const struct outlet *outlet = arg;
	struct form_doc *doc = outlet->doc;
	HPDF_BYTE part[16384];
	HPDF_UINT32 n;
	HPDF_STATUS status;
	int i;

	for (i = 0; i < FACES; i++)
		unicode_write(&doc->fonts[i]);
	if (HPDF_SaveToStream(doc->pdf) != HPDF_OK || doc_failed(doc))
		return;
	HPDF_ResetStream(doc->pdf);
	do {
		n = sizeof(part);
		status = HPDF_ReadFromStream(doc->pdf, part, &n);
		if (status != HPDF_OK && status != HPDF_STREAM_EOF)
			n = 0;
		if (n > 0 && outlet->write(outlet->to, part, n) != 0)
			doc_fail(
			    doc, FORM_WRITE, "the file could not be written");
	} while (n == sizeof(part) && status == HPDF_OK && !doc_failed(doc));
	explicit_bzero(part, sizeof(part));
}

enum form_status
form_finish(
    struct form_doc *doc, form_write write, void *to, struct form_fault *fault)
{
	struct outlet outlet = {doc, write, to};

	add_begin(doc);
	if (!doc_failed(doc) && doc->pages == 0)
		doc_fail(doc, FORM_BADVALUE, "the document has no page");
	if (!doc_failed(doc)) {
		pdf_run(doc, hand_out, &outlet);
		doc->finished = 1;
	}
	if (fault != NULL)
		*fault = doc->fault;
	return doc->fault.status;
}

void
form_free(struct form_doc *doc)
{
	int i;

	if (doc == NULL)
		return;
	pdf_close(doc);
	for (i = 0; i < FORM_LANGS; i++)
		wording_free(doc->words[i]);
	bytes_free(&doc->names);
	bytes_free(&doc->ink.s);
	bytes_free(&doc->ink.tag);
	bytes_free(&doc->ops);
	bytes_free(&doc->pool);
	bytes_free(&doc->sheets);
	bytes_free(&doc->drawn);
	bytes_free(&doc->drawn_tag);
	content_free(&doc->content);
	mem_free(doc);
}
