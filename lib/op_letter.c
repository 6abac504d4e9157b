/* Operations at the bench: what a volunteer does with a letter. */
#include "lib/letter_steps.h"
#include "lib/letter_verdict.h"
#include "lib/op.h"

#define LETTER "the letter: its code, its stub, or its day number A17"

/* The words of the reasons to hold a letter. */
#define HELD_WORD(name, number, word, use, days, safety, text) USE_##use(word)
#define USE_HELD(word) " " word
#define USE_REFUSED(word)
#define USE_RETURNED(word)
#define USE_CLOSED(word)
#define USE_STEP(word)

static const struct mr_param receive_params[] = {
    MR_PARAM(mr_letter_receive, id, MR_PLACED,
	"the forwarding ID on the envelope, typed or scanned"),
    MR_NUMBER(mr_letter_receive, sheets, 0, 1, 99,
	"sheets of paper; finishes the letter"),
    MR_PARAM(mr_letter_receive, no_id, 0, "there is no readable ID"),
    MR_PARAM(mr_letter_receive, with, 0, "the letter in whose envelope it was"),
    MR_CHOICE(mr_letter_receive, hold, 0, MR_REASONS(HELD_WORD),
	"hold it, for a reason of 'letter reasons'"),
    MR_PARAM(mr_letter_receive, until, 0, "look at the hold again on this day"),
    MR_PARAM(
	mr_letter_receive, day, 0, "the day it arrived, when that was earlier"),
    MR_PARAM(mr_letter_receive, page, 0,
	"the page for a day without power that was filled in: its code or "
	"stub"),
};

static enum mr_status
receive(struct mr_call *c, const void *input)
{
	return mr_letter_receive(c, input);
}

const struct mr_op mr_op_letter_receive = {
    .name = "letter receive",
    .number = 300,
    .summary = "Log a letter that reached us.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    .undo = 1,
    MR_PARAMS(receive_params),
    .input_size = sizeof(struct mr_letter_receive),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS " facility",
    .run = receive,
    .answer = mr_letter_answer_new,
};

static const struct mr_param finish_params[] = {
    MR_PARAM(mr_letter_finish, letter, 1, LETTER),
    MR_NUMBER(mr_letter_finish, sheets, 1, 1, 99, "sheets of paper in it"),
};

static enum mr_status
finish(struct mr_call *c, const void *input)
{
	return mr_letter_finish(c, input);
}

const struct mr_op mr_op_letter_finish = {
    .name = "letter finish",
    .number = 301,
    .summary = "Count a letter's sheets: looked at, nothing to flag.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    .undo = 1,
    MR_PARAMS(finish_params),
    .input_size = sizeof(struct mr_letter_finish),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = finish,
    .answer = mr_letter_answer_step,
};

static const struct mr_param flag_params[] = {
    MR_PARAM(mr_letter_flag, letter, 1, LETTER),
    MR_CHOICE(mr_letter_flag, flag, 1,
	" money photo moved wrong-name legal-mail",
	"money, photo, moved, wrong-name or legal-mail; or M, P, A, W, L"),
    MR_NUMBER(mr_letter_flag, count, 0, 1, 999, "how many"),
    MR_PARAM(mr_letter_flag, money, 0, "how much money"),
};

static enum mr_status
flag(struct mr_call *c, const void *input)
{
	return mr_letter_flag(c, input);
}

const struct mr_op mr_op_letter_flag = {
    .name = "letter flag",
    .number = 302,
    .summary = "Say that something was seen in a letter; holds it.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    .undo = 1,
    MR_PARAMS(flag_params),
    .input_size = sizeof(struct mr_letter_flag),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = flag,
    .answer = mr_letter_answer_step,
};

static const struct mr_param hold_params[] = {
    MR_PARAM(mr_letter_why, letter, 1, LETTER),
    MR_CHOICE(mr_letter_why, reason, 1, MR_REASONS(HELD_WORD),
	"a reason of 'letter reasons'"),
    MR_PARAM(mr_letter_why, until, 0, "look at it again on this day"),
};

static enum mr_status
hold(struct mr_call *c, const void *input)
{
	return mr_letter_hold_for(c, input);
}

const struct mr_op mr_op_letter_hold = {
    .name = "letter hold",
    .number = 303,
    .summary = "Hold a letter for a reason.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    .undo = 1,
    MR_PARAMS(hold_params),
    .input_size = sizeof(struct mr_letter_why),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = hold,
    .answer = mr_letter_answer_step,
};

static const struct mr_param back_params[] = {
    MR_PARAM(mr_letter_back, letter, MR_PLACED,
	"its code or scan, where the envelope has one"),
};

static enum mr_status
back(struct mr_call *c, const void *input)
{
	return mr_letter_back(c, input);
}

const struct mr_op mr_op_letter_back = {
    .name = "letter back",
    .number = 310,
    .summary = "Log that one of our own envelopes came back, unopened.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    .undo = 1,
    MR_PARAMS(back_params),
    .input_size = sizeof(struct mr_letter_back),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = back,
    .answer = mr_letter_answer_step,
};

static enum mr_status
undo(struct mr_call *c, const void *input)
{
	(void)input;
	return mr_letter_undo(c);
}

static enum mr_status
undo_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_letter letter;
	struct mr_event event;
	enum mr_status status;

	status = mr_letter_of_events(c, events, &letter, &event);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	status = mr_letter_say(c, out,
	    letter.state == MR_L_CLOSED ? MR_V_TAKEN_BACK : MR_V_UNDONE,
	    &letter, NULL, NULL);
	if (status == MR_OK)
		status = mr_letter_emit_keys(c, out, &letter);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_letter_undo = {
    .name = "letter undo",
    .number = 315,
    .summary =
	"Take back your own last step at this station, within 10 minutes.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = undo,
    .answer = undo_answer,
};
