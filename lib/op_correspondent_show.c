/* Operations that look at correspondents: show, list, find, reveal. */
#include "lib/address.h"
#include "lib/chain.h"
#include "lib/correspondent.h"
#include "lib/emit.h"
#include "lib/facility.h"
#include "lib/op.h"
#include "lib/person.h"
#include "lib/profile.h"
#include "lib/sealed.h"
#include "lib/writing.h"

#define SHOWN_AGAIN_US (INT64_C(600) * 1000000)

/* "active" for a pause that is over. */
static const char *
status_shown(const struct mr_call *c, const struct mr_correspondent *p)
{
	return mr_person_status_name(
	    mr_person_takes_part(c, p) ? MR_PERSON_ACTIVE : p->status);
}

/* The code of where somebody is today, and the row; NULL: outside, none. */
static enum mr_status
place(struct mr_call *c, int64_t person, struct mr_address *address,
    const char **code)
{
	struct mr_facility f;
	enum mr_status status;

	*address = (struct mr_address){.id = 0};
	*code = NULL;
	status = mr_address_on(c, person, (int)c->today, address);
	if (status == MR_NOTFOUND)
		return MR_OK;
	if (status != MR_OK || address->facility == 0)
		return status;
	status = mr_facility_load(c, address->facility, &f);
	if (status == MR_OK)
		*code = f.code;
	return status;
}

#define REVEAL_WORD(number, word) " " word

static const struct mr_param one_params[] = {
    MR_PARAM(mr_correspondent_one, person, 1, "who, as C12"),
};

/* What waits to count: a pending row, or one from a later day. */
static enum mr_status
emit_next(struct mr_call *c, struct mr_out *out, int64_t person,
    const struct mr_address *now)
{
	struct mr_address next = {.id = 0};
	struct mr_facility f = {.code = NULL};
	enum mr_status status = mr_address_written(c, person, 1 << 20, &next);

	if (status == MR_NOTFOUND || (status == MR_OK && next.id == now->id)) {
		out->text(out, "next_address", NULL);
		return MR_OK;
	}
	if (status == MR_OK && next.facility != 0)
		status = mr_facility_load(c, next.facility, &f);
	if (status != MR_OK)
		return status;
	out->begin_map(out, "next_address");
	out->text(out, "status", mr_address_status_name(next.status));
	mr_emit_day0(out, "from", next.from_day);
	out->text(out, "facility", f.code);
	out->end_map(out);
	return MR_OK;
}

static void
emit_person(
    struct mr_call *c, struct mr_out *out, const struct mr_correspondent *p)
{
	mr_emit_id(c, out, "correspondent", 'C', p->id);
	out->text(out, "kind", mr_person_kind_name(p->kind));
	out->text(out, "pen_name", p->pen_name);
	out->text(out, "ref", p->ref);
	out->text(out, "status", status_shown(c, p));
	out->text(out, "reason",
	    mr_person_takes_part(c, p) ? NULL
				       : mr_person_reason_name(p->reason));
	mr_emit_day0(out, "until", p->until);
	out->text(out, "language", p->language);
	out->text(out, "interests", p->interests);
	out->integer(out, "slots", p->slots);
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct mr_correspondent_one *in = input;
	struct mr_correspondent p;
	struct mr_address address;
	int64_t id = 0, pairings = 0;
	enum mr_status status;
	const char *code;

