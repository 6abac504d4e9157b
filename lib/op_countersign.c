/* Operations on what waits for a second person's signature. */
#include "lib/countersign.h"
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/text.h"

#define KEYS "signature what day by days overdue second"

struct day_sign {
	const char *signature;
};

static enum mr_status
emit(struct mr_call *c, struct mr_out *out, const struct mr_countersign *sign)
{
	const char *words;
	enum mr_status status = mr_countersign_say(c, sign, &words);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "signature", 'S', sign->id);
	out->text(out, "what", words);
	mr_emit_day(out, "day", sign->day);
	out->text(out, "by", mr_user_shown(c, sign->first));
	out->integer(out, "days", c->today - sign->day);
	out->boolean(out, "overdue",
	    sign->second == 0 && c->today - sign->day > MR_COUNTERSIGN_DAYS);
	out->text(out, "second",
	    sign->second == 0 ? NULL : mr_user_shown(c, sign->second));
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
emit_one(struct mr_call *c, void *arg, const struct mr_countersign *sign)
{
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_status status = emit(c, arg, sign);

	mr_release(c->arena, mark);
	return status;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	enum mr_status status;

	(void)input;
	out->begin_list(out, NULL);
	status = mr_countersign_list(c, 0, emit_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_day_countersign = {
    .name = "day countersign",
    .number = 350,
    .summary = "List what waits for a second person's signature.",
    .roles = MR_FROM_STAFF,
    .each = KEYS,
    .show = list,
};

static enum mr_status
sign(struct mr_call *c, const void *input)
{
	const struct day_sign *in = input;
	struct mr_countersign signed_row;
	int64_t id;

	/* On paper it is often written without its letter. */
	if (!mr_read_id(in->signature, 'S', &id) &&
	    mr_text_integer(in->signature, 1, INT64_MAX, &id) != MR_NUMBER_OK)
		return mr_fail(c, MR_INVALID,
		    "write the number of a signature such as S3; 'mailroom "
		    "day countersign' lists them");
	return mr_countersign_step(c, id, &signed_row);
}

static enum mr_status
sign_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_countersign row;
	struct mr_event event;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status == MR_OK)
		status = mr_countersign_load(c, event.subject_id, &row);
	return status == MR_OK ? emit(c, out, &row) : status;
}

static const struct mr_param sign_params[] = {
    MR_PARAM(day_sign, signature, 1, "which one: S3"),
};

const struct mr_op mr_op_day_sign = {
    .name = "day sign",
    .number = 351,
    .summary = "Sign as second person for a step that somebody else did.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(sign_params),
    .input_size = sizeof(struct day_sign),
    .returns = KEYS,
    .run = sign,
    .answer = sign_answer,
};
