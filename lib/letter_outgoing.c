/* What is cleared, and what it still needs.  See worklist.h. */
#include "lib/facility.h"
#include "lib/print.h"
#include "lib/route.h"
#include "lib/worklist.h"

#define LIMIT 500

struct list {
	struct mr_out *out;
	int64_t left;
};

/* Where it goes: a facility's code and name; null: to somebody outside. */
static enum mr_status
emit_place(struct mr_call *c, struct mr_out *out, const struct mr_letter *l)
{
	struct mr_facility facility = {.code = NULL, .name = NULL};
	struct mr_route route;
	enum mr_status status = mr_route_of(c, l, c->today, &route);

	if (status == MR_OK && route.facility != 0)
		status = mr_facility_load(c, route.facility, &facility);
	if (status != MR_OK)
		return status;
	out->text(out, "facility", facility.code);
	out->text(out, "place", facility.name);
	out->boolean(out, "label", mr_route_label(&route));
	return MR_OK;
}

static enum mr_status
emit(struct mr_call *c, struct mr_out *out, const struct mr_letter *l)
{
	int sheet = 0, envelope = 0, page = 0;
	enum mr_status status;

	status = mr_print_needs(c, MR_P_SHEET, l, &sheet);
	if (status == MR_OK)
		status = mr_print_needs(c, MR_P_ENVELOPE, l, &envelope);
	if (status == MR_OK)
		status = mr_print_needs(c, MR_P_PAGE, l, &page);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	status = emit_place(c, out, l);
	out->boolean(out, "sheet_due", sheet);
	out->boolean(out, "envelope_due", envelope);
	out->boolean(out, "page_due", page);
	if (status == MR_OK)
		status = mr_letter_emit_keys(c, out, l);
	out->end_map(out);
	return status;
}

static enum mr_status
each(struct mr_call *c, void *arg, const struct mr_letter *l)
{
	struct list *list = arg;
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_status status;

	if (list->left-- <= 0)
		return MR_OK;
	status = emit(c, list->out, l);
	mr_release(c->arena, mark);
	return status;
}

enum mr_status
mr_letter_outgoing(
    struct mr_call *c, const struct mr_letter_outgoing *in, struct mr_out *out)
{
	struct list list = {out, in->limit.given ? in->limit.n : LIMIT};
	enum mr_status status;

	out->begin_list(out, NULL);
	status = mr_letter_in_state(c, MR_L_CLEARED, each, &list);
	out->end_list(out);
	return status;
}
