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
    MR_NUMBER(audit_show, last, 0, 1, 100000,
	"show so many of the newest; 50 when nothing is said"),
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
checkpoint_answer(
    struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	return mr_audit_emit_witness(c, events.first, out);
}

const struct mr_op mr_op_audit_checkpoint = {
    .name = "audit checkpoint",
    .number = MR_AUDIT_CHECKPOINT,
    .summary = "Sign where the chain stands and show the three words of it.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .returns = "site event words",
    .spare = "site",
    .run = checkpoint,
    .answer = checkpoint_answer,
};

struct audit_verify {
	const char *witness;
	struct mr_count event;
};

static const struct mr_param verify_params[] = {
    MR_PARAM(audit_verify, witness, 0,
	"the three words of a checkpoint, from paper"),
    MR_PARAM(audit_verify, event, 0, "the event's number beside these words"),
};

static enum mr_status
verify(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct audit_verify *in = input;
	struct mr_audit_paper paper = {in->witness, in->event.n};

	return mr_audit_verify(c, &paper, out);
}

const struct mr_op mr_op_audit_verify = {
    .name = "audit verify",
    .slow = 1,
    .number = 402,
    .summary = "Prove the chain, every row and every checkpoint, and hold "
	       "words from paper against them.",
    .roles = MR_COORDINATOR | MR_ADMIN,
    MR_PARAMS(verify_params),
    .input_size = sizeof(struct audit_verify),
    .returns = "events rows checkpoints witness found findings",
    .show = verify,
};

static const struct mr_param export_params[] = {
    MR_PARAM(mr_audit_export, from, 0, "number of the first event; 1"),
    MR_NUMBER(
	mr_audit_export, last, 0, 1, 200000, "so many events at most; 200000"),
    MR_PARAM(mr_audit_export, format, 0, "csv or jsonl (JSON lines)"),
};

static enum mr_status export(
    struct mr_call *c, const void *input, struct mr_out *out) {
	return mr_audit_export(c, input, out);
}

const struct mr_op mr_op_audit_export = {
    .name = "audit export",
    .slow = 1,
    .number = 403,
    .summary = "Write events as they are hashed, with their hashes, for "
	       "somebody else to verify.",
    .roles = MR_COORDINATOR | MR_ADMIN,
    .retype = 1,
    .document = 1,
    MR_PARAMS(export_params),
    .input_size = sizeof(struct mr_audit_export),
    .returns = "first events more",
    .show = export,
};
