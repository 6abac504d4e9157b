/* The operation that says what wants somebody. */
#include "lib/attention.h"
#include "lib/op.h"

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	(void)input;
	return mr_attention(c, out);
}

const struct mr_op mr_op_report_attention = {
    .name = "report attention",
    .slow = 1,
    .number = 435,
    .summary = "Say what somebody should look at: late letters, quiet "
	       "pairings, signatures, the last backup.",
    .roles = MR_FROM_STAFF | MR_ADMIN,
    .each = "what count look say",
    .table = "what count say",
    .show = show,
};
