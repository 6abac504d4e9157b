/* Operations that list what is to be done: trays, what goes out. */
#include "lib/op.h"
#include "lib/worklist.h"

static const struct mr_param trays_params[] = {
    MR_PARAM(mr_letter_trays, tray, MR_PLACED,
	"only this one: red, yellow, blue or bench"),
    MR_NUMBER(mr_letter_trays, limit, 0, 1, 100000,
	"at most so many; 500 when nothing is said"),
};

static enum mr_status
trays(struct mr_call *c, const void *input, struct mr_out *out)
{
	return mr_letter_trays(c, input, out);
}

const struct mr_op mr_op_letter_trays = {
    .name = "letter trays",
    .number = 340,
    .summary = "List what lies in the trays and why, the most urgent first.",
    .roles = MR_FROM_VOLUNTEER,
    MR_PARAMS(trays_params),
    .input_size = sizeof(struct mr_letter_trays),
    .each = MR_TRAY_KEYS MR_LETTER_KEYS,
    .table = "tray number code reason from to age until",
    .show = trays,
};

static const struct mr_param outgoing_params[] = {
    MR_NUMBER(mr_letter_outgoing, limit, 0, 1, 100000,
	"at most so many; 500 when nothing is said"),
};

static enum mr_status
outgoing(struct mr_call *c, const void *input, struct mr_out *out)
{
	return mr_letter_outgoing(c, input, out);
}

const struct mr_op mr_op_letter_outgoing = {
    .name = "letter outgoing",
    .number = 341,
    .summary = "List what is cleared: where it goes, what is to be printed.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(outgoing_params),
    .input_size = sizeof(struct mr_letter_outgoing),
    .each = MR_OUTGOING_KEYS MR_LETTER_KEYS,
    .table = "facility number code from to label sheet_due envelope_due",
    .show = outgoing,
};
