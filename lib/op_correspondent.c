/*
 * Operations that change correspondents.  Those that look, sealed or not, are
 * op_correspondent_show.c.
 */
#include "lib/address.h"
#include "lib/chain.h"
#include "lib/correspondent.h"
#include "lib/countersign.h"
#include "lib/emit.h"
#include "lib/import.h"
#include "lib/op.h"
#include "lib/person.h"
#include "lib/roster_import.h"
#include "lib/writing.h"

/* The words of the reasons that go with a pause, and with an end. */
#define WORD_0(word)
#define WORD_1(word) " " word
#define PAUSE_WORD(name, number, word, pause, close) WORD_##pause(word)
#define CLOSE_WORD(name, number, word, pause, close) WORD_##close(word)

static const struct mr_param add_params[] = {
    MR_CHOICE(
	mr_correspondent_add, kind, 1, " inside outside", "inside or outside"),
    MR_PARAM(mr_correspondent_add, pen_name, 1,
	"shown to the other side; a first name may be, the surname never"),
    MR_PARAM(mr_correspondent_add, legal_name, 1,
	"full name as mail is addressed to it; sealed"),
    MR_PARAM(
	mr_correspondent_add, register_number, 0, "inside: 12345-678; sealed"),
    MR_PARAM(mr_correspondent_add, facility, 0, "inside: code of the facility"),
    MR_PARAM(mr_correspondent_add, street, 0, "outside: sealed"),
    MR_PARAM(mr_correspondent_add, unit, 0,
	"inside: housing unit; outside: apartment; sealed"),
    MR_PARAM(mr_correspondent_add, city, 0, "outside: sealed"),
    MR_PARAM(mr_correspondent_add, state, 0, "outside: as CT; sealed"),
    MR_PARAM(mr_correspondent_add, zip, 0, "outside: sealed"),
    MR_PARAM(mr_correspondent_add, country, 0,
	"two letters; US when nothing is said"),
    MR_PARAM(mr_correspondent_add, language, 0,
	"two letters; en when nothing is said"),
    MR_PARAM(mr_correspondent_add, interests, 0, "words with ; between them"),
    MR_PARAM(mr_correspondent_add, about, 0, "their story; sealed"),
    MR_PARAM(mr_correspondent_add, notes, 0, "notes of the office; sealed"),
    MR_PARAM(mr_correspondent_add, ref, 0, "the office's own number for them"),
    MR_NUMBER(mr_correspondent_add, slots, 0, 0, 99,
	"how many pen pals they would take; 1 when nothing is said"),
    MR_PARAM(mr_correspondent_add, from, 0,
	"day they live there from; today when nothing is said"),
};

/* Whom the events of an operation are about; else what run left. */
static enum mr_status
whom(struct mr_call *c, struct mr_events events, int64_t *id)
{
	const int64_t *found = events.count == 0 ? c->found : NULL;
	enum mr_status status;
	struct mr_event event;

	*id = found != NULL ? *found : 0;
	for (int i = 0; *id == 0 && i < events.count; i++) {
		status = mr_event_load(c, events.first + i, &event);
		if (status != MR_OK)
			return status;
		*id = event.subject == MR_CORRESPONDENT
		    ? event.subject_id
		    : mr_event_number(&event, MR_F_PERSON, 0);
	}
	return MR_OK;
}

/* The first event about such a subject.  MR_NOTFOUND: none. */
static enum mr_status
event_about(struct mr_call *c, struct mr_events events, int subject,
    struct mr_event *event)
{
	enum mr_status status = MR_NOTFOUND;

	for (int i = 0; i < events.count; i++) {
		status = mr_event_load(c, events.first + i, event);
		if (status != MR_OK || event->subject == subject)
			return status;
		status = MR_NOTFOUND;
	}
	return status;
}

static enum mr_status
add_run(struct mr_call *c, const void *input)
{
	int64_t id;

	return mr_correspondent_add(c, input, &id);
}

static enum mr_status
add_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_correspondent person;
	struct mr_event event;
	enum mr_status status =
	    event_about(c, events, MR_CORRESPONDENT, &event);

	if (status == MR_OK)
		status = mr_person_load(c, event.subject_id, &person);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "correspondent", 'C', event.subject_id);
	out->text(out, "kind",
	    mr_person_kind_name((int)mr_event_number(&event, MR_F_KIND, 0)));
	out->text(out, "status",
	    mr_person_status_name((int)mr_event_number(&event, MR_F_TO, 0)));
	out->text(out, "note", mr_language_note(c, person.language));
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_correspondent_add = {
    .name = "correspondent add",
    .number = 220,
    .summary = "Add a correspondent.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(add_params),
    .input_size = sizeof(struct mr_correspondent_add),
    .returns = "correspondent kind status note",
    .run = add_run,
    .answer = add_answer,
};

