/* Operations on facilities. */
#include "lib/chain.h"
#include "lib/emit.h"
#include "lib/facility.h"
#include "lib/facility_import.h"
#include "lib/facility_update.h"
#include "lib/import.h"
#include "lib/op.h"
#include "lib/person.h"
#include "lib/rule.h"
#include "lib/tongue.h"

#define STATUSES " takes-mail closed no-mail"
#define RULE_WORD(name, number, word, kind, otherwise, help) " " word

static const struct mr_param import_params[] = {
    MR_PARAM(mr_facility_import, file, 1,
	"CSV with code, name, kind, security, street, city, state, zip"),
    MR_PARAM(mr_facility_import, dry_run, 0,
	"show faults and differences, change nothing"),
    MR_PARAM(mr_facility_import, source, 0, "where these facts are from"),
    MR_PARAM(mr_facility_import, checked, 0,
	"day they were checked; today when nothing is said"),
};

static enum mr_status
import_run(struct mr_call *c, const void *input)
{
	return mr_facility_import(c, input);
}

const struct mr_op mr_op_facility_import = {
    .name = "facility import",
    .slow = 1,
    .number = 200,
    .summary = "Add and change facilities from a CSV file: all or nothing.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(import_params),
    .input_size = sizeof(struct mr_facility_import),
    .returns = MR_IMPORT_RETURNS,
    .run = import_run,
    .answer = mr_import_answer,
};

struct facility_show {
	const char *code;
	struct mr_date day;
};

static const struct mr_param show_params[] = {
    MR_PARAM(facility_show, code, 1, "code of the facility"),
    MR_PARAM(facility_show, day, 0, "show the rules of that day"),
};

static enum mr_status
count_one(struct mr_call *c, void *arg, const struct mr_correspondent *person,
    int64_t n)
{
	int64_t *count = arg;

	(void)c;
	(void)person;
	(void)n;
	++*count;
	return MR_OK;
}

static void
emit_facts(struct mr_out *out, const struct mr_facility *f)
{
	out->text(out, "code", f->code);
	out->text(out, "name", f->name);
	out->text(out, "kind", f->kind);
	out->text(out, "security", f->security);
	out->text(out, "gender", f->gender);
	out->boolean(out, "has_camp", f->has_camp);
	out->text(out, "street", f->street);
	out->text(out, "city", f->city);
	out->text(out, "state", f->state);
	out->text(out, "zip", f->zip);
	if (f->population < 0)
		out->text(out, "population", NULL);
	else
		out->integer(out, "population", f->population);
	out->text(out, "status", mr_facility_status_name(f->status));
	out->text(out, "source", f->source);
	mr_emit_day(out, "checked", f->checked);
}

static void
emit_rule(struct mr_call *c, struct mr_out *out,
    const struct mr_rule_about *about, int64_t value, int from,
    const char *source)
{
	out->begin_map(out, NULL);
	out->text(out, "rule", about->word);
	out->text(out, "value", mr_rule_show(c, about, value));
	mr_emit_day0(out, "from", from);
	out->text(out, "source", source);
	out->text(out, "help", mr_say(about->help));
	out->end_map(out);
}

