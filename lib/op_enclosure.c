/* Operations on enclosures. */
#include "lib/emit.h"
#include "lib/enclosure.h"
#include "lib/letter.h"
#include "lib/op.h"

#define KEYS \
	"enclosure letter number kind count money disposition day by second"

struct enclosure_add {
	struct mr_typed letter;
	const char *kind;
	struct mr_count count;
	struct mr_cents money;
};

struct enclosure_list {
	struct mr_typed letter;
	int open;
	struct mr_date day;
};

struct enclosure_settle {
	const char *enclosure, *disposition;
};

static void
emit_user(struct mr_call *c, struct mr_out *out, const char *key, int64_t id)
{
	out->text(out, key, id == 0 ? NULL : mr_user_shown(c, id));
}

static enum mr_status
emit(struct mr_call *c, struct mr_out *out, const struct mr_enclosure *e)
{
	struct mr_letter letter;
	enum mr_status status = mr_letter_load(c, e->letter, &letter);

	if (status != MR_OK)
		return status;
	out->begin_map(out, NULL);
	mr_emit_id(c, out, "enclosure", 'E', e->id);
	out->text(out, "letter", mr_letter_code(c, e->letter));
	out->text(out, "number", mr_letter_number(c, letter.number));
	out->text(out, "kind", mr_enclosure_kind_name(e->kind));
	out->integer(out, "count", e->count);
	if (e->cents < 0)
		out->text(out, "money", NULL);
	else
		mr_emit_money(out, "money", e->cents);
	out->text(out, "disposition", mr_disposition_name(e->disposition));
	mr_emit_day(out, "day", e->day);
	emit_user(c, out, "by", e->by);
	emit_user(c, out, "second", e->second);
	out->end_map(out);
	return MR_OK;
}

/* The enclosure as the first of these events left it. */
static enum mr_status
answer(struct mr_call *c, struct mr_events events, struct mr_out *out)
{
	const struct mr_enclosure *found = c->found;
	enum mr_status status = MR_OK;
	struct mr_enclosure e;
	struct mr_event event;

	if (events.count == 0)
		return emit(c, out, found);
	for (int i = 0; i < events.count; i++) {
		status = mr_event_load(c, events.first + i, &event);
		if (status != MR_OK || event.subject == MR_ENCLOSURE)
			break;
	}
	if (status == MR_OK)
		status = mr_enclosure_load(c, event.subject_id, &e);
	if (status != MR_OK)
		return status;
	e.disposition = (int)mr_event_number(&event, MR_F_TO, e.disposition);
	e.second = mr_event_number(&event, MR_F_USER, 0);
	if (e.second == 0 || e.second != event.user || e.kind != MR_E_MONEY)
		e.by = event.user;
	return emit(c, out, &e);
}

/* What stands there already: for an answer without an event. */
static enum mr_status
keep(struct mr_call *c, int64_t id)
{
	struct mr_enclosure *e = mr_alloc(c->arena, sizeof(*e));

	if (e == NULL)
		return mr_nomem(c);
	c->found = e;
	return mr_enclosure_load(c, id, e);
}

static enum mr_status
add(struct mr_call *c, const void *input)
{
	const struct enclosure_add *in = input;
	int64_t cents = in->money.given ? in->money.n : -1, id;
	struct mr_letter letter;
	enum mr_status status =
	    mr_letter_find_here(c, in->letter, &letter, NULL);

	if (status != MR_OK)
		return status;
	return mr_enclosure_add(c, letter.id, mr_enclosure_kind_of(in->kind),
	    in->count.given ? in->count.n : 1, cents, &id);
}

static const struct mr_param add_params[] = {
    MR_PARAM(enclosure_add, letter, 1, "the letter it was in"),
    MR_CHOICE(enclosure_add, kind, 1, " money photo stamps object card",
	"money, photo, stamps, object or card"),
    MR_NUMBER(
	enclosure_add, count, 0, 1, 999, "how many; 1 when nothing is said"),
    MR_PARAM(enclosure_add, money, 0, "how much money it is"),
};

