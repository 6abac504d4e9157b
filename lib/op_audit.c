/*
 * Operations on the audit chain: read it, sign it.  Verifying stands in
 * verify.c.
 */
#include "lib/audit.h"
#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/op.h"

struct audit_show {
	struct mr_count from, last;
	struct mr_date day;
	const char *by;
};

static const struct mr_param show_params[] = {
    MR_PARAM(audit_show, from, 0, "number of the first event to show"),
    MR_NUMBER(audit_show, last, 0, 1, 100000, "show so many of the newest; 50 when nothing is said"),
    MR_PARAM(audit_show, day, 0, "show the events of this day"),
    MR_PARAM(audit_show, by, 0, "only what this user did"),
};

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct audit_show *in = input;
	struct mr_audit_range range = {
	    .from = in->from.n,
	    .last = in->last.given ? in->last.n : 50,
	    .day = in->day.day,
	    .has_from = in->from.given,
	    .has_day = in->day.given,
	    .by = in->by,
	};

	return mr_audit_list(c, &range, out);
}

const struct mr_op mr_op_audit_show = {
    .name = "audit show",
    .number = 400,
    .summary = "Show events of the audit chain, oldest first.",
    .roles = MR_COORDINATOR | MR_ADMIN,
    MR_PARAMS(show_params),
    .input_size = sizeof(struct audit_show),
    .each = "event time user station operation subject fields",
    .show = show,
};

static enum mr_status
checkpoint(struct mr_call *c, const void *input)
{
	(void)input;
	return mr_audit_checkpoint(c);
}

static enum mr_status
checkpoint_answer(struct mr_call *c, struct mr_events events,
    struct mr_out *out)
{
	return mr_audit_emit_witness(c, events.first, out);
}

const struct mr_op mr_op_audit_checkpoint = {
    .name = "audit checkpoint",
    .number = 401,
    .summary = "Sign where the chain stands and show the three words of it.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .returns = "site event words",
    .run = checkpoint,
    .answer = checkpoint_answer,
};
