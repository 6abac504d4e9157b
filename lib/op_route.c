/* The operation that shows how a letter goes, and which rule decided. */
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/route.h"

struct letter_route {
	struct mr_typed letter;
	struct mr_date day;
};

static const struct mr_param params[] = {
    MR_PARAM(letter_route, letter, 1,
	"the letter: its code, its stub, or its day number A17"),
    MR_PARAM(letter_route, day, 0,
	"by the rules of that day; today when nothing is said"),
};

/* One line: what, how it was decided, and by which rule. */
static void
emit(struct mr_out *out, const struct mr_route *route, const char *what,
    const char *decided, int rule)
{
	const struct mr_rule_source *why = &route->rules.why[rule];

	out->begin_map(out, NULL);
	out->text(out, "what", what);
	out->text(out, "decided", decided);
	out->text(out, "rule", mr_rule_about(rule)->word);
	mr_emit_day0(out, "since", why->id != 0 ? why->from_day : 0);
	out->text(out, "source", why->source);
	out->end_map(out);
}

static enum mr_status
emit_gate(struct mr_call *c, struct mr_out *out, const struct mr_letter *l,
    const struct mr_route *route)
{
	const char *say = "it may go on";
	int reason = 0, rule = 0;
	enum mr_status status = mr_letter_gate(c, l, &reason, &rule);

	if (status == MR_OK && reason != 0)
		status = mr_route_why(c, l, reason, rule, &say);
	if (status != MR_OK)
		return status;
	if (rule != 0) {
		emit(out, route, "as things stand today", say, rule);
		return MR_OK;
	}
	out->begin_map(out, NULL);
	out->text(out, "what", "as things stand today");
	out->text(out, "decided", say);
	out->text(out, "rule", NULL);
	mr_emit_day0(out, "since", 0);
	out->text(out, "source", NULL);
	out->end_map(out);
	return MR_OK;
}

static const char *
sender(
    struct mr_call *c, const struct mr_route *route, const struct mr_letter *l)
{
	struct mr_correspondent person;
	int64_t from = 0, to;

	if (route->rules.value[MR_RULE_SENDER_LINE] == MR_SENDER_PEN_NAME &&
	    l->way == MR_FORWARD &&
	    mr_letter_parties(c, l, &from, &to) == MR_OK && from != 0 &&
	    mr_person_load(c, from, &person) == MR_OK)
		return mr_printf(
		    c->arena, "%s, then %s", person.pen_name, c->site->name);
	return c->site->name;
}

static const char *
endorsement(const struct mr_route *route)
{
	static const char *const words[] = {
	    [MR_ENDORSE_RETURN] = "RETURN SERVICE REQUESTED",
	    [MR_ENDORSE_ADDRESS] = "ADDRESS SERVICE REQUESTED",
	    [MR_ENDORSE_TEMP_RETURN] = "TEMP-RETURN SERVICE REQUESTED",
	    [MR_ENDORSE_NONE] = "no endorsement",
	};

	return words[route->rules.value[MR_RULE_ENDORSEMENT]];
}

/* Rules that are told by a pair of words. */
static const struct {
	int rule;
	const char *what, *yes, *no;
} pairs[] = {
    {MR_RULE_LABELS, "piece", "an envelope or a label",
	"an envelope, no adhesive label"},
    {MR_RULE_PLAIN_WHITE, "colour", "plain white only", "any colour"},
    {MR_RULE_TINT, "pattern inside", "accepted", "no pattern inside"},
    {MR_RULE_WINDOW, "window", "an envelope with a window is accepted",
	"no window"},
    {MR_RULE_TAPE, "tape", "accepted", "no tape, no staples"},
    {MR_RULE_CODE_ON_PIECE, "code", "the QR of the envelope is printed",
	"no code at all"},
    {MR_RULE_DEPT_LINE, "DEPT line with the ID", "accepted", "refused"},
    {MR_RULE_CARDS, "greeting cards", "accepted", "none"},
    {MR_RULE_PHOTOCOPIED, "what the person gets", "a copy", "the letter"},
};

/* And those that have a value. */
static const struct {
	int rule;
	const char *what;
} values[] = {
    {MR_RULE_LARGEST_ENVELOPE, "largest envelope"},
    {MR_RULE_MAX_SHEETS, "most sheets"},
    {MR_RULE_PHOTOS, "most photos"},
    {MR_RULE_LANGUAGES, "languages"},
    {MR_RULE_LETTERS_A_WEEK, "letters in seven days"},
};

/* Where no prison has a say, only what we print ourselves is told. */
static int
is_told(const struct mr_route *route, int rule)
{
	return route->facility != 0 || rule == MR_RULE_LABELS ||
	    rule == MR_RULE_CODE_ON_PIECE;
}

static void
emit_rules(struct mr_call *c, struct mr_out *out, const struct mr_letter *l,
    const struct mr_route *route)
{
	const int64_t *is = route->rules.value;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (is_told(route, pairs[i].rule))
			emit(out, route, pairs[i].what,
			    is[pairs[i].rule] ? pairs[i].yes : pairs[i].no,
			    pairs[i].rule);
	emit(out, route, "return address", sender(c, route, l),
	    MR_RULE_SENDER_LINE);
	emit(
	    out, route, "endorsement", endorsement(route), MR_RULE_ENDORSEMENT);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (is_told(route, values[i].rule))
			emit(out, route, values[i].what,
			    mr_rule_show(c, mr_rule_about(values[i].rule),
				is[values[i].rule]),
			    values[i].rule);
}

static enum mr_status
show(struct mr_call *c, const void *input, struct mr_out *out)
{
	const struct letter_route *in = input;
	struct mr_letter letter;
	struct mr_route route;
	enum mr_status status = mr_letter_find(c, in->letter, &letter, NULL);

	if (status == MR_OK)
		status = mr_route_of(
		    c, &letter, in->day.given ? in->day.day : c->today, &route);
	/* We knew no address then: the rules of that day for where it goes
	 * now. */
	if (status == MR_OK && in->day.given && route.facility == 0)
		status = mr_route_of(c, &letter, c->today, &route);
	if (status == MR_OK && in->day.given)
		status = mr_route_to(c, route.facility, in->day.day, &route);
	if (status != MR_OK)
		return status;
	out->begin_list(out, NULL);
	if (!in->day.given)
		status = emit_gate(c, out, &letter, &route);
	emit_rules(c, out, &letter, &route);
	out->end_list(out);
	return status;
}

const struct mr_op mr_op_letter_route = {
    .name = "letter route",
    .number = 327,
    .summary = "Tell how a letter goes, and which rule decided each.",
    .roles = MR_FROM_STAFF,
    MR_PARAMS(params),
    .input_size = sizeof(struct letter_route),
    .each = "what decided rule since source",
    .show = show,
};