const struct mr_op mr_op_enclosure_add = {
    .name = "enclosure add",
    .number = 330,
    .summary = "Write down what else was in a letter.",
    .roles = MR_FROM_VOLUNTEER,
    .writes = 1,
    MR_PARAMS(add_params),
    .input_size = sizeof(struct enclosure_add),
    .returns = KEYS,
    .run = add,
    .answer = answer,
};

static enum mr_status
emit_one(struct mr_call *c, void *arg, const struct mr_enclosure *e)
{
	struct mr_mark mark = mr_mark(c->arena);
	enum mr_status status = emit(c, arg, e);

	mr_release(c->arena, mark);
	return status;
}

static enum mr_status
list(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct enclosure_list *in = input;
	struct mr_enclosure_filter filter = {
	    .day = in->day.day, .open = in->open};
	struct mr_letter letter;
	enum mr_status status;

	if (in->letter.s != NULL) {
		status = mr_letter_find(c, in->letter, &letter, NULL);
		if (status != MR_OK)
			return status;
		filter.letter = letter.id;
	}
	out->begin_list(out, NULL);
	status = mr_enclosure_list(c, &filter, emit_one, out);
	out->end_list(out);
	return status;
}

static const struct mr_param list_params[] = {
    MR_PARAM(enclosure_list, letter, MR_PLACED, "only those of this letter"),
    MR_PARAM(enclosure_list, open, 0,
	"only what waits for a decision or a signature"),
    MR_PARAM(enclosure_list, day, 0, "only what was found on this day"),
};

const struct mr_op mr_op_enclosure_list = {
    .name = "enclosure list",
    .number = 331,
    .summary = "List enclosures, the newest first.",
    .roles = MR_FROM_VOLUNTEER,
    MR_PARAMS(list_params),
    .input_size = sizeof(struct enclosure_list),
    .each = KEYS,
    .show = list,
};

static enum mr_status
settle(struct mr_call *c, const void *input)
{
	const struct enclosure_settle *in = input;
	struct mr_enclosure e;
	enum mr_status status = mr_enclosure_find(c, in->enclosure, &e);

	if (status == MR_OK)
		status = mr_enclosure_settle(
		    c, e.id, mr_disposition_of(in->disposition));
	return status == MR_OK ? keep(c, e.id) : status;
}

static const struct mr_param settle_params[] = {
    MR_PARAM(enclosure_settle, enclosure, 1, "the enclosure: E5"),
    MR_CHOICE(enclosure_settle, disposition, 1,
	" forward return bank destroyed",
	"what becomes of it: forward, return, bank or destroyed"),
};

const struct mr_op mr_op_enclosure_settle = {
    .name = "enclosure settle",
    .number = 332,
    .summary = "Decide what becomes of an enclosure.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(settle_params),
    .input_size = sizeof(struct enclosure_settle),
    .returns = KEYS,
    .run = settle,
    .answer = answer,
};

static enum mr_status
sign(struct mr_call *c, const void *input)
{
	const struct enclosure_settle *in = input;
	struct mr_enclosure e;
	enum mr_status status = mr_enclosure_find(c, in->enclosure, &e);

	return status == MR_OK ? mr_enclosure_sign(c, e.id) : status;
}

static const struct mr_param sign_params[] = {
    MR_PARAM(enclosure_settle, enclosure, 1, "the enclosure: E5"),
};

const struct mr_op mr_op_enclosure_sign = {
    .name = "enclosure sign",
    .number = 333,
    .summary = "Sign as second person for what became of an enclosure.",
    .roles = MR_FROM_STAFF,
    .writes = 1,
    MR_PARAMS(sign_params),
    .input_size = sizeof(struct enclosure_settle),
    .returns = KEYS,
    .run = sign,
    .answer = answer,
};
