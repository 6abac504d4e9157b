/* Operations on the forms: what there is, and the proof of their geometry. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "lib/op.h"
#include "lib/paper_stock.h"
#include "lib/tongue.h"

struct form_list {
	const char *find, *kind;
};

struct form_lint_in {
	const char *find;
	int all;
};

/* A list in the making. */
struct listing {
	struct mr_call *c;
	struct mr_out *out;
	const char *find; /* in small letters; NULL: all */
};

static const struct {
	const char *name, *description, *command;
} kinds[] = {
    {"cover sheet", MR_SAID("stub and travelling part of a letter"),
	"sheet print"},
    {"envelope", MR_SAID("an address on it, or behind its window"),
	"envelope print"},
    {"label", MR_SAID("addresses on sheets of labels, or 4 x 6 in"),
	"label print"},
    {"office letter", MR_SAID("a letter that we write"), "letter print"},
    {"manifest", MR_SAID("what a batch holds, with its witness"),
	"batch manifest"},
    {"day sheet", MR_SAID("the till of a mail day"), "day sheet"},
    {"history page", MR_SAID("what happened to one letter or person"),
	"report letter"},
    {"bench card", MR_SAID("every flag as a square to scan"), "form bench"},
    {"scanner page", MR_SAID("sets up a scanner"), "form scanner"},
    {"ID card", MR_SAID("tells a participant how to write the ID"), "id card"},
    {"money slip", MR_SAID("what was done with money or things"),
	"enclosure slip"},
    {"blank pages", MR_SAID("coded pages for a day without power"),
	"sheet blank"},
    {"user badge", MR_SAID("says who somebody is, at a station"), "user badge"},
    {"ruler page", MR_SAID("shows how far off a printer prints"),
	"printer test"},
};

static const char *
small_letters(struct mr_call *c, const char *s)
{
	char *small = s == NULL ? NULL : mr_strdup(c->arena, s);

	for (char *p = small; p != NULL && *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	return small;
}

/* Does a text have the words in it, whatever the case? */
static int
found_in(const char *text, const char *find)
{
	size_t n = find == NULL ? 0 : strlen(find);

	if (n == 0)
		return 1;
	for (; *text != '\0'; text++)
		if (strncasecmp(text, find, n) == 0)
			return 1;
	return 0;
}

static void
row(struct listing *l, const char *kind, const char *name,
    const char *description, const char *size, int64_t count, const char *with)
{
	struct mr_out *out = l->out;

	out->begin_map(out, NULL);
	out->text(out, "kind", kind);
	out->text(out, "name", name);
	out->text(out, "description", mr_say(description));
	out->text(out, "size", size);
	if (count > 0)
		out->integer(out, "per_sheet", count);
	else
		out->text(out, "per_sheet", NULL);
	out->text(out, "with", with);
	out->end_map(out);
}

static void
list_kinds(struct listing *l)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (found_in(kinds[i].name, l->find))
			row(l, "form", kinds[i].name, kinds[i].description,
			    NULL, 0, kinds[i].command);
}

static int
one_envelope(void *arg, const struct form_envelope *e)
{
	struct listing *l = arg;
	struct mr_mark mark = mr_mark(l->c->arena);
	const char *size;

	if (!found_in(e->name, l->find) && !found_in(e->description, l->find))
		return 0;
	size = mr_printf(l->c->arena, "%.1f x %.1f mm", e->w, e->h);
	row(l, "envelope", e->name, e->description, size, 0, "envelope print");
	mr_release(l->c->arena, mark);
	return 0;
}

static int
one_label(void *arg, const struct form_stock *k)
{
	struct listing *l = arg;
	struct mr_mark mark = mr_mark(l->c->arena);
	const char *size;

	if (!found_in(k->name, l->find) && !found_in(k->description, l->find))
		return 0;
	size = mr_printf(l->c->arena, "%.1f x %.1f mm", k->label_w, k->label_h);
	row(l, "label", k->name, k->description, size,
	    (int64_t)k->columns * k->rows, "label print");
	mr_release(l->c->arena, mark);
	return 0;
}

/* Is that kind asked for? */
static int
asked(const struct form_list *in, const char *kind)
{
	return in->kind == NULL || strcasecmp(in->kind, kind) == 0;
}

static enum mr_status
list_all(struct listing *l, const struct form_list *in,
    const struct mr_stock_lists *lists)
{
	struct form_fault fault = {0};

	l->out->begin_list(l->out, NULL);
	if (asked(in, "form"))
		list_kinds(l);
	if (asked(in, "envelope") &&
	    form_envelope_each(lists->envelopes, lists->envelopes_name,
		one_envelope, l, &fault) != FORM_OK)
		return mr_paper_fault(l->c, &fault);
	if (asked(in, "label") &&
	    form_stock_each(lists->labels, lists->labels_name, one_label, l,
		&fault) != FORM_OK)
		return mr_paper_fault(l->c, &fault);
	l->out->end_list(l->out);
	return MR_OK;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct form_list *in = input;
	struct listing l = {c, out, small_letters(c, in->find)};
	struct mr_stock_lists lists;
	enum mr_status status = mr_stock_lists(c, &lists);

	if (status == MR_OK && in->kind != NULL && !asked(in, "form") &&
	    !asked(in, "envelope") && !asked(in, "label"))
		return mr_fail(c, MR_INVALID,
		    "there are three kinds: form, envelope and label");
	return status == MR_OK ? list_all(&l, in, &lists) : status;
}

