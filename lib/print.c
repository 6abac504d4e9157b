/*
 * A print run: choose, check, draw, write down.  See print.h.
 */
#include "lib/print.h"

#include <string.h>

#include "lib/gap.h"
#include "lib/print_doc.h"
#include "lib/printer.h"
#include "lib/paper_stock.h"
#include "lib/route.h"
#include "lib/seal_past.h"
#include "lib/setting.h"
#include "lib/tongue.h"
#include "lib/writing.h"

struct chosen {
	int64_t ids[MR_PRINT_RUN];
	int n;
	int64_t left; /* more wait: above 0 only where one may be printed */
};

struct run {
	struct mr_call *c;
	enum mr_printed what;
	const struct mr_print *in;
	struct mr_print_doc doc;
	struct chosen chosen;
	int64_t most;    /* letters in one file */
	int told;        /* an event says how many are left */
	int64_t printer; /* its row, where it has one */
	size_t pages;    /* of the document, before this letter */
};

/* Is the printer for such things? */
static enum mr_status
find_printer(struct run *r)
{
	static const int uses[] = {
	    [MR_P_SHEET] = MR_USE_SHEETS,
	    [MR_P_ENVELOPE] = MR_USE_ENVELOPES,
	    [MR_P_LABEL] = MR_USE_LABELS,
	    [MR_P_PAGE] = MR_USE_SHEETS,
	};
	struct mr_printer printer;
	enum mr_status status;

	if (r->c->printer == NULL)
		return MR_OK;
	status = mr_printer_named(r->c, r->c->printer, &printer);
	r->printer = printer.id;
	return status == MR_OK ? mr_printer_may(r->c, &printer, uses[r->what])
			       : status;
}

enum mr_status
mr_print_needs(struct mr_call *c, enum mr_printed what,
    const struct mr_letter *l, int *yes)
{
	struct mr_writing writing;
	struct mr_piece piece;
	int rule = 0;
	enum mr_status status;

	*yes = 0;
	if (what == MR_P_SHEET) {
		*yes = (l->state == MR_L_CLEARED || l->sheets >= 0) &&
		    (l->sheet_copy == 0 || l->marks & MR_MARK_REPRINT);
		return MR_OK;
	}
	if (what == MR_P_PAGE) {
		if (l->way != MR_OFFICE)
			return MR_OK;
		status = mr_writing_of(c, l, &writing);
		*yes =
		    status == MR_OK && writing.event != 0 && writing.copy == 0;
		return status;
	}
	*yes = l->envelope_copy == 0;
	if (*yes)
		return MR_OK;
	status = mr_piece_now(c, l, &piece);
	if (status == MR_OK)
		*yes = l->envelope_address != piece.address ||
		    l->envelope_id != piece.fid;
	if (status == MR_OK && !*yes)
		status = mr_past_rule(c, l, &rule);
	*yes |= rule != 0;
	return status;
}

/* The rule that forbids this label, or the envelope in the printer; 0: none.
 * No label goes into most prisons, and no window. */
static enum mr_status
forbidden_by(struct run *r, const struct mr_letter *l, int *rule)
{
	const struct form_envelope *e = &r->doc.envelope;
	struct mr_route route;
	enum mr_status status = MR_OK;

	*rule = 0;
	if (r->what != MR_P_LABEL && r->what != MR_P_ENVELOPE)
		return MR_OK;
	status = mr_route_of(r->c, l, r->c->today, &route);
	if (status != MR_OK)
		return status;
	if (r->what == MR_P_ENVELOPE)
		*rule = mr_route_envelope(&route, e->w, e->h, e->window.w > 0);
	else if (!mr_route_label(&route))
		*rule = MR_RULE_LABELS;
	return MR_OK;
}

static enum mr_status
refuse_outside(struct run *r, const struct mr_letter *l, int rule)
{
	const char *number = mr_letter_number(r->c, l->number);
	struct mr_route route;
	enum mr_status status;

	if (rule == MR_RULE_LABELS)
		return mr_fail(r->c, MR_REFUSED,
		    "the facility of letter %s "
		    "takes no adhesive labels; print an envelope",
		    number);
	status = mr_route_of(r->c, l, r->c->today, &route);
	if (status != MR_OK)
		return status;
	return mr_fail(r->c, MR_REFUSED,
	    "letter %s: %s Print it on another one: --envelope 10", number,
	    mr_route_say(r->c, &route, rule));
}

