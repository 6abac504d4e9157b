/*
 * Pages for a day without power: rows, finding one, using it, giving it up.
 * See page.h; printing them: page_print.c.
 */
#include "lib/page.h"

#include <string.h>

#include "lib/fid.h"
#include "lib/handle.h"
#include "lib/lettercode.h"
#include "lib/payload.h"
#include "lib/print.h"
#include "lib/tongue.h"
#include "lib/when.h"

const char *
mr_page_status_name(int status)
{
	static const char *const names[] = {
	    NULL, "printed", "used", "given up"};

	return status > 0 && status < 4 ? names[status] : NULL;
}

enum mr_status
mr_page_load(struct mr_call *c, int64_t id, struct mr_page *page)
{
	enum mr_status status;
	struct sql_stmt *st;
	int found = 0;

	st = sql_prepare(c,
	    "SELECT id, day, status, number, version, event FROM page "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st)) {
		found = 1;
		page->id = sql_col_int(st, 0);
		page->day = sql_col_int(st, 1);
		page->status = (int)sql_col_int(st, 2);
		page->number = (int)sql_col_int(st, 3);
		page->version = sql_col_int(st, 4);
		page->event = sql_col_int(st, 5);
	}
	status = sql_done(st);
	return status == MR_OK && !found ? MR_NOTFOUND : status;
}

/* The code that was typed, or the one in what was scanned. */
static enum mr_status
read_code(struct mr_call *c, const char *typed, struct mr_symbols *code)
{
	struct mr_code_reading reading;
	char sentence[MR_CODE_SENTENCE];
	struct mr_payload scan;

	switch (mr_payload_read(c->keys->tag, typed, &scan)) {
	case MR_PAYLOAD_OK:
		if (scan.kind != MR_PAYLOAD_STUB)
			return mr_fail(c, MR_INVALID,
			    "scan the square on the stub of the page, or type "
			    "the code below it");
		*code = scan.code;
		return MR_OK;
	case MR_PAYLOAD_BADTAG:
		return mr_fail(
		    c, MR_NOTFOUND, "%s", mr_payload_say(MR_PAYLOAD_BADTAG));
	case MR_PAYLOAD_LAYOUT:
		return mr_fail(
		    c, MR_INVALID, "%s", mr_payload_say(MR_PAYLOAD_LAYOUT));
	case MR_PAYLOAD_FOREIGN:
		break;
	}
	if (mr_code_read(typed, MR_CODE_LETTER, &reading) != MR_READ_OK)
		return mr_fail(c, MR_INVALID, "%s",
		    mr_code_say(&reading, sentence, sizeof(sentence)));
	*code = reading.symbols;
	return MR_OK;
}

enum mr_status
mr_page_find(struct mr_call *c, struct mr_typed typed, struct mr_page *page)
{
	struct mr_symbols code;
	int64_t id = 0;
	enum mr_status status;

	if (c->keys == NULL)
		return mr_fail(c, MR_BUG, "the office keys are not loaded");
	status = read_code(c, typed.s, &code);
	if (status != MR_OK)
		return status;
	status = mr_lettercode_id(c->keys->code, &code, &id) == 0
	    ? mr_page_load(c, id, page)
	    : MR_NOTFOUND;
	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_NOTFOUND,
		    "this is no page for a day without power: it was never "
		    "printed as one here. Log the letter without --page; it "
		    "gets a sheet of its own");
	return status;
}

static enum mr_status
move(struct mr_call *c, const struct mr_page *page, int to)
{
	const struct mr_field fields[] = {
	    {MR_F_FROM, page->status, NULL, 0},
	    {MR_F_TO, to, NULL, 0},
	    {MR_F_END, 0, NULL, 0},
	};
	enum mr_status status = mr_row_proved(c, MR_PAGE, page->id);
	struct sql_stmt *st;

	if (status != MR_OK)
		return status;
	st = sql_prepare(c,
	    "UPDATE page "
	    "SET status = :status, version = version + 1, event = :event "
	    "WHERE id = :id");
	sql_int(st, ":status", to);
	sql_int(st, ":event", mr_event_next(c));
	sql_int(st, ":id", page->id);
	status = sql_done(st);
	return status == MR_OK
	    ? mr_event(c, MR_PAGE, page->id, page->event, fields)
	    : status;
}

