/* The document of a print run.  See print_doc.h. */
#include "lib/print_doc.h"

#include <string.h>

#include "lib/emit.h"
#include "lib/paper_stock.h"
#include "lib/print.h"
#include "lib/route.h"
#include "lib/tongue.h"
#include "lib/when.h"
#include "lib/writing.h"

/* Where addresses go: the stock is known and has room for one. */
static enum mr_status
open_envelope(struct mr_print_doc *d, const char *name)
{
	struct form_fault fault = {0};
	enum mr_status status = mr_envelope_named(d->c, name, &d->envelope);

	if (status == MR_OK)
		status = mr_paper_open(d->c, &d->doc);
	if (status == MR_OK &&
	    form_envelope_room(d->doc, &d->envelope, &fault) != FORM_OK)
		status = mr_paper_fault(d->c, &fault);
	return status;
}

static enum mr_status
open_labels(struct mr_print_doc *d, const char *name)
{
	struct form_fault fault = {0};
	int count;
	enum mr_status status;

	if (name == NULL)
		return mr_fail(d->c, MR_USAGE,
		    "say which labels are in the "
		    "printer: --stock avery-5163");
	status = mr_stock_named(d->c, name, &d->stock);
	if (status != MR_OK)
		return status;
	count = d->stock.columns * d->stock.rows;
	if (d->start < 1 || d->start > count)
		return mr_fail(d->c, MR_INVALID,
		    "this sheet has %d labels; "
		    "--start is the first one that is still there",
		    count);
	status = mr_paper_open(d->c, &d->doc);
	if (status == MR_OK &&
	    form_label_room(d->doc, &d->stock, &fault) != FORM_OK)
		status = mr_paper_fault(d->c, &fault);
	return status;
}

/* Words of the office's own that have no room would hold every letter. */
static enum mr_status
open_covers(struct mr_print_doc *d)
{
	struct form_fault fault = {0};
	enum mr_status status = mr_paper_open(d->c, &d->doc);

	if (status == MR_OK && form_cover_room(d->doc, &fault) != FORM_OK)
		status = mr_paper_fault(d->c, &fault);
	return status;
}

enum mr_status
mr_print_doc_open(struct mr_call *c, struct mr_print_doc *d,
    enum mr_printed what, const char *stock, int start)
{
	d->c = c;
	d->what = what;
	d->start = start;
	if (what == MR_P_ENVELOPE)
		return open_envelope(d, stock);
	if (what == MR_P_LABEL)
		return open_labels(d, stock);
	if (what == MR_P_SHEET)
		return open_covers(d);
	return mr_paper_open(c, &d->doc);
}

/* One label alone on a scratch page: does it fit, does it leak? */
static enum mr_status
try_label(struct mr_print_doc *d, const struct form_outer *outer,
    struct form_fault *fault)
{
	enum mr_status status = MR_OK;

	if (d->scratch == NULL)
		status = mr_paper_open(d->c, &d->scratch);
	if (status == MR_OK)
		form_labels_add(d->scratch, &d->stock, 1, 1, outer, 1, fault);
	return status;
}

static enum mr_status
add_label(struct mr_print_doc *d, const struct form_outer *outer,
    struct form_fault *fault)
{
	enum mr_status status = try_label(d, outer, fault);
	struct form_outer *more;

	if (status != MR_OK || fault->status != FORM_OK)
		return status;
	if (d->nlabels == d->room) {
		d->room = d->room * 2 + 64;
		more = mr_alloc(d->c->arena, d->room * sizeof(*more));
		if (more == NULL)
			return mr_nomem(d->c);
		if (d->nlabels > 0)
			memcpy(more, d->labels, d->nlabels * sizeof(*more));
		d->labels = more;
	}
	d->labels[d->nlabels++] = *outer;
	return MR_OK;
}

enum mr_status
mr_print_doc_add(struct mr_print_doc *d, const struct mr_piece *piece,
    struct form_fault *fault)
{
	struct form_outer outer;
	enum mr_status status;

	memset(fault, 0, sizeof(*fault));
	if (d->what == MR_P_SHEET)
		return mr_paper_cover(d->c, d->doc, piece, fault);
	if (d->what == MR_P_PAGE)
		return mr_paper_letter(d->c, d->doc, piece, fault);
	status = mr_paper_outer(d->c, piece, &outer);
	if (status == MR_OK)
		status = mr_paper_inner(d->c, piece, &outer, fault);
	if (status != MR_OK || fault->status != FORM_OK)
		return status;
	if (d->what == MR_P_LABEL)
		return add_label(d, &outer, fault);
	form_envelope_add(d->doc, &d->envelope, &outer, fault);
	return MR_OK;
}

enum mr_status
mr_print_doc_close(struct mr_print_doc *d)
{
	struct form_fault fault = {0};

	if (d->nlabels > 0 &&
	    form_labels_add(d->doc, &d->stock, d->start, 1, d->labels,
		d->nlabels, &fault) != FORM_OK)
		return mr_paper_fault(d->c, &fault);
	if (form_pages(d->doc) == 0)
		return MR_OK;
	return mr_paper_finish(d->c, d->doc, &d->bytes, &d->len);
}

void
mr_print_doc_free(struct mr_print_doc *d)
{
	form_free(d->doc);
	form_free(d->scratch);
	d->doc = d->scratch = NULL;
}

/* The piece that an event printed, of the letter as it was then. */
static enum mr_status
piece_of(
    struct mr_call *c, const struct mr_event *event, struct mr_piece *piece)
{
	struct mr_events one = {event->id, 1};
	struct mr_event same;

