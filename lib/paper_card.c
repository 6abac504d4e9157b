/* Cards and slips.  See paper_card.h. */
#include "lib/paper_card.h"

#include "lib/emit.h"
#include "lib/pairing.h"
#include "lib/tongue.h"

enum mr_status
mr_paper_site(struct mr_call *c, int64_t site, struct form_text *text)
{
	int64_t sites = 0;
	struct sql_stmt *st;
	enum mr_status status;

	*text = mr_paper_ours(NULL);
	st = sql_prepare(c, SQL_SCAN "SELECT COUNT(*) FROM site");
	status = sql_done_int(st, &sites);
	if (status != MR_OK || sites < 2)
		return status;
	*text = mr_paper_ours(mr_printf(c->arena, "%lld", (long long)site));
	return text->s != NULL ? MR_OK : mr_nomem(c);
}

/* For whom a piece is that nobody else's words stand on. */
static void
address_to(const struct mr_correspondent *person, struct form_piece *piece,
    enum form_lang *lang, struct form_text *name)
{
	piece->addressee = person->id;
	piece->side = person->kind == MR_INSIDE ? FORM_INSIDE : FORM_OUTSIDE;
	*lang = mr_paper_lang(person->language);
	*name = (struct form_text){person->pen_name, person->id, 1};
}

enum mr_status
mr_paper_id_card(
    struct mr_call *c, struct form_doc *doc, const struct mr_fid *fid)
{
	struct form_id_card card = {.date = mr_paper_date(c->today)};
	struct mr_correspondent person;
	struct form_fault fault;
	enum mr_status status;

	if (fid->status != MR_FID_ACTIVE)
		return mr_fail(c, MR_REFUSED,
		    "the ID %s is %s: nobody shall write it any more; 'mailroom "
		    "id card --pairing %s' prints the one that counts",
		    mr_fid_show(c, fid),
		    mr_say(mr_fid_status_name(fid->status)),
		    mr_show_id(c, 'P', fid->pairing));
	status = mr_person_load(c, fid->writer, &person);
	if (status != MR_OK)
		return status;
	address_to(&person, &card.piece, &card.lang, &card.name);
	card.id = (struct form_text){mr_fid_show(c, fid), person.id, 0};
	if (form_id_card_add(doc, &card, &fault) != FORM_OK)
		return mr_paper_fault(c, &fault);
	return MR_OK;
}

/* What both list in one order, ours from 1. */
static enum form_found
found(int kind)
{
	static const enum form_found of[] = {
	    [MR_E_MONEY] = FORM_MONEY,
	    [MR_E_PHOTO] = FORM_PHOTO,
	    [MR_E_STAMPS] = FORM_STAMPS,
	    [MR_E_OBJECT] = FORM_OBJECT,
	    [MR_E_CARD] = FORM_CARD,
	};

	return of[kind];
}

static enum form_fate
fate(int disposition)
{
	static const enum form_fate of[] = {
	    [MR_E_HELD] = FORM_KEPT,
	    [MR_E_FORWARD] = FORM_GOES_ON,
	    [MR_E_RETURN] = FORM_GOES_BACK,
	    [MR_E_BANK] = FORM_BANKED,
	    [MR_E_DESTROYED] = FORM_DESTROYED,
	};

	return of[disposition];
}

static enum mr_status
fill_slip(struct mr_call *c, const struct mr_enclosure *e,
    const struct mr_letter *letter, struct form_slip *slip)
{
	struct mr_correspondent person;
	int64_t from, to;
	enum mr_status status = mr_letter_parties(c, letter, &from, &to);

	if (status == MR_OK && from == 0)
		return mr_fail(c, MR_REFUSED,
		    "nobody knows yet who wrote letter %s: 'mailroom letter "
		    "identify' first, then the slip has a reader",
		    mr_letter_number(c, letter->number));
	if (status == MR_OK)
		status = mr_person_load(c, from, &person);
	if (status != MR_OK)
		return status;
	address_to(&person, &slip->piece, &slip->lang, &slip->writer);
	slip->date = mr_paper_date(c->today);
	slip->found = mr_paper_date(e->day);
	slip->slip = mr_paper_ours(mr_show_id(c, 'E', e->id));
	slip->code = mr_paper_ours(mr_letter_code(c, letter->id));
	slip->number = mr_paper_ours(mr_letter_number(c, letter->number));
	slip->kind = found(e->kind);
	slip->count = (long)e->count;
	slip->cents = e->cents;
	slip->fate = fate(e->disposition);
	slip->by = mr_paper_ours(mr_user_shown(c, e->by));
	return MR_OK;
}

enum mr_status
mr_paper_slip(struct mr_call *c, struct form_doc *doc,
    const struct mr_enclosure *enclosure)
{
	struct form_slip slip = {.count = 0};
	struct mr_letter letter;
	struct form_fault fault;
	enum mr_status status;

	if (enclosure->disposition == MR_E_MISTAKE)
		return mr_fail(c, MR_REFUSED,
		    "%s was written down by mistake: there is nothing to "
		    "print",
		    mr_show_id(c, 'E', enclosure->id));
	status = mr_letter_load(c, enclosure->letter, &letter);
	if (status == MR_OK)
		status = fill_slip(c, enclosure, &letter, &slip);
	if (status == MR_OK && form_slip_add(doc, &slip, &fault) != FORM_OK)
		status = mr_paper_fault(c, &fault);
	return status;
}