static enum mr_status
choose_one(struct mr_call *c, void *arg, const struct mr_letter *l)
{
	struct run *r = arg;
	int yes, rule = 0;
	enum mr_status status = mr_print_needs(r->c, r->what, l, &yes);

	(void)c;
	/* Of what is left one is looked at closely and the rest counted: in a
	 * run of many files all that is left is walked every time. */
	if (status == MR_OK && yes && r->chosen.left == 0)
		status = forbidden_by(r, l, &rule);
	if (status != MR_OK || !yes || rule != 0)
		return status;
	if (r->chosen.n == r->most)
		r->chosen.left++;
	else
		r->chosen.ids[r->chosen.n++] = l->id;
	return MR_OK;
}

static enum mr_status
choose_run(struct run *r)
{
	struct mr_mark mark = mr_mark(r->c->arena);
	enum mr_status status = MR_OK;

	/* Where staff read, the sheet is printed before they clear. */
	if (r->what == MR_P_SHEET)
		status = mr_letter_in_state(r->c, MR_L_RECEIVED, choose_one, r);
	if (status == MR_OK)
		status = mr_letter_in_state(r->c, MR_L_CLEARED, choose_one, r);
	mr_release(r->c->arena, mark);
	if (status == MR_OK && r->chosen.n == 0)
		return mr_fail(r->c, MR_REFUSED,
		    r->what == MR_P_SHEET
			? mr_say("no letter waits for a cover sheet")
			: r->what == MR_P_PAGE
			? mr_say("no letter of ours waits for its page")
			: r->what == MR_P_LABEL
			? mr_say(
			      "no cleared letter waits for a label; where labels are "
			      "not taken, print envelopes")
			: mr_say(
			      "no cleared letter waits for such an envelope"));
	return status;
}

/* A stub that was scanned twice lies in the pile once. */
static enum mr_status
take(struct run *r, int64_t id)
{
	struct chosen *chosen = &r->chosen;

	for (int i = 0; i < chosen->n; i++)
		if (chosen->ids[i] == id)
			return MR_OK;
	if (chosen->n == MR_PRINT_RUN)
		return mr_fail(r->c, MR_REFUSED,
		    "a pile has at most %d stubs: make two of it",
		    MR_PRINT_RUN);
	chosen->ids[chosen->n++] = id;
	return MR_OK;
}

static enum mr_status
choose_named(struct mr_call *c, void *arg, struct mr_typed typed)
{
	struct run *r = arg;
	struct mr_letter_found found;
	struct mr_letter l;
	int yes = 1, rule = 0;
	enum mr_status status = mr_letter_find_here(c, typed, &l, &found);

	if (status != MR_OK)
		return status;
	if (r->what == MR_P_PAGE && l.way != MR_OFFICE)
		return mr_fail(r->c, MR_REFUSED,
		    "letter %s is not one that we "
		    "write",
		    mr_letter_number(r->c, l.number));
	if (found.by == MR_BY_STUB && found.superseded &&
	    (r->what == MR_P_ENVELOPE || r->what == MR_P_LABEL))
		return mr_fail(r->c, MR_REFUSED,
		    "that is an old stub of letter %s: a newer sheet of it was "
		    "printed. Tear the old one up and scan the newer",
		    mr_letter_number(r->c, l.number));
	if (l.state != MR_L_CLEARED &&
	    !(r->what == MR_P_SHEET && l.state == MR_L_RECEIVED))
		return mr_fail(r->c, MR_REFUSED,
		    "letter %s is %s; it is "
		    "printed when it is cleared",
		    mr_letter_number(r->c, l.number),
		    mr_say(mr_letter_state_name(l.state)));
	status = forbidden_by(r, &l, &rule);
	if (status == MR_OK && rule != 0)
		return refuse_outside(r, &l, rule);
	if (status == MR_OK && r->in->once)
		status = mr_print_needs(r->c, r->what, &l, &yes);
	return status == MR_OK && yes ? take(r, l.id) : status;
}

static enum mr_status
choose(struct run *r)
{
	const struct mr_print *in = r->in;

	if (in->letter.s != NULL)
		return choose_named(r->c, r, in->letter);
	if (in->pile.name != NULL)
		return mr_print_pile(r->c, &in->pile, choose_named, r);
	return choose_run(r);
}

