/* From a letter to what is printed for it.  See paper.h. */
#include "lib/paper.h"

#include <sodium.h>
#include <string.h>

#include "lib/address.h"
#include "lib/enclosure.h"
#include "lib/fid.h"
#include "lib/handle.h"
#include "lib/imb.h"
#include "lib/letter_steps.h"
#include "lib/lettercode.h"
#include "lib/pairing.h"
#include "lib/payload.h"
#include "lib/route.h"
#include "lib/setting.h"
#include "lib/tongue.h"
#include "lib/writing.h"

const char *
form_say(const char *english)
{
	return mr_say(english);
}

enum mr_status
mr_piece_now(
    struct mr_call *c, const struct mr_letter *letter, struct mr_piece *piece)
{
	struct mr_address address = {0};
	struct mr_fid fid = {0};
	enum mr_status status;
	int64_t from, to, pairing;

	*piece = (struct mr_piece){.letter = *letter, .day = c->today};
	status = mr_letter_parties(c, letter, &from, &to);
	if (status == MR_OK && to != 0)
		status = mr_address_on(c, to, (int)c->today, &address);
	if (status == MR_NOTFOUND)
		status = MR_OK;
	pairing = letter->pairing;
	if (status == MR_OK && letter->way == MR_OFFICE)
		status = mr_writing_answers(c, letter, &pairing);
	if (status == MR_OK && pairing != 0)
		status = mr_fid_of(c, pairing, to, &fid);
	if (status == MR_NOTFOUND)
		status = MR_OK;
	piece->address = address.id;
	piece->fid = fid.id;
	return status;
}

/* The strings that every piece of a letter needs. */
struct sides {
	struct mr_correspondent from, to; /* id 0: the office */
	struct mr_fid fid;
	const char *id;
};

static enum mr_status
look_up(struct mr_call *c, const struct mr_piece *piece, struct sides *s)
{
	enum mr_status status;
	int64_t from, to;

	memset(s, 0, sizeof(*s));
	status = mr_letter_parties(c, &piece->letter, &from, &to);
	if (status == MR_OK && from != 0)
		status = mr_person_load(c, from, &s->from);
	if (status == MR_OK)
		status = mr_person_load(c, to, &s->to);
	if (status != MR_OK || piece->fid == 0)
		return status;
	status = mr_fid_load(c, piece->fid, &s->fid);
	if (status == MR_OK)
		s->id = mr_fid_show(c, &s->fid);
	return status;
}

static struct form_text
pen_name(const struct mr_call *c, const struct mr_correspondent *person)
{
	if (person->id == 0)
		return mr_paper_ours(c->site->name);
	return (struct form_text){person->pen_name, person->id, 1};
}

static const char *
payload(struct mr_call *c, enum mr_payload_kind kind, int64_t number, int copy)
{
	struct mr_payload in = {.kind = kind, .copy = copy};
	char text[MR_PAYLOAD_LEN + 1];
	int bad = kind == MR_PAYLOAD_REPLY
	    ? mr_code_from_number(number, &in.code)
	    : mr_lettercode_make(c->keys->code, number, &in.code);

	if (bad != 0 || mr_payload_make(c->keys->tag, &in, text) != 0)
		return NULL;
	return mr_strdup(c->arena, text);
}

static enum form_side
side_of(const struct mr_correspondent *person)
{
	return person->kind == MR_INSIDE ? FORM_INSIDE : FORM_OUTSIDE;
}

/* Why it turned round, where a sticker said so. */
static const char *
back_reason(const struct mr_letter *letter)
{
	const struct mr_reason_row *why = mr_reason(letter->reason);

	if (letter->way != MR_BACK || why == NULL ||
	    (why->use != MR_WHY_REFUSED && why->use != MR_WHY_RETURNED))
		return NULL;
	return why->say;
}

/* What goes back to its writer with a letter of ours. */
static enum mr_status
put_in(struct mr_call *c, const struct mr_letter *letter, const char *language,
    const char **words)
{
	struct mr_enclosure e;
	struct mr_writing w;
	enum mr_status status;

	if (letter->form != MR_FORM_ENCLOSURE_RETURNED)
		return mr_enclosure_words(c, letter->id, language, words);
	status = mr_writing_of(c, letter, &w);
	if (status == MR_OK)
		status = mr_enclosure_load(c, w.enclosure, &e);
	if (status == MR_OK)
		status = mr_enclosure_say(c, &e, language, words);
	return status;
}

