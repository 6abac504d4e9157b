/* The operation `scan`: any code, and nothing is written. */
#include "lib/emit.h"
#include "lib/letter_take.h"
#include "lib/op.h"
#include "lib/scan.h"

struct scan {
	struct mr_typed code;
};

static const struct mr_param params[] = {
    MR_PARAM(scan, code, 1, "anything that was scanned or stands on paper"),
};

static void
emit_letter(struct mr_call *c, struct mr_out *out, const struct mr_scan *scan)
{
	const struct mr_letter *l = &scan->letter;
	char station[2] = {(char)scan->first_station, '\0'};
	int seen = scan->first_station != 0;

	out->text(
	    out, "number", l->id != 0 ? mr_letter_number(c, l->number) : NULL);
	out->text(out, "state", scan->state);
	out->text(out, "reason", scan->reason);
	if (seen)
		mr_emit_time(out, "first_seen", scan->first_at);
	else
		out->text(out, "first_seen", NULL);
	out->text(out, "station", seen ? station : NULL);
	out->text(
	    out, "user", seen ? mr_user_shown(c, scan->first_user) : NULL);
	/* Nothing, where it lies here: most offices have one site. */
	if (l->id != 0 && mr_letter_takeable(c, l))
		out->boolean(out, "take", 1);
	else
		out->text(out, "take", NULL);
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct scan *in = input;
	struct mr_scan scan;
	enum mr_status status = mr_scan(c, in->code, &scan);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "verdict", mr_verdict_big(scan.verdict));
	out->text(out, "say", scan.say);
	out->text(out, "kind", mr_scan_kind_name(scan.kind));
	out->text(out, "code", scan.code);
	out->boolean(out, "known", scan.known);
	out->boolean(out, "superseded", scan.superseded);
	emit_letter(c, out, &scan);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_scan = {
    .name = "scan",
    .number = 430,
    .summary = "Tell what a code is and what can be done next.",
    .roles = MR_EVERYONE,
    MR_PARAMS(params),
    .input_size = sizeof(struct scan),
    .returns = "verdict say kind code known superseded number state reason "
	       "first_seen station user take",
    .spare = "take",
    .show = show,
};
