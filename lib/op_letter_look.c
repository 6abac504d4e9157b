/* Operations that look at letters and change nothing. */
#include <string.h>

#include "lib/emit.h"
#include "lib/letter_list.h"
#include "lib/letter_steps.h"
#include "lib/letter_take.h"
#include "lib/op.h"
#include "lib/postage.h"
#include "lib/route.h"
#include "lib/tongue.h"

static const struct mr_param list_params[] = {
    MR_PARAM(
	mr_letter_list, state, 0, "only these: received, held, posted ..."),
    MR_PARAM(mr_letter_list, day, 0, "logged on this day"),
    MR_PARAM(mr_letter_list, by, 0, "and logged by this user"),
    MR_PARAM(mr_letter_list, pairing, 0, "of this pairing"),
    MR_PARAM(mr_letter_list, person, 0, "of this correspondent"),
    MR_PARAM(mr_letter_list, id, 0, "of the pairing with this forwarding ID"),
    MR_PARAM(
	mr_letter_list, due, 0, "held ones whose day to look again has come"),
    MR_PARAM(mr_letter_list, late, 0,
	"in the house longer than the setting late-after-days"),
    MR_NUMBER(mr_letter_list, limit, 0, 1, 100000,
	"at most so many; 100 when nothing is said"),
};

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	return mr_letter_list(c, input, out);
}

const struct mr_op mr_op_letter_list = {
    .name = "letter list",
    .number = 318,
    .summary = "List letters by day, state, pairing, person or user.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(list_params),
    .input_size = sizeof(struct mr_letter_list),
    .each = MR_LETTER_KEYS,
    .table = "number code state reason from to received",
    .show = list,
};

static const struct mr_param show_params[] = {
    MR_PARAM(mr_letter_only, letter, 1,
	"the letter: its code, its stub, or its day number A17"),
};

/* Which rule of the facility holds it, in plain words too. */
static enum mr_status
emit_rule(struct mr_call *c, struct mr_out *out, const struct mr_letter *l)
{
	const char *say;
	int rule;
	enum mr_status status = mr_route_held(c, l, &rule, &say);

	if (status != MR_OK)
		return status;
	out->text(out, "rule", say != NULL ? mr_rule_about(rule)->word : NULL);
	out->text(out, "why", say);
	return MR_OK;
}

/* Where it is, of one that lies at another site, and whether it can be taken
 * over; else nothing. */
static void
emit_where(struct mr_call *c, struct mr_out *out, const struct mr_letter *l)
{
	int gone = l->state == MR_L_POSTED || mr_letter_here(c, l);

	out->text(out, "where", gone ? NULL : mr_letter_where_said(c, l));
	if (mr_letter_takeable(c, l))
		out->boolean(out, "take", 1);
	else
		out->text(out, "take", NULL);
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct mr_letter_only *in = input;
	struct mr_letter letter;
	enum mr_status status = mr_letter_find(c, in->letter, &letter, NULL);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	status = mr_letter_emit_keys(c, out, &letter);
	if (status == MR_OK)
		status = emit_rule(c, out, &letter);
	if (status == MR_OK)
		status = mr_postage_emit(c, out, &letter);
	emit_where(c, out, &letter);
	out->end_map(out);
	return status;
}

const struct mr_op mr_op_letter_show = {
    .name = "letter show",
    .number = 319,
    .summary = "Show one letter.",
    .roles = MR_FROM_VOLUNTEER,
    MR_PARAMS(show_params),
    .input_size = sizeof(struct mr_letter_only),
    .returns = MR_LETTER_KEYS " rule why " MR_POSTAGE_KEYS " where take",
    .spare = "where take",
    .show = show,
};

static const char *
use_name(enum mr_reason_use use)
{
	static const char *const names[] = {
	    [MR_WHY_HELD] = MR_SAID("hold"),
	    [MR_WHY_REFUSED] = MR_SAID("white sticker (prison)"),
	    [MR_WHY_RETURNED] = MR_SAID("yellow sticker (post office)"),
	    [MR_WHY_CLOSED] = MR_SAID("disposition"),
	    [MR_WHY_STEP] = MR_SAID("step back"),
	};

	return mr_say(names[use]);
}

static enum mr_status
reasons(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct mr_reason_row *row;

	(void)input;
	out->begin_list(out, NULL);
	for (unsigned i = 0; (row = mr_reason_at(i)) != NULL; i++) {
		if (row->use == MR_WHY_STEP ||
		    (row->safety && c->role == MR_VOLUNTEER))
			continue;
		out->begin_map(out, NULL);
		out->text(out, "reason", row->word);
		out->text(out, "for", use_name(row->use));
		out->text(out, "meaning", mr_say(row->say));
		out->end_map(out);
	}
	out->end_list(out);
	return MR_OK;
}

const struct mr_op mr_op_letter_reasons = {
    .name = "letter reasons",
    .number = 320,
    .summary = "List the reasons to hold, return or close a letter.",
    .roles = MR_EVERYONE,
    .each = "reason for meaning",
    .show = reasons,
};

static const struct mr_param candidates_params[] = {
    MR_PARAM(mr_letter_candidates, dear, 0, "the name after Dear"),
    MR_PARAM(mr_letter_candidates, signed_by, 0, "the name at the end"),
};

static enum mr_status
candidates(struct mr_call *c, const void *input, struct mr_out *out)
{
	return mr_letter_candidates(c, input, out);
}

const struct mr_op mr_op_letter_candidates = {
    .name = "letter candidates",
    .number = 313,
    .summary = "Find whose a letter without an ID may be, by its names.",
    .roles = MR_FROM_VOLUNTEER,
    MR_PARAMS(candidates_params),
    .input_size = sizeof(struct mr_letter_candidates),
    .each = "pairing writer from to fits",
    .show = candidates,
};