	status = mr_person_find(c, in->person, &id);
	if (status == MR_OK)
		status = mr_person_load(c, id, &p);
	if (status == MR_OK)
		status = mr_person_pairings(c, id, &pairings);
	if (status == MR_OK)
		status = place(c, id, &address, &code);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	emit_person(c, out, &p);
	out->integer(out, "pairings", pairings);
	out->text(out, "address",
	    address.id != 0 ? mr_address_status_name(address.status) : NULL);
	mr_emit_day0(out, "since", address.from_day);
	out->text(out, "facility", code);
	status = emit_next(c, out, id, &address);
	out->text(out, "note", mr_language_note(c, p.language));
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_correspondent_show = {
    .name = "correspondent show",
    .number = 222,
    .summary = "Show a correspondent, without anything that is sealed.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(one_params),
    .input_size = sizeof(struct mr_correspondent_one),
    .returns = "correspondent kind pen_name ref status reason until language "
	       "interests slots pairings address since facility next_address "
	       "note",
    .show = show,
};

struct correspondent_list {
	const char *kind, *status, *facility, *interest;
	int waiting;
};

static const struct mr_param list_params[] = {
    MR_CHOICE(correspondent_list, kind, 0, " inside outside",
	"only inside or only outside"),
    MR_CHOICE(correspondent_list, status, 0, " active paused closed",
	"only active, paused or closed ones"),
    MR_PARAM(correspondent_list, facility, 0, "only who lives there today"),
    MR_PARAM(correspondent_list, interest, 0, "only with this word"),
    MR_PARAM(correspondent_list, waiting, 0,
	"only who is active and has a free slot"),
};

static enum mr_status
list_one(struct mr_call *c, void *arg, const struct mr_correspondent *p,
    int64_t pairings)
{
	struct mr_mark mark = mr_mark(c->arena);
	struct mr_out *out = arg;
	struct mr_address address;
	enum mr_status status;
	const char *code;

	status = place(c, p->id, &address, &code);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "correspondent", 'C', p->id);
	out->text(out, "kind", mr_person_kind_name(p->kind));
	out->text(out, "pen_name", p->pen_name);
	out->text(out, "status", status_shown(c, p));
	out->text(out, "language", p->language);
	out->integer(out, "slots", p->slots);
	out->integer(out, "pairings", pairings);
	out->text(out, "facility", code);
	out->text(out, "interests", p->interests);
	out->end_map(out);
	mr_release(c->arena, mark);
	return MR_OK;
}

static enum mr_status
read_filter(struct mr_call *c, const struct correspondent_list *in,
    struct mr_person_filter *filter)
{
	*filter = (struct mr_person_filter){
	    .interest = in->interest, .waiting = in->waiting};
	if (in->kind != NULL) {
		filter->kind = mr_person_kind_of(in->kind);
		if (filter->kind == 0)
			return mr_fail(
			    c, MR_USAGE, "kind: write inside or outside");
	}
	if (in->status != NULL) {
		filter->status = mr_person_status_of(in->status);
		if (filter->status == 0)
			return mr_fail(c, MR_USAGE,
			    "status: write active, paused or closed");
	}
	if (in->facility == NULL)
		return MR_OK;
	return mr_facility_by_code(c, in->facility, &filter->facility);
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	struct mr_person_filter filter;
	enum mr_status status;

