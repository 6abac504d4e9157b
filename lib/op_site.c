/* Operations on the sites of an office. */
#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/gap.h"
#include "lib/letter_take.h"
#include "lib/letter_verdict.h"
#include "lib/op.h"
#include "lib/site_add.h"
#include "lib/tongue.h"

#define KEYS "site name street city state zip zone here events last letters"

struct site_show {
	struct mr_count site;
};

static enum mr_status
add_ready(struct mr_call *c, const void *input)
{
	struct mr_site_made *made;
	enum mr_status status = mr_site_make(c, input, &made);

	if (status == MR_OK)
		c->told = made;
	return status;
}

static enum mr_status
add(struct mr_call *c, const void *input)
{
	(void)input;
	return mr_site_insert(c, c->told);
}

/* The newest id of a site in a table, without the site. */
static enum mr_status
newest_of(struct mr_call *c, int64_t site, const char *select, int64_t *count)
{
	struct sql_stmt *st = sql_prepare(c, select);
	int64_t id = 0;
	enum mr_status status;

	sql_int(st, ":start", site << MR_SITE_SHIFT);
	sql_int(st, ":end", (site + 1) << MR_SITE_SHIFT);
	status = sql_done_int(st, &id);
	*count = MR_SEQ(id);
	return status == MR_NOTFOUND ? MR_OK : status;
}

static enum mr_status
in_house(struct mr_call *c, int64_t site, int64_t *letters)
{
	struct sql_stmt *st;

	st = sql_prepare(c,
	    "SELECT COUNT(*) FROM letter "
	    "WHERE number >> 24 = :site AND state > 0 AND state < 7");
	sql_int(st, ":site", site);
	return sql_done_int(st, letters);
}

static enum mr_status
emit(struct mr_call *c, struct mr_out *out, const struct mr_site_row *row)
{
	struct mr_event last = {.at = 0};
	int64_t events = 0, letters = 0;
	enum mr_status status;

	status = newest_of(c, row->id,
	    "SELECT id FROM event "
	    "WHERE id > :start AND id < :end "
	    "ORDER BY id DESC LIMIT 1",
	    &events);
	if (status == MR_OK && events > 0)
		status =
		    mr_event_load(c, row->id << MR_SITE_SHIFT | events, &last);
	if (status == MR_OK)
		status = in_house(c, row->id, &letters);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->integer(out, "site", row->id);
	out->text(out, "name", row->name);
	out->text(out, "street", row->street);
	out->text(out, "city", row->city);
	out->text(out, "state", row->state);
	out->text(out, "zip", row->zip);
	out->text(out, "zone", row->zone);
	out->boolean(out, "here", row->id == c->site->id);
	out->integer(out, "events", events);
	if (last.at != 0)
		mr_emit_time(out, "last", last.at);
	else
		out->text(out, "last", NULL);
	out->integer(out, "letters", letters);
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
emit_site(struct mr_call *c, struct mr_out *out, int64_t id)
{
	const struct mr_site_row *row;
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(c, &sites);

	if (status != MR_OK)
		return status;
	row = mr_sites_find(sites, id);
	if (row == NULL)
		return mr_fail(c, MR_NOTFOUND,
		    "this office has no site %lld; 'mailroom site list' shows "
		    "them",
		    (long long)id);
	return emit(c, out, row);
}

static enum mr_status
add_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_event event;
	enum mr_status status = mr_event_load(c, events.first, &event);

	if (status != MR_OK)
		return status;
	return emit_site(c, out, mr_event_number(&event, MR_F_SITE, 0));
}

static const struct mr_param add_params[] = {
    MR_PARAM(mr_site_add, name, 1, "as it stands in its return address"),
    MR_PARAM(mr_site_add, street, 1, "its PO box or street"),
    MR_PARAM(mr_site_add, city, 1, "its city"),
    MR_PARAM(mr_site_add, state, 1, "its state, two letters"),
    MR_PARAM(mr_site_add, zip, 1, "its ZIP code"),
    MR_PARAM(mr_site_add, zone, 1, "its time zone: America/Chicago"),
    MR_HERE(mr_site_add, folder, 0,
	"a new folder for the key that is carried there; without it, 'site-N' in the office's own folder"),
};

const struct mr_op mr_op_site_add = {
    .name = "site add",
    .number = 480,
    .summary = "Make one more site on this office's database, and the key "
	       "file for it.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    .vault = 1,
    MR_PARAMS(add_params),
    .input_size = sizeof(struct mr_site_add),
    .returns = KEYS,
    .ready = add_ready,
    .run = add,
    .answer = add_answer,
};

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	struct mr_sites *sites;
	enum mr_status status = mr_sites_load(c, &sites);

	(void)input;
	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	for (int i = 0; i < sites->n && status == MR_OK; i++)
		status = emit(c, out, &sites->at[i]);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_site_list = {
    .name = "site list",
    .number = 481,
    .summary = "List the sites of the office.",
    .roles = MR_EVERYONE,
    .each = KEYS,
    .table = "site name city state here events last letters",
    .show = list,
};

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct site_show *in = input;

	return emit_site(c, out, in->site.given ? in->site.n : c->site->id);
}

static const struct mr_param show_params[] = {
    MR_PARAM(site_show, site, MR_PLACED,
	"its number; without it, the site where this is asked"),
};

const struct mr_op mr_op_site_show = {
    .name = "site show",
    .number = 482,
    .summary = "Show a site of the office.",
    .roles = MR_EVERYONE,
    MR_PARAMS(show_params),
    .input_size = sizeof(struct site_show),
    .returns = KEYS,
    .show = show,
};

static enum mr_status
take(struct mr_call *c, const void *input)
{
	return mr_letter_take(c, input);
}

static enum mr_status
take_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	struct mr_letter letter;
	struct mr_event event;
	const char *say;
	enum mr_status status = mr_letter_of_events(c, events, &letter, &event);

	if (status != MR_OK)
		return status;
	say = mr_printf(c->arena,
	    mr_say("Taken over from %s: it is %s here. Write that on its "
		   "envelope and its stub, and cross out the old number."),
	    mr_site_words(c, mr_event_number(&event, MR_F_SITE, 0)),
	    mr_letter_number(c, letter.number));
	if (say == NULL)
		return mr_nomem(c);
	out->begin_map(out, NULL);
	status = mr_letter_say(c, out, MR_V_TAKEN_OVER, &letter, say, NULL);
	if (status == MR_OK)
		status = mr_letter_emit_keys(c, out, &letter);
	out->end_map(out);
	return status;
}

static const struct mr_param take_params[] = {
    MR_PARAM(mr_letter_take, letter, 1, "the letter: its code, or its stub"),
};

const struct mr_op mr_op_letter_take = {
    .name = "letter take",
    .number = 484,
    .summary = "Say that a letter which came in at another site lies here "
	       "now.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    MR_PARAMS(take_params),
    .input_size = sizeof(struct mr_letter_take),
    .returns = MR_VERDICT_KEYS MR_LETTER_KEYS,
    .run = take,
    .answer = take_answer,
};
