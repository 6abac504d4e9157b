/* What addresses are printed on, with the office's own lists over ours. */
#include "lib/paper_stock.h"

#include "lib/setting.h"

#define LABELS "label-stock.csv"
#define ENVELOPES "envelope-stock.csv"

enum mr_status
mr_stock_lists(struct mr_call *c, struct mr_stock_lists *lists)
{
	enum mr_status status = mr_paper_file(c, LABELS, &lists->labels);

	lists->labels_name = "forms/" LABELS;
	lists->envelopes_name = "forms/" ENVELOPES;
	if (status == MR_OK)
		status = mr_paper_file(c, ENVELOPES, &lists->envelopes);
	return status;
}

enum mr_status
mr_stock_named(struct mr_call *c, const char *name, struct form_stock *stock)
{
	struct mr_stock_lists lists;
	struct form_fault fault = {0};
	enum mr_status status = mr_stock_lists(c, &lists);

	if (status == MR_OK &&
	    form_stock_find(lists.labels, lists.labels_name, name, stock,
		&fault) != FORM_OK)
		status = mr_paper_fault(c, &fault);
	return status;
}

enum mr_status
mr_envelope_named(
    struct mr_call *c, const char *name, struct form_envelope *envelope)
{
	struct mr_stock_lists lists;
	struct form_fault fault = {0};
	enum mr_status status = MR_OK;

	if (name == NULL)
		status = mr_setting_text(c, MR_SET_ENVELOPE, &name);
	if (status == MR_OK)
		status = mr_stock_lists(c, &lists);
	if (status == MR_OK &&
	    form_envelope_find(lists.envelopes, lists.envelopes_name, name,
		envelope, &fault) != FORM_OK)
		status = mr_paper_fault(c, &fault);
	return status;
}

enum mr_status
mr_setting_envelope(struct mr_call *c, const char *value, const char **spelt)
{
	struct form_envelope envelope;
	enum mr_status status = mr_envelope_named(c, value, &envelope);

	if (status != MR_OK)
		return status;
	*spelt = mr_strdup(c->arena, envelope.name);
	return *spelt != NULL ? MR_OK : mr_nomem(c);
}
