/*
 * Where a station stopped: for whoever sits down at it again, after a break
 * or after the power failed.
 */
#include "lib/day.h"
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/tongue.h"
#include "lib/when.h"

#define SHOWN 20 /* numbers, or runs of them, of printed sheets */

/* The day that is worked on: the open one, else today. */
static enum mr_status
this_day(struct mr_call *c, int64_t *day)
{
	struct mr_day row;
	enum mr_status status = mr_day_newest(c, &row);

	*day = c->today;
	if (status == MR_OK && row.state == MR_DAY_OPEN)
		*day = row.day;
	return status == MR_NOTFOUND ? MR_OK : status;
}

/* "Last saved A17, 10:42 ...": letter is the one of that number. */
static const char *
say(struct mr_call *c, const struct mr_letter *letter, const char *next,
    const char *waiting)
{
	char at[MR_WHEN_SIZE];
	const char *s;

	if (letter->id == 0)
		s = mr_printf(c->arena,
		    mr_say(
			"No letter yet at station %c. The first is %s: pencil it "
			"on the envelope."),
		    c->station, next);
	else
		s = mr_printf(c->arena,
		    mr_say(
			"Last saved %s, %s. Pencilled %s or higher: enter again."),
		    mr_letter_number(c, letter->number),
		    mr_time_local(letter->stepped, at), next);
	if (s != NULL && waiting != NULL)
		s = mr_printf(c->arena,
		    mr_say("%s Printed, not seen since: %s."), s, waiting);
	return s;
}

static enum mr_status
emit(struct mr_call *c, struct mr_out *out, int count,
    struct mr_numbers *printed)
{
	int number = MR_DAYNO(c->site->id, c->station, count);
	const char *next = mr_letter_number(c, number + 1), *waiting = NULL;
	struct mr_typed shown = {mr_letter_number(c, number)};
	struct mr_letter letter = {0};
	enum mr_status status = MR_OK;

	if (count > 0)
		status = mr_letter_find(c, shown, &letter, NULL);
	if (status != MR_OK)
		return status;
	if (printed->total > 0)
		waiting = mr_numbers_show(c, printed, SHOWN);
	out->begin_map(out, NULL);
	out->text(out, "number", letter.id != 0 ? shown.s : NULL);
	out->text(
	    out, "code", letter.id != 0 ? mr_letter_code(c, letter.id) : NULL);
	if (letter.id != 0)
		mr_emit_time(out, "saved", letter.stepped);
	else
		out->text(out, "saved", NULL);
	out->text(out, "next", next);
	out->text(out, "printed", waiting);
	out->text(out, "say", say(c, &letter, next, waiting));
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
last(struct mr_call *c, const void *input, struct mr_out *out)
{
	struct mr_day_numbers *numbers = mr_alloc(c->arena, sizeof(*numbers));
	struct mr_numbers *printed = mr_alloc(c->arena, sizeof(*printed));
	enum mr_status status;
	int64_t day;

	(void)input;
	if (numbers == NULL || printed == NULL)
		return mr_nomem(c);
	status = this_day(c, &day);
	if (status == MR_OK)
		status = mr_day_numbers(c, day, numbers);
	printed->today = day;
	if (status == MR_OK)
		status = mr_day_printed(c, printed);
	if (status == MR_OK)
		status = emit(c, out, numbers->last[c->station - 'A'], printed);
	return status;
}

const struct mr_op mr_op_letter_last = {
    .name = "letter last",
    .number = 329,
    .summary = "Tell where this station stopped, and what was printed and not "
	       "seen since.",
    .roles = MR_FROM_VOLUNTEER,
    .returns = "number code saved next printed say",
    .show = last,
};