enum mr_status
mr_print_row(struct mr_call *c, enum mr_printed what,
    const struct mr_piece *piece, int64_t event)
{
	struct sql_stmt *st;
	int64_t id = 0;
	enum mr_status status = mr_next_id(c, MR_NEWEST("print"), &id);

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "INSERT INTO print (id, letter, what, copy, address, "
	    "forwarding_id, event) "
	    "VALUES (:id, :letter, :what, :copy, :address, :fid, :event)");
	sql_int(st, ":id", id);
	sql_int(st, ":letter", piece->letter.id);
	sql_int(st, ":what", what);
	sql_int(st, ":copy", piece->copy);
	sql_int0(st, ":address", piece->address);
	sql_int0(st, ":fid", piece->fid);
	sql_int(st, ":event", event);
	return sql_done(st);
}

/* A page of ours: its sheets are known now.  A stub that told of another
 * number is printed anew. */
static enum mr_status
write_page(
    struct run *r, const struct mr_piece *piece, const struct mr_field *extra)
{
	struct mr_letter now = piece->letter;
	struct mr_writing writing;
	enum mr_status status;

	now.sheets = (int)(form_pages(r->doc.doc) - r->pages);
	if (now.sheets != piece->letter.sheets && now.sheet_copy != 0)
		now.marks |= MR_MARK_REPRINT;
	status = mr_letter_store(r->c, &piece->letter, &now, extra);
	if (status == MR_OK)
		status = mr_writing_of(r->c, &now, &writing);
	if (status == MR_OK && writing.event != 0)
		status = mr_writing_printed(r->c, &writing, piece->copy);
	return status;
}

/* The first event of the run tells it. */
static struct mr_field
how_many_left(struct run *r)
{
	r->told = 1;
	return (struct mr_field){MR_F_COUNT, r->chosen.left, NULL, 0};
}

/* The event tells all that is needed to draw the same page again. */
static enum mr_status
write_down(struct run *r, const struct mr_piece *piece)
{
	struct mr_field extra[10] = {{MR_F_WHAT, r->what, NULL, 0},
	    {MR_F_COPY, piece->copy, NULL, 0},
	    {MR_F_ADDRESS, piece->address, NULL, 0},
	    {MR_F_FORWARDING_ID, piece->fid, NULL, 0}};
	struct mr_letter now = piece->letter;
	enum mr_status status;
	int n = 4;

	if (r->what == MR_P_LABEL) {
		extra[n++] = (struct mr_field){MR_F_VALUE,
		    r->in->start.given ? r->in->start.n : 1, NULL, 0};
		extra[n++] = (struct mr_field){
		    MR_F_TEXT, 0, r->in->stock, strlen(r->in->stock)};
	}
	if (r->what == MR_P_ENVELOPE)
		extra[n++] = (struct mr_field){MR_F_PIECE, 0,
		    r->doc.envelope.name, strlen(r->doc.envelope.name)};
	if (r->chosen.left > 0 && !r->told)
		extra[n++] = how_many_left(r);
	if (r->printer != 0)
		extra[n++] =
		    (struct mr_field){MR_F_PRINTER, r->printer, NULL, 0};
	extra[n] = (struct mr_field){MR_F_END, 0, NULL, 0};
	if (r->what == MR_P_PAGE)
		return write_page(r, piece, extra);
	if (r->what == MR_P_SHEET) {
		now.sheet_copy = piece->copy;
		now.marks &= ~MR_MARK_REPRINT;
	} else {
		now.envelope_copy = piece->copy;
		now.envelope_address = piece->address;
		now.envelope_id = piece->fid;
	}
	status = mr_letter_store(r->c, &piece->letter, &now, extra);
	return status == MR_OK ? mr_print_row(r->c, r->what, piece, now.event)
			       : status;
}

/*
 * After a restore, copies of an older letter may be on paper that the office
 * does not know: the first one since leaves room for them, or such an envelope
 * would match as the newest.
 */
static enum mr_status
lost_copies(struct run *r, const struct mr_letter *letter, int *lost)
{
	int64_t newest = 0;
	enum mr_status status;
	struct sql_stmt *st;

	*lost = 0;
	if (letter->id > mr_gap_after(r->c, "letter"))
		return MR_OK;
	st = sql_prepare(r->c,
	    "SELECT id FROM print "
	    "WHERE letter = :letter AND id > :gap "
	    "AND what >= :low AND what <= :high "
	    "ORDER BY id DESC LIMIT 1");
	sql_int(st, ":letter", letter->id);
	sql_int(st, ":gap", mr_gap_after(r->c, "print"));
	sql_int(st, ":low", r->what == MR_P_SHEET ? 1 : 2);
	sql_int(st, ":high", r->what == MR_P_SHEET ? 1 : 99);
	status = sql_done_int(st, &newest);
	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	if (newest == 0)
		*lost = MR_GAP_COPIES;
	return MR_OK;
}