enum mr_status
mr_paper_cover(struct mr_call *c, struct form_doc *doc,
    const struct mr_piece *piece, struct form_fault *fault)
{
	const struct mr_letter *l = &piece->letter;
	struct form_cover cover = {0};
	const char *enclosures = NULL;
	int64_t laser = 0;
	struct sides s;
	enum mr_status status = look_up(c, piece, &s);

	if (status == MR_OK)
		status = put_in(c, l, s.to.language, &enclosures);
	if (status == MR_OK)
		status = mr_setting_int(c, MR_SET_LASER_CODE, &laser);
	if (status != MR_OK)
		return status;
	cover.piece.addressee = s.to.id;
	cover.piece.side = side_of(&s.to);
	cover.lang = mr_paper_lang(s.to.language);
	cover.date = mr_paper_date(piece->day);
	cover.from = pen_name(c, &s.from);
	cover.to = pen_name(c, &s.to);
	cover.id = (struct form_text){s.id, s.to.id, 0};
	if (s.id != NULL && cover.piece.side == FORM_OUTSIDE)
		cover.reply = (struct form_text){
		    payload(c, MR_PAYLOAD_REPLY, s.fid.code, 0), s.to.id, 0};
	cover.code = mr_paper_ours(mr_letter_code(c, l->id));
	cover.payload =
	    mr_paper_ours(payload(c, MR_PAYLOAD_STUB, l->id, piece->copy));
	if (laser && cover.payload.s != NULL)
		cover.laser = mr_paper_ours(mr_strndup(
		    c->arena, cover.payload.s + 1, MR_PAYLOAD_SYMBOLS));
	cover.number = mr_paper_ours(mr_letter_number(c, l->number));
	cover.enclosures = mr_paper_ours(enclosures);
	cover.reason = mr_paper_ours(back_reason(l));
	cover.sheets = l->sheets > 0 ? l->sheets : 0;
	cover.copy = piece->copy;
	cover.back = l->way == MR_BACK;
	cover.office = l->way == MR_OFFICE;
	form_cover_add(doc, &cover, fault);
	return MR_OK;
}

static void
put_address(
    struct form_address *to, const struct mr_address_text *text, int64_t owner)
{
#define SECRET(field) (struct form_secret){text->field, owner}
	to->name = SECRET(legal_name);
	to->number = SECRET(register_number);
	to->facility = SECRET(facility);
	to->street = SECRET(street);
	to->unit = SECRET(unit);
	to->city = SECRET(city);
	to->state = SECRET(state);
	to->zip = SECRET(zip);
	to->country = SECRET(country);
#undef SECRET
}

static void
forbid(struct form_forbidden *list, size_t *n, enum form_hit kind,
    const char *value)
{
	if (value != NULL && *value != '\0')
		list[(*n)++] = (struct form_forbidden){kind, value};
}

/* What of the other side must not stand on this piece. */
static enum mr_status
forbidden(struct mr_call *c, int64_t other, struct form_piece *piece)
{
	struct form_forbidden *list;
	struct mr_address_text text = {0};
	struct mr_address address;
	size_t n = 0;
	enum mr_status status;

	if (other == 0)
		return MR_OK;
	list = mr_alloc(c->arena, 4 * sizeof(*list));
	if (list == NULL)
		return mr_nomem(c);
	status = mr_address_on(c, other, (int)c->today, &address);
	if (status == MR_OK)
		status = mr_address_lines(c, address.id, &text);
	else if (status == MR_NOTFOUND)
		status = mr_identity(
		    c, other, &text.legal_name, &text.register_number);
	if (status != MR_OK)
		return status;
	forbid(list, &n, FORM_HIT_NAME, text.legal_name);
	forbid(list, &n, FORM_HIT_NUMBER, text.register_number);
	forbid(list, &n, FORM_HIT_STREET, text.street);
	forbid(list, &n, FORM_HIT_ZIP, text.zip);
	piece->forbidden = list;
	piece->nforbidden = n;
	return MR_OK;
}

/* The post office's barcode, where the office has a Mailer ID.  Never on what
 * goes inside: there any bars look like a secret. */
static enum mr_status
barcode(struct mr_call *c, const struct mr_piece *piece, const char *zip,
    struct form_outer *outer)
{
	struct mr_imb imb = {.serial = piece->letter.id,
	    .endorsed = outer->endorsement != FORM_NO_ENDORSEMENT,
	    .zip = zip};
	char digits[MR_IMB_SIZE];
	enum mr_status status =
	    mr_setting_int(c, MR_SET_MAILER_ID, &imb.mailer);

