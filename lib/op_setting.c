/*
 * Operations on the settings.
 */
#include <string.h>

#include "lib/chain.h"
#include "lib/op.h"
#include "lib/setting.h"
#include "lib/tongue.h"

struct setting_name {
	const char *name;
};

struct setting_set {
	const char *name, *value;
};

static enum mr_status
emit_setting(struct mr_call *c, const struct mr_setting *setting,
    const char *value, struct mr_out *out)
{
	const char *may = mr_setting_possible(c, setting);

	if (may == NULL)
		return mr_nomem(c);
	out->begin_map(out, NULL);
	out->text(out, "name", setting->name);
	out->text(out, "value", value);
	out->text(out, "default", setting->standard);
	out->text(out, "possible", may);
	out->text(out, "help", mr_say(setting->help));
	out->end_map(out);
	return MR_OK;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	enum mr_status status = MR_OK;
	const char *value;

	(void)input;
	out->begin_list(out, NULL);
	for (size_t i = 0; i < mr_nsettings && status == MR_OK; i++) {
		status = mr_setting_text(c, mr_settings[i].number, &value);
		if (status == MR_OK)
			status = emit_setting(c, &mr_settings[i], value, out);
	}
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_setting_list = {
    .name = "setting list",
    .number = 120,
    .summary = "List the settings of the office.",
    .roles = MR_EVERYONE,
    .each = "name value default possible help",
    .table = "name value possible help",
    .show = list,
};

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct setting_name *in = input;
	const struct mr_setting *setting = mr_setting_find(in->name);
	const char *value;
	enum mr_status status;

	if (setting == NULL)
		return mr_fail(c, MR_NOTFOUND,
		    "there is no setting %.40s; 'mailroom setting list' shows "
		    "them",
		    in->name);
	status = mr_setting_text(c, setting->number, &value);
	if (status != MR_OK)
		return status;
	return emit_setting(c, setting, value, out);
}

static const struct mr_param show_params[] = {
    MR_PARAM(setting_name, name, 1, "the setting's name"),
};

const struct mr_op mr_op_setting_show = {
    .name = "setting show",
    .number = 121,
    .summary = "Show one setting, its default and what it may be.",
    .roles = MR_EVERYONE,
    MR_PARAMS(show_params),
    .input_size = sizeof(struct setting_name),
    .returns = "name value default possible help",
    .show = show,
};

static enum mr_status
set(struct mr_call *c, const void *input)
{
	const struct setting_set *in = input;
	enum mr_status status = mr_setting_set(c, in->name, in->value);

	if (status == MR_OK)
		c->found = (void *)mr_setting_find(in->name);
	return status;
}

/* The value of the event; where nothing changed, the one in force. */
static enum mr_status
told_value(struct mr_call *c, struct mr_events events,
    const struct mr_setting **setting, const char **value)
{
	struct mr_event event;
	enum mr_status status;

	if (events.count == 0) {
		*setting = c->found;
		return mr_setting_text(c, (*setting)->number, value);
	}
	status = mr_event_load(c, events.first, &event);
	if (status != MR_OK)
		return status;
	*setting = mr_setting_by_number((int)event.subject_id);
	*value = mr_event_text(c, &event, MR_F_TEXT);
	return *value != NULL && *setting != NULL ? MR_OK : mr_nomem(c);
}

static enum mr_status
set_answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	const struct mr_setting *setting = NULL;
	const char *value = NULL;
	enum mr_status status = told_value(c, events, &setting, &value);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	out->text(out, "name", setting->name);
	out->text(out, "value", value);
	out->end_map(out);
	return MR_OK;
}

static const struct mr_param set_params[] = {
    MR_PARAM(setting_set, name, 1, "the setting's name"),
    MR_PARAM(setting_set, value, 1, "what it becomes"),
};

const struct mr_op mr_op_setting_set = {
    .name = "setting set",
    .number = 122,
    .summary = "Change a setting of the office.",
    .roles = MR_ADMIN,
    .writes = 1,
    MR_PARAMS(set_params),
    .input_size = sizeof(struct setting_set),
    .returns = "name value",
    .run = set,
    .answer = set_answer,
};
