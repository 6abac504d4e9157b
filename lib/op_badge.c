/* The operation `user badge`: a card that says who works. */
#include "lib/badge.h"
#include "lib/handle.h"
#include "lib/keys.h"
#include "lib/op.h"
#include "lib/paper.h"
#include "lib/user.h"
#include "lib/when.h"

struct badge_for {
	const char *name;
};

static enum mr_status
badge(struct mr_call *c, const void *input)
{
	const struct badge_for *in = input;
	int64_t id = 0;
	enum mr_status status = mr_user_find(c, in->name, &id);

	return status == MR_OK ? mr_badge_new(c, id) : status;
}

static enum form_role
role_of(unsigned role)
{
	switch (role) {
	case MR_STAFF:
		return FORM_STAFF;
	case MR_COORDINATOR:
		return FORM_COORDINATOR;
	case MR_ADMIN:
		return FORM_ADMIN;
	default:
		return FORM_VOLUNTEER;
	}
}

static enum mr_status
draw(struct mr_call *c, const struct form_badge *form, struct mr_out *out)
{
	const char *name = mr_printf(c->arena, "badge-%s.pdf", form->name.s);
	struct form_fault fault = {0};
	struct form_doc *doc = NULL;
	enum mr_status status = mr_paper_open(c, &doc);

	if (status == MR_OK && name == NULL)
		status = mr_nomem(c);
	if (status == MR_OK && form_badge_add(doc, form, &fault) != FORM_OK)
		status = mr_paper_fault(c, &fault);
	return mr_paper_give(c, doc, name, status, out);
}

/* By the event alone: the role is the one of that day. */
static enum mr_status
answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct form_badge form = {0};
	char text[MR_PAYLOAD_LEN + 1];
	struct mr_holder holder;
	struct mr_event event;
	unsigned role;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status == MR_OK)
		status = mr_holder_load(c, event.subject_id, &holder);
	if (status != MR_OK)
		return status;
	role = (unsigned)mr_event_number(&event, MR_F_ROLE, MR_VOLUNTEER);
	form.copy = (int)mr_event_number(&event, MR_F_COPY, 1);
	form.date = mr_paper_date(mr_day_of(event.at));
	form.name = mr_paper_ours(holder.name);
	form.role = role_of(role);
	if (c->keys == NULL ||
	    mr_badge_make(c->keys->tag, holder.id, form.copy, text) != 0)
		return mr_fail(c, MR_BUG, "the badge has no code");
	form.payload = mr_paper_ours(text);
	status = draw(c, &form, out);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "name", holder.name);
	out->text(out, "role", mr_role_name(role));
	out->integer(out, "copy", form.copy);
	out->end_map(out);
	return MR_OK;
}

static const struct mr_param params[] = {
    MR_PARAM(badge_for, name, 1, "the user's name"),
};

const struct mr_op mr_op_user_badge = {
    .name = "user badge",
    .number = 108,
    .summary = "Print a user's badge; an older one is refused from then on.",
    .roles = MR_COORDINATOR | MR_ADMIN,
    .writes = 1,
    .document = 1,
    MR_PARAMS(params),
    .input_size = sizeof(struct badge_for),
    .returns = "name role copy",
    .run = badge,
    .answer = answer,
};
