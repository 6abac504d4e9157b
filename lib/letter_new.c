/* Letters that we write ourselves.  See letter_new.h. */
#include "lib/letter_new.h"

#include <string.h>

#include "lib/enclosure.h"
#include "lib/pairing.h"
#include "lib/tongue.h"
#include "lib/when.h"
#include "lib/writing.h"

/* Which letter, and what its words speak of. */
static enum mr_status
read_form(struct mr_call *c, struct mr_letter_job *job)
{
	struct form_setup setup = {.lang = FORM_EN};
	struct form_fault fault[2];
	enum mr_status status = mr_paper_wording(c, &setup);

	if (status != MR_OK)
		return status;
	job->form = mr_form_of(job->in->form);
	for (int side = 0; side < 2; side++) {
		memset(&fault[side], 0, sizeof(fault[side]));
		job->there[side] = form_letter_names(&setup, job->in->form,
				       (enum form_side)side, &job->names[side],
				       &fault[side]) == FORM_OK;
		if (!job->there[side] && fault[side].status != FORM_BADVALUE)
			return mr_paper_fault(c, &fault[side]);
	}
	if (!job->there[0] && !job->there[1])
		return mr_fail(c, MR_INVALID, "%s", fault[0].message);
	return MR_OK;
}

/*
 * Why a facility refused it, and the last day to object, wherever it is now:
 * the letter's events are gone back through.
 */
static enum mr_status
find_refusal(struct mr_call *c, struct mr_letter_job *job)
{
	const struct mr_reason_row *why;
	struct mr_event event;
	int64_t until = job->about.until;
	enum mr_status status = MR_OK;

	for (int64_t id = job->about.event; id != 0; id = event.before) {
		status = mr_event_load(c, id, &event);
		if (status != MR_OK || event.dropped)
			return status;
		if (mr_event_number(&event, MR_F_TO, 0) == 0)
			continue;
		why = mr_reason((int)mr_event_number(&event, MR_F_REASON, 0));
		if (mr_event_number(&event, MR_F_TO, 0) == MR_L_RETURNED &&
		    why != NULL && why->use == MR_WHY_REFUSED) {
			job->reason = why->number;
			job->until = until >= c->today ? until : 0;
			job->about.day = mr_day_of(event.at);
			return MR_OK;
		}
		until = mr_event_number(&event, MR_F_UNTIL_WAS, 0);
	}
	return status;
}

static enum mr_status
read_enclosure(struct mr_call *c, struct mr_letter_job *job)
{
	struct mr_enclosure e;
	struct mr_letter letter;
	enum mr_status status = mr_enclosure_find(c, job->in->enclosure, &e);

	if (status == MR_OK)
		status = mr_row_proved(c, MR_ENCLOSURE, e.id);
	if (status == MR_OK)
		status = mr_letter_load(c, e.letter, &letter);
	if (status != MR_OK)
		return status;
	if (job->about.id != 0 && job->about.id != letter.id)
		return mr_fail(c, MR_INVALID,
		    "%s was not in letter %s; name only the enclosure",
		    mr_show_id(c, 'E', e.id),
		    mr_letter_number(c, job->about.number));
	if (e.disposition == MR_E_MISTAKE)
		return mr_fail(c, MR_REFUSED,
		    "%s was noted by mistake: there was no such thing",
		    mr_show_id(c, 'E', e.id));
	job->about = letter;
	job->about.day = e.day;
	job->enclosure = e.id;
	job->disposition = e.disposition;
	job->money = e.kind == MR_E_MONEY;
	return MR_OK;
}

/* The letter it is about, and who wrote that. */
static enum mr_status
read_about(struct mr_call *c, struct mr_letter_job *job)
{
	enum mr_status status = MR_OK;

	if (job->in->about.s != NULL)
		status = mr_letter_find(c, job->in->about, &job->about, NULL);
	if (status == MR_OK && job->in->enclosure != NULL)
		status = read_enclosure(c, job);
	if (status != MR_OK || job->about.id == 0)
		return status;
	status = mr_row_proved(c, MR_LETTER, job->about.id);
	if (status == MR_OK)
		status = mr_writing_writer(c, &job->about, &job->writer);
	if (status != MR_OK)
		return status;
	if (job->writer == 0)
		return mr_fail(c, MR_REFUSED,
		    job->about.way == MR_OFFICE
			? mr_say("letter %s is one that we wrote")
			: mr_say("nobody knows who wrote letter %s; 'letter "
				 "identify' says it"),
		    mr_letter_number(c, job->about.number));
	if (job->about.state == MR_L_HELD)
		job->reason = job->about.reason;
	else
		status = find_refusal(c, job);
	return status;
}

