/* The operation that shows how a letter goes, and which rule decided. */
#include "lib/emit.h"
#include "lib/op.h"
#include "lib/route.h"
#include "lib/tongue.h"

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
	out->text(out, "what", mr_say(what));
	out->text(out, "decided", mr_say(decided));
	out->text(out, "rule", mr_rule_about(rule)->word);
	mr_emit_day0(out, "since", why->id != 0 ? why->from_day : 0);
	out->text(out, "source", why->source);
	out->end_map(out);
}

static enum mr_status
emit_gate(struct mr_call *c, struct mr_out *out, const struct mr_letter *l,
    const struct mr_route *route)
{
	const char *say = mr_say("it may go on");
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
	out->text(out, "what", mr_say("as things stand today"));
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
		return mr_printf(c->arena, mr_say("%s, then %s"),
		    person.pen_name, c->site->name);
	return c->site->name;
}

static const char *
endorsement(const struct mr_route *route)
{
	static const char *const words[] = {
	    [MR_ENDORSE_RETURN] = "RETURN SERVICE REQUESTED",
	    [MR_ENDORSE_ADDRESS] = "ADDRESS SERVICE REQUESTED",
	    [MR_ENDORSE_TEMP_RETURN] = "TEMP-RETURN SERVICE REQUESTED",
	    [MR_ENDORSE_NONE] = MR_SAID("no endorsement"),
	};

	return words[route->rules.value[MR_RULE_ENDORSEMENT]];
}

/* Rules that are told by a pair of words. */
static const struct {
	int rule;
	const char *what, *yes, *no;
} pairs[] = {
    {MR_RULE_LABELS, MR_SAID("piece"), MR_SAID("an envelope or a label"),
	MR_SAID("an envelope, no adhesive label")},
    {MR_RULE_PLAIN_WHITE, MR_SAID("colour"), MR_SAID("plain white only"),
	MR_SAID("any colour")},
    {MR_RULE_TINT, MR_SAID("pattern inside"), MR_SAID("accepted"),
	MR_SAID("no pattern inside")},
    {MR_RULE_WINDOW, MR_SAID("window"),
	MR_SAID("an envelope with a window is accepted"), MR_SAID("no window")},
    {MR_RULE_TAPE, MR_SAID("tape"), MR_SAID("accepted"),
	MR_SAID("no tape, no staples")},
    {MR_RULE_CODE_ON_PIECE, MR_SAID("code"),
	MR_SAID("the QR of the envelope is printed"),
	MR_SAID("no code at all")},
    {MR_RULE_DEPT_LINE, MR_SAID("DEPT line with the ID"), MR_SAID("accepted"),
	MR_SAID("refused")},
    {MR_RULE_CARDS, MR_SAID("greeting cards"), MR_SAID("accepted"),
	MR_SAID("none")},
    {MR_RULE_PHOTOCOPIED, MR_SAID("what the person gets"), MR_SAID("a copy"),
	MR_SAID("the letter")},
};

/* And those that have a value. */
static const struct {
	int rule;
	const char *what;
} values[] = {
    {MR_RULE_LARGEST_ENVELOPE, MR_SAID("largest envelope")},
    {MR_RULE_MAX_SHEETS, MR_SAID("most sheets")},
    {MR_RULE_PHOTOS, MR_SAID("most photos")},
    {MR_RULE_LANGUAGES, MR_SAID("languages")},
    {MR_RULE_LETTERS_A_WEEK, MR_SAID("letters in seven days")},
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
