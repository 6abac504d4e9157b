/* Operations on forwarding IDs.  No answer here holds an address. */
#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/fid.h"
#include "lib/op.h"
#include "lib/pairing.h"
#include "lib/person.h"
#include "lib/tongue.h"

struct id_check {
	struct mr_typed code;
};

static const struct mr_param check_params[] = {
    MR_PARAM(id_check, code, 1, "the ID as it stands on the envelope"),
};

static enum mr_status
check(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct id_check *in = input;
	char text[MR_CODE_SENTENCE];
	struct mr_code_reading reading;

	if (mr_code_read(in->code.s, MR_CODE_ID, &reading) != MR_READ_OK)
		return mr_fail(c, MR_INVALID, "%s",
		    mr_code_say(&reading, text, sizeof(text)));
	out->begin_map(out, NULL);
	out->text(out, "code", mr_code_format(&reading.symbols, text));
	out->boolean(out, "well_formed", 1);
	out->text(out, "sentence",
	    mr_say("This is written like one of our IDs; 'id resolve' says "
		   "whether we issued it."));
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_id_check = {
    .name = "id check",
    .number = 290,
    .summary =
	"Tell whether a forwarding ID is written right, without looking it up.",
    .roles = MR_EVERYONE,
    MR_PARAMS(check_params),
    .input_size = sizeof(struct id_check),
    .returns = "code well_formed sentence",
    .show = check,
};

struct id_resolve {
	struct mr_typed code;
	const char *from;
};

static const struct mr_param resolve_params[] = {
    MR_PARAM(id_resolve, code, 1, "the ID as it was typed or scanned"),
    MR_PARAM(id_resolve, from, 0,
	"where the envelope came from, inside or outside: ranks what the ID may have been"),
};

/* Whose ID it is: pairing and the two, by pen name. */
static enum mr_status
emit_whose(struct mr_call *c, struct mr_out *out, const struct mr_fid *fid)
{
	struct mr_correspondent writer, reader;
	struct mr_pairing pairing;
	enum mr_status status;
	int from_outside;

	status = mr_pairing_load(c, fid->pairing, &pairing);
	if (status != MR_OK)
		return status;
	from_outside = fid->writer == pairing.outside;
	status = mr_person_load(c, fid->writer, &writer);
	if (status == MR_OK)
		status = mr_person_load(c,
		    from_outside ? pairing.inside : pairing.outside, &reader);
	if (status != MR_OK)
		return status;
	mr_emit_id(c, out, "pairing", 'P', pairing.id);
	out->text(out, "pairing_status",
	    mr_pairing_status_name(mr_pairing_today(c, &pairing)));
	out->text(out, "direction", from_outside ? "to inside" : "to outside");
	out->text(out, "from", writer.pen_name);
	out->text(out, "to", reader.pen_name);
	out->text(out, "status", mr_fid_status_name(fid->status));
	mr_emit_day0(out, "routes_until",
	    fid->status == MR_FID_RETIRED ? fid->route_until : 0);
	return MR_OK;
}

/* The same keys when there is nobody to name. */
static void
emit_nobody(struct mr_out *out)
{
	static const char *const keys[] = {"pairing", "pairing_status",
	    "direction", "from", "to", "status", "routes_until"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		out->text(out, keys[i], NULL);
}

static enum mr_status
emit_guesses(struct mr_call *c, struct mr_out *out,
    const struct mr_fid_guess *guess, int n)
{
	enum mr_status status = MR_OK;

	out->begin_list(out, "candidates");
	for (int i = 0; i < n && status == MR_OK; i++) {
		out->begin_map(out, NULL);
		out->text(out, "code", mr_fid_show(c, &guess[i].fid));
		status = emit_whose(c, out, &guess[i].fid);
		out->boolean(out, "goes", guess[i].live && guess[i].routes);
		out->boolean(out, "fits", guess[i].fits);
		out->integer(out, "changes", guess[i].changes);
		out->end_map(out);
	}
	out->end_list(out);
	return status;
}

/* The sentence of a reading, and what to do with its candidates. */
static const char *
say(struct mr_call *c, const struct mr_fid_reading *reading, int n)
{
	if (n == 0 || reading->answer != MR_FID_IS_BAD)
		return *reading->sentence != '\0' ? reading->sentence : NULL;
	return mr_printf(c->arena,
	    mr_say("%s Compare the envelope with %s below; a person decides."),
	    reading->sentence, n == 1 ? mr_say("the one") : mr_say("those"));
}

static enum mr_status
read_side(struct mr_call *c, const char *word, int *kind)
{
	*kind = word != NULL ? mr_person_kind_of(word) : 0;
	if (word != NULL && *kind == 0)
		return mr_fail(c, MR_INVALID, "from: write inside or outside");
	return MR_OK;
}

static enum mr_status
resolve(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct id_resolve *in = input;
	struct mr_fid_guess guess[MR_FID_GUESSES];
	struct mr_fid_reading reading;
	char text[MR_CODE_TEXT];
	enum mr_status status;
	struct mr_fid fid;
	int from, n = 0;

	status = read_side(c, in->from, &from);
	if (status == MR_OK)
		status = mr_fid_read(c, in->code.s, &fid, &reading);
	if (status == MR_OK)
		status = mr_fid_guess(c, &reading, from, guess, &n);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "code",
	    mr_code_format(reading.answer == MR_FID_IS_BAD
		    ? &reading.near
		    : &reading.code.symbols,
		text));
	out->text(out, "answer", mr_fid_answer_name(reading.answer));
	out->text(out, "sentence", say(c, &reading, n));
	if (reading.answer <= MR_FID_IS_STOPPED)
		status = emit_whose(c, out, &fid);
	else
		emit_nobody(out);
	if (status == MR_OK)
		status = emit_guesses(c, out, guess, n);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_id_resolve = {
    .name = "id resolve",
    .number = 291,
    .summary = "Tell whose forwarding ID this is, or what it may have been.",
    .roles = MR_FROM_VOLUNTEER,
    MR_PARAMS(resolve_params),
    .input_size = sizeof(struct id_resolve),
    .returns = "code answer sentence pairing pairing_status direction from to "
	       "status routes_until candidates",
    .show = resolve,
};

static const struct mr_param block_params[] = {
    MR_PARAM(mr_fid_block, code, 1, "the ID to stop"),
    MR_CHOICE(mr_fid_block, reason, 1,
	" compromised misused safety staff-query",
	"compromised, misused, safety or staff-query"),
};

static enum mr_status
block(struct mr_call *c, const void *input)
{
	return mr_fid_block(c, input);
}

static enum mr_status
block_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status;
	struct mr_fid fid;

	status = mr_event_load(c, events.first, &event);
	if (status == MR_OK)
		status = mr_fid_load(c, event.subject_id, &fid);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "code", mr_fid_show(c, &fid));
	mr_emit_id(c, out, "pairing", 'P', fid.pairing);
	out->text(out, "status",
	    mr_fid_status_name((int)mr_event_number(&event, MR_F_TO, 0)));
	out->text(out, "reason",
	    mr_fid_reason_name((int)mr_event_number(&event, MR_F_REASON, 0)));
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_id_block = {
    .name = "id block",
    .number = 292,
    .summary = "Stop a forwarding ID: letters under it are held from now on.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(block_params),
    .input_size = sizeof(struct mr_fid_block),
    .returns = "code pairing status reason",
    .run = block,
    .answer = block_answer,
};

static const struct mr_param unblock_params[] = {
    MR_PARAM(mr_fid_unblock, code, 1, "the ID to let go again"),
};

static enum mr_status
unblock(struct mr_call *c, const void *input)
{
	return mr_fid_unblock(c, input);
}

const struct mr_op mr_op_id_unblock = {
    .name = "id unblock",
    .number = 293,
    .summary = "Let a blocked forwarding ID be used again.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(unblock_params),
    .input_size = sizeof(struct mr_fid_unblock),
    .returns = "code pairing status reason",
    .run = unblock,
    .answer = block_answer,
};

struct id_list {
	struct mr_pairing_ref pairing;
};

static const struct mr_param list_params[] = {
    MR_PARAM(id_list, pairing, 1, "whose IDs to list"),
};

static enum mr_status
list_one(struct mr_call *c, const struct mr_fid *fid, void *arg)
{
	struct mr_correspondent writer;
	struct mr_out *out = arg;
	enum mr_status status;

	status = mr_person_load(c, fid->writer, &writer);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "code", mr_fid_show(c, fid));
	mr_emit_id(c, out, "writer", 'C', writer.id);
	out->text(out, "pen_name", writer.pen_name);
	out->text(out, "side", mr_person_kind_name(writer.kind));
	out->text(out, "status", mr_fid_status_name(fid->status));
	out->text(out, "reason", mr_fid_reason_name(fid->reason));
	mr_emit_day(out, "since", fid->since);
	mr_emit_day0(out, "routes_until", fid->route_until);
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct id_list *in = input;
	struct mr_pairing pairing;
	enum mr_status status;

	status = mr_pairing_load(c, in->pairing.id, &pairing);
	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	status = mr_fid_list(c, pairing.id, list_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_id_list = {
    .name = "id list",
    .number = 294,
    .summary =
	"List every forwarding ID that a pairing ever had, oldest first.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(list_params),
    .input_size = sizeof(struct id_list),
    .each = "code writer pen_name side status reason since routes_until",
    .show = list,
};
