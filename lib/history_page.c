/*
 * A history on paper: the lines of mr_history as a table that stays in the
 * office.  Pen names and numbers only.
 */
#include "lib/emit.h"
#include "lib/facility.h"
#include "lib/history.h"
#include "lib/letter.h"
#include "lib/pairing.h"
#include "lib/paper.h"
#include "lib/person.h"
#include "lib/setting.h"
#include "lib/tongue.h"
#include "lib/when.h"

#define COLUMNS 5
#define LINES 4

struct page {
	struct mr_call *c;
	struct form_history form;
	struct form_text lines[LINES];
	struct form_text *cells;
	size_t room; /* rows */
};

static struct form_text
text(struct page *page, const char *s)
{
	return mr_paper_ours(mr_strdup(page->c->arena, s));
}

static enum mr_status
make_room(struct page *page)
{
	size_t room = page->room < 32 ? 32 : page->room * 2;
	struct form_text *more;

	if (page->form.count < page->room)
		return MR_OK;
	more = mr_alloc(page->c->arena, room * COLUMNS * sizeof(*more));
	if (more == NULL)
		return mr_nomem(page->c);
	for (size_t i = 0; i < page->form.count * COLUMNS; i++)
		more[i] = page->cells[i];
	page->cells = more;
	page->room = room;
	return MR_OK;
}

static enum mr_status
add_row(struct mr_call *c, void *arg, const struct mr_history_line *line)
{
	struct page *page = arg;
	char day[MR_WHEN_SIZE], at[MR_WHEN_SIZE];
	char station[2] = {(char)line->station, '\0'};
	enum mr_status status = make_room(page);
	struct form_text *cell;

	if (status != MR_OK)
		return status;
	cell = page->cells + page->form.count++ * COLUMNS;
	cell[0] = text(page,
	    mr_printf(c->arena, "%s %s", mr_day_iso(mr_day_of(line->at), day),
		mr_time_local(line->at, at)));
	cell[1] = text(page, mr_user_shown(c, line->user));
	cell[2] = text(page, station);
	cell[3] = text(page, line->about);
	cell[4] = text(page, line->step);
	return MR_OK;
}

static const char *
pen_name(struct mr_call *c, int64_t id)
{
	struct mr_correspondent person;

	if (id == 0 || mr_person_load(c, id, &person) != MR_OK)
		return "?";
	return person.pen_name;
}

static void
add_line(struct page *page, const char *s)
{
	if (s != NULL && page->form.nlines < LINES)
		page->lines[page->form.nlines++] = mr_paper_ours(s);
}

static enum mr_status
head_letter(struct page *page, int64_t id)
{
	struct mr_call *c = page->c;
	char day[MR_WHEN_SIZE];
	struct mr_letter l;
	enum mr_status status = mr_letter_load(c, id, &l);
	int64_t from = 0, to = 0;

	if (status == MR_OK)
		status = mr_letter_parties(c, &l, &from, &to);
	if (status != MR_OK)
		return status;
	page->form.title =
	    mr_paper_ours(mr_printf(c->arena, mr_say("Letter %s, %s"),
		mr_letter_code(c, id), mr_letter_number(c, l.number)));
	add_line(page,
	    mr_printf(c->arena, mr_say("From %s to %s, logged %s, now %s"),
		pen_name(c, from), pen_name(c, to), mr_day_iso(l.day, day),
		mr_say(mr_letter_state_name(l.state))));
	return MR_OK;
}

static enum mr_status
head_pairing(struct page *page, int64_t id)
{
	struct mr_call *c = page->c;
	struct mr_pairing p;
	enum mr_status status = mr_pairing_load(c, id, &p);

	if (status != MR_OK)
		return status;
	page->form.title = mr_paper_ours(
	    mr_printf(c->arena, mr_say("Pairing %s"), mr_show_id(c, 'P', id)));
	add_line(page,
	    mr_printf(c->arena,
		mr_say("%s (%s) outside, %s (%s) inside, "
		       "now %s"),
		pen_name(c, p.outside), mr_show_id(c, 'C', p.outside),
		pen_name(c, p.inside), mr_show_id(c, 'C', p.inside),
		mr_say(mr_pairing_status_name(mr_pairing_today(c, &p)))));
	return MR_OK;
}

