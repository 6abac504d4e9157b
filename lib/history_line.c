/* A line of a history in words.  See history_line.h. */
#include "lib/history_line.h"

#include "lib/letter.h"
#include "lib/person.h"
#include "lib/tongue.h"
#include "lib/when.h"

static const char *
pen_name(struct mr_call *c, int64_t id)
{
	struct mr_correspondent person;

	if (id == 0)
		return "?";
	if (mr_person_load(c, id, &person) != MR_OK)
		return mr_show_id(c, 'C', id);
	return person.pen_name;
}

enum mr_status
mr_history_letter(struct mr_call *c, int64_t id, struct mr_history_line *line)
{
	const char *who, *batch = "", *sheets = "", *why = "";
	const struct mr_reason_row *reason;
	char day[MR_WHEN_SIZE];
	struct mr_letter l;
	enum mr_status status = mr_letter_load(c, id, &l);
	int64_t from = 0, to = 0;

	if (status == MR_OK)
		status = mr_letter_parties(c, &l, &from, &to);
	if (status != MR_OK)
		return status;
	who = l.way == MR_OFFICE
	    ? mr_printf(
		  c->arena, mr_say("office letter to %s"), pen_name(c, to))
	    : mr_printf(c->arena, mr_say("from %s to %s"), pen_name(c, from),
		  pen_name(c, to));
	reason = mr_reason(l.reason);
	if (reason != NULL)
		why = mr_printf(c->arena, ": %s", mr_say(reason->word));
	if (l.batch != 0)
		batch = mr_printf(
		    c->arena, mr_say(" in %s"), mr_show_id(c, 'B', l.batch));
	if (l.sheets >= 0)
		sheets = mr_printf(c->arena, mr_say(", %d sheet%s"), l.sheets,
		    l.sheets == 1 ? "" : "s");
	line->about = mr_letter_code(c, id);
	line->step = mr_printf(c->arena, "%s %s%s, %s%s%s %s",
	    mr_letter_number(c, l.number), who, sheets,
	    mr_say(mr_letter_state_name(l.state)), batch, why,
	    mr_day_iso(mr_day_of(l.stepped), day));
	return MR_OK;
}

/* Whose sealed record this is; 0: nobody's any more. */
static int64_t
whose(struct mr_call *c, int64_t sealed)
{
	struct sql_stmt *st;
	int64_t person = 0;

	st = sql_prepare(c, "SELECT person FROM sealed WHERE id = :id");
	sql_int(st, ":id", sealed);
	return sql_done_int(st, &person) == MR_OK ? person : 0;
}

const char *
mr_history_about(struct mr_call *c, const struct mr_event *e)
{
	int64_t facility = mr_event_number(e, MR_F_FACILITY, 0);
	int64_t person = mr_event_number(e, MR_F_PERSON, 0);

	if (e->dropped)
		return "?";
	if (e->subject == MR_RULE && facility != 0)
		return mr_subject_shown(c, MR_FACILITY, facility);
	if (e->subject == MR_SEALED && person == 0)
		person = whose(c, e->subject_id);
	if ((e->subject == MR_ADDRESS || e->subject == MR_SEALED) &&
	    person != 0)
		return mr_show_id(c, 'C', person);
	return mr_subject_shown(c, e->subject, e->subject_id);
}
