/* The spelling of ids, days and times in an answer.  See emit.h. */
#include "lib/emit.h"

#include "lib/text.h"
#include "lib/when.h"

void
mr_emit_id(struct mr_call *c, struct mr_out *out, const char *key, char letter,
    int64_t id)
{
	out->text(out, key, id == 0 ? NULL : mr_show_id(c, letter, id));
}

void
mr_emit_day(struct mr_out *out, const char *key, int64_t day)
{
	char text[MR_WHEN_SIZE];

	out->text(out, key, mr_day_iso(day, text));
}

void
mr_emit_day0(struct mr_out *out, const char *key, int64_t day)
{
	if (day == 0)
		out->text(out, key, NULL);
	else
		mr_emit_day(out, key, day);
}

void
mr_emit_time(struct mr_out *out, const char *key, int64_t at)
{
	char text[MR_WHEN_SIZE];

	out->text(out, key, mr_time_iso(at, text));
}

void
mr_emit_money(struct mr_out *out, const char *key, int64_t cents)
{
	char text[MR_MONEY_SIZE];

	out->text(out, key, mr_text_money(cents, text));
}

const char *
mr_user_shown(struct mr_call *c, int64_t id)
{
	const char *name = NULL;
	struct sql_stmt *st;

	if (id == 0)
		return "mailroom";
	if (id == c->user && c->user_name != NULL)
		return c->user_name;
	st = sql_prepare(c,
	    "SELECT name FROM users "
	    "WHERE id = :id");
	sql_int(st, ":id", id);
	if (sql_row(st))
		name = mr_strdup(c->arena, sql_col_text(st, 0));
	if (sql_done(st) != MR_OK || name == NULL)
		return "unknown";
	return name;
}