static enum mr_status
next_copy(struct run *r, struct mr_piece *piece)
{
	struct mr_writing writing = {.copy = 0};
	enum mr_status status;
	int lost = 0;

	if (r->what == MR_P_PAGE)
		status = mr_writing_of(r->c, &piece->letter, &writing);
	else
		status = lost_copies(r, &piece->letter, &lost);
	piece->copy = 1 + lost +
	    (r->what == MR_P_PAGE           ? writing.copy
		    : r->what == MR_P_SHEET ? piece->letter.sheet_copy
					    : piece->letter.envelope_copy);
	return status;
}

static enum mr_status
hold(struct run *r, struct mr_letter *l, int reason)
{
	struct mr_field extra[2] = {
	    {MR_F_END, 0, NULL, 0}, {MR_F_END, 0, NULL, 0}};

	if (r->chosen.left > 0 && !r->told)
		extra[0] = how_many_left(r);
	return mr_letter_hold(r->c, l, reason, 0, extra);
}

static enum mr_status
print_one(struct run *r, int64_t id)
{
	struct mr_call *c = r->c;
	struct form_fault fault = {0};
	struct mr_piece piece;
	struct mr_letter l;
	int reason = 0;
	enum mr_status status = mr_letter_load(c, id, &l);

	if (status == MR_OK)
		status = mr_letter_proved(c, &l);
	if (status == MR_OK)
		status = mr_letter_gate(c, &l, &reason, &l.rule);
	if (status == MR_OK && reason != 0)
		return hold(r, &l, reason);
	if (status == MR_OK)
		status = mr_piece_now(c, &l, &piece);
	if (status != MR_OK)
		return status;
	status = next_copy(r, &piece);
	if (status != MR_OK)
		return status;
	r->pages = r->doc.doc != NULL ? form_pages(r->doc.doc) : 0;
	status = mr_print_doc_add(&r->doc, &piece, &fault);
	if (status != MR_OK)
		return status;
	if (fault.status == FORM_OK)
		return write_down(r, &piece);
	reason = mr_paper_hold(&fault);
	return reason != 0 ? hold(r, &l, reason) : mr_paper_fault(c, &fault);
}

static enum mr_status
print_all(struct run *r)
{
	int64_t all = r->chosen.n + r->chosen.left;
	enum mr_status status = MR_OK;

	for (int i = 0; i < r->chosen.n && status == MR_OK; i++) {
		mr_progress(r->c, "printing", i, all);
		status = print_one(r, r->chosen.ids[i]);
	}
	if (status == MR_OK)
		mr_progress(r->c, "printing", r->chosen.n, all);
	return status;
}

enum mr_status
mr_print(struct mr_call *c, enum mr_printed what, const struct mr_print *in)
{
	struct run *r = mr_alloc(c->arena, sizeof(*r));
	enum mr_status status;

	if (r == NULL)
		return mr_nomem(c);
	r->c = c;
	r->what = what;
	r->in = in;
	if ((in->letter.s != NULL) + (in->pile.name != NULL) +
		(in->new || in->cleared) !=
	    1)
		return mr_fail(c, MR_USAGE,
		    "name one letter, or print all "
		    "that wait with %s",
		    what == MR_P_SHEET || what == MR_P_PAGE ? "--new"
							    : "--cleared");
	status = mr_setting_int(c, MR_SET_FILE_PAGES, &r->most);
	if (status == MR_OK)
		status = find_printer(r);
	if (status == MR_OK && what == MR_P_ENVELOPE)
		status = mr_envelope_named(c, in->envelope, &r->doc.envelope);
	if (status == MR_OK)
		status = choose(r);
	if (status == MR_OK)
		status = mr_print_doc_open(c, &r->doc, what,
		    what == MR_P_ENVELOPE ? in->envelope : in->stock,
		    in->start.given ? (int)in->start.n : 1);
	if (status == MR_OK)
		status = print_all(r);
	if (status == MR_OK)
		status = mr_print_doc_close(&r->doc);
	r->doc.left = r->chosen.left;
	mr_print_doc_free(&r->doc);
	c->found = &r->doc;
	return status;
}