/* What holds on a day, and which row decided; only 0: every rule. */
static enum mr_status
emit_rules(struct mr_call *c, struct mr_out *out, int64_t facility, int64_t day,
    int only)
{
	enum mr_status status = MR_OK;
	struct mr_rule_source why;
	int64_t value;

	out->begin_list(out, "rules");
	for (size_t i = 0; status == MR_OK && i < mr_nrules; i++) {
		const struct mr_rule_about *about = &mr_rule_list[i];

		if (only != 0 && about->number != only)
			continue;
		status =
		    mr_rule(c, facility, about->number, (int)day, &value, &why);
		if (status != MR_OK)
			break;
		emit_rule(c, out, about, value, why.from_day, why.source);
	}
	out->end_list(out);
	return status;
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct facility_show *in = input;
	struct mr_person_filter filter = {.kind = MR_INSIDE};
	enum mr_status status;
	struct mr_facility f;
	int64_t people = 0;

	status = mr_facility_by_code(c, in->code, &filter.facility);
	if (status == MR_OK)
		status = mr_facility_load(c, filter.facility, &f);
	if (status == MR_OK)
		status = mr_person_list(c, &filter, count_one, &people);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	emit_facts(out, &f);
	out->integer(out, "correspondents", people);
	status =
	    emit_rules(c, out, f.id, in->day.given ? in->day.day : c->today, 0);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_facility_show = {
    .name = "facility show",
    .number = 201,
    .summary = "Show a facility, its rules, and which source decided each.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(show_params),
    .input_size = sizeof(struct facility_show),
    .returns = "code name kind security gender has_camp street city state "
	       "zip population status source checked correspondents rules",
    .show = show,
};

struct facility_list {
	const char *state, *kind, *security, *status;
};

static const struct mr_param list_params[] = {
    MR_PARAM(facility_list, state, 0, "only in this state, as CT"),
    MR_PARAM(facility_list, kind, 0, "only of this kind"),
    MR_PARAM(facility_list, security, 0, "only with this security"),
    MR_CHOICE(facility_list, status, 0, STATUSES,
	"only with this status: takes-mail, closed or no-mail"),
};

static enum mr_status
list_one(struct mr_call *c, void *arg, const struct mr_facility *f)
{
	struct mr_out *out = arg;

	(void)c;
	out->begin_map(out, NULL);
	out->text(out, "code", f->code);
	out->text(out, "name", f->name);
	out->text(out, "kind", f->kind);
	out->text(out, "security", f->security);
	out->text(out, "city", f->city);
	out->text(out, "state", f->state);
	out->text(out, "status", mr_facility_status_name(f->status));
	mr_emit_day(out, "checked", f->checked);
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct facility_list *in = input;
	struct mr_facility_filter filter = {
	    .state = in->state, .kind = in->kind, .security = in->security};
	enum mr_status status;

	if (in->status != NULL) {
		filter.status = mr_facility_status_of(in->status);
		if (filter.status == 0)
			return mr_fail(c, MR_USAGE,
			    "status: write takes-mail, closed or no-mail");
	}
	out->begin_list(out, NULL);
	status = mr_facility_list(c, &filter, list_one, out);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_facility_list = {
    .name = "facility list",
    .number = 202,
    .summary = "List facilities by code.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(list_params),
    .input_size = sizeof(struct facility_list),
    .each = "code name kind security city state status checked",
    .table = "code name security city state status",
    .show = list,
};

static const struct mr_param update_params[] = {
    MR_PARAM(mr_facility_update, code, 1, "code of the facility"),
    MR_PARAM(mr_facility_update, name, 0, "its name"),
    MR_PARAM(mr_facility_update, kind, 0, "what kind of place it is"),
    MR_PARAM(mr_facility_update, security, 0, "its security level"),
    MR_PARAM(mr_facility_update, street, 0, "street or box for mail"),
    MR_PARAM(mr_facility_update, city, 0, "its city"),
    MR_PARAM(mr_facility_update, state, 0, "its state, as CT"),
    MR_PARAM(mr_facility_update, zip, 0, "its ZIP"),
    MR_NUMBER(mr_facility_update, population, 0, 0, 1000000,
	"how many people live there"),
    MR_CHOICE(mr_facility_update, status, 0, STATUSES,
	"takes-mail, closed or no-mail"),
    MR_PARAM(mr_facility_update, source, 0, "where this is from"),
    MR_PARAM(mr_facility_update, checked, 0,
	"day it was checked; today when nothing is said"),
};

static enum mr_status
update_run(struct mr_call *c, const void *input)
{
	return mr_facility_update(c, input);
}

static enum mr_status
update_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	const int64_t *found = c->found;
	struct mr_event event;
	enum mr_status status;
	struct mr_facility f;
	int64_t id = found != NULL ? *found : 0;

	if (events.count > 0) {
		status = mr_event_load(c, events.first, &event);
		if (status != MR_OK)
			return status;
		id = event.subject_id;
	}
	status = mr_facility_load(c, id, &f);
	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "code", f.code);
	out->boolean(out, "changed", events.count > 0);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_facility_update = {
    .name = "facility update",
    .number = 203,
    .summary = "Change what is known of a facility.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(update_params),
    .input_size = sizeof(struct mr_facility_update),
    .returns = "code changed",
    .run = update_run,
    .answer = update_answer,
};

static const struct mr_param rule_params[] = {
    MR_PARAM(mr_facility_rule, code, 1, "code of the facility"),
    MR_CHOICE(mr_facility_rule, rule, MR_PLACED, MR_RULES(RULE_WORD),
	"which one: labels, max_sheets ...; all when nothing is said"),
    MR_PARAM(mr_facility_rule, value, MR_PLACED,
	"yes or no; a number or no-limit; languages; a word"),
    MR_PARAM(mr_facility_rule, source, MR_PLACED, "who says so, and where"),
    MR_PARAM(mr_facility_rule, from, 0,
	"day it holds from; today when nothing is said"),
};

static enum mr_status
rule_run(struct mr_call *c, const void *input)
{
	return mr_facility_rule(c, input);
}

/* Nothing was to be set: what holds today. */
static enum mr_status
rule_look(struct mr_call *c, const struct mr_rule_set_to *set,
    const struct mr_facility *f, struct mr_out *out)
{
	const struct mr_rule_about *about = mr_rule_about(set->rule);
	enum mr_status status;

	out->begin_map(out, NULL);
	out->text(out, "code", f->code);
	out->text(out, "rule", about != NULL ? about->word : NULL);
	out->text(out, "value", NULL);
	mr_emit_day0(out, "from", 0);
	out->boolean(out, "changed", 0);
	status = emit_rules(c, out, f->id, c->today, set->rule);
	out->end_map(out);
	return status;
}

/* A rule row tells as much as its event, and stays what it is. */
static enum mr_status
rule_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	const struct mr_rule_set_to *found = c->found;
	struct mr_rule_set_to set = {0};
	const struct mr_rule_about *about;
	struct mr_rule_source why = {0};
	int64_t is = -1;
	struct mr_event event;
	struct mr_facility f;
	enum mr_status status = MR_OK;

	if (events.count > 0) {
		status = mr_event_load(c, events.first, &event);
		if (status != MR_OK)
			return status;
		set.facility = mr_event_number(&event, MR_F_FACILITY, 0);
		set.rule = (int)mr_event_number(&event, MR_F_RULE, 0);
		set.value = mr_event_number(&event, MR_F_VALUE, 0);
		set.from_day = (int)mr_event_number(&event, MR_F_DAY, 0);
	} else if (found != NULL) {
		set = *found;
	}
	if (status == MR_OK)
		status = mr_facility_load(c, set.facility, &f);
	if (status == MR_OK && found != NULL && found->look)
		return rule_look(c, found, &f, out);
	about = mr_rule_about(set.rule);
	if (status == MR_OK && about != NULL)
		status =
		    mr_rule(c, set.facility, set.rule, set.from_day, &is, &why);
	if (status != MR_OK || about == NULL)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "code", f.code);
	out->text(out, "rule", about->word);
	out->text(out, "value", mr_rule_show(c, about, set.value));
	mr_emit_day(out, "from", set.from_day);
	out->boolean(out, "changed", events.count > 0);
	out->begin_list(out, "rules");
	/* Mended since, the row no longer tells who said so then. */
	emit_rule(c, out, about, set.value, set.from_day,
	    is == set.value ? why.source : NULL);
	out->end_list(out);
	out->end_map(out);
	return MR_OK;
}

const struct mr_op mr_op_facility_rule = {
    .name = "facility rule",
    .number = 204,
    .summary = "Set what a facility asks of mail, or show which rules hold.",
    .roles = MR_COORDINATOR,
    .writes = 1,
    MR_PARAMS(rule_params),
    .input_size = sizeof(struct mr_facility_rule),
    .returns = "code rule value from changed rules",
    .run = rule_run,
    .answer = rule_answer,
};