	piece->copy = (int)mr_event_number(event, MR_F_COPY, 1);
	piece->address = mr_event_number(event, MR_F_ADDRESS, 0);
	piece->fid = mr_event_number(event, MR_F_FORWARDING_ID, 0);
	piece->day = mr_day_of(event->at);
	return mr_letter_of_events(c, one, &piece->letter, &same);
}

/* The stock of labels, or the envelope; one was ever a #10 unless the event
 * names another. */
static const char *
stock_of(struct mr_call *c, enum mr_printed what, const struct mr_event *event)
{
	const char *name = mr_event_text(
	    c, event, what == MR_P_LABEL ? MR_F_TEXT : MR_F_PIECE);

	return name == NULL && what == MR_P_ENVELOPE ? "10" : name;
}

static enum mr_status
draw_again(struct mr_call *c, enum mr_printed what, struct mr_events events,
    struct mr_print_doc *d)
{
	struct form_fault fault = {0};
	struct mr_event event;
	struct mr_piece piece;
	enum mr_status status = MR_OK;

	for (int i = 0; i < events.count && status == MR_OK; i++) {
		status = mr_event_load(c, events.first + i, &event);
		if (status != MR_OK || event.subject != MR_LETTER)
			continue;
		d->left += mr_event_number(&event, MR_F_COUNT, 0);
		if (mr_event_number(&event, MR_F_WHAT, 0) != what)
			continue; /* held */
		if (d->doc == NULL)
			status = mr_print_doc_open(c, d, what,
			    stock_of(c, what, &event),
			    (int)mr_event_number(&event, MR_F_VALUE, 1));
		if (status == MR_OK)
			status = piece_of(c, &event, &piece);
		if (status == MR_OK)
			status = mr_print_doc_add(d, &piece, &fault);
		if (status == MR_OK && fault.status != FORM_OK)
			status = mr_paper_fault(c, &fault);
	}
	if (status == MR_OK && d->doc != NULL)
		status = mr_print_doc_close(d);
	mr_print_doc_free(d);
	return status;
}

static enum mr_status
emit_held(struct mr_call *c, struct mr_out *out, const struct mr_event *event)
{
	const struct mr_reason_row *why;
	struct mr_letter letter;
	const char *say = NULL;
	int rule;
	enum mr_status status = mr_letter_load(c, event->subject_id, &letter);

	if (status == MR_OK)
		status = mr_route_told(c, &letter, event, &rule, &say);
	if (status != MR_OK)
		return status;
	why = mr_reason((int)mr_event_number(event, MR_F_REASON, 0));
	out->begin_map(out, NULL);
	out->text(out, "number", mr_letter_number(c, letter.number));
	out->text(out, "code", mr_letter_code(c, letter.id));
	out->text(out, "reason", why != NULL ? why->word : NULL);
	out->text(out, "say",
	    say != NULL       ? say
		: why != NULL ? mr_say(why->say)
			      : NULL);
	out->end_map(out);
	return MR_OK;
}

/* The reader's language, where we have no words in it. */
static enum mr_status
note_language(struct mr_call *c, int64_t id, struct mr_notes *notes)
{
	struct mr_correspondent person;
	struct mr_letter letter;
	int64_t from, to;
	enum mr_status status = mr_letter_load(c, id, &letter);

	if (status == MR_OK)
		status = mr_letter_parties(c, &letter, &from, &to);
	if (status == MR_OK && to != 0)
		status = mr_person_load(c, to, &person);
	return status == MR_OK && to != 0
	    ? mr_language_gather(c, person.language, notes)
	    : status;
}

static enum mr_status
emit_run(struct mr_call *c, enum mr_printed what, struct mr_events events,
    struct mr_out *out, const char **code)
{
	struct mr_notes notes = {0, ""};
	struct mr_event event;
	enum mr_status status = MR_OK;
	int printed = 0;

	out->begin_list(out, "held");
	for (int i = 0; i < events.count && status == MR_OK; i++) {
		status = mr_event_load(c, events.first + i, &event);
		if (status != MR_OK || event.subject != MR_LETTER)
			continue;
		if (mr_event_number(&event, MR_F_WHAT, 0) != what) {
			status = emit_held(c, out, &event);
			continue;
		}
		*code =
		    printed++ == 0 ? mr_letter_code(c, event.subject_id) : NULL;
		status = note_language(c, event.subject_id, &notes);
	}
	out->end_list(out);
	out->integer(out, "printed", printed);
	out->text(out, "note", mr_language_notes(c, &notes));
	return status;
}

static const struct {
	const char *name;
	int secret;
} documents[] = {
    [MR_P_SHEET] = {"sheets.pdf", 0},
    [MR_P_ENVELOPE] = {"envelopes.pdf", 1},
    [MR_P_LABEL] = {"labels.pdf", 1},
    [MR_P_PAGE] = {"letter.pdf", 1},
};

enum mr_status
mr_print_answer(struct mr_call *c, enum mr_printed what,
    struct mr_events events, struct mr_out *out)
{
	struct mr_print_doc again = {0}, *d = c->found;
	const char *name = documents[what].name, *code = NULL;
	enum mr_status status = MR_OK;

	if (d == NULL) {
		d = &again;
		status = draw_again(c, what, events, d);
	}
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	status = emit_run(c, what, events, out, &code);
	out->integer(out, "left", d->left);
	out->end_map(out);
	/* One letter's page is called by its code: it is the title of a job,
	 * and nothing else may be. */
	if (code != NULL)
		name = mr_printf(c->arena, "%s.pdf", code);
	if (status == MR_OK && name == NULL)
		status = mr_nomem(c);
	if (status == MR_OK && d->bytes != NULL)
		out->document(out, name, "application/pdf", d->bytes, d->len,
		    documents[what].secret);
	return status;
}
