/* Printing pages for a day without power.  See page.h. */
#include "lib/page.h"

#include <string.h>

#include "lib/emit.h"
#include "lib/handle.h"
#include "lib/lettercode.h"
#include "lib/payload.h"
#include "lib/setting.h"
#include "lib/when.h"

/* A document of pages, and which stand in it. */
struct drawn {
	struct form_doc *doc;
	enum form_lang lang;
	const void *bytes;
	size_t len;
	int first, last, count;
};

static enum mr_status
draw(struct mr_call *c, struct drawn *d, const struct mr_page *page)
{
	struct mr_payload in = {.kind = MR_PAYLOAD_STUB, .copy = 1};
	char text[MR_PAYLOAD_LEN + 1];
	struct form_blank blank = {
	    .lang = d->lang, .date = mr_paper_date(page->day)};
	struct form_fault fault;

	if (mr_lettercode_make(c->keys->code, page->id, &in.code) != 0 ||
	    mr_payload_make(c->keys->tag, &in, text) != 0)
		return mr_fail(c, MR_BUG, "a page has no code");
	blank.code = mr_paper_ours(mr_letter_code(c, page->id));
	blank.payload = mr_paper_ours(text);
	blank.number = mr_paper_ours(mr_printf(c->arena, "%d", page->number));
	if (form_blank_add(d->doc, &blank, &fault) != FORM_OK)
		return mr_paper_fault(c, &fault);
	if (d->count++ == 0)
		d->first = page->number;
	d->last = page->number;
	return MR_OK;
}

/* The number after the newest page's; they start anew after 9999. */
static enum mr_status
next_number(struct mr_call *c, int *number)
{
	int64_t newest = 0;
	struct mr_page page;
	enum mr_status status = mr_next_id(c, MR_NEWEST("page"), &newest);

	*number = 1;
	if (status == MR_OK)
		status = mr_page_load(c, newest - 1, &page);
	if (status == MR_OK)
		*number = page.number % 9999 + 1;
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
insert(struct mr_call *c, const struct mr_page *page, const char *language)
{
	const struct mr_field fields[] = {
	    {MR_F_TO, page->status, NULL, 0},
	    {MR_F_COUNT, page->number, NULL, 0},
	    {MR_F_TEXT, 0, language, strlen(language)},
	    {MR_F_END, 0, NULL, 0},
	};
	struct sql_stmt *st;
	enum mr_status status;

	st = sql_prepare(c,
	    "INSERT INTO page (id, day, status, number, version, event) "
	    "VALUES (:id, :day, :status, :number, 1, :event)");
	sql_int(st, ":id", page->id);
	sql_int(st, ":day", page->day);
	sql_int(st, ":status", page->status);
	sql_int(st, ":number", page->number);
	sql_int(st, ":event", mr_event_next(c));
	status = sql_done(st);
	return status == MR_OK ? mr_event(c, MR_PAGE, page->id, 0, fields)
			       : status;
}

/* Reserve the next id, and draw its page. */
static enum mr_status
add(struct mr_call *c, struct drawn *d, const char *language, int number)
{
	struct mr_page page = {
	    .day = c->today, .status = MR_PAGE_PRINTED, .number = number};
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_status status = mr_next_id(c, MR_NEWEST_LETTER, &page.id);

	while (status == MR_OK && mr_lettercode_blocked(c->keys->code, page.id))
		page.id++;
	if (status == MR_OK)
		status = insert(c, &page, language);
	if (status == MR_OK)
		status = draw(c, d, &page);
	mr_release(c->arena, mark);
	return status;
}

static enum mr_status
choose_language(struct mr_call *c, const char *given, const char **language)
{
	int64_t es = 0;
	enum mr_status status = MR_OK;

	if (given == NULL)
		status = mr_setting_int(c, MR_SET_LANGUAGE, &es);
	else if (strcmp(given, "es") == 0)
		es = 1;
	else if (strcmp(given, "en") != 0)
		return mr_fail(c, MR_INVALID,
		    "there are pages in English (--language en) and Spanish "
		    "(--language es)");
	*language = es ? "es" : "en";
	return status;
}

enum mr_status
mr_page_print(struct mr_call *c, const struct mr_page_print *in)
{
	int count = in->count.given ? (int)in->count.n : MR_PAGES_USUAL;
	struct drawn *d = mr_alloc(c->arena, sizeof(*d));
	const char *language = NULL;
	int number = 0;
	enum mr_status status;

	if (d == NULL)
		return mr_nomem(c);
	*d = (struct drawn){0};
	if (c->keys == NULL)
		return mr_fail(c, MR_BUG, "the office keys are not loaded");
	status = choose_language(c, in->language, &language);
	if (status == MR_OK)
		status = next_number(c, &number);
	if (status != MR_OK)
		return status;
	d->lang = mr_paper_lang(language);
	status = mr_paper_open(c, &d->doc);
	for (int i = 0; i < count && status == MR_OK; i++) {
		mr_progress(c, "printing", i, count);
		status = add(c, d, language, number);
		number = number % 9999 + 1;
	}
	if (status == MR_OK)
		status = mr_paper_finish(c, d->doc, &d->bytes, &d->len);
	form_free(d->doc);
	d->doc = NULL;
	c->found = d;
	return status;
}

static int
in_spanish(struct mr_call *c, const struct mr_event *event)
{
	const char *language = mr_event_text(c, event, MR_F_TEXT);

	return language != NULL && strcmp(language, "es") == 0;
}

static enum mr_status
draw_event(struct mr_call *c, struct drawn *d, int64_t id)
{
	struct mr_event event;
	struct mr_page page;
	enum mr_status status = mr_event_load(c, id, &event);

	if (status != MR_OK || event.subject != MR_PAGE)
		return status;
	d->lang = in_spanish(c, &event) ? FORM_ES : FORM_EN;
	status = mr_page_load(c, event.subject_id, &page);
	return status == MR_OK ? draw(c, d, &page) : status;
}

static enum mr_status
draw_again(struct mr_call *c, struct mr_events events, struct drawn *d)
{
	enum mr_status status = mr_paper_open(c, &d->doc);

	for (int i = 0; i < events.count && status == MR_OK; i++)
		status = draw_event(c, d, events.first + i);
	if (status == MR_OK)
		status = mr_paper_finish(c, d->doc, &d->bytes, &d->len);
	form_free(d->doc);
	return status;
}

enum mr_status
mr_page_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct drawn again = {0}, *d = c->found;
	enum mr_status status = MR_OK;

	if (d == NULL) {
		d = &again;
		status = draw_again(c, events, d);
	}
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->integer(out, "printed", d->count);
	out->integer(out, "first", d->first);
	out->integer(out, "last", d->last);
	out->end_map(out);
	out->document(out, "pages.pdf", "application/pdf", d->bytes, d->len, 0);
	return MR_OK;
}
