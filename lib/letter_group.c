/*
 * Who of a group gets an office letter, and what writing it answered.  See
 * letter_new.h.
 */
#include <string.h>

#include "lib/letter_new.h"
#include "lib/tongue.h"
#include "lib/writing.h"

struct group {
	struct mr_letter_job *job;
	int kind, waiting;
};

/* This letter, within the last days? */
static enum mr_status
had(struct mr_call *c, const struct mr_letter_job *job, int64_t person,
    int *yes)
{
	struct sql_stmt *st;
	int64_t day = 0;
	enum mr_status status;

	st = sql_prepare(c,
	    "SELECT l.day "
	    "FROM letter AS l "
	    "JOIN writing AS w ON w.id = l.id "
	    "WHERE l.person = :person AND l.way = :office "
	    "AND w.form = :form AND l.state <> :closed "
	    "ORDER BY l.id DESC LIMIT 1");
	sql_int(st, ":person", person);
	sql_int(st, ":office", MR_OFFICE);
	sql_text(st, ":form", job->in->form);
	sql_int(st, ":closed", MR_L_CLOSED);
	status = sql_done_int(st, &day);
	*yes = status == MR_OK && day > c->today - MR_LETTER_NEW_DAYS;
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* Is there a letter for this one that can go today? */
static enum mr_status
can_get(struct mr_call *c, const struct mr_letter_job *job,
    const struct mr_correspondent *person, int *yes)
{
	struct mr_letter letter;
	struct mr_writing w;
	enum mr_status status;

	*yes = 0;
	status = had(c, job, person->id, yes);
	if (status != MR_OK || *yes) {
		*yes = 0;
		return status;
	}
	status = mr_letter_new_speak(c, job, person, &w);
	if (status == MR_USAGE || status == MR_REFUSED)
		return MR_OK;
	if (status == MR_OK)
		status = mr_letter_new_begin(c, job, person, &letter);
	*yes = status == MR_OK && letter.state == MR_L_CLEARED;
	return status;
}

static enum mr_status
take(struct mr_call *c, void *arg, const struct mr_correspondent *person,
    int64_t pairings)
{
	struct group *g = arg;
	struct mr_letter_job *job = g->job;
	struct mr_mark mark;
	enum mr_status status;
	int yes = 0;

	if (!mr_person_takes_part(c, person) ||
	    (g->kind != 0 && person->kind != g->kind) ||
	    (g->waiting && pairings > 0))
		return MR_OK;
	mark = mr_mark(c->arena);
	status = can_get(c, job, person, &yes);
	mr_release(c->arena, mark);
	if (status != MR_OK)
		return status;
	if (!yes)
		job->left_out++;
	else if (job->n == MR_LETTER_NEW_MOST)
		job->left++;
	else
		job->to[job->n++] = person->id;
	return MR_OK;
}

enum mr_status
mr_letter_new_group(struct mr_call *c, struct mr_letter_job *job, int *group)
{
	static const struct {
		const char *word;
		int kind, waiting;
	} groups[] = {{"everyone", 0, 0}, {"inside", MR_INSIDE, 0},
	    {"outside", MR_OUTSIDE, 0}, {"waiting", 0, 1}};
	struct mr_person_filter filter = {.status = 0};
	struct group g = {.job = job};
	enum mr_status status;

	*group = 0;
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (strcmp(job->in->to, groups[i].word) != 0)
			continue;
		*group = 1;
		g.kind = groups[i].kind;
		g.waiting = groups[i].waiting;
	}
	if (!*group)
		return MR_OK;
	filter.kind = g.kind;
	status = mr_person_list(c, &filter, take, &g);
	if (status == MR_OK && job->n == 0)
		return mr_fail(c, MR_REFUSED,
		    "nobody of them gets this letter today; %lld had it in "
		    "the last %d days, cannot get mail, or have not what it "
		    "speaks of",
		    (long long)job->left_out, MR_LETTER_NEW_DAYS);
	return status;
}

/* The language, and of a group who is left. */
static const char *
note(struct mr_call *c, const char *language, const struct mr_event *writing)
{
	int64_t left_out = mr_event_number(writing, MR_F_COUNT, 0);
	int64_t left = mr_event_number(writing, MR_F_VALUE, 0);
	const char *s = mr_language_note(c, language);

	if (left_out > 0)
		s = mr_printf(c->arena,
		    mr_say("%s%s%lld of the group left out"),
		    s != NULL ? s : "", s != NULL ? "; " : "",
		    (long long)left_out);
	if (left > 0)
		s = mr_printf(c->arena,
		    mr_say("%s%s%lld more get it: write the same again"),
		    s != NULL ? s : "", s != NULL ? "; " : "", (long long)left);
	return s;
}

/* The event of a letter, and the next, which is of its writing. */
static enum mr_status
answer_one(struct mr_call *c, struct mr_out *out, int64_t id)
{
	struct mr_events one = {id, 1};
	struct mr_correspondent person;
	struct mr_event event, writing;
	struct mr_letter letter;
	const char *form;
	enum mr_status status;

	status = mr_letter_of_events(c, one, &letter, &event);
	if (status == MR_OK)
		status = mr_person_load(c, letter.person, &person);
	if (status == MR_OK)
		status = mr_event_load(c, id + 1, &writing);
	if (status != MR_OK)
		return status;
	form = mr_event_text(c, &writing, MR_F_TEXT);
	out->begin_map(out, NULL);
	status = mr_letter_emit_keys(c, out, &letter);
	out->text(out, "form", form);
	out->text(out, "note", note(c, person.language, &writing));
	out->end_map(out);
	return status;
}

enum mr_status
mr_letter_new_answer(
    struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	enum mr_status status = MR_OK;

	out->begin_list(out, NULL);
	for (int i = 0; i + 1 < events.count && status == MR_OK; i += 2)
		status = answer_one(c, out, events.first + i);
	out->end_list(out);
	return status;
}