static const struct mr_param import_params[] = {
    MR_PARAM(mr_roster_import, file, 1,
	"CSV with ref, kind, pen_name, legal_name, register_number ..."),
    MR_PARAM(mr_roster_import, dry_run, 0,
	"show faults and differences, change nothing"),
    MR_PARAM(mr_roster_import, from, 0,
	"day that new addresses count from; today when nothing is said"),
};

static enum mr_status
import_run(struct mr_call *c, const void *input)
{
	return mr_roster_import(c, input);
}

const struct mr_op mr_op_correspondent_import = {
    .name = "correspondent import",
    .slow = 1,
    .number = 221,
    .summary = "Add and change correspondents from a CSV file: all or nothing.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .vault = 1,
    MR_PARAMS(import_params),
    .input_size = sizeof(struct mr_roster_import),
    .returns = MR_IMPORT_RETURNS,
    .run = import_run,
    .answer = mr_import_answer,
};

static const struct mr_param update_params[] = {
    MR_PARAM(mr_correspondent_update, person, 1, "who, as C12"),
    MR_PARAM(mr_correspondent_update, pen_name, 0, "shown to the other side"),
    MR_PARAM(mr_correspondent_update, legal_name, 0, "full name; sealed"),
    MR_PARAM(mr_correspondent_update, register_number, 0,
	"inside: 12345-678; sealed"),
    MR_PARAM(mr_correspondent_update, language, 0, "two letters, as en"),
    MR_PARAM(
	mr_correspondent_update, interests, 0, "words with ; between them"),
    MR_PARAM(mr_correspondent_update, about, 0, "their story; sealed"),
    MR_PARAM(mr_correspondent_update, notes, 0, "notes of the office; sealed"),
    MR_PARAM(
	mr_correspondent_update, ref, 0, "the office's own number for them"),
    MR_NUMBER(mr_correspondent_update, slots, 0, 0, 99,
	"how many pen pals they would take"),
};

static enum mr_status
update_run(struct mr_call *c, const void *input)
{
	return mr_correspondent_update(c, input);
}

static enum mr_status
update_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	enum mr_status status;
	int64_t id;

	status = whom(c, events, &id);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "correspondent", 'C', id);
	out->boolean(out, "changed", events.count > 0);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_correspondent_update = {
    .name = "correspondent update",
    .number = 225,
    .summary = "Change what is written down about a correspondent.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .vault = 1,
    MR_PARAMS(update_params),
    .input_size = sizeof(struct mr_correspondent_update),
    .returns = "correspondent changed",
    .run = update_run,
    .answer = update_answer,
};

static const struct mr_param move_params[] = {
    MR_PARAM(mr_correspondent_move, person, 1, "who, as C12"),
    MR_PARAM(
	mr_correspondent_move, facility, 0, "inside: code of the new facility"),
    MR_PARAM(mr_correspondent_move, unit, 0,
	"inside: housing unit; outside: apartment; sealed"),
    MR_PARAM(mr_correspondent_move, street, 0, "outside: sealed"),
    MR_PARAM(mr_correspondent_move, city, 0, "outside: sealed"),
    MR_PARAM(mr_correspondent_move, state, 0, "outside: as CT; sealed"),
    MR_PARAM(mr_correspondent_move, zip, 0, "outside: sealed"),
    MR_PARAM(mr_correspondent_move, country, 0,
	"two letters; US when nothing is said"),
    MR_PARAM(mr_correspondent_move, from, 0,
	"day they live there from; today when nothing is said"),
};

static enum mr_status
move_run(struct mr_call *c, const void *input)
{
	return mr_correspondent_move(c, input);
}

/* The new row's event has a day; those of older rows have none. */
static enum mr_status
move_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status = event_about(c, events, MR_ADDRESS, &event);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "correspondent", 'C',
	    mr_event_number(&event, MR_F_PERSON, 0));
	out->text(out, "address",
	    mr_address_status_name((int)mr_event_number(&event, MR_F_TO, 0)));
	mr_emit_day0(out, "from", mr_event_number(&event, MR_F_DAY, 0));
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_correspondent_move = {
    .name = "correspondent move",
    .number = 226,
    .summary = "Write down where a correspondent lives from a day on.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .vault = 1,
    MR_PARAMS(move_params),
    .input_size = sizeof(struct mr_correspondent_move),
    .returns = "correspondent address from",
    .run = move_run,
    .answer = move_answer,
};

