/*
 * Operations that tell a history, on the screen; and on paper, which is an
 * event of its own.
 */
#include "lib/audit.h"
#include "lib/emit.h"
#include "lib/facility.h"
#include "lib/history.h"
#include "lib/letter.h"
#include "lib/op.h"
#include "lib/pairing.h"
#include "lib/person.h"

#define LAST 50    /* lines, when nothing is said */
#define MOST 10000 /* lines that can be asked for */
#define LAST_HELP "so many lines at most, the newest; 50"

struct letter_history {
	struct mr_typed letter;
	struct mr_count last;
};

struct pairing_history {
	struct mr_pairing_ref pairing;
	struct mr_count last;
};

struct person_history {
	struct mr_person person;
	struct mr_count last;
};

struct facility_history {
	const char *code;
	struct mr_count last;
};

static const struct mr_param letter_params[] = {
    MR_PARAM(letter_history, letter, 1,
	"the letter: its code, its stub, or its day number A17"),
    MR_NUMBER(letter_history, last, 0, 1, MOST, LAST_HELP),
};
static const struct mr_param pairing_params[] = {
    MR_PARAM(pairing_history, pairing, 1, "the pairing"),
    MR_NUMBER(pairing_history, last, 0, 1, MOST, LAST_HELP),
};
static const struct mr_param person_params[] = {
    MR_PARAM(person_history, person, 1, "the correspondent"),
    MR_NUMBER(person_history, last, 0, 1, MOST, LAST_HELP),
};
static const struct mr_param facility_params[] = {
    MR_PARAM(facility_history, code, 1, "the facility's code"),
    MR_NUMBER(facility_history, last, 0, 1, MOST, LAST_HELP),
};

static int64_t
lines(struct mr_count last)
{
	return last.given ? last.n : LAST;
}

static enum mr_status
find_letter(struct mr_call *c, const void *input, int64_t *id, int64_t *last)
{
	const struct letter_history *in = input;
	struct mr_letter letter;
	enum mr_status status = mr_letter_find(c, in->letter, &letter, NULL);

	if (status != MR_OK)
		return status;
	*id = letter.id;
	*last = lines(in->last);
	return mr_history_allowed(c, letter.state);
}

static enum mr_status
find_pairing(struct mr_call *c, const void *input, int64_t *id, int64_t *last)
{
	const struct pairing_history *in = input;
	struct mr_pairing pairing;

	*id = in->pairing.id;
	*last = lines(in->last);
	return mr_pairing_load(c, *id, &pairing);
}

static enum mr_status
find_person(struct mr_call *c, const void *input, int64_t *id, int64_t *last)
{
	const struct person_history *in = input;

	*last = lines(in->last);
	return mr_person_find(c, in->person, id);
}

static enum mr_status
find_facility(struct mr_call *c, const void *input, int64_t *id, int64_t *last)
{
	const struct facility_history *in = input;

	*last = lines(in->last);
	return mr_facility_by_code(c, in->code, id);
}

static enum mr_status
emit(struct mr_call *c, void *arg, const struct mr_history_line *line)
{
	struct mr_out *out = arg;
	char station[2] = {(char)line->station, '\0'};

	out->begin_map(out, NULL);
	mr_emit_time(out, "time", line->at);
	out->text(out, "user", mr_user_shown(c, line->user));
	out->text(out, "station", line->station != 0 ? station : NULL);
	out->text(out, "about", line->about);
	out->text(out, "step", line->step);
	out->end_map(out);
	return MR_OK;
}

/* What stands behind the two operations of a noun, by their numbers. */
static const struct kind {
	int tell, print;
	enum mr_subject subject;
	enum mr_status (*find)(
	    struct mr_call *c, const void *input, int64_t *id, int64_t *last);
} kinds[] = {
    {410, 420, MR_LETTER, find_letter},
    {411, 421, MR_PAIRING, find_pairing},
    {412, 422, MR_CORRESPONDENT, find_person},
    {413, 423, MR_FACILITY, find_facility},
};