/* Of a page that cannot be used any more: why, and what to do. */
static enum mr_status
refuse(struct mr_call *c, const struct mr_page *page)
{
	char day[MR_WHEN_SIZE];
	struct mr_letter letter;
	enum mr_status status;

	if (page->status == MR_PAGE_GIVEN_UP)
		return mr_fail(c, MR_REFUSED,
		    "page %d was given up: tear it up, and log the letter "
		    "without --page; it gets a sheet of its own",
		    page->number);
	status = mr_letter_load(c, page->id, &letter);
	if (status != MR_OK)
		return status;
	return mr_fail(c, MR_REFUSED,
	    "page %d is taken: it is letter %s of %s. Is this another letter? "
	    "Then it needs another page, or none: log it without --page",
	    page->number, mr_letter_number(c, letter.number),
	    mr_day_iso(letter.day, day));
}

/* Another letter takes the row of one that was taken back. */
static enum mr_status
store_again(
    struct mr_call *c, const struct mr_letter *was, struct mr_letter *letter)
{
	struct mr_field extra[3] = {{MR_F_PAGE, 1, NULL, 0},
	    {MR_F_FORWARDING_ID, letter->fid, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	int64_t day = letter->day;
	enum mr_status status;

	if (was->parent != letter->parent)
		return mr_fail(c, MR_REFUSED,
		    "a letter was taken back on this page, and it lay in "
		    "another envelope than this one: use another page, or "
		    "none");
	if (letter->fid == 0)
		extra[1] = extra[2];
	letter->version = was->version;
	letter->event = was->event;
	letter->sheet_copy = was->sheet_copy;
	status = mr_letter_renumber(c, letter);
	letter->day = day;
	if (status == MR_OK)
		status = mr_letter_store_undo(c, was, letter, extra);
	return status;
}

enum mr_status
mr_page_waits(struct mr_call *c, const struct mr_page *page, int *waits)
{
	struct mr_letter letter;
	enum mr_status status = MR_NOTFOUND;

	*waits = page->status == MR_PAGE_PRINTED;
	if (*waits)
		status = mr_letter_load(c, page->id, &letter);
	if (status == MR_OK)
		*waits = letter.state == MR_L_CLOSED &&
		    letter.reason == MR_R_C_MISTAKE;
	return status == MR_NOTFOUND ? MR_OK : status;
}

enum mr_status
mr_page_use(
    struct mr_call *c, const struct mr_page *page, struct mr_letter *letter)
{
	struct mr_letter was;
	int waits;
	enum mr_status status = mr_page_waits(c, page, &waits);

