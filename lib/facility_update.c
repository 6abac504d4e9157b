/* Changing one facility by hand. */
#include "lib/facility_update.h"

#include <string.h>

#include "lib/facility.h"
#include "lib/place.h"
#include "lib/rule.h"
#include "lib/text.h"
#include "lib/tongue.h"

/* Take over a text; how many changed, or -1 with a sentence. */
static int
take(struct mr_call *c, const char **is, const char *shall, const char *name)
{
	const char *s;

	if (shall == NULL)
		return 0;
	s = mr_text_trim(c->arena, shall);
	if (s == NULL) {
		mr_nomem(c);
		return -1;
	}
	if (s[0] == '\0' || strlen(s) > 200) {
		mr_fail(c, MR_INVALID,
		    "%s: at most 100 characters, and not empty", name);
		return -1;
	}
	if (strcmp(*is, s) == 0)
		return 0;
	*is = s;
	return 1;
}

/* As take, for what is written in capitals. */
static int
take_upper(
    struct mr_call *c, const char **is, const char *shall, const char *name)
{
	if (shall != NULL)
		shall = mr_place_upper(c->arena, shall);
	return take(c, is, shall, name);
}

static int
take_texts(struct mr_call *c, struct mr_facility *f,
    const struct mr_facility_update *in)
{
	const int each[] = {
	    take(c, &f->name, in->name, "name"),
	    take(c, &f->kind, in->kind, "kind"),
	    take(c, &f->security, in->security, "security"),
	    take(c, &f->street, in->street, "street"),
	    take(c, &f->city, in->city, "city"),
	    take_upper(c, &f->state, in->state, "state"),
	    take(c, &f->zip, in->zip, "zip"),
	};
	int n = 0;

	for (size_t i = 0; i < sizeof(each) / sizeof(each[0]); i++) {
		if (each[i] < 0)
			return -1;
		n += each[i];
	}
	return n;
}

static enum mr_status
take_all(struct mr_call *c, struct mr_facility *f,
    const struct mr_facility_update *in, int *changes)
{
	int n = take_texts(c, f, in), status = f->status;

	if (n < 0)
		return c->error->status;
	if (!mr_place_is_state(f->state))
		return mr_fail(
		    c, MR_INVALID, "state: %s", mr_say(MR_STATE_WANTS));
	if (!mr_place_is_zip(f->zip))
		return mr_fail(c, MR_INVALID, "zip: %s", mr_say(MR_ZIP_WANTS));
	if (in->status != NULL)
		status = mr_facility_status_of(in->status);
	if (status == 0)
		return mr_fail(c, MR_INVALID,
		    "status: write takes-mail, closed or no-mail");
	n += status != f->status;
	f->status = status;
	if (in->population.given && in->population.n != f->population) {
		f->population = in->population.n;
		n++;
	}
	if (in->checked.given && in->checked.day != f->checked)
		n++;
	if (in->source != NULL && strcmp(in->source, f->source) != 0)
		n++;
	*changes = n;
	return MR_OK;
}

enum mr_status
mr_facility_update(struct mr_call *c, const struct mr_facility_update *in)
{
	int64_t *id = mr_alloc(c->arena, sizeof(*id));
	const char *source = in->source;
	enum mr_status status;
	struct mr_facility f;
	int changes = 0;

	if (id == NULL)
		return mr_nomem(c);
	status = mr_facility_by_code(c, in->code, id);
	if (status == MR_OK)
		status = mr_facility_load(c, *id, &f);
	if (status == MR_OK)
		status = take_all(c, &f, in, &changes);
	if (status != MR_OK)
		return status;
	c->found = id;
	if (changes == 0)
		return MR_OK;
	f.source = source != NULL ? source : "changed by hand";
	f.checked = (int)(in->checked.given ? in->checked.day : c->today);
	if (f.checked < 0)
		return mr_fail(
		    c, MR_INVALID, "checked: a day before 1970 is too old");
	return mr_facility_store(c, &f);
}

static const char *
rule_words(struct mr_call *c)
{
	const char *words = NULL;

	for (size_t i = 0; i < mr_nrules; i++)
		words = words == NULL ? mr_rule_list[i].word
				      : mr_printf(c->arena, "%s, %s", words,
					    mr_rule_list[i].word);
	return words != NULL ? words : "";
}

/* What the words ask for, into *set. */
static enum mr_status
read_rule(struct mr_call *c, const struct mr_facility_rule *in,
    struct mr_rule_set_to *set)
{
	const struct mr_rule_about *about = NULL;
	const char *wants = "";

	if (in->rule != NULL)
		about = mr_rule_named(in->rule);
	if (in->rule != NULL && about == NULL)
		return mr_fail(c, MR_INVALID,
		    "there is no such rule; there are %s", rule_words(c));
	set->rule = about != NULL ? about->number : 0;
	set->look = in->value == NULL;
	if (set->look)
		return MR_OK;
	if (mr_rule_read(about, in->value, &set->value, &wants) != 0)
		return mr_fail(c, MR_INVALID, "value: %s is %s", about->word,
		    mr_say(wants));
	if (in->source == NULL)
		return mr_fail(c, MR_USAGE,
		    "facility rule needs the source too: who told you, or "
		    "where it is written");
	if (in->source[0] == '\0')
		return mr_fail(c, MR_INVALID,
		    "source: say who told you, or where it is written");
	return MR_OK;
}

enum mr_status
mr_facility_rule(struct mr_call *c, const struct mr_facility_rule *in)
{
	struct mr_rule_set_to *set = mr_alloc(c->arena, sizeof(*set));
	enum mr_status status;
	int64_t id;

	if (set == NULL)
		return mr_nomem(c);
	*set = (struct mr_rule_set_to){0};
	if (in->rule == NULL && in->value != NULL)
		return mr_fail(c, MR_USAGE, "name the rule before its value");
	status = read_rule(c, in, set);
	set->from_day = (int)(in->from.given ? in->from.day : c->today);
	if (status == MR_OK)
		status = mr_facility_by_code(c, in->code, &set->facility);
	if (status != MR_OK)
		return status;
	c->found = set;
	if (set->look)
		return MR_OK;
	return mr_rule_set(c, set->facility, set->rule, set->from_day,
	    set->value, in->source, &id);
}
