/* Operations that show pairings: pen names and IDs, never an address. */
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/pairing.h"
#include "lib/person.h"

struct pairing_show {
	struct mr_pairing_ref pairing;
};

static const struct mr_param show_params[] = {
    MR_PARAM(pairing_show, pairing, 1, "which one"),
};

/* Number, status as of today, and why. */
static void
emit_state(struct mr_call *c, struct mr_out *out, const struct mr_pairing *p)
{
	int today = mr_pairing_today(c, p), off = today == p->status;

	mr_emit_id(c, out, "pairing", 'P', p->id);
	out->text(out, "status", mr_pairing_status_name(today));
	out->text(
	    out, "reason", off ? mr_pairing_reason_name(p->reason) : NULL);
	mr_emit_day0(out, "until", off ? p->until : 0);
	mr_emit_day(out, "opened", p->opened);
}

static void
emit_side(struct mr_call *c, struct mr_out *out, const char *key,
    int64_t person, const char *pen_name, int64_t code)
{
	out->begin_map(out, key);
	mr_emit_id(c, out, "correspondent", 'C', person);
	out->text(out, "pen_name", pen_name);
	out->text(out, "id", code >= 0 ? mr_fid_show_code(c, code) : NULL);
	out->end_map(out);
}

/* Whose turn it is and for how long nothing was heard. */
static void
emit_turn(struct mr_call *c, struct mr_out *out, const struct mr_pairing *p,
    const struct mr_pairing_traffic *t)
{
	out->text(out, "turn", mr_pairing_turn_name(t->turn));
	if (t->quiet_since == 0 || p->status == MR_PAIRING_ENDED)
		out->text(out, "quiet_days", NULL);
	else
		out->integer(out, "quiet_days", c->today - t->quiet_since);
}

static enum mr_status
show_side(struct mr_call *c, struct mr_out *out, const char *key,
    int64_t pairing, int64_t person)
{
	struct mr_correspondent who;
	enum mr_status status;
	struct mr_fid fid;

	status = mr_person_load(c, person, &who);
	if (status != MR_OK)
		return status;
	status = mr_fid_of(c, pairing, person, &fid);
	if (status != MR_OK && status != MR_NOTFOUND)
		return status;
	emit_side(
	    c, out, key, person, who.pen_name, status == MR_OK ? fid.code : -1);
	return MR_OK;
}

static enum mr_status
show_id(struct mr_call *c, const struct mr_fid *fid, void *arg)
{
	struct mr_out *out = arg;

	out->begin_map(out, NULL);
	out->text(out, "id", mr_fid_show(c, fid));
	mr_emit_id(c, out, "writer", 'C', fid->writer);
	out->text(out, "status", mr_fid_status_name(fid->status));
	out->text(out, "reason", mr_fid_reason_name(fid->reason));
	mr_emit_day(out, "since", fid->since);
	mr_emit_day0(out, "routes_until", fid->route_until);
	out->end_map(out);
	return MR_OK;
}

static void
emit_traffic(struct mr_out *out, const struct mr_pairing_traffic *t)
{
	out->integer(out, "letters_to_inside", t->letters[1]);
	mr_emit_day0(out, "last_to_inside", t->last[1]);
	out->integer(out, "letters_to_outside", t->letters[2]);
	mr_emit_day0(out, "last_to_outside", t->last[2]);
	out->integer(out, "in_house", t->in_house);
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct pairing_show *in = input;
	struct mr_pairing_traffic traffic;
	struct mr_pairing p;
	enum mr_status status;

	status = mr_pairing_load(c, in->pairing.id, &p);
	if (status == MR_OK)
		status = mr_pairing_traffic(c, &p, 1, &traffic);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	emit_state(c, out, &p);
	status = show_side(c, out, "outside", p.id, p.outside);
	if (status == MR_OK)
		status = show_side(c, out, "inside", p.id, p.inside);
	emit_turn(c, out, &p, &traffic);
	emit_traffic(out, &traffic);
	out->begin_list(out, "ids");
	if (status == MR_OK)
		status = mr_fid_list(c, p.id, show_id, out);
	out->end_list(out);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_pairing_show = {
    .name = "pairing show",
    .number = 266,
    .summary = "Show a pairing: who, which IDs, how many letters, whose turn.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(show_params),
    .input_size = sizeof(struct pairing_show),
    .returns = "pairing status reason until opened outside inside turn "
	       "quiet_days letters_to_inside last_to_inside "
	       "letters_to_outside last_to_outside in_house ids",
    .show = show,
};

struct pairing_list {
	const char *status;
	struct mr_person person;
	struct mr_count quiet;
};

static const struct mr_param list_params[] = {
    MR_PARAM(pairing_list, status, 0,
	"proposed, active, paused or ended; without it, all that have not ended"),
    MR_PARAM(pairing_list, person, 0, "only those of this correspondent"),
    MR_NUMBER(pairing_list, quiet, 0, 1, 36500,
	"only those that were quiet for so many days or more"),
};

/* The ID by which this one answers; null when it has ended. */
static enum mr_status
emit_own_id(struct mr_call *c, struct mr_out *out, const char *key,
    const struct mr_pairing *p, int64_t writer)
{
	struct mr_fid fid;
	enum mr_status status = mr_fid_of(c, p->id, writer, &fid);

	out->text(out, key, status == MR_OK ? mr_fid_show(c, &fid) : NULL);
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
list_one(struct mr_call *c, const struct mr_pairing_line *line, void *arg)
{
	const struct mr_pairing *p = &line->pairing;
	struct mr_mark mark = mr_mark(c->arena);
	struct mr_out *out = arg;
	enum mr_status status;

	out->begin_map(out, NULL);
	mr_emit_id(c, out, "pairing", 'P', p->id);
	out->text(
	    out, "status", mr_pairing_status_name(mr_pairing_today(c, p)));
	mr_emit_id(c, out, "outside", 'C', p->outside);
	out->text(out, "outside_name", line->outside);
	status = emit_own_id(c, out, "outside_id", p, p->outside);
	mr_emit_id(c, out, "inside", 'C', p->inside);
	out->text(out, "inside_name", line->inside);
	if (status == MR_OK)
		status = emit_own_id(c, out, "inside_id", p, p->inside);
	emit_turn(c, out, p, &line->traffic);
	out->end_map(out);
	mr_release(c->arena, mark);
	return status;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct pairing_list *in = input;
	struct mr_pairing_filter filter = {.quiet = (int)in->quiet.n};
	enum mr_status status = MR_OK;

	if (in->status != NULL)
		filter.status = mr_pairing_status_read(in->status);
	if (in->status != NULL && filter.status == 0)
		return mr_fail(c, MR_INVALID,
		    "status: write proposed, active, paused or ended");
	if (in->person.s != NULL)
		status = mr_person_find(c, in->person, &filter.person);
	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	status = mr_pairing_list(c, &filter, list_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_pairing_list = {
    .name = "pairing list",
    .number = 267,
    .summary = "List pairings, with whose turn it is.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(list_params),
    .input_size = sizeof(struct pairing_list),
    .each = "pairing status outside outside_name outside_id inside "
	    "inside_name inside_id turn quiet_days",
    .table = "pairing status outside_name outside_id inside_name inside_id "
	     "turn",
    .show = list,
};