static void
add_person(struct mr_letter_job *job, int64_t id)
{
	for (int i = 0; i < job->n; i++)
		if (job->to[i] == id)
			return;
	job->to[job->n++] = id;
}

/* C12,C15: commas between. */
static enum mr_status
read_list(struct mr_call *c, struct mr_letter_job *job)
{
	const char *at = job->in->to;
	enum mr_status status = MR_OK;

	while (status == MR_OK) {
		size_t len = strcspn(at, ",");
		size_t lead = strspn(at, " ");
		struct mr_person one = {NULL};
		int64_t id;

		lead = lead < len ? lead : len;
		one.s = mr_strndup(c->arena, at + lead, len - lead);
		if (one.s == NULL)
			return mr_nomem(c);
		if (job->n == MR_LETTER_NEW_MOST)
			return mr_fail(c, MR_REFUSED,
			    "at most %d people at a time", job->n);
		status = mr_person_find(c, one, &id);
		if (status == MR_OK)
			add_person(job, id);
		if (at[len] == '\0')
			break;
		at += len + 1;
	}
	return status;
}

static enum mr_status
both(struct mr_call *c, struct mr_letter_job *job)
{
	struct mr_pairing p;
	enum mr_status status;

	if (job->pairing == 0)
		return mr_fail(
		    c, MR_USAGE, "to both of which pairing? --pairing P45");
	status = mr_pairing_load(c, job->pairing, &p);
	if (status != MR_OK)
		return status;
	add_person(job, p.outside);
	add_person(job, p.inside);
	return MR_OK;
}

static enum mr_status
read_to(struct mr_call *c, struct mr_letter_job *job)
{
	const char *to = job->in->to;
	enum mr_status status;
	int group = 0;

	if (to == NULL && job->writer != 0) {
		add_person(job, job->writer);
		return MR_OK;
	}
	if (to == NULL)
		return mr_fail(c, MR_USAGE,
		    "say to whom: C12, a list C12,C15, or inside, outside, "
		    "everyone, waiting, both; or which letter it is about: "
		    "--about A17");
	if (strcmp(to, "both") == 0)
		return both(c, job);
	status = mr_letter_new_group(c, job, &group);
	return status == MR_OK && !group ? read_list(c, job) : status;
}

enum mr_status
mr_letter_new_begin(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, struct mr_letter *letter)
{
	int reason = 0;
	enum mr_status status;

	*letter = (struct mr_letter){
	    .way = MR_OFFICE,
	    .form = job->form,
	    .person = person->id,
	    .direction =
		person->kind == MR_INSIDE ? MR_TO_INSIDE : MR_TO_OUTSIDE,
	    .day = c->today,
	    .state = MR_L_CLEARED,
	    .sheets = 1,
	    .stamps = -1,
	};
	status = mr_letter_gate(c, letter, &reason, &letter->rule);
	if (status == MR_OK && reason != 0) {
		letter->state = MR_L_HELD;
		letter->reason = reason;
		letter->until = c->today + mr_reason(reason)->days;
	}
	return status;
}

/* The last one tells of a group who is left. */
static enum mr_status
write_one(struct mr_call *c, const struct mr_letter_job *job, int i)
{
	const struct mr_field rest[] = {{MR_F_COUNT, job->left_out, NULL, 0},
	    {MR_F_VALUE, job->left, NULL, 0}, {MR_F_END, 0, NULL, 0}};
	struct mr_correspondent person;
	struct mr_letter letter;
	struct mr_writing w;
	enum mr_status status = mr_person_load(c, job->to[i], &person);

	if (status == MR_OK)
		status = mr_letter_new_speak(c, job, &person, &w);
	if (status == MR_OK)
		status = mr_letter_new_begin(c, job, &person, &letter);
	if (status == MR_OK)
		status = mr_letter_insert(c, &letter);
	if (status != MR_OK)
		return status;
	w.id = letter.id;
	return mr_writing_insert(c, &w, i == job->n - 1 ? rest : NULL);
}

enum mr_status
mr_letter_new(struct mr_call *c, const struct mr_letter_new *in)
{
	struct mr_letter_job *job = mr_alloc(c->arena, sizeof(*job));
	enum mr_status status;

	if (job == NULL)
		return mr_nomem(c);
	memset(job, 0, sizeof(*job));
	job->in = in;
	job->pairing = in->pairing.id;
	status = read_form(c, job);
	if (status == MR_OK)
		status = read_about(c, job);
	if (status == MR_OK)
		status = read_to(c, job);
	for (int i = 0; i < job->n && status == MR_OK; i++) {
		struct mr_mark mark = mr_mark(c->arena);

		mr_progress(c, "writing", i, job->n);
		status = write_one(c, job, i);
		mr_release(c->arena, mark);
	}
	if (status == MR_OK)
		mr_progress(c, "writing", job->n, job->n);
	return status;
}
