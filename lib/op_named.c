/* The operation that finds correspondents by pen name. */
#include <string.h>

#include "lib/emit.h"
#include "lib/named.h"
#include "lib/op.h"
#include "lib/text.h"

#define MOST 50

/* Those called just so, and those of whose name it is the first word. */
struct found {
	int64_t id[2][MOST];
	int n[2];
};

static void
hold(struct mr_call *c, struct found *found, const char *asked, int64_t id,
    const char *pen_name)
{
	struct mr_mark mark = mr_mark(c->arena);
	const char *name = mr_text_fold(c->arena, pen_name);
	size_t len = strlen(asked);
	int which;

	if (name != NULL && strncmp(name, asked, len) == 0 &&
	    (name[len] == '\0' || name[len] == ' ')) {
		which = name[len] != '\0';
		if (found->n[which] < MOST)
			found->id[which][found->n[which]++] = id;
	}
	mr_release(c->arena, mark);
}

static enum mr_status
search(struct mr_call *c, const char *asked, struct found *found)
{
	struct sql_stmt *st;

	/* As for a letter without an ID: few bytes, and rarely asked. */
	st = sql_prepare(c,
	    SQL_SCAN "SELECT id, pen_name FROM correspondent "
		     "ORDER BY id");
	while (sql_row(st))
		hold(c, found, asked, sql_col_int(st, 0), sql_col_text(st, 1));
	return sql_done(st);
}

enum mr_status
mr_named(struct mr_call *c, const struct mr_named *in,
    enum mr_status (*each)(
	struct mr_call *c, void *arg, const struct mr_correspondent *person),
    void *arg)
{
	const char *asked = mr_text_fold(c->arena, in->name);
	struct found found = {.n = {0}};
	struct mr_correspondent person;
	enum mr_status status;
	int told = 0;

	if (asked == NULL)
		return mr_nomem(c);
	if (*asked == '\0')
		return mr_fail(c, MR_USAGE, "name: write a pen name");
	status = search(c, asked, &found);
	for (int k = 0; k < 2; k++)
		for (int i = 0; i < found.n[k] && told++ < MOST; i++) {
			if (status == MR_OK)
				status =
				    mr_person_load(c, found.id[k][i], &person);
			if (status == MR_OK)
				status = each(c, arg, &person);
		}
	return status;
}

static const struct mr_param params[] = {
    MR_PARAM(mr_named, name, 1, "pen name, or its first word"),
};

static enum mr_status
emit(struct mr_call *c, void *arg, const struct mr_correspondent *person)
{
	struct mr_out *out = arg;

	out->begin_map(out, NULL);
	mr_emit_id(c, out, "correspondent", 'C', person->id);
	out->text(out, "kind", mr_person_kind_name(person->kind));
	out->text(out, "pen_name", person->pen_name);
	out->text(out, "status", mr_person_status_name(person->status));
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	enum mr_status status;

	out->begin_list(out, NULL);
	status = mr_named(c, input, emit, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_correspondent_named = {
    .name = "correspondent named",
    .number = 232,
    .summary = "Find correspondents by pen name.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(params),
    .input_size = sizeof(struct mr_named),
    .each = "correspondent kind pen_name status",
    .show = show,
};
