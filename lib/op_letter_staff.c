/* Operations on a letter that staff decide. */
#include "lib/letter_steps.h"
#include "lib/letter_verdict.h"
#include "lib/op.h"

#define LETTER "the letter: its code, its stub, or its day number A17"

static const struct mr_param only_params[] = {
    MR_PARAM(mr_letter_only, letter, 1, LETTER),
};

#define ONLY(verb, no, text) \
	const struct mr_op mr_op_letter_##verb = { \
	    .name = "letter " #verb, \
	    .number = no, \
	    .summary = text, \
	    .roles = MR_FROM_STAFF, \
	    .writes = 1, \
	    .undo = 1, \
	    MR_PARAMS(only_params), \
	    .input_size = sizeof(struct mr_letter_only), \
	    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS, \
	    .run = verb, \
	    .answer = mr_letter_answer_step, \
	}

static enum mr_status
clear(struct mr_call *c, const void *input)
{
	return mr_letter_clear(c, input);
}

static enum mr_status
release(struct mr_call *c, const void *input)
{
	return mr_letter_release(c, input);
}

static enum mr_status
unseal(struct mr_call *c, const void *input)
{
	return mr_letter_unseal(c, input);
}

static enum mr_status
unpost(struct mr_call *c, const void *input)
{
	return mr_letter_unpost(c, input);
}

static enum mr_status
reopen(struct mr_call *c, const void *input)
{
	return mr_letter_reopen(c, input);
}

/* Steps that take a letter and nothing else. */
ONLY(clear, 304, "Clear a letter that staff have read.");
ONLY(release, 305, "Let a held letter go on, or post again what came back.");
ONLY(unseal, 306, "Say that a sealed envelope was opened again.");
ONLY(unpost, 307, "Say that a letter was not posted after all.");
ONLY(reopen, 308, "Take up a closed letter again.");

static const struct mr_param refuse_params[] = {
    MR_PARAM(mr_letter_refuse, letter, 1, LETTER),
    MR_CHOICE(mr_letter_refuse, disposition, 0,
	" handed-back thrown-away destroyed given-to-authority "
	"logged-by-mistake lost",
	"handed-back, thrown-away, destroyed, given-to-authority, logged-by-mistake or lost"),
    MR_PARAM(mr_letter_refuse, back, 0, "turn it round to its writer"),
};

static enum mr_status
refuse(struct mr_call *c, const void *input)
{
	return mr_letter_refuse(c, input);
}

const struct mr_op mr_op_letter_refuse = {
    .name = "letter refuse",
    .number = 309,
    .summary = "Do not send a letter on: close it, or turn it round.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    .undo = 1,
    MR_PARAMS(refuse_params),
    .input_size = sizeof(struct mr_letter_refuse),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = refuse,
    .answer = mr_letter_answer_step,
};

/* The words of the reasons that a sticker may say. */
#define STICKER_WORD(name, number, word, use, days, safety, text) \
	USE_##use(word)
#define USE_HELD(word)
#define USE_REFUSED(word) " " word
#define USE_RETURNED(word) " " word
#define USE_CLOSED(word)
#define USE_STEP(word)

static const struct mr_param return_params[] = {
    MR_PARAM(mr_letter_return, letter, 1,
	"which letter came back: its code; 'letter list --id ID --state posted' shows those that went out"),
    MR_CHOICE(mr_letter_return, sticker, 1, " yellow white",
	"yellow (post office) or white (prison)"),
    MR_CHOICE(mr_letter_return, reason, 1, MR_REASONS(STICKER_WORD),
	"what the sticker says, a reason of 'letter reasons'"),
    MR_PARAM(mr_letter_return, piece, 0,
	"the day number it was logged under when it came back"),
};

static enum mr_status
came_back(struct mr_call *c, const void *input)
{
	return mr_letter_return(c, input);
}

const struct mr_op mr_op_letter_return = {
    .name = "letter return",
    .number = 311,
    .summary = "Say which letter came back, and what the sticker says.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(return_params),
    .input_size = sizeof(struct mr_letter_return),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = came_back,
    .answer = mr_letter_answer_step,
};

static const struct mr_param identify_params[] = {
    MR_PARAM(mr_letter_identify, letter, 1, LETTER),
    MR_PARAM(mr_letter_identify, pairing, 0, "the pairing it belongs to"),
    MR_PARAM(mr_letter_identify, writer, 0,
	"who of the two wrote it: inside or outside"),
    MR_PARAM(
	mr_letter_identify, person, 0, "or the writer, who has no pen pal yet"),
};

static enum mr_status
identify(struct mr_call *c, const void *input)
{
	return mr_letter_identify(c, input);
}

const struct mr_op mr_op_letter_identify = {
    .name = "letter identify",
    .number = 312,
    .summary = "Say whose letter it is; a volunteer's choice waits for staff.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    MR_PARAMS(identify_params),
    .input_size = sizeof(struct mr_letter_identify),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = identify,
    .answer = mr_letter_answer_step,
};
