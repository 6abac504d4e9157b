/* The operation that matches a stub with its envelope. */
#include "lib/letter_verdict.h"
#include "lib/op.h"
#include "lib/seal.h"

static const struct mr_param params[] = {
    MR_PARAM(mr_seal, stub, 1, "the stub, scanned, or the letter code on it"),
    MR_PARAM(mr_seal, envelope, MR_PLACED,
	"the envelope, scanned; or the three symbols asked for"),
    MR_NUMBER(mr_seal, stamps, 0, 1, 20, "stamps, when it is not one"),
    MR_PARAM(mr_seal, zip, 0, "the ZIP on the envelope, when asked"),
    MR_PARAM(mr_seal, grams, 0, "what it weighs, when it was weighed: 31.5"),
};

static enum mr_status
seal(struct mr_call *c, const void *input)
{
	return mr_seal_letter(c, input);
}

const struct mr_op mr_op_letter_seal = {
    .name = "letter seal",
    .number = 316,
    .summary =
	"Match a stub with its envelope, then glue; STOP when they differ.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    .undo = 1,
    MR_PARAMS(params),
    .input_size = sizeof(struct mr_seal),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = seal,
    .answer = mr_seal_answer,
};
