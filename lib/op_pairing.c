/* Operations that change pairings.  Those that read are in op_pairing_show.c. */
#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/import.h"
#include "lib/letter_wait.h"
#include "lib/op.h"
#include "lib/pairing.h"
#include "lib/person.h"

/* The newest event of that subject among those of an operation. */
static enum mr_status
find_event(struct mr_call *c, struct mr_events events, int subject,
    struct mr_event *event)
{
	enum mr_status status = MR_NOTFOUND;

	for (int i = events.count - 1; i >= 0; i--) {
		status = mr_event_load(c, events.first + i, event);
		if (status != MR_OK || event->subject == subject)
			break;
	}
	return status;
}

/* One side: who, and the ID that these events made for them. */
static enum mr_status
emit_side(struct mr_call *c, struct mr_events events, int64_t person,
    const char *key, struct mr_out *out)
{
	struct mr_correspondent who;
	const char *code = NULL;
	enum mr_status status;
	struct mr_event event;
	struct mr_fid fid;

	status = mr_person_load(c, person, &who);
	for (int i = 0; i < events.count && status == MR_OK; i++) {
		status = mr_event_load(c, events.first + i, &event);
		if (status != MR_OK || event.subject != MR_FORWARDING_ID ||
		    mr_event_number(&event, MR_F_TO, 0) != MR_FID_ACTIVE ||
		    mr_event_number(&event, MR_F_PERSON, 0) != person)
			continue;
		status = mr_fid_load(c, event.subject_id, &fid);
		if (status == MR_OK)
			code = mr_fid_show(c, &fid);
	}
	if (status != MR_OK)
		return status;
	out->begin_map(out, key);
	mr_emit_id(c, out, "correspondent", 'C', person);
	out->text(out, "pen_name", who.pen_name);
	out->text(out, "id", code);
	out->end_map(out);
	return MR_OK;
}

/* The words of the reasons that go with a status: 3 paused, 4 ended. */
#define PAUSE_WORD(name, number, word, status) PAUSE_##status(word)
#define PAUSE_3(word) " " word
#define PAUSE_4(word)
#define END_WORD(name, number, word, status) END_##status(word)
#define END_3(word)
#define END_4(word) " " word

static const struct mr_param open_params[] = {
    MR_PARAM(mr_pairing_open, outside, 1, "who writes from outside"),
    MR_PARAM(mr_pairing_open, inside, 1, "who writes from inside"),
    MR_PARAM(mr_pairing_open, over_slots, 0,
	"open it although all places of one of them are taken"),
};

static enum mr_status
open_run(struct mr_call *c, const void *input)
{
	int64_t id;

	return mr_pairing_open(c, input, &id);
}

static enum mr_status
open_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_pairing pairing;
	struct mr_event event;
	enum mr_status status;

	status = find_event(c, events, MR_PAIRING, &event);
	if (status == MR_OK)
		status = mr_pairing_load(c, event.subject_id, &pairing);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "pairing", 'P', pairing.id);
	out->text(out, "status",
	    mr_pairing_status_name((int)mr_event_number(&event, MR_F_TO, 0)));
	mr_emit_day(out, "opened", mr_event_number(&event, MR_F_DAY, 0));
	status = emit_side(c, events, pairing.outside, "outside", out);
	if (status == MR_OK)
		status = emit_side(c, events, pairing.inside, "inside", out);
	mr_wait_emit(c, &event, out, "waiting");
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_pairing_open = {
    .name = "pairing open",
    .number = 260,
    .summary =
	"Open a pairing of two correspondents and give each a forwarding ID.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(open_params),
    .input_size = sizeof(struct mr_pairing_open),
    .returns = "pairing status opened outside inside waiting letters",
    .run = open_run,
    .answer = open_answer,
};

static const struct mr_param import_params[] = {
    MR_PARAM(
	mr_pairing_import, file, 1, "CSV with outside_ref, inside_ref, opened"),
    MR_PARAM(mr_pairing_import, dry_run, 0,
	"show faults and differences, change nothing"),
    MR_PARAM(mr_pairing_import, over_slots, 0,
	"open pairings although all places are taken"),
};

static enum mr_status
import_run(struct mr_call *c, const void *input)
{
	return mr_pairing_import(c, input);
}

const struct mr_op mr_op_pairing_import = {
    .name = "pairing import",
    .slow = 1,
    .number = 261,
    .summary = "Open pairings from a CSV file: all of it or nothing.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(import_params),
    .input_size = sizeof(struct mr_pairing_import),
    .returns = MR_IMPORT_RETURNS,
    .run = import_run,
    .answer = mr_import_answer,
};

/* What pause, resume and end have in common. */
static enum mr_status
begin_step(struct mr_call *c, struct mr_events events, struct mr_out *out,
    struct mr_event *event)
{
	enum mr_status status = find_event(c, events, MR_PAIRING, event);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "pairing", 'P', event->subject_id);
	out->text(out, "status",
	    mr_pairing_status_name((int)mr_event_number(event, MR_F_TO, 0)));
	out->text(out, "reason",
	    mr_pairing_reason_name(
		(int)mr_event_number(event, MR_F_REASON, 0)));
	return MR_OK;
}

