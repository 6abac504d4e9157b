/* The operation that shows what went between the two of a pairing, and when. */
#include "lib/emit.h"
#include "lib/exchange.h"
#include "lib/op.h"
#include "lib/pairing.h"

#define LAST 60

struct exchange {
	struct mr_pairing_ref pairing;
	struct mr_count last;
};

static const struct mr_param params[] = {
    MR_PARAM(exchange, pairing, 1, "which one"),
    MR_NUMBER(
	exchange, last, 0, 1, 1000, "so many letters at most, the newest; 60"),
};

static enum mr_status
emit(struct mr_call *c, void *arg, const struct mr_exchange *line)
{
	struct mr_out *out = arg;
	enum mr_status status;

	out->begin_map(out, NULL);
	mr_emit_day(out, "came", line->came);
	mr_emit_day0(out, "posted", line->posted);
	mr_emit_day0(out, "returned", line->returned);
	mr_emit_day0(out, "again", line->again);
	out->integer(out, "days", line->days);
	status = mr_letter_emit_keys(c, out, &line->letter);
	out->end_map(out);
	return status;
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct exchange *in = input;
	struct mr_pairing pairing;
	enum mr_status status = mr_pairing_load(c, in->pairing.id, &pairing);

	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	status = mr_pairing_exchange(
	    c, pairing.id, in->last.given ? in->last.n : LAST, emit, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_pairing_exchange = {
    .name = "pairing exchange",
    .number = 268,
    .summary = "Show the letters of a pairing: when each came, and when it "
	       "was posted.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(params),
    .input_size = sizeof(struct exchange),
    .each = "came posted returned again days " MR_LETTER_KEYS,
    .table = "number from to came posted returned again days state",
    .show = show,
};
