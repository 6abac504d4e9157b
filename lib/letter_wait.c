/* Letters that a pairing leaves waiting.  See letter_wait.h. */
#include "lib/letter_wait.h"

#include "lib/keys.h"
#include "lib/lettercode.h"

/* Takes the ids that a statement gives; counts all, names the first. */
static enum mr_status
take(struct sql_stmt *st, struct mr_field fields[MR_WAIT_FIELDS])
{
	int64_t count = fields[0].number;
	int n = 1;

	while (n <= MR_WAIT_NAMED && fields[n].tag == MR_F_LETTER)
		n++;
	for (; sql_row(st); count++) {
		if (n > MR_WAIT_NAMED)
			continue;
		fields[n++] =
		    (struct mr_field){MR_F_LETTER, sql_col_int(st, 0), NULL, 0};
	}
	fields[0] = (struct mr_field){MR_F_COUNT, count, NULL, 0};
	fields[n] = (struct mr_field){MR_F_END, 0, NULL, 0};
	return sql_done(st);
}

enum mr_status
mr_wait_in_house(
    struct mr_call *c, int64_t pairing, struct mr_field fields[MR_WAIT_FIELDS])
{
	struct sql_stmt *st;

	fields[0] = (struct mr_field){MR_F_COUNT, 0, NULL, 0};
	fields[1] = (struct mr_field){MR_F_END, 0, NULL, 0};
	st = sql_prepare(c,
	    "SELECT id FROM letter "
	    "WHERE pairing = :pairing AND state < 7 "
	    "ORDER BY id");
	sql_int(st, ":pairing", pairing);
	return take(st, fields);
}

static enum mr_status
add_unpaired(
    struct mr_call *c, int64_t writer, struct mr_field fields[MR_WAIT_FIELDS])
{
	struct sql_stmt *st;

	/* Without a pairing, person is the writer of a letter to be sent on
	 * (way 1), but the addressee of one that we write. */
	st = sql_prepare(c,
	    "SELECT id FROM letter "
	    "WHERE person = :writer AND pairing IS NULL "
	    "AND way = 1 AND state < 7 "
	    "ORDER BY id");
	sql_int(st, ":writer", writer);
	return take(st, fields);
}

enum mr_status
mr_wait_unpaired(struct mr_call *c, int64_t a, int64_t b,
    struct mr_field fields[MR_WAIT_FIELDS])
{
	enum mr_status status;

	fields[0] = (struct mr_field){MR_F_COUNT, 0, NULL, 0};
	fields[1] = (struct mr_field){MR_F_END, 0, NULL, 0};
	status = add_unpaired(c, a, fields);
	return status == MR_OK ? add_unpaired(c, b, fields) : status;
}

void
mr_wait_emit(struct mr_call *c, const struct mr_event *event,
    struct mr_out *out, const char *count)
{
	char text[MR_CODE_TEXT];
	struct mr_symbols code;

	out->integer(out, count, mr_event_number(event, MR_F_COUNT, 0));
	out->begin_list(out, "letters");
	for (int i = 0; i < event->nfields; i++) {
		if (event->fields[i].tag != MR_F_LETTER ||
		    mr_lettercode_make(
			c->keys->code, event->fields[i].number, &code) != 0)
			continue;
		out->text(out, NULL, mr_code_format(&code, text));
	}
	out->end_list(out);
}