static enum mr_status
head_person(struct page *page, int64_t id)
{
	struct mr_call *c = page->c;
	struct mr_correspondent p;
	enum mr_status status = mr_person_load(c, id, &p);

	if (status != MR_OK)
		return status;
	page->form.title = mr_paper_ours(mr_printf(
	    c->arena, mr_say("Correspondent %s"), mr_show_id(c, 'C', id)));
	add_line(page,
	    mr_printf(c->arena, mr_say("%s, %s, now %s"), p.pen_name,
		mr_say(mr_person_kind_name(p.kind)),
		mr_say(mr_person_status_name(p.status))));
	return MR_OK;
}

static enum mr_status
head_facility(struct page *page, int64_t id)
{
	struct mr_call *c = page->c;
	struct mr_facility f;
	enum mr_status status = mr_facility_load(c, id, &f);

	if (status != MR_OK)
		return status;
	page->form.title =
	    mr_paper_ours(mr_printf(c->arena, mr_say("Facility %s"), f.code));
	add_line(page,
	    mr_printf(c->arena, "%s, %s %s, %s", f.name, f.city, f.state,
		mr_say(mr_facility_status_name(f.status))));
	return MR_OK;
}

static enum mr_status
head(struct page *page, enum mr_subject subject, int64_t id)
{
	switch (subject) {
	case MR_LETTER:
		return head_letter(page, id);
	case MR_PAIRING:
		return head_pairing(page, id);
	case MR_CORRESPONDENT:
		return head_person(page, id);
	case MR_FACILITY:
		return head_facility(page, id);
	default:
		return mr_fail(page->c, MR_BUG, "no history of a %s",
		    mr_say(mr_subject_name(subject)));
	}
}

static enum mr_status
draw(struct page *page, const void **bytes, size_t *len)
{
	struct mr_call *c = page->c;
	struct form_fault fault = {FORM_OK, 0, 0, ""};
	struct form_doc *doc = NULL;
	enum mr_status status = mr_paper_open(c, &doc);

	if (status != MR_OK)
		return status;
	if (form_history_add(doc, &page->form, &fault) != FORM_OK)
		status = mr_paper_fault(c, &fault);
	if (status == MR_OK)
		status = mr_paper_finish(c, doc, bytes, len);
	form_free(doc);
	return status;
}

static enum mr_status
fill(struct page *page, const struct mr_event *event)
{
	struct mr_call *c = page->c;
	enum mr_status status = head(page, event->subject, event->subject_id);

	if (status == MR_OK)
		status = mr_history(c, event->subject, event->subject_id,
		    mr_event_number(event, MR_F_COUNT, 50), event->id, add_row,
		    page);
	page->form.cells = page->cells;
	if (status == MR_OK && mr_arena_failed(c->arena))
		status = mr_nomem(c);
	return status;
}

enum mr_status
mr_history_page(struct mr_call *c, const struct mr_event *event,
    const void **bytes, size_t *len)
{
	static const double widths[COLUMNS] = {40, 22, 9, 40, 71};
	static const char *const titles[COLUMNS] = {MR_SAID("When"),
	    MR_SAID("Who"), MR_SAID("At"), MR_SAID("About"), MR_SAID("What")};
	struct form_column columns[COLUMNS] = {{{NULL, 0, 0}, 0, 0}};
	struct page page = {.c = c};
	int64_t language = 0;
	const char *before;
	enum mr_status status = mr_setting_int(c, MR_SET_LANGUAGE, &language);

	if (status != MR_OK)
		return status;
	/* Paper is in the office's language, whoever prints it. */
	before = mr_tongue_set(language == 1 ? "es" : NULL);
	for (int i = 0; i < COLUMNS; i++) {
		columns[i].title = mr_paper_ours(mr_say(titles[i]));
		columns[i].width = widths[i];
	}
	page.form.columns = columns;
	page.form.ncolumns = COLUMNS;
	page.form.lines = page.lines;
	page.form.date = mr_paper_date(mr_day_of(event->at));
	status = fill(&page, event);
	mr_tongue_set(before);
	return status == MR_OK ? draw(&page, bytes, len) : status;
}