	if (status != MR_OK || imb.mailer == 0 ||
	    outer->piece.side != FORM_OUTSIDE)
		return status;
	mr_imb_make(&imb, digits);
	outer->imb = (struct form_text){
	    mr_strdup(c->arena, digits), outer->piece.addressee, 0};
	sodium_memzero(digits, sizeof(digits));
	return outer->imb.s != NULL ? MR_OK : mr_nomem(c);
}

/* Whom a letter of ours speaks of: theirs must not stand on it either. */
static enum mr_status
spoken_of(struct mr_call *c, const struct mr_letter *letter, int64_t *other)
{
	struct mr_writing w;
	enum mr_status status = mr_writing_of(c, letter, &w);

	if (status == MR_OK)
		status = mr_writing_pal(c, w.pairing, letter->person, other);
	return status;
}

/* What the facility's rules say of the outside of a piece. */
static void
by_rule(const struct mr_piece *piece, const struct sides *s,
    const struct mr_route *route, struct form_outer *outer)
{
	static const enum form_endorsement endorsement[] = {
	    [MR_ENDORSE_RETURN] = FORM_RETURN_SERVICE,
	    [MR_ENDORSE_ADDRESS] = FORM_ADDRESS_SERVICE,
	    [MR_ENDORSE_TEMP_RETURN] = FORM_TEMP_RETURN_SERVICE,
	    [MR_ENDORSE_NONE] = FORM_NO_ENDORSEMENT,
	};
	const int64_t *is = route->rules.value;

	outer->piece.code_agreed = route->facility != 0 && mr_route_code(route);
	outer->endorsement = endorsement[is[MR_RULE_ENDORSEMENT]];
	if (is[MR_RULE_SENDER_LINE] == MR_SENDER_PEN_NAME &&
	    piece->letter.way == MR_FORWARD && s->from.id != 0)
		outer->sender =
		    (struct form_text){s->from.pen_name, s->from.id, 1};
}

enum mr_status
mr_paper_outer(
    struct mr_call *c, const struct mr_piece *piece, struct form_outer *outer)
{
	struct mr_address_text text;
	struct mr_route route;
	struct sides s;
	int64_t other;
	enum mr_status status = look_up(c, piece, &s);

	memset(outer, 0, sizeof(*outer));
	if (status == MR_OK)
		status = mr_address_lines(c, piece->address, &text);
	if (status != MR_OK)
		return status;
	/* What turns round must not show whom it was meant for. */
	other = s.from.id;
	if (piece->letter.way == MR_BACK) {
		struct mr_letter forward = piece->letter;
		int64_t from;

		forward.way = MR_FORWARD;
		status = mr_letter_parties(c, &forward, &from, &other);
	}
	if (status == MR_OK && piece->letter.way == MR_OFFICE)
		status = spoken_of(c, &piece->letter, &other);
	outer->piece.addressee = s.to.id;
	outer->piece.side = side_of(&s.to);
	if (status == MR_OK)
		status = forbidden(c, other, &outer->piece);
	outer->lang = mr_paper_lang(s.to.language);
	outer->date = mr_paper_date(piece->day);
	put_address(&outer->to, &text, s.to.id);
	outer->id = (struct form_text){s.id, s.to.id, 0};
	if (status == MR_OK)
		status =
		    mr_route_of_address(c, piece->address, piece->day, &route);
	if (status != MR_OK)
		return status;
	by_rule(piece, &s, &route, outer);
	if (outer->piece.side == FORM_OUTSIDE || outer->piece.code_agreed)
		outer->payload = mr_paper_ours(payload(
		    c, MR_PAYLOAD_ENVELOPE, piece->letter.id, piece->copy));
	return barcode(c, piece, text.zip, outer);
}

enum mr_status
mr_paper_inner(struct mr_call *c, const struct mr_piece *piece,
    const struct form_outer *outer, struct form_fault *fault)
{
	struct sides s;
	enum mr_status status = look_up(c, piece, &s);

	memset(fault, 0, sizeof(*fault));
	if (status == MR_OK && s.from.id != 0)
		form_search(s.from.pen_name, outer->piece.forbidden,
		    outer->piece.nforbidden, fault);
	return status;
}
