/* The operation that writes letters of our own. */
#include "lib/letter_new.h"
#include "lib/op.h"

static const struct mr_param new_params[] = {
    MR_PARAM(mr_letter_new, to, MR_PLACED,
	"to whom: C12, your own number, a list C12,C15, or inside, outside, "
	"everyone, waiting (without a pen pal), both (of --pairing); else who "
	"wrote the letter that it is about"),
    MR_PARAM(mr_letter_new, form, 1,
	"which letter: welcome, waiting-list, introduction, add-your-id, "
	"enclosure-returned, letter-held, letter-refused, new-address, "
	"pairing-ended, money-received, or one of your own"),
    MR_PARAM(mr_letter_new, pairing, 0, "the pairing that it speaks of"),
    MR_PARAM(mr_letter_new, about, 0, "the letter that it speaks of, as A17"),
    MR_PARAM(mr_letter_new, enclosure, 0,
	"the enclosure that it speaks of or brings back, as E5"),
};

static enum mr_status
run(struct mr_call *c, const void *input)
{
	return mr_letter_new(c, input);
}

const struct mr_op mr_op_letter_new = {
    .name = "letter new",
    .number = 314,
    .summary = "Write office letters, to one or many; print them with "
	       "'letter print --new'.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(new_params),
    .input_size = sizeof(struct mr_letter_new),
    .each = MR_LETTER_KEYS " form note",
    .table = "number code to state reason form note",
    .run = run,
    .answer = mr_letter_new_answer,
};