	if (status == MR_OK && !waits)
		return refuse(c, page);
	if (status != MR_OK)
		return status;
	letter->id = page->id;
	letter->sheet_copy = 1;
	status = mr_letter_load(c, page->id, &was);
	if (status == MR_OK)
		status = store_again(c, &was, letter);
	else if (status == MR_NOTFOUND) {
		status = mr_letter_insert(c, letter);
		/* Its cover sheet was printed long ago, as copy 1. */
		if (status == MR_OK)
			status = mr_print_row(c, MR_P_SHEET,
			    &(struct mr_piece){.letter = *letter, .copy = 1},
			    letter->event);
	}
	return status == MR_OK ? move(c, page, MR_PAGE_USED) : status;
}

enum mr_status
mr_page_free(struct mr_call *c, int64_t id)
{
	struct mr_page page;
	enum mr_status status = mr_page_load(c, id, &page);

	if (status == MR_NOTFOUND)
		return mr_fail(c, MR_BUG, "a letter has lost its page");
	return status == MR_OK ? move(c, &page, MR_PAGE_PRINTED) : status;
}

/* Its pages in the drawer, and those only. */
static enum mr_status
void_all(struct mr_call *c)
{
	enum mr_status status = MR_OK, done;
	struct mr_page page;
	struct sql_stmt *st;
	int n = 0;

	/* A few hundred rows at most. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT id FROM page "
		     "WHERE status = 1 AND id >= :low AND id < :high "
		     "ORDER BY id");
	sql_int(st, ":low", c->site->id << MR_SITE_SHIFT);
	sql_int(st, ":high", (c->site->id + 1) << MR_SITE_SHIFT);
	while (status == MR_OK && sql_row(st)) {
		status = mr_page_load(c, sql_col_int(st, 0), &page);
		if (status == MR_OK)
			status = move(c, &page, MR_PAGE_GIVEN_UP);
		n++;
	}
	done = sql_done(st);
	if (status == MR_OK)
		status = done;
	if (status == MR_OK && n == 0)
		return mr_fail(c, MR_REFUSED,
		    "no page for a day without power is waiting to be used");
	return status;
}

enum mr_status
mr_page_void(struct mr_call *c, const struct mr_page_void *in)
{
	struct mr_page page;
	enum mr_status status;

	if ((in->code.s != NULL) == in->all)
		return mr_fail(c, MR_USAGE,
		    "name one page by its code, or --all that are left");
	if (in->all)
		return void_all(c);
	status = mr_page_find(c, in->code, &page);
	if (status == MR_OK && page.status != MR_PAGE_PRINTED)
		return refuse(c, &page);
	return status == MR_OK ? move(c, &page, MR_PAGE_GIVEN_UP) : status;
}

enum mr_status
mr_page_say(
    struct mr_call *c, const struct mr_letter *letter, const char **words)
{
	const char *number = mr_letter_number(c, letter->number);
	struct mr_piece piece;
	struct mr_page page;
	struct mr_fid fid;
	enum mr_status status = mr_page_load(c, letter->id, &page);

	*words = "";
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status == MR_OK)
		status = mr_piece_now(c, letter, &piece);
	if (status == MR_OK && piece.fid != 0)
		status = mr_fid_load(c, piece.fid, &fid);
	if (status != MR_OK)
		return status;
	if (letter->state == MR_L_HELD || letter->state == MR_L_UNIDENTIFIED)
		*words = mr_printf(c->arena,
		    mr_say(
			"Write %s on the stub of page %d and keep the page with "
			"the letter."),
		    number, page.number);
	else if (piece.fid != 0)
		*words = mr_printf(c->arena,
		    mr_say("Write %s on the stub of page %d, and above the "
			   "tear line DEPT %s."),
		    number, page.number, mr_fid_show(c, &fid));
	else
		*words = mr_printf(c->arena,
		    mr_say("Write %s on the stub of page %d."), number,
		    page.number);
	return *words != NULL ? MR_OK : mr_nomem(c);
}

enum mr_status
mr_page_letters(struct mr_call *c, mr_letter_each each, void *arg)
{
	enum mr_status status = MR_OK, done;
	struct mr_letter letter;
	struct sql_stmt *st;

	/* A few hundred rows at most. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT l.id FROM page AS p "
		     "JOIN letter AS l ON l.id = p.id "
		     "WHERE l.number >> 24 = :site "
		     "ORDER BY l.day DESC, l.id DESC");
	sql_int(st, ":site", c->site->id);
	while (status == MR_OK && sql_row(st)) {
		status = mr_letter_load(c, sql_col_int(st, 0), &letter);
		if (status == MR_OK)
			status = each(c, arg, &letter);
	}
	done = sql_done(st);
	return status != MR_OK ? status : done;
}