static const struct mr_param list_params[] = {
    MR_PARAM(form_list, find, 0,
	"only what has this in its name or description: avery, 5163, thermal"),
    MR_PARAM(form_list, kind, 0, "only these: form, envelope or label"),
};

const struct mr_op mr_op_form_list = {
    .name = "form list",
    .number = 442,
    .summary = "List what can be printed, and the envelopes and labels that "
	       "it can be printed on.",
    .roles = MR_EVERYONE,
    MR_PARAMS(list_params),
    .input_size = sizeof(struct form_list),
    .each = "kind name description size per_sheet with",
    .show = list,
};

/* What lint found, told as it comes, and counted. */
struct found {
	struct mr_out *out;
	int all;
	int64_t failed, small, small_long;
};

static int
tell(void *arg, const struct form_finding *f)
{
	struct found *found = arg;
	struct mr_out *out = found->out;
	char figure[24];

	if (f->refused && strstr(f->rule, "longest") != NULL)
		found->small_long++;
	else if (f->refused)
		found->small++;
	else
		found->failed++;
	if (f->refused && !found->all)
		return 0;
	out->begin_map(out, NULL);
	out->text(out, "form", f->form);
	out->text(out, "stock", f->stock);
	out->text(out, "rule", f->rule);
	out->text(out, "address", f->sample);
	out->text(out, "language", f->lang == FORM_ES ? "es" : "en");
	snprintf(figure, sizeof(figure), "%.2f", f->measured);
	out->text(out, "measured", f->refused ? NULL : figure);
	snprintf(figure, sizeof(figure), "%.2f", f->wanted);
	out->text(out, "wanted", f->refused ? NULL : figure);
	out->end_map(out);
	return 0;
}

static enum mr_status
run_lint(struct mr_call *c, const struct form_lint_in *in, struct mr_out *out,
    struct found *found, size_t *checked)
{
	struct form_fault fault = {0};
	struct mr_stock_lists lists;
	struct form_setup setup;
	struct form_lint lint = {.setup = &setup,
	    .find = small_letters(c, in->find),
	    .tell = tell,
	    .arg = found};
	enum mr_status status = mr_paper_setup(c, &setup);

	if (status == MR_OK)
		status = mr_stock_lists(c, &lists);
	if (status != MR_OK)
		return status;
	lint.labels = lists.labels;
	lint.labels_name = lists.labels_name;
	lint.envelopes = lists.envelopes;
	lint.envelopes_name = lists.envelopes_name;
	out->begin_list(out, "findings");
	if (form_lint(&lint, checked, &fault) != FORM_OK)
		return mr_paper_fault(c, &fault);
	out->end_list(out);
	return MR_OK;
}

static enum mr_status
lint(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct form_lint_in *in = input;
	struct found found = {.out = out, .all = in->all};
	size_t checked = 0;
	enum mr_status status;

	out->begin_map(out, NULL);
	status = run_lint(c, in, out, &found, &checked);
	if (status != MR_OK)
		return status;
	out->integer(out, "checked", (int64_t)checked);
	out->integer(out, "failed", found.failed);
	out->integer(out, "too_small", found.small);
	out->integer(out, "too_small_for_the_longest", found.small_long);
	out->end_map(out);
	if (checked == 0)
		return mr_fail(c, MR_NOTFOUND,
		    "no form and no stock has '%.40s' in its name; 'mailroom "
		    "form list' shows them",
		    in->find);
	if (found.failed > 0)
		return mr_fail(c, MR_DAMAGED,
		    "%lld of the rules of the post office are not kept: see "
		    "the list; a measure of forms/layout.txt or of a stock "
		    "that this office added is the cause",
		    (long long)found.failed);
	return MR_OK;
}

static const struct mr_param lint_params[] = {
    MR_PARAM(form_lint_in, find, 0,
	"only envelopes and labels with this in their name"),
    MR_PARAM(form_lint_in, all, 0,
	"also list the stocks that are too small for some address, and "
	"refuse it"),
};

const struct mr_op mr_op_form_lint = {
    .name = "form lint",
    .number = 443,
    .summary = "Prove every form and stock against the rules of the post "
	       "office.",
    .roles = MR_EVERYONE,
    MR_PARAMS(lint_params),
    .input_size = sizeof(struct form_lint_in),
    .returns = "findings checked failed too_small too_small_for_the_longest",
    .show = lint,
};