	status = read_filter(c, input, &filter);
	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	status = mr_person_list(c, &filter, list_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_correspondent_list = {
    .name = "correspondent list",
    .number = 223,
    .summary = "List correspondents by number.",
    .roles = MR_COORDINATOR,
    MR_PARAMS(list_params),
    .input_size = sizeof(struct correspondent_list),
    .each = "correspondent kind pen_name status language slots pairings "
	    "facility interests",
    .table = "correspondent kind pen_name status language pairings facility",
    .show = list,
};

static const struct mr_param find_params[] = {
    MR_PARAM(mr_correspondent_find, name, 0,
	"the full legal name; letter case and accents do not matter"),
    MR_PARAM(mr_correspondent_find, register_number, 0,
	"the register number, 12345-678"),
};

static enum mr_status
find_run(struct mr_call *c, const void *input)
{
	return mr_correspondent_find(c, input);
}

static enum mr_status
find_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	enum mr_status status = MR_OK;
	struct mr_correspondent p;
	struct mr_address address;
	struct mr_event event;
	const char *code;

	out->begin_list(out, NULL);
	for (int i = 0; status == MR_OK && i < events.count; i++) {
		status = mr_event_load(c, events.first + i, &event);
		if (status != MR_OK || event.subject != MR_CORRESPONDENT)
			continue;
		status = mr_person_load(c, event.subject_id, &p);
		if (status == MR_OK)
			status = place(c, p.id, &address, &code);
		if (status != MR_OK)
			break;
		out->begin_map(out, NULL);
		mr_emit_id(c, out, "correspondent", 'C', p.id);
		out->text(out, "kind", mr_person_kind_name(p.kind));
		out->text(out, "pen_name", p.pen_name);
		out->text(out, "status", status_shown(c, &p));
		out->text(out, "facility", code);
		out->end_map(out);
	}
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_correspondent_find = {
    .name = "correspondent find",
    .number = 224,
    .summary = "Find a correspondent by exact legal name or register number.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    .vault = 1,
    MR_PARAMS(find_params),
    .input_size = sizeof(struct mr_correspondent_find),
    .each = "correspondent kind pen_name status facility",
    .run = find_run,
    .answer = find_answer,
};

static const struct mr_param reveal_params[] = {
    MR_PARAM(mr_correspondent_reveal, person, 1, "who, as C12"),
    MR_CHOICE(mr_correspondent_reveal, reason, 1,
	MR_REVEAL_REASONS(REVEAL_WORD),
	"delivery, returned-mail, person-asked, correct-record, "
	"second-person, complaint, safety or legal-order"),
};

static enum mr_status
reveal_run(struct mr_call *c, const void *input)
{
	return mr_correspondent_reveal(c, input);
}

static void
emit_address(struct mr_out *out, const char *key,
    const struct mr_address *address, const struct mr_address_text *text)
{
	out->begin_map(out, key);
	out->text(out, "status", mr_address_status_name(address->status));
	mr_emit_day0(out, "from", address->from_day);
	out->text(out, "facility", text->facility);
	out->text(out, "street", text->street);
	out->text(out, "unit", text->unit);
	out->text(out, "city", text->city);
	out->text(out, "state", text->state);
	out->text(out, "zip", text->zip);
	out->text(out, "country", text->country);
	out->end_map(out);
}

/* The address that counts, and one that was written down since. */
static enum mr_status
reveal_addresses(struct mr_call *c, struct mr_out *out, int64_t person)
{
	struct mr_address now = {.id = 0}, next = {.id = 0};
	struct mr_address_text text;
	enum mr_status status;

	status = mr_address_on(c, person, (int)c->today, &now);
	if (status == MR_OK)
		status = mr_address_lines(c, now.id, &text);
	if (status == MR_OK)
		emit_address(out, "address", &now, &text);
	else if (status == MR_NOTFOUND)
		out->text(out, "address", NULL);
	else
		return status;
	status = mr_address_written(c, person, 1 << 20, &next);
	if (status == MR_OK && next.id != now.id) {
		status = mr_address_lines(c, next.id, &text);
		if (status == MR_OK)
			emit_address(out, "next_address", &next, &text);
		return status;
	}
	out->text(out, "next_address", NULL);
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
reveal_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	const char *name = "", *number = "", *story[MR_SEALED_TEXTS];
	struct mr_correspondent p;
	struct mr_event event;
	enum mr_status status;

	status = mr_event_load(c, events.first, &event);
	/* An answer that was lost is given again; a later look is an event of
	 * its own. */
	if (status == MR_OK && event.at < c->now - SHOWN_AGAIN_US)
		return mr_fail(c, MR_REFUSED,
		    "this was shown under the same request key before; take a "
		    "new key to see it again");
	if (status == MR_OK)
		status = mr_person_load(c, event.subject_id, &p);
	if (status == MR_OK)
		status = mr_identity(c, p.id, &name, &number);
	if (status == MR_OK)
		status = mr_sealed_open(c, p.id, MR_SEALED_STORY, story);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "correspondent", 'C', p.id);
	out->text(out, "reason",
	    mr_reveal_reason_name(
		(int)mr_event_number(&event, MR_F_REASON, 0)));
	out->text(out, "pen_name", p.pen_name);
	out->text(out, "legal_name", name);
	out->text(out, "register_number", number[0] != '\0' ? number : NULL);
	status = reveal_addresses(c, out, p.id);
	out->text(out, "about", story[0]);
	out->text(out, "notes", story[1]);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_correspondent_reveal = {
    .name = "correspondent reveal",
    .number = 230,
    .summary = "Show what is sealed about a correspondent, for a reason.",
    .roles = MR_COORDINATOR,
    .retype = 1,
    .writes = 1,
    .vault = 1,
    MR_PARAMS(reveal_params),
    .input_size = sizeof(struct mr_correspondent_reveal),
    .returns = "correspondent reason pen_name legal_name register_number "
	       "address next_address about notes",
    .run = reveal_run,
    .answer = reveal_answer,
};