static enum mr_status
step_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_correspondent p = {.id = 0};
	struct mr_event event;
	enum mr_status status;
	int64_t id, pairings = 0;

	status = whom(c, events, &id);
	if (status == MR_OK && events.count == 0) {
		status = mr_person_load(c, id, &p);
	} else if (status == MR_OK) {
		status = event_about(c, events, MR_CORRESPONDENT, &event);
		if (status != MR_OK)
			return status;
		p.status = (int)mr_event_number(&event, MR_F_TO, 0);
		p.reason = (int)mr_event_number(&event, MR_F_REASON, 0);
		p.until = (int)mr_event_number(&event, MR_F_UNTIL, 0);
		pairings = mr_event_number(&event, MR_F_COUNT, 0);
	}
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "correspondent", 'C', id);
	out->text(out, "status", mr_person_status_name(p.status));
	out->text(out, "reason", mr_person_reason_name(p.reason));
	mr_emit_day0(out, "until", p.until);
	out->integer(out, "pairings", pairings);
	out->boolean(out, "changed", events.count > 0);
	out->end_map(out);
	return MR_OK;
}

#define STEP_RETURNS "correspondent status reason until pairings changed"

static const struct mr_param pause_params[] = {
    MR_PARAM(mr_correspondent_pause, person, 1, "who, as C12"),
    MR_CHOICE(mr_correspondent_pause, reason, 1, MR_PERSON_REASONS(PAUSE_WORD),
	"away, asked, lost-contact, address-unknown, in-transit, released, "
	"ill, broke-rules or safety"),
    MR_PARAM(mr_correspondent_pause, until, 0,
	"last day of the pause; without it, until 'correspondent resume'"),
};

static enum mr_status
pause_run(struct mr_call *c, const void *input)
{
	return mr_correspondent_pause(c, input);
}

const struct mr_op mr_op_correspondent_pause = {
    .name = "correspondent pause",
    .number = 227,
    .summary = "Pause a correspondent: their mail is held meanwhile.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(pause_params),
    .input_size = sizeof(struct mr_correspondent_pause),
    .returns = STEP_RETURNS,
    .run = pause_run,
    .answer = step_answer,
};

static const struct mr_param one_params[] = {
    MR_PARAM(mr_correspondent_one, person, 1, "who, as C12"),
};

static enum mr_status
resume_run(struct mr_call *c, const void *input)
{
	return mr_correspondent_resume(c, input);
}

const struct mr_op mr_op_correspondent_resume = {
    .name = "correspondent resume",
    .number = 228,
    .summary = "Take a paused or closed correspondent back.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(one_params),
    .input_size = sizeof(struct mr_correspondent_one),
    .returns = STEP_RETURNS,
    .run = resume_run,
    .answer = step_answer,
};

static const struct mr_param close_params[] = {
    MR_PARAM(mr_correspondent_close, person, 1, "who, as C12"),
    MR_CHOICE(mr_correspondent_close, reason, 1, MR_PERSON_REASONS(CLOSE_WORD),
	"asked, lost-contact, address-unknown, released, ill, broke-rules, "
	"safety, died, double-record or programme-ended"),
};

static enum mr_status
close_run(struct mr_call *c, const void *input)
{
	return mr_correspondent_close(c, input);
}

const struct mr_op mr_op_correspondent_close = {
    .name = "correspondent close",
    .number = 229,
    .summary = "Close a correspondent: nothing is sent to them any more.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(close_params),
    .input_size = sizeof(struct mr_correspondent_close),
    .returns = STEP_RETURNS,
    .run = close_run,
    .answer = step_answer,
};

static enum mr_status
confirm_run(struct mr_call *c, const void *input)
{
	return mr_correspondent_confirm(c, input);
}

static enum mr_status
confirm_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_countersign sign;
	struct mr_address address;
	struct mr_event event;
	enum mr_status status;

	status = event_about(c, events, MR_COUNTERSIGN, &event);
	if (status == MR_OK)
		status = mr_countersign_load(c, event.subject_id, &sign);
	if (status == MR_OK)
		status = mr_address_load(c, sign.subject, &address);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "correspondent", 'C', address.person);
	mr_emit_day0(out, "from", address.from_day);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_correspondent_confirm = {
    .name = "correspondent confirm",
    .number = 231,
    .summary = "Sign a changed address as the second person.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(one_params),
    .input_size = sizeof(struct mr_correspondent_one),
    .returns = "correspondent from",
    .run = confirm_run,
    .answer = confirm_answer,
};