static const struct kind *
kind_of(const struct mr_call *c)
{
	const struct kind *kind = kinds;

	while (kind->tell != c->op && kind->print != c->op)
		kind++;
	return kind;
}

static enum mr_status
tell(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct kind *kind = kind_of(c);
	int64_t id = 0, last = 0;
	enum mr_status status = kind->find(c, input, &id, &last);

	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	status = mr_history(c, kind->subject, id, last, 0, emit, out);
	out->end_list(out);
	return status;
}

/* Printing is written down, with all that the page needs to be drawn again. */
static enum mr_status
note(struct mr_call *c, const void *input)
{
	const struct kind *kind = kind_of(c);
	int64_t id = 0, last = 0;
	enum mr_status status = kind->find(c, input, &id, &last);
	const struct mr_field fields[] = {
	    {MR_F_COUNT, last, NULL, 0}, {MR_F_END, 0, NULL, 0}};

	if (status != MR_OK)
		return status;
	return mr_event_note(c, kind->subject, id, fields);
}

static enum mr_status
print(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	const void *bytes = NULL;
	const char *about;
	size_t len = 0;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status == MR_OK)
		status = mr_history_page(c, &event, &bytes, &len);
	if (status != MR_OK)
		return status;
	about = mr_subject_shown(c, event.subject, event.subject_id);
	out->document(out, "history.pdf", "application/pdf", bytes, len, 0);
	out->begin_map(out, NULL);
	out->text(out, "history", about);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_letter_history = {
    .name = "letter history",
    .number = 410,
    .summary = "Tell what happened to one letter.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(letter_params),
    .input_size = sizeof(struct letter_history),
    .each = "time user station about step",
    .show = tell,
};

const struct mr_op mr_op_report_letter = {
    .name = "report letter",
    .number = 420,
    .summary = "Print the history of one letter.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    .document = 1,
    MR_PARAMS(letter_params),
    .input_size = sizeof(struct letter_history),
    .returns = "history",
    .run = note,
    .answer = print,
};

const struct mr_op mr_op_pairing_history = {
    .name = "pairing history",
    .number = 411,
    .summary = "Tell what happened to one pairing.",
    .roles = MR_COORDINATOR,
    MR_PARAMS(pairing_params),
    .input_size = sizeof(struct pairing_history),
    .each = "time user station about step",
    .show = tell,
};

const struct mr_op mr_op_report_pairing = {
    .name = "report pairing",
    .number = 421,
    .summary = "Print the history of one pairing.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .document = 1,
    MR_PARAMS(pairing_params),
    .input_size = sizeof(struct pairing_history),
    .returns = "history",
    .run = note,
    .answer = print,
};

const struct mr_op mr_op_correspondent_history = {
    .name = "correspondent history",
    .number = 412,
    .summary = "Tell what happened to one correspondent.",
    .roles = MR_COORDINATOR,
    MR_PARAMS(person_params),
    .input_size = sizeof(struct person_history),
    .each = "time user station about step",
    .show = tell,
};

const struct mr_op mr_op_report_correspondent = {
    .name = "report correspondent",
    .number = 422,
    .summary = "Print the history of one correspondent.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .document = 1,
    MR_PARAMS(person_params),
    .input_size = sizeof(struct person_history),
    .returns = "history",
    .run = note,
    .answer = print,
};

const struct mr_op mr_op_facility_history = {
    .name = "facility history",
    .number = 413,
    .summary = "Tell what happened to one facility.",
    .roles = MR_COORDINATOR,
    MR_PARAMS(facility_params),
    .input_size = sizeof(struct facility_history),
    .each = "time user station about step",
    .show = tell,
};

const struct mr_op mr_op_report_facility = {
    .name = "report facility",
    .number = 423,
    .summary = "Print the history of one facility.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .document = 1,
    MR_PARAMS(facility_params),
    .input_size = sizeof(struct facility_history),
    .returns = "history",
    .run = note,
    .answer = print,
};