static enum mr_status
pause_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status = begin_step(c, events, out, &event);

	if (status != MR_OK)
		return status;
	mr_emit_day0(out, "until", mr_event_number(&event, MR_F_UNTIL, 0));
	out->end_map(out);
	return MR_OK;
}

static const struct mr_param pause_params[] = {
    MR_PARAM(mr_pairing_pause, pairing, 1, "which one"),
    MR_CHOICE(mr_pairing_pause, reason, 1, MR_PAIRING_REASONS(PAUSE_WORD),
	"away, ill, moving, asked, lockdown, safety-check or staff-query"),
    MR_PARAM(mr_pairing_pause, until, 0,
	"last day of the pause; without it, until 'pairing resume'"),
};

static enum mr_status
pause_run(struct mr_call *c, const void *input)
{
	return mr_pairing_pause(c, input);
}

const struct mr_op mr_op_pairing_pause = {
    .name = "pairing pause",
    .number = 262,
    .summary = "Pause a pairing: its letters are held meanwhile.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(pause_params),
    .input_size = sizeof(struct mr_pairing_pause),
    .returns = "pairing status reason until",
    .run = pause_run,
    .answer = pause_answer,
};

static const struct mr_param resume_params[] = {
    MR_PARAM(mr_pairing_resume, pairing, 1, "which one"),
};

static enum mr_status
resume_run(struct mr_call *c, const void *input)
{
	return mr_pairing_resume(c, input);
}

const struct mr_op mr_op_pairing_resume = {
    .name = "pairing resume",
    .number = 263,
    .summary = "End the pause of a pairing.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(resume_params),
    .input_size = sizeof(struct mr_pairing_resume),
    .returns = "pairing status reason until",
    .run = resume_run,
    .answer = pause_answer,
};

static const struct mr_param end_params[] = {
    MR_PARAM(mr_pairing_end, pairing, 1, "which one"),
    MR_CHOICE(mr_pairing_end, reason, 1, MR_PAIRING_REASONS(END_WORD),
	"lost-contact, transferred, released, mutual, ...: any wrong word lists them"),
};

static enum mr_status
end_run(struct mr_call *c, const void *input)
{
	return mr_pairing_end(c, input);
}

static enum mr_status
end_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status = begin_step(c, events, out, &event);

	if (status != MR_OK)
		return status;
	mr_wait_emit(c, &event, out, "in_house");
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_pairing_end = {
    .name = "pairing end",
    .number = 264,
    .summary =
	"End a pairing, retire both IDs and tell which letters are still in the house.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(end_params),
    .input_size = sizeof(struct mr_pairing_end),
    .returns = "pairing status reason in_house letters",
    .run = end_run,
    .answer = end_answer,
};

static const struct mr_param rotate_params[] = {
    MR_PARAM(mr_pairing_rotate, pairing, 1, "which one"),
    MR_CHOICE(mr_pairing_rotate, reason, 1, " routine compromised",
	"routine: the old ID goes 90 days more; compromised: it stops at once"),
    MR_CHOICE(mr_pairing_rotate, side, 0, " inside outside both",
	"whose ID: inside, outside or both, as when nothing is said"),
};

static enum mr_status
rotate_run(struct mr_call *c, const void *input)
{
	return mr_pairing_rotate(c, input);
}

/* The IDs that came (to = active) or went (to = retired) with these events. */
static enum mr_status
emit_ids(struct mr_call *c, struct mr_events events, int to, const char *key,
    struct mr_out *out)
{
	enum mr_status status = MR_OK;
	struct mr_event event;
	struct mr_fid fid;

	out->begin_list(out, key);
	for (int i = 0; i < events.count && status == MR_OK; i++) {
		status = mr_event_load(c, events.first + i, &event);
		if (status != MR_OK ||
		    mr_event_number(&event, MR_F_TO, 0) != to)
			continue;
		status = mr_fid_load(c, event.subject_id, &fid);
		if (status != MR_OK)
			break;
		out->begin_map(out, NULL);
		mr_emit_id(c, out, "correspondent", 'C', fid.writer);
		out->text(out, "id", mr_fid_show(c, &fid));
		mr_emit_day0(out, "routes_until",
		    mr_event_number(&event, MR_F_UNTIL, 0));
		out->end_map(out);
	}
	out->end_list(out);
	return status;
}

static enum mr_status
rotate_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(
	    c, out, "pairing", 'P', mr_event_number(&event, MR_F_PAIRING, 0));
	status = emit_ids(c, events, MR_FID_ACTIVE, "new_ids", out);
	if (status == MR_OK)
		status = emit_ids(c, events, MR_FID_RETIRED, "old_ids", out);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_pairing_rotate = {
    .name = "pairing rotate",
    .number = 265,
    .summary = "Replace the forwarding IDs of a pairing by new ones.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(rotate_params),
    .input_size = sizeof(struct mr_pairing_rotate),
    .returns = "pairing new_ids old_ids",
    .run = rotate_run,
    .answer = rotate_answer,
};
